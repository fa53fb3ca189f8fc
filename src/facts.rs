//! The columnar history that every number is computed from. Pure: no database, no clock.
//!
//! One row per lead, per handoff, per opportunity and per spend entry; text is dictionary-encoded, moments are `u32`
//! seconds. Rows keep the ascending order of their ids. `store` fills them, `metrics` and `backtest` read them.

pub mod challenges;
pub mod clock;
pub mod column;
pub mod dictionary;
pub mod domains;
pub mod feedback;
pub mod fields;
pub mod filter;
pub mod handoffs;
pub mod ids;
pub mod leads;
pub mod opportunities;
pub mod pipeline;
pub mod proofs;
pub mod queue;
pub mod shared;
pub mod short;
pub mod slas;
pub mod spend;
pub mod stamps;
pub mod targets;
pub mod texts;

use crate::domain::money::Rates;
use shared::Shared;

/// The whole history of a workspace. A clone has its large tables in common until one of both changes them.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    /// The journal entry up to which these facts are complete.
    pub journal_id: i64,
    /// Names behind the codes.
    pub names: dictionary::Names,
    /// One row per lead.
    pub leads: Shared<leads::Leads>,
    /// One row per hand-over of a lead to sales.
    pub handoffs: Shared<handoffs::Handoffs>,
    /// One row per challenge of a rejection.
    pub challenges: challenges::Challenges,
    /// One row per cluster that was put before marketing.
    pub feedback: Vec<feedback::FeedbackRow>,
    /// One row per deal.
    pub opportunities: Shared<opportunities::Opportunities>,
    /// One row per spend entry.
    pub spend: Shared<spend::Spend>,
    /// Targets, oldest first.
    pub targets: targets::Targets,
    /// Currency rates into the workspace's currency.
    pub rates: Rates,
}

impl Facts {
    /// Sorts the clocks anew after rows were pushed. Call once after loading; [`Facts`] is not usable before.
    pub fn index(&mut self) {
        self.leads.index();
        self.handoffs.index();
        self.opportunities.index();
        self.spend.index();
    }
}
