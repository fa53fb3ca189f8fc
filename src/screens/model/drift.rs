//! Whether the versions in force still hold, as far as somebody has counted. Counts nothing itself.

use std::sync::Arc;

use super::{History, Model};
use crate::backtest::drift;
use crate::screens::judge;

/// What was counted last, and for which history it was asked.
#[derive(Default)]
pub(super) struct Counted {
    asked: Option<Arc<History>>,
    found: Arc<judge::Drifts>,
}

impl Model {
    /// Whether the versions in force have to be counted for the history in sight.
    pub fn drift_is_due(&self) -> bool {
        let history = &self.seen.look.history;
        let asked = self.drifts.asked.as_ref();
        let versions = &history.book.criteria;
        asked.is_none_or(|asked| !history.has_rows_of(asked))
            && versions.all_in_force(self.now()).next().is_some()
    }

    /// They are being counted.
    pub fn drift_is_asked(&mut self) {
        self.drifts.asked = Some(Arc::clone(&self.seen.look.history));
    }

    /// They have been counted.
    pub fn take_drifts(&mut self, found: &Arc<judge::Drifts>) {
        self.drifts.found = Arc::clone(found);
    }

    /// What the room has to hear of the versions in force, a sentence each; nothing while all of them hold.
    pub fn alarms(&self) -> Vec<String> {
        let book = self.book();
        let today = book.calendar.day_of(self.now());
        let of = |id| self.drifts.found.iter().find(|(of, _)| *of == id);
        let versions = book.criteria.all_in_force(self.now());
        versions
            .filter_map(|version| {
                let drift = of(version.id).map(|(_, drift)| drift);
                drift::told(version, drift, today)
            })
            .collect()
    }
}
