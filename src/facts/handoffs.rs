//! One row per hand-over of a lead to sales, with its attempts and its verdict.

use super::clock::Clock;
use super::column::{Code, Moments};
use super::ids::Ids;
use super::short::Short;
use crate::domain::moment::Moment;
use crate::domain::verdict::{Evidence, Verdict};

/// A handoff as the store reads it, its attempts already added up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HandoffRow {
    /// Row id, above every id pushed before.
    pub id: i64,
    /// Row number of its lead in [`super::leads::Leads`].
    pub lead: u32,
    /// 1 for the first hand-over of the lead.
    pub number: u16,
    /// When it was handed over.
    pub handed_off: Moment,
    /// When a rep got it, or never.
    pub assigned: Moment,
    /// Code of the rep.
    pub rep: Code,
    /// First attempt, or never.
    pub first_attempt: Moment,
    /// First conversation, or never.
    pub first_connected: Moment,
    /// First meeting that took place, or never.
    pub first_meeting: Moment,
    /// Attempts up to the verdict, all of them where there is none; several channels within the agreed minutes are one.
    pub attempts: u16,
    /// Minutes logged on those attempts.
    pub minutes_logged: u32,
    /// Minutes of those attempts without logged time, by the channels' defaults.
    pub minutes_assumed: u32,
    /// The verdict, if there is one.
    pub verdict: Option<Verdict>,
    /// When it was given, or never.
    pub verdict_at: Moment,
    /// Reason code of a rejection.
    pub reason: Code,
    /// What the verdict rests on.
    pub evidence: Evidence,
}

/// What the version of the criteria that a handoff was stamped with says of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Stamped {
    /// It bears no stamp.
    #[default]
    Nothing,
    /// Met.
    Met,
    /// Not met.
    Failed,
    /// A field that decides is unknown.
    CannotTell,
}

/// What a stamped version says of a handoff.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct StampSays {
    /// By all its rules.
    pub whole: Stamped,
    /// By the fit rules that every lead has to pass; `Nothing` too where the version has none.
    pub fit: Stamped,
}

/// What the stamps of all handoffs say. Numbers of the definition ask it; one who freezes or compares them has to have it judged first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Says {
    /// Nobody has judged the handoffs by their stamps yet.
    #[default]
    NotJudged,
    /// The answer of each row, in their order; rows beyond the last bear no stamp.
    Judged(Vec<StampSays>),
}

/// The columns.
#[derive(Clone, Debug, Default)]
pub struct Handoffs {
    /// Row ids, ascending.
    pub id: Ids,
    /// Row numbers of the leads.
    pub lead: Vec<u32>,
    /// 1 for a lead's first hand-over.
    pub number: Vec<u16>,
    /// When each was handed over.
    pub handed_off: Moments,
    /// When a rep got each.
    pub assigned: Moments,
    /// Rep codes.
    pub rep: Vec<Code>,
    /// First attempts.
    pub first_attempt: Moments,
    /// First conversations.
    pub first_connected: Moments,
    /// First meetings that took place.
    pub first_meeting: Moments,
    /// Attempts made.
    pub attempts: Short<u16>,
    /// Minutes logged.
    pub minutes_logged: Short<u32>,
    /// Minutes assumed.
    pub minutes_assumed: Short<u32>,
    /// 0: none; 1, 2, 3: accepted, rejected, recycled.
    pub verdict: Vec<u8>,
    /// When each verdict was given.
    pub verdict_at: Moments,
    /// Reason codes.
    pub reason: Vec<Code>,
    /// What each verdict rests on, as the index in [`Evidence::ALL`].
    pub evidence: Vec<u8>,
    /// What each row's stamp says, put there by who judges; not kept up with rows.
    pub stamps: Says,
    /// Rows by hand-over.
    pub by_handed_off: Clock,
    /// Rows by verdict.
    pub by_verdict: Clock,
    /// Rows by first conversation.
    pub by_connected: Clock,
    /// Rows by first meeting.
    pub by_meeting: Clock,
    /// Rows by assignment.
    pub by_assigned: Clock,
}

impl Handoffs {
    /// Appends a row.
    pub fn push(&mut self, row: HandoffRow) {
        self.id.push(row.id);
        self.lead.push(row.lead);
        self.number.push(row.number);
        self.handed_off.push(row.handed_off);
        self.assigned.push(row.assigned);
        self.rep.push(row.rep);
        self.first_attempt.push(row.first_attempt);
        self.first_connected.push(row.first_connected);
        self.first_meeting.push(row.first_meeting);
        self.attempts.push(row.attempts);
        self.minutes_logged.push(row.minutes_logged);
        self.minutes_assumed.push(row.minutes_assumed);
        self.verdict.push(row.verdict.map_or(0, |v| v as u8 + 1));
        self.verdict_at.push(row.verdict_at);
        self.reason.push(row.reason);
        self.evidence.push(row.evidence as u8);
    }

    /// Replaces the row of the same id, or appends it. Clocks follow.
    pub fn put(&mut self, row: HandoffRow) {
        let known = self.row(row.id);
        let was = |column: &Moments| known.map_or(Moment::NEVER, |at| column.get(at));
        let [handed_off, verdict, connected, meeting, assigned] = [
            &self.handed_off,
            &self.verdict_at,
            &self.first_connected,
            &self.first_meeting,
            &self.assigned,
        ]
        .map(was);
        let at = self.place(row) as u32;
        self.by_handed_off.moved(at, handed_off, &self.handed_off);
        self.by_verdict.moved(at, verdict, &self.verdict_at);
        self.by_connected
            .moved(at, connected, &self.first_connected);
        self.by_meeting.moved(at, meeting, &self.first_meeting);
        self.by_assigned.moved(at, assigned, &self.assigned);
    }

    /// The same without the clocks, for many rows before one [`super::Facts::index`]; gives the row's number.
    pub(crate) fn place(&mut self, row: HandoffRow) -> usize {
        if let Some(at) = self.row(row.id) {
            self.replace(at, row);
            return at;
        }
        self.push(row);
        self.len() - 1
    }

    fn replace(&mut self, at: usize, row: HandoffRow) {
        (self.lead[at], self.number[at], self.rep[at]) = (row.lead, row.number, row.rep);
        self.handed_off.set(at, row.handed_off);
        self.assigned.set(at, row.assigned);
        self.first_attempt.set(at, row.first_attempt);
        self.first_connected.set(at, row.first_connected);
        self.first_meeting.set(at, row.first_meeting);
        self.attempts.set(at, row.attempts);
        self.minutes_logged.set(at, row.minutes_logged);
        self.minutes_assumed.set(at, row.minutes_assumed);
        self.verdict[at] = row.verdict.map_or(0, |v| v as u8 + 1);
        self.verdict_at.set(at, row.verdict_at);
        (self.reason[at], self.evidence[at]) = (row.reason, row.evidence as u8);
    }

    /// Takes the last row away, if it has this id. Clocks follow.
    pub fn drop_last(&mut self, id: i64) {
        if self.id.last() != Some(id) {
            return;
        }
        let row = self.len() as u32 - 1;
        for clock in [
            &mut self.by_handed_off,
            &mut self.by_verdict,
            &mut self.by_connected,
            &mut self.by_meeting,
            &mut self.by_assigned,
        ] {
            clock.forget(row);
        }
        self.id.pop();
        self.lead.pop();
        self.number.pop();
        self.rep.pop();
        self.attempts.pop();
        self.minutes_logged.pop();
        self.minutes_assumed.pop();
        self.verdict.pop();
        self.reason.pop();
        self.evidence.pop();
        for column in [
            &mut self.handed_off,
            &mut self.assigned,
            &mut self.first_attempt,
            &mut self.first_connected,
            &mut self.first_meeting,
            &mut self.verdict_at,
        ] {
            column.pop();
        }
    }

    /// The verdict of a row.
    #[inline]
    pub fn verdict(&self, row: usize) -> Option<Verdict> {
        match self.verdict[row] {
            1 => Some(Verdict::Accepted),
            2 => Some(Verdict::Rejected),
            3 => Some(Verdict::Recycled),
            _ => None,
        }
    }

    /// What the verdict of a row rests on.
    #[inline]
    pub fn evidence(&self, row: usize) -> Evidence {
        Evidence::ALL
            .get(self.evidence[row] as usize)
            .copied()
            .unwrap_or(Evidence::None)
    }

    /// What the stamp of a row says.
    #[inline]
    pub fn stamp_says(&self, row: usize) -> StampSays {
        match &self.stamps {
            Says::Judged(all) => all.get(row).copied().unwrap_or_default(),
            Says::NotJudged => StampSays::default(),
        }
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
        self.by_handed_off = Clock::new(&self.handed_off);
        self.by_verdict = Clock::new(&self.verdict_at);
        self.by_connected = Clock::new(&self.first_connected);
        self.by_meeting = Clock::new(&self.first_meeting);
        self.by_assigned = Clock::new(&self.assigned);
    }
}
