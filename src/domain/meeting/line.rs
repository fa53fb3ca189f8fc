//! Meetings and what came of them as people read them: names instead of ids. Pure data and look-ups; the text in it is foreign.

use super::agenda::{Agenda, Item, ItemState};
use super::ground::Ground;
use super::measured::Measured;
use super::snapshot::{Part, Snapshot};
use super::{ActionKind, ActionState, DecisionKind, IssueState, Priority};
use crate::domain::criteria::version::By;
use crate::domain::ids::{ActionId, DecisionId, IssueId, ItemId, MeetingId, PersonId};
use crate::domain::moment::{Day, Moment};
use crate::domain::policy::Side;
use crate::domain::refused::Refused;

/// A person who is named somewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Someone {
    /// Row id.
    pub id: PersonId,
    /// Handle.
    pub handle: String,
    /// Full name.
    pub name: String,
}

/// Somebody at the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attendee {
    /// Who.
    pub person: Someone,
    /// Their side, as it was then.
    pub side: Side,
    /// When they came.
    pub came: Moment,
    /// When they left.
    pub left: Option<Moment>,
}

/// Something that was written down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// At which item of the agenda.
    pub item: Option<ItemId>,
    /// By whom, and when.
    pub by: By,
    /// What.
    pub text: String,
}

/// How good somebody found a meeting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rating {
    /// Who.
    pub person: Someone,
    /// 1 to 10.
    pub score: u8,
}

/// A meeting. Its id is the number that people say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Meeting {
    /// Row id.
    pub id: MeetingId,
    /// Name of its agenda.
    pub agenda: String,
    /// When in the history it began, and who opened it.
    pub started: By,
    /// The same by the clock on the wall: timers count from here.
    pub began: Moment,
    /// Who presents.
    pub presenter: Option<Someone>,
    /// When in the history it ended, and who closed it.
    pub closed: Option<By>,
    /// The same by the clock on the wall.
    pub ended: Option<Moment>,
    /// When the next one is.
    pub next_on: Option<Day>,
    /// Its agenda, in order.
    pub items: Vec<Item>,
    /// Who was there, in the order in which they came.
    pub attendance: Vec<Attendee>,
    /// Start, then end.
    pub snapshots: Vec<Snapshot>,
    /// What was written down.
    pub notes: Vec<Note>,
    /// How good it was.
    pub ratings: Vec<Rating>,
}

impl Meeting {
    /// Whether it still runs.
    pub fn is_running(&self) -> bool {
        self.closed.is_none()
    }

    /// The item that the room is at.
    pub fn open_item(&self) -> Option<&Item> {
        self.items.iter().find(|item| item.state == ItemState::Open)
    }

    /// Who is there now.
    pub fn present(&self) -> impl Iterator<Item = &Attendee> {
        self.attendance.iter().filter(|a| a.left.is_none())
    }

    /// Which of the two sides has nobody at the table.
    pub fn missing(&self) -> Vec<Side> {
        let mut sides = vec![Side::Marketing, Side::Sales];
        sides.retain(|side| self.present().all(|a| a.side != *side));
        sides
    }

    /// Whether criteria can be signed: both sides are at the table.
    pub fn can_sign(&self) -> Result<(), Refused> {
        let missing: Vec<&str> = self.missing().iter().map(|side| side.label()).collect();
        if missing.is_empty() {
            return Ok(());
        }
        Err(Refused::Meeting(format!(
            "a meeting is running and nobody of {} is there; criteria are signed with both sides at the table: \
             say who has come (on screen 6 with o; `meeting attend HANDLE`), or close the meeting first",
            missing.join(" and nobody of ")
        )))
    }

    /// Its snapshot of one part.
    pub fn snapshot(&self, part: Part) -> Option<&Snapshot> {
        self.snapshots.iter().find(|s| s.part == part)
    }

    /// Seconds since it began, by the clock on the wall.
    pub fn lasted(&self, clock: Moment) -> i64 {
        self.ended.unwrap_or(clock).since(self.began).max(0)
    }

    /// Mean of the ratings; `None` without any.
    pub fn rating(&self) -> Option<f64> {
        let n = self.ratings.len();
        let sum: u32 = self.ratings.iter().map(|r| u32::from(r.score)).sum();
        (n > 0).then(|| f64::from(sum) / n as f64)
    }
}

/// What an issue became.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Solved {
    /// This decision.
    Decision(DecisionId),
    /// This action.
    Action(ActionId),
}

/// An issue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Issue {
    /// Row id.
    pub id: IssueId,
    /// The meeting in which it was raised; `None`: between two.
    pub meeting: Option<MeetingId>,
    /// Who raised it, and when.
    pub by: By,
    /// What is the matter.
    pub text: String,
    /// How urgent it is.
    pub priority: Priority,
    /// Where it stands.
    pub state: IssueState,
    /// What it rests on.
    pub rests_on: Vec<Ground>,
    /// When it was solved or dropped, and in which meeting.
    pub ended: Option<(Moment, Option<MeetingId>)>,
    /// What it became.
    pub solved: Option<Solved>,
    /// Why it was dropped.
    pub why: Option<String>,
}

impl Issue {
    /// Whether the room may still speak of it.
    pub fn is_open(&self) -> bool {
        self.ended.is_none()
    }
}

/// A decision.
#[derive(Clone, Debug, PartialEq)]
pub struct Decision {
    /// Row id.
    pub id: DecisionId,
    /// The meeting in which it was made.
    pub meeting: MeetingId,
    /// Who wrote it down, and when.
    pub by: By,
    /// What was decided.
    pub text: String,
    /// Who sees to it.
    pub owner: Someone,
    /// Until when.
    pub due: Day,
    /// What it is about.
    pub kind: DecisionKind,
    /// The campaign, where it is about one.
    pub campaign: Option<String>,
    /// The number that it should move, as it was then.
    pub moves: Option<Measured>,
    /// What it rests on.
    pub rests_on: Vec<Ground>,
}

/// An action.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Action {
    /// Row id.
    pub id: ActionId,
    /// The meeting in which it was taken on; `None`: between two.
    pub meeting: Option<MeetingId>,
    /// Who wrote it down, and when.
    pub by: By,
    /// What is to be done.
    pub text: String,
    /// Who does it.
    pub owner: Someone,
    /// Until when.
    pub due: Day,
    /// What it is.
    pub kind: ActionKind,
    /// Where it stands.
    pub state: ActionState,
    /// When it was done or dropped, and by whom.
    pub ended: Option<By>,
    /// In which meeting that was.
    pub ended_in: Option<MeetingId>,
    /// Why it was dropped.
    pub why: Option<String>,
}

impl Action {
    /// Whether it is to be done and its day has passed.
    pub fn is_overdue(&self, today: Day) -> bool {
        self.state == ActionState::Open && self.due < today
    }
}

/// Every meeting and what came of it; small, read whole.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Meetings {
    /// Meetings, oldest first. At most the last one runs.
    pub all: Vec<Meeting>,
    /// Issues, oldest first.
    pub issues: Vec<Issue>,
    /// Decisions, oldest first.
    pub decisions: Vec<Decision>,
    /// Actions, oldest first.
    pub actions: Vec<Action>,
    /// Agendas of the workspace's own, by name.
    pub own: Vec<Agenda>,
}

impl Meetings {
    /// The one that runs.
    pub fn running(&self) -> Option<&Meeting> {
        self.all.iter().rfind(|meeting| meeting.is_running())
    }

    /// The one that runs; refused where none does.
    pub fn must_run(&self, to: &str) -> Result<&Meeting, Refused> {
        self.running().ok_or_else(|| {
            Refused::Meeting(format!(
                "no meeting is running, so there is none to {to}; `meeting start` opens one"
            ))
        })
    }

    /// The one that was closed last.
    pub fn last_closed(&self) -> Option<&Meeting> {
        self.all.iter().rfind(|meeting| !meeting.is_running())
    }

    /// The one of a number.
    pub fn number(&self, id: MeetingId) -> Option<&Meeting> {
        self.all.iter().find(|meeting| meeting.id == id)
    }

    /// The one before it.
    pub fn before(&self, id: MeetingId) -> Option<&Meeting> {
        self.all.iter().rfind(|meeting| meeting.id < id)
    }

    /// The snapshot that "since the last meeting" counts from: of the meeting closed last, as it ended.
    pub fn since(&self) -> Option<&Snapshot> {
        self.last_closed()?.snapshot(Part::End)
    }

    /// Agendas to choose from: those of the program first.
    pub fn agendas(&self) -> impl Iterator<Item = Agenda> + '_ {
        Agenda::built_in()
            .into_iter()
            .chain(self.own.iter().cloned())
    }

    /// The agenda of a name.
    pub fn agenda(&self, name: &str) -> Option<Agenda> {
        self.agendas()
            .find(|agenda| agenda.name.eq_ignore_ascii_case(name.trim()))
    }

    /// Issues that wait, the one being discussed first, then by urgency, then by age; parked ones last.
    pub fn open_issues(&self) -> Vec<&Issue> {
        let mut open: Vec<&Issue> = self.issues.iter().filter(|issue| issue.is_open()).collect();
        open.sort_by_key(|issue| {
            let place = match issue.state {
                IssueState::Discussing => 0,
                IssueState::Parked => 2,
                _ => 1,
            };
            (place, issue.priority, issue.id)
        });
        open
    }

    /// Actions that are to be done, by their day.
    pub fn open_actions(&self) -> Vec<&Action> {
        let open = |action: &&Action| action.state == ActionState::Open;
        let mut open: Vec<&Action> = self.actions.iter().filter(open).collect();
        open.sort_by_key(|action| (action.due, action.id));
        open
    }

    /// Issues that lay before the room in a meeting, the most urgent first, each as it stood at its end.
    pub fn issues_of(&self, meeting: &Meeting) -> Vec<(&Issue, IssueState)> {
        let until = meeting.closed.as_ref().map(|by| by.at);
        let raised = |issue: &&Issue| match issue.meeting {
            Some(id) => id <= meeting.id,
            None => until.is_none_or(|until| issue.by.at <= until),
        };
        let waited = |issue: &&Issue| match issue.ended {
            None => true,
            Some((_, Some(id))) => id >= meeting.id,
            Some((at, None)) => at > meeting.started.at,
        };
        let all = self.issues.iter().filter(raised).filter(waited);
        let mut all: Vec<&Issue> = all.collect();
        all.sort_by_key(|issue| (issue.priority, issue.id));
        all.into_iter()
            .map(|issue| {
                let ended_here = issue.ended.is_some_and(|(_, id)| id == Some(meeting.id));
                let stood = match issue.state {
                    state if ended_here || meeting.is_running() || state == IssueState::Parked => {
                        state
                    }
                    _ => IssueState::Open,
                };
                (issue, stood)
            })
            .collect()
    }

    /// What a meeting decided.
    pub fn decisions_of(&self, id: MeetingId) -> impl Iterator<Item = &Decision> {
        self.decisions.iter().filter(move |d| d.meeting == id)
    }
}
