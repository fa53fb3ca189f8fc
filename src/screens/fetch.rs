//! What a window needs from the workspace file, as data: the loop reads it, and the window is drawn when it has come.

use crate::domain::card::{DealCard, DealLine, LeadCard, LeadLine, SpendLine};
use crate::domain::ids::{LeadId, OpportunityId};
use crate::metrics::Table;

/// Something to read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fetch {
    /// The lines of these row ids of a table.
    Lines(Table, Vec<i64>),
    /// Everything about a lead.
    Lead(LeadId),
    /// Everything about a deal.
    Deal(OpportunityId),
}

/// What was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fetched {
    /// Leads, in the order of the ids asked for.
    Leads(Vec<LeadLine>),
    /// Handoffs with their leads.
    Handoffs(Vec<LeadLine>),
    /// Deals.
    Deals(Vec<DealLine>),
    /// Spend entries.
    Spend(Vec<SpendLine>),
    /// A lead's card.
    Lead(Box<LeadCard>),
    /// A deal's card.
    Deal(Box<DealCard>),
    /// It is not there any more.
    Gone,
}
