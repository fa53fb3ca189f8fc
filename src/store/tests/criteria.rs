//! The criteria in the file: two people at one rule, signatures by both sides, what is in force, stamps, undo.

mod force;

use super::{author, count, day, dump, nobody, person, store};
use crate::domain::command::Command;
use crate::domain::criteria::version::{CriteriaChange as Change, PageEdit, State, Version};
use crate::domain::criteria::{Figures, Page, Policy, Rule, parse};
use crate::domain::ids::{CriteriaId, JournalId};
use crate::domain::policy::Side;
use crate::store::{Changed, Store};

fn room() -> Store {
    let mut store = store();
    for (handle, side) in [
        ("mia", Side::Marketing),
        ("max", Side::Marketing),
        ("sam", Side::Sales),
        ("fay", Side::Finance),
        ("eve", Side::Executive),
    ] {
        store.apply(&person(handle, side), &nobody()).unwrap();
    }
    store
        .conn
        .execute_batch(
            "INSERT INTO segment (id, name) VALUES (1, 'Enterprise');
             INSERT INTO lead (id, created_at, name, segment_id) VALUES (1, 1000, 'Ada', NULL), (2, 1000, 'Bob', 1)",
        )
        .unwrap();
    store
}

fn does(store: &mut Store, who: &str, change: Change) -> Result<String, String> {
    let who = (!who.is_empty()).then_some(who);
    let applied = store.apply(&Command::Criteria(change), &author(who));
    applied.map(|a| a.summary).map_err(|e| e.to_string())
}

fn rule(text: &str) -> Rule {
    let store = store();
    let rules = parse(text, &store.criteria_fields().unwrap())
        .whole()
        .unwrap();
    rules[0].clone()
}

fn newest(store: &Store) -> Version {
    store.criteria().unwrap().0.pop().unwrap()
}

#[test]
fn a_draft_moves_no_row_of_the_history() {
    let mut store = room();
    let before = store.load_facts(&mut |_| ()).unwrap();
    draft(&mut store);
    let mut after = before.clone();
    assert_eq!(store.refresh(&mut after).unwrap(), Changed::Beside);
    assert_eq!(after.journal_id, store.journal_id().unwrap());
    assert!(after.leads.is_same(&before.leads) && after.handoffs.is_same(&before.handoffs));
    let renamed = Command::PutPerson {
        handle: "mia".into(),
        name: "Mia the Second".into(),
        side: Side::Marketing,
    };
    store.apply(&renamed, &nobody()).unwrap();
    assert_eq!(store.refresh(&mut after).unwrap(), Changed::Rows);
}

/// A draft with two rules; gives its id.
fn draft(store: &mut Store) -> CriteriaId {
    does(store, "mia", Change::Open { segment: None }).unwrap();
    let draft = newest(store).id;
    for text in [
        "employees >= 50",
        "must not industry in (games, \"real estate\") because \"they never buy\"",
    ] {
        does(
            store,
            "mia",
            Change::AddRule {
                draft,
                rule: rule(text),
            },
        )
        .unwrap();
    }
    draft
}

fn signed(store: &mut Store) -> CriteriaId {
    let id = draft(store);
    does(store, "mia", Change::Propose(id)).unwrap();
    does(store, "mia", Change::Sign(id, None)).unwrap();
    does(store, "sam", Change::Sign(id, None)).unwrap();
    id
}

#[test]
fn rules_come_back_as_they_were_put_in() {
    let mut store = room();
    let id = draft(&mut store);
    for text in [
        "off supporting need: title starts with chief",
        "created within 30 days",
        "has_phone = no",
        "mql is known",
        "touches != 2.5",
    ] {
        does(
            &mut store,
            "sam",
            Change::AddRule {
                draft: id,
                rule: rule(text),
            },
        )
        .unwrap();
        assert_eq!(newest(&store).definition.rules.last(), Some(&rule(text)));
    }
    let seen = newest(&store);
    assert_eq!(
        (seen.number, seen.state, seen.marks.len()),
        (1, State::Draft, 7)
    );
    assert_eq!(seen.marks[6].by.name.as_deref(), Some("SAM"));
    does(
        &mut store,
        "sam",
        Change::MoveRule {
            rule: seen.marks[6].id,
            to: 0,
        },
    )
    .unwrap();
    assert_eq!(newest(&store).definition.rules[0], rule("touches != 2.5"));
    let mut bad = rule("employees >= 50");
    bad.condition.field = "shoe size".into();
    let why = does(
        &mut store,
        "sam",
        Change::AddRule {
            draft: id,
            rule: bad,
        },
    )
    .unwrap_err();
    assert!(
        why.starts_with("there is no field 'shoe size'; the rule was not saved"),
        "{why}"
    );
}

#[test]
fn of_two_people_at_one_rule_the_second_is_told_and_nothing_is_lost() {
    let mut store = room();
    draft(&mut store);
    let seen = newest(&store).marks[0].clone();
    let change = |text: &str, revision| Change::ChangeRule {
        rule: seen.id,
        revision,
        to: rule(text),
    };
    does(&mut store, "sam", change("employees >= 100", seen.revision)).unwrap();
    let why = does(&mut store, "mia", change("employees >= 20", seen.revision)).unwrap_err();
    assert!(
        why.starts_with("SAM changed this rule meanwhile to 'fit: employees >= 100'; yours, 'fit: employees >= 20', was not saved"),
        "{why}"
    );
    assert_eq!(newest(&store).definition.rules[0], rule("employees >= 100"));
    let removal = Change::RemoveRule {
        rule: seen.id,
        revision: seen.revision,
    };
    assert!(does(&mut store, "mia", removal).is_err());
    does(
        &mut store,
        "mia",
        change("employees >= 20", seen.revision + 1),
    )
    .unwrap();
    let page = |revision| Change::Page {
        draft: newest(&store).id,
        revision,
        to: PageEdit {
            page: Page {
                agreed: "Can buy.".into(),
                ..Page::default()
            },
            at_least: 1,
            unknown: Policy::Fail,
            review_on: Some(day("2025-12-01")),
            needs_finance: false,
        },
    };
    let (first, second) = (page(1), page(1));
    does(&mut store, "mia", first).unwrap();
    let mut other = second;
    if let Change::Page { to, .. } = &mut other {
        to.at_least = 2;
    }
    let why = does(&mut store, "sam", other).unwrap_err();
    assert!(why.starts_with("MIA changed this page meanwhile"), "{why}");
    assert_eq!(newest(&store).definition.unknown, Policy::Fail);
}

#[test]
fn a_version_is_signed_by_marketing_and_sales_and_by_nobody_twice() {
    let mut store = room();
    let id = draft(&mut store);
    let refusals = [
        ("mia", "is a draft; it is proposed first"),
        ("", "a signature needs a name"),
    ];
    for (who, why) in refusals {
        assert!(
            does(&mut store, who, Change::Sign(id, None))
                .unwrap_err()
                .contains(why)
        );
    }
    does(&mut store, "sam", Change::Propose(id)).unwrap();
    assert_eq!(
        does(&mut store, "mia", Change::Sign(id, None)).unwrap(),
        "MIA signs version 1 for marketing; sales still has to sign"
    );
    for (who, why) in [
        ("mia", "MIA has signed for marketing"),
        ("max", "MIA has signed for marketing"),
        ("fay", "finance's line is not asked for"),
    ] {
        let said = does(&mut store, who, Change::Sign(id, None)).unwrap_err();
        assert!(said.contains(why), "{said}");
    }
    let from = day("2025-06-01");
    let early = does(&mut store, "mia", Change::PutInForce { version: id, from }).unwrap_err();
    assert!(early.contains("sales has to sign first"), "{early}");
    // What it says of the past is kept with the last signature, and undone with it.
    let figures = Figures {
        met_accepted: 5,
        met_rejected: 4,
        failed_accepted: 3,
        failed_rejected: 2,
        met: 10,
        handoffs: 16,
    };
    does(&mut store, "sam", Change::Sign(id, Some(figures))).unwrap();
    assert_eq!(newest(&store).figures, Some(figures));
    store
        .apply(&Command::Undo(None), &author(Some("sam")))
        .unwrap();
    assert_eq!(newest(&store).figures, None);
    store.apply(&Command::Redo, &author(Some("sam"))).unwrap();
    assert_eq!(newest(&store).figures, Some(figures));
    assert_eq!(newest(&store).state, State::Signed);
    let change = does(
        &mut store,
        "mia",
        Change::AddRule {
            draft: id,
            rule: rule("title is known"),
        },
    );
    assert!(change.unwrap_err().contains("is signed and stays as it is"));
}

#[test]
fn a_change_clears_the_signatures_and_undo_brings_both_back() {
    let mut store = room();
    let id = draft(&mut store);
    does(&mut store, "mia", Change::Propose(id)).unwrap();
    does(&mut store, "mia", Change::Sign(id, None)).unwrap();
    let before = dump(&store);
    let command = Command::Criteria(Change::AddRule {
        draft: id,
        rule: rule("title is known"),
    });
    let applied = store.apply(&command, &author(Some("sam"))).unwrap();
    assert_eq!(
        applied.notes,
        ["the signature of MIA was cleared by this change"]
    );
    assert_eq!(
        (newest(&store).state, newest(&store).signatures.len()),
        (State::Draft, 0)
    );
    store
        .apply(&Command::Undo(None), &author(Some("sam")))
        .unwrap();
    assert_eq!(dump(&store), before);
    store.apply(&Command::Redo, &author(Some("sam"))).unwrap();
    assert_eq!(newest(&store).definition.rules.len(), 3);
    // What was proposed rests on its rules.
    does(&mut store, "mia", Change::Propose(id)).unwrap();
    let mine: i64 = count(
        &store,
        "SELECT max(journal_id) FROM change WHERE entity = 'criteria_rule' AND op = 'insert' AND first_id = 1",
    );
    let undo = Command::Undo(Some(crate::domain::ids::JournalId(mine)));
    let why = store
        .apply(&undo, &author(Some("mia")))
        .unwrap_err()
        .to_string();
    assert!(why.contains("propose version 1"), "{why}");
}

#[test]
fn the_schema_itself_lets_nothing_unsigned_through() {
    let mut store = room();
    draft(&mut store);
    let fails = |store: &Store, set: &str| {
        let why = store
            .conn
            .execute_batch(&format!("UPDATE criteria SET {set}"))
            .unwrap_err();
        assert!(why.to_string().contains("CHECK"), "{set}: {why}");
    };
    fails(&store, "marketing_by = 1, marketing_at = 1");
    store.conn.execute_batch("UPDATE criteria SET state = 'proposed', proposed_at = 1, marketing_by = 1, marketing_at = 1").unwrap();
    fails(&store, "state = 'signed'");
    fails(&store, "state = 'draft'");
    fails(&store, "in_force_at = 5");
    // One person for both sides: no.
    fails(&store, "sales_by = 1, sales_at = 1");
    fails(
        &store,
        "state = 'signed', sales_by = 3, sales_at = 1, needs_finance = 1",
    );
    store
        .conn
        .execute_batch("UPDATE criteria SET state = 'signed', sales_by = 3, sales_at = 1")
        .unwrap();
    fails(&store, "marketing_by = NULL, marketing_at = NULL");
    fails(&store, "retired_at = 5");
}

#[test]
fn an_edit_by_somebody_else_is_taken_back_by_those_who_may_edit() {
    let mut store = room();
    draft(&mut store);
    let entry = JournalId(store.journal_id().unwrap());
    let said = store.undo(entry, &author(Some("fay"))).unwrap_err();
    assert!(
        said.to_string()
            .contains("finance may not edit the criteria"),
        "{said}"
    );
    store.undo(entry, &author(Some("max"))).unwrap();
    assert_eq!(newest(&store).definition.rules.len(), 1);
}
