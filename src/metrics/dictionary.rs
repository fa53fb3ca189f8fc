//! The dictionary of numbers, embedded and parsed once: what each means, how it is counted, in which unit. Computes nothing.

use std::fmt::Write as _;
use std::sync::LazyLock;

use serde::Deserialize;

use super::figure::Figure;
use super::id::Metric;
use super::show;
use crate::domain::money::Currency;
use crate::text::width;

/// The text of one number.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// Its id.
    pub id: String,
    /// Its name on the screen.
    pub name: String,
    /// Which part of the dictionary: outcome, volume, speed, conversion, cost, definition.
    pub section: String,
    /// `money`, `count`, `ratio`, `days` or `hours`.
    pub unit: String,
    /// What is counted, in the plural; empty where the unit says it.
    pub words: String,
    /// Which event puts a row into the period.
    pub clock: String,
    /// In which modes it exists.
    pub modes: Vec<String>,
    /// What it means.
    pub definition: String,
    /// How it is computed.
    pub formula: String,
    /// What happens at the edges; may be empty.
    pub edge_cases: String,
}

impl Entry {
    /// Definition, formula, clock, mode and edge cases.
    pub fn explain(&self) -> String {
        let mut text = format!("{} ({})\n\n{}\n\n", self.name, self.id, self.definition);
        for (label, value) in [
            ("formula", self.formula.as_str()),
            ("clock", &self.clock),
            ("mode", &self.modes.join(", ")),
            ("unit", &self.unit),
            ("edge cases", &self.edge_cases),
        ] {
            if !value.is_empty() {
                let _ = writeln!(text, "{label:<11} {value}");
            }
        }
        text
    }
}

#[derive(Deserialize)]
struct File {
    metric: Vec<Entry>,
    definition: Vec<Entry>,
}

static FILE: LazyLock<File> = LazyLock::new(|| {
    toml::from_str::<File>(include_str!("../../assets/metrics.toml"))
        .expect("the embedded dictionary is parsed by a test")
});

/// Every entry, in the order of [`Metric::ALL`].
pub fn entries() -> &'static [Entry] {
    &FILE.metric
}

/// What is said of the shared definition on the past: computed for a draft, not for a period, so no [`Metric`] stands for it.
pub fn of_the_definition() -> &'static [Entry] {
    &FILE.definition
}

/// The entry of a metric.
pub fn entry(metric: Metric) -> &'static Entry {
    entries()
        .get(metric as usize)
        .expect("a test compares the dictionary with the metrics, in order")
}

/// Whether a number asks what the stamps of the handoffs say.
pub fn asks_stamps(metric: Metric) -> bool {
    let besides = [Metric::FirstMeetingsIcpShare, Metric::RecordedTooEarly];
    besides.contains(&metric) || entry(metric).section == "definition"
}

/// The name of a metric on the screen.
pub fn name(metric: Metric) -> &'static str {
    &entry(metric).name
}

/// Words that say nothing at the end of a name.
const LINKS: [&str; 8] = [
    "of", "on", "by", "to", "per", "before", "giving", "although",
];

/// The name, or where it is wider than so many columns the longest beginning of whole words that fits; the first word stands
/// whole.
pub fn name_within(metric: Metric, columns: usize) -> &'static str {
    let name = name(metric);
    if width(name) <= columns {
        return name;
    }
    let ends: Vec<usize> = name.match_indices(' ').map(|(at, _)| at).collect();
    let beginnings = ends.iter().rev().map(|end| sounded(&name[..*end]));
    let mut fitting = beginnings.filter(|part| width(part) <= columns);
    let first = || ends.first().map_or(name, |end| sounded(&name[..*end]));
    fitting.next().unwrap_or_else(first)
}

/// Without the comma or the linking word that it ends in.
fn sounded(beginning: &str) -> &str {
    let part = beginning.trim_end_matches(',');
    match part.rsplit_once(' ') {
        Some((before, last)) if LINKS.contains(&last) => sounded(before),
        _ => part,
    }
}

/// Definition, formula, clock, mode and edge cases, and what stands behind the number where there is one, in the workspace's
/// currency.
pub fn explain(metric: Metric, figure: Option<(&Figure, Currency)>) -> String {
    let mut text = entry(metric).explain();
    let mut line = |label: &str, value: &str| {
        if !value.is_empty() {
            let _ = writeln!(text, "{label:<11} {value}");
        }
    };
    if let Some((figure, home)) = figure {
        line("now", &show::full(figure));
        line("counted", &show::beside(figure));
        line("computed", &show::made_of(figure, home).unwrap_or_default());
        if let Some((low, high)) = figure.interval {
            let (low, high) = (show::percent(low), show::percent(high));
            line("95 %", &format!("{low} to {high} (Wilson)"));
        }
        line("note", figure.note.as_deref().unwrap_or(""));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metrics::board::{MARKETING, MISALIGNMENT, SALES};

    #[test]
    fn the_dictionary_and_the_program_name_the_same_numbers_in_the_same_order() {
        let written: Vec<&str> = entries().iter().map(|entry| entry.id.as_str()).collect();
        let computed: Vec<&str> = Metric::ALL.iter().map(|metric| metric.id()).collect();
        assert_eq!(written, computed);
        let beside: Vec<&str> = of_the_definition().iter().map(|e| e.id.as_str()).collect();
        let expected = [
            "criteria_outcome",
            "revenue_recall",
            "margin_recall",
            "backtest",
            "rule_lift",
            "definition_drift",
            "decision_effect",
        ];
        assert_eq!(beside, expected);
        assert!(beside.iter().all(|id| Metric::parse(id).is_none()));
    }

    #[test]
    fn a_short_name_is_the_beginning_of_the_name() {
        let said = |metric, columns| name_within(metric, columns);
        assert_eq!(said(Metric::CostPerSqo, 30), "Cost per deal qualified");
        assert_eq!(said(Metric::CostPerSqo, 14), "Cost per deal");
        assert_eq!(said(Metric::CostPerSqo, 10), "Cost");
        assert_eq!(said(Metric::AttemptsBeforeGivingUp, 16), "Attempts");
        assert_eq!(said(Metric::RevenueAttainment, 12), "Attainment");
        assert_eq!(said(Metric::AttemptsBeforeGivingUp, 3), "Attempts");
    }

    #[test]
    fn names_differ_and_in_the_narrowest_column_they_differ_still() {
        let names: std::collections::HashSet<_> = Metric::ALL.iter().map(|m| name(*m)).collect();
        assert_eq!(names.len(), Metric::ALL.len());
        for pane in [MARKETING, SALES, MISALIGNMENT] {
            let short: Vec<_> = pane.iter().map(|m| name_within(*m, 13)).collect();
            let different: std::collections::HashSet<_> = short.iter().collect();
            assert_eq!(different.len(), short.len(), "{short:?}");
            assert!(short.iter().all(|name| width(name) <= 14), "{short:?}");
        }
    }

    #[test]
    fn every_entry_says_what_how_and_when() {
        for entry in entries().iter().chain(of_the_definition()) {
            assert!(entry.definition.ends_with('.'), "{}", entry.id);
            assert!(
                !entry.formula.is_empty() && !entry.clock.is_empty(),
                "{}",
                entry.id
            );
            assert!(
                entry
                    .modes
                    .iter()
                    .all(|m| ["event", "cohort", "as-of"].contains(&m.as_str())),
                "{}",
                entry.id
            );
            assert!(
                ["money", "count", "ratio", "days", "hours"].contains(&entry.unit.as_str()),
                "{}",
                entry.id
            );
        }
    }
}
