//! What a number is called on a screen, and which way is better. Definitions stand in the dictionary.

use crate::metrics::{Metric, dictionary};

/// Which way a number should move.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Better {
    /// More is better.
    More,
    /// Less is better.
    Less,
    /// Neither by itself; volume is never good or bad (C19).
    Neither,
}

/// Its name, the same as everywhere else.
pub fn label(metric: Metric) -> &'static str {
    dictionary::name(metric)
}

/// The name in so many columns: its beginning, where it is wider.
pub fn label_within(metric: Metric, columns: u16) -> &'static str {
    dictionary::name_within(metric, usize::from(columns))
}

/// Which way the number should move.
pub const fn better(metric: Metric) -> Better {
    use Metric as M;
    match metric {
        M::QualifiedPipelineSourced
        | M::CriteriaVerdictAgreement
        | M::CriteriaVerdictKappa
        | M::CriteriaMetRate
        | M::PipelineAttainment
        | M::PipelinePace
        | M::SqoCount
        | M::Revenue
        | M::RevenueAttainment
        | M::ContributionMargin
        | M::ContributionMarginBefore
        | M::ContributionMarginShare
        | M::DealSize
        | M::DealSizeMean
        | M::WorkedRate
        | M::AcceptanceRate
        | M::AcceptanceOfHandoffs
        | M::FirstMeetingsIcpShare
        | M::SourceTrust
        | M::SlaAttainment
        | M::ContactRate
        | M::FeedbackWithin
        | M::FeedbackActedOn
        | M::Conversion
        | M::ConversionMqlAccepted
        | M::ConversionAcceptedConnected
        | M::ConversionConnectedQualified
        | M::ConversionQualifiedWon
        | M::WinRate
        | M::WinRateByValue
        | M::WinRateBroad
        | M::PipelineCoverage => Better::More,
        M::PipelineGap
        | M::RejectionRate
        | M::RejectionsBySource
        | M::UnverifiedRejections
        | M::SourceTrustRun
        | M::IgnoredShare
        | M::SpeedToLead
        | M::SpeedToLeadP90
        | M::UntouchedShare
        | M::SystemDelay
        | M::SystemDelayP90
        | M::HumanDelay
        | M::HumanDelayP90
        | M::FeedbackLatency
        | M::FeedbackLatencyP90
        | M::CycleTime
        | M::CycleTimeToQualified
        | M::StaleOpportunities
        | M::RecordedTooEarly
        | M::CostPerAccepted
        | M::CostPerSqo
        | M::CostPerPipelineUnit
        | M::Cac
        | M::CacMedia
        | M::WastedSpend
        | M::WastedSpendUnproven
        | M::RepHoursOnRejected
        | M::RepCostOnRejected
        | M::CostOfMisalignment
        | M::RejectedAlthoughMet
        | M::AcceptedAlthoughFailed => Better::Less,
        // Volume, its cost, and what can be read either way.
        M::Leads
        | M::ChallengeRate
        | M::OverturnRate
        | M::Mqls
        | M::MqlAttainment
        | M::Handoffs
        | M::Conversations
        | M::FirstMeetings
        | M::CostPerLead
        | M::Spend
        | M::PipelineContribution
        | M::SelfSourcedShare
        | M::RejectionsByReason
        | M::ReadingMarketing
        | M::ReadingSales
        | M::ReadingFinance
        | M::AttemptsBeforeGivingUp
        | M::AttemptsBeforeGivingUpMedian
        | M::CycleTimeLost
        | M::PipelineCoverageNeeded
        | M::Waterfall => Better::Neither,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn volume_is_never_good_or_bad() {
        for metric in [
            Metric::Leads,
            Metric::Mqls,
            Metric::MqlAttainment,
            Metric::Handoffs,
        ] {
            assert_eq!(better(metric), Better::Neither);
        }
    }
}
