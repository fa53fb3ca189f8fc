//! Medians and percentiles, exact, over many rows. Knows no metric.

/// The median of sorted values; 0 of none.
pub(crate) fn middle(sorted: &[i64]) -> f64 {
    match sorted.len() {
        0 => 0.0,
        n => f64::midpoint(sorted[(n - 1) / 2] as f64, sorted[n / 2] as f64),
    }
}

/// Which places of the sorted values the median and the 90th percentile (nearest rank) of `n` values are.
pub(crate) fn places(n: usize) -> Option<[usize; 3]> {
    (n > 0).then(|| [(n - 1) / 2, n / 2, (n * 9).div_ceil(10) - 1])
}

/// How many buckets there are.
pub(crate) const BUCKETS: usize = 33 * 64;

/// A bucket that grows with the value: exponent and six bits behind it.
#[inline]
pub(crate) fn bucket(value: u32) -> usize {
    let bits = 32 - value.leading_zeros();
    let shift = bits.saturating_sub(7);
    ((bits << 6) + ((value >> shift) & 63)) as usize
}

/// The lowest value of a bucket, and how far the highest is above it.
pub(crate) fn range(bucket: usize) -> (u32, u32) {
    let (bits, behind) = (bucket as u32 >> 6, bucket as u32 & 63);
    match bits.checked_sub(7) {
        None => (behind, 0),
        Some(shift) => ((64 + behind) << shift, (1 << shift) - 1),
    }
}

/// Where each place lies in a histogram that holds it: its bucket, and how many values stand before that.
pub(crate) fn whereabouts(counts: &[u32], places: &[usize]) -> Vec<(usize, usize)> {
    let mut wanted = Vec::with_capacity(places.len());
    for place in places {
        let (mut before, mut of) = (0, 0);
        while before + counts[of] as usize <= *place {
            before += counts[of] as usize;
            of += 1;
        }
        wanted.push((of, before));
    }
    wanted
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn places_lie_in_their_buckets(
            mut values in proptest::collection::vec(prop_oneof![any::<u32>(), 0_u32..500, 80_000_u32..90_000], 1..500)
        ) {
            let mut counts = vec![0; BUCKETS];
            for value in &values {
                counts[bucket(*value)] += 1;
            }
            values.sort_unstable();
            let places = places(values.len()).unwrap();
            for (place, (of, before)) in places.into_iter().zip(whereabouts(&counts, &places)) {
                let (low, width) = range(of);
                let inside: Vec<u32> = values.iter().copied().filter(|value| value.wrapping_sub(low) <= width).collect();
                prop_assert_eq!(inside[place - before], values[place]);
            }
        }
    }

    #[test]
    fn the_ninetieth_of_ten_is_the_ninth() {
        assert_eq!(places(10), Some([4, 5, 8]));
        assert_eq!(places(1), Some([0, 0, 0]));
        assert_eq!(places(0), None);
        assert!((middle(&[1, 2]) - 1.5).abs() < 1e-12);
    }
}
