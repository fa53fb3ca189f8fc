//! Keys in, commands out, for every page.

use crossterm::event::{KeyCode, KeyModifiers};
use ratatui::Terminal;
use ratatui::backend::TestBackend;

use super::*;
use crate::domain::book::Reason;
use crate::domain::catalogue::{Catalogue, ReasonEntry};
use crate::domain::command::Command;
use crate::domain::ids::ReasonId;
use crate::domain::moment::{Day, Moment};
use crate::domain::money::{Currency, Money};
use crate::domain::policy::{Side, SourceSide};
use crate::domain::reason::{Asks, ReasonClass};
use crate::domain::settings::SETTINGS;
use crate::domain::verdict::SpendKind;
use crate::facts::column::NONE;
use crate::facts::targets::Target;
use crate::keymap::{self, Chord};
use crate::metrics::tests::fixture;
use crate::screens::model::History;
use crate::screens::sample;

fn model() -> Model {
    let mut book = sample::book();
    for (id, code, label) in [
        (1, "too_small", "Too small"),
        (2, "tiny", "小さい 🚀 Größe"),
    ] {
        book.reasons.push(Reason {
            id: ReasonId(id),
            code: code.into(),
            label: label.into(),
            class: ReasonClass::Fit,
            objective: false,
            asks: Asks::Conversation,
            acts: Side::Marketing,
            field: Some("employees".into()),
            retired: false,
            successor: None,
        });
    }
    let mut facts = fixture::empty();
    fixture::spend(&mut facts, 0, "2025-09-01", 250_050);
    facts.index();
    Model::new(Arc::new(History::new(book, facts, sample::AS_OF)))
}

fn at(chapter: Chapter) -> Settings {
    let mut settings = Settings::default();
    settings.turn_to(chapter);
    settings
}

fn keys(settings: &mut Settings, model: &mut Model, keys: &str) -> Outcome {
    let mut last = Outcome::Nothing;
    for c in keys.chars() {
        let code = match c {
            '\n' => KeyCode::Enter,
            '\t' => KeyCode::Tab,
            '\u{8}' => KeyCode::Backspace,
            '→' => KeyCode::Right,
            c => KeyCode::Char(c),
        };
        let key = KeyEvent::new(code, KeyModifiers::NONE);
        last = match keymap::action(settings.context(), Chord::from(key)) {
            Some(action) => settings.update(action, model),
            None => settings.typed(key, model),
        };
    }
    last
}

fn drawn(settings: &mut Settings, model: &Model, (width, height): (u16, u16)) -> String {
    let mut terminal = Terminal::new(TestBackend::new(width, height)).unwrap();
    terminal
        .draw(|frame| {
            let area = frame.area();
            settings.draw(frame.buffer_mut(), area, model, &Theme::default());
        })
        .unwrap();
    terminal.backend().to_string()
}

fn writes(command: Command) -> Outcome {
    Outcome::Write(Write::one(command))
}

#[test]
fn an_agreed_number_changes_from_what_it_is_and_a_refusal_keeps_what_was_typed() {
    let mut model = model();
    let mut settings = at(Chapter::Numbers);
    let asked = keys(&mut settings, &mut model, "\n\u{8}99\n");
    let (key, value) = ("min_attempts".to_owned(), 99);
    assert_eq!(asked, writes(Command::Set { key, value }));
    let Outcome::Write(write) = asked else {
        panic!()
    };
    settings.written(&write, Err("1 to 50 makes sense"), &model);
    let shown = drawn(&mut settings, &model, (80, 24));
    assert!(
        shown.contains("1 to 50 makes sense") && shown.contains("99"),
        "{shown}"
    );
    assert_eq!(settings.context(), Context::Field);
    keys(&mut settings, &mut model, "x\n");
    assert!(drawn(&mut settings, &model, (80, 24)).contains("takes a whole number"));
}

#[test]
fn a_reason_is_added_renamed_retired_and_merged_and_its_code_never_changes() {
    let mut model = model();
    let mut settings = at(Chapter::Reasons);
    let entry = ReasonEntry {
        code: "too_small".into(),
        label: "Too small!".into(),
        class: ReasonClass::Fit,
        asks: Asks::Attempts,
        acts: Side::Sales,
        field: Some("employees".into()),
    };
    let renamed = keys(&mut settings, &mut model, "\n!\t\t→\t→\n");
    let put = |entry| writes(Command::Catalogue(Catalogue::PutReason(entry)));
    assert_eq!(renamed, put(entry.clone()));
    settings.back();
    assert_eq!(
        keys(&mut settings, &mut model, "\n\t\t\t\t\tx\n"),
        Outcome::Nothing
    );
    assert!(drawn(&mut settings, &model, (80, 24)).contains("a code never changes"));
    settings.back();
    let retired = keys(&mut settings, &mut model, "x");
    let code = "too_small".to_owned();
    let gone = Catalogue::RetireReason { code: code.clone() };
    assert_eq!(retired, writes(Command::Catalogue(gone)));
    let merged = keys(&mut settings, &mut model, "Ma");
    let into = "tiny".to_owned();
    let merge = Catalogue::MergeReason { from: code, into };
    assert_eq!(merged, writes(Command::Catalogue(merge)));
}

#[test]
fn spend_targets_rates_holidays_and_people_are_added_in_the_words_of_the_command_line() {
    let mut model = model();
    let added = |settings: &mut Settings, model: &mut Model, typed: &str| {
        let outcome = keys(settings, model, typed);
        settings.back();
        outcome
    };
    let spend = "a\tWebinar\tSpring\t→\t-12.50 USD\n";
    let expected = Command::AddSpend {
        source: Some("Webinar".into()),
        campaign: Some("Spring".into()),
        on: Day::parse("2025-09-30").unwrap(),
        kind: SpendKind::MarketingPeople,
        amount: Money {
            minor: -1_250,
            currency: Currency::USD,
        },
    };
    assert_eq!(
        added(&mut at(Chapter::Spend), &mut model, spend),
        writes(expected)
    );
    let expected = Command::SetTarget {
        metric: "revenue".into(),
        start: Day::parse("2025-07-01").unwrap(),
        end: Day::parse("2025-10-01").unwrap(),
        value: 100_050,
    };
    let target = "a→\t\t1000.50\n";
    assert_eq!(
        added(&mut at(Chapter::Targets), &mut model, target),
        writes(expected)
    );
    let expected = Command::SetRate {
        currency: Currency::USD,
        from: Day::parse("2025-10-01").unwrap(),
        rate: "0.92".into(),
    };
    let rate = "ausd\t2025-10-01\t0.92\n";
    assert_eq!(
        added(&mut at(Chapter::Rates), &mut model, rate),
        writes(expected)
    );
    let expected = Command::AddHoliday {
        day: Day::parse("2025-12-25").unwrap(),
        name: "Christmas".into(),
    };
    let holiday = "a2025-12-25\tChristmas\n";
    assert_eq!(
        added(&mut at(Chapter::Holidays), &mut model, holiday),
        writes(expected)
    );
    let expected = Command::PutPerson {
        handle: "kim".into(),
        name: "Kim Park".into(),
        side: Side::Finance,
    };
    let person = "akim\tKim Park\tf\n";
    assert_eq!(
        added(&mut at(Chapter::People), &mut model, person),
        writes(expected)
    );
    let expected = Command::PutSource {
        name: "Fair".into(),
        side: SourceSide::Partner,
        free: true,
    };
    let source = "aFair\tp\t→\n";
    assert_eq!(
        added(&mut at(Chapter::Sources), &mut model, source),
        writes(expected)
    );
    let expected = Catalogue::PutStage {
        name: "Pilot".into(),
        position: 2,
        was: None,
    };
    let stage = "aPilot\t2\n";
    let expected = writes(Command::Catalogue(expected));
    assert_eq!(added(&mut at(Chapter::Stages), &mut model, stage), expected);
}

#[test]
fn the_history_of_a_page_is_read_when_it_is_looked_at() {
    let mut model = model();
    let mut settings = at(Chapter::Targets);
    assert_eq!(settings.wanted(&model), [Fetch::Holidays]);
    keys(&mut settings, &mut model, "H");
    let asked = Fetch::History(Chapter::Targets);
    assert_eq!(settings.wanted(&model), std::slice::from_ref(&asked));
    let change = Change {
        at: Moment(0),
        by: "Dana\u{1b}[2J".into(),
        what: "target revenue".into(),
    };
    settings.fetched(&asked, &Fetched::History(vec![change]), &model);
    let shown = drawn(&mut settings, &model, (80, 24));
    assert!(
        shown.contains("target revenue") && !shown.contains('\u{1b}'),
        "{shown}"
    );
    assert!(settings.back());
    assert!(!settings.back());
}

#[test]
fn the_reasons_at_80_by_24() {
    let model = model();
    let mut settings = at(Chapter::Reasons);
    insta::assert_snapshot!(drawn(&mut settings, &model, (80, 24)));
}

#[test]
fn every_page_and_its_window_are_drawn_at_every_size() {
    let mut model = model();
    for size in [(1, 1), (20, 4), (60, 20), (200, 60)] {
        for chapter in Chapter::ALL {
            let mut settings = at(*chapter);
            drawn(&mut settings, &model, size);
            keys(&mut settings, &mut model, "a");
            drawn(&mut settings, &model, size);
        }
    }
}

#[test]
fn the_footer_names_what_can_be_done_on_the_page_in_sight() {
    let mut model = model();
    let mut settings = at(Chapter::Numbers);
    let labels = |settings: &Settings| -> Vec<&str> {
        settings
            .hints()
            .into_iter()
            .map(|(_, label)| label)
            .collect()
    };
    assert!(!labels(&settings).contains(&"retire"), "numbers stay");
    keys(&mut settings, &mut model, "\t");
    assert!(labels(&settings).contains(&"merge"));
    keys(&mut settings, &mut model, "H");
    assert_eq!(labels(&settings), ["entries", "page", "help"]);
    let Outcome::Say(why) = keys(&mut settings, &mut model, "\n") else {
        panic!("Enter says why it does nothing")
    };
    assert!(why.contains("H leads back"), "{why}");
}

#[test]
fn a_target_changes_from_what_it_is_in_its_own_period() {
    let mut facts = fixture::empty();
    let day = |text| Day::parse(text).unwrap();
    for (id, start, end, value) in [
        (1, "2025-08-01", "2025-09-01", 30_000_000),
        (2, "2025-07-01", "2025-10-01", 34_000_000),
    ] {
        facts.targets.0.push(Target {
            id,
            metric: "revenue".into(),
            start: day(start),
            end: day(end),
            value,
            by: NONE,
            at: Moment(id),
        });
    }
    facts.index();
    let history = History::new(sample::book(), facts, sample::AS_OF);
    let mut model = Model::new(Arc::new(history));
    let mut settings = at(Chapter::Targets);
    let shown = drawn(&mut settings, &model, (120, 36));
    let august = shown
        .lines()
        .filter(|line| line.contains("revenue"))
        .position(|line| line.contains("2025-08-01"));
    for _ in 0..august.unwrap() {
        settings.update(Action::Down, &mut model);
    }
    keys(&mut settings, &mut model, "\n");
    let shown = drawn(&mut settings, &model, (120, 36));
    assert!(
        shown.contains("2025-08-01..2025-08-31") && shown.contains("300000"),
        "{shown}"
    );
    let asked = keys(&mut settings, &mut model, "\n");
    let command = Command::SetTarget {
        metric: "revenue".into(),
        start: day("2025-08-01"),
        end: day("2025-09-01"),
        value: 30_000_000,
    };
    assert_eq!(asked, writes(command));
}

#[test]
fn an_hour_of_a_rep_is_typed_as_money() {
    let mut model = model();
    let mut settings = at(Chapter::Numbers);
    let all: Vec<&str> = SETTINGS.iter().map(|setting| setting.key).collect();
    let at = all.iter().position(|key| *key == "hourly_rate").unwrap();
    for _ in 0..at {
        settings.update(Action::Down, &mut model);
    }
    keys(&mut settings, &mut model, "\n");
    let asked = keys(&mut settings, &mut model, "\u{8}\u{8}70\n");
    let (key, value) = ("hourly_rate".to_owned(), 7_000);
    assert_eq!(asked, writes(Command::Set { key, value }));
}
