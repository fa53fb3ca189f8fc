//! "Both are right": volume up, conversations and revenue down, over one time axis. Judges nobody.

use ratatui::layout::Rect;

use super::item::{ItemKey, Pane};
use super::sheet::Sheet;
use crate::metrics::board::Point;
use crate::metrics::{Metric, Unit, Value};
use crate::screens::figures::{self, Room};
use crate::screens::labels::label;
use crate::screens::model::Model;
use crate::theme::Role;
use crate::widgets::{ColumnChart, Side, TimeAxis};

/// Columns for the words at the left of each chart.
const WORDS: u16 = 19;

/// Draws three charts under one another, and their common axis.
pub(super) fn draw(sheet: &mut Sheet<'_>, area: Rect, model: &Model) {
    let pair = &model.board().both_right;
    let inner = sheet.pane(
        Pane::BothRight,
        area,
        "Both are right",
        Role::Text,
        "one time axis · by event",
    );
    let currency = Unit::Money(model.book().workspace.currency);
    let charts = [
        (Metric::Mqls, &pair.mqls, Unit::Count, Role::Marketing),
        (
            Metric::Conversations,
            &pair.conversations,
            Unit::Count,
            Role::Sales,
        ),
        (Metric::Revenue, &pair.revenue, currency, Role::Sales),
    ];
    let axis = TimeAxis {
        labels: pair
            .mqls
            .iter()
            .map(|point| figures::short_period(&point.label, point.first))
            .collect(),
    };
    let lines = inner.height.saturating_sub(1);
    let columns = inner.width.saturating_sub(WORDS + 2);
    let each = lines / 3;
    for (index, (metric, points, unit, role)) in (0_u16..).zip(charts) {
        let top = inner.y + index * each;
        let height = if index == 2 { lines - 2 * each } else { each };
        let chart = Rect {
            y: top,
            height,
            ..inner
        };
        words(sheet, chart, metric, points, unit, role);
        let values: Vec<_> = points.iter().map(|point| point.value).collect();
        let style = sheet.theme[role];
        let theme = sheet.theme;
        // A line stays free between the charts, where there is room for it.
        let air = u16::from(height > 2);
        let field = (air, WORDS + 1, columns, height - air.min(height));
        ColumnChart {
            values: &values,
            style,
        }
        .draw(&mut sheet.ink(chart), field, &axis, theme);
    }
    let dim = sheet.theme[Role::Dim];
    axis.draw(&mut sheet.ink(inner), lines, WORDS + 1, columns, dim);
}

/// Name, latest value and the move over the whole axis.
fn words(
    sheet: &mut Sheet<'_>,
    chart: Rect,
    metric: Metric,
    points: &[Point],
    unit: Unit,
    role: Role,
) {
    let theme = sheet.theme;
    let air = u16::from(chart.height > 2);
    let last = points.last().and_then(|point| point.value);
    let value = last.map_or_else(
        || figures::DASH.to_owned(),
        |value| {
            figures::plain(
                metric,
                Value::Whole(value.round() as i64),
                unit,
                Room::Narrow,
            )
        },
    );
    let mut ink = sheet.ink(chart);
    let title = if metric == Metric::Revenue {
        "Revenue"
    } else {
        label(metric)
    };
    ink.field(air, 1, WORDS - 1, title, Side::Left, theme[role]);
    if chart.height <= 1 + air {
        ink.field(air, 1, WORDS - 1, &value, Side::Right, theme[Role::Strong]);
    } else {
        let end = ink.field(
            air + 1,
            1,
            WORDS - 1,
            &value,
            Side::Left,
            theme[Role::Strong],
        );
        if let Some(over) = over_all(points) {
            ink.field(
                air + 1,
                end + 1,
                (WORDS + 1).saturating_sub(end + 1),
                &over,
                Side::Left,
                theme[Role::Dim],
            );
        }
    }
    sheet.item(
        ItemKey::figure(Pane::BothRight, metric),
        Rect {
            y: chart.y + air,
            height: 1,
            width: WORDS,
            ..chart
        },
    );
}

/// How the last period stands against the first one with a value; without colour, since volume is neither good nor bad.
fn over_all(points: &[Point]) -> Option<String> {
    let first = points
        .iter()
        .find_map(|point| point.value.filter(|value| *value != 0.0))?;
    let last = points.last()?.value?;
    let size = (last / first - 1.0) * 100.0;
    let arrow = if size >= 0.0 { '▲' } else { '▼' };
    Some(format!("{arrow} {} %", figures::decimal(size.abs(), 0)))
}
