//! Why sales rejected what: reasons by sources with money and hours, verified and unverified apart. Counts nothing itself.

use std::fmt::Write as _;

use super::{Asked, Block, Cell, Section, Table, named};
use crate::metrics::review::{Axis, Head, Matrix, Order, Proof, Sums};
use crate::metrics::show;

/// Sources across, reasons down; what goes beyond stands in the totals and is said to.
const ACROSS: usize = 6;
const DOWN: usize = 12;

/// The rejections of the period; nothing where there are none.
pub(super) fn section(asked: &Asked) -> Option<Section> {
    let review = asked.review;
    if review.is_empty() {
        return None;
    }
    let matrix = review.matrix(asked.facts, Axis::Reason, Axis::Source, Order::Cost);
    let total = &matrix.total;
    let unverified = total.of(Proof::Unverified);
    let (count, decided) = (total.count(), review.decided());
    let share = |n: u64, of: u64| {
        if of == 0 {
            show::DASH.to_owned()
        } else {
            show::percent(n as f64 / of as f64)
        }
    };
    let mut text = format!(
        "{} of {} decided handoffs were rejected ({}, n {}, event). ",
        show::grouped(count as i64),
        show::grouped(decided as i64),
        share(count, decided),
        show::grouped(decided as i64)
    );
    let _ = write!(
        text,
        "{} of them rest on nothing: unverified ({}, n {}, event).",
        show::grouped(unverified as i64),
        share(unverified, count),
        show::grouped(count as i64)
    );
    let mut blocks = vec![
        Block::Text(text),
        Block::Table(crossed(asked, &matrix)),
        Block::Table(listed(asked, &matrix)),
    ];
    blocks.extend(beyond(&matrix).map(Block::Text));
    Some(Section {
        id: "rejections",
        title: "Why leads were rejected".into(),
        remark: "reasons by sources, dearest first, with what the leads and the reps' time cost"
            .into(),
        blocks,
    })
}

/// Counts with money and hours in each cell.
fn crossed(asked: &Asked, matrix: &Matrix) -> Table {
    let name = |axis, head: &Head| named(asked.review.name(asked.facts, axis, head.code));
    let across = matrix.columns.len().min(ACROSS);
    let mut heads = vec!["reason".to_owned()];
    heads.extend(
        matrix.columns[..across]
            .iter()
            .map(|head| name(Axis::Source, head)),
    );
    heads.push("all sources".into());
    let rows = matrix.rows.iter().take(DOWN).enumerate().map(|(r, head)| {
        let mut row = vec![Cell::word(name(Axis::Reason, head))];
        row.extend((0..across).map(|c| {
            matrix.cell(r, c).map_or_else(
                || Cell::word(show::DASH),
                |cell| sums(asked, &cell.sums, String::new()),
            )
        }));
        row.push(sums(asked, &head.sums, show::percent(head.share)));
        row
    });
    let of_decided = |head: &Head| match head.rate {
        Some(rate) => format!(
            "{} of n {}{}",
            rate.share.map_or(show::DASH.into(), show::percent),
            show::grouped(rate.n as i64),
            if rate.small_n { " · small n" } else { "" }
        ),
        None => String::new(),
    };
    let mut total = vec![Cell::word("all reasons")];
    total.extend(
        matrix.columns[..across]
            .iter()
            .map(|head| sums(asked, &head.sums, of_decided(head))),
    );
    total.push(sums(asked, &matrix.total, String::new()));
    Table {
        caption: format!(
            "Rejections by reason and source: count, cost of the leads and the reps' time in {}, hours",
            asked.review.currency
        ),
        rows: rows.collect(),
        heads,
        total: Some(total),
    }
}

/// Count; below it the share, the cost and the hours.
fn sums(asked: &Asked, sums: &Sums, share: String) -> Cell {
    let mut beside = vec![share];
    let cost = asked.review.cost(sums);
    beside.push(cost.map_or(show::DASH.into(), |minor| {
        show::compact(minor as f64 / asked.review.currency.scale() as f64)
    }));
    if asked.review.hours_known {
        beside.push(hours(asked, sums));
    }
    // A line breaks between the parts, never inside one.
    let parts: Vec<_> = beside
        .iter()
        .filter(|part| !part.is_empty())
        .map(|part| part.replace(' ', "\u{a0}"))
        .collect();
    Cell {
        text: show::grouped(sums.count() as i64),
        // A line breaks between the parts, never inside one.
        beside: parts.join("\u{a0}· "),
        metric: None,
    }
}

fn hours(asked: &Asked, sums: &Sums) -> String {
    if asked.review.hours_known {
        format!("{} h", show::decimals(sums.hours(), 1))
    } else {
        show::DASH.into()
    }
}

/// Verified and unverified apart, waste and what is unproven apart.
fn listed(asked: &Asked, matrix: &Matrix) -> Table {
    let heads = [
        "reason",
        "rejected",
        "verified",
        "objective",
        "unverified",
        "wasted spend",
        "unproven spend",
        "rep hours",
        "rep cost",
    ];
    let currency = asked.review.currency;
    let money = |minor: Option<i64>| {
        Cell::word(minor.map_or(show::DASH.into(), |minor| {
            show::money(minor as f64, currency)
        }))
    };
    let line = |name: String, share: String, sums: &Sums| {
        let n = |proof| Cell::word(show::grouped(sums.of(proof) as i64));
        vec![
            Cell::word(name),
            Cell {
                text: show::grouped(sums.count() as i64),
                beside: share,
                metric: None,
            },
            n(Proof::Verified),
            n(Proof::Objective),
            n(Proof::Unverified),
            money(sums.waste.known(sums.proven())),
            money(sums.unproven.known(sums.of(Proof::Unverified))),
            Cell::word(hours(asked, sums)),
            money(sums.rep_cost.filter(|_| asked.review.hours_known)),
        ]
    };
    let rows = matrix.rows.iter().take(DOWN).map(|head| {
        let name = asked.review.name(asked.facts, Axis::Reason, head.code);
        line(named(name), show::percent(head.share), &head.sums)
    });
    Table {
        caption: "What the rejections rest on, and what they cost".into(),
        heads: heads.map(String::from).to_vec(),
        rows: rows.collect(),
        total: Some(line("all reasons".into(), String::new(), &matrix.total)),
    }
}

/// What the tables leave out, and what could not be priced.
fn beyond(matrix: &Matrix) -> Option<String> {
    let mut parts = Vec::new();
    let more = |all: usize, shown: usize, what: &str| {
        (all > shown).then(|| format!("{} more {what} are in the totals only", all - shown))
    };
    parts.extend(more(matrix.rows.len(), DOWN, "reasons"));
    parts.extend(more(matrix.columns.len(), ACROSS, "sources"));
    let unpriced = matrix.total.unpriced();
    if unpriced > 0 {
        parts.push(format!(
            "{} leads could not be priced, their cost is missing here",
            show::grouped(unpriced as i64)
        ));
    }
    (!parts.is_empty()).then(|| format!("{}.", parts.join("; ")))
}
