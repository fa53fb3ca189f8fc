//! What a draft would have done, in tall figures for a projector: what it costs first. Computes nothing.

use super::super::impact::{self, Line};
use super::super::question::Panel;
use crate::domain::money::Currency;
use crate::screens::figures;
use crate::text;
use crate::theme::{Role, Theme};
use crate::widgets::{BIG_HEIGHT, Ink, Side, draw_big};

/// Lines of a tall figure with its name and a free line.
const TILE: u16 = BIG_HEIGHT + 2;

/// From this width on two stand side by side.
const PAIRS: u16 = 64;

/// Which figures, the ones first that a room decides by.
const FIRST: [&str; 8] = [
    "revenue kept",
    "rejected, proven",
    "qualified kept",
    "leads per week",
    "precision",
    "revenue recall",
    "recall",
    "won kept",
];

/// The figures that fit, in force and as the draft would have it; what is not the newest is dimmed.
pub(super) fn draw(
    ink: &mut Ink<'_>,
    (panel, currency): (&Panel, Currency),
    fresh: bool,
    theme: &Theme,
) {
    let lines = impact::lines(panel, currency);
    let shown = FIRST.into_iter().filter_map(|label| {
        // Where not every deal has a value the line says so behind its name.
        let line = lines.iter().find(|line| line.label.starts_with(label))?;
        (line.cells[1] != figures::DASH).then_some(line)
    });
    let columns = if ink.width() >= PAIRS { 2 } else { 1 };
    let rows = (ink.height() + 1) / TILE;
    let wide = ink.width() / columns;
    for (at, line) in (0..rows * columns).zip(shown) {
        let place = (at / columns * TILE, at % columns * wide);
        tile(ink, place, wide, line, fresh, theme);
    }
}

fn tile(
    ink: &mut Ink<'_>,
    (top, left): (u16, u16),
    wide: u16,
    line: &Line,
    fresh: bool,
    theme: &Theme,
) {
    let dimmed = |role: Role| theme[if fresh { role } else { Role::Dim }];
    let at = ink.write(top, left + 1, line.label, dimmed(Role::Text));
    let before = format!("in force {}", line.cells[0]);
    let room = (left + wide).saturating_sub(at + 2);
    ink.field(top, at + 1, room, &before, Side::Right, theme[Role::Dim]);
    let figure = impact::without_bounds(&line.cells[1]);
    let end = draw_big(ink, top + 1, left + 2, figure, dimmed(Role::Strong));
    let change = &line.cells[2];
    let room = (left + wide).saturating_sub(end + 2);
    let needs = text::width(change) as u16;
    if needs <= room {
        let column = left + wide - needs - 1;
        ink.write(top + BIG_HEIGHT, column, change, dimmed(line.change));
    }
}
