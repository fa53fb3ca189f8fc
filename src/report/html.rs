//! The report as one HTML page that asks nobody for anything: no script, no request, pictures inline. Writes no file.

mod chart;
mod writer;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha256};

use super::page::{Block, Cell, Note, Page, Section, Table};
use crate::metrics::{Metric, dictionary};
use writer::Writer;

/// The only style on the page; the policy names it by its hash, so that no other applies.
const STYLE: &str = include_str!("../../assets/report/style.css");

/// The whole document.
pub(super) fn page(page: &Page) -> String {
    let mut out = Writer::document();
    out.element("html", &[("lang", "en")], |out| {
        head(out, page);
        out.element("body", &[], |out| body(out, page));
    });
    out.end()
}

fn head(out: &mut Writer, page: &Page) {
    let hash = STANDARD.encode(Sha256::digest(STYLE.as_bytes()));
    let policy = format!(
        "default-src 'none'; style-src 'sha256-{hash}'; base-uri 'none'; form-action 'none'"
    );
    out.element("head", &[], |out| {
        out.void("meta", &[("charset", "utf-8")]);
        out.void(
            "meta",
            &[
                ("http-equiv", "Content-Security-Policy"),
                ("content", &policy),
            ],
        );
        let view = "width=device-width, initial-scale=1";
        out.void("meta", &[("name", "viewport"), ("content", view)]);
        out.void("meta", &[("name", "referrer"), ("content", "no-referrer")]);
        out.void(
            "meta",
            &[("name", "color-scheme"), ("content", "light dark")],
        );
        out.element("title", &[], |out| out.text(&page.title));
        out.style(STYLE);
    });
}

fn body(out: &mut Writer, page: &Page) {
    out.element("header", &[], |out| {
        out.element("h1", &[], |out| out.text(&page.title));
        for line in &page.lines {
            out.element("p", &[], |out| out.text(line));
        }
    });
    out.element("main", &[], |out| {
        for section in &page.sections {
            part(out, section);
        }
    });
    // A page without numbers has none to define.
    if !page.notes.is_empty() {
        definitions(out, &page.notes);
    }
}

fn definitions(out: &mut Writer, notes: &[Note]) {
    out.element("footer", &[("aria-labelledby", "definitions")], |out| {
        out.element("h2", &[("id", "definitions")], |out| out.text("Definitions"));
        out.element("p", &[], |out| {
            out.text("Each number is defined once. n is the number of rows it rests on. ");
            out.text("Event: each side is counted by its own date in the period. Cohort: those who came in during the period, and what became of them up to the as-of moment. As-of: the state at that moment. ");
            out.text("A dash stands where nothing is divided by nothing.");
        });
        out.element("dl", &[], |out| {
            for note in notes {
                definition(out, note);
            }
        });
    });
}

fn part(out: &mut Writer, section: &Section) {
    let heading = format!("{}-title", section.id);
    let attributes = [("id", section.id), ("aria-labelledby", heading.as_str())];
    out.element("section", &attributes, |out| {
        out.element("h2", &[("id", &heading)], |out| {
            out.text(&section.title);
            if !section.remark.is_empty() {
                out.text(" ");
                out.element("small", &[], |out| out.text(&section.remark));
            }
        });
        for (index, block) in section.blocks.iter().enumerate() {
            match block {
                Block::Text(text) => out.element("p", &[], |out| out.text(text)),
                Block::List(items) => out.element("ul", &[], |out| {
                    for item in items {
                        out.element("li", &[], |out| out.text(item));
                    }
                }),
                Block::Big(value) => out.element("p", &[("class", "big")], |out| cell(out, value)),
                Block::Table(shown) => table(out, shown),
                Block::Chart(shown) => {
                    let id = format!("{}-{index}", section.id);
                    out.element("figure", &[], |out| chart::draw(out, shown, &id));
                }
            }
        }
    });
}

fn table(out: &mut Writer, table: &Table) {
    // A wide table scrolls by itself on a narrow screen; who uses the keyboard reaches it, too.
    let scrolls = [
        ("class", "wide"),
        ("tabindex", "0"),
        ("role", "group"),
        ("aria-label", table.caption.as_str()),
    ];
    out.element("div", &scrolls, |out| {
        out.element("table", &[], |out| {
            out.element("caption", &[], |out| out.text(&table.caption));
            out.element("thead", &[], |out| {
                out.element("tr", &[], |out| {
                    for head in &table.heads {
                        out.element("th", &[("scope", "col")], |out| out.text(head));
                    }
                });
            });
            out.element("tbody", &[], |out| {
                for row in &table.rows {
                    line(out, row);
                }
            });
            if let Some(total) = &table.total {
                out.element("tfoot", &[], |out| line(out, total));
            }
        });
    });
}

fn line(out: &mut Writer, row: &[Cell]) {
    out.element("tr", &[], |out| {
        for (index, value) in row.iter().enumerate() {
            if index == 0 {
                out.element("th", &[("scope", "row")], |out| cell(out, value));
            } else {
                out.element("td", &[], |out| cell(out, value));
            }
        }
    });
}

/// A number leads to its definition below.
fn cell(out: &mut Writer, cell: &Cell) {
    match cell.metric {
        Some(metric) => {
            let target = format!("#{}", anchor(metric));
            out.element("a", &[("href", &target)], |out| out.text(&cell.text));
        }
        None => out.text(&cell.text),
    }
    if !cell.beside.is_empty() {
        out.text(" ");
        out.element("small", &[], |out| out.text(&cell.beside));
    }
}

fn anchor(metric: Metric) -> String {
    format!("m-{}", metric.id())
}

fn definition(out: &mut Writer, note: &Note) {
    let entry = dictionary::entry(note.metric);
    out.element("dt", &[("id", &anchor(note.metric))], |out| {
        out.text(&entry.name);
    });
    out.element("dd", &[], |out| {
        out.text(&entry.definition);
        out.text(" ");
        out.element("span", &[("class", "formula")], |out| {
            out.text(&entry.formula);
        });
        out.text(&format!(". Clock: {}.", entry.clock));
        if !note.counted.is_empty() {
            out.text(&format!(" Here: {}.", note.counted));
        }
        if !entry.edge_cases.is_empty() {
            out.text(" ");
            out.text(&entry.edge_cases);
        }
    });
}
