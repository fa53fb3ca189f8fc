//! Handoffs counted by the value of one field and by what became of them: one pass per field. Chooses no rule.

use super::CLASSES;
use crate::backtest::bits::Bits;
use crate::backtest::ground::Ground;
use crate::facts::fields::Codes;
use crate::metrics::outcomes::Worth;

/// How many combinations of [`CLASSES`] there are.
const KINDS: usize = 1 << CLASSES.len();

/// What some handoffs were.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::backtest) struct Cell {
    pub leads: u64,
    pub worked: u64,
    pub rejected: u64,
    pub verified: u64,
    pub qualified: u64,
    pub won: u64,
    pub revenue: i128,
    pub margin: i128,
    /// Won deals, and those of them whose margin is known.
    pub deals: u64,
    pub margins: u64,
}

impl Cell {
    pub(super) fn add(&mut self, other: &Cell) {
        self.leads += other.leads;
        self.worked += other.worked;
        self.rejected += other.rejected;
        self.verified += other.verified;
        self.qualified += other.qualified;
        self.won += other.won;
        self.revenue += other.revenue;
        self.margin += other.margin;
        self.deals += other.deals;
        self.margins += other.margins;
    }

    fn add_worth(&mut self, worth: &Worth) {
        self.deals += 1;
        self.margins += u64::from(worth.margin.is_some());
        self.revenue += i128::from(worth.revenue.unwrap_or(0));
        self.margin += i128::from(worth.margin.unwrap_or(0));
    }

    fn add_kind(&mut self, kind: usize, count: u32) {
        let of = |place: usize| {
            if kind >> place & 1 == 1 {
                u64::from(count)
            } else {
                0
            }
        };
        self.leads += u64::from(count);
        self.worked += of(0);
        self.rejected += of(1);
        self.verified += of(2);
        self.qualified += of(3);
        self.won += of(4);
    }
}

/// The handoffs that candidates are counted on.
pub(in crate::backtest) struct Pool {
    rows: Vec<u32>,
    kinds: Vec<u8>,
    worths: Vec<Worth>,
    /// All of them together.
    pub(super) all: Cell,
}

impl Pool {
    pub(super) fn new(ground: &Ground, set: &Bits) -> Pool {
        let mut kind_of = [0_u8; 256];
        for (fate, kind) in (0..=u8::MAX).zip(&mut kind_of) {
            let bits = CLASSES.iter().enumerate();
            *kind = bits
                .map(|(place, bit)| u8::from(fate & bit != 0) << place)
                .sum();
        }
        let rows: Vec<u32> = set.ones().collect();
        let fates = &ground.outcomes.fates;
        let kinds: Vec<u8> = rows
            .iter()
            .map(|row| kind_of[fates[*row as usize] as usize])
            .collect();
        let worths = ground.outcomes.worths.iter();
        let worths: Vec<Worth> = worths
            .filter(|w| w.is_won && set.has(w.handoff))
            .copied()
            .collect();
        let mut all = Cell::default();
        let mut counts = [0_u32; KINDS];
        for kind in &kinds {
            counts[*kind as usize] += 1;
        }
        for (kind, count) in counts.into_iter().enumerate() {
            all.add_kind(kind, count);
        }
        for worth in &worths {
            all.add_worth(worth);
        }
        Pool {
            rows,
            kinds,
            worths,
            all,
        }
    }

    /// One cell per bucket; `bucket` says by code which one it is.
    pub(super) fn cells(&self, codes: &Codes, bucket: &[u16]) -> Vec<Cell> {
        let buckets = bucket
            .iter()
            .copied()
            .max()
            .map_or(0, |most| most as usize + 1);
        let mut counts = vec![0_u32; buckets * KINDS];
        let mut count =
            |bucket: u16, kind: u8| counts[bucket as usize * KINDS + kind as usize] += 1;
        let rows = self.rows.iter().zip(&self.kinds);
        match codes {
            Codes::Narrow(codes) => {
                rows.for_each(|(row, kind)| count(bucket[codes[*row as usize] as usize], *kind));
            }
            Codes::Middle(codes) => {
                rows.for_each(|(row, kind)| count(bucket[codes[*row as usize] as usize], *kind));
            }
            Codes::Wide(codes) => {
                rows.for_each(|(row, kind)| count(bucket[codes[*row as usize] as usize], *kind));
            }
        }
        let mut cells = vec![Cell::default(); buckets];
        for (at, cell) in cells.iter_mut().enumerate() {
            for kind in 0..KINDS {
                cell.add_kind(kind, counts[at * KINDS + kind]);
            }
        }
        for worth in &self.worths {
            let cell = &mut cells[bucket[codes.get(worth.handoff as usize) as usize] as usize];
            cell.add_worth(worth);
        }
        cells
    }

    /// How many handoffs have each code.
    pub(super) fn counts(&self, codes: &Codes, kinds: usize) -> Vec<u32> {
        let mut counts = vec![0_u32; kinds + 1];
        match codes {
            Codes::Narrow(codes) => self
                .rows
                .iter()
                .for_each(|row| counts[codes[*row as usize] as usize] += 1),
            Codes::Middle(codes) => self
                .rows
                .iter()
                .for_each(|row| counts[codes[*row as usize] as usize] += 1),
            Codes::Wide(codes) => self
                .rows
                .iter()
                .for_each(|row| counts[codes[*row as usize] as usize] += 1),
        }
        counts
    }
}
