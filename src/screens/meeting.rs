//! Screen 6: the meeting: agenda with time boxes, issues, decisions then and now, actions, history. Decides; reads and writes nothing itself.

mod acts;
mod agenda;
mod asked;
pub mod bar;
mod change;
mod choose;
mod cursor;
mod draw;
mod forms;
mod freeze;
mod item;
mod lists;
mod measure;
mod newcomer;
mod page;
mod place;
mod plan;
mod present;
mod question;
mod recap;
mod said;
mod shared;
mod summary;
mod table;
#[cfg(test)]
mod tests;
mod view;
mod waiting;
mod window;
mod words;

use std::sync::Arc;

use crossterm::event::KeyEvent;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use acts::change;
pub use acts::next;
pub use asked::{Asked, Step};
pub use measure::Effects;
pub use place::prepare;
pub use question::{Newcomer, Origin, Question, Under};

use super::fetch::Fetch;
use super::model::Model;
use super::{Outcome, Screen};
use crate::domain::ids::MeetingId;
use crate::domain::meeting::agenda::Topic;
use crate::domain::presence::Part;
use crate::keymap::{Action, Context};
use crate::theme::Theme;
use crate::widgets::{Prompt, Reader, TableState};
use view::{Now, View};

/// How large everything is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Size {
    #[default]
    Working,
    /// Readable from the back of the room.
    Presentation,
}

/// What stands beside the agenda.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Beside {
    /// What the last meeting left: its decisions then and now, what is to be done.
    LastTime,
    /// A list.
    List(View),
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
    /// What tells the row under the cursor of each list, by its number.
    held: [Option<String>; View::COUNT],
    /// The history that the numbers of decisions were computed for.
    made_for: usize,
    effects: Arc<Effects>,
    recap: Option<Recap>,
    /// What is searched for in the history.
    search: Option<Search>,
    /// The meeting that ran when the file was read last, and the place of its open item.
    ran: Option<MeetingId>,
    open: Option<usize>,
    size: Size,
    /// The first entry of the list in big figures.
    from: usize,
    summary: Reader,
    /// What the room has to hear of the definition, as the summary says it.
    alarms: Vec<String>,
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
        let alarms = model.alarms();
        if self.made_for != now || self.alarms != alarms {
            self.made_for = now;
            self.alarms = alarms;
            self.effects = model.history().effects();
            self.summary.replace(summary::reader(model, &self.effects));
        }
    }

    fn now(model: &Model) -> Now {
        match model.book().meetings.running() {
            Some(_) => Now::Running,
            None => Now::Between,
        }
    }

    /// Turns to a list; the one that stands beside the agenda is remembered.
    fn turn(&mut self, view: View) {
        self.view = view;
        if view != View::Agenda {
            self.beside = view;
        }
    }

    /// What stands beside the agenda: a list, or what the last meeting left.
    fn stands_beside(&self, model: &Model) -> Beside {
        let opens = Self::now(model) == Now::Running && self.left_something(model);
        match (self.view, self.beside) {
            (View::Agenda, View::Agenda) if opens => Beside::LastTime,
            (View::Agenda, View::Agenda) => Beside::List(View::Issues),
            (View::Agenda, beside) => Beside::List(beside),
            (view, _) => Beside::List(view),
        }
    }

    fn left_something(&self, model: &Model) -> bool {
        let meetings = &model.book().meetings;
        meetings.last_closed().is_some() && self.summary.paragraphs.len() > 1
    }

    /// Another item is open: its list stands beside the agenda, or takes the keys where they were in another list.
    fn turn_to(&mut self, at: usize, model: &Model) {
        let running = model.book().meetings.running();
        let Some(item) = running.and_then(|meeting| meeting.items.get(at)) else {
            return;
        };
        match (place::of(item.point.topic), item.point.topic) {
            // What was decided last time is told whole, with what moved.
            (place::Opens::List(_), Topic::Decisions) if self.left_something(model) => {
                self.view = View::Agenda;
                self.beside = View::Agenda;
            }
            (place::Opens::List(view), _) if self.view == View::Agenda => self.beside = view,
            (place::Opens::List(view), _) => self.turn(view),
            (place::Opens::Screen(_), _) => {}
        }
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
        let outcome = self.act(action, model);
        self.hold(model);
        outcome
    }

    fn typed(&mut self, key: KeyEvent, model: &Model) -> Outcome {
        if let Some(search) = self.search.as_mut().filter(|search| search.typing) {
            search.prompt.key(key);
            self.states[View::History as usize].selected = 0;
            self.hold(model);
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
            self.turn(*view);
            return Outcome::Nothing;
        }
        if self.recap.is_some() {
            return Outcome::Nothing;
        }
        let beside = match self.stands_beside(model) {
            Beside::List(view) => view,
            Beside::LastTime => View::Agenda,
        };
        for view in [View::Agenda, beside] {
            let len = lists::len(view, model, self.sought());
            if self.states[view as usize].click(column, row, len) {
                self.turn(view);
                break;
            }
        }
        self.hold(model);
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

    fn part(&self, model: &Model) -> Part {
        self.in_sight(model)
    }

    fn show(&mut self, part: &Part, model: &Model) {
        self.look_at(part, model);
    }

    fn wanted(&mut self, model: &Model) -> Vec<Fetch> {
        model
            .drift_is_due()
            .then_some(Fetch::Drift)
            .into_iter()
            .collect()
    }

    fn under(&self, model: &Model) -> Under {
        self.issue(model)
            .map_or_else(Under::default, |issue| Origin::of(issue).under)
    }

    fn refreshed(&mut self, model: &Model) {
        self.sync(model);
        self.find_again(model);
        let running = model.book().meetings.running().map(|meeting| meeting.id);
        let ended = self.ran.filter(|id| running != Some(*id));
        if let Some(id) = ended {
            // The meeting was closed here or at another terminal: its recap comes by itself.
            self.size = Size::Working;
            let _ = self.read(id, model);
        }
        if running.is_some() && running != self.ran {
            self.recap = None;
            self.view = View::Agenda;
            self.beside = View::Agenda;
        }
        self.ran = running;
        let open = model.book().meetings.running().and_then(|meeting| {
            let open = meeting.open_item()?.id;
            meeting.items.iter().position(|item| item.id == open)
        });
        if let Some(at) = open.filter(|_| open != self.open) {
            self.states[View::Agenda as usize].selected = at;
            self.from = 0;
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
            Size::Presentation => {
                let all = (model, &*self.effects);
                present::draw(buffer, area, all, self.from, theme);
            }
            Size::Working => self.draw_all(buffer, area, model, theme),
        }
    }
}
