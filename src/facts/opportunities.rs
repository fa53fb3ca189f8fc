//! One row per deal, with what was frozen when it qualified and how it ended.

use super::clock::Clock;
use super::column::{Code, Days, Moments};
use super::ids::Ids;
use crate::domain::moment::{Day, Moment};
use crate::domain::verdict::{DealEvidence, DealOutcome};

/// A deal as the store reads it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OpportunityRow {
    /// Row id, above every id pushed before.
    pub id: i64,
    /// Row number of the lead it came from first, or `NONE`.
    pub lead: u32,
    /// Row number of that lead's handoff it came from, or `NONE`.
    pub handoff: u32,
    /// Row id of its company, 0 for none.
    pub account: u32,
    /// Source code, copied at qualification.
    pub source: Code,
    /// Campaign code.
    pub campaign: Code,
    /// Segment code.
    pub segment: Code,
    /// Code of sales' owner.
    pub rep: Code,
    /// When it was made.
    pub created: Moment,
    /// Stage code.
    pub stage: Code,
    /// Since when it stands there, or never.
    pub stage_since: Moment,
    /// Last activity, or never.
    pub last_activity: Moment,
    /// Value now, minor units; `None`: unknown.
    pub amount: Option<i64>,
    /// Currency code of `amount`.
    pub currency: u8,
    /// Estimated close date, or never.
    pub close_on: Day,
    /// The logged or asserted conversation, or never.
    pub conversation: Moment,
    /// Whether the criteria in force were confirmed.
    pub confirmed: bool,
    /// What the qualification rests on.
    pub evidence: DealEvidence,
    /// When it qualified, or never.
    pub qualified: Moment,
    /// Value frozen then, minor units.
    pub qualified_amount: i64,
    /// Currency code of the frozen value.
    pub qualified_currency: u8,
    /// How it ended.
    pub outcome: Option<DealOutcome>,
    /// When it ended, or never.
    pub closed: Moment,
    /// Reason code of a lost deal.
    pub lost_reason: Code,
    /// Variable cost of delivery, minor units; `None`: unknown.
    pub delivery_cost: Option<i64>,
    /// When it was reversed, or never.
    pub reversed: Moment,
}

/// A change of a deal's value, date or stage: rewinds it to an earlier moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DealEvent {
    /// Row number of the deal.
    pub deal: u32,
    /// When.
    pub at: Moment,
    /// What changed.
    pub change: DealChange,
}

/// What changed on a deal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DealChange {
    /// Its value: minor units before and after.
    Amount(i64, i64),
    /// Its value once its end was known: an adjusting entry of its own day (C8), before and after.
    Corrected(i64, i64),
    /// Its estimated close date: before and after.
    CloseOn(Day, Day),
    /// Its stage: codes before and after, `NONE` for none.
    Stage(Code, Code),
    /// It qualified: what happened later within the same second stands behind it.
    Qualified,
}

/// A lead behind a deal. Several leads may stand behind one deal: each of them qualified, the deal counts once (C10).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DealLead {
    /// Row number of the deal.
    pub deal: u32,
    /// Row number of the lead.
    pub lead: u32,
}

/// The columns.
#[derive(Clone, Debug, Default)]
pub struct Opportunities {
    /// Row ids, ascending.
    pub id: Ids,
    /// The rows; deals are few beside leads, so they stay whole.
    pub rows: Vec<OpportunityRow>,
    /// When each qualified.
    pub qualified: Moments,
    /// When each ended.
    pub closed: Moments,
    /// When each was made.
    pub created: Moments,
    /// When each was reversed.
    pub reversed: Moments,
    /// Estimated close dates.
    pub close_on: Days,
    /// Changes of value, close date and stage, oldest first.
    pub events: Vec<DealEvent>,
    /// Every lead behind every deal, the first one included.
    pub links: Vec<DealLead>,
    /// Rows by qualification.
    pub by_qualified: Clock,
    /// Rows by end.
    pub by_closed: Clock,
    /// Rows by creation.
    pub by_created: Clock,
    /// Rows by reversal.
    pub by_reversed: Clock,
}

impl Opportunities {
    /// Appends a row.
    pub fn push(&mut self, row: OpportunityRow) {
        self.id.push(row.id);
        self.qualified.push(row.qualified);
        self.closed.push(row.closed);
        self.created.push(row.created);
        self.reversed.push(row.reversed);
        self.close_on.push(row.close_on);
        self.rows.push(row);
    }

    /// Takes all rows at once, in the order of their ids, without room for more.
    pub(crate) fn fill(&mut self, rows: Vec<OpportunityRow>) {
        let moments = |of: fn(&OpportunityRow) -> Moment| rows.iter().map(of).collect();
        self.id = rows.iter().map(|row| row.id).collect();
        self.qualified = moments(|row| row.qualified);
        self.closed = moments(|row| row.closed);
        self.created = moments(|row| row.created);
        self.reversed = moments(|row| row.reversed);
        self.close_on = Days(Vec::with_capacity(rows.len()));
        for row in &rows {
            self.close_on.push(row.close_on);
        }
        self.rows = rows;
    }

    /// Replaces the row of the same id, or appends it. Clocks follow.
    pub fn put(&mut self, row: OpportunityRow) {
        let known = self.row(row.id);
        let was = |column: &Moments| known.map_or(Moment::NEVER, |at| column.get(at));
        let [qualified, closed, created, reversed] =
            [&self.qualified, &self.closed, &self.created, &self.reversed].map(was);
        let at = self.place(row) as u32;
        self.by_qualified.moved(at, qualified, &self.qualified);
        self.by_closed.moved(at, closed, &self.closed);
        self.by_created.moved(at, created, &self.created);
        self.by_reversed.moved(at, reversed, &self.reversed);
    }

    /// The same without the clocks, for many rows before one [`super::Facts::index`]; gives the row's number.
    pub(crate) fn place(&mut self, row: OpportunityRow) -> usize {
        let Some(at) = self.row(row.id) else {
            self.push(row);
            return self.len() - 1;
        };
        self.qualified.set(at, row.qualified);
        self.closed.set(at, row.closed);
        self.created.set(at, row.created);
        self.reversed.set(at, row.reversed);
        self.close_on.0[at] = row.close_on.0;
        self.rows[at] = row;
        at
    }

    /// Takes the last row away, if it has this id. Clocks follow; its events and links are the caller's.
    pub fn drop_last(&mut self, id: i64) {
        if self.id.last() != Some(id) {
            return;
        }
        let row = self.len() as u32 - 1;
        for clock in [
            &mut self.by_qualified,
            &mut self.by_closed,
            &mut self.by_created,
            &mut self.by_reversed,
        ] {
            clock.forget(row);
        }
        self.id.pop();
        self.rows.pop();
        for column in [
            &mut self.qualified,
            &mut self.closed,
            &mut self.created,
            &mut self.reversed,
        ] {
            column.pop();
        }
        self.close_on.0.pop();
    }

    /// The row number of an id.
    pub fn row(&self, id: i64) -> Option<usize> {
        self.id.row(id)
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
        self.by_qualified = Clock::new(&self.qualified);
        self.by_closed = Clock::new(&self.closed);
        self.by_created = Clock::new(&self.created);
        self.by_reversed = Clock::new(&self.reversed);
    }
}
