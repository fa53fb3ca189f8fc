//! A path to bytes: refuses what is no regular file, tells tables from pictures, unpacks gzip within limits.

use super::fault::ReadError;
use std::fs::{File, Metadata};
use std::io::{self, Chain, Cursor, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::SystemTime;

/// How many unpacked bytes of a gzip file are read at most, when it packs suspiciously well.
const UNPACKED_LIMIT: u64 = 400 << 20;
/// A gzip file that grows more than this is suspicious.
const RATIO_LIMIT: u64 = 200;
/// How much of a file is looked at to tell its kind and encoding.
pub(super) const SAMPLE: usize = 256 << 10;

/// Bytes read so far, out of the size of the file; shared with whoever draws the bar.
#[derive(Debug, Clone, Default)]
pub struct Progress {
    read: Arc<AtomicU64>,
    total: u64,
}

impl Progress {
    /// Progress over a file of `total` bytes.
    pub fn new(total: u64) -> Self {
        Self {
            read: Arc::default(),
            total,
        }
    }

    /// Bytes of the file that were read.
    pub fn read(&self) -> u64 {
        self.read.load(Ordering::Relaxed)
    }

    /// Bytes the file has.
    pub fn total(&self) -> u64 {
        self.total
    }

    /// Marks the whole file as read.
    pub(super) fn finish(&self) {
        self.read.store(self.total, Ordering::Relaxed);
    }
}

/// What the first bytes say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    Xlsx,
    Xls,
    Ods,
}

/// The size and time of a file, by which a change is seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stamp {
    len: u64,
    modified: Option<SystemTime>,
}

impl Stamp {
    fn of(meta: &Metadata) -> Self {
        Self {
            len: meta.len(),
            modified: meta.modified().ok(),
        }
    }
}

/// An opened file whose kind is known.
pub(super) struct Source {
    pub(super) path: PathBuf,
    pub(super) kind: Kind,
    pub(super) stamp: Stamp,
    pub(super) sample: Vec<u8>,
    pub(super) progress: Progress,
    file: File,
    packed: bool,
}

/// The bytes of a text file, unpacked and counted.
pub(super) type Bytes = Chain<Cursor<Vec<u8>>, Box<dyn Read + Send>>;

impl Source {
    pub(super) fn open(path: &Path) -> Result<Self, ReadError> {
        let io = |source| ReadError::Io {
            path: path.to_path_buf(),
            source,
        };
        let meta = std::fs::metadata(path).map_err(io)?;
        if let Some(what) = not_a_file(&meta) {
            return Err(ReadError::NotAFile {
                path: path.to_path_buf(),
                what,
            });
        }
        let mut file = File::open(path).map_err(io)?;
        let progress = Progress::new(meta.len());
        let mut sample = first_bytes(&mut file, SAMPLE).map_err(io)?;
        let packed = sample.starts_with(&[0x1f, 0x8b]);
        if packed {
            let again = File::open(path).map_err(io)?;
            sample = first_bytes(&mut unpack(again, meta.len(), Progress::default()), SAMPLE)
                .map_err(|e| damaged(path, &e))?;
            file = File::open(path).map_err(io)?;
        }
        let kind = kind_of(path, &sample)?;
        if packed && kind != Kind::Text {
            return Err(ReadError::NotATable {
                path: path.to_path_buf(),
                what: "a workbook inside a gzip archive",
            });
        }
        Ok(Self {
            path: path.to_path_buf(),
            kind,
            stamp: Stamp::of(&meta),
            sample,
            progress,
            file,
            packed,
        })
    }

    /// The decoded stream of a text file, starting at its first byte.
    pub(super) fn bytes(self) -> Bytes {
        let len = self.progress.total();
        if self.packed {
            let rest: Box<dyn Read + Send> = Box::new(unpack(self.file, len, self.progress));
            return Cursor::new(Vec::new()).chain(rest);
        }
        self.progress
            .read
            .store(self.sample.len() as u64, Ordering::Relaxed);
        let rest: Box<dyn Read + Send> = Box::new(Counted {
            inner: self.file,
            progress: self.progress,
        });
        Cursor::new(self.sample).chain(rest)
    }
}

/// Whether the file at `path` is still the one that was opened.
pub(super) fn unchanged(path: &Path, stamp: &Stamp) -> bool {
    std::fs::metadata(path).is_ok_and(|meta| Stamp::of(&meta) == *stamp)
}

fn not_a_file(meta: &Metadata) -> Option<&'static str> {
    let kind = meta.file_type();
    if kind.is_file() {
        return None;
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::FileTypeExt;
        if kind.is_fifo() {
            return Some("a pipe");
        }
        if kind.is_char_device() || kind.is_block_device() {
            return Some("a device");
        }
        if kind.is_socket() {
            return Some("a socket");
        }
    }
    Some(if kind.is_dir() {
        "a folder"
    } else {
        "no regular file"
    })
}

fn first_bytes(from: &mut impl Read, most: usize) -> io::Result<Vec<u8>> {
    let mut out = Vec::new();
    from.take(most as u64).read_to_end(&mut out)?;
    Ok(out)
}

fn damaged(path: &Path, error: &io::Error) -> ReadError {
    ReadError::Damaged {
        path: path.to_path_buf(),
        what: format!("its gzip packing is broken ({error})"),
    }
}

fn kind_of(path: &Path, sample: &[u8]) -> Result<Kind, ReadError> {
    let not = |what| {
        Err(ReadError::NotATable {
            path: path.to_path_buf(),
            what,
        })
    };
    if sample.is_empty() {
        return Err(ReadError::Empty {
            path: path.to_path_buf(),
        });
    }
    let holds = |needle: &[u8]| sample.windows(needle.len()).any(|w| w == needle);
    match sample {
        [0xd0, 0xcf, 0x11, 0xe0, ..] => Ok(Kind::Xls),
        [b'P', b'K', 3 | 5, 4 | 6, ..] => {
            let open_document = holds(b"mimetype") && holds(b"content.xml") && !holds(b"xl/");
            if open_document || holds(b"application/vnd.oasis.opendocument.spreadsheet") {
                Ok(Kind::Ods)
            } else if holds(b"xl/") || holds(b"[Content_Types].xml") {
                Ok(Kind::Xlsx)
            } else {
                not("a ZIP archive (unpack it first)")
            }
        }
        [b'%', b'P', b'D', b'F', ..] => not("a PDF document"),
        [0x89, b'P', b'N', b'G', ..] | [0xff, 0xd8, 0xff, ..] | [b'G', b'I', b'F', b'8', ..] => {
            not("a picture")
        }
        [b'S', b'Q', b'L', b'i', b't', b'e', ..] => not("an SQLite database"),
        [b'7', b'z', 0xbc, ..]
        | [b'R', b'a', b'r', b'!', ..]
        | [0x28, 0xb5, 0x2f, 0xfd, ..]
        | [b'B', b'Z', b'h', ..] => not("a packed archive (unpack it first)"),
        [b'P', b'A', b'R', b'1', ..] => not("a Parquet file"),
        _ if looks_like_markup(sample) => not("a web page or XML document"),
        _ if looks_binary(sample) => not("a binary file"),
        _ => Ok(Kind::Text),
    }
}

fn looks_like_markup(sample: &[u8]) -> bool {
    let start = sample
        .iter()
        .position(|b| !b.is_ascii_whitespace() && !matches!(b, 0xef | 0xbb | 0xbf))
        .unwrap_or(0);
    let head: Vec<u8> = sample[start..]
        .iter()
        .take(14)
        .map(u8::to_ascii_lowercase)
        .collect();
    [&b"<!doctype html"[..], b"<html", b"<?xml"]
        .iter()
        .any(|tag| head.starts_with(tag))
}

/// Text holds no control bytes but blanks; UTF-16 is told by its own test before.
fn looks_binary(sample: &[u8]) -> bool {
    if super::decode::utf16_of(sample).is_some() {
        return false;
    }
    let controls = sample
        .iter()
        .filter(|b| matches!(b, 0..=8 | 14..=26 | 28..=31))
        .count();
    controls * 20 > sample.len()
}

struct Counted<R> {
    inner: R,
    progress: Progress,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(buf)?;
        self.progress.read.fetch_add(n as u64, Ordering::Relaxed);
        Ok(n)
    }
}

fn unpack(file: File, packed: u64, progress: Progress) -> impl Read + Send {
    let limit = UNPACKED_LIMIT.max(packed.saturating_mul(RATIO_LIMIT));
    Bounded {
        inner: flate2::read::MultiGzDecoder::new(Counted {
            inner: file,
            progress,
        }),
        left: limit,
    }
}

struct Bounded<R> {
    inner: R,
    left: u64,
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(buf)?;
        self.left = self
            .left
            .checked_sub(n as u64)
            .ok_or_else(|| io::Error::other("it unpacks to more than 200 times its size"))?;
        Ok(n)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unpacking_stops_at_its_limit() {
        let mut bounded = Bounded {
            inner: std::io::repeat(b'x').take(5_000),
            left: 4_999,
        };
        let mut out = Vec::new();
        let fault = bounded.read_to_end(&mut out).unwrap_err();
        assert!(fault.to_string().contains("200 times"));
    }
}
