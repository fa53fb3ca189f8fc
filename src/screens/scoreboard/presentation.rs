//! The board for a projector: the headline and a few figures of each side, three lines tall.

use ratatui::layout::Rect;

use super::columns::move_style;
use super::item::{ItemKey, Pane};
use super::sheet::Sheet;
use super::{both_right, headline};
use crate::metrics::Compared;
use crate::screens::figures::{self, Room};
use crate::screens::labels::label;
use crate::screens::model::Model;
use crate::theme::Role;
use crate::widgets::{BIG_HEIGHT, Side, big_width, draw_big};

/// Lines of one tall figure with its name and a free line.
const TILE: u16 = BIG_HEIGHT + 2;

/// Draws what fits: headline, two columns of tall figures, the pair of charts where there is room left.
pub(super) fn draw(sheet: &mut Sheet<'_>, area: Rect, model: &Model) {
    let board = model.board();
    headline::draw(
        sheet,
        Rect {
            height: headline::HEIGHT,
            ..area
        },
        model,
    );
    let below = Rect {
        y: area.y + headline::HEIGHT,
        height: area.height.saturating_sub(headline::HEIGHT),
        ..area
    };
    let most = board.marketing.len().max(board.sales.len()) as u16;
    let charts = if below.height >= 4 * TILE {
        15.min(below.height / 3)
    } else {
        0
    };
    let tiles = ((below.height - charts).saturating_sub(2) / TILE).clamp(1, most.max(1));
    let columns = Rect {
        height: (tiles * TILE + 2).min(below.height),
        ..below
    };
    let left = Rect {
        width: area.width / 2,
        ..columns
    };
    let right = Rect {
        x: left.right(),
        width: area.width - left.width,
        ..columns
    };
    side(
        sheet,
        Pane::Marketing,
        left,
        ("Marketing", Role::Marketing),
        &board.marketing,
        model,
    );
    side(
        sheet,
        Pane::Sales,
        right,
        ("Sales", Role::Sales),
        &board.sales,
        model,
    );
    if charts > 0 {
        let rest = Rect {
            y: columns.bottom(),
            height: below.bottom() - columns.bottom(),
            ..below
        };
        both_right::draw(sheet, rest, model);
    }
}

fn side(
    sheet: &mut Sheet<'_>,
    pane: Pane,
    area: Rect,
    name: (&str, Role),
    figures: &[Compared],
    model: &Model,
) {
    let inner = sheet.pane(pane, area, name.0, name.1, "");
    let tiles = usize::from(inner.height / TILE);
    for (row, compared) in (0_u16..).zip(figures.iter().take(tiles)) {
        let theme = sheet.theme;
        let top = row * TILE;
        let figure = &compared.now;
        let wide = figures::figure(figure, Room::Wide);
        let text = if big_width(&wide) + 5 <= inner.width {
            wide
        } else {
            figures::figure(figure, Room::Narrow)
        };
        let beside = figures::beside(figure, Room::Wide);
        let mut ink = sheet.ink(inner);
        let at = ink.write(top, 2, label(figure.id), theme[name.1]);
        ink.write(top, at + 2, &beside, theme[Role::Dim]);
        draw_big(&mut ink, top + 1, 3, &text, theme[Role::Headline]);
        let moved = model
            .compare()
            .of(compared)
            .and_then(|before| figures::moved(figure, before, Room::Wide));
        if let Some(moved) = moved {
            let room = inner.width.saturating_sub(big_width(&text) + 5);
            ink.field(
                top + BIG_HEIGHT,
                inner.width - room,
                room.saturating_sub(1),
                &moved.text,
                Side::Right,
                move_style(&moved, theme),
            );
        }
        let field = Rect::new(
            inner.x + 1,
            inner.y + top + 1,
            big_width(&text) + 3,
            BIG_HEIGHT,
        );
        sheet.item(ItemKey::figure(pane, figure.id), field);
    }
}
