//! What the last meeting left, on one page: its decisions then and now, open actions, open issues, the next date. Computes no number.

use super::change;
use super::lists;
use super::measure::{self, Effects, NO_PROOF};
use super::{waiting, words};
use crate::domain::meeting::line::Meeting;
use crate::screens::model::Model;
use crate::widgets::{Paragraph, Reader};

/// The page.
pub(super) fn reader(model: &Model, effects: &Effects) -> Reader {
    let book = model.book();
    let mut text = Vec::new();
    match book.meetings.last_closed() {
        None => {
            text.extend(first(model));
            text.extend(alarms(model));
        }
        Some(last) => {
            text.extend(next_date(last, model));
            text.extend(alarms(model));
            text.extend(decided(last, model, effects));
            if let Some(since) = effects.since_the_last() {
                text.push(Paragraph::Gap);
                text.push(Paragraph::Heading("Since then".to_owned()));
                text.push(Paragraph::Entry(
                    "•".to_owned(),
                    change::pipeline(since, model),
                ));
            }
        }
    }
    text.extend(actions(model));
    text.extend(waiting::feedback(model));
    text.extend(waiting::challenges(model));
    text.extend(issues(model));
    Reader::new(text)
}

/// Before the first meeting.
fn first(model: &Model) -> Vec<Paragraph> {
    let mut text = vec![
        Paragraph::Strong("There was no meeting yet.".to_owned()),
        Paragraph::Gap,
        Paragraph::Text("s opens one: an agenda of an hour, of 25 minutes, or your own; then who is at the table. From then on the line above every screen shows the item, its time, and the keys for issues, decisions, actions and notes.".to_owned()),
        Paragraph::Gap,
        Paragraph::Text("The figures are frozen when it opens and when it closes; the next one opens with what was decided, then and now.".to_owned()),
    ];
    if model.book().people.is_empty() {
        text.push(Paragraph::Gap);
        text.push(Paragraph::Text("Nobody stands in the list of people yet: when it asks who is at the table, + adds somebody. A meeting can start without; decisions and actions need an owner.".to_owned()));
    }
    text
}

/// What the room has to hear of the definition in force.
fn alarms(model: &Model) -> Vec<Paragraph> {
    let said = |alarm: String| Paragraph::Entry("!".to_owned(), format!("{alarm}; 4, A: why"));
    model.alarms().into_iter().map(said).collect()
}

fn next_date(last: &Meeting, model: &Model) -> Vec<Paragraph> {
    let calendar = &model.book().calendar;
    let today = calendar.day_of(model.now());
    let on = calendar.day_of(last.started.at);
    if model.book().meetings.running().is_some() {
        return vec![Paragraph::Strong(format!(
            "Meeting {} was on {on}.",
            last.id.0
        ))];
    }
    let next = match last.next_on {
        Some(day) if day == today => "the next one is today: s opens it".to_owned(),
        Some(day) if day < today => format!("! the next one was to be on {day}: s opens it"),
        Some(day) => format!("the next one is on {day}"),
        None => "the next date is not agreed".to_owned(),
    };
    vec![Paragraph::Strong(format!(
        "Meeting {} was on {on}; {next}.",
        last.id.0
    ))]
}

fn decided(last: &Meeting, model: &Model, effects: &Effects) -> Vec<Paragraph> {
    let decisions: Vec<_> = model.book().meetings.decisions_of(last.id).collect();
    let mut text = vec![
        Paragraph::Gap,
        Paragraph::Heading(format!("Decided then ({})", decisions.len())),
    ];
    for decision in &decisions {
        text.push(Paragraph::Entry(
            "•".to_owned(),
            format!(
                "{} ({}, {})",
                decision.text, decision.owner.name, decision.due
            ),
        ));
        if let Some(effect) = effects.of(decision) {
            text.push(Paragraph::Entry(String::new(), measure::words(effect)));
        }
    }
    if decisions.iter().any(|decision| decision.moves.is_some()) {
        text.push(Paragraph::Entry(String::new(), format!("({NO_PROOF})")));
    }
    text
}

fn actions(model: &Model) -> Vec<Paragraph> {
    let today = model.book().calendar.day_of(model.now());
    let all = lists::actions(model);
    if all.is_empty() {
        return Vec::new();
    }
    let mut text = vec![
        Paragraph::Gap,
        Paragraph::Heading(format!("To be done ({})", all.len())),
    ];
    for action in all {
        let late = lists::pressing(action, today);
        let late = if late.is_empty() {
            String::new()
        } else {
            format!(" · {late}")
        };
        text.push(Paragraph::Entry(
            "•".to_owned(),
            format!(
                "{} ({}, {}){late}",
                action.text, action.owner.name, action.due
            ),
        ));
    }
    text
}

fn issues(model: &Model) -> Vec<Paragraph> {
    let all = model.book().meetings.open_issues();
    if all.is_empty() {
        return Vec::new();
    }
    let mut text = vec![
        Paragraph::Gap,
        Paragraph::Heading(format!(
            "{} before the room",
            words::count(all.len(), "issue")
        )),
    ];
    for issue in all {
        let parked = match issue.state {
            crate::domain::meeting::IssueState::Parked => " · parked",
            _ => "",
        };
        text.push(Paragraph::Entry(
            issue.priority.word().to_owned(),
            format!("{}{parked}", issue.text),
        ));
    }
    text
}
