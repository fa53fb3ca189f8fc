//! The decided and the rejected handoffs of a period with what each rejection took, read in two halves at once. Groups nothing.

use super::sums::{Proof, Share};
use crate::domain::verdict::Evidence;
use crate::metrics::context::Context;
use crate::metrics::define::DECIDED;
use crate::metrics::marks::handoffs::{Test, flag};

/// From so many rows on a second thread pays.
pub(super) const MANY: usize = 16_384;

/// What was found, in the order of the verdicts.
pub(super) struct Gathered {
    /// Accepted and rejected handoffs.
    pub decided: Vec<u32>,
    /// The rejected ones among them.
    pub rows: Vec<u32>,
    /// What each of those took.
    pub shares: Vec<Share>,
}

/// Gathers what the context's period, filter and population let through.
pub(super) fn gather(ctx: &Context) -> Gathered {
    let handoffs = &ctx.facts.handoffs;
    let verdicts = handoffs.by_verdict.within(&handoffs.verdict_at, &ctx.past);
    let kinds: Vec<Kind> = ctx
        .marks()
        .handoffs
        .kinds
        .iter()
        .map(|flags| Kind::new(ctx, *flags))
        .collect();
    if verdicts.len() < MANY {
        return Gathered::of(ctx, &kinds, verdicts, verdicts.len());
    }
    let (early, late) = verdicts.split_at(verdicts.len() / 2);
    std::thread::scope(|scope| {
        let late = scope.spawn(|| Gathered::of(ctx, &kinds, late, late.len()));
        let mut all = Gathered::of(ctx, &kinds, early, verdicts.len());
        let late = late.join().expect("gathering rows cannot panic");
        all.decided.extend(late.decided);
        all.rows.extend(late.rows);
        all.shares.extend(late.shares);
        all
    })
}

/// What a kind of handoff is here.
#[derive(Clone, Copy)]
enum Kind {
    Undecided,
    Accepted,
    Rejected { unverified: bool, paid: bool },
}

impl Kind {
    fn new(ctx: &Context, flags: u32) -> Kind {
        let is = |flag: u32| flags & flag != 0;
        if !ctx.of_population(DECIDED).passes(flags) {
            Kind::Undecided
        } else if ctx.of_population(Test::all(flag::REJECTED)).passes(flags) {
            Kind::Rejected {
                unverified: is(flag::UNVERIFIED),
                paid: is(flag::AGAIN),
            }
        } else {
            Kind::Accepted
        }
    }
}

impl Gathered {
    /// Of some verdicts; `room` for so many, which costs nothing until it is used.
    fn of(ctx: &Context, kinds: &[Kind], verdicts: &[u32], room: usize) -> Gathered {
        let mut found = Gathered {
            decided: Vec::with_capacity(room),
            rows: Vec::with_capacity(room),
            shares: Vec::with_capacity(room),
        };
        let (mask, kind) = (&ctx.scope.mask.handoffs, &ctx.marks().handoffs.kind);
        for row in verdicts {
            if !mask.contains(*row as usize) {
                continue;
            }
            match kinds[kind[*row as usize] as usize] {
                Kind::Undecided => {}
                Kind::Accepted => found.decided.push(*row),
                Kind::Rejected { unverified, paid } => {
                    found.decided.push(*row);
                    found.rows.push(*row);
                    found
                        .shares
                        .push(share(ctx, *row as usize, unverified, paid));
                }
            }
        }
        found
    }
}

fn share(ctx: &Context, row: usize, unverified: bool, paid: bool) -> Share {
    let handoffs = &ctx.facts.handoffs;
    let proof = match handoffs.evidence(row) {
        _ if unverified => Proof::Unverified,
        Evidence::Spoke | Evidence::Attempts => Proof::Verified,
        // Not unverified without evidence: the reason itself can be checked.
        Evidence::Objective | Evidence::None => Proof::Objective,
    };
    // A lead's cost is lost once, at its first rejection.
    let cells = ctx.marks().costs.table().0;
    let cell = (!paid).then(|| cells[handoffs.lead[row] as usize]);
    let logged = handoffs.minutes_logged[row];
    let minutes = i64::from(logged) + i64::from(handoffs.minutes_assumed[row]);
    Share::new(proof, cell, minutes, logged)
}
