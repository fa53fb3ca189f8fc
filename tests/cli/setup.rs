//! Settings, people, targets, backups, the doctor, help.

use crate::desk::Desk;

#[test]
fn a_refused_init_leaves_nothing_behind_and_one_that_was_killed_can_be_done_again() {
    let desk = Desk::new();
    let set_up = |name: &str| desk.run(&["init", "--name", name, "--currency", "EUR"]);
    let said = set_up("red \u{1b}[31m");
    assert_eq!(said.status, 2, "{}", said.err);
    assert!(said.err.contains("U+001B"), "{}", said.err);
    let file = desk.path(".local/share/smarketing/workspace.db");
    assert!(!file.exists());

    // What an init that was killed before its transaction leaves: the tables, and nothing in them.
    std::fs::create_dir_all(file.parent().unwrap()).unwrap();
    drop(smarketing::store::Store::create(&file).unwrap());
    assert_eq!(set_up("Ours").status, 0);
    let again = set_up("Theirs");
    assert_eq!(again.status, 1, "{}", again.err);
    assert!(again.err.contains("is there already"), "{}", again.err);
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

#[test]
fn the_doctor_mends_after_a_copy_and_says_what() {
    let desk = Desk::new();
    desk.run(&["demo"]);
    let file = ".local/share/smarketing/demo.db";
    for copy in ["demo.db.before-repair.bak", "demo.db.before-repair-2.bak"] {
        let said = desk.run(&["--db", file, "doctor", "--repair"]);
        assert_eq!(said.status, 0, "{}", said.err);
        assert!(said.err.contains(copy), "{}", said.err);
        assert!(said.err.contains("mended: every index"), "{}", said.err);
        assert!(said.err.contains("nothing is broken"), "{}", said.err);
        let copy = format!(".local/share/smarketing/{copy}");
        assert_eq!(desk.run(&["--db", &copy, "doctor"]).status, 0);
    }
    let said = desk.run(&["--db", file, "--read-only", "doctor", "--repair"]);
    assert_eq!(said.status, 2, "{}", said.err);
}

#[test]
fn what_the_room_agrees_on_is_added_and_listed_on_the_command_line_too() {
    let desk = Desk::set_up();
    let add: [&[&str]; 5] = [
        &["rates", "USD", "2025-01-01", "0.92"],
        &["holidays", "2025-12-25", "Christmas Day"],
        &["sources", "Fair", "--side", "partner", "--price", "free"],
        &["campaigns", "Spring", "--source", "Fair"],
        &["spend", "2025-03-01", "-12.50 USD", "--campaign", "Spring"],
    ];
    for args in add {
        let said = desk.run(args);
        assert_eq!(said.status, 0, "{args:?}: {}", said.err);
    }
    let list = |what: &str| desk.run(&[what, "--format", "csv"]).out;
    assert!(list("rates").contains("USD,2025-01-01,0.92,EUR"));
    assert!(list("holidays").contains("2025-12-25,Christmas Day"));
    assert!(list("sources").contains("Fair,partner,yes"));
    assert!(list("campaigns").contains("Spring"));
    assert!(
        list("spend").contains("2025-03-01,media,'-12.50 USD,,Spring"),
        "{}",
        list("spend")
    );
    for wrong in [
        ["rates", "dollars", "2025-01-01", "0.92"].as_slice(),
        &["holidays", "Christmas", "25"],
        &["spend", "2025-03-01", "1,5"],
    ] {
        assert_eq!(desk.run(wrong).status, 2, "{wrong:?}");
    }
    assert_eq!(desk.run(&["rates", "EUR", "2025-01-01", "1"]).status, 1);

    desk.run(&["people", "kim", "--side", "sales"]);
    assert_eq!(desk.run(&["people", "--retire", "kim"]).status, 0);
    assert!(!desk.run(&["people"]).out.contains("kim"));
    let said = desk.run(&["lead", "77"]);
    assert_eq!(
        (said.status, said.err.contains("there is no lead 77")),
        (1, true)
    );
}
