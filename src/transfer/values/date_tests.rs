//! Every date form that real exports use, and those that must be refused.

use super::*;
use chrono::DateTime;

fn shown(when: When) -> String {
    let at = |day: i32, seconds: i32| {
        DateTime::from_timestamp(i64::from(day) * SECONDS_PER_DAY + i64::from(seconds), 0).unwrap()
    };
    match when {
        When::Day(day) => at(day, 0).format("%Y-%m-%d").to_string(),
        When::Local(day, seconds) => at(day, seconds).format("%Y-%m-%d %H:%M:%S").to_string(),
        When::Utc(second) => DateTime::from_timestamp(second, 0)
            .unwrap()
            .format("%Y-%m-%dT%H:%M:%SZ")
            .to_string(),
    }
}

fn read(text: &str, order: Option<Order>) -> String {
    parse_date(text, order).map_or_else(|fault| format!("{fault:?}"), shown)
}

#[test]
fn iso_forms() {
    for (text, want) in [
        ("2024-03-12", "2024-03-12"),
        ("2024-03-12 09:14", "2024-03-12 09:14:00"),
        ("2024-03-01 14:05:00", "2024-03-01 14:05:00"),
        ("2024-03-01T14:05:00", "2024-03-01 14:05:00"),
        ("2022-01-10T13:49:58.000Z", "2022-01-10T13:49:58Z"),
        ("2022-01-10T13:49:58.000+0000", "2022-01-10T13:49:58Z"),
        ("2022-01-10T00:30:00+01:00", "2022-01-09T23:30:00Z"),
        ("2022-01-10 13:49:58 UTC", "2022-01-10T13:49:58Z"),
        ("20240229", "2024-02-29"),
        ("2024-03", "2024-03-01"),
        ("1710234840000", "2024-03-12T09:14:00Z"),
        ("2024/3/5 07:08", "2024-03-05 07:08:00"),
    ] {
        assert_eq!(read(text, None), want, "{text}");
    }
}

#[test]
fn slashed_forms_follow_the_order_of_their_column() {
    let (day, month) = (Some(Order::DayFirst), Some(Order::MonthFirst));
    assert_eq!(read("3/15/2024 2:30 PM", month), "2024-03-15 14:30:00");
    assert_eq!(read("3/1/2024, 12:05 AM", month), "2024-03-01 00:05:00");
    assert_eq!(read("01/03/2024", day), "2024-03-01");
    assert_eq!(read("01/03/24", month), "2024-01-03");
    assert_eq!(read("1/3/70", day), "1970-03-01");
    assert_eq!(read("15/03/2024", month), "WrongOrder");
    assert_eq!(read("01/03/2024", None), "Ambiguous");
    assert_eq!(read("1.3.2024 08:00", month), "2024-03-01 08:00:00");
}

#[test]
fn named_months() {
    for text in [
        "15 Apr, 2021 00:03:00",
        "Apr 15, 2021 00:03",
        "15-Apr-2021 12:03 am",
        "Thu, 15 April 2021 00:03:00",
        "15 Apr 21 0:03",
    ] {
        assert_eq!(read(text, None), "2021-04-15 00:03:00", "{text}");
    }
    assert_eq!(read("12 Mär 2024", None), "2024-03-12");
}

#[test]
fn what_is_no_date_is_refused() {
    for (text, want) in [
        ("2023-02-29", "NoSuchDay"),
        ("2024-13-01", "NoSuchDay"),
        ("0000-01-01", "Year"),
        ("9999-12-31", "Year"),
        ("soon", "Form"),
        ("45366", "Form"),
        ("2024-03-12 25:00", "Form"),
        ("2024-03-12 9:14 XM", "Form"),
        ("é024-03-12", "Form"),
        ("3/15", "Form"),
        ("2024-03-1é", "Form"),
        ("2024-03-12é", "Form"),
    ] {
        assert_eq!(read(text, None), want, "{text}");
    }
}

#[test]
fn no_text_makes_it_panic() {
    let alphabet = [
        "0", "1", "29", "2024", "/", "-", ".", ":", " ", "T", "Z", "é", "PM", "+", "Apr", ",",
    ];
    let mut state = 7_u64;
    for _ in 0..200_000 {
        let mut text = String::new();
        for _ in 0..(state % 9) {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            text.push_str(alphabet[(state >> 33) as usize % alphabet.len()]);
        }
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(99);
        let _ = parse_date(&text, None);
    }
}

#[test]
fn days_agree_with_the_calendar() {
    for day in (-25_567..84_006).step_by(17) {
        let text = chrono::NaiveDate::from_epoch_days(day).unwrap().to_string();
        assert_eq!(parse_date(&text, None), Ok(When::Day(day)), "{text}");
    }
}
