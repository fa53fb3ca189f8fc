//! Stages that an import has made: in the order of the funnel, and out of use where deals only end in them. Touches no older stage,
//! but those of a new workspace that nobody uses, and one that an import put out of use and that has open deals now.

use rusqlite::types::Value;
use rusqlite::{Connection, params};

use super::super::book::rows;
use super::super::error::{Doing, StoreError};
use super::super::table::Table;
use super::merge::{Reach, merge};
use super::state::State;

/// Orders the new stages by `order`, those that it does not name behind in the order of the file; closes those without an open deal.
pub(super) fn settle(
    conn: &Connection,
    state: &mut State,
    order: &[String],
) -> Result<(), StoreError> {
    let doing = "ordering the stages";
    if let Some((first, _)) = state.runs_of(Table::Stage).first().copied() {
        // A stage in which nothing is open is where deals end, whatever it is called; nobody shall move an open deal there.
        conn.execute(
            "UPDATE stage SET retired = 1 WHERE id >= ?1
             AND id NOT IN (SELECT stage_id FROM opportunity WHERE outcome IS NULL AND stage_id IS NOT NULL)",
            [first],
        )
        .doing(doing)?;
        let made: Vec<(i64, String, i64, bool)> = rows(
            conn,
            &format!(
                "SELECT id, name, position, retired FROM stage WHERE id >= {first} ORDER BY id"
            ),
            |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)),
        )?;
        let place = |name: &str| {
            let same = |known: &String| known.eq_ignore_ascii_case(name.trim());
            order.iter().position(same).unwrap_or(order.len())
        };
        let mut positions: Vec<i64> = made.iter().map(|(_, _, position, _)| *position).collect();
        positions.sort_unstable();
        let mut ordered: Vec<_> = made.iter().collect();
        ordered.sort_by_key(|(id, name, _, retired)| (*retired, place(name), *id));
        for ((id, ..), position) in ordered.into_iter().zip(positions) {
            conn.execute(
                "UPDATE stage SET position = ?2 WHERE id = ?1",
                params![id, position],
            )
            .doing(doing)?;
        }
    }
    put_aside(conn, state)?;
    reopened(conn, state)
}

/// The stages that every workspace begins with leave the way to those of its first deals, where nobody has used or changed them.
fn put_aside(conn: &Connection, state: &mut State) -> Result<(), StoreError> {
    let first = |table| state.runs_of(table).first().map(|(first, _)| *first);
    let (Some(made), Some(deal)) = (first(Table::Stage), first(Table::Opportunity)) else {
        return Ok(());
    };
    let unused: Vec<i64> = rows(
        conn,
        &format!(
            "SELECT id FROM stage s WHERE retired = 0 AND id < {made}
             AND EXISTS (SELECT 1 FROM stage WHERE id >= {made} AND retired = 0)
             AND NOT EXISTS (SELECT 1 FROM opportunity WHERE id < {deal})
             AND EXISTS (SELECT 1 FROM change c JOIN journal j ON j.id = c.journal_id WHERE j.verb = 'init'
                         AND c.entity = 'stage' AND c.op = 'insert' AND s.id BETWEEN c.first_id AND c.last_id)
             AND NOT EXISTS (SELECT 1 FROM change c WHERE c.entity = 'stage' AND c.op = 'update' AND c.first_id = s.id)
             AND id NOT IN (SELECT stage_id FROM opportunity WHERE stage_id IS NOT NULL)"
        ),
        |row| row.get(0),
    )?;
    for id in unused {
        let cells = vec![("retired", Value::Integer(1))];
        merge(conn, state, 0, (Table::Stage, id), cells, Reach::Replace)?;
    }
    Ok(())
}

/// A stage that no person has touched and that an import left out of use is a stage as soon as an open deal stands in it.
fn reopened(conn: &Connection, state: &mut State) -> Result<(), StoreError> {
    let left: Vec<i64> = rows(
        conn,
        "SELECT id FROM stage s WHERE retired = 1
         AND EXISTS (SELECT 1 FROM change c WHERE c.entity = 'stage' AND c.op = 'insert' AND s.id BETWEEN c.first_id AND c.last_id)
         AND NOT EXISTS (SELECT 1 FROM change c JOIN journal j ON j.id = c.journal_id WHERE c.entity = 'stage' AND c.op = 'update'
                         AND c.first_id = s.id AND j.batch_id IS NULL)
         AND id IN (SELECT stage_id FROM opportunity WHERE outcome IS NULL AND stage_id IS NOT NULL)",
        |row| row.get(0),
    )?;
    for id in left {
        let cells = vec![("retired", Value::Integer(0))];
        merge(conn, state, 0, (Table::Stage, id), cells, Reach::Replace)?;
    }
    Ok(())
}
