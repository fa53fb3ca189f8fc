//! A rep's keys on the demo's queue, their changes in a real file: what is shown before, what stands there after.

use smarketing::demo::{AS_OF, generate};
use smarketing::domain::verdict::{Evidence, Verdict};
use smarketing::store::Store;

use super::hands::Hands;

/// Somebody at the demo's queue.
fn rep(named: Option<&str>) -> Hands {
    let mut store = Store::open_in_memory().unwrap();
    smarketing::cli::fill(&mut store, &generate())
        .map_err(|failure| failure.message())
        .unwrap();
    let mut hands = Hands::on(store, named);
    hands.press("2");
    hands
}

fn queue(rep: &Hands) -> Vec<i64> {
    rep.listed("")
}

#[test]
fn a_rejection_stands_in_the_file_as_the_screen_said_it_would() {
    let mut rep = rep(Some("tomas"));
    let first = queue(&rep)[0];
    assert_eq!(rep.handoff(first).attempts, 0);
    // Without a reason, and for "other" without a note, nothing is written.
    rep.press("r\n\u{1b}\u{1b}rs\n \n\u{1b}\u{1b}");
    assert_eq!((rep.writes, rep.handoff(first).verdict), (0, None));
    rep.press("rh");
    assert!(
        rep.shown()
            .contains("unverified: no conversation, and 0 of 3 agreed attempts")
    );
    rep.press("\n");
    let line = rep.handoff(first);
    assert_eq!(
        line.verdict.map(|(verdict, _)| verdict),
        Some(Verdict::Rejected)
    );
    assert_eq!(line.evidence, Some(Evidence::None));
    assert!(!queue(&rep).contains(&first));
    assert!(rep.shown().contains("undoes"));
    rep.press("u");
    assert_eq!(rep.handoff(first).verdict, None);
    assert_eq!(queue(&rep)[0], first);
    rep.press("rb\n");
    // The cursor had gone on to the next lead, and stayed there.
    assert_eq!(rep.handoff(first).verdict, None);
}

#[test]
fn only_what_has_all_five_counts_and_attempts_are_seen_at_once() {
    let mut rep = rep(Some("tomas"));
    let first = queue(&rep)[0];
    rep.press("Q5000\t2025-12-01\t\ty\n");
    assert_eq!(rep.writes, 0, "a conversation is missing");
    rep.press("\u{1b}c12 wants a quote\n");
    let line = rep.handoff(first);
    assert_eq!((line.attempts, line.spoke), (1, Some(AS_OF)));
    rep.press("Q5000\t2025-12-01\t\ty\n");
    assert!(
        rep.last.as_ref().unwrap().summary.starts_with("qualify"),
        "{:?}",
        rep.last
    );
    let verdict = rep.handoff(first).verdict.map(|(verdict, _)| verdict);
    assert_eq!(verdict, Some(Verdict::Accepted));
}

#[test]
fn marketing_gives_no_verdict_and_hears_who_may() {
    let mut rep = rep(Some("ines"));
    let first = queue(&rep)[0];
    rep.press("a");
    let why = rep.last.clone().unwrap_err();
    assert!(why.contains("sales may"), "{why}");
    assert_eq!(rep.handoff(first).verdict, None);
}

#[test]
fn all_that_the_filter_shows_are_rejected_as_one_change_and_one_undo() {
    let mut rep = rep(Some("tomas"));
    let open = queue(&rep);
    rep.press("Arb\n");
    assert_eq!(rep.writes, 1);
    for id in &open {
        let line = rep.handoff(*id);
        let rests_on = if line.spoke.is_some() {
            Evidence::Spoke
        } else {
            Evidence::Objective
        };
        assert_eq!(line.evidence, Some(rests_on));
    }
    assert!(
        rep.shown()
            .contains(&format!("{} done, 0 refused", open.len()))
    );
    rep.press("\u{1b}u");
    assert_eq!(queue(&rep), open);
}

#[test]
fn a_stranger_is_asked_once_and_the_demos_making_is_nothing_to_undo() {
    let mut rep = rep(None);
    let first = queue(&rep)[0];
    rep.press("a");
    assert_eq!(rep.writes, 0);
    assert!(rep.shown().contains("Who are you?"));
    rep.press("ibarrola\n");
    assert_eq!(rep.handle.as_deref(), Some("tomas"));
    assert!(rep.handoff(first).verdict.is_some());
    rep.press("u");
    assert_eq!(rep.handoff(first).verdict, None);
    rep.press("u");
    let why = rep.last.clone().unwrap_err();
    assert!(why.contains("nothing of yours to undo"), "{why}");
}

#[test]
fn the_demo_has_a_queue_worth_working() {
    let rep = rep(Some("tomas"));
    let open = queue(&rep);
    let tried = open
        .iter()
        .filter(|id| rep.handoff(**id).attempts > 0)
        .count();
    assert!(open.len() >= 40 && tried >= 10 && open.len() - tried >= 10);
}
