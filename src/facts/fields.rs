//! One field over all leads or handoffs: the values that occur, and one small code per row. Knows no rule.

mod builder;

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::Facts;
use super::column::{Code, Moments, NONE};
use super::dictionary::Dictionary;
use crate::domain::calendar::Calendar;
use crate::domain::criteria::{FieldKind, Literal, Standard, Value};
use crate::domain::moment::{Day, Moment};
pub use builder::Builder;

/// The values behind the codes: code 1 is the first of them, code 0 is "unknown".
#[derive(Clone, Debug, PartialEq)]
pub enum Values {
    /// Numbers, ascending.
    Numbers(Vec<f64>),
    /// Days, ascending.
    Days(Vec<Day>),
    /// 1: no, 2: yes.
    YesNo,
    /// Texts, in the order in which they were met.
    Texts(Vec<Arc<str>>),
}

/// One code per row, as narrow as the number of values allows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Codes {
    /// Up to 255 values.
    Narrow(Vec<u8>),
    /// Up to 65,535 values.
    Middle(Vec<u16>),
    /// More.
    Wide(Vec<u32>),
}

impl Codes {
    fn of(codes: impl ExactSizeIterator<Item = u32>, values: usize) -> Codes {
        match values {
            0..=255 => Codes::Narrow(codes.map(|c| c as u8).collect()),
            256..=65_535 => Codes::Middle(codes.map(|c| c as u16).collect()),
            _ => Codes::Wide(codes.collect()),
        }
    }

    /// One more row; wider from the first code on that needs it.
    fn push(&mut self, code: u32) {
        match self {
            Codes::Narrow(codes) => {
                if let Ok(code) = u8::try_from(code) {
                    codes.push(code);
                } else {
                    *self = Codes::Middle(codes.iter().map(|c| u16::from(*c)).collect());
                    self.push(code);
                }
            }
            Codes::Middle(codes) => {
                if let Ok(code) = u16::try_from(code) {
                    codes.push(code);
                } else {
                    *self = Codes::Wide(codes.iter().map(|c| u32::from(*c)).collect());
                    self.push(code);
                }
            }
            Codes::Wide(codes) => codes.push(code),
        }
    }

    /// Gives each row the new code of its old one; there are as many new ones.
    fn recode(&mut self, new: &[u32]) {
        match self {
            Codes::Narrow(codes) => recode(codes, |code| new[usize::from(code)] as u8),
            Codes::Middle(codes) => recode(codes, |code| new[usize::from(code)] as u16),
            Codes::Wide(codes) => recode(codes, |code| new[code as usize]),
        }
    }

    /// The code of a row.
    #[inline]
    pub fn get(&self, row: usize) -> u32 {
        match self {
            Codes::Narrow(codes) => u32::from(codes[row]),
            Codes::Middle(codes) => u32::from(codes[row]),
            Codes::Wide(codes) => codes[row],
        }
    }

    /// Rows.
    pub fn len(&self) -> usize {
        match self {
            Codes::Narrow(codes) => codes.len(),
            Codes::Middle(codes) => codes.len(),
            Codes::Wide(codes) => codes.len(),
        }
    }

    /// Whether there is no row.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

fn recode<T: Copy>(codes: &mut Vec<T>, new: impl Fn(T) -> T) {
    for code in codes.iter_mut() {
        *code = new(*code);
    }
    codes.shrink_to_fit();
}

/// A field over all rows.
#[derive(Clone, Debug, PartialEq)]
pub struct FieldColumn {
    /// The values that occur.
    pub values: Values,
    /// Which one each row has.
    pub codes: Codes,
}

impl FieldColumn {
    /// How many values occur.
    pub fn kinds(&self) -> usize {
        match &self.values {
            Values::Numbers(all) => all.len(),
            Values::Days(all) => all.len(),
            Values::YesNo => 2,
            Values::Texts(all) => all.len(),
        }
    }

    /// The value behind a code.
    pub fn value(&self, code: u32) -> Value<'_> {
        let Some(place) = (code as usize).checked_sub(1) else {
            return Value::Unknown;
        };
        match &self.values {
            Values::Numbers(all) => all.get(place).map_or(Value::Unknown, |x| Value::Number(*x)),
            Values::Days(all) => all.get(place).map_or(Value::Unknown, |d| Value::Day(*d)),
            Values::YesNo => Value::YesNo(place == 1),
            Values::Texts(all) => all.get(place).map_or(Value::Unknown, |t| Value::Text(t)),
        }
    }

    /// The value of a row.
    pub fn get(&self, row: usize) -> Value<'_> {
        self.value(self.codes.get(row))
    }

    /// The same values over other rows: row `n` of the new column is row `rows[n]` of this one; [`NONE`] is unknown.
    #[must_use]
    pub fn spread(&self, rows: &[u32]) -> FieldColumn {
        let of = |row: &u32| {
            if *row == NONE {
                0
            } else {
                self.codes.get(*row as usize)
            }
        };
        FieldColumn {
            values: self.values.clone(),
            codes: Codes::of(rows.iter().map(of), self.kinds()),
        }
    }

    /// The same but for some rows, which get other values; `None` is unknown. A value of another kind is unknown as well.
    #[must_use]
    pub fn with(&self, rows: &[(usize, Option<&Literal>)]) -> FieldColumn {
        let kind = match self.values {
            Values::Numbers(_) => FieldKind::Number,
            Values::Days(_) => FieldKind::Date,
            Values::YesNo => FieldKind::YesNo,
            Values::Texts(_) => FieldKind::Text,
        };
        let others: FxHashMap<usize, Option<&Literal>> = rows.iter().copied().collect();
        let mut builder = Builder::new(kind);
        for row in 0..self.codes.len() {
            builder.push(match others.get(&row) {
                Some(other) => other.map_or(Value::Unknown, Literal::as_value),
                None => self.get(row),
            });
        }
        builder.finish()
    }

    /// How many rows have each code, unknown first.
    pub fn counts(&self) -> Vec<u32> {
        let mut counts = vec![0; self.kinds() + 1];
        match &self.codes {
            Codes::Narrow(codes) => codes.iter().for_each(|c| counts[usize::from(*c)] += 1),
            Codes::Middle(codes) => codes.iter().for_each(|c| counts[usize::from(*c)] += 1),
            Codes::Wide(codes) => codes.iter().for_each(|c| counts[*c as usize] += 1),
        }
        counts
    }

    /// A field that every workspace has and the history holds already, over all handoffs.
    pub fn of_history(
        standard: Standard,
        facts: &Facts,
        calendar: &Calendar,
    ) -> Option<FieldColumn> {
        let leads = &facts.leads;
        let column = match standard {
            Standard::Source => of_codes(&leads.source, &facts.names.sources),
            Standard::Campaign => of_codes(&leads.campaign, &facts.names.campaigns),
            Standard::Segment => of_codes(&leads.segment, &facts.names.segments),
            Standard::Created => Builder::days(&local_days(&leads.created, calendar)),
            Standard::Mql => Builder::days(&local_days(&leads.mql, calendar)),
            Standard::Company => {
                let mut builder = Builder::new(FieldKind::YesNo);
                for account in &leads.account {
                    builder.push(Value::YesNo(*account != 0));
                }
                builder.finish()
            }
            _ => return None,
        };
        Some(column.spread(&facts.handoffs.lead))
    }
}

fn of_codes(codes: &[Code], names: &Dictionary) -> FieldColumn {
    let texts = (0..names.len() as Code).map(|code| Arc::from(names.name(code)));
    FieldColumn {
        values: Values::Texts(texts.collect()),
        codes: Codes::of(codes.iter().map(|code| code.wrapping_add(1)), names.len()),
    }
}

/// The local day of each moment. Days are found along the sorted moments, so a zone is asked once per day, not once per row.
pub fn local_days(moments: &Moments, calendar: &Calendar) -> Vec<Day> {
    let mut order: Vec<u32> = (0..moments.len() as u32).collect();
    order.sort_unstable_by_key(|row| moments.second(*row as usize));
    let mut days = vec![Day::NEVER; moments.len()];
    let (mut day, mut until) = (Day::NEVER, Moment::NEVER);
    for row in order {
        let at = moments.get(row as usize);
        if at == Moment::NEVER {
            continue;
        }
        if day == Day::NEVER || at >= until {
            day = calendar.day_of(at);
            until = calendar.start_of(day.plus(1));
        }
        days[row as usize] = day;
    }
    days
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::criteria::Number;

    #[test]
    fn codes_follow_the_order_of_numbers_and_zero_is_unknown() {
        let mut builder = Builder::new(FieldKind::Number);
        for x in [5.0, f64::NAN, -1.0, 5.0, 0.0, -0.0] {
            builder.push(Value::Number(x));
        }
        let column = builder.finish();
        assert_eq!(column.codes, Codes::Narrow(vec![3, 0, 1, 3, 2, 2]));
        assert_eq!(column.get(0), Value::Number(5.0));
        assert_eq!(column.get(1), Value::Unknown);
        assert_eq!(column.counts(), [1, 1, 2, 2]);
        assert_eq!(column.spread(&[2, NONE]).codes, Codes::Narrow(vec![1, 0]));
        let number = Literal::Number(Number::new(9.0).unwrap());
        let other = column.with(&[(0, None), (1, Some(&number)), (3, None)]);
        let values: Vec<Value<'_>> = (0..6).map(|row| other.get(row)).collect();
        let (none, zero) = (Value::Unknown, Value::Number(0.0));
        let expected = [
            none,
            Value::Number(9.0),
            Value::Number(-1.0),
            none,
            zero,
            zero,
        ];
        assert_eq!(values, expected);
    }

    #[test]
    fn more_values_take_wider_codes() {
        for (values, wide) in [(255, 0), (256, 1), (65_536, 2)] {
            let mut builder = Builder::new(FieldKind::Text);
            for n in 0..values {
                builder.push(Value::Text(&format!("v{n}")));
            }
            let column = builder.finish();
            let found = match column.codes {
                Codes::Narrow(_) => 0,
                Codes::Middle(_) => 1,
                Codes::Wide(_) => 2,
            };
            assert_eq!(found, wide);
            assert_eq!(
                column.get(values - 1),
                Value::Text(&format!("v{}", values - 1))
            );
        }
    }
}
