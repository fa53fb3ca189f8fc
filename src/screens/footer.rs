//! The hints of a context, from the table of keys.

use crate::keymap::{self, Context};
use crate::theme::Theme;
use crate::widgets::{Ink, hints};

/// Draws the hints of a context, the most important first.
pub fn draw(ink: &mut Ink<'_>, line: u16, context: Context, theme: &Theme) {
    let shown = keymap::footer(context)
        .into_iter()
        .map(|binding| (binding.chords[0].to_string(), binding.label));
    hints(ink, line, shown, theme);
}
