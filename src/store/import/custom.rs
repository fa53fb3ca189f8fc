//! The workspace's own fields in an import: declared once, kept as one JSON object a row.

use rusqlite::{Connection, OptionalExtension, params};
use serde_json::{Map, Value as Json};

use super::super::error::{Doing, StoreError};
use super::super::table::Table;
use super::state::State;
use crate::domain::import::CustomField;

/// Declares the fields that are new; a field that is known with another type is an error.
pub(super) fn declare(
    conn: &Connection,
    state: &mut State,
    fields: &[CustomField],
) -> Result<(), StoreError> {
    let doing = "declaring a field";
    for field in fields {
        let kind: Option<String> = conn
            .query_row(
                "SELECT kind FROM custom_field WHERE entity = ?1 AND key = ?2",
                params![field.entity, &*field.key],
                |row| row.get(0),
            )
            .optional()
            .doing(doing)?;
        match kind {
            Some(kind) if kind == field.kind => (),
            Some(kind) => {
                return Err(StoreError::refused(format!(
                    "the field '{}' holds {kind} values here and {} values in the file; map it to another name",
                    field.key, field.kind
                )));
            }
            None => {
                let id = state.ids.take(Table::CustomField);
                conn.execute(
                    "INSERT INTO custom_field (id, entity, key, label, kind) VALUES (?1, ?2, ?3, ?4, ?5)",
                    params![id, field.entity, &*field.key, field.label, field.kind],
                )
                .doing(doing)?;
            }
        }
    }
    Ok(())
}

/// The object that is there with the new values put in; `None` when they change nothing.
pub(super) fn merged(old: Option<&str>, new: &str) -> Option<String> {
    if old == Some(new) {
        return None;
    }
    let read = |text: &str| serde_json::from_str::<Map<String, Json>>(text).unwrap_or_default();
    let before = old.map(read).unwrap_or_default();
    let mut after = before.clone();
    for (key, value) in read(new) {
        after.insert(key, value);
    }
    (after != before).then(|| Json::Object(after).to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_merge_by_key() {
        let text = r#"{"score":75,"vip":true}"#;
        assert_eq!(merged(Some(text), text), None);
        assert_eq!(
            merged(Some(r#"{"vip":true,"x":1}"#), r#"{"vip":true}"#),
            None
        );
        assert_eq!(
            merged(Some(r#"{"a":1}"#), r#"{"b":2}"#).as_deref(),
            Some(r#"{"a":1,"b":2}"#)
        );
    }
}
