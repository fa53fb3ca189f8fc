//! The first line of the board: numbers of when, counted how, narrowed to what.

use crate::keymap::{self, Action, Context};
use crate::screens::figures;
use crate::screens::filters;
use crate::screens::footer;
use crate::screens::model::Model;
use crate::text;
use crate::theme::{Role, Theme};
use crate::widgets::Ink;

/// Draws the line: the period in the middle of attention, the rest as room allows.
pub(super) fn draw(ink: &mut Ink<'_>, model: &Model, theme: &Theme) {
    let scope = model.scope();
    let period = format!(" {} ", figures::period(&scope.period));
    let mut at = ink.write(0, 1, &period, theme[Role::TabActive]) + 2;
    at = ink.write(0, at, footer::mode(scope.mode), theme[Role::Text]) + 2;
    let filter = filters::words(&scope.filter, model.facts());
    if !filter.is_empty() {
        at = ink.write(0, at, &text::truncate(&filter, 40), theme[Role::Warn]) + 2;
    }
    let as_of = format!("as of {}", model.book().calendar.show(scope.as_of));
    let left_out = model.board().left_out;
    let out = left_out.test + left_out.internal + left_out.duplicate;
    let mut right = vec![as_of];
    if out > 0 {
        right.push(format!("{out} left out"));
    }
    while !right.is_empty() {
        let words = right
            .iter()
            .rev()
            .map(String::as_str)
            .collect::<Vec<_>>()
            .join(" · ");
        let wide = text::width(&words) as u16;
        if at + wide < ink.width() {
            ink.write(0, ink.width() - wide - 1, &words, theme[Role::Dim]);
            return;
        }
        right.pop();
    }
}

/// Says what stands in the way of the figures below, if anything: an empty period and where there is something, or deals that
/// count without a price. True when a line was written.
pub(super) fn draw_hint(ink: &mut Ink<'_>, model: &Model, theme: &Theme) -> bool {
    let board = model.board();
    let key = keymap::binding(Context::Board, Action::JumpToData)
        .map(|binding| binding.chords[0].to_string());
    let period = figures::period(&board.period);
    if !board.has_begun() {
        let jump = board.elsewhere.as_ref().zip(key).map(|(other, key)| {
            let other = figures::period(other);
            format!("; {other} has rows: {key} goes there")
        });
        let words = format!("{period} has not begun{}", jump.unwrap_or_default());
        ink.write(0, 1, &words, theme[Role::Warn]);
        return true;
    }
    if board.has_data {
        return draw_unpriced(ink, model, theme);
    }
    let words = match (&board.elsewhere, key) {
        (Some(other), Some(key)) => {
            format!(
                "Nothing happened in {period}; {} has rows: {key} goes there",
                figures::period(other)
            )
        }
        _ if scope_is_whole(model) => {
            "Nothing is here yet: smarketing import FILE brings your rows in".to_owned()
        }
        _ => format!("Nothing happened in {period}, nor in any other"),
    };
    ink.write(0, 1, &words, theme[Role::Warn]);
    true
}

/// What the room has to hear of the definition in force, with the key that shows why; the lines that it takes.
pub(super) fn draw_alarms(ink: &mut Ink<'_>, model: &Model, theme: &Theme) -> u16 {
    let mut line = 0;
    for alarm in model.alarms().iter().take(usize::from(ink.height())) {
        let words = format!("! {alarm} · 4, A: why");
        let room = usize::from(ink.width().saturating_sub(2));
        ink.write(line, 1, &text::truncate(&words, room), theme[Role::Warn]);
        line += 1;
    }
    line
}

/// A headline that says little because most of its deals are in money without a rate must say so itself.
fn draw_unpriced(ink: &mut Ink<'_>, model: &Model, theme: &Theme) -> bool {
    let value = &model.board().headline.value.now;
    if value.unpriced * 2 < value.n.max(1) {
        return false;
    }
    let currency = model.book().workspace.currency;
    let words = format!(
        "{} of {} deals have no value, or no rate into {currency}: Settings, Rates",
        value.unpriced, value.n
    );
    ink.write(0, 1, &words, theme[Role::Warn]);
    true
}

/// Whether nothing narrows the board, so that no rows anywhere means no rows at all.
fn scope_is_whole(model: &Model) -> bool {
    model.scope().filter.chosen.is_empty()
}
