//! What is drawn with mixed currencies, long names and every sign; where the cursor stands.

mod changes;

use crossterm::event::{KeyCode, KeyModifiers};
use ratatui::Terminal;
use ratatui::backend::TestBackend;

use super::head::Head;
use super::*;
use crate::domain::book::{Person, Reason, Stage};
use crate::domain::command::Command;
use crate::domain::deal::{Behind, DealChange, Qualification};
use crate::domain::gate::Confirmed;
use crate::domain::ids::{HandoffId, PersonId, ReasonId};
use crate::domain::moment::{Day, Moment};
use crate::domain::money::{Currency, Money};
use crate::domain::policy::Side;
use crate::domain::reason::{Asks, ReasonClass};
use crate::domain::verdict::{DealEvidence, DealOutcome};
use crate::facts::Facts;
use crate::facts::column::NONE;
use crate::facts::opportunities::{DealChange as Moved, DealEvent, OpportunityRow};
use crate::keymap::{self, Chord};
use crate::metrics::tests::fixture;
use crate::screens::model::History;
use crate::screens::sample;

const DAY: i64 = 86_400;

fn book() -> crate::domain::book::Book {
    let mut book = sample::book();
    for (position, name) in (0..).zip(["Lead", "Discovery", "Proposal", "Negotiation"]) {
        book.stages.push(Stage {
            name: name.into(),
            position,
            retired: false,
        });
    }
    for (id, handle, side) in [(1, "sam", Side::Sales), (2, "mia", Side::Marketing)] {
        book.people.push(Person {
            id: PersonId(id),
            handle: handle.into(),
            name: format!("{handle} 霧島"),
            side,
        });
    }
    for (id, code, asks) in [
        (1, "no_budget", Asks::Conversation),
        (2, "other", Asks::Note),
    ] {
        book.reasons.push(Reason {
            id: ReasonId(id),
            code: code.into(),
            label: code.replace('_', " "),
            class: ReasonClass::Other,
            objective: false,
            asks,
            acts: Side::Marketing,
            field: None,
            retired: false,
            successor: None,
        });
    }
    book
}

fn row(id: i64, stage: u32, minor: Option<i64>, currency: u8) -> OpportunityRow {
    let at = Moment(sample::AS_OF.0 - 20 * DAY);
    OpportunityRow {
        id,
        lead: NONE,
        handoff: NONE,
        account: 0,
        source: 0,
        campaign: NONE,
        segment: NONE,
        rep: 0,
        created: at,
        stage,
        stage_since: at,
        last_activity: at,
        amount: minor,
        currency,
        close_on: Day::parse("2025-11-15").unwrap(),
        conversation: at,
        confirmed: true,
        evidence: DealEvidence::Logged,
        qualified: at,
        qualified_amount: minor.unwrap_or(0),
        qualified_currency: currency,
        outcome: None,
        closed: Moment::NEVER,
        lost_reason: NONE,
        delivery_cost: None,
        reversed: Moment::NEVER,
    }
}

/// Deals 1–6: qualified in Discovery; overdue and moved out; in dollars; in pounds without a rate; almost qualified; won.
fn facts() -> Facts {
    let mut facts = fixture::empty();
    let created = Moment(sample::AS_OF.0 - 30 * DAY);
    let lead = fixture::lead(&mut facts, created, 0);
    let handoff = fixture::handoff(&facts, lead);
    facts.handoffs.push(handoff);
    let handoff = 0;
    let overdue = OpportunityRow {
        close_on: Day::parse("2025-09-15").unwrap(),
        ..row(2, 2, Some(2_000_000), 0)
    };
    let almost = OpportunityRow {
        lead,
        handoff,
        close_on: Day::NEVER,
        confirmed: false,
        qualified: Moment::NEVER,
        ..row(5, 2, Some(150_000), 0)
    };
    let won = OpportunityRow {
        outcome: Some(DealOutcome::Won),
        closed: Moment(sample::AS_OF.0 - DAY),
        ..row(6, 3, Some(700_000), 0)
    };
    let all = [
        row(1, 1, Some(1_000_050), 0),
        overdue,
        row(3, 2, Some(400_000), 1),
        row(4, 2, Some(90_000), 2),
        almost,
        won,
    ];
    for row in all {
        facts.opportunities.push(row);
    }
    let (before, after) = ("2025-08-01", "2025-09-15");
    facts.opportunities.events.push(DealEvent {
        deal: 1,
        at: Moment(sample::AS_OF.0 - 10 * DAY),
        change: Moved::CloseOn(Day::parse(before).unwrap(), Day::parse(after).unwrap()),
    });
    facts.index();
    facts
}

fn model() -> Model {
    Model::new(Arc::new(History::new(book(), facts(), sample::AS_OF)))
}

fn line(id: i64) -> DealLine {
    let name = match id {
        2 => "株式会社セミナー 🚀 Größe ".repeat(20),
        3 => "Dollar\u{1b}[31m deal".to_owned(),
        id => format!("Deal {id}"),
    };
    DealLine {
        id: OpportunityId(id),
        name,
        account: Some(format!("Company {id}")),
        source: None,
        campaign: None,
        owner: Some("Sam 霧島".into()),
        marketing_owner: Some("Mia".into()),
        stage: None,
        created: sample::AS_OF,
        amount: None,
        close_on: None,
        qualified: None,
        missing: vec![],
        evidence: DealEvidence::Logged,
        outcome: None,
        lost_reason: None,
        reversed: None,
    }
}

/// The screen with its lines read, drawn once at a size.
fn screen(model: &Model, size: (u16, u16)) -> Pipeline {
    let mut pipeline = Pipeline::default();
    for fetch in pipeline.wanted(model) {
        let Fetch::Lines(_, ids) = &fetch else {
            panic!("{fetch:?}")
        };
        let lines = ids.iter().map(|id| line(*id)).collect();
        pipeline.fetched(&fetch, &Fetched::Deals(lines), model);
    }
    drawn(&mut pipeline, model, size);
    pipeline
}

fn drawn(pipeline: &mut Pipeline, model: &Model, (width, height): (u16, u16)) -> String {
    let mut terminal = Terminal::new(TestBackend::new(width, height)).unwrap();
    terminal
        .draw(|frame| {
            let area = frame.area();
            pipeline.draw(frame.buffer_mut(), area, model, &Theme::default());
        })
        .unwrap();
    terminal.backend().to_string()
}

fn press(pipeline: &mut Pipeline, model: &mut Model, code: KeyCode) -> Outcome {
    let key = KeyEvent::new(code, KeyModifiers::NONE);
    match keymap::action(pipeline.context(), Chord::from(key)) {
        Some(Action::Back) => {
            pipeline.back();
            Outcome::Nothing
        }
        Some(action) => pipeline.update(action, model),
        None => pipeline.typed(key, model),
    }
}

/// Each character is a key; `\n` is Enter, `\t` is Tab, `\u{8}` deletes.
fn keys(pipeline: &mut Pipeline, model: &mut Model, keys: &str) -> Outcome {
    let mut last = Outcome::Nothing;
    for c in keys.chars() {
        let code = match c {
            '\n' => KeyCode::Enter,
            '\t' => KeyCode::Tab,
            '\u{8}' => KeyCode::Backspace,
            '→' => KeyCode::Right,
            c => KeyCode::Char(c),
        };
        last = press(pipeline, model, code);
    }
    last
}

fn deal(id: i64, change: DealChange) -> Outcome {
    let deal = OpportunityId(id);
    Outcome::Write(Write::one(Command::Deal { deal, change }))
}

#[test]
fn the_cursor_stays_on_its_deal_when_it_changes_stage() {
    let mut model = model();
    let mut pipeline = screen(&model, (80, 24));
    keys(&mut pipeline, &mut model, "jj");
    let here = pipeline.selected();
    let mut newer = facts();
    newer.opportunities.rows[2].stage = 3;
    let newer = Arc::new(History::new(book(), newer, sample::AS_OF));
    model.refresh(newer);
    model.catch_up();
    pipeline.refreshed(&model);
    assert_eq!((here, pipeline.selected()), (Some(3), Some(3)));
    assert_eq!(pipeline.groups[pipeline.group].title, "Negotiation");
}

#[test]
fn a_deal_in_a_stage_that_is_retired_goes_to_the_stages_beside_it() {
    let mut book = book();
    book.stages[2].retired = true;
    let mut model = Model::new(Arc::new(History::new(book, facts(), sample::AS_OF)));
    let mut pipeline = screen(&model, (80, 24));
    pipeline.go_to(2);
    let to = |name: &str| deal(2, DealChange::Stage(name.into()));
    assert_eq!(keys(&mut pipeline, &mut model, ">"), to("Negotiation"));
    assert_eq!(keys(&mut pipeline, &mut model, "<"), to("Discovery"));
}

#[test]
fn views_and_numbers_of_the_first_lines_answer_to_clicks() {
    let mut model = model();
    let mut pipeline = screen(&model, (80, 24));
    let spot = |pipeline: &Pipeline, wanted: Head| {
        let found = pipeline.heads.iter().find(|(_, head)| *head == wanted);
        let (field, _) = found.unwrap();
        (field.x + 1, field.y)
    };
    let (x, y) = spot(&pipeline, Head::View(View::Closed));
    assert_eq!(pipeline.click(x, y, &model), Outcome::Nothing);
    assert_eq!(pipeline.view, View::Closed);
    let (x, y) = spot(&pipeline, Head::Number(1));
    pipeline.click(x, y, &model);
    assert_eq!(pipeline.focus, Focus::Numbers(1));
    let opened = pipeline.click(x, y, &model);
    assert!(matches!(opened, Outcome::Open(_)), "{opened:?}");
    // A number beyond the edge comes into sight with the cursor.
    keys(&mut pipeline, &mut model, "→→→→");
    assert_eq!(pipeline.focus, Focus::Numbers(5));
    assert!(drawn(&mut pipeline, &model, (80, 24)).contains("too early"));
}

#[test]
fn the_signs_say_their_reasons() {
    let mut model = model();
    let mut pipeline = screen(&model, (80, 24));
    keys(&mut pipeline, &mut model, "j");
    let Outcome::Say(words) = keys(&mut pipeline, &mut model, "e") else {
        panic!()
    };
    assert_eq!(
        words,
        "its close date 2025-09-15 has passed · close date moved out once, first from 2025-08-01"
    );
    keys(&mut pipeline, &mut model, "jj");
    let Outcome::Say(words) = keys(&mut pipeline, &mut model, "e") else {
        panic!()
    };
    assert_eq!(words, "no rate for GBP, so it is not priced");
}

#[test]
fn the_numbers_above_open_like_those_of_the_scoreboard() {
    let mut model = model();
    let mut pipeline = screen(&model, (80, 24));
    let opened = keys(&mut pipeline, &mut model, "\tl\n");
    let coverage = head::key(crate::metrics::Metric::PipelineCoverage);
    assert_eq!(opened, Outcome::Open(Opening::Rows(coverage)));
    let explained = keys(&mut pipeline, &mut model, "e");
    assert_eq!(explained, Outcome::Open(Opening::Explain(coverage)));
}

#[test]
fn the_list_at_80_by_24() {
    let model = model();
    let mut pipeline = screen(&model, (80, 24));
    insta::assert_snapshot!(drawn(&mut pipeline, &model, (80, 24)));
}

#[test]
fn the_board_at_130_by_36() {
    let model = model();
    let mut pipeline = screen(&model, (130, 36));
    insta::assert_snapshot!(drawn(&mut pipeline, &model, (130, 36)));
}

#[test]
fn every_view_is_drawn_at_every_size_and_without_any_deal() {
    let empty = Model::new(Arc::new(History::new(
        book(),
        Facts::default(),
        sample::AS_OF,
    )));
    for mut model in [model(), empty] {
        for size in [(1, 1), (20, 3), (60, 20), (100, 24), (250, 70)] {
            let mut pipeline = screen(&model, size);
            for key in ["v", "v", "v", "v", "b", "b", "\n", "x", "G"] {
                keys(&mut pipeline, &mut model, key);
                drawn(&mut pipeline, &model, size);
            }
        }
    }
}
