//! The size an ODS sheet really spans, counted before a reader unfolds its repeats; keeps no cell.

use super::fault::ReadError;
use super::grid::MOST_CELLS;
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;

/// The most bytes of `content.xml` that are read.
const CONTENT_LIMIT: u64 = 120 << 20;

/// Refuses a sheet whose repeated rows and columns span more cells than are read.
pub(super) fn check(path: &Path) -> Result<(), ReadError> {
    let damaged = |what: String| ReadError::Damaged {
        path: path.to_path_buf(),
        what,
    };
    let file = File::open(path).map_err(|source| ReadError::Io {
        path: path.to_path_buf(),
        source,
    })?;
    let mut archive =
        zip::ZipArchive::new(BufReader::new(file)).map_err(|e| damaged(e.to_string()))?;
    let content = archive
        .by_name("content.xml")
        .map_err(|e| damaged(e.to_string()))?;
    let mut extent = Extent::default();
    let mut reader = BufReader::new(content.take(CONTENT_LIMIT));
    let mut tag = Vec::new();
    loop {
        tag.clear();
        if reader
            .read_until(b'>', &mut tag)
            .map_err(|e| damaged(e.to_string()))?
            == 0
        {
            break;
        }
        extent.see(&tag);
    }
    if reader.get_ref().limit() == 0 || extent.largest() > MOST_CELLS as u64 {
        let what = format!("the sheet spans more than {MOST_CELLS} cells");
        return Err(ReadError::TooLarge {
            path: path.to_path_buf(),
            what,
        });
    }
    Ok(())
}

/// Rows and columns up to the last filled cell.
#[derive(Default)]
struct Extent {
    rows: u64,
    last_row: u64,
    column: u64,
    filled_to: u64,
    width: u64,
    largest: u64,
    repeat: u64,
}

impl Extent {
    fn see(&mut self, chunk: &[u8]) {
        let Some(open) = chunk.iter().rposition(|b| *b == b'<') else {
            return;
        };
        let tag = &chunk[open..];
        if tag.starts_with(b"<table:table-row") {
            self.repeat = repeats(tag, b"number-rows-repeated=");
            (self.column, self.filled_to) = (0, 0);
        } else if tag.starts_with(b"</table:table-row") {
            self.rows = self.rows.saturating_add(self.repeat);
            if self.filled_to > 0 {
                self.last_row = self.rows;
                self.width = self.width.max(self.filled_to);
            }
        } else if tag.starts_with(b"<table:table-cell")
            || tag.starts_with(b"<table:covered-table-cell")
        {
            self.column = self
                .column
                .saturating_add(repeats(tag, b"number-columns-repeated="));
            if !tag.ends_with(b"/>") || tag.windows(7).any(|w| w == b"office:") {
                self.filled_to = self.column;
            }
        } else if tag.starts_with(b"</table:table>") {
            self.largest = self.largest();
            (self.rows, self.last_row, self.width) = (0, 0, 0);
        }
    }

    fn largest(&self) -> u64 {
        self.largest.max(self.last_row.saturating_mul(self.width))
    }
}

fn repeats(tag: &[u8], name: &[u8]) -> u64 {
    let Some(at) = tag.windows(name.len()).position(|w| w == name) else {
        return 1;
    };
    let digits = tag[at + name.len()..]
        .iter()
        .skip(1)
        .take_while(|b| b.is_ascii_digit());
    digits
        .fold(0_u64, |n, b| {
            n.saturating_mul(10).saturating_add(u64::from(b - b'0'))
        })
        .max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn span(xml: &str) -> u64 {
        let mut extent = Extent::default();
        xml.as_bytes()
            .split_inclusive(|b| *b == b'>')
            .for_each(|chunk| extent.see(chunk));
        extent.largest()
    }

    #[test]
    fn repeats_that_hold_nothing_do_not_count() {
        let filler = r#"<table:table-row table:number-rows-repeated="1048576"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>"#;
        let row = r#"<table:table-row><table:table-cell office:value-type="string"><text:p>a</text:p></table:table-cell></table:table-row>"#;
        assert_eq!(span(&format!("{row}{row}{filler}</table:table>")), 2);
        assert_eq!(
            span(&format!("{row}{filler}{row}</table:table>")),
            1_048_578
        );
    }

    #[test]
    fn a_repeated_value_counts_as_often_as_it_stands() {
        let row = r#"<table:table-row table:number-rows-repeated="1000000"><table:table-cell table:number-columns-repeated="16000" office:value="1"/></table:table-row>"#;
        assert_eq!(span(row), 16_000_000_000);
    }
}
