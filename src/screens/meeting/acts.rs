//! Keys that change something or open something: answers with the change, the window, the screen. Writes nothing itself.

use super::place::{self, prepare};
use super::question::{Dropped, Question};
use super::view::View;
use super::{MeetingRoom, Size, forms, lists, recap};
use crate::domain::ids::MeetingId;
use crate::domain::meeting::line::Meeting;
use crate::domain::meeting::{IssueState, MeetingChange, Priority};
use crate::keymap::Action;
use crate::screens::Outcome;
use crate::screens::fetch::Write;
use crate::screens::model::Model;

impl MeetingRoom {
    /// Acts on what a key means.
    pub(super) fn act(&mut self, action: Action, model: &mut Model) -> Outcome {
        self.sync(model);
        if let Some(search) = self.search.as_mut().filter(|search| search.typing) {
            search.typing = action != Action::Open;
            return Outcome::Nothing;
        }
        match action {
            Action::Open if self.recap.is_some() => {}
            Action::Open => return self.enter(model),
            Action::NextPane | Action::PreviousPane => {
                self.recap = None;
                let by = if action == Action::NextPane { 1 } else { -1 };
                self.turn(self.view.step(by));
            }
            Action::StartMeeting => return Outcome::Ask(Question::Start),
            Action::Agendas => return Outcome::Ask(Question::Agendas),
            Action::CloseMeeting => return Outcome::Ask(Question::Close),
            Action::Attendance => return Outcome::Ask(Question::Table(None)),
            Action::NextItem => return next(model),
            Action::ItemBefore => return change(MeetingChange::Back),
            Action::AddItem => return Outcome::Ask(Question::Item),
            Action::PresentedBy => return Outcome::Ask(Question::Presenter),
            Action::WritePage => return Outcome::Ask(Question::Page(self.of_page(model))),
            Action::MoreUrgent | Action::LessUrgent => return self.urge(action, model),
            Action::ParkIt => return self.park(model),
            Action::TakeUp => return self.take_up(model),
            Action::Solve | Action::Rank | Action::DropIt | Action::MarkDone => {
                return self.about(action, model);
            }
            Action::Copy => return self.copy(model),
            Action::Search => {
                self.recap = None;
                self.turn(View::History);
                self.search.get_or_insert_default().typing = true;
            }
            Action::Presentation => {
                self.size = match self.size {
                    Size::Working => Size::Presentation,
                    Size::Presentation => Size::Working,
                };
                self.from = 0;
            }
            Action::Up if self.size == Size::Presentation => {
                self.from = self.from.saturating_sub(1);
            }
            Action::Down if self.size == Size::Presentation => self.from += 1,
            Action::Up
            | Action::Down
            | Action::PageUp
            | Action::PageDown
            | Action::First
            | Action::Last => self.moving(action, model),
            _ => {}
        }
        Outcome::Nothing
    }

    /// Enter.
    pub(super) fn enter(&mut self, model: &mut Model) -> Outcome {
        match self.view {
            View::Agenda => match model.book().meetings.running() {
                Some(running) => self.open_item(&running.clone(), model),
                None => Outcome::Ask(Question::Start),
            },
            View::Issues => match self.issue(model) {
                Some(issue) => Outcome::Ask(Question::About(issue.id)),
                None => Outcome::Say("No issue is open; ! raises one".to_owned()),
            },
            View::Decisions => match self.decision(model).map(|decision| decision.meeting) {
                Some(id) => self.read(id, model),
                None => Outcome::Say("Nothing is decided yet; = writes a decision down".to_owned()),
            },
            View::Actions => match self.deed(model).map(|deed| deed.meeting) {
                Some(Some(id)) => self.read(id, model),
                Some(None) => Outcome::Say("This was taken on between two meetings".to_owned()),
                None => Outcome::Say("No action is open; + writes one down".to_owned()),
            },
            View::History => match self.past(model).map(|past| past.meeting()) {
                Some(Some(id)) => self.read(id, model),
                Some(None) => Outcome::Say("This was said between two meetings".to_owned()),
                None => Outcome::Nothing,
            },
        }
    }

    /// Opens the screen or the list of the item under the cursor.
    pub(super) fn open_item(&mut self, running: &Meeting, model: &mut Model) -> Outcome {
        let Some(item) = running.items.get(self.at()) else {
            return Outcome::Nothing;
        };
        match place::of(item.point.topic) {
            place::Opens::Screen(_) => Outcome::Go(prepare(item, model)),
            place::Opens::List(view) => {
                self.turn(view);
                Outcome::Nothing
            }
        }
    }

    pub(super) fn take_up(&self, model: &Model) -> Outcome {
        let running = model.book().meetings.running();
        match (self.view, running) {
            (View::Agenda, Some(running)) => match running.items.get(self.at()) {
                Some(item) => change(MeetingChange::Take(item.id)),
                None => Outcome::Nothing,
            },
            (View::Issues, _) => match self.issue(model) {
                Some(issue) => change(MeetingChange::Discuss(issue.id)),
                None => Outcome::Say("No issue is open; ! raises one".to_owned()),
            },
            _ => Outcome::Say("t takes up an item of the agenda or an issue".to_owned()),
        }
    }

    pub(super) fn park(&self, model: &Model) -> Outcome {
        match self.issue(model) {
            Some(issue) if issue.state == IssueState::Parked => Outcome::Say(
                "This issue is parked already; it comes back with the next meeting".to_owned(),
            ),
            Some(issue) => change(MeetingChange::ParkIssue(issue.id)),
            None if self.view == View::Issues => {
                Outcome::Say("No issue is open; ! raises one".to_owned())
            }
            None => change(MeetingChange::Park),
        }
    }

    /// What an issue or an action under the cursor asks.
    pub(super) fn about(&self, action: Action, model: &Model) -> Outcome {
        let (issue, deed) = (self.issue(model), self.deed(model));
        match (action, issue, deed) {
            (Action::Solve, Some(issue), _) => Outcome::Ask(Question::Solve(issue.id)),
            (Action::Rank, Some(issue), _) => {
                Outcome::Ask(Question::Rank(issue.id, lists::below(issue.id, model)))
            }
            (Action::DropIt, Some(issue), _) => {
                Outcome::Ask(Question::Drop(Dropped::Issue(issue.id)))
            }
            (Action::DropIt, _, Some(deed)) => {
                Outcome::Ask(Question::Drop(Dropped::Action(deed.id)))
            }
            (Action::MarkDone, _, Some(deed)) => change(MeetingChange::Done(deed.id)),
            (Action::MarkDone, ..) => Outcome::Say(
                "Space says that an action is done: Tab goes to the actions".to_owned(),
            ),
            (Action::DropIt, ..) => {
                Outcome::Say("An issue or an action is dropped: Tab goes to them".to_owned())
            }
            _ => Outcome::Say("This is for issues: Tab goes to them, ! raises one".to_owned()),
        }
    }

    /// One step more or less urgent.
    pub(super) fn urge(&self, action: Action, model: &Model) -> Outcome {
        let Some(issue) = self.issue(model) else {
            return Outcome::Say("This is for issues: Tab goes to them, ! raises one".to_owned());
        };
        let at = Priority::ALL.iter().position(|p| *p == issue.priority);
        let step = if action == Action::MoreUrgent { -1 } else { 1 };
        let next = at.and_then(|at| Priority::ALL.get(at.checked_add_signed(step)?));
        match next {
            Some(priority) => change(MeetingChange::Prioritise(issue.id, *priority)),
            None if step < 0 => Outcome::Say("It is as urgent as can be: 1".to_owned()),
            None => Outcome::Say("It is the least urgent already: 3".to_owned()),
        }
    }

    /// The meeting whose recap `w` writes: the one in sight, else that under the cursor; `None`: the newest.
    pub(super) fn of_page(&self, model: &Model) -> Option<MeetingId> {
        let under = match self.view {
            View::Decisions => self.decision(model).map(|d| d.meeting),
            View::History => self.past(model).and_then(|past| past.meeting()),
            _ => None,
        };
        self.recap.as_ref().map(|recap| recap.of).or(under)
    }

    /// The recap in sight, else what is under the cursor, as Markdown.
    pub(super) fn copy(&self, model: &Model) -> Outcome {
        let meetings = &model.book().meetings;
        let newest = || meetings.all.last().map(|meeting| meeting.id);
        let id = self.of_page(model).or_else(newest);
        let paragraphs = id.and_then(|id| recap::paragraphs(id, model, &self.effects));
        match (id, paragraphs) {
            (Some(id), Some(paragraphs)) => Outcome::Copy {
                what: format!("the recap of meeting {} as Markdown", id.0),
                text: recap::markdown(&paragraphs),
            },
            _ => Outcome::Say("There is no meeting yet whose recap could be copied".to_owned()),
        }
    }
}

/// A change of the meeting.
pub(super) fn change(change: MeetingChange) -> Outcome {
    Outcome::Write(Write::one(forms::command(change)))
}

/// On to the next item, unless somebody else has gone on meanwhile.
pub fn next(model: &Model) -> Outcome {
    let running = model.book().meetings.running();
    let from = running
        .and_then(|meeting| meeting.open_item())
        .map(|item| item.id);
    change(MeetingChange::Next { from })
}
