//! One record of a file as its reader sees it: cells in place, nothing copied; never interprets them.

const IN_SPARE: u32 = 1 << 31;

/// Where a cell lies: in the buffer, or (unescaped) in the spare text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Span {
    start: u32,
    end: u32,
}

impl Span {
    pub(super) fn new(start: usize, end: usize) -> Self {
        Self {
            start: start as u32,
            end: end as u32,
        }
    }

    pub(super) const EMPTY: Self = Self { start: 0, end: 0 };

    pub(super) fn spare(start: usize, end: usize) -> Self {
        Self {
            start: start as u32 | IN_SPARE,
            end: end as u32,
        }
    }

    pub(super) fn is_empty(self) -> bool {
        self.start & !IN_SPARE == self.end
    }
}

/// One record of a file: its cells as they stand there, and the physical line it begins on.
#[derive(Debug, Clone, Copy)]
pub struct Row<'a> {
    text: &'a str,
    spare: &'a str,
    cells: &'a [Span],
    line: u64,
}

impl<'a> Row<'a> {
    pub(super) fn new(text: &'a str, spare: &'a str, cells: &'a [Span], line: u64) -> Self {
        Self {
            text,
            spare,
            cells,
            line,
        }
    }

    /// The cell in a column; empty where the row has none.
    #[inline]
    pub fn cell(&self, column: usize) -> &'a str {
        let Some(span) = self.cells.get(column) else {
            return "";
        };
        if span.start & IN_SPARE == 0 {
            &self.text[span.start as usize..span.end as usize]
        } else {
            &self.spare[(span.start & !IN_SPARE) as usize..span.end as usize]
        }
    }

    /// How many cells the row has.
    pub fn len(&self) -> usize {
        self.cells.len()
    }

    /// How many cells hold at least one character.
    pub(super) fn filled(&self) -> usize {
        self.cells.iter().filter(|span| !span.is_empty()).count()
    }

    /// Whether every cell is blank.
    pub fn is_empty(&self) -> bool {
        self.cells().all(|cell| cell.trim().is_empty())
    }

    /// The cells from left to right.
    pub fn cells(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        let row = *self;
        (0..row.len()).map(move |column| row.cell(column))
    }

    /// The physical line (or sheet row) on which the record begins, counted from 1.
    pub fn line(&self) -> u64 {
        self.line
    }
}
