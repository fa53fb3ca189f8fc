//! Met, not met, unknown: Kleene's strong logic of three values. Knows no rule.

use crate::domain::verdict::words;

words! {
    /// What a rule says of a lead.
    Truth {
        /// Not met.
        No = "no" / "not met",
        /// The field is not known.
        Unknown = "unknown" / "unknown",
        /// Met.
        Yes = "yes" / "met",
    }
}

impl Truth {
    /// Both (Kleene 1938: the lesser of the two).
    #[must_use]
    pub fn and(self, other: Truth) -> Truth {
        self.min(other)
    }

    /// Either.
    #[must_use]
    pub fn or(self, other: Truth) -> Truth {
        self.max(other)
    }

    /// The opposite; unknown stays unknown.
    #[must_use]
    pub fn opposite(self) -> Truth {
        match self {
            Truth::No => Truth::Yes,
            Truth::Unknown => Truth::Unknown,
            Truth::Yes => Truth::No,
        }
    }
}

impl From<bool> for Truth {
    fn from(holds: bool) -> Truth {
        if holds { Truth::Yes } else { Truth::No }
    }
}
