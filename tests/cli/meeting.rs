//! A meeting as a room scripts it: from its start to its page, and the one after it, which opens with what was decided.

use crate::desk::{Desk, room, well};

/// What somebody does in the meeting.
fn does(desk: &Desk, who: &str, args: &[&str]) -> String {
    let mut all = vec!["meeting"];
    all.extend(args);
    all.extend(["--as", who]);
    well(desk, &all).1
}

/// Why a command was not done.
fn refused(desk: &Desk, args: &[&str]) -> String {
    let said = desk.run(args);
    assert_ne!(said.status, 0, "{args:?}: {}", said.err);
    said.err
}

#[test]
fn criteria_are_signed_by_script_only_with_both_sides_at_the_table() {
    let desk = room();
    let draft = desk.write("draft.toml", "[[rule]]\nmust = 'has_email = yes'\n");
    well(&desk, &["criteria", "apply", &draft, "--as", "mia"]);
    well(&desk, &["criteria", "propose", "--as", "mia"]);
    does(&desk, "mia", &["start", "--agenda", "short"]);
    for who in ["mia", "sam"] {
        let why = refused(&desk, &["criteria", "sign", "--as", who]);
        assert!(why.contains("nobody of sales is there"), "{why}");
    }
    does(&desk, "mia", &["attend", "sam"]);
    well(&desk, &["criteria", "sign", "--as", "mia"]);
    does(&desk, "mia", &["leave", "mia"]);
    let why = refused(&desk, &["criteria", "sign", "--as", "sam"]);
    assert!(why.contains("nobody of marketing is there"), "{why}");
    does(&desk, "sam", &["attend", "mia"]);
    let (_, said) = well(&desk, &["criteria", "sign", "--as", "sam"]);
    assert!(said.contains("it is signed"), "{said}");
}

#[test]
fn one_meeting_leaves_a_page_and_the_next_opens_with_its_decisions() {
    let desk = room();
    does(&desk, "mia", &["start", "--present", "sam"]);
    does(
        &desk,
        "sam",
        &["issue", "raise", "Students <b>again</b>", "--priority", "1"],
    );
    does(&desk, "sam", &["issue", "raise", "Nobody calls back"]);
    let decided = does(
        &desk,
        "mia",
        &[
            "issue",
            "decide",
            "1",
            "Ask for the employer",
            "--owner",
            "mia",
            "--due",
            "+2w",
            "--moves",
            "leads",
        ],
    );
    assert!(decided.contains("solve: Students"), "{decided}");
    does(
        &desk,
        "sam",
        &[
            "act",
            "Call the ten oldest",
            "--owner",
            "sam",
            "--due",
            "tomorrow",
        ],
    );
    let why = refused(
        &desk,
        &[
            "meeting", "act", "x", "--owner", "sam", "--due", "soon", "--as", "sam",
        ],
    );
    assert!(why.contains("'soon' is no day"), "{why}");
    does(&desk, "mia", &["close", "--next", "+2w"]);
    let page = desk.path("recap.html");
    let page = page.to_str().unwrap();
    well(&desk, &["meeting", "recap", "--out", page]);
    let html = std::fs::read_to_string(page).unwrap();
    assert!(html.contains("Students &lt;b&gt;again&lt;/b&gt;") && !html.contains("<b>"));
    // What was not solved lay before the room all the same.
    assert!(html.contains("Nobody calls back"));
    let why = refused(&desk, &["meeting", "recap", "--out", page]);
    assert!(why.contains("is there already"), "{why}");

    does(&desk, "sam", &["start"]);
    let (told, _) = well(&desk, &["meeting", "decide"]);
    assert!(told.contains("Ask for the employer"), "{told}");
    let (rows, _) = well(&desk, &["meeting", "decide", "--format", "json"]);
    let rows: Vec<serde_json::Value> = serde_json::from_str(&rows).unwrap();
    for column in ["then", "now"] {
        let told = rows[0][column].as_str().unwrap();
        assert!(
            told.contains("0 (") && told.contains("n 0"),
            "{column}: {told}"
        );
    }
    let (acts, _) = well(&desk, &["meeting", "act"]);
    assert!(acts.contains("Call the ten oldest"), "carried over: {acts}");
}
