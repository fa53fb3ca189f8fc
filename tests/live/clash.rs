//! Two people change the same thing: the later one sees both and decides; what differs is kept without a question.

use smarketing::domain::clash::Sight;
use smarketing::domain::command::{Author, Command};
use smarketing::domain::ids::JournalId;
use smarketing::domain::moment::Moment;
use smarketing::store::{Store, StoreError};

use super::desk::{Desk, Shared};

const CLASH: &str = "changed this while you were at it";

/// Two of sales at one file, which stays as long as the first of the three.
fn pair() -> (Shared, Desk, Desk) {
    let shared = Shared::new();
    let (rike, tomas) = (shared.desk("rike"), shared.desk("tomas"));
    (shared, rike, tomas)
}

/// Empties the field that has the focus, and types.
fn instead(text: &str) -> String {
    "\u{8}".repeat(150) + text
}

#[test]
fn a_value_changed_twice_shows_both_and_keeps_what_was_typed() {
    let (_shared, mut rike, mut tomas) = pair();
    rike.press("5a");
    rike.press(&instead("7100"));
    tomas.press("5a");
    tomas.press(&instead("6400"));
    tomas.press("\n");
    assert_eq!(tomas.writes, 1);
    rike.press("\n");
    let shown = rike.screen();
    assert!(
        shown.contains(CLASH) && shown.contains("Tomás Ibarrola"),
        "{shown}"
    );
    assert!(
        shown.contains("6400 EUR") && shown.contains("7100 EUR"),
        "{shown}"
    );
    rike.press("c");
    let shown = rike.screen();
    assert!(!shown.contains(CLASH) && shown.contains("7100"), "{shown}");
    rike.press("\n");
    assert!(rike.screen().contains(CLASH));
    rike.press("a");
    let shown = rike.screen();
    assert!(!shown.contains(CLASH) && shown.contains("7,100"), "{shown}");
    let newest = &rike.store.journal(None, 1).unwrap()[0];
    assert!(newest.summary.contains("→ 7100 EUR"), "{}", newest.summary);
}

#[test]
fn theirs_is_taken_by_one_letter_and_mine_is_told() {
    let (_shared, mut rike, mut tomas) = pair();
    rike.press(",\n");
    rike.press(&instead("4"));
    tomas.press(",\n");
    tomas.press(&instead("5"));
    tomas.press("\n");
    rike.press("\n");
    assert!(rike.screen().contains("min_attempts = 5"));
    rike.press("b");
    let shown = rike.screen();
    assert!(shown.contains("given up: min_attempts = 4"), "{shown}");
    assert_eq!(rike.store.book().unwrap().settings.min_attempts, 5);
}

#[test]
fn a_verdict_on_a_lead_that_somebody_decided_meanwhile_asks_which_one_stays() {
    let (_shared, mut rike, mut tomas) = pair();
    rike.press("2r");
    rike.press("a");
    tomas.press("2a");
    assert_eq!(tomas.writes, 1);
    rike.press("\n");
    let shown = rike.screen();
    assert!(
        shown.contains(CLASH) && shown.contains(": accept"),
        "{shown}"
    );
    assert!(shown.contains("You: reject ("), "{shown}");
    rike.press("a");
    let newest = &rike.store.journal(None, 1).unwrap()[0];
    assert!(newest.summary.starts_with("reject "), "{}", newest.summary);
    // One entry: the verdict that was taken back comes again with its undo.
    rike.press("u");
    let newest = &rike.store.journal(None, 1).unwrap()[0];
    assert!(newest.summary.contains("reject"), "{}", newest.summary);
}

#[test]
fn a_rule_edited_twice_shows_both_texts() {
    let (_shared, mut rike, mut tomas) = pair();
    for desk in [&mut rike, &mut tomas] {
        desk.press("4\n");
    }
    tomas.press(&instead("employees >= 70\n"));
    rike.press(&instead("employees >= 50\n"));
    let shown = rike.screen();
    assert!(shown.contains(CLASH), "{shown}");
    assert!(
        shown.contains("employees >= 70") && shown.contains("employees >= 50"),
        "{shown}"
    );
    rike.press("c\n");
    assert!(rike.screen().contains(CLASH));
    rike.press("a");
    let versions = rike.store.criteria().unwrap();
    let rules = &versions.draft(None).unwrap().definition.rules;
    assert!(
        rules[0].to_string().contains("employees >= 50"),
        "{}",
        rules[0]
    );
}

#[test]
fn different_wordings_go_together_and_the_same_one_asks() {
    let (_shared, mut rike, mut tomas) = pair();
    for desk in [&mut rike, &mut tomas] {
        desk.press("4w");
    }
    tomas.press("\t");
    tomas.press(&instead("somebody with a date\n"));
    rike.press(&instead("somebody who asked\n"));
    let page = |desk: &Desk| {
        let versions = desk.store.criteria().unwrap();
        versions.draft(None).unwrap().definition.page.clone()
    };
    assert!(rike.screen().contains(CLASH), "{}", rike.screen());
    // What is seen meanwhile is not overwritten by what nobody touched here.
    rike.press("c");
    rike.refresh();
    rike.press("\n");
    assert_eq!(page(&rike).sales, "somebody with a date");
    assert_eq!(page(&rike).marketing, "somebody who asked");
}

#[test]
fn nobody_clashes_with_themselves_and_the_command_line_with_nobody() {
    let shared = Shared::new();
    let mut rike = shared.desk("rike");
    let mut tomas = shared.desk("tomas");
    let author = |handle: &str| Author {
        handle: Some(handle.to_owned()),
        os_user: "tester".to_owned(),
        at: Moment(smarketing::demo::AS_OF.0 + 100_000),
    };
    let seen = Sight::Upto(JournalId(rike.store.journal(None, 1).unwrap()[0].id.0));
    let set = |value| Command::Set {
        key: "sla_minutes".to_owned(),
        value,
    };
    let put = |store: &mut Store, who, value, sight| {
        store
            .apply_seeing(&set(value), &author(who), sight)
            .map(|_| ())
    };
    put(&mut rike.store, "rike", 300, seen).unwrap();
    put(&mut rike.store, "rike", 301, seen).unwrap();
    let clash = put(&mut tomas.store, "tomas", 302, seen).unwrap_err();
    let StoreError::Clash(clash) = clash else {
        panic!("{clash}")
    };
    assert_eq!(clash.theirs.len(), 2);
    assert_eq!(clash.mine, "sla_minutes = 302");
    put(&mut tomas.store, "tomas", 302, clash.over()).unwrap();
    // Who says the same as they did overwrites nothing.
    put(&mut rike.store, "rike", 302, seen).unwrap();
    put(&mut rike.store, "rike", 303, Sight::Unknown).unwrap();
}

#[test]
fn who_signs_what_was_changed_and_proposed_anew_since_is_asked_to_look_again() {
    let (_shared, mut rike, mut tomas) = pair();
    // A draft, proposed by one; the other has the list of signers open.
    tomas.press("4\n");
    tomas.press(&instead("employees >= 70\n"));
    tomas.press("p");
    rike.refresh();
    rike.press("4S");
    tomas.press(" p");
    let signed = |desk: &Desk| {
        let versions = desk.store.criteria().unwrap();
        versions.draft(None).unwrap().signatures.len()
    };
    rike.press("b");
    let shown = rike.screen();
    assert!(
        shown.contains(CLASH) && shown.contains("propose"),
        "{shown}"
    );
    assert_eq!(signed(&rike), 0);
    // Having seen it, the same person may sign.
    rike.press("a");
    assert_eq!(signed(&rike), 1);
    // A change after that takes the signature away, and who signed is told.
    tomas.refresh();
    tomas.press(" ");
    rike.refresh();
    rike.press("4");
    let shown = rike.screen();
    assert!(shown.contains("which cleared that"), "{shown}");
    assert_eq!(signed(&rike), 0);
}
