//! The last line: the hints of a context from the table of keys, or what is being added up. Adds nothing up.

use super::look::Look;
use super::model::Model;
use super::{figures, filters};
use crate::keymap::{self, Action, Context};
use crate::metrics::Mode;
use crate::theme::Theme;
use crate::widgets::{Ink, ProgressLine, hints};

/// Draws the hints of a context, the most important first; `instead`: those of a view over it, named by what the keys do.
pub fn draw(
    ink: &mut Ink<'_>,
    line: u16,
    (context, instead): (Context, &[(Action, &'static str)]),
    theme: &Theme,
) {
    let of_view = instead.iter().filter_map(|(action, label)| {
        let binding = keymap::binding(context, *action)?;
        let chord = match action {
            // Both keys go back; the one that is drawn is the one that people try.
            Action::Back => binding.chords.last()?,
            _ => &binding.chords[0],
        };
        Some((chord.to_string(), *label))
    });
    // Big figures stand on three screens only.
    let is_big = matches!(
        context,
        Context::Board | Context::Criteria | Context::Meeting
    );
    let of_context = keymap::footer(context)
        .into_iter()
        .filter(|binding| is_big || binding.action != Action::Presentation)
        .map(|binding| (binding.chords[0].to_string(), binding.label));
    if instead.is_empty() {
        hints(ink, line, of_context, theme);
    } else {
        hints(ink, line, of_view, theme);
    }
}

/// What the keys ask for and is not in sight yet; `None` when it is.
pub fn adding_up(model: &Model) -> Option<ProgressLine> {
    let asked = model.asked();
    model.is_adding_up().then(|| ProgressLine {
        what: format!("Adding up {} …", differences(asked, model)),
        part: None,
    })
}

/// What of it differs from what is in sight.
fn differences(asked: &Look, model: &Model) -> String {
    let shown = model.scope();
    let mut words = Vec::new();
    if asked.period != shown.period {
        words.push(figures::period(&asked.period));
    }
    if asked.mode != shown.mode {
        words.push(mode(asked.mode).to_owned());
    }
    if asked.filter != shown.filter {
        let only = filters::words(&asked.filter, model.facts());
        words.push(if only.is_empty() {
            "everything, without a filter".to_owned()
        } else {
            only
        });
    }
    if asked.dimension != model.dimension() {
        words.push(format!("by {}", asked.dimension.word()));
    }
    if words.is_empty() {
        words.push("what has changed".to_owned());
    }
    words.join(", ")
}

/// How a mode counts.
pub const fn mode(mode: Mode) -> &'static str {
    match mode {
        Mode::Event => "by event",
        Mode::Cohort => "by cohort",
    }
}
