//! What the file shows for rejections that no conversation is owed for, read in the background and kept up by the journal.

use std::fmt::Write as _;

use rusqlite::{Connection, params};

use super::super::Store;
use super::super::cards::can_find_companies;
use super::super::error::{Doing, StoreError};
use super::super::review::lists;
use super::super::table::Table;
use crate::domain::review::lists::DomainList;
use crate::facts::proofs::{Proofs, Shown};

/// More changed handoffs than this are read faster by loading anew.
const FEW: i64 = 200;

/// Of a company's leads so many are looked at for the same name.
const COLLEAGUES: i64 = 500;

const FOUND: &str = "SELECT h.id,
        EXISTS (SELECT 1 FROM attempt a WHERE a.handoff_id = h.id AND a.outcome = 'bounced' AND a.at <= h.verdict_at),
        l.withheld = 0 AND coalesce(l.email, '') = '' AND coalesce(l.phone, '') = '' AND coalesce(l.social, '') = '',
        l.duplicate_of IS NOT NULL OR EXISTS (SELECT 1 FROM lead o WHERE o.duplicate_of = l.id)
            OR (?1 AND EXISTS (SELECT 1 FROM (SELECT o.id, o.name, o.created_at FROM lead o WHERE o.account_id = l.account_id LIMIT ?2) o
                WHERE o.id <> l.id AND o.created_at <= h.verdict_at AND lower(trim(o.name)) = lower(trim(l.name)))),
        c.domain
    FROM handoff h JOIN lead l ON l.id = h.lead_id JOIN reason r ON r.id = h.reason_id LEFT JOIN account c ON c.id = l.account_id
    WHERE h.verdict = 'rejected' AND (h.evidence = 'objective' OR h.evidence = 'none' AND r.objective = 1)";

impl Store {
    /// Reads what is shown for every rejection that rests on objective proof.
    pub fn load_proofs(&self) -> Result<Proofs, StoreError> {
        let doing = "looking for proof of rejections";
        let snapshot = self.conn.unchecked_transaction().doing(doing)?;
        let journal_id = self.journal_id()?;
        let found = found(&self.conn, FOUND)?;
        snapshot.commit().doing(doing)?;
        Ok(Proofs::new(journal_id, found))
    }

    /// Brings the proofs up to the file. Reads everything anew where more than a few handoffs have changed, or a lead.
    pub fn refresh_proofs(&self, proofs: &mut Proofs) -> Result<(), StoreError> {
        let doing = "looking for proof of rejections";
        let journal_id = self.journal_id()?;
        if proofs.journal_id == journal_id {
            return Ok(());
        }
        let mut handoffs = Vec::new();
        for touched in self.touched_since(proofs.journal_id)? {
            let (first, last) = touched.ids;
            let few = last - first < FEW && handoffs.len() < FEW as usize;
            match touched.table {
                Table::Handoff if few => handoffs.extend(first..=last),
                Table::Attempt if few && touched.op != "delete" => {
                    let sql = "SELECT DISTINCT handoff_id FROM attempt WHERE id BETWEEN ?1 AND ?2";
                    let mut stmt = self.conn.prepare_cached(sql).doing(doing)?;
                    let ids = stmt.query_map([first, last], |row| row.get(0));
                    let ids: Result<Vec<i64>, _> = ids.doing(doing)?.collect();
                    handoffs.extend(ids.doing(doing)?);
                }
                Table::Handoff
                | Table::Attempt
                | Table::Lead
                | Table::Account
                | Table::Reason
                | Table::DomainList => {
                    *proofs = self.load_proofs()?;
                    return Ok(());
                }
                _ => {}
            }
        }
        if !handoffs.is_empty() {
            let mut sql = format!("{FOUND} AND h.id IN (0");
            for id in &handoffs {
                let _ = write!(sql, ", {id}");
            }
            sql.push(')');
            let found = found(&self.conn, &sql)?;
            proofs.replace(&handoffs, found);
        }
        proofs.journal_id = journal_id;
        Ok(())
    }
}

fn found(conn: &Connection, sql: &str) -> Result<Vec<(i64, Shown)>, StoreError> {
    let doing = "looking for proof of rejections";
    let companies = can_find_companies(conn)?;
    let lists = lists(conn)?;
    let mut stmt = conn.prepare(sql).doing(doing)?;
    let mut rows = stmt.query(params![companies, COLLEAGUES]).doing(doing)?;
    let mut found = Vec::new();
    while let Some(row) = rows.next().doing(doing)? {
        let id = row.get(0).doing(doing)?;
        for (place, what) in [
            (1, Shown::Bounced),
            (2, Shown::Unaddressed),
            (3, Shown::Twin),
        ] {
            if row.get::<_, Option<bool>>(place).doing(doing)? == Some(true) {
                found.push((id, what));
            }
        }
        let domain: Option<String> = row.get(4).doing(doing)?;
        if domain.is_some_and(|domain| lists.covers(DomainList::Competitor, &domain)) {
            found.push((id, Shown::RivalCompany));
        }
    }
    Ok(found)
}
