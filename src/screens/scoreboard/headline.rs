//! The number that both sides own, across the whole width: value, target, attainment, pace, gap and trend.

use ratatui::layout::Rect;

use super::columns::move_style;
use super::item::{ItemKey, Pane};
use super::marks;
use super::sheet::Sheet;
use crate::keymap::{self, Action, Context};
use crate::metrics::board::Point;
use crate::metrics::{Figure, Metric, Unit};
use crate::screens::figures::{self, Room};
use crate::screens::model::Model;
use crate::theme::Role;
use crate::widgets::{BIG_HEIGHT, Gauge, Side, big_width, draw_big, sparkline};

/// Lines of the pane, frame included.
pub(super) const HEIGHT: u16 = BIG_HEIGHT + 2;

/// The least room that attainment, gauge and pace need beside the tall figure.
const BESIDE: u16 = 30;

/// Draws the pane.
pub(super) fn draw(sheet: &mut Sheet<'_>, area: Rect, model: &Model) {
    let headline = &model.board().headline;
    let value = &headline.value.now;
    let theme = sheet.theme;
    let remark = format!("{}, by event · owned by both", deals(model));
    let inner = sheet.pane(
        Pane::Headline,
        area,
        "Qualified Pipeline Sourced",
        Role::Shared,
        &remark,
    );
    let figure = tall_figure(value, inner.width);
    let wide = big_width(&figure);
    draw_big(&mut sheet.ink(inner), 0, 3, &figure, theme[Role::Headline]);
    sheet.item(
        ItemKey::HEADLINE,
        Rect::new(inner.x + 1, inner.y, wide + 3, BIG_HEIGHT),
    );
    let at = wide + 6;
    let beside = Rect {
        x: inner.x + at,
        width: inner.width.saturating_sub(at + 1),
        ..inner
    };
    let trend_width = if beside.width >= 64 { 26 } else { 0 };
    let text = Rect {
        width: beside.width - trend_width,
        ..beside
    };
    attainment(sheet, text, model);
    gauge(sheet, text, model);
    pace(sheet, text, model);
    if trend_width > 0 {
        trend(
            sheet,
            Rect {
                x: text.right() + 2,
                width: trend_width - 2,
                ..beside
            },
            model,
        );
    }
}

/// How many deals qualified in the period, and how many were taken back in it: both are entries of the number.
fn deals(model: &Model) -> String {
    let board = model.board();
    let entries = board.headline.value.now.n;
    let net = board
        .figures()
        .find(|figure| figure.id == Metric::SqoCount)
        .and_then(Figure::real);
    let reversed = net.map_or(0, |net| (entries as i64 - net as i64).max(0) as u64 / 2);
    let qualified = figures::several(entries - reversed.min(entries), "deal");
    match reversed {
        0 => qualified,
        n => format!("{qualified}, {} reversed", figures::grouped(n as i64)),
    }
}

/// The value, shortened only when the tall digits would push everything else off the line.
fn tall_figure(value: &Figure, columns: u16) -> String {
    let wide = figures::figure(value, Room::Wide);
    if big_width(&wide) + BESIDE <= columns {
        wide
    } else {
        figures::figure(value, Room::Narrow)
    }
}

fn attainment(sheet: &mut Sheet<'_>, area: Rect, model: &Model) {
    let headline = &model.board().headline;
    let theme = sheet.theme;
    let mut ink = sheet.ink(area);
    let Some(target) = headline.target else {
        for (line, words) in (0..).zip(without_target(model, area.width)) {
            ink.write(line, 1, &words, theme[Role::Dim]);
        }
        return;
    };
    let share = figures::figure(&headline.attainment, Room::Wide);
    let reached = headline.attainment.real().is_some_and(|share| share >= 1.0);
    let at = ink.write(
        0,
        1,
        &share,
        theme[if reached { Role::Good } else { Role::Bad }],
    );
    let room = if area.width < 44 {
        Room::Narrow
    } else {
        Room::Wide
    };
    let of = match value_unit(&headline.value.now) {
        Some(currency) => format!("of {}", figures::money(target as f64, currency, room)),
        None => format!("of {target}"),
    };
    let changed = if headline.target_history.len() > 1 {
        " (changed)"
    } else {
        ""
    };
    let after = ink.write(
        0,
        at + 2,
        &format!("{of} target{changed}"),
        theme[Role::Text],
    );
    sheet.item(
        ItemKey::figure(Pane::Headline, headline.attainment.id),
        Rect::new(area.x, area.y, at + 1, 1),
    );
    let gap = figures::figure(&headline.gap, room);
    let ahead = headline.gap.real().is_some_and(|gap| gap <= 0.0);
    let words = if ahead { "over by" } else { "gap" };
    let gap = gap.trim_start_matches('−');
    if after + 5 + (words.len() + gap.len()) as u16 <= area.width {
        let mut ink = sheet.ink(area);
        let at = ink.write(0, after + 3, words, theme[Role::Dim]);
        let end = ink.write(0, at + 1, gap, theme[Role::Text]);
        sheet.item(
            ItemKey::figure(Pane::Headline, headline.gap.id),
            Rect::new(area.x + at, area.y, end - at + 1, 1),
        );
    }
}

/// Why no target stands there: a filter hides it, or nobody set one.
fn without_target(model: &Model, room: u16) -> [String; 2] {
    let scope = model.scope();
    let metric = model.board().headline.value.now.id.id();
    let targets = &model.facts().targets;
    let set = targets.value(metric, &scope.period, scope.as_of).is_some();
    let key = keymap::binding(Context::Board, Action::ClearFilter);
    match key.filter(|_| set && !scope.filter.is_empty()) {
        Some(key) => {
            let hold = if room > 36 {
                "targets hold for the whole workspace"
            } else {
                "no target under a filter"
            };
            let key = &key.chords[0];
            [hold.to_owned(), format!("{key} takes the filter away")]
        }
        None => [
            "no target for this period".to_owned(),
            "Settings, Targets: sets one".to_owned(),
        ],
    }
}

fn value_unit(figure: &Figure) -> Option<crate::domain::money::Currency> {
    match figure.unit {
        Unit::Money(currency) => Some(currency),
        _ => None,
    }
}

fn gauge(sheet: &mut Sheet<'_>, area: Rect, model: &Model) {
    let headline = &model.board().headline;
    let theme = sheet.theme;
    if headline.target.is_none() {
        return;
    }
    let (gone, all) = headline.working_days;
    let due = (all > 0).then(|| f64::from(gone) / f64::from(all));
    let gauge = Gauge {
        reached: headline.attainment.real(),
        pace: due.filter(|_| gone < all),
        style: theme[Role::Shared],
    };
    let mut ink = sheet.ink(area);
    gauge.draw(&mut ink, 1, 1, area.width.saturating_sub(1).min(90), theme);
}

fn pace(sheet: &mut Sheet<'_>, area: Rect, model: &Model) {
    let headline = &model.board().headline;
    let theme = sheet.theme;
    let (gone, all) = headline.working_days;
    let moved = model
        .compare()
        .of(&headline.value)
        .and_then(|before| figures::moved(&headline.value.now, before, Room::Wide));
    let mut at = 1;
    if headline.target.is_some() {
        let share = figures::figure(&headline.pace, Room::Wide);
        let behind = headline.pace.real().is_some_and(|pace| pace < 1.0);
        let mut ink = sheet.ink(area);
        let start = ink.write(2, at, "pace", theme[Role::Dim]) + 1;
        at = ink.write(
            2,
            start,
            &share,
            theme[if behind { Role::Bad } else { Role::Good }],
        );
        sheet.item(
            ItemKey::figure(Pane::Headline, headline.pace.id),
            Rect::new(area.x + start - 1, area.y + 2, at - start + 2, 1),
        );
        at += 2;
    }
    let mut ink = sheet.ink(area);
    if let Some(moved) = moved {
        let wide = crate::text::width(&moved.text) as u16;
        if at + wide <= area.width {
            at = ink.write(2, at, &moved.text, move_style(&moved, theme)) + 1;
            let against = model
                .compared_with()
                .map(|period| format!("vs {}", figures::period(&period)))
                .unwrap_or_default();
            if at + (against.len() as u16) < area.width {
                at = ink.write(2, at, &against, theme[Role::Dim]) + 2;
            }
        }
    }
    let days = format!("day {gone} of {all}");
    if all > 0 && gone < all && at + (days.len() as u16) < area.width {
        ink.write(2, at, &days, theme[Role::Dim]);
    }
}

fn trend(sheet: &mut Sheet<'_>, area: Rect, model: &Model) {
    let theme = sheet.theme;
    let trend = &model.board().headline.trend;
    // What lies before the history says nothing.
    let begin = trend.iter().position(|point| point.value.is_some());
    let trend = &trend[begin.unwrap_or(0)..];
    let values: Vec<_> = trend.iter().map(|point| point.value).collect();
    let mut ink = sheet.ink(area);
    let title = format!("trend, {}", figures::several(values.len() as u64, "period"));
    ink.field(0, 0, area.width, &title, Side::Right, theme[Role::Dim]);
    // Each value is two columns wide, so that it can be seen from a distance.
    let columns: Vec<_> = values.iter().flat_map(|value| [*value, *value]).collect();
    ink.field(
        1,
        0,
        area.width,
        &sparkline(&columns, usize::from(area.width)),
        Side::Right,
        theme[Role::Shared],
    );
    let (Some(first), Some(last)) = (trend.first(), trend.last()) else {
        return;
    };
    let ends = format!("{} – {}", dated(first), dated(last));
    let changes = marks::marks(trend, model);
    if changes.is_empty() {
        ink.field(2, 0, area.width, &ends, Side::Right, theme[Role::Dim]);
        return;
    }
    // The versions stand under the period in which they came into force.
    let title = match format!("trend {ends}") {
        title if crate::text::width(&title) <= usize::from(area.width) => title,
        _ => ends,
    };
    ink.field(0, 0, area.width, &title, Side::Right, theme[Role::Dim]);
    let start = area.width.saturating_sub(columns.len() as u16);
    for change in &changes {
        let at = start + change.at as u16 * 2;
        let number = format!("{}{}", marks::SIGN, change.number);
        ink.write(2, at, &number, theme[Role::Shared]);
    }
    let room = changes.iter().map(|change| change.at * 2).min();
    if room.is_some_and(|room| room > "criteria".len()) {
        ink.write(2, start, "criteria", theme[Role::Dim]);
    }
}

/// A period's short name, with its year: `Sep 25`, `Q3 25`, `W07 25`.
fn dated(point: &Point) -> String {
    let name = figures::short_period(&point.label, point.first);
    let ends_in_year = name.len() > 3 && name.ends_with(|c: char| c.is_ascii_digit());
    if ends_in_year {
        return name;
    }
    format!("{name} {}", point.first.date().format("%y"))
}
