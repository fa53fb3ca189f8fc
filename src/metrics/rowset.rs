//! The rows behind a number. Holds row numbers of the facts; knows no metric.

/// A table of the facts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Table {
    /// `Facts::leads`.
    Leads,
    /// `Facts::handoffs`.
    Handoffs,
    /// `Facts::opportunities`.
    Opportunities,
    /// `Facts::spend`.
    Spend,
    /// `Facts::feedback`.
    Feedback,
}

/// Rows of one table with what each adds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowSet {
    /// Which table the row numbers are of.
    pub table: Table,
    /// Row numbers in the order of the metric's clock.
    pub rows: Vec<u32>,
    /// What each row adds, as long as `rows`: 1 or −1 for counts, minor units for money, the span itself for medians.
    /// `None`: the row is counted and not priced (C9), or is still open (a median ranks it last).
    pub adds: Vec<Option<i64>>,
}

impl RowSet {
    /// No rows yet.
    pub fn empty(table: Table) -> RowSet {
        RowSet {
            table,
            rows: Vec::new(),
            adds: Vec::new(),
        }
    }

    /// What the rows add up to; `None` on overflow.
    pub fn sum(&self) -> Option<i64> {
        self.adds
            .iter()
            .flatten()
            .try_fold(0_i64, |sum, add| sum.checked_add(*add))
    }

    /// How many different rows there are: what is taken back or corrected stands in the set more than once.
    pub fn distinct(&self) -> usize {
        let mut rows = self.rows.clone();
        rows.sort_unstable();
        rows.dedup();
        rows.len()
    }

    /// Whether there are rows and none of them is priced, so that their sum says nothing.
    pub fn is_unpriced(&self) -> bool {
        !self.rows.is_empty() && self.unpriced() == self.rows.len()
    }

    /// Rows that are counted and not priced.
    pub fn unpriced(&self) -> usize {
        self.adds.iter().filter(|add| add.is_none()).count()
    }
}

/// How the rows of a number make the number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Made {
    /// They add up to it.
    Sum,
    /// The sum of `rows` stands above the line, the sum of `base` below it.
    Quotient,
    /// It is the median of what the rows hold.
    Median,
    /// It is the 90th percentile of what the rows hold.
    Ninetieth,
}

/// What opens behind a number (C18): the rows above the line and those below it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drill {
    /// How the number comes from them.
    pub made: Made,
    /// Rows above the line, or all rows of a sum; they add up to the figure's numerator.
    pub rows: Vec<RowSet>,
    /// Rows below the line; they add up to the figure's denominator. Empty where a target or a constant stands there.
    pub base: Vec<RowSet>,
}
