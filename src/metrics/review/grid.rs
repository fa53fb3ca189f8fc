//! Sums by two codes at once, dense where that is small and hashed where it is not. Knows no axis.

use rustc_hash::FxHashMap;

use super::sums::{Running, Share, Sums};

/// Up to so many places a table is quicker than a map.
const DENSE: usize = 1 << 20;

enum Slots {
    Dense(Vec<u32>),
    Sparse(FxHashMap<u64, u32>),
}

/// Where the occupied cells stand.
struct Places {
    width: usize,
    slots: Slots,
}

impl Places {
    fn new(height: usize, width: usize) -> Places {
        let slots = match height.checked_mul(width) {
            Some(places) if places <= DENSE => Slots::Dense(vec![u32::MAX; places]),
            _ => Slots::Sparse(FxHashMap::default()),
        };
        Places { width, slots }
    }

    /// The slot of a cell, which is occupied from now on; `next` is what a new one gets.
    #[inline]
    fn slot(&mut self, row: usize, column: usize, next: u32) -> u32 {
        match &mut self.slots {
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
        }
    }

    fn get(&self, row: usize, column: usize) -> Option<u32> {
        match &self.slots {
            Slots::Dense(slots) => slots.get(row * self.width + column).copied(),
            Slots::Sparse(slots) => slots.get(&((row as u64) << 32 | column as u64)).copied(),
        }
    }
}

/// A grid that rejections are being added to.
pub(super) struct Filling {
    places: Places,
    cells: Vec<((u32, u32), Running)>,
}

impl Filling {
    /// So many rows by so many columns.
    pub(super) fn new(height: usize, width: usize) -> Filling {
        Filling {
            places: Places::new(height, width),
            cells: Vec::new(),
        }
    }

    /// One more rejection in a cell.
    #[inline]
    pub(super) fn add(&mut self, row: usize, column: usize, share: &Share) {
        let next = self.cells.len() as u32;
        let slot = self.places.slot(row, column, next);
        if slot == next {
            let cell = ((row as u32, column as u32), Running::default());
            self.cells.push(cell);
        }
        self.cells[slot as usize].1.add(share);
    }

    /// What has been added up.
    pub(super) fn done(self) -> Grid {
        let cells = self.cells.iter();
        Grid {
            cells: cells.map(|(at, sums)| (*at, sums.sums())).collect(),
            places: self.places,
        }
    }
}

/// The occupied cells.
pub(super) struct Grid {
    places: Places,
    /// (row place, column place) and what stands there, in the order in which the cells came up.
    pub cells: Vec<((u32, u32), Sums)>,
}

impl Grid {
    /// Another grid of the same size, cell by cell.
    pub(super) fn take_in(&mut self, other: &Grid) {
        for (at, sums) in &other.cells {
            let next = self.cells.len() as u32;
            let slot = self.places.slot(at.0 as usize, at.1 as usize, next);
            if slot == next {
                self.cells.push((*at, Sums::ZERO));
            }
            self.cells[slot as usize].1.take_in(sums);
        }
    }

    /// The sums of a cell, if anything stands there.
    pub(super) fn get(&self, row: usize, column: usize) -> Option<&Sums> {
        let slot = self.places.get(row, column)?;
        self.cells.get(slot as usize).map(|(_, sums)| sums)
    }
}
