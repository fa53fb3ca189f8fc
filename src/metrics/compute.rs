//! From a definition and what its rows add up to, to the figure. Selects no rows.

use super::context::Context;
use super::define::{Against, Definition, Shape, UnitOf, Wait};
use super::figure::{Counted, Figure, Unit, Value, kappa, wilson};
use super::id::Metric;
use super::marks::Record;
use super::marks::costs::unsplit;
use super::notes;
use super::rowset::Made;
use super::select::{Select, Tally, Term};
use super::spans::{SpanOf, SpanStats};
use crate::domain::period::{Period, Span};
use crate::facts::filter::Dimension;
use crate::facts::handoffs::Says;

/// What the terms of a definition add up to, for a whole period or for one line of a breakdown.
#[derive(Clone, Debug, Default)]
pub(crate) struct Parts {
    pub rows: Vec<Tally>,
    pub base: Vec<Tally>,
    pub aside: Option<Tally>,
    pub open: u64,
    pub span: Option<SpanStats>,
}

impl Parts {
    /// Of the whole period.
    pub(crate) fn of(ctx: &Context, definition: &Definition) -> Parts {
        let all = |terms: &[Term]| terms.iter().map(|term| term.tally(ctx)).collect();
        let rows: Vec<Tally> = all(&definition.rows);
        // Whether every source is free matters only where nothing was spent.
        let matters = |select: &Select| {
            !matches!(select, Select::LeadsNotFree) || rows.iter().all(|tally| tally.count == 0)
        };
        let aside = definition.aside.filter(matters);
        Parts {
            aside: aside.map(|select| select.tally(ctx)),
            rows,
            base: all(&definition.base),
            open: definition.open.map_or(0, |select| select.tally(ctx).count),
            span: match definition.shape {
                Shape::Span(of, _) => Some(*ctx.span_stats(of)),
                _ => None,
            },
        }
    }
}

/// All terms together.
fn total(tallies: &[Tally]) -> Tally {
    tallies
        .iter()
        .fold(Tally::ZERO, |sum, tally| sum.and(*tally))
}

/// What stands above the line. Both tolls of misalignment are of the same rejections: none is counted twice.
fn above(ctx: &Context, metric: Metric, parts: &Parts) -> Tally {
    let sum = total(&parts.rows);
    let (Metric::CostOfMisalignment, [waste, hours]) = (metric, &parts.rows[..]) else {
        return sum;
    };
    let unpriced = match ctx.marks().effort {
        Record::Recorded => waste.unpriced,
        Record::Unrecorded => hours.count,
    };
    Tally {
        count: waste.count.max(hours.count),
        unpriced,
        ..sum
    }
}

/// The figure of the period.
pub(crate) fn figure(ctx: &Context, metric: Metric) -> Figure {
    let definition = Definition::of(metric, ctx);
    let parts = Parts::of(ctx, &definition);
    assemble(ctx, metric, &definition, &parts)
}

/// The figure of these parts.
pub(crate) fn assemble(
    ctx: &Context,
    metric: Metric,
    definition: &Definition,
    parts: &Parts,
) -> Figure {
    let (rows, base) = (above(ctx, metric, parts), total(&parts.base));
    let mut figure = Figure {
        id: metric,
        value: None,
        unit: unit(ctx, definition.unit),
        numerator: rows.sum,
        denominator: None,
        n: rows.count,
        counted: definition.counted,
        mature: definition.wait.and_then(|wait| mature(ctx, wait)),
        open: parts.open,
        unpriced: rows.unpriced + base.unpriced,
        small_n: false,
        interval: None,
        note: None,
    };
    match definition.shape {
        Shape::Sum => {
            figure.value = rows
                .sum
                .filter(|_| is_known(ctx, metric, parts, rows))
                .map(|sum| {
                    if definition.unit == UnitOf::Hours {
                        Value::Real(sum as f64 / 60.0)
                    } else {
                        Value::Whole(sum)
                    }
                });
        }
        Shape::Quotient { share } => {
            (figure.denominator, figure.n) = (base.sum, base.count);
            let both = rows.sum.zip(base.sum.filter(|sum| *sum > 0));
            let known = is_known(ctx, metric, parts, rows);
            figure.value = both
                .filter(|_| known)
                .map(|(rows, base)| Value::Real(rows as f64 / base as f64));
            if let (true, Some((hits, n))) = (share, both) {
                figure.interval = u64::try_from(hits)
                    .ok()
                    .and_then(|hits| wilson(hits, n as u64));
            }
        }
        Shape::Kappa => {
            (figure.denominator, figure.n) = (base.sum, base.count);
            let cells: Vec<u64> = parts.base.iter().map(|cell| cell.count).collect();
            if let [a, b, c, d] = cells[..] {
                figure.value = kappa([[a, b], [c, d]]).map(Value::Real);
            }
        }
        Shape::Span(of, made) => {
            let stats = parts.span.unwrap_or_default();
            let value = if made == Made::Ninetieth {
                stats.p90
            } else {
                stats.median
            };
            (figure.n, figure.open, figure.unpriced) = (stats.n, stats.open, stats.unpriced);
            figure.numerator = None;
            figure.value = value
                .filter(|_| is_known(ctx, metric, parts, rows))
                .map(|value| Value::Real(value / per_unit(of)));
        }
        Shape::Target(against, of) => target(ctx, against, of, base, &mut figure),
    }
    let marked = !matches!(definition.shape, Shape::Sum);
    figure.small_n =
        marked && figure.value.is_some() && figure.n < ctx.book.settings.small_n as u64;
    figure.note = notes::note(ctx, metric, parts, &figure);
    figure
}

fn unit(ctx: &Context, unit: UnitOf) -> Unit {
    match unit {
        UnitOf::Money => Unit::Money(ctx.facts.rates.home()),
        UnitOf::Count => Unit::Count,
        UnitOf::Ratio => Unit::Ratio,
        UnitOf::Days => Unit::Days,
        UnitOf::Hours => Unit::Hours,
    }
}

/// How much of what a span is measured in makes one of its unit.
pub(crate) fn per_unit(of: SpanOf) -> f64 {
    match of {
        SpanOf::Speed | SpanOf::System | SpanOf::Human => 3_600.0,
        SpanOf::Feedback => 86_400.0,
        _ => 1.0,
    }
}

/// A sum of rows none of which is priced says nothing; nor does a cost where no spend is known (C5).
fn is_known(ctx: &Context, metric: Metric, parts: &Parts, rows: Tally) -> bool {
    let (effort, spending) = (ctx.marks().effort, ctx.marks().spending);
    if metric == Metric::CostOfMisalignment {
        // Where neither the leads nor the reps' time has a price, the cost is not 0: nobody knows it.
        let waste = parts.rows[0];
        return waste.unpriced < waste.count
            || effort == Record::Recorded
            || (rows.count == 0 && spending == Record::Recorded);
    }
    if rows.count > 0 && rows.unpriced == rows.count {
        return false;
    }
    match metric {
        // What was never written down is not 0.
        Metric::Spend => rows.count > 0 || (spending == Record::Recorded && spend_is_told(ctx)),
        Metric::WastedSpend | Metric::WastedSpendUnproven => {
            rows.count > 0 || spending == Record::Recorded
        }
        Metric::WorkedRate => ctx.marks().work == Record::Recorded,
        // Where nothing was decided, nothing stands in a row.
        Metric::SourceTrustRun => parts.aside.is_some_and(|decided| decided.count > 0),
        // A failing rule is one sign of it.
        Metric::RecordedTooEarly => ctx.facts.handoffs.stamps != Says::NotJudged,
        // Without the people it would be another number under the same name.
        Metric::Cac => rows.count > 0 && unsplit(ctx) == 0,
        // Leads without spend cost 0 only where every source is free.
        Metric::CostPerLead => rows.count > 0 || parts.aside.is_some_and(|a| a.count == 0),
        Metric::CostPerAccepted
        | Metric::CostPerSqo
        | Metric::CostPerPipelineUnit
        | Metric::CacMedia => rows.count > 0,
        // No attempt is recorded anywhere: that is not "gave up after none".
        _ if needs_attempts(metric) => effort == Record::Recorded,
        // Deals whose delivery cost nobody knows have no margin, not one of 0.
        Metric::ContributionMargin
        | Metric::ContributionMarginBefore
        | Metric::ContributionMarginShare => parts.rows[..3].iter().any(|tally| tally.count > 0),
        _ => true,
    }
}

/// Whether spend could be told by what the filter asks for: it names no segment and no rep.
fn spend_is_told(ctx: &Context) -> bool {
    let mut asked = ctx.scope.filter.chosen.iter();
    !asked.any(|(of, _)| matches!(of, Dimension::Segment | Dimension::Rep))
}

/// Whether a number says nothing in a workspace where no attempt was ever recorded.
pub(crate) fn needs_attempts(metric: Metric) -> bool {
    matches!(
        metric,
        Metric::AttemptsBeforeGivingUp
            | Metric::AttemptsBeforeGivingUpMedian
            | Metric::RepHoursOnRejected
            | Metric::RepCostOnRejected
            | Metric::UntouchedShare
            | Metric::IgnoredShare
            | Metric::SlaAttainment
    )
}

/// Whether the youngest row of the cohort is old enough; `None` where the past does not say how old that is.
fn mature(ctx: &Context, wait: Wait) -> Option<bool> {
    let needed = match wait {
        Wait::Past(way) => ctx.marks().ripeness.needed(way)?,
        Wait::Seconds(seconds) => seconds,
    };
    Some(ctx.scope.as_of.since(ctx.past.end_at) >= needed)
}

/// The target in force for the whole workspace; none where a filter shows a part of it.
pub(crate) fn target_of(ctx: &Context, metric: Metric) -> Option<i64> {
    let targets = &ctx.facts.targets;
    let value = targets.value(metric.id(), &ctx.period, ctx.scope.as_of)?;
    (ctx.scope.filter.is_empty() && value > 0).then_some(value)
}

/// Working days of the period that are over at the as-of moment, and all of them (C16).
pub(crate) fn working_days(ctx: &Context, period: &Period) -> (u32, u32) {
    if period.span == Span::All {
        return (0, 0);
    }
    let calendar = &ctx.book.calendar;
    let today = ctx.marks().today;
    let over = calendar
        .hours_on(today)
        .is_some_and(|(_, close)| close <= ctx.scope.as_of);
    let end = today.plus(i32::from(over)).clamp(period.first, period.end);
    (
        calendar.working_days(period.first, end),
        calendar.working_days(period.first, period.end),
    )
}

fn target(ctx: &Context, against: Against, of: Metric, base: Tally, figure: &mut Figure) {
    let Some(target) = target_of(ctx, of) else {
        return;
    };
    figure.denominator = Some(target);
    let Some(reached) = figure.numerator else {
        return;
    };
    let quotient = |below: f64| (below > 0.0).then(|| Value::Real(reached as f64 / below));
    figure.value = match against {
        Against::Attainment => quotient(target as f64),
        Against::Gap => target.checked_sub(reached).map(Value::Whole),
        Against::Pace => {
            let (gone, all) = working_days(ctx, &ctx.period);
            let pace = target as f64 * f64::from(gone) / f64::from(all.max(1));
            figure.denominator = Some(pace.round() as i64);
            quotient(pace)
        }
        Against::Missing => {
            figure.denominator = base.sum.and_then(|won| target.checked_sub(won));
            figure
                .denominator
                .and_then(|missing| quotient(missing as f64))
        }
    };
    figure.counted = if against == Against::Missing {
        Counted::AsOf
    } else {
        Counted::Event
    };
}
