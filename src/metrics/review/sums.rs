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

/// What one rejection adds to the sums.
#[derive(Clone, Copy, Debug)]
pub(super) struct Share {
    pub proof: Proof,
    /// What its lead cost; nothing where an earlier rejection of it has paid already, `None` where nobody can price it.
    pub cost: Option<i64>,
    /// Reps' minutes.
    pub minutes: i64,
    /// Of them logged.
    pub logged: u32,
    /// What the minutes cost.
    pub rep_cost: Option<i64>,
}

impl Share {
    #[inline]
    pub(super) fn new(
        proof: Proof,
        cost: Option<i64>,
        minutes: i64,
        logged: u32,
        hourly: i64,
    ) -> Share {
        // Half up to the minor unit.
        let rep_cost = minutes.checked_mul(hourly);
        Share {
            proof,
            cost,
            minutes,
            logged,
            rep_cost: rep_cost.map(|cost| (cost + 30).div_euclid(60)),
        }
    }
}

/// Sums while rejections are added to them, in one cache line: proofs and prices come in no order that a processor could guess, so
/// nothing here branches on them.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Running {
    by_proof: [u32; 3],
    /// Of proven and of unverified ones.
    unpriced: [u32; 2],
    minor: [i64; 2],
    minutes: i64,
    rep_cost: i64,
    logged: i64,
    /// What has run over 64 bits: the two amounts, the cost of time.
    over: [bool; 3],
}

impl Running {
    #[inline]
    pub(super) fn add(&mut self, share: &Share) {
        self.by_proof[share.proof as usize] += 1;
        let side = usize::from(share.proof == Proof::Unverified);
        self.unpriced[side] += u32::from(share.cost.is_none());
        let (minor, over) = self.minor[side].overflowing_add(share.cost.unwrap_or(0));
        self.minor[side] = minor;
        self.over[side] |= over;
        self.minutes += share.minutes;
        self.logged += i64::from(share.logged);
        let (rep_cost, over) = self.rep_cost.overflowing_add(share.rep_cost.unwrap_or(0));
        self.rep_cost = rep_cost;
        self.over[2] |= over | share.rep_cost.is_none();
    }

    /// Whether nothing has been added.
    #[inline]
    pub(super) fn is_empty(&self) -> bool {
        self.by_proof == [0; 3]
    }

    /// Adds what has been added up elsewhere.
    pub(super) fn take_in(&mut self, other: &Running) {
        for (own, more) in self.by_proof.iter_mut().zip(other.by_proof) {
            *own += more;
        }
        for side in 0..2 {
            self.unpriced[side] += other.unpriced[side];
            let (minor, over) = self.minor[side].overflowing_add(other.minor[side]);
            self.minor[side] = minor;
            self.over[side] |= over;
        }
        self.minutes += other.minutes;
        self.logged += other.logged;
        let (rep_cost, over) = self.rep_cost.overflowing_add(other.rep_cost);
        self.rep_cost = rep_cost;
        self.over[2] |= over;
        for (own, more) in self.over.iter_mut().zip(other.over) {
            *own |= more;
        }
    }

    /// What has been added up.
    pub(super) fn sums(&self) -> Sums {
        let fits = |place: usize, sum: i64| (!self.over[place]).then_some(sum);
        let sum = |side: usize| Sum {
            minor: fits(side, self.minor[side]),
            unpriced: self.unpriced[side],
        };
        Sums {
            by_proof: self.by_proof,
            waste: sum(0),
            unproven: sum(1),
            minutes: self.minutes,
            logged: self.logged,
            rep_cost: fits(2, self.rep_cost),
        }
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

    #[cfg(test)]
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
