//! The board by source, campaign, segment or rep: one line each, the largest part of the headline first.

use ratatui::layout::Rect;

use super::item::{ItemKey, Pane, What};
use super::sheet::Sheet;
use crate::facts::column::NONE;
use crate::metrics::{Figure, Line, LineOf, Metric, Unit};
use crate::screens::figures::{self, Room};
use crate::screens::labels::label_within;
use crate::screens::model::Model;
use crate::text;
use crate::theme::Role;
use crate::widgets::{Gauge, Side};

/// The columns from left to right; what does not fit is left away, so the most telling come first.
const ORDER: &[Metric] = &[
    Metric::QualifiedPipelineSourced,
    Metric::PipelineContribution,
    Metric::SqoCount,
    Metric::Leads,
    Metric::Handoffs,
    Metric::AcceptanceRate,
    Metric::UnverifiedRejections,
    Metric::CostPerLead,
    Metric::WastedSpend,
    Metric::Revenue,
    Metric::WinRate,
    Metric::SourceTrust,
    Metric::SourceTrustRun,
    Metric::Mqls,
    Metric::RejectionRate,
];

/// Lines that the pane wants inside its frame.
pub(super) fn lines(model: &Model) -> u16 {
    1 + model.lines().len().clamp(1, 40) as u16
}

/// Draws the head and as many lines and columns as fit.
pub(super) fn draw(sheet: &mut Sheet<'_>, area: Rect, model: &Model) {
    let dimension = model.dimension();
    let count = figures::several(model.lines().len() as u64, "line");
    let remark = format!("{count} · b: by another");
    let inner = sheet.pane(
        Pane::Breakdown,
        area,
        &format!("By {}", dimension.word()),
        Role::Text,
        &remark,
    );
    let theme = sheet.theme;
    let lines = model.lines();
    let Some(first) = lines.first() else {
        sheet
            .ink(inner)
            .write(0, 1, "nothing in this period", theme[Role::Dim]);
        return;
    };
    let has = |metric: &Metric| first.figures.iter().any(|figure| figure.id == *metric);
    let rest = first
        .figures
        .iter()
        .map(|figure| figure.id)
        .filter(|metric| !ORDER.contains(metric));
    let metrics: Vec<Metric> = ORDER.iter().copied().filter(has).chain(rest).collect();
    let room = if inner.width < 100 {
        Room::Narrow
    } else {
        Room::Wide
    };
    let name_width = lines
        .iter()
        .map(|line| text::width(&line.name))
        .max()
        .unwrap_or(0)
        .clamp(10, 28) as u16;
    let most = lines
        .iter()
        .filter_map(|line| barred(line)?.real())
        .fold(0.0, f64::max);
    let columns = columns(
        model,
        &metrics,
        room,
        inner.width.saturating_sub(name_width + 3),
    );
    let taken: u16 = columns.iter().map(|(_, width)| width + 2).sum();
    // What is left over goes to the bars of the first column.
    let bar_width = inner.width.saturating_sub(name_width + taken + 4);
    let bar_width = if bar_width < 6 { 0 } else { bar_width.min(80) };
    let start = 1 + name_width + bar_width + u16::from(bar_width > 0);
    heads(sheet, inner, &columns, start);
    for (row, line) in (1..inner.height).zip(lines) {
        let mut ink = sheet.ink(inner);
        let unknown = matches!(line.of, LineOf::Code(NONE));
        ink.field(
            row,
            1,
            name_width,
            &line.name,
            Side::Left,
            theme[if unknown { Role::Dim } else { Role::Text }],
        );
        if bar_width > 0 {
            let reached = barred(line)
                .and_then(Figure::real)
                .filter(|_| most > 0.0)
                .map(|value| value / most);
            let gauge = Gauge {
                reached,
                pace: None,
                style: theme[Role::Shared],
            };
            gauge.draw(&mut ink, row, name_width + 2, bar_width - 1, theme);
        }
        let mut at = start;
        for (metric, width) in &columns {
            at += 2;
            let Some(figure) = line.figure(*metric) else {
                continue;
            };
            let role = if figure.value.is_none() || figures::is_immature(figure) {
                Role::Dim
            } else {
                Role::Text
            };
            sheet.ink(inner).field(
                row,
                at,
                *width,
                &cell(figure, room),
                Side::Right,
                theme[role],
            );
            if let LineOf::Code(code) = line.of {
                let field = Rect::new(inner.x + at, inner.y + row, *width, 1);
                sheet.item(
                    ItemKey {
                        pane: Pane::Breakdown,
                        what: What::Cell(code, *metric),
                    },
                    field,
                );
            }
            at += width;
        }
    }
}

/// The figure that the bars show: the headline's.
fn barred(line: &Line) -> Option<&Figure> {
    line.figure(Metric::QualifiedPipelineSourced)
}

/// A figure with its n, since shares of different lines are compared here.
fn cell(figure: &Figure, room: Room) -> String {
    let value = figures::figure(figure, room);
    if figure.unit == Unit::Ratio && figure.value.is_some() {
        return format!(
            "{value} {:>4}",
            format!("n{}", figures::grouped(figure.n as i64))
        );
    }
    value
}

/// The columns that fit, each as wide as its widest cell.
fn columns(model: &Model, metrics: &[Metric], room: Room, mut left: u16) -> Vec<(Metric, u16)> {
    let mut columns = Vec::new();
    for metric in metrics {
        let cells = model
            .lines()
            .iter()
            .filter_map(|line| line.figure(*metric))
            .map(|figure| text::width(&cell(figure, room)));
        let head = text::width(head(*metric)).max(8);
        let width = cells.max().unwrap_or(0).max(head) as u16;
        if width + 2 > left {
            break;
        }
        left -= width + 2;
        columns.push((*metric, width));
    }
    columns
}

/// Heads of columns are the beginnings of names.
fn head(metric: Metric) -> &'static str {
    label_within(metric, 13)
}

fn heads(sheet: &mut Sheet<'_>, inner: Rect, columns: &[(Metric, u16)], start: u16) {
    let heading = sheet.theme[Role::Heading];
    let mut ink = sheet.ink(inner);
    let mut at = start;
    for (metric, width) in columns {
        at += 2;
        ink.field(0, at, *width, head(*metric), Side::Right, heading);
        at += width;
    }
}
