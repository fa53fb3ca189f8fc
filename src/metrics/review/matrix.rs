//! Rejections by two axes, with totals, rates and Pareto order. Selects no rows.

use super::axis::Axis;
use super::grid::Grid;
use super::pool::{Review, code_at};
use super::sums::{Proof, Running, Sums};
use crate::domain::verdict::words;
use crate::facts::Facts;
use crate::facts::column::Code;
use crate::metrics::figure::wilson;

words! {
    /// What stands first.
    Order {
        /// Most rejections.
        Count = "count" / "rejections",
        /// Dearest: what leads and reps' time cost together.
        Cost = "cost" / "cost",
        /// Most of reps' hours.
        Hours = "hours" / "rep hours",
        /// Most money on leads whose rejection is proven.
        Wasted = "wasted" / "wasted money",
        /// Most money on those whose rejection is not.
        Unproven = "unproven" / "unproven money",
        /// Most unverified ones.
        Unverified = "unverified" / "unverified",
    }
}

/// What a cell's rejections are divided by for its rate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Base {
    /// What was decided in its column: "of all leads of that source that were decided".
    Column,
    /// What was decided in its row; the columns are reasons, which accepted leads have none of.
    Row,
    /// Everything that was decided; neither side knows accepted leads.
    All,
}

/// Hits of n, with their Wilson interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rate {
    /// Rejected.
    pub hits: u64,
    /// Decided.
    pub n: u64,
    /// The share; `None` for 0 of 0.
    pub share: Option<f64>,
    /// Wilson 95 %.
    pub interval: Option<(f64, f64)>,
    /// Whether n is below the agreed small n.
    pub small_n: bool,
}

impl Rate {
    /// Hits of n; below the agreed small n it is marked.
    pub fn new(hits: u64, n: u64, small_n: u64) -> Rate {
        Rate {
            hits,
            n,
            share: (n > 0).then(|| hits as f64 / n as f64),
            interval: wilson(hits, n),
            small_n: n < small_n,
        }
    }
}

/// A row or a column with its total.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Head {
    /// Its code on the axis; `NONE` is "unknown".
    pub code: Code,
    /// What it adds up to.
    pub sums: Sums,
    /// Rejected ÷ decided, where accepted handoffs have a place on the axis.
    pub rate: Option<Rate>,
    /// Its share of all rejections.
    pub share: f64,
    /// Its share of what the order goes by; `None` where that is not known, or nothing.
    pub part: Option<f64>,
    /// That share and those of all before it.
    pub cumulated: Option<f64>,
    place: usize,
}

/// A cell.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cell {
    /// What it adds up to.
    pub sums: Sums,
    /// Its share of the rejections of its column.
    pub within_column: Option<f64>,
    /// Its share of the rejections of its row.
    pub within_row: Option<f64>,
    /// Rejected ÷ decided, by the matrix' [`Base`].
    pub rate: Rate,
}

/// Rejections by two axes.
pub struct Matrix {
    /// The axis that runs down.
    pub row_axis: Axis,
    /// The axis that runs across.
    pub column_axis: Axis,
    /// Rows with anything in them, in order; weeks by time.
    pub rows: Vec<Head>,
    /// Columns with anything in them, in order; weeks by time.
    pub columns: Vec<Head>,
    /// Everything together.
    pub total: Sums,
    /// What rates are divided by.
    pub base: Base,
    /// Everything that was decided.
    pub decided: u64,
    small_n: u64,
    grid: Grid,
}

impl Review {
    /// The matrix of two axes. The two may be the same; then only the diagonal holds anything.
    pub fn matrix(&self, facts: &Facts, rows: Axis, columns: Axis, order: Order) -> Matrix {
        let (height, width) = (self.values(facts, rows), self.values(facts, columns));
        let grid = Grid::new(
            (self.codes(facts, rows), height + 1),
            (self.codes(facts, columns), width + 1),
            self.priced(facts),
        );
        let mut down = vec![Running::default(); height + 1];
        let mut across = vec![Running::default(); width + 1];
        for ((row, column), sums) in grid.cells() {
            down[*row as usize].take_in(sums);
            across[*column as usize].take_in(sums);
        }
        let mut total = Running::default();
        for sums in &down {
            total.take_in(sums);
        }
        let total = total.sums();
        Matrix {
            row_axis: rows,
            column_axis: columns,
            rows: self.heads(facts, rows, &down, &total, order),
            columns: self.heads(facts, columns, &across, &total, order),
            total,
            base: if columns.is_of_decided() {
                Base::Column
            } else if rows.is_of_decided() {
                Base::Row
            } else {
                Base::All
            },
            decided: self.decided(),
            small_n: self.small_n,
            grid,
        }
    }

    /// The values of an axis that hold anything, in order.
    fn heads(
        &self,
        facts: &Facts,
        axis: Axis,
        sums: &[Running],
        total: &Sums,
        order: Order,
    ) -> Vec<Head> {
        let decided = self.decided_by(facts, axis);
        let last = sums.len() - 1;
        let head_of = |(place, sums): (usize, Sums)| Head {
            code: code_at(place, last),
            sums,
            rate: decided.map(|decided| Rate::new(sums.count(), decided[place], self.small_n)),
            share: sums.count() as f64 / total.count() as f64,
            part: None,
            cumulated: None,
            place,
        };
        let filled = sums.iter().enumerate();
        let filled = filled.filter(|(_, sums)| !sums.is_empty());
        let filled = filled.map(|(place, sums)| (place, sums.sums()));
        let mut heads: Vec<Head> = filled.map(head_of).collect();
        if axis != Axis::Week {
            heads.sort_by_cached_key(|head| (std::cmp::Reverse(order.key(&head.sums)), head.place));
        }
        let all = order.weight(total).filter(|all| *all > 0);
        let of_all = |weight: i64| Some(weight as f64 / all? as f64);
        let mut so_far = Some(0_i64);
        for head in &mut heads {
            let own = order.weight(&head.sums);
            so_far = so_far.zip(own).and_then(|(a, b)| a.checked_add(b));
            (head.part, head.cumulated) = (own.and_then(of_all), so_far.and_then(of_all));
        }
        heads
    }
}

impl Order {
    /// Greatest first; what does not fit 64 bits is as great as can be.
    pub(super) fn key(self, sums: &Sums) -> (i64, i64, u32) {
        let count = sums.by_proof.iter().sum();
        match self {
            Order::Count => (i64::from(count), 0, 0),
            Order::Cost => (sums.cost().unwrap_or(i64::MAX), sums.minutes, count),
            Order::Hours => (sums.minutes, 0, count),
            Order::Wasted | Order::Unproven => {
                (self.weight(sums).unwrap_or(i64::MAX), sums.minutes, count)
            }
            Order::Unverified => (self.weight(sums).unwrap_or(i64::MAX), 0, count),
        }
    }

    /// What it goes by: rejections, minor units or minutes; `None` where they do not fit 64 bits.
    pub fn weight(self, sums: &Sums) -> Option<i64> {
        match self {
            Order::Count => i64::try_from(sums.count()).ok(),
            Order::Cost => sums.cost(),
            Order::Hours => Some(sums.minutes),
            Order::Wasted => sums.waste.minor,
            Order::Unproven => sums.unproven.minor,
            Order::Unverified => i64::try_from(sums.of(Proof::Unverified)).ok(),
        }
    }
}

impl Matrix {
    /// Every cell with anything in it, by the places of its codes.
    pub(super) fn occupied(&self) -> &[((u32, u32), Running)] {
        self.grid.cells()
    }

    /// Everything that was rejected of everything that was decided.
    pub fn rate(&self) -> Rate {
        Rate::new(self.total.count(), self.decided, self.small_n)
    }

    /// The cell at these places of `rows` and `columns`; `None` where nothing was rejected.
    pub fn cell(&self, row: usize, column: usize) -> Option<Cell> {
        let (row, column) = (self.rows.get(row)?, self.columns.get(column)?);
        let sums = self.grid.get(row.place, column.place)?;
        let n = match self.base {
            Base::Column => column.rate.map_or(0, |rate| rate.n),
            Base::Row => row.rate.map_or(0, |rate| rate.n),
            Base::All => self.decided,
        };
        let part = |of: &Sums| (of.count() > 0).then(|| sums.count() as f64 / of.count() as f64);
        Some(Cell {
            sums,
            within_column: part(&column.sums),
            within_row: part(&row.sums),
            rate: Rate::new(sums.count(), n, self.small_n),
        })
    }
}
