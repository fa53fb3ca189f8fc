//! The dictionary of numbers, embedded and parsed once: what each means, how it is counted, in which unit. Computes nothing.

use std::fmt::Write as _;
use std::sync::LazyLock;

use serde::Deserialize;

use super::figure::{Figure, Unit};
use super::id::Metric;
use super::show;

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
    entry(metric).section == "definition"
}

/// The name of a metric on the screen.
pub fn name(metric: Metric) -> &'static str {
    &entry(metric).name
}

/// Definition, formula, clock, mode and edge cases, and what stands behind the number where there is one.
pub fn explain(metric: Metric, figure: Option<&Figure>) -> String {
    let mut text = entry(metric).explain();
    let mut line = |label: &str, value: &str| {
        if !value.is_empty() {
            let _ = writeln!(text, "{label:<11} {value}");
        }
    };
    if let Some(figure) = figure {
        line("now", &show::full(figure));
        line("counted", &show::beside(figure));
        if let (Some(above), Some(below)) = (figure.numerator, figure.denominator) {
            let [above, below] = [above, below].map(|n| match figure.unit {
                Unit::Money(currency) if figure.id != Metric::PipelineGap => {
                    format!(
                        "{} (in minor units of {currency} where it is money)",
                        show::grouped(n)
                    )
                }
                _ => show::grouped(n),
            });
            line("computed", &format!("{above} ÷ {below}"));
        }
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
        ];
        assert_eq!(beside, expected);
        assert!(beside.iter().all(|id| Metric::parse(id).is_none()));
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
