//! What the user sees: one module per screen and per window over it. Screens decide and answer with data; they do nothing themselves.

pub mod card;
pub mod explain;
pub mod fetch;
pub mod figures;
pub mod filters;
pub mod footer;
pub mod help;
pub mod labels;
pub mod model;
pub mod palette;
pub mod periods;
pub mod rows;
#[cfg(test)]
pub(crate) mod sample;
pub mod scoreboard;
pub mod setup;

use scoreboard::ItemKey;

/// What a screen answers to a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// Nothing beyond what it changed in itself.
    Nothing,
    /// Tell this in a notice.
    Say(String),
    /// Put text on the clipboard.
    Copy {
        /// What it is, for the notice.
        what: String,
        /// The text.
        text: String,
    },
    /// Open a window over the screen.
    Open(Opening),
}

/// A window to open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Opening {
    /// The rows behind a number.
    Rows(ItemKey),
    /// Its definition.
    Explain(ItemKey),
    /// The choice of the period.
    Periods,
    /// The choice of filters.
    Filters,
}
