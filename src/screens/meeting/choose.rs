//! Lists by letter of the meeting: agendas, what can be done with an issue. Decides nothing.

use super::question::{Dropped, Origin, Question};
use super::words;
use crate::domain::meeting::agenda::{Agenda, Point, Topic};
use crate::domain::meeting::line::{Issue, Meeting};
use crate::domain::meeting::{IssueState, MeetingChange};
use crate::domain::policy::Side;
use crate::screens::letters::Letters;
use crate::screens::model::Model;
use crate::widgets::Entry;

/// What a letter stands for.
#[derive(Debug, Clone)]
pub(super) enum Choice {
    /// Another window.
    Ask(Question),
    /// A change.
    Do(Box<MeetingChange>),
}

/// A list, and what its letters stand for.
pub(super) type Chosen = (Letters, Vec<Choice>);

pub(super) fn letters<'a>(
    title: &str,
    entries: impl IntoIterator<Item = (&'a str, &'a str, Choice)>,
) -> Chosen {
    let (entries, choices) = entries
        .into_iter()
        .map(|(label, remark, choice)| (Entry::new(label, remark), choice))
        .unzip();
    (Letters::new(title, entries), choices)
}

fn described(agenda: &Agenda) -> Entry {
    let items = words::count(agenda.points.len(), "item");
    Entry::new(&agenda.name, format!("{} min, {items}", agenda.minutes()))
}

/// Agendas to start with, and the way to one of one's own.
pub(super) fn agendas(title: &str, model: &Model) -> Chosen {
    let all: Vec<Agenda> = model.book().meetings.agendas().collect();
    let mut entries: Vec<Entry> = all.iter().map(described).collect();
    let mut choices: Vec<Choice> = all
        .iter()
        .map(|agenda| Choice::Ask(Question::Table(Some(agenda.name.clone()))))
        .collect();
    entries.push(Entry::new("one of your own", "put it together first"));
    choices.push(Choice::Ask(Question::Agendas));
    (Letters::new(title, entries), choices)
}

/// Agendas to begin with, to change, to throw away.
pub(super) fn agendas_to_change(model: &Model) -> Chosen {
    let meetings = &model.book().meetings;
    let built_in = Agenda::built_in();
    let mut entries = Vec::new();
    let mut choices = Vec::new();
    for agenda in meetings.agendas() {
        let own = meetings.own.iter().any(|known| known.name == agenda.name);
        let label = if own {
            format!("change {}", agenda.name)
        } else {
            format!("begin with {}", agenda.name)
        };
        entries.push(Entry {
            label,
            ..described(&agenda)
        });
        choices.push(Choice::Ask(Question::Plan(agenda)));
    }
    entries.push(Entry::new("begin with nothing", "one item"));
    let empty = Agenda {
        name: built_in[0].name.clone(),
        points: vec![Point::new(Topic::Scoreboard, 5)],
    };
    choices.push(Choice::Ask(Question::Plan(empty)));
    for agenda in &meetings.own {
        entries.push(Entry::new(
            format!("throw {} away", agenda.name),
            "u takes it back",
        ));
        choices.push(Choice::Do(Box::new(MeetingChange::RemoveAgenda(
            agenda.name.clone(),
        ))));
    }
    (Letters::new("An agenda of your own", entries), choices)
}

/// Who could present: those who are there, else everybody.
pub(super) fn presenters(model: &Model) -> Chosen {
    let running = model.book().meetings.running();
    let presents = running.and_then(|meeting| meeting.presenter.as_ref());
    let there = running.into_iter().flat_map(Meeting::present);
    let mut all: Vec<_> = there
        .map(|a| (a.person.handle.clone(), a.person.name.clone(), a.side))
        .collect();
    if all.is_empty() {
        let people = model.book().people.iter();
        all = people
            .map(|p| (p.handle.clone(), p.name.clone(), p.side))
            .collect();
    }
    let entry = |(handle, name, side): (String, String, Side)| {
        let now = presents.is_some_and(|who| who.handle == handle);
        let remark = if now { "presents" } else { side.label() };
        let change = MeetingChange::Present(handle);
        (Entry::new(name, remark), Choice::Do(Box::new(change)))
    };
    let (entries, choices) = all.into_iter().map(entry).unzip();
    (Letters::new("Who presents?", entries), choices)
}

/// What can be done with an issue.
pub(super) fn about(issue: &Issue) -> Chosen {
    let id = issue.id;
    let origin = || Origin::of(issue);
    let mut all = vec![
        (
            "solve: a decision",
            "owner, date, number",
            Choice::Ask(Question::Decision(origin())),
        ),
        (
            "solve: an action",
            "who, until when",
            Choice::Ask(Question::Action(origin())),
        ),
        (
            "how urgent it is",
            "1, 2, 3",
            Choice::Ask(Question::Rank(id, Vec::new())),
        ),
        (
            "park it",
            "comes back next time",
            Choice::Do(Box::new(MeetingChange::ParkIssue(id))),
        ),
        (
            "drop it",
            "with a reason",
            Choice::Ask(Question::Drop(Dropped::Issue(id))),
        ),
    ];
    if issue.state != IssueState::Discussing {
        all.insert(
            0,
            (
                "discuss it",
                "now",
                Choice::Do(Box::new(MeetingChange::Discuss(id))),
            ),
        );
    }
    let (entries, choices) = all
        .into_iter()
        .map(|(label, remark, choice)| (Entry::new(label, remark), choice))
        .unzip();
    (Letters::new(issue.text.clone(), entries), choices)
}
