//! Which challenges fall into a period, as rows of their handoffs. Adds nothing up.

use crate::domain::review::Settlement;
use crate::facts::challenges::ChallengeRow;
use crate::metrics::context::Context;
use crate::metrics::marks::handoffs::flag;
use crate::metrics::scope::Population;

/// Which challenges.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ChallengeOf {
    /// Settled in the period.
    Settled,
    /// Settled in the period, as overturned.
    Overturned,
    /// The newest on each rejection of the period that still stands.
    Standing,
    /// On a rejection of the period that is gone: overturned, or the lead was recycled.
    Gone,
}

/// Visits the challenges of the population and filter.
pub(crate) fn challenges(ctx: &Context, of: ChallengeOf, mut f: impl FnMut(&ChallengeRow)) {
    let (facts, past) = (ctx.facts, &ctx.past);
    for challenge in &facts.challenges.rows {
        let row = challenge.handoff as usize;
        let counts = ctx.scope.mask.handoffs.contains(row)
            && (ctx.scope.population == Population::All || facts.handoffs.number[row] == 1)
            && challenge.opened <= ctx.scope.as_of;
        if !counts {
            continue;
        }
        let gone = matches!(
            challenge.settlement,
            Some(Settlement::Overturned | Settlement::Recycled)
        );
        let here = match of {
            ChallengeOf::Settled => past.holds(challenge.settled),
            ChallengeOf::Overturned => {
                past.holds(challenge.settled)
                    && challenge.settlement == Some(Settlement::Overturned)
            }
            ChallengeOf::Standing => {
                let newest = facts.challenges.newest(challenge.handoff);
                let word = ctx.marks().handoffs.flags(challenge.handoff);
                !gone
                    && newest.is_some_and(|newest| newest.id == challenge.id)
                    && word & flag::REJECTED != 0
                    && past.holds(facts.handoffs.verdict_at.get(row))
            }
            ChallengeOf::Gone => gone && past.holds(challenge.was_at),
        };
        if here {
            f(challenge);
        }
    }
}
