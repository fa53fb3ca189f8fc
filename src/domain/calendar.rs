//! The workspace's calendar: its time zone, working days, holidays and business hours. Pure; `now` is always passed in.

use std::collections::BTreeSet;

use chrono::{Datelike, LocalResult, NaiveDateTime, NaiveTime, TimeZone, Weekday};
use chrono_tz::Tz;

use super::moment::{Day, Moment};

/// Text that names no time zone.
#[derive(Debug, Clone, thiserror::Error, PartialEq, Eq)]
#[error(
    "'{0}' is no time zone; an IANA name is expected, such as Europe/Berlin or America/New_York"
)]
pub struct NoZone(pub String);

/// Where and when the workspace works.
#[derive(Clone, Debug)]
pub struct Calendar {
    zone: Tz,
    /// First month of the fiscal year, 1–12.
    pub fiscal_year_start: u32,
    /// First day of the week.
    pub week_start: Weekday,
    holidays: BTreeSet<Day>,
    /// Business hours of a working day, minutes after local midnight, half-open.
    hours: (u32, u32),
}

impl Calendar {
    /// A calendar in `zone` (an IANA name): weeks from Monday, fiscal year from January, 9:00–17:00, no holidays.
    pub fn new(zone: &str) -> Result<Calendar, NoZone> {
        let zone = zone
            .trim()
            .parse::<Tz>()
            .map_err(|_| NoZone(zone.trim().to_owned()))?;
        Ok(Calendar {
            zone,
            fiscal_year_start: 1,
            week_start: Weekday::Mon,
            holidays: BTreeSet::new(),
            hours: (9 * 60, 17 * 60),
        })
    }

    /// With these holidays and business hours (minutes after local midnight, half-open; ignored when empty).
    #[must_use]
    pub fn with_hours(
        mut self,
        hours: (u32, u32),
        holidays: impl IntoIterator<Item = Day>,
    ) -> Calendar {
        if hours.0 < hours.1 && hours.1 <= 24 * 60 {
            self.hours = hours;
        }
        self.holidays.extend(holidays);
        self
    }

    /// The zone's IANA name.
    pub fn zone_name(&self) -> &'static str {
        self.zone.name()
    }

    /// The local day that a moment falls on.
    pub fn day_of(&self, at: Moment) -> Day {
        let Some(utc) = at.to_utc() else {
            return Day::NEVER;
        };
        Day::from_date(utc.with_timezone(&self.zone).date_naive())
    }

    /// The first moment of a local day. Where midnight does not exist, the first moment after the gap.
    pub fn start_of(&self, day: Day) -> Moment {
        self.local(day.date().and_time(NaiveTime::MIN))
    }

    /// A local date and time as a moment: the earlier one where the clock runs it twice, the end of the gap where it skips it.
    pub fn local(&self, at: NaiveDateTime) -> Moment {
        match self.zone.from_local_datetime(&at) {
            LocalResult::Single(t) | LocalResult::Ambiguous(t, _) => Moment(t.timestamp()),
            LocalResult::None => self.after_gap(at),
        }
    }

    /// No zone has ever skipped more than a day and an hour: searched by quarter hours.
    fn after_gap(&self, at: NaiveDateTime) -> Moment {
        (1..=100)
            .filter_map(|quarter| at.checked_add_signed(chrono::TimeDelta::minutes(15 * quarter)))
            .find_map(|later| self.zone.from_local_datetime(&later).earliest())
            .map_or(Moment(at.and_utc().timestamp()), |t| Moment(t.timestamp()))
    }

    /// A moment as local text `YYYY-MM-DD HH:MM`.
    pub fn show(&self, at: Moment) -> String {
        at.to_utc().map_or_else(
            || "—".into(),
            |utc| {
                utc.with_timezone(&self.zone)
                    .format("%Y-%m-%d %H:%M")
                    .to_string()
            },
        )
    }

    /// Whether people work on that day: Monday to Friday, no holiday.
    pub fn is_working_day(&self, day: Day) -> bool {
        !matches!(day.date().weekday(), Weekday::Sat | Weekday::Sun)
            && !self.holidays.contains(&day)
    }

    /// Working days in the half-open span `[start, end)`; 0 when it is empty.
    pub fn working_days(&self, start: Day, end: Day) -> u32 {
        let days = (i64::from(end.0) - i64::from(start.0)).max(0);
        let (weeks, rest) = (days / 7, (days % 7) as i32);
        let tail = end.plus(-rest);
        let weekdays = weeks * 5
            + (0..rest)
                .filter(|i| !matches!(tail.plus(*i).date().weekday(), Weekday::Sat | Weekday::Sun))
                .count() as i64;
        let free = if start < end {
            self.holidays
                .range(start..end)
                .filter(|day| !matches!(day.date().weekday(), Weekday::Sat | Weekday::Sun))
                .count() as i64
        } else {
            0
        };
        (weekdays - free) as u32
    }

    /// The moment `minutes` of business time after `from`: when an SLA that starts at `from` falls due.
    pub fn due(&self, from: Moment, minutes: u32) -> Moment {
        let mut day = self.day_of(from);
        let mut left = i64::from(minutes) * 60;
        // 20 years without one working hour would be a calendar of holidays only.
        for _ in 0..366 * 20 {
            if let Some((open, close)) = self.hours_on(day) {
                let start = open.max(from);
                let room = close.since(start).max(0);
                if left <= room {
                    return Moment(start.0 + left);
                }
                left -= room;
            }
            day = day.plus(1);
        }
        Moment(from.0 + i64::from(minutes) * 60)
    }

    /// Business seconds between two moments, zero where the second is not later. O(days).
    pub fn business_seconds(&self, from: Moment, to: Moment) -> i64 {
        let (first, last) = (self.day_of(from), self.day_of(to));
        (first.0..=last.0)
            .filter_map(|day| self.hours_on(Day(day)))
            .map(|(open, close)| close.min(to).since(open.max(from)).max(0))
            .sum()
    }

    /// When business opens and closes on that day; `None` where nobody works.
    pub fn hours_on(&self, day: Day) -> Option<(Moment, Moment)> {
        self.is_working_day(day).then(|| {
            (
                self.at_minute(day, self.hours.0),
                self.at_minute(day, self.hours.1),
            )
        })
    }

    fn at_minute(&self, day: Day, minute: u32) -> Moment {
        match NaiveTime::from_num_seconds_from_midnight_opt(minute * 60, 0) {
            Some(time) => self.local(day.date().and_time(time)),
            None => self.start_of(day.plus(1)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        Day::parse(text).unwrap()
    }

    #[test]
    fn a_local_day_may_have_23_or_25_hours() {
        let berlin = Calendar::new("Europe/Berlin").unwrap();
        let hours = |d: &str| {
            berlin
                .start_of(day(d).plus(1))
                .since(berlin.start_of(day(d)))
                / 3600
        };
        assert_eq!(hours("2025-03-30"), 23);
        assert_eq!(hours("2025-10-26"), 25);
        assert_eq!(hours("2025-06-01"), 24);
    }

    #[test]
    fn a_day_whose_midnight_is_skipped_starts_after_the_gap() {
        // Chile: 2024-09-08 00:00 → 01:00.
        let santiago = Calendar::new("America/Santiago").unwrap();
        let start = santiago.start_of(day("2024-09-08"));
        assert_eq!(start.to_string(), "2024-09-08T04:00:00Z");
        assert_eq!(santiago.day_of(start), day("2024-09-08"));
        assert_eq!(santiago.day_of(Moment(start.0 - 1)), day("2024-09-07"));
    }

    #[test]
    fn kiritimati_and_niue_are_a_day_apart() {
        let noon = Moment(day("2025-01-01").0.into()).0 * 86_400 + 43_200;
        assert_eq!(
            Calendar::new("Pacific/Kiritimati")
                .unwrap()
                .day_of(Moment(noon)),
            day("2025-01-02")
        );
        assert_eq!(
            Calendar::new("Pacific/Niue").unwrap().day_of(Moment(noon)),
            day("2025-01-01")
        );
    }

    #[test]
    fn working_days_leave_out_weekends_and_holidays() {
        let calendar = Calendar::new("UTC")
            .unwrap()
            .with_hours((540, 1020), [day("2025-05-01"), day("2025-05-04")]);
        assert_eq!(
            calendar.working_days(day("2025-05-01"), day("2025-06-01")),
            21
        );
        assert_eq!(
            calendar.working_days(day("2025-05-03"), day("2025-05-05")),
            0
        );
        assert_eq!(
            calendar.working_days(day("2025-05-05"), day("2025-05-05")),
            0
        );
        assert_eq!(
            calendar.working_days(day("2025-05-06"), day("2025-05-05")),
            0
        );
    }

    #[test]
    fn a_deadline_runs_in_business_hours_only() {
        let calendar = Calendar::new("UTC")
            .unwrap()
            .with_hours((540, 1020), [day("2025-05-05")]);
        let at = |text: &str| {
            Moment(
                chrono::DateTime::parse_from_rfc3339(text)
                    .unwrap()
                    .timestamp(),
            )
        };
        // Friday 16:00, 4 hours: one on Friday, Monday is a holiday, three on Tuesday.
        assert_eq!(
            calendar.due(at("2025-05-02T16:00:00Z"), 240),
            at("2025-05-06T12:00:00Z")
        );
        // Before opening: starts at nine.
        assert_eq!(
            calendar.due(at("2025-05-02T06:00:00Z"), 60),
            at("2025-05-02T10:00:00Z")
        );
        assert_eq!(
            calendar.due(at("2025-05-03T12:00:00Z"), 60),
            at("2025-05-06T10:00:00Z")
        );
    }
}
