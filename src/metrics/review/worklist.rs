//! Clusters of rejections by what they have in common, the dearest first. Settles nothing.

use std::cmp::Reverse;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use rustc_hash::FxHashMap;

use super::axis::Axis;
use super::matrix::{Matrix, Order, Rate};
use super::pool::{Review, add_each, code_at};
use super::sums::Sums;
use crate::facts::Facts;
use crate::facts::column::Code;

/// So many of the dearest stand in order at once; the rest is sorted when somebody looks so far.
const FIRST: usize = 1_000;

/// Up to so many pairs of values a table is quicker than a map.
const DENSE: usize = 1 << 20;

/// Rejections that have something in common.
#[derive(Clone, Debug, PartialEq)]
pub struct Cluster {
    /// What they share; a [`super::Place`] for drills and trends.
    pub at: Vec<(Axis, Code)>,
    /// What they add up to.
    pub sums: Sums,
    /// Rejected ÷ decided there, reasons left aside.
    pub rate: Rate,
    /// Their share of all rejections.
    pub share: f64,
}

/// The occupied cells of a matrix as clusters, largest cost first; where nothing is priced, most hours, then most rows.
pub struct Worklist {
    matrix: Arc<Matrix>,
    /// The dearest, as places in the matrix' cells.
    first: Vec<u32>,
    all: OnceLock<Vec<u32>>,
    below: OnceLock<Below>,
}

/// What was decided at pairs of places.
enum Below {
    Dense(Vec<u32>, usize),
    Sparse(FxHashMap<(usize, usize), u64>),
}

/// Dearest first, then by place.
type Key = (Reverse<(i64, i64, u32)>, (u32, u32), u32);

impl Worklist {
    /// The clusters of a matrix.
    pub fn new(matrix: Arc<Matrix>) -> Worklist {
        let mut keys = keys(&matrix);
        if keys.len() > FIRST {
            keys.select_nth_unstable(FIRST);
            keys.truncate(FIRST);
        }
        keys.sort_unstable();
        Worklist {
            matrix,
            first: keys.into_iter().map(|(.., cell)| cell).collect(),
            all: OnceLock::new(),
            below: OnceLock::new(),
        }
    }

    /// How many clusters there are.
    pub fn len(&self) -> usize {
        self.matrix.occupied().len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// What the clusters are cells of.
    pub fn matrix(&self) -> &Matrix {
        &self.matrix
    }

    /// The cluster at a place, with its rate left aside.
    fn cell(&self, at: usize) -> Option<((u32, u32), Sums)> {
        let place = self.first.get(at).or_else(|| {
            let sorted = || {
                let mut keys = keys(&self.matrix);
                keys.sort_unstable();
                keys.into_iter().map(|(.., cell)| cell).collect()
            };
            self.all.get_or_init(sorted).get(at)
        });
        let (at, sums) = self.matrix.occupied().get(*place? as usize)?;
        Some((*at, sums.sums()))
    }

    /// What the cluster at a place shares, and what it adds up to.
    pub fn at(
        &self,
        review: &Review,
        facts: &Facts,
        at: usize,
    ) -> Option<(Vec<(Axis, Code)>, Sums)> {
        let ((row, column), sums) = self.cell(at)?;
        let value = |axis: Axis, place: u32| {
            let last = review.values(facts, axis);
            (axis, code_at(place as usize, last))
        };
        let (by, and) = (self.matrix.row_axis, self.matrix.column_axis);
        let mut shared = vec![value(by, row)];
        if and != by {
            shared.push(value(and, column));
        }
        Some((shared, sums))
    }

    /// The cluster at a place of the list; `None` behind its end. Ask with the review that the matrix is of.
    pub fn get(&self, review: &Review, facts: &Facts, at: usize) -> Option<Cluster> {
        let ((row, column), _) = self.cell(at)?;
        let (shared, sums) = self.at(review, facts, at)?;
        let n = self.decided(review, facts, row as usize, column as usize);
        Some(Cluster {
            at: shared,
            sums,
            rate: Rate::new(sums.count(), n, review.small_n),
            share: self.share(&sums),
        })
    }

    /// The share of all rejections.
    pub fn share(&self, of: &Sums) -> f64 {
        of.count() as f64 / self.matrix.total.count() as f64
    }

    /// What was decided at a pair of places.
    fn decided(&self, review: &Review, facts: &Facts, row: usize, column: usize) -> u64 {
        let (by, and) = (self.matrix.row_axis, self.matrix.column_axis);
        match (review.decided_by(facts, by), review.decided_by(facts, and)) {
            (Some(rows), _) if by == and => rows[row],
            (Some(_), Some(_)) => {
                let below = self
                    .below
                    .get_or_init(|| Below::new(review, facts, by, and));
                below.at(row, column)
            }
            (Some(rows), None) => rows[row],
            (None, Some(columns)) => columns[column],
            (None, None) => review.decided(),
        }
    }
}

fn keys(matrix: &Matrix) -> Vec<Key> {
    let cells = matrix.occupied().iter().zip(0..);
    cells
        .map(|((place, sums), cell)| (Reverse(Order::Cost.key(&sums.sums())), *place, cell))
        .collect()
}

impl Below {
    fn new(review: &Review, facts: &Facts, by: Axis, and: Axis) -> Below {
        let (height, width) = (review.values(facts, by), review.values(facts, and));
        let rows = &review.decided.rows;
        let pairs = |blocks: Range<usize>, give: &mut dyn FnMut((usize, usize))| {
            let (mut down, mut across) = (Vec::new(), Vec::new());
            rows.runs(blocks, |run| {
                review.codes_into(facts, by, run, &mut down);
                review.codes_into(facts, and, run, &mut across);
                for (row, column) in down.iter().zip(&across) {
                    give(((*row as usize).min(height), (*column as usize).min(width)));
                }
            });
        };
        match (height + 1).checked_mul(width + 1) {
            Some(places) if places <= DENSE => {
                let part = |blocks| {
                    let mut counts = vec![0; places];
                    pairs(blocks, &mut |(row, column)| {
                        counts[row * (width + 1) + column] += 1;
                    });
                    counts
                };
                let counts = rows.halves(part, |counts, late| add_each(counts, &late));
                Below::Dense(counts, width + 1)
            }
            _ => {
                let mut counts = FxHashMap::default();
                pairs(rows.whole(), &mut |pair| {
                    *counts.entry(pair).or_default() += 1;
                });
                Below::Sparse(counts)
            }
        }
    }

    fn at(&self, row: usize, column: usize) -> u64 {
        match self {
            Below::Dense(counts, width) => u64::from(counts[row * width + column]),
            Below::Sparse(counts) => counts.get(&(row, column)).copied().unwrap_or(0),
        }
    }
}

impl Review {
    /// The rejections grouped by one axis, where both are the same, or by a pair.
    pub fn worklist(&self, facts: &Facts, by: Axis, and: Axis) -> Worklist {
        Worklist::new(Arc::new(self.matrix(facts, by, and, Order::Cost)))
    }
}
