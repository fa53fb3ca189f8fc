//! Rules and definitions in plain sentences for the definition page. Formats, decides nothing.

use super::condition::{Condition, Literal, Operator};
use super::definition::{Definition, Policy};
use super::field::Fields;
use super::rule::{Kind, Rule};

fn said(value: &Literal) -> String {
    match value {
        Literal::Text(text) => text.clone(),
        value => value.to_string(),
    }
}

/// "a, b or c".
fn alternatives(values: &[Literal]) -> String {
    let words: Vec<String> = values.iter().map(said).collect();
    match words.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} or {last}", rest.join(", ")),
        _ => words.join(""),
    }
}

fn label(condition: &Condition, fields: &Fields) -> String {
    if condition.on_list().is_some() {
        return "The domain of the e-mail address".to_owned();
    }
    let field = fields.find(&condition.field);
    let label = field.map_or(condition.field.as_str(), |f| f.label.as_str());
    let mut chars = label.chars();
    let first = chars.next().map(|c| c.to_uppercase().to_string());
    first.unwrap_or_default() + chars.as_str()
}

/// What a condition asks, after "must" or "must not".
fn asked(condition: &Condition) -> String {
    match condition.on_list() {
        Some((list, true)) => return format!("be on the list '{}'", list.plural()),
        Some((list, false)) => return format!("stand outside the list '{}'", list.plural()),
        None => {}
    }
    let all = alternatives(&condition.values);
    match condition.operator {
        Operator::Is | Operator::In => format!("be {all}"),
        Operator::IsNot => format!("be anything but {all}"),
        Operator::Less => format!("be less than {all}"),
        Operator::AtMost => format!("be at most {all}"),
        Operator::More => format!("be more than {all}"),
        Operator::AtLeast => format!("be at least {all}"),
        Operator::NotIn => format!("be none of {}", all.replace(" or ", " and ")),
        Operator::Contains => format!("contain “{all}”"),
        Operator::StartsWith => format!("start with “{all}”"),
        Operator::Known => "be known".into(),
        Operator::Unknown => "be unknown".into(),
        Operator::Within => format!("lie within {all} days of the handoff"),
        Operator::Matches => format!("be of the domain {all}"),
    }
}

impl Rule {
    /// The rule as a sentence: "Employees must be at least 50, because …".
    pub fn sentence(&self, fields: &Fields) -> String {
        let (label, asked) = (label(&self.condition, fields), asked(&self.condition));
        let mut text = match self.kind {
            Kind::Must => format!("{label} must {asked}"),
            Kind::MustNot => format!("{label} must not {asked}"),
            Kind::Supporting => format!("{label} should {asked}"),
        };
        if !self.why.is_empty() {
            text.push_str(", because ");
            text.push_str(self.why.trim_end_matches('.'));
        }
        text.push('.');
        text
    }
}

impl Definition {
    /// What it says in sentences: the rules that count, then how supporting ones and unknown answers are counted.
    pub fn sentences(&self, fields: &Fields) -> Vec<String> {
        let mut all: Vec<String> = Vec::new();
        for kind in Kind::ALL {
            all.extend(self.on(*kind).map(|rule| rule.sentence(fields)));
        }
        let supporting = self.on(Kind::Supporting).count();
        if supporting > 0 {
            let needed = self.needed();
            all.push(match needed {
                0 => "What should hold is noted and decides nothing.".into(),
                n if n as usize == supporting => "All of what should hold must hold.".into(),
                n => format!("Of the {supporting} things that should hold, at least {n} must."),
            });
        }
        all.push(
            match self.unknown {
                Policy::Pass => "Where the answer is not known, the lead passes.",
                Policy::Ask => {
                    "Where the answer is not known, somebody asks before the lead is handed over."
                }
                Policy::Fail => "Where the answer is not known, the lead does not pass.",
            }
            .into(),
        );
        all
    }
}
