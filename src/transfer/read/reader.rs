//! Opens a file, finds its shape, and hands out its rows; footers and blank lines are left out, and said so.

use super::decode::{Text, detect};
use super::fault::ReadError;
use super::footer::{Tail, tail};
use super::grid::Grid;
use super::groups;
use super::item::{Broken, Found, Item, Shape};
use super::row::Row;
use super::source::{Kind, Progress, Source, Stamp, unchanged};
use super::split::{Splitter, Step};
use super::{KnownHeader, MOST_COLUMNS, ReadOptions, dialect, heading, workbook};
use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};

enum Body {
    Text(Box<Splitter>),
    Grid(Grid),
}

/// A stream of rows under one header.
pub struct Reader {
    path: PathBuf,
    stamp: Stamp,
    found: Found,
    header: Vec<String>,
    body: Body,
    progress: Progress,
    after_gap: bool,
    footers: u64,
    short: u64,
}

/// Opens a file as a table.
pub fn open(
    path: &Path,
    options: &ReadOptions,
    known: KnownHeader<'_>,
) -> Result<Reader, ReadError> {
    let source = Source::open(path)?;
    if source.kind == Kind::Text {
        open_text(source, options, known)
    } else {
        open_workbook(&source, options, known)
    }
}

fn open_text(
    source: Source,
    options: &ReadOptions,
    known: KnownHeader<'_>,
) -> Result<Reader, ReadError> {
    let (path, stamp, progress) = (
        source.path.clone(),
        source.stamp.clone(),
        source.progress.clone(),
    );
    let io = |e| ReadError::Io {
        path: path.clone(),
        source: e,
    };
    let encoding = detect(&source.sample, options.encoding.as_deref())?;
    let none: Box<dyn Read + Send> = Box::new(std::io::empty());
    let mut sample = String::new();
    Text::new(Cursor::new(source.sample.clone()).chain(none), encoding)
        .fill(&mut sample, usize::MAX >> 1)
        .map_err(io)?;
    let delimiter = options
        .delimiter
        .unwrap_or_else(|| dialect::delimiter(&sample));
    let mut rows = Vec::new();
    let mut lines = Vec::new();
    let mut probe = Splitter::over(sample, delimiter);
    while rows.len() < heading::LOOKED {
        match probe.step().map_err(io)? {
            Step::Row if probe.row().is_empty() => {}
            Step::Row => {
                lines.push(probe.row().line());
                rows.push(probe.row().cells().map(str::to_owned).collect::<Vec<_>>());
            }
            Step::Broken(_) => {}
            Step::End => break,
        }
    }
    drop(probe);
    let at = header_at(&path, &rows, known)?;
    if let Some(group) = groups::shows_at(&rows[at], &rows[at + 1..]) {
        let line = lines[at + 1 + group];
        return Err(ReadError::Grouped { path, line });
    }
    let header = heading::unique(rows.swap_remove(at));
    let text = Text::new(source.bytes(), encoding);
    let mut body = Splitter::new(text, delimiter);
    while body.step().map_err(io)? != Step::End {
        if body.row().line() >= lines[at] {
            break;
        }
    }
    let shape = Shape::Text {
        delimiter: char::from(delimiter),
        encoding: encoding.name(),
    };
    let found = Found {
        shape,
        header_line: lines[at],
    };
    Reader {
        path,
        stamp,
        found,
        header,
        body: Body::Text(Box::new(body)),
        progress,
        after_gap: false,
        footers: 0,
        short: 0,
    }
    .checked()
}

fn open_workbook(
    source: &Source,
    options: &ReadOptions,
    known: KnownHeader<'_>,
) -> Result<Reader, ReadError> {
    let suits = |grid: &mut Grid| heading::find(&first_rows(grid).1, known).is_some();
    let sheet = options.sheet.as_deref();
    let (sheet, mut grid) = workbook::load(&source.path, source.kind, sheet, &suits)?;
    source.progress.finish();
    let (lines, mut rows) = first_rows(&mut grid);
    let at = header_at(&source.path, &rows, known)?;
    let (names, below) = (&rows[at], &rows[at + 1..]);
    let group = groups::shows_at(names, below).map(|group| lines[at + 1 + group]);
    let merged = || {
        let may_be = groups::may_be_merged(names, below);
        may_be.then(|| workbook::merged_down(source, &sheet, lines[at]))?
    };
    if let Some(line) = group.or_else(merged) {
        return Err(ReadError::Grouped {
            path: source.path.clone(),
            line,
        });
    }
    while grid.step() && grid.row().line() < lines[at] {}
    let found = Found {
        shape: Shape::Workbook { sheet },
        header_line: lines[at],
    };
    let header = heading::unique(rows.swap_remove(at));
    let (path, stamp, progress) = (
        source.path.clone(),
        source.stamp.clone(),
        source.progress.clone(),
    );
    Reader {
        path,
        stamp,
        found,
        header,
        body: Body::Grid(grid),
        progress,
        after_gap: false,
        footers: 0,
        short: 0,
    }
    .checked()
}

/// The rows among which column names are looked for, with their lines; the sheet stands at its beginning again.
fn first_rows(grid: &mut Grid) -> (Vec<u64>, Vec<Vec<String>>) {
    let (mut lines, mut rows) = (Vec::new(), Vec::new());
    while rows.len() < heading::LOOKED && grid.step() {
        lines.push(grid.row().line());
        rows.push(grid.row().cells().map(str::to_owned).collect());
    }
    grid.rewind();
    (lines, rows)
}

fn header_at(
    path: &Path,
    rows: &[Vec<String>],
    known: KnownHeader<'_>,
) -> Result<usize, ReadError> {
    if rows.is_empty() {
        return Err(ReadError::Empty {
            path: path.to_path_buf(),
        });
    }
    heading::find(rows, known).ok_or_else(|| ReadError::NoHeader {
        path: path.to_path_buf(),
        looked: rows.len(),
    })
}

impl Reader {
    fn checked(self) -> Result<Self, ReadError> {
        if self.header.len() > MOST_COLUMNS {
            return Err(ReadError::TooWide {
                path: self.path,
                found: self.header.len(),
                most: MOST_COLUMNS,
            });
        }
        Ok(self)
    }

    /// The names of the columns, each once; an unnamed column has an empty name.
    pub fn header(&self) -> &[String] {
        &self.header
    }

    /// What was found out about the file.
    pub fn found(&self) -> &Found {
        &self.found
    }

    /// The file as it was when it was opened.
    pub fn stamp(&self) -> &Stamp {
        &self.stamp
    }

    /// How far the reading is.
    pub fn progress(&self) -> Progress {
        self.progress.clone()
    }

    /// Footer lines that were left out so far.
    pub fn footers(&self) -> u64 {
        self.footers
    }

    /// Rows shorter than the header whose missing cells were read as empty so far.
    pub fn short(&self) -> u64 {
        self.short
    }

    /// Whole numbers of a workbook that were too long to be exact.
    pub fn imprecise(&self) -> u64 {
        match &self.body {
            Body::Text(_) => 0,
            Body::Grid(grid) => grid.imprecise,
        }
    }

    /// Bytes that did not fit the encoding so far.
    pub fn mended(&self) -> u64 {
        match &self.body {
            Body::Text(splitter) => splitter.mended(),
            Body::Grid(_) => 0,
        }
    }

    /// The next record; `None` at the end of the file.
    pub fn next_item(&mut self) -> Result<Option<Item<'_>>, ReadError> {
        loop {
            match self.step()? {
                Step::End => {
                    self.progress.finish();
                    return if unchanged(&self.path, &self.stamp) {
                        Ok(None)
                    } else {
                        Err(ReadError::Changed {
                            path: self.path.clone(),
                        })
                    };
                }
                Step::Broken(fault) => {
                    return Ok(Some(Item::Broken(Broken {
                        line: fault.line,
                        reason: fault.reason,
                        cells: vec![fault.raw],
                    })));
                }
                Step::Row => match self.judge()? {
                    Judged::Row => return Ok(Some(Item::Row(self.row()))),
                    Judged::Skip => {}
                    Judged::Refuse(reason) => {
                        let row = self.row();
                        let cells = row.cells().map(str::to_owned).collect();
                        return Ok(Some(Item::Broken(Broken {
                            line: row.line(),
                            reason,
                            cells,
                        })));
                    }
                },
            }
        }
    }

    fn step(&mut self) -> Result<Step, ReadError> {
        match &mut self.body {
            Body::Text(splitter) => splitter.step().map_err(|source| {
                if source.kind() == std::io::ErrorKind::Other
                    || source.kind() == std::io::ErrorKind::InvalidInput
                {
                    ReadError::Damaged {
                        path: self.path.clone(),
                        what: source.to_string(),
                    }
                } else {
                    ReadError::Io {
                        path: self.path.clone(),
                        source,
                    }
                }
            }),
            Body::Grid(grid) => {
                let more = grid.step();
                grid.widen(self.header.len());
                Ok(if more { Step::Row } else { Step::End })
            }
        }
    }

    fn row(&self) -> Row<'_> {
        match &self.body {
            Body::Text(splitter) => splitter.row(),
            Body::Grid(grid) => grid.row(),
        }
    }

    fn judge(&mut self) -> Result<Judged, ReadError> {
        let width = self.header.len();
        let row = self.row();
        let (len, line) = (row.len(), row.line());
        // A row as wide as the header and filled by more than half is data; this is the way of nearly all rows.
        if len == width && width > 1 && row.filled() * 2 > width && !self.after_gap {
            return Ok(Judged::Row);
        }
        let filled = row.cells().filter(|cell| !cell.trim().is_empty()).count();
        if filled == 0 {
            self.after_gap = true;
            return Ok(Judged::Skip);
        }
        let first = row
            .cells()
            .find(|cell| !cell.trim().is_empty())
            .unwrap_or_default();
        match tail(first, filled, width, self.after_gap) {
            Tail::Footer => {
                self.footers += 1;
                self.after_gap = true;
                return Ok(Judged::Skip);
            }
            Tail::Subtotal => return self.unless_grouped(line),
            Tail::Data => self.after_gap = false,
        }
        let row = self.row();
        if len > width && (width..len).any(|column| !row.cell(column).trim().is_empty()) {
            return Ok(Judged::Refuse(format!(
                "the row has {len} cells, the header {width}: put a cell that holds the delimiter into quotes"
            )));
        }
        if len < width {
            if len * 2 < width || self.cut_off() {
                return Ok(Judged::Refuse(format!(
                    "the row has {len} cells, the header {width}: it was cut off or broken in two"
                )));
            }
            self.short += 1;
        }
        Ok(Judged::Row)
    }

    fn unless_grouped(&self, line: u64) -> Result<Judged, ReadError> {
        Err(ReadError::Grouped {
            path: self.path.clone(),
            line,
        })
    }

    fn cut_off(&self) -> bool {
        matches!(&self.body, Body::Text(splitter) if splitter.ends_in_line())
    }
}

enum Judged {
    Row,
    Skip,
    Refuse(String),
}

#[cfg(test)]
#[path = "reader_tests.rs"]
mod tests;
