//! What the loop is told to do, as data. Does nothing.

use super::{Beginning, Fetch, Order, Write};
use crate::domain::clash::Sight;

/// What the loop has to do.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// End the session.
    Leave,
    /// End the session and begin with this.
    Begin(Beginning),
    /// Stop the program until the shell continues it.
    Suspend,
    /// Send the whole screen anew.
    Redraw,
    /// Hand the mouse over.
    ToggleMouse,
    /// Read this and answer with [`App::fetched`](super::App::fetched).
    Fetch(Fetch),
    /// Write this page to a file and answer with [`App::paged`](super::App::paged).
    Page(Order),
    /// Write this, decided with that in sight, and answer with [`App::written`](super::App::written) or [`App::clashed`](super::App::clashed).
    Write(Write, Sight),
    /// The person of that handle sits here from now on.
    Introduce(String),
    /// Put text on the clipboard.
    Copy {
        /// What it is, for the notice.
        what: String,
        /// The text.
        text: String,
    },
}
