//! Runs commands: one IMMEDIATE transaction with policy check, rule check, rows and journal entry, or nothing at all.

mod bulk;
mod catalogue;
mod clash;
mod criteria;
mod deals;
mod desk;
mod init;
mod meeting;
mod qualify;
mod removal;
mod review;
mod signer;
mod standing;
mod targets;
mod verdicts;

pub use bulk::Bulk;
pub(super) use review::proposal;
pub(crate) use signer::signer;

use std::collections::BTreeSet;

use rusqlite::types::Value;
use rusqlite::{OptionalExtension, Transaction, TransactionBehavior};

use super::Store;
use super::error::{Doing, StoreError};
use super::recorder::{Recorder, text};
use super::table::Table;
use super::undo;
use crate::domain::clash::Sight;
use crate::domain::command::{Author, Command};
use crate::domain::ids::JournalId;
use crate::domain::naming;
use crate::domain::policy::Side;
use crate::domain::settings::Settings;

/// What a command did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Applied {
    /// Its journal entry; `None`: everything was so already, nothing was written.
    pub journal_id: Option<JournalId>,
    /// What a person would call it, or why nothing was to be done.
    pub summary: String,
    /// Rows that an undo has left because somebody changed them since, by name.
    pub kept: Vec<String>,
    /// What the person should know of it: stored as unverified, a close date in the past, no currency rate.
    pub notes: Vec<String>,
}

impl Store {
    /// Applies a command as a whole, or not at all. Durable when this returns.
    pub fn apply(&mut self, command: &Command, author: &Author) -> Result<Applied, StoreError> {
        self.apply_seeing(command, author, Sight::Unknown)
    }

    /// The same by somebody who had the workspace in sight up to an entry: what others changed of the same thing since is not
    /// overwritten, and the error is [`StoreError::Clash`] with both sides. Entries of this connection are one's own.
    pub fn apply_seeing(
        &mut self,
        command: &Command,
        author: &Author,
        sight: Sight,
    ) -> Result<Applied, StoreError> {
        self.writable()?;
        let mut own = std::mem::take(&mut self.own);
        let applied = self.apply_beside(command, author, (sight, &own));
        if let Ok(Applied {
            journal_id: Some(entry),
            ..
        }) = &applied
        {
            clash::remember(&mut own, entry.0);
        }
        self.own = own;
        applied
    }

    fn apply_beside(
        &mut self,
        command: &Command,
        author: &Author,
        (sight, own): (Sight, &BTreeSet<i64>),
    ) -> Result<Applied, StoreError> {
        let tx = self.begin()?;
        let (command, deed) = undo::chosen(&tx, command, author)?;
        let signer = signer(&tx, author, deed)?;
        let mut recorder = Recorder::new(&tx, signer, verb(&command)).seeing(sight);
        let (mut summary, kept) = match &command {
            Command::UndoBatch(batch) => {
                let (undoing, summary, kept) = undo::batch(recorder, *batch)?;
                recorder = undoing;
                (summary, kept)
            }
            Command::Undo(Some(entry)) => {
                let (undoing, summary) = undo::entry(recorder, *entry)?;
                recorder = undoing;
                (summary, Vec::new())
            }
            _ => {
                let summary = clash::perform_seeing(&mut recorder, &command, own)?;
                (summary, Vec::new())
            }
        };
        let notes = std::mem::take(&mut recorder.notes);
        let journal_id = recorder.finish(&summary)?.map(JournalId);
        tx.commit().doing("saving the change")?;
        if journal_id.is_none() {
            summary.push_str(": it was so already");
        }
        Ok(Applied {
            journal_id,
            summary,
            kept,
            notes,
        })
    }

    /// Switches the check of references; off only while an import writes ids that it has looked up itself.
    pub(crate) fn foreign_keys(&self, on: bool) -> Result<(), StoreError> {
        self.conn
            .pragma_update(None, "foreign_keys", on)
            .doing("starting a change")
    }

    /// A transaction that may write from its start: reading first and writing then would fail under many writers.
    pub(crate) fn begin(&mut self) -> Result<Transaction<'_>, StoreError> {
        self.data_version()?;
        // An import leaves it off; inside a transaction it cannot be switched.
        self.foreign_keys(true)?;
        let path = self.path.as_deref();
        Transaction::new(&mut self.conn, TransactionBehavior::Immediate)
            .doing("starting a change")
            .map_err(|error| error.blaming(path))
    }
}

fn verb(command: &Command) -> &'static str {
    match command {
        Command::Init(_) => "init",
        Command::Reshape(_) => "reshape",
        Command::Set { .. } => "set",
        Command::PutPerson { .. } => "person",
        Command::SetTarget { .. } => "target",
        Command::PutSource { .. } => "source",
        Command::AddSpend { .. } => "spend",
        Command::SetRate { .. } => "rate",
        Command::AddHoliday { .. } => "holiday",
        Command::UndoBatch(_) | Command::Undo(_) => "undo",
        Command::Redo => "redo",
        Command::Desk(desk) => desk.verb(),
        Command::Qualify(_) => "qualify",
        Command::Deal { change, .. } => change.verb(),
        Command::Catalogue(change) => change.verb(),
        Command::Criteria(change) => change.verb(),
        Command::Meeting(change) => change.verb(),
        Command::Review(review) => review.verb(),
    }
}

/// What desk and deals are judged by, read at the first command that needs it.
#[derive(Default)]
struct Rooms(Option<standing::Room>);

impl Rooms {
    fn get(&mut self, to: &Recorder<'_>) -> Result<&standing::Room, StoreError> {
        if self.0.is_none() {
            self.0 = Some(standing::Room::read(to)?);
        }
        self.0.as_ref().ok_or(StoreError::NotSetUp)
    }
}

fn perform(
    to: &mut Recorder<'_>,
    rooms: &mut Rooms,
    command: &Command,
) -> Result<String, StoreError> {
    if !matches!(command, Command::Init(_)) && !init::is_set_up(to)? {
        return Err(StoreError::NotSetUp);
    }
    match command {
        Command::Init(workspace) => init::init(to, workspace),
        Command::Reshape(workspace) => init::reshape(to, workspace),
        Command::Set { key, value } => set(to, key, *value),
        Command::PutPerson { handle, name, side } => put_person(to, handle, name, *side),
        Command::SetTarget {
            metric,
            start,
            end,
            value,
        } => targets::set_target(to, metric, (*start, *end), *value),
        Command::PutSource { name, side, free } => {
            let name = required("a source's name", name, 200)?;
            let cells = [
                ("side", Value::Text(side.word().into())),
                ("free", Value::Integer(i64::from(*free))),
            ];
            upsert(to, Table::Source, ("name", name), &cells)?;
            let price = if *free { ", free" } else { "" };
            Ok(format!("source {name}: {}{price}", side.label()))
        }
        Command::AddSpend {
            source,
            campaign,
            on,
            kind,
            amount,
        } => {
            let what = (source.as_deref(), campaign.as_deref());
            targets::add_spend(to, what, *on, *kind, *amount)
        }
        Command::SetRate {
            currency,
            from,
            rate,
        } => targets::set_rate(to, *currency, *from, rate),
        Command::AddHoliday { day, name } => {
            let cells = [
                ("on_on", Value::Integer(i64::from(day.0))),
                ("name", text(Some(name.trim()))),
            ];
            put(
                to,
                Table::Holiday,
                find(to, Table::Holiday, "on_on", &cells[0].1)?,
                &cells,
            )?;
            Ok(format!("holiday {day} {}", name.trim()))
        }
        Command::Desk(desk) => desk::perform(to, rooms.get(to)?, desk),
        Command::Qualify(asked) => qualify::perform(to, rooms.get(to)?, asked),
        Command::Deal { deal, change } => deals::perform(to, rooms.get(to)?, *deal, change),
        Command::Review(what) => review::perform(to, rooms.get(to)?, what),
        Command::Criteria(change) => criteria::perform(to, rooms.get(to)?, change),
        Command::Meeting(change) => meeting::perform(to, rooms.get(to)?, change),
        Command::Catalogue(change) => {
            rooms.0 = None;
            catalogue::perform(to, change)
        }
        Command::UndoBatch(_) | Command::Undo(_) | Command::Redo => Ok(String::new()),
    }
}

fn set(to: &mut Recorder<'_>, key: &str, value: i64) -> Result<String, StoreError> {
    let mut settings = super::book::settings(to.conn)?;
    settings.set(key, value)?;
    if settings.business_start >= settings.business_end {
        return Err(StoreError::refused(
            "business hours must begin before they end (minutes after midnight)",
        ));
    }
    let same_as_default = Settings::default().get(key) == Some(value);
    let known = find(to, Table::Setting, "key", &Value::Text(key.into()))?;
    if known.is_some() || !same_as_default {
        upsert(
            to,
            Table::Setting,
            ("key", key),
            &[("value", Value::Integer(value))],
        )?;
    }
    Ok(format!("{key} = {value}"))
}

fn put_person(
    to: &mut Recorder<'_>,
    handle: &str,
    name: &str,
    side: Side,
) -> Result<String, StoreError> {
    let handle = required("a handle", handle, 80)?;
    let name = required("a person's name", name, 200)?;
    let cells = [
        ("name", Value::Text(name.into())),
        ("side", Value::Text(side.word().into())),
        ("active", Value::Integer(1)),
    ];
    upsert(to, Table::Person, ("handle", handle), &cells)?;
    Ok(format!("{handle}: {name}, {}", side.label()))
}

/// Changes the row whose `key` column has this text, or adds it; gives its id.
fn upsert(
    to: &mut Recorder<'_>,
    table: Table,
    key: (&str, &str),
    cells: &[(&str, Value)],
) -> Result<i64, StoreError> {
    let value = Value::Text(key.1.to_owned());
    if let Some(id) = find(to, table, key.0, &value)? {
        to.update(table, id, cells)?;
        return Ok(id);
    }
    let mut all = vec![(key.0, value)];
    all.extend_from_slice(cells);
    to.insert(table, &all)
}

/// Changes the row of that id, or adds one where there is none.
fn put(
    to: &mut Recorder<'_>,
    table: Table,
    known: Option<i64>,
    cells: &[(&str, Value)],
) -> Result<(), StoreError> {
    match known {
        Some(id) => to.update(table, id, cells).map(|_| ()),
        None => to.insert(table, cells).map(|_| ()),
    }
}

/// The id of the row whose column has this value.
fn find(
    to: &Recorder<'_>,
    table: Table,
    column: &str,
    value: &Value,
) -> Result<Option<i64>, StoreError> {
    let sql = format!("SELECT id FROM {} WHERE {column} = ?1", table.word());
    to.conn
        .prepare_cached(&sql)
        .doing("looking up a row")?
        .query_row([value], |row| row.get(0))
        .optional()
        .doing("looking up a row")
}

/// The id of the row of that name, made when it is new.
fn named(to: &mut Recorder<'_>, table: Table, name: Option<&str>) -> Result<Value, StoreError> {
    let Some(name) = name.map(str::trim).filter(|name| !name.is_empty()) else {
        return Ok(Value::Null);
    };
    upsert(to, table, ("name", name), &[]).map(Value::Integer)
}

/// Trimmed text that must not be empty and not be longer than a name can be.
fn required<'a>(what: &str, given: &'a str, longest: usize) -> Result<&'a str, StoreError> {
    let trimmed = given.trim();
    if trimmed.is_empty() {
        return Err(StoreError::refused(format!("{what} is empty")));
    }
    if trimmed.chars().count() > longest {
        return Err(StoreError::refused(format!(
            "{what} is longer than {longest} characters"
        )));
    }
    if let Some(c) = naming::unseen(trimmed) {
        return Err(StoreError::refused(format!(
            "{what} holds a character that cannot be seen (U+{:04X})",
            c as u32
        )));
    }
    Ok(trimmed)
}
