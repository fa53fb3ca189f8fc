//! One row per lead. Holds no names: only what metrics and filters read.

use fixedbitset::FixedBitSet;

use super::clock::Clock;
use super::column::{Code, Moments, NONE};
use super::ids::Ids;
use crate::domain::moment::Moment;
use crate::domain::verdict::Exclusion;

/// A lead as the store reads it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LeadRow {
    /// Row id, above every id pushed before.
    pub id: i64,
    /// When it came in.
    pub created: Moment,
    /// When marketing marked it as qualified, or never.
    pub mql: Moment,
    /// Source code.
    pub source: Code,
    /// Campaign code.
    pub campaign: Code,
    /// Segment code.
    pub segment: Code,
    /// Code of the person it belongs to.
    pub owner: Code,
    /// Row id of its account, 0 for none.
    pub account: u32,
    /// Whether it has e-mail, phone or social handle.
    pub contactable: bool,
    /// Why it is left out of metrics, if it is.
    pub excluded: Option<Exclusion>,
}

/// The columns.
#[derive(Clone, Debug, Default)]
pub struct Leads {
    /// Row ids, ascending.
    pub id: Ids,
    /// When each came in.
    pub created: Moments,
    /// When marketing marked each as qualified.
    pub mql: Moments,
    /// Source codes.
    pub source: Vec<Code>,
    /// Campaign codes.
    pub campaign: Vec<Code>,
    /// Segment codes.
    pub segment: Vec<Code>,
    /// Owner codes.
    pub owner: Vec<Code>,
    /// Account row ids, 0 for none.
    pub account: Vec<u32>,
    /// Those with at least one contact channel.
    pub contactable: FixedBitSet,
    /// 0: counts; 1, 2, 3: left out as test row, internal, duplicate.
    pub excluded: Vec<u8>,
    /// Rows by creation.
    pub by_created: Clock,
    /// Rows by marketing's mark.
    pub by_mql: Clock,
}

impl Leads {
    /// Appends a row.
    pub fn push(&mut self, row: LeadRow) {
        self.id.push(row.id);
        self.created.push(row.created);
        self.mql.push(row.mql);
        self.source.push(row.source);
        self.campaign.push(row.campaign);
        self.segment.push(row.segment);
        self.owner.push(row.owner);
        self.account.push(row.account);
        self.contactable.grow(self.id.len());
        self.contactable.set(self.id.len() - 1, row.contactable);
        self.excluded.push(row.excluded.map_or(0, |e| e as u8 + 1));
    }

    /// Replaces the row of the same id, or appends it. Clocks follow.
    pub fn put(&mut self, row: LeadRow) {
        let known = self.row(row.id);
        let was = |column: &Moments| known.map_or(Moment::NEVER, |at| column.get(at));
        let [created, mql] = [&self.created, &self.mql].map(was);
        let at = self.place(row) as u32;
        self.by_created.moved(at, created, &self.created);
        self.by_mql.moved(at, mql, &self.mql);
    }

    /// The same without the clocks, for many rows before one [`super::Facts::index`]; gives the row's number.
    pub(crate) fn place(&mut self, row: LeadRow) -> usize {
        let Some(at) = self.row(row.id) else {
            self.push(row);
            return self.len() - 1;
        };
        self.created.set(at, row.created);
        self.mql.set(at, row.mql);
        (self.source[at], self.campaign[at], self.segment[at]) =
            (row.source, row.campaign, row.segment);
        (self.owner[at], self.account[at]) = (row.owner, row.account);
        self.contactable.set(at, row.contactable);
        self.excluded[at] = row.excluded.map_or(0, |e| e as u8 + 1);
        at
    }

    /// The row number of an id.
    pub fn row(&self, id: i64) -> Option<usize> {
        self.id.row(id)
    }

    /// The row number of an optional id as it stands in a column: [`NONE`] for none.
    pub fn row_or_none(&self, id: Option<i64>) -> u32 {
        id.and_then(|id| self.row(id))
            .map_or(NONE, |row| row as u32)
    }

    /// Rows.
    pub fn len(&self) -> usize {
        self.id.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.id.is_empty()
    }

    pub(crate) fn index(&mut self) {
        self.by_created = Clock::new(&self.created);
        self.by_mql = Clock::new(&self.mql);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lead(id: i64, created: i64) -> LeadRow {
        LeadRow {
            id,
            created: Moment(created),
            mql: Moment::NEVER,
            source: NONE,
            campaign: NONE,
            segment: NONE,
            owner: NONE,
            account: 0,
            contactable: true,
            excluded: None,
        }
    }

    #[test]
    fn put_replaces_by_id_and_keeps_the_clock() {
        let mut leads = Leads::default();
        leads.push(lead(3, 30));
        leads.push(lead(5, 50));
        leads.index();
        leads.put(LeadRow {
            excluded: Some(Exclusion::Duplicate),
            ..lead(3, 70)
        });
        leads.put(lead(9, 10));
        assert_eq!(
            (leads.len(), leads.row(9), leads.row(4)),
            (3, Some(2), None)
        );
        assert_eq!(leads.by_created.rows(), [2, 1, 0]);
        assert_eq!(leads.excluded, [3, 0, 0]);
    }
}
