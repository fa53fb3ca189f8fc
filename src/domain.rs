//! The words and rules of the working session. Pure: no terminal, no database, no files, no clock.

pub mod book;
pub mod calendar;
pub mod card;
pub mod catalogue;
pub mod clash;
pub mod command;
pub mod criteria;
pub mod deadlines;
pub mod deal;
pub mod desk;
pub mod gate;
pub mod import;
pub mod meeting;
pub mod moment;
pub mod money;
pub mod naming;
pub mod period;
pub mod policy;
pub mod presence;
pub mod reason;
pub mod refused;
pub mod review;
pub mod settings;
pub mod spoken;
pub mod target;
pub mod tries;
pub mod verdict;
pub mod workspace;

/// Row ids as the store gives them. Screens hold ids, never row numbers.
pub mod ids {
    macro_rules! id {
        ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
            $(#[$doc])*
            #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
            pub struct $name(pub i64);
        )*};
    }
    id! {
        /// A person of the workspace.
        PersonId,
        /// A company.
        AccountId,
        /// A lead.
        LeadId,
        /// One hand-over of a lead to sales.
        HandoffId,
        /// A deal.
        OpportunityId,
        /// A source of leads.
        SourceId,
        /// A rejection reason of the catalogue.
        ReasonId,
        /// One import, undone as a whole.
        BatchId,
        /// A challenge of a rejection.
        ChallengeId,
        /// What a cluster of rejections led to.
        FeedbackId,
        /// One journalled command.
        JournalId,
        /// A version of the criteria.
        CriteriaId,
        /// A rule of a version.
        RuleId,
        /// A meeting.
        MeetingId,
        /// An item of a meeting's agenda.
        ItemId,
        /// The figures of a meeting as they stood.
        SnapshotId,
        /// An issue before the room.
        IssueId,
        /// A decision of the room.
        DecisionId,
        /// An action that somebody has taken on.
        ActionId,
    }
}
