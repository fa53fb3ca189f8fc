//! Which reason and which source stand out among the rejections of a period. Prints nothing.

use super::context::{Context, HandoffClock};
use super::marks::handoffs::{Test, flag};
use super::select::{Select, reason_now};
use crate::facts::column::{Code, NONE};

/// The reason that most rejections have; of several the first of the catalogue; `NONE` without rejections.
pub(crate) fn reason(ctx: &Context) -> Code {
    let mut counts = vec![0_u64; ctx.facts.names.reasons.len() + 1];
    let last = counts.len() - 1;
    Select::rejected().visit(ctx, |row, _| {
        counts[(reason_now(ctx, row) as usize).min(last)] += 1;
    });
    best(counts.iter().map(|n| (*n, 1)))
}

/// The source where rejected ÷ decided is highest, small ones (C6) only where all are small; `NONE` without verdicts.
pub(crate) fn source(ctx: &Context) -> Code {
    let mut counts = vec![(0_u64, 0_u64); ctx.facts.names.sources.len() + 1];
    let last = counts.len() - 1;
    let decided = Test::any(flag::ACCEPTED | flag::REJECTED);
    let marks = &ctx.marks().handoffs;
    Select::Handoffs(HandoffClock::Verdict, decided).visit(ctx, |row, _| {
        let lead = ctx.facts.handoffs.lead[row as usize] as usize;
        let slot = &mut counts[(ctx.facts.leads.source[lead] as usize).min(last)];
        slot.0 += u64::from(marks.flags(row) & flag::REJECTED != 0);
        slot.1 += 1;
    });
    let least = ctx.book.settings.small_n as u64;
    let large = counts.iter().any(|(_, n)| *n >= least);
    best(counts.iter().map(|(hits, n)| {
        if large && *n < least {
            (0, 0)
        } else {
            (*hits, *n)
        }
    }))
}

/// The place of the greatest quotient above zero, the first of several; the last place stands for `NONE`.
fn best(counts: impl ExactSizeIterator<Item = (u64, u64)>) -> Code {
    let last = counts.len() - 1;
    let mut best = (last, (0_u64, 1_u64));
    for (place, (hits, n)) in counts.enumerate() {
        let more = u128::from(hits) * u128::from(best.1.1) > u128::from(best.1.0) * u128::from(n);
        if n > 0 && more {
            best = (place, (hits, n));
        }
    }
    if best.0 == last { NONE } else { best.0 as Code }
}
