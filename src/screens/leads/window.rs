//! The window over the queue, if one is open: which keys it takes and what it answers. One at a time; writes nothing itself.

use crossterm::event::KeyEvent;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::choose::{Reps, Saved, Values};
use super::later::Later;
use super::line::{FilterName, Line};
use super::qualify::Deal;
use super::reasons::Reasons;
use super::results::Results;
use crate::facts::queue::QueueFilter;
use crate::keymap::{Action, Context};
use crate::screens::Outcome;
use crate::screens::form::Form;
use crate::screens::letters::Letters;
use crate::screens::model::Model;
use crate::theme::{Role, Theme};
use crate::widgets::Picker;

/// An open window.
pub(super) enum Window {
    Letters(Letters, List),
    Form(Form, Sheet),
    Values(Values),
    Saved(Saved),
    Reps(Reps),
    /// Asks back before many are changed, and what is done then.
    Sure(Form, Outcome),
    Results(Results),
}

/// What a letter chooses.
pub(super) enum List {
    Reasons(Reasons),
    Later(Later),
}

/// What the fields are filled in for.
pub(super) enum Sheet {
    Line(Box<Line>),
    FilterName(FilterName),
    Deal(Box<Deal>),
}

/// What comes of a key in a window.
pub(super) enum Step {
    /// The window stays as it is.
    Stay,
    /// Nothing more is to be done in it.
    Close,
    /// Another window comes over it; Esc leads back.
    Next(Window),
    /// This is to be done; the window stays until it is done, so that typed text outlives a refusal.
    Answer(Outcome),
    /// It cannot be done, and why; the window stays.
    Refuse(String),
    /// Another filter; the window closes.
    Filter(QueueFilter),
}

impl Window {
    /// Asks back before many are changed.
    pub(super) fn sure(question: String, outcome: Outcome) -> Self {
        let note = "Each is judged by itself; one u undoes all.";
        Self::Sure(Form::new(question).note(note), outcome)
    }

    /// Where its keys stand in the table.
    pub(super) fn context(&self) -> Context {
        match self {
            Self::Letters(..) => Context::Letters,
            Self::Form(..) => Context::Field,
            Self::Values(_) | Self::Reps(_) => Context::Picker,
            Self::Saved(_) => Context::Kept,
            Self::Sure(..) => Context::Sure,
            Self::Results(_) => Context::Reader,
        }
    }

    /// What the footer says instead of its context's hints.
    pub(super) fn hints(&self) -> Vec<(Action, &'static str)> {
        match self {
            Self::Form(form, _) => form.hints(),
            _ => Vec::new(),
        }
    }

    /// Whether it changes the leads it is about.
    pub(super) fn edits(&self) -> bool {
        match self {
            Self::Letters(..) | Self::Reps(_) | Self::Sure(..) => true,
            Self::Form(_, sheet) => !matches!(sheet, Sheet::FilterName(_)),
            Self::Values(_) | Self::Saved(_) | Self::Results(_) => false,
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
        match (action, &mut *self) {
            (Action::Open, _) => return self.confirm(model),
            (Action::ForgetFilter, Self::Saved(saved)) => return saved.forget(),
            (Action::Copy, Self::Results(results)) => {
                return Step::Answer(Outcome::Copy {
                    what: "the results".to_owned(),
                    text: results.as_text(),
                });
            }
            (action, Self::Results(results)) => results.update(action),
            (action, Self::Letters(letters, _)) => letters.update(action),
            (action, Self::Form(form, _)) => form.update(action),
            (action, other) => {
                if let Some(picker) = other.picker() {
                    picker.step(match action {
                        Action::Up | Action::PreviousPane => -1,
                        Action::Down | Action::NextPane => 1,
                        Action::PageUp => -picker.page(),
                        Action::PageDown => picker.page(),
                        _ => 0,
                    });
                }
            }
        }
        Step::Stay
    }

    fn confirm(&mut self, model: &Model) -> Step {
        match self {
            Self::Letters(letters, list) => {
                letters.marked().map_or(Step::Stay, |at| list.chosen(at))
            }
            Self::Form(form, sheet) => sheet
                .outcome(form, model)
                .map_or_else(Step::Refuse, Step::Answer),
            Self::Saved(saved) => saved.confirm(model),
            Self::Reps(reps) => reps.confirm(),
            Self::Sure(_, outcome) => Step::Answer(outcome.clone()),
            Self::Results(_) => Step::Close,
            Self::Values(_) => Step::Stay,
        }
    }

    /// A key that means no action: text for a field, a letter for a list.
    pub(super) fn typed(&mut self, key: KeyEvent) -> Step {
        match self {
            Self::Letters(letters, list) => {
                if let Some(at) = letters.key(key) {
                    return list.chosen(at);
                }
            }
            Self::Form(form, _) => form.key(key),
            other => {
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
            Self::Form(form, _) => form.paste(text),
            other => {
                if let Some(picker) = other.picker() {
                    picker.paste(text);
                }
            }
        }
    }

    /// A click; true when it chose an entry.
    pub(super) fn click(&mut self, column: u16, row: u16) -> bool {
        match self {
            Self::Letters(letters, _) => letters.click(column, row).is_some(),
            other => other
                .picker()
                .is_some_and(|picker| picker.click(column, row)),
        }
    }

    /// Draws it over the queue.
    pub(super) fn draw(&mut self, buffer: &mut Buffer, screen: Rect, model: &Model, theme: &Theme) {
        match self {
            Self::Letters(letters, _) => letters.draw(buffer, screen, theme),
            Self::Form(form, sheet) => {
                let reading = sheet.reading(form, model);
                form.read_as(reading);
                form.draw(buffer, screen, theme);
            }
            Self::Sure(form, _) => form.draw(buffer, screen, theme),
            Self::Results(results) => results.draw(buffer, screen, theme),
            other => {
                if let Some(picker) = other.picker() {
                    picker.draw(buffer, screen, theme);
                }
            }
        }
    }
}

impl List {
    fn chosen(&self, at: usize) -> Step {
        match self {
            Self::Reasons(reasons) => reasons.chosen(at),
            Self::Later(later) => later.chosen(at),
        }
    }
}

impl Sheet {
    fn outcome(&self, form: &Form, model: &Model) -> Result<Outcome, String> {
        match self {
            Self::Line(line) => line.outcome(form, model),
            Self::FilterName(name) => name.outcome(form),
            Self::Deal(deal) => deal.outcome(form, model),
        }
    }

    /// How the fields are read as they stand.
    fn reading(&self, form: &mut Form, model: &Model) -> Vec<(Role, String)> {
        match self {
            Self::Line(line) => vec![(Role::Dim, line.reading(form, model))],
            Self::FilterName(name) => vec![(Role::Dim, name.text.clone())],
            Self::Deal(deal) => deal.reading(form, model),
        }
    }
}
