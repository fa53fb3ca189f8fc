//! One row per spend entry, by the day it was spent.

use super::column::{Code, Days};
use crate::domain::moment::Day;
use crate::domain::period::Period;
use crate::domain::verdict::SpendKind;

/// A spend entry as the store reads it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SpendRow {
    /// Row id.
    pub id: i64,
    /// Source code.
    pub source: Code,
    /// Campaign code.
    pub campaign: Code,
    /// Row number of the one lead it was spent on, or `NONE`.
    pub lead: u32,
    /// The day.
    pub on: Day,
    /// What it paid for.
    pub kind: SpendKind,
    /// Minor units.
    pub amount: i64,
    /// Currency code.
    pub currency: u8,
}

/// The rows, in the order of their days.
#[derive(Clone, Debug, Default)]
pub struct Spend {
    /// Rows sorted by day, then id.
    pub rows: Vec<SpendRow>,
    /// Their days.
    pub on: Days,
}

impl Spend {
    /// Appends a row; `Facts::index` sorts.
    pub fn push(&mut self, row: SpendRow) {
        self.rows.push(row);
    }

    /// Replaces the row of the same id, or adds it, and keeps the order.
    pub fn put(&mut self, row: SpendRow) {
        self.rows.retain(|r| r.id != row.id);
        let place = self
            .rows
            .partition_point(|r| (r.on, r.id) < (row.on, row.id));
        self.rows.insert(place, row);
        self.on = Days(self.rows.iter().map(|r| r.on.0).collect());
    }

    /// Row numbers of the entries whose day lies in the period.
    pub fn within(&self, period: &Period) -> std::ops::Range<usize> {
        let start = self.on.0.partition_point(|day| *day < period.first.0);
        let end = self.on.0.partition_point(|day| *day < period.end.0);
        start..end.max(start)
    }

    pub(crate) fn index(&mut self) {
        self.rows.sort_by_key(|r| (r.on, r.id));
        self.on = Days(self.rows.iter().map(|r| r.on.0).collect());
    }
}
