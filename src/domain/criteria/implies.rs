//! Whether one condition follows from another, or excludes it, by their words alone. Says no more than it can prove.

use super::condition::{Condition, Literal, Operator, fold};
use crate::domain::moment::Day;

/// The values of an ordered field that a condition lets through, ends included where `closed`.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Span {
    low: (f64, bool),
    high: (f64, bool),
}

fn scalar(literal: &Literal) -> Option<f64> {
    match literal {
        Literal::Number(n) => Some(n.get()),
        Literal::Day(Day(n)) => Some(f64::from(*n)),
        Literal::YesNo(answer) => Some(f64::from(u8::from(*answer))),
        Literal::Text(_) => None,
    }
}

fn span(condition: &Condition) -> Option<Span> {
    let x = scalar(condition.values.first()?)?;
    let all = (f64::NEG_INFINITY, f64::INFINITY);
    let (low, high) = match condition.operator {
        Operator::Is => ((x, true), (x, true)),
        Operator::Less => ((all.0, true), (x, false)),
        Operator::AtMost => ((all.0, true), (x, true)),
        Operator::More => ((x, false), (all.1, true)),
        Operator::AtLeast => ((x, true), (all.1, true)),
        _ => return None,
    };
    Some(Span { low, high })
}

/// The very same number: ends of spans are literals, not results.
fn same(a: f64, b: f64) -> bool {
    a.total_cmp(&b).is_eq()
}

impl Span {
    fn inside(&self, other: &Span) -> bool {
        let low = self.low.0 > other.low.0
            || (same(self.low.0, other.low.0) && (other.low.1 || !self.low.1));
        let high = self.high.0 < other.high.0
            || (same(self.high.0, other.high.0) && (other.high.1 || !self.high.1));
        low && high
    }

    fn apart(&self, other: &Span) -> bool {
        let before = |a: &Span, b: &Span| {
            a.high.0 < b.low.0 || (same(a.high.0, b.low.0) && !(a.high.1 && b.low.1))
        };
        before(self, other) || before(other, self)
    }
}

fn words(condition: &Condition) -> Vec<String> {
    let text = |literal: &Literal| match literal {
        Literal::Text(text) => fold(text).into_owned(),
        literal => literal.to_string(),
    };
    condition.values.iter().map(text).collect()
}

/// The finite list of values that a condition lets through.
fn listed(condition: &Condition) -> Option<Vec<String>> {
    matches!(condition.operator, Operator::Is | Operator::In).then(|| words(condition))
}

/// The finite list of values that a condition keeps out.
fn barred(condition: &Condition) -> Option<Vec<String>> {
    matches!(condition.operator, Operator::IsNot | Operator::NotIn).then(|| words(condition))
}

/// Whether every known value that meets `a` meets `b`.
pub(super) fn implies(a: &Condition, b: &Condition) -> bool {
    if !a.field.eq_ignore_ascii_case(&b.field) {
        return false;
    }
    if a == b || (b.operator == Operator::Known && a.operator != Operator::Unknown) {
        return true;
    }
    if let (Some(a), Some(b)) = (span(a), span(b)) {
        return a.inside(&b);
    }
    if let Some(own) = listed(a) {
        let met = |value: &String| match b.operator {
            Operator::Is | Operator::In => words(b).contains(value),
            Operator::IsNot | Operator::NotIn => !words(b).contains(value),
            Operator::Contains => words(b).first().is_some_and(|n| value.contains(n.as_str())),
            Operator::StartsWith => words(b)
                .first()
                .is_some_and(|n| value.starts_with(n.as_str())),
            _ => false,
        };
        return own.iter().all(met);
    }
    if let (Some(own), Some(other)) = (barred(a), barred(b)) {
        return other.iter().all(|value| own.contains(value));
    }
    let first = |c: &Condition| words(c).into_iter().next().unwrap_or_default();
    match (a.operator, b.operator) {
        (Operator::Contains | Operator::StartsWith, Operator::Contains) => {
            first(a).contains(&first(b))
        }
        (Operator::StartsWith, Operator::StartsWith) => first(a).starts_with(&first(b)),
        (Operator::Matches, Operator::Matches) => {
            let other = words(b);
            words(a).iter().all(|host| other.contains(host))
        }
        (Operator::Within, Operator::Within) => {
            let days = |c: &Condition| c.values.first().and_then(scalar);
            days(a).zip(days(b)).is_some_and(|(a, b)| a <= b)
        }
        _ => false,
    }
}

/// Whether no value can meet both.
pub(super) fn excludes(a: &Condition, b: &Condition) -> bool {
    if !a.field.eq_ignore_ascii_case(&b.field) {
        return false;
    }
    if let (Some(a), Some(b)) = (span(a), span(b)) {
        return a.apart(&b);
    }
    let unknown = |c: &Condition| c.operator == Operator::Unknown;
    if unknown(a) != unknown(b) {
        return true;
    }
    match (listed(a), listed(b), barred(a), barred(b)) {
        (Some(a), Some(b), ..) => a.iter().all(|value| !b.contains(value)),
        (Some(own), _, _, Some(out)) | (_, Some(own), Some(out), _) => {
            own.iter().all(|v| out.contains(v))
        }
        _ => false,
    }
}
