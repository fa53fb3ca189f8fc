//! What was known of a lead at a handoff: its fields as they stood then, from what the journal says was changed since. Writes nothing.
//!
//! A handoff that was in the file when it happened (it came within a day) was judged on what the file held: every later change of
//! the lead or its company leaves what was known as it was. A handoff that an import brought as history was judged elsewhere: what
//! an import replaces later than a day after it came counts as it was first, and what is filled in later counts as known, because
//! nobody can tell when it was.

mod changes;
mod values;

use std::sync::Arc;

use rusqlite::Connection;
use rustc_hash::FxHashMap;

use super::Store;
use super::error::{Doing, StoreError};
use crate::domain::criteria::{Field, Fields, Literal, Origin, Standard};
use crate::facts::Facts;
use crate::facts::fields::FieldColumn;
pub(super) use values::Reader;

/// Reading what was known.
const DOING: &str = "reading what was known at the handoffs";

/// The fields that were otherwise at a handoff than they are now, by handoff.
#[derive(Debug, Default)]
pub(crate) struct Known {
    journal_id: i64,
    fields: Fields,
    /// Place of the field, row id of the handoff, and the value then; `None`: it was unknown.
    values: FxHashMap<usize, Vec<(i64, Option<Literal>)>>,
}

impl Store {
    /// What was known at handoffs whose lead has changed since; kept as long as nothing is journalled.
    fn known(&self) -> Result<Arc<Known>, StoreError> {
        let journal_id = self.journal_id()?;
        let kept = self.known.borrow().clone();
        if let Some(kept) = kept.filter(|kept| kept.journal_id == journal_id) {
            return Ok(kept);
        }
        let found = Arc::new(Known {
            journal_id,
            ..Known::read(&self.conn)?
        });
        *self.known.borrow_mut() = Some(Arc::clone(&found));
        Ok(found)
    }

    /// Puts the values of the handoffs' own time into columns that hold those of today, and adds the columns that the history
    /// holds itself where they have to be others.
    pub(super) fn as_known(
        &self,
        facts: &Facts,
        columns: &mut Vec<(String, FieldColumn)>,
    ) -> Result<(), StoreError> {
        let known = self.known()?;
        for (place, field) in known.fields.all().iter().enumerate() {
            let Some(values) = known.values.get(&place) else {
                continue;
            };
            let rows: Vec<(usize, Option<&Literal>)> = values
                .iter()
                .filter_map(|(id, value)| Some((facts.handoffs.row(*id)?, value.as_ref())))
                .collect();
            if let Some((_, column)) = columns.iter_mut().find(|(key, _)| *key == field.key) {
                *column = column.with(&rows);
            } else if let Origin::Standard(standard) = field.origin
                && let Some(calendar) = super::book::calendar(&self.conn)?
                && let Some(column) = FieldColumn::of_history(standard, facts, &calendar)
            {
                columns.push((field.key.clone(), column.with(&rows)));
            }
        }
        Ok(())
    }
}

impl Known {
    fn read(conn: &Connection) -> Result<Known, StoreError> {
        let fields = super::load::fields::fields(conn)?;
        let mut values: FxHashMap<usize, Vec<(i64, Option<Literal>)>> = FxHashMap::default();
        let Some(reader) = Reader::over_all(conn)? else {
            return Ok(Known::default());
        };
        let judged: Vec<(usize, &Field)> = fields
            .all()
            .iter()
            .enumerate()
            .filter(|(_, field)| field.origin != Origin::Standard(Standard::Touches))
            .collect();
        let mut handoffs = conn
            .prepare_cached("SELECT id, handed_off_at FROM handoff WHERE lead_id = ?1 ORDER BY id")
            .doing(DOING)?;
        for lead in reader.touched()? {
            let own = handoffs
                .query_map([lead], |row| <(i64, i64)>::try_from(row))
                .doing(DOING)?
                .collect::<Result<Vec<_>, _>>()
                .doing(DOING)?;
            let mut now = None;
            for handoff in own {
                let Some(then) = reader.then(lead, handoff)? else {
                    continue;
                };
                if now.is_none() {
                    now = Some(reader.now(lead)?);
                }
                let Some(now) = &now else { continue };
                for (place, field) in &judged {
                    let was = reader.value(field, &then)?;
                    if was != reader.value(field, now)? {
                        values.entry(*place).or_default().push((handoff.0, was));
                    }
                }
            }
        }
        Ok(Known {
            journal_id: 0,
            fields,
            values,
        })
    }
}
