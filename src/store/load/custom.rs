//! The workspace's own fields, as they were declared. Reads no value of them.

use super::super::Store;
use super::super::book::rows;
use super::super::error::StoreError;

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
}
