//! `smarketing criteria`: the shared definition as text, its changes and its proof on the past. Judges and computes nothing itself.

pub(super) mod args;
mod look;
mod past;
mod show;
mod told;

use std::path::Path;

pub(super) use self::told::told;

use self::args::{CriteriaArgs, CriteriaDeed, DraftArgs};
use super::failure::Failure;
use super::session::Session;
use super::{out, tables};
use crate::domain::clash::Sight;
use crate::domain::command::Command;
use crate::domain::criteria::version::{CriteriaChange, State, Version, Versions};
use crate::domain::criteria::{Definition, Fields, Policy, parse};
use crate::domain::ids::{CriteriaId, JournalId};
use crate::domain::moment::{Day, Moment};
use crate::report::{self, Paper};
use crate::store::Store;
use crate::transfer::criteria as file;

pub(super) fn run(session: &Session, args: &CriteriaArgs) -> Result<(), Failure> {
    let segment = args.segment.as_deref().map(str::trim);
    let Some(deed) = &args.deed else {
        return show::both(session, segment);
    };
    match deed {
        CriteriaDeed::Sign { text } => sign(session, segment, text.as_deref()),
        CriteriaDeed::Show { version } => show::page(session, segment, *version),
        CriteriaDeed::Diff { from, to } => show::diff(session, segment, (*from, *to)),
        CriteriaDeed::Check { lead, version } => look::check(session, segment, lead, *version),
        CriteriaDeed::Backtest { draft, flips } => past::backtest(session, segment, draft, *flips),
        CriteriaDeed::Suggest { draft } => look::suggestions(session, segment, draft),
        CriteriaDeed::Export { version } => export(session, segment, *version),
        CriteriaDeed::History => show::history(session),
        CriteriaDeed::Fields => show::fields(session),
        _ => change(session, segment, deed),
    }
}

/// Whether the version in force for all leads still holds, a sentence each; nothing where there is no workspace or none in force.
pub(super) fn drift_now(session: &Session) -> Vec<String> {
    let sentences = || -> Result<Vec<String>, Failure> {
        let room = Room::read(session)?;
        let book = room.store.book()?;
        let drift = room.in_force(None).map(|v| past::drift(&room, &book, v));
        Ok(drift.transpose()?.map_or_else(Vec::new, |d| d.sentences()))
    };
    sentences().unwrap_or_default()
}

/// The versions of a file and what they are read with.
struct Room {
    store: Store,
    versions: Versions,
    fields: Fields,
    now: Moment,
}

impl Room {
    fn read(session: &Session) -> Result<Room, Failure> {
        Room::over(session, session.read()?)
    }

    fn over(session: &Session, store: Store) -> Result<Room, Failure> {
        let book = store.book()?;
        Ok(Room {
            versions: store.criteria()?,
            fields: store.criteria_fields()?,
            now: session.as_of(&book)?,
            store,
        })
    }

    fn numbered(&self, number: i64) -> Result<&Version, Failure> {
        let found = self.versions.number(number);
        found.ok_or_else(|| {
            Failure::WrongUse(format!(
                "there is no version {number}; `criteria history` lists them"
            ))
        })
    }

    fn in_force(&self, segment: Option<&str>) -> Option<&Version> {
        self.versions.in_force(segment, self.now)
    }

    fn draft(&self, segment: Option<&str>) -> Result<&Version, Failure> {
        let found = self.versions.draft(segment);
        found.ok_or_else(|| Failure::new("there is no draft; `criteria apply FILE` begins one, `criteria export` prints what is in force"))
    }

    /// The definition that the options name: a file, rules, the draft, or what is in force.
    fn asked(&self, segment: Option<&str>, args: &DraftArgs) -> Result<Definition, Failure> {
        if let Some(path) = &args.file {
            return read(path, &self.fields);
        }
        if let Some(text) = &args.rules {
            let rules = parse(text, &self.fields).whole().map_err(|fault| {
                Failure::WrongUse(format!("at place {}: {}", fault.at.start + 1, fault.what))
            })?;
            let unknown = Policy::parse(args.unknown.trim()).ok_or_else(|| {
                Failure::WrongUse(format!(
                    "--unknown {}: pass, ask or fail is expected",
                    args.unknown
                ))
            })?;
            return Ok(Definition {
                rules,
                at_least: args.at_least,
                unknown,
                segment: segment.map(str::to_owned),
                ..Definition::default()
            });
        }
        let kept = self
            .versions
            .draft(segment)
            .or_else(|| self.in_force(segment));
        Ok(kept.map(|v| v.definition.clone()).unwrap_or_default())
    }
}

/// Most bytes of a definition's file.
const LARGEST: u64 = 1 << 20;

fn read(path: &Path, fields: &Fields) -> Result<Definition, Failure> {
    let failed =
        |error: &dyn std::fmt::Display| Failure::new(format!("{}: {error}", path.display()));
    let size = std::fs::metadata(path).map_err(|error| failed(&error))?;
    if !size.is_file() || size.len() > LARGEST {
        return Err(failed(&"this is no file of criteria"));
    }
    let text = std::fs::read_to_string(path).map_err(|error| failed(&error))?;
    file::read(&text, fields).map_err(|error| failed(&error))
}

fn export(session: &Session, segment: Option<&str>, version: Option<i64>) -> Result<(), Failure> {
    let room = Room::read(session)?;
    let definition = match version {
        Some(number) => room.numbered(number)?.definition.clone(),
        None => room.asked(segment, &DraftArgs::default())?,
    };
    out::print(&file::write(&definition))
}

fn change(session: &Session, segment: Option<&str>, deed: &CriteriaDeed) -> Result<(), Failure> {
    let mut room = Room::over(session, session.write()?)?;
    let change = match deed {
        CriteriaDeed::Apply { file } => {
            let mut definition = read(file, &room.fields)?;
            if definition.segment.is_none() {
                definition.segment = segment.map(str::to_owned);
            }
            CriteriaChange::Replace(definition)
        }
        CriteriaDeed::Propose => CriteriaChange::Propose(room.draft(segment)?.id),
        CriteriaDeed::Withdraw => CriteriaChange::Withdraw(room.draft(segment)?.id),
        CriteriaDeed::Discard => CriteriaChange::Discard(room.draft(segment)?.id),
        CriteriaDeed::InForce { version, from } => {
            let signed = room.versions.0.iter().rev().find(|v| {
                v.state == State::Signed
                    && v.in_force_at.is_none()
                    && v.definition.segment.as_deref() == segment
            });
            let version = match (version, signed) {
                (Some(number), _) => room.numbered(*number)?,
                (None, Some(signed)) => signed,
                (None, None) => {
                    return Err(Failure::new(
                        "no signed version waits to be put in force; both sides sign first",
                    ));
                }
            };
            let day = |text: &String| {
                Day::parse(text).ok_or_else(|| {
                    Failure::WrongUse(format!(
                        "--from {text}: a date is expected, such as 2025-09-30"
                    ))
                })
            };
            let today = || Ok(room.store.book()?.calendar.day_of(room.now));
            let from = from.as_ref().map_or_else(today, day)?;
            CriteriaChange::PutInForce {
                version: version.id,
                from,
            }
        }
        _ => match room.in_force(segment) {
            Some(version) => CriteriaChange::Retire(version.id),
            None => return Err(Failure::new("no version is in force")),
        },
    };
    let applied = session.apply(&mut room.store, &Command::Criteria(change))?;
    out::say(&applied.summary);
    for note in &applied.notes {
        out::say(note);
    }
    Ok(())
}

/// A version as a page for print.
pub(super) fn page_text(
    session: &Session,
    id: CriteriaId,
    paper: Paper,
) -> Result<String, Failure> {
    let room = Room::read(session)?;
    let book = room.store.book()?;
    let version = room.versions.0.iter().find(|version| version.id == id);
    let version = version.ok_or_else(|| {
        Failure::new("this version is gone: somebody threw the draft away; nothing was written")
    })?;
    Ok(report::definition(&book, version, &room.fields, paper))
}

/// The signature, and what it stands under; the last one keeps what the version says of the past. A text that somebody changed and
/// proposed anew while this one was read is not signed.
fn sign(session: &Session, segment: Option<&str>, text: Option<&str>) -> Result<(), Failure> {
    let store = session.write()?;
    let sight = Sight::Upto(JournalId(store.journal_id()?));
    let mut room = Room::over(session, store)?;
    let draft = room.draft(segment)?;
    let says = file::fingerprint(&draft.definition);
    if let Some(read) = text.map(str::trim)
        && !read.eq_ignore_ascii_case(&says)
    {
        return Err(Failure::new(format!(
            "version {} says {says} and not {read}: it was changed since; `criteria show {}` prints it; nothing was signed",
            draft.number, draft.number
        )));
    }
    let last = draft.state == State::Proposed && draft.unsigned().len() == 1;
    let figures = if last {
        Some(past::counted(&room, draft)?)
    } else {
        None
    };
    let definition = draft.definition.clone();
    let command = Command::Criteria(CriteriaChange::Sign(draft.id, figures));
    let author = session.author(&room.store);
    let applied = room.store.apply_seeing(&command, &author, sight)?;
    out::say(&applied.summary);
    out::say(&format!("what was signed, text {says}:"));
    for sentence in definition.sentences(&room.fields) {
        out::say(&format!("  {sentence}"));
    }
    for note in &applied.notes {
        out::say(note);
    }
    Ok(())
}

/// Rows of text from cells.
fn cells<const N: usize>(row: [&str; N]) -> Vec<String> {
    row.map(str::to_owned).to_vec()
}

fn table(session: &Session, rows: &[Vec<String>]) -> Result<(), Failure> {
    tables::print(session.format(), rows)
}
