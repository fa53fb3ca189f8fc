//! How rejections at a place went week by week. Selects no rows of its own.

use std::ops::Range;

use super::axis::Axis;
use super::drill::Place;
use super::matrix::Rate;
use super::pool::{Review, add_each};
use super::rows::halves;
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
        let (weeks, priced) = (self.codes(facts, Axis::Week), self.priced(facts));
        self.each_at(facts, place, 0..weeks.len(), |at| {
            sums[weeks.at(at)].add(&priced.at(at));
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
        let weeks = self.codes(facts, Axis::Week);
        let part = |range: Range<usize>| {
            // One more, for histories without a week.
            let mut counts = vec![0; self.weeks.len() + 1];
            self.each_at(facts, place, range, |at| counts[weeks.at(at)] += 1);
            counts
        };
        let all = weeks.len();
        let counts = halves(all, [0..all / 2, all / 2..all], part, |counts, late| {
            add_each(counts, &late);
        });
        self.weeks.days.iter().copied().zip(counts).collect()
    }
}
