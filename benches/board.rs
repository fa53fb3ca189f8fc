//! The whole scoreboard over 1,000,000 generated leads, beside six GROUP BY queries of SQLite and a plain scan over a vector of structs
//! in the same run.
//!
//! The limit for a look is an eighth of what `DuckDB` takes for those six groups; it took a sixth of SQLite's time, so that is 1/48 of the
//! peer here, and never above a frame of 16 ms.
//!
//! `SMARKETING_BENCH_LEADS` changes the number of leads. Nothing is asserted: absolute times drift, ratios are read off.

#[path = "support/room.rs"]
mod room;

use std::sync::LazyLock;

use divan::{Bencher, black_box};
use room::Room;
use rusqlite::Connection;
use smarketing::domain::period::Period;
use smarketing::facts::filter::{Dimension, Filter};
use smarketing::metrics::{Board, Line, Scope, breakdown};

const PERIODS: [&str; 4] = ["all", "2025", "2025-Q2", "2025-05"];

static ROOM: LazyLock<Room> = LazyLock::new(Room::new);

fn main() {
    divan::main();
}

fn through(dimension: Dimension, code: u32) -> Filter {
    let mut filter = Filter::default();
    filter.toggle(dimension, code);
    filter
}

fn one_source() -> Filter {
    through(Dimension::Source, 3)
}

fn one_campaign() -> Filter {
    through(Dimension::Campaign, 17)
}

/// What a key recomputes: the board with its comparisons, and the breakdown.
fn look(scope: &Scope, dimension: Dimension) -> (Board, Vec<Line>) {
    let (facts, book) = (&ROOM.facts, &ROOM.book);
    let board = Board::compute(facts, book, scope);
    (board, breakdown(dimension, facts, book, scope))
}

/// Again: what was added up for the filter is still there, as at each key after the first that changes period or mode.
fn again(bencher: Bencher, period: &str, filter: Filter, dimension: Dimension) {
    let scope = ROOM.period(period).with_filter(&ROOM.facts, filter);
    look(&scope, dimension);
    bencher.bench(|| look(&scope, dimension));
}

/// First: the filter has just been changed, and nothing is known of it.
fn first(bencher: Bencher, period: &str, filter: &Filter, dimension: Dimension) {
    let scope = ROOM.period(period);
    bencher.bench(|| look(&scope.with_filter(&ROOM.facts, filter.clone()), dimension));
}

#[divan::bench(args = PERIODS)]
fn by_source(bencher: Bencher, period: &str) {
    again(bencher, period, Filter::default(), Dimension::Source);
}

#[divan::bench(args = PERIODS)]
fn by_campaign(bencher: Bencher, period: &str) {
    again(bencher, period, Filter::default(), Dimension::Campaign);
}

#[divan::bench(args = PERIODS)]
fn one_source_by_campaign(bencher: Bencher, period: &str) {
    again(bencher, period, one_source(), Dimension::Campaign);
}

#[divan::bench(args = PERIODS)]
fn one_campaign_by_source(bencher: Bencher, period: &str) {
    again(bencher, period, one_campaign(), Dimension::Source);
}

#[divan::bench(args = PERIODS)]
fn first_look_one_source_by_source(bencher: Bencher, period: &str) {
    first(bencher, period, &one_source(), Dimension::Source);
}

#[divan::bench(args = PERIODS)]
fn first_look_one_source_by_campaign(bencher: Bencher, period: &str) {
    first(bencher, period, &one_source(), Dimension::Campaign);
}

#[divan::bench(args = PERIODS)]
fn first_look_one_campaign_by_source(bencher: Bencher, period: &str) {
    first(bencher, period, &one_campaign(), Dimension::Source);
}

#[divan::bench(args = PERIODS)]
fn board_alone(bencher: Bencher, period: &str) {
    let scope = ROOM.period(period);
    bencher.bench(|| Board::compute(&ROOM.facts, &ROOM.book, &scope));
}

#[divan::bench]
fn filter_alone(bencher: Bencher) {
    bencher.bench(|| ROOM.scope.with_filter(&ROOM.facts, one_source()));
}

#[divan::bench]
fn judging_every_row_once(bencher: Bencher) {
    let as_of = ROOM.scope.as_of;
    bencher.bench(|| Scope::new(&ROOM.facts, &ROOM.book, Period::all(), as_of));
}

/// Six groups by source, each over an index that covers it: volume, verdicts, time, pipeline, revenue.
const GROUPS: [&str; 6] = [
    "mql NOT NULL",
    "verdict = 0",
    "verdict = 1",
    "attempt - created",
    "amount",
    "revenue",
];

/// The same leads in a table in memory.
fn table() -> rusqlite::Result<Connection> {
    let conn = Connection::open_in_memory()?;
    conn.execute_batch(
        "CREATE TABLE leads (source, created, mql, verdict, attempt, amount, revenue); BEGIN",
    )?;
    let mut insert = conn.prepare("INSERT INTO leads VALUES (?, ?, ?, ?, ?, ?, ?)")?;
    for row in &ROOM.structs {
        insert.execute((
            row.source,
            row.created,
            row.mql,
            row.verdict.map(|(verdict, _)| verdict),
            row.first_attempt,
            row.qualified.map(|(_, amount)| amount),
            row.won.map(|(_, amount)| amount),
        ))?;
    }
    drop(insert);
    conn.execute_batch(
        "COMMIT;
         CREATE INDEX by_mql ON leads (source, mql);
         CREATE INDEX by_verdict ON leads (source, verdict);
         CREATE INDEX by_attempt ON leads (source, attempt, created);
         CREATE INDEX by_amount ON leads (source, amount);
         CREATE INDEX by_revenue ON leads (source, revenue)",
    )?;
    Ok(conn)
}

/// The peer: six groups in SQL; the board has more than seventy numbers, two other periods and trends.
#[divan::bench(sample_count = 5)]
fn peer_six_groups_in_sqlite(bencher: Bencher) {
    let conn = table().expect("a table in memory");
    let mut queries = GROUPS.map(|sum| {
        let query = format!("SELECT source, sum({sum}) FROM leads GROUP BY source");
        conn.prepare(&query).expect("a query over that table")
    });
    bencher.bench_local(|| {
        let mut groups = 0_usize;
        for query in &mut queries {
            let rows = query.query_map([], |row| row.get::<_, Option<i64>>(1));
            groups += rows.expect("no parameters").flatten().flatten().count();
        }
        black_box(groups)
    });
}

/// Another peer: six sums over a vector of structs, one pass; the board has more than seventy numbers, two other periods and trends.
#[divan::bench]
fn peer_six_sums_over_structs(bencher: Bencher) {
    bencher.bench(|| {
        let mut sums = [0_i64; 6];
        for row in &ROOM.structs {
            sums[0] += i64::from(row.mql.is_some());
            sums[1] += i64::from(row.verdict.is_some_and(|(v, _)| v == 0));
            sums[2] += i64::from(row.verdict.is_some_and(|(v, _)| v == 1));
            sums[3] += row.first_attempt.map_or(0, |at| at - row.created);
            sums[4] += row.qualified.map_or(0, |(_, amount)| amount);
            sums[5] += row.won.map_or(0, |(_, amount)| amount);
        }
        black_box(sums)
    });
}
