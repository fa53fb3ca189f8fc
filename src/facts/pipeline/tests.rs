//! The board counted by hand: currencies apart, missing rates said, sums that do not fit.

use rust_decimal::Decimal;

use super::*;
use crate::domain::moment::Moment;
use crate::domain::money::Rates;
use crate::domain::verdict::{DealEvidence, DealOutcome};
use crate::facts::column::NONE;
use crate::facts::opportunities::OpportunityRow;

fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

/// Stages Proposal (2), Discovery (1); euros at home, dollars at 0.5 from June on, pounds without a rate.
fn facts() -> Facts {
    let mut facts = Facts::default();
    for (id, (name, position)) in (1..).zip([("Proposal", 2), ("Discovery", 1)]) {
        facts.names.stages.put(id, name);
        facts.names.stage_positions.push(position);
    }
    for code in ["EUR", "USD", "GBP"] {
        facts.names.currency(Currency::parse(code).unwrap());
    }
    let half = (Currency::USD, day("2025-06-01"), Decimal::new(5, 1));
    facts.rates = Rates::new(Currency::EUR, vec![half]);
    facts
}

fn put(facts: &mut Facts, stage: Code, value: Option<(i64, u8)>, close_on: &str) -> u32 {
    let never = Moment::NEVER;
    let row = facts.opportunities.len() as u32;
    facts.opportunities.push(OpportunityRow {
        id: i64::from(row) + 1,
        lead: NONE,
        handoff: NONE,
        account: 0,
        source: NONE,
        campaign: NONE,
        segment: NONE,
        rep: NONE,
        created: Moment(0),
        stage,
        stage_since: never,
        last_activity: never,
        amount: value.map(|(minor, _)| minor),
        currency: value.map_or(0, |(_, currency)| currency),
        close_on: Day::parse(close_on).unwrap_or(Day::NEVER),
        conversation: never,
        confirmed: false,
        evidence: DealEvidence::None,
        qualified: never,
        qualified_amount: 0,
        qualified_currency: 0,
        outcome: None,
        closed: never,
        lost_reason: NONE,
        delivery_cost: None,
        reversed: never,
    });
    row
}

fn on(text: &str) -> (Day, Moment) {
    (day(text), Moment(i64::MAX))
}

#[test]
fn currencies_stay_apart_and_what_has_no_rate_is_counted_and_not_priced() {
    let mut facts = facts();
    put(&mut facts, 0, Some((10_000, 0)), "2025-09-01");
    put(&mut facts, 0, Some((4_000, 1)), "2025-07-01");
    put(&mut facts, 0, Some((700, 2)), "");
    put(&mut facts, 0, Some((6_000, 1)), "2025-08-01");
    put(&mut facts, 0, None, "2025-08-01");
    let board = board(&facts, on("2025-06-30"), |_| true);
    // Discovery stands before Proposal although it was named later, and is there without a deal.
    assert_eq!(board.iter().map(|c| c.stage).collect::<Vec<_>>(), [1, 0]);
    assert!(board[0].deals.is_empty());
    assert_eq!((board[0].sum.home, board[0].sum.unpriced), (Some(0), 0));
    let proposal = &board[1];
    assert_eq!(proposal.deals, [1, 3, 4, 0, 2]);
    // In cents: 100 € + (40 + 60) $ at 0.5 = 150 €; the pounds and the deal without a value are left out.
    assert_eq!(proposal.sum.home, Some(15_000));
    assert_eq!(proposal.sum.unpriced, 2);
    let pound = Currency::parse("GBP").unwrap();
    let own = [
        (Currency::EUR, Some(10_000)),
        (pound, Some(700)),
        (Currency::USD, Some(10_000)),
    ];
    assert_eq!(proposal.sum.by_currency, own);
}

#[test]
fn before_the_first_rate_nothing_of_that_currency_is_priced() {
    let mut facts = facts();
    put(&mut facts, 0, Some((4_000, 1)), "2025-07-01");
    let sum = board(&facts, on("2025-05-31"), |_| true).remove(1).sum;
    assert_eq!((sum.home, sum.unpriced), (Some(0), 1));
    assert_eq!(sum.by_currency, [(Currency::USD, Some(4_000))]);
}

#[test]
fn a_sum_that_does_not_fit_is_none_and_not_a_wrong_number() {
    let mut facts = facts();
    put(&mut facts, 0, Some((i64::MAX, 0)), "2025-07-01");
    put(&mut facts, 0, Some((1, 0)), "2025-07-01");
    let sum = board(&facts, on("2025-06-30"), |_| true).remove(1).sum;
    assert_eq!((sum.home, sum.unpriced), (None, 0));
    assert_eq!(sum.by_currency, [(Currency::EUR, None)]);
}

#[test]
fn ended_and_unwanted_deals_are_not_there_and_those_without_a_stage_stand_last() {
    let mut facts = facts();
    put(&mut facts, 1, Some((100, 0)), "2025-07-01");
    let ended = put(&mut facts, 1, Some((200, 0)), "2025-07-01");
    facts.opportunities.rows[ended as usize].outcome = Some(DealOutcome::Lost);
    put(&mut facts, 1, Some((400, 0)), "2025-07-01");
    let bare = put(&mut facts, NONE, Some((800, 0)), "");
    let board = board(&facts, on("2025-06-30"), |row| row != 2);
    let seen: Vec<_> = board.iter().map(|c| (c.stage, c.sum.home)).collect();
    assert_eq!(seen, [(1, Some(100)), (0, Some(0)), (NONE, Some(800))]);
    assert_eq!(board[2].deals, [bare]);
}

#[test]
fn a_board_of_a_day_in_the_past_has_the_deals_that_were_open_then() {
    let mut facts = facts();
    for (created, closed, outcome) in [
        (10, None, None),
        (30, None, None),
        (10, Some(15), Some(DealOutcome::Won)),
        (10, Some(25), Some(DealOutcome::Lost)),
    ] {
        let row = put(&mut facts, 0, Some((100, 0)), "2025-09-01");
        let deal = &mut facts.opportunities.rows[row as usize];
        deal.created = Moment(created);
        deal.closed = closed.map_or(Moment::NEVER, Moment);
        deal.outcome = outcome;
    }
    let then = board(&facts, (day("2025-06-30"), Moment(20)), |_| true);
    assert_eq!(then[1].deals, [0, 3]);
}
