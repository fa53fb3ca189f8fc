//! What the user sees: one module per screen and per window over it. Screens decide and answer with data; they do nothing themselves.

pub mod card;
pub mod criteria;
pub mod explain;
pub mod fetch;
pub mod figures;
pub mod filters;
pub mod footer;
pub mod form;
pub mod help;
pub mod history;
pub mod judge;
pub mod labels;
pub mod leads;
pub mod letters;
pub mod look;
pub mod meeting;
pub mod model;
pub mod palette;
pub mod paper;
pub mod periods;
pub mod pipeline;
pub mod rejections;
pub mod rows;
#[cfg(test)]
pub(crate) mod sample;
pub mod scoreboard;
pub mod settings;
pub mod setup;
pub mod tabs;

use crossterm::event::KeyEvent;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::domain::presence::{Doing, Part};
use crate::keymap::{Action, Context};
use crate::theme::Theme;
use crate::widgets::Paragraph;
use fetch::{Done, Fetch, Fetched, Write};
use meeting::{Question, Under};
use model::Model;
use paper::{NotWritten, Order};
use scoreboard::ItemKey;

/// One screen of the room.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Place {
    /// Screen 1: the number that both own.
    Scoreboard,
    /// Screen 2: the rep's queue.
    Leads,
    /// Screen 3: what the room reviews.
    Rejections,
    /// Screen 4: the shared definition, edited live against the past.
    Criteria,
    /// Screen 5: deals by stage.
    Pipeline,
    /// Screen 6: the meeting.
    Meeting,
    /// Agreed numbers, catalogues, targets, spend, rates, people.
    Settings,
}

impl Place {
    /// Every screen, in the order of the tabs.
    pub const ALL: [Self; 7] = [
        Self::Scoreboard,
        Self::Leads,
        Self::Rejections,
        Self::Criteria,
        Self::Pipeline,
        Self::Meeting,
        Self::Settings,
    ];
}

/// What a screen answers to a key.
#[derive(Debug, Clone, PartialEq)]
pub enum Outcome {
    /// Nothing beyond what it changed in itself.
    Nothing,
    /// Tell this in a notice.
    Say(String),
    /// Tell in a notice that something was not done, and why.
    Refuse(String),
    /// Put text on the clipboard.
    Copy {
        /// What it is, for the notice.
        what: String,
        /// The text.
        text: String,
    },
    /// Write this page to a file; the screen is told what became of it.
    Page(Order),
    /// Open a window over the screen.
    Open(Opening),
    /// Change the workspace.
    Write(Write),
    /// Read this.
    Read(Fetch),
    /// Show another screen.
    Go(Place),
    /// Open a window of the meeting.
    Ask(Question),
    /// As if the key of this action had been pressed: a click on what is to be edited.
    Press(Action),
}

/// A window to open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Opening {
    /// The rows behind a number.
    Rows(ItemKey),
    /// Its definition.
    Explain(ItemKey),
    /// What a screen itself says of a number: a title and its text.
    Text(&'static str, Vec<Paragraph>),
    /// The choice of the period.
    Periods,
    /// The choice of filters.
    Filters,
}

/// A screen: its own state, its keys, its drawing. It decides and answers with data; it reads and writes nothing itself.
pub trait Screen {
    /// Where its keys stand in the table now: another one while a window of its own or a field is open.
    fn context(&self) -> Context;

    /// What the footer says instead of the hints of its context: keys by what they do, and a word for each; none: the context's own.
    fn hints(&self) -> Vec<(Action, &'static str)> {
        Vec::new()
    }

    /// Acts on what a key means.
    fn update(&mut self, action: Action, model: &mut Model) -> Outcome;

    /// A key that means no action in its context: text for the field that has the focus.
    fn typed(&mut self, _key: KeyEvent, _model: &Model) -> Outcome {
        Outcome::Nothing
    }

    /// Pasted text.
    fn pasted(&mut self, _text: &str, _model: &Model) -> Outcome {
        Outcome::Nothing
    }

    /// A click.
    fn click(&mut self, column: u16, row: u16, model: &Model) -> Outcome;

    /// Closes the innermost window or field of its own; false when there is none.
    fn back(&mut self) -> bool {
        false
    }

    /// What is open here, for the others who sit at this workspace.
    fn doing(&self, _model: &Model) -> Option<Doing> {
        None
    }

    /// What it shows, for those who follow.
    fn part(&self, _model: &Model) -> Part {
        Part::default()
    }

    /// Shows what somebody else's shows; what is not known here is left as it is.
    fn show(&mut self, _part: &Part, _model: &Model) {}

    /// What it needs before it can be drawn whole. Asked after each key: what has been asked for is not asked for again.
    fn wanted(&mut self, _model: &Model) -> Vec<Fetch> {
        Vec::new()
    }

    /// What it asked for has been read.
    fn fetched(&mut self, _asked: &Fetch, _fetched: &Fetched, _model: &Model) {}

    /// What it asked to write has been written, or refused and why; typed text stays after a refusal.
    fn written(&mut self, _write: &Write, _done: Result<&Done, &str>, _model: &Model) -> Outcome {
        Outcome::Nothing
    }

    /// The page that it asked for lies in its file, or why it does not; what was typed stays after a refusal. Says whether it was its own.
    fn paged(&mut self, _order: &Order, _done: Result<(), &NotWritten>) -> bool {
        false
    }

    /// What is under the cursor, for an issue, a decision or an action that is written down here.
    fn under(&self, _model: &Model) -> Under {
        Under::default()
    }

    /// The history has been read anew.
    fn refreshed(&mut self, _model: &Model) {}

    /// Draws it; what is not there yet is left empty.
    fn draw(&mut self, buffer: &mut Buffer, area: Rect, model: &Model, theme: &Theme);
}
