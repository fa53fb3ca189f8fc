//! A computed number with everything that must stand beside it. Computes only intervals.

use super::id::Metric;
use crate::domain::money::Currency;

/// What a number is counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Unit {
    /// Minor units of the workspace's currency.
    Money(Currency),
    /// A number of rows, or of attempts.
    Count,
    /// A share or a factor: 1.0 is 100 %.
    Ratio,
    /// Days.
    Days,
    /// Hours.
    Hours,
}

/// How a number was counted (C3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Counted {
    /// Each side by its own clock in the period.
    Event,
    /// The denominator entered in the period; the numerator is those of them that reached the step up to as-of.
    Cohort,
    /// The state at the as-of moment.
    AsOf,
}

impl Counted {
    /// Its word beside the number.
    pub fn word(self) -> &'static str {
        match self {
            Counted::Event => "event",
            Counted::Cohort => "cohort",
            Counted::AsOf => "as-of",
        }
    }
}

/// A number: whole where it is a sum of rows, real where it is a quotient or a median.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Value {
    /// A count, or money in minor units; exact.
    Whole(i64),
    /// A ratio, a mean, a median, days, hours; always finite.
    Real(f64),
}

impl Value {
    /// As a float, for bars, sorting and comparison.
    pub fn real(self) -> f64 {
        match self {
            Value::Whole(n) => n as f64,
            Value::Real(x) => x,
        }
    }
}

/// A number as it is shown. `value` is `None` where a dash is printed: 0/0, no target, nothing to divide by (C5).
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// Which.
    pub id: Metric,
    /// The number, unrounded.
    pub value: Option<Value>,
    /// Its unit.
    pub unit: Unit,
    /// What stands above the line: rows, or money in minor units. For sums the sum itself.
    pub numerator: Option<i64>,
    /// What stands below the line; `None` where there is no line.
    pub denominator: Option<i64>,
    /// The number of rows it rests on.
    pub n: u64,
    /// How it was counted.
    pub counted: Counted,
    /// Whether the cohort is old enough to be judged (C4); `None` where the question does not arise.
    pub mature: Option<bool>,
    /// Rows of the cohort that are still open.
    pub open: u64,
    /// Rows that are counted and not priced: no value, or no rate on their day (C9). Above 0 the number is partial.
    pub unpriced: u64,
    /// Whether n is below the agreed small n (C6).
    pub small_n: bool,
    /// Wilson 95 % interval of a share.
    pub interval: Option<(f64, f64)>,
    /// What else must be said, in the user's words.
    pub note: Option<String>,
}

impl Figure {
    /// Whether some rows are missing from a sum of money.
    pub fn is_partial(&self) -> bool {
        self.unpriced > 0
    }

    /// The number as a float; `None` where a dash is printed.
    pub fn real(&self) -> Option<f64> {
        self.value.map(Value::real)
    }

    /// The number where it is whole: a count or minor units.
    pub fn whole(&self) -> Option<i64> {
        match self.value {
            Some(Value::Whole(n)) => Some(n),
            _ => None,
        }
    }
}

/// Wilson's 95 % score interval for `hits` of `n` (Wilson 1927, z = 1.96); `None` for n = 0 or more hits than n.
pub fn wilson(hits: u64, n: u64) -> Option<(f64, f64)> {
    if n == 0 || hits > n {
        return None;
    }
    let (p, n, z2) = (hits as f64 / n as f64, n as f64, 1.96 * 1.96);
    let middle = (p + z2 / (2.0 * n)) / (1.0 + z2 / n);
    let half = 1.96 * (p * (1.0 - p) / n + z2 / (4.0 * n * n)).sqrt() / (1.0 + z2 / n);
    Some(((middle - half).max(0.0), (middle + half).min(1.0)))
}

/// Below this n, κ says nothing.
const LEAST_FOR_KAPPA: u64 = 20;

/// Agreement of two judges beyond chance (Cohen 1960): rows are what one says, columns what the other says, the same in the
/// diagonal. `None` below 20 rows, and where both always say the same one thing.
pub fn kappa(cells: [[u64; 2]; 2]) -> Option<f64> {
    let [[both, only_one], [only_other, neither]] = cells;
    let n = both + only_one + only_other + neither;
    if n < LEAST_FOR_KAPPA {
        return None;
    }
    let share = |count: u64| count as f64 / n as f64;
    let (one, other) = (share(both + only_one), share(both + only_other));
    let observed = share(both + neither);
    let chance = one * other + (1.0 - one) * (1.0 - other);
    (chance < 1.0).then(|| (observed - chance) / (1.0 - chance))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kappa_agrees_with_the_textbook() {
        // 20 + 15 of 50 agree, chance 0.5: 0.4.
        let found = kappa([[20, 5], [10, 15]]).unwrap();
        assert!((found - 0.4).abs() < 1e-12, "{found}");
        assert_eq!(kappa([[10, 0], [0, 9]]), None);
        assert_eq!(kappa([[30, 0], [0, 0]]), None);
    }

    #[test]
    fn wilson_agrees_with_the_textbook() {
        // 7 of 10: 0.3968 … 0.8922 (Newcombe 1998, method 3, gives 0.397–0.892).
        let (low, high) = wilson(7, 10).unwrap();
        assert!(
            (low - 0.3968).abs() < 5e-4 && (high - 0.8922).abs() < 5e-4,
            "{low} {high}"
        );
        assert_eq!(wilson(0, 0), None);
        assert_eq!(wilson(2, 1), None);
        assert!(wilson(0, 5).unwrap().0.abs() < 1e-12);
    }
}
