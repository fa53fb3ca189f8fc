//! `smarketing meeting recap`: what a meeting leaves behind, as text, Markdown or HTML. Computes no number, replaces no file unasked.

use std::path::Path;

use super::of_number;
use crate::cli::args::{Format, ScoreArgs};
use crate::cli::failure::Failure;
use crate::cli::out;
use crate::cli::report::save;
use crate::cli::score::{self, Asks, Desk};
use crate::cli::session::{Session, now};
use crate::domain::ids::MeetingId;
use crate::domain::meeting::line::Meeting;
use crate::domain::meeting::snapshot::Part;
use crate::domain::period::Period;
use crate::metrics::Scope;
use crate::metrics::meeting::{Kept, Opening, Since, since};
use crate::report::{self, Paper, Recap};
use crate::store::Store;

/// What it is written on; `None`: plain text.
fn paper(format: Option<Format>, out: Option<&Path>) -> Result<Option<Paper>, Failure> {
    let ending = out.and_then(Path::extension).and_then(|e| e.to_str());
    match (format, ending.map(str::to_lowercase).as_deref()) {
        (Some(Format::Html), _) | (None, Some("html" | "htm")) => Ok(Some(Paper::Html)),
        (Some(Format::Markdown), _) | (None, Some("md" | "markdown")) => Ok(Some(Paper::Markdown)),
        (Some(Format::Table), _) | (None, None | Some("txt")) => Ok(None),
        (None, Some(_)) => Err(Failure::WrongUse(
            "the file's ending does not say which; --format table, markdown or html does".into(),
        )),
        (Some(Format::Json | Format::Csv), _) => Err(Failure::WrongUse(
            "a recap is text, markdown or html; `meeting decide`, `act` and `issue` list the same as json or csv"
                .into(),
        )),
    }
}

/// Prints the recap, or writes it to a file.
pub(super) fn run(
    session: &Session,
    number: Option<i64>,
    out: Option<&Path>,
    force: bool,
) -> Result<(), Failure> {
    let paper = paper(session.global.format, out)?;
    if let Some(file) = out {
        save::may(file, force, &session.file()?)?;
    }
    let text = text(session, number, paper)?;
    match out {
        None => out::print(&text),
        Some(file) => {
            save::write(file, force, &session.file()?, &text)?;
            out::say(&format!("the recap lies in {}", file.display()));
            Ok(())
        }
    }
}

/// The recap of a meeting, else of the newest one; without paper as plain text.
pub(in crate::cli) fn text(
    session: &Session,
    number: Option<i64>,
    paper: Option<Paper>,
) -> Result<String, Failure> {
    let desk = score::desk(session, &ScoreArgs::default(), Asks::Stamps)?;
    let meeting = of_number(&desk.book, number)?;
    let [start, end] = [Part::Start, Part::End].map(|part| kept(&desk.store, meeting, part));
    let (start, end) = (start?, end?);
    let opening = Opening::of(&desk.facts, &desk.book, &desk.scope, meeting.id);
    let since = before(&desk, meeting, start.as_ref())?;
    let recap = Recap {
        book: &desk.book,
        meeting,
        lasted: meeting.lasted(now()),
        opening: &opening,
        figures: [start.as_ref(), end.as_ref()],
        since: since
            .as_ref()
            .map(|(since, period)| (since, period.as_str())),
        criteria: &desk.store.criteria()?,
        fields: &desk.store.criteria_fields()?,
    };
    Ok(match paper {
        Some(paper) => report::recap(&recap, paper),
        None => report::recap_text(&recap),
    })
}

/// Frozen figures of a meeting, read back.
fn kept(store: &Store, meeting: &Meeting, part: Part) -> Result<Option<Kept>, Failure> {
    let Some(snapshot) = meeting.snapshot(part) else {
        return Ok(None);
    };
    Ok(Kept::read(&store.snapshot_text(snapshot.id)?))
}

/// The pipeline from the end of the meeting before to the beginning of this one, in the period of this one's board.
fn before(
    desk: &Desk,
    meeting: &Meeting,
    start: Option<&Kept>,
) -> Result<Option<(Since, String)>, Failure> {
    let before: Option<&Meeting> = desk.book.meetings.before(MeetingId(meeting.id.0));
    let (Some(before), Some(start)) = (before, start) else {
        return Ok(None);
    };
    let Some(then) = kept(&desk.store, before, Part::End)? else {
        return Ok(None);
    };
    let calendar = &desk.book.calendar;
    let Ok(period) = Period::parse(&start.period, calendar.day_of(start.as_of), calendar) else {
        return Ok(None);
    };
    let scope = Scope::new(&desk.facts, &desk.book, period, start.as_of);
    let since = since(&desk.facts, &desk.book, &scope, &then);
    Ok(since.map(|since| (since, start.period.clone())))
}
