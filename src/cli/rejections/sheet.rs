//! A table whose numbers stay numbers in JSON and CSV. Cells of text are foreign and cleaned where they are printed.

use serde_json::Value;

use crate::cli::args::Format;
use crate::cli::failure::Failure;
use crate::cli::{out, tables};
use crate::domain::money::Currency;

/// Rows of cells under a heading.
pub(super) struct Sheet {
    heading: Vec<String>,
    rows: Vec<Vec<Value>>,
}

impl Sheet {
    pub(super) fn new(heading: impl IntoIterator<Item = impl Into<String>>) -> Sheet {
        Sheet {
            heading: heading.into_iter().map(Into::into).collect(),
            rows: Vec::new(),
        }
    }

    pub(super) fn push(&mut self, row: Vec<Value>) {
        self.rows.push(row);
    }

    /// Prints it; what is not known is empty, `null` in JSON.
    pub(super) fn print(self, format: Format) -> Result<(), Failure> {
        if format == Format::Json {
            let object = |row: Vec<Value>| {
                let pairs = self
                    .heading
                    .iter()
                    .map(|key| key.replace(' ', "_"))
                    .zip(row);
                Value::Object(pairs.collect())
            };
            let rows = self.rows.into_iter().map(object).collect();
            return out::print_json(&Value::Array(rows));
        }
        let text = |value: Value| match value {
            Value::Null => String::new(),
            Value::String(text) => text,
            other => other.to_string(),
        };
        let mut table = vec![self.heading];
        let rows = self.rows.into_iter();
        table.extend(rows.map(|row| row.into_iter().map(text).collect()));
        tables::print(format, &table)
    }
}

/// An amount in units of the currency as a number: `1234.5`.
pub(super) fn amount(minor: Option<i64>, currency: Currency) -> Value {
    minor.map_or(Value::Null, |minor| {
        (minor as f64 / currency.scale() as f64).into()
    })
}

/// A share with four decimals.
pub(super) fn share(share: Option<f64>) -> Value {
    share.map_or(Value::Null, |share| ((share * 1e4).round() / 1e4).into())
}

/// A number with one decimal.
pub(super) fn tenths(x: f64) -> Value {
    ((x * 10.0).round() / 10.0).into()
}
