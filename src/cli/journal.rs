//! `smarketing journal`, `undo` and `redo`: who did what, and taking it back.

use super::args::Format;
use super::desk::args::{JournalArgs, UndoArgs};
use super::failure::Failure;
use super::session::Session;
use super::{out, tables};
use crate::domain::command::Command;
use crate::domain::ids::JournalId;

pub(super) fn list(session: &Session, args: &JournalArgs) -> Result<(), Failure> {
    print(session, args.limit, session.format())
}

/// Prints the newest entries.
pub(super) fn print(session: &Session, limit: u32, format: Format) -> Result<(), Failure> {
    let store = session.read()?;
    let book = store.book()?;
    let mut rows = vec![
        ["entry", "when", "who", "system user", "what", "undoes"]
            .map(String::from)
            .to_vec(),
    ];
    for entry in store.journal(None, limit)? {
        rows.push(vec![
            entry.id.0.to_string(),
            book.calendar.show(entry.at),
            entry.person.unwrap_or_default(),
            entry.os_user,
            entry.summary,
            entry.undoes.map(|id| id.0.to_string()).unwrap_or_default(),
        ]);
    }
    tables::print(format, &rows)
}

pub(super) fn undo(session: &Session, args: &UndoArgs) -> Result<(), Failure> {
    let command = Command::Undo(args.entry.map(JournalId));
    let applied = session.apply(&mut session.write()?, &command)?;
    out::say(&applied.summary);
    Ok(())
}

pub(super) fn redo(session: &Session) -> Result<(), Failure> {
    let applied = session.apply(&mut session.write()?, &Command::Redo)?;
    out::say(&applied.summary);
    Ok(())
}
