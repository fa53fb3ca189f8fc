//! What was known of a lead at one of its handoffs, and what a definition says of it rule by rule, with the value found. Reads nothing.

use super::condition::{Literal, Number, Value};
use super::definition::{Answer, Definition, Lead};
use super::rule::{Kind, Rule};
use super::truth::Truth;
use crate::domain::ids::{CriteriaId, HandoffId};
use crate::domain::moment::Day;
use crate::domain::verdict::words;

/// The facts of one lead as they were known at one handoff: only those that some version asks about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    /// The handoff.
    pub handoff: HandoffId,
    /// The version that it was stamped with; `None`: none was in force then.
    pub stamp: Option<CriteriaId>,
    /// The day of the handoff in the workspace's time zone.
    pub on: Day,
    /// Field by its name in rules (small letters) and value; what is not there is unknown.
    pub values: Vec<(String, Literal)>,
}

impl Lead for Known {
    fn value(&self, field: &str) -> Value<'_> {
        let mut own = self.values.iter();
        let found = own.find(|(key, _)| *key == field.to_lowercase());
        found.map_or(Value::Unknown, |(_, literal)| literal.as_value())
    }

    fn handed_off_on(&self) -> Day {
        self.on
    }
}

impl Literal {
    /// A value of its own; `None` for what is unknown.
    pub fn of(value: Value<'_>) -> Option<Literal> {
        match value {
            value if !value.is_known() => None,
            Value::Unknown => None,
            Value::Number(x) => Number::new(x).map(Literal::Number),
            Value::Day(day) => Some(Literal::Day(day)),
            Value::YesNo(answer) => Some(Literal::YesNo(answer)),
            Value::Text(text) => Some(Literal::Text(text.trim().to_owned())),
        }
    }

    /// As a lead has it.
    pub fn as_value(&self) -> Value<'_> {
        match self {
            Literal::Number(x) => Value::Number(x.get()),
            Literal::Day(day) => Value::Day(*day),
            Literal::YesNo(answer) => Value::YesNo(*answer),
            Literal::Text(text) => Value::Text(text),
        }
    }
}

words! {
    /// What one rule says of a lead, its kind considered: a *must not* that holds fails.
    Says {
        /// It speaks for the lead.
        Passes = "passes" / "✓ passes",
        /// It speaks against the lead.
        Fails = "fails" / "✗ fails",
        /// The field is not known.
        Unknown = "unknown" / "? unknown",
        /// It supports the lead.
        Supports = "supports" / "✓ supports",
        /// It does not support the lead, which by itself fails nobody.
        Silent = "silent" / "· no support",
        /// It is switched off.
        Off = "off" / "– off",
    }
}

/// One rule before one lead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleSays {
    /// The rule as people read it: `must not: country = Nigeria`.
    pub rule: String,
    /// What it says.
    pub says: Says,
    /// The value found; "unknown" where there is none.
    pub found: String,
    /// Why the rule is there; may be empty.
    pub why: String,
}

/// A definition before one lead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// Rule by rule, in the order of the page.
    pub rules: Vec<RuleSays>,
    /// Supporting rules that are met, and how many are asked for.
    pub supporting: (u32, u32),
    /// What they say together.
    pub truth: Truth,
    /// What becomes of the lead.
    pub answer: Answer,
}

impl Told {
    /// The outcome in words: what unknown means is said where it decides.
    pub fn outcome(&self) -> &'static str {
        match (self.truth, self.answer) {
            (Truth::Yes, _) => "met",
            (Truth::No, _) => "not met",
            (Truth::Unknown, Answer::Pass) => "unknown, which passes",
            (Truth::Unknown, Answer::Ask) => "unknown: ask first",
            (Truth::Unknown, Answer::Fail) => "unknown, which does not pass",
        }
    }
}

impl Definition {
    /// What it says of a lead, rule by rule with the value found.
    pub fn tell(&self, lead: &dyn Lead) -> Told {
        let judged = self.judge(lead);
        let rules: Vec<RuleSays> = self
            .rules
            .iter()
            .zip(&judged.rules)
            .map(|(rule, truth)| RuleSays {
                rule: worded(rule),
                says: says(rule, *truth),
                found: Literal::of(lead.value(&rule.condition.field))
                    .map_or_else(|| "unknown".to_owned(), |found| plain(&found)),
                why: rule.why.clone(),
            })
            .collect();
        let met = rules
            .iter()
            .filter(|own| own.says == Says::Supports)
            .count();
        Told {
            rules,
            supporting: (met as u32, self.needed()),
            truth: judged.truth,
            answer: judged.answer,
        }
    }
}

fn plain(found: &Literal) -> String {
    match found {
        Literal::Text(text) => text.clone(),
        other => other.to_string(),
    }
}

fn worded(rule: &Rule) -> String {
    match rule.kind {
        Kind::Must => rule.condition.to_string(),
        kind => format!("{}: {}", kind.label(), rule.condition),
    }
}

fn says(rule: &Rule, truth: Truth) -> Says {
    if !rule.is_on() {
        return Says::Off;
    }
    match (rule.kind, truth) {
        (_, Truth::Unknown) => Says::Unknown,
        (Kind::Supporting, Truth::Yes) => Says::Supports,
        (Kind::Supporting, Truth::No) => Says::Silent,
        (Kind::Must, Truth::Yes) | (Kind::MustNot, Truth::No) => Says::Passes,
        (Kind::Must, Truth::No) | (Kind::MustNot, Truth::Yes) => Says::Fails,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::criteria::{Fields, parse};

    fn told(text: &str, at_least: u32) -> Told {
        let definition = Definition {
            rules: parse(text, &Fields::default()).whole().unwrap(),
            at_least,
            ..Definition::default()
        };
        definition.tell(&Known {
            handoff: HandoffId(1),
            stamp: None,
            on: Day(20_000),
            values: vec![
                (
                    "employees".to_owned(),
                    Literal::Number(Number::new(40.0).unwrap()),
                ),
                ("country".to_owned(), Literal::Text("Nigeria".to_owned())),
            ],
        })
    }

    #[test]
    fn each_rule_tells_what_it_found_and_which_way_it_speaks() {
        let told = told(
            "employees >= 50 because \"small ones leave\" and must not country = Nigeria and industry is known",
            0,
        );
        let says: Vec<Says> = told.rules.iter().map(|own| own.says).collect();
        assert_eq!(says, [Says::Fails, Says::Fails, Says::Fails]);
        assert_eq!(told.rules[0].found, "40");
        assert_eq!(told.rules[0].why, "small ones leave");
        assert_eq!(told.rules[1].rule, "must not: country = Nigeria");
        assert_eq!(
            (told.rules[2].found.as_str(), told.outcome()),
            ("unknown", "not met")
        );
    }

    #[test]
    fn what_unknown_means_is_said_where_it_decides() {
        let asks = told("employees >= 30 and industry = software", 0);
        assert_eq!(asks.rules[1].says, Says::Unknown);
        assert_eq!(asks.outcome(), "unknown: ask first");
        let supported = told(
            "supporting employees >= 30 and supporting country = Chad",
            1,
        );
        assert_eq!(supported.supporting, (1, 1));
        assert_eq!(supported.rules[1].says, Says::Silent);
        assert_eq!(supported.outcome(), "met");
    }
}
