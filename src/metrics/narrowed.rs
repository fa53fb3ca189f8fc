//! The rows of a filter in the order of each clock, found once per month and read by every sum after. Adds nothing up.

use std::sync::OnceLock;

use fixedbitset::FixedBitSet;

use super::context::{Context, HANDOFF_CLOCKS, HandoffClock, LeadClock};
use super::months::Monthly;
use crate::facts::clock::Clock;
use crate::facts::column::Moments;
use crate::facts::filter::Mask;

/// Which rows, by which clock. Those by creation are leads also where their handoffs are meant.
#[derive(Clone, Copy)]
pub(crate) enum Rows {
    Handoffs(HandoffClock),
    Leads(LeadClock),
    Deals(DealEvent),
}

/// By which event a deal falls into the period.
#[derive(Clone, Copy)]
pub(crate) enum DealEvent {
    Qualified,
    Closed,
    Reversed,
}

/// What was found for one filter.
#[derive(Debug, Default)]
pub(crate) struct Narrowed {
    /// Whether the filter lets so few rows through that asking each is quicker than counting all.
    pub few: bool,
    by_clock: [Monthly<Box<[u32]>>; HANDOFF_CLOCKS + 5],
    /// Leads that have a handoff of the filter.
    handed: OnceLock<FixedBitSet>,
}

/// One in so many rows is few.
const FEW: usize = 3;

impl Narrowed {
    /// Nothing was looked for yet.
    pub(crate) fn new(mask: &Mask) -> Narrowed {
        let handoffs = &mask.handoffs;
        Narrowed {
            few: handoffs.count_ones(..) * FEW < handoffs.len(),
            ..Narrowed::default()
        }
    }
}

/// The rows of the context's period in the order of the event, in stretches. Where a filter is set, whole months hold those of the
/// filter only; elsewhere each row is still to be asked.
pub(crate) fn stretches<'a>(ctx: &Context<'a>, rows: Rows) -> Vec<&'a [u32]> {
    let (clock, column) = clock_of(ctx, rows);
    let past = (ctx.past.start_at, ctx.past.end_at);
    if ctx.scope.filter.is_empty() {
        return vec![all(ctx, rows)];
    }
    let months = &ctx.scope.marks.months;
    let narrowed = &ctx.scope.sums.narrowed;
    let kept = &narrowed.by_clock[match rows {
        Rows::Handoffs(clock) => clock as usize,
        Rows::Leads(clock) => HANDOFF_CLOCKS + clock as usize,
        Rows::Deals(event) => HANDOFF_CLOCKS + 2 + event as usize,
    }];
    let cut = months.cut(past.0, past.1);
    let rest = |ends| clock.between(column, ends);
    let mut stretches: Vec<&[u32]> = cut.before.map(rest).into_iter().collect();
    stretches.extend(cut.whole.map(|n| {
        let found = || among(clock.between(column, months.nth(n)), wanted(ctx, rows));
        &**kept.nth(months.len(), n, found)
    }));
    stretches.extend(cut.after.map(rest));
    stretches
}

/// The rows of the context's period whatever the filter.
pub(crate) fn all<'a>(ctx: &Context<'a>, rows: Rows) -> &'a [u32] {
    let (clock, column) = clock_of(ctx, rows);
    clock.between(column, (ctx.past.start_at, ctx.past.end_at))
}

fn clock_of<'a>(ctx: &Context<'a>, rows: Rows) -> (&'a Clock, &'a Moments) {
    let (leads, handoffs) = (&ctx.facts.leads, &ctx.facts.handoffs);
    let deals = &ctx.facts.opportunities;
    match rows {
        Rows::Handoffs(clock) => match clock {
            HandoffClock::HandedOff => (&handoffs.by_handed_off, &handoffs.handed_off),
            HandoffClock::Verdict => (&handoffs.by_verdict, &handoffs.verdict_at),
            HandoffClock::Assigned => (&handoffs.by_assigned, &handoffs.assigned),
            HandoffClock::Connected => (&handoffs.by_connected, &handoffs.first_connected),
            HandoffClock::Meeting => (&handoffs.by_meeting, &handoffs.first_meeting),
            HandoffClock::Created => (&leads.by_created, &leads.created),
        },
        Rows::Leads(LeadClock::Created) => (&leads.by_created, &leads.created),
        Rows::Leads(LeadClock::Mql) => (&leads.by_mql, &leads.mql),
        Rows::Deals(DealEvent::Qualified) => (&deals.by_qualified, &deals.qualified),
        Rows::Deals(DealEvent::Closed) => (&deals.by_closed, &deals.closed),
        Rows::Deals(DealEvent::Reversed) => (&deals.by_reversed, &deals.reversed),
    }
}

/// What the rows of a clock must stand in.
fn wanted<'a>(ctx: &Context<'a>, rows: Rows) -> &'a FixedBitSet {
    let mask = &ctx.scope.mask;
    match rows {
        Rows::Handoffs(HandoffClock::Created) => {
            let (leads, handoffs) = (&ctx.facts.leads, &ctx.facts.handoffs);
            ctx.scope.sums.narrowed.handed.get_or_init(|| {
                let mut handed = FixedBitSet::with_capacity(leads.len());
                for row in mask.handoffs.ones() {
                    handed.insert(handoffs.lead[row] as usize);
                }
                handed
            })
        }
        Rows::Handoffs(_) => &mask.handoffs,
        Rows::Leads(_) => &mask.leads,
        Rows::Deals(_) => &mask.opportunities,
    }
}

/// Rows looked at in one go.
const RUN: usize = 64;

/// The rows that stand in the bitmap, in their order; without a branch, since which do cannot be foreseen.
fn among(rows: &[u32], wanted: &FixedBitSet) -> Box<[u32]> {
    let mut kept = Vec::new();
    let mut run = [0; RUN];
    for rows in rows.chunks(RUN) {
        let mut count = 0;
        for row in rows {
            run[count % RUN] = *row;
            count += usize::from(wanted.contains(*row as usize));
        }
        kept.extend_from_slice(&run[..count]);
    }
    kept.into_boxed_slice()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::book::Book;
    use crate::domain::moment::{Day, Moment};
    use crate::domain::period::{Period, Span};
    use crate::facts::filter::{Dimension, Filter};
    use crate::metrics::scope::Scope;
    use crate::metrics::tests::fixture;

    fn scope(book: &Book) -> (crate::facts::Facts, Scope) {
        let mut facts = fixture::empty();
        let at = |month, day| book.calendar.start_of(Day::ymd(2025, month, day).unwrap());
        for day in 1..=28 {
            for month in [3, 1, 2] {
                let lead = fixture::lead(&mut facts, at(month, day), day % 2);
                let handoff = fixture::handoff(&facts, lead);
                facts.handoffs.push(handoff);
            }
        }
        facts.index();
        let as_of = Moment(at(3, 20).0 + 60);
        let scope = Scope::new(&facts, book, Period::all(), as_of);
        (facts, scope)
    }

    #[test]
    fn the_rows_of_a_filter_are_those_of_its_mask_in_the_order_of_the_event() {
        let book = fixture::book("Europe/Berlin");
        let (facts, scope) = scope(&book);
        let filter = Filter {
            chosen: vec![(Dimension::Source, 1)],
        };
        let narrowed = scope.with_filter(&facts, filter);
        let day = |month, day| Day::ymd(2025, month, day).unwrap();
        for period in [
            Period::all(),
            Period::around(day(2, 3), Span::Month, &book.calendar),
            Period::custom(day(1, 10), day(3, 5), &book.calendar),
            Period::custom(day(2, 10), day(2, 12), &book.calendar),
        ] {
            let ctx = Context::new(&facts, &book, &narrowed, &period);
            let mut met = Vec::new();
            ctx.each_handoff(HandoffClock::HandedOff, |row| met.push(row));
            let order = facts.handoffs.by_handed_off.rows().iter().copied();
            let column = &facts.handoffs.handed_off;
            let expected: Vec<u32> = order
                .filter(|row| narrowed.mask.handoffs.contains(*row as usize))
                .filter(|row| ctx.past.holds(column.get(*row as usize)))
                .collect();
            assert!(!expected.is_empty());
            assert_eq!(met, expected);
            let (mut leads, mut firsts) = (Vec::new(), Vec::new());
            ctx.each_lead(LeadClock::Created, |row| leads.push(row));
            ctx.each_handoff(HandoffClock::Created, |row| firsts.push(row));
            let order = facts.leads.by_created.rows().iter().copied();
            let expected: Vec<u32> = order
                .filter(|row| narrowed.mask.leads.contains(*row as usize))
                .filter(|row| ctx.past.holds(facts.leads.created.get(*row as usize)))
                .collect();
            assert_eq!(leads, expected);
            assert_eq!(firsts, expected, "one handoff per lead, in its row");
        }
    }
}
