//! Rows in, records out: what each kind of row becomes.

use super::plan_tests::{deal, import, lead};
use crate::domain::import::{Dating, ImportRecord};
use crate::domain::money::Currency;
use crate::domain::verdict::{DealOutcome, Evidence, Verdict};

#[test]
fn hubspot_contacts_with_curly_quotes_and_a_reason() {
    let got = import(
        "Record ID,First Name,Last Name,Email,Lead Status,Create Date,Lifecycle Stage,Date entered “Marketing Qualified Lead (Lifecycle Stage Pipeline)”,Disqualification Reason\n\
         1,Ann,Lee,Ann@X.org,Unqualified,2024-03-12 09:14,Lead,2024-03-14 10:00,NOT_A_GOOD_FIT\n\
         2,Bo,,b@x.org,,2024-03-12 09:14,Subscriber,,\n\
         3,Cy,,c@x.org,Bad Timing,2024-07-12 09:14,Customer,,\n",
    );
    assert_eq!(got.plan.map_name(), "hubspot-contacts");
    let ann = lead(&got.records[0]);
    assert_eq!(
        (
            ann.name.as_str(),
            ann.key.email.as_deref(),
            ann.key.system.as_deref()
        ),
        ("Ann Lee", Some("ann@x.org"), Some("hubspot"))
    );
    assert_eq!(
        ann.created.to_string(),
        "2024-03-12T08:14:00Z",
        "no zone: the workspace's"
    );
    assert_eq!(ann.mql.unwrap().to_string(), "2024-03-14T09:00:00Z");
    let verdict = ann.handoff.as_ref().unwrap().verdict.as_ref().unwrap();
    assert_eq!(
        (
            verdict.verdict,
            verdict.reason.as_deref(),
            verdict.reason_text.as_deref()
        ),
        (Verdict::Rejected, Some("not_a_fit"), Some("NOT_A_GOOD_FIT"))
    );
    assert_eq!(verdict.evidence, Evidence::None);
    assert!(
        lead(&got.records[1]).handoff.is_none(),
        "no lead status: never handed over"
    );
    let cy = lead(&got.records[2]);
    assert_eq!(
        cy.mql,
        Some(cy.created),
        "a customer was qualified by marketing"
    );
    let recycled = cy.handoff.as_ref().unwrap().verdict.as_ref().unwrap();
    assert_eq!(
        (recycled.verdict, recycled.recycle_on.unwrap().to_string()),
        (Verdict::Recycled, "2024-10-10".into())
    );
}

#[test]
fn a_wide_row_gives_lead_and_deal() {
    let got = import(
        "id,created_at,first_name,last_name,email,company,title,industry,employees,country,source,campaign,score,budget,authority,need,timing,status,owner,rejected_at,reject_reason,opp_amount,opp_created,opp_close,won_at\n\
         1,2023-01-01 09:26:04,D,N,d@x.example,Jade AB,Manager,Retail,75,US,Web form,Q1,65,,2,2,,won,owner03,,,7500,2023-01-15,2023-03-28,2023-03-28\n\
         2,2023-01-01 13:10:30,O,S,o@x.example,Polar SA,VP,Retail,72,US,Outbound,Q1,0,3000,3,0,23,rejected,owner22,2023-01-04,No authority,,,,\n\
         3,2023-01-01 13:10:30,P,S,p@x.example,Polar SA,VP,Retail,x,US,Outbound,Q1,0,3000,3,0,23,new,owner22,,,,,,\n",
    );
    assert_eq!(got.plan.map_name(), "leads-wide");
    let won = deal(&got.records[1]);
    assert_eq!(
        (won.amount.unwrap().minor, won.amount.unwrap().currency),
        (750_000, Currency::EUR)
    );
    assert_eq!(won.lead.as_ref().unwrap().external_id.as_deref(), Some("1"));
    assert_eq!(won.qualified.unwrap().to_string(), "2023-01-14T23:00:00Z");
    assert_eq!(
        (won.closed.unwrap().0, won.close_on.unwrap().to_string()),
        (DealOutcome::Won, "2023-03-28".into())
    );
    let rejected = lead(&got.records[3]);
    let own: serde_json::Value = serde_json::from_str(rejected.custom.json().unwrap()).unwrap();
    assert_eq!(own.as_object().unwrap().len(), 7);
    assert_eq!(
        rejected
            .handoff
            .as_ref()
            .unwrap()
            .verdict
            .as_ref()
            .unwrap()
            .reason
            .as_deref(),
        Some("not_decision_maker")
    );
    assert_eq!(got.records.len(), 5);
    assert_eq!(
        (
            got.refused[0].line,
            got.refused[0].column.as_deref(),
            got.refused[0].value.as_deref()
        ),
        (4, Some("employees"), Some("x"))
    );
}

#[test]
fn amounts_keep_their_currency_and_refuse_nonsense() {
    let got = import(
        "Deal ID;Deal Name;Deal Stage;Pipeline;Amount;Currency;Close Date;Create Date;Closed Lost Reason\n\
         1;A;Closed Won;P;1.234,56;USD;2024-05-01;2024-01-01;\n2;B;Closed Lost;P;1.000;;2024-05-01;2024-01-01;Price\n\
         3;C;Contract Sent;P;NaN;EUR;2024-05-01;2024-01-01;\n4;D;Contract Sent;P;5;Taler;2024-05-01;2024-01-01;\n5;E;New stage;P;;;;2024-01-01;\n",
    );
    assert_eq!(deal(&got.records[0]).amount.unwrap().minor, 123_456);
    assert_eq!(
        deal(&got.records[0]).amount.unwrap().currency,
        Currency::USD
    );
    let lost = deal(&got.records[1]);
    assert_eq!(
        (
            lost.amount.unwrap().minor,
            lost.lost_reason.as_deref(),
            lost.lost_reason_text.as_deref()
        ),
        (100_000, Some("no_budget"), Some("Price"))
    );
    // NaN is a word for "no value" in exports of data programs; it is never an amount.
    assert_eq!(deal(&got.records[2]).amount, None);
    assert_eq!(
        (got.refused.len(), got.refused[0].column.as_deref()),
        (1, Some("Currency"))
    );
    assert_eq!(
        (
            deal(&got.records[3]).stage.as_deref(),
            deal(&got.records[3]).closed
        ),
        (Some("New stage"), None)
    );
}

#[test]
fn an_unknown_status_is_refused_with_the_known_ones() {
    let got = import(
        "Email,Lead Source,Create Date,Lead Status,Owner\na@x.org,Web,2024-01-02,Closd,Ann\nb@x.org,Web,2024-01-02,Open,Ann\n",
    );
    assert_eq!(got.plan.map_name(), "leads");
    assert!(
        got.refused[0].why.contains("'Closd' is no lead status"),
        "{}",
        got.refused[0].why
    );
    assert_eq!(got.records.len(), 1);
}

#[test]
fn spend_attempts_touches_and_people() {
    let spend = import(
        "Date,Source,Campaign,Spend,Currency\n2024-01-02,Web,C1,\"$1,40,000.00\",USD\n2024-01-03,Web,C1,,USD\n",
    );
    let ImportRecord::Spend(row) = &spend.records[0] else {
        panic!("spend")
    };
    assert_eq!(
        (row.amount.minor, row.on.to_string(), spend.refused.len()),
        (14_000_000, "2024-01-02".into(), 1)
    );
    let attempts = import(
        "Lead ID,Channel,Outcome,Date,Minutes\n7,Phone call,Left voicemail,2024-01-02 10:00,3\n7,Pigeon,x,2024-01-02,1\n",
    );
    let ImportRecord::Attempt(row) = &attempts.records[0] else {
        panic!("attempt")
    };
    assert_eq!(
        (row.channel.word(), row.outcome.word(), row.minutes),
        ("call", "voicemail", Some(3))
    );
    assert!(attempts.refused[0].why.contains("is no channel"));
    let touches = import("Email,Activity,Date\nA@x.org,webinar,2024-01-02\n");
    let ImportRecord::Touch(row) = &touches.records[0] else {
        panic!("touch")
    };
    assert_eq!(
        (row.lead.email.as_deref(), &*row.kind),
        (Some("a@x.org"), "webinar")
    );
    let people = import("Name,Side\nAnn,marketing\nBo,astronaut\n");
    assert_eq!((people.records.len(), people.refused.len()), (1, 1));
}

#[test]
fn words_that_the_map_does_not_know_are_counted() {
    let got = import(
        "Lead Owner,Lead Status,Email,Company / Account,Create Date,Unqualified Reason\n\
         Ann,Warp speed,a@x.org,A,2024-01-02,\nAnn,Warp speed,b@x.org,B,2024-01-02,\n\
         Ann,Unqualified,c@x.org,C,2024-01-02,Aliens\nAnn,Unqualified,d@x.org,D,2024-01-02,No Budget\n",
    );
    assert_eq!(got.plan.map_name(), "salesforce-report-leads");
    let unknown: Vec<_> = got
        .summary
        .unknown
        .iter()
        .map(|(what, word, n)| format!("{what} {word} {n}"))
        .collect();
    assert_eq!(unknown, ["status Warp speed 2", "reason Aliens 1"]);
    let verdict = lead(&got.records[2])
        .handoff
        .as_ref()
        .unwrap()
        .verdict
        .as_ref()
        .unwrap();
    assert_eq!(
        (
            verdict.reason.as_deref(),
            verdict.reason_text.as_deref(),
            verdict.note.as_deref()
        ),
        (Some("other"), Some("Aliens"), Some("Aliens"))
    );
}

#[test]
fn what_a_row_tells_of_its_company_goes_to_the_company_as_well() {
    use crate::domain::import::FirmRecord;
    let got = import(
        "Email,Company,Lead Source,Created,Status,Employees,Industry\na@x.org,Acme,Web,2024-01-02,Open,10,Software\nb@x.org,,Web,2024-01-02,Open,20,Retail\nc@x.org,Beta,Web,2024-01-02,Open,,\n",
    );
    let firms: Vec<&FirmRecord> = got
        .records
        .iter()
        .filter_map(|row| match row {
            ImportRecord::Firm(firm) => Some(firm),
            _ => None,
        })
        .collect();
    let acme = FirmRecord {
        name: "Acme".into(),
        industry: Some("Software".into()),
        employees: Some(10),
    };
    assert_eq!(firms, [&acme]);
    assert!(
        lead(&got.records[0])
            .custom
            .json()
            .unwrap()
            .contains("employees")
    );
}

#[test]
fn a_deal_without_id_and_date_is_found_again_when_its_close_date_moves() {
    let of = |close: &str| {
        let text = format!(
            "Opportunity Name,Account Name,Stage,Amount,Close Date,Opportunity Owner\nBig deal,Acme,Proposal,1000,{close},Kim\nBig deal,Acme,Proposal,500,2020-01-15,Kim\n"
        );
        import(&text)
            .records
            .iter()
            .map(|r| deal(r).clone())
            .collect::<Vec<_>>()
    };
    let (before, after) = (of("2099-12-01"), of("2100-01-15"));
    assert_eq!(before[0].key, after[0].key);
    assert_ne!(before[0].key, before[1].key);
    // It was made before the day it was to close.
    assert_eq!(before[1].dating, Dating::Assumed);
    assert_eq!(before[1].created.to_string(), "2020-01-14T23:00:00Z");
}

#[test]
fn a_day_that_no_number_asks_of_a_company_is_no_warning() {
    let companies = super::plan::Options {
        map: Some("hubspot-companies".into()),
        ..super::plan_tests::options()
    };
    let text =
        "Record ID,Company name,Company Domain Name,Create Date\n1,Acme,acme.example,2024-01-02\n";
    let told = super::plan_tests::import_with(text, companies)
        .unwrap()
        .plan
        .describe();
    assert!(
        told.contains("not mapped (1): Create Date") && !told.contains("CAREFUL"),
        "{told}"
    );
}
