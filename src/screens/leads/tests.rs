//! Keys in, changes and questions out; what is drawn from lines with long, wide and hostile names.

mod lists;
mod room;

use super::*;
use crate::domain::command::Command;
use crate::domain::desk::Desk;
use crate::domain::ids::HandoffId;
use crate::domain::moment::Day;
use crate::domain::verdict::{AttemptOutcome, Channel};
use crate::screens::sample;
use room::{drawn, model, press, screen};

fn one(desk: Desk) -> Outcome {
    Outcome::Write(Write::one(Command::Desk(desk)))
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
    // Enter alone chooses no more than the first reason, and asks before it rejects; Esc leads back to the reasons.
    assert_eq!(press(&mut leads, &mut model, "r\n"), Outcome::Nothing);
    assert!(drawn(&mut leads, &model, (80, 24)).contains("Reject Bob: Duplicate"));
    assert!(leads.back());
    assert_eq!(leads.context(), Context::Letters);
    // A retired reason has no letter: c is the third one in use.
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
    assert!(leads.back() && leads.back());
    press(&mut leads, &mut model, "kr");
    let shown = drawn(&mut leads, &model, (100, 30));
    assert!(shown.contains("b No budget"), "{shown}");
    press(&mut leads, &mut model, "b");
    let shown = drawn(&mut leads, &model, (100, 30));
    assert!(shown.contains("evidence: spoke"), "{shown}");
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
fn every_size_is_drawn_and_no_name_breaks_it() {
    let model = model();
    let mut leads = screen(&model);
    for size in [(60, 17), (80, 21), (200, 57), (1, 1), (3, 3)] {
        drawn(&mut leads, &model, size);
    }
    insta::assert_snapshot!("narrow", drawn(&mut leads, &model, (80, 21)));
    insta::assert_snapshot!("wide", drawn(&mut leads, &model, (150, 12)));
}

#[test]
fn a_lead_comes_back_on_a_day_as_people_say_it_with_a_note() {
    let mut model = model();
    let mut leads = screen(&model);
    press(&mut leads, &mut model, "ld+2w\tbudget is decided then");
    assert!(drawn(&mut leads, &model, (80, 24)).contains("back in the queue on 2025-10-14"));
    let recycle = Desk::Recycle {
        handoff: HandoffId(4),
        on: Day::ymd(2025, 10, 14).unwrap(),
        note: Some("budget is decided then".into()),
    };
    assert_eq!(press(&mut leads, &mut model, "\n"), one(recycle));
}

#[test]
fn a_click_chooses_a_reason_and_nothing_is_copied_where_no_card_is_open() {
    let mut model = model();
    let mut leads = screen(&model);
    drawn(&mut leads, &model, (80, 24));
    assert!(matches!(
        press(&mut leads, &mut model, "y"),
        Outcome::Refuse(_)
    ));
    press(&mut leads, &mut model, "r");
    let mut chosen = Vec::new();
    for row in 0..24 {
        drawn(&mut leads, &model, (80, 24));
        assert_eq!(leads.click(30, row, &model), Outcome::Nothing);
        if leads.context() == Context::Field {
            let shown = drawn(&mut leads, &model, (80, 24));
            chosen.extend(shown.lines().find_map(|line| {
                let (_, reason) = line.split_once("Reject Bob: ")?;
                reason.split_whitespace().next().map(str::to_owned)
            }));
            assert!(leads.back());
        }
    }
    assert_eq!(chosen, ["Duplicate", "No", "Other"]);
}
