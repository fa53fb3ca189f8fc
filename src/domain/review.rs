//! The room's review of rejections: challenges, settlements, and feedback that ends somewhere, as data. Pure.

pub mod feedback;
pub mod line;
pub mod lists;
pub mod standing;

use super::ids::{ChallengeId, HandoffId};
use super::moment::Day;
use super::policy::Deed;
use super::verdict::words;
use feedback::{Cluster, Deeds};
use lists::DomainList;

words! {
    /// How the room settled a challenge.
    Settlement {
        /// The rejection stands; something has to change.
        Upheld = "upheld" / "upheld",
        /// The rejection was wrong: the lead goes back to the rep, and it leaves the count.
        Overturned = "overturned" / "overturned",
        /// Not now: the lead comes back on a day.
        Recycled = "recycled" / "recycled",
        /// Both are right, the criteria are not: a rule is proposed.
        CriteriaGap = "criteria_gap" / "criteria gap",
    }
}

words! {
    /// What has to change after an upheld rejection.
    MustChange {
        /// Whom campaigns speak to.
        Targeting = "targeting" / "targeting",
        /// What the form asks.
        Form = "form" / "form",
        /// What is promised.
        Content = "content" / "content",
        /// How sales follows up.
        FollowUp = "follow_up" / "follow-up",
    }
}

words! {
    /// Where a challenge stands.
    ChallengeState {
        /// Waits for the room.
        Open = "open" / "open",
        /// Both sides have confirmed the settlement.
        Settled = "settled" / "settled",
        /// Marketing took it back.
        Withdrawn = "withdrawn" / "withdrawn",
    }
}

/// What the room proposes for a challenge.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Proposal {
    /// The rejection stands.
    Upheld(MustChange),
    /// Back to the rep as attempting.
    Overturned,
    /// The lead comes back on that day, after today.
    Recycled(Day),
    /// A rule is proposed, in the words of a rule; it lands in the criteria draft.
    CriteriaGap(String),
}

impl Proposal {
    /// How the challenge is settled by it.
    pub fn settlement(&self) -> Settlement {
        match self {
            Proposal::Upheld(_) => Settlement::Upheld,
            Proposal::Overturned => Settlement::Overturned,
            Proposal::Recycled(_) => Settlement::Recycled,
            Proposal::CriteriaGap(_) => Settlement::CriteriaGap,
        }
    }
}

impl std::fmt::Display for Proposal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.settlement().label())?;
        match self {
            Proposal::Upheld(change) => write!(f, ", change {}", change.label()),
            Proposal::Overturned => Ok(()),
            Proposal::Recycled(day) => write!(f, " to {day}"),
            Proposal::CriteriaGap(rule) => write!(f, ", rule {}", crate::text::clean(rule.trim())),
        }
    }
}

/// Something that is done in the review.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Review {
    /// Marketing doubts a rejection.
    Challenge {
        /// Which.
        handoff: HandoffId,
        /// Why.
        argument: String,
    },
    /// Marketing takes an open challenge back.
    Withdraw {
        /// Which.
        challenge: ChallengeId,
    },
    /// Proposes how an open challenge is settled. What was confirmed before is void; when a person of each side confirms it,
    /// it is settled at once.
    Settle {
        /// Which.
        challenge: ChallengeId,
        /// How.
        proposal: Proposal,
        /// Free text.
        remark: Option<String>,
        /// Who confirms.
        by: By,
    },
    /// Confirms what is proposed. With the second side's confirmation the challenge is settled.
    Confirm {
        /// Which.
        challenge: ChallengeId,
        /// Who confirms.
        by: By,
    },
    /// A cluster of rejections and what becomes of it.
    Feedback {
        /// Which.
        cluster: Cluster,
        /// What.
        deed: Deeds,
    },
    /// Puts domains on a list.
    List {
        /// Which.
        list: DomainList,
        /// The domains.
        domains: Vec<String>,
    },
    /// Takes domains off a list.
    Unlist {
        /// Which.
        list: DomainList,
        /// The domains.
        domains: Vec<String>,
    },
    /// Puts on the lists what a new workspace starts with, where it is missing.
    StockLists,
}

/// Who confirms a settlement.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum By {
    /// Nobody yet.
    Nobody,
    /// Who gives the command, if they said who they are and sit on one of the two sides.
    #[default]
    Author,
    /// These people, by handle, at one terminal in the room. The journal keeps who gave the command beside them.
    These(Vec<String>),
}

impl Review {
    /// What the policy table judges.
    pub fn deed(&self) -> Deed {
        match self {
            Review::Challenge { .. } | Review::Withdraw { .. } => Deed::Challenge,
            Review::Settle { .. } | Review::Confirm { .. } => Deed::Settle,
            Review::Feedback { deed, .. } => deed.deed(),
            Review::List { .. } | Review::Unlist { .. } | Review::StockLists => Deed::Settings,
        }
    }

    /// The word in the journal.
    pub fn verb(&self) -> &'static str {
        match self {
            Review::Challenge { .. } => "challenge",
            Review::Withdraw { .. } => "withdraw",
            Review::Settle { .. } => "settle",
            Review::Confirm { .. } => "confirm",
            Review::Feedback { deed, .. } => deed.verb(),
            Review::List { .. } | Review::Unlist { .. } | Review::StockLists => "lists",
        }
    }
}

#[cfg(test)]
mod tests;
