//! Which deals a number rests on and what each adds. Adds nothing up.

use crate::facts::filter::Mask;
use crate::metrics::context::Context;
use crate::metrics::marks::deals::DealMark;
use crate::metrics::narrowed::{self, DealEvent, Rows};

/// By which event a deal falls into the period. A condition must not depend on the period itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum DealClock {
    Qualified,
    Closed,
    Reversed,
    /// None: every open deal, as it stands at the as-of moment. Only here may a condition ask for the period.
    Open,
    /// None: every deal that ever ended.
    Ever,
}

/// Deals: which, and what each adds.
#[derive(Clone, Copy)]
pub(crate) struct Deals {
    pub clock: DealClock,
    pub keep: fn(&Context, usize, &DealMark) -> bool,
    /// `None`: counted, not priced.
    pub adds: fn(&Context, usize, &DealMark) -> Option<i64>,
    pub whole: Whole,
}

/// Whether the filter applies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Whole {
    /// Rows of the filter.
    Filtered,
    /// All rows: what the filter's part is a part of.
    Everything,
}

impl DealClock {
    /// Every deal whose event lies in the period.
    #[inline]
    pub(crate) fn each(self, ctx: &Context, whole: Whole, mut f: impl FnMut(u32, &DealMark)) {
        let rows = &ctx.facts.opportunities;
        let filter: &Mask = match whole {
            Whole::Filtered => &ctx.scope.mask,
            Whole::Everything => &ctx.scope.whole,
        };
        let judged = &ctx.marks().deals;
        let mut one = |row: u32| {
            if filter.opportunities.contains(row as usize) {
                f(row, &judged[row as usize]);
            }
        };
        let event = match self {
            DealClock::Qualified => DealEvent::Qualified,
            DealClock::Closed => DealEvent::Closed,
            DealClock::Reversed => DealEvent::Reversed,
            DealClock::Open => return ctx.marks().open.iter().for_each(|row| one(*row)),
            DealClock::Ever => return (0..rows.len() as u32).for_each(one),
        };
        let within = match whole {
            Whole::Filtered => narrowed::stretches(ctx, Rows::Deals(event)),
            Whole::Everything => vec![narrowed::all(ctx, Rows::Deals(event))],
        };
        within.into_iter().flatten().for_each(|row| one(*row));
    }
}

impl Deals {
    pub(super) fn visit(&self, ctx: &Context, mut f: impl FnMut(u32, Option<i64>)) {
        self.clock.each(ctx, self.whole, |row, mark| {
            self.says(ctx, row, mark, |add| f(row, add));
        });
    }

    /// What a deal adds, if it is among them.
    #[inline]
    pub(crate) fn says(
        &self,
        ctx: &Context,
        row: u32,
        mark: &DealMark,
        f: impl FnOnce(Option<i64>),
    ) {
        if (self.keep)(ctx, row as usize, mark) {
            f((self.adds)(ctx, row as usize, mark));
        }
    }
}
