//! What the board holds, as parts of the page: headline, the pair, the cost, both sides, sources. Computes no number.

use super::{
    Asked, Bar, Block, Cell, Chart, Columns, Flow, Gauge, Role, Section, Series, Table, counted,
    named,
};
use crate::domain::book::Book;
use crate::metrics::board::Point;
use crate::metrics::show::Cents;
use crate::metrics::{Board, Figure, Metric, Unit, dictionary, show};

/// Sources beyond so many stand in the table only.
const BARS: usize = 12;

/// The number that both sides own.
pub(super) fn headline(board: &Board) -> Section {
    let headline = &board.headline;
    let value = &headline.value.now;
    let mut blocks = vec![Block::Big(Cell {
        text: show::full(value),
        beside: counted(value),
        metric: Some(value.id),
    })];
    let (gone, all) = headline.working_days;
    let target = headline.target.map(|target| amount(target as f64, value));
    if let Some(reached) = headline.attainment.real() {
        blocks.push(Block::Chart(Chart::Gauge(Gauge {
            title: format!(
                "{} of the target of {}",
                show::full(&headline.attainment),
                target.as_deref().unwrap_or(show::DASH)
            ),
            reached,
            due: (all > 0 && gone < all).then(|| f64::from(gone) / f64::from(all)),
        })));
    }
    blocks.push(Block::Table(facts_of(board, target.as_deref())));
    blocks.extend(in_short(board).map(Block::Text));
    let trend = &headline.trend[silent(&[&headline.trend])..];
    blocks.push(Block::Chart(Chart::Columns(Columns {
        title: "Trend of qualified pipeline sourced".into(),
        axis: axis(trend),
        running: runs(trend),
        series: vec![Series {
            target: headline
                .target
                .map(|minor| (minor as f64, amount(minor as f64, value))),
            ..series(Role::Shared, "Qualified pipeline", trend, value.unit)
        }],
    })));
    Section {
        id: "headline",
        title: dictionary::name(value.id).to_owned(),
        remark: "the number that both sides own".into(),
        blocks,
    }
}

/// Target, attainment, gap, pace and change, as a small table.
fn facts_of(board: &Board, target: Option<&str>) -> Table {
    let headline = &board.headline;
    let value = &headline.value;
    let (gone, all) = headline.working_days;
    let days = if all > 0 {
        format!("working day {gone} of {all}")
    } else {
        String::new()
    };
    let changed = match headline.target_history.len() {
        0 | 1 => String::new(),
        n => format!("set {n} times, last by {}", last_by(board)),
    };
    let change = |to: &Option<Figure>| {
        Cell::word(format!(
            "{} ({})",
            show::change(&value.now, to.as_ref()),
            to.as_ref().map_or(show::DASH.into(), show::full)
        ))
    };
    let with = |figure: &Figure, more: &str| Cell {
        beside: [counted(figure).as_str(), more]
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(" · "),
        ..Cell::figure(figure)
    };
    let mut rows = vec![
        vec![
            Cell::word("Target"),
            Cell {
                text: target.unwrap_or("no target for this period").into(),
                beside: changed,
                metric: None,
            },
        ],
        vec![
            Cell::name(headline.attainment.id),
            with(&headline.attainment, ""),
        ],
        vec![Cell::name(headline.gap.id), with(&headline.gap, "")],
        vec![Cell::name(headline.pace.id), with(&headline.pace, &days)],
        vec![
            Cell::word("Against the period before"),
            change(&value.before),
        ],
        vec![
            Cell::word("Against a year before"),
            change(&value.year_before),
        ],
    ];
    if headline.restated != Some(0) {
        let restated = headline.restated.map_or_else(
            || show::TOO_LARGE.into(),
            |minor| amount(minor as f64, &value.now),
        );
        rows.push(vec![Cell::word("Taken back in it"), Cell::word(restated)]);
    }
    Table {
        caption: "Target, pace and change".into(),
        heads: vec!["number".into(), "value".into()],
        rows,
        total: None,
    }
}

fn last_by(board: &Board) -> String {
    let last = board.headline.target_history.last();
    last.map(|change| change.by.clone()).unwrap_or_default()
}

/// Both dashboards in one sentence, where both have a target.
fn in_short(board: &Board) -> Option<String> {
    let of = |metric: Metric| {
        let all = board.marketing.iter().chain(&board.sales);
        all.map(|compared| &compared.now)
            .find(|figure| figure.id == metric && figure.value.is_some())
    };
    let told = |figure: &Figure| format!("{} ({})", show::full(figure), show::beside(figure));
    let (mqls, revenue) = (of(Metric::MqlAttainment)?, of(Metric::RevenueAttainment)?);
    Some(format!(
        "Marketing's own dashboard reads {} of its MQL target, sales' reads {} of its revenue target. Both are right: they count different things.",
        told(mqls),
        told(revenue)
    ))
}

/// MQLs, conversations and revenue over one time axis.
pub(super) fn both_right(board: &Board, book: &Book) -> Section {
    let pair = &board.both_right;
    let money = Unit::Money(book.workspace.currency);
    let strips = [
        (Role::Marketing, Metric::Mqls, &pair.mqls, Unit::Count),
        (
            Role::Sales,
            Metric::Conversations,
            &pair.conversations,
            Unit::Count,
        ),
        (Role::Sales, Metric::Revenue, &pair.revenue, money),
    ];
    let begin = silent(&strips.each_ref().map(|strip| strip.2.as_slice()));
    let series = strips.map(|(role, metric, points, unit)| {
        series(role, dictionary::name(metric), &points[begin..], unit)
    });
    Section {
        id: "both-right",
        title: "Both are right".into(),
        remark: "one time axis, by event".into(),
        blocks: vec![Block::Chart(Chart::Columns(Columns {
            title: "MQLs, conversations and revenue over one time axis".into(),
            axis: axis(&pair.mqls[begin..]),
            running: runs(&pair.mqls),
            series: series.into(),
        }))],
    }
}

/// What disagreement costs.
pub(super) fn misalignment(board: &Board) -> Section {
    Section {
        id: "misalignment",
        title: "Cost of misalignment".into(),
        remark: "one problem, so its numbers stand together".into(),
        blocks: vec![Block::Table(Table::compared(
            "Cost of misalignment",
            &board.misalignment,
        ))],
    }
}

/// The two columns of the board.
pub(super) fn sides(board: &Board) -> Section {
    Section {
        id: "sides",
        title: "Marketing and sales".into(),
        remark: "the same period, the same currency".into(),
        blocks: vec![
            Block::Table(Table::compared("Marketing", &board.marketing)),
            Block::Table(Table::compared("Sales", &board.sales)),
        ],
    }
}

/// The columns of the table by source.
const OF_SOURCE: &[Metric] = &[
    Metric::Leads,
    Metric::Handoffs,
    Metric::AcceptanceRate,
    Metric::SqoCount,
    Metric::QualifiedPipelineSourced,
    Metric::PipelineContribution,
    Metric::Revenue,
    Metric::CostPerLead,
    Metric::WastedSpend,
];

/// The board by source; nothing where the period holds nothing.
pub(super) fn sources(asked: &Asked) -> Option<Section> {
    if asked.sources.is_empty() {
        return None;
    }
    let bar = |line: &crate::metrics::Line| {
        let figure = line.figure(Metric::QualifiedPipelineSourced)?;
        figure.real().filter(|value| *value != 0.0)?;
        Some(Bar {
            label: named(&line.name),
            role: Role::Shared,
            from: 0.0,
            to: figure.real().unwrap_or(0.0),
            text: show::full(figure),
            n: show::grouped(figure.n as i64),
        })
    };
    let cents = |metric: Metric| {
        let column = asked.sources.iter().filter_map(|line| line.figure(metric));
        Cents::of_column(column)
    };
    let cell = |line: &crate::metrics::Line, metric: Metric| {
        line.figure(metric).map_or_else(
            || Cell::word(show::DASH),
            |figure| match figure.denominator {
                Some(_) => Cell {
                    text: show::in_column(figure, cents(metric)),
                    ..Cell::figure(figure)
                },
                None if figure.is_partial() => Cell {
                    text: show::in_column(figure, cents(metric)),
                    ..Cell::figure(figure)
                },
                None => Cell::word(show::in_column(figure, cents(metric))),
            },
        )
    };
    let row = |line: &crate::metrics::Line| {
        let mut row = vec![Cell::word(named(&line.name))];
        row.extend(OF_SOURCE.iter().map(|metric| cell(line, *metric)));
        row
    };
    let mut heads = vec!["source".to_owned()];
    heads.extend(
        OF_SOURCE
            .iter()
            .map(|metric| dictionary::name(*metric).to_owned()),
    );
    let bars: Vec<Bar> = asked.sources.iter().take(BARS).filter_map(bar).collect();
    let pictured = (!bars.is_empty()).then(|| Flow {
        title: "Qualified pipeline by source".into(),
        counts: "deals",
        bars,
    });
    let table = Table {
        caption: "The board by source".into(),
        heads,
        rows: asked.sources.iter().map(row).collect(),
        total: None,
    };
    Some(Section {
        id: "sources",
        title: "By source".into(),
        remark: "most qualified pipeline first; unknown is shown, never spread".into(),
        blocks: pictured
            .map(Chart::Flow)
            .map(Block::Chart)
            .into_iter()
            .chain([Block::Table(table)])
            .collect(),
    })
}

fn series(role: Role, name: &str, points: &[Point], unit: Unit) -> Series {
    let text = |value: f64| match unit {
        Unit::Money(currency) => show::compact(value / currency.scale() as f64),
        _ => show::compact(value),
    };
    let all = || points.iter().filter_map(|point| point.value);
    let cents = match unit {
        Unit::Money(currency) => Cents::of_amounts(all(), currency),
        _ => Cents::None,
    };
    let exact = |value: f64| match unit {
        Unit::Money(currency) => show::amount(value, currency, cents),
        _ => show::grouped(value.round() as i64),
    };
    let each = |said: &dyn Fn(f64) -> String| -> Vec<String> {
        let values = points.iter().map(|point| point.value);
        values
            .map(|value| value.map_or(show::DASH.into(), said))
            .collect()
    };
    let name = match unit {
        Unit::Money(currency) => format!("{name}, {currency}"),
        _ => name.to_owned(),
    };
    Series {
        role,
        name,
        values: points.iter().map(|point| point.value).collect(),
        texts: each(&text),
        exact: each(&exact),
        target: None,
    }
}

/// Names of periods that fit below a column.
fn axis(points: &[Point]) -> Vec<String> {
    points.iter().map(name).collect()
}

/// `Q3 25`, `Sep 25`, `W36`, `2025`; of other periods the first day.
fn name(point: &Point) -> String {
    let (label, date) = (point.label.as_str(), point.first.date());
    let year = date.format("%y");
    match label.split_once('-') {
        Some((_, rest)) if label.contains("-Q") && label.len() <= 9 => {
            let fiscal = if label.starts_with("FY") { "FY" } else { "" };
            format!("{fiscal}{rest} {year}")
        }
        Some((_, rest)) if rest.starts_with('W') && label.len() <= 8 => rest.to_owned(),
        Some(_) if label.len() == 7 => date.format("%b %y").to_string(),
        None => label.to_owned(),
        Some(_) => date.format("%-d %b %y").to_string(),
    }
}

/// How many of the first periods say nothing in any of the series: the history had not begun.
fn silent(all: &[&[Point]]) -> usize {
    let speaks = |point: &Point| point.value.is_some_and(|value| value != 0.0);
    let first = all
        .iter()
        .filter_map(|points| points.iter().position(speaks));
    first.min().unwrap_or(0)
}

fn runs(points: &[Point]) -> bool {
    points.last().is_some_and(|point| point.running)
}

/// An amount in the unit of a figure.
fn amount(x: f64, like: &Figure) -> String {
    match like.unit {
        Unit::Money(currency) => show::money(x, currency),
        _ => show::grouped(x as i64),
    }
}
