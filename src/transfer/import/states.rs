//! What the words of a row say: the state of a lead or deal, our code for a reason. Remembers each word once it was looked up.

use super::fault::Fault;
use super::kit::{Kit, MOST_WORDS, Mapped};
use super::program::StateRule;
use crate::domain::import::Word;
use crate::transfer::map::{Got, State};
use crate::transfer::read::{Row, fold};
use crate::transfer::values;
use rustc_hash::FxHashMap;

impl Kit {
    /// The state that a rule or the status word gives a lead.
    pub(super) fn lead_state(
        &mut self,
        rules: &[StateRule],
        status: Got<'_>,
        row: &Row<'_>,
    ) -> Mapped<State> {
        if let Some(state) = ruled(rules, row) {
            return Ok(state);
        }
        if status.text.is_empty() {
            return Ok(self.blank_status);
        }
        let known = match self.states.get(status.text) {
            Some(known) => *known,
            None => remember(&mut self.states, status.text, self.words.lead(status.text)),
        };
        if known.is_none() && self.unknown_status.is_some() {
            self.count_unknown("status", status.text);
        }
        known.or(self.unknown_status).ok_or_else(|| {
            let why = format!("'{}' is no lead status this map knows ({}, …): add it to [status] of a map of your own", status.text, self.words.known_lead_words());
            Fault::new(status.column, status.text, why)
        })
    }

    /// The state of a deal by its status or stage word; an unknown word is a stage of an open deal.
    pub(super) fn deal_state(
        &mut self,
        rules: &[StateRule],
        status: Got<'_>,
        stage: Got<'_>,
        row: &Row<'_>,
    ) -> State {
        if let Some(state) = ruled(rules, row) {
            return state;
        }
        for got in [status, stage] {
            let known = match self.states.get(got.text) {
                Some(known) => *known,
                None => remember(&mut self.states, got.text, self.words.deal(got.text)),
            };
            match known {
                Some(State::Open) | None => {}
                Some(ended) => return ended,
            }
        }
        State::Open
    }

    /// Counts a word that the map does not know; the first two hundred are kept apart.
    fn count_unknown(&mut self, what: &'static str, word: &str) {
        let counts = self.unknown.entry(what).or_default();
        if let Some(count) = counts.get_mut(word) {
            *count += 1;
        } else if counts.len() < 200 {
            counts.insert(word.into(), 1);
        }
    }

    /// Words that the map does not know, the most frequent first: what they are, the word, how often.
    pub(super) fn unknown_words(&mut self) -> Vec<(&'static str, String, u64)> {
        let each = |(what, counts): (&'static str, FxHashMap<Box<str>, u64>)| {
            counts
                .into_iter()
                .map(move |(word, count)| (what, word.into_string(), count))
        };
        let mut all: Vec<_> = std::mem::take(&mut self.unknown)
            .into_iter()
            .flat_map(each)
            .collect();
        all.sort_by(|one, other| (other.2, &one.1).cmp(&(one.2, &other.1)));
        all
    }

    /// Our code and the source's own words for a reason.
    pub(super) fn reason(&mut self, got: Got<'_>) -> (Option<Word>, Option<Word>) {
        if got.text.is_empty() {
            return (None, None);
        }
        let code = if let Some(code) = self.reasons.get(got.text) {
            code.clone()
        } else {
            let code = self.words.reason(got.text).map(Into::into);
            remember(&mut self.reasons, got.text, code)
        };
        if code.is_none() {
            self.count_unknown("reason", got.text);
        }
        (
            code.map(|code| self.share(&code)),
            Some(self.share(got.text)),
        )
    }
}

fn remember<V: Clone>(memory: &mut FxHashMap<Box<str>, V>, text: &str, value: V) -> V {
    if memory.len() > MOST_WORDS {
        memory.clear();
    }
    memory.insert(text.into(), value.clone());
    value
}

fn ruled(rules: &[StateRule], row: &Row<'_>) -> Option<State> {
    let rule = rules.iter().find(|rule| {
        let text = values::text(row.cell(rule.column));
        if rule.is.is_empty() {
            !text.is_empty()
        } else {
            rule.is.contains(&fold(text))
        }
    })?;
    Some(rule.then)
}
