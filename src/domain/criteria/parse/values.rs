//! The values after a comparison: one, or a list in brackets, each of the field's kind. Reads no name.

use std::ops::Range;

use super::{Fault, Parser, is_reserved};
use crate::domain::criteria::complete::Wants;
use crate::domain::criteria::condition::{Condition, Literal, Number, Operator};
use crate::domain::criteria::field::{Field, FieldKind, Origin, Standard};
use crate::domain::criteria::lex::Kind as Is;
use crate::domain::moment::Day;
use crate::domain::review::lists::DomainList;
use crate::text::clean;

impl Parser<'_> {
    /// `(a, b)`, or one value without brackets.
    pub(super) fn list(
        &mut self,
        field: &Field,
        operator: Operator,
    ) -> Result<Vec<Literal>, Fault> {
        if self.peek().is_none_or(|t| t.kind != Is::Left) {
            return Ok(vec![self.value(field, operator)?]);
        }
        self.next += 1;
        let mut values = Vec::new();
        loop {
            self.wants = Wants::Value {
                field: field.key.clone(),
                operator,
                so_far: String::new(),
            };
            if self.peek().is_some_and(|t| t.kind == Is::Right) && !values.is_empty() {
                break;
            }
            let value = self.value(field, operator)?;
            if !values.contains(&value) {
                values.push(value);
            }
            match self.peek().map(|t| &t.kind) {
                Some(Is::Comma) => self.next += 1,
                Some(Is::Right) => break,
                None => return Err(self.here("the list wants its closing bracket ')'".into())),
                Some(_) => {
                    let what = format!("a comma or ')' should stand here, not {}", self.typed());
                    return Err(self.here(what));
                }
            }
        }
        self.next += 1;
        self.wants = Wants::Joint;
        Ok(values)
    }

    /// `email_domain matches competitors` names a list that the workspace keeps; `None`: the values are domains.
    pub(super) fn listed(
        &self,
        field: &Field,
        values: &[Literal],
        start: usize,
    ) -> Result<Option<Condition>, Fault> {
        let name = |value: &Literal| match value {
            Literal::Text(text) => DomainList::named(text),
            _ => None,
        };
        let Some(list) = values.iter().find_map(name) else {
            return Ok(None);
        };
        let at = start..self.tokens[self.next - 1].at.end;
        let (key, named) = (&field.key, list.plural());
        if field.origin != Origin::Standard(Standard::EmailDomain) {
            let what = format!(
                "{named} are a list of e-mail domains: 'email_domain matches {named}'; {key} takes domains such as acme.com"
            );
            return Err(self.fault(at, what));
        }
        if values.len() > 1 {
            let what =
                format!("the list {named} stands alone: a rule for it, another one for the rest");
            return Err(self.fault(at, what));
        }
        Ok(Some(Condition {
            field: Standard::of_list(list).word().to_owned(),
            operator: Operator::Is,
            values: vec![Literal::YesNo(true)],
        }))
    }

    pub(super) fn value(&mut self, field: &Field, operator: Operator) -> Result<Literal, Fault> {
        let start = self.place();
        let mut text = match self.peek().map(|t| &t.kind) {
            Some(Is::Quoted(text)) => {
                self.next += 1;
                return self.literal(field, operator, text, start);
            }
            Some(Is::Open(_)) => {
                let what = "the quotation mark is not closed".to_owned();
                return Err(self.fault(self.end..self.end, what));
            }
            Some(Is::Word(word)) if !is_reserved(word) => {
                self.next += 1;
                word.clone()
            }
            _ => {
                let wanted = wanted(field.kind, operator);
                let what = match self.peek() {
                    None => format!("{wanted} is missing after '{}'", operator.word()),
                    Some(_) => format!("{wanted} should stand here, not {}", self.typed()),
                };
                return Err(self.here(what));
            }
        };
        let mut at = start;
        loop {
            if operator == Operator::Within {
                break;
            }
            match self.peek().map(|t| &t.kind) {
                Some(Is::Word(word)) if !is_reserved(word) => {
                    text.push(' ');
                    text.push_str(word);
                    at.end = self.place().end;
                    self.next += 1;
                }
                Some(_) => break,
                None => {
                    self.wants = Wants::More {
                        field: field.key.clone(),
                        operator,
                        so_far: text.clone(),
                    };
                    break;
                }
            }
        }
        self.literal(field, operator, &text, at)
    }

    fn literal(
        &self,
        field: &Field,
        operator: Operator,
        text: &str,
        at: Range<usize>,
    ) -> Result<Literal, Fault> {
        let number = || text.parse::<f64>().ok().and_then(Number::new);
        let read = match field.kind {
            FieldKind::Date if operator == Operator::Within => number().map(Literal::Number),
            FieldKind::Number => number().map(Literal::Number),
            FieldKind::Date => Day::parse(text).map(Literal::Day),
            FieldKind::YesNo => match text.to_lowercase().as_str() {
                "yes" | "true" | "1" => Some(Literal::YesNo(true)),
                "no" | "false" | "0" => Some(Literal::YesNo(false)),
                _ => None,
            },
            FieldKind::Text => Some(Literal::Text(text.trim().to_owned())),
        };
        read.ok_or_else(|| {
            let typed: String = text.chars().take(40).collect();
            let typed = clean(&typed);
            let key = &field.key;
            let what = match (field.kind, operator) {
                (_, Operator::Within) => {
                    format!("'within' wants a whole number of days; '{typed}' is none")
                }
                (FieldKind::Date, _) => {
                    format!("{key} is a date such as 2025-03-31; '{typed}' is not")
                }
                (kind, _) => format!("{key} is {}; '{typed}' is not", kind.label()),
            };
            self.fault(at, what)
        })
    }
}

fn wanted(kind: FieldKind, operator: Operator) -> &'static str {
    match (kind, operator) {
        (_, Operator::Within) => "a number of days",
        (_, Operator::Matches) => "a list of domains",
        (FieldKind::Text, _) => "a value",
        (kind, _) => kind.label(),
    }
}
