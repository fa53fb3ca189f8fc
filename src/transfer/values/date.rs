//! The date forms of CRM exports to a day, a local time or an instant; an order of day and month is given, never guessed here.

use super::order::Order;
use super::zone::{SECONDS_PER_DAY, Zone};

/// What a date cell says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// A day without a time: days since 1970-01-01.
    Day(i32),
    /// A time in the workspace's zone: day and seconds into it.
    Local(i32, i32),
    /// An instant: seconds since 1970-01-01 UTC.
    Utc(i64),
}

impl When {
    /// The instant; a day begins at its local midnight.
    #[inline]
    pub fn utc(self, zone: &mut Zone) -> i64 {
        match self {
            Self::Day(day) => zone.utc(day, 0),
            Self::Local(day, seconds) => zone.utc(day, seconds),
            Self::Utc(second) => second,
        }
    }

    /// The day; an instant falls on the workspace's local day.
    #[inline]
    pub fn day(self, zone: &Zone) -> i32 {
        match self {
            Self::Day(day) | Self::Local(day, _) => day,
            Self::Utc(second) => zone.day(second),
        }
    }
}

/// Why a cell is no date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DateFault {
    /// Not a date form.
    #[error("is no date (known: 2024-03-15, 2024-03-15 14:30, 3/15/2024 2:30 PM, 15 Mar 2024)")]
    Form,
    /// A day that does not exist.
    #[error("is a day that does not exist")]
    NoSuchDay,
    /// Day and month cannot be told apart.
    #[error("could be read with day or month first: say --date-order day or --date-order month")]
    Ambiguous,
    /// It contradicts the rest of its column.
    #[error("does not fit the order of day and month in the rest of the column")]
    WrongOrder,
    /// A year outside 1900 to 2199.
    #[error("is outside the years 1900 to 2199")]
    Year,
}

/// Reads a (cleaned) cell as a date.
pub fn parse_date(text: &str, order: Option<Order>) -> Result<When, DateFault> {
    let bytes = text.as_bytes();
    if bytes.len() == 7 && bytes[4] == b'-' {
        return month(bytes);
    }
    if bytes.len() >= 10 && bytes[4] == b'-' && bytes[7] == b'-' {
        return iso(text);
    }
    if bytes.len() == 13 && separator_free(text) {
        // Milliseconds since 1970, as programming interfaces give them.
        let second = text.parse::<i64>().map_err(|_| DateFault::Form)? / 1_000;
        return Ok(When::Utc(second));
    }
    let (date, rest) = split_date(text, order)?;
    let day = epoch_day(date)?;
    moment(day, rest)
}

/// A month (`2024-03`), as spend reports give it: its first day.
fn month(bytes: &[u8]) -> Result<When, DateFault> {
    match (digits(&bytes[..4]), digits(&bytes[5..])) {
        (Some(y), Some(m)) => epoch_day((y as i32, m, 1)).map(When::Day),
        _ => Err(DateFault::Form),
    }
}

type Ymd = (i32, u32, u32);

fn iso(text: &str) -> Result<When, DateFault> {
    let b = text.as_bytes();
    let number = |range: std::ops::Range<usize>| digits(&b[range]).ok_or(DateFault::Form);
    let day = epoch_day((number(0..4)? as i32, number(5..7)?, number(8..10)?))?;
    if b.len() == 10 {
        return Ok(When::Day(day));
    }
    if b.len() == 19 && matches!(b[10], b' ' | b'T') && b[13] == b':' && b[16] == b':' {
        let seconds = clock(number(11..13)?, number(14..16)?, number(17..19)?);
        return seconds
            .map(|seconds| When::Local(day, seconds))
            .ok_or(DateFault::Form);
    }
    moment(day, text.get(10..).ok_or(DateFault::Form)?)
}

#[inline]
fn digits(bytes: &[u8]) -> Option<u32> {
    bytes.iter().try_fold(0_u32, |n, b| {
        b.is_ascii_digit().then(|| n * 10 + u32::from(b - b'0'))
    })
}

fn clock(h: u32, m: u32, s: u32) -> Option<i32> {
    (h < 24 && m < 60 && s <= 60).then(|| (h * 3600 + m * 60 + s.min(59)) as i32)
}

/// Days since 1970-01-01, after Howard Hinnant's `days_from_civil`.
fn epoch_day((y, m, d): Ymd) -> Result<i32, DateFault> {
    if !(1..=12).contains(&m) || d == 0 || d > month_length(y, m) {
        return Err(DateFault::NoSuchDay);
    }
    if !(1900..2200).contains(&y) {
        return Err(DateFault::Year);
    }
    let y = if m <= 2 { y - 1 } else { y };
    let year_of_era = y % 400;
    let shifted = (m as i32 + 9) % 12;
    let day_of_year = (153 * shifted + 2) / 5 + d as i32 - 1;
    Ok(
        y / 400 * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year
            - 719_468,
    )
}

fn month_length(y: i32, m: u32) -> u32 {
    match m {
        4 | 6 | 9 | 11 => 30,
        2 if y % 4 == 0 && (y % 100 != 0 || y % 400 == 0) => 29,
        2 => 28,
        _ => 31,
    }
}

/// First and second part of a date whose order matters (`3/4/2024`, `3-4-24`); dots always put the day first.
pub(super) fn slashed(text: &str) -> Option<(u32, u32)> {
    let (parts, separator, _) = numeric_parts(text)?;
    (separator != b'.' && parts[0].1 <= 2).then_some((parts[0].0, parts[1].0))
}

/// Three numbers with their lengths, the separator, and where the rest begins.
type Parts = ([(u32, usize); 3], u8, usize);

fn numeric_parts(text: &str) -> Option<Parts> {
    let b = text.as_bytes();
    let mut parts = [(0, 0); 3];
    let mut at = 0;
    let mut separator = 0;
    for (i, part) in parts.iter_mut().enumerate() {
        let len = b[at..]
            .iter()
            .take(5)
            .take_while(|c| c.is_ascii_digit())
            .count();
        if !(1..=4).contains(&len) {
            return None;
        }
        *part = (digits(&b[at..at + len])?, len);
        at += len;
        if i < 2 {
            let c = *b.get(at)?;
            if !matches!(c, b'/' | b'-' | b'.') || (i == 1 && c != separator) {
                return None;
            }
            separator = c;
            at += 1;
        }
    }
    Some((parts, separator, at))
}

fn split_date(text: &str, order: Option<Order>) -> Result<(Ymd, &str), DateFault> {
    if let Some((parts, separator, at)) = numeric_parts(text) {
        let rest = text.get(at..).ok_or(DateFault::Form)?;
        let [first, second, third] = parts;
        if first.1 == 4 {
            return Ok(((first.0 as i32, second.0, third.0), rest));
        }
        let year = full_year(third).ok_or(DateFault::Form)?;
        let day_first = match (separator, order) {
            (b'.', _) => true,
            _ if first.0 == second.0 => true,
            (_, Some(order)) => order == Order::DayFirst,
            (_, None) if first.0 > 12 => true,
            (_, None) if second.0 > 12 => false,
            _ => return Err(DateFault::Ambiguous),
        };
        let (day, month) = if day_first {
            (first.0, second.0)
        } else {
            (second.0, first.0)
        };
        if month > 12 && day <= 12 {
            return Err(DateFault::WrongOrder);
        }
        return Ok(((year, month, day), rest));
    }
    if text.len() == 8 && separator_free(text) {
        let b = text.as_bytes();
        let part = |range: std::ops::Range<usize>| digits(&b[range]).ok_or(DateFault::Form);
        return Ok(((part(0..4)? as i32, part(4..6)?, part(6..8)?), ""));
    }
    named(text).ok_or(DateFault::Form)
}

fn separator_free(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_digit())
}

fn full_year((year, len): (u32, usize)) -> Option<i32> {
    match len {
        4 => Some(year as i32),
        2 => Some(year as i32 + if year < 70 { 2000 } else { 1900 }),
        _ => None,
    }
}

const MONTHS: [&str; 12] = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
];
const MONTHS_ELSEWHERE: [(&str, u32); 8] = [
    ("mär", 3),
    ("mrz", 3),
    ("mai", 5),
    ("okt", 10),
    ("dez", 12),
    ("avr", 4),
    ("aoû", 8),
    ("déc", 12),
];

fn month_named(word: &str) -> Option<u32> {
    let word = word.to_lowercase();
    let short: String = word.chars().take(3).collect();
    let known = MONTHS
        .iter()
        .position(|m| *m == short)
        .map(|m| m as u32 + 1);
    known.or_else(|| {
        MONTHS_ELSEWHERE
            .iter()
            .find(|(name, _)| *name == short)
            .map(|(_, m)| *m)
    })
}

/// `15 Apr, 2021 …`, `15-Apr-21 …`, `April 15, 2021 …`, with or without a weekday before it.
fn named(text: &str) -> Option<(Ymd, &str)> {
    let mut at = 0;
    let mut words: [&str; 3] = [""; 3];
    let mut n = 0;
    while n < 3 {
        let rest = text.get(at..)?;
        let skip = rest.find(|c: char| c.is_alphanumeric())?;
        at += skip;
        let rest = &text[at..];
        let len = rest
            .find(|c: char| !c.is_alphanumeric())
            .unwrap_or(rest.len());
        let word = &rest[..len];
        at += len;
        let weekday =
            n == 0 && word.chars().all(char::is_alphabetic) && month_named(word).is_none();
        if !weekday {
            words[n] = word;
            n += 1;
        } else if skip > 0 {
            return None;
        }
    }
    let number = |word: &str| {
        (word.len() <= 4)
            .then(|| {
                digits(
                    word.trim_end_matches("th")
                        .trim_end_matches("st")
                        .as_bytes(),
                )
            })
            .flatten()
    };
    let year = full_year((number(words[2])?, words[2].len()))?;
    let (d, m) = match (number(words[0]), month_named(words[1])) {
        (Some(d), Some(m)) => (d, m),
        _ => (number(words[1])?, month_named(words[0])?),
    };
    Some(((year, m, d), &text[at..]))
}

/// What follows a date: nothing, a time, a time with AM or PM, a zone.
fn moment(day: i32, rest: &str) -> Result<When, DateFault> {
    let time = rest.trim_start_matches([' ', ',', 'T', 't', '\u{202f}', '\u{a0}']);
    if time.is_empty() {
        return Ok(When::Day(day));
    }
    let (mut h, after) = leading(time).ok_or(DateFault::Form)?;
    let (m, after) = after
        .strip_prefix([':', '.'])
        .and_then(leading)
        .ok_or(DateFault::Form)?;
    let (s, after) = after
        .strip_prefix([':', '.'])
        .and_then(leading)
        .unwrap_or((0, after));
    let after = match after.strip_prefix(['.', ',']) {
        Some(fraction) => fraction.trim_start_matches(|c: char| c.is_ascii_digit()),
        None => after,
    };
    let mut zone = after.trim_matches([' ', '\u{202f}', '\u{a0}']);
    let half = zone
        .get(..2)
        .filter(|word| word.eq_ignore_ascii_case("am") || word.eq_ignore_ascii_case("pm"));
    if let Some(half) = half {
        if !(1..=12).contains(&h) {
            return Err(DateFault::Form);
        }
        h = h % 12
            + if half.eq_ignore_ascii_case("pm") {
                12
            } else {
                0
            };
        zone = zone[2..].trim_start();
    }
    let seconds = clock(h, m, s).ok_or(DateFault::Form)?;
    match offset(zone) {
        None if zone.is_empty() => Ok(When::Local(day, seconds)),
        None => Err(DateFault::Form),
        Some(offset) => Ok(When::Utc(
            i64::from(day) * SECONDS_PER_DAY + i64::from(seconds) - offset,
        )),
    }
}

fn leading(text: &str) -> Option<(u32, &str)> {
    let len = text.bytes().take(3).take_while(u8::is_ascii_digit).count();
    (1..=2).contains(&len).then(|| {
        (
            digits(&text.as_bytes()[..len]).unwrap_or_default(),
            &text[len..],
        )
    })
}

/// Seconds east of Greenwich: `Z`, `UTC`, `+01:00`, `-0500`, `+02`.
fn offset(zone: &str) -> Option<i64> {
    if zone.eq_ignore_ascii_case("z")
        || zone.eq_ignore_ascii_case("utc")
        || zone.eq_ignore_ascii_case("gmt")
    {
        return Some(0);
    }
    let sign = match zone.as_bytes().first()? {
        b'+' => 1,
        b'-' => -1,
        _ => return None,
    };
    let figures: Vec<u8> = zone.bytes().skip(1).filter(|b| *b != b':').collect();
    let (h, m) = match figures.len() {
        2 => (digits(&figures)?, 0),
        4 => (digits(&figures[..2])?, digits(&figures[2..])?),
        _ => return None,
    };
    (h <= 14 && m < 60).then(|| sign * i64::from(h * 3600 + m * 60))
}

#[cfg(test)]
#[path = "date_tests.rs"]
mod tests;
