//! The name of every number: one table of ids. Computes nothing.

macro_rules! metrics {
    ($($(#[$doc:meta])* $variant:ident = $id:literal,)*) => {
        /// Every number that the program computes; its text stands in the dictionary under the same id.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Metric { $($(#[$doc])* $variant),* }

        impl Metric {
            /// All of them, in the order of the dictionary.
            pub const ALL: &'static [Metric] = &[$(Metric::$variant),*];

            /// Its id, the same on the command line, in exports and in the dictionary.
            pub fn id(self) -> &'static str {
                match self { $(Metric::$variant => $id),* }
            }

            /// The metric of an id.
            pub fn parse(id: &str) -> Option<Metric> {
                match id { $($id => Some(Metric::$variant),)* _ => None }
            }
        }
    };
}

metrics! {
    /// The headline: frozen value of what qualified.
    QualifiedPipelineSourced = "qualified_pipeline_sourced",
    /// Headline ÷ target.
    PipelineAttainment = "pipeline_attainment",
    /// Target − headline.
    PipelineGap = "pipeline_gap",
    /// Headline ÷ what should be there by now.
    PipelinePace = "pipeline_pace",
    /// Headline of the filter ÷ headline of all.
    PipelineContribution = "pipeline_contribution",
    /// Deals qualified.
    SqoCount = "sqo_count",
    /// Value won.
    Revenue = "revenue",
    /// Revenue ÷ target.
    RevenueAttainment = "revenue_attainment",
    /// Revenue − delivery − acquisition.
    ContributionMargin = "contribution_margin",
    /// Revenue − delivery.
    ContributionMarginBefore = "contribution_margin_before_acquisition",
    /// Margin ÷ revenue.
    ContributionMarginShare = "contribution_margin_share",
    /// Open deals from leads handed off.
    ReadingMarketing = "pipeline_reading_marketing",
    /// Open qualified deals that move.
    ReadingSales = "pipeline_reading_sales",
    /// What should arrive in the period.
    ReadingFinance = "pipeline_reading_finance",
    /// Median frozen value.
    DealSize = "deal_size",
    /// Mean frozen value.
    DealSizeMean = "deal_size_mean",

    /// New leads that can be reached.
    Leads = "leads",
    /// Leads that marketing marked as qualified.
    Mqls = "mqls",
    /// Those ÷ target.
    MqlAttainment = "mql_attainment",
    /// Hand-overs to sales.
    Handoffs = "handoffs",
    /// Handoffs whose first conversation took place.
    Conversations = "conversations",
    /// Handoffs whose first meeting took place.
    FirstMeetings = "first_meetings",
    /// Those that meet the fit rules ÷ those of which the rules say either.
    FirstMeetingsIcpShare = "first_meetings_icp_share",
    /// Handoffs with a verdict ÷ handoffs.
    WorkedRate = "worked_rate",
    /// Accepted ÷ decided.
    AcceptanceRate = "acceptance_rate",
    /// Accepted ÷ handed off.
    AcceptanceOfHandoffs = "acceptance_of_handoffs",
    /// Rejected ÷ decided.
    RejectionRate = "rejection_rate",
    /// Share of the most frequent reason.
    RejectionsByReason = "rejections_by_reason",
    /// Rejected ÷ decided of the source where it is highest.
    RejectionsBySource = "rejections_by_source",
    /// Rejections without evidence ÷ rejections.
    UnverifiedRejections = "unverified_rejections",
    /// Challenged ÷ rejections, overturned ones among both.
    ChallengeRate = "challenge_rate",
    /// Overturned ÷ settled challenges.
    OverturnRate = "overturn_rate",
    /// Qualified ÷ decided, mature handoffs.
    SourceTrust = "source_trust",
    /// The longest run of rejections among those.
    SourceTrustRun = "source_trust_run",
    /// Headline from sales' own prospecting ÷ headline.
    SelfSourcedShare = "self_sourced_share",
    /// Handoffs left lying ÷ handoffs.
    IgnoredShare = "ignored_share",

    /// Created to first attempt, median.
    SpeedToLead = "speed_to_lead",
    /// The same, 90th percentile.
    SpeedToLeadP90 = "speed_to_lead_p90",
    /// Handoffs without any attempt ÷ handoffs.
    UntouchedShare = "untouched_share",
    /// Created to assigned, median.
    SystemDelay = "system_delay",
    /// The same, 90th percentile.
    SystemDelayP90 = "system_delay_p90",
    /// Assigned to first attempt, median.
    HumanDelay = "human_delay",
    /// The same, 90th percentile.
    HumanDelayP90 = "human_delay_p90",
    /// Touched in time ÷ fallen due.
    SlaAttainment = "sla_attainment",
    /// Mean attempts on handoffs rejected without a conversation.
    AttemptsBeforeGivingUp = "attempts_before_giving_up",
    /// The same, median.
    AttemptsBeforeGivingUpMedian = "attempts_before_giving_up_median",
    /// Reached ÷ attempted.
    ContactRate = "contact_rate",
    /// Handoff to verdict, median.
    FeedbackLatency = "feedback_latency",
    /// The same, 90th percentile.
    FeedbackLatencyP90 = "feedback_latency_p90",
    /// Verdicts within the agreed days ÷ those due.
    FeedbackWithin = "feedback_within_agreed",
    /// Clusters with a change ÷ clusters that marketing took note of.
    FeedbackActedOn = "feedback_acted_on",

    /// MQL to won.
    Conversion = "conversion",
    /// MQL to accepted.
    ConversionMqlAccepted = "conversion_mql_accepted",
    /// Accepted to connected.
    ConversionAcceptedConnected = "conversion_accepted_connected",
    /// Connected to qualified.
    ConversionConnectedQualified = "conversion_connected_qualified",
    /// Qualified to won.
    ConversionQualifiedWon = "conversion_qualified_won",
    /// Won ÷ (won + lost), by count.
    WinRate = "win_rate",
    /// The same, by value.
    WinRateByValue = "win_rate_by_value",
    /// Won ÷ (won + lost + no decision).
    WinRateBroad = "win_rate_broad",
    /// Qualified to won, median days.
    CycleTime = "cycle_time",
    /// Qualified to lost, median days.
    CycleTimeLost = "cycle_time_lost",
    /// Handoff to qualified, median days.
    CycleTimeToQualified = "cycle_time_to_qualified",
    /// Open pipeline closing in the period ÷ revenue still missing.
    PipelineCoverage = "pipeline_coverage",
    /// 1 ÷ own win rate.
    PipelineCoverageNeeded = "pipeline_coverage_needed",
    /// Open deals that do not move.
    StaleOpportunities = "stale_opportunities",
    /// Qualified and soon lost or reversed ÷ qualified.
    RecordedTooEarly = "recorded_too_early",
    /// How the pipeline of the period changed.
    Waterfall = "waterfall",

    /// Spend on programmes.
    Spend = "spend",
    /// Spend ÷ leads.
    CostPerLead = "cost_per_lead",
    /// Spend ÷ accepted.
    CostPerAccepted = "cost_per_accepted",
    /// Spend ÷ deals qualified.
    CostPerSqo = "cost_per_sqo",
    /// Spend ÷ headline.
    CostPerPipelineUnit = "cost_per_pipeline_unit",
    /// Cost of a new customer, fully loaded.
    Cac = "cac",
    /// Cost of a new customer, media only.
    CacMedia = "cac_media",
    /// Lead cost of verified rejections.
    WastedSpend = "wasted_spend",
    /// Lead cost of unverified rejections.
    WastedSpendUnproven = "wasted_spend_unproven",
    /// Reps' hours on rejected handoffs.
    RepHoursOnRejected = "rep_hours_on_rejected",
    /// What those hours cost.
    RepCostOnRejected = "rep_cost_on_rejected",
    /// Wasted spend and wasted hours, beside conversion, cycle time and CAC.
    CostOfMisalignment = "cost_of_misalignment",

    /// Criteria and verdict say the same ÷ decided handoffs of which the criteria say either.
    CriteriaVerdictAgreement = "criteria_verdict_agreement",
    /// The same beyond chance (Cohen's κ).
    CriteriaVerdictKappa = "criteria_verdict_kappa",
    /// Rejected ÷ decided of those that met the criteria.
    RejectedAlthoughMet = "rejected_although_met",
    /// Accepted ÷ decided of those that did not meet them.
    AcceptedAlthoughFailed = "accepted_although_failed",
    /// Met ÷ handed off under criteria.
    CriteriaMetRate = "criteria_met_rate",
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_read_back_and_unique() {
        for metric in Metric::ALL {
            assert_eq!(Metric::parse(metric.id()), Some(*metric));
        }
        assert_eq!(Metric::parse("leadz"), None);
    }
}
