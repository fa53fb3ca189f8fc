//! Columns of the workspace's own fields, read on demand.

use std::sync::Arc;

use rusqlite::types::ValueRef;
use rustc_hash::FxHashMap;

use super::super::Store;
use super::super::book::rows;
use super::super::error::{Doing, StoreError};
use crate::domain::moment::Day;
use crate::facts::column::{Code, Days, NONE};
use crate::facts::custom::CustomColumn;

/// A field of the workspace's own, as it was declared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldLine {
    /// `lead`, `account` or `opportunity`.
    pub entity: String,
    /// Key.
    pub key: String,
    /// The column's own header.
    pub label: String,
    /// `number`, `date`, `yes_no` or `text`.
    pub kind: String,
}

impl Store {
    /// The workspace's own fields.
    pub fn custom_fields(&self) -> Result<Vec<FieldLine>, StoreError> {
        let sql = "SELECT entity, key, label, kind FROM custom_field ORDER BY entity, id";
        rows(&self.conn, sql, |row| {
            Ok(FieldLine {
                entity: row.get(0)?,
                key: row.get(1)?,
                label: row.get(2)?,
                kind: row.get(3)?,
            })
        })
    }

    /// One field over all rows of its entity, in the order of their ids (that of the history).
    pub fn load_custom(&self, entity: &str, key: &str) -> Result<CustomColumn, StoreError> {
        let field = self
            .custom_fields()?
            .into_iter()
            .find(|field| field.entity == entity && field.key == key)
            .ok_or_else(|| {
                StoreError::Refused(format!("there is no field '{key}' of {entity}s"))
            })?;
        let doing = "reading a field";
        // The entity was compared with the schema's own three names.
        let sql = format!(
            "SELECT json_extract(custom, ?1) FROM {} ORDER BY id",
            field.entity
        );
        let mut stmt = self.conn.prepare_cached(&sql).doing(doing)?;
        let mut rows = stmt.query([format!("$.\"{key}\"")]).doing(doing)?;
        let mut column = empty(&field.kind);
        let mut codes = FxHashMap::default();
        while let Some(row) = rows.next().doing(doing)? {
            push(&mut column, row.get_ref(0).doing(doing)?, &mut codes);
        }
        Ok(column)
    }
}

fn empty(kind: &str) -> CustomColumn {
    match kind {
        "number" => CustomColumn::Number(Vec::new()),
        "date" => CustomColumn::Date(Days::default()),
        "yes_no" => CustomColumn::YesNo(Vec::new()),
        _ => CustomColumn::Text {
            codes: Vec::new(),
            values: Vec::new(),
        },
    }
}

fn push(column: &mut CustomColumn, value: ValueRef<'_>, known: &mut FxHashMap<Arc<str>, Code>) {
    let text = match value {
        ValueRef::Text(text) => std::str::from_utf8(text).ok(),
        _ => None,
    };
    match column {
        CustomColumn::Number(numbers) => numbers.push(match value {
            ValueRef::Integer(n) => n as f64,
            ValueRef::Real(x) => x,
            _ => f64::NAN,
        }),
        CustomColumn::Date(days) => {
            days.push(Day::or_never(text.and_then(Day::parse)));
        }
        CustomColumn::YesNo(flags) => flags.push(match value {
            ValueRef::Integer(n) => u8::from(n != 0),
            _ => 2,
        }),
        CustomColumn::Text { codes, values } => {
            let code = text.map_or(NONE, |text| {
                known.get(text).copied().unwrap_or_else(|| {
                    let shared: Arc<str> = text.into();
                    values.push(Arc::clone(&shared));
                    known.insert(shared, values.len() as Code - 1);
                    values.len() as Code - 1
                })
            });
            codes.push(code);
        }
    }
}
