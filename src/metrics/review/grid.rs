//! Sums by two codes at once, dense where that is small and hashed where it is not. Knows no axis.

use rustc_hash::FxHashMap;

use super::sums::{Share, Sums, Tariff};

/// Up to so many places a table is quicker than a map.
const DENSE: usize = 1 << 20;

enum Slots {
    Dense(Vec<u32>),
    Sparse(FxHashMap<u64, u32>),
}

/// The occupied cells.
pub(super) struct Grid {
    width: usize,
    slots: Slots,
    /// (row place, column place) and what stands there, in the order in which the cells came up.
    pub cells: Vec<((u32, u32), Sums)>,
}

impl Grid {
    /// So many rows by so many columns.
    pub(super) fn new(height: usize, width: usize) -> Grid {
        let slots = match height.checked_mul(width) {
            Some(places) if places <= DENSE => Slots::Dense(vec![u32::MAX; places]),
            _ => Slots::Sparse(FxHashMap::default()),
        };
        Grid {
            width,
            slots,
            cells: Vec::new(),
        }
    }

    /// The sums of a cell, which is occupied from now on.
    #[inline]
    fn at(&mut self, row: usize, column: usize) -> &mut Sums {
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
        &mut self.cells[slot as usize].1
    }

    /// One more rejection in a cell.
    #[inline]
    pub(super) fn add(&mut self, row: usize, column: usize, share: &Share, tariff: Tariff) {
        self.at(row, column).add(share, tariff);
    }

    /// Another grid of the same size, cell by cell.
    pub(super) fn take_in(&mut self, other: &Grid) {
        for ((row, column), sums) in &other.cells {
            self.at(*row as usize, *column as usize).take_in(sums);
        }
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
