//! The rows of the lists: which, in which order, in which words. Draws nothing.

use super::measure::{self, Effects};
use super::view::View;
use super::words::{self, clock};
use crate::domain::ids::{IssueId, MeetingId};
use crate::domain::meeting::line::{Action, Decision, Issue, Meeting};
use crate::domain::meeting::search::{Hit, search};
use crate::domain::meeting::{ActionKind, IssueState};
use crate::domain::moment::Day;
use crate::screens::figures::{self, Room};
use crate::screens::model::Model;
use crate::widgets::{Align, Column};

/// A line of the history: a meeting, or where the words stand.
#[derive(Debug, Clone)]
pub(super) enum Past<'a> {
    Meeting(&'a Meeting),
    Hit(Hit<'a>),
}

impl Past<'_> {
    /// The meeting that it opens.
    pub(super) fn meeting(&self) -> Option<MeetingId> {
        match self {
            Past::Meeting(meeting) => Some(meeting.id),
            Past::Hit(hit) => hit.meeting,
        }
    }
}

/// Decisions, the newest meeting's first, in the order in which they were made.
pub(super) fn decisions(model: &Model) -> Vec<&Decision> {
    let mut all: Vec<&Decision> = model.book().meetings.decisions.iter().collect();
    all.sort_by_key(|decision| (std::cmp::Reverse(decision.meeting), decision.id));
    all
}

/// The open issues below one, in the order of the list.
pub(super) fn below(id: IssueId, model: &Model) -> Vec<IssueId> {
    let open = model.book().meetings.open_issues();
    let ids = open.iter().map(|issue| issue.id);
    ids.skip_while(|own| *own != id).skip(1).collect()
}

/// Actions that are to be done, what is overdue first.
pub(super) fn actions(model: &Model) -> Vec<&Action> {
    model.book().meetings.open_actions()
}

/// Meetings, the newest first; with words to search for, where they stand.
pub(super) fn past<'a>(model: &'a Model, sought: &str) -> Vec<Past<'a>> {
    let meetings = &model.book().meetings;
    if sought.trim().is_empty() {
        return meetings.all.iter().rev().map(Past::Meeting).collect();
    }
    search(meetings, sought)
        .into_iter()
        .map(Past::Hit)
        .collect()
}

/// How many rows a list has.
pub(super) fn len(view: View, model: &Model, sought: &str) -> usize {
    let meetings = &model.book().meetings;
    match view {
        View::Agenda => meetings.running().map_or(0, |meeting| meeting.items.len()),
        View::Issues => meetings.open_issues().len(),
        View::Decisions => meetings.decisions.len(),
        View::Actions => actions(model).len(),
        View::History => past(model, sought).len(),
    }
}

fn column(title: &str, width: u16, align: Align, drop: u8) -> Column {
    Column {
        title: title.to_owned(),
        width,
        align,
        grows: drop == 0,
        drop,
    }
}

/// The columns of a list; what goes first where room is short has the highest number.
pub(super) fn columns(view: View, sought: &str) -> Vec<Column> {
    use Align::{Left, Right};
    match view {
        View::Agenda => Vec::new(),
        View::Issues => vec![
            column("!", 1, Left, 1),
            column("Issue", 20, Left, 0),
            column("State", 10, Left, 2),
            column("Rests on", 18, Left, 4),
            column("Raised", 10, Left, 3),
        ],
        View::Decisions => vec![
            column("No.", 3, Right, 3),
            column("Decision", 18, Left, 0),
            column("Owner", 12, Left, 2),
            column("Due", 10, Left, 4),
            column("Moves", 18, Left, 5),
            column("Then", 10, Right, 3),
            column("Now", 10, Right, 1),
        ],
        View::Actions => vec![
            column("Action", 20, Left, 0),
            column("Who", 14, Left, 1),
            column("Due", 10, Left, 2),
            column("", 12, Left, 1),
        ],
        View::History if sought.trim().is_empty() => vec![
            column("No.", 3, Right, 1),
            column("When", 16, Left, 0),
            column("Lasted", 8, Right, 3),
            column("Decided", 7, Right, 2),
            column("Actions", 7, Right, 4),
            column("Rated", 5, Right, 5),
        ],
        View::History => vec![
            column("What", 8, Left, 1),
            column("Text", 20, Left, 0),
            column("When", 10, Left, 2),
            column("No.", 3, Right, 3),
        ],
    }
}

/// The cells of a row.
pub(super) fn cells(
    view: View,
    at: usize,
    model: &Model,
    sought: &str,
    effects: &Effects,
) -> Vec<String> {
    let meetings = &model.book().meetings;
    let calendar = &model.book().calendar;
    match view {
        View::Agenda => Vec::new(),
        View::Issues => meetings
            .open_issues()
            .get(at)
            .map_or_else(Vec::new, |issue| {
                vec![
                    issue.priority.word().to_owned(),
                    issue.text.clone(),
                    state(issue).to_owned(),
                    words::grounds(&issue.rests_on),
                    calendar.day_of(issue.by.at).to_string(),
                ]
            }),
        View::Decisions => decisions(model).get(at).map_or_else(Vec::new, |decision| {
            let effect = effects.of(decision);
            let figure = |now: bool| {
                effect.as_ref().map_or_else(String::new, |effect| {
                    figures::figure(if now { &effect.now } else { &effect.then }, Room::Narrow)
                })
            };
            vec![
                decision.meeting.0.to_string(),
                decision.text.clone(),
                decision.owner.name.clone(),
                decision.due.to_string(),
                effect
                    .as_ref()
                    .map_or("", |effect| measure::name(effect))
                    .to_owned(),
                figure(false),
                figure(true),
            ]
        }),
        View::Actions => actions(model).get(at).map_or_else(Vec::new, |action| {
            let today = calendar.day_of(model.now());
            vec![
                action.text.clone(),
                action.owner.name.clone(),
                action.due.to_string(),
                pressing(action, today),
            ]
        }),
        View::History => past(model, sought)
            .get(at)
            .map_or_else(Vec::new, |past| match past {
                Past::Meeting(meeting) => row_of_meeting(meeting, model),
                Past::Hit(hit) => vec![
                    hit.what.label().to_owned(),
                    hit.text.to_owned(),
                    calendar.day_of(hit.at).to_string(),
                    hit.meeting.map_or_else(String::new, |id| id.0.to_string()),
                ],
            }),
    }
}

fn row_of_meeting(meeting: &Meeting, model: &Model) -> Vec<String> {
    let meetings = &model.book().meetings;
    let actions = meetings
        .actions
        .iter()
        .filter(|a| a.meeting == Some(meeting.id));
    let lasted = if meeting.is_running() {
        "running".to_owned()
    } else {
        clock(meeting.lasted(model.clock()))
    };
    vec![
        meeting.id.0.to_string(),
        model.book().calendar.show(meeting.started.at),
        lasted,
        meetings.decisions_of(meeting.id).count().to_string(),
        actions.count().to_string(),
        meeting.rating().map_or_else(
            || figures::DASH.to_owned(),
            |mean| figures::decimal(mean, 1),
        ),
    ]
}

/// Where an issue stands, with a sign.
pub(super) fn state(issue: &Issue) -> &'static str {
    match issue.state {
        IssueState::Discussing => "▶ speaking",
        IssueState::Parked => "· parked",
        other => other.label(),
    }
}

/// `! 3 d late`, `today`, `content request`.
pub(super) fn pressing(action: &Action, today: Day) -> String {
    let late = today.0 - action.due.0;
    match (late, action.kind) {
        (1.., _) => format!("! {late} d late"),
        (0, _) => "today".to_owned(),
        (_, ActionKind::ContentRequest) => "content".to_owned(),
        _ => String::new(),
    }
}
