//! What rows add up to, checked against overflow, with how many are not priced. Knows no row.

/// What rows add up to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Tally {
    /// `None`: it does not fit 64 bits.
    pub sum: Option<i64>,
    pub count: u64,
    pub unpriced: u64,
}

impl Tally {
    pub(crate) const ZERO: Tally = Tally {
        sum: Some(0),
        count: 0,
        unpriced: 0,
    };

    #[inline]
    pub(crate) fn add(&mut self, add: Option<i64>) {
        self.count += 1;
        match add {
            Some(add) => self.sum = self.sum.and_then(|sum| sum.checked_add(add)),
            None => self.unpriced += 1,
        }
    }

    /// `count` rows of 1 each.
    pub(crate) fn rows(count: u64) -> Tally {
        Tally {
            sum: i64::try_from(count).ok(),
            count,
            unpriced: 0,
        }
    }

    /// The same, added or taken away.
    pub(crate) fn times(self, sign: i64) -> Tally {
        Tally {
            sum: self.sum.and_then(|sum| sum.checked_mul(sign)),
            ..self
        }
    }

    /// Both together.
    pub(crate) fn and(self, other: Tally) -> Tally {
        let both = self.sum.zip(other.sum);
        Tally {
            sum: both.and_then(|(a, b)| a.checked_add(b)),
            count: self.count + other.count,
            unpriced: self.unpriced + other.unpriced,
        }
    }
}
