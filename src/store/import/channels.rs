//! Finds leads by e-mail or phone: by tables in memory, read when they are first asked. Makes indexes only where the leads
//! outgrow memory: a million addresses in an index cost more than all else that an import makes.

use rusqlite::{Connection, OptionalExtension, Row, params};

use super::super::error::{Doing, StoreError};
use super::seen::{Seen, hash};
use crate::domain::import::Key;

/// A lead that is reached so, with its system and id there, and its e-mail.
pub(super) struct Owner {
    pub id: i64,
    pub system: Option<String>,
    pub external: Option<String>,
    pub email: Option<String>,
}

impl Owner {
    fn read(row: &Row<'_>) -> rusqlite::Result<Owner> {
        Ok(Owner {
            id: row.get(0)?,
            system: row.get(1)?,
            external: row.get(2)?,
            email: row.get(3)?,
        })
    }
}

/// Which way a lead is reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum By {
    Email,
    Phone,
}

impl By {
    fn column(self) -> &'static str {
        match self {
            By::Email => "email",
            By::Phone => "phone",
        }
    }

    /// What a report says of two leads that share it.
    pub(super) fn twin(self) -> &'static str {
        match self {
            By::Email => "e-mail under another id",
            By::Phone => "phone under another id",
        }
    }
}

/// Who is reached by what.
pub(super) enum ByChannel {
    /// Nobody has asked yet.
    Unread,
    /// Candidates in memory.
    Memory { email: Seen, phone: Seen },
    /// Too many for memory.
    Indexed,
}

/// Leads that share an address and are looked at.
const MOST_OWNERS: usize = 8;

impl ByChannel {
    /// In memory from now on; there are no leads yet.
    pub(super) fn nobody() -> ByChannel {
        ByChannel::Memory {
            email: Seen::new(),
            phone: Seen::new(),
        }
    }

    /// Entries in memory, of the larger table.
    pub(super) fn len(&self) -> usize {
        match self {
            ByChannel::Memory { email, phone } => email.len().max(phone.len()),
            ByChannel::Unread | ByChannel::Indexed => 0,
        }
    }

    /// Goes over to indexes.
    pub(super) fn index(&mut self, conn: &Connection) -> Result<(), StoreError> {
        *self = ByChannel::Indexed;
        conn.execute_batch(
            "CREATE INDEX IF NOT EXISTS lead_email ON lead (email) WHERE email IS NOT NULL;
             CREATE INDEX IF NOT EXISTS lead_phone ON lead (phone) WHERE phone IS NOT NULL;",
        )
        .doing("making the indexes")
    }

    /// Looks at the places of e-mails and phones, as [`Seen::touch`] does.
    pub(super) fn touch(&self, emails: &[u64], phones: &[u64]) -> u32 {
        let ByChannel::Memory { email, phone } = self else {
            return 0;
        };
        email.touch(emails) ^ phone.touch(phones)
    }

    /// Remembers how a lead is reached.
    pub(super) fn learn(&mut self, key: &Key, id: i64) {
        let ByChannel::Memory { email, phone } = self else {
            return;
        };
        for (value, seen) in [(&key.email, email), (&key.phone, phone)] {
            let Some(value) = value else { continue };
            let hash = hash(value);
            if !seen.candidates(hash).any(|known| i64::from(known) == id) {
                seen.insert(hash, id as u32);
            }
        }
    }

    /// The first leads with this address; `most`: how many leads memory holds.
    pub(super) fn owners(
        &mut self,
        conn: &Connection,
        by: By,
        value: &str,
        most: usize,
    ) -> Result<Vec<Owner>, StoreError> {
        if matches!(self, ByChannel::Unread) {
            self.read(conn, most)?;
        }
        let doing = "looking up a lead";
        let column = by.column();
        let seen = match (&*self, by) {
            (ByChannel::Memory { email, .. }, By::Email) => email,
            (ByChannel::Memory { phone, .. }, By::Phone) => phone,
            _ => {
                let sql = format!(
                    "SELECT id, source_system, external_id, email FROM lead WHERE {column} = ?1 ORDER BY id LIMIT {MOST_OWNERS}"
                );
                return conn
                    .prepare_cached(&sql)
                    .doing(doing)?
                    .query_map([value], Owner::read)
                    .doing(doing)?
                    .collect::<Result<_, _>>()
                    .doing(doing);
            }
        };
        let mut found = Vec::new();
        for id in seen.candidates(hash(&value)).take(MOST_OWNERS) {
            let sql = format!(
                "SELECT id, source_system, external_id, email FROM lead WHERE id = ?1 AND {column} = ?2"
            );
            let row = conn
                .prepare_cached(&sql)
                .doing(doing)?
                .query_row(params![id, value], Owner::read)
                .optional()
                .doing(doing)?;
            found.extend(row);
        }
        Ok(found)
    }

    /// Walks the leads once; by the indexes where a larger import has made them, or where this one must.
    fn read(&mut self, conn: &Connection, most: usize) -> Result<(), StoreError> {
        let doing = "reading how leads are reached";
        let (newest, indexed): (i64, bool) = conn
            .query_row(
                "SELECT coalesce((SELECT max(id) FROM lead), 0),
                 EXISTS (SELECT 1 FROM sqlite_schema WHERE type = 'index' AND name = 'lead_email')",
                [],
                |row| Ok((row.get(0)?, row.get(1)?)),
            )
            .doing(doing)?;
        if indexed || newest as usize > most {
            return self.index(conn);
        }
        let (mut emails, mut phones) = (Seen::new(), Seen::new());
        let mut stmt = conn
            .prepare("SELECT id, email, phone FROM lead ORDER BY id")
            .doing(doing)?;
        let mut rows = stmt.query([]).doing(doing)?;
        while let Some(row) = rows.next().doing(doing)? {
            let id: u32 = row.get(0).doing(doing)?;
            for (column, seen) in [(1, &mut emails), (2, &mut phones)] {
                let value = row.get_ref(column).doing(doing)?.as_str_or_null();
                if let Ok(Some(value)) = value {
                    seen.insert(hash(&value), id);
                }
            }
        }
        *self = ByChannel::Memory {
            email: emails,
            phone: phones,
        };
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::Store;
    use super::*;

    #[test]
    fn memory_and_index_find_the_same_leads() {
        let store = Store::open_in_memory().unwrap();
        let conn = &store.conn;
        conn.execute_batch(
            "INSERT INTO lead (id, created_at, name, email, phone) VALUES
             (1, 0, 'Ada', 'a@x.example', '+49'), (2, 0, 'Bob', 'b@x.example', NULL), (3, 0, 'Ann', 'a@x.example', NULL)",
        )
        .unwrap();
        let indexes =
            "SELECT count(*) FROM sqlite_schema WHERE name IN ('lead_email', 'lead_phone')";
        for (most, made) in [(3, 0), (2, 2), (3, 2)] {
            let mut channels = ByChannel::Unread;
            let mut ids = |by, value| -> Vec<i64> {
                let owners = channels.owners(conn, by, value, most).unwrap();
                owners.into_iter().map(|owner| owner.id).collect()
            };
            assert_eq!(ids(By::Email, "a@x.example"), [1, 3]);
            assert_eq!(ids(By::Email, "b@x.example"), [2]);
            assert_eq!(ids(By::Phone, "+49"), [1]);
            assert!(ids(By::Phone, "a@x.example").is_empty());
            let count: i64 = conn.query_row(indexes, [], |row| row.get(0)).unwrap();
            assert_eq!(count, made, "with room for {most}");
        }
    }
}
