//! What an import asks, refuses to guess or takes for a mistake; and its outcome for programs.

use crate::desk::{Desk, LEADS};

const DEALS: &str = "Deal ID,Deal Name,Created,Stage,Amount,Currency,Close Date,Outcome\n";

/// Of every deal its name and value.
fn values(desk: &Desk) -> Vec<(String, String)> {
    let text = desk
        .run(&["export", "opportunities", "--format", "json"])
        .out;
    let rows: Vec<serde_json::Value> = serde_json::from_str(&text).unwrap();
    let cell = |row: &serde_json::Value, key: &str| row[key].as_str().unwrap_or("").to_owned();
    rows.iter()
        .map(|row| (cell(row, "name"), cell(row, "amount")))
        .collect()
}

#[test]
fn points_and_commas_before_three_figures_are_a_question_and_no_guess() {
    let desk = Desk::set_up();
    let rows = "1,a,2025-01-01,Proposal,1.000,EUR,2025-05-01,Open\n2,b,2025-01-01,Proposal,\"2,000\",EUR,2025-05-01,Open\n";
    let file = desk.write("deals.csv", format!("{DEALS}{rows}"));
    let said = desk.run(&["import", &file]);
    assert_eq!(said.status, 2, "{}", said.err);
    for part in [
        "'Amount'",
        "1.000, 2,000",
        "nothing was imported",
        "--decimals point",
    ] {
        assert!(said.err.contains(part), "{part}: {}", said.err);
    }
    assert!(values(&desk).is_empty());
    assert_eq!(
        desk.run(&["import", &file, "--decimals", "comma"]).status,
        0
    );
    let told = |n: &str, amount: &str| (n.to_owned(), amount.to_owned());
    assert_eq!(values(&desk), [told("a", "1000.00"), told("b", "2.00")]);
    // A value that can be read in one way only decides for its column.
    let other = Desk::set_up();
    let more = "3,c,2025-01-01,Proposal,\"1,234.50\",EUR,2025-05-01,Open\n";
    let file = other.write("deals.csv", format!("{DEALS}{rows}{more}"));
    assert_eq!(other.run(&["import", &file]).status, 0);
    let expected = [
        told("a", "1.00"),
        told("b", "2000.00"),
        told("c", "1234.50"),
    ];
    assert_eq!(values(&other), expected);
}

#[test]
fn what_has_happened_does_not_lie_in_the_future() {
    let desk = Desk::set_up();
    let file = desk.write(
        "leads.csv",
        LEADS.replace("2025-07-04 09:00", "2062-07-04 09:00"),
    );
    let said = desk.run(&["import", &file]);
    assert_eq!(said.status, 3, "{}", said.err);
    assert!(
        said.err.contains("line 4, Created = '2062-07-04 09:00'") && said.err.contains("future"),
        "{}",
        said.err
    );
    assert_eq!(desk.score(&[])["metrics"]["leads"]["value"], 2);
    // An estimate lies ahead; a deal that has ended there is told.
    let rows = "1,a,2025-01-01,Proposal,10,EUR,2062-05-01,Open\n2,b,2025-01-01,Proposal,20,EUR,2062-05-01,Won\n3,c,2062-01-01,Proposal,30,EUR,,Open\n";
    let file = desk.write("deals.csv", format!("{DEALS}{rows}"));
    let said = desk.run(&["import", &file]);
    assert_eq!(said.status, 3, "{}", said.err);
    for part in [
        "1 deal ended on a day that lies ahead",
        "line 3: 2062-05-01",
        "line 4, Created",
    ] {
        assert!(said.err.contains(part), "{part}: {}", said.err);
    }
    assert_eq!(values(&desk).len(), 2);
    assert_eq!(desk.score(&[])["metrics"]["revenue"]["value"], 0);
}

#[test]
fn years_that_no_calendar_of_ours_holds_are_refused() {
    let desk = Desk::set_up();
    for year in ["0000", "9999", "1899"] {
        let file = desk.write(
            "leads.csv",
            LEADS.replace("2025-07-04", &format!("{year}-07-04")),
        );
        let said = desk.run(&["import", "--dry-run", &file]);
        assert_eq!(said.status, 3, "{year}: {}", said.out);
        assert!(
            said.out.contains("outside the years"),
            "{year}: {}",
            said.out
        );
    }
}

#[test]
fn the_outcome_is_told_to_programs_in_their_format() {
    let desk = Desk::set_up();
    let broken = LEADS
        .replace("2025-07-04 09:00", "the day after")
        .replace("Lost Reason", "Lost Reason,Shoe size")
        .replace("Student", "Student,43");
    let file = desk.write("leads.csv", broken);
    let said = desk.run(&["import", &file, "--dry-run", "--format", "json"]);
    assert_eq!(said.status, 3, "{}", said.err);
    let told: serde_json::Value = serde_json::from_str(&said.out).unwrap();
    let told = &told["files"][0];
    assert_eq!(
        (&told["dry_run"], &told["kept"]),
        (&true.into(), &false.into())
    );
    let said = desk.run(&["import", &file, "--format", "json"]);
    let told: serde_json::Value = serde_json::from_str(&said.out).unwrap();
    let told = &told["files"][0];
    assert_eq!(
        (&told["map"], &told["rows_are"]),
        (&"leads".into(), &"leads".into())
    );
    assert_eq!(told["unmapped"], serde_json::json!(["Shoe size"]));
    let counts = serde_json::json!({ "added": 2, "updated": 0, "unchanged": 0, "refused": 1 });
    assert_eq!(told["counts"]["leads"], counts);
    assert_eq!((&told["batch"], &told["kept"]), (&1.into(), &true.into()));
    assert_eq!(
        (&told["refused"][0]["line"], &told["refused"][0]["column"]),
        (&4.into(), &"Created".into())
    );
    assert!(
        told["refused_file"]
            .as_str()
            .unwrap()
            .ends_with("leads.refused.csv")
    );
    let csv = desk.run(&["import", &file, "--format", "csv"]).out;
    let lines: Vec<&str> = csv.lines().collect();
    assert_eq!(
        lines[0],
        "file,map,rows,added,updated,unchanged,refused,unmapped,batch"
    );
    assert!(
        lines[1].ends_with("leads,leads,0,0,2,1,Shoe size,"),
        "{csv}"
    );
    let markdown = desk.run(&["import", &file, "--format", "markdown"]).out;
    assert!(markdown.starts_with("| file | map | rows |"), "{markdown}");
    let html = desk.run(&["import", &file, "--format", "html"]);
    assert_eq!(html.status, 2, "{}", html.err);
}

#[test]
fn several_tries_of_one_day_are_several_and_the_same_file_again_changes_nothing() {
    let desk = Desk::set_up();
    let leads = "Lead ID,Email,Source,Created,Status,Handed off\n1,a@x.example,Fair,2025-07-01,Open,2025-07-02\n";
    let leads = desk.write("leads.csv", leads);
    let rows = "Email,Date,Channel,Outcome\n\
                a@x.example,2025-07-03,Call,No answer\na@x.example,2025-07-03,Call,Voicemail\na@x.example,2025-07-03,Call,Connected\n\
                a@x.example,2025-07-04 10:00,Call,Voicemail\na@x.example,2025-07-04 10:00,Call,Voicemail\n";
    let tries = desk.write("tries.csv", rows);
    let counts = |file: &str| {
        let said = desk.run(&["import", file, "--format", "json"]);
        assert_eq!(said.status, 0, "{}", said.err);
        let told: serde_json::Value = serde_json::from_str(&said.out).unwrap();
        let counts = &told["files"][0]["counts"]["attempts"];
        ["added", "updated", "unchanged"].map(|key| counts[key].as_u64().unwrap_or(0))
    };
    assert_eq!(desk.run(&["import", &leads]).status, 0);
    assert_eq!(counts(&tries), [4, 0, 1]);
    assert_eq!(counts(&tries), [0, 0, 5]);
}

#[test]
fn a_value_without_a_currency_is_in_that_of_the_deal() {
    let desk = Desk::set_up();
    let rows = "1,a,2025-01-01,Proposal,10,USD,2062-05-01,Open\n2,b,2025-01-01,Proposal,20,EUR,2062-05-01,Open\n";
    let file = desk.write("deals.csv", format!("{DEALS}{rows}"));
    assert_eq!(desk.run(&["import", &file]).status, 0);
    for (deal, typed, status) in [("1", "1500.75", 0), ("2", "70.50", 0), ("1", "EUR 5", 1)] {
        let said = desk.run(&["deal", deal, "value", typed]);
        assert_eq!(said.status, status, "{typed}: {}", said.err);
    }
    let told = |n: &str, amount: &str| (n.to_owned(), amount.to_owned());
    assert_eq!(values(&desk), [told("a", "1500.75"), told("b", "70.50")]);
    let card = desk.run(&["deal", "1"]).out;
    assert!(card.contains("value 1500.75 USD"), "{card}");
}
