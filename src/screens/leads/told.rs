//! What the room should know of a rejected handoff, for its card: its flags, each in a sentence. Judges none itself.

use std::sync::Arc;

use crate::domain::verdict::Verdict;
use crate::screens::fetch::Fetch;
use crate::screens::judge::Flagged;
use crate::screens::model::Model;
use crate::widgets::Paragraph;

/// The flags of all rejections, once a card has asked for them.
#[derive(Debug, Default)]
pub(super) enum Told {
    #[default]
    Unasked,
    Asked,
    Known(Arc<Flagged>),
}

impl Told {
    /// What has to be read before the card of a handoff can be shown whole; an open one has no flags.
    pub(super) fn wanted(&mut self, handoff: i64, model: &Model) -> Option<Fetch> {
        rejected(handoff, model)?;
        if !matches!(self, Self::Unasked) {
            return None;
        }
        *self = Self::Asked;
        Some(Fetch::Flags)
    }

    /// Lines for the card.
    pub(super) fn of(&self, handoff: i64, model: &Model) -> Vec<Paragraph> {
        let (Self::Known(flagged), Some(row)) = (self, rejected(handoff, model)) else {
            return Vec::new();
        };
        let told = flagged.told(&model.history(), row).into_iter();
        told.map(|(_, why)| Paragraph::Entry("Flag".to_owned(), why))
            .collect()
    }
}

/// The row number of a handoff, if it is rejected.
fn rejected(handoff: i64, model: &Model) -> Option<u32> {
    let handoffs = &model.facts().handoffs;
    let row = handoffs.row(handoff)?;
    (handoffs.verdict(row) == Some(Verdict::Rejected)).then_some(row as u32)
}
