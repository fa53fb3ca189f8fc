//! First meetings by what the fit rules of the stamped version say. Judges nothing.

use super::passing;
use crate::facts::handoffs::Stamped;
use crate::metrics::context::{Context, HandoffClock};
use crate::metrics::marks::handoffs::Test;

/// Which first meetings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FitOf {
    /// Of handoffs that meet the fit rules.
    Fits,
    /// Of handoffs that meet them or do not.
    Judged,
    /// Of handoffs without a stamp or fit rules, or of which nobody knows.
    Untold,
}

impl FitOf {
    fn holds(self, says: Stamped) -> bool {
        match self {
            FitOf::Fits => says == Stamped::Met,
            FitOf::Judged => matches!(says, Stamped::Met | Stamped::Failed),
            FitOf::Untold => matches!(says, Stamped::Nothing | Stamped::CannotTell),
        }
    }
}

/// Visits the handoffs of the population that were first met in the period.
pub(crate) fn meetings(ctx: &Context, of: FitOf, mut f: impl FnMut(u32)) {
    let handoffs = &ctx.facts.handoffs;
    passing(ctx, HandoffClock::Meeting, Test::EVERY, |row| {
        if of.holds(handoffs.stamp_says(row as usize).fit) {
            f(row);
        }
    });
}
