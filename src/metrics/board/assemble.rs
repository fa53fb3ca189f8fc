//! Computes a board: the period, the one before, the year before and the last twelve. Defines no figure.

use std::sync::Arc;

use super::{Board, BothRight, Compared, Headline, LeftOut, Point, TargetChange};
use crate::domain::book::Book;
use crate::domain::moment::Moment;
use crate::domain::period::{Period, Span};
use crate::facts::Facts;
use crate::facts::filter::Dimension;
use crate::metrics::breakdown::sides;
use crate::metrics::compute::{figure, target_of, working_days};
use crate::metrics::context::Context;
use crate::metrics::figure::{Counted, Figure};
use crate::metrics::id::Metric;
use crate::metrics::readings::Readings;
use crate::metrics::scope::Scope;
use crate::metrics::select::Term;
use crate::metrics::spans::SpanOf;

/// Marketing's column.
pub const MARKETING: &[Metric] = &[
    Metric::Leads,
    Metric::Mqls,
    Metric::MqlAttainment,
    Metric::Handoffs,
    Metric::AcceptanceRate,
    Metric::RejectionRate,
    Metric::Spend,
    Metric::CostPerLead,
    Metric::CostPerSqo,
    Metric::WastedSpend,
    Metric::FeedbackActedOn,
];

/// Sales' column.
pub const SALES: &[Metric] = &[
    Metric::Revenue,
    Metric::RevenueAttainment,
    Metric::SqoCount,
    Metric::WorkedRate,
    Metric::SpeedToLead,
    Metric::SlaAttainment,
    Metric::AttemptsBeforeGivingUp,
    Metric::Conversations,
    Metric::FirstMeetings,
    Metric::FirstMeetingsIcpShare,
    Metric::UnverifiedRejections,
    Metric::FeedbackLatency,
    Metric::WinRate,
    Metric::PipelineCoverage,
];

/// The panel "cost of misalignment": they are one problem, so they stand together.
pub const MISALIGNMENT: &[Metric] = &[
    Metric::Conversion,
    Metric::CycleTime,
    Metric::Cac,
    Metric::WastedSpend,
    Metric::RepHoursOnRejected,
    Metric::CostOfMisalignment,
];

const SPANS: [SpanOf; 4] = [
    SpanOf::Speed,
    SpanOf::System,
    SpanOf::Human,
    SpanOf::Feedback,
];

/// How many periods a trend shows.
const TREND: i32 = 12;

impl Board {
    /// The whole scoreboard of a scope. Two threads share the work.
    pub fn compute(facts: &Facts, book: &Book, scope: &Scope) -> Board {
        let now = Context::new(facts, book, scope, &scope.period);
        // A period that has not begun stands beside nothing.
        let begun = scope.period.start_at <= scope.as_of;
        let neighbour = |period: Period| {
            (begun && period != scope.period).then(|| Context::new(facts, book, scope, &period))
        };
        let before = neighbour(scope.period.step(-1, &book.calendar));
        let year_before = neighbour(scope.period.year_before(&book.calendar));
        std::thread::scope(|threads| {
            let beside = threads.spawn(|| Beside::new(&now, before.as_ref(), year_before.as_ref()));
            let headline = [
                Metric::QualifiedPipelineSourced,
                Metric::PipelineAttainment,
                Metric::PipelineGap,
                Metric::PipelinePace,
            ]
            .map(|metric| figure(&now, metric));
            let readings = Readings::new(&now);
            let sides = sides(&now);
            let figures: Vec<Figure> = Metric::ALL.iter().map(|m| figure(&now, *m)).collect();
            let waterfall = Arc::clone(now.waterfall());
            let beside = beside
                .join()
                .expect("figures of other periods cannot panic where those of this one do not");
            let compared = |metrics: &[Metric]| -> Vec<Compared> {
                metrics
                    .iter()
                    .map(|m| beside.compare(*m, &figures))
                    .collect()
            };
            let (marketing, sales, misalignment) =
                (compared(MARKETING), compared(SALES), compared(MISALIGNMENT));
            let [_, attainment, gap, pace] = headline;
            let shown = |metric: Metric| {
                HEADLINE.contains(&metric)
                    || [MARKETING, SALES, MISALIGNMENT]
                        .iter()
                        .any(|ids| ids.contains(&metric))
            };
            Board {
                period: scope.period.clone(),
                as_of: scope.as_of,
                mode: scope.mode,
                population: scope.population,
                headline: Headline {
                    value: beside.compare(Metric::QualifiedPipelineSourced, &figures),
                    target: target_of(&now, Metric::QualifiedPipelineSourced),
                    target_history: target_history(&now),
                    attainment,
                    gap,
                    pace,
                    working_days: working_days(&now, &scope.period),
                    restated: restated(&now),
                    trend: beside.trend,
                },
                others: figures.iter().filter(|f| !shown(f.id)).cloned().collect(),
                marketing,
                sales,
                both_right: beside.both_right,
                readings,
                misalignment,
                waterfall,
                sides,
                left_out: beside.left_out,
                has_data: beside.has_data,
                elsewhere: beside.elsewhere,
            }
        })
    }
}

/// What the headline and the readings hold.
const HEADLINE: &[Metric] = &[
    Metric::QualifiedPipelineSourced,
    Metric::PipelineAttainment,
    Metric::PipelineGap,
    Metric::PipelinePace,
    Metric::ReadingMarketing,
    Metric::ReadingSales,
    Metric::ReadingFinance,
];

/// What the second thread computes.
struct Beside {
    before: Option<Vec<Figure>>,
    year_before: Option<Vec<Figure>>,
    trend: Vec<Point>,
    both_right: BothRight,
    left_out: LeftOut,
    has_data: bool,
    elsewhere: Option<Period>,
}

impl Beside {
    fn new(now: &Context, before: Option<&Context>, year_before: Option<&Context>) -> Beside {
        // Where there is nothing to compare or nothing known of the filter, this thread takes the longest walks.
        if before.is_none() {
            now.waterfall();
        }
        now.verdicts();
        for span in SPANS {
            now.span_stats(span);
        }
        let compared = |ctx: &Context| -> Vec<Figure> {
            let mut ids = vec![Metric::QualifiedPipelineSourced];
            for metric in [MARKETING, SALES, MISALIGNMENT].into_iter().flatten() {
                if !ids.contains(metric) {
                    ids.push(*metric);
                }
            }
            ids.into_iter().map(|metric| figure(ctx, metric)).collect()
        };
        let began = began(now.facts);
        let last: Vec<Context> = last_periods(now)
            .iter()
            .map(|period| Context::new(now.facts, now.book, now.scope, period))
            .collect();
        let series = |metric: Metric| -> Vec<Point> {
            let silent = |there: &Context| {
                let before = began.is_none_or(|began| there.period.end_at <= began);
                let ahead = there.period.start_at > now.scope.as_of;
                ahead || (before && there.period != now.period)
            };
            last.iter()
                .map(|there| point(there, metric, silent(there)))
                .collect()
        };
        let has_data = latest(now, now.past.start_at, now.past.end_at).is_some();
        Beside {
            before: before.map(compared),
            year_before: year_before.map(compared),
            trend: series(Metric::QualifiedPipelineSourced),
            both_right: BothRight {
                mqls: series(Metric::Mqls),
                conversations: series(Metric::Conversations),
                revenue: series(Metric::Revenue),
            },
            left_out: left_out(now),
            has_data,
            elsewhere: if has_data { None } else { elsewhere(now) },
        }
    }

    fn compare(&self, metric: Metric, now: &[Figure]) -> Compared {
        let of = |figures: &[Figure]| figures.iter().find(|f| f.id == metric).cloned();
        let now = of(now).expect("every metric was computed for the period");
        // What is still open today of an earlier period is not what was open then.
        let as_then = now.counted != Counted::AsOf;
        let other = |figures: Option<&[Figure]>| figures.filter(|_| as_then).and_then(of);
        Compared {
            now,
            before: other(self.before.as_deref()),
            year_before: other(self.year_before.as_deref()),
        }
    }
}

/// The last twelve periods of the same kind, this one last; the last twelve months that hold something for "everything".
fn last_periods(ctx: &Context) -> Vec<Period> {
    let calendar = &ctx.book.calendar;
    let last = match ctx.period.span {
        Span::All => {
            let at = latest(ctx, ALWAYS, ctx.past.end_at);
            let day = at.map_or(ctx.marks().today, |at| calendar.day_of(at));
            Period::around(day, Span::Month, calendar)
        }
        _ => ctx.period.clone(),
    };
    (1 - TREND..=0).map(|n| last.step(n, calendar)).collect()
}

/// A place of a series; it has no value where the history had not begun.
fn point(there: &Context, metric: Metric, silent: bool) -> Point {
    let value = (!silent).then(|| figure(there, metric).real());
    Point {
        label: there.period.label.clone(),
        first: there.period.first,
        end: there.period.end,
        value: value.flatten(),
        running: there.period.end_at > there.scope.as_of,
    }
}

fn target_history(ctx: &Context) -> Vec<TargetChange> {
    let id = Metric::QualifiedPipelineSourced.id();
    let targets = ctx.facts.targets.of(id, &ctx.period, ctx.scope.as_of);
    targets
        .map(|target| TargetChange {
            value: target.value,
            by: ctx.facts.names.people.name(target.by).to_owned(),
            at: target.at,
        })
        .collect()
}

fn restated(ctx: &Context) -> Option<i64> {
    use crate::metrics::define::Definition;
    let definition = Definition::of(Metric::QualifiedPipelineSourced, ctx);
    let back = definition.rows.iter().filter(|term| term.sign < 0);
    let mut sums = back.map(|term: &Term| term.tally(ctx).sum);
    sums.try_fold(0_i64, |all, sum| all.checked_add(sum?))
}

fn left_out(ctx: &Context) -> LeftOut {
    let leads = &ctx.facts.leads;
    let mut out = LeftOut::default();
    for row in &ctx.marks().left_out {
        let row = *row as usize;
        let passes = |dimension| match dimension {
            Dimension::Source => leads.source[row],
            Dimension::Campaign => leads.campaign[row],
            Dimension::Segment => leads.segment[row],
            Dimension::Rep => leads.owner[row],
        };
        if ctx.past.holds(leads.created.get(row)) && ctx.scope.filter.passes(passes) {
            match leads.excluded[row] {
                1 => out.test += 1,
                2 => out.internal += 1,
                _ => out.duplicate += 1,
            }
        }
    }
    out
}

/// Before everything that is dated.
const ALWAYS: Moment = Moment(i64::MIN + 1);

/// The first thing that happened to any row.
fn began(facts: &Facts) -> Option<Moment> {
    let (leads, handoffs, deals) = (&facts.leads, &facts.handoffs, &facts.opportunities);
    [
        (&leads.by_created, &leads.created),
        (&leads.by_mql, &leads.mql),
        (&handoffs.by_handed_off, &handoffs.handed_off),
        (&handoffs.by_verdict, &handoffs.verdict_at),
        (&deals.by_qualified, &deals.qualified),
        (&deals.by_closed, &deals.closed),
    ]
    .into_iter()
    .filter_map(|(clock, column)| Some(column.get(*clock.rows().first()? as usize)))
    .min()
}

/// The latest thing that happened to a row of the filter in `[start, end)`.
fn latest(ctx: &Context, start: Moment, end: Moment) -> Option<Moment> {
    let (facts, mask) = (ctx.facts, &ctx.scope.mask);
    let (leads, handoffs, deals) = (&facts.leads, &facts.handoffs, &facts.opportunities);
    [
        (&leads.by_created, &leads.created, &mask.leads),
        (&leads.by_mql, &leads.mql, &mask.leads),
        (
            &handoffs.by_handed_off,
            &handoffs.handed_off,
            &mask.handoffs,
        ),
        (&handoffs.by_verdict, &handoffs.verdict_at, &mask.handoffs),
        (&deals.by_qualified, &deals.qualified, &mask.opportunities),
        (&deals.by_closed, &deals.closed, &mask.opportunities),
    ]
    .into_iter()
    .filter_map(|(clock, column, mask)| {
        let rows = clock.rows();
        let ended = rows.partition_point(|row| column.get(*row as usize) < end);
        let latest_first = rows[..ended].iter().rev().map(|row| *row as usize);
        latest_first
            .take_while(|row| column.get(*row) >= start)
            .find(|row| mask.contains(*row))
            .map(|row| column.get(row))
    })
    .max()
}

/// The nearest period of the same kind that holds something: the latest before, else the latest of all.
fn elsewhere(ctx: &Context) -> Option<Period> {
    let calendar = &ctx.book.calendar;
    let now = Moment(ctx.scope.as_of.0.saturating_add(1));
    let at = latest(ctx, ALWAYS, ctx.past.start_at).or_else(|| latest(ctx, ALWAYS, now))?;
    let span = match ctx.period.span {
        Span::Custom | Span::All => Span::Month,
        span => span,
    };
    Some(Period::around(calendar.day_of(at), span, calendar))
}
