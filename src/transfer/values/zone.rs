//! Local time of the workspace to UTC, fast over many rows; an hour that does not exist moves on, one that is there twice is its first.

use crate::domain::calendar::Calendar;
use crate::domain::moment::{Day, Moment};
use chrono::{DateTime, NaiveDateTime};

/// Seconds of a UTC day.
pub const SECONDS_PER_DAY: i64 = 86_400;

const FIRST_DAY: i32 = -25_567; // 1900-01-01
const DAYS: usize = 109_574; // to 2199-12-31
const UNKNOWN: i32 = i32::MIN;
const MOVING: i32 = i32::MAX;

/// The workspace's calendar with a memory of the offset of each day it was asked about.
pub struct Zone {
    calendar: Calendar,
    offsets: Vec<i32>,
}

impl Zone {
    /// The zone of a calendar.
    pub fn new(calendar: Calendar) -> Self {
        Self {
            calendar,
            offsets: vec![UNKNOWN; DAYS],
        }
    }

    /// The moment of a local time, given as days since 1970-01-01 and seconds into that day.
    #[inline]
    pub fn utc(&mut self, day: i32, seconds: i32) -> i64 {
        let local = i64::from(day) * SECONDS_PER_DAY + i64::from(seconds);
        let Some(at) = usize::try_from(day - FIRST_DAY)
            .ok()
            .filter(|at| *at < DAYS)
        else {
            return local;
        };
        if self.offsets[at] == UNKNOWN {
            self.offsets[at] = self.offset_of(local - i64::from(seconds));
        }
        if self.offsets[at] == MOVING {
            self.slowly(local)
        } else {
            local - i64::from(self.offsets[at])
        }
    }

    /// The local day of a UTC second.
    pub fn day(&self, utc: i64) -> i32 {
        self.calendar
            .day_of(Moment(utc))
            .get()
            .map_or(0, |Day(day)| day)
    }

    /// The offset that holds for a whole local day and the hours around it, or `MOVING`.
    fn offset_of(&self, midnight: i64) -> i32 {
        let at = |hours: i64| {
            let local = midnight + hours * 3_600;
            (local - self.slowly(local)) as i32
        };
        let noon = at(12);
        if at(-18) == noon && at(42) == noon {
            noon
        } else {
            MOVING
        }
    }

    fn slowly(&self, local: i64) -> i64 {
        let naive: Option<NaiveDateTime> =
            DateTime::from_timestamp(local, 0).map(|at| at.naive_utc());
        naive.map_or(local, |at| self.calendar.local(at).0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::NaiveDate;

    fn zone(name: &str) -> Zone {
        Zone::new(Calendar::new(name).unwrap())
    }

    fn day(y: i32, m: u32, d: u32) -> i32 {
        NaiveDate::from_ymd_opt(y, m, d).unwrap().to_epoch_days()
    }

    fn utc(name: &str, date: (i32, u32, u32), h: i32, min: i32) -> String {
        let second = zone(name).utc(day(date.0, date.1, date.2), h * 3600 + min * 60);
        DateTime::from_timestamp(second, 0)
            .unwrap()
            .format("%m-%d %H:%M")
            .to_string()
    }

    #[test]
    fn plain_days_use_their_offset() {
        assert_eq!(utc("Europe/Berlin", (2024, 1, 15), 9, 14), "01-15 08:14");
        assert_eq!(utc("Europe/Berlin", (2024, 7, 15), 9, 14), "07-15 07:14");
        assert_eq!(
            utc("Pacific/Kiritimati", (2024, 7, 15), 9, 0),
            "07-14 19:00"
        );
    }

    #[test]
    fn an_hour_that_does_not_exist_moves_to_the_end_of_the_gap() {
        assert_eq!(utc("Europe/Berlin", (2024, 3, 31), 2, 30), "03-31 01:00");
        assert_eq!(utc("America/Sao_Paulo", (2018, 11, 4), 0, 0), "11-04 03:00");
    }

    #[test]
    fn an_hour_that_is_there_twice_is_its_first() {
        assert_eq!(utc("Europe/Berlin", (2024, 10, 27), 2, 30), "10-27 00:30");
    }

    #[test]
    fn a_utc_second_falls_on_its_local_day() {
        let mut zone = zone("Asia/Tokyo");
        let midnight = zone.utc(day(2024, 5, 1), 0);
        assert_eq!(zone.day(midnight), day(2024, 5, 1));
        let last = zone.utc(day(2024, 5, 1), 86_399);
        assert_eq!(
            (zone.day(last), zone.day(last + 1)),
            (day(2024, 5, 1), day(2024, 5, 2))
        );
    }
}
