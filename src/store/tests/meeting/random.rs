//! Random things done in a meeting: undone all, nothing is left; redone, all is back; in any order, no rule breaks.

use proptest::prelude::*;

use super::*;
use crate::domain::ids::{ActionId, IssueId};
use crate::domain::meeting::{
    ActionKind, DecisionKind, NewAction, NewDecision, Priority, Solution,
};

fn decision() -> NewDecision {
    NewDecision {
        text: "decided".into(),
        owner: "max".into(),
        due: day("2025-07-01"),
        kind: DecisionKind::Other,
        campaign: None,
        moves: None,
        rests_on: Vec::new(),
    }
}

fn action() -> NewAction {
    NewAction {
        text: "to do".into(),
        owner: "sam".into(),
        due: day("2025-07-01"),
        kind: ActionKind::Task,
    }
}

fn change() -> impl Strategy<Value = Change> {
    let issue = (1_i64..5).prop_map(IssueId);
    let done = (1_i64..4).prop_map(ActionId);
    let who = prop_oneof![Just("sam"), Just("max"), Just("fay")];
    let point = || vec![Point::new(Topic::Voice, 5)];
    prop_oneof![
        3 => Just(Change::Next { from: None }),
        2 => Just(Change::Back),
        1 => Just(Change::Park),
        1 => (1_i64..8).prop_map(|id| Change::Take(ItemId(id))),
        1 => Just(Change::Add(Point::new(Topic::Other, 3))),
        1 => who.clone().prop_map(|who| Change::Present(who.into())),
        2 => who.clone().prop_map(|who| Change::Attend(vec![who.into()])),
        2 => who.prop_map(|who| Change::Leave(vec![who.into()])),
        4 => Just(Change::Raise { text: "why".into(), priority: Priority::Low, rests_on: Vec::new() }),
        1 => issue.clone().prop_map(|id| Change::Prioritise(id, Priority::High)),
        2 => issue.clone().prop_map(Change::Discuss),
        1 => issue.clone().prop_map(Change::ParkIssue),
        1 => issue.clone().prop_map(|id| Change::DropIssue(id, "old".into())),
        2 => issue.clone().prop_map(|id| Change::Solve(id, Solution::Decision(decision()))),
        2 => issue.prop_map(|id| Change::Solve(id, Solution::Action(action()))),
        1 => Just(Change::Decide(decision())),
        2 => Just(Change::Act(action())),
        2 => done.clone().prop_map(Change::Done),
        1 => done.prop_map(|id| Change::Drop(id, "old".into())),
        1 => Just(Change::Note("said".into())),
        1 => (1_u8..11).prop_map(|score| Change::Rate { person: None, score }),
        1 => Just(Change::SaveAgenda { name: "Monday".into(), points: point() }),
        1 => Just(Change::RemoveAgenda("Monday".into())),
    ]
}

/// What holds whatever was done.
fn holds(store: &Store) -> Result<(), TestCaseError> {
    for sql in [
        "SELECT count(*) FROM (SELECT 1 FROM agenda_item WHERE state = 'open' GROUP BY meeting_id HAVING count(*) > 1)",
        "SELECT count(*) FROM issue WHERE state = 'solved' AND decision_id IS NULL AND action_id IS NULL",
        "SELECT count(*) FROM (SELECT 1 FROM issue WHERE state = 'discussing' GROUP BY state HAVING count(*) > 1)",
        "SELECT abs(count(*) - 1) FROM snapshot",
        "SELECT count(*) FROM agenda_item WHERE spent < 0",
    ] {
        prop_assert_eq!(count(store, sql), 0, "{}", sql);
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_done_in_a_meeting_is_undone_and_redone(changes in proptest::collection::vec(change(), 1..30)) {
        let mut store = room();
        does(&mut store, &at("sam", 0), start(&["mia"]));
        let begin = dump(&store);
        for (minute, change) in (1..).zip(changes) {
            let before = dump(&store);
            if let Err(error) = store.apply(&Command::Meeting(change), &at("mia", minute)) {
                prop_assert!(error.is_refusal(), "{error}");
                prop_assert_eq!(before, dump(&store));
            }
            holds(&store)?;
        }
        let end = dump(&store);
        let mut undone = Vec::new();
        while store.apply(&Command::Undo(None), &at("mia", 60)).is_ok() {
            undone.push(dump(&store));
            holds(&store)?;
        }
        prop_assert_eq!(&begin, &dump(&store));
        undone.pop();
        while let Some(state) = undone.pop() {
            store.apply(&Command::Redo, &at("mia", 61)).unwrap();
            prop_assert_eq!(state, dump(&store));
        }
        if dump(&store) != end {
            store.apply(&Command::Redo, &at("mia", 61)).unwrap();
        }
        prop_assert_eq!(&end, &dump(&store));
    }

    #[test]
    fn undoing_in_any_order_breaks_no_rule_of_a_meeting(
        changes in proptest::collection::vec(change(), 1..25), order in any::<prop::sample::Index>(), ends in any::<bool>(),
    ) {
        let mut store = room();
        does(&mut store, &at("sam", 0), start(&["mia"]));
        for (minute, change) in (1..).zip(changes) {
            let _ = store.apply(&Command::Meeting(change), &at("mia", minute));
        }
        let snapshots = if ends {
            does(&mut store, &at("sam", 50), close());
            2
        } else {
            1
        };
        let entries = store.journal(None, 100).unwrap();
        let turn = order.index(entries.len());
        for entry in entries[turn..].iter().chain(&entries[..turn]) {
            let before = dump(&store);
            if let Err(error) = store.undo(entry.id, &at("mia", 60)) {
                prop_assert!(error.is_refusal(), "{}: {error}", entry.summary);
                prop_assert_eq!(before, dump(&store));
            }
            prop_assert_eq!(count(&store, "SELECT count(*) FROM snapshot"), snapshots);
        }
    }
}
