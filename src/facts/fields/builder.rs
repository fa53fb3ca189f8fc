//! Puts a field together, value by value. Knows no rule and reads nothing.

use std::cmp::Ordering;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::{Codes, FieldColumn, Values};
use crate::domain::criteria::{FieldKind, Value};
use crate::domain::moment::Day;

/// Collects the values of a field, row by row: each value once, and a code per row that is as narrow as it can be meanwhile.
#[derive(Debug)]
pub struct Builder {
    kind: FieldKind,
    codes: Codes,
    /// Values in the order in which they were met.
    numbers: Vec<f64>,
    days: Vec<Day>,
    texts: Vec<Arc<str>>,
    /// Which code a text has; which a number, by its bits, or a day.
    known: FxHashMap<Arc<str>, u32>,
    places: FxHashMap<u64, u32>,
}

impl Builder {
    /// An empty column.
    pub fn new(kind: FieldKind) -> Builder {
        Builder {
            kind,
            codes: Codes::Narrow(Vec::new()),
            numbers: Vec::new(),
            days: Vec::new(),
            texts: Vec::new(),
            known: FxHashMap::default(),
            places: FxHashMap::default(),
        }
    }

    /// The next row; a value of another kind, blank text and no-number are unknown.
    pub fn push(&mut self, value: Value<'_>) {
        let code = match (self.kind, value) {
            (FieldKind::Number, Value::Number(x)) if value.is_known() => {
                // −0 is 0.
                let x = x + 0.0;
                let numbers = &mut self.numbers;
                *self.places.entry(x.to_bits()).or_insert_with(|| {
                    numbers.push(x);
                    numbers.len() as u32
                })
            }
            (FieldKind::Date, Value::Day(day)) if day != Day::NEVER => {
                let days = &mut self.days;
                let bits = u64::from(day.0.cast_unsigned());
                *self.places.entry(bits).or_insert_with(|| {
                    days.push(day);
                    days.len() as u32
                })
            }
            (FieldKind::YesNo, Value::YesNo(answer)) => 1 + u32::from(answer),
            (FieldKind::Text, Value::Text(text)) if value.is_known() => self.text(text.trim()),
            _ => 0,
        };
        self.codes.push(code);
    }

    fn text(&mut self, text: &str) -> u32 {
        if let Some(code) = self.known.get(text) {
            return *code;
        }
        let shared: Arc<str> = text.into();
        self.texts.push(Arc::clone(&shared));
        let code = self.texts.len() as u32;
        self.known.insert(shared, code);
        code
    }

    pub(super) fn days(days: &[Day]) -> FieldColumn {
        let mut builder = Builder::new(FieldKind::Date);
        for day in days {
            builder.push(Value::Day(*day));
        }
        builder.finish()
    }

    /// The column.
    pub fn finish(self) -> FieldColumn {
        let mut codes = self.codes;
        let values = match self.kind {
            FieldKind::Number => {
                let (sorted, ranks) = ranked(&self.numbers, f64::total_cmp);
                codes.recode(&ranks);
                Values::Numbers(sorted)
            }
            FieldKind::Date => {
                let (sorted, ranks) = ranked(&self.days, Ord::cmp);
                codes.recode(&ranks);
                Values::Days(sorted)
            }
            FieldKind::YesNo => Values::YesNo,
            FieldKind::Text => Values::Texts(self.texts),
        };
        FieldColumn { values, codes }
    }
}

/// Values in ascending order, and the new code of each old one; unknown stays 0.
fn ranked<T: Copy>(met: &[T], order: impl Fn(&T, &T) -> Ordering) -> (Vec<T>, Vec<u32>) {
    let mut places: Vec<u32> = (0..met.len() as u32).collect();
    places.sort_unstable_by(|a, b| order(&met[*a as usize], &met[*b as usize]));
    let mut ranks = vec![0; met.len() + 1];
    for (rank, place) in (1..).zip(&places) {
        ranks[*place as usize + 1] = rank;
    }
    let sorted = places.iter().map(|place| met[*place as usize]);
    (sorted.collect(), ranks)
}
