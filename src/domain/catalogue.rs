//! Changes of the catalogues: reasons, stages, campaigns, people, saved filters. Codes in use are retired, never deleted. Pure.

use super::moment::Day;
use super::money::Currency;
use super::policy::{Deed, Side};
use super::reason::{Asks, ReasonClass};
use super::verdict::words;

words! {
    /// A part of what a workspace has agreed on; each keeps its own history in the journal.
    Chapter {
        /// Agreed numbers.
        Numbers = "setting" / "Numbers",
        /// Rejection reasons.
        Reasons = "reason" / "Reasons",
        /// Stages of deals.
        Stages = "stage" / "Stages",
        /// Sources of leads.
        Sources = "source" / "Sources",
        /// Campaigns.
        Campaigns = "campaign" / "Campaigns",
        /// What is to be reached.
        Targets = "target" / "Targets",
        /// Money spent.
        Spend = "spend" / "Spend",
        /// Currency rates.
        Rates = "fx_rate" / "Rates",
        /// Holidays.
        Holidays = "holiday" / "Holidays",
        /// People.
        People = "person" / "People",
    }
}

/// A change of a catalogue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Catalogue {
    /// Adds a reason, or changes the one of that code; brings a retired one back.
    PutReason(ReasonEntry),
    /// Takes a reason out of use; verdicts keep it.
    RetireReason {
        /// Its code.
        code: String,
    },
    /// Takes a reason out of use in favour of another: numbers show the other, verdicts keep what was said.
    MergeReason {
        /// Code of the one that goes.
        from: String,
        /// Code of the one that stays.
        into: String,
    },
    /// Adds a stage, or changes the one of that name; brings a retired one back.
    PutStage {
        /// Its name.
        name: String,
        /// From 1 on it is pipeline.
        position: i64,
        /// The name it had.
        was: Option<String>,
    },
    /// Takes a stage out of use; deals in it stay there.
    RetireStage {
        /// Its name.
        name: String,
    },
    /// Adds a campaign, or says which source it belongs to.
    PutCampaign {
        /// Its name.
        name: String,
        /// Source by name; made when it is new.
        source: Option<String>,
    },
    /// A person works here no more: nobody can act in that name, the past keeps it.
    RetirePerson {
        /// Handle.
        handle: String,
    },
    /// Takes something away on which nothing rests.
    Remove(Removal),
    /// Sets the SLA of one type of leads.
    PutSla {
        /// Name of the segment.
        segment: String,
        /// Business minutes; `None`: the workspace's.
        minutes: Option<i64>,
    },
    /// Keeps a filter of the queue under a name.
    SaveFilter {
        /// Its name.
        name: String,
        /// As it is typed.
        text: String,
    },
    /// Forgets a kept filter.
    ForgetFilter {
        /// Its name.
        name: String,
    },
}

/// What can be taken away while nothing rests on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Removal {
    /// A holiday.
    Holiday(Day),
    /// What a currency is worth from a day on.
    Rate(Currency, Day),
    /// A source, by name.
    Source(String),
}

/// A reason as somebody enters it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReasonEntry {
    /// Code: small letters, digits, underscores; never changes.
    pub code: String,
    /// What people read.
    pub label: String,
    /// Class.
    pub class: ReasonClass,
    /// What it needs before it is verified.
    pub asks: Asks,
    /// Which side has to act on it: marketing or sales.
    pub acts: Side,
    /// The criteria field that it speaks about.
    pub field: Option<String>,
}

impl Catalogue {
    /// What the policy table judges; `None`: everybody may.
    pub fn deed(&self) -> Option<Deed> {
        match self {
            Catalogue::PutReason(_)
            | Catalogue::RetireReason { .. }
            | Catalogue::MergeReason { .. }
            | Catalogue::PutStage { .. }
            | Catalogue::RetireStage { .. }
            | Catalogue::RetirePerson { .. }
            | Catalogue::PutSla { .. }
            | Catalogue::Remove(Removal::Holiday(_) | Removal::Rate(..)) => Some(Deed::Settings),
            Catalogue::PutCampaign { .. } | Catalogue::Remove(Removal::Source(_)) => {
                Some(Deed::Spend)
            }
            Catalogue::SaveFilter { .. } | Catalogue::ForgetFilter { .. } => None,
        }
    }

    /// The word in the journal.
    pub fn verb(&self) -> &'static str {
        match self {
            Catalogue::PutReason(_)
            | Catalogue::RetireReason { .. }
            | Catalogue::MergeReason { .. } => "reasons",
            Catalogue::PutStage { .. } | Catalogue::RetireStage { .. } => "stages",
            Catalogue::PutCampaign { .. } => "campaigns",
            Catalogue::RetirePerson { .. } => "people",
            Catalogue::PutSla { .. } => "settings",
            Catalogue::Remove(Removal::Holiday(_)) => "holiday",
            Catalogue::Remove(Removal::Rate(..)) => "rate",
            Catalogue::Remove(Removal::Source(_)) => "source",
            Catalogue::SaveFilter { .. } | Catalogue::ForgetFilter { .. } => "filters",
        }
    }
}

/// Whether text can be a reason's code.
pub fn is_code(code: &str) -> bool {
    code.len() <= 60
        && code.starts_with(|c: char| c.is_ascii_lowercase())
        && code
            .chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_small_letters_digits_and_underscores() {
        for good in ["spam", "no_budget", "q4_freeze"] {
            assert!(is_code(good), "{good}");
        }
        for bad in ["", "No", "4th", "a b", "a-b", "é", &"a".repeat(61)] {
            assert!(!is_code(bad), "{bad}");
        }
    }
}
