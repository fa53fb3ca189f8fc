//! Decoded text to records with physical line numbers; bounded in memory and never swallows a file behind an unclosed quote.

use super::decode::Text;
use super::row::{Row, Span};
use super::{LONGEST_RECORD, MOST_LINES};
use std::io;

const PIECE: usize = 256 << 10;

/// What one step over the text found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Step {
    Row,
    Broken(Fault),
    End,
}

/// A record that could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fault {
    pub(super) line: u64,
    pub(super) reason: String,
    pub(super) raw: String,
}

enum Scan {
    Row {
        next: usize,
        line: u64,
    },
    More,
    Broken {
        opened: usize,
        line: u64,
        reason: String,
    },
    Nul {
        next: usize,
        line: u64,
    },
    End,
}

enum Quoted {
    Closed { next: usize, line: u64 },
    More,
    Unclosed(String),
}

/// Splits decoded text at a delimiter.
pub(super) struct Splitter {
    text: Option<Text>,
    buf: String,
    spare: String,
    cells: Vec<Span>,
    at: usize,
    line: u64,
    row_line: u64,
    stops: [bool; 256],
    delimiter: u8,
    skipping: bool,
}

impl Splitter {
    pub(super) fn new(text: Text, delimiter: u8) -> Self {
        Self {
            text: Some(text),
            ..Self::over(String::new(), delimiter)
        }
    }

    /// A splitter over text that is all there.
    pub(super) fn over(buf: String, delimiter: u8) -> Self {
        let mut stops = [false; 256];
        for stop in [delimiter, b'\n', b'\r', 0] {
            stops[usize::from(stop)] = true;
        }
        Self {
            text: None,
            buf,
            spare: String::new(),
            cells: Vec::new(),
            at: 0,
            line: 1,
            row_line: 1,
            stops,
            delimiter,
            skipping: false,
        }
    }

    pub(super) fn row(&self) -> Row<'_> {
        Row::new(&self.buf, &self.spare, &self.cells, self.row_line)
    }

    pub(super) fn mended(&self) -> u64 {
        self.text.as_ref().map_or(0, Text::mended)
    }

    /// Whether the text stops within a line: a cut-off download ends so.
    pub(super) fn ends_in_line(&self) -> bool {
        self.ended() && self.at >= self.buf.len() && !self.buf.ends_with(['\n', '\r'])
    }

    fn ended(&self) -> bool {
        self.text.as_ref().is_none_or(Text::ended)
    }

    /// Moves to the next record.
    pub(super) fn step(&mut self) -> io::Result<Step> {
        loop {
            if self.skipping && !self.skip_line()? {
                return Ok(Step::End);
            }
            self.cells.clear();
            self.spare.clear();
            self.row_line = self.line;
            match self.scan() {
                Scan::Row { next, line } => {
                    (self.at, self.line) = (next, line);
                    return Ok(Step::Row);
                }
                Scan::Nul { next, line } => {
                    let raw = self.raw_line(self.at);
                    (self.at, self.line) = (next, line);
                    let reason =
                        "the row holds a NUL byte: export the file again as text".to_owned();
                    return Ok(Step::Broken(Fault {
                        line: self.row_line,
                        reason,
                        raw,
                    }));
                }
                Scan::Broken {
                    opened,
                    line,
                    reason,
                } => {
                    let raw = self.raw_line(self.at);
                    (self.at, self.line) = (opened, line);
                    self.skipping = true;
                    return Ok(Step::Broken(Fault { line, reason, raw }));
                }
                Scan::End => return Ok(Step::End),
                Scan::More if self.buf.len() - self.at > LONGEST_RECORD => {
                    let fault = Fault {
                        line: self.line,
                        reason: format!("the row is longer than {} MB", LONGEST_RECORD >> 20),
                        raw: self.raw_line(self.at),
                    };
                    self.skipping = true;
                    return Ok(Step::Broken(fault));
                }
                Scan::More => self.refill()?,
            }
        }
    }

    fn refill(&mut self) -> io::Result<()> {
        self.buf.drain(..self.at);
        self.at = 0;
        let want = self.buf.len().max(PIECE);
        match &mut self.text {
            Some(text) => text.fill(&mut self.buf, want),
            None => Ok(()),
        }
    }

    /// Drops text up to and with the next line end; false at the end of the file.
    fn skip_line(&mut self) -> io::Result<bool> {
        loop {
            if let Some(end) = self.buf[self.at..].find(['\n', '\r']) {
                let mut next = self.at + end + 1;
                if self.buf[self.at + end..].starts_with("\r\n") {
                    next += 1;
                }
                self.at = next;
                self.line += 1;
                self.skipping = false;
                return Ok(true);
            }
            self.at = self.buf.len();
            if self.ended() {
                return Ok(false);
            }
            self.refill()?;
        }
    }

    /// The physical line at `from`, cut to what a person can still mend.
    fn raw_line(&self, from: usize) -> String {
        let line = &self.buf[from..];
        let end = line.find(['\n', '\r']).unwrap_or(line.len());
        let mut cut = end.min(4_096);
        while !line.is_char_boundary(cut) {
            cut -= 1;
        }
        line[..cut].replace('\0', "")
    }

    fn scan(&mut self) -> Scan {
        let bytes = self.buf.as_bytes();
        let ended = self.text.as_ref().is_none_or(Text::ended);
        let (mut i, mut line, mut nul) = (self.at, self.line, false);
        if i >= bytes.len() {
            return if ended { Scan::End } else { Scan::More };
        }
        loop {
            let start = i;
            if bytes.get(i) == Some(&b'"') {
                match quoted(
                    &self.buf,
                    i,
                    self.delimiter,
                    ended,
                    line,
                    &mut self.cells,
                    &mut self.spare,
                ) {
                    Quoted::Closed { next, line: now } => (i, line) = (next, now),
                    Quoted::More => return Scan::More,
                    Quoted::Unclosed(reason) => {
                        return Scan::Broken {
                            opened: i,
                            line,
                            reason,
                        };
                    }
                }
                nul |= bytes[start..i].contains(&0);
            } else {
                loop {
                    let Some(n) = bytes[i..].iter().position(|b| self.stops[usize::from(*b)])
                    else {
                        if !ended {
                            return Scan::More;
                        }
                        i = bytes.len();
                        break;
                    };
                    i += n;
                    if bytes[i] != 0 {
                        break;
                    }
                    nul = true;
                    i += 1;
                }
                self.cells.push(Span::new(start, i));
            }
            match bytes.get(i) {
                Some(&b) if b == self.delimiter => {
                    i += 1;
                    if i == bytes.len() && !ended {
                        return Scan::More;
                    }
                    continue;
                }
                Some(b'\r') if i + 1 >= bytes.len() && !ended => return Scan::More,
                Some(b'\r') if bytes.get(i + 1) == Some(&b'\n') => i += 2,
                Some(_) => i += 1,
                None => {}
            }
            line += 1;
            return if nul {
                Scan::Nul { next: i, line }
            } else {
                Scan::Row { next: i, line }
            };
        }
    }
}

/// Reads the quoted cell that opens at `open`; a quote that closes nothing stays part of the text.
fn quoted(
    text: &str,
    open: usize,
    delimiter: u8,
    ended: bool,
    first: u64,
    cells: &mut Vec<Span>,
    spare: &mut String,
) -> Quoted {
    let bytes = text.as_bytes();
    let (mut i, mut line, mut loose) = (open + 1, first, false);
    let (mut from, spare_start, mut copied) = (i, spare.len(), false);
    let never_closed = || {
        Quoted::Unclosed(format!(
            "a quote opens on line {first} and is never closed: close it or double it"
        ))
    };
    loop {
        let Some(n) = bytes[i..]
            .iter()
            .position(|b| matches!(b, b'"' | b'\n' | b'\r'))
        else {
            return if ended { never_closed() } else { Quoted::More };
        };
        i += n;
        if bytes[i] != b'"' {
            if bytes[i] == b'\n' || bytes.get(i + 1).is_some_and(|next| *next != b'\n') {
                line += 1;
            }
            if line - first >= MOST_LINES {
                return Quoted::Unclosed(format!(
                    "a quote opens on line {first} and is not closed within {MOST_LINES} lines: close it or double it"
                ));
            }
            i += 1;
            continue;
        }
        let blanks = bytes[i + 1..].iter().take_while(|b| **b == b' ').count();
        match bytes.get(i + 1 + blanks) {
            None if !ended => return Quoted::More,
            Some(b'"') if blanks == 0 => {
                spare.push_str(&text[from..=i]);
                copied = true;
                i += 2;
                from = i;
            }
            Some(b) if *b != delimiter && !matches!(b, b'\n' | b'\r') => {
                loose = true;
                i += 1;
            }
            _ if loose && line > first => return never_closed(),
            _ => {
                if copied {
                    spare.push_str(&text[from..i]);
                    cells.push(Span::spare(spare_start, spare.len()));
                } else {
                    cells.push(Span::new(from, i));
                }
                return Quoted::Closed {
                    next: i + 1 + blanks,
                    line,
                };
            }
        }
    }
}

#[cfg(test)]
#[path = "split_tests.rs"]
mod tests;
