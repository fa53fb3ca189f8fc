//! Local time of the workspace to UTC, fast over many rows; an hour that does not exist moves on, one that is there twice is its first.

use chrono::{DateTime, NaiveDate, NaiveDateTime, Offset, TimeDelta, TimeZone};
use chrono_tz::Tz;
use std::cell::RefCell;

/// Seconds of a UTC day.
pub const SECONDS_PER_DAY: i64 = 86_400;

const FIRST_DAY: i32 = -25_567; // 1900-01-01
const DAYS: usize = 109_574; // to 2199-12-31
const UNKNOWN: i32 = i32::MIN;
const MOVING: i32 = i32::MAX;

/// A time zone that remembers the offset of each day it was asked about.
pub struct Zone {
    tz: Tz,
    offsets: RefCell<Vec<i32>>,
}

impl Zone {
    /// A zone by its IANA name.
    pub fn new(tz: Tz) -> Self {
        Self {
            tz,
            offsets: RefCell::default(),
        }
    }

    /// The UTC second of a local time, given as days since 1970-01-01 and seconds into that day.
    pub fn utc(&self, day: i32, seconds: i32) -> i64 {
        let local = i64::from(day) * SECONDS_PER_DAY + i64::from(seconds);
        let Some(at) = usize::try_from(day - FIRST_DAY)
            .ok()
            .filter(|at| *at < DAYS)
        else {
            return local;
        };
        let mut offsets = self.offsets.borrow_mut();
        if offsets.is_empty() {
            offsets.resize(DAYS, UNKNOWN);
        }
        if offsets[at] == UNKNOWN {
            offsets[at] = self.offset_of(day);
        }
        if offsets[at] == MOVING {
            self.slowly(local)
        } else {
            local - i64::from(offsets[at])
        }
    }

    /// The local day of a UTC second.
    pub fn day(&self, utc: i64) -> i32 {
        let offset = DateTime::from_timestamp(utc, 0).map_or(0, |at| {
            self.tz
                .offset_from_utc_datetime(&at.naive_utc())
                .fix()
                .local_minus_utc()
        });
        (utc + i64::from(offset)).div_euclid(SECONDS_PER_DAY) as i32
    }

    /// The offset that holds for a whole local day and the hours around it, or `MOVING`.
    fn offset_of(&self, day: i32) -> i32 {
        let Some(noon) = NaiveDate::from_epoch_days(day).and_then(|d| d.and_hms_opt(12, 0, 0))
        else {
            return 0;
        };
        let at = |hours| {
            self.tz
                .offset_from_utc_datetime(&(noon + TimeDelta::hours(hours)))
                .fix()
                .local_minus_utc()
        };
        let (before, after) = (at(-30), at(30));
        if before == after && at(0) == before {
            before
        } else {
            MOVING
        }
    }

    fn slowly(&self, local: i64) -> i64 {
        let Some(naive) = DateTime::from_timestamp(local, 0).map(|at| at.naive_utc()) else {
            return local;
        };
        // The longest gap in the zone database is a whole day (Samoa 2011); it ends on a quarter of an hour.
        for quarter in 0..=100 {
            let tried: NaiveDateTime = naive + TimeDelta::minutes(15 * quarter);
            if let Some(found) = self.tz.from_local_datetime(&tried).earliest() {
                let back = if quarter == 0 {
                    0
                } else {
                    found.timestamp().rem_euclid(900)
                };
                return found.timestamp() - back;
            }
        }
        local
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(y: i32, m: u32, d: u32) -> i32 {
        NaiveDate::from_ymd_opt(y, m, d).unwrap().to_epoch_days()
    }

    fn utc(zone: Tz, date: (i32, u32, u32), h: i32, min: i32) -> String {
        let second = Zone::new(zone).utc(day(date.0, date.1, date.2), h * 3600 + min * 60);
        DateTime::from_timestamp(second, 0)
            .unwrap()
            .format("%m-%d %H:%M")
            .to_string()
    }

    #[test]
    fn plain_days_use_their_offset() {
        assert_eq!(utc(Tz::Europe__Berlin, (2024, 1, 15), 9, 14), "01-15 08:14");
        assert_eq!(utc(Tz::Europe__Berlin, (2024, 7, 15), 9, 14), "07-15 07:14");
        assert_eq!(
            utc(Tz::Pacific__Kiritimati, (2024, 7, 15), 9, 0),
            "07-14 19:00"
        );
    }

    #[test]
    fn an_hour_that_does_not_exist_moves_to_the_end_of_the_gap() {
        assert_eq!(utc(Tz::Europe__Berlin, (2024, 3, 31), 2, 30), "03-31 01:00");
        assert_eq!(
            utc(Tz::America__Sao_Paulo, (2018, 11, 4), 0, 0),
            "11-04 03:00"
        );
    }

    #[test]
    fn an_hour_that_is_there_twice_is_its_first() {
        assert_eq!(
            utc(Tz::Europe__Berlin, (2024, 10, 27), 2, 30),
            "10-27 00:30"
        );
    }

    #[test]
    fn a_utc_second_falls_on_its_local_day() {
        let zone = Zone::new(Tz::Asia__Tokyo);
        assert_eq!(zone.day(zone.utc(day(2024, 5, 1), 0)), day(2024, 5, 1));
        assert_eq!(zone.day(zone.utc(day(2024, 5, 1), 86_399)), day(2024, 5, 1));
    }
}
