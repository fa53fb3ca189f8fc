//! Keeps the columns of the leads and handoffs that an import puts into an empty file, packed while they come, so that nobody
//! need walk the tables afterwards. Gives up where a row changes after it was added: then the tables are read as ever.

use rusqlite::Connection;

use super::super::error::StoreError;
use super::super::load::{deals, names};
use super::{LONG, Packed, clear, columns, pack, put_currencies, write};
use crate::facts::Facts;
use crate::facts::column::{Code, NONE};
use crate::facts::dictionary::Dictionary;
use crate::facts::handoffs::HandoffRow;
use crate::facts::leads::LeadRow;

/// The columns so far. Ids count from 1, and codes are taken to follow them; [`Keeper::finish`] looks whether they do.
#[derive(Default)]
pub(in crate::store) struct Keeper {
    /// The rows of the part at hand.
    part: Facts,
    packed: Packed,
    leads: usize,
    handoffs: usize,
}

/// The code that the id of a name will have.
pub(in crate::store) fn code(id: Option<i64>) -> Code {
    id.map_or(NONE, |id| id as Code - 1)
}

impl Keeper {
    /// Adds a lead.
    pub(in crate::store) fn lead(&mut self, row: LeadRow) {
        self.part.leads.push(row);
        self.leads += 1;
        if self.part.leads.len() == pack::PART {
            columns::append(&mut self.part, &mut self.packed);
        }
    }

    /// Adds a handoff.
    pub(in crate::store) fn handoff(&mut self, row: HandoffRow) {
        self.part.handoffs.push(row);
        self.handoffs += 1;
        if self.part.handoffs.len() == pack::PART {
            columns::append(&mut self.part, &mut self.packed);
        }
    }

    /// Writes the columns into the file, with the deals and names that stand there; nothing for a short history.
    pub(in crate::store) fn finish(
        mut self,
        conn: &Connection,
        journal_id: i64,
    ) -> Result<(), StoreError> {
        if self.leads + self.handoffs < LONG {
            return Ok(());
        }
        let mut facts = Facts {
            journal_id,
            ..Facts::default()
        };
        names::load(conn, &mut facts)?;
        if !follow_ids(&facts) {
            return Ok(());
        }
        columns::append(&mut self.part, &mut self.packed);
        if columns::sort(&mut self.packed).is_none() {
            return Ok(());
        }
        // Written before the deals come, so that both need not be in memory at once.
        clear(conn)?;
        write(conn, journal_id, &self.packed)?;
        drop(self.packed);
        let mut packed = Packed::default();
        facts.leads.id = (1..=self.leads as i64).collect();
        facts.handoffs.id = (1..=self.handoffs as i64).collect();
        deals::load_quietly(conn, &mut facts)?;
        super::deals::put(&facts, &mut packed);
        put_currencies(&facts, &mut packed);
        write(conn, journal_id, &packed)
    }
}

/// Whether every name's code is its id less one.
fn follow_ids(facts: &Facts) -> bool {
    let names = &facts.names;
    let follows = |names: &Dictionary| {
        (0..names.len() as Code).all(|code| names.id(code) == Some(i64::from(code) + 1))
    };
    [
        &names.sources,
        &names.campaigns,
        &names.segments,
        &names.people,
        &names.reasons,
    ]
    .into_iter()
    .all(follows)
}
