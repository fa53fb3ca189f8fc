//! A column whose last rows take no room where they hold nothing: what never happened in a whole workspace costs none. Knows no table.

use std::fmt;
use std::ops::Index;

/// A column of small numbers, `blank` behind the last row that holds anything else.
#[derive(Clone, Default)]
pub struct Short<N> {
    told: Vec<N>,
    rows: usize,
    blank: N,
}

impl<N: Copy + Eq> Short<N> {
    /// A column without rows.
    pub(super) fn new(blank: N) -> Short<N> {
        Short {
            told: Vec::new(),
            rows: 0,
            blank,
        }
    }

    /// The rows up to the last one that may hold anything; all behind them are blank.
    #[inline]
    pub(crate) fn told(&self) -> &[N] {
        &self.told
    }

    /// Appends.
    pub(crate) fn push(&mut self, value: N) {
        self.repeat(value, 1);
    }

    /// Appends one value over and over.
    pub(crate) fn repeat(&mut self, value: N, rows: usize) {
        let before = self.rows;
        self.rows += rows;
        if value != self.blank {
            self.told.resize(before, self.blank);
            self.told.resize(self.rows, value);
        }
    }

    /// Appends values.
    pub(crate) fn extend(&mut self, values: impl Iterator<Item = N>) {
        self.told.resize(self.rows, self.blank);
        self.told.extend(values);
        self.rows = self.told.len();
    }

    /// Replaces one row.
    pub(crate) fn set(&mut self, row: usize, value: N) {
        debug_assert!(row < self.rows, "only rows that are there are replaced");
        if row >= self.told.len() && value != self.blank {
            self.told.resize(row + 1, self.blank);
        }
        if let Some(place) = self.told.get_mut(row) {
            *place = value;
        }
    }

    /// The value of a row.
    #[inline]
    pub(crate) fn get(&self, row: usize) -> N {
        debug_assert!(row < self.rows, "only rows that are there are asked for");
        self.told.get(row).copied().unwrap_or(self.blank)
    }

    /// Every value, in the order of the rows.
    pub fn iter(&self) -> impl Iterator<Item = N> + '_ {
        let rest = self.rows - self.told.len();
        let told = self.told.iter().copied();
        told.chain(std::iter::repeat_n(self.blank, rest))
    }

    /// Takes the last row away.
    pub(crate) fn pop(&mut self) {
        self.rows = self.rows.saturating_sub(1);
        self.told.truncate(self.rows);
    }

    /// Takes every row out; the room stays.
    pub(crate) fn clear(&mut self) {
        self.told.clear();
        self.rows = 0;
    }

    /// Rows.
    pub fn len(&self) -> usize {
        self.rows
    }

    /// Whether there is no row.
    pub fn is_empty(&self) -> bool {
        self.rows == 0
    }
}

/// Shown as what it holds, however it came in.
impl<N: Copy + Eq + fmt::Debug> fmt::Debug for Short<N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}

impl<N> Index<usize> for Short<N> {
    type Output = N;

    #[inline]
    fn index(&self, row: usize) -> &N {
        debug_assert!(row < self.rows, "only rows that are there are asked for");
        self.told.get(row).unwrap_or(&self.blank)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_behind_the_last_that_holds_anything_take_no_room() {
        let mut column = Short::new(0_u16);
        column.repeat(0, 1_000_000);
        assert_eq!(
            (column.told().len(), column.len(), column[999_999]),
            (0, 1_000_000, 0)
        );
        column.set(2, 7);
        column.set(9, 0);
        assert_eq!(
            (column.told(), column.get(2), column[3]),
            (&[0, 0, 7][..], 7, 0)
        );
    }

    #[test]
    fn it_holds_what_was_put_in_in_its_order() {
        let mut column = Short::new(9_u32);
        column.push(9);
        column.push(4);
        column.repeat(9, 2);
        column.extend([1, 9].into_iter());
        column.push(9);
        assert_eq!(column.iter().collect::<Vec<_>>(), [9, 4, 9, 9, 1, 9, 9]);
        column.pop();
        column.pop();
        column.pop();
        assert_eq!(
            (column.iter().collect::<Vec<_>>(), column.told().len()),
            (vec![9, 4, 9, 9], 4)
        );
        column.clear();
        assert!(column.is_empty() && column.iter().next().is_none());
    }
}
