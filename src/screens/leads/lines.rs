//! The lines that have been read, by the id of their handoff; old ones are shown until their successors have come. Reads nothing.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::domain::card::LeadLine;
use crate::metrics::Table;
use crate::screens::fetch::Fetch;

/// Lines asked for at once on each side of the cursor, and how near they must be before they are asked for.
const AROUND: usize = 100;
const NEAR: usize = 60;

/// More lines than these are not kept.
const KEPT: usize = 4_000;

/// What has been read.
#[derive(Debug, Default)]
pub(super) struct Lines {
    known: FxHashMap<i64, LeadLine>,
    /// Known, and changed meanwhile.
    old: FxHashSet<i64>,
    asked: FxHashSet<i64>,
    gone: FxHashSet<i64>,
}

impl Lines {
    /// The line of a handoff.
    pub(super) fn get(&self, id: i64) -> Option<&LeadLine> {
        self.known.get(&id)
    }

    /// What its lead is called.
    pub(super) fn name(&self, id: i64) -> Option<&str> {
        self.get(id).map(|line| &*line.name)
    }

    /// Whether the handoff was asked for and is not there any more.
    pub(super) fn is_gone(&self, id: i64) -> bool {
        self.gone.contains(&id)
    }

    /// These have changed.
    pub(super) fn changed(&mut self, ids: &[i64]) {
        for id in ids {
            self.old.insert(*id);
            self.asked.remove(id);
        }
    }

    /// Any of them may have changed.
    pub(super) fn all_changed(&mut self) {
        self.old.extend(self.known.keys());
        self.asked.clear();
        self.gone.clear();
    }

    /// What has to be read before the rows around the cursor can be shown as they are.
    pub(super) fn wanted(&mut self, ids: &[i64], cursor: usize) -> Option<Fetch> {
        let missing = |id: &&i64| {
            let fresh = self.known.contains_key(id) && !self.old.contains(id);
            !fresh && !self.asked.contains(id) && !self.gone.contains(id)
        };
        let around = |by: usize| {
            let end = ids.len().min(cursor + by);
            &ids[cursor.saturating_sub(by).min(end)..end]
        };
        around(NEAR).iter().find(missing)?;
        let wanted: Vec<i64> = around(AROUND).iter().filter(missing).copied().collect();
        self.asked.extend(&wanted);
        Some(Fetch::Lines(Table::Handoffs, wanted))
    }

    /// Takes what was read.
    pub(super) fn take(&mut self, asked: &[i64], lines: &[LeadLine]) {
        if self.known.len() > KEPT {
            self.known.clear();
            self.old.clear();
        }
        for line in lines {
            if let Some(handoff) = &line.handoff {
                let id = handoff.id.0;
                self.known.insert(id, line.clone());
                self.old.remove(&id);
            }
        }
        for id in asked {
            self.asked.remove(id);
            if self.old.remove(id) {
                self.known.remove(id);
            }
            if !self.known.contains_key(id) {
                self.gone.insert(*id);
            }
        }
    }
}
