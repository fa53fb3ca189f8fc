//! The past that definitions are judged on: which handoffs count, which are old enough, and the last quarter kept apart. Judges no rule.

use super::agreement::Happened;
use super::bits::Bits;
use super::impact::{Impact, Turn};
use super::judge::Judged;
use super::tally::Tally;
use crate::domain::book::Book;
use crate::domain::criteria::version::Versions;
use crate::domain::moment::Moment;
use crate::domain::verdict::{Verdict, words};
use crate::facts::Facts;
use crate::facts::column::Code;
use crate::metrics::Scope;
use crate::metrics::outcomes::{Outcomes, fate};

words! {
    /// What became of a handoff, in one word.
    Outcome {
        /// Won.
        Won = "won" / "won",
        /// Qualified, and not won (yet).
        Qualified = "qualified" / "qualified",
        /// Accepted, and not qualified.
        Accepted = "accepted" / "accepted",
        /// Rejected with evidence.
        Rejected = "rejected" / "rejected",
        /// Rejected without evidence.
        Unverified = "unverified" / "rejected, unverified",
        /// Recycled, or tried without a verdict.
        Worked = "worked" / "worked, no result",
        /// Nobody worked it: unknown.
        Unworked = "unworked" / "never worked",
    }
}

/// A handoff that a change of the definition turns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Flip {
    /// Row number of the handoff.
    pub handoff: u32,
    /// Row id of the handoff.
    pub handoff_id: i64,
    /// Row id of the lead.
    pub lead_id: i64,
    /// What became of it.
    pub outcome: Outcome,
    /// Its verdict.
    pub verdict: Option<Verdict>,
    /// Revenue if it was won, else the value frozen at qualification; `None`: neither.
    pub value: Option<i64>,
}

/// The past as the ground of a backtest.
#[derive(Debug)]
pub struct Ground {
    /// What became of each handoff.
    pub outcomes: Outcomes,
    /// Handoffs of the filter and population.
    pub counts: Bits,
    /// Of those, the ones old enough to be judged, but for the quarter kept apart.
    pub mature: Bits,
    /// The last quarter that is mature, kept apart; `None`: the history is too short.
    pub holdout: Option<Bits>,
    /// Weeks from the first to the last mature handoff outside the holdout; `None`: less than one.
    pub weeks: Option<f64>,
    pub(super) happened: Happened,
    pub(super) small_n: u64,
    pub(super) recorded: Recorded,
}

/// What the workspace records at all: without it, a sum of nothing is unknown and not zero (C5).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Recorded {
    /// Whether any attempt is.
    pub effort: bool,
    /// Whether it is known of any lead what it cost.
    pub cost: bool,
}

/// A definition with its sums on the mature past: what drafts are compared with.
#[derive(Debug)]
pub struct Baseline {
    /// Its bitmaps.
    pub judged: Judged,
    /// What it passed.
    pub passed: Tally,
    /// What it passed of the holdout.
    pub passed_holdout: Tally,
    /// Everything there was.
    pub all: Tally,
    /// Everything there was in the holdout.
    pub all_holdout: Tally,
}

/// The segments, by code, whose leads have a definition of their own in force at a moment.
pub fn apart(facts: &Facts, versions: &Versions, at: Moment) -> Vec<Code> {
    let names = &facts.names.segments;
    let own = versions.0.iter().filter_map(|version| {
        let name = version.definition.segment.as_deref()?;
        let in_force = versions.in_force(Some(name), at)?;
        (in_force.id == version.id).then(|| names.find(name))?
    });
    own.collect()
}

/// The handoffs that a definition is for: those of its segment, and for all leads those of every segment but the ones apart, which
/// are judged by their own; `None`: every handoff.
pub fn concerned(facts: &Facts, segment: Option<&str>, apart: &[Code]) -> Option<Bits> {
    let rows = &facts.handoffs;
    let of = |row: usize| facts.leads.segment[rows.lead[row] as usize];
    match segment {
        Some(name) => {
            let code = facts.names.segments.find(name);
            Some(Bits::of(rows.len(), |row| code == Some(of(row))))
        }
        None if apart.is_empty() => None,
        None => Some(Bits::of(rows.len(), |row| !apart.contains(&of(row)))),
    }
}

impl Ground {
    /// The past of a scope. `within` leaves some handoffs only (a segment); `None` leaves all.
    pub fn new(facts: &Facts, book: &Book, scope: &Scope, within: Option<&Bits>) -> Ground {
        let outcomes = Outcomes::new(facts, book, scope);
        let rows = &facts.handoffs;
        let mut counts = Bits::of(rows.len(), |row| outcomes.counts[row]);
        if let Some(within) = within {
            counts = counts.and(within);
        }
        let until = outcomes.mature_until;
        let old = Bits::of(rows.len(), |row| rows.handed_off.get(row) <= until).and(&counts);
        let quarter = &outcomes.last_quarter;
        let apart = Bits::of(rows.len(), |row| quarter.holds(rows.handed_off.get(row))).and(&old);
        let before = Bits::of(rows.len(), |row| {
            rows.handed_off.get(row) < quarter.start_at
        });
        // Without anything before it, the quarter is all there is to learn from.
        let learns = before.count_both(&old) > 0 && apart.count() > 0;
        let holdout = learns.then_some(apart);
        let mature = holdout
            .as_ref()
            .map_or_else(|| old.clone(), |apart| old.but(apart));
        let moments = || mature.ones().map(|row| rows.handed_off.get(row as usize).0);
        let seconds = moments()
            .max()
            .zip(moments().min())
            .map(|(last, first)| last - first);
        let weeks = seconds.map(|s| s as f64 / (7.0 * 86_400.0));
        Ground {
            happened: Happened::new(&outcomes.fates, &counts, &old),
            counts,
            mature,
            holdout,
            weeks: weeks.filter(|weeks| *weeks >= 1.0),
            small_n: book.settings.small_n.unsigned_abs(),
            recorded: Recorded {
                effort: outcomes.minutes.iter().any(|minutes| *minutes > 0)
                    || rows.attempts.iter().any(|attempts| attempts > 0),
                cost: outcomes.costs.iter().any(Option::is_some),
            },
            outcomes,
        }
    }

    /// The sums of the mature handoffs of a set.
    pub fn tally(&self, set: &Bits) -> Tally {
        let (set, mature) = (set.words(), self.mature.words());
        Tally::of(self, |at| set[at] & mature[at])
    }

    /// The sums of the holdout's handoffs of a set; nothing where there is no holdout.
    pub fn tally_holdout(&self, set: &Bits) -> Tally {
        let Some(holdout) = &self.holdout else {
            return Tally::default();
        };
        let (set, holdout) = (set.words(), holdout.words());
        Tally::of(self, |at| set[at] & holdout[at])
    }

    /// A definition with its sums; made once per version in force.
    pub fn baseline(&self, judged: Judged) -> Baseline {
        Baseline {
            passed: self.tally(&judged.passed),
            passed_holdout: self.tally_holdout(&judged.passed),
            all: self.tally(&self.counts),
            all_holdout: self.tally_holdout(&self.counts),
            judged,
        }
    }

    /// What a draft would have changed.
    pub fn impact(&self, before: &Baseline, draft: &Judged) -> Impact {
        Impact::new(self, before, draft)
    }

    /// The mature handoffs that a draft turns, holdout included, ascending.
    pub fn flips(&self, before: &Judged, draft: &Judged, turn: Turn) -> Vec<u32> {
        let (from, to) = match turn {
            Turn::Out => (&before.passed, &draft.passed),
            Turn::In => (&draft.passed, &before.passed),
        };
        let mut turned = from.but(to);
        let old = self
            .holdout
            .as_ref()
            .map_or_else(|| self.mature.clone(), |h| self.mature.or(h));
        turned = turned.and(&old);
        turned.ones().collect()
    }

    /// What can be said of a handoff in a list.
    pub fn flip(&self, facts: &Facts, handoff: u32) -> Flip {
        let row = handoff as usize;
        let worths = self.outcomes.worth(handoff);
        let revenue = worths
            .iter()
            .filter_map(|w| w.revenue)
            .reduce(i64::saturating_add);
        let frozen = worths
            .iter()
            .filter_map(|w| w.frozen)
            .reduce(i64::saturating_add);
        Flip {
            handoff,
            handoff_id: facts.handoffs.id.at(row),
            lead_id: facts.leads.id.at(facts.handoffs.lead[row] as usize),
            outcome: self.outcome_of(handoff),
            verdict: facts.handoffs.verdict(row),
            value: revenue.or(frozen),
        }
    }

    /// What became of a handoff, in one word.
    pub fn outcome_of(&self, handoff: u32) -> Outcome {
        let own = self.outcomes.fates[handoff as usize];
        let is = |bit: u8| own & bit != 0;
        match () {
            () if is(fate::WON) => Outcome::Won,
            () if is(fate::QUALIFIED) => Outcome::Qualified,
            () if is(fate::ACCEPTED) => Outcome::Accepted,
            () if is(fate::VERIFIED) => Outcome::Rejected,
            () if is(fate::REJECTED) => Outcome::Unverified,
            () if is(fate::WORKED) => Outcome::Worked,
            () => Outcome::Unworked,
        }
    }
}
