//! One pipeline read by marketing, sales and finance, with the deals that lie between the readings.

use ratatui::layout::Rect;

use super::item::{ItemKey, Pane, What};
use super::sheet::Sheet;
use crate::metrics::Figure;
use crate::metrics::readings::Difference;
use crate::screens::figures::{self, Room};
use crate::screens::model::Model;
use crate::theme::Role;
use crate::widgets::{Gauge, Side};

/// Lines that the pane wants inside its frame.
pub(super) fn lines(model: &Model) -> u16 {
    let readings = &model.board().readings;
    3 + readings
        .to_sales
        .iter()
        .chain(&readings.to_finance)
        .filter(|step| shows(step))
        .count() as u16
}

/// A step that holds no deal is left away.
fn shows(step: &Difference) -> bool {
    !step.is_empty()
}

/// Draws three bars and what leads from one to the next.
pub(super) fn draw(sheet: &mut Sheet<'_>, area: Rect, model: &Model) {
    let readings = &model.board().readings;
    let inner = sheet.pane(
        Pane::Readings,
        area,
        "One pipeline, three readings",
        Role::Text,
        "as of now",
    );
    let most = [&readings.marketing, &readings.sales, &readings.finance]
        .into_iter()
        .filter_map(Figure::real)
        .fold(0.0, f64::max);
    let mut line = 0;
    bar(
        sheet,
        inner,
        &mut line,
        ("Marketing", Role::Marketing),
        &readings.marketing,
        most,
    );
    for (index, difference) in readings
        .to_sales
        .iter()
        .enumerate()
        .filter(|(_, step)| shows(step))
    {
        step(
            sheet,
            inner,
            &mut line,
            What::ToSales(index),
            difference,
            model,
        );
    }
    bar(
        sheet,
        inner,
        &mut line,
        ("Sales", Role::Sales),
        &readings.sales,
        most,
    );
    for (index, difference) in readings
        .to_finance
        .iter()
        .enumerate()
        .filter(|(_, step)| shows(step))
    {
        step(
            sheet,
            inner,
            &mut line,
            What::ToFinance(index),
            difference,
            model,
        );
    }
    bar(
        sheet,
        inner,
        &mut line,
        ("Finance", Role::Finance),
        &readings.finance,
        most,
    );
}

const NAME: u16 = 10;
const VALUE: u16 = 12;
const INDENT: u16 = 3;

fn bar(
    sheet: &mut Sheet<'_>,
    inner: Rect,
    line: &mut u16,
    who: (&str, Role),
    figure: &Figure,
    most: f64,
) {
    let theme = sheet.theme;
    let value_at = inner.width.saturating_sub(VALUE + 1);
    let mut ink = sheet.ink(inner);
    ink.field(*line, 1, NAME, who.0, Side::Left, theme[who.1]);
    let reached = figure
        .real()
        .filter(|_| most > 0.0)
        .map(|value| value / most);
    let gauge = Gauge {
        reached,
        pace: None,
        style: theme[who.1],
    };
    let columns = value_at.saturating_sub(NAME + 3);
    gauge.draw(&mut ink, *line, NAME + 2, columns, theme);
    ink.field(
        *line,
        value_at,
        VALUE,
        &figures::figure(figure, Room::Narrow),
        Side::Right,
        theme[Role::Strong],
    );
    let field = Rect::new(inner.x + value_at, inner.y + *line, VALUE + 1, 1);
    if *line < inner.height {
        sheet.item(ItemKey::figure(Pane::Readings, figure.id), field);
    }
    *line += 1;
}

fn step(
    sheet: &mut Sheet<'_>,
    inner: Rect,
    line: &mut u16,
    what: What,
    difference: &Difference,
    model: &Model,
) {
    let theme = sheet.theme;
    let value_at = inner.width.saturating_sub(VALUE + 1);
    let mut ink = sheet.ink(inner);
    let count = difference.rows.distinct();
    let less = difference.amount.is_some_and(|amount| amount < 0);
    let sign = if less { "less" } else { "plus" };
    let deals = figures::several(count as u64, "deal");
    let words = format!("{sign} {}, {deals}", difference.label);
    ink.field(
        *line,
        INDENT,
        value_at.saturating_sub(INDENT + 1),
        &words,
        Side::Left,
        theme[Role::Dim],
    );
    let amount = figures::sum(
        difference.amount.filter(|_| !difference.rows.is_unpriced()),
        model.book().workspace.currency,
        Room::Narrow,
    );
    ink.field(
        *line,
        value_at,
        VALUE,
        &amount,
        Side::Right,
        theme[Role::Dim],
    );
    if *line < inner.height {
        let field = Rect::new(inner.x + value_at, inner.y + *line, VALUE + 1, 1);
        sheet.item(
            ItemKey {
                pane: Pane::Readings,
                what,
            },
            field,
        );
    }
    *line += 1;
}
