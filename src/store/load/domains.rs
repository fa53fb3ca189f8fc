//! The e-mail domains of all leads, read once in the background and kept up by what the journal says since.

use rusqlite::OptionalExtension;

use super::super::Store;
use super::super::error::{Doing, StoreError};
use super::super::table::Table;
use crate::facts::Facts;
use crate::facts::domains::{Domains, Filling};

/// More changed leads than this are read faster by loading anew.
const FEW: usize = 200;

impl Store {
    /// Reads the e-mail domain of every lead.
    pub fn load_domains(&self) -> Result<Domains, StoreError> {
        let doing = "reading the e-mail domains";
        let snapshot = self.conn.unchecked_transaction().doing(doing)?;
        let journal_id = self.journal_id()?;
        let mut filling = Filling::default();
        let mut stmt = self
            .conn
            .prepare_cached("SELECT email FROM lead ORDER BY id")
            .doing(doing)?;
        let mut rows = stmt.query([]).doing(doing)?;
        while let Some(row) = rows.next().doing(doing)? {
            let email = row.get_ref(0).doing(doing)?.as_str_or_null();
            filling.push(email.unwrap_or(None));
        }
        drop(rows);
        drop(stmt);
        snapshot.commit().doing(doing)?;
        Ok(filling.done(journal_id))
    }

    /// Brings the domains up to the facts beside them. Reads everything anew where rows have moved.
    pub fn refresh_domains(&self, domains: &mut Domains, facts: &Facts) -> Result<(), StoreError> {
        let doing = "reading the e-mail domains";
        if domains.journal_id == self.journal_id()? {
            return Ok(());
        }
        let mut leads = Vec::new();
        for touched in self.touched_since(domains.journal_id)? {
            if touched.table != Table::Lead {
                continue;
            }
            let (first, last) = touched.ids;
            if touched.op == "delete" || leads.len() + (last - first) as usize >= FEW {
                *domains = self.load_domains()?;
                return Ok(());
            }
            leads.extend(first..=last);
        }
        leads.sort_unstable();
        leads.dedup();
        let mut stmt = self
            .conn
            .prepare_cached("SELECT email FROM lead WHERE id = ?1")
            .doing(doing)?;
        for id in leads {
            let email: Option<Option<String>> = stmt
                .query_row([id], |row| row.get(0))
                .optional()
                .doing(doing)?;
            if let Some(row) = facts.leads.row(id) {
                domains.put(row, email.flatten().as_deref());
            }
        }
        domains.journal_id = facts.journal_id;
        Ok(())
    }
}
