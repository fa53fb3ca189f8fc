//! Corrections of won deals' values: which fall into the period, and what each changed. Adds nothing up.

use crate::metrics::context::Context;

/// Corrections of which won deals.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Corrected {
    /// All of them.
    All,
    /// Those whose cost of delivery is known.
    OfKnownCost,
}

/// Visits the deals whose value was corrected in the period, once for each correction.
pub(crate) fn corrected(ctx: &Context, of: Corrected, mut f: impl FnMut(u32, Option<i64>)) {
    let made = ctx.marks().corrections.iter();
    for correction in made.filter(|correction| ctx.past.holds(correction.at)) {
        let row = correction.deal as usize;
        let asked = of == Corrected::All || ctx.marks().deals[row].delivery.is_some();
        if asked && ctx.scope.mask.opportunities.contains(row) {
            f(correction.deal, correction.by);
        }
    }
}
