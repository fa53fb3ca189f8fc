//! What an import says: its report, the list of batches, the known exports. Reads the file no more.

use std::fmt::Write;

use super::super::failure::Failure;
use super::super::session::Session;
use super::super::{out, tables};
use crate::domain::command::Command;
use crate::domain::ids::BatchId;
use crate::domain::import::{Refusal, Tally};
use crate::store::import::{ImportReport, Kind, Noted};
use crate::text::{clean, truncate};
use crate::transfer::import::{ImportError, Summary};
use crate::transfer::map::Catalog;

/// How many lines of each list are shown.
const SHOWN: usize = 20;

/// The report of one file as text.
pub(super) fn report(report: &ImportReport, refusals: &[Refusal], summary: &Summary) -> String {
    let mut text = String::new();
    let mut rows = vec![
        ["", "added", "updated", "unchanged", "refused"]
            .map(String::from)
            .to_vec(),
    ];
    for kind in Kind::ALL {
        let tally = report.of(kind);
        if tally != Tally::default() {
            let counts = [tally.added, tally.updated, tally.unchanged, tally.refused];
            let mut row = vec![kind.word().to_owned()];
            row.extend(counts.map(|n| n.to_string()));
            rows.push(row);
        }
    }
    if rows.len() == 1 {
        text.push_str("no rows\n");
    } else if report.taken_back {
        text.push_str("nothing was kept\n");
    } else {
        text.push_str(&out::columns(&rows));
    }
    for (count, one, many, what) in [
        (
            summary.passed_over,
            "row",
            "rows",
            "passed over, as the map says",
        ),
        (summary.footers, "footer line", "footer lines", "left out"),
        (
            summary.short,
            "row is",
            "rows are",
            "shorter than the header",
        ),
        (summary.mended, "byte", "bytes", "did not fit the encoding"),
        (
            summary.imprecise,
            "number",
            "numbers",
            "of more than 15 digits lost some in the workbook: export ids as text",
        ),
        (
            if report.taken_back {
                0
            } else {
                report.unverified
            },
            "rejection",
            "rejections",
            "came in as unverified: without a conversation, the agreed attempts or a proof",
        ),
    ] {
        if count > 0 {
            let _ = writeln!(
                text,
                "{count} {} {what}",
                if count == 1 { one } else { many }
            );
        }
    }
    list(
        &mut text,
        "words that the map does not know, read as open or as the reason 'other'",
        summary.unknown.len() as u64,
        summary
            .unknown
            .iter()
            .map(|(what, word, count)| format!("{what} '{word}': {}", self::rows(*count))),
    );
    list(
        &mut text,
        "deals ended on a day that lies ahead: they count as open until then; mend the day if it is a mistake",
        summary.ahead.0,
        summary
            .ahead
            .1
            .iter()
            .map(|(line, day)| format!("line {line}: {day}")),
    );
    list(
        &mut text,
        "refused",
        refusals.len() as u64,
        refusals.iter().map(refusal),
    );
    let lists = [
        (&report.conflicts, "kept as decided here, against the file"),
        (&report.duplicates, "possible duplicates"),
        (&report.leadless, "deals whose lead was not found"),
        (&report.almost, "deals almost qualified"),
    ];
    for (notes, what) in lists {
        list(&mut text, what, notes.count, notes.first.iter().map(noted));
    }
    if let Some(batch) = report.batch {
        let id = batch.0;
        let _ = writeln!(
            text,
            "batch {id}; taken back by: smarketing import --undo {id}"
        );
    }
    text
}

/// Why won deals may not show in the headline, and how a map says that they qualified; nothing where there are none.
pub(super) fn unqualified(report: &ImportReport, map: &str) -> String {
    let count = usize::try_from(report.unqualified).unwrap_or(usize::MAX);
    if count == 0 {
        return String::new();
    }
    format!(
        "{} came in without a day of qualification: revenue counts them, the qualified pipeline does not. A map of your own says which \
         columns tell it: `qualified` (the day), `conversation` (when they spoke), with stage, value and close date; \
         `smarketing import --show-map {map}` starts one, --map FILE reads by it\n",
        tables::count(count, "won deal", "won deals")
    )
}

/// `1 row`, `2 rows`.
pub(super) fn rows(count: u64) -> String {
    tables::count(usize::try_from(count).unwrap_or(usize::MAX), "row", "rows")
}

fn list(text: &mut String, what: &str, count: u64, lines: impl Iterator<Item = String>) {
    if count == 0 {
        return;
    }
    // One of them is one.
    let what = match what {
        "possible duplicates" if count == 1 => "possible duplicate",
        "deals whose lead was not found" if count == 1 => "deal whose lead was not found",
        "deals ended on a day that lies ahead: they count as open until then; mend the day if it is a mistake"
            if count == 1 =>
        {
            "deal ended on a day that lies ahead: it counts as open until then; mend the day if it is a mistake"
        }
        "deals almost qualified" if count == 1 => "deal almost qualified",
        what => what,
    };
    let _ = writeln!(text, "{count} {what}");
    for line in lines.take(SHOWN) {
        let _ = writeln!(text, "  {}", truncate(&clean(&line), 200));
    }
    if count > SHOWN as u64 {
        let _ = writeln!(text, "  … and {} more", count - SHOWN as u64);
    }
}

fn refusal(refusal: &Refusal) -> String {
    let mut line = format!("line {}", refusal.line);
    if let Some(column) = &refusal.column {
        let _ = write!(line, ", {column}");
    }
    if let Some(value) = &refusal.value {
        let _ = write!(line, " = '{value}'");
    }
    format!("{line}: {}", refusal.why)
}

fn noted(noted: &Noted) -> String {
    format!("line {}: {}", noted.line, noted.what)
}

/// Takes a batch back.
pub(super) fn undo(session: &Session, batch: i64) -> Result<(), Failure> {
    let mut store = session.write()?;
    let applied = session.apply(&mut store, &Command::UndoBatch(BatchId(batch)))?;
    out::say(&applied.summary);
    if !applied.kept.is_empty() {
        out::say(&format!(
            "{} rows were changed since and are kept:",
            applied.kept.len()
        ));
        for name in applied.kept.iter().take(SHOWN) {
            out::say(&format!("  {name}"));
        }
    }
    Ok(())
}

/// Lists the imports of the workspace.
pub(super) fn batches(session: &Session) -> Result<(), Failure> {
    let store = session.read()?;
    let calendar = store.book()?.calendar;
    let mut rows = vec![
        ["batch", "when", "file", "map", "state"]
            .map(String::from)
            .to_vec(),
    ];
    for line in store.batches()? {
        rows.push(vec![
            line.id.0.to_string(),
            calendar.show(line.at),
            line.file.unwrap_or_default(),
            line.map.unwrap_or_default(),
            if line.undone {
                "taken back"
            } else {
                "in force"
            }
            .into(),
        ]);
    }
    tables::print(session.format(), &rows)
}

/// Lists the exports that are recognised.
pub(super) fn presets(session: &Session, catalog: &Catalog) -> Result<(), Failure> {
    let mut rows = vec![["name", "rows", "from"].map(String::from).to_vec()];
    for map in catalog.maps() {
        rows.push(vec![
            map.name.clone(),
            map.kind.word().into(),
            map.label.clone(),
        ]);
    }
    tables::print(session.format(), &rows)
}

/// Prints the text of a shipped map.
pub(super) fn map(catalog: &Catalog, name: &str) -> Result<(), Failure> {
    match catalog.text(name) {
        Some(text) => out::print(text),
        None => match catalog.get(name) {
            Ok(_) => Err(Failure::new(format!("the map '{name}' has no text"))),
            Err(error) => Err(Failure::WrongUse(ImportError::from(error).to_string())),
        },
    }
}
