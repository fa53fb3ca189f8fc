//! What a number is called on a screen, and which way is better. Definitions stand in the dictionary.

use crate::metrics::Metric;

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

/// A short name, at most 22 columns wide.
pub const fn label(metric: Metric) -> &'static str {
    use Metric as M;
    match metric {
        M::QualifiedPipelineSourced => "Qualified pipeline",
        M::PipelineAttainment => "Pipeline ÷ target",
        M::PipelineGap => "Gap to target",
        M::PipelinePace => "Pipeline ÷ pace",
        M::PipelineContribution => "Share of pipeline",
        M::SqoCount => "Deals qualified",
        M::Revenue => "Revenue won",
        M::RevenueAttainment => "Revenue ÷ target",
        M::ContributionMargin => "Contribution margin",
        M::ContributionMarginBefore => "Margin before acq.",
        M::ContributionMarginShare => "Margin ÷ revenue",
        M::ReadingMarketing => "Marketing reads",
        M::ReadingSales => "Sales reads",
        M::ReadingFinance => "Finance reads",
        M::DealSize => "Deal size, median",
        M::DealSizeMean => "Deal size, mean",
        M::Leads => "New leads",
        M::Mqls => "MQLs",
        M::MqlAttainment => "MQLs ÷ target",
        M::Handoffs => "Handed to sales",
        M::Conversations => "Conversations",
        M::FirstMeetings => "First meetings",
        M::WorkedRate => "Worked",
        M::AcceptanceRate => "Accepted of decided",
        M::AcceptanceOfHandoffs => "Accepted of handed",
        M::RejectionRate => "Rejected of decided",
        M::RejectionsByReason => "Top reject reason",
        M::RejectionsBySource => "Worst source",
        M::UnverifiedRejections => "Rejected unverified",
        M::ChallengeRate => "Challenged",
        M::OverturnRate => "Overturned",
        M::SourceTrust => "Source trust",
        M::SelfSourcedShare => "Self-sourced share",
        M::IgnoredShare => "Left lying",
        M::SpeedToLead => "Speed to lead",
        M::SpeedToLeadP90 => "Speed to lead, p90",
        M::UntouchedShare => "Never touched",
        M::SystemDelay => "System delay",
        M::SystemDelayP90 => "System delay, p90",
        M::HumanDelay => "Human delay",
        M::HumanDelayP90 => "Human delay, p90",
        M::SlaAttainment => "Touched within SLA",
        M::AttemptsBeforeGivingUp => "Tries till give-up",
        M::AttemptsBeforeGivingUpMedian => "Tries, median",
        M::ContactRate => "Reached of attempted",
        M::FeedbackLatency => "Verdict after",
        M::FeedbackLatencyP90 => "Verdict after, p90",
        M::FeedbackWithin => "Verdict in time",
        M::FeedbackActedOn => "Feedback acted on",
        M::Conversion => "MQL to won",
        M::ConversionMqlAccepted => "MQL to accepted",
        M::ConversionAcceptedConnected => "Accepted to spoken",
        M::ConversionConnectedQualified => "Spoken to qualified",
        M::ConversionQualifiedWon => "Qualified to won",
        M::WinRate => "Win rate",
        M::WinRateByValue => "Win rate by value",
        M::WinRateBroad => "Win rate, broad",
        M::CycleTime => "Cycle to won",
        M::CycleTimeLost => "Cycle to lost",
        M::CycleTimeToQualified => "Handoff to qualified",
        M::PipelineCoverage => "Coverage",
        M::PipelineCoverageNeeded => "Coverage needed",
        M::StaleOpportunities => "Stale deals",
        M::RecordedTooEarly => "Recorded too early",
        M::Waterfall => "Waterfall",
        M::Spend => "Programme spend",
        M::CostPerLead => "Cost per lead",
        M::CostPerAccepted => "Cost per accepted",
        M::CostPerSqo => "Cost per SQO",
        M::CostPerPipelineUnit => "Cost ÷ pipeline",
        M::Cac => "CAC, fully loaded",
        M::CacMedia => "CAC, media only",
        M::WastedSpend => "Wasted spend",
        M::WastedSpendUnproven => "Wasted? unproven",
        M::RepHoursOnRejected => "Rep hours on rejects",
        M::RepCostOnRejected => "Rep cost on rejects",
        M::CostOfMisalignment => "Cost of misalignment",
        M::CriteriaVerdictAgreement => "Criteria = verdict",
        M::CriteriaVerdictKappa => "Criteria = verdict, κ",
        M::RejectedAlthoughMet => "Rejected although met",
        M::AcceptedAlthoughFailed => "Accepted, not met",
        M::CriteriaMetRate => "Criteria met",
    }
}

/// A name of at most 14 columns, for narrow panes.
pub const fn short_label(metric: Metric) -> &'static str {
    use Metric as M;
    match metric {
        M::CriteriaVerdictAgreement => "Agreement",
        M::CriteriaVerdictKappa => "Agreement κ",
        M::RejectedAlthoughMet => "Met, rejected",
        M::AcceptedAlthoughFailed => "Unmet, accepted",
        M::CriteriaMetRate => "Criteria met",
        M::QualifiedPipelineSourced => "Pipeline",
        M::PipelineAttainment => "÷ target",
        M::PipelinePace => "÷ pace",
        M::PipelineContribution => "Share",
        M::SqoCount => "Deals qualif.",
        M::RevenueAttainment => "Rev. ÷ target",
        M::ContributionMargin => "Margin",
        M::ContributionMarginBefore => "Margin before",
        M::ContributionMarginShare => "Margin ÷ rev.",
        M::DealSize => "Deal size",
        M::DealSizeMean => "Deal, mean",
        M::Handoffs => "Handed over",
        M::AcceptanceRate => "Accepted",
        M::AcceptanceOfHandoffs => "Acc. of handed",
        M::RejectionRate => "Rejected",
        M::RejectionsByReason => "Top reason",
        M::UnverifiedRejections => "Unverified",
        M::SelfSourcedShare => "Self-sourced",
        M::SpeedToLeadP90 => "Speed, p90",
        M::SystemDelayP90 => "System, p90",
        M::HumanDelayP90 => "Human, p90",
        M::SlaAttainment => "Within SLA",
        M::AttemptsBeforeGivingUp => "Tries/give-up",
        M::AttemptsBeforeGivingUpMedian => "Tries, median",
        M::ContactRate => "Reached",
        M::FeedbackLatencyP90 => "Verdict, p90",
        M::FeedbackWithin => "In time",
        M::FeedbackActedOn => "Acted on",
        M::ConversionMqlAccepted => "MQL→accepted",
        M::ConversionAcceptedConnected => "Acc.→spoken",
        M::ConversionConnectedQualified => "Spoken→qual.",
        M::ConversionQualifiedWon => "Qual.→won",
        M::WinRateByValue => "Win by value",
        M::WinRateBroad => "Win, broad",
        M::CycleTimeToQualified => "To qualified",
        M::PipelineCoverageNeeded => "Cover needed",
        M::StaleOpportunities => "Stale deals",
        M::RecordedTooEarly => "Too early",
        M::CostPerAccepted => "Per accepted",
        M::CostPerSqo => "Per SQO",
        M::CostPerPipelineUnit => "÷ pipeline",
        M::Cac => "CAC, full",
        M::CacMedia => "CAC, media",
        M::WastedSpendUnproven => "Unproven",
        M::RepHoursOnRejected => "Rep hours",
        M::RepCostOnRejected => "Rep cost",
        M::CostOfMisalignment => "Total cost",
        metric => label(metric),
    }
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
    fn labels_fit_their_column_and_differ() {
        let mut seen = std::collections::HashSet::new();
        for metric in Metric::ALL {
            let label = label(*metric);
            assert!(crate::text::width(label) <= 22, "{label}");
            assert!(seen.insert(label), "{label}");
            assert!(
                crate::text::width(short_label(*metric)) <= 15,
                "{}",
                short_label(*metric)
            );
        }
    }

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
