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
    fn add(&mut self, minor: Option<i64>) {
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

/// One rejection's share of the sums.
#[derive(Clone, Copy, Debug)]
pub(super) struct Share {
    pub proof: Proof,
    pub cost: Option<i64>,
    pub minutes: i64,
    pub logged: i64,
    pub rep_cost: Option<i64>,
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
    pub(super) fn add(&mut self, share: &Share) {
        self.by_proof[share.proof as usize] += 1;
        if share.proof == Proof::Unverified {
            self.unproven.add(share.cost);
        } else {
            self.waste.add(share.cost);
        }
        self.minutes += share.minutes;
        self.logged += share.logged;
        self.rep_cost = self
            .rep_cost
            .zip(share.rep_cost)
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
