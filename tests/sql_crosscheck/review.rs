//! The matrix of rejections once more, as one GROUP BY over the tables of one scope.

use std::collections::BTreeMap;

use rusqlite::Connection;
use smarketing::domain::book::Book;
use smarketing::facts::Facts;
use smarketing::facts::dictionary::Dictionary;
use smarketing::metrics::Scope;
use smarketing::metrics::review::{Axis, Order, Proof, Review};

/// Verified, objective, unverified, waste, unproven, minutes, decided in the column.
type Cell = [i64; 7];

/// Compares every cell of two matrices; says how many there were.
pub(crate) fn agree(
    sql: &Connection,
    facts: &Facts,
    book: &Book,
    scope: &Scope,
) -> Result<u32, String> {
    let review = Review::new(facts, book, scope);
    let names = &facts.names;
    let mut compared = 0;
    for (axis, dictionary, column) in [
        (Axis::Source, &names.sources, "source_id"),
        (Axis::Campaign, &names.campaigns, "campaign_id"),
        (Axis::Rep, &names.people, "rep"),
    ] {
        let matrix = review.matrix(facts, Axis::Reason, axis, Order::Count);
        let id = |dictionary: &Dictionary, code: u32| dictionary.id(code).unwrap_or(-1);
        let mut ours = BTreeMap::<(i64, i64), Cell>::new();
        for (r, row) in matrix.rows.iter().enumerate() {
            for (c, head) in matrix.columns.iter().enumerate() {
                let Some(cell) = matrix.cell(r, c) else {
                    continue;
                };
                let sums = &cell.sums;
                let of = |proof| sums.of(proof) as i64;
                let place = (id(&names.reasons, row.code), id(dictionary, head.code));
                let cell = [
                    of(Proof::Verified),
                    of(Proof::Objective),
                    of(Proof::Unverified),
                    sums.waste.minor.unwrap_or(-1),
                    sums.unproven.minor.unwrap_or(-1),
                    sums.minutes,
                    cell.rate.n as i64,
                ];
                ours.insert(place, cell);
            }
        }
        let theirs = by_sql(sql, column).map_err(|error| error.to_string())?;
        if ours != theirs {
            return Err(format!(
                "reason × {}: {ours:?}, by SQL {theirs:?}",
                axis.word()
            ));
        }
        compared += ours.len() as u32;
    }
    Ok(compared)
}

fn by_sql(sql: &Connection, column: &str) -> rusqlite::Result<BTreeMap<(i64, i64), Cell>> {
    let each = "(SELECT each FROM cost WHERE cost.source_id IS h.source_id AND cost.month = strftime('%Y-%m', created + 19800, 'unixepoch'))";
    let query = format!(
        "SELECT reason, coalesce({column}, -1), sum(NOT unverified AND evidence IN ('spoke', 'attempts')),
             sum(NOT unverified AND evidence NOT IN ('spoke', 'attempts')), sum(unverified),
             coalesce(sum(iif(unverified OR again, 0, {each})), 0), coalesce(sum(iif(unverified AND NOT again, {each}, 0)), 0), sum(minutes),
             (SELECT count(*) FROM h o, p WHERE o.at >= s AND o.at < e AND o.verdict IN ('accepted', 'rejected') AND o.{column} IS h.{column})
         FROM h, p WHERE at >= s AND at < e AND verdict = 'rejected' GROUP BY reason, {column}"
    );
    let mut stmt = sql.prepare(&query)?;
    let rows = stmt.query_map([], |row| {
        let mut cell = [0; 7];
        for (place, value) in cell.iter_mut().enumerate() {
            *value = row.get(place + 2)?;
        }
        Ok(((row.get(0)?, row.get(1)?), cell))
    })?;
    rows.collect()
}
