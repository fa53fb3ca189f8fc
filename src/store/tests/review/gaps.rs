//! A criteria gap that both sides settle lands in the draft, in the same entry; what the rule language refuses is not proposed.

use super::*;
use crate::domain::criteria::version::{CriteriaChange, State};
use crate::domain::criteria::{Definition, parse};

fn gap(text: &str) -> Proposal {
    Proposal::CriteriaGap(text.into())
}

/// The rules of the newest version as text.
fn rules(store: &Store) -> Vec<String> {
    let versions = store.criteria().unwrap();
    let newest = versions.0.last();
    newest.map_or_else(Vec::new, |v| {
        v.definition.rules.iter().map(ToString::to_string).collect()
    })
}

#[test]
fn a_settled_gap_is_a_rule_of_the_draft_and_undone_with_its_settlement() {
    let mut store = challenged();
    by_mia(&mut store, &settle(1, gap("employees >= 20"), By::Author));
    assert_eq!(store.criteria().unwrap().0.len(), 0, "only proposed so far");
    let before = dump(&store);
    let applied = done(&mut store, &confirm(1, By::Author));
    assert_eq!(applied.notes, ["it is in the draft of version 1"]);
    assert_eq!(rules(&store), ["fit: employees >= 20"]);
    assert_eq!(store.criteria().unwrap().0[0].state, State::Draft);
    done(&mut store, &Command::Undo(None));
    assert_eq!(before, dump(&store));
    done(&mut store, &Command::Redo);
    assert_eq!(rules(&store), ["fit: employees >= 20"]);
}

#[test]
fn a_rule_that_the_draft_has_is_not_there_twice_and_signatures_are_cleared_by_a_new_one() {
    let mut store = challenged();
    for handoff in [2, 3] {
        by_mia(&mut store, &challenge(handoff));
    }
    done(&mut store, &settle(1, gap("employees >= 20"), both()));
    let again = done(&mut store, &settle(2, gap("employees >= 20"), both()));
    assert_eq!(again.notes, ["version 1 says so already"]);
    let draft = store.criteria().unwrap().0[0].id;
    let sign = [
        CriteriaChange::Propose(draft),
        CriteriaChange::Sign(draft, None),
    ];
    for change in sign {
        by_mia(&mut store, &Command::Criteria(change));
    }
    let two = gap("has_email = yes and must not title contains student");
    let third = done(&mut store, &settle(3, two, both()));
    assert!(third.notes[0].contains("MIA was cleared"), "{third:?}");
    assert_eq!(
        rules(&store),
        [
            "fit: employees >= 20",
            "fit: has_email = yes",
            "must not authority: title contains student"
        ]
    );
    let version = &store.criteria().unwrap().0[0];
    assert_eq!((version.state, version.signatures.len()), (State::Draft, 0));
}

#[test]
fn what_is_no_rule_is_refused_in_the_words_of_the_rule_language() {
    let mut store = challenged();
    for (text, words) in [
        ("employees >= many", "'many'"),
        ("headcount >= 20", "headcount"),
        ("they are too small", "is not understood"),
        ("and", "is not understood"),
    ] {
        let said = refused_to(&mut store, &mia(), &settle(1, gap(text), By::Author));
        assert!(
            said.contains(words) && said.contains("nothing was proposed"),
            "{said}"
        );
    }
}

#[test]
fn a_settlement_whose_draft_went_on_is_explained_and_not_undone() {
    let mut store = challenged();
    let settled = done(&mut store, &settle(1, gap("employees >= 20"), both()));
    let version = store.criteria().unwrap().0[0].clone();
    let change = CriteriaChange::RemoveRule {
        rule: version.marks[0].id,
        revision: version.marks[0].revision,
    };
    by_mia(&mut store, &Command::Criteria(change));
    let text = refused_to(&mut store, &mia(), &Command::Undo(settled.journal_id));
    assert!(text.contains("remove rule"), "{text}");
}

#[test]
fn a_rule_that_a_cluster_asks_for_is_undone_with_the_draft_that_it_began() {
    let mut store = challenged();
    let fields = store.criteria_fields().unwrap();
    let rule = |text: &str| parse(text, &fields).whole().unwrap().remove(0);
    let (first, second) = (rule("employees >= 20"), rule("country in (DE, AT)"));
    let nothing = dump(&store);
    let definition = Definition {
        rules: vec![first],
        ..Definition::default()
    };
    by_mia(
        &mut store,
        &Command::Criteria(CriteriaChange::Replace(definition)),
    );
    let begun = dump(&store);
    let draft = store.criteria().unwrap().0[0].id;
    let add = CriteriaChange::AddRule {
        draft,
        rule: second,
    };
    by_mia(&mut store, &Command::Criteria(add));
    let added = dump(&store);
    assert_eq!(rules(&store).len(), 2);
    for (command, after) in [
        (Command::Undo(None), &begun),
        (Command::Undo(None), &nothing),
        (Command::Redo, &begun),
        (Command::Redo, &added),
    ] {
        by_mia(&mut store, &command);
        assert_eq!(&dump(&store), after, "{command:?}");
    }
}
