//! What an import carries from record to record, and the one loop over its records.

use fixedbitset::FixedBitSet;
use rusqlite::Connection;
use rustc_hash::{FxHashMap, FxHashSet};

use super::super::book::{self, rows};
use super::super::cache::Keeper;
use super::super::error::{Doing, StoreError};
use super::super::recorder::{Recorder, Signer, cells};
use super::super::table::Table;
use super::finder::Finder;
use super::names::Names;
use super::report::{ImportReport, Kind};
use super::returns::Return;
use super::writer::Writer;
use super::{accounts, contacts, deals, leads, spend};
use crate::domain::calendar::Calendar;
use crate::domain::ids::BatchId;
use crate::domain::import::{ImportRecord, ImportRow, Key, Refusal};
use crate::domain::moment::Moment;

/// What became of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Fate {
    Unchanged,
    Updated,
    Added,
}

/// A record that is not taken, or an import that fails as a whole.
#[derive(Debug)]
pub(super) enum Stop {
    Refused(Refusal),
    Failed(StoreError),
}

impl From<StoreError> for Stop {
    fn from(error: StoreError) -> Stop {
        Stop::Failed(error)
    }
}

/// Ids of the rows that this import adds: one run for each table, because it is the only writer.
pub(super) struct Ids {
    first: [i64; TABLES],
    next: [i64; TABLES],
}

const TABLES: usize = Table::ALL.len();

impl Ids {
    fn new(conn: &Connection) -> Result<Ids, StoreError> {
        let mut first = [1; TABLES];
        for table in Table::ALL {
            let sql = format!("SELECT coalesce(max(id), 0) + 1 FROM {}", table.word());
            first[*table as usize] = conn
                .query_row(&sql, [], |row| row.get(0))
                .doing("starting the import")?;
        }
        Ok(Ids { first, next: first })
    }

    /// The id of the next new row.
    pub(super) fn take(&mut self, table: Table) -> i64 {
        let id = self.next[table as usize];
        self.next[table as usize] += 1;
        id
    }

    /// Whether this import has added the row.
    pub(super) fn is_new(&self, table: Table, id: i64) -> bool {
        id >= self.first[table as usize]
    }

    /// Whether the table had no row before.
    pub(super) fn was_empty(&self, table: Table) -> bool {
        self.first[table as usize] == 1
    }

    fn runs(&self) -> impl Iterator<Item = (Table, (i64, i64))> + '_ {
        Table::ALL.iter().filter_map(|table| {
            let at = *table as usize;
            (self.next[at] > self.first[at]).then(|| (*table, (self.first[at], self.next[at] - 1)))
        })
    }
}

/// Everything but the transaction.
pub(super) struct State {
    pub signer: Signer,
    /// The workspace's own moment where it is fixed, else the import's.
    pub now: Moment,
    pub calendar: Calendar,
    pub batch: BatchId,
    pub journal_id: i64,
    pub report: ImportReport,
    pub names: Names,
    pub finder: Finder,
    pub ids: Ids,
    /// Columns that people have set here, by row: an export never overwrites them.
    pub by_people: FxHashMap<(Table, i64), Vec<String>>,
    /// Older rows that a record of this import has spoken of already; the first record wins.
    pub spoken_of: FxHashMap<Table, FixedBitSet>,
    pub updates: u64,
    /// Indexes to be made at the end, with their tables.
    pub indexes: Vec<(Table, String)>,
    /// The lead that the record before has added, for the deal of the same line.
    pub just_added: Option<(i64, deals::FromLead)>,
    /// Deals whose lead has not been found yet.
    pub waiting: Vec<(i64, Key, u64)>,
    /// The columns of what comes into an empty file; gone where a new row was changed since.
    pub keeper: Option<Keeper>,
    /// Handoffs that got attempts.
    pub tried: Vec<i64>,
    /// Handoffs from before that got a rejection for which the file shows no evidence.
    pub unproven: Vec<i64>,
    /// Returns of recycled leads, to be made at the end.
    pub returns: Vec<Return>,
    /// How many attempts are agreed, and within how many minutes several channels are one.
    pub min_attempts: i64,
    pub merge_minutes: i64,
    /// Companies of which leads' rows have told the industry, the headcount.
    pub told_of: FxHashMap<i64, (bool, bool)>,
    /// How often a spend key has occurred.
    pub spend_turns: FxHashMap<spend::SpendKey, i64>,
    /// Attempts of which a row without an id of this file has told.
    pub attempts_told: FxHashSet<i64>,
}

impl State {
    pub(super) fn new(
        conn: &Connection,
        signer: Signer,
        batch: BatchId,
    ) -> Result<State, StoreError> {
        let journal_id = Recorder::new(conn, signer.clone(), "import")
            .of_batch(batch.0)
            .journal_id()?;
        let settings = book::settings(conn)?;
        let workspace = book::workspace(conn)?.ok_or(StoreError::NotSetUp)?;
        Ok(State {
            now: workspace.as_of.unwrap_or(Moment(signer.at)),
            calendar: workspace.calendar(&settings, book::holidays(conn)?)?,
            min_attempts: settings.min_attempts,
            merge_minutes: settings.merge_minutes,
            signer,
            batch,
            journal_id,
            report: ImportReport::default(),
            names: Names::new(conn)?,
            finder: Finder::new(),
            ids: Ids::new(conn)?,
            by_people: by_people(conn)?,
            spoken_of: FxHashMap::default(),
            updates: 0,
            indexes: Vec::new(),
            just_added: None,
            waiting: Vec::new(),
            keeper: None,
            tried: Vec::new(),
            unproven: Vec::new(),
            returns: Vec::new(),
            told_of: FxHashMap::default(),
            spend_turns: FxHashMap::default(),
            attempts_told: FxHashSet::default(),
        })
    }

    /// Whether anything was written.
    pub(super) fn changed(&self) -> bool {
        self.updates > 0 || self.ids.runs().next().is_some()
    }

    /// A recorder of this import's one entry.
    pub(super) fn recorder<'c>(&self, conn: &'c Connection) -> Recorder<'c> {
        Recorder::resumed(conn, self.signer.clone(), self.journal_id)
    }

    /// Notes the runs of added rows.
    pub(super) fn write_runs(&self, recorder: &mut Recorder<'_>) -> Result<(), StoreError> {
        for (table, ids) in self.ids.runs() {
            recorder.run("insert", table, ids)?;
        }
        Ok(())
    }

    /// The rows of a table that this import has put in.
    pub(super) fn runs_of(&self, table: Table) -> Vec<(i64, i64)> {
        let all = self.ids.runs();
        all.filter(|(of, _)| *of == table)
            .map(|(_, ids)| ids)
            .collect()
    }

    /// Whether a record of this import has spoken of the row before; notes that one has now.
    pub(super) fn speak_of(&mut self, table: Table, id: i64) -> bool {
        if self.ids.is_new(table, id) {
            return true;
        }
        let bits = self.spoken_of.entry(table).or_default();
        bits.grow(id as usize + 1);
        bits.put(id as usize)
    }
}

/// Columns set by people's own entries; imports' and their undos' entries carry a batch.
fn by_people(conn: &Connection) -> Result<FxHashMap<(Table, i64), Vec<String>>, StoreError> {
    let mut found: FxHashMap<(Table, i64), Vec<String>> = FxHashMap::default();
    let sql =
        "SELECT c.entity, c.first_id, c.after FROM change c JOIN journal j ON j.id = c.journal_id
               WHERE j.batch_id IS NULL AND c.after IS NOT NULL AND c.entity IN
               ('lead', 'handoff', 'opportunity', 'account', 'person', 'spend', 'source')";
    let changes = rows(conn, sql, |row| {
        Ok((
            row.get::<_, String>(0)?,
            row.get::<_, i64>(1)?,
            row.get::<_, String>(2)?,
        ))
    })?;
    for (entity, id, after) in changes {
        let Some(table) = Table::parse(&entity) else {
            continue;
        };
        let columns = found.entry((table, id)).or_default();
        for (column, _) in cells(&after)? {
            if !columns.contains(&column) {
                columns.push(column);
            }
        }
    }
    // What the room speaks of, or has spoken of, stays as it was said.
    let challenged = rows(
        conn,
        "SELECT handoff_id FROM challenge WHERE state <> 'withdrawn'",
        |row| row.get::<_, i64>(0),
    )?;
    for handoff in challenged {
        let columns = found.entry((Table::Handoff, handoff)).or_default();
        columns.extend(["verdict", "evidence"].map(str::to_owned));
    }
    Ok(found)
}

/// Statements of the hot path, looked up once for each push.
pub(super) struct Writers<'c> {
    pub lead: Writer<'c>,
    pub handoff: Writer<'c>,
    pub deal: Writer<'c>,
    pub link: Writer<'c>,
    pub event: Writer<'c>,
    pub spend: Writer<'c>,
}

impl<'c> Writers<'c> {
    pub(super) fn new(conn: &'c Connection) -> Result<Writers<'c>, StoreError> {
        let prepare = |sql| Writer::new(conn, sql);
        Ok(Writers {
            lead: prepare(leads::INSERT)?,
            handoff: prepare(super::handoffs::INSERT)?,
            deal: prepare(deals::INSERT)?,
            link: prepare(deals::LINK)?,
            event: prepare(deals::EVENT)?,
            spend: prepare(spend::INSERT)?,
        })
    }
}

/// Records whose keys are looked up side by side.
const TOGETHER: usize = 128;

/// Takes records one by one.
pub(super) fn take(
    conn: &Connection,
    state: &mut State,
    rows: &[ImportRow],
) -> Result<(), StoreError> {
    state.names.forget_places();
    let mut writers = Writers::new(conn)?;
    for (at, row) in rows.iter().enumerate() {
        if at.is_multiple_of(TOGETHER) {
            let next = &rows[at..rows.len().min(at + TOGETHER)];
            state.finder.warm(next);
            state.names.look_ahead(next);
        }
        if let ImportRecord::Firm(firm) = &row.record {
            accounts::take_beside(conn, state, row.line, firm)?;
            continue;
        }
        let kind = Kind::of(&row.record);
        let line = row.line;
        match take_one(conn, &mut writers, state, row) {
            Ok(fate) => {
                let tally = state.report.tally(kind);
                match fate {
                    Fate::Added => tally.added += 1,
                    Fate::Updated => tally.updated += 1,
                    Fate::Unchanged => tally.unchanged += 1,
                }
            }
            Err(Stop::Refused(refusal)) => {
                state.report.tally(kind).refused += 1;
                state.report.refusals.push(Refusal { line, ..refusal });
            }
            Err(Stop::Failed(error)) => return Err(error),
        }
    }
    drop(writers);
    state.names.forget_places();
    super::bulk::keep_bounds(conn, state)
}

fn take_one(
    conn: &Connection,
    writers: &mut Writers<'_>,
    state: &mut State,
    row: &ImportRow,
) -> Result<Fate, Stop> {
    let line = row.line;
    match &row.record {
        ImportRecord::Lead(lead) => leads::take(conn, writers, state, line, lead),
        ImportRecord::Opportunity(deal) => deals::take(conn, writers, state, line, deal),
        ImportRecord::Account(account) => accounts::take(conn, state, line, account),
        ImportRecord::Firm(firm) => {
            accounts::take_beside(conn, state, line, firm).map_err(Stop::from)
        }
        ImportRecord::Person(person) => accounts::take_person(conn, state, line, person),
        ImportRecord::Spend(spend) => spend::take(conn, writers, state, line, spend),
        ImportRecord::Touch(touch) => contacts::take_touch(conn, state, line, touch),
        ImportRecord::Attempt(attempt) => contacts::take_attempt(conn, state, line, attempt),
    }
}
