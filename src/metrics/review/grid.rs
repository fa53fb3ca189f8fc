//! Sums by two codes at once, dense where that is small and hashed where it is not. Knows no axis.

use rustc_hash::FxHashMap;

use super::sums::{Share, Sums};

/// Up to so many places a table is quicker than a map.
const DENSE: usize = 1 << 20;

enum Slots {
    Dense(Vec<u32>),
    Sparse(FxHashMap<u64, u32>),
}

/// The occupied cells.
pub(super) struct Grid {
    width: usize,
    hourly: i64,
    slots: Slots,
    /// (row place, column place) and what stands there, in the order in which the cells came up.
    pub cells: Vec<((u32, u32), Sums)>,
}

impl Grid {
    /// So many rows by so many columns; a rep's hour costs `hourly`.
    pub(super) fn new(height: usize, width: usize, hourly: i64) -> Grid {
        let slots = match height.checked_mul(width) {
            Some(places) if places <= DENSE => Slots::Dense(vec![u32::MAX; places]),
            _ => Slots::Sparse(FxHashMap::default()),
        };
        Grid {
            width,
            hourly,
            slots,
            cells: Vec::new(),
        }
    }

    #[inline]
    pub(super) fn add(&mut self, row: usize, column: usize, share: &Share) {
        let next = self.cells.len() as u32;
        let slot = match &mut self.slots {
            Slots::Dense(slots) => {
                let slot = &mut slots[row * self.width + column];
                if *slot == u32::MAX {
                    *slot = next;
                }
                *slot
            }
            Slots::Sparse(slots) => *slots
                .entry((row as u64) << 32 | column as u64)
                .or_insert(next),
        };
        if slot == next {
            self.cells.push(((row as u32, column as u32), Sums::ZERO));
        }
        self.cells[slot as usize].1.add(share, self.hourly);
    }

    /// The sums of a cell, if anything stands there.
    pub(super) fn get(&self, row: usize, column: usize) -> Option<&Sums> {
        let slot = match &self.slots {
            Slots::Dense(slots) => *slots.get(row * self.width + column)?,
            Slots::Sparse(slots) => *slots.get(&((row as u64) << 32 | column as u64))?,
        };
        self.cells.get(slot as usize).map(|(_, sums)| sums)
    }
}
