//! The rows behind a cell, a row, a column or the whole: they add up to what is shown (C18). Groups nothing.

use std::ops::Range;

use fixedbitset::FixedBitSet;

use super::axis::Axis;
use super::codes::Codes;
use super::pool::Review;
use super::sums::{Proof, Share};
use crate::facts::Facts;
use crate::facts::column::{Code, NONE};
use crate::metrics::rowset::{Drill, Made, RowSet, Table};

/// At most so many are looked at at once.
const RUN: usize = 1_024;

/// What rejections share: values of axes that must all hold. Empty: all of them.
pub type Place = [(Axis, Code)];

/// What of the rows adds up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    /// Rejections, 1 each.
    Count,
    /// Those with one proof, 1 each.
    Of(Proof),
    /// What the leads of verified and objective ones cost.
    Waste,
    /// What the leads of unverified ones cost.
    Unproven,
    /// Reps' minutes.
    Minutes,
    /// What those cost.
    RepCost,
}

impl Measure {
    /// Whether a rejection is part of the measure.
    fn takes(self, share: &Share) -> bool {
        match self {
            Measure::Of(proof) => share.proof == proof,
            Measure::Waste => share.proof != Proof::Unverified,
            Measure::Unproven => share.proof == Proof::Unverified,
            Measure::Count | Measure::Minutes | Measure::RepCost => true,
        }
    }

    /// What it adds; `None` where it is not priced.
    fn add(self, share: &Share) -> Option<i64> {
        match self {
            Measure::Count | Measure::Of(_) => Some(1),
            Measure::Waste | Measure::Unproven => share.cost,
            Measure::Minutes => Some(share.minutes),
            Measure::RepCost => share.rep_cost,
        }
    }
}

impl Review {
    /// The rejections at a place, by the order of their verdicts.
    pub fn rows_at(&self, facts: &Facts, place: &Place) -> Vec<u32> {
        if place.is_empty() {
            return self.rows(facts);
        }
        let mut found = Vec::new();
        let mut rows = self.bits().ones().enumerate();
        self.each_at(facts, place, 0..self.rejected.len(), |at| {
            let row = rows.find(|(place, _)| *place == at);
            found.extend(row.map(|(_, row)| row as u32));
        });
        by_verdict(facts, found)
    }

    /// How many rejections there are at a place.
    pub fn count_at(&self, facts: &Facts, place: &Place) -> u64 {
        let mut count = 0;
        self.each_at(facts, place, 0..self.rejected.len(), |_| count += 1);
        count
    }

    /// The rows behind a sum.
    pub fn drill(&self, facts: &Facts, place: &Place, measure: Measure) -> Drill {
        let (mut set, shares) = (RowSet::empty(Table::Handoffs), self.shares(facts));
        for row in self.rows_at(facts, place) {
            let share = shares.of(row);
            if measure.takes(&share) {
                set.rows.push(row);
                set.adds.push(measure.add(&share));
            }
        }
        Drill {
            made: Made::Sum,
            rows: vec![set],
            base: Vec::new(),
        }
    }

    /// The decided handoffs at a place, by the order of their verdicts; reasons and classes, which accepted ones have none of, are
    /// left aside.
    pub fn decided_at(&self, facts: &Facts, place: &Place) -> Vec<u32> {
        let mut found = Vec::new();
        self.each_decided_run_at(facts, place, |rows| found.extend(rows));
        by_verdict(facts, found)
    }

    /// Where the rejections at a place stand in a stretch of them, in the order of their rows.
    pub(super) fn each_at(
        &self,
        facts: &Facts,
        place: &Place,
        range: Range<usize>,
        mut give: impl FnMut(usize),
    ) {
        let wanted: Vec<(&Codes, u32)> = place
            .iter()
            .map(|(axis, code)| {
                let last = self.values(facts, *axis) as u32;
                (self.codes(facts, *axis), (*code).min(last))
            })
            .collect();
        let (mut left, mut codes) = (Vec::new(), Vec::new());
        for from in range.clone().step_by(RUN) {
            let run = from..range.end.min(from + RUN);
            left.clear();
            left.extend(run.clone());
            for (column, code) in &wanted {
                column.read(run.clone(), &mut codes);
                keep(&mut left, |at| codes[at - from] == *code);
            }
            for at in &left {
                give(*at);
            }
        }
    }

    /// The decided handoffs at a place, run by run, in the order of the rows.
    pub(super) fn each_decided_run_at(
        &self,
        facts: &Facts,
        place: &Place,
        mut give: impl FnMut(&[u32]),
    ) {
        let of_decided = place.iter().filter(|(axis, _)| axis.is_of_decided());
        let place: Vec<(Axis, Code)> = of_decided.copied().collect();
        let rows = &self.decided.rows;
        let (mut left, mut codes) = (Vec::new(), Vec::new());
        rows.runs(rows.whole(), |run| {
            left.clear();
            left.extend_from_slice(run);
            for (axis, code) in &place {
                let last = self.values(facts, *axis);
                self.codes_into(facts, *axis, &left, &mut codes);
                let mut own = codes.iter();
                keep(&mut left, |_| {
                    own.next().is_some_and(|own| same(*own, *code, last))
                });
            }
            if !left.is_empty() {
                give(&left);
            }
        });
    }
}

/// Keeps what passes. Each is written, and the next over it unless it stays: which ones do, no processor could guess.
fn keep<T: Copy>(left: &mut Vec<T>, mut passes: impl FnMut(T) -> bool) {
    let mut kept = 0;
    for at in 0..left.len() {
        let own = left[at];
        left[kept] = own;
        kept += usize::from(passes(own));
    }
    left.truncate(kept);
}

/// Rows in the order of their verdicts: few are sorted, many are picked out of the clock.
pub(super) fn by_verdict(facts: &Facts, mut rows: Vec<u32>) -> Vec<u32> {
    let handoffs = &facts.handoffs;
    let order = handoffs.by_verdict.rows();
    if rows.len() < order.len() / 16 {
        rows.sort_unstable_by_key(|row| (handoffs.verdict_at.second(*row as usize), *row));
        return rows;
    }
    let mut picked = FixedBitSet::with_capacity(handoffs.len());
    picked.extend(rows.iter().map(|row| *row as usize));
    rows.clear();
    let those = order.iter().filter(|row| picked.contains(**row as usize));
    rows.extend(those);
    rows
}

/// Whether a row's code is the one asked for; codes out of the dictionary are "unknown", as in the matrix.
fn same(own: Code, asked: Code, last: usize) -> bool {
    own == asked || (asked == NONE && own as usize >= last)
}
