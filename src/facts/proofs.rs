//! What the file itself shows for rejections that no conversation is owed for: bounces, missing addresses, twins. Judges none.

/// Something in the file that anybody can look at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Shown {
    /// An e-mail of the handoff had come back by the verdict.
    Bounced,
    /// The lead has neither e-mail nor telephone nor handle.
    Unaddressed,
    /// Another lead is marked as the same one, or carries its name in the same company.
    Twin,
    /// Its company's own domain is on the list of competitors.
    RivalCompany,
}

/// What is shown for which handoff.
#[derive(Clone, Debug, Default)]
pub struct Proofs {
    /// The journal entry up to which it is complete.
    pub journal_id: i64,
    /// By the handoff's id, in order.
    shown: Vec<(i64, Shown)>,
}

impl Proofs {
    /// From what was found, in any order.
    pub fn new(journal_id: i64, mut shown: Vec<(i64, Shown)>) -> Proofs {
        shown.sort_unstable();
        Proofs { journal_id, shown }
    }

    /// Whether that is shown for a handoff, by its id.
    pub fn shows(&self, handoff: i64, what: Shown) -> bool {
        self.shown.binary_search(&(handoff, what)).is_ok()
    }

    /// Takes what was found anew for some handoffs, by their ids.
    pub fn replace(&mut self, of: &[i64], found: Vec<(i64, Shown)>) {
        self.shown.retain(|(handoff, _)| !of.contains(handoff));
        self.shown.extend(found);
        self.shown.sort_unstable();
    }
}
