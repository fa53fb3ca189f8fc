//! Periods: half-open spans of days in the workspace's time zone, their names and neighbours (C1). Pure.

use chrono::{Datelike, Weekday};

use super::calendar::Calendar;
use super::moment::{Day, Moment};

/// What kind of span a period is; decides what "the next one" and "a year before" mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Span {
    /// A calendar week from the workspace's first weekday.
    Week,
    /// A calendar month.
    Month,
    /// A calendar quarter.
    Quarter,
    /// A calendar year.
    Year,
    /// A quarter of the workspace's fiscal year.
    FiscalQuarter,
    /// The workspace's fiscal year, named after the calendar year in which it ends.
    FiscalYear,
    /// From a day to a day.
    Custom,
    /// Everything.
    All,
}

/// A half-open span `[start, end)` of local days.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Period {
    /// Its kind.
    pub span: Span,
    /// First day.
    pub first: Day,
    /// The day after the last.
    pub end: Day,
    /// First moment.
    pub start_at: Moment,
    /// First moment that is no longer in it.
    pub end_at: Moment,
    /// Its name: `2025-03`, `2025-Q1`, `FY2025`, `2025-01-01..2025-03-31`, `all`.
    pub label: String,
}

/// Text that names no period.
#[derive(Debug, Clone, thiserror::Error, PartialEq, Eq)]
#[error(
    "'{0}' names no period; known: 2025, 2025-Q1, 2025-03, 2025-W07, FY2025, FY2025-Q1, 2025-01-01..2025-03-31 (both days inside), all, this-month, last-month, this-quarter, last-quarter, this-year, last-year"
)]
pub struct NoPeriod(pub String);

impl Period {
    /// The period of kind `span` that holds `day`. `Custom` gives that one day.
    pub fn around(day: Day, span: Span, calendar: &Calendar) -> Period {
        let month = day.month_start();
        let date = month.date();
        let (first, end) = match span {
            Span::Week => {
                let back = (7 + day.date().weekday().num_days_from_monday()
                    - calendar.week_start.num_days_from_monday())
                    % 7;
                (day.plus(-(back as i32)), day.plus(7 - back as i32))
            }
            Span::Month => (month, month.plus_months(1)),
            Span::Quarter => from_months(month, date.month0() % 3, 3),
            Span::Year => from_months(month, date.month0(), 12),
            Span::FiscalQuarter => from_months(month, fiscal_month(month, calendar) % 3, 3),
            Span::FiscalYear => from_months(month, fiscal_month(month, calendar), 12),
            Span::Custom => (day, day.plus(1)),
            Span::All => return Period::all(),
        };
        Period::between(first, end, span, calendar)
    }

    /// Everything that ever happened.
    pub fn all() -> Period {
        Period {
            span: Span::All,
            first: Day(i32::MIN + 1),
            end: Day(i32::MAX),
            start_at: Moment(i64::MIN + 1),
            end_at: Moment(i64::MAX),
            label: "all".into(),
        }
    }

    /// The span `[first, end)` of days.
    pub fn custom(first: Day, end: Day, calendar: &Calendar) -> Period {
        Period::between(first, end, Span::Custom, calendar)
    }

    fn between(first: Day, end: Day, span: Span, calendar: &Calendar) -> Period {
        Period {
            span,
            first,
            end,
            start_at: calendar.start_of(first),
            end_at: calendar.start_of(end),
            label: label(first, end, span, calendar),
        }
    }

    /// The period of the same kind `n` steps later (earlier when negative). A custom span moves by its own length.
    #[must_use]
    pub fn step(&self, n: i32, calendar: &Calendar) -> Period {
        let length = self.end.0.saturating_sub(self.first.0);
        let first = match self.span {
            Span::All => return self.clone(),
            Span::Week => self.first.plus(7 * n),
            Span::Month => self.first.plus_months(n),
            Span::Quarter | Span::FiscalQuarter => self.first.plus_months(3 * n),
            Span::Year | Span::FiscalYear => self.first.plus_months(12 * n),
            Span::Custom => {
                let first = self.first.plus(length.saturating_mul(n));
                return Period::custom(first, first.plus(length), calendar);
            }
        };
        Period::around(first, self.span, calendar)
    }

    /// The same span a year earlier: by calendar, weeks by 52 weeks.
    #[must_use]
    pub fn year_before(&self, calendar: &Calendar) -> Period {
        match self.span {
            Span::All => self.clone(),
            Span::Week => self.step(-52, calendar),
            Span::Month | Span::Quarter | Span::Year | Span::FiscalQuarter | Span::FiscalYear => {
                Period::around(self.first.plus_months(-12), self.span, calendar)
            }
            Span::Custom => Period::custom(
                self.first.plus_months(-12),
                self.end.plus_months(-12),
                calendar,
            ),
        }
    }

    /// Whether a moment falls into it; never does not.
    pub fn holds(&self, at: Moment) -> bool {
        self.start_at <= at && at < self.end_at
    }

    /// Whether a date falls into it; never does not.
    pub fn holds_day(&self, day: Day) -> bool {
        self.first <= day && day < self.end
    }

    /// Reads a period's name; `today` is the local day that `this-…` and `last-…` count from.
    pub fn parse(text: &str, today: Day, calendar: &Calendar) -> Result<Period, NoPeriod> {
        parse(text.trim(), today, calendar).ok_or_else(|| NoPeriod(text.trim().to_owned()))
    }
}

fn from_months(month: Day, back: u32, length: i32) -> (Day, Day) {
    let first = month.plus_months(-(back as i32));
    (first, first.plus_months(length))
}

/// Months since the fiscal year's start, 0–11.
fn fiscal_month(month: Day, calendar: &Calendar) -> u32 {
    (12 + month.date().month() - calendar.fiscal_year_start.clamp(1, 12)) % 12
}

fn label(first: Day, end: Day, span: Span, calendar: &Calendar) -> String {
    let date = first.date();
    match span {
        Span::All => "all".into(),
        // ISO numbers weeks from Monday; a week from Sunday is named by the Monday in it.
        Span::Week => {
            let iso = if calendar.week_start == Weekday::Mon {
                first
            } else {
                first.plus(6)
            }
            .date()
            .iso_week();
            format!("{}-W{:02}", iso.year(), iso.week())
        }
        Span::Month => format!("{}-{:02}", date.year(), date.month()),
        Span::Quarter => format!("{}-Q{}", date.year(), date.month0() / 3 + 1),
        Span::Year => date.year().to_string(),
        Span::FiscalYear => format!("FY{}", end.plus(-1).date().year()),
        Span::FiscalQuarter => {
            let year = Period::around(first, Span::FiscalYear, calendar);
            format!("{}-Q{}", year.label, fiscal_month(first, calendar) / 3 + 1)
        }
        Span::Custom => format!("{first}..{}", end.plus(-1)),
    }
}

fn parse(text: &str, today: Day, calendar: &Calendar) -> Option<Period> {
    let around = |day, span| Period::around(day, span, calendar);
    let lower = text.to_ascii_lowercase();
    if lower == "all" {
        return Some(Period::all());
    }
    if let Some((when, what)) = lower.split_once('-')
        && let Some(steps) = match when {
            "this" => Some(0),
            "last" => Some(-1),
            "next" => Some(1),
            _ => None,
        }
    {
        let span = match what {
            "week" => Span::Week,
            "month" => Span::Month,
            "quarter" => Span::Quarter,
            "year" => Span::Year,
            "fiscal-quarter" => Span::FiscalQuarter,
            "fiscal-year" => Span::FiscalYear,
            _ => return None,
        };
        return Some(around(today, span).step(steps, calendar));
    }
    if let Some((first, last)) = lower.split_once("..") {
        let (first, last) = (Day::parse(first)?, Day::parse(last)?);
        return (first <= last).then(|| Period::custom(first, last.plus(1), calendar));
    }
    if let Some(fiscal) = lower.strip_prefix("fy") {
        let (year, quarter) = fiscal
            .split_once("-q")
            .map_or((fiscal, None), |(y, q)| (y, Some(q)));
        // The fiscal year is named after the year it ends in.
        let last = Day::ymd(digits(year, 4)?, calendar.fiscal_year_start.clamp(1, 12), 1)?;
        let start = if calendar.fiscal_year_start <= 1 {
            last
        } else {
            last.plus_months(-12)
        };
        return match quarter {
            None => Some(around(start, Span::FiscalYear)),
            Some(q) => Some(around(
                start.plus_months(3 * (one_to(q, 4)? - 1)),
                Span::FiscalQuarter,
            )),
        };
    }
    let (year, rest) = lower
        .split_once('-')
        .map_or((lower.as_str(), None), |(y, r)| (y, Some(r)));
    let year = digits(year, 4)?;
    match rest {
        None => Some(around(Day::ymd(year, 1, 1)?, Span::Year)),
        Some(rest) => {
            if let Some(quarter) = rest.strip_prefix('q') {
                return Some(around(
                    Day::ymd(year, 1, 1)?.plus_months(3 * (one_to(quarter, 4)? - 1)),
                    Span::Quarter,
                ));
            }
            if let Some(week) = rest.strip_prefix('w') {
                let monday = chrono::NaiveDate::from_isoywd_opt(
                    year,
                    one_to(week, 53)? as u32,
                    Weekday::Mon,
                )?;
                return Some(around(Day::from_date(monday), Span::Week));
            }
            if let Some(day) = Day::parse(&lower) {
                return Some(Period::custom(day, day.plus(1), calendar));
            }
            Some(around(
                Day::ymd(year, one_to(rest, 12)? as u32, 1)?,
                Span::Month,
            ))
        }
    }
}

fn digits(text: &str, length: usize) -> Option<i32> {
    (text.len() == length && text.bytes().all(|b| b.is_ascii_digit()))
        .then(|| text.parse().ok())
        .flatten()
}

fn one_to(text: &str, most: i32) -> Option<i32> {
    if text.len() > 2 {
        return None;
    }
    digits(text, text.len()).filter(|n| (1..=most).contains(n))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn calendar() -> Calendar {
        Calendar::new("Europe/Berlin").unwrap()
    }

    fn period(text: &str) -> Period {
        Period::parse(text, Day::parse("2025-05-14").unwrap(), &calendar()).unwrap()
    }

    fn days(p: &Period) -> (String, String) {
        (p.first.to_string(), p.end.to_string())
    }

    #[test]
    fn names_are_read_and_written_alike() {
        for name in [
            "2025",
            "2025-Q2",
            "2025-03",
            "2025-W07",
            "FY2025",
            "FY2025-Q1",
            "2025-01-01..2025-03-31",
            "all",
        ] {
            assert_eq!(period(name).label, name);
        }
        assert_eq!(period("last-quarter").label, "2025-Q1");
        for wrong in [
            "",
            "2025-13",
            "2025-Q5",
            "25",
            "2025-W54",
            "FY25",
            "2025-03-31..2025-01-01",
            "this-century",
        ] {
            assert!(
                Period::parse(wrong, Day(0), &calendar()).is_err(),
                "{wrong}"
            );
        }
    }

    #[test]
    fn a_fiscal_year_is_named_after_the_year_it_ends_in() {
        let mut april = calendar();
        april.fiscal_year_start = 4;
        let fy = Period::parse("FY2025", Day(0), &april).unwrap();
        assert_eq!(days(&fy), ("2024-04-01".into(), "2025-04-01".into()));
        let q4 = Period::parse("FY2025-Q4", Day(0), &april).unwrap();
        assert_eq!(days(&q4), ("2025-01-01".into(), "2025-04-01".into()));
        assert_eq!(q4.label, "FY2025-Q4");
        assert_eq!(q4.step(1, &april).label, "FY2026-Q1");
    }

    #[test]
    fn neighbours_touch_and_the_year_before_is_the_same_span() {
        let march = period("2025-03");
        assert_eq!(march.step(-1, &calendar()).end_at, march.start_at);
        assert_eq!(march.year_before(&calendar()).label, "2024-03");
        assert_eq!(
            period("2025-W07").year_before(&calendar()).label,
            "2024-W07"
        );
        // Summer time began on the 30th: the month is an hour short.
        assert_eq!(march.end_at.since(march.start_at), 31 * 86_400 - 3_600);
    }

    #[test]
    fn weeks_start_where_the_workspace_says() {
        let mut sunday = calendar();
        sunday.week_start = Weekday::Sun;
        let week = Period::around(Day::parse("2025-05-14").unwrap(), Span::Week, &sunday);
        assert_eq!(days(&week), ("2025-05-11".into(), "2025-05-18".into()));
        assert_eq!(
            days(&period("this-week")),
            ("2025-05-12".into(), "2025-05-19".into())
        );
    }

    #[test]
    fn never_is_in_no_period() {
        assert!(!Period::all().holds(Moment::NEVER));
        assert!(!Period::all().holds_day(Day::NEVER));
        assert!(Period::all().holds(Moment(0)));
    }
}
