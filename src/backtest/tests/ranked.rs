//! In which order suggestions stand, on a table of sources counted by hand.

use super::by_hand::definition;
use crate::backtest::*;
use crate::domain::criteria::Definition;
use crate::domain::criteria::tests::language::fields;
use crate::domain::moment::Moment;
use crate::domain::period::Period;
use crate::domain::verdict::{DealOutcome, Evidence, Verdict};
use crate::facts::Facts;
use crate::facts::handoffs::HandoffRow;
use crate::facts::opportunities::OpportunityRow;
use crate::metrics::Scope;
use crate::metrics::tests::fixture::{DAY, MARCH, book, empty, handoff, lead, qualified};

const WEBINAR: u32 = 0;
const SHOW: u32 = 1;
const PARTNER: u32 = 3;

/// In the third quarter, which is the last mature one at the end of the year.
const APART: i64 = MARCH + 160 * DAY;

/// So many handoffs of a source from a moment on, so many of them rejected with proof, and these won for so much.
fn came(facts: &mut Facts, from: i64, source: u32, (all, rejected): (i64, i64), won: &[i64]) {
    for n in 0..all {
        let row = lead(facts, Moment(from + n * 600), source);
        let own = handoff(facts, row);
        let is_rejected = n < rejected;
        let at = facts.handoffs.len() as u32;
        facts.handoffs.push(HandoffRow {
            verdict: Some(if is_rejected {
                Verdict::Rejected
            } else {
                Verdict::Accepted
            }),
            verdict_at: Moment(own.handed_off.0 + DAY),
            reason: if is_rejected { 0 } else { u32::MAX },
            evidence: Evidence::Spoke,
            ..own
        });
        if let Some(value) = won.get((n - rejected) as usize).filter(|_| !is_rejected) {
            let when = Moment(own.handed_off.0 + 2 * DAY);
            let deal = qualified(facts, when, *value, "2025-05-01");
            facts.opportunities.push(OpportunityRow {
                lead: row,
                handoff: at,
                outcome: Some(DealOutcome::Won),
                closed: when,
                ..deal
            });
        }
    }
}

fn suggested(mut facts: Facts) -> Vec<Suggestion> {
    facts.index();
    let book = book("UTC");
    let scope = Scope::new(&facts, &book, Period::all(), Moment(MARCH + 300 * DAY));
    let columns = Columns::new(&facts, &fields(), &book.calendar);
    let ground = Ground::new(&facts, &book, &scope, None);
    let draft = Definition::default();
    let judged = Judge::new().judge(&columns, &draft, None);
    suggest(&ground, &columns, &fields(), (&draft, &judged), &|| true).unwrap()
}

fn told(all: &[Suggestion]) -> Vec<(String, u64, f64, Option<bool>)> {
    let round = |share: f64| (share * 1000.0).round() / 1000.0;
    let of = |s: &Suggestion| {
        (
            s.rule.condition.to_string(),
            s.caught,
            round(s.lost_share),
            s.confirmed,
        )
    };
    all.iter().map(of).collect()
}

/// Webinars: 20 of 100 rejected, won 9,900. Trade shows: 50 of 60 rejected, won 100: a strong rule that costs a hundredth of all revenue.
/// Partners: 20 of 24 rejected, nothing won: a weak rule that costs nothing.
fn past() -> Facts {
    let mut facts = empty();
    came(&mut facts, MARCH, WEBINAR, (100, 20), &[990_000]);
    came(&mut facts, MARCH, SHOW, (60, 50), &[10_000]);
    came(&mut facts, MARCH, PARTNER, (24, 20), &[]);
    facts
}

#[test]
fn what_loses_nothing_stands_before_what_catches_more_and_loses_some() {
    let all = suggested(past());
    assert_eq!(
        told(&all),
        [
            // 20 of 90 for nothing, 70 of 90 for a hundredth, 50 of 90 for a hundredth.
            ("source = Partner".to_owned(), 20, 0.0, None),
            (
                "source in (Partner, \"Trade show\")".to_owned(),
                70,
                0.01,
                None
            ),
            ("source = \"Trade show\"".to_owned(), 50, 0.01, None),
        ]
    );
    assert_eq!(
        definition("must not source = Partner").rules[0].condition,
        all[0].rule.condition
    );
}

#[test]
fn a_deal_without_a_value_is_lost_all_the_same() {
    let mut facts = past();
    // The partners' one deal is worth nothing: one of three deals goes, for 23 of 93 rejections.
    came(&mut facts, MARCH, PARTNER, (4, 3), &[0]);
    let all = suggested(facts);
    let first = ("source = \"Trade show\"".to_owned(), 50, 0.01, None);
    assert_eq!(told(&all)[0], first);
    assert!(
        told(&all)
            .iter()
            .all(|(rule, ..)| rule != "source = Partner")
    );
}

#[test]
fn the_quarter_apart_takes_the_word_of_what_only_seemed_to_lose_nothing() {
    let mut facts = past();
    // There the partners win a tenth of the revenue, and the trade shows nothing.
    came(&mut facts, APART, WEBINAR, (100, 20), &[900_000]);
    came(&mut facts, APART, SHOW, (60, 50), &[]);
    came(&mut facts, APART, PARTNER, (24, 20), &[100_000]);
    let all = suggested(facts);
    let shares = |s: &Suggestion| (s.lost_share, s.lost_apart);
    assert_eq!(
        told(&all),
        [
            // 50 of 90 per 0.01, 70 of 90 per 0.1, 20 of 90 per 0.1.
            ("source = \"Trade show\"".to_owned(), 50, 0.01, Some(true)),
            (
                "source in (Partner, \"Trade show\")".to_owned(),
                70,
                0.01,
                Some(true)
            ),
            ("source = Partner".to_owned(), 20, 0.0, Some(true)),
        ]
    );
    assert_eq!(shares(&all[2]), (0.0, 0.1));
}

#[test]
fn what_the_quarter_apart_contradicts_stands_last() {
    let mut facts = past();
    // There no partner is rejected, and the trade shows are as before.
    came(&mut facts, APART, WEBINAR, (100, 20), &[900_000]);
    came(&mut facts, APART, SHOW, (60, 50), &[10_000]);
    came(&mut facts, APART, PARTNER, (24, 0), &[]);
    let all = suggested(facts);
    let last = all.last().unwrap();
    assert_eq!(
        told(std::slice::from_ref(last)),
        [("source = Partner".to_owned(), 20, 0.0, Some(false))]
    );
}
