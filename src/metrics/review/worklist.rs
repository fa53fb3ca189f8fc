//! Clusters of rejections by what they have in common, the dearest first. Settles nothing.

use std::cmp::Reverse;

use super::axis::Axis;
use super::matrix::{Order, Rate};
use super::pool::{Review, code_at};
use super::sums::Sums;
use crate::facts::Facts;
use crate::facts::column::Code;

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

impl Review {
    /// The rejections grouped by one axis or a pair, largest cost first; where nothing is priced, most hours, then most rows.
    pub fn worklist(&self, facts: &Facts, by: Axis, and: Option<Axis>) -> Vec<Cluster> {
        let Some(and) = and.filter(|and| *and != by) else {
            let matrix = self.matrix(facts, by, by, Order::Cost);
            let heads = matrix.rows.iter();
            let mut clusters: Vec<Cluster> = heads
                .map(|head| Cluster {
                    at: vec![(by, head.code)],
                    sums: head.sums,
                    rate: head
                        .rate
                        .unwrap_or_else(|| self.rate(head.sums.count(), self.decided())),
                    share: head.share,
                })
                .collect();
            clusters.sort_by_cached_key(|cluster| Reverse(Order::Cost.key(&cluster.sums)));
            return clusters;
        };
        let matrix = self.matrix(facts, by, and, Order::Cost);
        let below = self.decided_pairs(facts, by, and);
        let last = (self.values(facts, by), self.values(facts, and));
        let total = matrix.total.count() as f64;
        let cells = matrix.occupied();
        let mut clusters: Vec<((u32, u32), Cluster)> = cells
            .map(|((row, column), sums)| {
                let at = vec![
                    (by, code_at(row as usize, last.0)),
                    (and, code_at(column as usize, last.1)),
                ];
                let n = below(row as usize, column as usize);
                let rate = self.rate(sums.count(), n);
                let share = sums.count() as f64 / total;
                let sums = *sums;
                (
                    (row, column),
                    Cluster {
                        at,
                        sums,
                        rate,
                        share,
                    },
                )
            })
            .collect();
        clusters.sort_by_cached_key(|(place, c)| (Reverse(Order::Cost.key(&c.sums)), *place));
        clusters.into_iter().map(|(_, cluster)| cluster).collect()
    }

    fn rate(&self, hits: u64, n: u64) -> Rate {
        Rate::new(hits, n, self.small_n)
    }

    /// What was decided at a pair of places.
    fn decided_pairs<'s>(
        &'s self,
        facts: &'s Facts,
        by: Axis,
        and: Axis,
    ) -> Box<dyn Fn(usize, usize) -> u64 + 's> {
        match (self.decided_by(facts, by), self.decided_by(facts, and)) {
            (Some(_), Some(_)) => {
                let (a, b) = (
                    self.decided_codes(facts, by),
                    self.decided_codes(facts, and),
                );
                let last = (self.values(facts, by), self.values(facts, and));
                let mut pairs = rustc_hash::FxHashMap::<(usize, usize), u64>::default();
                for (a, b) in a.iter().zip(b) {
                    let pair = ((*a as usize).min(last.0), (*b as usize).min(last.1));
                    *pairs.entry(pair).or_default() += 1;
                }
                Box::new(move |a, b| pairs.get(&(a, b)).copied().unwrap_or(0))
            }
            (Some(rows), None) => Box::new(|row, _| rows[row]),
            (None, Some(columns)) => Box::new(|_, column| columns[column]),
            (None, None) => Box::new(|_, _| self.decided()),
        }
    }
}
