//! Takes journal entries back; an undo is itself an entry, so that it can be taken back too. Never guesses: what somebody
//! changed since is kept and named, or the whole undo is refused.

mod revert;
mod runs;
mod since;

use rusqlite::{Connection, ErrorCode, OptionalExtension, params};

use super::Store;
use super::apply::Applied;
use super::error::{Doing, StoreError};
use super::meeting::meetings;
use super::recorder::Recorder;
use crate::domain::command::{Author, Command};
use crate::domain::criteria::version as criteria;
use crate::domain::deal::DealChange;
use crate::domain::ids::{BatchId, JournalId, OpportunityId};
use crate::domain::meeting;
use crate::domain::policy::Deed;
use crate::domain::refused::Refused;
use crate::text::clean;
use revert::{Touched, revert};

impl Store {
    /// Takes one journal entry back (and an undo by undoing it). Refused when a row it wrote was changed since.
    pub fn undo(&mut self, entry: JournalId, author: &Author) -> Result<Applied, StoreError> {
        self.apply(&Command::Undo(Some(entry)), author)
    }
}

/// An entry of the journal as an undo finds it.
struct Line {
    id: i64,
    verb: String,
    summary: String,
    batch_id: Option<i64>,
    undoes: Option<i64>,
    mine: bool,
}

const LINE: &str = "SELECT j.id, j.verb, j.summary, j.batch_id, j.undoes,
    CASE WHEN ?1 IS NULL THEN j.person_id IS NULL AND j.os_user = ?2 ELSE p.handle IS ?1 END AS mine, j.at
    FROM journal j LEFT JOIN person p ON p.id = j.person_id";

fn line(row: &rusqlite::Row<'_>) -> rusqlite::Result<Line> {
    Ok(Line {
        id: row.get(0)?,
        verb: row.get(1)?,
        summary: row.get(2)?,
        batch_id: row.get(3)?,
        undoes: row.get(4)?,
        mine: row.get(5)?,
    })
}

/// Turns "my newest" into an entry and says by which deed it is judged; other commands pass unchanged. Everybody may take back
/// what they did themselves; what others did, who may do it.
pub(crate) fn chosen(
    conn: &Connection,
    command: &Command,
    author: &Author,
) -> Result<(Command, Option<Deed>), StoreError> {
    let found = match command {
        Command::Undo(Some(entry)) => of_id(conn, *entry, author)?,
        Command::Undo(None) => newest(conn, author, Wanted::Change)?
            .ok_or_else(|| StoreError::refused("there is nothing of yours to undo"))?,
        Command::Redo => newest(conn, author, Wanted::Undo)?.ok_or_else(|| {
            StoreError::refused("there is nothing to redo: your newest change is no undo")
        })?,
        Command::Deal {
            deal,
            change: DealChange::Reopen,
        } => of_id(conn, closing(conn, *deal)?, author)?,
        _ => return Ok((command.clone(), command.deed())),
    };
    let deed = if found.mine {
        None
    } else {
        let mut root = of_id(conn, JournalId(found.id), author)?;
        while let Some(before) = root.undoes {
            root = of_id(conn, JournalId(before), author)?;
        }
        deed_of(&root.verb)
    };
    Ok((Command::Undo(Some(JournalId(found.id))), deed))
}

/// The newest entry that closed a deal by a command; what an import brought closed was never closed here.
fn closing(conn: &Connection, deal: OpportunityId) -> Result<JournalId, StoreError> {
    let doing = "looking up the closing of a deal";
    let (name, closed): (String, bool) = conn
        .prepare_cached("SELECT name, outcome IS NOT NULL FROM opportunity WHERE id = ?1")
        .doing(doing)?
        .query_row([deal.0], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()
        .doing(doing)?
        .ok_or(Refused::Gone {
            what: "deal",
            id: deal.0,
        })?;
    let name = clean(&name);
    if !closed {
        return Err(StoreError::refused(format!("{name} is open")));
    }
    conn.prepare_cached(
        "SELECT max(c.journal_id) FROM change c JOIN journal j ON j.id = c.journal_id
         WHERE c.entity = 'opportunity' AND c.first_id <= ?1 AND c.last_id >= ?1 AND c.op = 'update'
           AND j.batch_id IS NULL AND json_extract(c.after, '$.outcome') IS NOT NULL
           AND NOT EXISTS (SELECT 1 FROM journal u WHERE u.undoes = j.id)",
    )
    .doing(doing)?
    .query_row([deal.0], |row| row.get::<_, Option<i64>>(0))
    .doing(doing)?
    .map(JournalId)
    .ok_or_else(|| {
        StoreError::refused(format!(
            "{name} came in closed with an import, so there is no closing to take back"
        ))
    })
}

/// Who may take back what others did: the verbs of commands and the deeds they are.
fn deed_of(verb: &str) -> Option<Deed> {
    match verb {
        "attempt" | "accept" | "reject" | "recycle" | "reopen" => Some(Deed::Verdict),
        "qualify" | "stage" | "value" | "close_on" | "owner" | "join" | "won" | "lost"
        | "no_decision" => Some(Deed::Deal),
        "marketing_owner" => Some(Deed::MarketingOwner),
        "reverse" => Some(Deed::Reverse),
        "challenge" | "withdraw" => Some(Deed::Challenge),
        "settle" | "confirm" => Some(Deed::Settle),
        "raise" | "check" => Some(Deed::FollowUp),
        "acknowledge" | "act" => Some(Deed::ActOnFeedback),
        "touch" => Some(Deed::Touch),
        "hand_over" | "assign" => Some(Deed::HandOver),
        "target" => Some(Deed::Targets),
        "spend" | "source" | "campaigns" => Some(Deed::Spend),
        "criteria" | "propose" | "sign" => Some(Deed::EditCriteria),
        "in_force" => Some(Deed::PutInForce),
        "filters" => None,
        _ => Some(Deed::Settings),
    }
}

fn of_id(conn: &Connection, entry: JournalId, author: &Author) -> Result<Line, StoreError> {
    conn.prepare_cached(&format!("{LINE} WHERE j.id = ?3"))
        .doing("reading the journal")?
        .query_row(params![author.handle, author.os_user, entry.0], line)
        .optional()
        .doing("reading the journal")?
        .ok_or_else(|| StoreError::refused(format!("there is no journal entry {}", entry.0)))
}

/// What the author looks for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Wanted {
    /// The newest change that still holds.
    Change,
    /// The newest undo that still holds, if no change of theirs came after it.
    Undo,
}

fn newest(conn: &Connection, author: &Author, wanted: Wanted) -> Result<Option<Line>, StoreError> {
    let doing = "reading the journal";
    // A workspace with a moment of its own (demo, archive) was written as of then; people act on it later.
    let made_until: Option<i64> = conn
        .query_row("SELECT as_of FROM workspace", [], |row| row.get(0))
        .optional()
        .doing(doing)?
        .flatten();
    let sql = format!("SELECT * FROM ({LINE}) WHERE mine ORDER BY id DESC");
    let mut stmt = conn.prepare_cached(&sql).doing(doing)?;
    let mut rows = stmt
        .query(params![author.handle, author.os_user])
        .doing(doing)?;
    while let Some(row) = rows.next().doing(doing)? {
        let entry = line(row).doing(doing)?;
        let set_up = made_until.is_some_and(|until| row.get(6).is_ok_and(|at: i64| at <= until));
        // What lies before is the making of the workspace, and nobody's change of mind.
        if entry.verb == "init" || set_up {
            return Ok(None);
        }
        if undone_by(conn, entry.id)?.is_some() {
            continue;
        }
        let undo = match entry.undoes {
            // The undo of an undo is the change again, which stands at its own place.
            Some(before) => {
                if is_undo(conn, before)? {
                    continue;
                }
                true
            }
            None => false,
        };
        match (wanted, undo) {
            (Wanted::Change, false) | (Wanted::Undo, true) => return Ok(Some(entry)),
            (Wanted::Change, true) => (),
            (Wanted::Undo, false) => return Ok(None),
        }
    }
    Ok(None)
}

fn is_undo(conn: &Connection, entry: i64) -> Result<bool, StoreError> {
    conn.prepare_cached("SELECT undoes IS NOT NULL FROM journal WHERE id = ?1")
        .doing("reading the journal")?
        .query_row([entry], |row| row.get(0))
        .doing("reading the journal")
}

/// What a row needs may be gone since, or its place taken: then the schema says no, and that is a refusal like any other.
fn gone(error: StoreError, summary: &str) -> StoreError {
    match error {
        StoreError::Sql { source, .. }
            if source.sqlite_error_code() == Some(ErrorCode::ConstraintViolation) =>
        {
            StoreError::refused(format!(
                "'{}' cannot be taken back any more: something that it needs was removed or replaced since; the journal says what",
                clean(summary)
            ))
        }
        other => other,
    }
}

/// Why an entry of this kind is never taken back.
fn held(verb: &str) -> Option<&'static str> {
    match verb {
        meeting::START => {
            Some("the opening of a meeting is not undone, its figures are frozen; close it instead")
        }
        meeting::CLOSE => {
            Some("the end of a meeting is not undone, its record stays; open the next one instead")
        }
        _ => None,
    }
}

/// Whether taking this entry back brings a signature back: the undo of one, however often it went to and fro.
fn signs_again(conn: &Connection, found: &Line, author: &Author) -> Result<bool, StoreError> {
    let (mut verb, mut before) = (found.verb.clone(), found.undoes);
    let mut is_undo = false;
    while let Some(entry) = before {
        let line = of_id(conn, JournalId(entry), author)?;
        (verb, before) = (line.verb, line.undoes);
        is_undo = !is_undo;
    }
    Ok(is_undo && verb == criteria::SIGN)
}

/// Takes one entry back inside a command. Gives the recorder back with the name of what was undone.
pub(crate) fn entry(
    recorder: Recorder<'_>,
    entry: JournalId,
) -> Result<(Recorder<'_>, String), StoreError> {
    let conn = recorder.conn;
    let nobody = Author {
        handle: None,
        os_user: String::new(),
        at: crate::domain::moment::Moment(recorder.signer.at),
    };
    let found = of_id(conn, entry, &nobody)?;
    if found.verb == "init" {
        return Err(StoreError::refused(
            "the set-up of a workspace is not undone; remove the file instead",
        ));
    }
    if let Some(why) = held(&found.verb) {
        return Err(StoreError::refused(why));
    }
    if let Some(batch) = found.batch_id {
        return Err(StoreError::refused(format!(
            "that was {}; an import is taken back as a whole, `smarketing import --undo {batch}` does it",
            clean(&found.summary)
        )));
    }
    if let Some(by) = undone_by(conn, entry.0)? {
        return Err(StoreError::refused(format!(
            "'{}' was taken back already, by entry {by}",
            clean(&found.summary)
        )));
    }
    if signs_again(conn, &found, &nobody)?
        && let Some(running) = meetings(conn)?.running()
    {
        running.can_sign()?;
    }
    let mut recorder = recorder.undoing(entry.0);
    since::check(conn, entry.0)?;
    revert(&mut recorder, entry.0, Touched::Refuse).map_err(|error| gone(error, &found.summary))?;
    let name = found.summary;
    let summary = match (name.strip_prefix("undo: "), name.strip_prefix("redo: ")) {
        (Some(name), _) => format!("redo: {name}"),
        (_, Some(name)) => format!("undo: {name}"),
        _ => format!("undo: {name}"),
    };
    Ok((recorder, summary))
}

/// Takes an import back inside a command. Gives the recorder back with the summary and the names of what was kept.
pub(crate) fn batch(
    recorder: Recorder<'_>,
    batch: BatchId,
) -> Result<(Recorder<'_>, String, Vec<String>), StoreError> {
    let conn = recorder.conn;
    let doing = "reading the import";
    let found: Option<(i64, Option<String>, Option<i64>)> = conn
        .query_row(
            "SELECT j.id, b.file, b.undone_at FROM batch b JOIN journal j ON j.batch_id = b.id
             WHERE b.id = ?1 AND j.undoes IS NULL",
            [batch.0],
            |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
        )
        .optional()
        .doing(doing)?;
    let Some((entry, file, undone)) = found else {
        return Err(StoreError::refused(format!(
            "there is no import {}; `smarketing import --batches` names them",
            batch.0
        )));
    };
    if undone.is_some() {
        return Err(StoreError::refused(format!(
            "import {} was taken back already",
            batch.0
        )));
    }
    let mut recorder = recorder.undoing(entry).of_batch(batch.0);
    recorder.journal_id()?;
    let kept = revert(&mut recorder, entry, Touched::Keep)?;
    conn.execute(
        "UPDATE batch SET undone_at = ?2 WHERE id = ?1",
        params![batch.0, recorder.signer.at],
    )
    .doing("undoing the import")?;
    let mut summary = format!("undo of import {}", batch.0);
    if let Some(file) = file {
        summary = format!("{summary} ({file})");
    }
    if !kept.is_empty() {
        summary = format!("{summary}; kept {} rows changed since", kept.len());
    }
    Ok((recorder, summary, kept))
}

/// The entry that took this one back and still holds, if any.
fn undone_by(conn: &Connection, entry: i64) -> Result<Option<i64>, StoreError> {
    let doing = "reading the journal";
    let mut stmt = conn
        .prepare_cached("SELECT id FROM journal WHERE undoes = ?1 ORDER BY id DESC")
        .doing(doing)?;
    let ids: Vec<i64> = stmt
        .query_map([entry], |row| row.get(0))
        .doing(doing)?
        .collect::<Result<_, _>>()
        .doing(doing)?;
    for id in ids {
        if undone_by(conn, id)?.is_none() {
            return Ok(Some(id));
        }
    }
    Ok(None)
}
