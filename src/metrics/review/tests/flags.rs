//! Each flag on one rejection that has it and one that does not.

use crate::domain::book::Book;
use crate::domain::moment::Moment;
use crate::domain::review::lists::{DomainList, Lists};
use crate::domain::verdict::{DealOutcome, Evidence, Verdict};
use crate::facts::Facts;
use crate::facts::domains::{Domains, Filling};
use crate::facts::handoffs::HandoffRow;
use crate::facts::opportunities::OpportunityRow;
use crate::metrics::review::{Flag, Flags, Known, Review};
use crate::metrics::tests::fixture::{HOUR, at, book, deal, empty, handoff, lead};
use crate::metrics::tests::room::{Room, room};

/// A lead of that source, rejected after so many seconds and so many attempts; says which row.
fn rejected(facts: &mut Facts, day: u32, source: u32, after: i64, attempts: u16) -> u32 {
    let row = lead(facts, at(&format!("2025-03-{day:02}T09:00:00Z")), source);
    let own = handoff(facts, row);
    facts.handoffs.push(HandoffRow {
        attempts,
        first_attempt: if attempts > 0 {
            Moment(own.handed_off.0 + 60)
        } else {
            Moment::NEVER
        },
        verdict: Some(Verdict::Rejected),
        verdict_at: Moment(own.handed_off.0 + after),
        reason: 3,
        evidence: if attempts >= 3 {
            Evidence::Attempts
        } else {
            Evidence::None
        },
        ..own
    });
    row
}

pub(super) fn flags_of(room: &Room, book: &Book, known: Known, row: u32) -> Vec<Flag> {
    let flags = Flags::new(&room.facts, book, &room.scope(), known);
    flags.of(row).collect()
}

pub(super) fn nothing_known(lists: &Lists) -> Known<'_> {
    Known {
        domains: None,
        proofs: None,
        lists,
        met: &|_| None,
    }
}

fn domains(emails: &[&str]) -> Domains {
    let mut filling = Filling::default();
    for email in emails {
        filling.push(Some(email));
    }
    filling.done(0)
}

#[test]
fn haste_few_attempts_and_missing_proof_are_told_apart() {
    let mut facts = empty();
    rejected(&mut facts, 3, 0, 240, 1);
    rejected(&mut facts, 4, 0, 6 * HOUR, 3);
    // An export without times: rejected in the second of the handoff.
    rejected(&mut facts, 5, 0, 0, 2);
    let room = room(facts);
    let (book, lists) = (book("UTC"), Lists::default());
    let known = nothing_known(&lists);
    let flags = Flags::new(&room.facts, &book, &room.scope(), known);
    let of = |row| flags.of(row).collect::<Vec<_>>();
    assert_eq!(of(0), [Flag::Unverified, Flag::Hasty, Flag::FewAttempts]);
    assert_eq!(of(1), []);
    assert_eq!(of(2), [Flag::Unverified, Flag::FewAttempts]);
    let told = flags.explain(&room.facts, &book, &room.scope(), known, 0);
    let told: Vec<&str> = told.iter().map(|(_, text)| text.as_str()).collect();
    assert_eq!(
        told,
        [
            "no conversation, 1 attempt of the 3 agreed, no objective proof",
            "rejected 4 minutes after the handoff",
            "given up after 1 attempt; 3 are agreed",
        ]
    );
    let review = Review::new(&room.facts, &book, &room.scope());
    let counts = flags.counts(&review);
    assert_eq!(
        (counts[0], counts[2]),
        ((Flag::Unverified, 2), (Flag::Hasty, 1))
    );
}

#[test]
fn the_company_behind_a_rejection_may_buy_all_the_same() {
    let mut facts = empty();
    for day in 3..7 {
        rejected(&mut facts, day, 0, 6 * HOUR, 3);
    }
    facts.leads.account = vec![7, 8, 9, 0];
    let won = |facts: &Facts, account, day: &str| OpportunityRow {
        account,
        outcome: Some(DealOutcome::Won),
        closed: at(&format!("{day}T12:00:00Z")),
        ..deal(facts, at("2025-02-01T00:00:00Z"))
    };
    let open = OpportunityRow {
        account: 7,
        ..deal(&facts, at("2025-03-01T00:00:00Z"))
    };
    facts.opportunities.push(open);
    for (account, day) in [(8, "2025-02-10"), (9, "2025-03-25"), (0, "2025-03-28")] {
        let own = won(&facts, account, day);
        facts.opportunities.push(own);
    }
    // The last one is the fourth lead's own deal.
    facts.opportunities.rows[3].lead = 3;
    let room = room(facts);
    let (book, lists) = (book("UTC"), Lists::default());
    let known = nothing_known(&lists);
    assert_eq!(flags_of(&room, &book, known, 0), [Flag::OpenDeal]);
    assert_eq!(flags_of(&room, &book, known, 1), [Flag::Customer]);
    assert_eq!(flags_of(&room, &book, known, 2), [Flag::BoughtLater]);
    assert_eq!(flags_of(&room, &book, known, 3), [Flag::BoughtLater]);
    let flags = Flags::new(&room.facts, &book, &room.scope(), known);
    let told = |row| {
        flags.explain(&room.facts, &book, &room.scope(), known, row)[0]
            .1
            .clone()
    };
    assert_eq!(told(0), "its company has 1 open deal");
    assert_eq!(
        told(1),
        "its company bought on 2025-02-10, before the rejection"
    );
    assert_eq!(told(2), "bought on 2025-03-25, 20 days after the rejection");
}

#[test]
fn crowds_of_one_source_or_one_company_are_bursts_and_public_mailboxes_are_none() {
    let mut facts = empty();
    // One a day from Webinar, and six of Trade show within one hour; the rest of the month they send nothing.
    for day in 1..=20 {
        rejected(&mut facts, day, 0, 6 * HOUR, 3);
    }
    for _ in 0..6 {
        rejected(&mut facts, 25, 1, 6 * HOUR, 3);
    }
    let mut emails = vec!["a@gmail.com"; 20];
    emails.extend(["b@acme.test"; 5]);
    emails.push("c@globex.test");
    let room = room(facts);
    let (mut book, lists) = (book("UTC"), Lists::default());
    book.settings.burst_leads = 5;
    let domains = domains(&emails);
    let known = Known {
        domains: Some(&domains),
        ..nothing_known(&lists)
    };
    assert_eq!(flags_of(&room, &book, known, 0), []);
    assert_eq!(
        flags_of(&room, &book, known, 20),
        [Flag::SourceBurst, Flag::DomainBurst]
    );
    assert_eq!(flags_of(&room, &book, known, 25), [Flag::SourceBurst]);
    let flags = Flags::new(&room.facts, &book, &room.scope(), known);
    let told = flags.explain(&room.facts, &book, &room.scope(), known, 20);
    assert_eq!(
        told[0].1,
        "one of 6 from Trade show within 60 minutes; usually hardly any"
    );
    assert_eq!(told[1].1, "one of 5 from acme.test within 60 minutes");
    book.settings.burst_leads = 6;
    assert_eq!(flags_of(&room, &book, known, 20), [Flag::SourceBurst]);
}

#[test]
fn lists_of_domains_and_the_criteria_speak_where_they_know_something() {
    let mut facts = empty();
    for day in 3..8 {
        rejected(&mut facts, day, 0, 6 * HOUR, 3);
    }
    let room = room(facts);
    let lists = Lists::new([
        (DomainList::Disposable, "mailinator.com".to_owned()),
        (DomainList::Student, "edu".to_owned()),
        (DomainList::Competitor, "rival.test".to_owned()),
    ]);
    let domains = domains(&[
        "x@mailinator.com",
        "x@cs.mit.edu",
        "x@rival.test",
        "x@acme.test",
        "x@acme.test",
    ]);
    let met = |row: u32| [None, Some(true), Some(false), None, Some(true)][row as usize];
    let known = Known {
        domains: Some(&domains),
        proofs: None,
        lists: &lists,
        met: &met,
    };
    let book = book("UTC");
    assert_eq!(flags_of(&room, &book, known, 0), [Flag::Disposable]);
    assert_eq!(flags_of(&room, &book, known, 1), [Flag::Met, Flag::Student]);
    assert_eq!(
        flags_of(&room, &book, known, 2),
        [Flag::Failed, Flag::Competitor]
    );
    assert_eq!(flags_of(&room, &book, known, 3), []);
    assert_eq!(flags_of(&room, &book, known, 4), [Flag::Met]);
    let flags = Flags::new(&room.facts, &book, &room.scope(), known);
    let told = flags.explain(&room.facts, &book, &room.scope(), known, 0);
    assert_eq!(
        told[0].1,
        "mailinator.com is on the list of throw-away mailboxes"
    );
}

#[test]
fn what_was_agreed_at_the_verdict_is_not_held_against_it_when_more_is_agreed() {
    let mut facts = empty();
    rejected(&mut facts, 3, 0, 6 * HOUR, 3);
    rejected(&mut facts, 4, 0, 6 * HOUR, 2);
    let room = room(facts);
    let (mut book, lists) = (book("UTC"), Lists::default());
    let known = nothing_known(&lists);
    book.settings.min_attempts = 5;
    assert_eq!(flags_of(&room, &book, known, 0), []);
    // Fewer are agreed now: the verdict was given without evidence all the same.
    book.settings.min_attempts = 1;
    assert_eq!(flags_of(&room, &book, known, 1), [Flag::Unverified]);
    let flags = Flags::new(&room.facts, &book, &room.scope(), known);
    let told = flags.explain(&room.facts, &book, &room.scope(), known, 1);
    assert_eq!(
        told[0].1,
        "given without evidence: no conversation, no objective proof; 2 attempts stand behind it now"
    );
}
