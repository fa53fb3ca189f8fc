//! What each rejection took, eight bytes each, in the order of their rows: what every sum of a key is added up from. Adds nothing up.

use super::rows::Rows;
use super::shares::Shares;
use super::sums::{Proof, Share};

/// Bits of minutes, and of minutes logged.
const MINUTES: u32 = 20;
/// Bits of the cell of source and month.
const CELL: u32 = 22;
/// The cell of what an earlier rejection of the lead has paid already.
const PAID: u64 = (1 << CELL) - 1;
/// Where the proof stands; this one says that the rest did not fit.
const PROOF: u32 = 62;
const WIDE: u64 = 3;

/// One word per rejection; the few that do not fit stand beside them.
#[derive(Clone, Debug, Default)]
pub(super) struct Taken {
    words: Vec<u64>,
    /// By their place in `words`.
    wide: Vec<(usize, Share)>,
}

/// The words with what they are priced by.
#[derive(Clone, Copy)]
pub(super) struct Priced<'a> {
    pub taken: &'a Taken,
    pub costs: &'a [Option<i64>],
    pub hourly: i64,
}

impl Taken {
    /// Reads the columns once.
    pub(super) fn new(rejected: &Rows, shares: &Shares) -> Taken {
        let part = |blocks| {
            let mut taken = Taken::default();
            rejected.runs(blocks, |rows| {
                taken.words.reserve(rows.len());
                for row in rows {
                    taken.push(*row, shares);
                }
            });
            taken
        };
        rejected.halves(part, |early, late| {
            let before = early.words.len();
            early.words.extend(late.words);
            let moved = late.wide.into_iter();
            early
                .wide
                .extend(moved.map(|(at, share)| (at + before, share)));
        })
    }

    fn push(&mut self, row: u32, shares: &Shares) {
        let raw = shares.raw(row);
        let cell = raw.cell.map_or(PAID, u64::from);
        let fits = raw.minutes >> MINUTES == 0
            && raw.logged >> MINUTES == 0
            && (raw.cell.is_none() || cell < PAID);
        self.words.push(if fits {
            (raw.proof as u64) << PROOF
                | cell << (2 * MINUTES)
                | (raw.minutes as u64) << MINUTES
                | u64::from(raw.logged)
        } else {
            self.wide.push((self.words.len(), shares.of(row)));
            WIDE << PROOF
        });
    }

    pub(super) fn len(&self) -> usize {
        self.words.len()
    }
}

impl Priced<'_> {
    /// What the rejection at a place adds.
    #[inline]
    pub(super) fn at(&self, at: usize) -> Share {
        let word = self.taken.words[at];
        let kind = word >> PROOF;
        if kind == WIDE {
            return self.wide(at);
        }
        let cell = word >> (2 * MINUTES) & PAID;
        let cost = if cell == PAID {
            Some(0)
        } else {
            self.costs[cell as usize]
        };
        let minutes = |bits: u64| bits & ((1 << MINUTES) - 1);
        Share::new(
            Proof::ALL[kind as usize],
            cost,
            minutes(word >> MINUTES) as i64,
            minutes(word) as u32,
            self.hourly,
        )
    }

    #[cold]
    fn wide(&self, at: usize) -> Share {
        let wide = &self.taken.wide;
        let place = wide.binary_search_by_key(&at, |(own, _)| *own);
        wide[place.expect("whoever writes the mark writes the share")].1
    }
}
