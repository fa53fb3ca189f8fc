//! The store's tests: commands and their undo, odd files, many writers.

mod again;
mod beside;
mod commands;
mod criteria;
mod damage;
mod desk;
mod every;
mod files;
mod import_ends;
mod imports;
mod known;
mod meeting;
mod records;
mod review;
mod strangers;

use std::fmt::Write as _;

use crate::domain::command::{Author, Command};
use crate::domain::moment::{Day, Moment};
use crate::domain::money::Currency;
use crate::domain::policy::Side;
use crate::domain::workspace::Workspace;

use super::Store;

/// 2025-06-01T12:00:00Z.
pub(super) const NOW: Moment = Moment(1_748_779_200);

pub(super) fn workspace() -> Workspace {
    Workspace {
        name: "Acme".into(),
        currency: Currency::EUR,
        time_zone: "Europe/Berlin".into(),
        fiscal_year_start: 1,
        week_start: 1,
        as_of: None,
    }
}

pub(super) fn nobody() -> Author {
    author(None)
}

pub(super) fn author(handle: Option<&str>) -> Author {
    Author {
        handle: handle.map(str::to_owned),
        os_user: "tester".into(),
        at: NOW,
    }
}

pub(super) fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

pub(super) fn person(handle: &str, side: Side) -> Command {
    Command::PutPerson {
        handle: handle.into(),
        name: handle.to_uppercase(),
        side,
    }
}

/// A workspace in memory, set up.
pub(super) fn store() -> Store {
    set_up(Store::open_in_memory().unwrap())
}

pub(super) fn set_up(mut store: Store) -> Store {
    store.apply(&Command::Init(workspace()), &nobody()).unwrap();
    store
}

/// Every row of every table but the journal, as text.
pub(super) fn dump(store: &Store) -> String {
    let mut out = String::new();
    for table in super::table::Table::ALL {
        let sql = format!("SELECT * FROM {} ORDER BY id", table.word());
        let mut stmt = store.conn.prepare_cached(&sql).unwrap();
        let columns = stmt.column_count();
        let mut rows = stmt.query([]).unwrap();
        while let Some(row) = rows.next().unwrap() {
            out.push_str(table.word());
            for column in 0..columns {
                let value = row.get_ref(column).unwrap();
                write!(out, " | {value:?}").unwrap();
            }
            out.push('\n');
        }
    }
    out
}

pub(super) fn count(store: &Store, sql: &str) -> i64 {
    store.conn.query_row(sql, [], |row| row.get(0)).unwrap()
}

/// A history as text; addresses in memory and spare room left out.
pub(super) fn shape(facts: &crate::facts::Facts) -> String {
    let text = format!("{facts:?}");
    let mut parts = text.split("FixedBitSet { data: ");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        out.push_str(part.split_once("length").map_or(part, |(_, rest)| rest));
    }
    let contactable: Vec<usize> = facts.leads.contactable.ones().collect();
    write!(out, "{contactable:?}").unwrap();
    out
}

/// Fails with a short message: the whole history would fill the screen.
pub(super) fn assert_same(ours: &crate::facts::Facts, other: &crate::facts::Facts, what: &str) {
    let (ours, other) = (shape(ours), shape(other));
    let at = ours.bytes().zip(other.bytes()).position(|(a, b)| a != b);
    let near = |text: &str| {
        let at = at.unwrap_or(0).saturating_sub(60);
        text.chars().skip(at).take(120).collect::<String>()
    };
    assert!(ours == other, "{what}: {} <> {}", near(&ours), near(&other));
}
