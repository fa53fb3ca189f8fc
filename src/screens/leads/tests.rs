//! Keys in, changes and questions out; what is drawn from lines with long, wide and hostile names.

use std::sync::Arc;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::*;
use crate::domain::book::{Person, Reason, Stage, Who};
use crate::domain::card::{HandoffLine, LeadLine};
use crate::domain::ids::{HandoffId, PersonId, ReasonId};
use crate::domain::moment::{Day, Moment};
use crate::domain::policy::Side;
use crate::domain::reason::{Asks, ReasonClass};
use crate::domain::verdict::{AttemptOutcome, Channel, Evidence};
use crate::facts::Facts;
use crate::facts::column::NONE;
use crate::facts::handoffs::HandoffRow;
use crate::facts::leads::LeadRow;
use crate::keymap::{self, Chord};
use crate::screens::fetch::Listed;
use crate::screens::model::{Hand, History};
use crate::screens::sample;

const HOUR: i64 = 3_600;

/// Handed over so many hours before the moment of the sample: Tuesday evening.
const HANDED: [(&str, i64); 4] = [
    ("Ada Lovelace", 30),
    ("株式会社 山田 🚀\u{1b}[31m", 20),
    ("Ünal-Öztürk von und zu der langen Weile", 5),
    ("Bob", 400),
];

fn reason(id: i64, label: &str, asks: Asks) -> Reason {
    Reason {
        id: ReasonId(id),
        code: label.to_lowercase().replace(' ', "_"),
        label: label.into(),
        class: ReasonClass::Other,
        objective: asks == Asks::Nothing,
        asks,
        acts: Side::Marketing,
        field: None,
        retired: label == "Old",
        successor: None,
    }
}

fn model() -> Model {
    let mut book = sample::book();
    book.people = vec![Person {
        id: PersonId(1),
        handle: "sam".into(),
        name: "Sam Doe".into(),
        side: Side::Sales,
    }];
    book.reasons = vec![
        reason(1, "Duplicate", Asks::Nothing),
        reason(2, "Old", Asks::Conversation),
        reason(3, "No budget", Asks::Conversation),
        reason(4, "Other", Asks::Note),
    ];
    book.stages = [("Lead", 0), ("Discovery", 1), ("Proposal", 2)]
        .map(|(name, position)| Stage {
            name: name.into(),
            position,
            retired: false,
        })
        .to_vec();
    let mut facts = Facts::default();
    facts.names.people.put(1, "Sam Doe");
    facts.names.sources.put(1, "Webinar \"live\"");
    for ((_, hours), id) in HANDED.iter().zip(1..) {
        let at = Moment(sample::AS_OF.0 - hours * HOUR);
        facts.leads.push(LeadRow {
            id: id + 100,
            created: at,
            mql: Moment::NEVER,
            source: 0,
            campaign: NONE,
            segment: NONE,
            owner: 0,
            account: 0,
            contactable: true,
            excluded: None,
        });
        facts.handoffs.push(HandoffRow {
            id,
            lead: (id - 1) as u32,
            number: 1,
            handed_off: at,
            assigned: at,
            rep: 0,
            first_attempt: Moment::NEVER,
            first_connected: Moment::NEVER,
            first_meeting: Moment::NEVER,
            attempts: 0,
            minutes_logged: 0,
            minutes_assumed: 0,
            verdict: None,
            verdict_at: Moment::NEVER,
            reason: NONE,
            evidence: Evidence::None,
        });
    }
    facts.index();
    let who = Who {
        named: Some("sam".into()),
        ..Who::default()
    };
    Model::new(Arc::new(History::new(book, facts, sample::AS_OF))).seen_by(who)
}

fn line(id: i64) -> LeadLine {
    let (name, hours) = HANDED[(id - 1) as usize];
    let at = Moment(sample::AS_OF.0 - hours * HOUR);
    LeadLine {
        id: LeadId(id + 100),
        name: if id == 3 { name.repeat(5) } else { name.into() },
        account: Some("Größe & Söhne 🏭".into()),
        source: Some("Webinar".into()),
        campaign: None,
        segment: None,
        owner: Some("Sam Doe".into()),
        created: at,
        mql: None,
        excluded: None,
        handoff: Some(HandoffLine {
            id: HandoffId(id),
            number: 1,
            at,
            assigned: Some(at),
            owner: Some("Sam Doe".into()),
            verdict: None,
            reason: None,
            reason_text: None,
            evidence: None,
            recycle_on: None,
            note: None,
            trigger: None,
            attempts: u32::from(id == 2),
            first_attempt: (id == 2).then_some(Moment(at.0 + HOUR)),
            spoke: (id == 4).then_some(Moment(at.0 + HOUR)),
        }),
    }
}

/// The screen with its list and lines read.
fn screen(model: &Model) -> Leads {
    let mut leads = Leads::default();
    let asked = leads.wanted(model);
    assert_eq!(asked, [Fetch::Queue(QueueFilter::default())]);
    answer(&mut leads, asked, model);
    leads
}

/// Answers as the threads would, until nothing is asked any more.
fn answer(leads: &mut Leads, mut asked: Vec<Fetch>, model: &Model) {
    while !asked.is_empty() {
        for fetch in asked {
            let fetched = match &fetch {
                Fetch::Queue(_) => Fetched::Queue(Listed {
                    ids: [4, 1, 2, 3].into(),
                    breached: 2,
                }),
                Fetch::Lines(_, ids) => Fetched::Handoffs(ids.iter().map(|id| line(*id)).collect()),
                _ => Fetched::Gone,
            };
            leads.fetched(&fetch, &fetched, model);
        }
        asked = leads.wanted(model);
    }
}

/// Presses keys as the table reads them; the last answer counts.
fn press(leads: &mut Leads, model: &mut Model, keys: &str) -> Outcome {
    let mut last = Outcome::Nothing;
    for c in keys.chars() {
        let code = match c {
            '\n' => KeyCode::Enter,
            '\t' => KeyCode::Tab,
            '→' => KeyCode::Right,
            c => KeyCode::Char(c),
        };
        let key = KeyEvent::new(code, KeyModifiers::NONE);
        last = match keymap::action(leads.context(), Chord::from(key)) {
            Some(action) => leads.update(action, model),
            None => leads.typed(key, model),
        };
    }
    last
}

fn one(desk: Desk) -> Outcome {
    Outcome::Write(Write::one(Command::Desk(desk)))
}

fn drawn(leads: &mut Leads, model: &Model, (width, height): (u16, u16)) -> String {
    let area = Rect::new(0, 0, width, height);
    let mut buffer = Buffer::empty(area);
    leads.draw(&mut buffer, area, model, &Theme::default());
    let mut shown = String::new();
    for y in 0..height {
        let mut x = 0;
        while x < width {
            let symbol = buffer[(x, y)].symbol();
            shown.push_str(symbol);
            x += (crate::text::width(symbol) as u16).max(1);
        }
        shown.truncate(shown.trim_end().len());
        shown.push('\n');
    }
    shown
}

#[test]
fn verdicts_take_at_most_three_keys() {
    let mut model = model();
    let handoff = HandoffId(4);
    let accept = Desk::Accept {
        handoff,
        despite: None,
        note: None,
    };
    assert_eq!(press(&mut screen(&model), &mut model, "a"), one(accept));
    let reject = Desk::Reject {
        handoff,
        reason: "no_budget".into(),
        note: None,
    };
    assert_eq!(press(&mut screen(&model), &mut model, "rb\n"), one(reject));
    let recycle = Desk::Recycle {
        handoff,
        on: Day::ymd(2025, 10, 7).unwrap(),
        note: None,
    };
    assert_eq!(press(&mut screen(&model), &mut model, "lw"), one(recycle));
}

#[test]
fn no_reason_no_rejection_and_other_needs_a_note() {
    let mut model = model();
    let mut leads = screen(&model);
    assert!(matches!(
        press(&mut leads, &mut model, "r\n"),
        Outcome::Refuse(_)
    ));
    // A retired reason has no letter: c is the third one in use, and asks for its note.
    assert_eq!(press(&mut leads, &mut model, "c"), Outcome::Nothing);
    let Outcome::Refuse(why) = press(&mut leads, &mut model, " \n") else {
        panic!("a blank note was taken")
    };
    assert!(why.contains("add a note"), "{why}");
    let reject = Desk::Reject {
        handoff: HandoffId(4),
        reason: "other".into(),
        note: Some("left".into()),
    };
    assert_eq!(press(&mut leads, &mut model, "left\n"), one(reject));
}

#[test]
fn what_a_rejection_rests_on_is_said_before_it_is_confirmed() {
    let mut model = model();
    let mut leads = screen(&model);
    press(&mut leads, &mut model, "jrb");
    let shown = drawn(&mut leads, &model, (100, 30));
    let said = "unverified: no conversation, and 0 of 3 agreed attempts";
    assert!(shown.contains(said), "{shown}");
    leads.back();
    press(&mut leads, &mut model, "krb");
    let shown = drawn(&mut leads, &model, (100, 30));
    assert!(shown.contains("No budget: evidence: spoke"), "{shown}");
}

#[test]
fn an_attempt_is_one_key_and_enter() {
    let mut model = model();
    let at = sample::AS_OF;
    for (keys, outcome, channel, minutes, note) in [
        ("x\n", AttemptOutcome::NoAnswer, Channel::Call, None, None),
        (
            "v5\n",
            AttemptOutcome::Voicemail,
            Channel::Call,
            Some(5),
            None,
        ),
        (
            "c12 wants a quote\n",
            AttemptOutcome::Connected,
            Channel::Call,
            Some(12),
            Some("wants a quote"),
        ),
        (
            "h\n",
            AttemptOutcome::MeetingHeld,
            Channel::Meeting,
            None,
            None,
        ),
        ("w\n", AttemptOutcome::NoShow, Channel::Meeting, None, None),
        ("b\n", AttemptOutcome::Bounced, Channel::Email, None, None),
        ("e\n", AttemptOutcome::Sent, Channel::Email, None, None),
    ] {
        let attempt = Desk::LogAttempt {
            handoff: HandoffId(4),
            at,
            channel,
            outcome,
            minutes,
            note: note.map(str::to_owned),
        };
        assert_eq!(press(&mut screen(&model), &mut model, keys), one(attempt));
    }
}

#[test]
fn after_a_verdict_the_next_lead_is_under_the_cursor_and_its_line_is_read_anew() {
    let mut model = model();
    let mut leads = screen(&model);
    let Outcome::Write(write) = press(&mut leads, &mut model, "a") else {
        panic!("nothing was written")
    };
    // The same key again while the first one is being written is no second verdict.
    assert_eq!(press(&mut leads, &mut model, "a"), Outcome::Nothing);
    leads.written(&write, Ok(&Done::default()), &model);
    assert_eq!(leads.queue.cursor(), Some(1));
    let table = crate::metrics::Table::Handoffs;
    assert_eq!(leads.wanted(&model), [Fetch::Lines(table, vec![4])]);
}

#[test]
fn what_was_typed_stays_after_a_refusal() {
    let mut model = model();
    let mut leads = screen(&model);
    let Outcome::Write(write) = press(&mut leads, &mut model, "xbusy\n") else {
        panic!("nothing was written")
    };
    leads.written(&write, Err("the file is locked"), &model);
    assert!(drawn(&mut leads, &model, (80, 24)).contains("busy"));
    assert!(matches!(
        press(&mut leads, &mut model, "\n"),
        Outcome::Write(_)
    ));
}

#[test]
fn many_are_changed_as_one_after_their_count_was_asked_back() {
    let mut model = model();
    let mut leads = screen(&model);
    assert_eq!(press(&mut leads, &mut model, "Aa"), Outcome::Nothing);
    assert!(drawn(&mut leads, &model, (80, 24)).contains("Accept 4 leads?"));
    let Outcome::Write(write) = press(&mut leads, &mut model, "\n") else {
        panic!("nothing was written")
    };
    let Write::Each(commands) = &write else {
        panic!("they are one change")
    };
    assert_eq!(commands.len(), 4);
    let done = Done {
        summary: String::new(),
        notes: vec![],
        results: vec![
            Ok("accept Bob".into()),
            Err("Ada was rejected on 2025-09-01; nothing was changed".into()),
        ],
    };
    leads.written(&write, Ok(&done), &model);
    let shown = drawn(&mut leads, &model, (80, 24));
    assert!(
        shown.contains("1 done, 1 refused") && shown.contains("refused  Ada was rejected"),
        "{shown}"
    );
    assert!(leads.back());
    assert_eq!(leads.context(), Context::Leads);
}

#[test]
fn a_range_and_single_marks_go_together() {
    let mut model = model();
    let mut leads = screen(&model);
    press(&mut leads, &mut model, "VjVG ");
    let Outcome::Write(Write::Each(commands)) = press(&mut leads, &mut model, "rb\n") else {
        panic!("they are one change")
    };
    let ids: Vec<i64> = commands.iter().filter_map(handoffs_of).flatten().collect();
    assert_eq!(ids, [4, 1, 3]);
}

#[test]
fn the_gate_says_what_is_missing_until_nothing_is() {
    let mut model = model();
    let mut leads = screen(&model);
    let Outcome::Refuse(why) = press(&mut leads, &mut model, "Q\n") else {
        panic!("an empty form was taken")
    };
    assert_eq!(
        why,
        "Bob is not qualified yet; still missing: an estimated close date, a value above zero, \
         the criteria in force confirmed"
    );
    press(&mut leads, &mut model, "5000.50\t2026-01-31");
    let shown = drawn(&mut leads, &model, (80, 24));
    assert!(
        shown.contains("Still missing: the criteria in force confirmed"),
        "{shown}"
    );
    let Outcome::Write(Write::One(command)) = press(&mut leads, &mut model, "\t→\ty\n") else {
        panic!("a whole form was refused")
    };
    let Command::Qualify(asked) = *command else {
        panic!("no qualification")
    };
    assert_eq!(asked.value.map(|value| value.minor), Some(500_050));
    assert_eq!(asked.stage.as_deref(), Some("Proposal"));
    assert_eq!(asked.handoffs, [HandoffId(4)]);
}

#[test]
fn the_list_follows_the_search_and_escape_gives_back_what_was() {
    let mut model = model();
    let mut leads = screen(&model);
    press(&mut leads, &mut model, "U/ada");
    let Some(Fetch::Queue(asked)) = leads.wanted(&model).into_iter().next() else {
        panic!("nothing was asked")
    };
    assert_eq!(
        (asked.search.as_str(), &asked.marks[..]),
        ("ada", &[Mark::Untouched][..])
    );
    assert!(leads.back());
    let Some(Fetch::Queue(asked)) = leads.wanted(&model).into_iter().next() else {
        panic!("nothing was asked")
    };
    assert_eq!(
        (asked.search.as_str(), &asked.marks[..]),
        ("", &[Mark::Untouched][..])
    );
}

#[test]
fn a_filter_is_kept_as_the_line_that_reads_back_as_it() {
    let mut model = model();
    let mut leads = screen(&model);
    let filter = QueueFilter::parse("mine untouched source:\"webinar live\" ada", model.facts());
    let filter = filter.unwrap();
    let text = filter.text(model.facts());
    assert_eq!(QueueFilter::parse(&text, model.facts()), Ok(filter.clone()));
    leads.queue.set_filter(filter);
    let keep = Catalogue::SaveFilter {
        name: "my own".into(),
        text,
    };
    assert_eq!(
        press(&mut leads, &mut model, "Smy own\n"),
        Outcome::Write(Write::one(Command::Catalogue(keep)))
    );
}

#[test]
fn a_workspace_that_is_only_read_says_so_at_every_key_that_writes() {
    let mut model = model().held(Hand::ReadsOnly);
    let mut leads = screen(&model);
    for key in [
        "a", "r", "l", "o", "Q", "I", "t", "S", "x", "v", "c", "h", "w", "b", "e",
    ] {
        let Outcome::Refuse(why) = press(&mut leads, &mut model, key) else {
            panic!("{key} was taken")
        };
        assert!(why.contains("read only"), "{why}");
    }
}

#[test]
fn every_size_is_drawn_and_no_name_breaks_it() {
    let model = model();
    let mut leads = screen(&model);
    for size in [(60, 17), (80, 21), (200, 57), (1, 1), (3, 3)] {
        drawn(&mut leads, &model, size);
    }
    insta::assert_snapshot!("narrow", drawn(&mut leads, &model, (80, 21)));
    insta::assert_snapshot!("wide", drawn(&mut leads, &model, (150, 12)));
}
