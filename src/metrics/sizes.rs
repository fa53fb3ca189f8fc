//! Sizes of deals, which outgrow a histogram: each month's in ascending order, so that a percentile is found by halving. Visits no row twice.

use std::sync::Arc;

use super::context::Context;
use super::months::Adds;
use super::quantile::places;
use super::spans::{Measured, SpanOf, SpanStats};

/// Values in ascending order, stretch by stretch.
#[derive(Debug, Default)]
pub(crate) struct Sizes {
    stretches: Vec<Arc<[i64]>>,
    unpriced: u64,
}

impl Adds for Sizes {
    fn take_in(&mut self, other: &Sizes) {
        self.stretches.extend(other.stretches.iter().cloned());
        self.unpriced += other.unpriced;
    }
}

impl Sizes {
    fn new(ctx: &Context) -> Sizes {
        let (mut values, mut unpriced) = (Vec::new(), 0);
        SpanOf::DealSize.visit(ctx, |_, says| match says {
            Measured::Is(value) => values.push(value),
            _ => unpriced += 1,
        });
        values.sort_unstable();
        Sizes {
            stretches: vec![values.into()],
            unpriced,
        }
    }

    fn len(&self) -> usize {
        self.stretches.iter().map(|values| values.len()).sum()
    }

    /// The value at a place of all stretches in one order; the place must be below [`Sizes::len`].
    fn at(&self, place: usize) -> i64 {
        let ends = self.stretches.iter().filter_map(|values| {
            let ends = values.first().zip(values.last())?;
            Some((*ends.0, *ends.1))
        });
        let (mut low, mut high) = ends
            .reduce(|a, b| (a.0.min(b.0), a.1.max(b.1)))
            .unwrap_or_default();
        // The least value that more than `place` values do not exceed.
        while low < high {
            // Rounded down, below 0 too: else the last two would never part.
            let middle = low + (high.abs_diff(low) / 2) as i64;
            let up_to = |values: &Arc<[i64]>| values.partition_point(|value| *value <= middle);
            let count: usize = self.stretches.iter().map(up_to).sum();
            if count > place {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        low
    }
}

/// Median and percentile of the sizes of the period's deals.
pub(crate) fn stats(ctx: &Context) -> SpanStats {
    let sizes = ctx.by_month(&ctx.scope.sums.sizes, Sizes::new);
    let values = places(sizes.len()).map(|places| places.map(|place| sizes.at(place) as f64));
    SpanStats {
        median: values.map(|[low, high, _]| f64::midpoint(low, high)),
        p90: values.map(|[.., ninetieth]| ninetieth),
        n: sizes.len() as u64,
        unpriced: sizes.unpriced,
        ..SpanStats::default()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn places_are_those_of_all_values_in_one_order(
            stretches in prop::collection::vec(
                prop::collection::vec(prop_oneof![any::<i64>(), -3_i64..4, Just(5_000_000_000)], 0..40), 0..6)
        ) {
            let sorted = |mut values: Vec<i64>| {
                values.sort_unstable();
                values
            };
            let all = sorted(stretches.concat());
            let mut sizes = Sizes::default();
            for values in stretches {
                let stretches = vec![sorted(values).into()];
                sizes.take_in(&Sizes { stretches, unpriced: 1 });
            }
            prop_assert_eq!(sizes.len(), all.len());
            for (place, value) in all.iter().enumerate() {
                prop_assert_eq!(sizes.at(place), *value);
            }
        }
    }
}
