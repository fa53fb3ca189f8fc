//! Imports: refusals, rehearsals, crashes, the gate, the history after them, kept columns, the doctor.

use super::records::*;
use super::*;
use crate::domain::ids::LeadId;
use crate::domain::import::{ImportRecord, LeadRecord};
use crate::domain::money::Money;
use crate::domain::verdict::{DealOutcome, Verdict};
use crate::facts::opportunities::DealChange;
use crate::store::{Changed, Import, ImportPlan, Kind, Rehearsal, StoreError, Strictness};

#[test]
fn what_cannot_be_kept_is_refused_with_the_reason() {
    let mut store = store();
    let mut late = lead("1", "Late");
    late.created = Moment(5_000_000_000);
    let unknown = rejected("2", "Unknown", "bad_hair");
    let other = rejected("3", "Other", "other");
    let mut told = rejected("4", "Told", "other");
    let mut undated = lead("5", "Undated");
    if let Some(handoff) = &mut told.handoff
        && let Some(verdict) = &mut handoff.verdict
    {
        verdict.reason_text = Some("wrong planet".into());
    }
    if let Some(handoff) = &mut undated.handoff {
        handoff.verdict = Some(verdict(Verdict::Recycled, 1_700_100_000, None));
    }
    let file = leads(vec![late, unknown, other, told, undated]);
    let report = import(&mut store, &file);
    let tally = report.of(Kind::Lead);
    assert_eq!((tally.added, tally.refused), (1, 4));
    let why: Vec<(u64, &str)> = report
        .refusals
        .iter()
        .map(|r| (r.line, r.why.as_str()))
        .collect();
    assert!(
        why[0].1.contains("1970 to 2106") && why[0].0 == 2,
        "{why:?}"
    );
    assert!(why[1].1.contains("no_budget"), "{why:?}");
    assert!(why[2].1.contains("needs a note"), "{why:?}");
    assert!(why[3].1.contains("date on which it comes back"), "{why:?}");
    let strict = ImportPlan {
        strictness: Strictness::Strict,
        ..plan()
    };
    let before = dump(&store);
    let mut file = file;
    file.extend(leads(vec![lead("8", "Fine")]));
    let report = import_as(&mut store, strict, &file);
    assert!(report.taken_back && report.batch.is_none());
    assert_eq!(dump(&store), before);
}

#[test]
fn a_rehearsal_counts_and_leaves_nothing() {
    let mut store = store();
    let (before, entries) = (dump(&store), store.journal_id().unwrap());
    let rehearsal = ImportPlan {
        rehearsal: Rehearsal::Yes,
        ..plan()
    };
    let report = import_as(&mut store, rehearsal, &everything());
    assert_eq!(report.of(Kind::Lead).added, 4);
    assert_eq!(
        (dump(&store), store.journal_id().unwrap()),
        (before, entries)
    );
}

#[test]
fn an_import_that_is_dropped_leaves_nothing_and_its_indexes_are_there() {
    let mut store = store();
    let before = dump(&store);
    let schema = "SELECT group_concat(sql, ';') FROM (SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name)";
    let text =
        |store: &Store| -> String { store.conn.query_row(schema, [], |row| row.get(0)).unwrap() };
    let indexes = text(&store);
    let mut dropped = Import::begin(&mut store, &nobody(), plan()).unwrap();
    dropped.push(&rows(&everything())).unwrap();
    drop(dropped);
    assert_eq!(dump(&store), before);
    assert_eq!(text(&store), indexes);
    import(&mut store, &everything());
    assert_eq!(text(&store), indexes);
}

#[test]
fn the_gate_is_checked_and_what_it_misses_is_listed() {
    let mut store = store();
    let mut no_value = deal("1", None);
    no_value.amount = None;
    let mut silent = deal("2", None);
    silent.qualified = None;
    let file = deals(vec![no_value.clone(), silent, deal("3", Some("nobody"))]);
    let report = import(&mut store, &file);
    assert_eq!(report.almost.count, 1);
    assert!(report.almost.first[0].what.contains("a value above zero"));
    assert_eq!(
        (report.leadless.count, report.leadless.first[0].line),
        (1, 4)
    );
    assert_eq!(
        count(
            &store,
            "SELECT count(*) FROM opportunity WHERE qualified_at IS NOT NULL"
        ),
        1
    );
    // The value comes later: now it goes through, and what is frozen stays frozen.
    no_value.amount = Some(Money::units(70, Currency::EUR));
    import(&mut store, &deals(vec![no_value.clone()]));
    no_value.amount = Some(Money::units(90, Currency::EUR));
    no_value.closed = Some((DealOutcome::Lost, Moment(1_707_000_000)));
    import(&mut store, &deals(vec![no_value]));
    let line = &store.opportunities_by_ids(&[1]).unwrap()[0];
    assert_eq!(line.qualified.map(|(_, money)| money.minor), Some(7_000));
    assert_eq!(line.amount.map(|money| money.minor), Some(9_000));
    assert_eq!(
        line.outcome.map(|(outcome, _)| outcome),
        Some(DealOutcome::Won),
        "what was won is taken back by an entry, not rewritten"
    );
    let facts = store.load_facts(&mut |_| ()).unwrap();
    let events = facts.opportunities.events.iter();
    let changes = events.filter(|event| event.change != DealChange::Qualified);
    assert_eq!(changes.count(), 1);
}

#[test]
fn a_recycled_lead_gets_a_second_handoff() {
    let mut store = store();
    import(&mut store, &everything());
    let mut back = lead("3", "Cy Recycled");
    if let Some(handoff) = &mut back.handoff {
        handoff.at = Moment(1_717_200_000);
    }
    import(&mut store, &leads(vec![back.clone()]));
    assert_eq!(import(&mut store, &leads(vec![back])).written(), (0, 0));
    let card = store.lead_card(LeadId(3)).unwrap().unwrap();
    let numbers: Vec<i64> = card.handoffs.iter().map(|h| h.number).collect();
    assert_eq!(numbers, [1, 2]);
}

#[test]
fn a_refresh_after_imports_is_a_load() {
    let mut store = store();
    import(&mut store, &everything());
    let mut facts = store.load_facts(&mut |_| ()).unwrap();
    let file = leads(vec![rejected("1", "Ada", "no_need"), lead("9", "Nina")]);
    let batch = import(&mut store, &file).batch.unwrap();
    assert_eq!(store.refresh(&mut facts).unwrap(), Changed::Rows);
    let loaded = store.load_facts(&mut |_| ()).unwrap();
    assert_same(&facts, &loaded, "after an import");
    store.apply(&Command::UndoBatch(batch), &nobody()).unwrap();
    assert_eq!(store.refresh(&mut facts).unwrap(), Changed::Everything);
    let loaded = store.load_facts(&mut |_| ()).unwrap();
    assert_same(&facts, &loaded, "after an import");
}

#[test]
fn own_fields_keep_their_type() {
    let mut store = store();
    import(&mut store, &everything());
    let sql = "SELECT count(*) FROM lead WHERE typeof(json_extract(custom, '$.score')) IN ('integer', 'real')
               AND json_extract(custom, '$.score') = 75";
    assert_eq!(count(&store, sql), 4);
    let mut wrong = plan();
    wrong.fields[0].kind = "text";
    let refused = Import::begin(&mut store, &nobody(), wrong).err().unwrap();
    assert!(matches!(refused, StoreError::Refused(_)));
    assert!(refused.to_string().contains("'score' holds number"));
}

#[test]
fn kept_columns_are_the_history_and_follow_what_comes_after() {
    let mut store = store();
    import(&mut store, &everything());
    let facts = store.load_facts(&mut |_| ()).unwrap();
    // A short history is not worth it; here it is kept all the same.
    assert!(!store.save_cache(&facts).unwrap());
    store.write_cache(&facts).unwrap();
    assert_eq!(store.cache_id().unwrap(), Some(2));
    let kept = store.load_cache().unwrap().unwrap();
    assert_same(&kept, &facts, "kept columns");
    import(
        &mut store,
        &leads(vec![rejected("1", "Ada", "no_need"), lead("9", "N")]),
    );
    let loaded = store.load_facts(&mut |_| ()).unwrap();
    assert_eq!(loaded.leads.len(), 5);
    assert_same(
        &loaded,
        &store.load_tables(&mut |_| ()).unwrap(),
        "kept columns and what came since",
    );
    // Damaged columns are thrown away.
    store
        .conn
        .execute_batch("UPDATE facts_cache SET bytes = x'0102' WHERE name LIKE '%deal.lead'")
        .unwrap();
    assert!(store.load_cache().unwrap().is_none());
    let again = store.load_facts(&mut |_| ()).unwrap();
    assert_same(&again, &loaded, "tables");
}

#[test]
fn an_import_into_an_empty_file_keeps_the_columns_of_a_long_history() {
    let many = |from: u32, to: u32| -> Vec<ImportRecord> {
        let one = |n: u32| {
            let id = n.to_string();
            let mut record = match n % 7 {
                0 => rejected(&id, "Re Jected", "no_budget"),
                _ => lead(&id, &format!("Lead {n}")),
            };
            record.created = Moment(1_700_000_000 - i64::from(n % 5_000) * 60);
            record.source = (!n.is_multiple_of(5)).then(|| format!("Source {}", n % 5).into());
            record.owner = (!n.is_multiple_of(3)).then(|| format!("Rep {}", n % 11).into());
            record.account = (!n.is_multiple_of(4)).then(|| format!("Firm {}", n % 900).into());
            record.mql = (!n.is_multiple_of(2)).then_some(record.created);
            if n.is_multiple_of(9) {
                (record.key.email, record.handoff) = (None, None);
            }
            record
        };
        let mut records = leads((from..to).map(one).collect());
        records.extend(deals(vec![deal(
            &format!("d{from}"),
            Some(&from.to_string()),
        )]));
        records
    };
    let mut store = store();
    import(&mut store, &many(1, 11_000));
    assert_eq!(store.cache_id().unwrap(), Some(store.journal_id().unwrap()));
    let tables = store.load_tables(&mut |_| ()).unwrap();
    assert_eq!(tables.leads.contactable.count_ones(..), 10_999 - 1_222);
    assert_same(&store.load_cache().unwrap().unwrap(), &tables, "kept");
    assert!(!store.keep_columns().unwrap(), "nothing came since");
    // A thousand rows more are patched in, and kept anew.
    import(&mut store, &many(11_000, 11_600));
    let tables = store.load_tables(&mut |_| ()).unwrap();
    let mut facts = store.load_cache().unwrap().unwrap();
    assert_eq!(store.refresh(&mut facts).unwrap(), Changed::Rows);
    assert_same(&facts, &tables, "patched");
    assert!(store.keep_columns().unwrap());
    assert_same(&store.load_cache().unwrap().unwrap(), &tables, "kept anew");
}

#[test]
fn a_lead_that_comes_twice_leaves_the_columns_to_the_tables() {
    let mut store = store();
    let mut records: Vec<LeadRecord> = (0..11_000).map(|n| lead(&n.to_string(), "Ada")).collect();
    let mut again = lead("5", "Ada");
    again.title = Some("Countess".into());
    records.push(again);
    import(&mut store, &leads(records));
    assert_eq!(store.cache_id().unwrap(), None);
    assert!(store.keep_columns().unwrap());
    let tables = store.load_tables(&mut |_| ()).unwrap();
    assert_same(&store.load_cache().unwrap().unwrap(), &tables, "kept");
}

#[test]
fn the_doctor_finds_nothing_after_imports_and_names_what_is_broken() {
    let mut store = store();
    let batch = import(&mut store, &everything()).batch.unwrap();
    let health = store.doctor().unwrap();
    assert!(health.is_well(), "{:?}", health.findings);
    assert!(health.counts.contains(&("lead", 4)));
    store.apply(&Command::UndoBatch(batch), &nobody()).unwrap();
    assert_eq!(store.doctor().unwrap().findings, []);
    import(&mut store, &everything());
    store
        .conn
        .execute_batch(
            "PRAGMA ignore_check_constraints = ON; PRAGMA foreign_keys = OFF;
             UPDATE opportunity SET close_on = NULL WHERE id = 1;
             UPDATE handoff SET reason_id = NULL WHERE id = 2;
             UPDATE lead SET source_id = 99 WHERE id = 1;
             INSERT INTO person (handle, name, side) VALUES ('eve', 'Eve', 'sales');
             INSERT INTO setting (key, value) VALUES ('small_n', 0);",
        )
        .unwrap();
    let health = store.doctor().unwrap();
    let text = format!("{:?}", health.findings);
    for part in [
        "1 deals are qualified and miss a part of the gate",
        "1 rejections have no reason",
        "1 rows of lead point to a source",
        "something else has written",
        "setting small_n",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
    assert!(!health.is_well());
}

#[test]
fn hot_questions_are_answered_by_key_or_index() {
    let store = store();
    crate::store::import::index_accounts(&store.conn).unwrap();
    for sql in [
        "SELECT id FROM lead WHERE external_id = 'x' AND source_system = 'y'",
        "SELECT id FROM lead WHERE account_id = 1 AND name = 'x'",
        "SELECT id FROM opportunity WHERE external_id = 'x' AND source_system = 'y'",
        "SELECT lead_id FROM opportunity_lead WHERE opportunity_id = 1",
        "SELECT opportunity_id FROM opportunity_lead WHERE lead_id = 1",
        "SELECT id FROM opportunity_event WHERE opportunity_id = 1",
        "SELECT id FROM spend WHERE lead_id = 1 AND external_id IS NULL",
        "SELECT op, entity, first_id, last_id FROM change WHERE journal_id > 5",
        crate::store::pages::LEAD,
        crate::store::pages::DEAL,
        crate::store::pages::SPEND,
    ] {
        let mut stmt = store
            .conn
            .prepare(&format!("EXPLAIN QUERY PLAN {sql}"))
            .unwrap();
        let unbound = vec![rusqlite::types::Value::Null; stmt.parameter_count()];
        let plan: Vec<String> = stmt
            .query_map(rusqlite::params_from_iter(unbound), |row| row.get(3))
            .unwrap()
            .map(Result::unwrap)
            .collect();
        assert!(
            !plan.iter().any(|step| step.starts_with("SCAN")),
            "{sql}: {plan:?}"
        );
    }
}

#[test]
fn the_schema_itself_refuses_what_breaks_a_rule() {
    let mut store = store();
    import(&mut store, &everything());
    // As every transaction of the store switches it before it starts.
    store.foreign_keys(true).unwrap();
    for sql in [
        "UPDATE handoff SET verdict = 'rejected', verdict_at = 1, evidence = 'none' WHERE id = 1",
        "UPDATE handoff SET verdict = 'accepted' WHERE id = 4",
        "UPDATE handoff SET verdict = 'maybe', verdict_at = 1, evidence = 'none' WHERE id = 4",
        "UPDATE handoff SET recycle_on = NULL WHERE id = 3",
        "UPDATE handoff SET lead_id = 99 WHERE id = 1",
        "UPDATE opportunity SET conversation_at = NULL WHERE id = 1",
        "UPDATE opportunity SET close_on = NULL WHERE id = 1",
        "UPDATE opportunity SET qualified_minor = 0 WHERE id = 1",
        "UPDATE opportunity SET evidence = 'none' WHERE id = 1",
        "UPDATE opportunity SET closed_at = NULL WHERE id = 1",
        "UPDATE opportunity SET currency = NULL WHERE id = 1",
        "UPDATE lead SET created_at = -1 WHERE id = 1",
        "UPDATE lead SET created_at = 'yesterday' WHERE id = 1",
        "DELETE FROM lead WHERE id = 1",
        "INSERT INTO workspace (id, name, currency, time_zone, created_at) VALUES (2, 'x', 'EUR', 'UTC', 0)",
    ] {
        assert!(store.conn.execute(sql, []).is_err(), "{sql}");
    }
}
