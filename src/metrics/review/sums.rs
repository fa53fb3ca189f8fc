//! What a group of rejections adds up to: counts by proof, money, hours. Selects no rows.

use crate::domain::verdict::words;

words! {
    /// What a rejection rests on; told apart everywhere.
    Proof {
        /// A conversation, or the agreed attempts.
        Verified = "verified" / "verified",
        /// Something anybody can check: a bounce, a duplicate, a competitor's domain.
        Objective = "objective" / "objective",
        /// Nothing: it costs money all the same, but nobody has shown that the lead was no good.
        Unverified = "unverified" / "unverified",
    }
}

/// Minor units of the workspace's currency, with the rows that nobody can price.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sum {
    /// The sum; `None` where it does not fit 64 bits.
    pub minor: Option<i64>,
    /// Rows without a price: nothing was spent on that source in the month of creation, or no rate is known.
    pub unpriced: u32,
}

impl Sum {
    pub(super) const ZERO: Sum = Sum {
        minor: Some(0),
        unpriced: 0,
    };

    #[inline]
    pub(super) fn add(&mut self, minor: Option<i64>) {
        match minor {
            Some(minor) => self.minor = self.minor.and_then(|sum| sum.checked_add(minor)),
            None => self.unpriced += 1,
        }
    }

    /// The sum where it says anything: not when none of so many rows is priced.
    pub fn known(&self, rows: u64) -> Option<i64> {
        let blank = rows > 0 && u64::from(self.unpriced) >= rows;
        self.minor.filter(|_| !blank)
    }

    /// Both together.
    #[must_use]
    pub fn and(self, other: Sum) -> Sum {
        let both = self.minor.zip(other.minor);
        Sum {
            minor: both.and_then(|(a, b)| a.checked_add(b)),
            unpriced: self.unpriced + other.unpriced,
        }
    }
}

/// What a group of rejections adds up to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sums {
    /// Rejections by proof, in the order of [`Proof::ALL`].
    pub by_proof: [u32; 3],
    /// What the leads of verified and objective rejections cost: wasted.
    pub waste: Sum,
    /// What the leads of unverified ones cost: unproven, and no waste yet.
    pub unproven: Sum,
    /// Reps' minutes, logged and by default.
    pub minutes: i64,
    /// Of them logged.
    pub logged: i64,
    /// What those minutes cost at the loaded rate; `None` where it does not fit 64 bits.
    pub rep_cost: Option<i64>,
}

/// What shares are priced by.
#[derive(Clone, Copy)]
pub(super) struct Tariff<'a> {
    /// What a lead of each cell of source and month cost.
    pub costs: &'a [Option<i64>],
    /// What a rep's hour costs.
    pub hourly: i64,
}

/// No cell: the lead was paid for by an earlier rejection of it.
const PAID: u32 = u32::MAX;

/// One rejection's share of the sums. Small: hundreds of thousands of them are read at a key.
#[derive(Clone, Copy, Debug)]
pub(super) struct Share {
    /// Which cell of source and month its lead was bought in.
    cell: u32,
    minutes: u32,
    logged: u32,
    pub proof: Proof,
}

impl Share {
    /// Of a lead bought in a cell; `None`: paid for already.
    pub(super) fn new(proof: Proof, cell: Option<u32>, minutes: i64, logged: u32) -> Share {
        Share {
            cell: cell.unwrap_or(PAID),
            minutes: u32::try_from(minutes).unwrap_or(u32::MAX),
            logged,
            proof,
        }
    }

    /// What its lead cost.
    #[inline]
    pub(super) fn cost(&self, tariff: Tariff) -> Option<i64> {
        match self.cell {
            PAID => Some(0),
            cell => tariff.costs[cell as usize],
        }
    }

    /// Reps' minutes.
    #[inline]
    pub(super) fn minutes(&self) -> i64 {
        i64::from(self.minutes)
    }

    /// What those cost, half up to the minor unit.
    #[inline]
    pub(super) fn rep_cost(&self, tariff: Tariff) -> Option<i64> {
        let cost = self.minutes().checked_mul(tariff.hourly)?;
        Some((cost + 30).div_euclid(60))
    }
}

impl Default for Sums {
    fn default() -> Self {
        Self::ZERO
    }
}

impl Sums {
    pub(super) const ZERO: Sums = Sums {
        by_proof: [0; 3],
        waste: Sum::ZERO,
        unproven: Sum::ZERO,
        minutes: 0,
        logged: 0,
        rep_cost: Some(0),
    };

    #[inline]
    pub(super) fn add(&mut self, share: &Share, tariff: Tariff) {
        self.by_proof[share.proof as usize] += 1;
        let cost = share.cost(tariff);
        if share.proof == Proof::Unverified {
            self.unproven.add(cost);
        } else {
            self.waste.add(cost);
        }
        self.minutes += share.minutes();
        self.logged += i64::from(share.logged);
        self.rep_cost = self
            .rep_cost
            .zip(share.rep_cost(tariff))
            .and_then(|(a, b)| a.checked_add(b));
    }

    pub(super) fn take_in(&mut self, other: &Sums) {
        for (own, more) in self.by_proof.iter_mut().zip(other.by_proof) {
            *own += more;
        }
        self.waste = self.waste.and(other.waste);
        self.unproven = self.unproven.and(other.unproven);
        self.minutes += other.minutes;
        self.logged += other.logged;
        let both = self.rep_cost.zip(other.rep_cost);
        self.rep_cost = both.and_then(|(a, b)| a.checked_add(b));
    }

    /// Rejections.
    pub fn count(&self) -> u64 {
        self.by_proof.iter().map(|n| u64::from(*n)).sum()
    }

    /// Rejections with that proof.
    pub fn of(&self, proof: Proof) -> u64 {
        u64::from(self.by_proof[proof as usize])
    }

    /// Verified and objective ones: those whose leads are waste.
    pub fn proven(&self) -> u64 {
        self.of(Proof::Verified) + self.of(Proof::Objective)
    }

    /// Everything that the group cost, wasted or unproven, money and reps' time: what the worklist is ordered by.
    pub fn cost(&self) -> Option<i64> {
        let spent = self.waste.and(self.unproven).minor;
        spent.zip(self.rep_cost)?.0.checked_add(self.rep_cost?)
    }

    /// Leads that could not be priced.
    pub fn unpriced(&self) -> u64 {
        u64::from(self.waste.unpriced) + u64::from(self.unproven.unpriced)
    }

    /// Hours on the group.
    pub fn hours(&self) -> f64 {
        self.minutes as f64 / 60.0
    }
}
