//! Two terminals at one file, each the whole program: what one does, the other shows without a key.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;
use std::time::Instant;

use super::room::{PATIENCE, Room};

/// A demo in a folder of its own: made once, then copied.
fn workspace() -> (tempfile::TempDir, String) {
    static DEMO: OnceLock<(tempfile::TempDir, PathBuf)> = OnceLock::new();
    let (_, demo) = DEMO.get_or_init(|| {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("demo.db");
        let made = Command::new(env!("CARGO_BIN_EXE_smarketing"))
            .args(["demo", "--db"])
            .arg(&file)
            .env("HOME", folder.path())
            .output()
            .expect("the demo is made");
        assert!(made.status.success(), "{made:?}");
        (folder, file)
    });
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("demo.db");
    std::fs::copy(demo, &file).expect("a copy");
    let file = file.display().to_string();
    (folder, file)
}

/// So many leads are open, as the head of the queue says.
fn open_leads(room: &Room) -> u32 {
    let shown = room.text();
    let head = shown.lines().nth(1).unwrap_or_default().trim();
    let count = head.split(' ').next().unwrap_or_default();
    count.parse().expect("the head begins with a number")
}

fn sit_down(file: &str, handle: &str, more: &[&str]) -> Room {
    let mut args = vec!["--db", file, "--as", handle];
    args.extend_from_slice(more);
    let mut room = Room::open(&args, (120, 36));
    room.wait_for("Qualified Pipeline Sourced");
    room
}

/// What is in sight between the first and the last line.
fn body(room: &Room) -> String {
    let shown = room.text();
    let lines: Vec<&str> = shown.lines().collect();
    lines[1..lines.len().saturating_sub(1)].join("\n")
}

/// Lets one act and waits until the other's screen is another one, without a key.
fn seen_by(other: &mut Room, act: impl FnOnce()) {
    let before = body(other);
    act();
    let until = Instant::now() + PATIENCE;
    while body(other) == before {
        assert!(
            Instant::now() < until,
            "nothing came; the screen:\n{before}"
        );
        other.read_some();
    }
}

#[test]
fn every_screen_follows_what_another_terminal_changes() {
    let (_folder, file) = workspace();
    let mut rike = sit_down(&file, "rike", &[]);
    let mut tomas = sit_down(&file, "tomas", &["--read-only"]);
    tomas.wait_for("here: Rike (Scoreboard)");
    rike.press("2");
    rike.wait_for(" open · ");
    let open = open_leads(&rike);
    let fewer = |by: u32| format!(" {} open · ", open - by);
    tomas.wait_for("here: Rike (Leads");
    // The queue and the card beside it.
    tomas.press("2");
    tomas.wait_for("Timeline of both teams");
    seen_by(&mut tomas, || rike.press("x\r"));
    tomas.wait_for("1 of 3 agreed");
    rike.press("j");
    rike.press("a");
    tomas.wait_for(&fewer(1));
    // The board: a verdict changes what sales answers.
    tomas.press("1");
    tomas.wait_for("Qualified Pipeline Sourced");
    rike.wait_for(&fewer(1));
    seen_by(&mut tomas, || rike.press("ra\r"));
    // Rejections.
    tomas.press("3");
    tomas.wait_for("Worklist");
    rike.wait_for(&fewer(2));
    seen_by(&mut tomas, || rike.press("rb\r"));
    // A rule of the draft.
    tomas.press("4");
    tomas.wait_for("Rules of the draft");
    rike.press("4");
    rike.wait_for("Rules of the draft");
    rike.press("a");
    rike.press("employees >= 33");
    tomas.wait_for("Rike (Criteria, editing a new rule)");
    seen_by(&mut tomas, || rike.press("\r"));
    tomas.wait_for("employees >= 33");
    // A deal.
    tomas.press("5");
    rike.press("5");
    rike.wait_for("moving pipeline");
    tomas.wait_for("moving pipeline");
    seen_by(&mut tomas, || rike.press(">"));
}

#[test]
fn a_follower_goes_where_the_presenter_goes_and_who_died_is_gone() {
    let (_folder, file) = workspace();
    let mut rike = sit_down(&file, "rike", &[]);
    let mut tomas = sit_down(&file, "tomas", &[]);
    rike.press("*");
    tomas.wait_for("▶ Rike presents");
    tomas.press("&");
    rike.press("5");
    tomas.wait_for("moving pipeline");
    rike.wait_for("1 follow");
    rike.signal("KILL");
    tomas.wait_for("Nobody presents any more");
    tomas.press("2");
    tomas.wait_for("no filter");
    assert!(!tomas.text().contains("Rike"), "{}", tomas.text());
    tomas.press("qqq");
    assert_eq!(tomas.end(), 0);
    assert!(!Path::new(&format!("{file}-here")).exists());
}

/// Lines of the newest meeting's frozen figures.
fn frozen(file: &str) -> Vec<String> {
    let asked = Command::new(env!("CARGO_BIN_EXE_smarketing"))
        .args(["meeting", "snapshot", "--db", file])
        .output()
        .expect("the figures are printed");
    let text = String::from_utf8(asked.stdout).expect("text");
    text.lines().map(str::to_owned).collect()
}

#[test]
fn what_a_meeting_freezes_on_the_screen_is_what_the_command_line_freezes_every_number() {
    let (_here, on_screen) = workspace();
    let (_there, by_command) = workspace();
    let mut room = sit_down(&on_screen, "rike", &[]);
    room.press("6");
    room.wait_for("s opens it");
    room.press("sa\r");
    room.wait_for("of 60:00");
    let begun = Command::new(env!("CARGO_BIN_EXE_smarketing"))
        .args(["meeting", "start", "--as", "rike", "--db", &by_command])
        .output()
        .expect("the meeting starts");
    assert!(begun.status.success(), "{begun:?}");
    let (screen, command) = (frozen(&on_screen), frozen(&by_command));
    assert_eq!(screen, command);
    let agreement = screen
        .iter()
        .find_map(|line| line.strip_prefix("figure criteria_verdict_agreement ratio 0."));
    assert!(agreement.is_some(), "{screen:?}");
}
