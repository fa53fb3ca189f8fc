//! What is refused: wrong arguments, files that are no workspace, places that are taken.

use std::fs;
use std::path::Path;

use crate::desk::{Desk, said};

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
        (
            &["settings", "small"],
            "`smarketing settings` lists them all",
        ),
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
fn what_shows_the_present_refuses_an_earlier_day_and_says_what_takes_it() {
    let desk = Desk::set_up();
    for args in [
        &["deals"][..],
        &["export", "deals"],
        &["targets"],
        &["journal"],
        &["spend"],
    ] {
        let said = desk.run(&[args, &["--as-of", "2024-06-30"]].concat());
        assert_eq!((said.status, said.out.as_str()), (2, ""), "{args:?}");
        assert!(
            said.err.contains("it goes with score, report"),
            "{}",
            said.err
        );
        assert_eq!(desk.run(args).status, 0, "{args:?}");
    }
    for day in ["+99999-01-01", "1969-12-31", "2106-01-01", "soon"] {
        let said = desk.run(&["score", "--as-of", day]);
        assert_eq!(said.status, 2, "{day}");
        assert!(said.err.contains("between 1970 and 2105"), "{}", said.err);
    }
    let said = desk.run(&["--theme", "nope", "score"]);
    assert_eq!((said.status, said.out.as_str()), (2, ""));
}
