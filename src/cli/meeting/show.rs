//! Where a meeting stands: its agenda with the time it took, who is there, what waits. Changes nothing.

use super::{lists, of_number};
use crate::cli::args::Format;
use crate::cli::failure::Failure;
use crate::cli::session::{Session, now};
use crate::cli::{out, tables};
use crate::domain::book::Book;
use crate::domain::meeting::line::Meeting;
use crate::domain::moment::Moment;

/// The running meeting in a few lines; between two, what the next one begins with.
pub(super) fn status(session: &Session) -> Result<(), Failure> {
    let book = session.read()?.book()?;
    let Some(running) = book.meetings.running() else {
        let waits = waits(&book);
        return match book.meetings.last_closed() {
            None => said(session, &format!("no meeting yet; {waits}")),
            Some(last) => {
                let next = last
                    .next_on
                    .map_or_else(String::new, |day| format!(", the next one is on {day}"));
                let on = book.calendar.day_of(last.started.at);
                said(
                    session,
                    &format!(
                        "no meeting is running; meeting {} was on {on}{next}; {waits}",
                        last.id.0
                    ),
                )
            }
        };
    };
    let clock = now();
    let open = running.open_item().map_or_else(
        || "the agenda is through".to_owned(),
        |item| format!("{}, {}", item.point.title, left(item.over(clock))),
    );
    out::say(&format!(
        "meeting {} runs for {} min: {open}; {}",
        running.id.0,
        running.lasted(clock) / 60,
        waits(&book)
    ));
    let missing: Vec<&str> = running.missing().iter().map(|side| side.label()).collect();
    if !missing.is_empty() {
        let who = missing.join(" and ");
        out::say(&format!(
            "nobody of {who} is there: criteria cannot be signed"
        ));
    }
    items(session, running, clock)
}

/// A sentence instead of a table; an empty list for programs.
fn said(session: &Session, text: &str) -> Result<(), Failure> {
    if session.format() == Format::Json {
        out::say(text);
        return out::print("[]\n");
    }
    out::print(&format!("{text}\n"))
}

fn waits(book: &Book) -> String {
    let (issues, actions) = (
        book.meetings.open_issues().len(),
        book.meetings.open_actions().len(),
    );
    format!("{issues} issues and {actions} actions wait")
}

fn left(over: i64) -> String {
    let minutes = (over.abs() + 59) / 60;
    if over > 0 {
        format!("{minutes} min over")
    } else {
        format!("{minutes} min left")
    }
}

/// The agenda of a meeting and the time it took.
pub(super) fn agenda(session: &Session, number: Option<i64>) -> Result<(), Failure> {
    let book = session.read()?.book()?;
    let meeting = of_number(&book, number)?;
    out::say(&format!(
        "meeting {}, {}: {}",
        meeting.id.0,
        book.calendar.show(meeting.started.at),
        lists::people(meeting)
    ));
    items(session, meeting, now())
}

fn items(session: &Session, meeting: &Meeting, clock: Moment) -> Result<(), Failure> {
    let mut rows = vec![
        ["place", "item", "state", "minutes", "spent", "over"]
            .map(String::from)
            .to_vec(),
    ];
    for (place, item) in meeting.items.iter().enumerate() {
        let spent = item.spent_at(clock);
        let over = item.over(clock);
        rows.push(vec![
            (place + 1).to_string(),
            item.point.title.clone(),
            item.state.label().into(),
            item.point.minutes.to_string(),
            format!("{}:{:02}", spent / 60, spent % 60),
            if over > 0 {
                format!("{}:{:02}", over / 60, over % 60)
            } else {
                String::new()
            },
        ]);
    }
    tables::print(session.format(), &rows)
}
