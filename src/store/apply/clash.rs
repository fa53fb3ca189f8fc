//! Whether somebody changed the same thing since the author saw it. Looked up within the writing transaction; writes nothing itself.

use std::collections::BTreeSet;

use rusqlite::{OptionalExtension, params};

use super::super::error::{Doing, StoreError};
use super::super::recorder::{self, Recorder};
use super::super::table::Table;
use super::{Rooms, perform};
use crate::domain::clash::{Clash, Sight, Theirs, verdict_of};
use crate::domain::command::Command;
use crate::domain::criteria::version::CriteriaChange;
use crate::domain::desk::Desk;
use crate::domain::ids::{CriteriaId, JournalId};
use crate::domain::moment::Moment;
use crate::domain::verdict::Verdict;
use crate::text::clean;

/// Columns that only note that something was changed, by whom and when.
const NOTES: &[&str] = &[
    "revision",
    "edited_at",
    "edited_by",
    "last_activity_at",
    "stage_since_at",
];

/// Performs a command of somebody who saw the file up to an entry; refuses with both sides where it would overwrite what others
/// did since. `own`: entries of the same terminal.
pub(super) fn perform_seeing(
    to: &mut Recorder<'_>,
    command: &Command,
    own: &BTreeSet<i64>,
) -> Result<String, StoreError> {
    let mut rooms = Rooms::default();
    let Some(JournalId(seen)) = to.sight.seen() else {
        return perform(to, &mut rooms, command);
    };
    if let (Sight::Over(_), Some((handoff, _))) = (to.sight, verdict_of(command))
        && verdict(to, handoff.0)?.is_some()
    {
        perform(to, &mut rooms, &Command::Desk(Desk::Reopen { handoff }))?;
    }
    let done = match perform(to, &mut rooms, command) {
        Err(error) if error.is_refusal() => {
            return Err(decided(to, command, (seen, own))?.unwrap_or(error));
        }
        done => done?,
    };
    let mut theirs = overwritten(to, 0, (seen, own))?;
    if let Command::Criteria(CriteriaChange::Sign(id, _)) = command {
        theirs.extend(proposed(to, *id, (seen, own))?);
    }
    match clash(theirs, &done) {
        Some(clash) => Err(clash),
        None => Ok(done),
    }
}

fn clash(mut theirs: Vec<Theirs>, mine: &str) -> Option<StoreError> {
    theirs.sort_by_key(|change| change.entry.0);
    theirs.dedup_by_key(|change| change.entry.0);
    let mine = clean(mine).into_owned();
    (!theirs.is_empty()).then(|| StoreError::Clash(Box::new(Clash { theirs, mine })))
}

/// A row that this entry changes, and which of its columns; `None`: all of it.
struct Mine {
    table: Table,
    id: i64,
    columns: Option<BTreeSet<String>>,
}

/// What others did since to what the entry in the making has changed, from its change after a mark on.
pub(super) fn overwritten(
    to: &Recorder<'_>,
    mark: i64,
    seen: (i64, &BTreeSet<i64>),
) -> Result<Vec<Theirs>, StoreError> {
    let mut theirs = Vec::new();
    for mine in changes(to, mark)? {
        theirs.extend(since(to, &mine, seen)?);
    }
    Ok(theirs)
}

/// The newest change in the journal: where a command of a bulk begins.
pub(super) fn mark(to: &Recorder<'_>) -> Result<i64, StoreError> {
    let doing = "looking whether somebody changed the same";
    to.conn
        .prepare_cached("SELECT coalesce(max(id), 0) FROM change")
        .doing(doing)?
        .query_row([], |row| row.get(0))
        .doing(doing)
}

/// What the entry in the making has changed of rows that were there, after a mark.
fn changes(to: &Recorder<'_>, mark: i64) -> Result<Vec<Mine>, StoreError> {
    let Some(entry) = to.begun() else {
        return Ok(Vec::new());
    };
    let doing = "looking whether somebody changed the same";
    let mut stmt = to
        .conn
        .prepare_cached(
            "SELECT entity, first_id, op, after FROM change
             WHERE journal_id = ?1 AND id > ?2 AND op <> 'insert' AND first_id = last_id",
        )
        .doing(doing)?;
    let mut rows = stmt.query([entry, mark]).doing(doing)?;
    let mut found = Vec::new();
    while let Some(row) = rows.next().doing(doing)? {
        let (entity, id, op): (String, i64, String) = (
            row.get(0).doing(doing)?,
            row.get(1).doing(doing)?,
            row.get(2).doing(doing)?,
        );
        let after: Option<String> = row.get(3).doing(doing)?;
        let Some(table) = Table::parse(&entity) else {
            continue;
        };
        let columns = match op.as_str() {
            "update" => Some(said(after.as_deref())?),
            _ => None,
        };
        found.push(Mine { table, id, columns });
    }
    Ok(found)
}

/// The columns of a change that say something.
fn said(after: Option<&str>) -> Result<BTreeSet<String>, StoreError> {
    let cells = recorder::cells(after.unwrap_or("{}"))?;
    let columns = cells.into_iter().map(|(column, _)| column);
    Ok(columns.filter(|c| !NOTES.contains(&c.as_str())).collect())
}

/// What others did to the same columns of the row after an entry.
fn since(
    to: &Recorder<'_>,
    mine: &Mine,
    (seen, own): (i64, &BTreeSet<i64>),
) -> Result<Vec<Theirs>, StoreError> {
    let doing = "looking whether somebody changed the same";
    let mut stmt = to
        .conn
        .prepare_cached(
            "SELECT j.id, j.at, coalesce(p.name, j.os_user), j.summary, c.op, c.after
             FROM change c JOIN journal j ON j.id = c.journal_id LEFT JOIN person p ON p.id = j.person_id
             WHERE c.journal_id > ?1 AND c.journal_id <> ?2
               AND c.entity = ?3 AND c.first_id <= ?4 AND c.last_id >= ?4
             ORDER BY c.journal_id",
        )
        .doing(doing)?;
    let entry = to.begun().unwrap_or_default();
    let mut rows = stmt
        .query(params![seen, entry, mine.table.word(), mine.id])
        .doing(doing)?;
    let mut theirs = Vec::new();
    while let Some(row) = rows.next().doing(doing)? {
        let id: i64 = row.get(0).doing(doing)?;
        if own.contains(&id) {
            continue;
        }
        let op: String = row.get(4).doing(doing)?;
        let after: Option<String> = row.get(5).doing(doing)?;
        let touches = match &mine.columns {
            Some(columns) if op == "update" => {
                let theirs = said(after.as_deref())?;
                columns.intersection(&theirs).next().is_some()
            }
            _ => true,
        };
        if touches {
            let (who, what): (String, String) =
                (row.get(2).doing(doing)?, row.get(3).doing(doing)?);
            theirs.push(Theirs {
                entry: JournalId(id),
                who: clean(&who).into_owned(),
                at: Moment(row.get(1).doing(doing)?),
                what: clean(&what).into_owned(),
            });
        }
    }
    Ok(theirs)
}

/// A signature stands under what its author saw: whoever changed the version and proposed it anew since has the room look again.
fn proposed(
    to: &Recorder<'_>,
    id: CriteriaId,
    after: (i64, &BTreeSet<i64>),
) -> Result<Vec<Theirs>, StoreError> {
    let row = Mine {
        table: Table::Criteria,
        id: id.0,
        columns: Some(BTreeSet::from(["proposed_at".to_owned()])),
    };
    since(to, &row, after)
}

/// A verdict was refused: because somebody gave another one since?
fn decided(
    to: &Recorder<'_>,
    command: &Command,
    after: (i64, &BTreeSet<i64>),
) -> Result<Option<StoreError>, StoreError> {
    let Some((handoff, wanted)) = verdict_of(command) else {
        return Ok(None);
    };
    let given = verdict(to, handoff.0)?;
    if given.is_none() || given.as_deref() == Some(wanted.word()) && wanted == Verdict::Accepted {
        return Ok(None);
    }
    let row = Mine {
        table: Table::Handoff,
        id: handoff.0,
        columns: Some(BTreeSet::from(["verdict".to_owned()])),
    };
    let theirs = since(to, &row, after)?;
    Ok(clash(theirs, &in_words(to, command)?))
}

fn verdict(to: &Recorder<'_>, handoff: i64) -> Result<Option<String>, StoreError> {
    let doing = "looking up the verdict";
    let verdict = to
        .conn
        .prepare_cached("SELECT verdict FROM handoff WHERE id = ?1")
        .doing(doing)?
        .query_row([handoff], |row| row.get(0))
        .optional()
        .doing(doing)?;
    Ok(verdict.flatten())
}

/// A verdict that could not be given, as the journal would have called it.
fn in_words(to: &Recorder<'_>, command: &Command) -> Result<String, StoreError> {
    Ok(match command {
        Command::Desk(Desk::Reject { reason, note, .. }) => {
            let doing = "looking up the reason";
            let label: Option<String> = to
                .conn
                .query_row(
                    "SELECT label FROM reason WHERE code = ?1",
                    [reason],
                    |row| row.get(0),
                )
                .optional()
                .doing(doing)?;
            let label = label.unwrap_or_else(|| reason.clone());
            match note {
                Some(note) => format!("reject ({label}): {note}"),
                None => format!("reject ({label})"),
            }
        }
        Command::Desk(Desk::Recycle { on, .. }) => format!("recycle to {on}"),
        _ => "accept".to_owned(),
    })
}

/// The newest entries of a connection, so that nobody clashes with themselves.
pub(super) fn remember(own: &mut BTreeSet<i64>, entry: i64) {
    const MOST: usize = 1_000;
    own.insert(entry);
    if own.len() > MOST {
        own.pop_first();
    }
}
