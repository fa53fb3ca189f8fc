//! Within how many business minutes sales makes the first attempt, by the type of the lead. Reads nothing.

use super::Facts;
use super::dictionary::Names;
use crate::domain::book::Book;

/// The agreed minutes, by the code of the segment.
#[derive(Clone, Debug)]
pub struct Slas {
    usual: u32,
    own: Vec<u32>,
}

impl Slas {
    /// As a workspace has agreed them.
    pub fn new(book: &Book, names: &Names) -> Slas {
        let codes = 0..names.segments.len() as u32;
        let own = codes.map(|code| book.sla_minutes(Some(names.segments.name(code))));
        Slas {
            usual: book.sla_minutes(None),
            own: own.collect(),
        }
    }

    /// Those of a row of `facts.handoffs`.
    #[inline]
    pub fn of(&self, facts: &Facts, row: usize) -> u32 {
        let lead = facts.handoffs.lead[row] as usize;
        let segment = facts.leads.segment.get(lead).copied();
        let own = segment.and_then(|code| self.own.get(code as usize));
        own.copied().unwrap_or(self.usual)
    }
}
