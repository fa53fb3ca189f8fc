//! What one rejection adds to the sums, read from the columns when it is asked for. Keeps nothing.

use super::sums::{Proof, Share};
use crate::domain::verdict::Evidence;
use crate::facts::Facts;
use crate::facts::handoffs::Handoffs;
use crate::metrics::marks::Marks;
use crate::metrics::marks::handoffs::flag;

/// The columns that shares are read from.
#[derive(Clone, Copy)]
pub(super) struct Shares<'a> {
    pub handoffs: &'a Handoffs,
    pub marks: &'a Marks,
    /// What a rep's hour costs.
    pub hourly: i64,
    /// By whether a rejection is unverified, then by its evidence; the last is what no evidence is known by.
    proofs: [[Proof; KINDS + 1]; 2],
}

const KINDS: usize = Evidence::ALL.len();

impl<'a> Shares<'a> {
    pub(super) fn new(facts: &'a Facts, marks: &'a Marks, hourly: i64) -> Shares<'a> {
        Shares {
            handoffs: &facts.handoffs,
            marks,
            hourly,
            proofs: {
                let mut proofs = [[Proof::Unverified; KINDS + 1]; 2];
                for (kind, proof) in proofs[0].iter_mut().enumerate() {
                    *proof = match Evidence::ALL.get(kind) {
                        Some(Evidence::Spoke | Evidence::Attempts) => Proof::Verified,
                        // Not unverified without evidence: the reason itself can be checked.
                        Some(Evidence::Objective | Evidence::None) | None => Proof::Objective,
                    };
                }
                proofs
            },
        }
    }

    /// What a rejection rests on.
    #[inline]
    pub(super) fn proof(&self, row: u32) -> Proof {
        self.proof_of(row, self.marks.handoffs.flags(row))
    }

    #[inline]
    fn proof_of(&self, row: u32, flags: u32) -> Proof {
        let unverified = usize::from(flags & flag::UNVERIFIED != 0);
        let kind = usize::from(self.handoffs.evidence[row as usize]);
        self.proofs[unverified][kind.min(KINDS)]
    }

    /// What a rejection adds.
    #[inline]
    pub(super) fn of(&self, row: u32) -> Share {
        let at = row as usize;
        let flags = self.marks.handoffs.flags(row);
        let logged = self.handoffs.minutes_logged[at];
        let minutes = i64::from(logged) + i64::from(self.handoffs.minutes_assumed[at]);
        Share {
            proof: self.proof_of(row, flags),
            // A lead's cost is lost once, at its first rejection.
            cost: if flags & flag::AGAIN == 0 {
                self.marks.costs.of(self.handoffs.lead[at])
            } else {
                Some(0)
            },
            minutes,
            logged,
            // Half up to the minor unit.
            rep_cost: minutes
                .checked_mul(self.hourly)
                .map(|cost| (cost + 30).div_euclid(60)),
        }
    }
}
