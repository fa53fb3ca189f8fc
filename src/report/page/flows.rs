//! The three readings and the waterfall as bars that add up. Computes no number.

use super::{Bar, Block, Cell, Chart, Flow, Role, Section, Table, counted};
use crate::domain::book::Book;
use crate::domain::money::Currency;
use crate::metrics::readings::Difference;
use crate::metrics::waterfall::{Step, Waterfall};
use crate::metrics::{Board, Figure, Metric, dictionary, show};

/// One pipeline read by marketing, sales and finance, and what lies between.
pub(super) fn readings(board: &Board, book: &Book) -> Section {
    let readings = &board.readings;
    let currency = book.workspace.currency;
    let mut bars = vec![whole("Marketing", Role::Marketing, &readings.marketing)];
    bars.extend(steps(&readings.marketing, &readings.to_sales, currency));
    bars.push(whole("Sales", Role::Sales, &readings.sales));
    bars.extend(steps(&readings.sales, &readings.to_finance, currency));
    bars.push(whole("Finance", Role::Finance, &readings.finance));
    let row = |figure: &Figure| {
        vec![
            Cell::name(figure.id),
            Cell::word(show::full(figure)),
            Cell::word(counted(figure)),
        ]
    };
    Section {
        id: "readings",
        title: "One pipeline, three readings".into(),
        remark: "each difference in deals".into(),
        blocks: vec![
            Block::Chart(Chart::Flow(Flow {
                title: "The pipeline as marketing, sales and finance read it".into(),
                counts: "deals",
                bars,
            })),
            Block::Table(Table {
                caption: "The three readings".into(),
                heads: ["reading", "value", "counted"].map(String::from).to_vec(),
                rows: [&readings.marketing, &readings.sales, &readings.finance]
                    .map(row)
                    .into(),
                total: None,
            }),
        ],
    }
}

fn whole(label: &str, role: Role, figure: &Figure) -> Bar {
    Bar {
        label: label.into(),
        role,
        from: 0.0,
        to: figure.real().unwrap_or(0.0),
        text: show::full(figure),
        n: show::grouped(figure.n as i64),
    }
}

/// The differences after a reading; those that hold no deal are left away.
fn steps(after: &Figure, differences: &[Difference], currency: Currency) -> Vec<Bar> {
    let mut at = after.real().unwrap_or(0.0);
    let mut bars = Vec::new();
    for difference in differences {
        if difference.is_empty() {
            continue;
        }
        let less = difference.amount.is_some_and(|amount| amount < 0);
        let sign = if less { "less" } else { "plus" };
        let label = format!("{sign} {}", difference.label);
        let n = difference.rows.distinct();
        let mut bar = step(label, &mut at, difference.amount, n, currency);
        if difference.rows.is_unpriced() {
            bar.text = format!("{}, not priced", show::DASH);
        }
        bars.push(bar);
    }
    bars
}

/// A bar that begins where the one before ended; none of it can be drawn where its amount is too large to add up.
fn step(label: String, at: &mut f64, amount: Option<i64>, n: usize, currency: Currency) -> Bar {
    let from = *at;
    *at += amount.unwrap_or(0) as f64;
    let plus = if amount > Some(0) { "+" } else { "" };
    Bar {
        label,
        role: Role::Step,
        from,
        to: *at,
        text: format!("{plus}{}", told(amount, currency)),
        n: show::grouped(n as i64),
    }
}

/// An amount to the minor unit, or that it fits nowhere.
fn told(amount: Option<i64>, currency: Currency) -> String {
    amount.map_or_else(
        || format!("{}, {}", show::DASH, show::TOO_LARGE),
        |minor| show::money(minor as f64, currency),
    )
}

/// How the open pipeline of the period changed.
pub(super) fn waterfall(board: &Board, book: &Book) -> Option<Section> {
    let waterfall = &board.waterfall;
    let currency = book.workspace.currency;
    let ended = board.period.end_at <= board.as_of;
    let end = if ended { "at the end" } else { "now" };
    let title = "How the open qualified pipeline that closes in the period changed".into();
    let flow = bars(waterfall, title, ("at the start", end), currency)?;
    let mut blocks = vec![Block::Chart(flow)];
    blocks.extend(partial(waterfall, currency));
    Some(Section {
        id: "waterfall",
        title: dictionary::name(Metric::Waterfall).to_owned(),
        remark: "start and changes add up to the end".into(),
        blocks,
    })
}

/// What is said where deals have no rate.
pub(super) fn partial(waterfall: &Waterfall, currency: Currency) -> Option<Block> {
    let n = show::grouped(waterfall.unpriced as i64);
    (waterfall.unpriced > 0).then(|| {
        Block::Text(format!(
            "Partial: deals without a rate into {currency} are left out, n {n}."
        ))
    })
}

/// Start, changes and end as bars; nothing where nothing stood there and nothing happened.
pub(super) fn bars(
    waterfall: &Waterfall,
    title: String,
    (start, end): (&str, &str),
    currency: Currency,
) -> Option<Chart> {
    if waterfall.start == Some(0)
        && waterfall.start_rows.rows.is_empty()
        && waterfall.steps.iter().all(Step::is_still)
    {
        return None;
    }
    let total = |label: &str, minor: Option<i64>, n: usize| Bar {
        label: label.into(),
        role: Role::Shared,
        from: 0.0,
        to: minor.unwrap_or(0) as f64,
        text: told(minor, currency),
        n: show::grouped(n as i64),
    };
    let rows = waterfall.start_rows.distinct();
    let mut bars = vec![total(start, waterfall.start, rows)];
    let mut at = waterfall.start.unwrap_or(0) as f64;
    for change in waterfall.steps.iter().filter(|change| !change.is_still()) {
        let (label, n) = (change.change.label().to_owned(), change.rows.distinct());
        bars.push(step(label, &mut at, change.amount, n, currency));
    }
    bars.push(total(end, waterfall.end, waterfall.end_rows.distinct()));
    Some(Chart::Flow(Flow {
        title,
        counts: "deals",
        bars,
    }))
}
