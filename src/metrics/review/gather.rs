//! The decided and the rejected handoffs of a period, as bitmaps over all handoffs. Groups nothing.

use fixedbitset::FixedBitSet;

use super::rows::Rows;
use crate::domain::moment::Moment;
use crate::domain::period::Period;
use crate::metrics::context::Context;
use crate::metrics::define::DECIDED;
use crate::metrics::marks::handoffs::{Test, flag};

/// What was found.
pub(super) struct Gathered {
    /// Accepted and rejected handoffs.
    pub decided: Rows,
    /// The rejected ones among them.
    pub rejected: Rows,
}

/// Gathers what the context's period, filter and population let through. Reads every handoff's verdict once, in the order of the
/// rows: that is several times quicker than to look each one up in the order of the verdicts.
pub(super) fn gather(ctx: &Context) -> Gathered {
    let test = [DECIDED, Test::all(flag::REJECTED)].map(|test| ctx.of_population(test));
    // Bit 0: decided; bit 1: rejected, too.
    let of_kind: Vec<u8> = ctx
        .marks()
        .handoffs
        .kinds
        .iter()
        .map(|flags| match test.map(|test| test.passes(*flags)) {
            [true, rejected] => 1 | u8::from(rejected) << 1,
            [false, _] => 0,
        })
        .collect();
    let moments = ctx.facts.handoffs.verdict_at.seconds();
    let kinds = &ctx.marks().handoffs.kind;
    let (from, to) = ends(&ctx.past);
    let mask = &ctx.scope.mask.handoffs;
    let mut decided = mask.clone();
    let mut rejected = FixedBitSet::with_capacity(mask.len());
    let blocks = decided
        .as_mut_slice()
        .iter_mut()
        .zip(rejected.as_mut_slice());
    let mut columns = moments
        .chunks(usize::BITS as usize)
        .zip(kinds.chunks(usize::BITS as usize));
    for (decided, rejected) in blocks {
        let Some((moments, kinds)) = columns.next() else {
            // Behind the last verdict stands none.
            *decided = 0;
            continue;
        };
        let (mut decisions, mut rejections) = (0_usize, 0_usize);
        for (bit, (at, kind)) in moments.iter().zip(kinds).enumerate() {
            let inside = u8::from(*at >= from && *at < to);
            let what = usize::from(of_kind[*kind as usize] * inside);
            decisions |= (what & 1) << bit;
            rejections |= (what >> 1) << bit;
        }
        *decided &= decisions;
        *rejected = *decided & rejections;
    }
    Gathered {
        decided: Rows::new(decided),
        rejected: Rows::new(rejected),
    }
}

/// A period as a column of moments spells it; "never" lies behind every end.
fn ends(period: &Period) -> (u32, u32) {
    let edge = |at: Moment| u32::try_from(at.0.max(0)).unwrap_or(u32::MAX);
    (edge(period.start_at), edge(period.end_at))
}
