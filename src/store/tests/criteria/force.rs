//! What is in force, for whom, and what a file makes of the draft.

use super::{does, draft, newest, room, rule, signed};
use crate::domain::command::Command;
use crate::domain::criteria::Definition;
use crate::domain::criteria::version::{CriteriaChange as Change, PageEdit, Standing};
use crate::domain::desk::Desk;
use crate::domain::ids::LeadId;
use crate::domain::moment::Moment;
use crate::store::Store;
use crate::store::tests::{NOW, author, count, day, records};

#[test]
fn handoffs_are_stamped_with_what_is_in_force_and_the_stamp_holds_the_version() {
    let mut store = room();
    let id = signed(&mut store);
    let late = Change::PutInForce {
        version: id,
        from: day("2025-05-31"),
    };
    assert!(
        does(&mut store, "mia", late)
            .unwrap_err()
            .contains("has passed")
    );
    does(
        &mut store,
        "mia",
        Change::PutInForce {
            version: id,
            from: day("2025-06-01"),
        },
    )
    .unwrap();
    let versions = store.criteria().unwrap();
    assert_eq!(versions.standing(&versions.0[0], NOW), Standing::InForce);
    let over = Command::Desk(Desk::HandOver {
        lead: LeadId(1),
        to: None,
        trigger: None,
    });
    store.apply(&over, &author(Some("mia"))).unwrap();
    assert_eq!(
        count(&store, "SELECT criteria_id FROM handoff WHERE lead_id = 1"),
        id.0
    );
    let entry = count(
        &store,
        "SELECT max(id) FROM journal WHERE verb = 'in_force'",
    );
    let undo = Command::Undo(Some(crate::domain::ids::JournalId(entry)));
    let why = store
        .apply(&undo, &author(Some("mia")))
        .unwrap_err()
        .to_string();
    assert!(why.contains("hand over Ada"), "{why}");
    // A segment of its own begins as a copy; the one for all stays in force for the others.
    let said = does(
        &mut store,
        "sam",
        Change::Open {
            segment: Some("Enterprise".into()),
        },
    )
    .unwrap();
    assert_eq!(said, "begin version 2 as a copy of version 1");
    let own = newest(&store);
    assert_eq!(own.definition.rules.len(), 2);
    assert_eq!(
        store
            .criteria()
            .unwrap()
            .in_force(Some("Enterprise"), NOW)
            .map(|v| v.number),
        Some(1)
    );
    for (who, change) in [
        ("sam", Change::Propose(own.id)),
        ("sam", Change::Sign(own.id, None)),
        ("max", Change::Sign(own.id, None)),
    ] {
        does(&mut store, who, change).unwrap();
    }
    does(
        &mut store,
        "sam",
        Change::PutInForce {
            version: own.id,
            from: day("2025-07-01"),
        },
    )
    .unwrap();
    let versions = store.criteria().unwrap();
    assert_eq!(versions.standing(&versions.0[1], NOW), Standing::Planned);
    let july = Moment(NOW.0 + 40 * 86_400);
    let number = |segment| versions.in_force(segment, july).map(|v| v.number);
    assert_eq!(
        (number(Some("Enterprise")), number(None)),
        (Some(2), Some(1))
    );
    does(&mut store, "mia", Change::Retire(id)).unwrap();
    assert_eq!(
        store
            .criteria()
            .unwrap()
            .in_force(None, NOW)
            .map(|v| v.number),
        None
    );
}

#[test]
fn a_file_replaces_the_draft_and_leaves_what_is_the_same() {
    let mut store = room();
    draft(&mut store);
    let marks = newest(&store).marks;
    let wanted = Definition {
        rules: vec![rule("title is known"), rule("employees >= 50")],
        at_least: 1,
        ..Definition::default()
    };
    does(&mut store, "mia", Change::Replace(wanted.clone())).unwrap();
    let now = newest(&store);
    assert_eq!(now.definition, wanted);
    assert_eq!(now.marks[1].id, marks[0].id);
    let again = does(&mut store, "mia", Change::Replace(wanted)).unwrap();
    assert!(again.ends_with("it was so already"), "{again}");
}

#[test]
fn a_draft_that_is_not_proposed_is_not_withdrawn() {
    let mut store = room();
    let id = draft(&mut store);
    let again = does(&mut store, "mia", Change::Withdraw(id)).unwrap();
    assert_eq!(
        again,
        "version 1 is a draft and not proposed: it was so already"
    );
}

#[test]
fn a_draft_that_begins_with_its_page_keeps_the_day_to_look_again() {
    let mut store = room();
    signed(&mut store);
    let before = count(&store, "SELECT count(*) FROM journal");
    let base = newest(&store).definition;
    let to = PageEdit {
        page: base.page.clone(),
        at_least: 1,
        unknown: base.unknown,
        review_on: Some(day("2025-09-01")),
        needs_finance: true,
    };
    let begin = Change::Begin { segment: None, to };
    let said = does(&mut store, "mia", begin.clone()).unwrap();
    assert_eq!(said, "begin version 2 as a copy of version 1");
    let copy = newest(&store);
    assert_eq!(copy.definition.rules, base.rules);
    assert_eq!(
        (copy.definition.at_least, copy.review_on, copy.needs_finance),
        (1, Some(day("2025-09-01")), true)
    );
    assert_eq!(count(&store, "SELECT count(*) FROM journal"), before + 1);
    let twice = does(&mut store, "sam", begin).unwrap_err();
    assert!(twice.contains("is being edited already"), "{twice}");
}

#[test]
fn a_handoff_is_judged_by_what_is_in_force_at_its_own_moment_and_by_no_draft() {
    let mut store = room();
    let id = signed(&mut store);
    let hand_over = |store: &mut Store, lead| {
        let over = Command::Desk(Desk::HandOver {
            lead: LeadId(lead),
            to: None,
            trigger: None,
        });
        store.apply(&over, &author(Some("mia"))).unwrap();
    };
    let from = |day| Change::PutInForce {
        version: id,
        from: day,
    };
    does(&mut store, "mia", from(day("2025-07-01"))).unwrap();
    hand_over(&mut store, 1);
    let stamps = "SELECT group_concat(coalesce(criteria_id, 0), ' ') FROM (SELECT criteria_id FROM handoff ORDER BY id)";
    let stamped =
        |store: &Store| -> String { store.conn.query_row(stamps, [], |row| row.get(0)).unwrap() };
    assert_eq!(stamped(&store), "0", "from July on it is in force");
    let mut store = room();
    let id = signed(&mut store);
    let from = Change::PutInForce {
        version: id,
        from: day("2025-06-01"),
    };
    does(&mut store, "mia", from).unwrap();
    does(&mut store, "mia", Change::Open { segment: None }).unwrap();
    assert_eq!(newest(&store).number, 2);
    hand_over(&mut store, 1);
    let past = records::leads(vec![records::lead("7", "Zoe")]);
    records::import(&mut store, &past);
    let one = id.0;
    assert_eq!(stamped(&store), format!("{one} 0"));
}
