//! Rows in the order of one event, so that a period is a slice of them (C1, C2). Knows no metric.

use std::sync::Arc;

use super::column::{Moments, NONE};
use crate::domain::moment::Moment;
use crate::domain::period::Period;

/// Row numbers sorted by a column of moments; rows where the event never happened are left out. Clones have the order in common
/// until one of them moves a row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Clock {
    order: Arc<Vec<u32>>,
}

impl Clock {
    /// Sorts the rows of a column; rows of the same moment keep their order.
    pub fn new(column: &Moments) -> Clock {
        // Moment and row in one number: sorting those is several times quicker than looking each moment up.
        let mut keys: Vec<u64> = (0_u64..)
            .zip(column.seconds())
            .filter(|(_, at)| **at != NONE)
            .map(|(row, at)| u64::from(*at) << 32 | row)
            .collect();
        keys.sort_unstable();
        Clock {
            order: Arc::new(keys.into_iter().map(|key| key as u32).collect()),
        }
    }

    /// A clock whose order is known already, as [`Clock::rows`] gave it.
    pub(crate) fn from_rows(order: Vec<u32>) -> Clock {
        Clock {
            order: Arc::new(order),
        }
    }

    /// The rows whose event lies in the period, in the order of the event.
    pub fn within<'a>(&'a self, column: &Moments, period: &Period) -> &'a [u32] {
        &self.order[self.places(column, period)]
    }

    /// Where those rows stand in [`Clock::rows`].
    pub fn places(&self, column: &Moments, period: &Period) -> std::ops::Range<usize> {
        self.span(column, (period.start_at, period.end_at))
    }

    /// The rows whose event lies in `[from, to)`, in its order.
    pub fn between(&self, column: &Moments, ends: (Moment, Moment)) -> &[u32] {
        &self.order[self.span(column, ends)]
    }

    fn span(&self, column: &Moments, (from, to): (Moment, Moment)) -> std::ops::Range<usize> {
        let at = |row: &u32| i64::from(column.second(*row as usize));
        let start = self.order.partition_point(|row| at(row) < from.0);
        let end = self.order.partition_point(|row| at(row) < to.0);
        start..end.max(start)
    }

    /// Every row whose event happened, in its order.
    pub fn rows(&self) -> &[u32] {
        &self.order
    }

    /// Takes a row out that is gone from its table. O(rows).
    pub fn forget(&mut self, row: u32) {
        Arc::make_mut(&mut self.order).retain(|r| *r != row);
    }

    /// Puts a row back in its place after its moment changed, or takes it out when it has none any more. `was` is the moment that
    /// it had; a row that stands where it stood is left alone. O(rows).
    pub fn moved(&mut self, row: u32, was: Moment, column: &Moments) {
        let at = column.second(row as usize);
        if was == column.get(row as usize) {
            return;
        }
        let order = Arc::make_mut(&mut self.order);
        if was != Moment::NEVER {
            order.retain(|r| *r != row);
        }
        if at != NONE {
            let key = |r: u32| (column.second(r as usize), r);
            let place = order.partition_point(|r| key(*r) < key(row));
            order.insert(place, row);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::calendar::Calendar;
    use crate::domain::moment::Day;
    use crate::domain::period::Span;

    #[test]
    fn a_row_on_an_edge_is_in_exactly_one_period() {
        let calendar = Calendar::new("Europe/Berlin").unwrap();
        let march = Period::around(Day::ymd(2025, 3, 30).unwrap(), Span::Month, &calendar);
        let mut column = Moments::default();
        for at in [
            march.end_at.0,
            march.start_at.0 - 1,
            march.start_at.0,
            march.end_at.0 - 1,
        ] {
            column.push(Moment(at));
        }
        column.push(Moment::NEVER);
        let clock = Clock::new(&column);
        assert_eq!(clock.within(&column, &march), [2, 3]);
        assert_eq!(clock.within(&column, &march.step(1, &calendar)), [0]);
        assert_eq!(clock.within(&column, &march.step(-1, &calendar)), [1]);
        assert_eq!(clock.within(&column, &Period::all()).len(), 4);
    }

    #[test]
    fn a_moved_row_stands_where_a_new_sort_would_put_it() {
        let mut column = [50, 10, 30].map(Moment).into_iter().collect::<Moments>();
        column.push(Moment::NEVER);
        let mut clock = Clock::new(&column);
        for (row, at) in [
            (0, Moment(20)),
            (3, Moment(20)),
            (1, Moment::NEVER),
            (2, Moment(5)),
        ] {
            let was = column.get(row as usize);
            column.set(row as usize, at);
            clock.moved(row, was, &column);
            assert_eq!(clock, Clock::new(&column));
        }
    }

    #[test]
    fn a_clone_has_the_order_in_common_until_a_row_moves() {
        let mut column = [50, 10, 30].map(Moment).into_iter().collect::<Moments>();
        let before = Clock::new(&column);
        let mut after = before.clone();
        after.moved(1, Moment(10), &column);
        assert!(Arc::ptr_eq(&before.order, &after.order));
        column.set(1, Moment(40));
        after.moved(1, Moment(10), &column);
        assert_eq!(
            (before.rows(), after.rows()),
            ([1, 2, 0].as_slice(), [2, 1, 0].as_slice())
        );
    }
}
