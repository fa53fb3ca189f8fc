//! Records out under the headers and words of CRMs.

use super::*;
use crate::domain::import::{Channels, Dating, HandoffRecord, Key, OwnFields, VerdictRecord};
use crate::domain::moment::{Day, Moment};
use crate::domain::verdict::{Evidence, Verdict};
use crate::transfer::map::Catalog;

fn lead() -> LeadRecord {
    LeadRecord {
        key: Key {
            system: Some("hubspot".into()),
            external_id: Some("42".into()),
            email: Some("ada@acme.test".into()),
            phone: Some("+4930123".into()),
        },
        name: "Ada King Lovelace".into(),
        social: None,
        channels: Channels::Shown,
        title: Some("=CEO".into()),
        account: Some("Acme, \"Inc\"".into()),
        source: Some("Webinar".into()),
        campaign: None,
        segment: None,
        owner: Some("Sam".into()),
        country: None,
        dating: Dating::Stated,
        created: Moment(1_735_689_600),
        mql: None,
        excluded: None,
        note: None,
        status: Some("CONNECTED".into()),
        custom: OwnFields::default(),
        cost: None,
        handoff: Some(HandoffRecord {
            dating: Dating::Stated,
            at: Moment(1_735_776_000),
            assigned: None,
            trigger: None,
            verdict: Some(VerdictRecord {
                verdict: Verdict::Rejected,
                at: Moment(1_735_862_400),
                reason: Some("no_budget".into()),
                reason_text: None,
                evidence: Evidence::Spoke,
                recycle_on: Some(Day(20_500)),
                note: Some("line one\nline two".into()),
            }),
        }),
    }
}

fn written(preset: &str, only: &[&str], form: Form) -> String {
    let catalog = Catalog::shipped();
    let reasons = Reasons::from([("no_budget".to_owned(), "No budget".to_owned())]);
    let mut writer = Writer::new(catalog.get(preset).unwrap(), form, only, &reasons);
    format!("{}{}{}", writer.head(), writer.lead(&lead()), writer.foot())
}

#[test]
fn a_rejection_speaks_the_words_of_the_crm() {
    let fields = ["id", "email", "status", "reason"];
    assert_eq!(
        written("hubspot-contacts", &fields, Form::Csv),
        "Record ID,Email,Lead Status,Disqualification Reason\n42,ada@acme.test,Unqualified,No budget\n"
    );
    assert_eq!(
        written("hubspot-leads", &fields, Form::Csv),
        "Record ID,Email,Lead Stage,Disqualification Reason\n42,ada@acme.test,Disqualified,No budget\n"
    );
    // An id of HubSpot's says nothing to Salesforce.
    assert_eq!(
        written("salesforce-report-leads", &fields, Form::Csv),
        "Lead ID,Email,Lead Status,Unqualified Reason\n,ada@acme.test,Rejected,No budget\n"
    );
}

#[test]
fn the_day_of_a_verdict_is_not_read_back_as_a_conversation() {
    let catalog = Catalog::shipped();
    let reasons = Reasons::new();
    let fields = ["verdict_at", "spoke"];
    let mut writer = Writer::new(
        catalog.get("real-estate-leads").unwrap(),
        Form::Csv,
        &fields,
        &reasons,
    );
    let mut silent = lead();
    let verdict = silent.handoff.as_mut().unwrap().verdict.as_mut().unwrap();
    verdict.evidence = Evidence::None;
    assert_eq!(writer.head(), "Negotiation_Date,Site_Visit_Date\n");
    assert_eq!(writer.lead(&silent), "2025-01-03T00:00:00Z,\n");
    assert_eq!(
        writer.lead(&lead()),
        "2025-01-03T00:00:00Z,2025-01-03T00:00:00Z\n"
    );
}

#[test]
fn names_are_split_where_the_crm_splits_them_and_cells_are_harmless() {
    let text = written(
        "hubspot-contacts",
        &["first_name", "last_name", "phone", "title", "account"],
        Form::Csv,
    );
    let cells = text.lines().nth(1).unwrap();
    assert_eq!(
        cells,
        "+4930123,Ada King,Lovelace,'=CEO,\"Acme, \"\"Inc\"\"\""
    );
}

#[test]
fn json_uses_our_own_names() {
    let text = written(
        "leads",
        &["name", "verdict_at", "recycle_on", "verdict_note", "phone"],
        Form::Json,
    );
    let rows: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(rows[0]["name"], "Ada King Lovelace");
    assert_eq!(rows[0]["verdict_at"], "2025-01-03T00:00:00Z");
    assert_eq!(rows[0]["verdict_note"], "line one\nline two");
    assert_eq!(rows[0]["phone"], "+4930123");
}

#[test]
fn every_shipped_map_of_leads_and_deals_can_be_written() {
    let catalog = Catalog::shipped();
    let reasons = Reasons::new();
    for map in catalog.maps() {
        let head = Writer::new(map, Form::Csv, &[], &reasons).head();
        assert!(!head.contains('*'), "{}: {head}", map.name);
    }
}

#[test]
fn no_cell_gives_a_terminal_orders() {
    let cells = ["\u{1b}]0;x\u{7}", "a\tb", "two\nlines", "\u{9b}2J\u{7f}"];
    assert_eq!(line(cells.into_iter()), "␛]0;x␇,a\tb,\"two\nlines\",·2J␡\n");
}

#[test]
fn marks_of_direction_come_back_as_they_went_out() {
    let names = [
        "\u{200f}דנה\u{200e} Ltd",
        "\u{202b}=1\u{202c}",
        "a\u{202e}b",
    ];
    let text = line(names.into_iter());
    let cells = text.trim_end().split(',').map(crate::text::cell::restore);
    assert_eq!(cells.collect::<Vec<_>>(), names);
}
