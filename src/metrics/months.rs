//! What the rows of a filter add up to month by month, so that a longer period is a few additions. Defines no figure.

use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use chrono::Datelike;
use fixedbitset::FixedBitSet;
use rustc_hash::FxHashMap;

use super::breakdown::Block;
use super::context::{Context, HANDOFF_CLOCKS};
use super::narrowed::Narrowed;
use super::select::{Key, Run, Tally};
use super::sizes::Sizes;
use super::spans::SpanOf;
use super::spread::Spread;
use super::totals::Verdicts;
use crate::domain::book::Book;
use crate::domain::moment::{Day, Moment};
use crate::facts::filter::{Dimension, Mask};

/// The most months that are kept apart; what is older makes one.
const MOST: i32 = 120;

/// The local months up to the as-of moment; the first holds everything before it as well.
#[derive(Debug)]
pub(crate) struct Months {
    starts: Vec<Moment>,
    ends: Vec<Moment>,
}

impl Months {
    /// From the month of the earliest moment to the one of `as_of`.
    pub(crate) fn new(book: &Book, earliest: Moment, as_of: Moment) -> Months {
        let calendar = &book.calendar;
        let last = calendar.day_of(as_of).month_start();
        let first: Day = calendar.day_of(earliest.min(as_of)).month_start();
        let mut starts: Vec<Moment> = (0..MOST)
            .map(|back| last.plus_months(-back))
            .take_while(|day| *day > first)
            .map(|day| calendar.start_of(day))
            .collect();
        starts.push(Moment(i64::MIN + 1));
        starts.reverse();
        let mut ends = starts[1..].to_vec();
        ends.push(Moment(as_of.0.saturating_add(1)));
        Months { starts, ends }
    }

    /// The same by quarters of a calendar year.
    pub(crate) fn quarters(&self, book: &Book) -> Months {
        let begins = |at: &&Moment| {
            let day = book.calendar.day_of(**at);
            day == day.month_start() && matches!(day.date().month0(), 0 | 3 | 6 | 9)
        };
        let (first, later) = self.starts.split_at(1);
        let later = later.iter().filter(begins);
        let starts: Vec<Moment> = first.iter().chain(later).copied().collect();
        let mut ends = starts[1..].to_vec();
        ends.extend(self.ends.last());
        Months { starts, ends }
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.starts.len()
    }

    /// The `n`th, half-open.
    pub(crate) fn nth(&self, n: usize) -> (Moment, Moment) {
        (self.starts[n], self.ends[n])
    }

    /// The whole months of `[start, end)`, and what is left before and after them.
    pub(crate) fn cut(&self, start: Moment, end: Moment) -> Cut {
        let first = self.starts.partition_point(|at| *at < start);
        let last = self.ends.partition_point(|at| *at <= end);
        if first >= last {
            return Cut {
                before: Some((start, end)),
                whole: 0..0,
                after: None,
            };
        }
        let stretch = |from, to| (from < to).then_some((from, to));
        Cut {
            before: stretch(start, self.starts[first]),
            whole: first..last,
            after: stretch(self.ends[last - 1], end),
        }
    }
}

/// A period as whole months and what is left of it, in the order of time.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Cut {
    pub before: Option<(Moment, Moment)>,
    pub whole: std::ops::Range<usize>,
    pub after: Option<(Moment, Moment)>,
}

/// Something that can be added up.
pub(crate) trait Adds {
    /// Takes in what the next stretch of time adds up to.
    fn take_in(&mut self, other: &Self);
}

impl Adds for Tally {
    fn take_in(&mut self, other: &Tally) {
        *self = self.and(*other);
    }
}

impl Adds for Vec<u32> {
    fn take_in(&mut self, other: &Vec<u32>) {
        for (sum, count) in self.iter_mut().zip(other) {
            *sum += count;
        }
    }
}

/// One sum per month, each made when it is first asked for: a quarter reads the rows of its own months only.
#[derive(Debug)]
pub(crate) struct Monthly<T>(OnceLock<Box<[OnceLock<T>]>>);

impl<T> Default for Monthly<T> {
    fn default() -> Monthly<T> {
        Monthly(OnceLock::new())
    }
}

impl<T> Monthly<T> {
    /// The sum of the `n`th of `count` months.
    pub(crate) fn nth(&self, count: usize, n: usize, add_up: impl FnOnce() -> T) -> &T {
        let months = self.0.get_or_init(|| {
            let mut empty = Vec::new();
            empty.resize_with(count, OnceLock::new);
            empty.into_boxed_slice()
        });
        months[n].get_or_init(add_up)
    }
}

/// What was added up by month for one filter. What depends on the population stands there twice.
#[derive(Debug, Default)]
pub(crate) struct Sums {
    pub histograms: [[Monthly<Vec<u32>>; HANDOFF_CLOCKS]; 2],
    pub mqls: [Monthly<Vec<u32>>; 2],
    pub verdicts: [Monthly<Verdicts>; 2],
    pub runs: [Monthly<Run>; 2],
    pub spreads: [[Monthly<Spread>; SpanOf::COUNT]; 2],
    /// Sizes of deals.
    pub sizes: Monthly<Sizes>,
    /// The handoffs that are the first of their leads.
    pub firsts: OnceLock<FixedBitSet>,
    /// The rows behind them, where a filter is set.
    pub narrowed: Narrowed,
    tallies: Mutex<FxHashMap<Key, Arc<Monthly<Tally>>>>,
    blocks: Mutex<FxHashMap<Lines, Arc<Monthly<Block>>>>,
}

/// What a breakdown adds up: by which places, and which selections.
pub(crate) type Lines = ((Dimension, usize), Vec<Key>);

impl Sums {
    /// Nothing added up yet of the rows of a filter.
    pub(crate) fn narrowed(mask: &Mask) -> Sums {
        Sums {
            narrowed: Narrowed::new(mask),
            ..Sums::default()
        }
    }

    /// The sums of a selection.
    pub(crate) fn of(&self, key: Key) -> Arc<Monthly<Tally>> {
        let mut tallies = self.tallies.lock().unwrap_or_else(PoisonError::into_inner);
        tallies.entry(key).or_default().clone()
    }

    /// The quarters of a breakdown.
    pub(crate) fn blocks(&self, lines: Lines) -> Arc<Monthly<Block>> {
        let mut blocks = self.blocks.lock().unwrap_or_else(PoisonError::into_inner);
        blocks.entry(lines).or_default().clone()
    }
}

impl Context<'_> {
    /// The whole months of the period, and what is left of it.
    pub(crate) fn cut(&self) -> Cut {
        let months = &self.marks().months;
        months.cut(self.past.start_at, self.past.end_at)
    }

    /// What `add_up` says of the period: whole months are added up once for the filter, only the rest row by row.
    pub(crate) fn by_month<T: Adds>(
        &self,
        months: &Monthly<T>,
        add_up: impl Fn(&Context) -> T,
    ) -> T {
        let count = self.marks().months.len();
        let cut = self.cut();
        let start = self.past.start_at;
        let (from, to) = cut.before.unwrap_or((start, start));
        let mut sum = add_up(&self.part(from, to));
        for n in cut.whole {
            sum.take_in(months.nth(count, n, || add_up(&self.month(n))));
        }
        if let Some((from, to)) = cut.after {
            sum.take_in(&add_up(&self.part(from, to)));
        }
        sum
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::period::Period;
    use crate::metrics::tests::fixture;

    fn book() -> Book {
        fixture::book("Europe/Berlin")
    }

    fn at(year: i32, month: u32, day: u32) -> Moment {
        book()
            .calendar
            .start_of(Day::ymd(year, month, day).unwrap())
    }

    #[test]
    fn a_period_is_whole_months_and_what_is_left() {
        let as_of = Moment(at(2025, 6, 10).0 + 3_600);
        let months = Months::new(&book(), at(2025, 2, 20), as_of);
        assert_eq!(months.len(), 5);
        let end = Moment(as_of.0 + 1);
        let all = Period::all();
        assert_eq!(
            months.cut(all.start_at, end),
            Cut {
                before: None,
                whole: 0..5,
                after: None
            }
        );
        // February and before is one, so it is not February alone.
        let cut = months.cut(at(2025, 2, 1), at(2025, 5, 1));
        assert_eq!(
            cut,
            Cut {
                before: Some((at(2025, 2, 1), at(2025, 3, 1))),
                whole: 1..3,
                after: None
            }
        );
        let cut = months.cut(at(2025, 3, 1), at(2025, 5, 8));
        assert_eq!(
            cut,
            Cut {
                before: None,
                whole: 1..3,
                after: Some((at(2025, 5, 1), at(2025, 5, 8)))
            }
        );
        let cut = months.cut(at(2025, 3, 2), at(2025, 3, 9));
        assert_eq!(
            cut,
            Cut {
                before: Some((at(2025, 3, 2), at(2025, 3, 9))),
                whole: 0..0,
                after: None
            }
        );
    }
}
