//! Meetings, issues, decisions, actions and agendas as lists in every format. Changes nothing.

use super::desk;
use crate::cli::failure::Failure;
use crate::cli::session::Session;
use crate::cli::{out, tables};
use crate::domain::book::Book;
use crate::domain::meeting::ground::Ground;
use crate::domain::meeting::line::{Issue, Meeting, Solved};
use crate::domain::meeting::search;
use crate::domain::moment::Moment;
use crate::domain::policy::Side;
use crate::metrics::meeting::{Measuring, NO_PROOF};
use crate::metrics::{Metric, dictionary, show};

fn heading<const N: usize>(words: [&str; N]) -> Vec<Vec<String>> {
    vec![words.map(String::from).to_vec()]
}

fn on(book: &Book, at: Moment) -> String {
    book.calendar.day_of(at).to_string()
}

/// Who was there, by side: "Inès Vauquelin (marketing), …".
pub(super) fn people(meeting: &Meeting) -> String {
    let one = |side: Side| {
        let of = meeting.attendance.iter().filter(move |a| a.side == side);
        of.map(|a| format!("{} ({})", a.person.name, a.side.label()))
    };
    let all: Vec<String> = Side::ALL.iter().flat_map(|side| one(*side)).collect();
    all.join(", ")
}

pub(super) fn meetings(session: &Session) -> Result<(), Failure> {
    let book = session.read()?.book()?;
    let mut rows = heading([
        "meeting",
        "began",
        "agenda",
        "minutes",
        "planned",
        "people",
        "decisions",
        "rating",
        "next on",
        "state",
    ]);
    for meeting in &book.meetings.all {
        let planned: u32 = meeting.items.iter().map(|item| item.point.minutes).sum();
        let clock = crate::cli::session::now();
        rows.push(vec![
            meeting.id.0.to_string(),
            book.calendar.show(meeting.started.at),
            meeting.agenda.clone(),
            (meeting.lasted(clock) / 60).to_string(),
            planned.to_string(),
            meeting.attendance.len().to_string(),
            book.meetings.decisions_of(meeting.id).count().to_string(),
            meeting
                .rating()
                .map(|x| show::decimals(x, 1))
                .unwrap_or_default(),
            meeting
                .next_on
                .map(|day| day.to_string())
                .unwrap_or_default(),
            if meeting.is_running() {
                "running"
            } else {
                "closed"
            }
            .into(),
        ]);
    }
    tables::print(session.format(), &rows)
}

fn grounds(grounds: &[Ground]) -> String {
    let one = |ground: &Ground| match ground {
        Ground::Words(words) => words.clone(),
        other => format!("{} {}", other.word(), other.value()),
    };
    grounds.iter().map(one).collect::<Vec<_>>().join("; ")
}

fn became(issue: &Issue) -> String {
    match (&issue.solved, &issue.why) {
        (Some(Solved::Decision(id)), _) => format!("decision {}", id.0),
        (Some(Solved::Action(id)), _) => format!("action {}", id.0),
        (None, Some(why)) => why.clone(),
        (None, None) => String::new(),
    }
}

pub(super) fn issues(session: &Session, all: bool) -> Result<(), Failure> {
    let book = session.read()?.book()?;
    let mut rows = heading([
        "issue", "urgency", "state", "raised", "by", "became", "rests on", "text",
    ]);
    let mut issues: Vec<&Issue> = book.meetings.open_issues();
    if all {
        issues.extend(book.meetings.issues.iter().filter(|issue| !issue.is_open()));
    }
    for issue in issues {
        rows.push(vec![
            issue.id.0.to_string(),
            issue.priority.told(),
            issue.state.label().into(),
            on(&book, issue.by.at),
            issue.by.name.clone().unwrap_or_default(),
            became(issue),
            grounds(&issue.rests_on),
            issue.text.clone(),
        ]);
    }
    tables::print(session.format(), &rows)
}

/// Decisions, newest first, with their numbers then and now.
pub(super) fn decisions(session: &Session) -> Result<(), Failure> {
    let desk = desk(session, None)?;
    let mut rows = heading([
        "decision", "meeting", "on", "owner", "due", "about", "number", "then", "now", "moved",
        "rests on", "text",
    ]);
    let mut measuring = Measuring::new(&desk.facts, &desk.book, &desk.scope);
    for decision in desk.book.meetings.decisions.iter().rev() {
        let look = decision.moves.as_ref();
        let effect = look.and_then(|was| measuring.effect(was));
        let name = look.map(|was| match Metric::parse(&was.metric) {
            Some(metric) => dictionary::name(metric).to_owned(),
            None => was.metric.clone(),
        });
        let [then, now, moved] = effect.map_or_else(Default::default, |effect| {
            let told = |figure, period: &str| {
                format!(
                    "{} ({period}, {})",
                    show::full(figure),
                    show::beside(figure)
                )
            };
            [
                told(&effect.then, &effect.then_period),
                told(&effect.now, &effect.now_period),
                effect.moved.label().to_owned(),
            ]
        });
        let about = match &decision.campaign {
            Some(campaign) => format!("{} {campaign}", decision.kind.label()),
            None => decision.kind.label().to_owned(),
        };
        rows.push(vec![
            decision.id.0.to_string(),
            decision.meeting.0.to_string(),
            on(&desk.book, decision.by.at),
            decision.owner.name.clone(),
            decision.due.to_string(),
            about,
            name.unwrap_or_default(),
            then,
            now,
            moved,
            grounds(&decision.rests_on),
            decision.text.clone(),
        ]);
    }
    tables::print(session.format(), &rows)?;
    if rows.len() > 1 {
        out::say(NO_PROOF);
    }
    Ok(())
}

pub(super) fn actions(session: &Session, all: bool) -> Result<(), Failure> {
    let book = session.read()?.book()?;
    let today = book.calendar.day_of(session.as_of(&book)?);
    let mut rows = heading([
        "action", "state", "owner", "due", "kind", "since", "why", "text",
    ]);
    let mut actions = book.meetings.open_actions();
    if all {
        actions.extend(book.meetings.actions.iter().filter(|a| a.ended.is_some()));
    }
    for action in actions {
        let state = if action.is_overdue(today) {
            "overdue"
        } else {
            action.state.label()
        };
        rows.push(vec![
            action.id.0.to_string(),
            state.into(),
            action.owner.name.clone(),
            action.due.to_string(),
            action.kind.label().into(),
            on(&book, action.by.at),
            action.why.clone().unwrap_or_default(),
            action.text.clone(),
        ]);
    }
    tables::print(session.format(), &rows)
}

pub(super) fn agendas(session: &Session) -> Result<(), Failure> {
    let book = session.read()?.book()?;
    let mut rows = heading(["agenda", "place", "topic", "minutes", "title"]);
    for agenda in book.meetings.agendas() {
        for (place, point) in (1..).zip(&agenda.points) {
            let place: i32 = place;
            rows.push(vec![
                agenda.name.clone(),
                place.to_string(),
                point.topic.word().into(),
                point.minutes.to_string(),
                point.title.clone(),
            ]);
        }
    }
    tables::print(session.format(), &rows)
}

pub(super) fn search(session: &Session, words: &str) -> Result<(), Failure> {
    let book = session.read()?.book()?;
    let mut rows = heading(["what", "number", "meeting", "on", "text"]);
    for hit in search::search(&book.meetings, words) {
        let number = match hit.what {
            search::What::Decision(id) => id.0.to_string(),
            search::What::Issue(id) => id.0.to_string(),
            search::What::Action(id) => id.0.to_string(),
            search::What::Note => String::new(),
        };
        rows.push(vec![
            hit.what.label().into(),
            number,
            hit.meeting.map(|id| id.0.to_string()).unwrap_or_default(),
            on(&book, hit.at),
            hit.text.to_owned(),
        ]);
    }
    tables::print(session.format(), &rows)
}
