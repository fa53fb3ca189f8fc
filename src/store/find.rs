//! Finds leads and handoffs by what people call them. Reads only.

use rusqlite::OptionalExtension;

use super::Store;
use super::error::{Doing, StoreError};
use crate::domain::ids::{HandoffId, LeadId};
use crate::domain::moment::Moment;

impl Store {
    /// The lead with that e-mail address; of several the first.
    pub fn lead_by_email(&self, email: &str) -> Result<Option<LeadId>, StoreError> {
        self.conn
            .prepare_cached("SELECT min(id) FROM lead WHERE email = ?1")
            .doing("looking up the lead")?
            .query_row([email.trim().to_lowercase()], |row| {
                Ok(row.get::<_, Option<i64>>(0)?.map(LeadId))
            })
            .doing("looking up the lead")
    }

    /// The newest handoff up to `now` of the lead with that e-mail address.
    pub fn handoff_by_email(
        &self,
        email: &str,
        now: Moment,
    ) -> Result<Option<HandoffId>, StoreError> {
        let doing = "looking up the handoff";
        self.conn
            .prepare_cached(
                "SELECT h.id FROM lead l JOIN handoff h ON h.lead_id = l.id
                 WHERE l.email = ?1 AND h.handed_off_at <= ?2 ORDER BY h.handed_off_at DESC, h.id DESC LIMIT 1",
            )
            .doing(doing)?
            .query_row(rusqlite::params![email.trim().to_lowercase(), now.0], |row| {
                Ok(HandoffId(row.get(0)?))
            })
            .optional()
            .doing(doing)
    }
}
