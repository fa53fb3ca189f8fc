//! While a meeting runs, criteria are signed with both sides at the table: by a signature, by doing one again, by undoing an undo.

use super::*;
use crate::domain::criteria::parse;
use crate::domain::criteria::version::CriteriaChange;
use crate::domain::ids::CriteriaId;

fn criteria(store: &mut Store, who: &str, change: CriteriaChange) -> Result<String, String> {
    let applied = store.apply(&Command::Criteria(change), &author(Some(who)));
    applied.map(|a| a.summary).map_err(|e| e.to_string())
}

#[test]
fn criteria_are_signed_with_both_sides_at_the_table() {
    let mut store = room();
    let rule = parse("employees >= 50", &store.criteria_fields().unwrap())
        .whole()
        .unwrap()[0]
        .clone();
    let draft = CriteriaId(1);
    criteria(&mut store, "mia", CriteriaChange::Open { segment: None }).unwrap();
    criteria(&mut store, "mia", CriteriaChange::AddRule { draft, rule }).unwrap();
    criteria(&mut store, "mia", CriteriaChange::Propose(draft)).unwrap();
    does(&mut store, &at("mia", 0), start(&[]));
    let error = criteria(&mut store, "mia", CriteriaChange::Sign(draft, None)).unwrap_err();
    assert!(error.contains("nobody of sales is there"), "{error}");
    does(
        &mut store,
        &at("mia", 1),
        Change::Attend(vec!["sam".into()]),
    );
    criteria(&mut store, "mia", CriteriaChange::Sign(draft, None)).unwrap();
    // What was taken back is not signed again once the other side has left.
    let mia = author(Some("mia"));
    store.apply(&Command::Undo(None), &mia).unwrap();
    does(&mut store, &at("sam", 1), Change::Leave(vec!["sam".into()]));
    let error = store.apply(&Command::Redo, &mia).unwrap_err().to_string();
    assert!(error.contains("nobody of sales is there"), "{error}");
    does(
        &mut store,
        &at("sam", 1),
        Change::Attend(vec!["sam".into()]),
    );
    criteria(&mut store, "mia", CriteriaChange::Sign(draft, None)).unwrap();
    does(&mut store, &at("mia", 2), Change::Leave(vec!["mia".into()]));
    let error = criteria(&mut store, "sam", CriteriaChange::Sign(draft, None)).unwrap_err();
    assert!(error.contains("nobody of marketing is there"), "{error}");
    does(
        &mut store,
        &at("mia", 3),
        Change::Attend(vec!["max".into()]),
    );
    criteria(&mut store, "sam", CriteriaChange::Sign(draft, None)).unwrap();
    // Who was there when it was signed is not taken back under the signature.
    let came = store.journal(None, 99).unwrap();
    let came = came
        .iter()
        .find(|entry| entry.summary.contains("SAM at the table"))
        .unwrap()
        .id;
    let error = store.undo(came, &at("mia", 4)).unwrap_err().to_string();
    assert!(error.contains("rests on it"), "{error}");
    does(&mut store, &at("mia", 5), close());
    // Nor is one brought back in a later meeting where the other side is not.
    criteria(&mut store, "mia", CriteriaChange::Open { segment: None }).unwrap();
    criteria(&mut store, "mia", CriteriaChange::Propose(CriteriaId(2))).unwrap();
    criteria(&mut store, "sam", CriteriaChange::Sign(CriteriaId(2), None)).unwrap();
    let sam = author(Some("sam"));
    store.apply(&Command::Undo(None), &sam).unwrap();
    does(&mut store, &at("mia", 6), start(&[]));
    let error = store.apply(&Command::Redo, &sam).unwrap_err().to_string();
    assert!(error.contains("nobody of sales is there"), "{error}");
    // Without a meeting nobody has to sit anywhere.
    does(&mut store, &at("mia", 7), close());
    store.apply(&Command::Redo, &sam).unwrap();
    criteria(&mut store, "mia", CriteriaChange::Sign(CriteriaId(2), None)).unwrap();
}
