//! What a version says of handoffs beside what people said of them, as counts that can be kept. Counts nothing itself.

/// Handoffs counted by a version's answer and the verdict on them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Figures {
    /// Met and accepted.
    pub met_accepted: u64,
    /// Met and rejected: to be explained, or a rule changes.
    pub met_rejected: u64,
    /// Not met and accepted: perhaps a rule is too tight.
    pub failed_accepted: u64,
    /// Not met and rejected.
    pub failed_rejected: u64,
    /// Handoffs that met it, decided or not.
    pub met: u64,
    /// All handoffs, those of which it cannot tell too.
    pub handoffs: u64,
}

impl Figures {
    /// Decided handoffs of which the version says met or not met.
    pub fn decided(&self) -> u64 {
        self.met_accepted + self.met_rejected + self.failed_accepted + self.failed_rejected
    }

    /// Those on which both say the same.
    pub fn agreed(&self) -> u64 {
        self.met_accepted + self.failed_rejected
    }
}
