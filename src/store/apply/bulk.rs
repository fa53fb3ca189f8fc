//! Many commands as one change: the same gate for each, a result for each, one journal entry, undone as a whole.

use std::collections::BTreeSet;

use rusqlite::Transaction;

use super::super::Store;
use super::super::error::{Doing, StoreError};
use super::super::recorder::Recorder;
use super::{Rooms, clash, perform, signer, verb};
use crate::domain::clash::Sight;
use crate::domain::command::{Author, Command};
use crate::domain::ids::JournalId;
use crate::domain::meeting::MeetingChange;

/// What a bulk change did.
#[derive(Debug)]
pub struct Bulk {
    /// Its journal entry; `None`: nothing was written.
    pub journal_id: Option<JournalId>,
    /// What a person would call it.
    pub summary: String,
    /// For each command, in order: what it did, or why not. A refused one has left nothing.
    pub results: Vec<Result<String, StoreError>>,
}

impl Bulk {
    /// How many were done.
    pub fn done(&self) -> usize {
        self.results.iter().filter(|result| result.is_ok()).count()
    }
}

impl Store {
    /// Applies commands one after the other in one transaction. A command that is refused leaves the others standing; when
    /// the file itself fails, nothing is changed at all. Undo, set-up and the start and end of
    /// a meeting are no part of a bulk.
    pub fn apply_each(
        &mut self,
        commands: &[Command],
        author: &Author,
    ) -> Result<Bulk, StoreError> {
        self.apply_each_seeing(commands, author, Sight::Unknown)
    }

    /// The same by somebody who had the workspace in sight up to an entry: a command that would overwrite what others changed
    /// since is refused and says who did; the others stand.
    pub fn apply_each_seeing(
        &mut self,
        commands: &[Command],
        author: &Author,
        sight: Sight,
    ) -> Result<Bulk, StoreError> {
        self.writable()?;
        let mut own = std::mem::take(&mut self.own);
        let seen = sight.seen().map(|JournalId(entry)| (entry, &own));
        let done = self.apply_each_beside(commands, author, seen);
        if let Ok(Bulk {
            journal_id: Some(entry),
            ..
        }) = &done
        {
            clash::remember(&mut own, entry.0);
        }
        self.own = own;
        done
    }

    fn apply_each_beside(
        &mut self,
        commands: &[Command],
        author: &Author,
        seen: Option<(i64, &BTreeSet<i64>)>,
    ) -> Result<Bulk, StoreError> {
        let tx = self.begin()?;
        let signed = signer(&tx, author, None)?;
        let word = commands.first().map_or("bulk", verb);
        let mut recorder = Recorder::new(&tx, signed, word);
        let mut rooms = Rooms::default();
        let mut results = Vec::with_capacity(commands.len());
        for command in commands {
            results.push(one(
                &tx,
                (&mut recorder, seen),
                &mut rooms,
                command,
                author,
            )?);
        }
        let summary = summary(commands, &results);
        let journal_id = recorder.finish(&summary)?.map(JournalId);
        tx.commit().doing("saving the changes")?;
        Ok(Bulk {
            journal_id,
            summary,
            results,
        })
    }
}

/// One command between savepoints: the outer error is the file's, the inner one the rule's.
fn one(
    tx: &Transaction<'_>,
    (recorder, seen): (&mut Recorder<'_>, Option<(i64, &BTreeSet<i64>)>),
    rooms: &mut Rooms,
    command: &Command,
    author: &Author,
) -> Result<Result<String, StoreError>, StoreError> {
    let doing = "saving the changes";
    let whole = matches!(
        command,
        Command::Init(_)
            | Command::UndoBatch(_)
            | Command::Undo(_)
            | Command::Redo
            | Command::Meeting(MeetingChange::Start { .. } | MeetingChange::Close { .. })
    );
    if whole {
        return Ok(Err(StoreError::refused(
            "this is done by itself, not as a part of many",
        )));
    }
    if let Some(deed) = command.deed()
        && let Err(refused) = signer(tx, author, Some(deed))
    {
        return Ok(Err(refused));
    }
    tx.execute_batch("SAVEPOINT one").doing(doing)?;
    let mark = recorder.mark();
    let first = clash::mark(recorder)?;
    let mut done = perform(recorder, rooms, command);
    if let (Ok(_), Some(seen)) = (&done, seen)
        && let Some(theirs) = clash::overwritten(recorder, first, seen)?.pop()
    {
        done = Err(StoreError::refused(format!(
            "{} has changed this meanwhile: {}; it stays so, look again",
            theirs.who, theirs.what
        )));
    }
    match done {
        Ok(summary) => {
            tx.execute_batch("RELEASE one").doing(doing)?;
            Ok(Ok(summary))
        }
        Err(error) if error.is_refusal() => {
            tx.execute_batch("ROLLBACK TO one; RELEASE one")
                .doing(doing)?;
            recorder.back_to(mark);
            Ok(Err(error))
        }
        Err(error) => Err(error),
    }
}

/// "reject 40 leads: first, second and 38 more".
fn summary(commands: &[Command], results: &[Result<String, StoreError>]) -> String {
    let done: Vec<&str> = results
        .iter()
        .filter_map(|r| r.as_ref().ok().map(String::as_str))
        .collect();
    match done.as_slice() {
        [] => "nothing was done".into(),
        [only] => (*only).to_owned(),
        [first, rest @ ..] => {
            let same = commands.iter().all(|c| verb(c) == verb(&commands[0]));
            let what = if same { verb(&commands[0]) } else { "change" };
            format!("{what} × {}: {first} and {} more", done.len(), rest.len())
        }
    }
}
