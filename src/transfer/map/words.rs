//! The words of exports and what they mean to us: a map's own first, then those that all exports share. Never guesses a word.

use super::form::Map;
use super::kinds::State;
use crate::transfer::read::fold;
use serde::Deserialize;
use std::collections::{BTreeMap, HashMap};

/// The states a map may name.
pub(super) const STATES: [&str; 12] = [
    "new",
    "open",
    "accepted",
    "rejected",
    "recycled",
    "opportunity",
    "won",
    "lost",
    "no_decision",
    "test",
    "duplicate",
    "skip",
];

/// The state of a name in a map.
pub(super) fn state(name: &str) -> Option<State> {
    use State::{
        Accepted, Duplicate, Lost, New, NoDecision, Open, Opportunity, Recycled, Rejected, Skip,
        Test, Won,
    };
    let all = [
        New,
        Open,
        Accepted,
        Rejected,
        Recycled,
        Opportunity,
        Won,
        Lost,
        NoDecision,
        Test,
        Duplicate,
        Skip,
    ];
    STATES
        .iter()
        .position(|known| *known == name)
        .map(|at| all[at])
}

/// Whether a name may be the key of a custom field.
pub(super) fn is_key(name: &str) -> bool {
    (1..=60).contains(&name.len())
        && name
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Shared {
    leads: BTreeMap<String, Vec<String>>,
    deals: BTreeMap<String, Vec<String>>,
    reasons: BTreeMap<String, Vec<String>>,
}

/// The vocabularies of one map, ready to look up.
#[derive(Debug)]
pub(crate) struct Words {
    leads: HashMap<String, State>,
    deals: HashMap<String, State>,
    mql: Vec<String>,
    reasons: HashMap<String, String>,
    /// Codes that are no stock reason's.
    own: Vec<String>,
}

impl Words {
    /// A map's words before the shared ones.
    pub(crate) fn of(map: &Map) -> Self {
        let shared: Shared = toml::from_str(include_str!("../../../assets/presets/words.toml"))
            .expect("the shared words are tested");
        let states = |shared: &BTreeMap<String, Vec<String>>| {
            let mut out = HashMap::new();
            for (name, words) in shared.iter().chain(&map.status) {
                let Some(state) = state(name) else { continue };
                out.extend(words.iter().map(|word| (fold(word), state)));
            }
            out
        };
        let mut reasons = HashMap::new();
        for (code, words) in shared.reasons.iter().chain(&map.reason) {
            reasons.extend(words.iter().map(|word| (fold(word), code.clone())));
        }
        for stock in crate::domain::reason::STOCK {
            reasons
                .entry(fold(stock.label))
                .or_insert_with(|| stock.code.to_owned());
            reasons
                .entry(fold(stock.code))
                .or_insert_with(|| stock.code.to_owned());
        }
        let mql = map
            .lifecycle
            .get("mql")
            .into_iter()
            .flatten()
            .map(|word| fold(word))
            .collect();
        Self {
            leads: states(&shared.leads),
            deals: states(&shared.deals),
            mql,
            reasons,
            own: Vec::new(),
        }
    }

    /// Learns a reason of a workspace's catalogue; what the map says of the same words goes before.
    pub(crate) fn learn(&mut self, code: &str, label: &str) {
        for word in [code, label] {
            let known = self.reasons.entry(fold(&plain(word)));
            known.or_insert_with(|| code.to_owned());
        }
        self.own.push(code.to_owned());
    }

    /// A code that was learned.
    pub(crate) fn learned(&self, code: &str) -> Option<&str> {
        let mut own = self.own.iter().map(String::as_str);
        own.find(|own| *own == code)
    }

    /// What a lead's status word says.
    pub(crate) fn lead(&self, word: &str) -> Option<State> {
        self.leads.get(&fold(&plain(word))).copied()
    }

    /// What a deal's status or stage word says.
    pub(crate) fn deal(&self, word: &str) -> Option<State> {
        self.deals.get(&fold(&plain(word))).copied()
    }

    /// Whether a lifecycle word means that marketing has qualified the lead.
    pub(crate) fn is_mql(&self, word: &str) -> bool {
        self.mql.contains(&fold(word))
    }

    /// The code for a reason in the source's own words.
    pub(crate) fn reason(&self, text: &str) -> Option<&str> {
        self.reasons.get(&fold(&plain(text))).map(String::as_str)
    }

    /// The status words that are known for leads, for a refusal that helps.
    pub(crate) fn known_lead_words(&self) -> String {
        let mut words: Vec<&str> = self.leads.keys().map(String::as_str).collect();
        words.sort_unstable();
        words.truncate(12);
        words.join(", ")
    }
}

/// Labels are renumbered by their owners (`7 - Disqualified`) and stored as names (`NOT_A_FIT`): the words are the same.
fn plain(word: &str) -> String {
    let trimmed = word.trim();
    let after = trimmed.trim_start_matches(|c: char| c.is_ascii_digit());
    match after.strip_prefix([' ', '-', '.', ')']) {
        Some(rest) if after.len() < trimmed.len() => {
            rest.trim_start_matches([' ', '-', '.', ')']).to_owned()
        }
        _ => trimmed.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shared_words_name_known_states_and_codes() {
        let shared: Shared =
            toml::from_str(include_str!("../../../assets/presets/words.toml")).unwrap();
        for name in shared.leads.keys().chain(shared.deals.keys()) {
            assert!(state(name).is_some(), "{name}");
        }
        for code in shared.reasons.keys() {
            assert!(crate::domain::reason::stock(code).is_some(), "{code}");
        }
    }

    #[test]
    fn no_word_has_two_meanings() {
        let shared: Shared =
            toml::from_str(include_str!("../../../assets/presets/words.toml")).unwrap();
        for list in [&shared.leads, &shared.deals, &shared.reasons] {
            let mut words: Vec<String> = list.values().flatten().map(|word| fold(word)).collect();
            let all = words.len();
            words.sort_unstable();
            words.dedup();
            assert_eq!(words.len(), all);
        }
    }

    #[test]
    fn renumbered_labels_are_the_same_words() {
        assert_eq!(plain("7 - Disqualified"), "Disqualified");
        assert_eq!(plain("02.Medium"), "Medium");
        assert_eq!(plain("3M"), "3M");
    }
}
