//! One presents, others follow or roam: whatever the presenter's screen shows, a follower's shows too.

use super::desk::{Desk, Shared, redraw};

/// What is in sight without first and last line: those say whose screen it is.
fn body(desk: &mut Desk) -> String {
    let shown = desk.screen();
    let lines: Vec<&str> = shown.lines().collect();
    // Who sits there stands in the head of the queue.
    let body = lines[1..lines.len() - 1].join("\n");
    let body = body
        .replace("Rike Großmann · sales", "")
        .replace("Tomás Ibarrola · sales", "");
    body.lines()
        .map(str::trim_end)
        .collect::<Vec<_>>()
        .join("\n")
}

fn pair() -> (Shared, Desk, Desk) {
    let shared = Shared::new();
    let (rike, tomas) = (shared.desk("rike"), shared.desk("tomas"));
    (shared, rike, tomas)
}

#[test]
fn a_follower_sees_every_step_of_the_presenter_on_every_screen() {
    let (_shared, mut rike, mut tomas) = pair();
    rike.press("*");
    tomas.see(&mut [("r", &mut rike)]);
    assert!(
        tomas.screen().contains("▶ Rike presents · & follows"),
        "{}",
        tomas.screen()
    );
    tomas.press("&");
    tomas.key(redraw());
    let steps = [
        "[", "o", "c", "b", "P", "P", "\t", "j", "\n", "\n", "\u{1b}", "\u{1b}", "2", "jjj", "U",
        "F", "k", "3", "x", "t", "b", "l", "r", "jj", "z", "w", "4", "j", "D", "D", "H", "A",
        "\u{1b}", "5", "l", "jj", "\n", "j", "v", "v", "b", ",", "\t", "jj", "1", "]", "6", "\t",
        "\t", "j", "\n", "j", "\u{1b}", "P", "j", "P", "/e", "\n", "\n", "\u{1b}",
    ];
    let mut apart = Vec::new();
    for step in steps {
        rike.press(step);
        // What was read for it is drawn with the next frame.
        rike.key(redraw());
        tomas.see(&mut [("r", &mut rike)]);
        tomas.key(redraw());
        tomas.key(redraw());
        assert!(tomas.screen().contains("▶ following Rike"), "{step}");
        let (here, there) = (body(&mut tomas), body(&mut rike));
        let lines = here.lines().zip(there.lines());
        for (mine, theirs) in lines.filter(|(mine, theirs)| mine != theirs) {
            apart.push(format!("after {step:?}:\n{mine}\n{theirs}"));
        }
    }
    assert!(apart.is_empty(), "{}", apart.join("\n"));
}

#[test]
fn what_is_mine_at_the_presenters_is_theirs_at_a_followers() {
    let (_shared, mut rike, mut tomas) = pair();
    tomas.press("2M");
    let head = |desk: &mut Desk| {
        let shown = desk.screen();
        let line = shown.lines().nth(1).unwrap_or_default();
        line.split("breached").next().unwrap_or_default().to_owned()
    };
    tomas.key(redraw());
    let theirs = head(&mut tomas);
    rike.press("2M");
    rike.key(redraw());
    assert_ne!(head(&mut rike), theirs);
    tomas.press("*");
    rike.see(&mut [("t", &mut tomas)]);
    rike.press("&");
    rike.key(redraw());
    assert_eq!(head(&mut rike), theirs);
}

#[test]
fn a_key_of_ones_own_roams_and_one_key_follows_again() {
    let (_shared, mut rike, mut tomas) = pair();
    tomas.press("&");
    assert!(tomas.screen().contains("Nobody presents"));
    rike.press("*5");
    tomas.see(&mut [("r", &mut rike)]);
    tomas.press("&");
    assert!(tomas.screen().contains("moving pipeline"));
    rike.see(&mut [("t", &mut tomas)]);
    assert!(
        rike.screen().contains("▶ you present · 1 follow"),
        "{}",
        rike.screen()
    );
    tomas.press("?");
    rike.press("4");
    tomas.see(&mut [("r", &mut rike)]);
    tomas.press("\u{1b}");
    assert!(tomas.screen().contains("Criteria for all leads"));
    tomas.press("2");
    assert!(
        tomas.screen().contains("You roam; & follows again"),
        "{}",
        tomas.screen()
    );
    rike.press("5");
    tomas.see(&mut [("r", &mut rike)]);
    assert!(!tomas.screen().contains("moving pipeline"));
    tomas.press("&");
    assert!(tomas.screen().contains("moving pipeline"));
    rike.press("*");
    tomas.see(&mut [("r", &mut rike)]);
    assert!(
        tomas
            .screen()
            .contains("Nobody presents any more; you roam")
    );
}

#[test]
fn taking_over_asks_and_the_one_before_is_told() {
    let (_shared, mut rike, mut tomas) = pair();
    rike.press("*");
    tomas.see(&mut [("r", &mut rike)]);
    tomas.press("*");
    assert!(
        tomas
            .screen()
            .contains("Rike Großmann presents; * again takes over")
    );
    tomas.press("j*");
    assert!(tomas.screen().contains("* again takes over"));
    tomas.press("*");
    assert!(tomas.screen().contains("You present"), "{}", tomas.screen());
    rike.see(&mut [("t", &mut tomas)]);
    assert!(rike.screen().contains("Tomás Ibarrola presents now"));
    tomas.see(&mut [("r", &mut rike)]);
    assert!(
        tomas.screen().contains("▶ you present · 0 follow")
            || tomas.screen().contains("You present")
    );
}

#[test]
fn who_is_here_and_who_has_the_same_open_is_said() {
    let (_shared, mut rike, mut tomas) = pair();
    for desk in [&mut rike, &mut tomas] {
        desk.press("4");
    }
    rike.press("\n");
    tomas.see(&mut [("r", &mut rike)]);
    assert!(
        tomas.screen().contains("Rike is editing this rule"),
        "{}",
        tomas.screen()
    );
    tomas.press("j");
    assert!(
        tomas
            .screen()
            .contains("here: Rike (Criteria, editing rule 1)")
    );
    tomas.press("@");
    let shown = tomas.screen();
    assert!(
        shown.contains("Tomás Ibarrola (this terminal)") && shown.contains("Criteria, rule 2"),
        "{shown}"
    );
    rike.press("\u{1b}2");
    tomas.press("\u{1b}2");
    tomas.see(&mut [("r", &mut rike)]);
    assert!(
        tomas.screen().contains("Rike has this lead open"),
        "{}",
        tomas.screen()
    );
}
