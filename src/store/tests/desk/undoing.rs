//! Undo and redo: one's own, with the name; what was built on is explained.

use super::*;

#[test]
fn u_takes_back_ones_own_newest_change_and_ctrl_r_brings_it_back() {
    let mut store = desk();
    let start = dump(&store);
    done(&mut store, &reject(1, "no_need", None));
    let one = dump(&store);
    done(&mut store, &accept(2));
    let two = dump(&store);
    let sue = author(Some("sue"));
    store.apply(&accept(3), &sue).unwrap();
    store.apply(&Command::Undo(None), &sue).unwrap();
    let undo = done(&mut store, &Command::Undo(None));
    assert_eq!(undo.summary, "undo: accept Bob");
    assert_eq!(dump(&store), one);
    let undo = done(&mut store, &Command::Undo(None));
    assert_eq!(undo.summary, "undo: reject Ada (No need), unverified");
    assert_eq!(dump(&store), start);
    let redo = done(&mut store, &Command::Redo);
    assert_eq!(redo.summary, "redo: reject Ada (No need), unverified");
    assert_eq!(dump(&store), one);
    done(&mut store, &Command::Redo);
    assert_eq!(dump(&store), two);
    assert!(refused(&mut store, &Command::Redo).contains("nothing to redo"));
    done(&mut store, &Command::Undo(None));
    assert_eq!(dump(&store), one);
    done(&mut store, &accept(4));
    assert!(refused(&mut store, &Command::Redo).contains("nothing to redo"));
}

#[test]
fn what_somebody_built_on_is_explained_and_not_undone() {
    let mut store = desk();
    let sue = author(Some("sue"));
    let spoke = done(&mut store, &attempt(1, AttemptOutcome::Connected));
    store.apply(&reject(1, "no_need", None), &sue).unwrap();
    let text = refused(&mut store, &Command::Undo(spoke.journal_id));
    assert!(
        text.contains("was worked on since: 'reject Ada (No need)' by SUE"),
        "{text}"
    );
    let accepted = done(&mut store, &accept(2));
    done(&mut store, &attempt(2, AttemptOutcome::Connected));
    store.apply(&Command::Qualify(whole(&[2])), &sue).unwrap();
    let text = refused(&mut store, &Command::Undo(accepted.journal_id));
    assert!(text.contains("'qualify Acme (5000 EUR)' by SUE"), "{text}");
    let rejected = done(&mut store, &reject(3, "no_need", None));
    let again = Command::Desk(Desk::HandOver {
        lead: LeadId(3),
        to: None,
        trigger: None,
    });
    let mia = author(Some("mia"));
    store.apply(&again, &mia).unwrap();
    let text = refused(&mut store, &Command::Undo(rejected.journal_id));
    assert!(text.contains("'hand over Cy' by MIA"), "{text}");
    store.apply(&Command::Undo(None), &mia).unwrap();
    done(&mut store, &Command::Undo(rejected.journal_id));
}

#[test]
fn two_attempts_do_not_hold_each_other() {
    let mut store = desk();
    let first = done(&mut store, &attempt(1, AttemptOutcome::NoAnswer));
    done(&mut store, &attempt(1, AttemptOutcome::Voicemail));
    done(&mut store, &Command::Undo(first.journal_id));
    let left = "SELECT outcome = 'voicemail' FROM attempt";
    assert_eq!(count(&store, left), 1);
    // A row that came later has not taken the place of the one that is brought back.
    done(&mut store, &attempt(2, AttemptOutcome::Sent));
    let undone = store.journal(None, 2).unwrap()[1].id;
    done(&mut store, &Command::Undo(Some(undone)));
    assert_eq!(count(&store, "SELECT count(*) FROM attempt"), 3);
}

#[test]
fn others_changes_are_undone_by_who_may_make_them() {
    let mut store = desk();
    let applied = done(&mut store, &accept(1));
    let error = store
        .apply(&Command::Undo(applied.journal_id), &author(Some("mia")))
        .unwrap_err();
    assert!(matches!(error, StoreError::NotAllowed(_)), "{error}");
    store
        .apply(&Command::Undo(applied.journal_id), &author(Some("sue")))
        .unwrap();
    let nothing = store.apply(&Command::Undo(None), &author(Some("eve")));
    assert!(
        nothing
            .unwrap_err()
            .to_string()
            .contains("nothing of yours to undo")
    );
    let set_up = store.apply(
        &Command::Undo(Some(crate::domain::ids::JournalId(1))),
        &nobody(),
    );
    assert!(set_up.unwrap_err().to_string().contains("set-up"));
}

#[test]
fn what_made_a_workspace_of_a_fixed_day_is_no_change_of_anybodys() {
    let mut store = desk();
    store
        .conn
        .execute("UPDATE workspace SET as_of = ?1", [NOW.0])
        .unwrap();
    let set_up = Command::PutPerson {
        handle: "kim".into(),
        name: "Kim".into(),
        side: Side::Sales,
    };
    store.apply(&set_up, &nobody()).unwrap();
    let agreed = Command::Set {
        key: "small_n".into(),
        value: 20,
    };
    store.apply(&agreed, &author(Some("kim"))).unwrap();
    let undo = |store: &mut Store, at_: Moment| {
        let author = at(&author(Some("kim")), at_);
        store.apply(&Command::Undo(None), &author)
    };
    let refused = undo(&mut store, NOW).unwrap_err().to_string();
    assert!(refused.contains("nothing of yours to undo"), "{refused}");
    let later = Moment(NOW.0 + DAY);
    let accept = Command::Desk(Desk::Accept {
        handoff: HandoffId(1),
        despite: None,
        note: None,
    });
    let error = store.apply(&accept, &at(&nobody(), later)).unwrap_err();
    assert!(error.to_string().contains("--as HANDLE"), "{error}");
    let kim = at(&author(Some("kim")), later);
    store.apply(&accept, &kim).unwrap();
    assert_eq!(undo(&mut store, later).unwrap().summary, "undo: accept Ada");
    assert!(undo(&mut store, later).is_err());
}
