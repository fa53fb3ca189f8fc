//! The review on a small workspace: what challenges, settlements and feedback write, what they refuse, what undoing them leaves.

mod clusters;
mod gaps;
mod keeping;
mod proofs;

use super::desk::*;
use super::*;
use crate::domain::desk::Desk;
use crate::domain::ids::{ChallengeId, HandoffId, LeadId};
use crate::domain::review::{By, ChallengeState, MustChange, Proposal, Review, Settlement};
use crate::domain::verdict::{AttemptOutcome, Evidence, Verdict};
use crate::store::{Applied, Kind, StoreError};

pub(super) fn mia() -> Author {
    author(Some("mia"))
}

pub(super) fn challenge(handoff: i64) -> Command {
    Command::Review(Review::Challenge {
        handoff: HandoffId(handoff),
        argument: "they asked for a demo".into(),
    })
}

pub(super) fn settle(challenge: i64, proposal: Proposal, by: By) -> Command {
    Command::Review(Review::Settle {
        challenge: ChallengeId(challenge),
        proposal,
        remark: Some("said in the room".into()),
        by,
    })
}

pub(super) fn confirm(challenge: i64, by: By) -> Command {
    Command::Review(Review::Confirm {
        challenge: ChallengeId(challenge),
        by,
    })
}

fn withdraw(challenge: i64) -> Command {
    Command::Review(Review::Withdraw {
        challenge: ChallengeId(challenge),
    })
}

pub(super) fn both() -> By {
    By::These(vec!["mia".into(), "sam".into()])
}

fn by_mia(store: &mut Store, command: &Command) -> Applied {
    store
        .apply(command, &mia())
        .unwrap_or_else(|error| panic!("{command:?}: {error}"))
}

fn refused_to(store: &mut Store, who: &Author, command: &Command) -> String {
    let before = dump(store);
    let text = store.apply(command, who).unwrap_err().to_string();
    assert_eq!(before, dump(store), "{command:?}");
    text
}

/// Handoffs 1, 2 and 3 are rejected by sam, 1 is challenged by mia.
fn challenged() -> Store {
    let mut store = desk();
    for handoff in [1, 2, 3] {
        done(
            &mut store,
            &reject(handoff, "no_need", Some("no need at all")),
        );
    }
    by_mia(&mut store, &challenge(1));
    store
}

#[test]
fn a_challenge_keeps_the_rejection_as_it_stood() {
    let mut store = challenged();
    let line = &store.challenges(None).unwrap()[0];
    assert_eq!(
        (line.id, line.handoff, line.lead),
        (ChallengeId(1), HandoffId(1), LeadId(1))
    );
    assert_eq!(line.opened, (NOW, Some("MIA".into())));
    assert_eq!(line.was.reason, "No need");
    assert_eq!(line.was.by.as_deref(), Some("SAM"));
    assert_eq!(line.was.note.as_deref(), Some("no need at all"));
    assert_eq!(line.was.evidence, Evidence::None);
    assert_eq!((line.state, line.waits_for()), (ChallengeState::Open, ""));
    let text = refused_to(&mut store, &mia(), &challenge(1));
    assert!(text.contains("was challenged on 2025-06-01"), "{text}");
    let text = refused_to(&mut store, &mia(), &challenge(4));
    assert!(text.contains("Di was not rejected"), "{text}");
    let silent = Command::Review(Review::Challenge {
        handoff: HandoffId(2),
        argument: "  ".into(),
    });
    let text = refused_to(&mut store, &mia(), &silent);
    assert!(text.contains("is empty"), "{text}");
}

#[test]
fn marketing_challenges_and_both_sides_settle() {
    let mut store = challenged();
    for (who, command, word) in [
        ("sam", challenge(2), "sales may not challenge a rejection"),
        ("sam", withdraw(1), "sales may not challenge a rejection"),
        ("eve", challenge(2), "executive may not"),
        (
            "eve",
            settle(1, Proposal::Overturned, both()),
            "executive may not settle",
        ),
    ] {
        let text = refused_to(&mut store, &author(Some(who)), &command);
        assert!(text.contains(word), "{text}");
    }
    let upheld = Proposal::Upheld(MustChange::Form);
    let applied = by_mia(&mut store, &settle(1, upheld.clone(), By::Author));
    assert_eq!(
        applied.summary,
        "propose for Ada: upheld, change form; sales to confirm"
    );
    assert_eq!(store.challenges(None).unwrap()[0].waits_for(), "sales");
    // Another one of marketing is no second side.
    let ben = person("ben", Side::Marketing);
    store.apply(&ben, &nobody()).unwrap();
    store
        .apply(&confirm(1, By::Author), &author(Some("ben")))
        .unwrap();
    assert_eq!(
        count(
            &store,
            "SELECT count(*) FROM challenge WHERE state = 'open'"
        ),
        1
    );
    let eve = By::These(vec!["eve".into()]);
    let text = refused_to(&mut store, &nobody(), &confirm(1, eve));
    assert!(
        text.contains("EVE (executive) sits on neither side"),
        "{text}"
    );
    let text = refused_to(&mut store, &nobody(), &confirm(1, By::Author));
    assert!(text.contains("people with a name"), "{text}");
    let applied = done(&mut store, &confirm(1, By::Author));
    assert_eq!(applied.summary, "settle Ada: upheld, change form");
    let line = &store.challenges(Some(ChallengeState::Settled)).unwrap()[0];
    assert_eq!(line.proposal, Some(upheld));
    assert_eq!(
        (line.marketing.as_deref(), line.sales.as_deref()),
        (Some("BEN"), Some("SAM"))
    );
    assert_eq!(
        count(
            &store,
            "SELECT verdict = 'rejected' FROM handoff WHERE id = 1"
        ),
        1
    );
    for command in [confirm(1, both()), withdraw(1), challenge(1)] {
        let text = refused_to(&mut store, &mia(), &command);
        assert!(text.contains("settled"), "{text}");
    }
}

#[test]
fn another_proposal_voids_what_was_confirmed() {
    let mut store = challenged();
    let text = refused_to(&mut store, &mia(), &confirm(1, By::Author));
    assert!(text.contains("nothing is proposed"), "{text}");
    by_mia(&mut store, &settle(1, Proposal::Overturned, By::Author));
    let rule = Proposal::CriteriaGap(" employees >= 20 ".into());
    let applied = done(&mut store, &settle(1, rule, By::Author));
    assert_eq!(
        applied.summary,
        "propose for Ada: criteria gap, rule employees >= 20; marketing to confirm"
    );
    by_mia(&mut store, &confirm(1, By::Author));
    let line = &store.challenges(None).unwrap()[0];
    let kept = Proposal::CriteriaGap("employees >= 20".into());
    assert_eq!((&line.proposal, line.settled), (&Some(kept), Some(NOW)));
}

#[test]
fn an_overturned_rejection_goes_back_to_the_rep_leaves_the_count_and_stays_listed() {
    let mut store = challenged();
    let mut facts = store.load_facts(&mut |_| ()).unwrap();
    let rejections = |facts: &crate::facts::Facts| {
        let rows = 0..facts.handoffs.len();
        rows.filter(|row| facts.handoffs.verdict(*row) == Some(Verdict::Rejected))
            .count()
    };
    assert_eq!(rejections(&facts), 3);
    assert_eq!(facts.challenges.newest(0).unwrap().settlement, None);
    let applied = done(&mut store, &settle(1, Proposal::Overturned, both()));
    assert_eq!(applied.summary, "settle Ada: overturned");
    agrees(&store, &mut facts);
    assert_eq!(rejections(&facts), 2);
    let former = *facts.challenges.overturned().next().unwrap();
    assert_eq!(
        (former.handoff, former.was_at, former.settled),
        (0, NOW, NOW)
    );
    assert_eq!(facts.names.reasons.name(former.was_reason), "No need");
    assert_eq!(former.settlement, Some(Settlement::Overturned));
    let told = store.lead_card(LeadId(1)).unwrap().unwrap().timeline;
    let told: Vec<&str> = told.iter().map(|h| h.what.as_str()).collect();
    assert!(
        told.contains(&"rejected: No need (overturned since)"),
        "{told:?}"
    );
    assert!(told.contains(&"settled: overturned"), "{told:?}");
    // The rep goes on, and may come to the same end with a conversation.
    done(&mut store, &attempt(1, AttemptOutcome::Connected));
    done(&mut store, &reject(1, "no_need", None));
    by_mia(&mut store, &challenge(1));
    agrees(&store, &mut facts);
    assert_eq!(facts.challenges.of(0).count(), 2);
    assert_eq!(
        facts.challenges.newest(0).unwrap().was_evidence,
        Evidence::Spoke
    );
}

#[test]
fn a_recycled_one_comes_back_on_the_day() {
    let mut store = challenged();
    let late = Proposal::Recycled(day("2025-06-01"));
    let text = refused_to(&mut store, &mia(), &settle(1, late, both()));
    assert!(text.contains("after today"), "{text}");
    done(
        &mut store,
        &settle(1, Proposal::Recycled(day("2025-06-10")), both()),
    );
    let next =
        "SELECT handed_off_at FROM handoff WHERE lead_id = 1 AND number = 2 AND owner_id = 1";
    assert_eq!(count(&store, next), 1_749_506_400);
    assert_eq!(
        count(
            &store,
            "SELECT count(*) FROM handoff WHERE verdict = 'recycled' AND reason_id IS NULL"
        ),
        1
    );
    let text = refused(&mut store, &reopen(1));
    assert!(text.contains("the room settled it on 2025-06-01"), "{text}");
}

#[test]
fn the_verdict_is_not_taken_back_beside_the_room() {
    let mut store = challenged();
    let text = refused(&mut store, &reopen(1));
    assert!(text.contains("waits for the room"), "{text}");
    let undo = store.journal(None, 10).unwrap();
    let rejection = undo
        .iter()
        .find(|e| e.summary.starts_with("reject Ada"))
        .unwrap();
    let text = refused(&mut store, &Command::Undo(Some(rejection.id)));
    assert!(text.contains("'challenge Ada (No need)' by MIA"), "{text}");
    by_mia(&mut store, &withdraw(1));
    done(&mut store, &reopen(1));
    // The challenge does not come back over a verdict that is gone; where the verdict is back, it does.
    let text = refused_to(&mut store, &mia(), &Command::Undo(None));
    assert!(text.contains("taken back or given anew since"), "{text}");
    done(&mut store, &Command::Undo(None));
    by_mia(&mut store, &Command::Undo(None));
    assert_eq!(
        store.challenges(Some(ChallengeState::Open)).unwrap().len(),
        1
    );
    by_mia(&mut store, &withdraw(1));
    done(&mut store, &reopen(1));
    assert_eq!(
        store
            .challenges(Some(ChallengeState::Withdrawn))
            .unwrap()
            .len(),
        1
    );
    // A lead that was handed over again is worked on there.
    by_mia(&mut store, &challenge(2));
    let again = Command::Desk(Desk::HandOver {
        lead: LeadId(2),
        to: None,
        trigger: None,
    });
    by_mia(&mut store, &again);
    let text = refused_to(&mut store, &mia(), &settle(2, Proposal::Overturned, both()));
    assert!(text.contains("handed over again since"), "{text}");
    done(
        &mut store,
        &settle(2, Proposal::Upheld(MustChange::FollowUp), both()),
    );
}

#[test]
fn every_step_is_undone_and_done_again() {
    let mut store = challenged();
    let before = dump(&store);
    let settled = by_mia(&mut store, &settle(1, Proposal::Overturned, both()));
    let after = dump(&store);
    by_mia(&mut store, &Command::Undo(None));
    assert_eq!(dump(&store), before);
    by_mia(&mut store, &Command::Redo);
    assert_eq!(dump(&store), after);
    // The verdict comes back only onto the attempts on which it was given.
    done(&mut store, &attempt(1, AttemptOutcome::Connected));
    let text = refused(&mut store, &Command::Undo(settled.journal_id));
    assert!(text.contains("'attempt Ada (call, connected)'"), "{text}");
    let entries = store.journal(None, 1).unwrap();
    done(&mut store, &Command::Undo(Some(entries[0].id)));
    // What others settled is undone by who may settle.
    let eve = author(Some("eve"));
    let newest = store.journal(None, 20).unwrap();
    let redo = newest
        .iter()
        .find(|e| e.summary.starts_with("redo: settle"))
        .unwrap();
    let text = refused_to(&mut store, &eve, &Command::Undo(Some(redo.id)));
    assert!(text.contains("executive may not settle"), "{text}");
    done(&mut store, &Command::Undo(Some(redo.id)));
    assert_eq!(dump(&store), before);
}
