//! Agreed numbers, catalogues, targets, spend, rates, people: pages of entries, each changed in a window of fields. Decides; reads and writes nothing itself.

mod draw;
mod edit;
mod numbers;
mod page;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use crossterm::event::KeyEvent;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::fetch::{Done, Fetch, Fetched, Write};
use super::form::Form;
use super::letters::Letters;
use super::model::Model;
use super::{Outcome, Screen};
use crate::domain::card::Change;
use crate::domain::catalogue::Chapter;
use crate::domain::moment::Day;
use crate::domain::presence::{Doing, Part, Thing};
use crate::keymap::{Action, Context};
use crate::theme::Theme;
use crate::widgets::TableState;
use page::Row;

/// The screen.
#[derive(Debug)]
pub struct Settings {
    chapter: Chapter,
    /// The place in each chapter, by its number.
    states: [TableState; Chapter::ALL.len()],
    /// The rows of the chapter, and the history and chapter they were made for.
    rows: Vec<Row>,
    made_for: Option<(usize, Chapter)>,
    holidays: Vec<(Day, String)>,
    history: Option<Vec<Change>>,
    /// Whether the entries of the journal are in sight.
    looks_back: bool,
    unread: Unread,
    open: Option<Asked>,
    tabs: Vec<(Rect, Chapter)>,
}

/// What has not been asked for yet.
#[derive(Debug, Clone, Copy)]
struct Unread {
    holidays: bool,
    history: bool,
}

/// An open window.
#[derive(Debug)]
struct Asked {
    window: Window,
    sent: Option<Write>,
}

#[derive(Debug)]
enum Window {
    /// The fields, and the entry they change; `None`: a new one.
    Form(Form, Option<String>),
    /// The reason that goes, and the codes of those that may stay.
    Merge(Letters, String, Vec<String>),
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            chapter: Chapter::Numbers,
            states: [TableState::default(); Chapter::ALL.len()],
            rows: Vec::new(),
            made_for: None,
            holidays: Vec::new(),
            history: None,
            looks_back: false,
            unread: Unread {
                holidays: true,
                history: true,
            },
            open: None,
            tabs: Vec::new(),
        }
    }
}

impl Settings {
    fn sync(&mut self, model: &Model) {
        let now = (Arc::as_ptr(&model.history()) as usize, self.chapter);
        if self.made_for != Some(now) {
            self.rows = page::rows(self.chapter, model, &self.holidays);
            self.made_for = Some(now);
        }
    }

    fn len(&self) -> usize {
        match &self.history {
            Some(history) if self.looks_back => history.len(),
            _ => self.rows.len(),
        }
    }

    fn state(&mut self) -> &mut TableState {
        &mut self.states[self.chapter as usize]
    }

    /// The entry under the cursor.
    fn selected(&self) -> Option<&Row> {
        let at = self.states[self.chapter as usize].selected;
        self.rows.get(at).filter(|_| !self.looks_back)
    }

    fn turn(&mut self, by: isize) {
        let count = Chapter::ALL.len() as isize;
        let at = (self.chapter as isize + by).rem_euclid(count);
        self.turn_to(Chapter::ALL[at as usize]);
    }

    fn turn_to(&mut self, chapter: Chapter) {
        self.chapter = chapter;
        self.looks_back = false;
        self.history = None;
        self.unread.history = true;
    }

    fn moving(&mut self, action: Action) {
        let len = self.len();
        let state = self.state();
        match action {
            Action::Up => state.step(-1, len),
            Action::Down => state.step(1, len),
            Action::PageUp => state.step(-state.page(), len),
            Action::PageDown => state.step(state.page(), len),
            Action::First => state.selected = 0,
            _ => state.selected = len.saturating_sub(1),
        }
    }
}

impl Screen for Settings {
    fn context(&self) -> Context {
        match self.open.as_ref().map(|asked| &asked.window) {
            None => Context::Settings,
            Some(Window::Form(..)) => Context::Field,
            Some(Window::Merge(..)) => Context::Letters,
        }
    }

    fn hints(&self) -> Vec<(Action, &'static str)> {
        match self.open.as_ref().map(|asked| &asked.window) {
            Some(Window::Form(form, _)) => form.hints(),
            Some(Window::Merge(..)) => Vec::new(),
            None if self.looks_back => vec![
                (Action::History, "entries"),
                (Action::NextPane, "page"),
                (Action::Help, "help"),
            ],
            None => page::hints(self.chapter),
        }
    }

    fn update(&mut self, action: Action, model: &mut Model) -> Outcome {
        self.sync(model);
        if self.open.is_some() {
            return self.answer(action, model);
        }
        match action {
            Action::NextPane => self.turn(1),
            Action::PreviousPane => self.turn(-1),
            Action::History => self.looks_back = !self.looks_back,
            Action::Open => return self.edit(model),
            Action::Add => return self.add(model),
            Action::Retire => return self.retire(),
            Action::Merge => return self.merge(model),
            Action::Up
            | Action::Down
            | Action::PageUp
            | Action::PageDown
            | Action::First
            | Action::Last => self.moving(action),
            _ => {}
        }
        self.sync(model);
        Outcome::Nothing
    }

    fn typed(&mut self, key: KeyEvent, _model: &Model) -> Outcome {
        match self.open.as_mut().map(|asked| &mut asked.window) {
            Some(Window::Form(form, _)) => {
                form.key(key);
                Outcome::Nothing
            }
            Some(Window::Merge(letters, ..)) => match letters.key(key) {
                Some(index) => self.merged(index),
                None => Outcome::Nothing,
            },
            None => Outcome::Nothing,
        }
    }

    fn pasted(&mut self, text: &str, _model: &Model) -> Outcome {
        if let Some(Window::Form(form, _)) = self.open.as_mut().map(|asked| &mut asked.window) {
            form.paste(text);
        }
        Outcome::Nothing
    }

    fn click(&mut self, column: u16, row: u16, _model: &Model) -> Outcome {
        match self.open.as_mut().map(|asked| &mut asked.window) {
            Some(Window::Merge(letters, ..)) => {
                let index = letters.click(column, row);
                return index.map_or(Outcome::Nothing, |index| self.merged(index));
            }
            Some(Window::Form(..)) => return Outcome::Nothing,
            None => {}
        }
        let place = (column, row).into();
        let tab = self.tabs.iter().find(|(field, _)| field.contains(place));
        if let Some((_, chapter)) = tab.copied() {
            self.turn_to(chapter);
            return Outcome::Nothing;
        }
        let (len, before) = (self.len(), self.state().selected);
        if self.state().click(column, row, len) && before == self.state().selected {
            return Outcome::Press(Action::Open);
        }
        Outcome::Nothing
    }

    fn back(&mut self) -> bool {
        self.open.take().is_some() || std::mem::take(&mut self.looks_back)
    }

    fn doing(&self, _model: &Model) -> Option<Doing> {
        let page = self.chapter.label();
        let what = match &self.open.as_ref()?.window {
            Window::Form(_, Some(key)) | Window::Merge(_, key, _) => format!("{page}: {key}"),
            Window::Form(_, None) => page.to_owned(),
        };
        Some(Doing::editing(Thing::Setting(what)))
    }

    fn part(&self, _model: &Model) -> Part {
        Part {
            view: self.chapter.label().to_owned(),
            at: self.states[self.chapter as usize].selected.to_string(),
            card: self.looks_back,
            ..Part::default()
        }
    }

    fn show(&mut self, part: &Part, model: &Model) {
        let mut chapters = Chapter::ALL.iter().copied();
        let wanted = chapters.find(|chapter| chapter.label() == part.view);
        if let Some(chapter) = wanted.filter(|chapter| *chapter != self.chapter) {
            self.turn_to(chapter);
        }
        self.looks_back = part.card;
        self.sync(model);
        let last = self.len().saturating_sub(1);
        self.state().selected = part.at.parse().unwrap_or(0).min(last);
    }

    fn wanted(&mut self, model: &Model) -> Vec<Fetch> {
        self.sync(model);
        let mut fetches = Vec::new();
        if std::mem::take(&mut self.unread.holidays) {
            fetches.push(Fetch::Holidays);
        }
        if self.looks_back && std::mem::take(&mut self.unread.history) {
            fetches.push(Fetch::History(self.chapter));
        }
        fetches
    }

    fn fetched(&mut self, asked: &Fetch, fetched: &Fetched, _model: &Model) {
        match (asked, fetched) {
            (Fetch::Holidays, Fetched::Holidays(days)) => {
                self.holidays.clone_from(days);
                self.made_for = None;
            }
            (Fetch::History(chapter), Fetched::History(changes)) if *chapter == self.chapter => {
                self.history = Some(changes.clone());
            }
            _ => {}
        }
    }

    fn written(&mut self, write: &Write, done: Result<&Done, &str>, _model: &Model) -> Outcome {
        let waits = |asked: &&mut Asked| asked.sent.as_ref() == Some(write);
        if let Some(asked) = self.open.as_mut().filter(waits) {
            match done {
                Ok(_) => self.open = None,
                Err(why) => {
                    asked.sent = None;
                    if let Window::Form(form, _) = &mut asked.window {
                        form.refuse(why);
                    }
                }
            }
        }
        Outcome::Nothing
    }

    fn refreshed(&mut self, model: &Model) {
        self.unread = Unread {
            holidays: true,
            history: true,
        };
        self.sync(model);
    }

    fn draw(&mut self, buffer: &mut Buffer, area: Rect, model: &Model, theme: &Theme) {
        self.sync(model);
        self.draw_all(buffer, area, model, theme);
    }
}
