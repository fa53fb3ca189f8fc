//! The fields of every handoff, as columns; what is asked often of them is worked out once. Reads no file.

use std::sync::{Arc, Mutex, PoisonError};

use rustc_hash::FxHashMap;

use super::bits::Bits;
use super::judge::RuleBits;
use super::offer;
use super::scan;
use crate::domain::calendar::Calendar;
use crate::domain::criteria::{
    Condition, Definition, Field, Fields, Lead, Operator, Origin, Standard, Value,
};
use crate::domain::moment::Day;
use crate::domain::review::lists::DomainList;
use crate::facts::Facts;
use crate::facts::fields::{Codes, FieldColumn, Values, local_days};

/// Asks [`Columns::values`] for the lists of e-mail domains.
pub const LISTS: &str = "email_domain matches";

/// Fields over all handoffs of a history, in its order. Fields are added as rules ask for them.
#[derive(Debug, Default)]
pub struct Columns {
    fields: FxHashMap<String, Arc<FieldColumn>>,
    handed_off_on: Vec<Day>,
    unknown: Mutex<FxHashMap<String, Arc<Bits>>>,
    ages: Mutex<FxHashMap<String, Arc<Codes>>>,
    counts: Mutex<FxHashMap<String, Arc<[u32]>>>,
}

impl Columns {
    /// The days of the handoffs, and the fields that the history holds already (source, campaign, segment …).
    pub fn new(facts: &Facts, fields: &Fields, calendar: &Calendar) -> Columns {
        let mut columns = Columns {
            handed_off_on: local_days(&facts.handoffs.handed_off, calendar),
            ..Columns::default()
        };
        for field in fields.all() {
            if let Origin::Standard(standard) = field.origin
                && let Some(column) = FieldColumn::of_history(standard, facts, calendar)
            {
                columns.put(&field.key, column);
            }
        }
        columns
    }

    /// Handoffs.
    pub fn len(&self) -> usize {
        self.handed_off_on.len()
    }

    /// Whether there is no handoff.
    pub fn is_empty(&self) -> bool {
        self.handed_off_on.is_empty()
    }

    /// Adds a field, one value per handoff; a column of another length is left out.
    pub fn put(&mut self, key: &str, column: FieldColumn) {
        if column.codes.len() != self.len() {
            return;
        }
        let key = key.to_lowercase();
        let locked = |e: PoisonError<_>| e;
        let _ = self
            .unknown
            .get_mut()
            .map_err(locked)
            .map(|known| known.remove(&key));
        let _ = self.ages.get_mut().map(|known| known.remove(&key));
        let _ = self.counts.get_mut().map(|known| known.remove(&key));
        self.fields.insert(key, Arc::new(column));
    }

    /// Whether a field is there.
    pub fn has(&self, key: &str) -> bool {
        self.fields.contains_key(&key.to_lowercase())
    }

    /// The fields that definitions ask about and that are not there yet.
    pub fn missing<'f, 'd>(
        &self,
        fields: &'f Fields,
        asked: &(impl Iterator<Item = &'d Definition> + Clone),
    ) -> Vec<&'f Field> {
        let asks = |field: &Field| {
            let mut rules = asked.clone().flat_map(|definition| &definition.rules);
            rules.any(|rule| rule.condition.field.eq_ignore_ascii_case(&field.key))
        };
        let all = fields.all().iter();
        all.filter(|field| !self.has(&field.key) && asks(field))
            .collect()
    }

    /// A field.
    pub fn get(&self, key: &str) -> Option<&Arc<FieldColumn>> {
        self.fields
            .get(key)
            .or_else(|| self.fields.get(&key.to_lowercase()))
    }

    /// The day of each handoff in the workspace's time zone.
    pub fn handed_off_on(&self) -> &[Day] {
        &self.handed_off_on
    }

    /// The lists of e-mail domains, with how many handoffs are on each, then the domains.
    fn on_lists(&self, typed: &str, most: usize) -> Vec<(String, u32)> {
        let on = |list: &DomainList| {
            let column = self.get(Standard::of_list(*list).word())?;
            let counts = self.counts(Standard::of_list(*list).word(), column);
            let count = counts.get(2).copied().unwrap_or(0);
            let name = list.plural();
            name.contains(typed).then(|| (name.to_owned(), count))
        };
        let mut found: Vec<_> = DomainList::ALL.iter().filter_map(on).collect();
        found.extend(self.values(Standard::EmailDomain.word(), typed, most));
        found.truncate(most);
        found
    }

    /// The values that really occur and begin with or hold `typed` (small letters), with how many handoffs have them, most first.
    pub fn values(&self, key: &str, typed: &str, most: usize) -> Vec<(String, u32)> {
        if key == LISTS {
            return self.on_lists(typed, most);
        }
        let Some(column) = self.get(key) else {
            return Vec::new();
        };
        let counts = self.counts(key, column);
        offer::most_frequent(column, &counts, typed, most)
    }

    /// What a condition says of every handoff. A field that is not there is unknown everywhere.
    pub fn judge(&self, condition: &Condition) -> RuleBits {
        let key = condition.field.to_lowercase();
        let Some(column) = self.get(&key).cloned() else {
            let nowhere = Bits::none(self.len());
            return match condition.operator {
                Operator::Known => RuleBits::sure(nowhere),
                Operator::Unknown => RuleBits::sure(Bits::all(self.len())),
                _ => RuleBits {
                    met: nowhere,
                    unknown: Some(Arc::new(Bits::all(self.len()))),
                },
            };
        };
        match condition.operator {
            Operator::Known | Operator::Unknown => RuleBits::sure(scan::met(&column, condition)),
            operator => {
                let met = if operator == Operator::Within {
                    scan::within(&self.ages(&key, &column), condition)
                } else {
                    scan::met(&column, condition)
                };
                let unknown = self.unknown(&key, &column);
                RuleBits {
                    met,
                    unknown: (unknown.count() > 0).then_some(unknown),
                }
            }
        }
    }

    fn unknown(&self, key: &str, column: &FieldColumn) -> Arc<Bits> {
        let mut known = self.unknown.lock().unwrap_or_else(PoisonError::into_inner);
        let slot = known.entry(key.to_owned());
        slot.or_insert_with(|| Arc::new(scan::unknown(&column.codes)))
            .clone()
    }

    /// How many handoffs have each value, unknown first.
    fn counts(&self, key: &str, column: &FieldColumn) -> Arc<[u32]> {
        let mut known = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        let slot = known.entry(key.to_lowercase());
        slot.or_insert_with(|| column.counts().into()).clone()
    }

    /// How many days each date lies from its handoff, plus one; 0 is unknown.
    pub(super) fn ages(&self, key: &str, column: &FieldColumn) -> Arc<Codes> {
        let mut known = self.ages.lock().unwrap_or_else(PoisonError::into_inner);
        let slot = known.entry(key.to_owned());
        let age = |(row, on): (usize, &Day)| match (&column.values, column.get(row)) {
            (Values::Days(_), Value::Day(day)) => {
                let apart = (i64::from(day.0) - i64::from(on.0)).unsigned_abs();
                apart.min(u64::from(u16::MAX) - 1) as u16 + 1
            }
            _ => 0,
        };
        let ages = || Codes::Middle(self.handed_off_on.iter().enumerate().map(age).collect());
        slot.or_insert_with(|| Arc::new(ages())).clone()
    }

    /// The facts of one handoff, for judging it alone.
    pub fn lead(&self, handoff: u32) -> impl Lead + '_ {
        Row {
            columns: self,
            row: handoff as usize,
        }
    }
}

struct Row<'a> {
    columns: &'a Columns,
    row: usize,
}

impl Lead for Row<'_> {
    fn value(&self, field: &str) -> Value<'_> {
        let column = self.columns.get(field);
        column.map_or(Value::Unknown, |column| column.get(self.row))
    }

    fn handed_off_on(&self) -> Day {
        self.columns.handed_off_on[self.row]
    }
}
