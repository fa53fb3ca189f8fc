//! Imports: what comes in, what twice changes, what people did stays, what is refused, what a crash and an undo leave.

use super::records::*;
use super::*;
use crate::domain::ids::{BatchId, LeadId, OpportunityId};
use crate::domain::import::*;
use crate::domain::money::Money;
use crate::domain::verdict::{DealOutcome, Evidence, Verdict};
use crate::store::{Changed, Import, ImportPlan, Kind, Rehearsal, StoreError, Strictness};

#[test]
fn everything_comes_in_and_can_be_read() {
    let mut store = store();
    let report = import(&mut store, &everything());
    assert_eq!(report.of(Kind::Lead).added, 4);
    assert_eq!(report.of(Kind::Attempt).added, 3);
    assert_eq!(report.of(Kind::Spend).added, 2);
    let facts = store.load_facts(&mut |_| ()).unwrap();
    assert_eq!(
        (
            facts.leads.len(),
            facts.handoffs.len(),
            facts.opportunities.len()
        ),
        (4, 4, 2)
    );
    assert_eq!(facts.spend.rows.len(), 3);
    assert_eq!(facts.handoffs.attempts[1], 3);
    assert_eq!(facts.handoffs.minutes_logged[1], 7);
    assert_eq!(facts.handoffs.minutes_assumed[1], 16);
    // Three attempts are what "no budget" without a talk may rest on.
    assert_eq!(facts.handoffs.evidence(1), Evidence::Attempts);
    let won = &facts.opportunities.rows[0];
    assert_eq!((won.lead, won.handoff), (0, 0));
    assert_eq!(won.qualified_amount, 10_000);
    assert_eq!(facts.names.sources.name(won.source), "Webinar");
    let card = store.lead_card(LeadId(1)).unwrap().unwrap();
    assert_eq!(card.fields, [("Score".to_owned(), "75".to_owned())]);
    let story: Vec<&str> = card.timeline.iter().map(|h| h.what.as_str()).collect();
    assert_eq!(
        story,
        [
            "came in",
            "marked as marketing-qualified",
            "webinar (Spring)",
            "handed to sales (1)",
            "deal made",
            "qualified",
            "won"
        ]
    );
    let card = store.deal_card(OpportunityId(1)).unwrap().unwrap();
    assert_eq!(card.leads, [(LeadId(1), "Ada Lovelace".to_owned())]);
    assert_eq!(card.line.missing, []);
    assert_eq!(store.spend_by_ids(&[3, 1]).unwrap().len(), 2);
    assert_eq!(store.handoffs_by_ids(&[2]).unwrap()[0].name, "Bob Rejected");
}

#[test]
fn twice_changes_nothing_and_writes_no_entry() {
    let mut store = store();
    import(&mut store, &everything());
    let (before, entries) = (dump(&store), store.journal_id().unwrap());
    let report = import(&mut store, &everything());
    assert_eq!(report.written(), (0, 0));
    assert_eq!(report.batch, None);
    assert_eq!(dump(&store), before);
    assert_eq!(store.journal_id().unwrap(), entries);
    assert_eq!(count(&store, "SELECT count(*) FROM batch"), 1);
}

#[test]
fn an_undone_batch_leaves_what_was_before_to_the_byte() {
    let mut store = store();
    let empty = dump(&store);
    let first = import(&mut store, &everything()).batch.unwrap();
    let filled = dump(&store);
    let mut changed = lead("1", "Ada King");
    changed.title = Some("Countess".into());
    let second = import(&mut store, &leads(vec![changed, lead("9", "Nina New")]));
    assert_eq!(
        (second.of(Kind::Lead).added, second.of(Kind::Lead).updated),
        (1, 1)
    );
    let undo = |store: &mut Store, batch| store.apply(&Command::UndoBatch(batch), &nobody());
    let undone = undo(&mut store, second.batch.unwrap()).unwrap();
    assert_eq!((undone.kept.len(), dump(&store)), (0, filled));
    let undone = undo(&mut store, first).unwrap();
    assert_eq!((undone.kept, dump(&store)), (Vec::new(), empty));
    assert!(
        undo(&mut store, first)
            .unwrap_err()
            .to_string()
            .contains("already")
    );
    assert!(undo(&mut store, BatchId(77)).is_err());
    // And the file can come in again.
    assert_eq!(import(&mut store, &everything()).of(Kind::Lead).added, 4);
}

/// Journalled like a person's own change; its command comes with the leads' screen.
fn by_hand(store: &mut Store, table: crate::store::table::Table, id: i64, cell: (&str, &str)) {
    let tx = store.begin().unwrap();
    let signer = crate::store::apply::signer(&tx, &nobody(), None).unwrap();
    let mut recorder = crate::store::recorder::Recorder::new(&tx, signer, "test");
    let value = rusqlite::types::Value::Text(cell.1.into());
    recorder.update(table, id, &[(cell.0, value)]).unwrap();
    recorder.finish("by hand").unwrap();
    tx.commit().unwrap();
}

#[test]
fn an_undo_keeps_and_names_what_a_person_changed_since() {
    use crate::store::table::Table;
    let mut store = store();
    let batch = import(&mut store, &everything()).batch.unwrap();
    by_hand(&mut store, Table::Lead, 3, ("note", "call back"));
    let undone = store.apply(&Command::UndoBatch(batch), &nobody()).unwrap();
    assert!(
        undone.kept.contains(&"lead Cy Recycled".to_owned()),
        "{:?}",
        undone.kept
    );
    assert_eq!(count(&store, "SELECT count(*) FROM lead"), 1);
    assert_eq!(
        count(&store, "SELECT count(*) FROM pragma_foreign_key_check"),
        0
    );
}

#[test]
fn an_export_never_overwrites_what_a_person_set() {
    use crate::store::table::Table;
    let mut store = store();
    import(&mut store, &leads(vec![rejected("1", "Ada", "no_need")]));
    by_hand(&mut store, Table::Lead, 1, ("title", "CEO"));
    by_hand(
        &mut store,
        Table::Handoff,
        1,
        ("note", "spoke, wants a trial"),
    );
    let mut stale = lead("1", "Ada");
    stale.title = Some("Intern".into());
    if let Some(handoff) = &mut stale.handoff {
        handoff.verdict = Some(verdict(Verdict::Accepted, 1_800_000_000, None));
    }
    let report = import(&mut store, &leads(vec![stale]));
    assert_eq!(report.of(Kind::Lead).unchanged, 1);
    let what: Vec<&str> = report
        .conflicts
        .first
        .iter()
        .map(|c| c.what.as_str())
        .collect();
    assert_eq!(
        what,
        [
            "lead Ada: title stays as a person set it here",
            "lead Ada: verdict stays as a person gave it here"
        ]
    );
    let line = &store.leads_by_ids(&[1]).unwrap()[0];
    let handoff = line.handoff.as_ref().unwrap();
    assert_eq!(handoff.verdict.map(|(v, _)| v), Some(Verdict::Rejected));
}

#[test]
fn a_newer_export_moves_the_verdict_on_and_an_older_one_does_not() {
    let mut store = store();
    import(&mut store, &leads(vec![lead("1", "Ada")]));
    let newer = leads(vec![rejected("1", "Ada", "no_need")]);
    assert_eq!(import(&mut store, &newer).of(Kind::Lead).updated, 1);
    let mut older = lead("1", "Ada");
    if let Some(handoff) = &mut older.handoff {
        handoff.verdict = Some(verdict(Verdict::Accepted, 1_700_050_000, None));
    }
    let report = import(&mut store, &leads(vec![older]));
    assert_eq!(
        (report.of(Kind::Lead).unchanged, report.conflicts.count),
        (1, 1)
    );
}

#[test]
fn leads_are_found_by_id_then_e_mail_then_phone() {
    let mut store = store();
    import(&mut store, &leads(vec![lead("1", "Ada")]));
    let mut by_mail = lead("1", "Ada");
    by_mail.key = Key {
        email: Some("1@example.com".into()),
        phone: Some("+4930".into()),
        ..Key::default()
    };
    let mut by_phone = by_mail.clone();
    by_phone.key.email = None;
    by_phone.title = Some("Dr".into());
    let mut other_system = by_phone.clone();
    other_system.key.system = Some("other".into());
    other_system.key.external_id = Some("77".into());
    other_system.name = "A. Lovelace".into();
    other_system.country = Some("UK".into());
    for record in [by_mail, by_phone, other_system] {
        let report = import(&mut store, &leads(vec![record]));
        assert_eq!(report.of(Kind::Lead).updated, 1);
    }
    let card = store.lead_card(LeadId(1)).unwrap().unwrap();
    assert_eq!(card.line.name, "Ada");
    assert_eq!(
        (card.title.as_deref(), card.country.as_deref()),
        (Some("Dr"), Some("UK"))
    );
    // The same system's other id with the same e-mail is another lead, and is reported.
    let mut twin = lead("2", "Ada Twin");
    twin.key.email = Some("1@example.com".into());
    let report = import(&mut store, &leads(vec![twin]));
    assert_eq!(
        (report.of(Kind::Lead).added, report.duplicates.count),
        (1, 1)
    );
    assert!(report.duplicates.first[0].what.contains("same e-mail"));
}

#[test]
fn the_first_of_two_lines_about_one_lead_wins_and_both_ways_agree() {
    let mut again = lead("1", "Ada Again");
    again.title = Some("Dr".into());
    let mut namesake = lead("5", "Ada");
    namesake.key.email = None;
    let file = leads(vec![lead("1", "Ada"), again, namesake]);
    let mut fresh = store();
    let report = import(&mut fresh, &file);
    let tally = report.of(Kind::Lead);
    assert_eq!((tally.added, tally.updated), (2, 1));
    assert_eq!(report.duplicates.count, 2);
    let card = fresh.lead_card(LeadId(1)).unwrap().unwrap();
    assert_eq!(
        (card.line.name.as_str(), card.title.as_deref()),
        ("Ada", Some("Dr"))
    );
    assert_eq!(import(&mut fresh, &file).written(), (0, 0));
    // The way by indexes does what the way by memory does.
    let mut used = store();
    import(&mut used, &leads(vec![lead("0", "Zoe")]));
    let by_index = import(&mut used, &file);
    assert_eq!(by_index.of(Kind::Lead), tally);
    assert_eq!(by_index.duplicates.count, 2);
}

#[test]
fn what_cannot_be_kept_is_refused_with_the_reason() {
    let mut store = store();
    let mut late = lead("1", "Late");
    late.created = Moment(5_000_000_000);
    let unknown = rejected("2", "Unknown", "bad_hair");
    let other = rejected("3", "Other", "other");
    let mut told = rejected("4", "Told", "other");
    let mut undated = lead("5", "Undated");
    if let Some(handoff) = &mut told.handoff {
        if let Some(verdict) = &mut handoff.verdict {
            verdict.reason_text = Some("wrong planet".into());
        }
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
    dropped.push(rows(&everything())).unwrap();
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
        Some(DealOutcome::Lost)
    );
    let facts = store.load_facts(&mut |_| ()).unwrap();
    assert_eq!(facts.opportunities.events.len(), 1);
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
fn own_fields_load_as_typed_columns_and_keep_their_type() {
    use crate::facts::custom::CustomColumn;
    let mut store = store();
    import(&mut store, &everything());
    let CustomColumn::Number(scores) = store.load_custom("lead", "score").unwrap() else {
        panic!("a number was declared");
    };
    assert_eq!(scores, [75.0; 4]);
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
    store.save_cache(&facts).unwrap();
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
