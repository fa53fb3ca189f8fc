//! What became of each file, for programs and documents: `--format json`, `csv` or `markdown`. Reads no file.

use std::path::Path;

use serde_json::{Value, json};

use super::super::args::Format;
use super::super::failure::Failure;
use super::super::session::Session;
use super::super::{out, tables};
use super::args::ImportArgs;
use crate::domain::import::{Refusal, Tally};
use crate::store::import::{ImportReport, Kind, Notes};
use crate::transfer::import::{Plan, Summary};

/// Columns of the outcome as a table: one row per file and what it holds.
const HEADS: [&str; 9] = [
    "file",
    "map",
    "rows",
    "added",
    "updated",
    "unchanged",
    "refused",
    "unmapped",
    "batch",
];

/// What became of the files so far, where a format asks for it.
pub(super) struct Outcomes {
    format: Option<Format>,
    files: Vec<Value>,
    rows: Vec<Vec<String>>,
}

/// What one file came to.
pub(super) struct Told<'a> {
    pub plan: &'a Plan,
    pub report: &'a ImportReport,
    pub refusals: &'a [Refusal],
    pub summary: &'a Summary,
    /// Where the refused rows lie.
    pub rest: Option<&'a Path>,
}

impl Outcomes {
    /// None yet, in the format that was asked for.
    pub(super) fn new(session: &Session) -> Result<Outcomes, Failure> {
        let format = session.global.format;
        if format == Some(Format::Html) {
            return Err(Failure::WrongUse(
                "what an import did is told as table, json, csv or markdown; nothing was imported"
                    .into(),
            ));
        }
        Ok(Outcomes {
            format: format.filter(|format| *format != Format::Table),
            files: Vec::new(),
            rows: vec![HEADS.map(String::from).to_vec()],
        })
    }

    /// Whether programs read what goes to stdout.
    pub(super) fn are_wanted(&self) -> bool {
        self.format.is_some()
    }

    /// Whether any file has been taken in.
    pub(super) fn hold_any(&self) -> bool {
        !self.files.is_empty()
    }

    /// Takes in one file.
    pub(super) fn take(&mut self, told: &Told<'_>, args: &ImportArgs) {
        let kinds = Kind::ALL.into_iter();
        let counted = kinds.map(|kind| (kind.word(), told.report.of(kind)));
        let counted: Vec<(&str, Tally)> = counted
            .filter(|(_, tally)| *tally != Tally::default())
            .collect();
        for (kind, tally) in &counted {
            let counts = [tally.added, tally.updated, tally.unchanged, tally.refused];
            let mut row = vec![
                told.plan.path().display().to_string(),
                told.plan.map_name().to_owned(),
                (*kind).to_owned(),
            ];
            row.extend(counts.map(|n| n.to_string()));
            row.push(told.plan.unmapped().join(", "));
            row.push(
                told.report
                    .batch
                    .map_or_else(String::new, |id| id.0.to_string()),
            );
            self.rows.push(row);
        }
        self.files.push(document(told, args, &counted));
    }

    /// Prints them, where they are asked for.
    pub(super) fn print(&self) -> Result<(), Failure> {
        match self.format {
            None => Ok(()),
            Some(Format::Json) => out::print_json(&json!({ "files": self.files })),
            Some(format) => tables::print(format, &self.rows),
        }
    }
}

fn document(told: &Told<'_>, args: &ImportArgs, counted: &[(&str, Tally)]) -> Value {
    let Told {
        plan,
        report,
        refusals,
        summary,
        rest,
    } = told;
    let (matched, of) = plan.score();
    let counts = counted.iter().map(|(kind, tally)| {
        let counts = json!({
            "added": tally.added,
            "updated": tally.updated,
            "unchanged": tally.unchanged,
            "refused": tally.refused,
        });
        ((*kind).to_owned(), counts)
    });
    let fields = plan.custom_fields();
    let fields = fields.iter().map(
        |field| json!({ "column": field.label, "key": field.key.as_ref(), "type": field.kind }),
    );
    let refused = refusals.iter().map(|refusal| {
        json!({
            "line": refusal.line,
            "column": refusal.column,
            "value": refusal.value,
            "why": refusal.why,
        })
    });
    let unknown = summary
        .unknown
        .iter()
        .map(|(what, word, rows)| json!({ "what": what, "word": word, "rows": rows }));
    json!({
        "file": plan.path().display().to_string(),
        "map": plan.map_name(),
        "rows_are": plan.kind().word(),
        "headers_matched": matched,
        "headers_required": of,
        "unmapped": plan.unmapped(),
        "custom_fields": fields.collect::<Vec<_>>(),
        "dry_run": args.dry_run,
        "kept": !report.taken_back && !args.dry_run,
        "batch": report.batch.map(|id| id.0),
        "counts": counts.collect::<serde_json::Map<_, _>>(),
        "passed_over": summary.passed_over,
        "unknown_words": unknown.collect::<Vec<_>>(),
        "refused": refused.collect::<Vec<_>>(),
        "refused_file": rest.map(|rest| rest.display().to_string()),
        "conflicts": notes(&report.conflicts),
        "possible_duplicates": notes(&report.duplicates),
        "deals_without_lead": notes(&report.leadless),
        "almost_qualified": notes(&report.almost),
    })
}

/// How many, and the first of them.
fn notes(notes: &Notes) -> Value {
    let first = notes.first.iter();
    let first = first.map(|noted| json!({ "line": noted.line, "what": noted.what }));
    json!({ "count": notes.count, "first": first.collect::<Vec<_>>() })
}
