//! Computes every number twice over one file: by the columns in memory, and by plain SQL. They must agree.

#![expect(
    clippy::unwrap_used,
    clippy::needless_pass_by_value,
    clippy::single_match_else,
    reason = "a comparison stops where its own file cannot be made, and reads best with values and both arms"
)]

mod numbers;
mod review;
mod rows;
mod story;

use numbers::{Number, number};
use rusqlite::Connection;
use smarketing::backtest::{Columns, Stamped};
use smarketing::domain::book::Book;
use smarketing::domain::command::{Author, Command};
use smarketing::domain::moment::{Day, Moment};
use smarketing::domain::money::Currency;
use smarketing::domain::period::Period;
use smarketing::domain::workspace::Workspace;
use smarketing::facts::Facts;
use smarketing::facts::column::NONE;
use smarketing::facts::filter::{Dimension, Filter};
use smarketing::facts::handoffs::Says;
use smarketing::metrics::{Figure, Metric, Mode, Population, Scope, figure};
use smarketing::store::{Access, Store};

const DAY: i64 = 86_400;

/// One look at the file.
struct Look {
    period: &'static str,
    as_of: i64,
    mode: Mode,
    population: Population,
    /// Dimension and row id; id `None` is "unknown".
    filter: Option<(Dimension, Option<i64>)>,
}

#[test]
fn sql_says_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("room.smarketing");
    let (mut compared, mut wrong): (u32, Vec<String>) = (0, Vec::new());
    make(&path, 1);
    let store = Store::open(&path, Access::ReadWrite).unwrap();
    let book = store.book().unwrap();
    let mut facts = store.load_facts(&mut |_| {}).unwrap();
    facts.handoffs.stamps = Says::Judged(stamped(&store, &facts, &book).answers());
    let sql = Connection::open(&path).unwrap();
    for look in looks() {
        let period = Period::parse(look.period, Day(0), &book.calendar).unwrap();
        prepare(&sql, &look, &period);
        let filter = filter(&facts, &look);
        let scope = Scope::new(&facts, &book, period, Moment(look.as_of))
            .with_mode(look.mode)
            .with_population(look.population)
            .with_filter(&facts, filter);
        match review::agree(&sql, &facts, &book, &scope, |_| "19800".to_owned()) {
            Ok(cells) => compared += cells,
            Err(why) => wrong.push(format!("{why}\n    {} {:?}", look.period, look.filter)),
        }
        for metric in Metric::ALL {
            let ours = figure(*metric, &facts, &book, &scope);
            let told = format!(
                "{} {} {:?} {:?} {:?} as of {}: {ours:?}",
                metric.id(),
                look.period,
                look.mode,
                look.population,
                look.filter,
                look.as_of
            );
            match agree(&sql, *metric, look.mode, &ours) {
                Ok(true) => compared += 1,
                Ok(false) => {}
                Err(why) => wrong.push(format!("{why}\n    {told}")),
            }
        }
    }
    let first = wrong[..wrong.len().min(12)].join("\n");
    assert!(
        wrong.is_empty(),
        "{} of {compared} numbers differ:\n{first}",
        wrong.len()
    );
    assert!(compared > 1_000, "only {compared} numbers were compared");
}

/// What the stamps say, by the columns.
fn stamped(store: &Store, facts: &Facts, book: &Book) -> Stamped {
    let (versions, fields) = (store.criteria().unwrap(), store.criteria_fields().unwrap());
    let columns = Columns::new(facts, &fields, &book.calendar);
    Stamped::new(&columns, &versions, &store.load_stamps(facts).unwrap())
}

fn looks() -> Vec<Look> {
    let late = rows::START + 250 * DAY;
    let early = rows::START + 95 * DAY + 40_000;
    let mut looks = Vec::new();
    for (period, as_of) in [
        ("2025-03", late),
        ("2025-04", early),
        ("2025-Q1", late),
        ("2025", early),
        ("all", late),
        ("all", early),
    ] {
        for (mode, population) in [
            (Mode::Event, Population::First),
            (Mode::Cohort, Population::All),
        ] {
            for filter in [
                None,
                Some((Dimension::Source, Some(101))),
                Some((Dimension::Source, None)),
                Some((Dimension::Campaign, Some(2))),
                Some((Dimension::Segment, Some(1))),
                Some((Dimension::Rep, Some(3))),
            ] {
                looks.push(Look {
                    period,
                    as_of,
                    mode,
                    population,
                    filter,
                });
            }
        }
    }
    looks
}

/// A workspace made by the program, filled by SQL.
fn make(path: &std::path::Path, seed: u64) {
    let mut store = Store::create(path).unwrap();
    let author = Author {
        handle: None,
        os_user: "test".into(),
        at: Moment(rows::START),
    };
    let workspace = Workspace {
        name: "Room".into(),
        currency: Currency::EUR,
        time_zone: "Asia/Kolkata".into(),
        fiscal_year_start: 1,
        week_start: 1,
        as_of: None,
    };
    store.apply(&Command::Init(workspace), &author).unwrap();
    // Attempts within some minutes of each other are one: checked where attempts are read; here each counts.
    for (key, value) in [
        ("merge_minutes", 0),
        ("business_start", 510),
        ("business_end", 1_000),
    ] {
        let key = key.to_owned();
        store.apply(&Command::Set { key, value }, &author).unwrap();
    }
    for handle in ["ann", "bob", "cy"] {
        let person = Command::PutPerson {
            handle: handle.into(),
            name: handle.into(),
            side: smarketing::domain::policy::Side::Sales,
        };
        store.apply(&person, &author).unwrap();
    }
    for (metric, value) in [
        ("qualified_pipeline_sourced", 90_000_000),
        ("revenue", 70_000_000),
        ("mqls", 40),
    ] {
        let first = Day::parse("2025-03-01").unwrap();
        let target = Command::SetTarget {
            metric: metric.into(),
            start: first,
            end: Day::parse("2025-04-01").unwrap(),
            value,
        };
        store.apply(&target, &author).unwrap();
    }
    store.close();
    let sql = Connection::open(path).unwrap();
    rows::fill(&sql, seed).unwrap();
}

fn filter(facts: &Facts, look: &Look) -> Filter {
    let mut filter = Filter::default();
    if let Some((dimension, id)) = look.filter {
        let names = &facts.names;
        let table = match dimension {
            Dimension::Source => &names.sources,
            Dimension::Campaign => &names.campaigns,
            Dimension::Segment => &names.segments,
            Dimension::Rep => &names.people,
        };
        let code = table.code(id);
        assert_eq!(
            code == NONE,
            id.is_none(),
            "the filter names a row of the file"
        );
        filter.toggle(dimension, code);
    }
    filter
}

/// The temporary tables of a look.
fn prepare(sql: &Connection, look: &Look, period: &Period) {
    let mut text = include_str!("scope.sql").to_owned();
    let bound = |n: i64| n.clamp(-4_000_000_000_000, 4_000_000_000_000).to_string();
    for (name, value) in [
        ("{start}", bound(period.start_at.0)),
        ("{end}", bound(period.end_at.0)),
        ("{first}", period.first.0.to_string()),
        ("{last}", period.end.0.to_string()),
        ("{as_of}", look.as_of.to_string()),
        (
            "{all}",
            i64::from(look.population == Population::All).to_string(),
        ),
        (
            "{spend}",
            match look.filter {
                None => "1".into(),
                Some((Dimension::Source, _)) => condition(look, ["x.source_id", "", "", ""]),
                Some((Dimension::Campaign, _)) => condition(look, ["", "x.campaign_id", "", ""]),
                Some(_) => "0".into(),
            },
        ),
        (
            "{unsplit}",
            match look.filter {
                None => "0".into(),
                Some((Dimension::Source, _)) => "x.source_id IS NULL".into(),
                Some((Dimension::Campaign, _)) => "x.campaign_id IS NULL".into(),
                Some(_) => "1".into(),
            },
        ),
    ] {
        text = text.replace(name, &value);
    }
    while let Some(at) = text.find("{filter:") {
        let end = at + text[at..].find('}').unwrap();
        let columns: Vec<&str> = text[at + 8..end].split(',').collect();
        let value = condition(look, columns.try_into().unwrap());
        text.replace_range(at..=end, &value);
    }
    while let Some(at) = text.find("{home:") {
        let end = at + text[at..].find('}').unwrap();
        let parts: Vec<&str> = text[at + 6..end].split(',').collect();
        let [minor, currency, day] = parts.try_into().unwrap();
        let rate = format!(
            "(SELECT CAST(r.rate AS REAL) FROM fx_rate r WHERE r.currency = {currency} AND r.from_on <= {day} ORDER BY r.from_on DESC LIMIT 1)"
        );
        let value =
            format!("iif({currency} = 'EUR', {minor}, CAST(round({minor} * {rate}) AS INTEGER))");
        text.replace_range(at..=end, &value);
    }
    sql.execute_batch(&text).unwrap();
}

fn condition(look: &Look, columns: [&str; 4]) -> String {
    let Some((dimension, id)) = look.filter else {
        return "1".into();
    };
    let column = columns[dimension as usize];
    id.map_or_else(
        || format!("{column} IS NULL"),
        |id| format!("{column} IS {id}"),
    )
}

/// What the two say differently.
fn differ<T: PartialEq + std::fmt::Debug>(what: &str, ours: T, sql: T) -> Result<(), String> {
    if ours == sql {
        Ok(())
    } else {
        Err(format!("{what}: {ours:?}, by SQL {sql:?}"))
    }
}

/// Whether there was a number to compare.
fn agree(sql: &Connection, metric: Metric, mode: Mode, ours: &Figure) -> Result<bool, String> {
    let one = |query: &str| -> Result<Option<i64>, String> {
        let found = sql.query_row(query, [], |row| row.get(0));
        found.map_err(|e| format!("{e}: {query}"))
    };
    match number(metric, mode == Mode::Cohort) {
        Number::Sum(query) => {
            // What is unknown altogether is a dash; SQL says 0 or nothing.
            let Some(value) = ours.value else {
                return Ok(false);
            };
            let scale = if metric == Metric::RepHoursOnRejected {
                60.0
            } else {
                1.0
            };
            differ(
                "value",
                Some((value.real() * scale).round() as i64),
                one(&query)?,
            )?;
            Ok(true)
        }
        Number::Quotient(above, below) => {
            let (above, below) = (one(&above)?, one(&below)?);
            differ("above the line", ours.numerator, above)?;
            if ours.denominator.is_none() {
                return Ok(false);
            }
            differ("below the line", ours.denominator, below)?;
            if metric == Metric::Cac {
                let unsplit = one("SELECT count(*) FROM unsplit")? > Some(0);
                let nothing = unsplit || below <= Some(0) || above == Some(0);
                differ("a dash", ours.value.is_none(), nothing)?;
                if unsplit {
                    return Ok(true);
                }
            }
            match (ours.value, above, below) {
                (Some(value), Some(above), Some(below)) => {
                    let near = |x: f64| (x * 1e9).round() as i64;
                    differ(
                        "quotient",
                        near(value.real()),
                        near(above as f64 / below as f64),
                    )?;
                }
                _ => {
                    let nothing =
                        below.is_none_or(|n| n <= 0) || ours.unpriced > 0 || above == Some(0);
                    differ("a dash", true, nothing)?;
                }
            }
            Ok(true)
        }
        Number::Median(query, unit) => place(sql, &query, "((n + 1) / 2, n / 2 + 1)", unit, ours),
        Number::Ninetieth(query, unit) => place(sql, &query, "((n * 9 + 9) / 10)", unit, ours),
        Number::Real(query) => {
            let theirs: Option<f64> = sql
                .query_row(&query, [], |row| row.get(0))
                .map_err(|e| format!("{e}: {query}"))?;
            let near = |x: Option<f64>| x.map(|x| (x * 1e9).round() as i64);
            differ("value", near(ours.real()), near(theirs))?;
            Ok(theirs.is_some())
        }
        Number::Other => Ok(false),
    }
}

fn place(
    sql: &Connection,
    query: &str,
    places: &str,
    unit: f64,
    ours: &Figure,
) -> Result<bool, String> {
    let query = format!(
        "WITH v AS ({query}), r AS (SELECT v, row_number() OVER (ORDER BY v IS NULL, v) AS i, count(*) OVER () AS n FROM v)
         SELECT iif(count(v) = count(*), avg(v), NULL), (SELECT count(*) FROM v) FROM r WHERE i IN {places}"
    );
    let found = sql.query_row(&query, [], |row| Ok((row.get(0)?, row.get(1)?)));
    let (theirs, n): (Option<f64>, i64) = found.map_err(|e| format!("{e}: {query}"))?;
    differ("n", ours.n as i64, n)?;
    let near = |x: Option<f64>| x.map(|x| (x * 1e6).round() as i64);
    differ("place", near(ours.real()), near(theirs.map(|v| v / unit)))?;
    Ok(n > 0)
}
