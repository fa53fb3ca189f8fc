//! A small seeded generator (SplitMix64): the same seed gives the same demo on every machine. Reads no entropy.

/// The state; every draw moves it on.
#[derive(Clone, Debug)]
pub(super) struct Rng(u64);

impl Rng {
    /// Starts from a seed.
    pub(super) fn new(seed: u64) -> Rng {
        Rng(seed)
    }

    /// 64 evenly spread bits (Steele, Lea, Flood: "Fast splittable pseudorandom number generators", 2014).
    pub(super) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number in `0..n`; 0 when `n` is 0. The bias of the multiplication is below 2^-40 for the small `n` used here.
    pub(super) fn below(&mut self, n: usize) -> usize {
        ((u128::from(self.next()) * n as u128) >> 64) as usize
    }

    /// A number in `low..=high`.
    pub(super) fn between(&mut self, low: i64, high: i64) -> i64 {
        low + self.below((high - low + 1).max(1) as usize) as i64
    }

    /// True `percent` times in a hundred.
    pub(super) fn chance(&mut self, percent: u32) -> bool {
        self.below(100) < percent as usize
    }

    /// One of a list that is not empty.
    pub(super) fn pick<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[self.below(list.len())]
    }

    /// The index of a weight, drawn in proportion to the weights.
    pub(super) fn weighted(&mut self, weights: &[u32]) -> usize {
        let total: u32 = weights.iter().sum();
        let mut left = self.below(total as usize) as u32;
        for (index, weight) in weights.iter().enumerate() {
            if left < *weight {
                return index;
            }
            left -= weight;
        }
        weights.len() - 1
    }

    /// A number around `middle`: the mean of three draws in `low..=high` of it, in percent, so that extremes are rare.
    pub(super) fn around(&mut self, middle: i64, low: i64, high: i64) -> i64 {
        let percent = (0..3).map(|_| self.between(low, high)).sum::<i64>() / 3;
        middle * percent / 100
    }

    /// Puts a list in random order (Fisher–Yates).
    pub(super) fn shuffle<T>(&mut self, list: &mut [T]) {
        for last in (1..list.len()).rev() {
            list.swap(last, self.below(last + 1));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_published_sequence_comes_out() {
        // Reference values of SplitMix64 for seed 1234567.
        let mut rng = Rng::new(1_234_567);
        assert_eq!(rng.next(), 6_457_827_717_110_365_317);
        assert_eq!(rng.next(), 3_203_168_211_198_807_973);
    }

    #[test]
    fn draws_stay_inside_and_reach_both_ends() {
        let mut rng = Rng::new(1);
        let draws: Vec<i64> = (0..200).map(|_| rng.between(-2, 2)).collect();
        assert_eq!(
            (draws.iter().min(), draws.iter().max()),
            (Some(&-2), Some(&2))
        );
        assert!((0..200).all(|_| rng.weighted(&[0, 3, 0]) == 1));
        assert_eq!(rng.below(0), 0);
    }
}
