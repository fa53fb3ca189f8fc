//! Brings a loaded history up to what the journal says since: single rows in place, everything else by loading anew.

use std::collections::BTreeSet;

use rusqlite::types::Value;

use super::Store;
use super::error::{Doing, StoreError};
use super::journal::Touched;
use super::load::{Stale, reread};
use super::recorder::cells;
use super::table::Table;
use crate::facts::Facts;
use crate::facts::column::NONE;
use crate::facts::ids::Ids;

/// What a refresh found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Changed {
    /// Nothing new.
    Nothing,
    /// No row and no name, but something beside them: definitions, meetings, companies, holidays.
    Beside,
    /// Some rows were read anew; row numbers stay.
    Rows,
    /// Everything was read anew; row numbers may differ.
    Everything,
}

/// Changed rows that are always read one by one.
const FEW: usize = 200;
/// One changed row in so many is the most that is read one by one: a row by its key costs several of a walk.
const PART: usize = 8;

impl Store {
    /// Reads what was journalled since `facts.journal_id`. The people's tables ([`Store::book`]) are read apart.
    pub fn refresh(&self, facts: &mut Facts) -> Result<Changed, StoreError> {
        let snapshot = self
            .conn
            .unchecked_transaction()
            .doing("reading what changed")?;
        let changed = self.refresh_within(facts)?;
        snapshot.commit().doing("reading what changed")?;
        Ok(changed)
    }

    pub(super) fn refresh_within(&self, facts: &mut Facts) -> Result<Changed, StoreError> {
        let newest = self.journal_id()?;
        if newest == facts.journal_id {
            return Ok(Changed::Nothing);
        }
        if newest > facts.journal_id
            && let Some(stale) = self.stale(facts)?
        {
            if stale == Stale::default() {
                facts.journal_id = newest;
                return Ok(Changed::Beside);
            }
            let settings = super::book::settings(&self.conn)?;
            reread(&self.conn, &settings, facts, &stale)?;
            facts.journal_id = newest;
            return Ok(Changed::Rows);
        }
        *facts = self.load_tables(&mut |_| ())?;
        Ok(Changed::Everything)
    }

    /// The rows to read anew; `None` where only a full load is right or quick.
    fn stale(&self, facts: &Facts) -> Result<Option<Stale>, StoreError> {
        let mut stale = Stale::default();
        let most = FEW.max((facts.leads.len() + facts.handoffs.len()) / PART);
        let mut rows = 0;
        for touched in self.touched_since(facts.journal_id)? {
            let (first, last) = touched.ids;
            rows += (last - first) as usize + 1;
            if rows > most {
                return Ok(None);
            }
            let known = if touched.op == "delete" {
                note_gone(&mut stale, &touched)?
            } else {
                self.note_changed(facts, &mut stale, &touched)?
            };
            if !known {
                return Ok(None);
            }
        }
        let (handoffs, deals) = (stale.gone_handoffs.clone(), stale.gone_deals.clone());
        stale.handoffs.retain(|id| !handoffs.contains(id));
        stale.deals.retain(|id| !deals.contains(id));
        for ids in [
            &mut stale.leads,
            &mut stale.handoffs,
            &mut stale.deals,
            &mut stale.spend,
        ] {
            ids.sort_unstable();
            ids.dedup();
        }
        let at_the_end = |known: &Ids, gone: &BTreeSet<i64>| {
            let last = known.last().unwrap_or(i64::MIN);
            let here: Vec<i64> = gone.iter().copied().filter(|id| *id <= last).collect();
            known
                .iter()
                .rev()
                .take(here.len())
                .eq(here.into_iter().rev())
        };
        let fits = fits(&facts.leads.id, &stale.leads)
            && fits(&facts.handoffs.id, &stale.handoffs)
            && fits(&facts.opportunities.id, &stale.deals)
            && at_the_end(&facts.handoffs.id, &handoffs)
            && at_the_end(&facts.opportunities.id, &deals);
        Ok(fits.then_some(stale))
    }

    /// Notes rows that came or changed; `false` where only a full load is right.
    fn note_changed(
        &self,
        facts: &Facts,
        stale: &mut Stale,
        touched: &Touched,
    ) -> Result<bool, StoreError> {
        let ids = touched.ids.0..=touched.ids.1;
        match touched.table {
            // Minutes, windows and codes of all rows may follow from these.
            Table::Setting | Table::Workspace => return Ok(false),
            Table::Lead => stale.leads.extend(ids),
            Table::Handoff => {
                ids.clone()
                    .for_each(|id| _ = stale.gone_handoffs.remove(&id));
                stale.handoffs.extend(ids);
            }
            Table::Attempt => stale.handoffs.extend(self.handoffs_of(ids)?),
            Table::Opportunity => {
                ids.clone().for_each(|id| _ = stale.gone_deals.remove(&id));
                stale.deals.extend(ids);
                stale.events = true;
            }
            Table::OpportunityEvent | Table::OpportunityLead => stale.events = true,
            Table::Spend => stale.spend.extend(ids),
            Table::Challenge => stale.challenges = true,
            Table::Feedback => stale.feedback = true,
            Table::Person
            | Table::Source
            | Table::Campaign
            | Table::Segment
            | Table::Reason
            | Table::Stage
            | Table::Target
            | Table::Rate => {
                stale.names = true;
                return Ok(Self::codes_stay(facts, touched.table, touched.ids.0));
            }
            Table::Account
            | Table::CustomField
            | Table::Holiday
            | Table::SavedFilter
            | Table::Criteria
            | Table::CriteriaRule
            | Table::DomainList
            | Table::Agenda
            | Table::Meeting
            | Table::AgendaItem
            | Table::Attendance
            | Table::Snapshot
            | Table::Decision
            | Table::Action
            | Table::Issue
            | Table::Note
            | Table::Rating
            | Table::Touch => (),
        }
        Ok(true)
    }

    /// Whether a changed name keeps its code, or gets the next one, as a full load would give it.
    fn codes_stay(facts: &Facts, table: Table, id: i64) -> bool {
        let names = &facts.names;
        let dictionary = match table {
            Table::Person => &names.people,
            Table::Source => &names.sources,
            Table::Campaign => &names.campaigns,
            Table::Segment => &names.segments,
            Table::Reason => &names.reasons,
            Table::Stage => &names.stages,
            _ => return true,
        };
        let last = (dictionary.len() as u32)
            .checked_sub(1)
            .and_then(|code| dictionary.id(code));
        dictionary.code(Some(id)) != NONE || last.is_none_or(|last| id > last)
    }

    fn handoffs_of(&self, attempts: std::ops::RangeInclusive<i64>) -> Result<Vec<i64>, StoreError> {
        let doing = "reading what changed";
        self.conn
            .prepare_cached("SELECT handoff_id FROM attempt WHERE id BETWEEN ?1 AND ?2")
            .doing(doing)?
            .query_map([attempts.start(), attempts.end()], |row| row.get(0))
            .doing(doing)?
            .collect::<Result<_, _>>()
            .doing(doing)
    }
}

/// Notes rows that are gone, as an undo leaves them; `false` where only a full load is right.
fn note_gone(stale: &mut Stale, touched: &Touched) -> Result<bool, StoreError> {
    let Some(row) = &touched.gone else {
        return Ok(false);
    };
    match touched.table {
        Table::Attempt => {
            let handoff = cells(row)?.into_iter().find_map(|cell| match cell {
                (column, Value::Integer(id)) if column == "handoff_id" => Some(id),
                _ => None,
            });
            stale.handoffs.extend(handoff);
        }
        Table::Handoff => _ = stale.gone_handoffs.insert(touched.ids.0),
        Table::Opportunity => {
            stale.gone_deals.insert(touched.ids.0);
            stale.events = true;
        }
        Table::OpportunityEvent | Table::OpportunityLead => stale.events = true,
        Table::Challenge => stale.challenges = true,
        Table::Feedback => stale.feedback = true,
        Table::Touch
        | Table::SavedFilter
        | Table::CustomField
        | Table::Holiday
        | Table::Criteria
        | Table::CriteriaRule
        | Table::DomainList
        | Table::Agenda
        | Table::Meeting
        | Table::AgendaItem
        | Table::Attendance
        | Table::Snapshot
        | Table::Decision
        | Table::Action
        | Table::Issue
        | Table::Note
        | Table::Rating => (),
        _ => return Ok(false),
    }
    Ok(true)
}

/// Whether each id is known or comes after all that are: a row brought back from the past has no place in the middle.
fn fits(known: &Ids, ids: &[i64]) -> bool {
    let last = known.last().unwrap_or(i64::MIN);
    ids.iter().all(|id| *id > last || known.row(*id).is_some())
}
