//! What nobody wrote down, what cannot be split and what does not fit: dashes and notes, never a made-up number.

use super::fixture::{at, book, day, empty, handoff, lead, qualified, spend};
use super::random::random;
use super::room::{Room, closed, room};
use super::verdicts::verdicts;
use crate::domain::verdict::{DealOutcome, SpendKind, Verdict};
use crate::facts::Facts;
use crate::facts::column::NONE;
use crate::facts::filter::{Dimension, Filter};
use crate::facts::handoffs::HandoffRow;
use crate::facts::opportunities::{DealChange, OpportunityRow};
use crate::facts::spend::SpendRow;
use crate::metrics::show::{Measured, money_in};
use crate::metrics::{Board, Figure, Metric, figure};

fn board(room: &Room) -> Board {
    Board::compute(&room.facts, &book("UTC"), &room.scope())
}

fn note(figure: &Figure) -> &str {
    figure.note.as_deref().unwrap_or("")
}

/// Eight leads handed off, two of them customers, nothing else recorded.
fn sold() -> Facts {
    let mut facts = empty();
    for i in 0..8 {
        let row = lead(&mut facts, at("2025-03-03T11:00:00Z"), 0);
        let own = handoff(&facts, row);
        facts.handoffs.push(own);
        if i < 2 {
            let deal = OpportunityRow {
                id: i64::from(row) + 1,
                lead: row,
                outcome: Some(DealOutcome::Won),
                closed: at("2025-03-20T00:00:00Z"),
                ..qualified(&facts, at("2025-03-10T00:00:00Z"), 5_000, "2025-03-20")
            };
            facts.opportunities.push(deal);
        }
    }
    facts
}

#[test]
fn where_customers_were_won_and_no_work_was_recorded_nobody_knows_what_was_worked() {
    let worked = room(sold()).figure(Metric::WorkedRate);
    assert_eq!((worked.value, worked.n), (None, 8));
    assert!(note(&worked).starts_with("neither verdicts"), "{worked:?}");
    // One verdict is a record: the other eight are open.
    let mut facts = sold();
    let row = lead(&mut facts, at("2025-03-03T11:00:00Z"), 0);
    let own = handoff(&facts, row);
    facts.handoffs.push(HandoffRow {
        verdict: Some(Verdict::Accepted),
        verdict_at: at("2025-03-05T00:00:00Z"),
        ..own
    });
    assert_eq!(room(facts).real(Metric::WorkedRate), Some(0.1111));
}

#[test]
fn without_any_spend_nothing_is_known_to_be_wasted() {
    let room = room(sold());
    for metric in [
        Metric::Spend,
        Metric::WastedSpend,
        Metric::WastedSpendUnproven,
        Metric::CostOfMisalignment,
    ] {
        let figure = room.figure(metric);
        assert_eq!(figure.value, None, "{metric:?}");
        assert!(note(&figure).starts_with("no spend recorded"), "{figure:?}");
    }
}

#[test]
fn a_rejection_counts_once_in_the_cost_of_misalignment() {
    let mut facts = verdicts();
    for source in [0, 1] {
        spend(&mut facts, source, "2025-03-01", 4_000);
    }
    let room = room(facts);
    let cost = room.figure(Metric::CostOfMisalignment);
    // Three rejections; two of them verified, so that their leads are wasted.
    assert_eq!(room.figure(Metric::WastedSpend).n, 2);
    assert_eq!(room.figure(Metric::RepHoursOnRejected).n, 3);
    assert_eq!((cost.n, cost.unpriced, note(&cost)), (3, 0, ""));
}

#[test]
fn the_cost_of_misalignment_is_partial_where_rep_hours_are_a_dash() {
    let mut facts = verdicts();
    for source in [0, 1] {
        spend(&mut facts, source, "2025-03-01", 4_000);
    }
    let rows = &mut facts.handoffs;
    for row in 0..rows.len() {
        rows.attempts.set(row, 0);
        rows.minutes_logged.set(row, 0);
        rows.minutes_assumed.set(row, 0);
    }
    let room = room(facts);
    assert_eq!(room.figure(Metric::RepHoursOnRejected).value, None);
    let cost = room.figure(Metric::CostOfMisalignment);
    assert_eq!(cost.whole(), room.whole(Metric::WastedSpend));
    assert_eq!((cost.n, cost.unpriced), (3, 3));
    assert!(note(&cost).contains("wasted spend alone"), "{cost:?}");
}

#[test]
fn a_filter_cannot_split_what_people_cost() {
    let people = |source| SpendRow {
        id: 9,
        source,
        campaign: NONE,
        lead: NONE,
        on: day("2025-03-31"),
        kind: SpendKind::SalesPeople,
        amount: 70_000,
        currency: 0,
    };
    let with = |row: SpendRow| {
        let mut facts = closed();
        for row in &mut facts.opportunities.rows {
            row.source = 0;
        }
        spend(&mut facts, 0, "2025-03-01", 30_000);
        facts.spend.push(row);
        room(facts)
    };
    let mut here = with(people(NONE));
    assert!(here.real(Metric::Cac).is_some());
    here.filter.toggle(Dimension::Source, 0);
    let cac = here.figure(Metric::Cac);
    assert_eq!(cac.value, None);
    assert!(note(&cac).contains("see CAC, media only"), "{cac:?}");
    assert!(here.real(Metric::CacMedia).is_some());
    let margin = here.figure(Metric::ContributionMargin);
    assert!(note(&margin).contains("is not in it"), "{margin:?}");
    // People who work for one source are that source's cost; of its segments nobody knows.
    let mut told = with(people(0));
    let whole = told.real(Metric::Cac);
    told.filter.toggle(Dimension::Source, 0);
    assert_eq!(told.real(Metric::Cac), whole);
    told.filter = Filter::default();
    told.filter.toggle(Dimension::Segment, NONE);
    assert_eq!(told.real(Metric::Cac), None);
}

#[test]
fn what_does_not_fit_64_bits_is_no_amount() {
    let mut facts = empty();
    for id in 1..=4 {
        let own = qualified(&facts, at("2025-03-04T00:00:00Z"), i64::MAX, "2025-03-28");
        facts.opportunities.push(OpportunityRow {
            id,
            outcome: (id > 2).then_some(DealOutcome::Won),
            closed: if id > 2 {
                at("2025-03-20T00:00:00Z")
            } else {
                own.closed
            },
            reversed: at("2025-03-22T00:00:00Z"),
            ..own
        });
    }
    for row in &mut facts.opportunities.rows[..2] {
        row.reversed = crate::domain::moment::Moment::NEVER;
    }
    let mut here = room(facts);
    here.as_of = "2025-03-25T00:00:00Z";
    let board = board(&here);
    assert_eq!(board.headline.value.now.value, None);
    assert_eq!(board.headline.restated, None);
    let fall = &board.waterfall;
    assert_eq!((fall.start, fall.end), (Some(0), None));
    let changes = fall.steps.iter().filter(|step| !step.is_still());
    assert!(changes.clone().count() > 0);
    assert!(changes.clone().all(|step| step.amount.is_none()));
    let readings = &board.readings;
    let all = readings.to_sales.iter().chain(&readings.to_finance);
    assert!(all.clone().any(|step| step.amount.is_none()));
}

#[test]
fn a_period_that_has_not_begun_stands_beside_nothing() {
    let mut here = room(verdicts());
    here.period = "2025-05";
    let ahead = board(&here);
    assert!(!ahead.has_begun());
    assert!(
        ahead
            .marketing
            .iter()
            .all(|c| c.before.is_none() && c.year_before.is_none())
    );
    here.period = "2025-04";
    let running = board(&here);
    assert!(running.has_begun());
    // What is open today is not what was open a month ago.
    let coverage = |c: &&crate::metrics::Compared| c.now.id == Metric::PipelineCoverage;
    for compared in running.marketing.iter().chain(&running.sales) {
        assert_eq!(compared.before.is_none(), coverage(&compared));
    }
}

#[test]
fn a_series_is_silent_before_the_history_and_ends_with_it() {
    let mut here = room(verdicts());
    here.as_of = "2026-11-10T12:00:00Z";
    here.period = "all";
    let all = board(&here);
    let labels: Vec<&str> = all.headline.trend.iter().map(|p| &*p.label).collect();
    assert_eq!(labels.last(), Some(&"2025-03"));
    let mqls: Vec<bool> = all
        .both_right
        .mqls
        .iter()
        .map(|p| p.value.is_some())
        .collect();
    // The first lead came in February 2025.
    assert_eq!(mqls.iter().filter(|known| **known).count(), 2);
    assert_eq!(mqls[10..], [true, true]);
}

/// Every amount ten times as large.
fn dearer(mut facts: Facts) -> Facts {
    for row in &mut facts.opportunities.rows {
        row.amount = row.amount.map(|minor| minor * 10);
        row.qualified_amount *= 10;
        row.delivery_cost = row.delivery_cost.map(|minor| minor * 10);
    }
    for event in &mut facts.opportunities.events {
        if let DealChange::Amount(before, after) = &mut event.change {
            (*before, *after) = (*before * 10, *after * 10);
        }
    }
    for row in &mut facts.spend.rows {
        row.amount *= 10;
    }
    for target in &mut facts.targets.0 {
        if target.metric != "mqls" {
            target.value *= 10;
        }
    }
    facts.index();
    facts
}

#[test]
fn what_a_number_is_made_of_is_called_money_exactly_where_it_is() {
    let make = || {
        let mut facts = random(11, 400);
        let march = super::room::march();
        for metric in ["qualified_pipeline_sourced", "revenue", "mqls"] {
            super::fixture::target(&mut facts, metric, &march, 70_000_000);
        }
        facts
    };
    let (cheap, dear) = (room(make()), room(dearer(make())));
    let mut told = 0;
    for metric in Metric::ALL {
        let of = |room: &Room| figure(*metric, &room.facts, &book("UTC"), &room.scope());
        let (one, ten) = (of(&cheap), of(&dear));
        // Only numbers with a line are said to be made of something.
        if one.denominator.is_none() {
            continue;
        }
        let said = money_in(*metric, one.unit);
        let pairs = [
            (one.numerator, ten.numerator),
            (one.denominator, ten.denominator),
        ];
        for (pair, said) in pairs.into_iter().zip(said) {
            if let (Some(one @ 1..), Some(ten)) = pair {
                let grew = ten != one;
                assert_eq!(grew, said == Measured::Money, "{metric:?}: {one} {ten}");
                told += 1;
            }
        }
    }
    assert!(told > 40, "{told}");
}
