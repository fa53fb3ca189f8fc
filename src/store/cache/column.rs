//! What a kept column is read into: a list, moments, short columns, ids. Knows neither bytes nor the file.

use std::borrow::Cow;

use super::pack::Number;
use crate::facts::column::Moments;
use crate::facts::ids::Ids;
use crate::facts::short::Short;

/// A column of a table that is kept in the file.
pub(super) trait Column: Default {
    /// What it is made of.
    type Of: Number;

    /// Every row.
    fn numbers(&self) -> Cow<'_, [Self::Of]>;

    /// How many rows there are.
    fn rows(&self) -> usize;

    /// One number over and over.
    fn repeat(&mut self, number: Self::Of, rows: usize);

    /// Numbers as they come.
    fn take_in(&mut self, numbers: impl Iterator<Item = Self::Of>);

    /// Numbers that count up from `start`.
    fn count_up(&mut self, start: i64, rows: usize) {
        self.take_in((0..rows as i64).map(|n| Self::Of::narrow(start.wrapping_add(n))));
    }
}

impl<N: Number> Column for Vec<N> {
    type Of = N;

    fn numbers(&self) -> Cow<'_, [N]> {
        Cow::Borrowed(self)
    }

    fn rows(&self) -> usize {
        self.len()
    }

    fn repeat(&mut self, number: N, rows: usize) {
        self.resize(self.len() + rows, number);
    }

    fn take_in(&mut self, numbers: impl Iterator<Item = N>) {
        Extend::extend(self, numbers);
    }
}

impl<N: Number + Default> Column for Short<N> {
    type Of = N;

    fn numbers(&self) -> Cow<'_, [N]> {
        if self.told().len() == self.len() {
            Cow::Borrowed(self.told())
        } else {
            Cow::Owned(self.iter().collect())
        }
    }

    fn rows(&self) -> usize {
        self.len()
    }

    fn repeat(&mut self, number: N, rows: usize) {
        Short::repeat(self, number, rows);
    }

    fn take_in(&mut self, numbers: impl Iterator<Item = N>) {
        Short::extend(self, numbers);
    }
}

impl Column for Moments {
    type Of = u32;

    fn numbers(&self) -> Cow<'_, [u32]> {
        self.column().numbers()
    }

    fn rows(&self) -> usize {
        self.len()
    }

    fn repeat(&mut self, number: u32, rows: usize) {
        self.column_mut().repeat(number, rows);
    }

    fn take_in(&mut self, numbers: impl Iterator<Item = u32>) {
        self.column_mut().extend(numbers);
    }
}

impl Column for Ids {
    type Of = i64;

    fn numbers(&self) -> Cow<'_, [i64]> {
        Cow::Owned(self.iter().collect())
    }

    fn rows(&self) -> usize {
        self.len()
    }

    fn repeat(&mut self, number: i64, rows: usize) {
        (0..rows).for_each(|_| self.push(number));
    }

    fn take_in(&mut self, numbers: impl Iterator<Item = i64>) {
        numbers.for_each(|id| self.push(id));
    }

    fn count_up(&mut self, start: i64, rows: usize) {
        Ids::count_up(self, start, rows);
    }
}
