//! Objective by what the file shows, or by the reason alone: told apart, and counted the same.

use super::flags::{flags_of, nothing_known};
use crate::domain::book::{Book, Reason};
use crate::domain::ids::ReasonId;
use crate::domain::policy::Side;
use crate::domain::reason::{Asks, ReasonClass};
use crate::domain::review::lists::Lists;
use crate::domain::verdict::{Evidence, Verdict};
use crate::facts::handoffs::HandoffRow;
use crate::facts::proofs::{Proofs, Shown};
use crate::metrics::review::{Flag, Flags, Known, Proof, Review, Seen};
use crate::metrics::tests::fixture::{at, book, empty, handoff, lead};
use crate::metrics::tests::room::{Room, room};

/// Rejected as duplicates (the third reason): three with objective proof, the last one after a conversation.
fn duplicates() -> Room {
    let mut facts = empty();
    for evidence in [
        Evidence::Objective,
        Evidence::Objective,
        Evidence::Objective,
        Evidence::Spoke,
    ] {
        let row = lead(&mut facts, at("2025-03-03T09:00:00Z"), 0);
        let own = handoff(&facts, row);
        facts.handoffs.push(HandoffRow {
            verdict: Some(Verdict::Rejected),
            verdict_at: at("2025-03-04T09:00:00Z"),
            reason: 2,
            evidence,
            ..own
        });
    }
    room(facts)
}

fn book_with(code: &str) -> Book {
    let mut book = book("UTC");
    book.reasons.push(Reason {
        id: ReasonId(3),
        code: code.into(),
        label: "Duplicate".into(),
        class: ReasonClass::Junk,
        objective: true,
        asks: Asks::Nothing,
        acts: Side::Marketing,
        field: None,
        retired: false,
        successor: None,
    });
    book
}

#[test]
fn a_proof_that_fits_the_reason_is_named_and_without_one_the_reason_stands_alone() {
    let room = duplicates();
    let ids = &room.facts.handoffs.id;
    let proofs = Proofs::new(
        1,
        vec![(ids.at(2), Shown::Bounced), (ids.at(0), Shown::Twin)],
    );
    let lists = Lists::default();
    let known = Known {
        proofs: Some(&proofs),
        ..nothing_known(&lists)
    };
    let book = book_with("duplicate");
    assert_eq!(flags_of(&room, &book, known, 0), []);
    assert_eq!(flags_of(&room, &book, known, 1), [Flag::Unseen]);
    // That an e-mail came back does not show that somebody else is the same one.
    assert_eq!(flags_of(&room, &book, known, 2), [Flag::Unseen]);
    assert_eq!(flags_of(&room, &book, known, 3), []);
    let flags = Flags::new(&room.facts, &book, &room.scope(), known);
    let proof = |row| flags.proof(&room.facts, &book, known, row);
    assert_eq!((proof(0), proof(1)), (Some(Seen::Twin), None));
    let told = flags.explain(&room.facts, &book, &room.scope(), known, 1);
    assert_eq!(
        told[0].1,
        "objective by its reason alone: 'Duplicate' needs no conversation, and nothing in the file shows it"
    );
    // It counts as objective all the same: the catalogue says so, and both sides agreed to it.
    let total = Review::new(&room.facts, &book, &room.scope()).total(&room.facts);
    assert_eq!(
        (total.of(Proof::Objective), total.of(Proof::Unverified)),
        (3, 0)
    );
}

#[test]
fn any_proof_speaks_for_a_reason_of_the_workspaces_own_and_unread_ones_accuse_nobody() {
    let room = duplicates();
    let ids = &room.facts.handoffs.id;
    let proofs = Proofs::new(1, vec![(ids.at(2), Shown::Bounced)]);
    let lists = Lists::default();
    let known = Known {
        proofs: Some(&proofs),
        ..nothing_known(&lists)
    };
    let book = book_with("robot");
    assert_eq!(flags_of(&room, &book, known, 1), [Flag::Unseen]);
    assert_eq!(flags_of(&room, &book, known, 2), []);
    assert_eq!(flags_of(&room, &book, nothing_known(&lists), 1), []);
}
