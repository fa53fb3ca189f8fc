//! The rows behind a cell, a row, a column or the whole: they add up to what is shown (C18). Groups nothing.

use super::axis::Axis;
use super::pool::Review;
use super::sums::{Proof, Share, Tariff};
use crate::facts::Facts;
use crate::facts::column::{Code, NONE};
use crate::metrics::rowset::{Drill, Made, RowSet, Table};

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
    fn add(self, share: &Share, tariff: Tariff) -> Option<i64> {
        match self {
            Measure::Count | Measure::Of(_) => Some(1),
            Measure::Waste | Measure::Unproven => share.cost(tariff),
            Measure::Minutes => Some(share.minutes()),
            Measure::RepCost => share.rep_cost(tariff),
        }
    }
}

impl Review {
    /// The rejections at a place, by the order of their verdicts.
    pub fn rows_at(&self, facts: &Facts, place: &Place) -> Vec<u32> {
        self.places_at(facts, place)
            .map(|place| self.rows[place])
            .collect()
    }

    /// The rows behind a sum.
    pub fn drill(&self, facts: &Facts, place: &Place, measure: Measure) -> Drill {
        let (mut set, tariff) = (RowSet::empty(Table::Handoffs), self.tariff());
        for at in self.places_at(facts, place) {
            let share = &self.shares[at];
            if measure.takes(share) {
                set.rows.push(self.rows[at]);
                set.adds.push(measure.add(share, tariff));
            }
        }
        Drill {
            made: Made::Sum,
            rows: vec![set],
            base: Vec::new(),
        }
    }

    /// The rows behind a rate: the rejections at a place over what was decided there, reasons left aside.
    pub fn drill_rate(&self, facts: &Facts, place: &Place, base: &Place) -> Drill {
        let rows = self.drill(facts, place, Measure::Count).rows;
        let below = self.decided_at(facts, base);
        Drill {
            made: Made::Quotient,
            rows,
            base: vec![RowSet {
                table: Table::Handoffs,
                adds: vec![Some(1); below.len()],
                rows: below,
            }],
        }
    }

    /// The decided handoffs at a place; reasons and classes, which accepted ones have none of, are left aside.
    pub fn decided_at(&self, facts: &Facts, place: &Place) -> Vec<u32> {
        let mut rows = self.decided.rows.clone();
        for (axis, code) in place.iter().filter(|(axis, _)| axis.is_of_decided()) {
            let last = self.values(facts, *axis);
            let mut left = Vec::new();
            let mut at = 0;
            self.each_code(facts, *axis, &rows, |own| {
                if same(own, *code, last) {
                    left.push(rows[at]);
                }
                at += 1;
            });
            rows = left;
        }
        rows
    }

    /// Places in `rows` of the rejections at a place.
    pub(super) fn places_at<'s>(
        &'s self,
        facts: &Facts,
        place: &Place,
    ) -> impl Iterator<Item = usize> + 's {
        let wanted: Vec<(&[Code], Code, usize)> = place
            .iter()
            .map(|(axis, code)| {
                let last = self.values(facts, *axis);
                (self.codes(facts, *axis), *code, last)
            })
            .collect();
        (0..self.rows.len()).filter(move |at| {
            wanted
                .iter()
                .all(|(codes, code, last)| same(codes[*at], *code, *last))
        })
    }
}

/// Whether a row's code is the one asked for; codes out of the dictionary are "unknown", as in the matrix.
fn same(own: Code, asked: Code, last: usize) -> bool {
    own == asked || (asked == NONE && own as usize >= last)
}
