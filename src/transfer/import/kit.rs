//! What mapping a row needs: the column decisions, the vocabularies, and words shared between rows. Reads no file.

mod dates;

use super::contacts::{email_of, phone_of, salesforce_18};
use super::fault::Fault;
use crate::domain::import::{Channels, Key, OwnFields, OwnValue, Word};
use crate::domain::moment::{Day, Moment};
use crate::domain::money::{Currency, Money};
use crate::domain::naming;
use crate::transfer::map::{Contact, CustomKind, IdForm, Map, State, Words};
use crate::transfer::read::{Row, fold};
use crate::transfer::values::{self, Decimals, Order, Zone};
use rust_decimal::prelude::ToPrimitive;
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::BTreeMap;
use std::sync::Arc;

use super::program::CustomColumn;
use crate::transfer::map::Got;

/// How many words are remembered before the memory is emptied.
pub(super) const MOST_WORDS: usize = 50_000;

pub(super) type Mapped<T> = Result<T, Fault>;

/// Decisions, vocabularies and shared words of one import.
pub(super) struct Kit {
    pub(super) words: Words,
    pub(super) unknown_status: Option<State>,
    pub(super) blank_status: State,
    pub(super) recycle_days: i32,
    pub(super) channels: Channels,
    pub(super) default_created: Option<Moment>,
    /// What has happened lies no later.
    pub(super) latest: Moment,
    /// Deals that ended later than that: how many, and the first of them with their lines.
    pub(super) ahead: (u64, Vec<(u64, Day)>),
    system: Arc<str>,
    system_name: Box<str>,
    id_form: Option<IdForm>,
    currency: Currency,
    zone: Zone,
    utc_times: bool,
    orders: Vec<Option<Order>>,
    decimals: Vec<Decimals>,
    shared: FxHashSet<Word>,
    /// Companies of which all that the file can tell has been told.
    pub(super) told_firms: FxHashSet<Word>,
    /// How often a name without id and date came so far.
    turns: FxHashMap<Box<str>, u32>,
    pub(super) unknown: BTreeMap<&'static str, FxHashMap<Box<str>, u64>>,
    sources: FxHashMap<Box<str>, Box<str>>,
    sources_folded: FxHashMap<String, Box<str>>,
    pub(super) states: FxHashMap<Box<str>, Option<State>>,
    pub(super) reasons: FxHashMap<Box<str>, Option<Box<str>>>,
}

impl Kit {
    pub(super) fn new(
        map: &Map,
        zone: Zone,
        home: Currency,
        orders: Vec<Option<Order>>,
        decimals: Vec<Decimals>,
    ) -> Self {
        let currency = map
            .currency
            .as_deref()
            .and_then(|code| Currency::parse(code).ok())
            .unwrap_or(home);
        Self {
            words: Words::of(map),
            unknown_status: map.unknown_status,
            blank_status: map.blank_status.unwrap_or(State::New),
            recycle_days: map.recycle_days.unwrap_or(90),
            channels: match map.contact {
                Some(Contact::Withheld) => Channels::Withheld,
                None => Channels::Shown,
            },
            default_created: None,
            latest: Moment(i64::MAX),
            ahead: (0, Vec::new()),
            system: map.system.as_str().into(),
            system_name: map.system.as_str().into(),
            id_form: map.id_form,
            currency,
            zone,
            utc_times: map
                .zone
                .as_deref()
                .is_some_and(|zone| zone.eq_ignore_ascii_case("utc")),
            orders,
            decimals,
            told_firms: FxHashSet::default(),
            turns: FxHashMap::default(),
            shared: FxHashSet::default(),
            unknown: BTreeMap::new(),
            sources: FxHashMap::default(),
            sources_folded: FxHashMap::default(),
            states: FxHashMap::default(),
            reasons: FxHashMap::default(),
        }
    }

    /// Starts a chunk: words are shared within one only, so that two threads never count on the same word at once.
    pub(super) fn next_chunk(&mut self) {
        self.shared.clear();
        self.system = Arc::from(&*self.system_name);
    }

    pub(super) fn share(&mut self, text: &str) -> Word {
        if let Some(word) = self.shared.get(text) {
            return word.clone();
        }
        let word: Word = text.into();
        self.shared.insert(word.clone());
        word
    }

    pub(super) fn word(&mut self, got: Got<'_>) -> Option<Word> {
        (!got.text.is_empty()).then(|| self.share(got.text))
    }

    /// A person's name, without what nobody can see in it.
    pub(super) fn person(&mut self, got: Got<'_>) -> Option<Word> {
        let name = naming::visible(got.text);
        (!name.is_empty()).then(|| self.share(&name))
    }

    /// A source's name, in the spelling that the file used first (`google` and `Google` are one source).
    pub(super) fn source(&mut self, got: Got<'_>) -> Option<Word> {
        if got.text.is_empty() {
            return None;
        }
        if !self.sources.contains_key(got.text) {
            if self.sources.len() > MOST_WORDS {
                self.sources.clear();
            }
            let first = self
                .sources_folded
                .entry(fold(got.text))
                .or_insert_with(|| got.text.into())
                .clone();
            self.sources.insert(got.text.into(), first);
        }
        let name = self.sources.get(got.text).cloned()?;
        Some(self.share(&name))
    }

    pub(super) fn money(&self, got: Got<'_>, currency: Got<'_>) -> Mapped<Option<Money>> {
        if got.text.is_empty() {
            return Ok(None);
        }
        let wrong = |fault| Fault::new(got.column, got.text, format!("'{}' {fault}", got.text));
        let amount = values::parse_amount(got.text, self.decimals_of(got)).map_err(wrong)?;
        let currency = match (currency.text, amount.currency) {
            ("", None) => {
                let sign = amount
                    .shared_sign
                    .filter(|sign| !is_one_of(*sign, self.currency));
                if let Some(sign) = sign {
                    return Err(Fault::new(
                        got.column,
                        got.text,
                        format!(
                            "'{}' is no amount in {}: '{sign}' stands for several currencies; name it in a column of its own, or with currency = \"USD\" in a map",
                            got.text, self.currency
                        ),
                    ));
                }
                self.currency
            }
            ("", Some(code)) => Currency::known(&String::from_utf8_lossy(&code))
                .map_err(|fault| Fault::new(got.column, got.text, fault.to_string()))?,
            (code, _) => Currency::known(code)
                .map_err(|fault| Fault::new(currency.column, code, fault.to_string()))?,
        };
        let minor = values::minor_units(amount.value, currency.digits()).map_err(wrong)?;
        Ok(Some(Money { minor, currency }))
    }

    pub(super) fn whole(&self, got: Got<'_>) -> Mapped<Option<i64>> {
        if got.text.is_empty() {
            return Ok(None);
        }
        let number = values::parse_number(got.text, self.decimals_of(got))
            .ok()
            .and_then(|n| n.round().to_i64())
            .filter(|n| *n >= 0);
        number.map(Some).ok_or_else(|| {
            Fault::new(
                got.column,
                got.text,
                format!("'{}' is no whole number of 0 or more", got.text),
            )
        })
    }

    fn decimals_of(&self, got: Got<'_>) -> Decimals {
        got.column
            .and_then(|at| self.decimals.get(at).copied())
            .unwrap_or_default()
    }

    /// The values of the kept columns.
    pub(super) fn custom(&self, columns: &[CustomColumn], row: &Row<'_>) -> Mapped<OwnFields> {
        let mut own = OwnFields::with_room(columns.len());
        for custom in columns {
            let got = Got {
                text: values::text(row.cell(custom.column)),
                column: Some(custom.column),
            };
            if !got.text.is_empty() {
                match custom.kind.unwrap_or(CustomKind::Text) {
                    CustomKind::Id => own.put(&custom.key, OwnValue::Text(&self.id(got.text))),
                    kind => own.put(&custom.key, self.own_value(kind, got)?),
                }
            }
        }
        Ok(own)
    }

    fn own_value<'a>(&self, kind: CustomKind, got: Got<'a>) -> Mapped<OwnValue<'a>> {
        let wrong = |what: &str| {
            Fault::new(
                got.column,
                got.text,
                format!("'{}' is no {what}, as this column holds", got.text),
            )
        };
        match kind {
            CustomKind::Text | CustomKind::Id => Ok(OwnValue::Text(got.text)),
            CustomKind::Number => {
                if let Some(n) = small(got.text) {
                    Ok(OwnValue::Number(n))
                } else {
                    let number =
                        values::parse_amount(got.text.trim_end_matches('%'), self.decimals_of(got))
                            .ok()
                            .and_then(|n| n.value.to_f64());
                    number
                        .filter(|n| n.is_finite())
                        .map(OwnValue::Number)
                        .ok_or_else(|| wrong("number"))
                }
            }
            CustomKind::Date => Ok(OwnValue::Date(self.day(got)?.ok_or_else(|| wrong("date"))?)),
            CustomKind::YesNo => values::parse_yes_no(got.text)
                .map(OwnValue::YesNo)
                .ok_or_else(|| wrong("yes or no")),
        }
    }

    /// How a row is found again: id, e-mail, phone.
    pub(super) fn key(&self, id: Got<'_>, email: Got<'_>, phone: Got<'_>) -> Key {
        let external_id = (!id.text.is_empty()).then(|| self.id(id.text));
        Key {
            system: external_id.is_some().then(|| self.system.clone()),
            external_id,
            email: email_of(email.text),
            phone: phone_of(phone.text),
        }
    }

    /// The key that an export of ours gives to a row, `system:id`, before what its own columns say.
    pub(super) fn given_key(given: Got<'_>, theirs: Key) -> Key {
        match given.text.split_once(':') {
            Some((system, id)) if !system.is_empty() && !id.is_empty() => Key {
                system: Some(system.into()),
                external_id: Some(id.to_owned()),
                ..theirs
            },
            _ => theirs,
        }
    }

    /// A code of ours that stands beside the words of a reason.
    pub(super) fn code(&mut self, given: Got<'_>) -> Option<Word> {
        let stock = crate::domain::reason::stock(given.text).map(|stock| stock.code);
        let code = stock.or_else(|| self.words.learned(given.text))?.to_owned();
        Some(self.share(&code))
    }

    /// A key by an id that was made from other fields.
    pub(super) fn made_key(&self, id: String) -> Key {
        Key {
            system: Some(self.system.clone()),
            external_id: Some(id),
            email: None,
            phone: None,
        }
    }

    /// How often this came before in the file.
    pub(super) fn turn(&mut self, same: &str) -> u32 {
        let turn = self.turns.entry(same.into()).or_insert(0);
        *turn += 1;
        *turn - 1
    }

    fn id(&self, text: &str) -> String {
        match self.id_form {
            Some(IdForm::Salesforce) if text.len() == 15 && text.is_ascii() => salesforce_18(text),
            _ => text.to_owned(),
        }
    }
}

/// Digits alone, up to fifteen of them: the way of nearly all numbers.
fn small(text: &str) -> Option<f64> {
    if text.is_empty() || text.len() > 15 {
        return None;
    }
    let value = text.bytes().try_fold(0_i64, |n, b| {
        b.is_ascii_digit().then(|| n * 10 + i64::from(b - b'0'))
    })?;
    Some(value as f64)
}

/// Whether the sign can stand for the currency.
fn is_one_of(sign: char, currency: Currency) -> bool {
    const DOLLARS: &[&str] = &[
        "ARS", "AUD", "BBD", "BMD", "BND", "BRL", "BSD", "BZD", "CAD", "CLP", "COP", "DOP", "FJD",
        "GYD", "HKD", "JMD", "KYD", "LRD", "MXN", "NAD", "NZD", "SBD", "SGD", "SRD", "TTD", "TWD",
        "USD", "UYU", "XCD",
    ];
    let those: &[&str] = if sign == '$' {
        DOLLARS
    } else {
        &["CNY", "JPY"]
    };
    those.contains(&currency.code())
}
