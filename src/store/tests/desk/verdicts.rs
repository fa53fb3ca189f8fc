//! Attempts and verdicts: evidence, reasons, dates, who may.

use super::*;
use crate::domain::ids::JournalId;

#[test]
fn a_rejection_stores_what_it_rests_on() {
    let mut store = desk();
    done(&mut store, &attempt(1, AttemptOutcome::Connected));
    done(&mut store, &reject(1, "no_budget", None));
    done(&mut store, &reject(2, "duplicate", None));
    for hour in 1..=3 {
        let moment = Moment(NOW.0 - hour * HOUR);
        done(&mut store, &attempt_at(3, AttemptOutcome::NoAnswer, moment));
    }
    let third = done(&mut store, &reject(3, "unreachable", None));
    assert_eq!(third.notes, Vec::<String>::new());
    done(&mut store, &attempt(4, AttemptOutcome::Voicemail));
    let fourth = done(&mut store, &reject(4, "unreachable", None));
    assert_eq!(
        fourth.notes,
        ["stored as unverified: no conversation, and 1 of 3 agreed attempts"]
    );
    assert_eq!(fourth.summary, "reject Di (Unable to reach), unverified");
    let evidence: Vec<String> = ["1", "2", "3", "4"]
        .iter()
        .map(|id| {
            text(
                &store,
                &format!("SELECT evidence FROM handoff WHERE id = {id}"),
            )
        })
        .collect();
    assert_eq!(evidence, ["spoke", "objective", "attempts", "none"]);
    let by = "SELECT count(*) FROM handoff WHERE verdict_by = 1 AND verdict_at = 1748779200";
    assert_eq!(count(&store, by), 4);
}

fn text(store: &Store, sql: &str) -> String {
    store.conn.query_row(sql, [], |row| row.get(0)).unwrap()
}

#[test]
fn no_rejection_without_a_reason_and_other_needs_a_note() {
    let mut store = desk();
    let text = refused(&mut store, &reject(1, "", None));
    assert!(
        text.starts_with("there is no reason ''; known: duplicate, bad_contact_data"),
        "{text}"
    );
    let text = refused(&mut store, &reject(1, "other", Some("  ")));
    assert!(text.contains("add a note that says what it was"), "{text}");
    done(&mut store, &reject(1, "other", Some("moved to the moon")));
    let text = refused(&mut store, &reject(1, "spam", None));
    assert_eq!(
        text,
        "Ada was rejected on 2025-06-01; reopen it first to say something else; nothing was changed"
    );
    let text = refused(&mut store, &reject(99, "spam", None));
    assert!(text.starts_with("there is no handoff 99"), "{text}");
}

#[test]
fn a_recycled_lead_comes_back_that_day_as_a_new_handoff() {
    let mut store = desk();
    let text = refused(&mut store, &recycle(1, "2025-06-01"));
    assert!(text.contains("after today (2025-06-01)"), "{text}");
    done(&mut store, &recycle(1, "2025-06-10"));
    // Midnight in Berlin.
    let start = Moment(1_749_506_400);
    let next =
        "SELECT handed_off_at FROM handoff WHERE lead_id = 1 AND number = 2 AND owner_id = 1";
    assert_eq!(count(&store, next), start.0);
    let id = count(&store, "SELECT id FROM handoff WHERE number = 2");
    let text = refused(&mut store, &accept(id));
    assert!(text.contains("Ada comes back on 2025-06-10"), "{text}");
    let later = at(&sam(), start);
    store.apply(&accept(id), &later).unwrap();
    let text = refused(&mut store, &reopen(1));
    assert!(text.contains("came back and was worked on since"), "{text}");
}

#[test]
fn reopening_restores_the_state_before() {
    for verdict in [
        accept(1),
        reject(1, "other", Some("why")),
        recycle(1, "2025-06-10"),
    ] {
        let mut store = desk();
        let before = count(&store, "SELECT count(*) FROM handoff");
        done(&mut store, &verdict);
        done(&mut store, &reopen(1));
        assert_eq!(count(&store, "SELECT count(*) FROM handoff"), before);
        let open = "SELECT count(*) FROM handoff WHERE verdict IS NULL AND evidence IS NULL AND reason_id IS NULL
                    AND recycle_on IS NULL AND verdict_by IS NULL";
        assert_eq!(count(&store, open), 5, "{verdict:?}");
        let text = refused(&mut store, &reopen(1));
        assert!(text.contains("Ada has no verdict"), "{text}");
    }
}

#[test]
fn who_works_a_lead_that_nobody_has_gets_it() {
    let mut store = desk();
    done(&mut store, &attempt(5, AttemptOutcome::Sent));
    let mine = "SELECT owner_id FROM handoff WHERE id = 5 AND assigned_at = 1748779200";
    assert_eq!(count(&store, mine), 1);
    let text = refused(
        &mut store,
        &Command::Desk(Desk::Assign {
            handoff: HandoffId(5),
            to: "mia".into(),
        }),
    );
    assert!(text.contains("leads are given to sales"), "{text}");
    done(
        &mut store,
        &Command::Desk(Desk::Assign {
            handoff: HandoffId(5),
            to: "sue".into(),
        }),
    );
    assert_eq!(
        count(
            &store,
            mine.replace("owner_id FROM", "owner_id - 1 FROM").as_str()
        ),
        1
    );
}

#[test]
fn marketing_hands_over_and_touches_and_gives_no_verdict() {
    let mut store = desk();
    let mia = author(Some("mia"));
    let hand_over = |lead| {
        Command::Desk(Desk::HandOver {
            lead: LeadId(lead),
            to: Some("sue".into()),
            trigger: Some("asked for a demo".into()),
        })
    };
    store.apply(&hand_over(6), &mia).unwrap();
    assert_eq!(
        count(&store, "SELECT owner_id FROM handoff WHERE lead_id = 6"),
        2
    );
    let error = store.apply(&hand_over(6), &mia).unwrap_err().to_string();
    assert!(error.contains("Flo is in the queue already"), "{error}");
    let touch = Command::Desk(Desk::AddTouch {
        lead: LeadId(6),
        at: NOW,
        kind: "webinar".into(),
        campaign: Some("Spring".into()),
        note: None,
    });
    store.apply(&touch, &mia).unwrap();
    for command in [
        accept(1),
        attempt(1, AttemptOutcome::Sent),
        Command::Qualify(whole(&[1])),
    ] {
        let error = store.apply(&command, &mia).unwrap_err();
        assert!(matches!(error, StoreError::NotAllowed(_)), "{error}");
    }
    let error = store.apply(&touch, &sam()).unwrap_err().to_string();
    assert!(
        error.contains("sales may not record marketing's touches; marketing may"),
        "{error}"
    );
    let error = store.apply(&accept(1), &author(Some("eve"))).unwrap_err();
    assert!(error.to_string().contains("executive may not"), "{error}");
}

#[test]
fn a_bulk_judges_each_row_and_is_one_entry() {
    let mut store = desk();
    done(&mut store, &reject(2, "spam", None));
    let entries = store.journal_id().unwrap();
    let before = dump(&store);
    let commands: Vec<Command> = [1, 2, 99, 3]
        .into_iter()
        .map(|id| reject(id, "no_need", None))
        .collect();
    let bulk = store.apply_each(&commands, &sam()).unwrap();
    assert_eq!(bulk.done(), 2);
    assert!(bulk.results[0].is_ok() && bulk.results[3].is_ok());
    let why = bulk.results[1].as_ref().unwrap_err().to_string();
    assert!(why.starts_with("Bob was rejected on"), "{why}");
    assert_eq!(store.journal_id().unwrap(), entries + 1);
    assert_eq!(
        bulk.summary,
        "reject × 2: reject Ada (No need), unverified and 1 more"
    );
    store.undo(bulk.journal_id.unwrap(), &sam()).unwrap();
    assert_eq!(before, dump(&store));
    let all_refused = store.apply_each(&commands[1..3], &sam()).unwrap();
    assert_eq!((all_refused.done(), all_refused.journal_id), (0, None));
    let mia = author(Some("mia"));
    let foreign = store.apply_each(&commands, &mia).unwrap();
    assert_eq!(foreign.done(), 0);
    assert_eq!(
        store.journal(None, 1).unwrap()[0].id,
        JournalId(entries + 2)
    );
}

#[test]
fn a_fixed_workspace_lives_in_its_own_moment() {
    let mut store = desk();
    let fixed = Workspace {
        as_of: Some(Moment(NOW.0 + DAY)),
        ..workspace()
    };
    store.apply(&Command::Reshape(fixed), &nobody()).unwrap();
    done(&mut store, &accept(1));
    let at = "SELECT verdict_at FROM handoff WHERE id = 1";
    assert_eq!(count(&store, at), NOW.0 + DAY);
}
