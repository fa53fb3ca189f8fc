//! `smarketing explain`: how a number is defined, and what it is now where there is a workspace. Defines none itself.

use std::fmt::Write as _;

use super::args::{ExplainArgs, Format, ScoreArgs};
use super::failure::Failure;
use super::score::{self, Asks};
use super::session::Session;
use super::{criteria, out, tables};
use crate::metrics::{self, Metric, dictionary};

/// Explains one number, or lists them all.
pub(super) fn run(session: &Session, args: &ExplainArgs) -> Result<(), Failure> {
    let Some(id) = &args.metric else {
        return list(session.format());
    };
    let mut beside = dictionary::of_the_definition().iter();
    if let Some(entry) = beside.find(|entry| entry.id == *id) {
        let json = session.format() == Format::Json;
        if json {
            return out::print_json(&as_json(entry));
        }
        return out::print(&{
            let now = if *id == "definition_drift" {
                criteria::drift_now(session)
            } else {
                Vec::new()
            };
            let now = now.iter().fold(String::new(), |mut text, sentence| {
                let _ = writeln!(text, "{:<11} {sentence}", "now");
                text
            });
            format!("{}{now}", entry.explain())
        });
    }
    let metric = Metric::parse(id).ok_or_else(|| unknown(id))?;
    if session.format() == Format::Json {
        let entry = dictionary::entry(metric);
        return out::print_json(&as_json(entry));
    }
    let desk = score::desk(session, &ScoreArgs::default(), asks(metric)).ok();
    let figure = desk.map(|d| {
        let figure = metrics::figure(metric, &d.facts, &d.book, &d.scope);
        (figure, d.facts.rates.home())
    });
    let figure = figure.as_ref().map(|(figure, home)| (figure, *home));
    out::print(&metrics::explain(metric, figure))
}

fn asks(metric: Metric) -> Asks {
    if dictionary::asks_stamps(metric) {
        Asks::Stamps
    } else {
        Asks::NoStamps
    }
}

fn list(format: Format) -> Result<(), Failure> {
    if format == Format::Json {
        let entries = every().map(as_json).collect();
        return out::print_json(&serde_json::Value::Array(entries));
    }
    let mut rows = vec![["id", "name", "unit", "section"].map(String::from).to_vec()];
    for entry in every() {
        let row = [&entry.id, &entry.name, &entry.unit, &entry.section];
        rows.push(row.map(String::clone).to_vec());
    }
    tables::print(format, &rows)
}

/// Every entry of the dictionary, the board's numbers first.
fn every() -> impl Iterator<Item = &'static dictionary::Entry> {
    let beside = dictionary::of_the_definition();
    dictionary::entries().iter().chain(beside)
}

fn as_json(entry: &dictionary::Entry) -> serde_json::Value {
    serde_json::json!({
        "id": entry.id,
        "name": entry.name,
        "section": entry.section,
        "unit": entry.unit,
        "clock": entry.clock,
        "modes": entry.modes,
        "definition": entry.definition,
        "formula": entry.formula,
        "edge_cases": entry.edge_cases,
    })
}

/// Names the ids that look like the one that was asked for.
pub(super) fn unknown(id: &str) -> Failure {
    let asked = id.to_lowercase().replace(['-', ' '], "_");
    let near: Vec<&str> = every()
        .map(|entry| entry.id.as_str())
        .filter(|known| known.contains(&asked) || asked.contains(*known))
        .take(6)
        .collect();
    let hint = if near.is_empty() {
        "`smarketing explain` lists them all".to_owned()
    } else {
        format!("perhaps {}", near.join(", "))
    };
    Failure::WrongUse(format!("there is no number '{id}'; {hint}"))
}
