//! The workspace's own values of a row, picked out of its JSON without building what nobody asks for. Knows no field's meaning.

use std::borrow::Cow;
use std::fmt;

use rustc_hash::FxHashMap;
use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};

use crate::domain::criteria::{Field, FieldKind, Value};
use crate::domain::moment::Day;

/// One value as it stands in the row.
#[derive(Clone, Debug, PartialEq)]
enum Own<'t> {
    Number(f64),
    YesNo(bool),
    Text(Cow<'t, str>),
    /// Null, a list or an object: no value of ours.
    Nothing,
}

/// Picks the values of some fields, in their order.
pub(super) struct Picker {
    /// By key: the places of the fields that are stored under it.
    places: FxHashMap<String, usize>,
    kinds: Vec<FieldKind>,
}

/// What was picked of one row.
pub(super) struct Picked<'t> {
    values: Vec<Own<'t>>,
}

impl Picker {
    /// For fields of one table; each has a key of its own there.
    pub(super) fn new<'f>(fields: impl IntoIterator<Item = &'f Field>) -> Picker {
        let (mut places, mut kinds) = (FxHashMap::default(), Vec::new());
        for (place, field) in fields.into_iter().enumerate() {
            places.insert(field.stored.clone(), place);
            kinds.push(field.kind);
        }
        Picker { places, kinds }
    }

    /// The values of a row; none at all where its text is no object.
    pub(super) fn pick<'t>(&self, text: Option<&'t str>) -> Picked<'t> {
        let mut values = vec![Own::Nothing; self.kinds.len()];
        if let (Some(text), false) = (text, values.is_empty()) {
            let mut json = serde_json::Deserializer::from_str(text);
            let of = Row {
                picker: self,
                values: &mut values,
            };
            let read = json.deserialize_map(of);
            if read.and_then(|()| json.end()).is_err() {
                values.fill(Own::Nothing);
            }
        }
        Picked { values }
    }

    /// The value of a field, by its place; of another kind than the field's it is unknown.
    pub(super) fn value<'p>(&self, picked: &'p Picked<'_>, place: usize) -> Value<'p> {
        match (self.kinds[place], &picked.values[place]) {
            (FieldKind::Number, Own::Number(x)) => Value::Number(*x),
            (FieldKind::Date, Own::Text(text)) => {
                Day::parse(text).map_or(Value::Unknown, Value::Day)
            }
            (FieldKind::YesNo, Own::YesNo(answer)) => Value::YesNo(*answer),
            (FieldKind::YesNo, Own::Number(x)) => Value::YesNo(*x != 0.0),
            (FieldKind::Text, Own::Text(text)) => Value::Text(text),
            _ => Value::Unknown,
        }
    }
}

struct Row<'p, 't> {
    picker: &'p Picker,
    values: &'p mut Vec<Own<'t>>,
}

impl<'t> Visitor<'t> for Row<'_, 't> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object of own values")
    }

    fn visit_map<A: MapAccess<'t>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(place) = map.next_key_seed(Key(self.picker))? {
            match place {
                Some(place) => self.values[place] = map.next_value_seed(OfValue)?,
                None => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(())
    }
}

/// A key: the place of its field, if it is one that is wanted.
struct Key<'p>(&'p Picker);

impl<'t> DeserializeSeed<'t> for Key<'_> {
    type Value = Option<usize>;

    fn deserialize<D: Deserializer<'t>>(self, key: D) -> Result<Option<usize>, D::Error> {
        key.deserialize_str(self)
    }
}

impl<'t> Visitor<'t> for Key<'_> {
    type Value = Option<usize>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_str<E: Error>(self, key: &str) -> Result<Option<usize>, E> {
        Ok(self.0.places.get(key).copied())
    }
}

#[derive(Clone, Copy)]
struct OfValue;

impl<'t> DeserializeSeed<'t> for OfValue {
    type Value = Own<'t>;

    fn deserialize<D: Deserializer<'t>>(self, value: D) -> Result<Own<'t>, D::Error> {
        value.deserialize_any(self)
    }
}

impl<'t> Visitor<'t> for OfValue {
    type Value = Own<'t>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_bool<E: Error>(self, answer: bool) -> Result<Own<'t>, E> {
        Ok(Own::YesNo(answer))
    }

    fn visit_i64<E: Error>(self, n: i64) -> Result<Own<'t>, E> {
        Ok(Own::Number(n as f64))
    }

    fn visit_u64<E: Error>(self, n: u64) -> Result<Own<'t>, E> {
        Ok(Own::Number(n as f64))
    }

    fn visit_f64<E: Error>(self, x: f64) -> Result<Own<'t>, E> {
        Ok(Own::Number(x))
    }

    fn visit_borrowed_str<E: Error>(self, text: &'t str) -> Result<Own<'t>, E> {
        Ok(Own::Text(Cow::Borrowed(text)))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Own<'t>, E> {
        Ok(Own::Text(Cow::Owned(text.to_owned())))
    }

    fn visit_unit<E: Error>(self) -> Result<Own<'t>, E> {
        Ok(Own::Nothing)
    }

    fn visit_seq<A: SeqAccess<'t>>(self, mut list: A) -> Result<Own<'t>, A::Error> {
        while list.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Own::Nothing)
    }

    fn visit_map<A: MapAccess<'t>>(self, mut map: A) -> Result<Own<'t>, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Own::Nothing)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::criteria::{Fields, Origin};

    #[test]
    fn values_are_picked_by_key_and_read_as_their_fields_kind() {
        let own = |key: &str, kind| (Origin::Lead, key.to_owned(), key.to_owned(), kind);
        let fields = Fields::new([
            own("score", FieldKind::Number),
            own("start", FieldKind::Date),
            own("vip", FieldKind::YesNo),
            own("plan", FieldKind::Text),
        ]);
        let all: Vec<&Field> = fields
            .all()
            .iter()
            .filter(|f| f.origin == Origin::Lead)
            .collect();
        let picker = Picker::new(all);
        let of = |text: &str| -> Vec<String> {
            let row = picker.pick(Some(text));
            let value = |place| format!("{:?}", picker.value(&row, place));
            (0..4).map(value).collect()
        };
        assert_eq!(
            of(
                r#"{"x":[1,{"score":9}],"plan":"a \"b\"","vip":1,"score":-2.5,"start":"2025-03-01"}"#
            ),
            [
                "Number(-2.5)",
                "Day(Day(20148))",
                "YesNo(true)",
                "Text(\"a \\\"b\\\"\")"
            ]
        );
        let nothing = ["Unknown"; 4];
        assert_eq!(
            of(r#"{"score":"7","start":5,"vip":"yes","plan":true}"#),
            nothing
        );
        assert_eq!(of(r#"{"score":7,"plan":"#), nothing);
        assert_eq!(of("[7]"), nothing);
        assert_eq!(of(r#"{"score":null,"plan":{"a":1},"vip":[true]}"#), nothing);
        // Of a key that stands there twice the last one counts.
        assert_eq!(of(r#"{"score":7,"score":8}"#)[0], "Number(8.0)");
    }
}
