//! Column types: compact vectors with a typed `get`. Knows no table.

use super::short::Short;
use crate::domain::moment::{Day, Moment};

/// A code into a dictionary; [`NONE`] where the row has none.
pub type Code = u32;

/// "Unknown" in a column of codes, "no such row" in a column of row numbers.
pub const NONE: u32 = u32::MAX;

/// A column of moments between 1970 and 2106, four bytes each; the last rows take none where it never happened.
#[derive(Clone, Debug)]
pub struct Moments(Short<u32>);

impl Default for Moments {
    fn default() -> Moments {
        Moments(Short::new(NONE))
    }
}

/// The latest moment that a column of moments holds (2106-02-07); the store refuses later ones.
pub const LATEST: Moment = Moment(u32::MAX as i64 - 1);

impl Moments {
    /// Appends; what lies outside 1970–2106 is never stored by the store and reads as never here.
    pub fn push(&mut self, at: Moment) {
        self.0.push(Self::encode(at));
    }

    /// Replaces one row.
    pub fn set(&mut self, row: usize, at: Moment) {
        self.0.set(row, Self::encode(at));
    }

    /// The moment of a row; [`Moment::NEVER`] where there is none.
    #[inline]
    pub fn get(&self, row: usize) -> Moment {
        match self.second(row) {
            NONE => Moment::NEVER,
            at => Moment(i64::from(at)),
        }
    }

    /// The second since 1970 of a row; [`NONE`] where there is none.
    #[inline]
    pub(crate) fn second(&self, row: usize) -> u32 {
        self.0.get(row)
    }

    /// The seconds of all rows; behind those that stand here it never happened.
    pub(crate) fn seconds(&self) -> &[u32] {
        self.0.told()
    }

    /// The column of seconds behind the moments.
    pub(crate) fn column(&self) -> &Short<u32> {
        &self.0
    }

    /// The same, to be filled.
    pub(crate) fn column_mut(&mut self) -> &mut Short<u32> {
        &mut self.0
    }

    /// Rows.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Takes the last row away.
    pub(crate) fn pop(&mut self) {
        self.0.pop();
    }

    /// Takes every row out; the room stays.
    pub fn clear(&mut self) {
        self.0.clear();
    }

    /// Whether there is no row.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn encode(at: Moment) -> u32 {
        u32::try_from(at.0).unwrap_or(NONE)
    }
}

impl FromIterator<Moment> for Moments {
    fn from_iter<I: IntoIterator<Item = Moment>>(moments: I) -> Moments {
        let mut column = Moments::default();
        moments.into_iter().for_each(|at| column.push(at));
        column
    }
}

/// A column of days, four bytes each.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Days(pub Vec<i32>);

impl Days {
    /// Appends.
    pub fn push(&mut self, day: Day) {
        self.0.push(day.0);
    }

    /// The day of a row; [`Day::NEVER`] where there is none.
    #[inline]
    pub fn get(&self, row: usize) -> Day {
        Day(self.0[row])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn never_survives_the_column_and_so_do_both_ends() {
        let mut column = Moments::default();
        for at in [Moment::NEVER, Moment(0), LATEST] {
            column.push(at);
        }
        assert_eq!(
            [0, 1, 2].map(|row| column.get(row)),
            [Moment::NEVER, Moment(0), LATEST]
        );
    }
}
