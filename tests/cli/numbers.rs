//! What comes out: scoreboard, contract, formats, filters, explanations.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use crate::desk::{Desk, LEADS};

#[test]
fn without_a_terminal_the_demo_prints_its_scoreboard_and_no_escape_codes() {
    let desk = Desk::new();
    for _ in 0..2 {
        let said = desk.run(&["demo"]);
        assert_eq!(said.status, 0, "{}", said.err);
        assert!(said.out.contains("119.9 %"), "{}", said.out);
        assert!(said.out.contains("850,000 EUR"));
        assert!(!said.out.contains('\u{1b}') && !said.err.contains('\u{1b}'));
    }
    let file = desk.path(".local/share/smarketing/demo.db");
    assert_eq!(
        fs::metadata(file).unwrap().permissions().mode() & 0o777,
        0o600
    );
}

#[test]
fn foreign_text_reaches_neither_the_terminal_nor_a_spreadsheet_as_code() {
    let desk = Desk::set_up();
    let nasty = "Lead ID,Name,Email,Source,Created\n1,Evil,e@x.example,\"=cmd|'/c calc'!A0\u{1b}]0;owned\u{7}\u{202e}\",2025-07-01\n";
    let file = desk.write("leads.csv", nasty);
    let import = desk.run(&["import", &file]);
    assert_eq!(import.status, 0, "{}", import.err);
    for format in ["table", "csv", "markdown"] {
        let said = desk.run(&[
            "score", "--period", "2025-07", "--by", "source", "--format", format,
        ]);
        assert_eq!(said.status, 0, "{}", said.err);
        for forbidden in ['\u{1b}', '\u{7}', '\u{202e}'] {
            assert!(!said.out.contains(forbidden), "{format}: {:?}", said.out);
        }
        if format == "csv" {
            assert!(
                said.out
                    .split(['\n', ','])
                    .all(|cell| !cell.trim_matches('"').starts_with('='))
            );
        }
    }
}

#[test]
fn the_json_is_the_documented_contract() {
    let desk = Desk::new();
    desk.run(&["demo"]);
    let demo = desk.path(".local/share/smarketing/demo.db");
    let demo = demo.to_str().unwrap();
    let said = desk.run(&["--db", demo, "score", "--by", "source", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&said.out).unwrap();
    assert_eq!(json["period"]["start"], "2025-07-01");
    assert_eq!(json["period"]["end"], "2025-10-01");
    assert_eq!(json["period"]["label"], "2025-Q3");
    assert_eq!(json["as_of"], "2025-09-30T15:00:00Z");
    for (id, metric) in json["metrics"].as_object().unwrap() {
        for key in [
            "value",
            "unit",
            "numerator",
            "denominator",
            "n",
            "mode",
            "mature",
            "partial",
            "note",
        ] {
            assert!(metric.get(key).is_some(), "{id} lacks {key}");
        }
        let unit = metric["unit"].as_str().unwrap();
        assert!(
            ["money", "count", "ratio", "days", "hours"].contains(&unit),
            "{id}: {unit}"
        );
        assert_eq!(unit == "money", metric.get("currency").is_some(), "{id}");
    }
    assert_eq!(json["metrics"]["revenue"]["value"], 85_000_000);
    assert!(json["by"].as_array().unwrap().len() > 8);
}

#[test]
fn empty_numbers_are_null_in_json_and_a_dash_on_the_screen() {
    let desk = Desk::set_up();
    assert!(desk.score(&[])["metrics"]["win_rate"]["value"].is_null());
    let table = desk.run(&["score"]).out;
    let line = table.lines().find(|l| l.contains("Win rate")).unwrap();
    assert!(line.contains('—') && !line.contains("0.0 %"), "{line}");
}

#[test]
fn a_filter_moves_every_number() {
    let desk = Desk::set_up();
    let file = desk.write("leads.csv", LEADS);
    desk.run(&["import", &file]);
    let of = |filter: &str| desk.score(&["--filter", filter])["metrics"]["leads"]["value"].clone();
    assert_eq!(
        (of("source=Webinar"), of("source=fair")),
        (2.into(), 1.into())
    );
    let both = desk.score(&["--filter", "source=Webinar", "--filter", "source=Fair"]);
    assert_eq!(both["metrics"]["leads"]["value"], 3);
}

#[test]
fn explain_lists_all_numbers_and_speaks_without_a_workspace() {
    let desk = Desk::new();
    let list = desk.run(&["explain"]).out;
    let one = desk.run(&["explain", "cost_per_lead"]);
    assert!(list.contains("cost_per_lead") && list.lines().count() > 60);
    assert!(one.out.contains("spend") && one.status == 0, "{}", one.out);
    assert!(!desk.path(".local").exists());
}

#[test]
fn a_reader_that_goes_away_is_no_fault() {
    let desk = Desk::new();
    desk.run(&["demo"]);
    let program = assert_cmd::cargo::cargo_bin("smarketing");
    let line = format!(
        "'{}' --db .local/share/smarketing/demo.db score --format json | head -c 10; exit ${{PIPESTATUS[0]}}",
        program.display()
    );
    let output = std::process::Command::new("bash")
        .args(["-c", &line])
        .current_dir(desk.home.path())
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "");
}

#[test]
fn what_asks_the_criteria_is_the_same_on_every_way_out() {
    let desk = Desk::new();
    desk.run(&["demo"]);
    let demo = desk.path(".local/share/smarketing/demo.db");
    let of_demo = |args: &[&str]| {
        let said = desk.run(&[&["--db", demo.to_str().unwrap()], args].concat());
        assert_eq!(said.status, 0, "{args:?}: {}", said.err);
        said.out
    };
    let score: serde_json::Value =
        serde_json::from_str(&of_demo(&["score", "--format", "json"])).unwrap();
    let share = &score["metrics"]["first_meetings_icp_share"];
    let (above, below) = (&share["numerator"], &share["denominator"]);
    assert_eq!((above.as_i64(), below.as_i64()), (Some(92), Some(93)));
    for (args, told) in [
        (&["score"][..], "ICP share, meetings             98.9 %"),
        (&["report"], "| ICP share, meetings | 98.9 % |"),
        (&["explain", "first_meetings_icp_share"], "92 ÷ 93"),
        (&["explain", "recorded_too_early"], "2 ÷ 68"),
    ] {
        let text = of_demo(args);
        assert!(text.contains(told), "{args:?}: {text}");
    }
    // What the definition's drift is, the shell tells as the screen does, whatever is filtered.
    let drifts =
        "The definition in force (version 1) drifts: agreement 64 % → 23 % in the last 4 weeks";
    for args in [
        &["score"][..],
        &["score", "--filter", "source=Webinars"],
        &["score", "--format", "markdown"],
        &["report"],
    ] {
        let text = of_demo(args).replace('\\', "");
        assert!(text.contains(drifts), "{args:?}: {text}");
    }
    let early = &score["metrics"]["recorded_too_early"]["numerator"];
    assert_eq!(early.as_i64(), Some(2));
}
