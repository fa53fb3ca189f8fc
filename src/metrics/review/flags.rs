//! What is worth a second thought about each rejection, as one bitmap per flag over the whole history. Settles nothing.

mod bursts;
mod dealings;
mod explain;
mod proven;

use fixedbitset::FixedBitSet;

use super::pool::Review;
use super::shares::Shares;
use super::sums::Proof;
use crate::domain::book::Book;
use crate::domain::review::lists::{DomainList, Lists};
use crate::domain::verdict::{Evidence, words};
use crate::facts::Facts;
use crate::facts::domains::Domains;
use crate::facts::proofs::Proofs;
use crate::metrics::marks::Record;
use crate::metrics::marks::handoffs::{Test, flag};
use crate::metrics::scope::Scope;

use bursts::Bursts;
use dealings::Dealings;
pub use proven::Seen;

words! {
    /// Something that the room should know about a rejection before it believes it.
    Flag {
        /// Neither a conversation, nor the agreed attempts, nor objective proof.
        Unverified = "unverified" / "unverified",
        /// Objective because its reason needs no conversation; the file itself shows no proof.
        Unseen = "unseen" / "objective by its reason, no proof seen",
        /// Rejected within the agreed minutes of the handoff.
        Hasty = "hasty" / "rejected within minutes",
        /// Given up, without a conversation, before the agreed attempts.
        FewAttempts = "few_attempts" / "fewer attempts than agreed",
        /// Met the criteria in force at the handoff.
        Met = "met" / "met the criteria",
        /// Failed them and was handed over all the same.
        Failed = "failed" / "failed the criteria, handed over all the same",
        /// Its company has an open deal.
        OpenDeal = "open_deal" / "same company has an open deal",
        /// Its company had bought before.
        Customer = "customer" / "same company has a won deal",
        /// It, or its company, bought after it was rejected.
        BoughtLater = "bought_later" / "bought later",
        /// One of many leads of its source within the agreed minutes, many times its usual.
        SourceBurst = "source_burst" / "burst from one source",
        /// One of many leads of its company's domain within the agreed minutes.
        DomainBurst = "domain_burst" / "burst from one domain",
        /// A mailbox that is thrown away.
        Disposable = "disposable" / "disposable mailbox",
        /// A university's or school's mailbox.
        Student = "student" / "student's mailbox",
        /// A competitor's mailbox.
        Competitor = "competitor" / "competitor's mailbox",
    }
}

/// What flags rest on besides the columns.
#[derive(Clone, Copy)]
pub struct Known<'a> {
    /// E-mail domains; without them nothing is said of domains.
    pub domains: Option<&'a Domains>,
    /// What the file shows for objective rejections; without it nothing is said of their proof.
    pub proofs: Option<&'a Proofs>,
    /// Lists of domains that say something.
    pub lists: &'a Lists,
    /// Whether a handoff met the criteria it was stamped with; `None` where it has no stamp or the answer is unknown.
    pub met: &'a (dyn Fn(u32) -> Option<bool> + Sync),
}

/// The flags of every rejected handoff, whatever the period: made once per history, off the thread that draws.
#[derive(Clone, Debug)]
pub struct Flags {
    bits: Vec<FixedBitSet>,
    bursts: Bursts,
}

impl Flags {
    /// Judges every rejection that exists at the scope's as-of moment. Reads every row once.
    pub fn new(facts: &Facts, book: &Book, scope: &Scope, known: Known) -> Flags {
        let rows = facts.handoffs.len();
        let bursts = Bursts::new(facts, book, known.domains);
        let mut flags = Flags {
            bits: vec![FixedBitSet::with_capacity(rows); Flag::ALL.len()],
            bursts,
        };
        let dealings = Dealings::new(facts, &scope.marks);
        let listed = listed(known);
        let fits = proven::fitting(facts, book);
        let judge = Judge::new(facts, book, scope, known, &dealings);
        let rejected = Test::all(flag::REJECTED);
        for row in 0..rows as u32 {
            let word = scope.marks.handoffs.flags(row);
            if !rejected.passes(word) {
                continue;
            }
            let mut set = |flag: Flag| flags.bits[flag as usize].insert(row as usize);
            judge.verdict(row, word, &mut set);
            judge.dealings(row, &mut set);
            let lead = facts.handoffs.lead[row as usize];
            if flags.bursts.is_of_source(lead) {
                set(Flag::SourceBurst);
            }
            if flags.bursts.is_of_domain(lead) {
                set(Flag::DomainBurst);
            }
            let domain = known.domains.map(|domains| domains.code(lead));
            let list = domain.and_then(|code| *listed.get(code as usize)?);
            match list {
                Some(DomainList::Disposable) => set(Flag::Disposable),
                Some(DomainList::Student) => set(Flag::Student),
                Some(DomainList::Competitor) => set(Flag::Competitor),
                None => (),
            }
            if judge.shares.proof(row) == Proof::Objective
                && known.proofs.is_some()
                && flags.seen(facts, &fits, known, row).is_none()
            {
                flags.bits[Flag::Unseen as usize].insert(row as usize);
            }
        }
        flags
    }

    /// The proof that the file shows of a rejection, if its reason asks for one and there is any.
    pub fn proof(&self, facts: &Facts, book: &Book, known: Known, row: u32) -> Option<Seen> {
        self.seen(facts, &proven::fitting(facts, book), known, row)
    }

    fn seen(&self, facts: &Facts, fits: &[&[Seen]], known: Known, row: u32) -> Option<Seen> {
        let fits = fits.get(facts.handoffs.reason[row as usize] as usize)?;
        let handoff = facts.handoffs.id.at(row as usize);
        proven::seen(fits, known, handoff, |flag| self.has(flag, row))
    }

    /// Whether a rejection has a flag.
    pub fn has(&self, flag: Flag, row: u32) -> bool {
        self.bits[flag as usize].contains(row as usize)
    }

    /// The flags of a rejection.
    pub fn of(&self, row: u32) -> impl Iterator<Item = Flag> + '_ {
        let all = Flag::ALL.iter().copied();
        all.filter(move |flag| self.has(*flag, row))
    }

    /// The handoffs that have a flag, by row number.
    pub fn bits(&self, flag: Flag) -> &FixedBitSet {
        &self.bits[flag as usize]
    }

    /// How many of the rejections have each flag, in the order of [`Flag::ALL`].
    pub fn counts(&self, review: &Review) -> Vec<(Flag, u64)> {
        let count = |flag: &Flag| {
            let hits = self.bits(*flag).intersection_count(review.bits());
            (*flag, hits as u64)
        };
        Flag::ALL.iter().map(count).collect()
    }
}

/// The list that each domain is on, by its code.
fn listed(known: Known) -> Vec<Option<DomainList>> {
    let names = known.domains.map_or(&[][..], Domains::names);
    let list = |name: &std::sync::Arc<str>| known.lists.of_domain(name);
    names.iter().map(list).collect()
}

struct Judge<'a> {
    facts: &'a Facts,
    known: Known<'a>,
    dealings: &'a Dealings,
    hasty: i64,
    min_attempts: i64,
    effort: Record,
    shares: Shares<'a>,
}

impl<'a> Judge<'a> {
    fn new(
        facts: &'a Facts,
        book: &Book,
        scope: &'a Scope,
        known: Known<'a>,
        dealings: &'a Dealings,
    ) -> Judge<'a> {
        Judge {
            facts,
            known,
            dealings,
            hasty: book.settings.quick_reject_minutes * 60,
            min_attempts: book.settings.min_attempts,
            effort: scope.marks.effort,
            shares: Shares::new(facts, &scope.marks, 0),
        }
    }

    fn verdict(&self, row: u32, word: u32, set: &mut impl FnMut(Flag)) {
        let (rows, at) = (&self.facts.handoffs, row as usize);
        if word & flag::UNVERIFIED != 0 {
            set(Flag::Unverified);
        }
        let waited = rows.verdict_at.get(at).since(rows.handed_off.get(at));
        // The same second is an export without times, not haste.
        if (1..=self.hasty).contains(&waited) {
            set(Flag::Hasty);
        }
        let reason = self.facts.names.reason_facts.get(rows.reason[at] as usize);
        // What was agreed then has been done, whatever is agreed now.
        let settled = matches!(rows.evidence(at), Evidence::Objective | Evidence::Attempts)
            || reason.is_some_and(|reason| reason.objective);
        let few = i64::from(rows.attempts[at]) < self.min_attempts;
        if self.effort == Record::Recorded && word & flag::SILENT != 0 && few && !settled {
            set(Flag::FewAttempts);
        }
        match (self.known.met)(row) {
            Some(true) => set(Flag::Met),
            Some(false) => set(Flag::Failed),
            None => (),
        }
    }

    fn dealings(&self, row: u32, set: &mut impl FnMut(Flag)) {
        let lead = self.facts.handoffs.lead[row as usize];
        let verdict_at = self.facts.handoffs.verdict_at.get(row as usize);
        let account = self.facts.leads.account[lead as usize];
        let Some(with) = self.dealings.of(account, lead) else {
            return;
        };
        if with.open {
            set(Flag::OpenDeal);
        }
        if with.first_won <= verdict_at {
            set(Flag::Customer);
        }
        if with.last_won > verdict_at {
            set(Flag::BoughtLater);
        }
    }
}
