//! Whether the streams of an XLS file end and how many cells its sheets span, found before a reader follows them; keeps no cell.

use super::fault::ReadError;
use super::grid::MOST_CELLS;
use std::fs::File;
use std::io::Read;
use std::path::Path;

/// The most bytes of an XLS file; its sheets hold 65,536 rows at most.
const LIMIT: u64 = 256 << 20;
/// From here on the numbers of sectors mean "end", "free" and the like.
const RESERVED: u32 = 0xFFFF_FFFA;
const HEADER: usize = 512;
const ENTRY: usize = 128;
const MINI: usize = 64;
/// Streams shorter than this lie in the small sectors of the first entry's stream.
const MINI_LIMIT: usize = 4_096;

/// Refuses a file whose streams run in circles or beyond its end, and sheets that span more cells than are read.
pub(super) fn check(path: &Path) -> Result<(), ReadError> {
    let mut bytes = Vec::new();
    File::open(path)
        .and_then(|file| file.take(LIMIT + 1).read_to_end(&mut bytes))
        .map_err(|source| ReadError::Io {
            path: path.to_path_buf(),
            source,
        })?;
    let too_large = |what: String| ReadError::TooLarge {
        path: path.to_path_buf(),
        what,
    };
    if bytes.len() as u64 > LIMIT {
        return Err(too_large("the workbook has more than 256 MB".into()));
    }
    let book = Compound::new(&bytes).and_then(|file| file.workbook());
    let Some(book) = book else {
        return Err(ReadError::Damaged {
            path: path.to_path_buf(),
            what: "its parts run in circles or beyond the end of the file".into(),
        });
    };
    if widest(&book) > MOST_CELLS as u64 {
        let what = format!("a sheet spans more than {MOST_CELLS} cells");
        return Err(too_large(what));
    }
    Ok(())
}

fn number(bytes: &[u8], at: usize) -> Option<u32> {
    let four = bytes.get(at..)?.first_chunk()?;
    Some(u32::from_le_bytes(*four))
}

fn numbers(bytes: &[u8]) -> impl Iterator<Item = u32> + '_ {
    bytes
        .as_chunks()
        .0
        .iter()
        .map(|four| u32::from_le_bytes(*four))
}

/// The file's sectors and the table that says which follows which.
struct Compound<'b> {
    bytes: &'b [u8],
    sector: usize,
    next: Vec<u32>,
}

impl<'b> Compound<'b> {
    /// `None` where the table of sectors does not fit the file.
    fn new(bytes: &'b [u8]) -> Option<Compound<'b>> {
        let sector = match bytes.get(30..32)? {
            [9, 0] => 512,
            [12, 0] => 4_096,
            _ => return None,
        };
        let mut file = Compound {
            bytes,
            sector,
            next: Vec::new(),
        };
        let most = bytes.len() / sector;
        let mut tables: Vec<u32> = numbers(bytes.get(76..HEADER)?).collect();
        let mut at = number(bytes, 68)?;
        let mut seen = 0;
        while at < RESERVED {
            seen += 1;
            if seen > most {
                return None;
            }
            tables.extend(numbers(file.sector(at)?));
            at = tables.pop()?;
        }
        tables.retain(|table| *table < RESERVED);
        if tables.len() > most {
            return None;
        }
        for table in tables {
            let part = numbers(file.sector(table)?);
            file.next.extend(part);
        }
        Some(file)
    }

    /// A sector; the last one may be cut short.
    fn sector(&self, at: u32) -> Option<&'b [u8]> {
        let start = (at as usize).checked_add(1)?.checked_mul(self.sector)?;
        let end = self.bytes.len().min(start.checked_add(self.sector)?);
        self.bytes.get(start..end).filter(|part| !part.is_empty())
    }

    /// The stream that begins with this sector, up to `most` bytes; `None` where it runs in a circle or out of the file.
    fn stream(&self, mut at: u32, most: usize) -> Option<Vec<u8>> {
        let mut stream = Vec::new();
        while at < RESERVED && stream.len() < most {
            stream.extend(self.sector(at)?);
            if stream.len() > self.bytes.len() {
                return None;
            }
            at = *self.next.get(at as usize)?;
        }
        stream.truncate(most);
        Some(stream)
    }

    /// The stream of the workbook, empty where there is none: a locked workbook lies in another.
    fn workbook(&self) -> Option<Vec<u8>> {
        let entries = self.stream(number(self.bytes, 48)?, usize::MAX)?;
        let mut book = Vec::new();
        for entry in entries.as_chunks::<ENTRY>().0 {
            // Free entries hold whatever was there before.
            if entry[66] == 0 {
                continue;
            }
            let length = number(entry, 120)? as usize;
            if length > self.bytes.len() {
                return None;
            }
            let name: Vec<u8> = entry[..64].iter().copied().filter(|b| *b != 0).collect();
            if name.eq_ignore_ascii_case(b"workbook") || name.eq_ignore_ascii_case(b"book") {
                let start = number(entry, 116)?;
                book.extend(if length < MINI_LIMIT {
                    self.mini(entries.first_chunk()?, start, length)?
                } else {
                    self.stream(start, length)?
                });
            }
        }
        Some(book)
    }

    /// A stream of small sectors.
    fn mini(&self, root: &[u8; ENTRY], mut at: u32, length: usize) -> Option<Vec<u8>> {
        let small = self.stream(number(root, 116)?, number(root, 120)? as usize)?;
        let next = self.stream(number(self.bytes, 60)?, usize::MAX)?;
        let mut stream = Vec::new();
        while at < RESERVED && stream.len() < length {
            let start = at as usize * MINI;
            stream.extend(small.get(start..small.len().min(start + MINI))?);
            at = number(&next, at as usize * 4)?;
        }
        Some(stream)
    }
}

/// How many cells the widest sheet spans, from its first filled one to its last.
fn widest(book: &[u8]) -> u64 {
    let (mut widest, mut span) = (0, Span::default());
    let mut rest = book;
    while let Some(([kind, more, low, high], after)) = rest.split_first_chunk() {
        let length = usize::from(u16::from_le_bytes([*low, *high]));
        let Some((record, after)) = after.split_at_checked(length) else {
            break;
        };
        match u16::from_le_bytes([*kind, *more]) {
            // The beginning of a sheet.
            0x0009 | 0x0209 | 0x0409 | 0x0809 => span = Span::default(),
            // Numbers, texts, formulas, yes and no; blank cells do not count.
            0x0203 | 0x0204 | 0x0205 | 0x0006 | 0x00D6 | 0x00FD | 0x027E => span.see(record, 0),
            // A row of numbers: one behind the other, six bytes each.
            0x00BD => span.see(record, record.len().saturating_sub(12) / 6),
            // Locked: what follows is no longer what it says.
            0x002F => break,
            _ => {}
        }
        widest = widest.max(span.cells());
        rest = after;
    }
    widest
}

/// First and last row and column that are filled.
#[derive(Clone, Copy, Default)]
struct Span {
    filled: Option<[u64; 4]>,
}

impl Span {
    /// Takes a cell in, and so many to its right.
    fn see(&mut self, record: &[u8], more: usize) {
        let &[a, b, c, d, ..] = record else { return };
        let row = u64::from(u16::from_le_bytes([a, b]));
        let column = u64::from(u16::from_le_bytes([c, d]));
        let [top, bottom, left, right] = self.filled.unwrap_or([row, row, column, column]);
        let last = column + more as u64;
        self.filled = Some([
            top.min(row),
            bottom.max(row),
            left.min(column),
            right.max(last),
        ]);
    }

    fn cells(self) -> u64 {
        self.filled.map_or(0, |[top, bottom, left, right]| {
            (bottom - top + 1) * (right - left + 1)
        })
    }
}
