//! Conversion and pipeline health. Counts nothing.

use super::outcome::{CLOSED, ONE, deals, won};
use super::{Against, Definition, UnitOf, Wait};
use crate::metrics::context::{Context, HandoffClock, LeadClock};
use crate::metrics::figure::Counted;
use crate::metrics::id::Metric;
use crate::metrics::marks::deals::{DealMark, deal};
use crate::metrics::marks::handoffs::{Test, flag};
use crate::metrics::marks::ripeness::Way;
use crate::metrics::rowset::Made;
use crate::metrics::scope::Mode;
use crate::metrics::select::{DealClock, Select, StepOf, Term, plus};
use crate::metrics::spans::SpanOf;

/// A skipped step counts as reached. A conversation alone skips no acceptance: the verdict comes from it.
const ACCEPTED: Test = Test::any(flag::ACCEPTED | flag::QUALIFIED | flag::WON);
const CONNECTED: Test = Test::any(flag::CONNECTED | flag::QUALIFIED | flag::WON);
const QUALIFIED: Test = Test::any(flag::QUALIFIED | flag::WON);
const WON: Test = Test::all(flag::WON);

fn accepted(and: Test) -> Vec<Term> {
    let own = Test {
        all: and.all | flag::ACCEPTED,
        ..and
    };
    vec![
        plus(Select::Handoffs(HandoffClock::Verdict, own)),
        plus(Select::Steps(StepOf::SkippedAccepted, and)),
    ]
}

fn connected(and: Test) -> Vec<Term> {
    vec![
        plus(Select::Handoffs(HandoffClock::Connected, and)),
        plus(Select::Steps(StepOf::SkippedConnected, and)),
    ]
}

fn qualified(and: Test) -> Vec<Term> {
    vec![
        plus(Select::Steps(StepOf::Qualified, and)),
        plus(Select::Steps(StepOf::SkippedQualified, and)),
    ]
}

fn mqls() -> Vec<Term> {
    vec![plus(Select::Leads(LeadClock::Mql))]
}

fn step(mode: Mode, event: Vec<Term>, cohort: Vec<Term>, base: Vec<Term>, way: Way) -> Definition {
    match mode {
        Mode::Event => Definition::quotient(UnitOf::Ratio, event, base),
        Mode::Cohort => {
            let mut definition = Definition::quotient(UnitOf::Ratio, cohort, base);
            definition.shape = super::Shape::Quotient { share: true };
            definition.cohort(Wait::Past(way), None)
        }
    }
}

type Keep = fn(&Context, usize, &DealMark) -> bool;
const DECIDED: Keep = |_, _, m| m.any(deal::WON | deal::LOST) && !m.is(deal::W_REVERSED);
const ENDED: Keep =
    |_, _, m| m.any(deal::WON | deal::LOST | deal::NO_DECISION) && !m.is(deal::W_REVERSED);
const STANDS_WON: Keep = |_, _, m| m.is(deal::WON) && !m.is(deal::W_REVERSED);

pub(super) fn define(metric: Metric, mode: Mode, ctx: &Context) -> Option<Definition> {
    let closed = |keep, adds| deals(DealClock::Closed, keep, adds);
    let that = |test| vec![plus(Select::MqlsThat(test))];
    let steps = |of| vec![plus(Select::Steps(of, Test::EVERY))];
    let every = Test::EVERY;
    Some(match metric {
        Metric::Conversion => step(mode, steps(StepOf::Won), that(WON), mqls(), Way::MqlToWon),
        Metric::ConversionMqlAccepted => step(
            mode,
            accepted(every),
            that(ACCEPTED),
            mqls(),
            Way::MqlToAccepted,
        )
        .aside(Select::Steps(StepOf::SkippedAccepted, every)),
        Metric::ConversionAcceptedConnected => step(
            mode,
            connected(every),
            accepted(CONNECTED),
            accepted(every),
            Way::AcceptedToConnected,
        )
        .aside(Select::Steps(StepOf::SkippedConnected, every)),
        Metric::ConversionConnectedQualified => step(
            mode,
            qualified(every),
            connected(QUALIFIED),
            connected(every),
            Way::ConnectedToQualified,
        )
        .aside(Select::Steps(StepOf::SkippedQualified, every)),
        Metric::ConversionQualifiedWon => step(
            mode,
            steps(StepOf::Won),
            qualified(WON),
            qualified(every),
            Way::QualifiedToWon,
        ),
        Metric::WinRate => Definition::share(closed(STANDS_WON, ONE), closed(DECIDED, ONE)),
        Metric::WinRateByValue => Definition::quotient(
            UnitOf::Ratio,
            vec![plus(closed(STANDS_WON, CLOSED))],
            vec![plus(closed(DECIDED, CLOSED))],
        ),
        Metric::WinRateBroad => Definition::share(closed(STANDS_WON, ONE), closed(ENDED, ONE)),
        Metric::CycleTime => Definition::span(UnitOf::Days, SpanOf::CycleWon, Made::Median),
        Metric::CycleTimeLost => Definition::span(UnitOf::Days, SpanOf::CycleLost, Made::Median),
        Metric::CycleTimeToQualified => {
            Definition::span(UnitOf::Days, SpanOf::CycleToQualified, Made::Median)
        }
        Metric::PipelineCoverage => {
            let due: Keep = |ctx, _, m| m.is_pipeline() && ctx.period.holds_day(m.close_on);
            let mut coverage = Definition::target(
                UnitOf::Ratio,
                Against::Missing,
                Metric::Revenue,
                vec![plus(deals(DealClock::Open, due, |_, _, m| m.open))],
            );
            coverage.base = won();
            coverage.counted(Counted::AsOf)
        }
        Metric::PipelineCoverageNeeded => Definition::quotient(
            UnitOf::Ratio,
            vec![plus(deals(DealClock::Ever, DECIDED, ONE))],
            vec![plus(deals(DealClock::Ever, STANDS_WON, ONE))],
        )
        .counted(Counted::AsOf),
        Metric::StaleOpportunities => {
            let stale: Keep = |_, _, m| m.is(deal::OPEN) && m.any(deal::STALE);
            Definition::count(deals(DealClock::Open, stale, ONE)).counted(Counted::AsOf)
        }
        Metric::RecordedTooEarly => {
            let early: Keep = |_, _, m| m.is(deal::QUALIFIED | deal::EARLY);
            let all: Keep = |_, _, m| m.is(deal::QUALIFIED);
            Definition::share(
                deals(DealClock::Qualified, early, ONE),
                deals(DealClock::Qualified, all, ONE),
            )
            .cohort(Wait::Seconds(ctx.book.settings.early_days * 86_400), None)
        }
        // The end of the waterfall: what stands in the pipeline of the period then.
        Metric::Waterfall => {
            Definition::sum(UnitOf::Money, vec![plus(Select::Standing)]).counted(Counted::AsOf)
        }
        _ => return None,
    })
}
