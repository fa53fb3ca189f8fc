//! The report in Markdown. No foreign text becomes markup; writes no file.

use std::fmt::Write as _;

use super::markdown::{escaped, heads, row};
use super::page::{Block, Cell, Chart, Columns, Flow, Page, Section, Table};
use crate::metrics::dictionary;

/// The whole document.
pub(super) fn page(page: &Page) -> String {
    let mut out = format!("# {}\n", escaped(&page.title));
    for line in &page.lines {
        let _ = writeln!(out, "\n{}", escaped(line));
    }
    for section in &page.sections {
        part(&mut out, section);
    }
    // A page without numbers has none to define.
    if !page.notes.is_empty() {
        out.push_str("\n## Definitions\n\n");
    }
    for note in &page.notes {
        let entry = dictionary::entry(note.metric);
        let _ = write!(
            out,
            "- **{}**: {} {}. Clock: {}.",
            escaped(&entry.name),
            escaped(&entry.definition),
            escaped(&entry.formula),
            escaped(&entry.clock)
        );
        if !note.counted.is_empty() {
            let _ = write!(out, " Here: {}.", escaped(&note.counted));
        }
        if !entry.edge_cases.is_empty() {
            let _ = write!(out, " {}", escaped(&entry.edge_cases));
        }
        out.push('\n');
    }
    out
}

fn part(out: &mut String, section: &Section) {
    let _ = writeln!(out, "\n## {}", escaped(&section.title));
    if !section.remark.is_empty() {
        let _ = writeln!(out, "\n{}", escaped(&section.remark));
    }
    for block in &section.blocks {
        match block {
            Block::Text(text) => {
                let _ = writeln!(out, "\n{}", sentence(text));
            }
            Block::List(items) => {
                out.push('\n');
                for item in items {
                    let _ = writeln!(out, "- {}", sentence(item));
                }
            }
            Block::Big(cell) => {
                let _ = writeln!(
                    out,
                    "\n**{}** {}",
                    escaped(&cell.text),
                    escaped(&cell.beside)
                );
            }
            Block::Table(shown) => table(out, shown),
            Block::Chart(Chart::Columns(shown)) => columns(out, shown),
            Block::Chart(Chart::Flow(shown)) => flow(out, shown),
            // Its share stands in the table beside it.
            Block::Chart(Chart::Gauge(_)) => {}
        }
    }
}

fn said(cell: &Cell) -> String {
    if cell.beside.is_empty() {
        cell.text.clone()
    } else {
        format!("{} ({})", cell.text, cell.beside)
    }
}

fn table(out: &mut String, table: &Table) {
    let _ = writeln!(out, "\n{}\n", escaped(&table.caption));
    let names: Vec<&str> = table.heads.iter().map(String::as_str).collect();
    heads(out, &names);
    for line in table.rows.iter().chain(&table.total) {
        row(out, line.iter().map(said));
    }
}

fn columns(out: &mut String, chart: &Columns) {
    let _ = writeln!(out, "\n{}\n", escaped(&chart.title));
    let mut names = vec!["period"];
    names.extend(chart.series.iter().map(|series| series.name.as_str()));
    heads(out, &names);
    let last = chart.axis.len().saturating_sub(1);
    for (index, name) in chart.axis.iter().enumerate() {
        let so_far = if chart.running && index == last {
            ", so far"
        } else {
            ""
        };
        let mut line = vec![format!("{name}{so_far}")];
        let texts = chart.series.iter().map(|series| series.exact.get(index));
        line.extend(texts.map(|text| text.cloned().unwrap_or_default()));
        row(out, line);
    }
}

fn flow(out: &mut String, chart: &Flow) {
    let _ = writeln!(out, "\n{}\n", escaped(&chart.title));
    heads(out, &["", "amount", chart.counts]);
    for bar in &chart.bars {
        row(out, [bar.label.clone(), bar.text.clone(), bar.n.clone()]);
    }
}

/// A line that begins no list, no rule and no code, whatever its first characters are.
fn sentence(text: &str) -> String {
    let said = escaped(text.trim());
    let number = said.trim_start_matches(|c: char| c.is_ascii_digit());
    if number.len() < said.len() && number.starts_with(['.', ')']) {
        let (digits, rest) = said.split_at(said.len() - number.len());
        return format!("{digits}\\{rest}");
    }
    if said.starts_with(['-', '+', '=']) {
        return format!("\\{said}");
    }
    said
}
