//! Keys in, commands out.

use super::*;
use crate::backtest::{Ground, Judge, Turn};
use crate::domain::criteria::{Figures, Kind, Switch};
use crate::domain::period::Period;
use crate::screens::paper::{NotWritten, Order, Over, Page};

#[test]
fn at_every_key_the_panel_says_what_the_backtest_says() {
    let mut desk = Desk::new(vec![version(1, State::Signed, "source = Webinar")]);
    let history = desk.model.history();
    let fields = Fields::default();
    let mut columns = Columns::new(&history.facts, &fields, &history.book.calendar);
    columns.put("employees", employees());
    let scope = history.scope.with_period(Period::all());
    let ground = Ground::new(&history.facts, &history.book, &scope, None);
    desk.keys("a");
    let typed = "employees >= 45 and must not source in (\"Trade show\", Outbound) because \"no deal ever\"";
    for key in typed.chars() {
        desk.keys(&key.to_string());
        let question = desk.screen.question(&desk.model);
        let before = Judge::new().judge(&columns, &question.before, None);
        let draft = Judge::new().judge(&columns, &question.draft, None);
        let baseline = ground.baseline(before);
        let (panel, fresh) = desk.screen.panel().unwrap();
        assert!(fresh, "{}", desk.screen.bar.as_ref().unwrap().text());
        assert_eq!(panel.impact, ground.impact(&baseline, &draft));
        let out = ground.flips(&baseline.judged, &draft, Turn::Out).len();
        assert_eq!(panel.turned[0], out as u64);
    }
    // By hand: of the 30 leads of the webinar, even numbers, those of 45 to 59 are 7; 48 and 54 are unknown and asked about,
    // as are 0, 6 … 42: ten unknown in all. 46, 50, 52, 56 and 58 are met.
    let (panel, _) = desk.screen.panel().unwrap();
    let past = &panel.impact.past;
    let kept = past.after.leads + panel.impact.holdout.map_or(0, |side| side.after.leads);
    assert_eq!(kept, 15);
    assert_eq!(panel.turned, [15, 0]);
}

#[test]
fn without_a_draft_the_first_rule_begins_one_as_a_copy_of_what_is_in_force() {
    let mut desk = Desk::new(vec![version(1, State::Signed, "source = Webinar")]);
    desk.keys("aemployees >= 50\n");
    let CriteriaChange::Replace(definition) = desk.change() else {
        panic!("{:?}", desk.written);
    };
    let wanted = [rule("source = Webinar"), rule("employees >= 50")];
    assert_eq!(definition.rules, wanted);
}

#[test]
fn in_a_draft_rules_are_added_changed_switched_moved_and_removed_one_by_one() {
    let text = "source = Webinar and employees >= 10";
    let mut desk = Desk::new(vec![version(2, State::Draft, text)]);
    desk.keys("acountry = DE\n");
    let added = CriteriaChange::AddRule {
        draft: CriteriaId(2),
        rule: rule("country = DE"),
    };
    assert_eq!(*desk.change(), added);
    desk.keys("⎋");
    desk.screen.sent = None;
    desk.keys("j\n5\n");
    let changed = CriteriaChange::ChangeRule {
        rule: RuleId(21),
        revision: 1,
        to: rule("employees >= 105"),
    };
    assert_eq!(*desk.change(), changed);
    desk.keys("⎋ ");
    let off = Rule {
        switch: Switch::Off,
        ..rule("employees >= 10")
    };
    let switched = CriteriaChange::ChangeRule {
        rule: RuleId(21),
        revision: 1,
        to: off,
    };
    assert_eq!(*desk.change(), switched);
    desk.keys("K");
    let moved = CriteriaChange::MoveRule {
        rule: RuleId(21),
        to: 0,
    };
    assert_eq!(*desk.change(), moved);
    desk.keys("d");
    let removed = CriteriaChange::RemoveRule {
        rule: RuleId(20),
        revision: 1,
    };
    assert_eq!(*desk.change(), removed);
}

#[test]
fn several_rules_of_one_line_are_one_change() {
    let mut desk = Desk::new(vec![version(2, State::Draft, "source = Webinar")]);
    desk.keys("aemployees >= 5 and country = DE\n");
    let Some(Write::Each(commands)) = desk.written.last() else {
        panic!("{:?}", desk.written);
    };
    assert_eq!(commands.len(), 2);
}

#[test]
fn what_cannot_be_read_is_said_in_words_and_stays() {
    let mut desk = Desk::new(vec![version(2, State::Draft, "source = Webinar")]);
    desk.keys("aemployees >= many\n");
    assert!(desk.written.is_empty());
    let shown = desk.drawn(100, 30);
    assert!(
        shown.contains("employees >= many") && shown.contains("'many' is not"),
        "{shown}"
    );
}

#[test]
fn fields_signs_and_values_that_occur_complete_with_their_counts() {
    let mut desk = Desk::new(vec![version(2, State::Draft, "employees >= 1")]);
    desk.keys("asou\t= ");
    let offers = desk.screen.offers();
    assert_eq!(
        (offers[0].text.as_str(), offers[0].count),
        ("\"Trade show\"", Some(30))
    );
    desk.keys("web\t");
    assert_eq!(
        desk.screen.bar.as_ref().unwrap().text(),
        "source = Webinar "
    );
    desk.keys("\n");
    assert!(
        matches!(desk.change(), CriteriaChange::AddRule { rule: r, .. } if *r == rule("source = Webinar"))
    );
}

#[test]
fn who_edits_a_rule_sees_that_somebody_else_changed_it_and_the_file_asks_whose_stays() {
    let mut desk = Desk::new(vec![version(2, State::Draft, "employees >= 10")]);
    desk.keys("\n0");
    let mut theirs = version(2, State::Draft, "employees >= 70");
    theirs.marks[0].revision = 2;
    desk.agreed = Arc::new(Agreed {
        versions: Versions(vec![theirs]),
        fields: Arc::clone(&desk.agreed.fields),
    });
    desk.screen.refreshed(&desk.model);
    desk.serve();
    let shown = desk.drawn(100, 30);
    assert!(
        shown.contains("changed this rule meanwhile to: employees >= 70"),
        "{shown}"
    );
    assert!(shown.contains("employees >= 100"), "{shown}");
    desk.keys("\n");
    let mine = CriteriaChange::ChangeRule {
        rule: RuleId(20),
        revision: 1,
        to: rule("employees >= 100"),
    };
    assert_eq!(*desk.change(), mine);
}

#[test]
fn each_side_signs_by_a_letter_and_in_its_own_name() {
    let mut desk = Desk::new(vec![version(2, State::Proposed, "employees >= 10")]);
    desk.keys("Sb");
    // What it says of the past goes with it: every third lead is of unknown size, those under 30 were rejected.
    let figures = Figures {
        met_accepted: 20,
        met_rejected: 14,
        failed_accepted: 0,
        failed_rejected: 6,
        met: 34,
        handoffs: 60,
    };
    let sign = CriteriaChange::Sign(CriteriaId(2), Some(figures));
    let command = Box::new(Command::Criteria(sign));
    assert_eq!(desk.written, [Write::As("sam".into(), command)]);
    // Who sits here stands first, and the key that opens the list chooses nobody.
    let mut desk = Desk::new(vec![version(2, State::Proposed, "employees >= 10")]);
    desk.model.introduce("sam");
    desk.keys("SSa");
    assert_eq!(desk.written.len(), 1);
    assert!(matches!(&desk.written[0], Write::As(who, _) if who == "sam"));
    let mut desk = Desk::new(vec![version(2, State::Draft, "employees >= 10")]);
    desk.keys("S");
    assert!(desk.written.is_empty() && desk.screen.window.is_none());
    desk.keys("p");
    assert_eq!(*desk.change(), CriteriaChange::Propose(CriteriaId(2)));
}

#[test]
fn a_draft_that_says_the_same_flips_nothing_and_flips_open_with_their_outcome() {
    let mut desk = Desk::new(vec![
        version(1, State::Signed, "source = Webinar"),
        version(2, State::Draft, "source = Webinar"),
    ]);
    assert!(
        desk.drawn(120, 36)
            .contains("draft = in force: nothing flips")
    );
    desk.keys("aemployees >= 45");
    assert_eq!(desk.screen.panel().unwrap().0.turned, [15, 0]);
    desk.keys("⎋f");
    assert!(desk.drawn(120, 36).contains("nothing flips"));
    let mut desk = Desk::new(vec![version(2, State::Draft, "employees >= 45")]);
    desk.keys("f");
    let shown = desk.drawn(120, 36);
    assert!(
        shown.contains("out ") && shown.contains("rejected"),
        "{shown}"
    );
}

#[test]
fn kind_class_and_reason_are_fields_of_a_window() {
    let mut desk = Desk::new(vec![version(2, State::Draft, "employees >= 10")]);
    desk.keys("is\t\tenough to pay\n");
    let to = Rule {
        kind: Kind::Supporting,
        why: "enough to pay".into(),
        ..rule("employees >= 10")
    };
    let wanted = CriteriaChange::ChangeRule {
        rule: RuleId(20),
        revision: 1,
        to,
    };
    assert_eq!(*desk.change(), wanted);
}

#[test]
fn no_key_and_no_size_panics() {
    for versions in [
        Vec::new(),
        vec![version(1, State::Signed, "source = Webinar")],
        vec![version(
            2,
            State::Proposed,
            "employees >= 10 and source = Webinar",
        )],
    ] {
        let mut desk = Desk::new(versions);
        for key in "sjt\n⎋⎋A\n⎋⎋D⎋Hjk⎋f\nn⎋⎋igK J⎋o⎋w⎋v⎋SF⎋WXyaemp\t>= \u{8}↓\n\n⎋d ".chars()
        {
            desk.keys(&key.to_string());
            desk.screen.sent = None;
            for (width, height) in [(60, 18), (80, 22), (150, 40), (3, 2)] {
                desk.drawn(width, height);
            }
        }
    }
}

#[test]
fn drift_stands_beside_the_version_in_force_and_its_figures_under_the_matrices() {
    let agreed = Figures {
        met_accepted: 300,
        failed_rejected: 300,
        met: 300,
        handoffs: 600,
        ..Figures::default()
    };
    let mut signed = version(1, State::Signed, "employees >= 10");
    let start = Moment(fixture::at("2025-01-01T00:00:00Z").0);
    signed.in_force_at = Some(start);
    signed.figures = Some(agreed);
    let mut desk = Desk::new(vec![signed]);
    assert!(!desk.drawn(120, 30).contains("drift"));
    // The last four weeks hold no verdict yet at the sample's moment: the same counts a month earlier.
    let counted = desk.screen.weights.as_mut().unwrap();
    let now = Figures {
        met_accepted: 20,
        met_rejected: 14,
        failed_rejected: 6,
        met: 34,
        handoffs: 60,
        ..Figures::default()
    };
    counted.1.in_force.as_mut().unwrap().now = now;
    let drawn = desk.drawn(120, 30);
    assert!(
        drawn.contains("since 2025-01-01 · drift: agreement 100 % → 65 %"),
        "{drawn}"
    );
    desk.keys("A");
    let drawn = desk.drawn(120, 30);
    assert!(
        drawn.contains("Version 1 in force, then and now"),
        "{drawn}"
    );
    assert!(drawn.contains("drift: it went down"), "{drawn}");
}

#[test]
fn the_screen_at_80_by_24_and_wide() {
    let mut signed = version(1, State::Signed, "source = Webinar");
    signed.definition.rules[0].why = "霧島 asked for it".into();
    let draft =
        "source = Webinar and employees >= 10 and off must not country in (\"New Zealand\")";
    let mut desk = Desk::new(vec![signed, version(2, State::Proposed, draft)]);
    insta::assert_snapshot!("the_rules_at_80_by_24", desk.drawn(80, 22));
    desk.keys("aemployees >= 45");
    insta::assert_snapshot!("typing_at_160_by_40", desk.drawn(160, 38));
}

#[test]
fn the_page_goes_into_a_file_and_over_another_one_only_when_that_was_said_twice() {
    let mut desk = Desk::new(vec![version(2, State::Draft, "employees >= 45")]);
    let sent = |desk: &mut Desk| -> Order {
        match desk.screen.update(Action::Open, &mut desk.model) {
            Outcome::Page(order) => order,
            other => panic!("{other:?}"),
        }
    };
    desk.keys("DE");
    let first = sent(&mut desk);
    assert_eq!(
        (first.page, first.file.as_str(), first.over),
        (
            Page::Definition(CriteriaId(2)),
            "definition-2.html",
            Over::Stays
        )
    );
    let there = NotWritten::There("/tmp/definition-2.html".to_owned());
    assert!(desk.screen.page_written(&first, Err(&there)));
    assert!(desk.drawn(120, 30).contains("is there already"));
    // Another name asks anew; the same one replaces.
    desk.keys("x");
    let other = sent(&mut desk);
    assert_eq!(
        (other.file.as_str(), other.over),
        ("definition-2.htmlx", Over::Stays)
    );
    desk.keys("\u{8}");
    assert!(desk.screen.page_written(&first, Err(&there)));
    let again = sent(&mut desk);
    assert_eq!(
        (again.file.as_str(), again.over),
        ("definition-2.html", Over::Goes)
    );
    assert!(desk.screen.page_written(&again, Ok(())));
    assert!(desk.screen.window.is_none());
    // Over the rules E says where the page is.
    desk.keys("⎋");
    let said = desk.screen.update(Action::SavePage, &mut desk.model);
    assert!(matches!(said, Outcome::Say(words) if words.contains("D shows the page")));
}

#[test]
fn nobody_signs_while_the_text_is_read_anew() {
    let mut desk = Desk::new(vec![version(2, State::Proposed, "employees >= 45")]);
    // Somebody changed something: the versions in sight may be older than the file.
    desk.screen.refreshed(&desk.model);
    let said = desk.screen.update(Action::SignVersion, &mut desk.model);
    assert!(matches!(said, Outcome::Refuse(words) if words.contains("look again")));
    assert!(desk.screen.window.is_none());
    desk.serve();
    let said = desk.screen.update(Action::SignVersion, &mut desk.model);
    assert_eq!(said, Outcome::Nothing);
    let Some(Window::Signs(version, handles, _)) = &desk.screen.window else {
        panic!("what was read anew can be signed");
    };
    assert_eq!((version.0, handles.len()), (2, 3));
}
