//! A set of rows, one bit each. Knows no row.

/// Rows as bits, 64 to a word; bits beyond the last row are 0.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bits {
    words: Vec<u64>,
    len: usize,
}

impl Bits {
    /// No row of `len`.
    pub fn none(len: usize) -> Bits {
        Bits {
            words: vec![0; len.div_ceil(64)],
            len,
        }
    }

    /// Every row of `len`.
    pub fn all(len: usize) -> Bits {
        Bits::from_words(vec![!0; len.div_ceil(64)], len)
    }

    /// Words as they are; what stands beyond the last row is cleared.
    pub(crate) fn from_words(mut words: Vec<u64>, len: usize) -> Bits {
        if let (Some(last), used @ 1..) = (words.last_mut(), len % 64) {
            *last &= (1 << used) - 1;
        }
        Bits { words, len }
    }

    /// The rows that pass.
    pub fn of(len: usize, passes: impl Fn(usize) -> bool) -> Bits {
        let mut bits = Bits::none(len);
        for row in 0..len {
            bits.words[row / 64] |= u64::from(passes(row)) << (row % 64);
        }
        bits
    }

    /// The words.
    #[inline]
    pub(crate) fn words(&self) -> &[u64] {
        &self.words
    }

    /// Rows there are, in the set or not.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether there are no rows at all.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Whether a row is in the set.
    #[inline]
    pub fn has(&self, row: u32) -> bool {
        let row = row as usize;
        self.words
            .get(row / 64)
            .is_some_and(|word| word >> (row % 64) & 1 == 1)
    }

    /// Rows in the set.
    pub fn count(&self) -> u64 {
        self.words
            .iter()
            .map(|word| u64::from(word.count_ones()))
            .sum()
    }

    /// Rows in both sets.
    pub fn count_both(&self, other: &Bits) -> u64 {
        let both = self.words.iter().zip(&other.words);
        both.map(|(a, b)| u64::from((a & b).count_ones())).sum()
    }

    /// Rows in both.
    #[must_use]
    pub fn and(&self, other: &Bits) -> Bits {
        self.with(other, |a, b| a & b)
    }

    /// Rows in either.
    #[must_use]
    pub fn or(&self, other: &Bits) -> Bits {
        self.with(other, |a, b| a | b)
    }

    /// Rows of this set that are not in the other.
    #[must_use]
    pub fn but(&self, other: &Bits) -> Bits {
        self.with(other, |a, b| a & !b)
    }

    fn with(&self, other: &Bits, f: impl Fn(u64, u64) -> u64) -> Bits {
        debug_assert_eq!(self.len, other.len);
        let words = self.words.iter().zip(&other.words);
        Bits {
            words: words.map(|(a, b)| f(*a, *b)).collect(),
            len: self.len,
        }
    }

    /// Rows in the set, ascending.
    pub fn ones(&self) -> impl Iterator<Item = u32> + '_ {
        self.words.iter().enumerate().flat_map(|(at, word)| Ones {
            word: *word,
            base: at as u32 * 64,
        })
    }
}

/// The set bits of one word.
pub(crate) struct Ones {
    pub word: u64,
    pub base: u32,
}

impl Iterator for Ones {
    type Item = u32;

    #[inline]
    fn next(&mut self) -> Option<u32> {
        if self.word == 0 {
            return None;
        }
        let bit = self.word.trailing_zeros();
        self.word &= self.word - 1;
        Some(self.base + bit)
    }
}
