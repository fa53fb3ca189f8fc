//! The rejections of one scope over the history's columns: which they are, what each took, what they are a share of. Groups nothing.

use std::ops::Range;
use std::sync::{Arc, OnceLock};

use fixedbitset::FixedBitSet;

use super::axis::Axis;
use super::codes::Codes;
use super::gather::{Gathered, gather};
use super::rows::Rows;
use super::shares::Shares;
use super::sums::{Proof, Running, Sums};
use super::taken::{Priced, Taken};
use super::weeks::Weeks;
use crate::domain::book::Book;
use crate::domain::moment::Moment;
use crate::domain::money::Currency;
use crate::domain::period::{Period, Span};
use crate::facts::Facts;
use crate::facts::column::{Code, NONE};
use crate::metrics::context::Context;
use crate::metrics::marks::{Marks, Record};
use crate::metrics::scope::Scope;

/// The axes in the order in which they are read ahead: first those that the screen opens with.
const FIRST: [Axis; Axis::COUNT] = [
    Axis::Reason,
    Axis::Source,
    Axis::Campaign,
    Axis::Segment,
    Axis::Rep,
    Axis::Week,
    Axis::Class,
];

/// The handoffs that were accepted or rejected: what rejections are a share of.
#[derive(Debug)]
pub(super) struct Decided {
    pub rows: Rows,
    counts: [OnceLock<Vec<u64>>; Axis::COUNT],
}

/// The rejections of a scope: two bitmaps over the history's columns, and what has been asked of them in a few bytes each, so that a
/// screen can keep it and every axis answers at a key.
/// Ask it with the facts it was made from.
#[derive(Clone, Debug)]
pub struct Review {
    pub(super) rejected: Rows,
    /// What each took; read when it is first asked for.
    taken: OnceLock<Taken>,
    /// Where each stands on an axis; read when that is first asked for.
    codes: [OnceLock<Codes>; Axis::COUNT],
    /// The workspace's currency.
    pub currency: Currency,
    /// Whether the history knows any attempt; without one, hours say nothing.
    pub hours_known: bool,
    /// Whether anything was ever spent on a lead; without that, no sum of money says anything.
    pub costs_known: bool,
    /// Below this n a rate is marked.
    pub small_n: u64,
    hourly: i64,
    /// Where the prices of leads stand.
    marks: Arc<Marks>,
    pub(super) decided: Arc<Decided>,
    pub(super) weeks: Arc<Weeks>,
}

impl Review {
    /// Gathers the rejections of the scope's period, filter and population. Reads every verdict once.
    pub fn new(facts: &Facts, book: &Book, scope: &Scope) -> Review {
        let ctx = Context::new(facts, book, scope, &scope.period);
        let Gathered { decided, rejected } = gather(&ctx);
        let (clock, moments) = (&facts.handoffs.by_verdict, &facts.handoffs.verdict_at);
        let verdicts = clock.within(moments, &ctx.past);
        let known = |row: &&u32| decided.contains(**row);
        let ends = verdicts
            .iter()
            .find(known)
            .zip(verdicts.iter().rfind(known));
        let at = |row: &u32| moments.get(*row as usize);
        let weeks = ends.map_or_else(Weeks::default, |(a, b)| Weeks::new(book, at(a), at(b)));
        Review {
            rejected,
            taken: OnceLock::new(),
            codes: Default::default(),
            currency: facts.rates.home(),
            hours_known: ctx.marks().effort == Record::Recorded,
            costs_known: {
                let mut costs = scope.marks.costs.table().1.iter();
                costs.any(|cost| cost.is_some_and(|cost| cost > 0))
            },
            small_n: book.settings.small_n as u64,
            hourly: book.settings.hourly_rate,
            marks: Arc::clone(&scope.marks),
            decided: Arc::new(Decided {
                rows: decided,
                counts: Default::default(),
            }),
            weeks: Arc::new(weeks),
        }
    }

    /// The same, narrowed to those that rest on one proof. What they are a share of stays.
    #[must_use]
    pub fn proven_by(&self, facts: &Facts, proof: Proof) -> Review {
        let shares = self.shares(facts);
        self.only(|row| shares.proof(row) == proof)
    }

    /// The same, narrowed to rows that pass.
    pub(super) fn only(&self, keep: impl FnMut(u32) -> bool) -> Review {
        self.with(self.rejected.filter(keep))
    }

    /// The same, narrowed to rows that stand in a bitmap, such as a flag's. What they are a share of stays.
    #[must_use]
    pub fn among(&self, rows: &FixedBitSet) -> Review {
        self.with(self.rejected.among(rows))
    }

    fn with(&self, rejected: Rows) -> Review {
        Review {
            rejected,
            taken: OnceLock::new(),
            codes: Default::default(),
            marks: Arc::clone(&self.marks),
            decided: Arc::clone(&self.decided),
            weeks: Arc::clone(&self.weeks),
            ..*self
        }
    }

    /// Row numbers of the rejected handoffs, in the order of their verdicts.
    pub fn rows(&self, facts: &Facts) -> Vec<u32> {
        let order = facts.handoffs.by_verdict.rows().iter().copied();
        let mut rows = Vec::with_capacity(self.rejected.len());
        rows.extend(order.filter(|row| self.rejected.contains(*row)));
        rows
    }

    /// The rejected handoffs as a bitmap.
    pub fn bits(&self) -> &FixedBitSet {
        self.rejected.bits()
    }

    /// How many rejections there are.
    pub fn count(&self) -> u64 {
        self.rejected.len() as u64
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.rejected.len() == 0
    }

    /// What each rejection adds, by its row.
    pub(super) fn shares<'s>(&'s self, facts: &'s Facts) -> Shares<'s> {
        Shares::new(facts, &self.marks, self.hourly)
    }

    /// What each rejection adds, in the order of their rows.
    pub(super) fn priced(&self, facts: &Facts) -> Priced<'_> {
        let read = || Taken::new(&self.rejected, &self.shares(facts));
        Priced {
            taken: self.taken.get_or_init(read),
            costs: self.marks.costs.table().1,
            hourly: self.hourly,
        }
    }

    /// Where each rejection stands on an axis, in the order of their rows.
    pub(super) fn codes(&self, facts: &Facts, axis: Axis) -> &Codes {
        let last = self.values(facts, axis);
        let part = |blocks| {
            let mut codes = Codes::up_to(last, self.rejected.len());
            let mut run = Vec::new();
            self.rejected.runs(blocks, |rows| {
                self.codes_into(facts, axis, rows, &mut run);
                codes.extend(&run, last);
            });
            codes
        };
        let read = || {
            self.rejected
                .halves(part, |early, late| early.append(&late))
        };
        self.codes[axis as usize].get_or_init(read)
    }

    /// Reads the `piece`th of what its axes are added up from; false when there is none. What was read stays.
    pub fn look_ahead(&self, facts: &Facts, piece: usize) -> bool {
        let Some(piece) = piece.checked_sub(1) else {
            self.priced(facts);
            return true;
        };
        let Some(axis) = FIRST.get(piece) else {
            return false;
        };
        self.codes(facts, *axis);
        self.decided_by(facts, *axis);
        true
    }

    /// All of them together.
    pub fn total(&self, facts: &Facts) -> Sums {
        let (mut sums, priced) = (Running::default(), self.priced(facts));
        (0..priced.taken.len()).for_each(|at| sums.add(&priced.at(at)));
        sums.sums()
    }

    /// What a rejection rests on and what its lead cost; `None` where the row is not one of them.
    pub fn entry(&self, facts: &Facts, row: u32) -> Option<(Proof, Option<i64>)> {
        let share = self
            .rejected
            .contains(row)
            .then(|| self.shares(facts).of(row))?;
        Some((share.proof, share.cost))
    }

    /// What those of these rows add up to that are among them.
    pub fn sums_of(&self, facts: &Facts, rows: &[u32]) -> Sums {
        let (mut sums, shares) = (Running::default(), self.shares(facts));
        for row in rows.iter().filter(|row| self.rejected.contains(**row)) {
            sums.add(&shares.of(*row));
        }
        sums.sums()
    }

    /// Accepted and rejected handoffs of the scope.
    pub fn decided(&self) -> u64 {
        self.decided.rows.len() as u64
    }

    /// The proof of each rejection, in the order of their rows.
    pub fn proofs<'s>(&'s self, facts: &'s Facts) -> impl Iterator<Item = (u32, Proof)> + 's {
        let (rows, shares) = (self.rejected.bits().ones(), self.shares(facts));
        rows.map(move |row| (row as u32, shares.proof(row as u32)))
    }

    /// The name of a value of an axis; foreign text, not cleaned.
    pub fn name<'s>(&'s self, facts: &'s Facts, axis: Axis, code: Code) -> &'s str {
        match axis {
            Axis::Week => self.weeks.label(code),
            _ => axis.name(facts, code),
        }
    }

    /// What a group of rejections cost; `None` where neither a lead of it nor the reps' time has a price.
    pub fn cost(&self, sums: &Sums) -> Option<i64> {
        let priced = sums.unpriced() < sums.count();
        sums.cost().filter(|_| priced || self.hours_known)
    }

    /// Values of an axis; the place behind the last stands for "unknown".
    pub(super) fn values(&self, facts: &Facts, axis: Axis) -> usize {
        match axis {
            Axis::Week => self.weeks.len(),
            _ => axis.known(facts),
        }
    }

    /// The codes of rows on an axis, in place of what stood there.
    #[inline]
    pub(super) fn codes_into(
        &self,
        facts: &Facts,
        axis: Axis,
        rows: &[u32],
        codes: &mut Vec<Code>,
    ) {
        codes.clear();
        self.each_code(facts, axis, rows, |code| codes.push(code));
    }

    /// Gives the code of each of these rows.
    #[inline]
    pub(super) fn each_code(
        &self,
        facts: &Facts,
        axis: Axis,
        rows: &[u32],
        give: impl FnMut(Code),
    ) {
        match axis {
            Axis::Week => self.weeks.each(&facts.handoffs.verdict_at, rows, give),
            _ => axis.each(facts, rows, give),
        }
    }

    /// Decided handoffs by value of an axis, "unknown" last; `None` where accepted ones have no place on it.
    pub(super) fn decided_by(&self, facts: &Facts, axis: Axis) -> Option<&[u64]> {
        let last = self.values(facts, axis);
        let part = |blocks: Range<usize>| {
            let mut counts = vec![0; last + 1];
            self.decided.rows.runs(blocks, |rows| {
                self.each_code(facts, axis, rows, |code| {
                    counts[(code as usize).min(last)] += 1;
                });
            });
            counts
        };
        let count = || {
            self.decided
                .rows
                .halves(part, |counts, late| add_each(counts, &late))
        };
        let counts = &self.decided.counts[axis as usize];
        axis.is_of_decided()
            .then(|| counts.get_or_init(count).as_slice())
    }
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

/// Adds place by place.
pub(super) fn add_each<T: Copy + std::ops::AddAssign>(to: &mut [T], from: &[T]) {
    to.iter_mut()
        .zip(from)
        .for_each(|(own, more)| *own += *more);
}

/// The code that stands for a place: the place behind the last is "unknown".
pub(super) fn code_at(place: usize, last: usize) -> Code {
    if place == last { NONE } else { place as Code }
}
