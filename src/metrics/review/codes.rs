//! A column of small codes in as few bytes as they need: one, two or four. Knows no axis.

use std::ops::Range;

use crate::facts::column::Code;

/// Places on an axis, one per rejection; the last place is "unknown".
#[derive(Clone, Debug)]
pub(super) enum Codes {
    Narrow(Vec<u8>),
    Middle(Vec<u16>),
    Wide(Vec<u32>),
}

/// Does the same with each width.
macro_rules! each_width {
    ($codes:expr, $column:ident => $do:expr) => {
        match $codes {
            Codes::Narrow($column) => $do,
            Codes::Middle($column) => $do,
            Codes::Wide($column) => $do,
        }
    };
}

impl Codes {
    /// An empty column for places up to the last.
    pub(super) fn up_to(last: usize, room: usize) -> Codes {
        match last {
            0..0x100 => Codes::Narrow(Vec::with_capacity(room)),
            0x100..0x1_0000 => Codes::Middle(Vec::with_capacity(room)),
            _ => Codes::Wide(Vec::with_capacity(room)),
        }
    }

    /// Appends codes; those behind the last place are "unknown".
    pub(super) fn extend(&mut self, codes: &[Code], last: usize) {
        let places = codes.iter().map(|code| (*code).min(last as Code));
        match self {
            Codes::Narrow(column) => column.extend(places.map(|place| place as u8)),
            Codes::Middle(column) => column.extend(places.map(|place| place as u16)),
            Codes::Wide(column) => column.extend(places),
        }
    }

    /// Appends another column of the same axis.
    pub(super) fn append(&mut self, other: &Codes) {
        let mut places = Vec::new();
        other.read(0..other.len(), &mut places);
        self.extend(&places, u32::MAX as usize);
    }

    pub(super) fn len(&self) -> usize {
        each_width!(self, column => column.len())
    }

    /// The place of one.
    #[inline]
    pub(super) fn at(&self, at: usize) -> usize {
        match self {
            Codes::Narrow(column) => usize::from(column[at]),
            Codes::Middle(column) => usize::from(column[at]),
            Codes::Wide(column) => column[at] as usize,
        }
    }

    /// Writes a stretch of places over what stood there.
    #[inline]
    pub(super) fn read(&self, range: Range<usize>, to: &mut Vec<u32>) {
        to.clear();
        match self {
            Codes::Narrow(column) => to.extend(column[range].iter().map(|at| u32::from(*at))),
            Codes::Middle(column) => to.extend(column[range].iter().map(|at| u32::from(*at))),
            Codes::Wide(column) => to.extend_from_slice(&column[range]),
        }
    }

    /// The rejections in the order of their places, with where each place begins: sorted by counting, in two passes.
    pub(super) fn sorted(&self, places: usize) -> (Vec<u32>, Vec<u32>) {
        let mut starts = vec![0_u32; places + 1];
        each_width!(self, column => for place in column {
            starts[*place as usize + 1] += 1;
        });
        for place in 1..starts.len() {
            starts[place] += starts[place - 1];
        }
        let mut next = starts.clone();
        let mut order = vec![0_u32; self.len()];
        each_width!(self, column => for (at, place) in (0_u32..).zip(column) {
            let slot = &mut next[*place as usize];
            order[*slot as usize] = at;
            *slot += 1;
        });
        (order, starts)
    }
}
