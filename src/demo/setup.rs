//! The demo's workspace: its people, targets, sources, rates and holidays as commands. Applies nothing.

use super::Step;
use super::cast::{Cast, Kind};
use super::extras::THROWN_AWAY;
use super::leads::first_day;
use super::plan::{NEXT, QUARTERS, SOURCES, TOTALS};
use crate::domain::command::Command;
use crate::domain::moment::{Day, Moment};
use crate::domain::money::Currency;
use crate::domain::policy::Side;
use crate::domain::review::Review;
use crate::domain::review::lists::DomainList;
use crate::domain::workspace::Workspace;

/// Handles and names of the reps.
pub(super) const REPS: [(&str, &str); 6] = [
    ("tomas", "Tomás Ibarrola"),
    ("zuzanna", "Zuzanna Łęcka"),
    ("kenji", "霧島 健司"),
    ("olena", "Олена Барвінок"),
    ("farid", "فريد الصياد"),
    ("maeve", "Maeve O’Dowda"),
];

const OTHERS: [(&str, &str, Side); 5] = [
    ("ines", "Inès Vauquelin", Side::Marketing),
    ("jonas", "Jonas Süderhof", Side::Marketing),
    ("rike", "Rike Großmann", Side::Sales),
    ("mira", "Mira Çelebi", Side::Finance),
    ("dana", "Dana Völkel", Side::Executive),
];

/// Worth of a foreign unit in euros, per quarter of the plan.
const RATES: [(&str, [&str; 6]); 3] = [
    ("USD", ["0.93", "0.91", "0.94", "0.95", "0.88", "0.86"]),
    ("GBP", ["1.17", "1.18", "1.20", "1.19", "1.18", "1.15"]),
    (
        "JPY",
        ["0.0060", "0.0061", "0.0062", "0.0063", "0.0061", "0.0058"],
    ),
];

const HOLIDAYS: [(&str, &str); 14] = [
    ("2024-04-01", "Easter Monday"),
    ("2024-05-01", "Labour Day"),
    ("2024-05-09", "Ascension Day"),
    ("2024-05-20", "Whit Monday"),
    ("2024-10-03", "German Unity Day"),
    ("2024-12-25", "Christmas Day"),
    ("2024-12-26", "Boxing Day"),
    ("2025-01-01", "New Year"),
    ("2025-04-18", "Good Friday"),
    ("2025-04-21", "Easter Monday"),
    ("2025-05-01", "Labour Day"),
    ("2025-05-29", "Ascension Day"),
    ("2025-06-09", "Whit Monday"),
    ("2025-10-03", "German Unity Day"),
];

/// The workspace.
pub(super) fn workspace(as_of: Moment) -> Workspace {
    Workspace {
        name: "Kranich Warehouse Software (demo)".into(),
        currency: Currency::EUR,
        time_zone: "Europe/Berlin".into(),
        fiscal_year_start: 1,
        week_start: 1,
        as_of: Some(as_of),
    }
}

/// Holidays, for the calendar that the demo itself is drawn with.
pub(super) fn holidays() -> impl Iterator<Item = Day> {
    HOLIDAYS.iter().filter_map(|(day, _)| Day::parse(day))
}

/// Rates as (currency, from, decimal text).
pub(super) fn rates() -> Vec<(Currency, Day, &'static str)> {
    let mut rows = Vec::new();
    for (code, rates) in RATES {
        let currency = Currency::parse(code).expect("the table holds ISO codes");
        rows.extend((0..QUARTERS.len()).map(|q| (currency, first_day(q), rates[q])));
    }
    rows
}

/// Everything but the rows of the exports, in the order in which it was set.
pub(super) fn steps(start: Moment) -> Vec<Step> {
    let mut steps = Vec::new();
    let mut step = |by: Option<&'static str>, days: i64, command: Command| {
        steps.push(Step {
            by,
            at: Moment(start.0 + days * 86_400 + 9 * 3_600),
            command,
        });
    };
    let reps = REPS
        .iter()
        .map(|(handle, name)| (*handle, *name, Side::Sales));
    for (handle, name, side) in OTHERS.into_iter().chain(reps) {
        let command = Command::PutPerson {
            handle: handle.into(),
            name: name.into(),
            side,
        };
        step(None, 0, command);
    }
    for (day, name) in HOLIDAYS {
        if let Some(day) = Day::parse(day) {
            let name = name.into();
            step(Some("mira"), 0, Command::AddHoliday { day, name });
        }
    }
    let hourly = Command::Set {
        key: "hourly_rate".into(),
        value: 6_500,
    };
    step(Some("mira"), 0, hourly);
    for source in SOURCES {
        if let Some(name) = source.name {
            let command = Command::PutSource {
                name: name.into(),
                side: source.side,
                free: source.free,
            };
            step(Some("ines"), 0, command);
        }
    }
    for (currency, from, rate) in rates() {
        let rate = rate.into();
        let command = Command::SetRate {
            currency,
            from,
            rate,
        };
        step(Some("mira"), 0, command);
    }
    targets(&mut step);
    steps
}

/// The universities and competitors that marketing knows of; two competitors are news to it.
pub(super) fn lists(start: Moment, cast: &Cast) -> Vec<Step> {
    let list = |list, kind, unknown: usize| {
        let mut domains = cast.domains(kind);
        domains.truncate(domains.len().saturating_sub(unknown));
        Step {
            by: Some("ines"),
            at: start,
            command: Command::Review(Review::List { list, domains }),
        }
    };
    vec![
        list(DomainList::Student, Kind::Student, 0),
        list(DomainList::Competitor, Kind::Competitor, 2),
        Step {
            by: Some("ines"),
            at: start,
            command: Command::Review(Review::List {
                list: DomainList::Disposable,
                domains: vec![THROWN_AWAY.into()],
            }),
        },
    ]
}

/// Monthly targets, which tile quarters and years; September's pipeline target was lowered in mid-quarter.
fn targets(step: &mut impl FnMut(Option<&'static str>, i64, Command)) {
    let cents = |values: [i64; 3]| values.map(|v| v * 100);
    let mut set = |quarter: usize, month: i32, metric: &str, value: i64, days: i64| {
        let first = if quarter < QUARTERS.len() {
            first_day(quarter).plus_months(month)
        } else {
            first_day(QUARTERS.len() - 1).plus_months(3 + month)
        };
        let command = Command::SetTarget {
            metric: metric.into(),
            start: first,
            end: first.plus_months(1),
            value,
        };
        step(Some("dana"), days, command);
    };
    for quarter in 0..=QUARTERS.len() {
        let [mqls, revenue, pipeline] = TOTALS.get(quarter).map_or(NEXT, |t| {
            [t.mql_target, t.revenue_target, t.pipeline_target]
        });
        for month in 0..3 {
            let days = i64::from(quarter > 0) * (quarter as i64 * 91 - 20);
            let at = month as usize;
            set(quarter, month, "mqls", mqls[at], days);
            set(quarter, month, "revenue", cents(revenue)[at], days);
            let pipeline = cents(pipeline)[at];
            if (quarter, month) == (5, 2) {
                set(
                    quarter,
                    month,
                    "qualified_pipeline_sourced",
                    78_000_000,
                    days,
                );
                set(quarter, month, "qualified_pipeline_sourced", pipeline, 500);
            } else {
                set(quarter, month, "qualified_pipeline_sourced", pipeline, days);
            }
        }
    }
}
