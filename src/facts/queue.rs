//! The rep's queue: which handoffs, in which order, computed from the columns alone. Reads no row of the file and no clock.

mod filter;
mod met;

use fixedbitset::FixedBitSet;
use rustc_hash::FxHashSet;

pub use filter::{BadFilter, Mark, QueueFilter, State};
pub use met::Met;

use super::Facts;
use super::column::{Code, NONE};
use super::slas::Slas;
use crate::domain::book::Book;
use crate::domain::criteria::Truth;
use crate::domain::deadlines::Deadlines;
use crate::domain::moment::{Day, Moment};
use crate::domain::verdict::Verdict;

/// Where the clock of a handoff stands. It runs in business hours from the assignment to the first attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sla {
    /// Nobody has it yet, so nobody is late; it would be due then if somebody had had it from the start.
    Unassigned(Moment),
    /// Somebody has it, but the export did not say since when; it would be due then if that had been from the start.
    Unclocked(Moment),
    /// To be tried by then.
    Due(Moment),
    /// It should have been tried by then.
    Breached(Moment),
    /// Tried in time.
    Kept,
    /// Tried, but too late.
    Late,
}

/// Who looks, and when: what filters such as `mine` and `breached` are relative to.
#[derive(Clone, Copy, Debug)]
pub struct Viewer {
    /// Code of the person; [`NONE`]: nobody said who they are.
    pub me: Code,
    /// Nothing later is shown: a lead that comes back tomorrow is not in today's queue.
    pub now: Moment,
}

/// What the queue is computed from; made once for a history and a moment.
#[derive(Clone, Debug)]
pub struct Queue<'f> {
    facts: &'f Facts,
    viewer: Viewer,
    deadlines: Deadlines,
    slas: Slas,
    met: Option<&'f Met>,
}

/// Days ahead for which deadlines are known: the longest SLA is 100,000 business minutes.
const AHEAD: i32 = 500;

impl<'f> Queue<'f> {
    /// For a history, its calendar and agreed numbers. O(days).
    pub fn new(facts: &'f Facts, book: &Book, viewer: Viewer) -> Queue<'f> {
        let rows = &facts.handoffs;
        let earliest = rows
            .by_handed_off
            .rows()
            .first()
            .into_iter()
            .chain(rows.by_assigned.rows().first())
            .map(|row| {
                let row = *row as usize;
                let assigned = rows.assigned.get(row).get();
                assigned.map_or(rows.handed_off.get(row), |at| {
                    at.min(rows.handed_off.get(row))
                })
            })
            .min();
        let today = book.calendar.day_of(viewer.now);
        let first = earliest.map_or(today, |at| book.calendar.day_of(at));
        let slas = Slas::new(book, &facts.names);
        let last = Day(today.0.saturating_add(AHEAD));
        Queue {
            facts,
            viewer,
            deadlines: Deadlines::new(&book.calendar, 0, first, last),
            slas,
            met: None,
        }
    }

    /// Among leads that are due at the same moment, those that meet the criteria come first, then those nobody can tell of.
    #[must_use]
    pub fn judged(self, met: Option<&'f Met>) -> Queue<'f> {
        Queue { met, ..self }
    }

    /// 0: met, 1: unknown, 2: not met.
    fn rank(&self, row: usize) -> u8 {
        let said = self.met.map(|met| met.of(self.facts.handoffs.id.at(row)));
        said.map_or(0, |said| Truth::Yes as u8 - said as u8)
    }

    /// The rows of `facts.handoffs` that pass the filter, as the rep works them: open ones that nobody tried by when they are
    /// due, then those that were tried by hand-over; of equals those that meet the criteria first; decided ones by verdict,
    /// newest first. `hits`, if given, are the leads that a search has found.
    pub fn rows(&mut self, filter: &QueueFilter, hits: Option<&FixedBitSet>) -> Vec<u32> {
        let facts = self.facts;
        let returned = Returned::new(facts, filter);
        let rows = &facts.handoffs;
        let (mut due, mut tried, mut decided) = (Vec::new(), Vec::new(), Vec::new());
        for row in rows.by_handed_off.rows() {
            let at = *row as usize;
            if rows.handed_off.get(at) > self.viewer.now {
                break;
            }
            let lead = rows.lead[at];
            if lead == NONE || hits.is_some_and(|hits| !hits.contains(lead as usize)) {
                continue;
            }
            let verdict = self.verdict(at);
            if !filter.state.takes(verdict) || !filter.takes(facts, at, lead) {
                continue;
            }
            if !self.marked(filter, at, &returned) {
                continue;
            }
            if verdict.is_some() {
                decided.push((std::cmp::Reverse(rows.verdict_at.get(at)), *row));
            } else if self.tried(at) {
                tried.push((rows.handed_off.get(at), self.rank(at), *row));
            } else {
                due.push((self.due(at), self.rank(at), *row));
            }
        }
        // Nearly sorted already; the stable sort takes such runs as they are.
        due.sort();
        tried.sort();
        decided.sort();
        let open = due.into_iter().chain(tried);
        let mut all: Vec<u32> = open.map(|(_, _, row)| row).collect();
        all.extend(decided.into_iter().map(|(_, row)| row));
        all
    }

    /// The clock of one handoff.
    pub fn sla(&mut self, row: usize) -> Sla {
        let due = self.due(row);
        let rows = &self.facts.handoffs;
        let first = rows.first_attempt.get(row);
        if first != Moment::NEVER && first <= self.viewer.now {
            return if first <= due { Sla::Kept } else { Sla::Late };
        }
        if rows.assigned.get(row) == Moment::NEVER {
            if rows.rep[row] == NONE {
                Sla::Unassigned(due)
            } else {
                Sla::Unclocked(due)
            }
        } else if due <= self.viewer.now {
            Sla::Breached(due)
        } else {
            Sla::Due(due)
        }
    }

    /// How many of these rows are open and breach their SLA, whether the first attempt came late or has not come: what the filter of
    /// that name shows.
    pub fn breached(&mut self, rows: &[u32]) -> usize {
        rows.iter()
            .filter(|row| {
                let row = **row as usize;
                self.verdict(row).is_none() && self.is_breached(row)
            })
            .count()
    }

    fn is_breached(&mut self, row: usize) -> bool {
        matches!(self.sla(row), Sla::Breached(_) | Sla::Late)
    }

    fn verdict(&self, row: usize) -> Option<Verdict> {
        let rows = &self.facts.handoffs;
        rows.verdict(row)
            .filter(|_| rows.verdict_at.get(row) <= self.viewer.now)
    }

    fn tried(&self, row: usize) -> bool {
        let first = self.facts.handoffs.first_attempt.get(row);
        first != Moment::NEVER && first <= self.viewer.now
    }

    fn due(&mut self, row: usize) -> Moment {
        let rows = &self.facts.handoffs;
        let from = rows
            .assigned
            .get(row)
            .get()
            .unwrap_or(rows.handed_off.get(row));
        // Beyond the known days only an SLA without business hours can lie: last of all then.
        let minutes = self.slas.of(self.facts, row);
        let due = self.deadlines.within(minutes).due(from);
        due.unwrap_or(Moment(i64::MAX))
    }

    fn marked(&mut self, filter: &QueueFilter, row: usize, returned: &Returned) -> bool {
        let rows = &self.facts.handoffs;
        filter.marks.iter().all(|mark| match mark {
            Mark::Mine => rows.rep[row] == self.viewer.me && self.viewer.me != NONE,
            Mark::Unassigned => rows.rep[row] == NONE,
            Mark::Untouched => !self.tried(row),
            Mark::Breached => self.is_breached(row),
            Mark::Returned => returned.has(self.facts, row),
        })
    }
}

/// Handoffs that came back after a recycling: (lead, number) of the recycled ones before them.
struct Returned(FxHashSet<(u32, u16)>);

impl Returned {
    fn new(facts: &Facts, filter: &QueueFilter) -> Returned {
        if !filter.marks.contains(&Mark::Returned) {
            return Returned(FxHashSet::default());
        }
        let rows = &facts.handoffs;
        let recycled = (0..rows.len()).filter(|row| rows.verdict(*row) == Some(Verdict::Recycled));
        Returned(
            recycled
                .map(|row| (rows.lead[row], rows.number[row]))
                .collect(),
        )
    }

    fn has(&self, facts: &Facts, row: usize) -> bool {
        let rows = &facts.handoffs;
        let before = rows.number[row].saturating_sub(1);
        self.0.contains(&(rows.lead[row], before))
    }
}

#[cfg(test)]
mod tests;
