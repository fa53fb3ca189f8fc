//! How the open qualified pipeline changed since a snapshot: what stood in it then against what stands now. Balances to the minor unit.
//!
//! The start is the snapshot's own sum, whatever was imported, corrected or undone since; so the past does not move under the chart.

use rustc_hash::FxHashMap;

use super::kept::{Kept, OpenDeal};
use crate::domain::book::Book;
use crate::domain::moment::{Day, Moment};
use crate::domain::period::Period;
use crate::facts::Facts;
use crate::metrics::context::Context;
use crate::metrics::marks::deals::deal;
use crate::metrics::rowset::RowSet;
use crate::metrics::scope::Scope;
use crate::metrics::waterfall::{Change, Step, Waterfall, closes_on};

/// The change since a snapshot.
#[derive(Clone, Debug, PartialEq)]
pub struct Since {
    /// The moment that the snapshot shows.
    pub from: Moment,
    /// Start, changes and end. The rows of each step add up to it, but for `removed`.
    pub waterfall: Waterfall,
    /// Deals of the start that are not in the file any more, with what they take away; part of the start and of what was reversed.
    pub removed: Vec<(i64, i64)>,
}

/// Every open qualified deal as of the scope's moment, by id, as it is frozen.
pub(super) fn open_deals(facts: &Facts, book: &Book, scope: &Scope) -> Vec<OpenDeal> {
    Walked::new(facts, book, scope, scope.as_of).open(facts, scope)
}

/// The pipeline of all close dates from a moment to the scope's; deals are valued and dated as the waterfall of a period does.
struct Walked {
    fall: Waterfall,
    /// Close dates of qualified deals as of the scope's moment.
    close_on: FxHashMap<u32, Day>,
}

impl Walked {
    fn new(facts: &Facts, book: &Book, scope: &Scope, from: Moment) -> Walked {
        let mut whole = scope.with_period(Period::all());
        whole.mask = scope.whole.clone();
        let to = Moment(scope.as_of.0.saturating_add(1));
        let ctx = Context::new(facts, book, &whole, &whole.period);
        let ctx = ctx.part(Moment(from.0.saturating_add(1)), to);
        let deals = scope.marks.deals.iter().enumerate();
        let qualified = deals.filter(|(_, mark)| mark.is(deal::QUALIFIED));
        Walked {
            fall: Waterfall::new(&ctx),
            close_on: qualified
                .map(|(row, _)| (row as u32, closes_on(&ctx, row)))
                .collect(),
        }
    }

    fn open(&self, facts: &Facts, scope: &Scope) -> Vec<OpenDeal> {
        let values: FxHashMap<u32, Option<i64>> = pairs(&self.fall.end_rows).collect();
        let deals = facts.opportunities.rows.iter().zip(&scope.marks.deals);
        let open = deals.enumerate().filter(|(row, (_, mark))| {
            scope.whole.opportunities.contains(*row) && mark.is_pipeline()
        });
        open.map(|(row, (own, mark))| OpenDeal {
            id: own.id,
            value: values.get(&(row as u32)).copied().flatten(),
            close_on: self
                .close_on
                .get(&(row as u32))
                .copied()
                .unwrap_or(mark.close_on),
        })
        .collect()
    }
}

fn pairs(rows: &RowSet) -> impl Iterator<Item = (u32, Option<i64>)> {
    rows.rows.iter().copied().zip(rows.adds.iter().copied())
}

/// What changed since the snapshot in the pipeline that closes in the scope's period. `None` where the workspace has another
/// currency since.
pub fn since(facts: &Facts, book: &Book, scope: &Scope, then: &Kept) -> Option<Since> {
    if then.currency != facts.rates.home().code() {
        return None;
    }
    let walked = Walked::new(facts, book, scope, then.as_of);
    let mut diff = Diff {
        facts,
        scope,
        then: then.open.iter().map(|deal| (deal.id, *deal)).collect(),
        now: walked
            .open(facts, scope)
            .into_iter()
            .map(|deal| (deal.id, deal))
            .collect(),
        close_on: &walked.close_on,
        ended: FxHashMap::default(),
        fall: Waterfall::empty(),
        removed: Vec::new(),
    };
    for change in [Change::Won, Change::Lost, Change::Reversed] {
        let step = &walked.fall.steps[change as usize].rows;
        diff.ended
            .extend(pairs(step).map(|(row, add)| (row, (change, -add.unwrap_or(0)))));
    }
    diff.go();
    let mut fall = diff.fall;
    let mut gone = diff.removed.iter();
    let gone = gone.try_fold(0_i64, |sum, (_, value)| sum.checked_add(*value));
    let with = |sum: Option<i64>, more: Option<i64>| sum?.checked_add(more?);
    fall.start = with(fall.start_rows.sum(), gone);
    fall.end = fall.end_rows.sum();
    for Step {
        change,
        amount,
        rows,
    } in &mut fall.steps
    {
        *amount = rows.sum();
        if *change == Change::Reversed {
            *amount = with(*amount, gone.map(|gone| -gone));
        }
    }
    Some(Since {
        from: then.as_of,
        waterfall: fall,
        removed: diff.removed,
    })
}

struct Diff<'a> {
    facts: &'a Facts,
    scope: &'a Scope,
    then: FxHashMap<i64, OpenDeal>,
    now: FxHashMap<i64, OpenDeal>,
    close_on: &'a FxHashMap<u32, Day>,
    /// How deals left the pipeline since, and with which value.
    ended: FxHashMap<u32, (Change, i64)>,
    fall: Waterfall,
    removed: Vec<(i64, i64)>,
}

impl Diff<'_> {
    fn inside(&self, day: Day) -> bool {
        self.scope.period.holds_day(day)
    }

    fn step(&mut self, change: Change, row: usize, amount: i64) {
        if amount != 0 {
            self.fall.step(change, row, amount);
        }
    }

    fn go(&mut self) {
        let facts = self.facts;
        for (row, own) in facts.opportunities.rows.iter().enumerate() {
            match (self.then.remove(&own.id), self.now.get(&own.id).copied()) {
                (Some(then), now) => self.known(row, then, now),
                (None, Some(now)) => self.fresh(row, now),
                (None, None) => self.came_and_went(row),
            }
        }
        let mut removed: Vec<(i64, i64)> = self
            .then
            .values()
            .filter(|deal| self.inside(deal.close_on))
            .filter_map(|deal| Some((deal.id, deal.value?)))
            .collect();
        removed.sort_unstable();
        self.removed = removed;
    }

    fn stays(&mut self, row: usize, value: i64) {
        self.fall.end_rows.rows.push(row as u32);
        self.fall.end_rows.adds.push(Some(value));
    }

    fn revalue(&mut self, row: usize, before: i64, after: i64) {
        let change = if after > before {
            Change::RevaluedUp
        } else {
            Change::RevaluedDown
        };
        self.step(change, row, after - before);
    }

    /// A deal of the snapshot that is in the file.
    fn known(&mut self, row: usize, then: OpenDeal, now: Option<OpenDeal>) {
        let now_inside = now.filter(|now| self.inside(now.close_on));
        let unpriced = now_inside.is_some_and(|now| now.value.is_none());
        self.fall.unpriced += u64::from(unpriced);
        let now_value = now_inside.and_then(|now| now.value);
        let Some(before) = then.value.filter(|_| self.inside(then.close_on)) else {
            if let Some(value) = now_value {
                // What had no rate then counts like one that was pulled in.
                self.step(Change::PulledIn, row, value);
                self.stays(row, value);
            }
            return;
        };
        self.fall.start_rows.rows.push(row as u32);
        self.fall.start_rows.adds.push(Some(before));
        match (now, now_value) {
            (_, Some(value)) => {
                self.revalue(row, before, value);
                self.stays(row, value);
            }
            (Some(_), None) => self.step(Change::PushedOut, row, -before),
            (None, None) => {
                let (how, value) = self.left(row, before);
                self.revalue(row, before, value);
                self.step(how, row, -value);
            }
        }
    }

    /// How a deal left the pipeline, and with which value. Where the history does not tell when, it is as the deal stands now.
    fn left(&self, row: usize, value: i64) -> (Change, i64) {
        let mark = &self.scope.marks.deals[row];
        let counted = self.scope.whole.opportunities.contains(row);
        let how = if !counted || !mark.is(deal::QUALIFIED) || mark.is(deal::Q_REVERSED) {
            Change::Reversed
        } else if mark.is(deal::WON) {
            Change::Won
        } else if mark.any(deal::LOST | deal::NO_DECISION) {
            Change::Lost
        } else {
            Change::Reversed
        };
        self.ended
            .get(&(row as u32))
            .copied()
            .unwrap_or((how, value))
    }

    /// A deal that the snapshot does not know.
    fn fresh(&mut self, row: usize, now: OpenDeal) {
        if !self.inside(now.close_on) {
            return;
        }
        let Some(value) = now.value else {
            self.fall.unpriced += 1;
            return;
        };
        let frozen = self.scope.marks.deals[row].frozen.unwrap_or(value);
        self.step(Change::Qualified, row, frozen);
        self.revalue(row, frozen, value);
        self.stays(row, value);
    }

    /// A deal that qualified since and has ended since.
    fn came_and_went(&mut self, row: usize) {
        let frozen = self.scope.marks.deals[row].frozen;
        let close_on = self.close_on.get(&(row as u32)).copied();
        let since = self.facts.opportunities.rows[row].qualified;
        let Some((how, value)) = self.ended.get(&(row as u32)).copied() else {
            return;
        };
        if close_on.is_none_or(|day| !self.inside(day)) || since == Moment::NEVER {
            return;
        }
        let frozen = frozen.unwrap_or(value);
        self.step(Change::Qualified, row, frozen);
        self.revalue(row, frozen, value);
        self.step(how, row, -value);
    }
}
