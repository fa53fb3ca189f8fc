//! A sheet of an XLSX, XLS or ODS workbook to text cells: dates as ISO, numbers without exponent; never runs a formula or macro.

use super::fault::ReadError;
use super::grid::{Grid, MOST_CELLS};
use super::source::{Kind, Source};
use super::{ods, ole, unpack};
use calamine::{
    Data, DataRef, ExcelDateTime, Ods, OdsError, Reader, SheetVisible, Xls, XlsError, Xlsx,
    XlsxError,
};
use std::fmt::Write;
use std::fs::File;
use std::io::BufReader;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

/// Whether a sheet is one that can be read; a cover or a legend is not.
pub(super) type Suits<'s> = &'s dyn Fn(&mut Grid) -> bool;

/// Reads one sheet: the one asked for, else the first visible one that suits, else the first with more than one row.
pub(super) fn load(
    path: &Path,
    kind: Kind,
    asked: Option<&str>,
    suits: Suits<'_>,
) -> Result<(String, Grid), ReadError> {
    // A damaged workbook can trip the library that reads it; that is the file's fault and must not end the program.
    let read = catch_unwind(AssertUnwindSafe(|| load_sheet(path, kind, asked, suits)));
    read.unwrap_or_else(|_| {
        Err(damaged(
            path,
            "it is damaged in a way that its reader does not understand",
        ))
    })
}

fn load_sheet(
    path: &Path,
    kind: Kind,
    asked: Option<&str>,
    suits: Suits<'_>,
) -> Result<(String, Grid), ReadError> {
    let file = || {
        File::open(path)
            .map(BufReader::new)
            .map_err(|source| ReadError::Io {
                path: path.to_path_buf(),
                source,
            })
    };
    match kind {
        Kind::Xls => {
            ole::check(path)?;
            let mut book: Xls<_> = Xls::new(file()?).map_err(|e| xls_fault(path, &e))?;
            let names = choose(path, &book, asked)?;
            first_that(suits, path, names, |name| {
                range_grid(
                    &book
                        .worksheet_range(name)
                        .map_err(|e| xls_fault(path, &e))?,
                    path,
                )
            })
        }
        Kind::Ods => {
            unpack::check(path)?;
            ods::check(path)?;
            let mut book: Ods<_> = Ods::new(file()?).map_err(|e| ods_fault(path, &e))?;
            let names = choose(path, &book, asked)?;
            first_that(suits, path, names, |name| {
                range_grid(
                    &book
                        .worksheet_range(name)
                        .map_err(|e| ods_fault(path, &e))?,
                    path,
                )
            })
        }
        Kind::Xlsx | Kind::Text => {
            unpack::check(path)?;
            let mut book: Xlsx<_> = Xlsx::new(file()?).map_err(|e| xlsx_fault(path, &e))?;
            let names = choose(path, &book, asked)?;
            first_that(suits, path, names, |name| xlsx_grid(&mut book, name, path))
        }
    }
}

/// The first row, counted from 1, below `header` in which cells are merged downwards; nothing is known of old formats.
pub(super) fn merged_down(source: &Source, sheet: &str, header: u64) -> Option<u64> {
    if source.kind != Kind::Xlsx {
        return None;
    }
    let look = || {
        let file = File::open(&source.path).ok()?;
        let mut book: Xlsx<_> = Xlsx::new(BufReader::new(file)).ok()?;
        let merged = book.merge_cells_by_sheet_name(sheet).ok()?;
        let down = merged.iter().filter(|cells| cells.end.0 > cells.start.0);
        let lines = down.map(|cells| u64::from(cells.start.0) + 1);
        lines.filter(|line| *line > header).min()
    };
    // As for the cells: what trips the reader is the file's fault.
    catch_unwind(AssertUnwindSafe(look)).ok().flatten()
}

fn choose<R: std::io::Read + std::io::Seek, B: Reader<R>>(
    path: &Path,
    book: &B,
    asked: Option<&str>,
) -> Result<Vec<String>, ReadError> {
    let all = book.sheets_metadata();
    if let Some(sheet) = asked {
        return match all.iter().find(|s| s.name == sheet) {
            Some(found) => Ok(vec![found.name.clone()]),
            None => Err(ReadError::NoSheet {
                path: path.to_path_buf(),
                sheet: sheet.to_owned(),
                known: all.iter().map(|s| s.name.clone()).collect(),
            }),
        };
    }
    let visible: Vec<String> = all
        .iter()
        .filter(|s| s.visible == SheetVisible::Visible)
        .map(|s| s.name.clone())
        .collect();
    Ok(if visible.is_empty() {
        all.iter().map(|s| s.name.clone()).collect()
    } else {
        visible
    })
}

fn first_that(
    suits: Suits<'_>,
    path: &Path,
    names: Vec<String>,
    mut read: impl FnMut(&str) -> Result<Grid, ReadError>,
) -> Result<(String, Grid), ReadError> {
    let (mut filled, mut any) = (None, None);
    for name in names {
        let mut grid = read(&name)?;
        if suits(&mut grid) {
            return Ok((name, grid));
        }
        let has_rows = grid.step() && grid.step();
        grid.rewind();
        let kept = if has_rows { &mut filled } else { &mut any };
        kept.get_or_insert((name, grid));
    }
    filled.or(any).ok_or_else(|| ReadError::Empty {
        path: path.to_path_buf(),
    })
}

fn xlsx_grid(book: &mut Xlsx<BufReader<File>>, name: &str, path: &Path) -> Result<Grid, ReadError> {
    let mut cells = book
        .worksheet_cells_reader(name)
        .map_err(|e| xlsx_fault(path, &e))?;
    let mut grid = Grid::default();
    let mut text = String::new();
    while let Some(cell) = cells.next_cell().map_err(|e| xlsx_fault(path, &e))? {
        let (row, column) = cell.get_position();
        text.clear();
        let fits = match cell.get_value() {
            DataRef::SharedString(shared) => grid.push(row, column, shared),
            DataRef::String(own) => grid.push(row, column, own),
            other => {
                let value = Data::from(other.clone());
                grid.imprecise += u64::from(inexact(&value));
                render(&value, &mut text);
                grid.push(row, column, &text)
            }
        };
        if !fits {
            return Err(too_many(path));
        }
    }
    Ok(grid)
}

fn range_grid(range: &calamine::Range<Data>, path: &Path) -> Result<Grid, ReadError> {
    let (top, left) = range.start().unwrap_or_default();
    let mut grid = Grid::default();
    let mut text = String::new();
    for (row, column, value) in range.used_cells() {
        text.clear();
        grid.imprecise += u64::from(inexact(value));
        render(value, &mut text);
        if !grid.push(top + row as u32, left + column as u32, &text) {
            return Err(too_many(path));
        }
    }
    Ok(grid)
}

fn too_many(path: &Path) -> ReadError {
    let what = format!("the sheet holds more than {MOST_CELLS} filled cells or 96 MB of text");
    ReadError::TooLarge {
        path: path.to_path_buf(),
        what,
    }
}

/// Whether a cell is a whole number above 2^53, where a spreadsheet drops digits.
fn inexact(value: &Data) -> bool {
    matches!(value, Data::Float(x) if x.is_finite() && x.abs() > 9_007_199_254_740_992.0)
}

/// The text of a typed cell; an error cell (`#N/A`) is empty.
fn render(value: &Data, out: &mut String) {
    match value {
        Data::Int(n) => drop(write!(out, "{n}")),
        Data::Float(x) => float(*x, out),
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => {
            out.push_str(text);
        }
        Data::Bool(yes) => out.push_str(if *yes { "true" } else { "false" }),
        Data::DateTime(moment) => date_time(*moment, out),
        Data::Error(_) | Data::Empty => {}
    }
}

/// A number as Excel would show it: at most 15 digits that mean something, no exponent.
fn float(x: f64, out: &mut String) {
    if x.is_finite() && x.abs() < 1e300 && x.fract() != 0.0 {
        let whole_digits = (x.abs().log10().floor() as i32 + 1).max(0) as usize;
        let places = 15_usize.saturating_sub(whole_digits).min(20);
        let start = out.len();
        let _ = write!(out, "{x:.places$}");
        if out[start..].contains('.') {
            let kept = out[start..]
                .trim_end_matches('0')
                .trim_end_matches('.')
                .len();
            out.truncate(start + kept);
        }
    } else {
        let _ = write!(out, "{x}");
    }
}

fn date_time(moment: ExcelDateTime, out: &mut String) {
    let serial = moment.as_f64();
    if moment.is_duration() || !serial.is_finite() || !(0.0..2_958_466.0).contains(&serial) {
        return float(serial, out);
    }
    // Half a second is added so that 08:59:59.9999 of a float becomes 09:00:00.
    let Some(at) = moment
        .as_datetime()
        .and_then(|at| at.checked_add_signed(chrono::TimeDelta::milliseconds(500)))
    else {
        return float(serial, out);
    };
    let _ = if serial.fract() == 0.0 {
        write!(out, "{}", at.format("%Y-%m-%d"))
    } else {
        write!(out, "{}", at.format("%Y-%m-%d %H:%M:%S"))
    };
}

fn xlsx_fault(path: &Path, error: &XlsxError) -> ReadError {
    match error {
        XlsxError::Password => ReadError::Encrypted {
            path: path.to_path_buf(),
        },
        other => damaged(path, &other.to_string()),
    }
}

fn xls_fault(path: &Path, error: &XlsError) -> ReadError {
    // A locked XLSX is an OLE file too: it holds no workbook stream but an encrypted package.
    match error {
        XlsError::Password => ReadError::Encrypted {
            path: path.to_path_buf(),
        },
        _ if holds_encrypted_package(path) => ReadError::Encrypted {
            path: path.to_path_buf(),
        },
        other => damaged(path, &other.to_string()),
    }
}

fn holds_encrypted_package(path: &Path) -> bool {
    let name: Vec<u8> = "EncryptedPackage"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    let mut bytes = Vec::new();
    let read = File::open(path).and_then(|file| {
        std::io::Read::read_to_end(&mut std::io::Read::take(file, 64 << 20), &mut bytes)
    });
    read.is_ok() && bytes.windows(name.len()).any(|w| w == name)
}

fn ods_fault(path: &Path, error: &OdsError) -> ReadError {
    match error {
        OdsError::Password => ReadError::Encrypted {
            path: path.to_path_buf(),
        },
        other => damaged(path, &other.to_string()),
    }
}

fn damaged(path: &Path, what: &str) -> ReadError {
    ReadError::Damaged {
        path: path.to_path_buf(),
        what: crate::text::clean(what).into_owned(),
    }
}

#[cfg(test)]
#[path = "workbook_tests.rs"]
mod tests;
