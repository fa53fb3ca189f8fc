//! The window over the queue, if one is open: which keys it takes and what it answers. One at a time; writes nothing itself.

use crossterm::event::{KeyCode, KeyEvent};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::choose::{Reps, Saved, Values};
use super::later::Later;
use super::line::{FilterName, Line};
use super::qualify::Form;
use super::reasons::Reasons;
use super::results::Results;
use crate::facts::queue::QueueFilter;
use crate::keymap::{Action, Context};
use crate::screens::Outcome;
use crate::screens::model::Model;
use crate::theme::{Role, Theme};
use crate::widgets::{Ink, Picker, popup};

/// An open window.
pub(super) enum Window {
    Reasons(Box<Reasons>),
    Later(Box<Later>),
    Line(Box<Line>),
    FilterName(FilterName),
    Form(Box<Form>),
    Values(Values),
    Saved(Saved),
    Reps(Reps),
    /// Asks back before many are changed: the question, and what is done then.
    Sure(String, Outcome),
    Results(Results),
}

/// What comes of a key in a window.
pub(super) enum Step {
    /// The window stays as it is.
    Stay,
    /// Another window takes its place.
    Next(Window),
    /// This is to be done; the window stays until it is done, so that typed text outlives a refusal.
    Answer(Outcome),
    /// It cannot be done, and why; the window stays.
    Refuse(String),
    /// Another filter; the window closes.
    Filter(QueueFilter),
}

/// The letters of a list, in order.
pub(super) fn letters() -> impl Iterator<Item = char> {
    ('a'..='z').chain('A'..='Z').chain('0'..='9')
}

impl Window {
    /// Where its keys stand in the table.
    pub(super) fn context(&self) -> Context {
        match self {
            Self::Reasons(_) | Self::Later(_) | Self::Sure(..) => Context::Menu,
            Self::Line(_) | Self::FilterName(_) | Self::Form(_) => Context::Field,
            Self::Values(_) | Self::Saved(_) | Self::Reps(_) => Context::Picker,
            Self::Results(_) => Context::Reader,
        }
    }

    /// Whether it changes the leads it is about.
    pub(super) fn edits(&self) -> bool {
        match self {
            Self::Reasons(_)
            | Self::Later(_)
            | Self::Line(_)
            | Self::Form(_)
            | Self::Reps(_)
            | Self::Sure(..) => true,
            Self::FilterName(_) | Self::Values(_) | Self::Saved(_) | Self::Results(_) => false,
        }
    }

    fn picker(&mut self) -> Option<&mut Picker> {
        match self {
            Self::Values(values) => Some(&mut values.picker),
            Self::Saved(saved) => Some(&mut saved.picker),
            Self::Reps(reps) => Some(&mut reps.picker),
            _ => None,
        }
    }

    /// Acts on what a key means.
    pub(super) fn update(&mut self, action: Action, model: &Model) -> Step {
        match action {
            Action::Open => return self.confirm(model),
            Action::NextPane => match self {
                Self::Reasons(reasons) => return reasons.with_note(),
                other => other.step(Action::Down),
            },
            Action::Copy => {
                if let Self::Results(results) = self {
                    return Step::Answer(Outcome::Copy {
                        what: "the results".to_owned(),
                        text: results.as_text(),
                    });
                }
            }
            action => self.step(action),
        }
        Step::Stay
    }

    fn step(&mut self, action: Action) {
        if let Self::Results(results) = self {
            return results.update(action);
        }
        let page = self.picker().map_or(10, |picker| picker.page());
        let by = match action {
            Action::Up | Action::PreviousPane => -1,
            Action::Down => 1,
            Action::PageUp => -page,
            Action::PageDown => page,
            _ => return,
        };
        match self {
            Self::Reasons(reasons) => reasons.step(by),
            Self::Later(later) => later.step(by),
            Self::Form(form) => form.step(by),
            other => {
                if let Some(picker) = other.picker() {
                    picker.step(by);
                }
            }
        }
    }

    fn confirm(&mut self, model: &Model) -> Step {
        match self {
            Self::Reasons(reasons) => reasons.confirm(),
            Self::Later(later) => later.confirm(),
            Self::Line(line) => line.confirm(model),
            Self::FilterName(name) => name.confirm(),
            Self::Form(form) => form.confirm(model),
            Self::Saved(saved) => saved.confirm(model),
            Self::Reps(reps) => reps.confirm(),
            Self::Sure(_, outcome) => Step::Answer(outcome.clone()),
            Self::Values(_) | Self::Results(_) => Step::Stay,
        }
    }

    /// A key that means no action: text for a field, a letter for a list.
    pub(super) fn typed(&mut self, key: KeyEvent) -> Step {
        match (self, key.code) {
            (Self::Reasons(reasons), KeyCode::Char(letter)) => return reasons.letter(letter),
            (Self::Later(later), KeyCode::Char(letter)) => return later.letter(letter),
            (Self::Line(line), _) => {
                line.prompt.key(key);
            }
            (Self::FilterName(name), _) => {
                name.prompt.key(key);
            }
            (Self::Form(form), _) => form.key(key),
            (other, _) => {
                if let Some(picker) = other.picker() {
                    picker.key(key);
                }
            }
        }
        Step::Stay
    }

    /// Pasted text.
    pub(super) fn pasted(&mut self, text: &str) {
        match self {
            Self::Line(line) => line.prompt.paste(text),
            Self::FilterName(name) => name.prompt.paste(text),
            Self::Form(form) => form.paste(text),
            other => {
                if let Some(picker) = other.picker() {
                    picker.paste(text);
                }
            }
        }
    }

    /// A click; true when it chose an entry.
    pub(super) fn click(&mut self, column: u16, row: u16) -> bool {
        self.picker()
            .is_some_and(|picker| picker.click(column, row))
    }

    /// Draws it over the queue.
    pub(super) fn draw(&mut self, buffer: &mut Buffer, screen: Rect, model: &Model, theme: &Theme) {
        match self {
            Self::Reasons(reasons) => reasons.draw(buffer, screen, theme),
            Self::Later(later) => later.draw(buffer, screen, theme),
            Self::Line(line) => line.draw(buffer, screen, model, theme),
            Self::FilterName(name) => name.draw(buffer, screen, theme),
            Self::Form(form) => form.draw(buffer, screen, model, theme),
            Self::Sure(question, _) => {
                let inner = popup(buffer, screen, (60, 4), question, "", theme);
                let mut ink = Ink::new(buffer, inner);
                ink.write(0, 1, "Enter does it, Esc gives it up", theme[Role::Text]);
                let after = "Each is judged by itself; one u undoes all.";
                ink.write(1, 1, after, theme[Role::Dim]);
            }
            Self::Results(results) => results.draw(buffer, screen, theme),
            other => {
                if let Some(picker) = other.picker() {
                    picker.draw(buffer, screen, theme);
                }
            }
        }
    }
}
