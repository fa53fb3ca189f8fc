//! What keeps a challenge as it was said: imports, the doctor, the schema.

use super::super::records::{everything, import, lead as record, leads, rejected, verdict};
use super::*;
use crate::domain::import::ImportRecord;

#[test]
fn an_import_never_touches_what_the_room_speaks_of() {
    let mut store = store();
    for (handle, side) in [("sam", Side::Sales), ("mia", Side::Marketing)] {
        store.apply(&person(handle, side), &nobody()).unwrap();
    }
    import(
        &mut store,
        &leads(vec![record("1", "Ada"), record("2", "Bob")]),
    );
    let brought = leads(vec![
        rejected("1", "Ada", "no_need"),
        rejected("2", "Bob", "no_need"),
    ]);
    let batch = import(&mut store, &brought).batch.unwrap();
    by_mia(&mut store, &challenge(1));
    let newer = |id: &str, name: &str| {
        let mut newer = record(id, name);
        if let Some(handoff) = &mut newer.handoff {
            handoff.verdict = Some(verdict(Verdict::Accepted, 1_740_000_000, None));
        }
        newer
    };
    let again = leads(vec![newer("1", "Ada"), newer("2", "Bob")]);
    let report = import(&mut store, &again);
    assert_eq!(
        (report.of(Kind::Lead).updated, report.conflicts.count),
        (1, 1)
    );
    let undo = Command::UndoBatch(report.batch.unwrap());
    store.apply(&undo, &nobody()).unwrap();
    // Taking the import back leaves the challenged verdict, and says so.
    let undone = store.apply(&Command::UndoBatch(batch), &nobody()).unwrap();
    assert_eq!(undone.kept.len(), 1, "{undone:?}");
    let verdicts = "SELECT count(*) FROM handoff WHERE verdict = 'rejected'";
    assert_eq!(count(&store, verdicts), 1);
    // An overturned rejection does not come back with the next export either.
    done(&mut store, &settle(1, Proposal::Overturned, both()));
    import(&mut store, &brought);
    assert_eq!(
        count(
            &store,
            "SELECT count(*) FROM handoff WHERE lead_id = 1 AND verdict IS NULL"
        ),
        1
    );
    for rule in crate::store::doctor::RULES {
        let sql = format!("SELECT count(*) FROM ({})", rule.sql);
        assert_eq!(count(&store, &sql), 0, "{} {}", rule.of, rule.broken);
    }
}

#[test]
fn the_doctor_and_the_schema_know_the_rules() {
    let mut store = challenged();
    done(&mut store, &settle(1, Proposal::Overturned, both()));
    let raw = |sql: &str| {
        store
            .conn
            .execute_batch(sql)
            .map_err(|error| error.to_string())
    };
    for sql in [
        "UPDATE challenge SET sales_by = NULL, sales_at = NULL",
        "UPDATE challenge SET sales_by = marketing_by",
        "UPDATE challenge SET settlement = 'upheld'",
        "UPDATE challenge SET settled_at = NULL",
    ] {
        let text = raw(sql).unwrap_err();
        assert!(text.contains("CHECK"), "{sql}: {text}");
    }
    raw("UPDATE handoff SET verdict = 'rejected', verdict_at = 5, reason_id = 1, evidence = 'none' WHERE id = 1").unwrap();
    let health = store.doctor().unwrap();
    let found: Vec<&str> = health.findings.iter().map(|f| f.what.as_str()).collect();
    assert!(
        found
            .iter()
            .any(|what| what.contains("still stand as rejections (id 1)")),
        "{found:?}"
    );
}

#[test]
fn a_bulk_of_challenges_is_one_entry() {
    let mut store = challenged();
    let commands = [challenge(1), challenge(2), challenge(3)];
    let bulk = store.apply_each(&commands, &mia()).unwrap();
    assert_eq!(bulk.done(), 2);
    assert!(bulk.results[0].as_ref().is_err_and(StoreError::is_refusal));
    store.undo(bulk.journal_id.unwrap(), &mia()).unwrap();
    assert_eq!(store.challenges(None).unwrap().len(), 1);
}

#[test]
fn attempts_that_come_later_do_not_change_what_a_challenged_rejection_rested_on() {
    let (attempts, before): (Vec<_>, Vec<_>) = everything()
        .into_iter()
        .partition(|record| matches!(record, ImportRecord::Attempt(_)));
    let evidence = "SELECT count(*) FROM handoff WHERE id = 2 AND evidence = 'none'";
    for challenged in [false, true] {
        let mut store = store();
        import(&mut store, &before);
        assert_eq!(count(&store, evidence), 1);
        if challenged {
            let mia = author(Some("mia.marketing"));
            store.apply(&challenge(2), &mia).unwrap();
        }
        import(&mut store, &attempts);
        assert_eq!(count(&store, evidence) == 1, challenged);
    }
}

#[test]
fn kept_columns_and_what_came_after_them_are_the_history() {
    let mut store = challenged();
    let kept = store.load_tables(&mut |_| ()).unwrap();
    store.write_cache(&kept).unwrap();
    by_mia(&mut store, &challenge(2));
    done(&mut store, &settle(1, Proposal::Overturned, both()));
    let soon = Proposal::Recycled(day("2025-06-10"));
    done(&mut store, &settle(2, soon, both()));
    let again = store.load_facts(&mut |_| ()).unwrap();
    let fresh = store.load_tables(&mut |_| ()).unwrap();
    assert_same(&again, &fresh, "kept columns and challenges");
    assert_eq!(fresh.challenges.rows.len(), 2);
}
