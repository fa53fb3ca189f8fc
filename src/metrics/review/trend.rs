//! How rejections at a place went week by week. Selects no rows of its own.

use std::ops::Range;

use super::axis::Axis;
use super::drill::Place;
use super::matrix::Rate;
use super::pool::{Review, add_each};
use super::sums::{Running, Sums};
use crate::domain::moment::Day;
use crate::facts::Facts;

/// One week of a trend.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Week {
    /// Its first day.
    pub first: Day,
    /// The rejections of the week.
    pub sums: Sums,
    /// Those ÷ what was decided at the place that week.
    pub rate: Rate,
}

impl Review {
    /// The weeks of the scope, empty ones too, from the first verdict to the last.
    pub fn trend(&self, facts: &Facts, place: &Place) -> Vec<Week> {
        let mut sums = vec![Running::default(); self.weeks.len()];
        let shares = self.shares(facts);
        let mut week = Vec::new();
        self.each_run_at(facts, place, |rows| {
            self.codes_into(facts, Axis::Week, rows, &mut week);
            for (row, week) in rows.iter().zip(&week) {
                sums[*week as usize].add(&shares.of(*row));
            }
        });
        let mut decided = vec![0; self.weeks.len()];
        self.each_decided_run_at(facts, place, |rows| {
            self.each_code(facts, Axis::Week, rows, |week| decided[week as usize] += 1);
        });
        let weeks = self.weeks.days.iter().zip(sums).zip(decided);
        weeks
            .map(|((first, sums), n)| (first, sums.sums(), n))
            .map(|(first, sums, n)| Week {
                first: *first,
                sums,
                rate: Rate::new(sums.count(), n, self.small_n),
            })
            .collect()
    }

    /// Only how many there were each week, with its first day.
    pub fn by_week(&self, facts: &Facts, place: &Place) -> Vec<(Day, u64)> {
        let part = |blocks: Range<usize>| {
            let mut counts = vec![0; self.weeks.len()];
            self.each_of((&self.rejected, blocks), facts, place, |rows| {
                self.each_code(facts, Axis::Week, rows, |week| counts[week as usize] += 1);
            });
            counts
        };
        let counts = self
            .rejected
            .halves(part, |counts, late| add_each(counts, &late));
        self.weeks.days.iter().copied().zip(counts).collect()
    }
}
