//! Days as people type them: a date, so many days on, a weekday. Pure: today is passed in.

use chrono::{Datelike as _, Weekday};

use super::moment::Day;

/// What a field for a day shows while it is empty.
pub const HINT: &str = "2026-12-01, +7d, +2w, +1m or fri";

/// Reads `2026-12-01`, `today`, `tomorrow`, `+7d`, `+2w`, `+1m`, or the next such weekday: `mon`.
pub fn day(text: &str, today: Day) -> Result<Day, String> {
    let text = text.trim().to_lowercase();
    let wrong = || format!("'{text}' is no day; {HINT} is expected");
    match text.as_str() {
        "today" => return Ok(today),
        "tomorrow" => return Ok(today.plus(1)),
        _ => {}
    }
    if let Some(step) = text.strip_prefix('+') {
        let digits = step.trim_end_matches(char::is_alphabetic);
        let count: i32 = digits.trim().parse().map_err(|_| wrong())?;
        if !(0..=3_660).contains(&count) {
            return Err(wrong());
        }
        return match step[digits.len()..].trim() {
            "" | "d" | "day" | "days" => Ok(today.plus(count)),
            "w" | "week" | "weeks" => Ok(today.plus(7 * count)),
            "m" | "month" | "months" => Ok(today.plus_months(count)),
            _ => Err(wrong()),
        };
    }
    if let Ok(weekday) = text.parse::<Weekday>() {
        let here = today.date().weekday();
        let ahead = weekday.days_since(here) as i32;
        return Ok(today.plus(if ahead == 0 { 7 } else { ahead }));
    }
    Day::parse(&text).ok_or_else(wrong)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_as_people_type_them() {
        // A Tuesday.
        let today = Day::parse("2025-09-30").unwrap();
        let read = |text: &str| day(text, today).map(|read| read.to_string());
        for (text, wanted) in [
            ("2026-12-01", "2026-12-01"),
            (" today ", "2025-09-30"),
            ("tomorrow", "2025-10-01"),
            ("+7d", "2025-10-07"),
            ("+7", "2025-10-07"),
            ("+2w", "2025-10-14"),
            ("+1m", "2025-10-30"),
            ("mon", "2025-10-06"),
            ("Friday", "2025-10-03"),
            ("tue", "2025-10-07"),
        ] {
            assert_eq!(read(text).as_deref(), Ok(wanted), "{text}");
        }
        for text in [
            "",
            "soon",
            "+x",
            "+7q",
            "+99999999999d",
            "-3d",
            "2025-13-01",
            "+é",
        ] {
            assert!(read(text).is_err(), "{text}");
        }
    }
}
