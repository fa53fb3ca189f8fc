//! What to do about a fault: the word that was meant, the number as it is written here, the fields that there are. Decides no fault.

use super::Parser;
use crate::domain::criteria::condition::Operator;
use crate::domain::criteria::field::{Field, FieldKind, distance};
use crate::domain::criteria::lex::Kind as Is;
use crate::domain::criteria::rule::Class;
use crate::domain::moment::Day;
use crate::text::clean;

/// Most fields that a message names.
const MOST_NAMED: usize = 5;

/// Words and signs of other languages, and the comparison that they mean here.
const MEANT: &[(&str, &str, Operator)] = &[
    ("~", "contains", Operator::Contains),
    ("like", "contains", Operator::Contains),
    ("has", "contains", Operator::Contains),
    ("contain", "contains", Operator::Contains),
    ("includes", "contains", Operator::Contains),
    ("begins", "starts with", Operator::StartsWith),
    ("startswith", "starts with", Operator::StartsWith),
    ("=!", "!=", Operator::IsNot),
    ("isn't", "!=", Operator::IsNot),
    ("not", "!=", Operator::IsNot),
    ("===", "=", Operator::Is),
    ("equals", "=", Operator::Is),
    ("ist", "is", Operator::Is),
    ("over", ">", Operator::More),
    ("above", ">", Operator::More),
    ("more", ">", Operator::More),
    ("greater", ">", Operator::More),
    ("after", ">", Operator::More),
    (">>", ">", Operator::More),
    ("under", "<", Operator::Less),
    ("below", "<", Operator::Less),
    ("less", "<", Operator::Less),
    ("before", "<", Operator::Less),
    ("<<", "<", Operator::Less),
    ("at", ">= or <=", Operator::AtLeast),
    ("min", ">=", Operator::AtLeast),
    ("max", "<=", Operator::AtMost),
    ("exists", "is known", Operator::Known),
    ("set", "is known", Operator::Known),
    ("empty", "is unknown", Operator::Unknown),
    ("missing", "is unknown", Operator::Unknown),
];

/// Words for what is not known.
const NOTHING: &[&str] = &["empty", "null", "blank", "missing", "nothing", "nil"];

/// Whether a word as a value rather says that nothing is known.
pub(in crate::domain::criteria) fn says_nothing(word: &str) -> bool {
    NOTHING
        .iter()
        .any(|nothing| word.eq_ignore_ascii_case(nothing))
}

/// What to write instead of something that is no comparison.
pub(super) fn operator(typed: &str, field: &Field) -> Option<String> {
    let key = &field.key;
    let typed = typed.to_lowercase();
    if typed == "between" && Operator::AtLeast.suits(field.kind) {
        return Some(format!("write two rules: {key} >= … and {key} <= …"));
    }
    let (_, word, _) = MEANT
        .iter()
        .find(|(word, _, means)| *word == typed && means.suits(field.kind))?;
    Some(format!("did you mean {word}?"))
}

/// Whether `is kown`, `is null` means *known* or *unknown*, and which.
pub(super) fn known(word: &str) -> Option<&'static str> {
    if NOTHING.contains(&word) {
        return Some("is unknown");
    }
    let near = |meant: &str, most: usize| {
        word.chars().count() >= 4 && distance(word, meant) <= most && word != meant
    };
    match () {
        () if near("unknown", 2) => Some("is unknown"),
        () if near("known", 1) || word == "knwon" || word == "konwn" => Some("is known"),
        () => None,
    }
}

/// Whether going on typing can make it *known* or *unknown*.
pub(super) fn is_begun(word: &str) -> bool {
    "known".starts_with(word) || "unknown".starts_with(word)
}

/// What to write instead of text that is no value of the field; begins with a semicolon, or is nothing.
pub(super) fn value(text: &str, field: &Field) -> String {
    let low = text.to_lowercase();
    let key = &field.key;
    if NOTHING.contains(&low.as_str()) {
        return format!("; where it is not known: {key} is unknown");
    }
    if [" || ", " oder "].iter().any(|word| low.contains(word)) {
        return "; 'or' does not join rules: list the values, in (a, b), or make both rules supporting".to_owned();
    }
    let joined = [" && ", " & ", " und ", " plus "];
    if joined.iter().any(|word| low.contains(word)) {
        return "; rules are joined by 'and'".to_owned();
    }
    let hint = match field.kind {
        FieldKind::Number => span(&low, key).or_else(|| number(&low)),
        FieldKind::Date => day(&low, key),
        FieldKind::YesNo | FieldKind::Text => None,
    };
    hint.map_or_else(String::new, |hint| format!("; {hint}"))
}

/// `10..20`, `10 - 20`, `10 to 20`: two rules.
fn span(low: &str, key: &str) -> Option<String> {
    let parts = ["..", " to ", " bis ", "–", "-"];
    let (from, to) = parts.iter().find_map(|part| low.split_once(part))?;
    let number = |text: &str| text.trim().trim_start_matches('.').parse::<f64>().ok();
    let (from, to) = (number(from)?, number(to)?);
    Some(format!(
        "a span is two rules: {key} >= {from} and {key} <= {to}"
    ))
}

/// A number with a currency, a suffix, separators: as it is written here.
fn number(low: &str) -> Option<String> {
    let mut words = low.split_whitespace();
    if words.clone().count() > 1 && words.all(|word| word.parse::<f64>().is_ok()) {
        return Some("several values stand in brackets: in (1, 2)".to_owned());
    }
    let is_part = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | '\'' | '’' | '_' | ' ');
    let start = low.find(|c: char| c.is_ascii_digit())?;
    let (before, rest) = low.split_at(start);
    if before.contains('-') {
        return None;
    }
    let end = rest.find(|c| !is_part(c)).unwrap_or(rest.len());
    let (digits, after) = rest.split_at(end);
    if after.contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let digits = digits.trim_end_matches([' ', '.', ',']);
    let times = match after.trim() {
        "k" | "thousand" | "tsd" | "tsd." => 1e3,
        "m" | "mio" | "mio." | "million" => 1e6,
        _ => 1.0,
    };
    let number = plain(digits)? * times;
    Some(format!("write {number}"))
}

/// Digits with separators of thousands or of decimals.
fn plain(digits: &str) -> Option<f64> {
    let digits: String = digits.chars().filter(|c| !"'’_ ".contains(*c)).collect();
    let cut = digits.rfind(['.', ',']);
    let (whole, part) = cut.map_or((digits.as_str(), ""), |at| {
        (&digits[..at], &digits[at + 1..])
    });
    let bare: String = whole.chars().filter(char::is_ascii_digit).collect();
    let two = digits.contains('.') && digits.contains(',');
    // One kind of separator before three digits parts thousands.
    if part.len() == 3 && !two && whole != "0" {
        return format!("{bare}{part}").parse().ok();
    }
    format!("{bare}.{part}0").parse().ok()
}

/// The two readings of `1.000`, where there are two: nobody writes a decimal with noughts at its end.
pub(super) fn two_readings(text: &str) -> Option<(String, String)> {
    let (whole, part) = text.split_once('.')?;
    let is_digits = |text: &str| text.chars().all(|c| c.is_ascii_digit());
    let grouped = (1..=3).contains(&whole.len())
        && !whole.starts_with('0')
        && part.len() == 3
        && is_digits(whole)
        && is_digits(part)
        && part.ends_with('0');
    let small: f64 = text.parse().ok()?;
    grouped.then(|| (small.to_string(), format!("{whole}{part}")))
}

fn day(low: &str, key: &str) -> Option<String> {
    let parts: Vec<&str> = low.split('.').map(str::trim).collect();
    if let [day, month, year] = parts[..]
        && let (Ok(day), Ok(month)) = (day.parse::<u8>(), month.parse::<u8>())
    {
        let written = format!("{year}-{month:02}-{day:02}");
        return Day::parse(&written).map(|_| format!("write {written}"));
    }
    let digits = low.chars().filter(char::is_ascii_digit).count();
    if low.len() == 10 && digits == 8 && low.matches('-').count() == 2 {
        return Some("the calendar has no such day".to_owned());
    }
    let counted = [
        "day", "week", "month", "ago", "today", "last", "heute", "gestern",
    ];
    let counts = counted.iter().any(|word| low.contains(word));
    counts.then(|| format!("days before the handoff: {key} within 30 days"))
}

impl Parser<'_> {
    /// What stands where `and` should.
    pub(super) fn misplaced(&self) -> String {
        let before = self.next.checked_sub(1).map(|at| &self.tokens[at].kind);
        let after = self.tokens.get(self.next + 1).map(|token| &token.kind);
        let is_number =
            |kind: Option<&Is>| matches!(kind, Some(Is::Word(word)) if word.parse::<f64>().is_ok());
        match self.peek().map(|token| &token.kind) {
            Some(Is::Comma) if is_number(before) && is_number(after) => {
                "numbers are written without commas, such as 1000; several values stand in brackets: in (1, 2)".to_owned()
            }
            Some(Is::Comma) => "several values stand in brackets: in (a, b)".to_owned(),
            Some(Is::Right) => "this bracket closes nothing; only lists stand in brackets".to_owned(),
            _ => format!(
                "'and' should stand between two rules, not {}; put text with blanks or signs into quotation marks",
                self.typed()
            ),
        }
    }

    /// Why a word is no field, and which one was meant.
    pub(super) fn no_field(&self, key: &str, typed: &str) -> String {
        let low = key.to_lowercase();
        let next = self.tokens.get(self.next + 1).and_then(super::Token::word);
        let names_field = |word: &Option<String>| {
            let word = word.as_deref();
            word.is_some_and(|word| self.fields.find(word).is_some())
        };
        match low.as_str() {
            "" => return "the name of a field is missing between the quotation marks".to_owned(),
            "and" | "because" => return format!("a rule is missing before {typed}"),
            "or" => return "a rule is missing here; 'or' does not join rules".to_owned(),
            "not" => return "a rule that keeps leads out begins with 'must not'".to_owned(),
            word if word.parse::<f64>().is_ok() => {
                let first = self.fields.all().first().map_or("", |field| &field.key);
                return format!(
                    "a rule begins with the name of a field, such as {first}, not with {typed}"
                );
            }
            word if word.ends_with(':') => {
                let words: Vec<&str> = Class::ALL.iter().map(|class| class.word()).collect();
                return format!("there is no class {typed}; there are {}", words.join(", "));
            }
            word if Class::parse(word).is_some() && names_field(&next) => {
                return format!("a class ends with a colon: {word}:");
            }
            _ => {}
        }
        let both = next.map(|next| format!("{low} {next}"));
        let of_both = both.as_ref().and_then(|both| self.fields.called(both));
        if let (Some(field), Some(both)) = (of_both, &both) {
            return format!("'{}' is written {}", clean(both), field.key);
        }
        if let Some(near) = self.fields.near(key) {
            return format!("there is no field {typed}; did you mean {}?", near.key);
        }
        let all = self.fields.all();
        let named: Vec<&str> = all
            .iter()
            .take(MOST_NAMED)
            .map(|f| f.key.as_str())
            .collect();
        let more = match all.len().saturating_sub(named.len()) {
            0 => String::new(),
            n => format!(" and {n} more"),
        };
        format!(
            "there is no field {typed}; there are {}{more}",
            named.join(", ")
        )
    }

    /// The words or the sign of the comparison that was just read, as they were typed.
    pub(super) fn operator_as_typed(&self, from: usize) -> String {
        let tokens = self.tokens[from..self.next].iter();
        let words = tokens.filter_map(|token| match &token.kind {
            Is::Word(word) | Is::Sign(word) => Some(word.to_lowercase()),
            _ => None,
        });
        words.collect::<Vec<_>>().join(" ")
    }
}
