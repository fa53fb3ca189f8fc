//! Sums by two codes at once, row by row, in two halves at once. Knows no axis.

use std::ops::Range;

use super::codes::Codes;
use super::rows::halves;
use super::sums::{Running, Sums};
use super::taken::Priced;

/// Up to so many places every one has its sums from the start, and they stay close to the processor.
const SMALL: usize = 1 << 12;

/// At most so many rejections are read at once.
const RUN: usize = 1_024;

/// A cell with anything in it: the places of its row and its column, and what stands there.
type Cell = ((u32, u32), Running);

/// The occupied cells.
pub(super) struct Grid {
    /// By row and column.
    cells: Vec<Cell>,
    /// Where each row begins.
    starts: Vec<u32>,
}

impl Grid {
    /// Every rejection in its cell of so many rows by so many columns.
    pub(super) fn new(
        (down, height): (&Codes, usize),
        (across, width): (&Codes, usize),
        priced: Priced,
    ) -> Grid {
        let cells = match height.checked_mul(width) {
            Some(places) if places <= SMALL => {
                let table = table((down, across), width, places, priced);
                let all = table.into_iter().enumerate();
                let filled = all.filter(|(_, sums)| !sums.is_empty());
                filled
                    .map(|(at, sums)| (((at / width) as u32, (at % width) as u32), sums))
                    .collect()
            }
            _ => by_row((down, height), (across, width), priced),
        };
        let mut starts = vec![0; height + 1];
        for ((row, _), _) in &cells {
            starts[*row as usize + 1] += 1;
        }
        for row in 1..starts.len() {
            starts[row] += starts[row - 1];
        }
        Grid { cells, starts }
    }

    /// Every cell with anything in it, by row and column.
    pub(super) fn cells(&self) -> &[Cell] {
        &self.cells
    }

    /// The sums of a cell, if anything stands there.
    pub(super) fn get(&self, row: usize, column: usize) -> Option<Sums> {
        let ends = self.starts.get(row).zip(self.starts.get(row + 1))?;
        let line = &self.cells[*ends.0 as usize..*ends.1 as usize];
        let at = line.binary_search_by_key(&(column as u32), |((_, column), _)| *column);
        Some(line[at.ok()?].1.sums())
    }
}

/// A table of all places.
fn table(
    (down, across): (&Codes, &Codes),
    width: usize,
    places: usize,
    priced: Priced,
) -> Vec<Running> {
    let part = |range: Range<usize>| {
        let mut table = vec![Running::default(); places];
        let (mut rows, mut columns) = (Vec::new(), Vec::new());
        for from in range.clone().step_by(RUN) {
            let run = from..range.end.min(from + RUN);
            down.read(run.clone(), &mut rows);
            across.read(run, &mut columns);
            for (at, (row, column)) in (from..).zip(rows.iter().zip(&columns)) {
                table[*row as usize * width + *column as usize].add(&priced.at(at));
            }
        }
        table
    };
    let all = down.len();
    halves(all, [0..all / 2, all / 2..all], part, |early, late| {
        let pairs = early.iter_mut().zip(&late);
        pairs.for_each(|(own, more)| own.take_in(more));
    })
}

/// Row by row, so that only one row's sums are in use however many cells there are.
fn by_row(
    (down, height): (&Codes, usize),
    (across, width): (&Codes, usize),
    priced: Priced,
) -> Vec<Cell> {
    let (order, starts) = down.sorted(height);
    let part = |rows: Range<usize>| {
        let mut line = vec![Running::default(); width];
        let (mut met, mut cells) = (Vec::new(), Vec::new());
        for row in rows {
            for at in &order[starts[row] as usize..starts[row + 1] as usize] {
                let column = across.at(*at as usize);
                let sums = &mut line[column];
                if sums.is_empty() {
                    met.push(column as u32);
                }
                sums.add(&priced.at(*at as usize));
            }
            met.sort_unstable();
            let filled = met.drain(..);
            cells.extend(filled.map(|column| {
                let sums = std::mem::take(&mut line[column as usize]);
                ((row as u32, column), sums)
            }));
        }
        cells
    };
    let half = (order.len() / 2) as u32;
    let middle = starts.partition_point(|start| *start < half).min(height);
    halves(order.len(), [0..middle, middle..height], part, Vec::extend)
}
