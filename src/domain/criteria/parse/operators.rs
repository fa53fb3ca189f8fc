//! The comparison after the name of a field, in signs or in words. Reads no value.

use super::{Fault, Parser, hints};
use crate::domain::criteria::condition::Operator;
use crate::domain::criteria::field::{Field, FieldKind};
use crate::domain::criteria::lex::Kind as Is;

impl Parser<'_> {
    pub(super) fn operator(&mut self, field: &Field) -> Result<Operator, Fault> {
        let Some(token) = self.peek() else {
            let what = format!("{} wants a comparison: {}", field.key, offered(field.kind));
            return Err(self.here(what));
        };
        if let Is::Sign(sign) = &token.kind {
            let operator = match sign.as_str() {
                "=" | "==" => Operator::Is,
                "!=" | "<>" | "≠" => Operator::IsNot,
                "<" => Operator::Less,
                "<=" | "=<" | "≤" => Operator::AtMost,
                ">" => Operator::More,
                ">=" | "=>" | "≥" => Operator::AtLeast,
                _ => return Err(self.no_operator(field)),
            };
            self.next += 1;
            return Ok(operator);
        }
        let words: Vec<String> = (0..3)
            .map_while(|n| self.tokens.get(self.next + n)?.word())
            .collect();
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let (operator, count) = match words.as_slice() {
            ["is", "not", "known", ..] => (Operator::Unknown, 3),
            ["matches", "domain", "list", ..] => (Operator::Matches, 3),
            ["is", "within", ..] | ["matches", "domains" | "domain", ..] => {
                let within = words[0] == "is";
                (
                    if within {
                        Operator::Within
                    } else {
                        Operator::Matches
                    },
                    2,
                )
            }
            ["is", "known", ..] => (Operator::Known, 2),
            ["is", "unknown", ..] => (Operator::Unknown, 2),
            ["is", "not", "in", ..] => (Operator::NotIn, 3),
            ["is", "in", ..] => (Operator::In, 2),
            ["is", "not", ..] => (Operator::IsNot, 2),
            ["not", "in", ..] => (Operator::NotIn, 2),
            ["starts", "with", ..] => (Operator::StartsWith, 2),
            ["is", ..] => (Operator::Is, 1),
            ["in", ..] => (Operator::In, 1),
            ["contains", ..] => (Operator::Contains, 1),
            ["matches", ..] => (Operator::Matches, 1),
            ["within", ..] => (Operator::Within, 1),
            ["known", ..] => (Operator::Known, 1),
            ["unknown", ..] => (Operator::Unknown, 1),
            ["not" | "starts"] if self.next + 1 == self.tokens.len() => {
                let what = format!("'{}' is not finished: {}", words[0], offered(field.kind));
                return Err(self.fault(self.end..self.end, what));
            }
            // The field's name goes on: `company domain`.
            [word, ..]
                if self
                    .fields
                    .called(&format!("{} {word}", field.key))
                    .is_some() =>
            {
                let both = format!("{} {word}", field.key);
                let meant = self.fields.called(&both).map_or("", |field| &field.key);
                return Err(self.here(format!("'{both}' is written {meant}")));
            }
            _ => return Err(self.no_operator(field)),
        };
        self.next += count;
        Ok(operator)
    }

    fn no_operator(&self, field: &Field) -> Fault {
        let typed = self.typed();
        let meant = hints::operator(typed.trim_matches('\''), field);
        let instead =
            meant.unwrap_or_else(|| format!("{} takes {}", field.key, offered(field.kind)));
        self.here(format!("{typed} is no comparison; {instead}"))
    }
}

/// The comparisons of a kind, as they are typed.
pub(super) fn offered(kind: FieldKind) -> String {
    let words: Vec<&str> = Operator::ALL
        .iter()
        .filter(|o| o.suits(kind))
        .map(|o| o.word())
        .collect();
    words.join(", ")
}
