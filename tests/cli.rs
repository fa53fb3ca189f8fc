//! The program as scripts meet it: every subcommand without a terminal, its exit status, its two streams, wrong use, odd files.

#![expect(
    clippy::unwrap_used,
    reason = "a test stops where the program cannot be started"
)]

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use tempfile::TempDir;

/// A home of its own for each test, and what the program said.
struct Desk {
    home: TempDir,
}

/// What came back.
struct Said {
    status: i32,
    out: String,
    err: String,
}

impl Desk {
    fn new() -> Desk {
        Desk {
            home: TempDir::new().unwrap(),
        }
    }

    /// A desk with a workspace in euros, Berlin time.
    fn set_up() -> Desk {
        let desk = Desk::new();
        let said = desk.run(&[
            "init",
            "--name",
            "Kontor",
            "--currency",
            "EUR",
            "--time-zone",
            "Europe/Berlin",
        ]);
        assert_eq!((said.status, said.out.as_str()), (0, ""), "{}", said.err);
        desk
    }

    fn path(&self, name: &str) -> PathBuf {
        self.home.path().join(name)
    }

    fn write(&self, name: &str, content: impl AsRef<[u8]>) -> String {
        let path = self.path(name);
        fs::write(&path, content).unwrap();
        path.to_str().unwrap().to_owned()
    }

    fn command(&self) -> Command {
        let mut command = Command::cargo_bin("smarketing").unwrap();
        command
            .env_clear()
            .env("HOME", self.home.path())
            .env("USER", "tester")
            .current_dir(self.home.path());
        command
    }

    fn run(&self, args: &[&str]) -> Said {
        said(self.command().args(args))
    }

    fn score(&self, args: &[&str]) -> serde_json::Value {
        let mut all = vec!["score", "--format", "json", "--period", "all"];
        all.extend(args);
        let said = self.run(&all);
        assert_eq!(said.status, 0, "{}", said.err);
        serde_json::from_str(&said.out).unwrap()
    }
}

fn said(command: &mut Command) -> Said {
    let output = command.output().unwrap();
    Said {
        status: output.status.code().unwrap_or(-1),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

const LEADS: &str = "\
Lead ID,Name,Email,Source,Created,MQL Date,Status,Lost Reason
1,Änne Überschär,aenne@nordholm.example,Webinar,2025-07-01 09:00,2025-07-02,Accepted,
2,山田 花子,hanako@kitahama.example,Webinar,2025-07-03 09:00,2025-07-03,Rejected,Student
3,يوسف,yousef@wahat.example,Fair,2025-07-04 09:00,2025-07-05,New,
";

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
fn the_demo_never_replaces_a_file_that_was_named() {
    let desk = Desk::new();
    let file = desk.write("precious.db", "my thesis");
    let said = desk.run(&["--db", &file, "demo"]);
    assert_eq!(said.status, 1);
    assert!(said.err.contains("left as it was"), "{}", said.err);
    assert_eq!(fs::read_to_string(&file).unwrap(), "my thesis");
}

#[test]
fn no_workspace_is_a_failure_that_says_what_to_do() {
    for args in [&["score"][..], &[], &["settings"], &["backup", "copy.db"]] {
        let said = Desk::new().run(args);
        assert_eq!((said.status, said.out.as_str()), (1, ""));
        assert!(said.err.contains("smarketing init"), "{}", said.err);
    }
}

#[test]
fn init_refuses_a_workspace_that_is_there() {
    let desk = Desk::set_up();
    let said = desk.run(&["init", "--name", "Other", "--currency", "USD"]);
    assert_eq!(said.status, 1);
    assert!(said.err.contains("there already"), "{}", said.err);
    assert!(desk.run(&["score"]).out.contains("Kontor"));
}

#[test]
fn init_without_a_terminal_names_the_option_that_is_missing() {
    let desk = Desk::new();
    let said = desk.run(&["init", "--name", "Kontor"]);
    assert_eq!(said.status, 2);
    assert!(said.err.contains("--currency"), "{}", said.err);
    assert!(!desk.path(".local").exists());
}

#[test]
fn wrong_use_is_status_2_and_says_what_is_known() {
    let desk = Desk::set_up();
    for (args, hint) in [
        (&["--no-such-flag"][..], "--no-such-flag"),
        (&["score", "--period", "someday"], "2025-Q1"),
        (&["score", "--as-of", "tomorrow"], "2025-09-30"),
        (&["score", "--filter", "colour=red"], "source"),
        (&["score", "--filter", "source=Radio"], "unknown"),
        (&["explain", "cost"], "cost_per_lead"),
        (&["explain", "xyzzy"], "smarketing explain"),
        (&["settings", "small_n", "0"], "1 to 1000"),
        (&["settings", "small"], "VALUE"),
        (&["targets", "revenue=2025"], "METRIC=PERIOD=VALUE"),
        (
            &[
                "init",
                "--time-zone",
                "Mars/Crater",
                "--db",
                "m.db",
                "--name",
                "M",
                "--currency",
                "EUR",
            ],
            "Europe/Berlin",
        ),
        (
            &["init", "--db", "m.db", "--name", "M", "--currency", "Euro"],
            "ISO 4217",
        ),
        (&["import"], "FILE"),
    ] {
        let said = desk.run(args);
        assert_eq!(
            (said.status, said.out.as_str()),
            (2, ""),
            "{args:?}: {}",
            said.err
        );
        assert!(said.err.contains(hint), "{args:?}: {}", said.err);
    }
}

#[test]
fn an_import_reports_counts_and_the_same_file_again_changes_nothing() {
    let desk = Desk::set_up();
    let file = desk.write("leads.csv", LEADS);
    let first = desk.run(&["import", &file]);
    assert_eq!(first.status, 0, "{}", first.err);
    assert!(first.err.contains("batch 1"), "{}", first.err);
    let before = desk.run(&["score", "--period", "2025-07", "--as-of", "2025-12-31"]);
    let again = desk.run(&["import", &file]);
    assert_eq!(again.status, 0);
    let line = again.err.lines().find(|l| l.starts_with("leads ")).unwrap();
    let counts: Vec<_> = line.split_whitespace().collect();
    assert_eq!(counts, ["leads", "0", "0", "3", "0"], "{}", again.err);
    assert_eq!(
        desk.run(&["score", "--period", "2025-07", "--as-of", "2025-12-31"])
            .out,
        before.out
    );
}

#[test]
fn a_dry_run_says_what_would_happen_and_changes_nothing() {
    let desk = Desk::set_up();
    let file = desk.write("leads.csv", LEADS);
    let said = desk.run(&["import", "--dry-run", &file]);
    assert_eq!(said.status, 0, "{}", said.err);
    assert!(said.out.contains("leads  3"), "{}", said.out);
    assert_eq!(desk.score(&[])["metrics"]["leads"]["value"], 0);
    assert_eq!(desk.run(&["import", "--batches"]).out.lines().count(), 1);
}

#[test]
fn refused_rows_are_status_3_and_lie_in_a_file_that_can_be_mended() {
    let desk = Desk::set_up();
    let broken = LEADS.replace("2025-07-04 09:00", "the day after");
    let file = desk.write("leads.csv", broken);
    let said = desk.run(&["import", &file]);
    assert_eq!(said.status, 3, "{}", said.err);
    assert!(said.err.contains("line 4"), "{}", said.err);
    assert_eq!(desk.score(&[])["metrics"]["leads"]["value"], 2);

    let rest = desk.path("leads.refused.csv");
    let text = fs::read_to_string(&rest).unwrap();
    assert!(text.contains("يوسف") && !text.contains("Änne"), "{text}");
    fs::write(&rest, text.replace("the day after", "2025-07-04 09:00")).unwrap();
    let said = desk.run(&["import", rest.to_str().unwrap()]);
    assert_eq!(said.status, 0, "{}", said.err);
    assert_eq!(desk.score(&[])["metrics"]["leads"]["value"], 3);
}

#[test]
fn a_strict_import_takes_all_or_nothing() {
    let desk = Desk::set_up();
    let file = desk.write("leads.csv", LEADS.replace("2025-07-04 09:00", "soon"));
    let said = desk.run(&["import", "--strict", &file]);
    assert_eq!(said.status, 1);
    assert!(said.err.contains("nothing was imported"), "{}", said.err);
    assert_eq!(desk.score(&[])["metrics"]["leads"]["value"], 0);
}

#[test]
fn an_import_is_taken_back_as_a_whole() {
    let desk = Desk::set_up();
    let board = || {
        desk.run(&["score", "--period", "2025-07", "--as-of", "2025-12-31"])
            .out
    };
    let before = board();
    let file = desk.write("leads.csv", LEADS);
    desk.run(&["import", &file]);
    assert_eq!(desk.score(&[])["metrics"]["leads"]["value"], 3);
    let said = desk.run(&["import", "--undo", "1"]);
    assert_eq!(said.status, 0, "{}", said.err);
    assert_eq!(board(), before);
    assert!(
        desk.run(&["import", "--batches"])
            .out
            .contains("taken back")
    );
    assert_eq!(desk.run(&["import", "--undo", "99"]).status, 1);
}

#[test]
fn odd_files_are_refused_with_a_reason_and_nothing_is_written() {
    let desk = Desk::set_up();
    desk.write("empty.csv", "");
    desk.write("header.csv", "Lead ID,Name,Email,Created\n");
    desk.write("picture.csv", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR");
    desk.write("unrelated.csv", "fruit,colour\napple,red\n");
    desk.write(
        "dates.csv",
        "Lead ID,Name,Email,Created\n1,A,a@b.example,03/04/2025\n",
    );
    fs::create_dir(desk.path("folder.csv")).unwrap();
    for name in [
        "empty.csv",
        "picture.csv",
        "unrelated.csv",
        "dates.csv",
        "folder.csv",
        "missing.csv",
    ] {
        let said = desk.run(&["import", name]);
        assert!(matches!(said.status, 1 | 2), "{name}: {}", said.status);
        assert!(said.err.contains(name), "{name}: {}", said.err);
    }
    assert_eq!(desk.run(&["import", "header.csv"]).status, 0);
    assert_eq!(desk.run(&["import", "--batches"]).out.lines().count(), 1);
    let said = desk.run(&["import", "--date-order", "day", "dates.csv"]);
    assert_eq!(said.status, 0, "{}", said.err);
    let april = desk
        .run(&["score", "--format", "csv", "--period", "2025-04"])
        .out;
    assert!(april.contains("leads,1,"), "{april}");
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
fn settings_targets_and_people_are_shown_and_changed_by_those_who_may() {
    let desk = Desk::set_up();
    for args in [
        &["settings", "small_n", "20"][..],
        &["targets", "mqls=2025-Q3=417"],
        &[
            "people",
            "dana",
            "--side",
            "executive",
            "--name",
            "Dana Völkel",
        ],
        &["people", "kim", "--side", "sales"],
    ] {
        let said = desk.run(args);
        assert_eq!(
            (said.status, said.out.as_str()),
            (0, ""),
            "{args:?}: {}",
            said.err
        );
    }
    assert!(desk.run(&["settings"]).out.contains("small_n"));
    let targets = desk.run(&["targets", "--format", "csv"]).out;
    assert!(
        targets.contains("mqls,2025-07-01,2025-09-30,417"),
        "{targets}"
    );
    assert!(desk.run(&["people"]).out.contains("Dana Völkel"));

    let said = desk.run(&["settings", "small_n", "5", "--as", "dana"]);
    assert_eq!(said.status, 1);
    assert!(said.err.contains("executive may not"), "{}", said.err);
    let said = desk.run(&["--as", "nobody", "settings", "small_n", "5"]);
    assert_eq!(said.status, 1);
    assert!(said.err.contains("nobody"), "{}", said.err);
}

#[test]
fn a_backup_opens_and_never_replaces_a_file_unasked() {
    let desk = Desk::set_up();
    let copy = desk.path("copy.db");
    let copy = copy.to_str().unwrap();
    assert_eq!(desk.run(&["backup", copy]).status, 0);
    assert!(desk.run(&["--db", copy, "score"]).out.contains("Kontor"));
    let again = desk.run(&["backup", copy]);
    assert_eq!(again.status, 1);
    assert!(again.err.contains("--force"), "{}", again.err);
    assert_eq!(desk.run(&["backup", copy, "--force"]).status, 0);
}

#[test]
fn the_environment_names_the_workspace_and_an_empty_value_does_not() {
    let desk = Desk::set_up();
    let mut there = desk.command();
    there.env("SMARKETING_DB", "elsewhere.db").arg("score");
    assert!(said(&mut there).err.contains("elsewhere.db"));
    let mut empty = desk.command();
    empty.env("SMARKETING_DB", "").arg("score");
    assert_eq!(said(&mut empty).status, 0);
    assert!(desk.run(&["paths"]).out.contains("workspace.db"));
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
fn help_version_completions_and_the_manual_need_no_workspace() {
    let desk = Desk::new();
    for args in [
        &["--help"][..],
        &["--version"],
        &["import", "--help"],
        &["completions", "bash"],
        &["completions", "fish"],
        &["man"],
        &["import", "--presets"],
        &["import", "--show-map", "leads-wide"],
    ] {
        let said = desk.run(args);
        assert_eq!((said.status, said.err.as_str()), (0, ""), "{args:?}");
        assert!(
            said.out.to_lowercase().contains("smarketing") || args[0] == "import",
            "{args:?}"
        );
        assert!(!said.out.is_empty());
    }
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
fn other_files_at_the_path_are_left_as_they_are() {
    let desk = Desk::new();
    let text = desk.write("notes.txt", "dear diary");
    let garbage = desk.write(
        "garbage.db",
        [b"SQLite format 3\0".as_slice(), &[7; 200]].concat(),
    );
    for file in [&text, &garbage] {
        let before = fs::read(file).unwrap();
        for args in [
            &["--db", file, "score"][..],
            &["--db", file, "settings", "small_n", "5"],
        ] {
            let said = desk.run(args);
            assert_eq!(said.status, 1, "{}", said.err);
            assert!(
                said.err
                    .contains(Path::new(file).file_name().unwrap().to_str().unwrap())
            );
        }
        assert_eq!(fs::read(file).unwrap(), before);
    }
    assert_eq!(
        desk.run(&["--db", "folder-that-is-not/there.db", "score"])
            .status,
        1
    );
}

#[test]
fn the_doctor_finds_the_demo_in_good_health_and_counts_its_rows() {
    let desk = Desk::new();
    desk.run(&["demo"]);
    let said = desk.run(&["--db", ".local/share/smarketing/demo.db", "doctor"]);
    assert_eq!(said.status, 0, "{}{}", said.out, said.err);
    assert!(said.err.contains("nothing is broken"), "{}", said.err);
    assert!(!said.err.contains("note:"), "{}", said.err);
    let leads = said.out.lines().find(|l| l.starts_with("lead")).unwrap();
    assert!(
        leads
            .split_whitespace()
            .last()
            .unwrap()
            .parse::<u32>()
            .unwrap()
            > 4_000
    );
}
