//! Which version of the criteria each handoff was stamped with. Judges nothing.

use super::super::Store;
use super::super::book::rows;
use super::super::error::StoreError;
use crate::domain::ids::CriteriaId;
use crate::facts::Facts;
use crate::facts::stamps::Stamps;

impl Store {
    /// The version that each handoff of the history was stamped with; none where none was in force.
    pub fn load_stamps(&self, facts: &Facts) -> Result<Stamps, StoreError> {
        let sql = "SELECT id, criteria_id FROM handoff WHERE criteria_id IS NOT NULL";
        let mut stamps = Stamps::default();
        rows(&self.conn, sql, |row| {
            // A handoff that came since the history was read is passed over.
            if let Some(at) = facts.handoffs.row(row.get(0)?) {
                stamps.put(at, facts.handoffs.len(), CriteriaId(row.get(1)?));
            }
            Ok(())
        })?;
        Ok(stamps)
    }
}
