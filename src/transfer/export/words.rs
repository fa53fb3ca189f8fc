//! A map read backwards: the header of a field, the word of a state, the word of a reason. Guesses nothing.

use std::collections::BTreeMap;

use super::fields::Reasons;
use crate::transfer::map::{From, Map, Words};

/// The words that exports share, as they stand in `words.toml`; the first of a list is the plainest.
#[derive(serde::Deserialize)]
struct Shared {
    leads: BTreeMap<String, Vec<String>>,
    deals: BTreeMap<String, Vec<String>>,
}

/// What a CRM calls our states and reasons.
pub(super) struct Spoken<'m> {
    pub(super) map: &'m Map,
    shared: Shared,
    words: Words,
    reasons: &'m Reasons,
}

impl<'m> Spoken<'m> {
    pub(super) fn new(map: &'m Map, reasons: &'m Reasons) -> Spoken<'m> {
        Spoken {
            map,
            shared: toml::from_str(include_str!("../../../assets/presets/words.toml"))
                .expect("the shared words are tested"),
            words: Words::of(map),
            reasons,
        }
    }

    /// The source's own word where it still says that state, else the map's first word, else one that all understand.
    pub(super) fn lead_state(&self, state: &str, said: Option<&str>) -> Option<String> {
        let word = self
            .own(state)
            .or_else(|| first(&self.shared.leads, state))?;
        let still = |said: &&str| {
            let state = self.words.lead(said);
            state.is_some() && state == self.words.lead(&word)
        };
        Some(said.filter(still).map_or(word.clone(), str::to_owned))
    }

    /// The same for a deal.
    pub(super) fn deal_state(&self, state: &str, said: Option<&str>) -> Option<String> {
        let word = self
            .own(state)
            .or_else(|| first(&self.shared.deals, state))?;
        let still = |said: &&str| {
            let state = self.words.deal(said);
            state.is_some() && state == self.words.deal(&word)
        };
        Some(said.filter(still).map_or(word.clone(), str::to_owned))
    }

    fn own(&self, state: &str) -> Option<String> {
        first(&self.map.status, state)
    }

    /// The source's own words, else the map's word for the code, else our label.
    pub(super) fn reason(&self, code: Option<&str>, text: Option<&str>) -> Option<String> {
        if let Some(text) = text.filter(|text| !text.trim().is_empty()) {
            return Some(text.to_owned());
        }
        let code = code?;
        first(&self.map.reason, code)
            .or_else(|| self.reasons.get(code).cloned())
            .or_else(|| Some(code.to_owned()))
    }
}

fn first(words: &BTreeMap<String, Vec<String>>, key: &str) -> Option<String> {
    words.get(key)?.first().cloned()
}

/// The header under which a field is written: the first spelling that is no pattern, and that no other field would read as
/// something else (`others`) where there is one; never one that another field has already.
pub(super) fn header(from: &From, others: &[String], used: &[String]) -> Option<String> {
    let plain = |name: &&String| !name.ends_with('*') && !used.contains(name);
    let names = spellings(from);
    let alone = names
        .iter()
        .filter(plain)
        .find(|name| !others.contains(name));
    alone.or_else(|| names.iter().find(plain)).cloned()
}

/// The headers that a field is read from.
pub(super) fn spellings(from: &From) -> &[String] {
    match from {
        From::Columns(names) | From::Or { columns: names, .. } => names.list(),
        From::Latest { latest } => latest,
        From::Value { .. } => &[],
    }
}
