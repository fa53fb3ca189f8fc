//! Which rows a number rests on and what each adds: the one place for the value and for what opens behind it (C18).

mod challenges;
mod corrected;
mod deals;
mod feedback;
mod meetings;
mod streak;
mod toll;

pub(crate) use challenges::{ChallengeOf, challenges};
pub(crate) use corrected::{Corrected, corrected};
pub(crate) use deals::{DealClock, Deals, Whole};
pub(crate) use feedback::{FeedbackOf, feedback};
pub(crate) use meetings::{FitOf, meetings};
pub(crate) use streak::{Run, each_decided, longest};
pub(crate) use toll::Toll;

use super::context::{Context, HandoffClock, LeadClock};
use super::marks::costs::is_programme;
use super::marks::handoffs::{Test, flag};
use super::marks::reach::Steps;
use super::rowset::{RowSet, Table};
pub(crate) use super::tally::Tally;
use crate::domain::verdict::SpendKind;
use crate::facts::column::Code;

/// Which spend.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SpendOn {
    /// Media and tools.
    Programmes,
    /// Media.
    Media,
    /// Everything, people too.
    All,
}

/// Moments of steps that lie in deals.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum StepOf {
    Qualified,
    Won,
    SkippedAccepted,
    SkippedConnected,
    SkippedQualified,
}

/// A selection of rows.
#[derive(Clone, Copy)]
pub(crate) enum Select {
    /// Handoffs, 1 each.
    Handoffs(HandoffClock, Test),
    /// Rejected handoffs by verdict with what each took.
    Toll(Test, Toll),
    /// Rejections for a reason (its present code), 1 each.
    Reason(Code),
    /// Handoffs by verdict from a source, 1 each.
    FromSource(Code, Test),
    /// Handoffs by first meeting and by what the fit rules say of them, 1 each.
    Meetings(FitOf),
    /// The longest run of rejections, 1 each.
    Streak,
    /// Challenges, 1 each, as rows of their handoffs.
    Challenges(ChallengeOf),
    /// Clusters of rejections that marketing took note of in the period, 1 each.
    Feedback(FeedbackOf),
    /// Leads, 1 each.
    Leads(LeadClock),
    /// Leads created in the period from sources that are not free, 1 each.
    LeadsNotFree,
    /// MQLs whose handoffs pass, 1 each.
    MqlsThat(Test),
    /// Handoffs that reached a step in the period, 1 each.
    Steps(StepOf, Test),
    /// Deals.
    Deals(Deals),
    /// Corrections of won deals' values made in the period, each with what it changed.
    Corrected(Corrected),
    /// Deals in the pipeline of the period at its end, or at the as-of moment where that is earlier.
    Standing,
    /// Spend in the workspace's currency.
    Spend(SpendOn),
}

/// A selection as a key of a map.
pub(crate) type Key = (usize, usize, usize);

/// How far a sum can be used again.
enum Kept {
    /// In no other figure.
    No,
    /// In other figures of the period.
    InPeriod(Key),
    /// In other periods: the rows fall into it by their moment and ask nothing else of it.
    ByMonth(Key),
    /// In every period: the rows do not depend on it.
    Always(Key),
}

/// A selection, added or taken away.
#[derive(Clone, Copy)]
pub(crate) struct Term {
    pub select: Select,
    pub sign: i64,
}

/// Added.
pub(crate) const fn plus(select: Select) -> Term {
    Term { select, sign: 1 }
}

/// Taken away.
pub(crate) const fn minus(select: Select) -> Term {
    Term { select, sign: -1 }
}

impl Select {
    /// The table that its rows are of.
    pub(crate) fn table(&self) -> Table {
        match self {
            Select::Handoffs(..)
            | Select::Toll(..)
            | Select::Reason(_)
            | Select::FromSource(..)
            | Select::Meetings(_)
            | Select::Streak
            | Select::Challenges(_)
            | Select::Steps(..) => Table::Handoffs,
            Select::Leads(_) | Select::LeadsNotFree | Select::MqlsThat(_) => Table::Leads,
            Select::Deals(_) | Select::Corrected(_) | Select::Standing => Table::Opportunities,
            Select::Spend(_) => Table::Spend,
            Select::Feedback(_) => Table::Feedback,
        }
    }

    /// Visits the rows with what each adds.
    pub(crate) fn visit(&self, ctx: &Context, mut f: impl FnMut(u32, Option<i64>)) {
        let marks = &ctx.marks().handoffs;
        match *self {
            Select::Handoffs(clock, test) => passing(ctx, clock, test, |row| f(row, Some(1))),
            Select::Toll(test, toll) => passing(ctx, HandoffClock::Verdict, test, |row| {
                f(row, toll.of(ctx, row as usize));
            }),
            Select::Reason(code) => {
                let rejected = Test::all(flag::REJECTED);
                passing(ctx, HandoffClock::Verdict, rejected, |row| {
                    if reason_now(ctx, row) == code {
                        f(row, Some(1));
                    }
                });
            }
            Select::FromSource(code, test) => passing(ctx, HandoffClock::Verdict, test, |row| {
                let lead = ctx.facts.handoffs.lead[row as usize];
                if ctx.facts.leads.source[lead as usize] == code {
                    f(row, Some(1));
                }
            }),
            Select::Meetings(of) => meetings(ctx, of, |row| f(row, Some(1))),
            Select::Streak => longest(ctx).into_iter().for_each(|row| f(row, Some(1))),
            Select::Challenges(of) => challenges(ctx, of, |row| f(row.handoff, Some(1))),
            Select::Feedback(of) => feedback(ctx, of, |row| f(row, Some(1))),
            Select::Leads(clock) => ctx.each_lead(clock, |row| f(row, Some(1))),
            Select::LeadsNotFree => ctx.each_lead(LeadClock::Created, |row| {
                let source = ctx.facts.leads.source[row as usize] as usize;
                let facts = &ctx.facts.names.source_facts;
                if !facts.get(source).is_some_and(|source| source.free) {
                    f(row, Some(1));
                }
            }),
            Select::MqlsThat(test) => {
                let test = ctx.of_population(test);
                ctx.each_lead(LeadClock::Mql, |row| {
                    if test.passes(marks.kinds[ctx.lead_kind(row) as usize]) {
                        f(row, Some(1));
                    }
                });
            }
            Select::Steps(step, test) => {
                let test = ctx.of_population(test);
                for (_, row) in step.within(ctx) {
                    let kept = ctx.scope.mask.handoffs.contains(*row as usize);
                    if kept && test.passes(marks.flags(*row)) {
                        f(*row, Some(1));
                    }
                }
            }
            Select::Deals(deals) => deals.visit(ctx, f),
            Select::Corrected(of) => corrected(ctx, of, f),
            Select::Standing => {
                let standing = &ctx.waterfall().end_rows;
                for (row, add) in standing.rows.iter().zip(&standing.adds) {
                    f(*row, *add);
                }
            }
            Select::Spend(on) => {
                for row in ctx.facts.spend.within(&ctx.past) {
                    let kind = ctx.facts.spend.rows[row].kind;
                    if ctx.scope.mask.spend.contains(row) && on.covers(kind) {
                        f(row as u32, ctx.marks().spend[row]);
                    }
                }
            }
        }
    }

    /// What tells selections apart.
    pub(crate) fn key(&self, ctx: &Context) -> Key {
        let tested = |place: usize, test: Test| {
            let test = ctx.of_population(test);
            let (any, none) = (u64::from(test.any), u64::from(test.none));
            (place, test.all as usize, (any << 32 | none) as usize)
        };
        match *self {
            Select::Leads(clock) => (0, clock as usize, 0),
            Select::Spend(on) => (1, on as usize, 0),
            Select::LeadsNotFree => (2, 0, 0),
            Select::Steps(step, test) => tested(3 + step as usize, test),
            Select::Deals(deals) => {
                let place = 8 + deals.clock as usize * 2 + deals.whole as usize;
                (place, deals.keep as usize, deals.adds as usize)
            }
            Select::Standing => (18, 0, 0),
            Select::Challenges(of) => (18, 1 + of as usize, 0),
            Select::Feedback(of) => (18, 9 + of as usize, 0),
            Select::Corrected(of) => (18, 20 + of as usize, 0),
            Select::Meetings(of) => (18, 30 + of as usize, ctx.scope.population as usize),
            Select::Streak => (18, 40, ctx.scope.population as usize),
            Select::Reason(code) => (19, code as usize, 0),
            Select::MqlsThat(test) => tested(20, test),
            Select::Handoffs(clock, test) => tested(21 + clock as usize, test),
            Select::Toll(test, toll) => tested(27 + toll as usize, test),
            Select::FromSource(code, test) => tested(32 + code as usize, test),
        }
    }

    /// Whether rows fall into a period by their moment and ask nothing else of it.
    pub(crate) fn falls_by_moment(&self) -> bool {
        match self {
            Select::Standing | Select::Spend(_) => false,
            Select::Deals(deals) => {
                let timeless = matches!(deals.clock, DealClock::Open | DealClock::Ever);
                !timeless && deals.whole == Whole::Filtered
            }
            _ => true,
        }
    }

    /// How far the sum can be used again.
    fn kept(&self, ctx: &Context) -> Kept {
        let key = self.key(ctx);
        match self {
            Select::Spend(_) => Kept::InPeriod(key),
            Select::Leads(_) | Select::LeadsNotFree | Select::Steps(..) => Kept::ByMonth(key),
            Select::Deals(deals) => match deals.clock {
                DealClock::Open => Kept::InPeriod(key),
                DealClock::Ever => Kept::Always(key),
                _ => Kept::ByMonth(key),
            },
            _ => Kept::No,
        }
    }

    fn whole(&self) -> Whole {
        match self {
            Select::Deals(deals) => deals.whole,
            _ => Whole::Filtered,
        }
    }

    fn add_up(&self, ctx: &Context) -> Tally {
        let mut tally = Tally::ZERO;
        self.visit(ctx, |_, add| tally.add(add));
        tally
    }

    /// Every rejection of the period.
    pub(crate) const fn rejected() -> Select {
        Select::Handoffs(HandoffClock::Verdict, Test::all(flag::REJECTED))
    }

    /// What the rows add up to; from a shared histogram where each adds 1.
    pub(crate) fn tally(&self, ctx: &Context) -> Tally {
        match *self {
            Select::Handoffs(clock, test) => {
                let test = ctx.of_population(test);
                Tally::rows(ctx.passing(ctx.histogram(clock), test))
            }
            Select::Toll(test, toll) => ctx.verdicts().toll(ctx, ctx.of_population(test), toll),
            Select::Reason(code) => Tally::rows(ctx.verdicts().reason(code)),
            Select::Streak => {
                let sums = &ctx.scope.sums.runs[ctx.scope.population as usize];
                Tally::rows(ctx.by_month(sums, Run::new).longest().into())
            }
            Select::FromSource(code, test) if test == Test::all(flag::REJECTED) => {
                Tally::rows(ctx.verdicts().source(code).0)
            }
            Select::FromSource(code, test) if test == super::define::DECIDED => {
                Tally::rows(ctx.verdicts().source(code).1)
            }
            Select::MqlsThat(test) => {
                let test = ctx.of_population(test);
                Tally::rows(ctx.passing(ctx.mql_histogram(), test))
            }
            Select::Leads(LeadClock::Mql) => {
                let all = ctx.mql_histogram().iter().map(|n| u64::from(*n)).sum();
                Tally::rows(all)
            }
            _ => match self.kept(ctx) {
                Kept::No => self.add_up(ctx),
                Kept::InPeriod(key) => ctx.remembered(key, || self.add_up(ctx)),
                Kept::ByMonth(key) => ctx.remembered(key, || {
                    let sums = ctx.scope.sums_of(self.whole()).of(key);
                    ctx.by_month(&sums, |part| self.add_up(part))
                }),
                Kept::Always(key) => *ctx.scope.sums.of(key).nth(1, 0, || self.add_up(ctx)),
            },
        }
    }
}

impl Term {
    /// What the term adds up to.
    pub(crate) fn tally(&self, ctx: &Context) -> Tally {
        self.select.tally(ctx).times(self.sign)
    }

    /// Visits its rows with what each adds or takes away.
    pub(crate) fn visit(&self, ctx: &Context, mut f: impl FnMut(u32, Option<i64>)) {
        self.select
            .visit(ctx, |row, add| f(row, add.map(|add| add * self.sign)));
    }

    /// Its rows.
    pub(crate) fn rows(&self, ctx: &Context) -> RowSet {
        let mut set = RowSet::empty(self.select.table());
        self.visit(ctx, |row, add| {
            set.rows.push(row);
            set.adds.push(add);
        });
        set
    }
}

/// Handoffs of the population that pass a test.
#[inline]
fn passing(ctx: &Context, clock: HandoffClock, test: Test, mut f: impl FnMut(u32)) {
    let (test, marks) = (ctx.of_population(test), &ctx.marks().handoffs);
    ctx.each_handoff(clock, |row| {
        if test.passes(marks.flags(row)) {
            f(row);
        }
    });
}

/// The reason of a rejection, mapped to its successor where it is retired.
pub(crate) fn reason_now(ctx: &Context, row: u32) -> Code {
    let code = ctx.facts.handoffs.reason[row as usize];
    let facts = &ctx.facts.names.reason_facts;
    facts.get(code as usize).map_or(code, |reason| reason.now)
}

impl SpendOn {
    fn covers(self, kind: SpendKind) -> bool {
        match self {
            SpendOn::Programmes => is_programme(kind),
            SpendOn::Media => kind == SpendKind::Media,
            SpendOn::All => true,
        }
    }
}

impl StepOf {
    /// The steps whose moment lies in the period.
    pub(crate) fn within<'a>(self, ctx: &'a Context) -> &'a [(crate::domain::moment::Moment, u32)] {
        let reached = &ctx.marks().reached;
        let steps: &Steps = match self {
            StepOf::Qualified => &reached.deal_qualified,
            StepOf::Won => &reached.deal_won,
            StepOf::SkippedAccepted => &reached.skipped_accepted,
            StepOf::SkippedConnected => &reached.skipped_connected,
            StepOf::SkippedQualified => &reached.skipped_qualified,
        };
        let start = steps.partition_point(|(at, _)| *at < ctx.past.start_at);
        let end = steps.partition_point(|(at, _)| *at < ctx.past.end_at);
        &steps[start..end.max(start)]
    }
}
