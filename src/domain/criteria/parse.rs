//! The text of the rule bar to rules. Total: any text gives what it understood, the faults in words with their places, and
//! what it would read next. No files, no data.

mod hints;
mod operators;
mod values;

use std::ops::Range;

pub(super) use hints::says_nothing;

use super::complete::Wants;
use super::condition::{Condition, Operator, Takes};
use super::field::{Field, FieldKind, Fields, Standard};
use super::lex::{Kind as Is, Token, lex};
use super::rule::{Class, Kind, Rule, Switch};
use crate::text::clean;

/// How bad a fault is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Severity {
    /// The text ends before the rule does; it is being typed.
    Unfinished,
    /// It cannot become a rule by going on.
    Wrong,
}

/// What cannot be understood, in words, and where.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{what}")]
pub struct Fault {
    /// The place in the text, in bytes; empty at its end.
    pub at: Range<usize>,
    /// What is wrong, and what would be right.
    pub what: String,
    /// Whether it is still being typed.
    pub severity: Severity,
}

/// What a text says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parsed {
    /// The rules that were understood, each with its place.
    pub rules: Vec<(Rule, Range<usize>)>,
    /// What was not.
    pub faults: Vec<Fault>,
    pub(super) wants: Wants,
}

impl Parsed {
    /// The rules, if there is no fault at all; else the first fault.
    pub fn whole(self) -> Result<Vec<Rule>, Fault> {
        match self.faults.into_iter().next() {
            Some(fault) => Err(fault),
            None => Ok(self.rules.into_iter().map(|(rule, _)| rule).collect()),
        }
    }
}

/// Most rules of one text, and of a definition.
pub const MOST_RULES: usize = 64;

/// Reads rules joined by `and` or `;`: `[off] [must | must not | supporting] [class:] field operator value [because "why"]`.
pub fn parse(text: &str, fields: &Fields) -> Parsed {
    parse_tokens(&lex(text), text.len(), fields)
}

pub(super) fn parse_tokens(tokens: &[Token], end: usize, fields: &Fields) -> Parsed {
    let mut parser = Parser {
        tokens,
        next: 0,
        end,
        fields,
        wants: Wants::Field,
    };
    let (mut rules, mut faults) = (Vec::new(), Vec::new());
    while parser.next < tokens.len() {
        let start = parser.place().start;
        match parser.rule() {
            Ok(rule) if rules.len() < MOST_RULES => {
                rules.push((rule, start..parser.tokens[parser.next - 1].at.end));
            }
            Ok(_) => {
                faults.push(parser.fault(start..end, format!("{MOST_RULES} rules are the most")));
                break;
            }
            Err(fault) => {
                faults.push(fault);
                parser.skip();
            }
        }
        if let Err(fault) = parser.joint() {
            faults.push(fault);
            parser.skip();
            parser.next += 1;
        }
    }
    Parsed {
        rules,
        faults,
        wants: parser.wants,
    }
}

/// Words that end a value written without quotation marks.
pub(super) const RESERVED: &[&str] = &["and", "because", "or"];

struct Parser<'a> {
    tokens: &'a [Token],
    next: usize,
    end: usize,
    fields: &'a Fields,
    wants: Wants,
}

impl<'a> Parser<'a> {
    fn peek(&self) -> Option<&'a Token> {
        self.tokens.get(self.next)
    }

    fn word(&self) -> Option<String> {
        self.peek()?.word()
    }

    fn place(&self) -> Range<usize> {
        self.peek().map_or(self.end..self.end, |t| t.at.clone())
    }

    fn eat(&mut self, word: &str) -> bool {
        let hit = self.word().is_some_and(|w| w == word);
        self.next += usize::from(hit);
        hit
    }

    #[expect(clippy::unused_self, reason = "every fault is the parser's word")]
    fn fault(&self, at: Range<usize>, what: String) -> Fault {
        let severity = if at.is_empty() {
            Severity::Unfinished
        } else {
            Severity::Wrong
        };
        Fault { at, what, severity }
    }

    fn here(&self, what: String) -> Fault {
        self.fault(self.place(), what)
    }

    /// The token here as it was typed, for a message.
    fn typed(&self) -> String {
        let text = match self.peek().map(|t| &t.kind) {
            None => return "the end".into(),
            Some(Is::Word(w) | Is::Quoted(w) | Is::Open(w) | Is::Sign(w)) => w.as_str(),
            Some(Is::Left) => "(",
            Some(Is::Right) => ")",
            Some(Is::Comma) => ",",
            Some(Is::Stop) => ";",
        };
        let short: String = text.chars().take(40).collect();
        format!("'{}'", clean(&short))
    }

    /// Goes on to the next `and` or `;` that stands outside brackets.
    fn skip(&mut self) {
        let mut depth = 0_usize;
        while let Some(token) = self.peek() {
            match &token.kind {
                Is::Left => depth += 1,
                Is::Right => depth = depth.saturating_sub(1),
                Is::Stop if depth == 0 => return,
                Is::Word(_) if depth == 0 && token.word().is_some_and(|w| w == "and") => return,
                _ => {}
            }
            self.next += 1;
        }
    }

    /// `and` or `;` between rules; trailing ones are fine.
    fn joint(&mut self) -> Result<(), Fault> {
        let Some(token) = self.peek() else {
            return Ok(());
        };
        if token.kind == Is::Stop || self.eat("and") {
            self.next += usize::from(token.kind == Is::Stop);
            self.wants = Wants::Field;
            return Ok(());
        }
        if self.word().is_some_and(|w| w == "or") {
            let what = "'or' does not join rules; list the values of one field with 'in (a, b)', or make both rules \
                        supporting and ask for at least one";
            return Err(self.here(what.into()));
        }
        Err(self.here(self.misplaced()))
    }

    fn rule(&mut self) -> Result<Rule, Fault> {
        self.wants = Wants::Field;
        let switch = if self.eat("off") {
            Switch::Off
        } else {
            Switch::On
        };
        let kind = match self.word().as_deref() {
            Some("must") => {
                self.next += 1;
                if self.eat("not") {
                    Kind::MustNot
                } else {
                    Kind::Must
                }
            }
            Some("supporting") => {
                self.next += 1;
                Kind::Supporting
            }
            _ => Kind::Must,
        };
        let named = self.word().and_then(|w| Class::parse(w.strip_suffix(':')?));
        self.next += usize::from(named.is_some());
        let field = self.field()?;
        let start = self.place().start;
        let condition = self.condition(field)?;
        // A list of domains is a field of its own.
        let field = self.fields.find(&condition.field).unwrap_or(field);
        let class = named.unwrap_or_else(|| field.class());
        if let Some(what) = condition.fault(field) {
            return Err(self.fault(start..self.tokens[self.next - 1].at.end, what));
        }
        let why = self.why()?;
        Ok(Rule {
            kind,
            class,
            condition,
            why,
            switch,
        })
    }

    fn field(&mut self) -> Result<&'a Field, Fault> {
        let (key, quoted) = match self.peek().map(|t| &t.kind) {
            Some(Is::Word(word)) => (word.clone(), false),
            Some(Is::Quoted(word)) => (word.clone(), true),
            None => return Err(self.here("the name of a field is missing".into())),
            Some(kind) => {
                let plain = if *kind == Is::Left {
                    "; only lists stand in brackets"
                } else {
                    ""
                };
                let what = format!(
                    "a rule begins with the name of a field, not with {}{plain}",
                    self.typed()
                );
                return Err(self.here(what));
            }
        };
        // A label may have blanks in quotation marks; a name has none.
        let by_label = || {
            let folded = key.to_lowercase();
            let all = self.fields.all().iter();
            if folded == "domain" {
                return self.fields.find(Standard::EmailDomain.word());
            }
            quoted.then(|| all.clone().find(|f| f.label.to_lowercase() == folded))?
        };
        let Some(field) = self.fields.find(&key).or_else(by_label) else {
            return Err(self.here(self.no_field(&key, &self.typed())));
        };
        self.next += 1;
        self.wants = Wants::Operator(field.key.clone());
        Ok(field)
    }

    fn condition(&mut self, field: &Field) -> Result<Condition, Fault> {
        let (start, first) = (self.place(), self.next);
        let operator = self.operator(field)?;
        let typed = self.operator_as_typed(first);
        if !operator.suits(field.kind) {
            let (key, label) = (&field.key, field.kind.label());
            let offered = operators::offered(field.kind);
            let what =
                format!("{key} is {label}; '{typed}' does not go with it; it takes {offered}");
            return Err(self.fault(start, what));
        }
        if operator == Operator::Is && typed == "is" {
            self.known_or_unknown(field)?;
        }
        if matches!(operator, Operator::Is | Operator::IsNot) && field.kind == FieldKind::Text {
            self.nothing(field, operator)?;
        }
        self.wants = Wants::Value {
            field: field.key.clone(),
            operator,
            so_far: String::new(),
        };
        let values = match operator.takes() {
            Takes::Nothing => Vec::new(),
            Takes::One => vec![self.value(field, (operator, &typed))?],
            Takes::List => self.list(field, (operator, &typed))?,
        };
        if operator == Operator::Within {
            self.within_words()?;
        }
        self.wants = match std::mem::replace(&mut self.wants, Wants::Joint) {
            more @ Wants::More { .. } => more,
            _ => Wants::Joint,
        };
        if operator == Operator::Matches
            && let Some(listed) = self.listed(field, &values, start.start)?
        {
            return Ok(listed);
        }
        Ok(Condition {
            field: field.key.clone(),
            operator,
            values,
        })
    }

    /// `is kown`, `is null`: what looks like *known* or *unknown* is no value, unless it stands in quotation marks.
    fn known_or_unknown(&self, field: &Field) -> Result<(), Fault> {
        let word = self.word();
        let Some(meant) = word.as_deref().and_then(hints::known) else {
            return Ok(());
        };
        let what = format!(
            "did you mean '{} {meant}'? As a value {} stands in quotation marks",
            field.key,
            self.typed()
        );
        let is_last = self.next + 1 == self.tokens.len();
        let end = self.end;
        Err(if is_last && hints::is_begun(&word.unwrap_or_default()) {
            self.fault(end..end, what)
        } else {
            self.here(what)
        })
    }

    /// `days`, `day`, `of the handoff` after a number of days say nothing new.
    fn within_words(&mut self) -> Result<(), Fault> {
        const OTHERS: [&str; 6] = ["week", "weeks", "month", "months", "year", "years"];
        if let Some(word) = self.word().filter(|word| OTHERS.contains(&word.as_str())) {
            return Err(self.here(format!("'within' counts days, not {word}")));
        }
        let _ = self.eat("days") || self.eat("day");
        if self.eat("of") {
            let _ = self.eat("the");
            let _ = self.eat("handoff");
        }
        self.wants = Wants::Joint;
        Ok(())
    }

    fn why(&mut self) -> Result<String, Fault> {
        if !self.eat("because") {
            return Ok(String::new());
        }
        self.wants = Wants::Nothing;
        match self.peek().map(|t| &t.kind) {
            Some(Is::Quoted(why)) => {
                self.next += 1;
                self.wants = Wants::Joint;
                Ok(why.trim().to_owned())
            }
            Some(Is::Open(_)) => {
                let what = "the quotation mark of the reason is not closed".to_owned();
                Err(self.fault(self.end..self.end, what))
            }
            None => {
                let what = "'because' wants its reason in quotation marks".to_owned();
                Err(self.fault(self.end..self.end, what))
            }
            Some(_) => {
                let what = format!(
                    "put the reason into quotation marks: because \"…\", not {}",
                    self.typed()
                );
                Err(self.here(what))
            }
        }
    }
}

pub(super) fn is_reserved(word: &str) -> bool {
    RESERVED.iter().any(|r| word.eq_ignore_ascii_case(r))
}
