//! Screen 6: the meeting: agenda with time boxes, issues, decisions then and now, actions, history. Decides; reads and writes nothing itself.

mod acts;
mod agenda;
mod asked;
pub mod bar;
mod change;
mod choose;
mod draw;
mod forms;
mod freeze;
mod lists;
mod measure;
mod place;
mod plan;
mod present;
mod question;
mod recap;
mod said;
mod summary;
mod table;
#[cfg(test)]
mod tests;
mod view;
mod words;

use std::sync::Arc;

use crossterm::event::KeyEvent;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use acts::change;
pub use acts::next;
pub use asked::{Asked, Step};
pub use place::prepare;
pub use question::{Origin, Question, Under};

use super::model::Model;
use super::{Outcome, Screen};
use crate::domain::ids::MeetingId;
use crate::domain::meeting::MeetingChange;
use crate::domain::meeting::line::{Action as Deed, Decision, Issue};
use crate::keymap::{Action, Context};
use crate::theme::Theme;
use crate::widgets::{Prompt, Reader, TableState};
use lists::Past;
use measure::Effects;
use view::{Now, View};

/// How large everything is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Size {
    #[default]
    Working,
    /// Readable from the back of the room.
    Presentation,
}

/// A recap that is read.
#[derive(Debug)]
struct Recap {
    of: MeetingId,
    reader: Reader,
}

/// The screen.
#[derive(Debug, Default)]
pub struct MeetingRoom {
    view: View,
    /// The list beside the agenda.
    beside: View,
    /// The place in each list, by its number.
    states: [TableState; View::COUNT],
    /// The history that the numbers of decisions were computed for.
    made_for: usize,
    effects: Effects,
    recap: Option<Recap>,
    /// What is searched for in the history.
    search: Option<Search>,
    /// The meeting that ran when the file was read last, and the place of its open item.
    ran: Option<MeetingId>,
    open: Option<usize>,
    size: Size,
    summary: Reader,
    area: Rect,
    tabs: Vec<(Rect, View)>,
}

#[derive(Debug, Default)]
struct Search {
    prompt: Prompt,
    /// Whether keys are text for it.
    typing: bool,
}

impl MeetingRoom {
    fn sync(&mut self, model: &Model) {
        let now = Arc::as_ptr(&model.history()) as usize;
        if self.made_for != now {
            self.made_for = now;
            self.effects = Effects::new(model);
            self.summary.replace(summary::reader(model, &self.effects));
        }
    }

    fn now(model: &Model) -> Now {
        match model.book().meetings.running() {
            Some(_) => Now::Running,
            None => Now::Between,
        }
    }

    /// Shows a list; the one that stands beside the agenda is remembered.
    fn show(&mut self, view: View) {
        self.view = view;
        if view != View::Agenda {
            self.beside = view;
        }
    }

    fn list_beside(&self) -> View {
        match (self.view, self.beside) {
            (View::Agenda, View::Agenda) => View::Issues,
            (View::Agenda, beside) => beside,
            (view, _) => view,
        }
    }

    /// Another item is open: its list stands beside the agenda, or takes the keys where they were in another list.
    fn turn_to(&mut self, at: usize, model: &Model) {
        let running = model.book().meetings.running();
        let Some(item) = running.and_then(|meeting| meeting.items.get(at)) else {
            return;
        };
        match place::of(item.point.topic) {
            place::Opens::List(view) if self.view == View::Agenda => self.beside = view,
            place::Opens::List(view) => self.show(view),
            place::Opens::Screen(_) => {}
        }
    }

    /// The place in the list in sight.
    fn at(&self) -> usize {
        self.states[self.view as usize].selected
    }

    fn issue<'a>(&self, model: &'a Model) -> Option<&'a Issue> {
        let all = model.book().meetings.open_issues();
        all.get(self.at())
            .copied()
            .filter(|_| self.view == View::Issues)
    }

    fn decision<'a>(&self, model: &'a Model) -> Option<&'a Decision> {
        let all = lists::decisions(model);
        all.get(self.at())
            .copied()
            .filter(|_| self.view == View::Decisions)
    }

    fn deed<'a>(&self, model: &'a Model) -> Option<&'a Deed> {
        let all = lists::actions(model);
        all.get(self.at())
            .copied()
            .filter(|_| self.view == View::Actions)
    }

    fn past<'a>(&self, model: &'a Model) -> Option<Past<'a>> {
        let all = lists::past(model, self.sought());
        all.into_iter()
            .nth(self.at())
            .filter(|_| self.view == View::History)
    }

    fn sought(&self) -> &str {
        self.search
            .as_ref()
            .map_or("", |search| search.prompt.value())
    }

    fn len(&self, model: &Model) -> usize {
        lists::len(self.view, model, self.sought())
    }

    fn moving(&mut self, action: Action, model: &Model) {
        if let Some(reader) = self.scrolled(model) {
            match action {
                Action::Up => reader.scroll(-1),
                Action::Down => reader.scroll(1),
                Action::PageUp => reader.scroll(-10),
                Action::PageDown => reader.scroll(10),
                Action::First => reader.top(),
                _ => reader.end(),
            }
            return;
        }
        let len = self.len(model);
        let state = &mut self.states[self.view as usize];
        match action {
            Action::Up => state.step(-1, len),
            Action::Down => state.step(1, len),
            Action::PageUp => state.step(-state.page(), len),
            Action::PageDown => state.step(state.page(), len),
            Action::First => state.selected = 0,
            _ => state.selected = len.saturating_sub(1),
        }
    }

    /// The text that the moving keys scroll: the recap, or what the last meeting left.
    fn scrolled(&mut self, model: &Model) -> Option<&mut Reader> {
        if let Some(recap) = &mut self.recap {
            return Some(&mut recap.reader);
        }
        let left = self.view == View::Agenda && Self::now(model) == Now::Between;
        left.then_some(&mut self.summary)
    }

    fn read(&mut self, id: MeetingId, model: &Model) -> Outcome {
        match recap::reader(id, model, &self.effects) {
            Some(reader) => {
                self.recap = Some(Recap { of: id, reader });
                Outcome::Nothing
            }
            None => Outcome::Say("This meeting is not there any more".to_owned()),
        }
    }
}

impl Screen for MeetingRoom {
    fn context(&self) -> Context {
        match &self.search {
            Some(search) if search.typing => Context::Field,
            _ => Context::Meeting,
        }
    }

    fn update(&mut self, action: Action, model: &mut Model) -> Outcome {
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
                self.show(self.view.step(by));
            }
            Action::StartMeeting => return Outcome::Ask(Question::Start),
            Action::Agendas => return Outcome::Ask(Question::Agendas),
            Action::CloseMeeting => return Outcome::Ask(Question::Close),
            Action::Attendance => return Outcome::Ask(Question::Table(None)),
            Action::NextItem => return next(model),
            Action::ItemBefore => return change(MeetingChange::Back),
            Action::ParkIt => return self.park(model),
            Action::TakeUp => return self.take_up(model),
            Action::Solve | Action::Rank | Action::DropIt | Action::MarkDone => {
                return self.about(action, model);
            }
            Action::Copy => return self.copy(model),
            Action::Search => {
                self.recap = None;
                self.show(View::History);
                self.search.get_or_insert_default().typing = true;
            }
            Action::Presentation => {
                self.size = match self.size {
                    Size::Working => Size::Presentation,
                    Size::Presentation => Size::Working,
                };
            }
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

    fn typed(&mut self, key: KeyEvent, _model: &Model) -> Outcome {
        if let Some(search) = self.search.as_mut().filter(|search| search.typing) {
            search.prompt.key(key);
            self.states[View::History as usize].selected = 0;
        }
        Outcome::Nothing
    }

    fn pasted(&mut self, text: &str, _model: &Model) -> Outcome {
        if let Some(search) = self.search.as_mut().filter(|search| search.typing) {
            search.prompt.paste(text);
        }
        Outcome::Nothing
    }

    fn click(&mut self, column: u16, row: u16, model: &Model) -> Outcome {
        let at = (column, row).into();
        if let Some((_, view)) = self.tabs.iter().find(|(field, _)| field.contains(at)) {
            self.recap = None;
            self.show(*view);
            return Outcome::Nothing;
        }
        if self.recap.is_some() {
            return Outcome::Nothing;
        }
        for view in [View::Agenda, self.list_beside()] {
            let len = lists::len(view, model, self.sought());
            if self.states[view as usize].click(column, row, len) {
                self.show(view);
                break;
            }
        }
        Outcome::Nothing
    }

    fn back(&mut self) -> bool {
        if let Some(search) = self.search.as_mut().filter(|search| search.typing) {
            search.typing = false;
            if search.prompt.value().is_empty() {
                self.search = None;
            }
            return true;
        }
        if self.size == Size::Presentation {
            self.size = Size::Working;
            return true;
        }
        self.recap.take().is_some() || self.search.take().is_some()
    }

    fn under(&self, model: &Model) -> Under {
        self.issue(model)
            .map_or_else(Under::default, |issue| Origin::of(issue).under)
    }

    fn refreshed(&mut self, model: &Model) {
        self.sync(model);
        let running = model.book().meetings.running().map(|meeting| meeting.id);
        let ended = self.ran.filter(|id| running != Some(*id));
        if let Some(id) = ended {
            // The meeting was closed here or at another terminal: its recap comes by itself.
            self.size = Size::Working;
            let _ = self.read(id, model);
        }
        if running.is_some() && running != self.ran {
            self.recap = None;
            self.show(View::Agenda);
        }
        self.ran = running;
        let open = model.book().meetings.running().and_then(|meeting| {
            let open = meeting.open_item()?.id;
            meeting.items.iter().position(|item| item.id == open)
        });
        if let Some(at) = open.filter(|_| open != self.open) {
            self.states[View::Agenda as usize].selected = at;
            self.turn_to(at, model);
        }
        self.open = open;
        let again = self
            .recap
            .as_ref()
            .and_then(|recap| recap::reader(recap.of, model, &self.effects));
        if let (Some(recap), Some(newer)) = (&mut self.recap, again) {
            recap.reader.replace(newer);
        }
    }

    fn draw(&mut self, buffer: &mut Buffer, area: Rect, model: &Model, theme: &Theme) {
        self.sync(model);
        self.area = area;
        match self.size {
            Size::Presentation => present::draw(buffer, area, model, &self.effects, theme),
            Size::Working => self.draw_all(buffer, area, model, theme),
        }
    }
}
