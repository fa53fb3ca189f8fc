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
        let (mut sums, tariff) = (vec![Sums::ZERO; self.weeks.len()], self.tariff());
        let weeks = self.codes(facts, Axis::Week);
        for at in self.places_at(facts, place) {
            sums[weeks[at] as usize].add(&self.shares[at], tariff);
        }
        let mut decided = vec![0; self.weeks.len()];
        let rows = self.decided_at(facts, place);
        self.each_code(facts, Axis::Week, &rows, |week| decided[week as usize] += 1);
        let weeks = self.weeks.days.iter().zip(sums).zip(decided);
        weeks
            .map(|((first, sums), n)| Week {
                first: *first,
                sums,
                rate: Rate::new(sums.count(), n, self.small_n),
            })
            .collect()
    }

    /// Only how many there were each week, with its first day.
    pub fn by_week(&self, facts: &Facts, place: &Place) -> Vec<(Day, u64)> {
        let mut counts = vec![0; self.weeks.len()];
        let weeks = self.codes(facts, Axis::Week);
        self.places_at(facts, place)
            .for_each(|at| counts[weeks[at] as usize] += 1);
        self.weeks.days.iter().copied().zip(counts).collect()
    }
}
