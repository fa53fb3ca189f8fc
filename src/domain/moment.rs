//! Moments and days as plain integers. Pure: knows no zone and no clock.

use std::fmt;

use chrono::{DateTime, Datelike, NaiveDate, Utc};

/// A moment: whole seconds since 1970-01-01T00:00:00Z.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Moment(pub i64);

impl Moment {
    /// "Not yet" and "never" in a column of moments. Sorts before every real one.
    pub const NEVER: Moment = Moment(i64::MIN);

    /// The moment, or `None` where a column says never.
    pub fn get(self) -> Option<Moment> {
        (self != Self::NEVER).then_some(self)
    }

    /// A column's value for an optional moment.
    pub fn or_never(moment: Option<Moment>) -> Moment {
        moment.unwrap_or(Self::NEVER)
    }

    /// The same moment for chrono; `None` outside its range (about ±262,000 years).
    pub fn to_utc(self) -> Option<DateTime<Utc>> {
        DateTime::from_timestamp(self.0, 0)
    }

    /// Seconds from `earlier` to `self`; negative when the order is the other way round.
    pub fn since(self, earlier: Moment) -> i64 {
        self.0.saturating_sub(earlier.0)
    }
}

impl From<DateTime<Utc>> for Moment {
    fn from(at: DateTime<Utc>) -> Self {
        Moment(at.timestamp())
    }
}

impl fmt::Display for Moment {
    /// ISO 8601 in UTC, to the second.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.to_utc() {
            Some(at) => write!(f, "{}", at.format("%Y-%m-%dT%H:%M:%SZ")),
            None => f.write_str("—"),
        }
    }
}

/// A date: days since 1970-01-01, never shifted by a time zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Day(pub i32);

impl Day {
    /// "No date" in a column of days. Sorts before every real one.
    pub const NEVER: Day = Day(i32::MIN);

    /// The day, or `None` where a column says never.
    pub fn get(self) -> Option<Day> {
        (self != Self::NEVER).then_some(self)
    }

    /// A column's value for an optional day.
    pub fn or_never(day: Option<Day>) -> Day {
        day.unwrap_or(Self::NEVER)
    }

    /// The day of a calendar date.
    pub fn from_date(date: NaiveDate) -> Day {
        Day(date.to_epoch_days())
    }

    /// The day of year, month (1–12) and day (1–31), if there is such a date.
    pub fn ymd(year: i32, month: u32, day: u32) -> Option<Day> {
        NaiveDate::from_ymd_opt(year, month, day).map(Self::from_date)
    }

    /// The calendar date; clamped to chrono's range.
    pub fn date(self) -> NaiveDate {
        NaiveDate::from_epoch_days(self.0).unwrap_or(if self.0 < 0 {
            NaiveDate::MIN
        } else {
            NaiveDate::MAX
        })
    }

    /// Reads `YYYY-MM-DD`.
    pub fn parse(text: &str) -> Option<Day> {
        NaiveDate::parse_from_str(text.trim(), "%Y-%m-%d")
            .ok()
            .map(Self::from_date)
    }

    /// The day `n` days later (earlier when negative).
    #[must_use]
    pub fn plus(self, n: i32) -> Day {
        Day(self.0.saturating_add(n))
    }

    /// The first day of its month.
    #[must_use]
    pub fn month_start(self) -> Day {
        let date = self.date();
        Day::ymd(date.year(), date.month(), 1).unwrap_or(self)
    }

    /// The same day of the month `n` months later, or the month's last day where it is shorter.
    #[must_use]
    pub fn plus_months(self, n: i32) -> Day {
        let months = chrono::Months::new(n.unsigned_abs());
        let date = self.date();
        let moved = if n >= 0 {
            date.checked_add_months(months)
        } else {
            date.checked_sub_months(months)
        };
        moved.map_or(self, Self::from_date)
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.get() {
            Some(day) => write!(f, "{}", day.date().format("%Y-%m-%d")),
            None => f.write_str("—"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_count_from_1970_and_know_leap_years() {
        assert_eq!(Day::ymd(1970, 1, 1), Some(Day(0)));
        assert_eq!(Day::ymd(2024, 2, 29), Some(Day(19_782)));
        assert_eq!(Day::ymd(2023, 2, 29), None);
        assert_eq!(
            Day::parse("2024-02-29").map(|d| d.plus(1).to_string()),
            Some("2024-03-01".into())
        );
    }

    #[test]
    fn a_month_later_stays_inside_the_month() {
        let day = Day::parse("2024-01-31").unwrap();
        assert_eq!(day.plus_months(1).to_string(), "2024-02-29");
        assert_eq!(day.plus_months(-2).to_string(), "2023-11-30");
    }

    #[test]
    fn never_prints_as_a_dash_and_sorts_first() {
        assert_eq!(Moment::NEVER.to_string(), "—");
        assert_eq!(Day::NEVER.to_string(), "—");
        assert!(Moment::NEVER < Moment(i64::MIN + 1));
    }
}
