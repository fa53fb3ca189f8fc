//! The matrix of rejections once more, as one GROUP BY over the tables of one scope, by every kind of pair of axes.

use std::collections::BTreeMap;

use rusqlite::Connection;
use smarketing::domain::book::Book;
use smarketing::domain::reason::ReasonClass;
use smarketing::facts::Facts;
use smarketing::metrics::Scope;
use smarketing::metrics::review::{Axis, Order, Proof, Review};

/// Verified, objective, unverified, waste, unproven, minutes, what those cost, decided below the rate.
type Cell = [i64; 8];

/// Every axis down and across: columns of what was decided, rows of it beside reasons, reasons on both sides.
const PAIRS: [(Axis, Axis); 11] = [
    (Axis::Reason, Axis::Source),
    (Axis::Reason, Axis::Campaign),
    (Axis::Reason, Axis::Segment),
    (Axis::Reason, Axis::Rep),
    (Axis::Reason, Axis::Week),
    (Axis::Class, Axis::Source),
    (Axis::Segment, Axis::Rep),
    (Axis::Campaign, Axis::Week),
    (Axis::Week, Axis::Class),
    (Axis::Source, Axis::Reason),
    (Axis::Class, Axis::Reason),
];

/// Compares every cell of the matrices; says how many there were. `ahead`: seconds that local time is ahead of UTC, by a column.
pub(crate) fn agree(
    sql: &Connection,
    facts: &Facts,
    book: &Book,
    scope: &Scope,
    ahead: fn(&str) -> String,
) -> Result<u32, String> {
    let review = Review::new(facts, book, scope);
    let mut compared = 0;
    for (down, across) in PAIRS {
        let name = |axis, code| name(&review, facts, axis, code);
        let matrix = review.matrix(facts, down, across, Order::Count);
        let mut ours = BTreeMap::<(String, String), Cell>::new();
        for (r, row) in matrix.rows.iter().enumerate() {
            for (c, head) in matrix.columns.iter().enumerate() {
                let Some(cell) = matrix.cell(r, c) else {
                    continue;
                };
                let sums = &cell.sums;
                let of = |proof| sums.of(proof) as i64;
                let place = (name(down, row.code), name(across, head.code));
                let cell = [
                    of(Proof::Verified),
                    of(Proof::Objective),
                    of(Proof::Unverified),
                    sums.waste.minor.unwrap_or(-1),
                    sums.unproven.minor.unwrap_or(-1),
                    sums.minutes,
                    sums.rep_cost.unwrap_or(-1),
                    cell.rate.n as i64,
                ];
                ours.insert(place, cell);
            }
        }
        let hourly = book.settings.hourly_rate;
        let theirs = by_sql(sql, (down, across), hourly, ahead).map_err(|e| e.to_string())?;
        if ours != theirs {
            return Err(format!(
                "{} × {}: {ours:?}, by SQL {theirs:?}",
                down.word(),
                across.word()
            ));
        }
        compared += ours.len() as u32;
    }
    Ok(compared)
}

/// A value of an axis as SQL spells it: its row id, a class's word, a week's label; -1 where it is unknown.
fn name(review: &Review, facts: &Facts, axis: Axis, code: u32) -> String {
    let names = &facts.names;
    let dictionary = match axis {
        Axis::Week => return review.name(facts, axis, code).to_owned(),
        Axis::Class => {
            let class = ReasonClass::ALL.get(code as usize);
            return class.map_or("-1", |class| class.word()).to_owned();
        }
        Axis::Reason => &names.reasons,
        Axis::Source => &names.sources,
        Axis::Campaign => &names.campaigns,
        Axis::Segment => &names.segments,
        Axis::Rep => &names.people,
    };
    dictionary.id(code).unwrap_or(-1).to_string()
}

/// The axis in a row of `h`.
fn column(axis: Axis, of: &str, ahead: fn(&str) -> String) -> String {
    match axis {
        Axis::Reason => format!("{of}.reason"),
        Axis::Class => format!("(SELECT class FROM reason WHERE reason.id = {of}.reason)"),
        Axis::Source => format!("{of}.source_id"),
        Axis::Campaign => format!("{of}.campaign_id"),
        Axis::Segment => format!("{of}.segment_id"),
        Axis::Rep => format!("{of}.rep"),
        Axis::Week => {
            let at = format!("{of}.at");
            format!("strftime('%G-W%V', {at} + {}, 'unixepoch')", ahead(&at))
        }
    }
}

fn by_sql(
    sql: &Connection,
    (down, across): (Axis, Axis),
    hourly: i64,
    ahead: fn(&str) -> String,
) -> rusqlite::Result<BTreeMap<(String, String), Cell>> {
    let [row, head] = [down, across].map(|axis| column(axis, "h", ahead));
    // Accepted handoffs have no reason: a rate is of the column, else of the row, else of everything.
    let base = match [across, down].into_iter().find(|axis| axis.is_of_decided()) {
        Some(axis) => format!(
            "{} IS {}",
            column(axis, "o", ahead),
            column(axis, "h", ahead)
        ),
        None => "1".to_owned(),
    };
    let month = format!(
        "strftime('%Y-%m', created + {}, 'unixepoch')",
        ahead("created")
    );
    let each = format!(
        "(SELECT each FROM cost WHERE cost.source_id IS h.source_id AND cost.month = {month})"
    );
    let query = format!(
        "SELECT coalesce({row}, -1) || '', coalesce({head}, -1) || '', sum(NOT unverified AND evidence IN ('spoke', 'attempts')),
             sum(NOT unverified AND evidence NOT IN ('spoke', 'attempts')), sum(unverified),
             coalesce(sum(iif(unverified OR again, 0, {each})), 0), coalesce(sum(iif(unverified AND NOT again, {each}, 0)), 0), sum(minutes),
             sum((minutes * {hourly} + 30) / 60),
             (SELECT count(*) FROM h o, p WHERE o.at >= s AND o.at < e AND o.verdict IN ('accepted', 'rejected') AND {base})
         FROM h, p WHERE at >= s AND at < e AND verdict = 'rejected' GROUP BY 1, 2"
    );
    let mut stmt = sql.prepare(&query)?;
    let rows = stmt.query_map([], |row| {
        let mut cell = [0; 8];
        for (place, value) in cell.iter_mut().enumerate() {
            *value = row.get(place + 2)?;
        }
        Ok(((row.get(0)?, row.get(1)?), cell))
    })?;
    rows.collect()
}
