//! A challenge as people read it: names instead of ids, what it was, what the room says. Pure data; the text in it is foreign.

use super::{ChallengeState, Proposal};
use crate::domain::ids::{ChallengeId, HandoffId, LeadId};
use crate::domain::moment::Moment;
use crate::domain::verdict::Evidence;

/// One line of a list of challenges.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChallengeLine {
    /// Row id.
    pub id: ChallengeId,
    /// The handoff whose rejection is challenged.
    pub handoff: HandoffId,
    /// Its lead.
    pub lead: LeadId,
    /// Name of the lead.
    pub name: String,
    /// Where it stands.
    pub state: ChallengeState,
    /// When it was challenged, and by whom.
    pub opened: (Moment, Option<String>),
    /// Why.
    pub argument: String,
    /// The rejection as it stood; an overturned one stands here only.
    pub was: Rejection,
    /// What is proposed, or how it was settled.
    pub proposal: Option<Proposal>,
    /// Free text on it.
    pub remark: Option<String>,
    /// Who confirmed for marketing.
    pub marketing: Option<String>,
    /// Who confirmed for sales.
    pub sales: Option<String>,
    /// When both had confirmed.
    pub settled: Option<Moment>,
}

/// A rejection as it stood when it was challenged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rejection {
    /// When it was given.
    pub at: Moment,
    /// By whom.
    pub by: Option<String>,
    /// Label of the reason.
    pub reason: String,
    /// Free text.
    pub note: Option<String>,
    /// What it rested on.
    pub evidence: Evidence,
}

impl ChallengeLine {
    /// Seconds that it has waited for the room; `None` when it is settled or withdrawn.
    pub fn age(&self, now: Moment) -> Option<i64> {
        (self.state == ChallengeState::Open).then(|| now.0 - self.opened.0.0)
    }

    /// Whether it has waited longer than agreed ([`crate::domain::settings::Settings::challenge_days`]).
    pub fn is_overdue(&self, now: Moment, agreed_days: i64) -> bool {
        self.age(now).is_some_and(|age| age > agreed_days * 86_400)
    }

    /// Whose confirmation is missing, in words; empty when nothing is proposed or nobody is missing.
    pub fn waits_for(&self) -> &'static str {
        if self.state != ChallengeState::Open || self.proposal.is_none() {
            return "";
        }
        match (&self.marketing, &self.sales) {
            (None, None) => "marketing and sales",
            (None, Some(_)) => "marketing",
            (Some(_), None) => "sales",
            (Some(_), Some(_)) => "",
        }
    }
}
