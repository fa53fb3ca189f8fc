//! What a rejected handoff took: money, minutes, attempts. Adds nothing up.

use crate::metrics::context::Context;

/// What a rejected handoff took.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Toll {
    /// What its lead cost.
    LeadCost,
    /// Minutes logged and assumed.
    Minutes,
    /// Minutes logged.
    MinutesLogged,
    /// Those minutes at the loaded rate.
    RepCost,
    /// Attempts.
    Attempts,
}

impl Toll {
    /// How many there are.
    pub(crate) const COUNT: usize = 5;
    /// All of them, in the order of their numbers.
    pub(crate) const ALL: [Toll; Toll::COUNT] = [
        Toll::LeadCost,
        Toll::Minutes,
        Toll::MinutesLogged,
        Toll::RepCost,
        Toll::Attempts,
    ];

    #[inline]
    pub(crate) fn of(self, ctx: &Context, row: usize) -> Option<i64> {
        let rows = &ctx.facts.handoffs;
        let minutes = i64::from(rows.minutes_logged[row]) + i64::from(rows.minutes_assumed[row]);
        match self {
            Toll::LeadCost => ctx.marks().costs.of(rows.lead[row]),
            Toll::Minutes => Some(minutes),
            Toll::MinutesLogged => Some(i64::from(rows.minutes_logged[row])),
            // Half up, to the minor unit.
            Toll::RepCost => minutes
                .checked_mul(ctx.book.settings.hourly_rate)
                .map(|cost| (cost + 30).div_euclid(60)),
            Toll::Attempts => Some(i64::from(rows.attempts[row])),
        }
    }
}
