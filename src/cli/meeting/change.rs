//! Options of `meeting` read into changes, and applied. Decides no rule itself.

use super::args::{ActArgs, DecideArgs};
use super::{command, desk};
use crate::cli::explain;
use crate::cli::failure::Failure;
use crate::cli::out;
use crate::cli::session::Session;
use crate::domain::meeting::agenda::{Point, Topic};
use crate::domain::meeting::ground::Ground;
use crate::domain::meeting::snapshot::Frozen;
use crate::domain::meeting::{
    ActionKind, DecisionKind, MeetingChange, NewAction, NewDecision, Priority,
};
use crate::domain::moment::Day;
use crate::domain::spoken;
use crate::metrics::Metric;
use crate::metrics::meeting;

/// Applies a change and says what was done; then where the room is, where it moved.
pub(super) fn apply(session: &Session, change: MeetingChange) -> Result<(), Failure> {
    let mut store = session.write()?;
    let applied = session.apply(&mut store, &command(change))?;
    out::say(&applied.summary);
    for note in &applied.notes {
        out::say(note);
    }
    Ok(())
}

/// The board as it stands, to be frozen. A look at another day freezes nothing.
pub(super) fn frozen(session: &Session, period: Option<&str>) -> Result<Frozen, Failure> {
    if session.global.as_of.is_some() {
        return Err(Failure::WrongUse(
            "a meeting freezes the figures of now; leave --as-of away".into(),
        ));
    }
    let desk = desk(session, period)?;
    Ok(meeting::freeze(&desk.facts, &desk.book, &desk.scope).map_err(anyhow::Error::from)?)
}

/// The item at a place of the running agenda.
pub(super) fn take(session: &Session, place: usize) -> Result<MeetingChange, Failure> {
    let book = session.read()?.book()?;
    let Some(running) = book.meetings.running() else {
        return Err(Failure::new(
            "no meeting is running; `meeting start` opens one",
        ));
    };
    let item = place.checked_sub(1).and_then(|at| running.items.get(at));
    item.map(|item| MeetingChange::Take(item.id))
        .ok_or_else(|| {
            Failure::WrongUse(format!(
                "the agenda has {} items; {place} is none of them",
                running.items.len()
            ))
        })
}

/// `rejections=15`, `other:Any news=5`.
pub(super) fn point(text: &str) -> Result<Point, Failure> {
    let wrong = || {
        let topics: Vec<&str> = Topic::ALL.iter().map(|topic| topic.word()).collect();
        Failure::WrongUse(format!(
            "'{text}' is no item; TOPIC=MINUTES or TOPIC:TITLE=MINUTES is expected, where TOPIC is {}",
            topics.join(", ")
        ))
    };
    let (what, minutes) = text.rsplit_once('=').ok_or_else(wrong)?;
    let minutes = minutes.trim().parse().map_err(|_| wrong())?;
    let (topic, title) = match what.split_once(':') {
        Some((topic, title)) => (topic, Some(title.trim())),
        None => (what, None),
    };
    let topic = Topic::parse(&topic.trim().to_lowercase()).ok_or_else(wrong)?;
    let mut point = Point::new(topic, minutes);
    if let Some(title) = title {
        title.clone_into(&mut point.title);
    }
    Ok(point)
}

pub(super) fn priority(number: u8) -> Priority {
    match number {
        1 => Priority::High,
        2 => Priority::Middle,
        _ => Priority::Low,
    }
}

/// Grounds as they are typed; a number must be one that the program knows.
pub(super) fn grounds(texts: &[String]) -> Result<Vec<Ground>, Failure> {
    let read = |text: &String| {
        let ground = Ground::typed(text);
        match &ground {
            Ground::Metric(id) if Metric::parse(id).is_none() => Err(explain::unknown(id)),
            _ => Ok(ground),
        }
    };
    texts.iter().map(read).collect()
}

/// What must be said: clap has looked that it is there.
fn said(what: &str, given: Option<&String>) -> Result<String, Failure> {
    given
        .cloned()
        .ok_or_else(|| Failure::WrongUse(format!("--{what} is missing")))
}

/// A day as people say it: a date, `+7d`, `+2w`, `fri`, counted from the workspace's today.
pub(super) fn day(session: &Session, text: &str) -> Result<Day, Failure> {
    if let Some(day) = Day::parse(text) {
        return Ok(day);
    }
    let book = session.read()?.book()?;
    let today = book.calendar.day_of(session.as_of(&book)?);
    spoken::day(text, today).map_err(Failure::WrongUse)
}

fn due(session: &Session, given: Option<&String>) -> Result<Day, Failure> {
    day(session, &said("due", given)?)
}

pub(super) fn decision(session: &Session, args: &DecideArgs) -> Result<NewDecision, Failure> {
    let kind = match &args.kind {
        None => DecisionKind::Other,
        Some(kind) => {
            let word = kind.trim().to_lowercase().replace([' ', '-'], "_");
            DecisionKind::parse(&word).ok_or_else(|| {
                let known: Vec<&str> = DecisionKind::ALL.iter().map(|kind| kind.word()).collect();
                let known = known.join(", ").replace('_', "-");
                Failure::WrongUse(format!(
                    "'{kind}' is no kind of decision; one of {known} is"
                ))
            })?
        }
    };
    let moves = match &args.moves {
        None => None,
        Some(id) => {
            let metric = Metric::parse(id).ok_or_else(|| explain::unknown(id))?;
            let desk = desk(session, args.period.as_deref())?;
            let kept = meeting::measure(metric, &desk.facts, &desk.book, &desk.scope);
            Some(kept.map_err(anyhow::Error::from)?)
        }
    };
    Ok(NewDecision {
        text: said("text", args.text.as_ref())?,
        owner: said("owner", args.owner.as_ref())?,
        due: due(session, args.due.as_ref())?,
        kind,
        campaign: args.campaign.clone(),
        moves,
        rests_on: grounds(&args.on)?,
    })
}

pub(super) fn action(session: &Session, args: &ActArgs) -> Result<NewAction, Failure> {
    Ok(NewAction {
        text: said("text", args.text.as_ref())?,
        owner: said("owner", args.owner.as_ref())?,
        due: due(session, args.due.as_ref())?,
        kind: if args.content {
            ActionKind::ContentRequest
        } else {
            ActionKind::Task
        },
    })
}
