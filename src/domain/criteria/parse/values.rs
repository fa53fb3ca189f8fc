//! The values after a comparison: one, or a list in brackets, each of the field's kind. Reads no name.

use std::ops::Range;

use super::{Fault, Parser, hints, is_reserved};
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
        (operator, typed): (Operator, &str),
    ) -> Result<Vec<Literal>, Fault> {
        if self.peek().is_none_or(|t| t.kind != Is::Left) {
            return Ok(vec![self.value(field, (operator, typed))?]);
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
            let (first, start) = (self.next, self.place().start);
            let value = self.value(field, (operator, typed))?;
            self.one_or_several(first, start)?;
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

    /// `= null`, `!= empty`: what rather says that nothing is known is no value, unless it stands in quotation marks or goes on.
    pub(super) fn nothing(&self, field: &Field, operator: Operator) -> Result<(), Fault> {
        let next = self.tokens.get(self.next + 1).and_then(super::Token::word);
        let goes_on = next.is_some_and(|word| !is_reserved(&word));
        if goes_on || !self.word().is_some_and(|word| hints::says_nothing(&word)) {
            return Ok(());
        }
        let meant = match operator {
            Operator::IsNot => "is known",
            _ => "is unknown",
        };
        Err(self.here(format!(
            "did you mean '{} {meant}'? As a value {} stands in quotation marks",
            field.key,
            self.typed()
        )))
    }

    /// `in (a b)`: whether that is one value or two, somebody has to say. While it is typed it may still become anything.
    fn one_or_several(&self, first: usize, start: usize) -> Result<(), Fault> {
        let own = &self.tokens[first..self.next];
        let words: Vec<String> = own.iter().filter_map(super::Token::word).collect();
        if own.len() < 2 || self.peek().is_none() {
            return Ok(());
        }
        let end = own.last().map_or(start, |token| token.at.end);
        let typed = clean(&words.join(" ")).into_owned();
        let what = format!(
            "'{typed}' can be one value or several; in quotation marks it is one: \"{typed}\", and commas part several"
        );
        Err(self.fault(start..end, what))
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
        let at = start..self.tokens[self.next - 1].at.end;
        let Some(list) = values.iter().find_map(name) else {
            return self.domains(values, at).map(|()| None);
        };
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

    /// A bare word without a dot is neither a domain nor a list.
    fn domains(&self, values: &[Literal], at: Range<usize>) -> Result<(), Fault> {
        let is_bare = |text: &str| {
            let own = self
                .tokens
                .iter()
                .filter(|token| at.contains(&token.at.start));
            own.filter_map(super::Token::word)
                .any(|word| text.to_lowercase().starts_with(&word))
        };
        let dotless = values.iter().find_map(|value| match value {
            Literal::Text(text) if !text.contains('.') && is_bare(text) => Some(text),
            _ => None,
        });
        let Some(text) = dotless else { return Ok(()) };
        let lists: Vec<&str> = DomainList::ALL.iter().map(|list| list.plural()).collect();
        let what = format!(
            "'{}' is neither a domain such as acme.com nor a list ({})",
            clean(text),
            lists.join(", ")
        );
        let is_last = self.next == self.tokens.len();
        let at = if is_last { self.end..self.end } else { at };
        Err(self.fault(at, what))
    }

    pub(super) fn value(
        &mut self,
        field: &Field,
        (operator, typed): (Operator, &str),
    ) -> Result<Literal, Fault> {
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
            Some(Is::Word(word)) if word.starts_with('\'') => {
                let inside = clean(word.trim_matches('\'')).into_owned();
                let what = format!("quotation marks are double here: \"{inside}\"");
                return Err(self.here(what));
            }
            Some(Is::Word(word)) if !is_reserved(word) => {
                self.next += 1;
                word.clone()
            }
            _ => {
                let wanted = wanted(field.kind, operator);
                let what = match self.peek() {
                    None => format!("{wanted} is missing after '{typed}'"),
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
        if let (FieldKind::Number, Some((small, large))) = (field.kind, hints::two_readings(text)) {
            let what = format!("'{text}' can be read as {small} and as {large}; write one of them");
            return Err(self.fault(at, what));
        }
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
            let hint = hints::value(text, field);
            let what = match (field.kind, operator) {
                (_, Operator::Within) => {
                    format!("'within' wants a whole number of days; '{typed}' is none")
                }
                (FieldKind::Date, _) => {
                    format!("{key} is a date such as 2025-03-31; '{typed}' is not{hint}")
                }
                (kind, _) => format!("{key} is {}; '{typed}' is not{hint}", kind.label()),
            };
            self.fault(at, what)
        })
    }
}

fn wanted(kind: FieldKind, operator: Operator) -> &'static str {
    match (kind, operator) {
        (_, Operator::Within) => "a number of days",
        (_, Operator::Matches) => {
            "a domain such as acme.com, or a list (competitors, students, disposable),"
        }
        (FieldKind::Text, _) => "a value",
        (kind, _) => kind.label(),
    }
}
