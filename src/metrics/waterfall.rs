//! How the open qualified pipeline that closes in a period changed between two moments. Balances to the minor unit.

use super::context::Context;
use super::marks::costs::in_home;
use super::marks::deals::deal;
use super::rowset::{RowSet, Table};
use crate::domain::moment::{Day, Moment};
use crate::facts::opportunities::{DealChange, DealEvent};

/// What happened to a deal's value in the pipeline.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Change {
    /// Qualified.
    Qualified,
    /// Its value rose.
    RevaluedUp,
    /// Its close date moved into the period.
    PulledIn,
    /// Its value fell.
    RevaluedDown,
    /// Its close date moved out of the period.
    PushedOut,
    /// Won.
    Won,
    /// Lost, or ended without a decision.
    Lost,
    /// Its qualification was taken back.
    Reversed,
}

impl Change {
    /// All of them, in the order of the chart.
    pub const ALL: [Change; 8] = [
        Change::Qualified,
        Change::RevaluedUp,
        Change::PulledIn,
        Change::RevaluedDown,
        Change::PushedOut,
        Change::Won,
        Change::Lost,
        Change::Reversed,
    ];

    /// Its word on the screen.
    pub fn label(self) -> &'static str {
        match self {
            Change::Qualified => "qualified",
            Change::RevaluedUp => "revalued up",
            Change::PulledIn => "pulled in",
            Change::RevaluedDown => "revalued down",
            Change::PushedOut => "pushed out",
            Change::Won => "won",
            Change::Lost => "lost",
            Change::Reversed => "reversed",
        }
    }
}

/// One bar.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// What.
    pub change: Change,
    /// Minor units, signed; `None` where they do not fit 64 bits.
    pub amount: Option<i64>,
    /// The deals behind it; they add up to `amount`.
    pub rows: RowSet,
}

impl Step {
    /// Whether nothing happened: no deal is behind it.
    pub fn is_still(&self) -> bool {
        self.rows.rows.is_empty() && self.amount == Some(0)
    }
}

/// `start + Σ steps = end`, where all of them fit 64 bits.
#[derive(Clone, Debug, PartialEq)]
pub struct Waterfall {
    /// Pipeline at the start, minor units; `None` where it does not fit 64 bits.
    pub start: Option<i64>,
    /// The changes in the order of [`Change::ALL`].
    pub steps: Vec<Step>,
    /// Pipeline at the end, minor units; `None` where it does not fit 64 bits.
    pub end: Option<i64>,
    /// The deals in it at the start.
    pub start_rows: RowSet,
    /// The deals in it at the end.
    pub end_rows: RowSet,
    /// Deals that would belong to it and have no rate into the workspace's currency.
    pub unpriced: u64,
}

impl Waterfall {
    /// From the period's start to its end, or to the as-of moment where that is earlier. Each deal's values are converted at the
    /// rate of its qualification day, so that only what happened to the deal moves the bars.
    pub(crate) fn new(ctx: &Context) -> Waterfall {
        let mut waterfall = Waterfall::empty();
        let deals = &ctx.facts.opportunities;
        for row in ctx.scope.mask.opportunities.ones() {
            // What never closes in the period moves nothing in it.
            let comes_near = deals.qualified.get(row) < ctx.past.end_at
                && (ctx.period.holds_day(deals.close_on.get(row))
                    || ctx.marks().moved.contains(row));
            if comes_near && ctx.marks().deals[row].is(deal::QUALIFIED) {
                Walk::new(ctx, row).go(&mut waterfall);
            }
        }
        waterfall.start = waterfall.start_rows.sum();
        waterfall.end = waterfall.end_rows.sum();
        for step in &mut waterfall.steps {
            step.amount = step.rows.sum();
        }
        waterfall
    }

    /// Nothing yet.
    pub(crate) fn empty() -> Waterfall {
        Waterfall {
            start: Some(0),
            steps: Change::ALL
                .map(|change| Step {
                    change,
                    amount: Some(0),
                    rows: RowSet::empty(Table::Opportunities),
                })
                .into(),
            end: Some(0),
            start_rows: RowSet::empty(Table::Opportunities),
            end_rows: RowSet::empty(Table::Opportunities),
            unpriced: 0,
        }
    }

    pub(crate) fn step(&mut self, change: Change, row: usize, amount: i64) {
        let step = &mut self.steps[change as usize].rows;
        step.rows.push(row as u32);
        step.adds.push(Some(amount));
    }
}

/// The estimated close date of a qualified deal at the end of the context's period, by the events that the bars follow.
pub(crate) fn closes_on(ctx: &Context, row: usize) -> Day {
    let walk = Walk::new(ctx, row);
    let until = walk.events().take_while(|event| event.at < ctx.past.end_at);
    let moved = until.filter_map(|event| match event.change {
        DealChange::CloseOn(_, after) => Some(after),
        _ => None,
    });
    moved.last().unwrap_or_else(|| walk.first_close())
}

/// One deal's way through the pipeline of the period.
struct Walk<'a> {
    ctx: &'a Context<'a>,
    row: usize,
    /// When it left the pipeline, and how.
    leaves: Option<(Moment, Change)>,
    /// Its value, `None` where it has no rate.
    value: Option<i64>,
    close_on: Day,
}

impl<'a> Walk<'a> {
    fn new(ctx: &'a Context<'a>, row: usize) -> Walk<'a> {
        let (own, mark) = (&ctx.facts.opportunities.rows[row], &ctx.marks().deals[row]);
        let reversed = mark
            .is(deal::Q_REVERSED)
            .then_some((own.reversed, Change::Reversed));
        let ended = if mark.is(deal::WON) {
            Some((own.closed, Change::Won))
        } else {
            mark.any(deal::LOST | deal::NO_DECISION)
                .then_some((own.closed, Change::Lost))
        };
        // What ended before it qualified leaves at once.
        let leaves = match (ended, reversed) {
            (Some(ended), Some(reversed)) if reversed.0 < ended.0 => Some(reversed),
            (ended, reversed) => ended.or(reversed),
        };
        Walk {
            leaves: leaves.map(|(at, how)| (at.max(own.qualified), how)),
            value: mark.frozen,
            close_on: own.close_on,
            ctx,
            row,
        }
    }

    fn events(&self) -> impl Iterator<Item = &'a DealEvent> + use<'a> {
        let events = &self.ctx.marks().events;
        let row = self.row as u32;
        let start = events.partition_point(|(deal, _)| *deal < row);
        let count = events[start..].partition_point(|(deal, _)| *deal == row);
        let all = &self.ctx.facts.opportunities.events;
        let qualified = self.ctx.facts.opportunities.rows[self.row].qualified;
        let own = &events[start..start + count];
        let event = move |(_, at): &(u32, u32)| &all[*at as usize];
        let before = own.partition_point(|at| event(at).at < qualified);
        let until = own.partition_point(|at| event(at).at <= qualified);
        // Of the second in which it qualified, what comes after that.
        let within = own[before..until].iter();
        let gate = within
            .rev()
            .position(|at| event(at).change == DealChange::Qualified);
        own[until - gate.unwrap_or(0)..].iter().map(event)
    }

    /// As it stood when it qualified: the first later change says what was before.
    fn first_close(&self) -> Day {
        let first = self.events().find_map(|event| match event.change {
            DealChange::CloseOn(before, _) => Some(before),
            _ => None,
        });
        first.unwrap_or(self.close_on)
    }

    fn go(mut self, waterfall: &mut Waterfall) {
        let own = &self.ctx.facts.opportunities.rows[self.row];
        let (from, to) = (self.ctx.past.start_at, self.ctx.past.end_at);
        if own.qualified >= to || self.leaves.is_some_and(|(at, _)| at < from) {
            return;
        }
        self.close_on = self.first_close();
        let Some(mut value) = self.value else {
            self.without_price(waterfall);
            return;
        };
        if own.qualified >= from && self.inside() {
            waterfall.step(Change::Qualified, self.row, value);
        }
        let mut started = own.qualified >= from;
        for event in self.events() {
            let left = self.leaves.is_some_and(|(at, _)| event.at > at);
            if event.at >= to || left {
                break;
            }
            if !started && event.at >= from {
                started = true;
                self.begins(waterfall, value);
            }
            value = self.apply(event, value, started, waterfall);
        }
        if !started {
            self.begins(waterfall, value);
        }
        match self.leaves.filter(|(at, _)| *at < to) {
            _ if !self.inside() => {}
            Some((_, how)) => waterfall.step(how, self.row, -value),
            None => {
                waterfall.end_rows.rows.push(self.row as u32);
                waterfall.end_rows.adds.push(Some(value));
            }
        }
    }

    /// Counted where it stands at the end, and priced nowhere (C9).
    fn without_price(&mut self, waterfall: &mut Waterfall) {
        let to = self.ctx.past.end_at;
        waterfall.unpriced += u64::from(self.inside());
        for event in self.events().take_while(|event| event.at < to) {
            if let DealChange::CloseOn(_, after) = event.change {
                self.close_on = after;
            }
        }
        if self.inside() && self.leaves.is_none_or(|(at, _)| at >= to) {
            waterfall.end_rows.rows.push(self.row as u32);
            waterfall.end_rows.adds.push(None);
        }
    }

    fn inside(&self) -> bool {
        self.ctx.period.holds_day(self.close_on)
    }

    fn begins(&self, waterfall: &mut Waterfall, value: i64) {
        if self.inside() {
            waterfall.start_rows.rows.push(self.row as u32);
            waterfall.start_rows.adds.push(Some(value));
        }
    }

    /// The value after the event; bars move only once the period has begun.
    fn apply(
        &mut self,
        event: &DealEvent,
        value: i64,
        shows: bool,
        waterfall: &mut Waterfall,
    ) -> i64 {
        match event.change {
            DealChange::Amount(_, after) | DealChange::Corrected(_, after) => {
                let (facts, own) = (self.ctx.facts, &self.ctx.facts.opportunities.rows[self.row]);
                let on = self.ctx.marks().deals[self.row].qualified_on;
                let Some(after) = in_home(facts, after, own.currency, on) else {
                    return value;
                };
                let change = if after > value {
                    Change::RevaluedUp
                } else {
                    Change::RevaluedDown
                };
                if shows && self.inside() && after != value {
                    waterfall.step(change, self.row, after - value);
                }
                after
            }
            DealChange::CloseOn(_, after) => {
                let was = self.inside();
                self.close_on = after;
                match (was, self.inside()) {
                    (false, true) if shows => waterfall.step(Change::PulledIn, self.row, value),
                    (true, false) if shows => waterfall.step(Change::PushedOut, self.row, -value),
                    _ => {}
                }
                value
            }
            DealChange::Stage(..) | DealChange::Qualified => value,
        }
    }
}
