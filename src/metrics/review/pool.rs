//! The rejections of one scope with what each took, gathered once so that every axis answers at a key. Groups nothing.

use std::sync::{Arc, OnceLock};

use super::axis::Axis;
use super::sums::{Proof, Share, Sums};
use super::weeks::Weeks;
use crate::domain::book::Book;
use crate::domain::moment::Moment;
use crate::domain::money::Currency;
use crate::domain::period::{Period, Span};
use crate::domain::verdict::Evidence;
use crate::facts::Facts;
use crate::facts::column::{Code, NONE};
use crate::metrics::context::{Context, HandoffClock};
use crate::metrics::define::DECIDED;
use crate::metrics::marks::Effort;
use crate::metrics::marks::handoffs::{Test, flag};
use crate::metrics::scope::Scope;
use crate::metrics::select::Toll;

/// Codes of one axis for rows, filled when they are first asked for.
type Codes = [OnceLock<Vec<Code>>; Axis::COUNT];

/// The handoffs that were accepted or rejected: what rejections are a share of.
#[derive(Debug)]
pub(super) struct Decided {
    pub rows: Vec<u32>,
    codes: Codes,
    counts: [OnceLock<Vec<u64>>; Axis::COUNT],
}

/// The rejections of a scope. Owns what it needs, so that a screen can keep it; ask it with the facts it was made from.
#[derive(Clone, Debug)]
pub struct Review {
    /// Row numbers of the rejected handoffs, in the order of their verdicts.
    pub rows: Vec<u32>,
    /// The workspace's currency.
    pub currency: Currency,
    /// Whether the history knows any attempt; without one, hours say nothing.
    pub hours_known: bool,
    /// Below this n a rate is marked.
    pub small_n: u64,
    pub(super) hourly: i64,
    pub(super) shares: Vec<Share>,
    pub(super) decided: Arc<Decided>,
    pub(super) weeks: Arc<Weeks>,
    codes: Codes,
}

impl Review {
    /// Gathers the rejections of the scope's period, filter and population. Reads every verdict of the period once.
    pub fn new(facts: &Facts, book: &Book, scope: &Scope) -> Review {
        let ctx = Context::new(facts, book, scope, &scope.period);
        let marks = &ctx.marks().handoffs;
        let decided = ctx.of_population(DECIDED);
        let rejected = ctx.of_population(Test::all(flag::REJECTED));
        let verdicts = &facts.handoffs.by_verdict;
        let places = verdicts.places(&facts.handoffs.verdict_at, &ctx.past);
        let mut all = Vec::with_capacity(places.len());
        let (mut rows, mut shares) = (Vec::new(), Vec::new());
        ctx.each_handoff(HandoffClock::Verdict, |row| {
            let flags = marks.flags(row);
            if !decided.passes(flags) {
                return;
            }
            all.push(row);
            if rejected.passes(flags) {
                rows.push(row);
                shares.push(share(&ctx, row, flags));
            }
        });
        let at = |row: &u32| facts.handoffs.verdict_at.get(*row as usize);
        let weeks = all.first().zip(all.last());
        let weeks = weeks.map_or_else(Weeks::default, |(a, b)| Weeks::new(book, at(a), at(b)));
        Review {
            rows,
            currency: facts.rates.home(),
            hours_known: ctx.marks().effort == Effort::Recorded,
            small_n: book.settings.small_n as u64,
            hourly: book.settings.hourly_rate,
            shares,
            decided: Arc::new(Decided {
                rows: all,
                codes: Codes::default(),
                counts: Default::default(),
            }),
            weeks: Arc::new(weeks),
            codes: Codes::default(),
        }
    }

    /// The same, narrowed to some of the rejections: by proof, by a flag, by anything that a row shows. What they are a share of
    /// stays.
    #[must_use]
    pub fn only(&self, keep: impl Fn(u32, Proof) -> bool) -> Review {
        let mut narrow = Review {
            rows: Vec::new(),
            shares: Vec::new(),
            codes: Codes::default(),
            decided: self.decided.clone(),
            weeks: self.weeks.clone(),
            ..*self
        };
        for (row, share) in self.rows.iter().zip(&self.shares) {
            if keep(*row, share.proof) {
                narrow.rows.push(*row);
                narrow.shares.push(*share);
            }
        }
        narrow
    }

    /// All of them together.
    pub fn total(&self) -> Sums {
        let mut sums = Sums::ZERO;
        let add = |share| sums.add(share, self.hourly);
        self.shares.iter().for_each(add);
        sums
    }

    /// Accepted and rejected handoffs of the scope.
    pub fn decided(&self) -> u64 {
        self.decided.rows.len() as u64
    }

    /// The proof of each rejection, as long as `rows`.
    pub fn proofs(&self) -> impl Iterator<Item = (u32, Proof)> + '_ {
        let proofs = self.shares.iter().map(|share| share.proof);
        self.rows.iter().copied().zip(proofs)
    }

    /// The name of a value of an axis; foreign text, not cleaned.
    pub fn name<'s>(&'s self, facts: &'s Facts, axis: Axis, code: Code) -> &'s str {
        match axis {
            Axis::Week => self.weeks.label(code),
            _ => axis.name(facts, code),
        }
    }

    /// Values of an axis; the place behind the last stands for "unknown".
    pub(super) fn values(&self, facts: &Facts, axis: Axis) -> usize {
        match axis {
            Axis::Week => self.weeks.len(),
            _ => axis.known(facts),
        }
    }

    /// The codes of the rejections on an axis.
    pub(super) fn codes(&self, facts: &Facts, axis: Axis) -> &[Code] {
        self.codes[axis as usize].get_or_init(|| self.code(facts, axis, &self.rows))
    }

    /// The codes of the decided handoffs on an axis.
    pub(super) fn decided_codes(&self, facts: &Facts, axis: Axis) -> &[Code] {
        let codes = &self.decided.codes[axis as usize];
        codes.get_or_init(|| self.code(facts, axis, &self.decided.rows))
    }

    fn code(&self, facts: &Facts, axis: Axis, rows: &[u32]) -> Vec<Code> {
        match axis {
            Axis::Week => self.weeks.codes(&facts.handoffs.verdict_at, rows),
            _ => axis.codes(facts, rows),
        }
    }

    /// Decided handoffs by value of an axis, "unknown" last; `None` where accepted ones have no place on it.
    pub(super) fn decided_by(&self, facts: &Facts, axis: Axis) -> Option<&[u64]> {
        let count = || {
            let last = self.values(facts, axis);
            let mut counts = vec![0; last + 1];
            let mut add = |code: Code| counts[(code as usize).min(last)] += 1;
            let (rows, handoffs) = (&self.decided.rows, &facts.handoffs);
            let lead = |row: &u32| handoffs.lead[*row as usize] as usize;
            let leads = &facts.leads;
            match axis {
                Axis::Source => rows.iter().for_each(|row| add(leads.source[lead(row)])),
                Axis::Campaign => rows.iter().for_each(|row| add(leads.campaign[lead(row)])),
                Axis::Segment => rows.iter().for_each(|row| add(leads.segment[lead(row)])),
                Axis::Rep => rows.iter().for_each(|row| add(handoffs.rep[*row as usize])),
                Axis::Week | Axis::Reason | Axis::Class => {
                    self.code(facts, axis, rows).into_iter().for_each(add);
                }
            }
            counts
        };
        let counts = &self.decided.counts[axis as usize];
        axis.is_of_decided()
            .then(|| counts.get_or_init(count).as_slice())
    }
}

fn share(ctx: &Context, row: u32, flags: u32) -> Share {
    let at = row as usize;
    let minutes = |toll: Toll| toll.of(ctx, at).unwrap_or(0);
    let proof = if flags & flag::UNVERIFIED != 0 {
        Proof::Unverified
    } else {
        match ctx.facts.handoffs.evidence(at) {
            Evidence::Spoke | Evidence::Attempts => Proof::Verified,
            // Not unverified without evidence: the reason itself can be checked.
            Evidence::Objective | Evidence::None => Proof::Objective,
        }
    };
    // A lead's cost is lost once, at its first rejection.
    let cost = if flags & flag::AGAIN != 0 {
        Some(0)
    } else {
        Toll::LeadCost.of(ctx, at)
    };
    Share::new(
        proof,
        cost,
        minutes(Toll::Minutes),
        minutes(Toll::MinutesLogged),
    )
}

/// The scope of everything from a moment on, such as the last meeting, up to its as-of moment.
#[must_use]
pub fn since(book: &Book, scope: &Scope, from: Moment) -> Scope {
    let (first, end) = (
        book.calendar.day_of(from),
        book.calendar.day_of(scope.as_of).plus(1),
    );
    let whole = Period::custom(first, end.max(first.plus(1)), &book.calendar);
    scope.with_period(Period {
        span: Span::Custom,
        start_at: from,
        ..whole
    })
}

/// The code that stands for a place: the place behind the last is "unknown".
pub(super) fn code_at(place: usize, last: usize) -> Code {
    if place == last { NONE } else { place as Code }
}
