//! What the file shows of an objective rejection's proof: a bounce, a twin, a listed domain, a deal won before. Settles nothing.

use super::{Flag, Known};
use crate::domain::book::Book;
use crate::domain::verdict::words;
use crate::facts::Facts;
use crate::facts::proofs::Shown;

words! {
    /// A proof that the program sees itself.
    Seen {
        /// The e-mail came back.
        Bounced = "bounced" / "an e-mail to it came back",
        /// Nobody can reach it.
        Unaddressed = "unaddressed" / "it has neither e-mail, telephone nor handle",
        /// The same person came in by another way.
        Twin = "twin" / "another lead is the same one",
        /// Its company had bought.
        Customer = "customer" / "its company had bought before",
        /// On the list of competitors.
        Competitor = "competitor" / "its domain is on the list of competitors",
        /// Its company is.
        RivalCompany = "rival_company" / "its company's domain is on the list of competitors",
        /// On the list of throw-away mailboxes.
        Disposable = "disposable" / "its mailbox is on the list of throw-away ones",
    }
}

/// Which proofs speak for each reason, by its code in the dictionary: those of the stock catalogue have their own, any proof speaks
/// for a reason of the workspace's own.
pub(super) fn fitting(facts: &Facts, book: &Book) -> Vec<&'static [Seen]> {
    let reasons = &facts.names.reasons;
    let known = facts.names.reason_facts.iter();
    let fits = known.map(|reason| {
        let id = reasons.id(reason.now);
        let found = book.reasons.iter().find(|own| Some(own.id.0) == id);
        match found.map_or("", |own| own.code.as_str()) {
            "duplicate" => &[Seen::Twin][..],
            "bad_contact_data" => &[Seen::Bounced, Seen::Unaddressed, Seen::Disposable],
            "competitor" => &[Seen::Competitor, Seen::RivalCompany],
            "existing_customer" => &[Seen::Customer],
            "spam" => &[Seen::Disposable, Seen::Bounced, Seen::Unaddressed],
            _ => Seen::ALL,
        }
    });
    fits.collect()
}

/// The first of these proofs that the file shows for a handoff, given its id and its other flags.
pub(super) fn seen(
    fits: &[Seen],
    known: Known,
    handoff: i64,
    has: impl Fn(Flag) -> bool,
) -> Option<Seen> {
    let shows = |what| {
        known
            .proofs
            .is_some_and(|proofs| proofs.shows(handoff, what))
    };
    let holds = |seen: &Seen| match seen {
        Seen::Bounced => shows(Shown::Bounced),
        Seen::Unaddressed => shows(Shown::Unaddressed),
        Seen::Twin => shows(Shown::Twin),
        Seen::RivalCompany => shows(Shown::RivalCompany),
        Seen::Customer => has(Flag::Customer),
        Seen::Competitor => has(Flag::Competitor),
        Seen::Disposable => has(Flag::Disposable),
    };
    fits.iter().copied().find(holds)
}
