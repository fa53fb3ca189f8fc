//! Small files in, records out: what each preset makes of a row, and why rows are refused.

use super::*;
use crate::domain::calendar::Calendar;
use crate::domain::import::{ImportRecord, LeadRecord, OpportunityRecord, Refusal};
use crate::domain::money::Currency;
use crate::transfer::map::{Catalog, Kind};
use crate::transfer::values::Order;
use std::fmt::Write;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

pub(super) fn options() -> Options {
    Options::new(Calendar::new("Europe/Berlin").unwrap(), Currency::EUR)
}

pub(super) struct Outcome {
    pub(super) plan: Plan,
    pub(super) records: Vec<ImportRecord>,
    pub(super) refused: Vec<Refusal>,
    pub(super) summary: Summary,
    pub(super) dir: tempfile::TempDir,
}

pub(super) fn import_with(text: &str, options: Options) -> Result<Outcome, ImportError> {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("in.csv");
    std::fs::write(&path, text).unwrap();
    let plan = Plan::detect(&path, &Catalog::shipped(), options)?;
    let mut stream = plan.start(Arc::new(AtomicBool::new(false)))?;
    let (mut records, mut refused) = (Vec::new(), Vec::new());
    for chunk in &mut stream {
        let chunk = chunk?;
        records.extend(chunk.rows.into_iter().map(|row| row.record));
        refused.extend(chunk.refused);
    }
    let summary = stream.finish();
    assert_eq!(
        summary.read,
        summary.mapped + summary.refused + summary.passed_over
    );
    Ok(Outcome {
        plan,
        records,
        refused,
        summary,
        dir,
    })
}

pub(super) fn import(text: &str) -> Outcome {
    import_with(text, options()).unwrap_or_else(|fault| panic!("{fault}"))
}

pub(super) fn lead(record: &ImportRecord) -> &LeadRecord {
    let ImportRecord::Lead(lead) = record else {
        panic!("a lead: {record:?}")
    };
    lead
}

pub(super) fn deal(record: &ImportRecord) -> &OpportunityRecord {
    let ImportRecord::Opportunity(deal) = record else {
        panic!("a deal: {record:?}")
    };
    deal
}

#[test]
fn dates_follow_their_column_or_must_be_decided() {
    let ambiguous = "Email,Lead Source,Create Date,Lead Status,Reject Date\na@x.org,Web,03/04/2024,New,\nb@x.org,Web,05/06/2024,New,\n";
    let fault = import_with(ambiguous, options()).err().unwrap().to_string();
    assert!(
        fault.contains("'Create Date'") && fault.contains("--date-order day"),
        "{fault}"
    );
    let said = import_with(
        ambiguous,
        Options {
            date_order: Some(Order::DayFirst),
            ..options()
        },
    )
    .unwrap();
    assert_eq!(
        lead(&said.records[0]).created.to_string(),
        "2024-04-02T22:00:00Z"
    );
    let shown = import(
        "Email,Lead Source,Create Date,Lead Status\na@x.org,Web,03/04/2024,New\nb@x.org,Web,05/16/2024,New\nc@x.org,Web,17/05/2024,New\nd@x.org,Web,05/18/2024,New\n",
    );
    assert_eq!(
        lead(&shown.records[0]).created.to_string(),
        "2024-03-03T23:00:00Z"
    );
    assert_eq!(
        (shown.refused.len(), shown.refused[0].line),
        (1, 4),
        "the odd one out is refused, not guessed"
    );
    assert!(
        shown
            .plan
            .describe()
            .contains("dates in 'Create Date': month first")
    );
}

#[test]
fn one_late_value_decides_for_a_long_column() {
    let mut text = String::from("Email,Lead Source,Create Date,Lead Status\n");
    for i in 0..5_000 {
        writeln!(text, "a{i}@x.org,Web,03/04/2024,New").unwrap();
    }
    text.push_str("z@x.org,Web,25/04/2024,New\n");
    let got = import(&text);
    assert_eq!(
        lead(&got.records[0]).created.to_string(),
        "2024-04-02T22:00:00Z"
    );
    assert_eq!(got.summary.mapped, 5_001);
}

#[test]
fn unknown_columns_are_kept_with_the_type_of_all_their_values() {
    let mut text = String::from("Email,Lead Source,Create Date,Size,Since,Fan,Code,Remark\n");
    for i in 0..2_500 {
        writeln!(text, "a{i}@x.org,Web,2024-01-02,{i},2024-02-03,yes,007,5").unwrap();
    }
    text.push_str("z@x.org,Web,2024-01-02,1,2024-02-03,no,1,late text\n");
    let got = import_with(
        &text,
        Options {
            keep_columns: true,
            ..options()
        },
    )
    .unwrap();
    let kinds: Vec<_> = got
        .plan
        .custom_fields()
        .into_iter()
        .map(|field| format!("{} {}", field.key, field.kind))
        .collect();
    assert_eq!(
        kinds,
        [
            "size number",
            "since date",
            "fan yes_no",
            "code text",
            "remark text"
        ]
    );
    assert!(got.refused.is_empty());
}

#[test]
fn refused_rows_can_be_mended_and_imported_again() {
    let got = import(
        "Email,Lead Source,Create Date,Lead Status,Company\na@x.org,Web,2024-01-02,Open,'=Acme\nb@x.org,Web,someday,Open,'=Bad\nc@x.org,Web,2024-01-02,Open,\"A, B\",9\n",
    );
    assert_eq!(got.refused.len(), 2);
    let path = crate::transfer::refused::write(&got.plan, &got.refused).unwrap();
    assert_eq!(path, got.dir.path().join("in.refused.csv"));
    let text = std::fs::read_to_string(&path).unwrap();
    assert!(
        text.starts_with(
            "refused line,refused because,refused under leads,Email,Lead Source,Create Date,Lead Status,Company\n3,"
        ),
        "{text}"
    );
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(
            std::fs::metadata(&path).unwrap().permissions().mode() & 0o777,
            0o600
        );
    }
    let mended = text.replace("someday", "2024-01-03").replace(",9\n", "\n");
    let again = import(&mended);
    assert_eq!((again.records.len(), again.refused.len()), (2, 0));
    assert_eq!(lead(&again.records[0]).account.as_deref(), Some("=Bad"));
    let second: PathBuf = crate::transfer::refused::write(&got.plan, &got.refused).unwrap();
    assert!(
        second.ends_with("in.refused-2.csv"),
        "nothing is overwritten"
    );
}

#[test]
fn plain_headers_are_no_report_of_a_crm_that_shares_a_few_of_them() {
    let map = |header: &str| {
        let cells = "x,".repeat(header.split(',').count());
        import(&format!("{header}\n{}\n", cells.trim_end_matches(',')))
            .plan
            .map_name()
            .to_owned()
    };
    for (header, name) in [
        (
            "Opportunity ID,Opportunity Name,Stage,Amount,Currency,Created,Close Date,Outcome",
            "opportunities",
        ),
        (
            "Deal Name,Deal Stage,Amount,Currency,Created,Close Date,Outcome",
            "opportunities",
        ),
        (
            "Opportunity Name,Account Name,Stage,Amount,Currency,Created at,Lead Email,Outcome",
            "opportunities",
        ),
        (
            "Record ID,Email,Lead Status,Create Date,Source,Reason,Verdict Date",
            "leads",
        ),
        (
            "Lead ID,First Name,Last Name,Company,Email,Lead Source,Lead Status,Lead Owner,Created,MQL Date,Handed off at,Verdict at,Reason",
            "leads",
        ),
        // What a CRM writes stays its own.
        (
            "Opportunity Owner,Account Name,Opportunity Name,Stage,Amount,Close Date,Created Date,Lead Source,Type",
            "salesforce-report-opportunities",
        ),
        (
            "Record ID,Deal Name,Deal Stage,Close Date,Deal owner,Amount,Create Date,Pipeline",
            "hubspot-deals",
        ),
        (
            "Record ID,First Name,Last Name,Email,Phone Number,Contact owner,Lead Status,Create Date,Original Source",
            "hubspot-contacts",
        ),
    ] {
        assert_eq!(map(header), name, "{header}");
    }
}

#[test]
fn a_column_that_would_change_numbers_is_never_passed_over_in_silence() {
    let asked = Options {
        map: Some("salesforce-report-opportunities".into()),
        ..options()
    };
    let text = "Opportunity Name,Account Name,Stage,Amount,Currency,Close Date\nBig,Acme,Open,10,USD,2025-01-02\n";
    let told = import_with(text, asked).unwrap().plan.describe();
    assert!(
        told.contains("CAREFUL, not read: 'Currency'; amounts count in the workspace's currency")
            && told.contains("--show-map salesforce-report-opportunities"),
        "{told}"
    );
    let told = import("Email,Lead Source,Create Date,Colour\na@x.org,Web,2024-01-02,red\n");
    let told = told.plan.describe();
    assert!(
        told.contains("not mapped (1): Colour") && !told.contains("CAREFUL"),
        "{told}"
    );
}

#[test]
fn refused_rows_come_back_under_the_map_that_refused_them() {
    let asked = Options {
        map: Some("opportunities".into()),
        ..options()
    };
    let text = "Opportunity Name,Account Name,Stage,Amount,Close Date,Opportunity Owner\nBig,Acme,Open,much,2025-01-02,Ann\n";
    let got = import_with(text, asked).unwrap();
    assert_eq!(got.refused.len(), 1);
    let path = crate::transfer::refused::write(&got.plan, &got.refused).unwrap();
    let mended = std::fs::read_to_string(&path)
        .unwrap()
        .replace("much", "10");
    let again = import(&mended);
    assert_eq!(again.plan.map_name(), "opportunities");
    assert_eq!((again.records.len(), again.refused.len()), (1, 0));
    assert!(again.plan.unmapped().is_empty());
}

#[test]
fn a_file_that_no_map_fits_names_the_closest() {
    let fault = import_with("Colour,Weight\nred,5\n", options())
        .err()
        .unwrap()
        .to_string();
    assert!(fault.contains("no map fits these columns"), "{fault}");
    let fault = import_with("Deal - ID,Deal - Title,Nothing\n1,x,y\n", options())
        .err()
        .unwrap()
        .to_string();
    assert!(
        fault.contains("pipedrive-deals 1/3 (misses Deal - Status"),
        "{fault}"
    );
    let asked = |text, map: &str| {
        let map = Some(map.to_owned());
        import_with(text, Options { map, ..options() })
    };
    let text = "Deal - ID,Deal - Title,Deal - Status,Deal - Value\n1,x,Open,5\n";
    let whole = asked(text, "pipedrive-deals").unwrap();
    assert_eq!(deal(&whole.records[0]).name, "x");
    assert_eq!(whole.plan.kind(), Kind::Opportunities);
    let fault = asked("Deal - ID,Deal - Title,Nothing\n1,x,y\n", "pipedrive-deals");
    let fault = fault.err().unwrap().to_string();
    assert!(
        fault.contains("needs Deal - Status")
            && fault.contains("has: Deal - ID, Deal - Title, Nothing")
            && fault.contains("Nothing was imported"),
        "{fault}"
    );
    assert!(
        import_with(
            "a,b\n1,2\n",
            Options {
                map: Some("nope".into()),
                ..options()
            }
        )
        .err()
        .unwrap()
        .to_string()
        .contains("there is no map 'nope'")
    );
}

#[test]
fn who_says_what_the_rows_are_needs_fewer_headers() {
    let text = "Id,Email,Company\n1,a@x.org,Acme\n";
    assert!(import_with(text, options()).is_err());
    let told = import_with(
        text,
        Options {
            kind: Some(Kind::Leads),
            ..options()
        },
    )
    .unwrap();
    assert_eq!(told.plan.map_name(), "leads");
    assert_eq!(lead(&told.records[0]).account.as_deref(), Some("Acme"));
    assert!(told.plan.describe().contains("the file's own date is used"));
    let companies = "Company name,Industry,Phone\nAcme,Steel,030 1\n";
    let fault = import_with(
        companies,
        Options {
            kind: Some(Kind::Leads),
            ..options()
        },
    );
    let fault = fault.err().unwrap().to_string();
    assert!(
        fault.contains("does not fit --as leads") && fault.contains("(accounts)"),
        "{fault}"
    );
    let campaigns = "Id,Name,Status,Type\n701,Spring,Planned,Webinar\n";
    assert!(
        import_with(campaigns, options()).is_err(),
        "a list of campaigns is no list of leads"
    );
}

#[test]
fn a_file_that_changed_since_the_plan_is_not_imported() {
    let got = import("Email,Lead Source,Create Date\na@x.org,Web,2024-01-02\n");
    std::fs::write(
        got.plan.path(),
        "Create Date,Email,Lead Source\n2024-01-02,a@x.org,Web\n",
    )
    .unwrap();
    let fault = got
        .plan
        .start(Arc::new(AtomicBool::new(false)))
        .err()
        .unwrap()
        .to_string();
    assert!(fault.contains("changed while it was read"), "{fault}");
    assert!(crate::transfer::refused::write(&got.plan, &[]).is_err());
}

#[test]
fn cancelling_stops_the_stream() {
    let mut text = String::from("Email,Lead Source,Create Date\n");
    for i in 0..60_000 {
        writeln!(text, "a{i}@x.org,Web,2024-01-02").unwrap();
    }
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("in.csv");
    std::fs::write(&path, text).unwrap();
    let plan = Plan::detect(&path, &Catalog::shipped(), options()).unwrap();
    let stream = plan.start(Arc::new(AtomicBool::new(true))).unwrap();
    assert!(
        stream
            .into_iter()
            .any(|chunk| matches!(chunk, Err(ImportError::Cancelled)))
    );
    drop(plan.start(Arc::new(AtomicBool::new(false))).unwrap());
}
