//! A sample of the rejections that nobody challenged, the same for everyone in the room. Rolls no dice of its own.

use std::collections::{BTreeSet, BinaryHeap};

use super::pool::Review;
use crate::facts::Facts;

/// What the sample is drawn by: two rooms with the same words draw the same rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seed(u64);

impl Seed {
    /// From the name of the period or the meeting (FNV-1a).
    pub fn of(text: &str) -> Seed {
        let step = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        Seed(text.bytes().fold(0xcbf2_9ce4_8422_2325, step))
    }

    /// The lot of a handoff (splitmix64); by its id, so that rows which come or go leave the others' lots alone.
    fn lot(self, id: i64) -> u64 {
        let mut z = self.0 ^ (id as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }
}

impl Review {
    /// How many rejections nobody has challenged: what [`Review::second_look`] draws from.
    pub fn unchallenged(&self, facts: &Facts) -> u64 {
        let rejected = self.rejected.bits();
        let of = facts.challenges.rows.iter().map(|row| row.handoff as usize);
        let challenged: BTreeSet<usize> = of.filter(|row| rejected.contains(*row)).collect();
        self.count() - challenged.len() as u64
    }

    /// So many rejections that nobody has challenged, each as likely as any other, in the order of their lots. A challenged one
    /// makes room for the next; the others stay.
    pub fn second_look(&self, facts: &Facts, seed: Seed, size: usize) -> Vec<u32> {
        // The lowest lots so far, the highest of them on top.
        let mut lots = BinaryHeap::with_capacity(size.min(self.rejected.len()) + 1);
        for row in self.rejected.bits().ones() {
            let lot = (seed.lot(facts.handoffs.id.at(row)), row as u32);
            let full = lots.len() >= size;
            if full && lots.peek().is_none_or(|top| lot > *top) {
                continue;
            }
            if facts.challenges.newest(row as u32).is_none() {
                lots.push(lot);
                if full {
                    lots.pop();
                }
            }
        }
        let lots = lots.into_sorted_vec().into_iter();
        lots.map(|(_, row)| row).collect()
    }
}
