//! What a second file does: it never moves the past, and never makes one person of two.

use super::records::*;
use super::*;
use crate::domain::import::*;
use crate::domain::money::{Currency, Money};
use crate::domain::verdict::{AttemptOutcome, Channel, DealOutcome, Verdict};
use crate::store::Kind;

/// The lead as a file tells of it that has no dates: its own date stands in.
fn undated(id: &str, file: i64, rejected: bool) -> LeadRecord {
    let mut record = lead(id, "Ada");
    record.created = Moment(file);
    record.dating = Dating::Assumed;
    record.mql = Some(Moment(file));
    record.handoff = Some(HandoffRecord {
        at: Moment(file),
        dating: Dating::Assumed,
        assigned: None,
        trigger: None,
        verdict: rejected.then(|| verdict(Verdict::Rejected, file, Some("no_budget"))),
    });
    record
}

#[test]
fn a_date_that_was_only_assumed_stays_as_first_assumed() {
    let mut store = store();
    let dates = |store: &Store| {
        let sql = "SELECT l.created_at || ' ' || l.mql_at || ' ' || h.handed_off_at || ' ' || coalesce(h.verdict_at, '-')
            FROM lead l JOIN handoff h ON h.lead_id = l.id ORDER BY l.id";
        let mut stmt = store.conn.prepare(sql).unwrap();
        let rows = stmt.query_map([], |row| row.get(0)).unwrap();
        rows.collect::<Result<Vec<String>, _>>().unwrap()
    };
    let (first, second) = (1_700_000_000, 1_705_000_000);
    import(
        &mut store,
        &leads(vec![undated("1", first, false), undated("2", first, true)]),
    );
    let later = vec![
        undated("1", second, false),
        undated("2", second, true),
        undated("3", second, false),
    ];
    let report = import(&mut store, &leads(later));
    let tally = report.of(Kind::Lead);
    assert_eq!((tally.added, tally.updated, tally.unchanged), (1, 0, 2));
    assert_eq!(
        dates(&store),
        [
            "1700000000 1700000000 1700000000 -",
            "1700000000 1700000000 1700000000 1700000000",
            "1705000000 1705000000 1705000000 -",
        ]
    );
    // The verdict comes with a later file: on the day of the hand-over, which is all that is known.
    import(&mut store, &leads(vec![undated("1", second + 9, true)]));
    assert_eq!(
        dates(&store)[0],
        "1700000000 1700000000 1700000000 1700000000"
    );
    assert_eq!(count(&store, "SELECT count(*) FROM handoff"), 3);
}

#[test]
fn a_shared_phone_makes_no_one_person_of_two_e_mails() {
    let mut store = store();
    let by = |email: Option<&str>, name: &str| LeadRecord {
        key: Key {
            email: email.map(str::to_owned),
            phone: Some("+4930123456".into()),
            ..Key::default()
        },
        ..lead("0", name)
    };
    let file = leads(vec![
        by(Some("ann@acme.com"), "Ann"),
        by(Some("bob@acme.com"), "Bob"),
        by(None, "Ann"),
    ]);
    let report = import(&mut store, &file);
    let tally = report.of(Kind::Lead);
    assert_eq!((tally.added, tally.unchanged), (2, 1));
    let named = "SELECT count(*) FROM lead WHERE (name, email) IN (VALUES ('Ann', 'ann@acme.com'), ('Bob', 'bob@acme.com'))";
    assert_eq!(count(&store, named), 2);
    let told = format!("{:?}", report.duplicates);
    assert!(told.contains("the same phone, another e-mail"), "{told}");
}

#[test]
fn several_tries_of_a_day_stay_several_and_one_told_twice_of_a_moment_stays_one() {
    let mut store = store();
    import(&mut store, &leads(vec![lead("1", "Ada")]));
    let calendar = store.book().unwrap().calendar;
    let midnight = calendar.start_of(calendar.day_of(Moment(1_700_300_000)));
    let call = |at: Moment, outcome| {
        ImportRecord::Attempt(AttemptRecord {
            key: Key::default(),
            lead: key("1"),
            at,
            channel: Channel::Call,
            outcome,
            minutes: None,
            by: None,
            note: None,
        })
    };
    let noon = Moment(midnight.0 + 43_200);
    let file = vec![
        call(midnight, AttemptOutcome::NoAnswer),
        call(midnight, AttemptOutcome::Voicemail),
        call(midnight, AttemptOutcome::NoAnswer),
        call(noon, AttemptOutcome::NoAnswer),
        call(noon, AttemptOutcome::Connected),
        call(noon, AttemptOutcome::NoAnswer),
    ];
    for (added, unchanged) in [(5, 1), (0, 6)] {
        let tally = import(&mut store, &file).of(Kind::Attempt);
        assert_eq!((tally.added, tally.unchanged), (added, unchanged));
    }
}

#[test]
fn a_won_deal_that_a_file_calls_lost_is_taken_back_by_an_entry_of_today() {
    let mut store = store();
    let ended = |outcome, at: i64| {
        let mut deal = deal("d", None);
        deal.amount = Some(Money::units(1_000, Currency::EUR));
        deal.closed = Some((outcome, Moment(at)));
        deals(vec![deal])
    };
    import(&mut store, &ended(DealOutcome::Won, 1_700_300_000));
    let end = |store: &Store| -> (String, i64, Option<i64>) {
        let sql = "SELECT outcome, closed_at, reversed_at FROM opportunity";
        let read = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get(1)?, row.get(2)?));
        store.conn.query_row(sql, [], read).unwrap()
    };
    let report = import(&mut store, &ended(DealOutcome::Lost, 1_700_400_000));
    let (outcome, closed, reversed) = end(&store);
    assert_eq!((&*outcome, closed), ("won", 1_700_300_000));
    let told = format!("{:?}", report.conflicts);
    assert!(told.contains("takes the win back"), "{told}");
    let entries = "SELECT count(*) FROM opportunity_event WHERE kind = 'reversed'";
    assert_eq!((reversed.is_some(), count(&store, entries)), (true, 1));
    let again = import(&mut store, &ended(DealOutcome::Lost, 1_700_400_000));
    assert_eq!(again.of(Kind::Opportunity).unchanged, 1);
    assert_eq!((end(&store).2, count(&store, entries)), (reversed, 1));
}

#[test]
fn names_that_differ_in_case_and_blanks_are_one() {
    let mut store = store();
    let from = |id: &str, source: &str, company: &str, owner: &str| LeadRecord {
        source: Some(source.into()),
        account: Some(company.into()),
        owner: Some(owner.into()),
        ..lead(id, "Ada")
    };
    import(
        &mut store,
        &leads(vec![from("1", "Web Form", "Acme", "Rob Roy")]),
    );
    let file = vec![
        from("2", "web form", "ACME", "rob roy"),
        from("3", "Web  form", "Acme", "Rob Roy"),
    ];
    import(&mut store, &leads(file));
    let one = "SELECT count(DISTINCT source_id) = 1 AND count(DISTINCT account_id) = 1 AND count(DISTINCT owner_id) = 1 FROM lead";
    assert_eq!(count(&store, one), 1);
    let first =
        "SELECT count(*) FROM source s JOIN lead l ON l.source_id = s.id WHERE s.name = 'Web Form'";
    assert_eq!(count(&store, first), 3);
}
