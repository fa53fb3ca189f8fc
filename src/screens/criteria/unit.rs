//! In which unit a line of the impact panel counts, and how its figures are shown. Computes nothing.

use crate::domain::money::Currency;
use crate::screens::figures::{self, Room};

/// What a line of the panel counts.
#[derive(Clone, Copy)]
pub(super) enum Unit {
    /// Leads, deals.
    Count,
    /// Of minutes.
    Hours,
    /// Minor units.
    Money(Currency),
}

impl Unit {
    /// In the unit that is shown; money is as it is.
    pub(super) fn rounded(self, n: i128) -> i128 {
        match self {
            Unit::Hours => (n as f64 / 60.0).round() as i128,
            Unit::Count | Unit::Money(_) => n,
        }
    }

    /// As it is shown.
    pub(super) fn words(self, n: i128) -> String {
        match self {
            Unit::Money(currency) => money(n, currency),
            Unit::Count | Unit::Hours => figures::grouped(self.rounded(n) as i64),
        }
    }
}

/// A sum of money in little room.
pub(super) fn money(minor: i128, currency: Currency) -> String {
    figures::money(minor as f64, currency, Room::Narrow)
}
