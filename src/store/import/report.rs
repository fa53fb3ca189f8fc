//! What an import says when it is done. Long lists are cut; the counts are whole.

use crate::domain::ids::BatchId;
use crate::domain::import::{ImportRecord, Refusal, Tally};

/// Which kind of record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Leads with their handoffs and verdicts.
    Lead,
    /// Deals.
    Opportunity,
    /// Companies.
    Account,
    /// People.
    Person,
    /// Money spent.
    Spend,
    /// Marketing's touches.
    Touch,
    /// Sales' attempts.
    Attempt,
}

impl Kind {
    /// All of them, in the order of reports.
    pub const ALL: [Kind; 7] = [
        Kind::Lead,
        Kind::Opportunity,
        Kind::Account,
        Kind::Person,
        Kind::Spend,
        Kind::Touch,
        Kind::Attempt,
    ];

    /// The word in reports and on the command line.
    pub fn word(self) -> &'static str {
        match self {
            Kind::Lead => "leads",
            Kind::Opportunity => "opportunities",
            Kind::Account => "accounts",
            Kind::Person => "people",
            Kind::Spend => "spend",
            Kind::Touch => "touches",
            Kind::Attempt => "attempts",
        }
    }

    /// The kind of a record.
    pub fn of(record: &ImportRecord) -> Kind {
        match record {
            ImportRecord::Lead(_) => Kind::Lead,
            ImportRecord::Opportunity(_) => Kind::Opportunity,
            ImportRecord::Account(_) | ImportRecord::Firm(_) => Kind::Account,
            ImportRecord::Person(_) => Kind::Person,
            ImportRecord::Spend(_) => Kind::Spend,
            ImportRecord::Touch(_) => Kind::Touch,
            ImportRecord::Attempt(_) => Kind::Attempt,
        }
    }
}

/// Something a person should look at: where it stood, and what about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Noted {
    /// Line of the file.
    pub line: u64,
    /// What about it.
    pub what: String,
}

/// A list that keeps the first hundreds and counts all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Notes {
    /// The first ones.
    pub first: Vec<Noted>,
    /// How many there were.
    pub count: u64,
}

/// How many of a list are kept.
const KEPT: usize = 500;

impl Notes {
    /// Adds one; `what` is only made when it is kept.
    pub(crate) fn add(&mut self, line: u64, what: impl FnOnce() -> String) {
        self.count += 1;
        if self.first.len() < KEPT {
            self.first.push(Noted { line, what: what() });
        }
    }
}

/// The outcome of an import.
#[derive(Clone, Debug, Default)]
pub struct ImportReport {
    /// The batch; `None` when nothing was written.
    pub batch: Option<BatchId>,
    /// Whether it was rolled back because it was strict and something was refused.
    pub taken_back: bool,
    tallies: [Tally; 7],
    /// Refusals that nobody has drained.
    pub refusals: Vec<Refusal>,
    /// Values of the file that did not replace what people decided here, or what a newer file said.
    pub conflicts: Notes,
    /// Records that may be another record's person: same e-mail or phone, or same name and company.
    pub duplicates: Notes,
    /// Deals whose lead was not found; they stand without one.
    pub leadless: Notes,
    /// Deals that the file calls qualified and that miss a part of the gate.
    pub almost: Notes,
    /// Won deals of which the file does not say when they qualified.
    pub unqualified: u64,
    /// Rejections that came in without a conversation, the agreed attempts or a proof.
    pub unverified: u64,
}

impl ImportReport {
    /// The counts of a kind. Records in = added + updated + unchanged + refused.
    pub fn of(&self, kind: Kind) -> Tally {
        self.tallies[kind as usize]
    }

    pub(crate) fn tally(&mut self, kind: Kind) -> &mut Tally {
        &mut self.tallies[kind as usize]
    }

    /// Records added and updated, of all kinds.
    pub fn written(&self) -> (u64, u64) {
        self.tallies
            .iter()
            .fold((0, 0), |(a, u), t| (a + t.added, u + t.updated))
    }

    /// Records refused, of all kinds, by the store or by the reader.
    pub fn refused(&self) -> u64 {
        self.tallies.iter().map(|t| t.refused).sum()
    }

    /// Records that came in, of all kinds.
    pub fn records(&self) -> u64 {
        self.tallies
            .iter()
            .map(|t| t.added + t.updated + t.unchanged + t.refused)
            .sum()
    }

    /// The counts as the batch keeps them.
    pub(crate) fn counts_json(&self) -> String {
        let mut map = serde_json::Map::new();
        for kind in Kind::ALL {
            let t = self.of(kind);
            if t != Tally::default() {
                let counts = serde_json::json!({
                    "added": t.added, "updated": t.updated, "unchanged": t.unchanged, "refused": t.refused,
                });
                map.insert(kind.word().to_owned(), counts);
            }
        }
        serde_json::Value::Object(map).to_string()
    }
}
