//! Snapshots read back as they were frozen; what changed since balances, whatever happened to the history meanwhile.

use proptest::prelude::*;

use super::{Effect, Kept, Measuring, Moved, NotJudged, OpenDeal, Since, freeze, measure, since};
use crate::domain::moment::{Day, Moment};
use crate::domain::period::{Period, Span};
use crate::domain::verdict::DealOutcome;
use crate::facts::Facts;
use crate::facts::handoffs::Says;
use crate::facts::opportunities::{DealChange, DealEvent, OpportunityRow};
use crate::metrics::figure::Value;
use crate::metrics::tests::fixture::{DAY, MARCH, at, book, day, empty, qualified};
use crate::metrics::tests::random::random;
use crate::metrics::tests::room::{Room, room};
use crate::metrics::waterfall::Change;
use crate::metrics::{Board, Metric, Mode, Scope};

/// Qualified on the 5th for 100.00, due on the 28th; worth 125.00 from the 10th; due in April from the 12th; due on the 30th again
/// from the 20th; worth 90.00 from the 25th; won on the 29th. One more of 70.00 due in March, one of 50.00 due in June.
fn march_of_a_deal() -> Room {
    let mut facts = empty();
    let own = qualified(&facts, at("2025-03-05T00:00:00Z"), 10_000, "2025-03-28");
    facts.opportunities.push(OpportunityRow {
        close_on: day("2025-03-30"),
        amount: Some(9_000),
        outcome: Some(DealOutcome::Won),
        closed: at("2025-03-29T00:00:00Z"),
        ..own
    });
    for (id, minor, close_on) in [(2, 7_000, "2025-03-31"), (3, 5_000, "2025-06-30")] {
        let own = qualified(&facts, at("2025-02-05T00:00:00Z"), minor, close_on);
        facts.opportunities.push(OpportunityRow { id, ..own });
    }
    let dates = |before, after| DealChange::CloseOn(day(before), day(after));
    for (of_march, change) in [
        (10, DealChange::Amount(10_000, 12_500)),
        (12, dates("2025-03-28", "2025-04-15")),
        (20, dates("2025-04-15", "2025-03-30")),
        (25, DealChange::Amount(12_500, 9_000)),
    ] {
        facts.opportunities.events.push(DealEvent {
            deal: 0,
            at: at(&format!("2025-03-{of_march}T00:00:00Z")),
            change,
        });
    }
    room(facts)
}

fn room_with(facts: Facts) -> Room {
    room(facts)
}

fn seen(room: &mut Room, as_of: &'static str) -> Kept {
    room.as_of = as_of;
    Kept::read(
        &freeze(&room.facts, &book("UTC"), &room.scope())
            .unwrap()
            .text,
    )
    .unwrap()
}

fn changes(since: &Since) -> Vec<(Change, i64)> {
    let steps = since.waterfall.steps.iter();
    steps
        .filter(|step| step.amount != Some(0))
        .map(|step| (step.change, step.amount.unwrap()))
        .collect()
}

#[test]
fn what_changed_between_two_meetings_counted_by_hand() {
    let mut room = march_of_a_deal();
    let first = seen(&mut room, "2025-03-11T00:00:00Z");
    let deal = |id, value, close_on| OpenDeal {
        id,
        value: Some(value),
        close_on: day(close_on),
    };
    let both = [deal(2, 7_000, "2025-03-31"), deal(3, 5_000, "2025-06-30")];
    assert_eq!(
        first.open,
        [deal(1, 12_500, "2025-03-28"), both[0], both[1]]
    );
    let second = seen(&mut room, "2025-03-13T00:00:00Z");
    let third = seen(&mut room, "2025-03-21T00:00:00Z");
    room.as_of = "2025-04-10T12:00:00Z";
    let look =
        |room: &Room, then: &Kept| since(&room.facts, &book("UTC"), &room.scope(), then).unwrap();
    let fall = look(&room, &first);
    assert_eq!(
        (fall.waterfall.start, fall.waterfall.end),
        (Some(19_500), Some(7_000))
    );
    assert_eq!(
        changes(&fall),
        [(Change::RevaluedDown, -3_500), (Change::Won, -9_000)]
    );
    // On the 13th it was due in April, so March had to win it back first.
    let fall = look(&room, &second);
    assert_eq!(
        (fall.waterfall.start, fall.waterfall.end),
        (Some(7_000), Some(7_000))
    );
    room.as_of = "2025-03-21T00:00:00Z";
    let fall = look(&room, &second);
    assert_eq!(changes(&fall), [(Change::PulledIn, 12_500)]);
    room.as_of = "2025-03-13T00:00:00Z";
    assert_eq!(
        changes(&look(&room, &first)),
        [(Change::PushedOut, -12_500)]
    );
    // Before it was qualified, to after.
    let none = seen(&mut room, "2025-03-04T00:00:00Z");
    room.as_of = "2025-03-11T00:00:00Z";
    let fall = look(&room, &none);
    assert_eq!(
        changes(&fall),
        [(Change::Qualified, 10_000), (Change::RevaluedUp, 2_500)]
    );
    room.as_of = "2025-04-10T12:00:00Z";
    let fall = look(&room, &none);
    let lived = [
        (Change::Qualified, 10_000),
        (Change::RevaluedDown, -1_000),
        (Change::Won, -9_000),
    ];
    assert_eq!(changes(&fall), lived);
    assert!(changes(&look(&room, &third)).len() == 2);
}

#[test]
fn a_deal_that_was_removed_is_told_and_the_start_stays() {
    let mut room = march_of_a_deal();
    let then = seen(&mut room, "2025-03-11T00:00:00Z");
    let mut less = empty();
    let another = OpportunityRow {
        id: 3,
        ..qualified(&less, at("2025-02-05T00:00:00Z"), 5_000, "2025-06-30")
    };
    less.opportunities.push(another);
    let mut less = room_with(less);
    less.as_of = "2025-03-20T00:00:00Z";
    let fall = since(&less.facts, &book("UTC"), &less.scope(), &then).unwrap();
    assert_eq!(fall.removed, [(1, 12_500), (2, 7_000)]);
    assert_eq!(
        (fall.waterfall.start, fall.waterfall.end),
        (Some(19_500), Some(0))
    );
    assert_eq!(changes(&fall), [(Change::Reversed, -19_500)]);
}

#[test]
fn a_snapshot_says_every_number_of_the_board_and_reads_back() {
    let mut room = march_of_a_deal();
    room.facts.journal_id = 77;
    let (book, scope) = (book("UTC"), room.scope());
    let frozen = freeze(&room.facts, &book, &scope).unwrap();
    assert_eq!(Ok(&frozen), freeze(&room.facts, &book, &scope).as_ref());
    frozen.check().unwrap();
    let head = "smarketing snapshot 1\nas-of 1744286400 2025-04-10T12:00:00Z\nzone UTC\ncurrency EUR\nperiod 2025-03 20148 20179\n\
                journal 77\ncriteria -\nfigure qualified_pipeline_sourced money 10000 10000 - 1 event 0\n";
    assert!(frozen.text.starts_with(head), "{}", frozen.text);
    assert!(
        frozen
            .text
            .ends_with("\nopen 2 7000 20178\nopen 3 5000 20269\nend\n")
    );
    let kept = Kept::read(&frozen.text).unwrap();
    let board = Board::compute(&room.facts, &book, &scope);
    for figure in board.figures() {
        let read = kept.figure(figure.id).unwrap();
        assert_eq!(
            (read.value, read.n),
            (figure.value, figure.n),
            "{:?}",
            figure.id
        );
        assert_eq!(
            (read.numerator, read.denominator),
            (figure.numerator, figure.denominator)
        );
    }
    let real = kept
        .figures
        .iter()
        .filter(|f| matches!(f.value, Some(Value::Real(_))));
    assert!(real.count() > 3);
    // What was cut off or is none does not read.
    assert_eq!(Kept::read(&frozen.text[..frozen.text.len() - 5]), None);
    assert_eq!(Kept::read("smarketing snapshot 1\nend\n"), None);
}

#[test]
fn another_currency_is_not_compared() {
    let mut room = march_of_a_deal();
    let mut then = seen(&mut room, "2025-03-11T00:00:00Z");
    then.currency = "USD".into();
    assert_eq!(since(&room.facts, &book("UTC"), &room.scope(), &then), None);
}

#[test]
fn a_decision_is_looked_at_in_the_period_that_runs_now() {
    let mut facts = empty();
    for (id, month, outcome) in [
        (1, "03", DealOutcome::Won),
        (2, "03", DealOutcome::Lost),
        (3, "03", DealOutcome::Lost),
        (4, "04", DealOutcome::Won),
        (5, "04", DealOutcome::Lost),
    ] {
        let own = qualified(&facts, at("2025-02-05T00:00:00Z"), 7_000, "2025-03-31");
        facts.opportunities.push(OpportunityRow {
            id,
            outcome: Some(outcome),
            closed: at(&format!("2025-{month}-05T00:00:00Z")),
            ..own
        });
    }
    let mut room = room(facts);
    let book = book("UTC");
    room.as_of = "2025-03-20T00:00:00Z";
    let was = measure(Metric::WinRate, &room.facts, &book, &room.scope()).unwrap();
    assert_eq!(
        (was.numerator, was.denominator, was.n),
        (Some(1), Some(3), 3)
    );
    assert_eq!(
        (was.period.as_str(), was.mode.as_str()),
        ("2025-03", "event")
    );
    let look = |room: &Room| -> Effect {
        Measuring::new(&room.facts, &book, &room.scope())
            .effect(&was)
            .unwrap()
    };
    assert_eq!(look(&room).moved, Moved::Not);
    room.as_of = "2025-04-10T00:00:00Z";
    let april = look(&room);
    assert_eq!(
        (april.then_period.as_str(), april.now_period.as_str()),
        ("2025-03", "2025-04")
    );
    assert_eq!(
        (april.now.numerator, april.now.n, april.moved),
        (Some(1), 2, Moved::Up)
    );
    assert_eq!(april.then.real(), Some(1.0 / 3.0));
    assert!(april.then.small_n && april.now.small_n);
    room.as_of = "2025-05-10T00:00:00Z";
    assert_eq!(look(&room).moved, Moved::Unknown, "nothing closed in May");
    // Ten days then are ten days now.
    room.as_of = "2025-04-10T00:00:00Z";
    let tens = crate::domain::meeting::measured::Measured {
        period: "2025-03-01..2025-03-10".into(),
        ..was.clone()
    };
    let ten = Measuring::new(&room.facts, &book, &room.scope())
        .effect(&tens)
        .unwrap();
    assert_eq!(ten.now_period, "2025-04-01..2025-04-10");
    let gone = crate::domain::meeting::measured::Measured {
        metric: "no_such_number".into(),
        ..was.clone()
    };
    assert_eq!(
        Measuring::new(&room.facts, &book, &room.scope()).effect(&gone),
        None
    );
}

fn span(which: usize) -> Span {
    [Span::Month, Span::Quarter, Span::Year, Span::All][which % 4]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_pipeline_since_a_meeting_balances_whatever_became_of_the_history(
        seed in 0_u64..1_000, other in 0_u64..3, early in -20_i64..60, days in 0_i64..90, which in 0_usize..4,
    ) {
        let book = book("Europe/Berlin");
        let then_facts = random(seed, 90);
        // The same history, or one in which everything is different: imported anew, corrected, undone.
        let now_facts: Facts = random(if other == 0 { seed + 1 } else { seed }, 90);
        let (start, end) = (Moment(MARCH + early * DAY), Moment(MARCH + (early + days) * DAY + 50));
        let period = Period::around(book.calendar.day_of(end), span(which), &book.calendar);
        let before = Scope::new(&then_facts, &book, period.clone(), start).with_mode(Mode::Cohort);
        let frozen = freeze(&then_facts, &book, &before).unwrap();
        let kept = Kept::read(&frozen.text).unwrap();
        let now = Scope::new(&now_facts, &book, period.clone(), end);
        let fall = since(&now_facts, &book, &now, &kept).unwrap();
        let steps: i64 = fall.waterfall.steps.iter().map(|step| step.amount.unwrap()).sum();
        prop_assert_eq!(fall.waterfall.start.map(|start| start + steps), fall.waterfall.end);
        // The start is the snapshot's, the end is the board's own.
        let inside = |deal: &&OpenDeal| period.holds_day(deal.close_on);
        let frozen_sum = Some(kept.open.iter().filter(inside).filter_map(|deal| deal.value).sum::<i64>());
        prop_assert_eq!(fall.waterfall.start, frozen_sum);
        let board = Board::compute(&now_facts, &book, &now);
        prop_assert_eq!(fall.waterfall.end, board.waterfall.end);
        if period.start_at <= start {
            prop_assert_eq!(Board::compute(&then_facts, &book, &before).waterfall.end, frozen_sum);
        }
        for step in &fall.waterfall.steps {
            let gone: i64 = fall.removed.iter().map(|(_, value)| value).sum();
            let rows = step.rows.sum().unwrap();
            let expected = if step.change == Change::Reversed { rows - gone } else { rows };
            prop_assert_eq!(step.amount, Some(expected));
            let up = matches!(step.change, Change::Qualified | Change::RevaluedUp | Change::PulledIn);
            prop_assert!(if up { step.amount >= Some(0) } else { step.amount <= Some(0) }, "{:?}", step);
        }
        if other > 0 {
            prop_assert!(fall.removed.is_empty());
        }
        if days == 0 && other > 0 && start == end {
            prop_assert!(changes(&fall).is_empty());
        }
    }
}

#[test]
fn a_day_without_a_period_still_reads() {
    let mut room = march_of_a_deal();
    room.period = "all";
    let kept = seen(&mut room, "2025-03-11T00:00:00Z");
    assert_eq!(kept.days, (Day(i32::MIN + 1), Day(i32::MAX)));
    assert_eq!(kept.period, "all");
}

#[test]
fn nothing_is_frozen_before_the_handoffs_are_judged_by_their_stamps() {
    let mut room = march_of_a_deal();
    room.facts.handoffs.stamps = Says::NotJudged;
    let (book, scope) = (book("UTC"), room.scope());
    let (facts, asks) = (&room.facts, Metric::CriteriaVerdictAgreement);
    assert_eq!(freeze(facts, &book, &scope), Err(NotJudged));
    assert_eq!(measure(asks, facts, &book, &scope), Err(NotJudged));
    assert!(measure(Metric::WinRate, facts, &book, &scope).is_ok());
    let note = crate::metrics::figure(asks, facts, &book, &scope).note;
    assert_eq!(
        note.as_deref(),
        Some("the handoffs are still being judged by the criteria in force")
    );
}
