//! What may be typed next in the rule bar, from the text before the cursor. Knows names and signs; the values that occur are the data's.

use std::ops::Range;

use super::condition::{Operator, Takes};
use super::field::{FieldKind, Fields, Standard};
use super::lex::{Kind, lex};
use super::parse::parse_tokens;
use crate::domain::review::lists::DomainList;

/// What the parser would read next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wants {
    /// The name of a field (or the kind of the rule).
    Field,
    /// A comparison for this field.
    Operator(String),
    /// A value of this field.
    Value {
        /// The field.
        field: String,
        /// How it will be compared.
        operator: Operator,
        /// Words of the value before the last one.
        so_far: String,
    },
    /// A value of several words may go on, or the rule ends.
    More {
        /// The field.
        field: String,
        /// How it will be compared.
        operator: Operator,
        /// The words so far.
        so_far: String,
    },
    /// `and`, `because`, or the end.
    Joint,
    /// Free text.
    Nothing,
}

/// What may be typed at the cursor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completion {
    /// What is wanted.
    pub wants: Wants,
    /// What has been typed of it, in small letters.
    pub prefix: String,
    /// The bytes that an accepted offer replaces.
    pub replaces: Range<usize>,
}

/// Words that may stand before the name of a field.
const BEFORE_FIELD: &[&str] = &["must", "must not", "supporting", "off"];

/// What may be typed at a place of the text.
pub fn complete(text: &str, cursor: usize, fields: &Fields) -> Completion {
    let mut cursor = cursor.min(text.len());
    while !text.is_char_boundary(cursor) {
        cursor -= 1;
    }
    let before = &text[..cursor];
    let mut tokens = lex(before);
    let touching = tokens.last().filter(|t| t.at.end == cursor).cloned();
    let (mut prefix, mut replaces) = (String::new(), cursor..cursor);
    if let Some(token) = touching
        && let Kind::Word(word) | Kind::Open(word) | Kind::Sign(word) = &token.kind
    {
        prefix = word.to_lowercase();
        replaces.start = token.at.start;
        tokens.pop();
    }
    let wants = parse_tokens(&tokens, replaces.start, fields).wants;
    let wants = match wants {
        Wants::More {
            field,
            operator,
            so_far,
        } if !prefix.is_empty() && !could_join(&prefix) => {
            prefix = format!("{} {prefix}", so_far.to_lowercase());
            let words = so_far.split(' ').count();
            let first = tokens.len().saturating_sub(words);
            replaces.start = tokens.get(first).map_or(replaces.start, |t| t.at.start);
            Wants::Value {
                field,
                operator,
                so_far,
            }
        }
        Wants::More { .. } => Wants::Joint,
        wants => wants,
    };
    Completion {
        wants,
        prefix,
        replaces,
    }
}

fn could_join(prefix: &str) -> bool {
    ["and", "because"]
        .iter()
        .any(|word| word.starts_with(prefix))
}

impl Completion {
    /// What fits, fields and signs only: values are the data's (`Columns::values`). Those that begin like the text come first.
    pub fn offers(&self, fields: &Fields) -> Vec<String> {
        let all: Vec<String> = match &self.wants {
            Wants::Field => {
                let names = fields.all().iter().map(|f| quoted_if_needed(&f.key));
                names
                    .chain(BEFORE_FIELD.iter().map(|w| (*w).to_owned()))
                    .collect()
            }
            Wants::Operator(field) => {
                let kind = fields.find(field).map_or(FieldKind::Text, |f| f.kind);
                let suits = Operator::ALL.iter().filter(|o| o.suits(kind));
                let lists = DomainList::ALL
                    .iter()
                    .filter(|_| *field == Standard::EmailDomain.word())
                    .map(|list| format!("matches {}", list.plural()));
                suits.map(|o| o.word().to_owned()).chain(lists).collect()
            }
            Wants::Value {
                field, operator, ..
            } if operator.takes() != Takes::Nothing => match fields.find(field).map(|f| f.kind) {
                Some(FieldKind::YesNo) => vec!["yes".into(), "no".into()],
                _ => Vec::new(),
            },
            Wants::Joint => vec!["and".into(), "because".into()],
            _ => Vec::new(),
        };
        let (mut first, mut later) = (Vec::new(), Vec::new());
        for offer in all {
            let folded = offer.to_lowercase();
            if folded.starts_with(&self.prefix) {
                first.push(offer);
            } else if folded.contains(&self.prefix) {
                later.push(offer);
            }
        }
        first.append(&mut later);
        first
    }
}

fn quoted_if_needed(key: &str) -> String {
    super::print::name(key)
}
