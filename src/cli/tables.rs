//! A small table of text in each of the four formats. Cells are foreign text: cleaned, quoted or escaped by the format.

use std::fmt::Write;

use super::args::Format;
use super::failure::Failure;
use super::out;
use crate::text::cell::arm;
use crate::text::clean;

/// Prints rows; the first is the heading.
pub(super) fn print(format: Format, rows: &[Vec<String>]) -> Result<(), Failure> {
    match format {
        Format::Table | Format::Html => out::print_columns(rows),
        Format::Json => out::print_json(&json(rows)),
        Format::Csv => out::print(&csv_text(rows)?),
        Format::Markdown => out::print(&markdown(rows)),
    }
}

/// `1 deal`, `2 deals`.
pub(super) fn count(n: usize, one: &str, many: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { many })
}

/// A list of objects with the heading's words as keys.
fn json(rows: &[Vec<String>]) -> serde_json::Value {
    let (heading, rows) = rows.split_first().unwrap_or((const { &Vec::new() }, &[]));
    let objects: Vec<serde_json::Value> = rows
        .iter()
        .map(|row| {
            let pairs = heading.iter().zip(row);
            let pairs = pairs.map(|(key, cell)| (key.replace(' ', "_"), cell.as_str().into()));
            serde_json::Value::Object(pairs.collect())
        })
        .collect();
    serde_json::Value::Array(objects)
}

fn csv_text(rows: &[Vec<String>]) -> Result<String, Failure> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let failed = |error: &dyn std::fmt::Display| Failure::new(format!("CSV: {error}"));
    for row in rows {
        writer
            .write_record(row.iter().map(|cell| arm(&clean(cell)).into_owned()))
            .map_err(|error| failed(&error))?;
    }
    let bytes = writer.into_inner().map_err(|error| failed(&error))?;
    String::from_utf8(bytes).map_err(|error| failed(&error))
}

fn markdown(rows: &[Vec<String>]) -> String {
    let mut text = String::new();
    for (index, row) in rows.iter().enumerate() {
        let cells: Vec<String> = row.iter().map(|cell| escaped(cell)).collect();
        let _ = writeln!(text, "| {} |", cells.join(" | "));
        if index == 0 {
            let _ = writeln!(text, "|{}", " --- |".repeat(row.len()));
        }
    }
    text
}

fn escaped(cell: &str) -> String {
    let mut out = String::new();
    for c in clean(cell).chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '&' => out.push_str("&amp;"),
            '|' | '`' | '*' | '_' | '[' | ']' | '\\' | '!' => {
                out.push('\\');
                out.push(c);
            }
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn foreign_cells_stay_cells_in_every_format() {
        let rows = [["name", "n"], ["=1+1|<b>", "-3"]].map(|r| r.map(String::from).to_vec());
        assert_eq!(
            csv_text(&rows).unwrap_or_default(),
            "name,n\n'=1+1|<b>,-3\n"
        );
        assert_eq!(
            markdown(&rows),
            "| name | n |\n| --- | --- |\n| =1+1\\|&lt;b> | -3 |\n"
        );
        assert_eq!(
            json(&rows),
            serde_json::json!([{"name": "=1+1|<b>", "n": "-3"}])
        );
        assert_eq!(json(&[]), serde_json::json!([]));
    }
}
