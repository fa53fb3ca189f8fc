//! The values of a field that are offered while somebody types: those that really occur, most frequent first. Copies only what it offers.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::fmt::Write;

use crate::domain::criteria::Value;
use crate::facts::fields::FieldColumn;

/// A value that fits what was typed.
#[derive(Clone, Copy)]
struct Hit {
    /// It holds what was typed, but does not begin with it.
    inside: bool,
    count: u32,
    code: u32,
}

/// The values that begin with or hold `typed` (small letters), with how many rows have them: those that begin with it first, then
/// the most frequent. `counts` by code, unknown first.
pub(super) fn most_frequent(
    column: &FieldColumn,
    counts: &[u32],
    typed: &str,
    most: usize,
) -> Vec<(String, u32)> {
    let mut room = String::new();
    let codes = 1..counts.len() as u32;
    let mut hits: Vec<Hit> = codes
        .filter_map(|code| {
            let at = match column.value(code) {
                Value::Unknown => return None,
                _ if typed.is_empty() => 0,
                Value::Text(text) => place(text, typed)?,
                other => {
                    room.clear();
                    write(&mut room, other);
                    room.find(typed)?
                }
            };
            Some(Hit {
                inside: at > 0,
                count: counts[code as usize],
                code,
            })
        })
        .collect();
    let order = |a: &Hit, b: &Hit| {
        let key = |hit: &Hit| (hit.inside, Reverse(hit.count));
        key(a).cmp(&key(b)).then_with(|| {
            match (column.value(a.code), column.value(b.code)) {
                (Value::Text(a), Value::Text(b)) => a.cmp(b),
                // Other values are coded in their order.
                _ => a.code.cmp(&b.code),
            }
        })
    };
    if hits.len() > most {
        hits.select_nth_unstable_by(most, order);
        hits.truncate(most);
    }
    hits.sort_unstable_by(order);
    let named = |hit: Hit| {
        let mut text = String::new();
        write(&mut text, column.value(hit.code));
        (text, hit.count)
    };
    hits.into_iter().map(named).collect()
}

fn write(to: &mut String, value: Value<'_>) {
    // A string has room for everything.
    let _ = match value {
        Value::Unknown => Ok(()),
        Value::Number(x) => write!(to, "{x}"),
        Value::Day(day) => write!(to, "{day}"),
        Value::YesNo(answer) => to.write_str(if answer { "yes" } else { "no" }),
        Value::Text(text) => to.write_str(text),
    };
}

/// Where small letters stand in a text of any.
fn place(text: &str, small: &str) -> Option<usize> {
    let has_others = |byte: u8| byte.is_ascii_uppercase() || !byte.is_ascii();
    let text = if text.bytes().any(has_others) {
        Cow::Owned(text.to_lowercase())
    } else {
        Cow::Borrowed(text)
    };
    text.find(small)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::criteria::FieldKind;
    use crate::facts::fields::Builder;

    fn offered(kind: FieldKind, values: &[Value<'_>], typed: &str, most: usize) -> Vec<String> {
        let mut builder = Builder::new(kind);
        for value in values {
            builder.push(*value);
        }
        let column = builder.finish();
        let found = most_frequent(&column, &column.counts(), typed, most);
        found
            .into_iter()
            .map(|(text, n)| format!("{text} {n}"))
            .collect()
    }

    #[test]
    fn what_begins_with_it_stands_first_then_what_is_frequent_then_by_name() {
        let texts = [
            "Gmail.com",
            "a-gmail.com",
            "gmx.de",
            "Gmail.com",
            "GMX.at",
            "Éva",
        ];
        let texts = texts.map(Value::Text);
        let of = |typed, most| offered(FieldKind::Text, &texts, typed, most);
        assert_eq!(
            of("gm", 9),
            ["Gmail.com 2", "GMX.at 1", "gmx.de 1", "a-gmail.com 1"]
        );
        assert_eq!(of("gm", 2), ["Gmail.com 2", "GMX.at 1"]);
        assert_eq!(of("é", 9), ["Éva 1"]);
        assert_eq!(of("", 2), ["Gmail.com 2", "GMX.at 1"]);
        assert!(of("x y", 9).is_empty());
    }

    #[test]
    fn numbers_that_are_as_frequent_stand_in_their_order() {
        let numbers = [100.0, 9.0, 10.0, 1.5, 100.0].map(Value::Number);
        let of = |typed| offered(FieldKind::Number, &numbers, typed, 9);
        assert_eq!(of("1"), ["100 2", "1.5 1", "10 1"]);
        assert_eq!(of("0"), ["100 2", "10 1"]);
        assert_eq!(of(""), ["100 2", "1.5 1", "9 1", "10 1"]);
    }
}
