//! Takes records into the workspace: finds what is known, adds or changes rows, lists what it did not take. One transaction,
//! one batch, one journal entry; dropped before [`Import::finish`] it leaves nothing.

mod accounts;
mod bulk;
mod channels;
mod check;
mod contacts;
mod custom;
mod deals;
mod finder;
mod handoffs;
mod journalling;
mod leads;
mod merge;
mod names;
mod reasons;
mod report;
mod returns;
mod seen;
mod spend;
mod stages;
mod state;
mod writer;

use rusqlite::{Transaction, params};

use super::Store;
use super::apply::signer;
use super::error::{Doing, StoreError};
use super::table::Table;
use crate::domain::command::Author;
use crate::domain::ids::BatchId;
use crate::domain::import::{CustomField, ImportRow, OwnReason, Refusal};
use crate::domain::policy::Deed;

pub(super) use finder::index_accounts;
use journalling::Journalling;
pub use report::{ImportReport, Kind, Noted, Notes};
use state::State;

/// Whether an import is kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Rehearsal {
    /// It is kept.
    #[default]
    No,
    /// It runs as if, and is rolled back: the report says what would happen.
    Yes,
}

/// What a refused record does to the others.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Strictness {
    /// The others are taken.
    #[default]
    Lenient,
    /// Nothing is taken.
    Strict,
}

/// What an import is told before its records.
#[derive(Clone, Debug, Default)]
pub struct ImportPlan {
    /// The file's name, for the journal.
    pub file: Option<String>,
    /// The preset or map that read it.
    pub map: Option<String>,
    /// Custom fields that its records carry.
    pub fields: Vec<CustomField>,
    /// Names of stages in the order of the funnel, where the map knows it.
    pub stages: Vec<String>,
    /// Reasons of another workspace's own that its records may name.
    pub reasons: Vec<OwnReason>,
    /// Whether it is kept.
    pub rehearsal: Rehearsal,
    /// What a refusal does.
    pub strictness: Strictness,
}

/// What becomes of an import's transaction.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Ending {
    Kept,
    TakenBack,
}

/// An import under way.
pub struct Import<'s> {
    tx: Transaction<'s>,
    state: State,
    plan: ImportPlan,
    // After the transaction, since fields are dropped in this order.
    _journalling: Journalling<'s>,
}

impl<'s> Import<'s> {
    /// Starts a batch: policy check, custom fields, and the quick way in when the tables are empty.
    pub fn begin(
        store: &'s mut Store,
        author: &Author,
        plan: ImportPlan,
    ) -> Result<Import<'s>, StoreError> {
        store.writable()?;
        if !store.is_set_up()? {
            return Err(StoreError::NotSetUp);
        }
        let doing = "starting the import";
        store.data_version()?;
        store.foreign_keys(false)?;
        let journalling = Journalling::begin(&store.conn)?;
        let tx = journalling
            .transaction()
            .map_err(|error| error.blaming(store.path()))?;
        let signer = signer(&tx, author, Some(Deed::Settings))?;
        tx.execute(
            "INSERT INTO batch (kind, file, map, at, person_id) VALUES ('import', ?1, ?2, ?3, ?4)",
            params![plan.file, plan.map, signer.at, signer.person_id],
        )
        .doing(doing)?;
        let batch = BatchId(tx.last_insert_rowid());
        let mut state = State::new(&tx, signer, batch)?;
        custom::declare(&tx, &mut state, &plan.fields)?;
        reasons::declare(&tx, &mut state, &plan.reasons)?;
        bulk::prepare(&tx, &mut state)?;
        Ok(Import {
            tx,
            state,
            plan,
            _journalling: journalling,
        })
    }

    /// Takes records. What cannot be taken is refused and listed; an error means that the import as a whole has failed.
    pub fn push(&mut self, rows: &[ImportRow]) -> Result<(), StoreError> {
        state::take(&self.tx, &mut self.state, rows)
    }

    /// Counts records that the reader of the file has refused, so that the report adds up.
    pub fn refused_by_reader(&mut self, kind: Kind, records: u64) {
        self.state.report.tally(kind).refused += records;
    }

    /// The refusals since the last call, for the file of refused rows.
    pub fn drain_refusals(&mut self) -> Vec<Refusal> {
        std::mem::take(&mut self.state.report.refusals)
    }

    /// Ends the import: links deals whose lead came later, makes the indexes, writes the one journal entry and commits.
    pub fn finish(mut self) -> Result<ImportReport, StoreError> {
        deals::link_late(&self.tx, &mut self.state)?;
        returns::make(&self.tx, &mut self.state)?;
        contacts::settle_evidence(&self.tx, &mut self.state)?;
        stages::settle(&self.tx, &mut self.state, &self.plan.stages)?;
        let mut report = std::mem::take(&mut self.state.report);
        let refused = report.refused();
        let strict = self.plan.strictness == Strictness::Strict && refused > 0;
        if strict {
            report.taken_back = true;
        }
        let changed = self.state.changed();
        if strict || !changed || self.plan.rehearsal == Rehearsal::Yes {
            self.end(Ending::TakenBack)?;
            return Ok(report);
        }
        bulk::finish(&self.tx, &mut self.state)?;
        let mut recorder = self.state.recorder(&self.tx);
        self.state.write_runs(&mut recorder)?;
        let handoffs = self.state.runs_of(Table::Handoff);
        for ids in handoffs {
            for version in super::criteria::stamp(&self.tx, ids)? {
                recorder.rests_on(Table::Criteria, version)?;
            }
        }
        recorder.finish(&summary(&self.plan, &report))?;
        self.tx
            .execute(
                "UPDATE batch SET counts = ?2 WHERE id = ?1",
                params![self.state.batch.0, report.counts_json()],
            )
            .doing("finishing the import")?;
        if let Some(keeper) = self.state.keeper.take() {
            keeper.finish(&self.tx, self.state.journal_id)?;
        }
        report.batch = Some(self.state.batch);
        self.end(Ending::Kept)?;
        Ok(report)
    }

    /// Gives the import up; nothing is left of it.
    pub fn cancel(self) -> Result<(), StoreError> {
        self.end(Ending::TakenBack)
    }

    /// Commits or rolls back.
    fn end(self, how: Ending) -> Result<(), StoreError> {
        match how {
            Ending::Kept => self.tx.commit(),
            Ending::TakenBack => self.tx.rollback(),
        }
        .doing("finishing the import")
    }
}

fn summary(plan: &ImportPlan, report: &ImportReport) -> String {
    let (added, updated) = report.written();
    let file = plan.file.as_deref().unwrap_or("records");
    format!("import {file}: {added} added, {updated} updated")
}
