//! How rejections at a place went week by week. Selects no rows of its own.

use super::axis::Axis;
use super::drill::Place;
use super::matrix::Rate;
use super::pool::Review;
use super::sums::Sums;
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
        let mut sums = vec![Sums::ZERO; self.weeks.len()];
        let weeks = self.codes(facts, Axis::Week);
        for at in self.places_at(facts, place) {
            sums[weeks[at] as usize].add(&self.shares[at], self.hourly);
        }
        let mut decided = vec![0; self.weeks.len()];
        let rows = self.decided_at(facts, place);
        for week in self.weeks.codes(&facts.handoffs.verdict_at, &rows) {
            decided[week as usize] += 1;
        }
        let weeks = self.weeks.days.iter().zip(sums).zip(decided);
        weeks
            .map(|((first, sums), n)| Week {
                first: *first,
                sums,
                rate: Rate::new(sums.count(), n, self.small_n),
            })
            .collect()
    }
}
