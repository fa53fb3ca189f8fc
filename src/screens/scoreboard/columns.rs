//! A pane of figures under one another: marketing, sales, cost of misalignment. Names left, numbers right.

use ratatui::layout::Rect;
use ratatui::style::Style;

use super::item::{ItemKey, Pane};
use super::sheet::Sheet;
use crate::metrics::{Compared, Figure};
use crate::screens::figures::{self, Move, Room};
use crate::screens::labels::label_within;
use crate::screens::model::Compare;
use crate::text;
use crate::theme::{Role, Theme};
use crate::widgets::Side;

/// Columns in which every name says enough.
const SHORT: u16 = 13;

/// The cells of one line.
struct Row<'a> {
    figure: &'a Figure,
    value: String,
    beside: String,
    moved: Option<Move>,
}

/// How wide the cells of a pane are.
struct Columns {
    label: u16,
    value: u16,
    beside: u16,
    moved: u16,
    gap: u16,
    gaps: u16,
}

impl Columns {
    fn of(rows: &[Row<'_>], width: u16, room: Room) -> Columns {
        let widest =
            |text: &dyn Fn(&Row<'_>) -> usize| rows.iter().map(text).max().unwrap_or(0) as u16;
        let value = widest(&|row| text::width(&row.value));
        let beside = widest(&|row| text::width(&row.beside)).min(width / 3);
        let moved = widest(&|row| {
            row.moved
                .as_ref()
                .map_or(0, |moved| text::width(&moved.text))
        });
        let gap = if room == Room::Wide { 2 } else { 1 };
        let gaps = 1 + gap + u16::from(beside > 0) * gap + u16::from(moved > 0) * gap;
        Columns {
            label: width.saturating_sub(value + beside + moved + gaps + 1),
            value,
            beside,
            moved,
            gap,
            gaps,
        }
    }
}

fn rows_of(figures: &[Compared], compare: Compare, room: Room) -> Vec<Row<'_>> {
    figures
        .iter()
        .map(|compared| Row {
            figure: &compared.now,
            value: figures::figure(&compared.now, room),
            beside: figures::beside(&compared.now, room),
            moved: compare
                .of(compared)
                .and_then(|before| figures::moved(&compared.now, before, room)),
        })
        .collect()
}

/// Draws the figures, one per line; those that do not fit are left away. `most` is the longest column of the band, so that
/// neighbours keep the same distance between lines.
pub(super) fn draw(
    sheet: &mut Sheet<'_>,
    pane: Pane,
    inner: Rect,
    figures: &[Compared],
    compare: Compare,
    most: usize,
) {
    let mut room = if inner.width < 50 {
        Room::Narrow
    } else {
        Room::Wide
    };
    let mut rows = rows_of(figures, compare, room);
    let mut columns = Columns::of(&rows, inner.width, room);
    // A name that is cut says less than a number's n in full.
    let names = figures
        .iter()
        .map(|row| text::width(label_within(row.now.id, SHORT)));
    if room == Room::Wide
        && names
            .max()
            .is_some_and(|wide| wide > usize::from(columns.label))
    {
        room = Room::Narrow;
        rows = rows_of(figures, compare, room);
        columns = Columns::of(&rows, inner.width, room);
    }
    let Columns {
        label: label_width,
        value: value_width,
        beside: beside_width,
        moved: moved_width,
        gap,
        gaps,
    } = columns;
    // Figures stand together at the right edge of the pane, whatever its width.
    let value_at = inner
        .width
        .saturating_sub(value_width + beside_width + moved_width + gaps - gap);
    let beside_at = value_at + value_width + u16::from(beside_width > 0) * gap;
    let moved_at = beside_at + beside_width + u16::from(moved_width > 0) * gap;
    // Twice the lines: a free one after each figure reads better from a distance.
    let step = if most * 2 <= usize::from(inner.height) + 1 {
        2
    } else {
        1
    };
    for (line, row) in (0..inner.height).step_by(step).zip(&rows) {
        let theme = sheet.theme;
        let faint = figures::is_immature(row.figure) || row.figure.value.is_none();
        let style = |role: Role| if faint { theme[Role::Dim] } else { theme[role] };
        // A name may reach into what a short value leaves free of its column.
        let spare = value_width.saturating_sub(text::width(&row.value) as u16);
        let room = label_width.max(value_at.saturating_sub(gap + 1)) + spare;
        let name = label_within(row.figure.id, room);
        let mut ink = sheet.ink(inner);
        ink.field(line, 1, room, name, Side::Left, style(Role::Text));
        ink.field(
            line,
            value_at,
            value_width,
            &row.value,
            Side::Right,
            style(Role::Strong),
        );
        ink.field(
            line,
            beside_at,
            beside_width,
            &row.beside,
            Side::Left,
            theme[Role::Dim],
        );
        if let Some(moved) = &row.moved {
            ink.field(
                line,
                moved_at,
                moved_width,
                &moved.text,
                Side::Right,
                move_style(moved, theme),
            );
        }
        let field = Rect::new(
            inner.x + value_at.saturating_sub(1),
            inner.y + line,
            value_width + 2,
            1,
        );
        sheet.item(
            ItemKey::figure(pane, row.figure.id),
            field.intersection(inner),
        );
    }
}

/// Better and worse look different; what is neither is dim. The arrow says the direction, colour or not.
pub(super) fn move_style(moved: &Move, theme: &Theme) -> Style {
    theme[match moved.better {
        Some(true) => Role::Good,
        Some(false) => Role::Bad,
        None => Role::Dim,
    }]
}
