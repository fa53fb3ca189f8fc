//! Finds the row that a record speaks of: by system and id, else e-mail, else phone. By the indexes, or by tables in memory
//! while a new file is filled.

use rusqlite::{Connection, OptionalExtension, params};

use super::super::error::{Doing, StoreError};
use super::channels::{By, ByChannel};
use super::seen::{Seen, hash};
use crate::domain::import::{ImportRecord, ImportRow, Key};

/// How a lead was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum How {
    /// By system and id: the record is about this very row.
    External,
    /// By e-mail or phone, and the record has no id of its own, or the row has none: the same person.
    Contact,
    /// By e-mail or phone, under another system's id: the same person, told by somebody else.
    OtherSystem,
}

/// What the search for a lead has found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Match {
    /// This lead.
    Known(i64, How),
    /// None; another has the same e-mail or phone, and is somebody else: under another id, or with another e-mail.
    New(Option<(i64, &'static str)>),
}

/// Tables in memory for what this import has added.
struct Memory {
    external: Seen,
    who: Seen,
}

/// Looks rows up.
pub(super) struct Finder {
    leads: Option<Memory>,
    channels: ByChannel,
    deals: Option<Seen>,
    /// Whether leads are known to be indexed by company.
    by_account: bool,
    /// The lead of the record before: a wide line gives the lead and then its deal.
    last: Option<(u64, i64)>,
}

/// More leads than this are looked up by index: the tables would outgrow their bounds.
const MOST: usize = 1_600_000;

/// The system of an id; a file that names none has the empty one.
pub(super) fn system(key: &Key) -> &str {
    key.system.as_deref().unwrap_or("")
}

/// What a key says, in 64 bits: by its id alone where it has one, since other records need not repeat the e-mail.
fn fingerprint(key: &Key) -> u64 {
    match &key.external_id {
        Some(external) => hash(&(system(key), external)),
        None => hash(&(&key.email, &key.phone)),
    }
}

/// Makes the index of leads by company, where somebody first needs it: the import into an empty file does not, and an index
/// over a million leads is a tenth of its time.
pub(in crate::store) fn index_accounts(conn: &Connection) -> Result<(), StoreError> {
    conn.execute_batch(
        "CREATE INDEX IF NOT EXISTS lead_account ON lead (account_id) WHERE account_id IS NOT NULL",
    )
    .doing("making the indexes")
}

impl Finder {
    pub(super) fn new() -> Finder {
        Finder {
            leads: None,
            channels: ByChannel::Unread,
            deals: None,
            by_account: false,
            last: None,
        }
    }

    /// Leads are kept in memory from now on; there are none yet.
    pub(super) fn leads_in_memory(&mut self) {
        self.leads = Some(Memory {
            external: Seen::new(),
            who: Seen::new(),
        });
        self.channels = ByChannel::nobody();
    }

    /// Deals are kept in memory from now on; there are none yet.
    pub(super) fn deals_in_memory(&mut self) {
        self.deals = Some(Seen::new());
    }

    /// Whether the tables have become too large for memory.
    pub(super) fn is_full(&self) -> bool {
        let leads = self
            .leads
            .as_ref()
            .map_or(0, |m| m.external.len().max(m.who.len()));
        let leads = leads.max(self.channels.len());
        leads.max(self.deals.as_ref().map_or(0, Seen::len)) > MOST
    }

    /// Looks e-mails and phones up by indexes from now on.
    pub(super) fn index_channels(&mut self, conn: &Connection) -> Result<(), StoreError> {
        self.channels.index(conn)
    }

    /// From now on the indexes answer.
    pub(super) fn forget(&mut self) {
        self.leads = None;
        self.channels = ByChannel::Unread;
        self.deals = None;
    }

    /// Touches the places where these records will be looked up: side by side they come far quicker than one by one.
    pub(super) fn warm(&self, rows: &[ImportRow]) {
        let Some(memory) = &self.leads else { return };
        let [mut ids, mut people, mut emails, mut phones] =
            std::array::from_fn(|_| Vec::with_capacity(rows.len()));
        for row in rows {
            let ImportRecord::Lead(lead) = &row.record else {
                continue;
            };
            let key = &lead.key;
            ids.extend((key.external_id.as_ref()).map(|id| hash(&(system(key), id))));
            people.extend((lead.account.as_ref()).map(|at| hash(&(lead.name.trim(), &**at))));
            emails.extend(key.email.as_ref().map(hash));
            phones.extend(key.phone.as_ref().map(hash));
        }
        let touched = memory.external.touch(&ids) ^ memory.who.touch(&people);
        std::hint::black_box(touched ^ self.channels.touch(&emails, &phones));
    }

    /// Remembers a lead that was added.
    pub(super) fn added_lead(&mut self, key: &Key, id: i64) {
        if let Some(memory) = &mut self.leads
            && let Some(external) = &key.external_id
        {
            let hash = hash(&(system(key), external));
            memory.external.insert(hash, id as u32);
        }
        self.channels.learn(key, id);
        self.said(key, id);
    }

    /// Remembers an e-mail or phone that a known lead may have got.
    pub(super) fn reached(&mut self, key: &Key, id: i64) {
        self.channels.learn(key, id);
    }

    /// Remembers which lead the record at hand is about.
    pub(super) fn said(&mut self, key: &Key, id: i64) {
        self.last = Some((fingerprint(key), id));
    }

    /// Remembers a deal that was added.
    pub(super) fn added_deal(&mut self, system: &str, external: &str, id: i64) {
        if let Some(deals) = &mut self.deals {
            deals.insert(hash(&(system, external)), id as u32);
        }
    }

    /// The lead that a record is about.
    pub(super) fn lead(&mut self, conn: &Connection, key: &Key) -> Result<Match, StoreError> {
        if let Some(external) = &key.external_id
            && let Some(id) = self.by_external(conn, system(key), external)?
        {
            return Ok(Match::Known(id, How::External));
        }
        let mut twin = None;
        for (value, by) in [(&key.email, By::Email), (&key.phone, By::Phone)] {
            let Some(value) = value else { continue };
            for owner in self.channels.owners(conn, by, value, MOST)? {
                let id = owner.id;
                // A phone may be a switchboard's: two e-mails are two people.
                let others = key.email.as_ref().zip(owner.email.as_ref());
                if by == By::Phone && others.is_some_and(|(own, other)| own != other) {
                    twin = twin.or(Some((id, "phone, another e-mail")));
                    continue;
                }
                match (&key.external_id, owner.external) {
                    (None, _) | (_, None) => return Ok(Match::Known(id, How::Contact)),
                    (Some(_), Some(_)) if owner.system.as_deref() != Some(system(key)) => {
                        return Ok(Match::Known(id, How::OtherSystem));
                    }
                    _ => twin = twin.or(Some((id, by.twin()))),
                }
            }
        }
        Ok(Match::New(twin))
    }

    /// The lead behind a deal, a touch or an attempt.
    pub(super) fn lead_of(
        &mut self,
        conn: &Connection,
        key: &Key,
    ) -> Result<Option<i64>, StoreError> {
        if let Some((last, id)) = self.last
            && last == fingerprint(key)
        {
            return Ok(Some(id));
        }
        Ok(match self.lead(conn, key)? {
            Match::Known(id, _) => Some(id),
            Match::New(_) => None,
        })
    }

    fn by_external(
        &self,
        conn: &Connection,
        system: &str,
        external: &str,
    ) -> Result<Option<i64>, StoreError> {
        let doing = "looking up a lead";
        let Some(memory) = &self.leads else {
            return conn
                .prepare_cached("SELECT id FROM lead WHERE external_id = ?1 AND source_system = ?2")
                .doing(doing)?
                .query_row([external, system], |row| row.get(0))
                .optional()
                .doing(doing);
        };
        for id in memory.external.candidates(hash(&(system, external))) {
            let same: bool = conn
                .prepare_cached(
                    "SELECT external_id IS ?2 AND source_system IS ?3 FROM lead WHERE id = ?1",
                )
                .doing(doing)?
                .query_row(params![id, external, system], |row| row.get(0))
                .doing(doing)?;
            if same {
                return Ok(Some(i64::from(id)));
            }
        }
        Ok(None)
    }

    /// Another lead of the same name in the same company; remembers this one.
    pub(super) fn namesake(
        &mut self,
        conn: &Connection,
        (id, name): (i64, &str),
        (account, company): (i64, &str),
    ) -> Result<Option<i64>, StoreError> {
        let doing = "looking up a lead";
        let Some(memory) = &mut self.leads else {
            if !self.by_account {
                index_accounts(conn)?;
                self.by_account = true;
            }
            return conn
                .prepare_cached(
                    "SELECT id FROM lead WHERE account_id = ?1 AND name = ?2 AND id <> ?3 LIMIT 1",
                )
                .doing(doing)?
                .query_row(params![account, name, id], |row| row.get(0))
                .optional()
                .doing(doing);
        };
        let key = hash(&(name, company));
        let mut found = None;
        for other in memory.who.candidates(key) {
            let same: Option<bool> = conn
                .prepare_cached("SELECT name = ?2 AND account_id IS ?3 FROM lead WHERE id = ?1")
                .doing(doing)?
                .query_row(params![other, name, account], |row| row.get(0))
                .optional()
                .doing(doing)?;
            if same == Some(true) {
                found = Some(i64::from(other));
                break;
            }
        }
        memory.who.insert(key, id as u32);
        Ok(found)
    }

    /// The deal of an id.
    pub(super) fn deal(
        &self,
        conn: &Connection,
        system: &str,
        external: &str,
    ) -> Result<Option<i64>, StoreError> {
        let doing = "looking up a deal";
        let Some(seen) = &self.deals else {
            return conn
                .prepare_cached(
                    "SELECT id FROM opportunity WHERE external_id = ?1 AND source_system = ?2",
                )
                .doing(doing)?
                .query_row([external, system], |row| row.get(0))
                .optional()
                .doing(doing);
        };
        for id in seen.candidates(hash(&(system, external))) {
            let same: bool = conn
                .prepare_cached(
                    "SELECT external_id IS ?2 AND source_system IS ?3 FROM opportunity WHERE id = ?1",
                )
                .doing(doing)?
                .query_row(params![id, external, system], |row| row.get(0))
                .doing(doing)?;
            if same {
                return Ok(Some(i64::from(id)));
            }
        }
        Ok(None)
    }
}
