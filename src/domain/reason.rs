//! The stock catalogue of rejection reasons that a new workspace starts with. Pure.

use super::verdict::words;

words! {
    /// What a reason is about; the axis on which rejections are grouped.
    ReasonClass {
        /// Who it is: wrong or missing contact data, nobody answers.
        Contact = "contact" / "contact data",
        /// Industry, size, region.
        Fit = "fit" / "fit",
        /// No need.
        Need = "need" / "need",
        /// Not the person who decides.
        Authority = "authority" / "authority",
        /// No money.
        Budget = "budget" / "budget",
        /// Not now.
        Timing = "timing" / "timing",
        /// Chose somebody else, or is somebody else.
        Competition = "competition" / "competition",
        /// Never was a lead: spam, students, job seekers, duplicates.
        Junk = "junk" / "junk",
        /// Anything else; needs a note.
        Other = "other" / "other",
    }
}

/// A reason of the stock catalogue.
#[derive(Clone, Copy, Debug)]
pub struct StockReason {
    /// Code in the file, in maps and on the command line.
    pub code: &'static str,
    /// What people read.
    pub label: &'static str,
    /// Its class.
    pub class: ReasonClass,
    /// What it asks for.
    pub asks: Asks,
    /// The criteria field that it speaks about, if any.
    pub field: Option<&'static str>,
}

words! {
    /// What a reason needs before it is verified.
    Asks {
        /// A conversation or the agreed attempts.
        Conversation = "conversation" / "a conversation",
        /// The agreed number of attempts.
        Attempts = "attempts" / "the agreed attempts",
        /// A note, and a conversation.
        Note = "note" / "a note",
        /// Nothing: anybody can check it.
        Nothing = "nothing" / "nothing: anybody can check it",
    }
}

const fn reason(
    code: &'static str,
    label: &'static str,
    class: ReasonClass,
    asks: Asks,
    field: Option<&'static str>,
) -> StockReason {
    StockReason {
        code,
        label,
        class,
        asks,
        field,
    }
}

/// The reasons of a new workspace (CRM stock lists and real exports agree on these). Every import map speaks these codes.
pub const STOCK: &[StockReason] = &[
    reason(
        "duplicate",
        "Duplicate",
        ReasonClass::Junk,
        Asks::Nothing,
        None,
    ),
    reason(
        "bad_contact_data",
        "Wrong or missing contact data",
        ReasonClass::Contact,
        Asks::Nothing,
        Some("email"),
    ),
    reason(
        "unreachable",
        "Unable to reach",
        ReasonClass::Contact,
        Asks::Attempts,
        None,
    ),
    reason(
        "not_decision_maker",
        "Not the right person",
        ReasonClass::Authority,
        Asks::Conversation,
        Some("title"),
    ),
    reason(
        "not_a_fit",
        "Not a fit",
        ReasonClass::Fit,
        Asks::Conversation,
        Some("industry"),
    ),
    reason(
        "too_small",
        "Too small",
        ReasonClass::Fit,
        Asks::Conversation,
        Some("employees"),
    ),
    reason(
        "wrong_region",
        "Wrong region",
        ReasonClass::Fit,
        Asks::Conversation,
        Some("country"),
    ),
    reason(
        "no_budget",
        "No budget",
        ReasonClass::Budget,
        Asks::Conversation,
        Some("budget"),
    ),
    reason(
        "no_need",
        "No need",
        ReasonClass::Need,
        Asks::Conversation,
        Some("need"),
    ),
    reason(
        "bad_timing",
        "Bad timing",
        ReasonClass::Timing,
        Asks::Conversation,
        Some("timing"),
    ),
    reason(
        "chose_competitor",
        "Chose a competitor",
        ReasonClass::Competition,
        Asks::Conversation,
        None,
    ),
    reason(
        "competitor",
        "Is a competitor",
        ReasonClass::Junk,
        Asks::Nothing,
        Some("domain"),
    ),
    reason(
        "existing_customer",
        "Existing customer",
        ReasonClass::Junk,
        Asks::Nothing,
        None,
    ),
    reason(
        "student",
        "Student",
        ReasonClass::Junk,
        Asks::Conversation,
        Some("title"),
    ),
    reason(
        "job_seeker",
        "Job seeker",
        ReasonClass::Junk,
        Asks::Conversation,
        Some("title"),
    ),
    reason(
        "spam",
        "Spam or junk",
        ReasonClass::Junk,
        Asks::Nothing,
        Some("email"),
    ),
    reason(
        "not_interested",
        "No longer interested",
        ReasonClass::Need,
        Asks::Conversation,
        None,
    ),
    reason(
        "no_decision",
        "No decision",
        ReasonClass::Timing,
        Asks::Conversation,
        None,
    ),
    reason("other", "Other", ReasonClass::Other, Asks::Note, None),
];

/// The stock reason of a code.
pub fn stock(code: &str) -> Option<&'static StockReason> {
    STOCK.iter().find(|r| r.code == code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_unique_and_other_needs_a_note() {
        let mut codes: Vec<_> = STOCK.iter().map(|r| r.code).collect();
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), STOCK.len());
        assert_eq!(stock("other").map(|r| r.asks), Some(Asks::Note));
    }
}
