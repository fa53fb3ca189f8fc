//! Rules to the text of the rule bar: what is printed reads back as the same rule. Judges nothing.

use std::fmt;

use super::condition::{Condition, Literal, Operator, Takes};
use super::field::{Fields, Standard};
use super::parse::{is_reserved, says_nothing};
use super::rule::{Class, Kind, Rule, Switch};

/// Words with a meaning of their own where a field may stand.
const LEADING: &[&str] = &["off", "must", "supporting"];

/// Whether a word can stand without quotation marks.
fn is_bare(word: &str) -> bool {
    !word.is_empty()
        && !word.starts_with('\'')
        && !is_reserved(word)
        && word.chars().all(|c| {
            c.is_alphanumeric()
                || matches!(
                    c,
                    '_' | '-' | '.' | '/' | '&' | '+' | '@' | '#' | '%' | '\''
                )
        })
}

fn quote(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for c in text.chars() {
        if matches!(c, '"' | '\\' | '“' | '”') {
            quoted.push('\\');
        }
        quoted.push(c);
    }
    quoted.push('"');
    quoted
}

/// The name of a field as it is typed.
pub(super) fn name(key: &str) -> String {
    let leads = LEADING.iter().any(|w| key.eq_ignore_ascii_case(w));
    if is_bare(key) && !leads {
        key.to_owned()
    } else {
        quote(key)
    }
}

impl fmt::Display for Literal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Literal::Number(n) => write!(f, "{}", n.get()),
            Literal::Day(day) => write!(f, "{day}"),
            Literal::YesNo(true) => f.write_str("yes"),
            Literal::YesNo(false) => f.write_str("no"),
            Literal::Text(text) if is_bare(text) && !says_nothing(text) => f.write_str(text),
            Literal::Text(text) => f.write_str(&quote(text)),
        }
    }
}

impl fmt::Display for Condition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some((list, true)) = self.on_list() {
            let field = Standard::EmailDomain.word();
            return write!(f, "{field} matches {}", list.plural());
        }
        write!(f, "{} {}", name(&self.field), self.operator.word())?;
        match self.operator.takes() {
            Takes::Nothing => {}
            Takes::One => {
                for value in self.values.iter().take(1) {
                    write!(f, " {value}")?;
                }
            }
            Takes::List => {
                let text = |value: &Literal| match value {
                    // What has no dot is read as a domain in quotation marks only.
                    Literal::Text(text)
                        if self.operator == Operator::Matches && !text.contains('.') =>
                    {
                        quote(text)
                    }
                    value => value.to_string(),
                };
                let values: Vec<String> = self.values.iter().map(text).collect();
                write!(f, " ({})", values.join(", "))?;
            }
        }
        if self.operator == Operator::Within {
            f.write_str(" days")?;
        }
        Ok(())
    }
}

impl Rule {
    /// Its text; the class is left out where it is the field's own.
    pub fn text(&self, fields: &Fields) -> String {
        let usual = fields
            .find(&self.condition.field)
            .map(super::field::Field::class);
        self.written(usual)
    }

    fn written(&self, usual: Option<Class>) -> String {
        let mut text = String::new();
        if self.switch == Switch::Off {
            text.push_str("off ");
        }
        text.push_str(match self.kind {
            Kind::Must => "",
            Kind::MustNot => "must not ",
            Kind::Supporting => "supporting ",
        });
        if usual != Some(self.class) {
            text.push_str(self.class.word());
            text.push_str(": ");
        }
        text.push_str(&self.condition.to_string());
        if !self.why.is_empty() {
            text.push_str(" because ");
            text.push_str(&quote(&self.why));
        }
        text
    }
}

impl fmt::Display for Rule {
    /// Its text with its class.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.written(None))
    }
}

/// Rules as one line.
pub fn line(rules: &[Rule], fields: &Fields) -> String {
    let texts: Vec<String> = rules.iter().map(|rule| rule.text(fields)).collect();
    texts.join(" and ")
}
