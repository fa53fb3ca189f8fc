//! What speaks against the draft, in words under its rules. Decides nothing.

use super::super::Criteria;
use crate::domain::criteria::warnings;
use crate::screens::model::Model;
use crate::theme::{Role, Theme};
use crate::widgets::Ink;

impl Criteria {
    /// What its own rules say against the draft, then what the past does.
    pub(super) fn doubts(&self, model: &Model) -> Vec<String> {
        let (draft, _) = self.preview(model);
        let mut doubts: Vec<String> = warnings(&draft, &self.agreed.fields)
            .into_iter()
            .map(|w| w.what)
            .collect();
        if let Some((_, weights)) = self.weights.as_ref().filter(|(of, _)| of.draft == draft) {
            doubts.extend(weights.doubts.iter().map(|doubt| doubt.what.clone()));
            doubts.extend(weights.alike.iter().map(|pair| {
                format!(
                    "rules {} and {} say much the same (φ {:.2})",
                    pair.one + 1,
                    pair.other + 1,
                    pair.phi
                )
            }));
        }
        doubts
    }
}

/// A doubt and how many more there are.
pub(super) fn said(doubt: &str, more: usize) -> String {
    match more {
        0 => format!("! {doubt}"),
        more => format!("! {doubt} (and {more} more)"),
    }
}

/// Writes them at the bottom, below line `from`; as many as there is room for.
pub(super) fn draw(ink: &mut Ink<'_>, from: u16, doubts: &[String], theme: &Theme) {
    let room = usize::from(ink.height().saturating_sub(from.max(1)));
    let top = ink.height() - doubts.len().min(room) as u16;
    for (row, doubt) in (top..ink.height()).zip(doubts) {
        let hidden = if row + 1 == ink.height() {
            doubts.len().saturating_sub(room)
        } else {
            0
        };
        ink.write(row, 0, &said(doubt, hidden), theme[Role::Warn]);
    }
}
