//! Screen 2: the rep's queue, with the card of the lead under the cursor. Decides; reads and writes nothing itself.

mod acts;
mod card;
mod choose;
mod columns;
mod follow;
mod later;
mod line;
mod lines;
mod marks;
mod qualify;
mod queue;
mod reasons;
mod results;
mod search;
mod subject;
mod told;
mod touched;
mod view;
mod window;

use crossterm::event::KeyEvent;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::fetch::{Done, Fetch, Fetched, Write};
use super::meeting::Under;
use super::model::Model;
use super::{Outcome, Screen};
use crate::domain::ids::LeadId;
use crate::domain::meeting::ground::Ground;
use crate::domain::presence::{Doing, Part};
use crate::facts::queue::{Mark, QueueFilter};
use crate::keymap::{Action, Context};
use crate::theme::Theme;
use card::Pane;
use lines::Lines;
use marks::Marks;
use queue::{Queue, in_force_at_all};
use results::Results;
use search::Search;
use told::Told;
use touched::{decides, handoffs_of};
use window::{Step, Window};

/// The screen.
#[derive(Default)]
pub struct Leads {
    queue: Queue,
    lines: Lines,
    marks: Marks,
    card: Pane,
    told: Told,
    /// The card lies over the list and takes the arrows.
    card_open: bool,
    /// As it was drawn last: whether the card stands beside the list.
    beside: bool,
    search: Option<Search>,
    window: Option<Window>,
    /// The list that the window came from; Esc leads back to it.
    before: Option<Window>,
    /// A change was answered and nothing has come back yet: the same key twice is one verdict.
    waiting: bool,
    /// Whether it was asked what the criteria say, since the history changed.
    judged: Judged,
}

/// Whether something was asked for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Judged {
    /// Not yet.
    #[default]
    Not,
    /// It was.
    Asked,
}

impl Leads {
    fn lead(&self, model: &Model) -> Option<LeadId> {
        let rows = &model.facts().handoffs;
        let row = rows.row(self.queue.cursor()?)?;
        let lead = model.facts().leads.id.get(rows.lead[row] as usize)?;
        Some(LeadId(lead))
    }

    fn settle(&mut self, step: Step) -> Outcome {
        match step {
            Step::Stay => Outcome::Nothing,
            Step::Next(window) => {
                self.before = self.window.replace(window);
                Outcome::Nothing
            }
            Step::Close => {
                self.window = None;
                Outcome::Nothing
            }
            Step::Answer(outcome) => {
                self.waiting = matches!(outcome, Outcome::Write(_));
                outcome
            }
            Step::Refuse(why) => Outcome::Refuse(why),
            Step::Filter(filter) => {
                self.window = None;
                self.queue.set_filter(filter);
                Outcome::Nothing
            }
        }
    }

    fn in_window(&mut self, action: Action, model: &Model) -> Outcome {
        let Some(window) = &mut self.window else {
            return Outcome::Nothing;
        };
        if let (Window::Values(values), Action::Open) = (&mut *window, action) {
            if let Some(filter) = values.toggled(self.queue.filter(), model) {
                self.queue.set_filter(filter);
            }
            return Outcome::Nothing;
        }
        let step = window.update(action, model);
        self.settle(step)
    }

    /// Moves the cursor, or scrolls the card that lies over the list.
    fn go(&mut self, by: isize) {
        if self.card_open && !self.beside {
            self.card.reader.scroll(by);
        } else {
            self.queue.step(by);
        }
    }

    fn card_in_sight(&self) -> bool {
        (self.beside || self.card_open) && !self.queue.ids().is_empty()
    }

    fn filter_by(&mut self, mark: Mark, model: &Model) -> Outcome {
        if mark == Mark::Mine && model.me().is_none() {
            return Outcome::Refuse(
                "Nobody knows who you are: start with --as HANDLE, or change something and say so"
                    .to_owned(),
            );
        }
        self.queue.toggle(mark);
        Outcome::Nothing
    }
}

impl Screen for Leads {
    fn context(&self) -> Context {
        match (&self.window, &self.search) {
            (Some(window), _) => window.context(),
            (None, Some(_)) => Context::Field,
            (None, None) => Context::Leads,
        }
    }

    fn hints(&self) -> Vec<(Action, &'static str)> {
        self.window.as_ref().map_or_else(Vec::new, Window::hints)
    }

    fn update(&mut self, action: Action, model: &mut Model) -> Outcome {
        if self.window.is_some() {
            return self.in_window(action, model);
        }
        if self.search.is_some() && action == Action::Open {
            self.search = None;
            return Outcome::Nothing;
        }
        let page = self.queue.state.page();
        match action {
            Action::Up => self.go(-1),
            Action::Down => self.go(1),
            Action::PageUp => self.go(-page),
            Action::PageDown => self.go(page),
            Action::First => self.go(isize::MIN),
            Action::Last => self.go(isize::MAX),
            // Beside the search line the arrows are those of a form.
            Action::Next | Action::NextPane => self.queue.step(1),
            Action::Previous | Action::PreviousPane => self.queue.step(-1),
            Action::CardUp => self.card.reader.scroll(-3),
            Action::CardDown => self.card.reader.scroll(3),
            Action::Open if self.queue.ids().is_empty() => {
                return Outcome::Refuse("There is no lead under the cursor".to_owned());
            }
            Action::Open => self.card_open = !self.card_open,
            Action::Search => self.search = Some(Search::new(self.queue.filter())),
            Action::Filter => {
                let values = choose::Values::new(self.queue.filter(), model);
                self.window = Some(Window::Values(values));
            }
            Action::ClearFilter => self.queue.set_filter(QueueFilter::default()),
            Action::Mine => return self.filter_by(Mark::Mine, model),
            Action::Untouched => return self.filter_by(Mark::Untouched, model),
            Action::Breached => return self.filter_by(Mark::Breached, model),
            Action::Returned => return self.filter_by(Mark::Returned, model),
            Action::Unassigned => return self.filter_by(Mark::Unassigned, model),
            Action::MarkRow => {
                if let Some(id) = self.queue.cursor() {
                    self.marks.toggle(id);
                    self.queue.step(1);
                }
            }
            Action::MarkRange => {
                if let Some(id) = self.queue.cursor() {
                    self.marks.range(id, self.queue.ids());
                }
            }
            Action::MarkAll => self.marks.all(self.queue.ids()),
            Action::Copy if !self.card_in_sight() => {
                return Outcome::Refuse("No card is open to copy; Enter opens one".to_owned());
            }
            Action::Copy => {
                return Outcome::Copy {
                    what: "the card".to_owned(),
                    text: self.card.reader.as_text(),
                };
            }
            action => return self.act(action, model),
        }
        Outcome::Nothing
    }

    fn typed(&mut self, key: KeyEvent, _model: &Model) -> Outcome {
        if let Some(window) = &mut self.window {
            let step = window.typed(key);
            return self.settle(step);
        }
        if let Some(search) = &mut self.search {
            search.prompt.key(key);
            let filter = search.filter(self.queue.filter());
            self.queue.set_filter(filter);
        }
        Outcome::Nothing
    }

    fn pasted(&mut self, text: &str, _model: &Model) -> Outcome {
        if let Some(window) = &mut self.window {
            window.pasted(text);
        } else if let Some(search) = &mut self.search {
            search.prompt.paste(text);
            let filter = search.filter(self.queue.filter());
            self.queue.set_filter(filter);
        }
        Outcome::Nothing
    }

    fn click(&mut self, column: u16, row: u16, model: &Model) -> Outcome {
        if let Some(window) = &mut self.window {
            if window.click(column, row) {
                return self.in_window(Action::Open, model);
            }
        } else if (!self.card_open || self.beside) && self.queue.click(column, row) {
            self.card_open = true;
        }
        Outcome::Nothing
    }

    fn back(&mut self) -> bool {
        if self.window.take().is_some() {
            self.window = self.before.take();
            self.waiting = false;
            return true;
        }
        if let Some(search) = self.search.take() {
            self.queue.set_filter(search.before);
            return true;
        }
        if self.card_open && !self.beside {
            self.card_open = false;
            return true;
        }
        self.marks.clear()
    }

    fn doing(&self, model: &Model) -> Option<Doing> {
        self.open_here(model)
    }

    fn part(&self, model: &Model) -> Part {
        self.in_sight(model)
    }

    fn show(&mut self, part: &Part, model: &Model) {
        self.look_at(part, model);
    }

    fn wanted(&mut self, model: &Model) -> Vec<Fetch> {
        let mut wanted: Vec<Fetch> = self.queue.wanted().into_iter().collect();
        // The queue is there first; in which order the criteria would have it may take a moment longer.
        if self.judged == Judged::Not && in_force_at_all(model) {
            self.judged = Judged::Asked;
            wanted.push(Fetch::Met);
        }
        let ids = std::sync::Arc::clone(self.queue.ids());
        wanted.extend(self.lines.wanted(&ids, self.queue.state.selected));
        if let Some(lead) = self.lead(model).filter(|_| self.beside || self.card_open) {
            wanted.extend(self.card.wanted(lead));
            let handoff = self.queue.cursor().unwrap_or_default();
            wanted.extend(self.told.wanted(handoff, model));
        }
        wanted
    }

    fn fetched(&mut self, asked: &Fetch, fetched: &Fetched, model: &Model) {
        match (asked, fetched) {
            (Fetch::Queue(of, _), Fetched::Queue(listed)) if self.queue.take(of, listed) => {
                self.marks.keep_within(self.queue.ids());
            }
            (Fetch::Met, Fetched::Met(met)) => self.queue.judge(met),
            (Fetch::Lines(_, ids), Fetched::Handoffs(lines)) => self.lines.take(ids, lines),
            (Fetch::Lead(_), Fetched::Lead(card)) => {
                let handoff = self.queue.cursor().unwrap_or_default();
                let told = self.told.of(handoff, model);
                self.card
                    .take(card, (handoff, told), (model.book(), model.now()));
            }
            (_, Fetched::Flags(flagged)) => {
                self.told = Told::Known(std::sync::Arc::clone(flagged));
                let told = self.told.of(self.card.handoff(), model);
                self.card.tell(told, (model.book(), model.now()));
            }
            _ => {}
        }
    }

    fn written(&mut self, write: &Write, done: Result<&Done, &str>, _model: &Model) -> Outcome {
        self.waiting = false;
        let Ok(done) = done else {
            return Outcome::Nothing;
        };
        self.queue.move_up();
        let commands = match write {
            Write::One(command) | Write::As(_, command) => std::slice::from_ref(&**command),
            Write::Each(commands) => &commands[..],
        };
        let touched: Option<Vec<_>> = commands.iter().map(handoffs_of).collect();
        let touched: Option<Vec<i64>> = touched.map(|ids| ids.concat());
        match &touched {
            Some(ids) => self.lines.changed(ids),
            None => self.lines.all_changed(),
        }
        self.card.changed();
        // Another window is not this change's to close.
        if matches!(&self.window, Some(window) if !matches!(window, Window::Values(_) | Window::Saved(_) | Window::Results(_)))
            && touched.is_some()
        {
            self.window = None;
            self.before = None;
        }
        let decided = commands.iter().any(decides);
        match write {
            Write::Each(_) => {
                self.marks.clear();
                self.window = Some(Window::Results(Results::new(done)));
            }
            Write::One(_) | Write::As(..) if decided => {
                let here = self.queue.cursor();
                self.marks.clear();
                if touched.is_some_and(|ids| here.is_some_and(|id| ids.contains(&id))) {
                    self.queue.advance();
                }
            }
            Write::One(_) | Write::As(..) => {
                let here = self.queue.cursor();
                if touched.is_some_and(|ids| here.is_some_and(|id| ids.contains(&id))) {
                    self.queue.leave();
                }
            }
        }
        Outcome::Nothing
    }

    fn refreshed(&mut self, model: &Model) {
        if let Some(Window::Saved(saved)) = &self.window {
            self.window = saved.again(model).map(Window::Saved);
        }
        self.judged = Judged::Not;
        self.queue.forget();
        self.lines.all_changed();
        self.card.changed();
        self.told = Told::default();
    }

    fn under(&self, model: &Model) -> Under {
        let name = self.queue.cursor().and_then(|id| self.lines.name(id));
        let named = |id| Under::ground(Ground::Lead(id)).called(name);
        self.lead(model).map(named).unwrap_or_default()
    }

    fn draw(&mut self, buffer: &mut Buffer, area: Rect, model: &Model, theme: &Theme) {
        self.draw_all(buffer, area, model, theme);
    }
}

#[cfg(test)]
mod tests;
