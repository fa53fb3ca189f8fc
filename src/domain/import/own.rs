//! A record's own fields as one JSON object, written while they are read. Knows no column and no file.

use std::fmt::Write as _;

use crate::domain::moment::Day;

/// A value of an own field, typed per column.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum OwnValue<'a> {
    /// A number; one that is not finite is left out.
    Number(f64),
    /// A date.
    Date(Day),
    /// Yes or no.
    YesNo(bool),
    /// Text.
    Text(&'a str),
}

/// Own fields by key, in the order of the columns.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OwnFields {
    json: String,
}

impl OwnFields {
    /// Room for so many fields of a usual size.
    pub fn with_room(fields: usize) -> OwnFields {
        OwnFields {
            json: String::with_capacity(fields * 16),
        }
    }

    /// As they lie in a workspace: one JSON object.
    pub fn kept(json: String) -> OwnFields {
        OwnFields { json }
    }

    /// Adds a field; keys are given once.
    pub fn put(&mut self, key: &str, value: OwnValue<'_>) {
        if matches!(value, OwnValue::Number(x) if !x.is_finite()) {
            return;
        }
        let json = &mut self.json;
        if json.pop().is_some() {
            json.push(',');
        } else {
            json.push('{');
        }
        quote(key, json);
        json.push(':');
        // Writing to a string cannot fail.
        let _ = match value {
            // Whole numbers are most of them, and far quicker to write.
            OwnValue::Number(x) if x.fract() == 0.0 && x.abs() < 1e15 => whole(x as i64, json),
            OwnValue::Number(x) => write!(json, "{x}"),
            OwnValue::YesNo(yes) => write!(json, "{yes}"),
            OwnValue::Date(day) => write!(json, "\"{day}\""),
            OwnValue::Text(text) => {
                quote(text, json);
                Ok(())
            }
        };
        json.push('}');
    }

    /// The object; `None` where there is no field.
    pub fn json(&self) -> Option<&str> {
        (!self.json.is_empty()).then_some(&*self.json)
    }
}

impl<'a> FromIterator<(&'a str, OwnValue<'a>)> for OwnFields {
    fn from_iter<T: IntoIterator<Item = (&'a str, OwnValue<'a>)>>(fields: T) -> Self {
        let mut own = OwnFields::default();
        for (key, value) in fields {
            own.put(key, value);
        }
        own
    }
}

fn whole(n: i64, json: &mut String) -> std::fmt::Result {
    if (0..10).contains(&n) {
        json.push(char::from(b'0' + n as u8));
        return Ok(());
    }
    write!(json, "{n}")
}

fn quote(text: &str, json: &mut String) {
    json.push('"');
    if text.bytes().all(|b| b >= 0x20 && b != b'"' && b != b'\\') {
        json.push_str(text);
    } else {
        for c in text.chars() {
            match c {
                '"' => json.push_str("\\\""),
                '\\' => json.push_str("\\\\"),
                '\n' => json.push_str("\\n"),
                '\r' => json.push_str("\\r"),
                '\t' => json.push_str("\\t"),
                c if c < ' ' => _ = write!(json, "\\u{:04x}", c as u32),
                c => json.push(c),
            }
        }
    }
    json.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_become_one_object() {
        let own: OwnFields = [
            ("score", OwnValue::Number(75.0)),
            ("note", OwnValue::Text("a \"b\"\n\\\u{1}é")),
            ("odd", OwnValue::Number(f64::NAN)),
            ("vip", OwnValue::YesNo(true)),
            ("rate", OwnValue::Number(-2.5)),
            ("on", OwnValue::Date(Day(0))),
        ]
        .into_iter()
        .collect();
        assert_eq!(
            own.json(),
            Some(
                r#"{"score":75,"note":"a \"b\"\n\\\u0001é","vip":true,"rate":-2.5,"on":"1970-01-01"}"#
            )
        );
        let read: serde_json::Value = serde_json::from_str(own.json().unwrap()).unwrap();
        assert_eq!(read["note"], "a \"b\"\n\\\u{1}é");
        assert_eq!(OwnFields::default().json(), None);
    }
}
