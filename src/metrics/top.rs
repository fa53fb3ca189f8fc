//! Which reason and which source stand out among the rejections of a period. Prints nothing.

use super::context::Context;
use crate::facts::column::{Code, NONE};

/// The reason that most rejections have; of several the first of the catalogue; `NONE` without rejections.
pub(crate) fn reason(ctx: &Context) -> Code {
    best(ctx.verdicts().reasons.iter().map(|n| (*n, 1)))
}

/// The source where rejected ÷ decided is highest, small ones (C6) only where all are small; `NONE` without verdicts.
pub(crate) fn source(ctx: &Context) -> Code {
    let counts = &ctx.verdicts().sources;
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
