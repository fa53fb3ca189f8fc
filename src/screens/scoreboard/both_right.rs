//! "Both are right": volume up, conversations and revenue down, over one time axis. Judges nobody.

use ratatui::layout::Rect;

use super::item::{ItemKey, Pane};
use super::marks::{self, Mark};
use super::sheet::Sheet;
use crate::metrics::board::Point;
use crate::metrics::{Metric, Unit, Value};
use crate::screens::figures::{self, Room};
use crate::screens::labels::label_within;
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
    // Periods before the first row of any kind say nothing.
    let begin = charts
        .iter()
        .filter_map(|(_, points, ..)| {
            points
                .iter()
                .position(|point| point.value.is_some_and(|value| value != 0.0))
        })
        .min()
        .unwrap_or(0);
    let axis = TimeAxis {
        labels: pair.mqls[begin..]
            .iter()
            .map(|point| figures::short_period(&point.label, point.first))
            .collect(),
    };
    let lines = inner.height.saturating_sub(1);
    let runs = model.board().has_begun();
    let columns = inner.width.saturating_sub(WORDS + 2);
    let each = lines / 3;
    for (index, (metric, points, unit, role)) in (0_u16..).zip(charts) {
        let top = inner.y + index * each;
        let chart = Rect {
            y: top,
            height: each,
            ..inner
        };
        words(sheet, chart, (metric, role), points, unit, runs);
        let values: Vec<_> = points[begin..].iter().map(|point| point.value).collect();
        let style = sheet.theme[role];
        let theme = sheet.theme;
        // A line stays free between the charts, where there is room for it.
        let air = u16::from(each > 2);
        let field = (air, WORDS + 1, columns, each - air.min(each));
        ColumnChart {
            values: &values,
            style,
        }
        .draw(&mut sheet.ink(chart), field, &axis, theme);
    }
    let dim = sheet.theme[Role::Dim];
    axis.draw(&mut sheet.ink(inner), 3 * each, WORDS + 1, columns, dim);
    let changes = marks::marks(&pair.mqls[begin..], model);
    mark(sheet, inner, &axis, &changes, 3 * each);
}

/// A line through all charts before each period in which the criteria changed, and over them what it means.
fn mark(sheet: &mut Sheet<'_>, inner: Rect, axis: &TimeAxis, changes: &[Mark], lines: u16) {
    let columns = inner.width.saturating_sub(WORDS + 2);
    let style = sheet.theme[Role::Shared];
    let mut ink = sheet.ink(inner);
    for change in changes {
        let Some(before) = axis.before(change.at, columns) else {
            continue;
        };
        let column = (i32::from(WORDS) + 1 + before) as u16;
        for line in 1..lines {
            ink.fill(line, column, 1, marks::SIGN, style);
        }
    }
    // Where the charts stand close there is no line free for it.
    if lines > 6 {
        let room = inner.width.saturating_sub(2);
        let words = marks::legend(changes, room);
        ink.field(0, 1, room, &words, Side::Right, style);
    }
}

/// Name, latest value and its move against the period before.
fn words(
    sheet: &mut Sheet<'_>,
    chart: Rect,
    (metric, role): (Metric, Role),
    points: &[Point],
    unit: Unit,
    begun: bool,
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
    let title = label_within(metric, WORDS - 1);
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
        if let Some(over) = begun.then(|| against_before(points)).flatten() {
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

/// How the last period stands against the one before it; without colour, since volume is neither good nor bad.
fn against_before(points: &[Point]) -> Option<String> {
    let (last, earlier) = points.split_last()?;
    let before = earlier.last()?.value.filter(|value| *value != 0.0)?;
    let size = (last.value? / before - 1.0) * 100.0;
    let arrow = if size >= 0.0 { '▲' } else { '▼' };
    Some(format!("{arrow} {} %", figures::decimal(size.abs(), 0)))
}
