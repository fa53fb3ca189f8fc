//! Row numbers of handoffs as a bitmap, given in runs that columns are read by, in two halves at once where that pays. Knows no column.

use std::ops::Range;

use fixedbitset::FixedBitSet;

/// From so many rows on a second thread pays.
pub(super) const MANY: usize = 16_384;

/// At most so many rows stand in a run: few enough to stay close to the processor.
const RUN: usize = 1_024;

const BITS: usize = usize::BITS as usize;

/// Some of the handoffs.
#[derive(Clone, Debug, Default)]
pub(super) struct Rows {
    bits: FixedBitSet,
    count: usize,
}

impl Rows {
    pub(super) fn new(bits: FixedBitSet) -> Rows {
        let count = bits.count_ones(..);
        Rows { bits, count }
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.count
    }

    /// The bitmap.
    pub(super) fn bits(&self) -> &FixedBitSet {
        &self.bits
    }

    #[inline]
    pub(super) fn contains(&self, row: u32) -> bool {
        self.bits.contains(row as usize)
    }

    /// Those that stand in a bitmap too.
    pub(super) fn among(&self, other: &FixedBitSet) -> Rows {
        let mut bits = self.bits.clone();
        bits.intersect_with(other);
        Rows::new(bits)
    }

    /// Those that pass, in ascending order of their numbers.
    pub(super) fn filter(&self, mut keep: impl FnMut(u32) -> bool) -> Rows {
        let mut bits = self.bits.clone();
        for row in self.bits.ones() {
            if !keep(row as u32) {
                bits.set(row, false);
            }
        }
        Rows::new(bits)
    }

    /// All blocks of the bitmap.
    pub(super) fn whole(&self) -> Range<usize> {
        0..self.bits.as_slice().len()
    }

    /// The rows of some blocks, run by run, in ascending order.
    #[inline]
    pub(super) fn runs(&self, blocks: Range<usize>, mut give: impl FnMut(&[u32])) {
        let mut run = [0_u32; RUN];
        let mut filled = 0;
        for (place, block) in (blocks.start..).zip(&self.bits.as_slice()[blocks.clone()]) {
            if filled + BITS > RUN {
                give(&run[..filled]);
                filled = 0;
            }
            let (first, mut left) = ((place * BITS) as u32, *block);
            while left != 0 {
                run[filled] = first + left.trailing_zeros();
                filled += 1;
                left &= left - 1;
            }
        }
        if filled > 0 {
            give(&run[..filled]);
        }
    }

    /// Both halves at once, put together; in one where they are few.
    pub(super) fn halves<T: Send>(
        &self,
        part: impl Fn(Range<usize>) -> T + Sync,
        join: impl FnOnce(&mut T, T),
    ) -> T {
        let all = self.whole();
        let middle = all.end / 2;
        halves(self.count, [0..middle, middle..all.end], part, join)
    }
}

/// Both halves of so many rejections at once, put together; in one where they are few.
pub(super) fn halves<T: Send>(
    many: usize,
    [early, late]: [Range<usize>; 2],
    part: impl Fn(Range<usize>) -> T + Sync,
    join: impl FnOnce(&mut T, T),
) -> T {
    if many < MANY {
        return part(early.start..late.end);
    }
    std::thread::scope(|scope| {
        let late = scope.spawn(|| part(late));
        let mut whole = part(early);
        let rest = late.join().expect("adding rows up cannot panic");
        join(&mut whole, rest);
        whole
    })
}
