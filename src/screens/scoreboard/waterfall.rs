//! How the pipeline that closes in the period changed: bars that hang where the one before ended.

use ratatui::layout::Rect;

use super::item::{ItemKey, Pane, What};
use super::sheet::Sheet;
use crate::screens::figures::{self, Room};
use crate::screens::model::Model;
use crate::theme::Role;
use crate::widgets::Side;

const NAME: u16 = 14;
const VALUE: u16 = 11;

/// Lines that the pane wants inside its frame: steps that moved nothing are left away.
pub(super) fn lines(model: &Model) -> u16 {
    2 + model
        .board()
        .waterfall
        .steps
        .iter()
        .filter(|step| step.amount != Some(0))
        .count() as u16
}

/// Draws start, changes and end.
pub(super) fn draw(sheet: &mut Sheet<'_>, area: Rect, model: &Model) {
    let waterfall = &model.board().waterfall;
    let period = figures::period(&model.board().period);
    let inner = sheet.pane(
        Pane::Waterfall,
        area,
        "How the pipeline moved",
        Role::Text,
        &format!("closing in {period}"),
    );
    // What is too large to add up has no bar.
    let mut at = waterfall.start.unwrap_or(0);
    let start = ("at the start", 0, at, Role::Track);
    let mut bars = vec![(What::Start, waterfall.start, start)];
    for step in waterfall.steps.iter().filter(|s| s.amount != Some(0)) {
        let next = at.saturating_add(step.amount.unwrap_or(0));
        let role = if step.amount > Some(0) {
            Role::Good
        } else {
            Role::Bad
        };
        let bar = (step.change.label(), at, next, role);
        bars.push((What::Step(step.change), step.amount, bar));
        at = next;
    }
    let over = model.board().period.end_at <= model.board().as_of;
    let end = if over { "at the end" } else { "now" };
    let end = (end, 0, waterfall.end.unwrap_or(0), Role::Shared);
    bars.push((What::End, waterfall.end, end));
    let ends = || bars.iter().flat_map(|(_, _, bar)| [bar.1, bar.2]);
    let (most, least) = (ends().max().unwrap_or(0), ends().min().unwrap_or(0));
    let columns = inner.width.saturating_sub(NAME + VALUE + 4);
    let place = |amount: i64| {
        let span = (most as f64 - least as f64).max(1.0);
        ((amount as f64 - least as f64) / span * f64::from(columns)).round() as u16
    };
    for (line, (what, amount, (name, from, to, role))) in (0..inner.height).zip(bars) {
        let theme = sheet.theme;
        let (left, right) = (place(from.min(to)), place(from.max(to)));
        let mut ink = sheet.ink(inner);
        ink.field(line, 1, NAME, name, Side::Left, theme[Role::Text]);
        let wide = right
            .saturating_sub(left)
            .max(1)
            .min(columns.saturating_sub(left).max(1));
        ink.fill(
            line,
            NAME + 2 + left.min(columns.saturating_sub(1)),
            wide,
            '█',
            theme[role],
        );
        let is_step = matches!(what, What::Step(_));
        let plus = if is_step && amount > Some(0) { "+" } else { "" };
        let text = format!(
            "{plus}{}",
            figures::sum(amount, model.book().workspace.currency, Room::Narrow)
        );
        let value_at = inner.width.saturating_sub(VALUE + 1);
        ink.field(
            line,
            value_at,
            VALUE,
            &text,
            Side::Right,
            theme[Role::Strong],
        );
        sheet.item(
            ItemKey {
                pane: Pane::Waterfall,
                what,
            },
            Rect::new(inner.x + value_at, inner.y + line, VALUE + 1, 1),
        );
    }
}
