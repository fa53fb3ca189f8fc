//! What is doubtful about a definition by its words alone. What the data say of it stands in the backtest.

use super::definition::Definition;
use super::field::Fields;
use super::implies::{excludes, implies};
use super::rule::{Class, Kind};

/// Something to think about before signing; forbids nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warning {
    /// The rules that it is about, by number.
    pub rules: Vec<usize>,
    /// What, in words.
    pub what: String,
}

/// The doubts about a definition.
pub fn warnings(definition: &Definition, fields: &Fields) -> Vec<Warning> {
    let mut all = Vec::new();
    let mut warn = |rules: Vec<usize>, what: String| all.push(Warning { rules, what });
    let on: Vec<usize> = (0..definition.rules.len())
        .filter(|i| definition.rules[*i].is_on())
        .collect();
    if on.is_empty() {
        warn(Vec::new(), "no rule counts: every lead passes".into());
    }
    let engaged = |i: &usize| definition.rules[*i].class == Class::Engagement;
    if !on.is_empty() && on.iter().all(engaged) {
        let what = "every rule is about engagement: interest is not intent";
        warn(on.clone(), what.into());
    }
    for (n, i) in on.iter().enumerate() {
        let a = &definition.rules[*i];
        if let Some(fault) = fields.find(&a.condition.field).map_or_else(
            || {
                Some(format!(
                    "there is no field '{}' any more",
                    a.condition.field
                ))
            },
            |field| a.condition.fault(field),
        ) {
            warn(vec![*i], fault);
        }
        for j in &on[n + 1..] {
            let b = &definition.rules[*j];
            let (x, y) = (&a.condition, &b.condition);
            let never = match (a.kind, b.kind) {
                (Kind::Must, Kind::Must) => excludes(x, y),
                (Kind::Must, Kind::MustNot) => implies(x, y),
                (Kind::MustNot, Kind::Must) => implies(y, x),
                _ => false,
            };
            let asks = a.kind == b.kind && a.kind != Kind::Supporting;
            let (forth, back) = (asks && implies(x, y), asks && implies(y, x));
            if never {
                warn(
                    vec![*i, *j],
                    format!(
                        "no lead can meet both {x} and {y}",
                        x = said(a),
                        y = said(b)
                    ),
                );
            } else if forth && back {
                warn(
                    vec![*i, *j],
                    format!("{} and {} ask the same thing twice", said(a), said(b)),
                );
            } else if forth || back {
                // What must be: the narrower one says it all. What must not be: the wider one does.
                let (idle, other) = if forth == (a.kind == Kind::Must) {
                    (b, a)
                } else {
                    (a, b)
                };
                warn(
                    vec![*i, *j],
                    format!("{} says nothing more beside {}", said(idle), said(other)),
                );
            }
        }
    }
    let supporting = definition.on(Kind::Supporting).count();
    if definition.at_least as usize > supporting && definition.at_least > 0 {
        warn(
            Vec::new(),
            format!(
                "at least {} supporting rules are asked for and {supporting} count; all of those must be met",
                definition.at_least
            ),
        );
    }
    if supporting > 0 && definition.at_least == 0 {
        warn(
            Vec::new(),
            "supporting rules decide nothing while none of them is asked for".into(),
        );
    }
    all
}

fn said(rule: &super::rule::Rule) -> String {
    match rule.kind {
        Kind::MustNot => format!("'not {}'", rule.condition),
        _ => format!("'{}'", rule.condition),
    }
}
