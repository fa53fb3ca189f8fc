//! One word of flags per handoff, coded into a small set of kinds so that counting is a histogram. Adds nothing up.

use super::reach::Reached;
use super::ripeness::{Ripeness, Way};
use crate::domain::book::Book;
use crate::domain::deadlines::Deadlines;
use crate::domain::moment::{Day, Moment};
use crate::domain::verdict::{Evidence, Verdict};
use crate::facts::Facts;
use crate::facts::column::NONE;
use crate::facts::handoffs::Stamped;
use crate::facts::slas::Slas;

/// What can be said of a handoff at the as-of moment.
pub(crate) mod flag {
    /// Handed off by then.
    pub(crate) const EXISTS: u32 = 1;
    /// The lead's first hand-over.
    pub(crate) const FIRST: u32 = 1 << 1;
    pub(crate) const ACCEPTED: u32 = 1 << 2;
    pub(crate) const REJECTED: u32 = 1 << 3;
    pub(crate) const RECYCLED: u32 = 1 << 4;
    /// At least one attempt.
    pub(crate) const TOUCHED: u32 = 1 << 5;
    /// A conversation.
    pub(crate) const CONNECTED: u32 = 1 << 6;
    /// Assigned, and the time for the first attempt is over.
    pub(crate) const SLA_DUE: u32 = 1 << 7;
    /// First attempt within that time.
    pub(crate) const SLA_KEPT: u32 = 1 << 8;
    /// Neither attempt nor verdict for the agreed days.
    pub(crate) const IGNORED: u32 = 1 << 9;
    /// Rejected without evidence.
    pub(crate) const UNVERIFIED: u32 = 1 << 10;
    /// A deal of it qualified and was not reversed.
    pub(crate) const QUALIFIED: u32 = 1 << 11;
    /// A deal of it was won and not reversed.
    pub(crate) const WON: u32 = 1 << 12;
    /// Rejected without a conversation.
    pub(crate) const SILENT: u32 = 1 << 13;
    /// The days for a verdict are over.
    pub(crate) const FEEDBACK_DUE: u32 = 1 << 14;
    /// Verdict within those days.
    pub(crate) const FEEDBACK_KEPT: u32 = 1 << 15;
    /// Old enough to have qualified (C4).
    pub(crate) const RIPE: u32 = 1 << 16;
    /// An earlier handoff of the lead was rejected as well.
    pub(crate) const AGAIN: u32 = 1 << 17;
    /// Met the version of the criteria that it was stamped with.
    pub(crate) const MET: u32 = 1 << 18;
    /// Did not meet it.
    pub(crate) const FAILED: u32 = 1 << 19;
    /// That version cannot tell.
    pub(crate) const UNTOLD: u32 = 1 << 20;
    /// How many bits there are.
    pub(crate) const BITS: u32 = 21;
    /// Any verdict.
    pub(crate) const VERDICT: u32 = ACCEPTED | REJECTED | RECYCLED;
}

/// A condition on the flags of a handoff.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Test {
    /// All of these.
    pub all: u32,
    /// At least one of these; 0 asks for none.
    pub any: u32,
    /// None of these.
    pub none: u32,
}

impl Test {
    /// Every handoff there is.
    pub(crate) const EVERY: Test = Test {
        all: flag::EXISTS,
        any: 0,
        none: 0,
    };

    /// Those that have all these flags.
    pub(crate) const fn all(flags: u32) -> Test {
        Test {
            all: flag::EXISTS | flags,
            any: 0,
            none: 0,
        }
    }

    /// Those that have one of these flags.
    pub(crate) const fn any(flags: u32) -> Test {
        Test {
            all: flag::EXISTS,
            any: flags,
            none: 0,
        }
    }

    /// And none of these.
    pub(crate) const fn but(self, flags: u32) -> Test {
        Test {
            none: self.none | flags,
            ..self
        }
    }

    /// And all of these.
    pub(crate) const fn and(self, flags: u32) -> Test {
        Test {
            all: self.all | flags,
            ..self
        }
    }

    /// Whether these flags pass.
    #[inline]
    pub(crate) const fn passes(self, flags: u32) -> bool {
        flags & self.all == self.all
            && flags & self.none == 0
            && (self.any == 0 || flags & self.any != 0)
    }
}

/// From leads to their handoffs.
#[derive(Debug)]
pub(crate) struct LeadIndex {
    /// The first hand-over of each lead, or `NONE`.
    pub first: Vec<u32>,
    /// The later ones, by lead.
    pub more: Vec<(u32, u32)>,
}

impl LeadIndex {
    pub(crate) fn new(facts: &Facts) -> LeadIndex {
        let mut first = vec![NONE; facts.leads.len()];
        let mut more = Vec::new();
        let rows = &facts.handoffs;
        for (row, (lead, number)) in rows.lead.iter().zip(&rows.number).enumerate() {
            if *number == 1 {
                first[*lead as usize] = row as u32;
            } else {
                more.push((*lead, row as u32));
            }
        }
        more.sort_unstable();
        LeadIndex { first, more }
    }

    /// The later handoffs of a lead.
    pub(crate) fn later(&self, lead: u32) -> &[(u32, u32)] {
        let start = self.more.partition_point(|(l, _)| *l < lead);
        let count = self.more[start..].partition_point(|(l, _)| *l == lead);
        &self.more[start..start + count]
    }

    /// All handoffs of a lead.
    pub(crate) fn of(&self, lead: u32) -> impl Iterator<Item = u32> + '_ {
        let first = self.first[lead as usize];
        (first != NONE)
            .then_some(first)
            .into_iter()
            .chain(self.later(lead).iter().map(|(_, row)| *row))
    }
}

/// The flags of every handoff, and of every lead over its handoffs.
#[derive(Debug)]
pub(crate) struct HandoffMarks {
    /// The words of flags that occur; 0 stands first.
    pub kinds: Vec<u32>,
    /// Index into `kinds` by handoff.
    pub kind: Vec<u16>,
    /// Index into `kinds` by lead: its first handoff's; 0 where it has none.
    pub lead_first: Vec<u16>,
    /// Index into `kinds` by lead: what any of its handoffs reached.
    pub lead_any: Vec<u16>,
    /// From leads to handoffs.
    pub index: LeadIndex,
}

impl HandoffMarks {
    pub(crate) fn new(
        facts: &Facts,
        book: &Book,
        as_of: Moment,
        index: LeadIndex,
        reached: &Reached,
        ripeness: &Ripeness,
    ) -> HandoffMarks {
        let mut judge = Judge::new(facts, book, as_of, ripeness);
        let mut coder = Coder::new();
        let mut kind: Vec<u16> = (0..facts.handoffs.len())
            .map(|row| coder.code(judge.flags(row)))
            .collect();
        for (list, flag) in [
            (&reached.deal_qualified, flag::QUALIFIED),
            (&reached.deal_won, flag::WON),
        ] {
            for (_, row) in list {
                let word = coder.kinds[kind[*row as usize] as usize];
                kind[*row as usize] = coder.code(word | flag);
            }
        }
        mark_again(facts, &index, &mut coder, &mut kind);
        let of_first = |row: &u32| if *row == NONE { 0 } else { kind[*row as usize] };
        let lead_first: Vec<u16> = index.first.iter().map(of_first).collect();
        let mut lead_any = lead_first.clone();
        for (lead, row) in &index.more {
            let slot = &mut lead_any[*lead as usize];
            let word = coder.kinds[*slot as usize] | coder.kinds[kind[*row as usize] as usize];
            *slot = coder.code(word);
        }
        HandoffMarks {
            kinds: coder.kinds,
            kind,
            lead_first,
            lead_any,
            index,
        }
    }

    /// The flags of a handoff.
    #[inline]
    pub(crate) fn flags(&self, row: u32) -> u32 {
        self.kinds[self.kind[row as usize] as usize]
    }
}

/// A lead's cost is wasted once, at its first rejection.
fn mark_again(facts: &Facts, index: &LeadIndex, coder: &mut Coder, kind: &mut [u16]) {
    for (lead, row) in &index.more {
        let word = coder.kinds[kind[*row as usize] as usize];
        let number = facts.handoffs.number[*row as usize];
        let before = index.of(*lead).any(|other| {
            facts.handoffs.number[other as usize] < number
                && coder.kinds[kind[other as usize] as usize] & flag::REJECTED != 0
        });
        if word & flag::REJECTED != 0 && before {
            kind[*row as usize] = coder.code(word | flag::AGAIN);
        }
    }
}

/// Gives each word of flags a small number.
struct Coder {
    kinds: Vec<u32>,
    codes: Vec<u16>,
}

impl Coder {
    fn new() -> Coder {
        let mut codes = vec![u16::MAX; 1 << flag::BITS];
        codes[0] = 0;
        Coder {
            kinds: vec![0],
            codes,
        }
    }

    #[inline]
    fn code(&mut self, word: u32) -> u16 {
        let slot = &mut self.codes[word as usize];
        if *slot == u16::MAX {
            *slot = self.kinds.len() as u16;
            self.kinds.push(word);
        }
        *slot
    }
}

struct Judge<'a> {
    facts: &'a Facts,
    as_of: Moment,
    deadlines: Deadlines,
    slas: Slas,
    ignored: i64,
    feedback: i64,
    ripe: i64,
}

impl<'a> Judge<'a> {
    fn new(facts: &'a Facts, book: &Book, as_of: Moment, ripeness: &Ripeness) -> Judge<'a> {
        let rows = &facts.handoffs;
        let earliest = rows.by_assigned.rows().first();
        let first = earliest.map_or(Day(0), |row| {
            book.calendar.day_of(rows.assigned.get(*row as usize))
        });
        let last = book.calendar.day_of(as_of);
        let settings = &book.settings;
        Judge {
            facts,
            as_of,
            deadlines: Deadlines::new(&book.calendar, 0, first, last),
            slas: Slas::new(book, &facts.names),
            ignored: settings.ignored_days * 86_400,
            feedback: settings.feedback_days * 86_400,
            ripe: ripeness.needed(Way::HandoffToQualified).unwrap_or(i64::MAX),
        }
    }

    fn flags(&mut self, row: usize) -> u32 {
        let rows = &self.facts.handoffs;
        let handed_off = rows.handed_off.get(row);
        if handed_off > self.as_of || handed_off == Moment::NEVER {
            return 0;
        }
        let by_now = |at: Moment| at != Moment::NEVER && at <= self.as_of;
        let set = |flag: u32, on: bool| if on { flag } else { 0 };
        let age = self.as_of.since(handed_off);
        let attempt = rows.first_attempt.get(row);
        let touched = by_now(attempt);
        let verdict_at = rows.verdict_at.get(row);
        let verdict = rows.verdict(row).filter(|_| by_now(verdict_at));
        // The same second: an export without a date of the verdict, which says nothing about how long it took.
        let untold = verdict.is_some() && verdict_at == handed_off;
        let took = verdict.map_or(0, |_| verdict_at.since(handed_off));
        let mut flags = flag::EXISTS
            | set(flag::FIRST, rows.number[row] == 1)
            | set(flag::TOUCHED, touched)
            | set(flag::CONNECTED, by_now(rows.first_connected.get(row)))
            | set(
                flag::IGNORED,
                age > self.ignored && !touched && verdict.is_none(),
            )
            // Before the hand-over: a wrong date, which the time to the verdict leaves out as well.
            | set(
                flag::FEEDBACK_DUE,
                age >= self.feedback && !untold && (verdict.is_none() || took > 0),
            )
            | set(
                flag::FEEDBACK_KEPT,
                verdict.is_some() && (1..=self.feedback).contains(&took),
            )
            | set(flag::RIPE, age >= self.ripe)
            | match rows.stamp_says(row).whole {
                Stamped::Nothing => 0,
                Stamped::Met => flag::MET,
                Stamped::Failed => flag::FAILED,
                Stamped::CannotTell => flag::UNTOLD,
            };
        flags |= match verdict {
            Some(Verdict::Accepted) => flag::ACCEPTED,
            Some(Verdict::Rejected) => flag::REJECTED | self.rejection(row, verdict_at),
            Some(Verdict::Recycled) => flag::RECYCLED,
            None => 0,
        };
        let assigned = rows.assigned.get(row);
        if by_now(assigned)
            && let Some(due) = self
                .deadlines
                .within(self.slas.of(self.facts, row))
                .due(assigned)
                .filter(|due| *due <= self.as_of)
        {
            flags |= flag::SLA_DUE | set(flag::SLA_KEPT, touched && attempt <= due);
        }
        flags
    }

    /// Unverified: stamped with no evidence, for a reason that needs some. Silent: no conversation before it.
    fn rejection(&self, row: usize, at: Moment) -> u32 {
        let rows = &self.facts.handoffs;
        let evidence = rows.evidence(row);
        let reasons = &self.facts.names.reason_facts;
        let objective = reasons
            .get(rows.reason[row] as usize)
            .is_some_and(|reason| reason.objective);
        let connected = rows.first_connected.get(row);
        let spoke = evidence == Evidence::Spoke || (connected != Moment::NEVER && connected <= at);
        let mut flags = 0;
        if evidence == Evidence::None && !objective {
            flags |= flag::UNVERIFIED;
        }
        if !spoke {
            flags |= flag::SILENT;
        }
        flags
    }
}
