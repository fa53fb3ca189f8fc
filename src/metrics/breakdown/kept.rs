//! What rows add up to by place, small where each row adds 1. Knows no place and no row.

use crate::metrics::months::Adds;
use crate::metrics::select::Run;
use crate::metrics::tally::Tally;

/// One sum per place.
#[derive(Debug)]
pub(super) enum Kept {
    /// So many rows of 1 each.
    Counts(Vec<u32>),
    Tallies(Vec<Tally>),
    /// Rejections in a row.
    Runs(Vec<Run>),
}

impl Kept {
    /// No row anywhere.
    pub(super) fn none(places: usize) -> Kept {
        Kept::Counts(vec![0; places])
    }

    pub(super) fn new(tallies: Vec<Tally>) -> Kept {
        let count = |tally: &Tally| {
            let count = u32::try_from(tally.count).ok()?;
            (*tally == Tally::rows(tally.count)).then_some(count)
        };
        match tallies.iter().map(count).collect() {
            Some(counts) => Kept::Counts(counts),
            None => Kept::Tallies(tallies),
        }
    }

    /// The sum of a place.
    #[inline]
    pub(super) fn at(&self, place: usize) -> Tally {
        match self {
            Kept::Counts(counts) => Tally::rows(counts[place].into()),
            Kept::Tallies(tallies) => tallies[place],
            Kept::Runs(runs) => Tally::rows(runs[place].longest().into()),
        }
    }
}

impl Adds for Kept {
    fn take_in(&mut self, other: &Kept) {
        match (&mut *self, other) {
            (Kept::Counts(counts), Kept::Counts(more)) => counts.take_in(more),
            (Kept::Runs(runs), Kept::Runs(next)) => {
                runs.iter_mut()
                    .zip(next)
                    .for_each(|(run, next)| run.take_in(next));
            }
            // No row stands before it.
            (_, Kept::Runs(next)) => *self = Kept::Runs(next.clone()),
            // Nor behind it.
            (Kept::Runs(_), _) => {}
            (Kept::Counts(counts), Kept::Tallies(more)) => {
                let counts = counts.iter().map(|count| Tally::rows((*count).into()));
                let sums = counts.zip(more).map(|(count, tally)| count.and(*tally));
                *self = Kept::Tallies(sums.collect());
            }
            (Kept::Tallies(tallies), _) => {
                for (place, tally) in tallies.iter_mut().enumerate() {
                    *tally = tally.and(other.at(place));
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tally(sum: i64, count: u64) -> Tally {
        Tally {
            sum: Some(sum),
            count,
            unpriced: 0,
        }
    }

    #[test]
    fn counts_and_amounts_add_up_in_either_order() {
        let counts = || Kept::new(vec![tally(2, 2), Tally::ZERO]);
        let amounts = || Kept::new(vec![tally(500, 1), tally(70, 3)]);
        assert!(matches!(
            (counts(), amounts()),
            (Kept::Counts(_), Kept::Tallies(_))
        ));
        for (mut sum, more) in [(counts(), amounts()), (amounts(), counts())] {
            sum.take_in(&more);
            assert_eq!([sum.at(0), sum.at(1)], [tally(502, 3), tally(70, 3)]);
        }
        let mut twice = counts();
        twice.take_in(&counts());
        assert_eq!(twice.at(0), tally(4, 4));
    }
}
