//! What one rejection adds to the sums, read from the columns of the history when it is asked for. Keeps nothing.

use super::sums::{Proof, Share};
use crate::domain::verdict::Evidence;
use crate::facts::Facts;
use crate::facts::handoffs::Handoffs;
use crate::metrics::marks::Marks;
use crate::metrics::marks::handoffs::flag;

const KINDS: usize = Evidence::ALL.len();

/// The columns that shares are read from.
#[derive(Clone, Copy)]
pub(super) struct Shares<'a> {
    handoffs: &'a Handoffs,
    marks: &'a Marks,
    /// What a rep's hour costs.
    hourly: i64,
    /// By whether a rejection is unverified, then by its evidence; the last is what no evidence is known by.
    proofs: [[Proof; KINDS + 1]; 2],
}

/// What the columns say of a rejection, not yet priced.
pub(super) struct Raw {
    pub proof: Proof,
    /// The cell of source and month that its lead was bought in; `None` where an earlier rejection of it has paid already.
    pub cell: Option<u32>,
    pub minutes: i64,
    pub logged: u32,
}

impl<'a> Shares<'a> {
    pub(super) fn new(facts: &'a Facts, marks: &'a Marks, hourly: i64) -> Shares<'a> {
        let mut proofs = [[Proof::Unverified; KINDS + 1]; 2];
        for (kind, proof) in proofs[0].iter_mut().enumerate() {
            *proof = match Evidence::ALL.get(kind) {
                Some(Evidence::Spoke | Evidence::Attempts) => Proof::Verified,
                // Not unverified without evidence: the reason itself can be checked.
                Some(Evidence::Objective | Evidence::None) | None => Proof::Objective,
            };
        }
        Shares {
            handoffs: &facts.handoffs,
            marks,
            hourly,
            proofs,
        }
    }

    /// What a rejection rests on.
    #[inline]
    pub(super) fn proof(&self, row: u32) -> Proof {
        let unverified = self.marks.handoffs.flags(row) & flag::UNVERIFIED != 0;
        let kind = usize::from(self.handoffs.evidence[row as usize]);
        self.proofs[usize::from(unverified)][kind.min(KINDS)]
    }

    #[inline]
    pub(super) fn raw(&self, row: u32) -> Raw {
        let at = row as usize;
        // A lead's cost is lost once, at its first rejection.
        let paid = self.marks.handoffs.flags(row) & flag::AGAIN != 0;
        let logged = self.handoffs.minutes_logged.get(at);
        let cells = self.marks.costs.table().0;
        Raw {
            proof: self.proof(row),
            cell: (!paid).then(|| cells[self.handoffs.lead[at] as usize]),
            minutes: i64::from(logged) + i64::from(self.handoffs.minutes_assumed.get(at)),
            logged,
        }
    }

    /// What a rejection adds.
    pub(super) fn of(&self, row: u32) -> Share {
        let raw = self.raw(row);
        let costs = self.marks.costs.table().1;
        let cost = raw.cell.map_or(Some(0), |cell| costs[cell as usize]);
        Share::new(raw.proof, cost, raw.minutes, raw.logged, self.hourly)
    }
}
