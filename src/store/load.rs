//! Fills the columnar history from the tables. Reads in one transaction; decides nothing.

pub(super) mod challenges;
mod custom;
pub(super) mod deals;
mod domains;
pub(super) mod feedback;
pub(super) mod fields;
mod handoffs;
mod leads;
pub(super) mod names;
mod own;
mod proofs;
mod stamps;
mod texts;

pub use custom::FieldLine;

use std::collections::BTreeSet;

use rusqlite::Connection;

use super::Store;
use super::error::{Doing, StoreError};
use crate::domain::settings::Settings;
use crate::facts::Facts;

/// How far a long read or write is: rows done, and rows expected.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Rows done.
    pub done: u64,
    /// Rows expected; an estimate.
    pub total: u64,
}

/// Rows between two reports.
const STEP: u64 = 65_536;

/// Reports progress now and then.
pub(crate) struct Reporter<'p> {
    progress: &'p mut dyn FnMut(Progress),
    so_far: Progress,
}

impl Reporter<'_> {
    /// Counts one row.
    pub(crate) fn row(&mut self) {
        self.so_far.done += 1;
        if self.so_far.done.is_multiple_of(STEP) {
            (self.progress)(self.so_far);
        }
    }
}

impl Store {
    /// Reads the whole history: the kept columns brought up to date, else the tables. `progress` is called every few ten thousand rows.
    pub fn load_facts(&self, progress: &mut dyn FnMut(Progress)) -> Result<Facts, StoreError> {
        let snapshot = self
            .conn
            .unchecked_transaction()
            .doing("reading the history")?;
        let facts = match self.load_cache()? {
            Some(mut facts) => {
                self.refresh_within(&mut facts)?;
                facts
            }
            None => self.load_tables(progress)?,
        };
        snapshot.commit().doing("reading the history")?;
        Ok(facts)
    }

    /// Reads the whole history from its tables.
    pub(crate) fn load_tables(
        &self,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<Facts, StoreError> {
        let conn = &self.conn;
        let settings = super::book::settings(conn)?;
        let mut facts = Facts {
            journal_id: self.journal_id()?,
            ..Facts::default()
        };
        let mut reporter = Reporter {
            progress,
            so_far: Progress {
                done: 0,
                total: expected(conn)?,
            },
        };
        names::load(conn, &mut facts)?;
        leads::load(conn, &mut facts, &mut reporter)?;
        handoffs::load(conn, &settings, &mut facts, &mut reporter)?;
        deals::load(conn, &mut facts, &mut reporter)?;
        challenges::load(conn, &mut facts)?;
        feedback::load(conn, &mut facts)?;
        facts.index();
        Ok(facts)
    }
}

pub(super) fn expected(conn: &Connection) -> Result<u64, StoreError> {
    conn.query_row(
        "SELECT coalesce((SELECT max(id) FROM lead), 0) + coalesce((SELECT max(id) FROM handoff), 0)
              + coalesce((SELECT max(id) FROM opportunity), 0) + coalesce((SELECT max(id) FROM spend), 0)",
        [],
        |row| row.get(0).map(|n: i64| n as u64),
    )
    .doing("reading the history")
}

/// Which rows of a table changed; what [`reread`] reads anew.
#[derive(Debug, Default, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "tables that are read whole changed or did not, each by itself"
)]
pub(crate) struct Stale {
    pub leads: Vec<i64>,
    pub handoffs: Vec<i64>,
    pub deals: Vec<i64>,
    pub spend: Vec<i64>,
    pub gone_handoffs: BTreeSet<i64>,
    pub gone_deals: BTreeSet<i64>,
    pub events: bool,
    pub names: bool,
    pub challenges: bool,
    pub feedback: bool,
}

/// Above this many changed rows the clocks are sorted once, instead of following each row.
const FEW: usize = 200;

/// When the clocks learn of a row.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Clocks {
    /// With the row.
    Follow,
    /// After all rows.
    Later,
}

/// Reads changed rows anew and puts them in their places.
pub(crate) fn reread(
    conn: &Connection,
    settings: &Settings,
    facts: &mut Facts,
    stale: &Stale,
) -> Result<(), StoreError> {
    if stale.names {
        names::load(conn, facts)?;
    }
    for id in stale.gone_deals.iter().rev() {
        facts.opportunities.drop_last(*id);
    }
    for id in stale.gone_handoffs.iter().rev() {
        facts.handoffs.drop_last(*id);
    }
    let rows = stale.leads.len() + stale.handoffs.len() + stale.deals.len();
    let clocks = if rows > FEW {
        Clocks::Later
    } else {
        Clocks::Follow
    };
    leads::reread(conn, facts, &stale.leads, clocks)?;
    handoffs::reread(conn, settings, facts, &stale.handoffs, clocks)?;
    deals::reread(conn, facts, stale, clocks)?;
    if clocks == Clocks::Later {
        facts.index();
    }
    if stale.challenges {
        challenges::load(conn, facts)?;
    }
    if stale.feedback {
        feedback::load(conn, facts)?;
    }
    Ok(())
}
