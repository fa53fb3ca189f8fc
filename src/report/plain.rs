//! A page as plain text in columns, for a terminal. Foreign text is cleaned; writes no file.

use std::fmt::Write as _;

use super::page::{Block, Cell, Chart, Page, Section};
use crate::text::{clean, width};

/// The whole page.
pub(super) fn page(page: &Page) -> String {
    let mut out = format!("{}\n", clean(&page.title));
    for line in &page.lines {
        let _ = writeln!(out, "{}", clean(line));
    }
    for section in &page.sections {
        part(&mut out, section);
    }
    out
}

fn part(out: &mut String, section: &Section) {
    let _ = writeln!(out, "\n{}", clean(&section.title).to_uppercase());
    if !section.remark.is_empty() {
        let _ = writeln!(out, "{}", clean(&section.remark));
    }
    for block in &section.blocks {
        match block {
            Block::Text(text) => _ = writeln!(out, "{}", clean(text)),
            Block::List(items) => {
                for item in items {
                    let _ = writeln!(out, "- {}", clean(item));
                }
            }
            Block::Big(cell) => _ = writeln!(out, "{}", said(cell)),
            Block::Table(table) => {
                let mut rows = vec![table.heads.clone()];
                let lines = table.rows.iter().chain(&table.total);
                rows.extend(lines.map(|row| row.iter().map(said).collect()));
                columns(out, &rows);
            }
            Block::Chart(Chart::Flow(flow)) => {
                let _ = writeln!(out, "{}", clean(&flow.title));
                let bars = flow.bars.iter();
                let rows: Vec<Vec<String>> = bars
                    .map(|bar| {
                        let n = format!("{} {}", bar.n, flow.counts);
                        vec![clean(&bar.label).into_owned(), bar.text.clone(), n]
                    })
                    .collect();
                columns(out, &rows);
            }
            // Pictures over time stand on no page that is printed so.
            Block::Chart(Chart::Columns(_) | Chart::Gauge(_)) => {}
        }
    }
}

fn said(cell: &Cell) -> String {
    if cell.beside.is_empty() {
        clean(&cell.text).into_owned()
    } else {
        format!("{} ({})", clean(&cell.text), clean(&cell.beside))
    }
}

/// Rows as aligned columns.
fn columns(out: &mut String, rows: &[Vec<String>]) {
    let count = rows.iter().map(Vec::len).max().unwrap_or(0);
    let wide = |column: usize| {
        let cells = rows.iter().filter_map(|row| row.get(column));
        cells.map(|cell| width(cell)).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..count).map(wide).collect();
    for row in rows {
        let mut line = String::new();
        for (cell, wide) in row.iter().zip(&widths) {
            line.push_str(cell);
            line.extend(std::iter::repeat_n(' ', wide - width(cell) + 2));
        }
        let _ = writeln!(out, "{}", line.trim_end());
    }
}
