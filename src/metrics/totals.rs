//! What several figures need of the same rows, added up in one pass. Defines no figure.

use super::context::{Context, HandoffClock};
use super::marks::handoffs::{Test, flag};
use super::months::Adds;
use super::select::{Tally, Toll};
use crate::facts::column::Code;

/// What the handoffs of one kind took together.
#[derive(Clone, Copy, Debug)]
struct Taken {
    count: u32,
    tolls: [Tally; Toll::COUNT],
}

/// The verdicts of a period.
#[derive(Debug)]
pub(crate) struct Verdicts {
    by_kind: Vec<Taken>,
    /// Rejections of the population by present reason; the last place is "unknown".
    pub reasons: Vec<u64>,
    /// (rejected, decided) of the population by source; the last place is "unknown".
    pub sources: Vec<(u64, u64)>,
}

impl Adds for Verdicts {
    fn take_in(&mut self, other: &Verdicts) {
        for (own, other) in self.by_kind.iter_mut().zip(&other.by_kind) {
            own.count += other.count;
            // Only rejections took anything.
            if other.tolls[0].count > 0 {
                for (tally, more) in own.tolls.iter_mut().zip(&other.tolls) {
                    tally.take_in(more);
                }
            }
        }
        self.reasons
            .iter_mut()
            .zip(&other.reasons)
            .for_each(|(own, more)| *own += more);
        for (own, (rejected, decided)) in self.sources.iter_mut().zip(&other.sources) {
            own.0 += rejected;
            own.1 += decided;
        }
    }
}

/// Whether a handoff took no minute and no attempt.
#[inline]
fn takes_none(ctx: &Context, row: usize) -> bool {
    let rows = &ctx.facts.handoffs;
    (
        rows.minutes_logged[row],
        rows.minutes_assumed[row],
        rows.attempts[row],
    ) == (0, 0, 0)
}

impl Verdicts {
    pub(crate) fn new(ctx: &Context) -> Verdicts {
        let (facts, marks) = (ctx.facts, &ctx.marks().handoffs);
        let empty = Taken {
            count: 0,
            tolls: [Tally::ZERO; Toll::COUNT],
        };
        // Rejections on which nobody's time is known: of those only the lead's cost differs.
        let mut idle = vec![0_u64; marks.kinds.len()];
        let mut verdicts = Verdicts {
            by_kind: vec![empty; marks.kinds.len()],
            reasons: vec![0; facts.names.reasons.len() + 1],
            sources: vec![(0, 0); facts.names.sources.len() + 1],
        };
        let rejected = ctx.of_population(Test::all(flag::REJECTED));
        let decided = ctx.of_population(Test::any(flag::ACCEPTED | flag::REJECTED));
        let (no_reason, no_source) = (verdicts.reasons.len() - 1, verdicts.sources.len() - 1);
        ctx.each_handoff(HandoffClock::Verdict, |row| {
            let kind = marks.kind[row as usize] as usize;
            let flags = marks.kinds[kind];
            let taken = &mut verdicts.by_kind[kind];
            taken.count += 1;
            if !decided.passes(flags) {
                return;
            }
            let lead = facts.handoffs.lead[row as usize] as usize;
            let source = &mut verdicts.sources[(facts.leads.source[lead] as usize).min(no_source)];
            source.1 += 1;
            if rejected.passes(flags) {
                source.0 += 1;
                let reason = super::select::reason_now(ctx, row) as usize;
                verdicts.reasons[reason.min(no_reason)] += 1;
                let [cost, others @ ..] = &mut taken.tolls;
                cost.add(Toll::LeadCost.of(ctx, row as usize));
                if takes_none(ctx, row as usize) {
                    idle[kind] += 1;
                    return;
                }
                for (toll, tally) in Toll::ALL[1..].iter().zip(others) {
                    tally.add(toll.of(ctx, row as usize));
                }
            }
        });
        for (taken, idle) in verdicts.by_kind.iter_mut().zip(idle) {
            let zeros = Tally {
                count: idle,
                ..Tally::ZERO
            };
            taken.tolls[1..]
                .iter_mut()
                .for_each(|tally| tally.take_in(&zeros));
        }
        verdicts
    }

    /// Handoffs by kind.
    pub(crate) fn histogram(&self) -> Vec<u32> {
        self.by_kind.iter().map(|taken| taken.count).collect()
    }

    /// What the rejections that pass took. Only rejections take anything.
    pub(crate) fn toll(&self, ctx: &Context, test: Test, toll: Toll) -> Tally {
        let kinds = &ctx.marks().handoffs.kinds;
        let taken = self.by_kind.iter().zip(kinds);
        taken
            .filter(|(_, flags)| test.passes(**flags))
            .fold(Tally::ZERO, |sum, (taken, _)| {
                sum.and(taken.tolls[toll as usize])
            })
    }

    /// Rejections for a reason.
    pub(crate) fn reason(&self, code: Code) -> u64 {
        self.reasons[(code as usize).min(self.reasons.len() - 1)]
    }

    /// (rejected, decided) of a source.
    pub(crate) fn source(&self, code: Code) -> (u64, u64) {
        self.sources[(code as usize).min(self.sources.len() - 1)]
    }
}
