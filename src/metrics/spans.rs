//! Spans of time and sizes whose median and 90th percentile are shown. What is still open ranks last and is never dropped.

use super::context::{Context, HandoffClock};
use super::marks::deals::{DealMark, deal};
use super::marks::handoffs::{Test, flag};
use super::rowset::{RowSet, Table};
use super::select::{DealClock, Deals, Select, StepOf, Whole};
use crate::domain::moment::Moment;
use crate::facts::Facts;

/// What is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SpanOf {
    /// Lead created to first attempt, seconds.
    Speed,
    /// Lead created to assigned, seconds.
    System,
    /// Assigned to first attempt, seconds.
    Human,
    /// Handoff to verdict, seconds.
    Feedback,
    /// Attempts on rejections without a conversation.
    Attempts,
    /// Qualified to won, days.
    CycleWon,
    /// Qualified to lost, days.
    CycleLost,
    /// Handoff to qualified, days.
    CycleToQualified,
    /// Frozen value, minor units.
    DealSize,
}

/// What one row says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Measured {
    /// So much.
    Is(i64),
    /// Not over yet: longer than all that is.
    Open,
    /// It ends before it starts: a data error.
    Wrong,
    /// It ends in the very second it starts: an export that has one date for both says nothing of the time between.
    Untold,
    /// Counted and not priced.
    Unpriced,
}

/// What the rows of a period say together.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct SpanStats {
    /// `None`: no row, or the middle one is still open.
    pub median: Option<f64>,
    /// Nearest rank.
    pub p90: Option<f64>,
    /// Rows that are measured or open.
    pub n: u64,
    pub open: u64,
    pub wrong: u64,
    pub untold: u64,
    pub unpriced: u64,
}

impl SpanOf {
    /// How many there are.
    pub(crate) const COUNT: usize = 9;

    /// Visits the rows with what each says.
    pub(crate) fn visit(self, ctx: &Context, mut f: impl FnMut(u32, Measured)) {
        let rows = &ctx.facts.handoffs;
        let marks = &ctx.marks().handoffs;
        let every = ctx.of_population(Test::EVERY);
        let mut over = |clock: HandoffClock| {
            ctx.each_handoff(clock, |row| {
                if every.passes(marks.flags(row))
                    && let Some(says) = self.of_handoff(ctx.facts, row as usize, ctx.scope.as_of)
                {
                    f(row, says);
                }
            });
        };
        match self {
            SpanOf::Speed | SpanOf::System | SpanOf::Human => over(HandoffClock::Created),
            SpanOf::Feedback => over(HandoffClock::HandedOff),
            SpanOf::Attempts => {
                let silent = Test::all(flag::REJECTED | flag::SILENT);
                Select::Handoffs(HandoffClock::Verdict, silent).visit(ctx, |row, _| {
                    f(row, Measured::Is(rows.attempts[row as usize].into()));
                });
            }
            SpanOf::CycleWon | SpanOf::CycleLost | SpanOf::DealSize => {
                self.deals().visit(ctx, |row, _| {
                    let mark = &ctx.marks().deals[row as usize];
                    f(
                        row,
                        match self {
                            SpanOf::DealSize => {
                                mark.frozen.map_or(Measured::Unpriced, Measured::Is)
                            }
                            _ => days(mark.closed_on.0 - mark.qualified_on.0),
                        },
                    );
                });
            }
            SpanOf::CycleToQualified => {
                for (at, row) in StepOf::Qualified.within(ctx) {
                    let kept = ctx.scope.mask.handoffs.contains(*row as usize);
                    if kept && every.passes(marks.flags(*row)) {
                        let day = |at| ctx.book.calendar.day_of(at).0;
                        let from = rows.handed_off.get(*row as usize);
                        f(*row, days(day(*at) - day(from)));
                    }
                }
            }
        }
    }

    /// What a handoff says of a span between its moments; `None` where there is nothing to measure.
    #[inline]
    pub(crate) fn of_handoff(self, facts: &Facts, row: usize, as_of: Moment) -> Option<Measured> {
        let rows = &facts.handoffs;
        let created = || facts.leads.created.get(rows.lead[row] as usize);
        let (from, to) = match self {
            SpanOf::Speed => (created(), rows.first_attempt.get(row)),
            SpanOf::System => (created(), rows.assigned.get(row)),
            SpanOf::Human => {
                let assigned = rows.assigned.get(row);
                if assigned == Moment::NEVER || assigned > as_of {
                    return None;
                }
                (assigned, rows.first_attempt.get(row))
            }
            SpanOf::Feedback => {
                let (from, to) = (rows.handed_off.get(row), rows.verdict_at.get(row));
                if from == to && to <= as_of {
                    return Some(Measured::Untold);
                }
                (from, to)
            }
            _ => return None,
        };
        Some(seconds(from, to, as_of))
    }

    fn deals(self) -> Select {
        let (clock, keep): (_, fn(&Context, usize, &DealMark) -> bool) = match self {
            SpanOf::DealSize => (DealClock::Qualified, |_, _, mark| {
                mark.is(deal::QUALIFIED) && !mark.is(deal::Q_REVERSED)
            }),
            SpanOf::CycleLost => (DealClock::Closed, |_, _, mark| {
                mark.is(deal::QUALIFIED | deal::LOST)
            }),
            _ => (DealClock::Closed, |_, _, mark| {
                mark.is(deal::QUALIFIED | deal::WON) && !mark.is(deal::W_REVERSED)
            }),
        };
        Select::Deals(Deals {
            clock,
            keep,
            adds: |_, _, _| Some(1),
            whole: Whole::Filtered,
        })
    }

    /// The rows behind it; what is open or not priced adds nothing, what is wrong or untold stays out.
    pub(crate) fn rows(self, ctx: &Context) -> RowSet {
        let deals = matches!(
            self,
            SpanOf::CycleWon | SpanOf::CycleLost | SpanOf::DealSize
        );
        let mut set = RowSet::empty(if deals {
            Table::Opportunities
        } else {
            Table::Handoffs
        });
        self.visit(ctx, |row, says| {
            if !matches!(says, Measured::Wrong | Measured::Untold) {
                set.rows.push(row);
                set.adds.push(match says {
                    Measured::Is(value) => Some(value),
                    _ => None,
                });
            }
        });
        set
    }
}

fn seconds(from: Moment, to: Moment, as_of: Moment) -> Measured {
    if to == Moment::NEVER || to > as_of {
        return Measured::Open;
    }
    match to.since(from) {
        span if span < 0 => Measured::Wrong,
        span => Measured::Is(span),
    }
}

fn days(days: i32) -> Measured {
    if days < 0 {
        Measured::Wrong
    } else {
        Measured::Is(days.into())
    }
}
