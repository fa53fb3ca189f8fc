//! Names behind the codes of the columns: sources, campaigns, segments, people, reasons, stages, currencies. Knows no column.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::column::{Code, NONE};
use crate::domain::money::Currency;
use crate::domain::policy::SourceSide;
use crate::domain::reason::ReasonClass;

/// What a row without an entry is called.
const UNKNOWN: &str = "unknown";

/// Row ids and names of one small table; a code is an index into it.
#[derive(Clone, Debug, Default)]
pub struct Dictionary {
    ids: Vec<i64>,
    names: Vec<Arc<str>>,
    codes: FxHashMap<i64, Code>,
    /// An entry is itself called "unknown": what has none is then told apart from it.
    says_unknown: bool,
}

impl Dictionary {
    /// Adds or renames an entry and gives its code.
    pub fn put(&mut self, id: i64, name: &str) -> Code {
        self.says_unknown |= name.eq_ignore_ascii_case(UNKNOWN);
        if let Some(code) = self.codes.get(&id) {
            self.names[*code as usize] = name.into();
            return *code;
        }
        let code = self.ids.len() as Code;
        self.ids.push(id);
        self.names.push(name.into());
        self.codes.insert(id, code);
        code
    }

    /// The code of a row id; [`NONE`] for none and for unknown ids.
    pub fn code(&self, id: Option<i64>) -> Code {
        id.and_then(|id| self.codes.get(&id).copied())
            .unwrap_or(NONE)
    }

    /// The code of a name, compared exactly.
    pub fn find(&self, name: &str) -> Option<Code> {
        self.names
            .iter()
            .position(|n| &**n == name)
            .map(|i| i as Code)
    }

    /// The row id of a code.
    pub fn id(&self, code: Code) -> Option<i64> {
        self.ids.get(code as usize).copied()
    }

    /// The name of a code; "unknown" for [`NONE`], or "unknown (blank)" where an entry is called so itself.
    pub fn name(&self, code: Code) -> &str {
        match self.names.get(code as usize) {
            Some(name) => name,
            None if self.says_unknown => "unknown (blank)",
            None => UNKNOWN,
        }
    }

    /// Entries.
    pub fn len(&self) -> usize {
        self.ids.len()
    }

    /// Whether it is empty.
    pub fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }
}

/// What is known of a source, by source code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SourceFacts {
    /// Whose it is.
    pub side: SourceSide,
    /// Whether it costs nothing.
    pub free: bool,
}

/// What is known of a reason, by reason code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReasonFacts {
    /// What it is about.
    pub class: ReasonClass,
    /// Whether it needs no conversation.
    pub objective: bool,
    /// The code that it maps to now; itself unless retired.
    pub now: Code,
}

/// Every dictionary.
#[derive(Clone, Debug, Default)]
pub struct Names {
    /// Sources of leads.
    pub sources: Dictionary,
    /// Side and price of each source, by code.
    pub source_facts: Vec<SourceFacts>,
    /// Campaigns.
    pub campaigns: Dictionary,
    /// Segments.
    pub segments: Dictionary,
    /// People (reps and owners).
    pub people: Dictionary,
    /// Rejection reasons.
    pub reasons: Dictionary,
    /// Class and successor of each reason, by code.
    pub reason_facts: Vec<ReasonFacts>,
    /// Deal stages.
    pub stages: Dictionary,
    /// Position of each stage, by code; from 1 on it counts as pipeline.
    pub stage_positions: Vec<i64>,
    /// Currencies, by code.
    pub currencies: Vec<Currency>,
}

impl Names {
    /// The side of a source code; unknown for [`NONE`].
    pub fn side(&self, source: Code) -> SourceSide {
        self.source_facts
            .get(source as usize)
            .map_or(SourceSide::Unknown, |s| s.side)
    }

    /// The code of a currency, added when it is new.
    pub fn currency(&mut self, currency: Currency) -> u8 {
        let known = self.currencies.iter().position(|c| *c == currency);
        known.unwrap_or_else(|| {
            self.currencies.push(currency);
            self.currencies.len() - 1
        }) as u8
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_code_reads_unknown_and_a_rename_keeps_the_code() {
        let mut names = Dictionary::default();
        let webinar = names.put(7, "Webinar");
        assert_eq!(names.put(7, "Webinars"), webinar);
        assert_eq!(
            (names.name(webinar), names.name(NONE)),
            ("Webinars", "unknown")
        );
        assert_eq!(
            (names.code(Some(7)), names.code(Some(8)), names.code(None)),
            (webinar, NONE, NONE)
        );
    }

    #[test]
    fn a_blank_source_is_told_from_one_that_is_called_unknown() {
        let mut names = Dictionary::default();
        names.put(1, "Unknown");
        assert_eq!(names.name(NONE), "unknown (blank)");
    }
}
