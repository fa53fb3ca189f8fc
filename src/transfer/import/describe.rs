//! A plan in lines for a person: what was recognised, decided, kept and left out. Prints nothing.

use super::choose::shown;
use super::plan::Plan;
use crate::text::clean;
use crate::transfer::map::Kind;
use crate::transfer::read::{Shape, fold};
use crate::transfer::values::{Decimals, Order, OrderVerdict};
use std::fmt::Write;

/// Headers, folded, that change numbers wherever they mean what they say; each with what becomes of rows without it.
const WEIGHTY: [(&[&str], &str); 4] = [
    (
        &[
            "currency",
            "currency code",
            "amount currency",
            "deal currency",
            "currency iso code",
        ],
        "amounts count in the workspace's currency",
    ),
    (
        &[
            "outcome",
            "won",
            "lost",
            "closed",
            "won at",
            "lost at",
            "closed at",
        ],
        "how deals ended is taken from other columns, if at all",
    ),
    (
        &[
            "created",
            "created at",
            "created on",
            "created date",
            "create date",
            "date created",
            "creation date",
        ],
        "the day of creation is taken from another column or the file's own date",
    ),
    (
        &[
            "verdict",
            "verdict at",
            "verdict date",
            "reason",
            "rejection reason",
            "handed off",
            "handed off at",
            "handoff date",
            "rejected at",
            "accepted at",
        ],
        "verdicts, their dates and reasons are taken from other columns, if at all",
    ),
];

impl Plan {
    /// A warning where a column is not read that would change numbers; `None`: there is none.
    fn weighty(&self) -> Option<String> {
        // Companies and people are no rows of any number.
        if matches!(self.map.kind, Kind::Accounts | Kind::People) {
            return None;
        }
        let unmapped = self.unmapped();
        let of = |names: &[&str]| -> Vec<String> {
            let has = |name: &&&str| names.contains(&fold(name).as_str());
            let found = unmapped.iter().filter(has);
            found.map(|name| format!("'{}'", clean(name))).collect()
        };
        let lines: Vec<String> = WEIGHTY
            .iter()
            .map(|(names, then)| (of(names), then))
            .filter(|(found, _)| !found.is_empty())
            .map(|(found, then)| format!("CAREFUL, not read: {}; {then}\n", found.join(", ")))
            .collect();
        if lines.is_empty() {
            return None;
        }
        let name = &self.map.name;
        Some(format!(
            "{}another map may read it: `smarketing import --presets` lists them, `--show-map {name}` starts one of your own\n",
            lines.concat()
        ))
    }

    /// What was recognised, in lines for a person.
    pub fn describe(&self) -> String {
        let mut out = String::new();
        let (matched, required) = self.score;
        let _ = writeln!(
            out,
            "{}: {} ({matched}/{required} headers), rows are {}",
            shown(&self.path),
            self.map.label,
            self.map.kind.word()
        );
        let _ = match &self.found.shape {
            Shape::Text {
                delimiter,
                encoding,
            } => {
                let delimiter = if *delimiter == '\t' {
                    "tab".to_owned()
                } else {
                    format!("'{delimiter}'")
                };
                writeln!(
                    out,
                    "text in {encoding}, cells parted by {delimiter}, column names on line {}",
                    self.found.header_line
                )
            }
            Shape::Workbook { sheet } => writeln!(
                out,
                "sheet '{}', column names on row {}",
                clean(sheet),
                self.found.header_line
            ),
        };
        for (at, verdict) in &self.decisions.orders {
            let by = if matches!(verdict, OrderVerdict::Shown(_)) {
                "as its values show"
            } else {
                "as the file's other dates or --date-order say"
            };
            if *verdict == OrderVerdict::Needless {
                continue;
            }
            let order = if self.order_of(*at) == Some(Order::DayFirst) {
                "day first"
            } else {
                "month first"
            };
            let _ = writeln!(
                out,
                "dates in '{}': {order}, {by}",
                clean(self.columns.name(*at))
            );
        }
        let comma = |at: &&usize| self.decimals_of(**at) == Decimals::Comma;
        for at in self.decisions.decimals.keys().filter(comma) {
            let _ = writeln!(
                out,
                "amounts in '{}': decimal comma",
                clean(self.columns.name(*at))
            );
        }
        for custom in self.custom_fields() {
            let _ = writeln!(
                out,
                "'{}' is kept as {} ({})",
                clean(&custom.label),
                custom.key,
                custom.kind
            );
        }
        if let Some(at) = self.undated() {
            let _ = writeln!(
                out,
                "no column says when a row came in: the file's own date is used, {at}"
            );
        }
        let unmapped = self.unmapped();
        if !unmapped.is_empty() {
            let names: Vec<String> = unmapped
                .iter()
                .map(|name| clean(name).into_owned())
                .collect();
            let _ = writeln!(out, "not mapped ({}): {}", names.len(), names.join(", "));
        }
        out.push_str(&self.weighty().unwrap_or_default());
        out
    }
}
