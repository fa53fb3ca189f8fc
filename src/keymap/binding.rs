//! One row of the table of keys: what a key means in a context, how it is called, whether it edits. Dispatches nothing.

use super::{Action, Chord, Context};

/// One action in one context: its keys and what the user reads about it.
#[derive(Debug)]
pub struct Binding {
    /// Where it holds.
    pub context: Context,
    /// The keys, the one that is shown first.
    pub chords: &'static [Chord],
    /// What they mean.
    pub action: Action,
    /// One or two words, for the footer.
    pub label: &'static str,
    /// One sentence, for help and palette.
    pub help: &'static str,
    /// Place in the footer: 1 is the last to go when there is little room, 0 is never shown.
    pub footer: u8,
    /// Whether it changes the workspace, or opens what does.
    pub touch: Touch,
}

/// What an action does to the workspace.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Touch {
    /// It looks, moves, chooses what is in sight.
    Looks,
    /// It changes something, or asks for what is to be changed: not to be begun where nothing can be changed.
    Edits,
}

pub(super) const fn bind(
    context: Context,
    chords: &'static [Chord],
    action: Action,
    label: &'static str,
    help: &'static str,
    footer: u8,
) -> Binding {
    Binding {
        context,
        chords,
        action,
        label,
        help,
        footer,
        touch: Touch::Looks,
    }
}

/// The same, of an action that changes the workspace.
pub(super) const fn edit(
    context: Context,
    chords: &'static [Chord],
    action: Action,
    label: &'static str,
    help: &'static str,
    footer: u8,
) -> Binding {
    Binding {
        touch: Touch::Edits,
        ..bind(context, chords, action, label, help, footer)
    }
}
