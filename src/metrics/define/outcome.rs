//! Outcome: the headline, revenue, margin, readings and deal sizes. Counts nothing.

use super::{Against, Definition, UnitOf};
use crate::domain::policy::SourceSide;
use crate::metrics::context::Context;
use crate::metrics::figure::Counted;
use crate::metrics::id::Metric;
use crate::metrics::marks::deals::{DealMark, deal};
use crate::metrics::rowset::Made;
use crate::metrics::select::{DealClock, Deals, Select, SpendOn, Term, Whole, minus, plus};
use crate::metrics::spans::SpanOf;

type Keep = fn(&Context, usize, &DealMark) -> bool;
type Adds = fn(&Context, usize, &DealMark) -> Option<i64>;

/// Deals of the filter.
pub(super) fn deals(clock: DealClock, keep: Keep, adds: Adds) -> Select {
    Select::Deals(Deals {
        clock,
        keep,
        adds,
        whole: Whole::Filtered,
    })
}

fn of_everything(select: Select) -> Select {
    match select {
        Select::Deals(deals) => Select::Deals(Deals {
            whole: Whole::Everything,
            ..deals
        }),
        other => other,
    }
}

/// Deals that qualified, less those taken back, each with this amount.
pub(super) fn qualified(adds: Adds) -> Vec<Term> {
    vec![
        plus(deals(
            DealClock::Qualified,
            |_, _, m| m.is(deal::QUALIFIED),
            adds,
        )),
        minus(deals(
            DealClock::Reversed,
            |_, _, m| m.is(deal::Q_REVERSED),
            adds,
        )),
    ]
}

/// Deals that were won, less those taken back, each with this amount.
pub(crate) fn won(adds: Adds) -> Vec<Term> {
    vec![
        plus(deals(DealClock::Closed, |_, _, m| m.is(deal::WON), adds)),
        minus(deals(
            DealClock::Reversed,
            |_, _, m| m.is(deal::W_REVERSED),
            adds,
        )),
    ]
}

/// The frozen value.
pub(super) const FROZEN: Adds = |_, _, mark| mark.frozen;
/// The value at the end.
pub(crate) const CLOSED: Adds = |_, _, mark| mark.closed;
/// One each.
pub(super) const ONE: Adds = |_, _, _| Some(1);

/// Won deals whose cost of delivery is known, less those taken back.
fn won_with_cost(adds: Adds) -> Vec<Term> {
    vec![
        plus(deals(
            DealClock::Closed,
            |_, _, m| m.is(deal::WON) && m.delivery.is_some(),
            adds,
        )),
        minus(deals(
            DealClock::Reversed,
            |_, _, m| m.is(deal::W_REVERSED) && m.delivery.is_some(),
            adds,
        )),
    ]
}

const MARGIN: Adds = |_, _, mark| mark.closed?.checked_sub(mark.delivery?);

fn margin_after() -> Vec<Term> {
    let mut rows = won_with_cost(MARGIN);
    rows.push(minus(Select::Spend(SpendOn::All)));
    rows
}

fn of_unknown_margin() -> Select {
    deals(
        DealClock::Closed,
        |_, _, m| m.is(deal::WON) && m.delivery.is_none(),
        ONE,
    )
}

/// Open deals from leads handed off.
fn read_by_marketing() -> Select {
    deals(
        DealClock::Open,
        |_, _, m| m.is(deal::OPEN | deal::HANDED_OFF),
        |_, _, m| m.open,
    )
}

/// Open qualified deals that are not stale.
fn read_by_sales() -> Select {
    deals(
        DealClock::Open,
        |_, _, m| m.is_pipeline() && !m.any(deal::STALE),
        |_, _, m| m.open,
    )
}

/// Whether an open qualified deal should close in the period and still can.
pub(crate) fn arrives(ctx: &Context, mark: &DealMark) -> bool {
    mark.is_pipeline() && !mark.is(deal::OVERDUE) && ctx.period.holds_day(mark.close_on)
}

/// Open qualified deals that should close in the period, weighed by the rate of their stage, or by that of all stages.
fn read_by_finance() -> [Select; 2] {
    const WEIGHED: Adds = |ctx, _, m| ctx.marks().chances.expected(m.stage, m.open?);
    let of = |keep: Keep| deals(DealClock::Open, keep, WEIGHED);
    [
        of(|ctx, _, m| arrives(ctx, m) && !ctx.marks().chances.is_pooled(m.stage)),
        of(|ctx, _, m| arrives(ctx, m) && ctx.marks().chances.is_pooled(m.stage)),
    ]
}

pub(super) fn define(metric: Metric) -> Option<Definition> {
    let money = UnitOf::Money;
    let headline = || qualified(FROZEN);
    let target = Metric::QualifiedPipelineSourced;
    Some(match metric {
        Metric::QualifiedPipelineSourced => Definition::sum(money, headline()),
        Metric::PipelineAttainment => {
            Definition::target(UnitOf::Ratio, Against::Attainment, target, headline())
        }
        Metric::PipelineGap => Definition::target(money, Against::Gap, target, headline()),
        Metric::PipelinePace => {
            Definition::target(UnitOf::Ratio, Against::Pace, target, headline())
        }
        Metric::PipelineContribution => Definition::quotient(
            UnitOf::Ratio,
            headline(),
            headline()
                .into_iter()
                .map(|term| Term {
                    select: of_everything(term.select),
                    ..term
                })
                .collect(),
        ),
        Metric::SelfSourcedShare => {
            let by_sales: Keep = |ctx, row, m| m.is(deal::QUALIFIED) && is_sales(ctx, row);
            let taken_back: Keep = |ctx, row, m| m.is(deal::Q_REVERSED) && is_sales(ctx, row);
            let rows = vec![
                plus(deals(DealClock::Qualified, by_sales, FROZEN)),
                minus(deals(DealClock::Reversed, taken_back, FROZEN)),
            ];
            Definition::quotient(UnitOf::Ratio, rows, headline())
        }
        Metric::SqoCount => Definition::sum(UnitOf::Count, qualified(ONE)),
        Metric::Revenue => Definition::sum(money, won(CLOSED)),
        Metric::RevenueAttainment => Definition::target(
            UnitOf::Ratio,
            Against::Attainment,
            Metric::Revenue,
            won(CLOSED),
        ),
        Metric::ContributionMargin => {
            Definition::sum(money, margin_after()).aside(of_unknown_margin())
        }
        Metric::ContributionMarginBefore => {
            Definition::sum(money, won_with_cost(MARGIN)).aside(of_unknown_margin())
        }
        Metric::ContributionMarginShare => {
            Definition::quotient(UnitOf::Ratio, margin_after(), won_with_cost(CLOSED))
                .aside(of_unknown_margin())
        }
        Metric::ReadingMarketing => {
            Definition::sum(money, vec![plus(read_by_marketing())]).counted(Counted::AsOf)
        }
        Metric::ReadingSales => {
            Definition::sum(money, vec![plus(read_by_sales())]).counted(Counted::AsOf)
        }
        Metric::ReadingFinance => {
            let mut rows = read_by_finance().map(plus).to_vec();
            rows.extend(won(CLOSED));
            let overdue = deals(
                DealClock::Open,
                |_, _, m| m.is_pipeline() && m.is(deal::OVERDUE),
                ONE,
            );
            Definition::sum(money, rows)
                .counted(Counted::AsOf)
                .aside(overdue)
        }
        Metric::DealSize => Definition::span(money, SpanOf::DealSize, Made::Median),
        Metric::DealSizeMean => {
            let standing: Keep = |_, _, m| m.is(deal::QUALIFIED) && !m.is(deal::Q_REVERSED);
            let priced: Keep =
                |_, _, m| m.is(deal::QUALIFIED) && !m.is(deal::Q_REVERSED) && m.frozen.is_some();
            Definition::quotient(
                money,
                vec![plus(deals(DealClock::Qualified, standing, FROZEN))],
                vec![plus(deals(DealClock::Qualified, priced, ONE))],
            )
        }
        _ => return None,
    })
}

fn is_sales(ctx: &Context, row: usize) -> bool {
    let source = ctx.facts.opportunities.rows[row].source;
    ctx.facts.names.side(source) == SourceSide::Sales
}
