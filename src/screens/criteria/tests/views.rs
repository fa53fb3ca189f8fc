//! What stands over the rules: a rule's own leads, versions against each other, the page; counted by hand.

use super::*;
use crate::domain::criteria::version::PageEdit;
use crate::domain::criteria::{Page, Policy};
use crate::domain::moment::Day;

#[test]
fn the_leads_of_a_rule_add_up_to_its_three_answers() {
    // 60 leads; every third is of unknown size, of the others 46, 47, 49 … 59 have 45 or more.
    let mut desk = Desk::new(vec![version(2, State::Draft, "employees >= 45")]);
    desk.keys("L");
    let rows = |desk: &Desk| match &desk.screen.view {
        View::Rows(rows) => rows.all.as_ref().map(|all| (all.rows.len(), all.total)),
        _ => None,
    };
    assert_eq!(rows(&desk), Some((30, 30)));
    let drawn = desk.drawn(120, 30);
    let title = "Rule 1 by itself: ▸fails 30 · unknown 20 · passes 10 of 60 leads";
    assert!(drawn.contains(title), "{drawn}");
    desk.keys("l");
    assert_eq!(rows(&desk), Some((20, 20)));
    desk.keys("l");
    assert_eq!(rows(&desk), Some((10, 10)));
    assert!(desk.drawn(120, 30).contains("▸passes 10"));
}

#[test]
fn a_must_not_fails_whom_it_meets() {
    let text = "must not source in (Webinar)";
    let mut desk = Desk::new(vec![version(2, State::Draft, text)]);
    desk.keys("L");
    let drawn = desk.drawn(120, 30);
    assert!(drawn.contains("▸fails 30"), "{drawn}");
    assert!(drawn.contains("passes 30"), "{drawn}");
}

#[test]
fn any_two_versions_are_compared_in_words_and_in_leads() {
    let mut desk = Desk::new(vec![
        version(1, State::Signed, "source = Webinar"),
        version(2, State::Draft, "source = Webinar and employees >= 45"),
    ]);
    desk.keys("H");
    let drawn = desk.drawn(120, 30);
    for words in [
        "Version 2 against version 1 · ▲ tighter",
        "added: employees >= 45",
        "1 passes 30",
        "Enter lists them",
    ] {
        assert!(drawn.contains(words), "{words} in\n{drawn}");
    }
    // The other way round: what was out comes in.
    desk.keys("ck");
    let drawn = desk.drawn(120, 30);
    assert!(
        drawn.contains("Version 1 against version 2 · ▽ looser"),
        "{drawn}"
    );
    assert!(drawn.contains("15 in"), "{drawn}");
    desk.keys("\n");
    let View::Rows(rows) = &desk.screen.view else {
        panic!("the leads that turn are listed")
    };
    assert_eq!(rows.all.as_ref().map(|all| all.total), Some(15));
    desk.keys("⎋");
    assert!(desk.drawn(120, 30).contains("Version 1 against version 2"));
}

#[test]
fn the_day_to_look_again_and_finance_begin_a_draft_where_there_is_none() {
    let mut force = version(1, State::Signed, "source = Webinar");
    force.needs_finance = true;
    let mut desk = Desk::new(vec![force]);
    desk.keys("o\t\t2026-01-15\n");
    let begun = CriteriaChange::Begin {
        segment: None,
        to: PageEdit {
            page: Page::default(),
            at_least: 0,
            unknown: Policy::Ask,
            review_on: Day::parse("2026-01-15"),
            needs_finance: true,
        },
    };
    assert_eq!(*desk.change(), begun);
}

#[test]
fn the_page_is_copied_with_its_number_and_its_rules() {
    let mut desk = Desk::new(vec![version(3, State::Draft, "source = Webinar")]);
    desk.keys("D");
    let Outcome::Copy { text, .. } = desk.screen.update(Action::Copy, &mut desk.model) else {
        panic!("nothing was copied")
    };
    assert!(text.starts_with("A qualified lead, version 3"), "{text}");
    assert!(text.to_lowercase().contains("webinar"), "{text}");
}

#[test]
fn a_projector_shows_the_draft_in_tall_figures_and_typing_goes_on() {
    let mut desk = Desk::new(vec![version(2, State::Draft, "employees >= 45")]);
    let plain = desk.drawn(120, 30);
    assert!(
        plain.contains("2025-Q") || plain.contains("in force"),
        "{plain}"
    );
    let _ = desk.screen.update(Action::Presentation, &mut desk.model);
    for (width, height) in [(60, 20), (80, 24), (120, 36), (200, 60)] {
        let tall = desk.drawn(width, height);
        // The names of the tall figures, each with what is in force, and the digits over three lines.
        assert!(tall.contains("in force") && tall.contains('█'), "{tall}");
        assert!(!tall.contains("the draft cannot tell"), "{tall}");
    }
    // The bar works as before, and Esc leaves the tall figures after it.
    desk.keys("aemployees >= 50");
    assert!(desk.drawn(120, 36).contains("new rule ▸ employees >= 50"));
    desk.keys("⎋");
    assert!(desk.drawn(120, 36).contains('█'));
    desk.keys("⎋");
    assert!(desk.drawn(120, 36).contains("the draft cannot tell"));
}

#[test]
fn a_page_without_rules_says_that_every_lead_passes() {
    let mut desk = Desk::new(vec![]);
    desk.keys("D");
    assert!(
        desk.drawn(80, 24)
            .contains("No rule counts yet: every lead passes.")
    );
}

#[test]
fn where_there_is_little_room_names_and_costs_stay_whole() {
    let mut desk = Desk::new(vec![version(2, State::Draft, "source = Webinar")]);
    desk.keys("f");
    // Names of leads nobody has read stand as numbers.
    assert!(
        desk.drawn(60, 20).contains("out  lead "),
        "{}",
        desk.drawn(60, 20)
    );
    desk.keys("⎋s");
    let drawn = desk.drawn(60, 20);
    assert!(
        !drawn.contains("lost …") && !drawn.contains("0…"),
        "{drawn}"
    );
}

#[test]
fn what_the_draft_does_so_far_stands_over_the_suggestions() {
    let mut desk = Desk::new(vec![version(2, State::Draft, "employees >= 30")]);
    desk.keys("s");
    let (panel, _) = desk.screen.panel().unwrap();
    let verdict = impact::verdict(panel, desk.model.book().workspace.currency);
    assert!(verdict.contains(" out, 0 in"), "{verdict}");
    let drawn = desk.drawn(120, 36);
    let line = drawn.lines().nth(3).unwrap();
    assert!(
        line.contains(&format!("the draft so far: {verdict}")),
        "{drawn}"
    );
    // Where there is little room, what it loses stays.
    let lost = verdict.rsplit(" · ").next().unwrap();
    assert!(desk.drawn(60, 20).contains(lost), "{verdict}");
}

#[test]
fn the_state_of_the_draft_and_who_signed_go_before_days() {
    let mut proposed = version(2, State::Proposed, "employees >= 30");
    proposed.signatures = [
        (Side::Marketing, "Wilhelmina von Hohenstauffen-Breitenbach"),
        (Side::Sales, "Sam Šimek"),
    ]
    .map(|(side, name)| Signature { side, by: by(name) })
    .to_vec();
    let mut desk = Desk::new(vec![proposed]);
    let drawn = desk.drawn(160, 36);
    assert!(drawn.contains("Sam Šimek 2025-"), "{drawn}");
    let drawn = desk.drawn(112, 36);
    assert!(
        drawn.contains("✓ sales Sam Šimek") && !drawn.contains("Sam Šimek 2025-"),
        "{drawn}"
    );
}

#[test]
fn in_little_room_what_speaks_against_the_draft_and_what_to_do_about_a_fault_are_said_all_the_same()
{
    let text = "source = Webinar and employees >= 50 and employees < 10 and country is known";
    let mut desk = Desk::new(vec![version(2, State::Draft, text)]);
    let shown = desk.drawn(80, 22);
    assert!(
        shown.contains("! no lead can meet both 'employees >= 50' and 'employees < 10'"),
        "{shown}"
    );
    desk.keys("acountry = DE or source = Webinar");
    let shown = desk.drawn(80, 22);
    assert!(
        shown.contains("at least") || shown.contains("supporting"),
        "{shown}"
    );
}

#[test]
fn what_is_clicked_on_in_a_view_is_marked_and_opens_with_the_second_click() {
    let mut desk = Desk::new(vec![version(2, State::Draft, "employees >= 10")]);
    desk.keys("A");
    desk.drawn(120, 36);
    let (place, cell) = desk.screen.spots[10];
    assert_eq!(cell, 10);
    let click = |desk: &mut Desk| desk.screen.clicked(place.x, place.y, &desk.model);
    assert_eq!(click(&mut desk), Outcome::Nothing);
    assert!(matches!(desk.screen.view, View::Agreement(10)));
    assert_eq!(click(&mut desk), Outcome::Press(Action::Open));
    assert_eq!(desk.screen.clicked(0, 0, &desk.model), Outcome::Nothing);
}

#[test]
fn a_rule_in_force_that_is_confirmed_unchanged_begins_no_draft() {
    let mut desk = Desk::new(vec![version(1, State::Signed, "source = Webinar")]);
    desk.keys("\n\n");
    assert!(desk.written.is_empty() && desk.screen.bar.is_none());
    desk.keys("i\n");
    assert!(desk.written.is_empty() && desk.screen.window.is_none());
}
