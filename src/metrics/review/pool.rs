//! The rejections of one scope with what each took, gathered once so that every axis answers at a key. Groups nothing.

use std::sync::{Arc, OnceLock};

use fixedbitset::FixedBitSet;

use super::axis::Axis;
use super::gather::gather;
use super::sums::{Proof, Share, Sum, Sums, Tariff};
use super::weeks::Weeks;
use crate::domain::book::Book;
use crate::domain::moment::Moment;
use crate::domain::money::Currency;
use crate::domain::period::{Period, Span};
use crate::facts::Facts;
use crate::facts::column::{Code, NONE};
use crate::metrics::context::Context;
use crate::metrics::marks::{Effort, Marks};
use crate::metrics::scope::Scope;

/// The handoffs that were accepted or rejected: what rejections are a share of.
#[derive(Debug)]
pub(super) struct Decided {
    pub rows: Vec<u32>,
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
    /// Whether anything was ever spent on a lead; without that, no sum of money says anything.
    pub costs_known: bool,
    /// Below this n a rate is marked.
    pub small_n: u64,
    hourly: i64,
    /// Where the prices of leads stand.
    marks: Arc<Marks>,
    pub(super) shares: Vec<Share>,
    pub(super) decided: Arc<Decided>,
    pub(super) weeks: Arc<Weeks>,
    /// Codes of the rejections by axis, filled when they are first asked for.
    codes: [OnceLock<Vec<Code>>; Axis::COUNT],
}

impl Review {
    /// Gathers the rejections of the scope's period, filter and population. Reads every verdict of the period once.
    pub fn new(facts: &Facts, book: &Book, scope: &Scope) -> Review {
        let ctx = Context::new(facts, book, scope, &scope.period);
        let gathered = gather(&ctx);
        let at = |row: &u32| facts.handoffs.verdict_at.get(*row as usize);
        let ends = gathered.decided.first().zip(gathered.decided.last());
        let weeks = ends.map_or_else(Weeks::default, |(a, b)| Weeks::new(book, at(a), at(b)));
        Review {
            rows: gathered.rows,
            currency: facts.rates.home(),
            hours_known: ctx.marks().effort == Effort::Recorded,
            costs_known: {
                let mut costs = scope.marks.costs.table().1.iter();
                costs.any(|cost| cost.is_some_and(|cost| cost > 0))
            },
            small_n: book.settings.small_n as u64,
            hourly: book.settings.hourly_rate,
            marks: Arc::clone(&scope.marks),
            shares: gathered.shares,
            decided: Arc::new(Decided {
                rows: gathered.decided,
                counts: Default::default(),
            }),
            weeks: Arc::new(weeks),
            codes: Default::default(),
        }
    }

    /// The same, narrowed to some of the rejections: by proof, by a flag, by anything that a row shows. What they are a share of
    /// stays.
    #[must_use]
    pub fn only(&self, keep: impl Fn(u32, Proof) -> bool) -> Review {
        let mut narrow = Review {
            rows: Vec::new(),
            shares: Vec::new(),
            codes: Default::default(),
            marks: self.marks.clone(),
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

    /// What shares are priced by.
    pub(super) fn tariff(&self) -> Tariff<'_> {
        Tariff {
            costs: self.marks.costs.table().1,
            hourly: self.hourly,
        }
    }

    /// All of them together.
    pub fn total(&self) -> Sums {
        let (mut sums, tariff) = (Sums::ZERO, self.tariff());
        let add = |share| sums.add(share, tariff);
        self.shares.iter().for_each(add);
        sums
    }

    /// What a rejection rests on and what its lead cost; `None` where the row is not one of them.
    pub fn entry(&self, facts: &Facts, row: u32) -> Option<(Proof, Option<i64>)> {
        if row as usize >= facts.handoffs.len() {
            return None;
        }
        let key = |row: u32| (facts.handoffs.verdict_at.second(row as usize), row);
        let place = self
            .rows
            .binary_search_by_key(&key(row), |other| key(*other));
        let share = self.shares.get(place.ok()?)?;
        Some((share.proof, share.cost(self.tariff())))
    }

    /// How many of these rows are among them, and what their leads cost.
    pub fn cost_of(&self, rows: &FixedBitSet) -> (u64, Sum) {
        let (mut count, mut sum, tariff) = (0, Sum::ZERO, self.tariff());
        for (row, share) in self.rows.iter().zip(&self.shares) {
            if rows.contains(*row as usize) {
                count += 1;
                sum.add(share.cost(tariff));
            }
        }
        (count, sum)
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
        self.codes[axis as usize].get_or_init(|| self.codes_of(facts, axis, &self.rows))
    }

    /// The codes of rows that stand in the order of their verdicts.
    pub(super) fn codes_of(&self, facts: &Facts, axis: Axis, rows: &[u32]) -> Vec<Code> {
        let mut codes = Vec::with_capacity(rows.len());
        self.each_code(facts, axis, rows, |code| codes.push(code));
        codes
    }

    /// Gives the code of each of these rows, which stand in the order of their verdicts.
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
        let count = || {
            let last = self.values(facts, axis);
            let mut counts = vec![0; last + 1];
            self.each_code(facts, axis, &self.decided.rows, |code| {
                counts[(code as usize).min(last)] += 1;
            });
            counts
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

/// The code that stands for a place: the place behind the last is "unknown".
pub(super) fn code_at(place: usize, last: usize) -> Code {
    if place == last { NONE } else { place as Code }
}
