//! Records for the tests of imports.

use super::*;
use crate::domain::import::*;
use crate::domain::money::Money;
use crate::domain::verdict::{DealOutcome, Evidence, Verdict};
use crate::store::{Import, ImportPlan, ImportReport};

pub(super) fn key(id: &str) -> Key {
    Key {
        system: Some("crm".into()),
        external_id: Some(id.into()),
        email: None,
        phone: None,
    }
}

pub(super) fn lead(id: &str, name: &str) -> LeadRecord {
    LeadRecord {
        channels: Channels::Shown,
        key: Key {
            email: Some(format!("{id}@example.com")),
            ..key(id)
        },
        name: name.into(),
        social: None,
        title: None,
        account: Some("Initech".into()),
        source: Some("Webinar".into()),
        campaign: Some("Spring".into()),
        segment: None,
        owner: Some("Grace Hopper".into()),
        country: None,
        dating: Dating::Stated,
        created: Moment(1_700_000_000),
        mql: Some(Moment(1_700_000_100)),
        excluded: None,
        note: None,
        status: Some("Open".into()),
        custom: [("score", OwnValue::Number(75.0))].into_iter().collect(),
        cost: None,
        handoff: Some(HandoffRecord {
            dating: Dating::Stated,
            at: Moment(1_700_001_000),
            assigned: None,
            trigger: None,
            verdict: None,
        }),
    }
}

pub(super) fn verdict(verdict: Verdict, at: i64, reason: Option<&str>) -> VerdictRecord {
    VerdictRecord {
        verdict,
        at: Moment(at),
        reason: reason.map(Into::into),
        reason_text: None,
        evidence: Evidence::None,
        recycle_on: None,
        note: None,
    }
}

pub(super) fn rejected(id: &str, name: &str, reason: &str) -> LeadRecord {
    let mut record = lead(id, name);
    if let Some(handoff) = &mut record.handoff {
        handoff.verdict = Some(verdict(Verdict::Rejected, 1_700_100_000, Some(reason)));
    }
    record
}

pub(super) fn deal(id: &str, lead: Option<&str>) -> OpportunityRecord {
    OpportunityRecord {
        key: key(id),
        lead: lead.map(key),
        name: format!("Deal {id}"),
        account: None,
        source: None,
        campaign: None,
        segment: None,
        owner: Some("Grace Hopper".into()),
        dating: Dating::Stated,
        created: Moment(1_700_200_000),
        stage: Some("Demo".into()),
        amount: Some(Money::units(100, Currency::EUR)),
        close_on: Some(day("2024-01-31")),
        conversation: Some(Moment(1_700_150_000)),
        frozen: None,
        qualified: Some(Moment(1_700_300_000)),
        closed: Some((DealOutcome::Won, Moment(1_706_000_000))),
        lost_reason: None,
        lost_reason_text: None,
        delivery_cost: None,
        last_activity: None,
        status: None,
        note: None,
        custom: OwnFields::default(),
    }
}

pub(super) fn score() -> Vec<CustomField> {
    vec![CustomField {
        entity: "lead",
        key: "score".into(),
        label: "Score".into(),
        kind: "number",
    }]
}

pub(super) fn plan() -> ImportPlan {
    ImportPlan {
        file: Some("crm.csv".into()),
        fields: score(),
        ..ImportPlan::default()
    }
}

pub(super) fn rows(records: &[ImportRecord]) -> Vec<ImportRow> {
    records
        .iter()
        .enumerate()
        .map(|(n, record)| ImportRow {
            line: n as u64 + 2,
            record: record.clone(),
        })
        .collect()
}

pub(super) fn import_as(
    store: &mut Store,
    plan: ImportPlan,
    records: &[ImportRecord],
) -> ImportReport {
    let mut import = Import::begin(store, &nobody(), plan).unwrap();
    import.push(&rows(records)).unwrap();
    let report = import.finish().unwrap();
    assert_eq!(report.records(), records.len() as u64, "counts add up");
    report
}

pub(super) fn import(store: &mut Store, records: &[ImportRecord]) -> ImportReport {
    import_as(store, plan(), records)
}

pub(super) fn leads(records: Vec<LeadRecord>) -> Vec<ImportRecord> {
    records
        .into_iter()
        .map(|record| ImportRecord::Lead(Box::new(record)))
        .collect()
}

pub(super) fn deals(records: Vec<OpportunityRecord>) -> Vec<ImportRecord> {
    records
        .into_iter()
        .map(|record| ImportRecord::Opportunity(Box::new(record)))
        .collect()
}

/// Everything: leads with every verdict, deals in any order, companies, people, spend, touches, attempts.
pub(super) fn everything() -> Vec<ImportRecord> {
    use crate::domain::policy::{Side, SourceSide};
    use crate::domain::verdict::{AttemptOutcome, Channel, SpendKind};
    let mut recycled = lead("3", "Cy Recycled");
    let verdict_of = |v: Verdict, reason| Some(verdict(v, 1_700_100_000, reason));
    if let Some(handoff) = &mut recycled.handoff {
        handoff.verdict = verdict_of(Verdict::Recycled, None).map(|v| VerdictRecord {
            recycle_on: Some(day("2024-06-01")),
            ..v
        });
    }
    let mut costly = lead("4", "Dee Costly");
    costly.cost = Some((Money::units(12, Currency::EUR), day("2023-11-14")));
    let mut records = deals(vec![deal("d1", Some("1")), deal("d2", None)]);
    records.extend(leads(vec![
        lead("1", "Ada Lovelace"),
        rejected("2", "Bob Rejected", "no_budget"),
        recycled,
        costly,
    ]));
    records.push(ImportRecord::Account(Box::new(AccountRecord {
        key: key("a1"),
        name: "Globex".into(),
        domain: Some("globex.example".into()),
        industry: Some("Steel".into()),
        country: None,
        employees: Some(50),
        custom: OwnFields::default(),
    })));
    records.push(ImportRecord::Person(PersonRecord {
        key: key("p1"),
        name: "Mia Marketing".into(),
        side: Side::Marketing,
    }));
    let spend = SpendRecord {
        key: Key::default(),
        source: Some("Ads".into()),
        source_side: Some(SourceSide::Marketing),
        campaign: None,
        on: day("2023-11-01"),
        kind: SpendKind::Media,
        amount: Money::units(500, Currency::EUR),
        note: None,
    };
    records.push(ImportRecord::Spend(spend.clone()));
    records.push(ImportRecord::Spend(SpendRecord {
        amount: Money::units(300, Currency::EUR),
        ..spend
    }));
    records.push(ImportRecord::Touch(TouchRecord {
        key: key("t1"),
        lead: key("1"),
        at: Moment(1_700_000_500),
        kind: "webinar".into(),
        campaign: Some("Spring".into()),
        note: None,
    }));
    for n in 0..3 {
        records.push(ImportRecord::Attempt(AttemptRecord {
            key: key(&format!("x{n}")),
            lead: key("2"),
            at: Moment(1_700_010_000 + n * 3_600),
            channel: Channel::Call,
            outcome: AttemptOutcome::NoAnswer,
            minutes: (n == 0).then_some(7),
            by: Some("Grace Hopper".into()),
            note: None,
        }));
    }
    records
}

#[test]
fn cards_find_companies_by_an_index_that_is_made_once() {
    let mut store = store();
    let sql = "SELECT count(*) FROM sqlite_schema WHERE name = 'lead_account'";
    assert_eq!(count(&store, sql), 0);
    store.prepare_cards().unwrap();
    store.prepare_cards().unwrap();
    assert_eq!(count(&store, sql), 1);
}
