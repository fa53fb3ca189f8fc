//! Imports: what comes in, what twice changes, what people did stays, what is refused, what a crash and an undo leave.

use super::records::*;
use super::*;
use crate::domain::ids::{BatchId, LeadId, OpportunityId};
use crate::domain::import::{Channels, Key, LeadRecord};
use crate::domain::verdict::{Evidence, Verdict};
use crate::store::Kind;

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
    let told: Vec<&str> = card.timeline.iter().map(|h| h.what.as_str()).collect();
    assert_eq!(
        told,
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
fn a_lead_needs_a_channel_unless_the_export_withholds_them() {
    let mut store = store();
    let without = |id: &str, channels| LeadRecord {
        key: key(id),
        channels,
        ..lead(id, "Ada Lovelace")
    };
    let both = vec![
        without("1", Channels::Shown),
        without("2", Channels::Withheld),
    ];
    import(&mut store, &leads(both));
    let facts = store.load_facts(&mut |_| ()).unwrap();
    assert_eq!(facts.leads.contactable.ones().collect::<Vec<_>>(), [1]);
}

#[test]
fn leads_are_found_by_e_mail_and_phone_in_later_files_and_later_lines() {
    let mut store = store();
    let by = |email: Option<&str>, phone: Option<&str>, name: &str| LeadRecord {
        key: Key {
            email: email.map(str::to_owned),
            phone: phone.map(str::to_owned),
            ..Key::default()
        },
        ..lead("0", name)
    };
    let mut known = lead("1", "Ada");
    known.key.email = Some("ada@example.com".into());
    import(&mut store, &leads(vec![known.clone()]));
    // A later file knows the address alone and brings the phone; its next line knows only that.
    let file = leads(vec![
        by(Some("ada@example.com"), Some("+4930123"), "Ada"),
        by(None, Some("+4930123"), "Ada"),
        by(Some("bob@example.com"), None, "Bob"),
        by(Some("bob@example.com"), None, "Bob"),
    ]);
    let report = import(&mut store, &file);
    let tally = report.of(Kind::Lead);
    assert_eq!((tally.added, tally.updated, tally.unchanged), (1, 1, 2));
    let kept = "SELECT count(*) FROM lead WHERE phone = '+4930123' AND email = 'ada@example.com'";
    assert_eq!(
        (
            count(&store, "SELECT count(*) FROM lead"),
            count(&store, kept)
        ),
        (2, 1)
    );
}
