//! One rule: what kind it is, what it is about, what it asks and why. Evaluates nothing.

use super::condition::Condition;
use crate::domain::verdict::words;

words! {
    /// What a rule does to a lead.
    Kind {
        /// The lead must meet it.
        Must = "must" / "must",
        /// The lead must not meet it.
        MustNot = "must_not" / "must not",
        /// It speaks for the lead; so many of these are asked for.
        Supporting = "supporting" / "supporting",
    }
}

words! {
    /// What a rule is about.
    Class {
        /// Who they are.
        Fit = "fit" / "fit",
        /// What they need.
        Need = "need" / "need",
        /// Whether they decide.
        Authority = "authority" / "authority",
        /// Whether they can pay.
        Budget = "budget" / "budget",
        /// When.
        Timing = "timing" / "timing",
        /// What they clicked and opened: interest, not intent.
        Engagement = "engagement" / "engagement",
    }
}

words! {
    /// Whether a rule counts.
    Switch {
        /// It counts.
        On = "on" / "on",
        /// It is kept, and does not count.
        Off = "off" / "off",
    }
}

/// One rule.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Rule {
    /// Must, must not, supporting.
    pub kind: Kind,
    /// What it is about.
    pub class: Class,
    /// What it asks.
    pub condition: Condition,
    /// Why it is there; may be empty.
    pub why: String,
    /// Whether it counts.
    pub switch: Switch,
}

impl Rule {
    /// Whether it counts.
    pub fn is_on(&self) -> bool {
        self.switch == Switch::On
    }
}
