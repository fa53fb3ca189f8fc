//! The room in a real pseudo-terminal: it starts, draws, leaves, and gives the terminal back whatever happens.

mod room;
mod together;

use std::path::PathBuf;

use portable_pty::{CommandBuilder, PtySize};
use room::Room;

#[test]
fn the_demo_opens_draws_and_leaves() {
    let mut room = Room::open(&["demo"], (80, 24));
    room.wait_for("Qualified Pipeline Sourced");
    room.press("q");
    assert_eq!(room.end(), 0);
    room.assert_given_back();
}

#[test]
fn the_first_run_offers_a_beginning_and_creates_nothing() {
    let mut room = Room::open(&[], (80, 24));
    room.wait_for("Look at the demo");
    room.press("q");
    assert_eq!(room.end(), 0);
    room.assert_given_back();
    assert!(
        !room
            .home
            .path()
            .join(".local/share/smarketing/workspace.db")
            .exists()
    );
}

#[test]
fn a_number_opens_its_rows_and_a_row_its_card() {
    let mut room = Room::open(&["demo"], (120, 36));
    room.wait_for("Qualified Pipeline Sourced");
    room.press("\r");
    room.wait_for("Adds");
    room.wait_for("sum");
    room.press("\r");
    room.wait_for("Timeline of both teams");
    room.press("\u{1b}");
    room.press("q");
    room.press("qqq");
    assert_eq!(room.end(), 0);
    room.assert_given_back();
}

#[test]
fn signals_end_the_room_and_give_the_terminal_back() {
    for signal in ["TERM", "HUP", "INT"] {
        let mut room = Room::open(&["demo"], (80, 24));
        room.wait_for("Qualified Pipeline Sourced");
        room.signal(signal);
        room.end();
        room.assert_given_back();
    }
}

#[test]
fn a_file_that_is_no_workspace_is_an_error_after_the_terminal_is_back() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("notes.db");
    std::fs::write(&file, "these are notes, no workspace at all").expect("a file");
    let mut room = Room::open(&["--db", &file.display().to_string()], (80, 24));
    assert_eq!(room.end(), 1);
    room.assert_given_back();
    assert!(room.text().contains("smarketing: "), "{}", room.text());
}

#[test]
fn half_an_escape_sequence_does_not_stop_a_resize() {
    let mut room = Room::open(&["demo"], (80, 24));
    room.wait_for("Qualified Pipeline Sourced");
    room.press("\u{1b}[");
    let size = PtySize {
        rows: 10,
        cols: 40,
        pixel_width: 0,
        pixel_height: 0,
    };
    room.master.resize(size).expect("a resize");
    room.wait_for("This window is too small");
    room.signal("TERM");
    room.end();
}

#[test]
fn without_colours_nothing_is_coloured_and_bold_stays() {
    let mut room = Room::open_with(&["demo"], (80, 24), &[("NO_COLOR", "1")]);
    room.wait_for("Qualified Pipeline Sourced");
    room.press("q");
    room.end();
    let coloured = room.raw.split("\u{1b}[").any(|code| {
        let code = code.split('m').next().unwrap_or_default();
        code.starts_with("38;5;") || code.starts_with("48;5;")
    });
    assert!(!coloured);
    assert!(room.raw.contains("\u{1b}[1m"));
}

/// Names the folder for the report in the process that is to panic.
const TO_PANIC: &str = "SMARKETING_TEST_PANIC_REPORTS";

/// Takes the terminal as the room does, panics on a thread of its own, and ends without tidying up after itself.
fn panic_in_the_room(reports: PathBuf) {
    let _ = smarketing::tui::holding::<()>(Some(reports), || {
        let worker = std::thread::Builder::new().name("worker".into());
        let died = worker.spawn(|| panic!("ada@acme.test"))?.join();
        std::process::exit(if died.is_err() { 42 } else { 0 });
    });
}

#[test]
fn a_panic_on_any_thread_gives_the_terminal_back_and_leaves_a_report_without_names() {
    if let Some(reports) = std::env::var_os(TO_PANIC) {
        return panic_in_the_room(reports.into());
    }
    let folder = tempfile::tempdir().expect("a folder");
    let this = std::env::current_exe().expect("this test");
    let mut command = CommandBuilder::new(this);
    command.args([
        "--exact",
        "a_panic_on_any_thread_gives_the_terminal_back_and_leaves_a_report_without_names",
        "--nocapture",
    ]);
    let reports = folder.path().display().to_string();
    let mut room = Room::start(command, (120, 40), &[(TO_PANIC, &reports)]);
    assert_eq!(room.end(), 42, "{}", room.text());
    room.assert_given_back();
    assert!(
        room.text()
            .contains("stopped because of a fault of its own"),
        "{}",
        room.text()
    );
    let report = folder.path().join("crash-report.txt");
    let report = std::fs::read_to_string(report).expect("a report");
    assert!(report.contains("thread worker"), "{report}");
    assert!(!report.contains("ada@acme"), "{report}");
}
