//! The fields of issues, decisions, actions, notes and the end of a meeting, and the commands that they say. The rules are the domain's.

use super::measure;
use super::question::{Dropped, Origin, Under};
use super::words;
use crate::domain::command::Command;
use crate::domain::ids::IssueId;
use crate::domain::meeting::agenda::Topic;
use crate::domain::meeting::ground::Ground;
use crate::domain::meeting::{
    ActionKind, DecisionKind, MeetingChange, NewAction, NewDecision, Priority, Solution,
};
use crate::domain::moment::Day;
use crate::domain::spoken;
use crate::metrics::{Figure, Metric};
use crate::screens::figures::{self, Room};
use crate::screens::form::Form;
use crate::screens::labels;
use crate::screens::model::Model;

/// Days until something is due where nobody says.
const TWO_WEEKS: i32 = 14;

/// The word of "none" in a choice.
const NONE: &str = "";

pub(super) fn command(change: MeetingChange) -> Command {
    Command::Meeting(change)
}

fn today(model: &Model) -> Day {
    model.book().calendar.day_of(model.now())
}

fn rests_on(form: Form, under: &Under) -> Form {
    if under.grounds.is_empty() {
        form
    } else {
        form.note(format!("Rests on: {}", words::grounds(&under.grounds)))
    }
}

/// People with their sides; those who are in the room first, then by name.
fn people(form: Form, label: &str, model: &Model) -> Form {
    let book = model.book();
    let running = book.meetings.running();
    let here = |id| running.is_some_and(|m| m.present().any(|a| a.person.id == id));
    let mut all: Vec<_> = book.people.iter().collect();
    all.sort_by_key(|person| (!here(person.id), person.name.to_lowercase()));
    let options = all.iter().map(|person| {
        let label = format!("{}, {}", person.name, person.side.label());
        (person.handle.clone(), label)
    });
    let me = model.me().map_or("", |me| me.handle.as_str());
    form.choice(label, options.collect(), me)
}

fn due(form: Form, model: &Model) -> Form {
    let usual = today(model).plus(TWO_WEEKS);
    form.text(
        "Due",
        "",
        &format!("{usual} unless you say: +7d, fri, 2026-12-01"),
    )
}

pub(super) fn issue(under: &Under, model: &Model) -> Form {
    let urgencies = Priority::ALL
        .iter()
        .map(|p| (p.word().to_owned(), p.told()));
    let form = rests_on(
        Form::new("An issue for the room"),
        &with_value(under, model),
    );
    form.text("Issue", "", "what is the matter?")
        .choice("Urgency", urgencies.collect(), "2")
}

/// The ground with the number as it is now, so that an issue keeps what it was raised on.
fn with_value(under: &Under, model: &Model) -> Under {
    let Some(metric) = under.metric else {
        return under.clone();
    };
    let Some(figure) = measure::figure(metric, model) else {
        return under.clone();
    };
    let period = &model.scope().period.label;
    let told = format!(
        "{} was {}",
        labels::label(metric),
        measure::told(&figure, period)
    );
    under.clone().saying(told)
}

pub(super) fn issue_said(form: &Form, under: &Under, model: &Model) -> Result<Command, String> {
    Ok(command(MeetingChange::Raise {
        text: needed(form, 0, "say what the matter is")?,
        priority: Priority::parse(form.value(1)).unwrap_or(Priority::Middle),
        rests_on: with_value(under, model).grounds,
    }))
}

pub(super) fn note(model: &Model) -> Form {
    let running = model.book().meetings.running();
    let item = running.and_then(|meeting| meeting.open_item());
    let form = Form::new("A note");
    let form = match item {
        Some(item) => form.note(format!("At {}.", item.point.title)),
        None => form,
    };
    form.text("Note", "", "what was said")
}

pub(super) fn note_said(form: &Form) -> Result<Command, String> {
    Ok(command(MeetingChange::Note(needed(
        form,
        0,
        "write something down",
    )?)))
}

pub(super) fn needed(form: &Form, field: usize, why: &str) -> Result<String, String> {
    form.given(field).ok_or_else(|| why.to_owned())
}

pub(super) fn decision(origin: &Origin, model: &Model) -> Form {
    let kinds = DecisionKind::ALL
        .iter()
        .map(|kind| (kind.word().to_owned(), kind.label().to_owned()));
    let campaign = origin.under.grounds.iter().find_map(|ground| match ground {
        Ground::Campaign(name) => Some(name.as_str()),
        _ => None,
    });
    let kind = match (&origin.under.grounds[..], campaign) {
        (_, Some(_)) => DecisionKind::CampaignFix,
        ([Ground::Criteria(_), ..], _) => DecisionKind::Criteria,
        _ => DecisionKind::Other,
    };
    // What the room looks at is most often what it wants to move.
    let usual = || match model.book().meetings.running()?.open_item()?.point.topic {
        Topic::Rejections if origin.issue.is_none() => Some(Metric::RejectionRate),
        _ => None,
    };
    let moves = origin.under.metric.or_else(usual);
    let none = [(NONE.to_owned(), "none".to_owned())];
    let mut campaigns: Vec<&str> = names(model);
    campaigns.sort_by_key(|name| name.to_lowercase());
    let campaigns = campaigns
        .into_iter()
        .map(|name| (name.to_owned(), name.to_owned()));
    let mut figures = measure::choices(model);
    if let Some(metric) = moves.filter(|m| figures.iter().all(|f| f.id != *m)) {
        figures.splice(0..0, measure::figure(metric, model));
    }
    let figures = figures.iter().map(|f| (f.id.id().to_owned(), offered(f)));
    let about = issue_text(origin.issue, model);
    let form = match &about {
        Some(text) => Form::new("A decision").note(format!("Solves: {text}")),
        None => Form::new("A decision"),
    };
    let form = rests_on(form, &origin.under).text("Decision", "", "what was decided?");
    due(people(form, "Owner", model), model)
        .choice("About", kinds.collect(), kind.word())
        .choice(
            "Campaign",
            none.iter().cloned().chain(campaigns).collect(),
            campaign.unwrap_or(NONE),
        )
        .choice(
            "Moves",
            none.iter().cloned().chain(figures).collect(),
            moves.map_or(NONE, Metric::id),
        )
        .text("Rests on", "", "anything else, in words")
}

/// Names of campaigns.
fn names(model: &Model) -> Vec<&str> {
    let names = &model.facts().names.campaigns;
    (0..names.len() as u32)
        .map(|code| names.name(code))
        .collect()
}

/// A number with its value now: `Accepted of decided  45.6 % n 217 ev`.
fn offered(figure: &Figure) -> String {
    let value = figures::figure(figure, Room::Wide);
    let beside = figures::beside(figure, Room::Wide);
    format!("{}  {value} {beside}", labels::label(figure.id))
        .trim_end()
        .to_owned()
}

fn issue_text(issue: Option<IssueId>, model: &Model) -> Option<String> {
    let issues = &model.book().meetings.issues;
    let issue = issues.iter().find(|known| Some(known.id) == issue)?;
    Some(issue.text.clone())
}

fn day_of(form: &Form, field: usize, model: &Model) -> Result<Day, String> {
    let today = today(model);
    match form.given(field) {
        Some(text) => spoken::day(&text, today),
        None => Ok(today.plus(TWO_WEEKS)),
    }
}

/// The owner; who has nobody in the list is told so.
fn owner(form: &Form, field: usize) -> Result<String, String> {
    needed(
        form,
        field,
        "nobody is in the list of people who could own it: , then the page People adds somebody",
    )
}

pub(super) fn decision_said(
    form: &Form,
    origin: &Origin,
    model: &Model,
) -> Result<Command, String> {
    let mut rests_on = origin.under.grounds.clone();
    rests_on.extend(form.given(6).map(|text| Ground::typed(&text)));
    let moves = Metric::parse(form.value(5));
    let moves = moves.map(|metric| measure::measured(metric, model));
    let kind = DecisionKind::parse(form.value(3)).unwrap_or(DecisionKind::Other);
    let new = NewDecision {
        text: needed(form, 0, "say what was decided")?,
        owner: owner(form, 1)?,
        due: day_of(form, 2, model)?,
        kind,
        campaign: form.given(4),
        moves: moves.transpose()?,
        rests_on,
    };
    Ok(command(match origin.issue {
        Some(issue) => MeetingChange::Solve(issue, Solution::Decision(new)),
        None => MeetingChange::Decide(new),
    }))
}

pub(super) fn action(origin: &Origin, model: &Model) -> Form {
    let kinds = ActionKind::ALL
        .iter()
        .map(|kind| (kind.word().to_owned(), kind.label().to_owned()));
    let form = match issue_text(origin.issue, model) {
        Some(text) => Form::new("An action").note(format!("Solves: {text}")),
        None => Form::new("An action"),
    };
    let form = form.text("Action", "", "what is to be done?");
    due(people(form, "Who", model), model).choice("Kind", kinds.collect(), ActionKind::Task.word())
}

pub(super) fn action_said(form: &Form, origin: &Origin, model: &Model) -> Result<Command, String> {
    let mut text = needed(form, 0, "say what is to be done")?;
    // An action rests on nothing of its own: what was under the cursor stands in its text.
    let under = words::grounds(&origin.under.grounds);
    if !under.is_empty() && text.chars().count() + under.chars().count() < 480 {
        text = format!("{text} ({under})");
    }
    let new = NewAction {
        text,
        owner: owner(form, 1)?,
        due: day_of(form, 2, model)?,
        kind: ActionKind::parse(form.value(3)).unwrap_or(ActionKind::Task),
    };
    Ok(command(match origin.issue {
        Some(issue) => MeetingChange::Solve(issue, Solution::Action(new)),
        None => MeetingChange::Act(new),
    }))
}

pub(super) fn drop_it(dropped: Dropped, model: &Model) -> Form {
    let meetings = &model.book().meetings;
    let text = match dropped {
        Dropped::Issue(id) => meetings.issues.iter().find(|i| i.id == id).map(|i| &i.text),
        Dropped::Action(id) => meetings
            .actions
            .iter()
            .find(|a| a.id == id)
            .map(|a| &a.text),
    };
    Form::new("Given up")
        .note(text.map_or("", String::as_str))
        .text("Why", "", "the reason stays with it")
}

pub(super) fn dropped(form: &Form, dropped: Dropped) -> Result<Command, String> {
    let why = needed(form, 0, "say why it is given up")?;
    Ok(command(match dropped {
        Dropped::Issue(id) => MeetingChange::DropIssue(id, why),
        Dropped::Action(id) => MeetingChange::Drop(id, why),
    }))
}

/// A field for each who was there, and one for the next date.
pub(super) fn close(model: &Model) -> Form {
    let form = Form::new("Close the meeting")
        .note("How good was it, from 1 to 10? What is left empty is not rated.");
    let running = model.book().meetings.running();
    let attendance = running.map_or(&[][..], |meeting| &meeting.attendance);
    let form = attendance.iter().fold(form, |form, attendee| {
        let rating =
            running.and_then(|m| m.ratings.iter().find(|r| r.person.id == attendee.person.id));
        let score = rating.map_or_else(String::new, |rating| rating.score.to_string());
        form.text(&attendee.person.name, &score, "1 to 10")
    });
    form.text(
        "Next meeting",
        "",
        "+2w, tue, 2026-12-01; empty: not agreed yet",
    )
}

/// The ratings, and the day of the next meeting.
pub(super) fn close_said(
    form: &Form,
    model: &Model,
) -> Result<(Vec<Command>, Option<Day>), String> {
    let running = model.book().meetings.running();
    let attendance = running.map_or(&[][..], |meeting| &meeting.attendance);
    let mut rates = Vec::new();
    for (field, attendee) in attendance.iter().enumerate() {
        let Some(text) = form.given(field) else {
            continue;
        };
        let score = text
            .parse::<u8>()
            .ok()
            .filter(|score| (1..=10).contains(score));
        let score = score
            .ok_or_else(|| format!("'{text}' is no rating; 1 to 10, or nothing, is expected"))?;
        rates.push(command(MeetingChange::Rate {
            person: Some(attendee.person.handle.clone()),
            score,
        }));
    }
    let next = form
        .given(attendance.len())
        .map(|text| spoken::day(&text, today(model)));
    Ok((rates, next.transpose()?))
}
