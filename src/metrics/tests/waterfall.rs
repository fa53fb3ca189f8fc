//! Ways out of the pipeline, counted by hand: who leaves how, what counts no more, what no rate prices. For both waterfalls.

use super::fixture::*;
use super::room::{Room, room};
use crate::domain::verdict::DealOutcome;
use crate::facts::opportunities::{DealChange, DealEvent, OpportunityRow};
use crate::metrics::Board;
use crate::metrics::meeting::{Kept, freeze, since};
use crate::metrics::waterfall::{Change, Waterfall};

/// Deals due in March. Qualified in February for 10 (lost, then revalued), 20 (won, then reversed), 40 (reversed), 80 (lost in
/// February), 160 (no decision), 320 in pounds, 5 that become 8 as March begins; in March for 640 (revalued the day before), 1,280
/// in pounds, 2,560 (reversed).
fn ways_out() -> Room {
    let mut facts = empty();
    let ended = |how, on: &str| (Some(how), at(&format!("2025-{on}T00:00:00Z")));
    let lost = DealOutcome::Lost;
    let february = "2025-02-05T00:00:00Z";
    let march = "2025-03-10T00:00:00Z";
    let never = crate::domain::moment::Moment::NEVER;
    let open = (None, never);
    for (id, (when, minor, (outcome, closed), reversed, currency)) in (1..).zip([
        (february, 1_000, ended(lost, "03-10"), None, 0),
        (
            february,
            2_000,
            ended(DealOutcome::Won, "03-12"),
            Some("03-20"),
            0,
        ),
        (february, 4_000, open, Some("03-15"), 0),
        (february, 8_000, ended(lost, "02-20"), None, 0),
        (
            february,
            16_000,
            ended(DealOutcome::NoDecision, "03-11"),
            None,
            0,
        ),
        (february, 32_000, open, None, 2),
        (february, 500, open, None, 0),
        (march, 64_000, open, None, 0),
        (march, 128_000, open, None, 2),
        (march, 256_000, open, Some("03-16"), 0),
    ]) {
        let own = qualified(&facts, at(when), minor, "2025-03-31");
        facts.opportunities.push(OpportunityRow {
            id,
            outcome,
            closed,
            reversed: reversed.map_or(never, |on| at(&format!("2025-{on}T00:00:00Z"))),
            currency,
            qualified_currency: currency,
            ..own
        });
    }
    for (deal, on, before, after) in [
        (0, "03-20", 1_000, 1_500),
        (6, "03-01", 500, 800),
        (7, "03-09", 48_000, 60_000),
    ] {
        facts.opportunities.events.push(DealEvent {
            deal,
            at: at(&format!("2025-{on}T00:00:00Z")),
            change: DealChange::Amount(before, after),
        });
    }
    room(facts)
}

fn steps(fall: &Waterfall) -> Vec<(Change, i64)> {
    let amounts = fall
        .steps
        .iter()
        .map(|step| (step.change, step.amount.unwrap()));
    amounts.filter(|(_, amount)| *amount != 0).collect()
}

#[test]
fn a_deal_leaves_once_by_what_came_first_and_counts_no_more() {
    let room = ways_out();
    let fall = Board::compute(&room.facts, &book("UTC"), &room.scope()).waterfall;
    assert_eq!(fall.start, Some(1_000 + 2_000 + 4_000 + 16_000 + 500));
    let went = [
        (Change::Qualified, 64_000 + 256_000),
        (Change::RevaluedUp, 300),
        (Change::Won, -2_000),
        (Change::Lost, -1_000 - 16_000),
        (Change::Reversed, -4_000 - 256_000),
    ];
    assert_eq!(steps(&fall), went);
    assert_eq!(fall.end, Some(64_000 + 800));
    assert_eq!(fall.unpriced, 2, "pounds have no rate");
}

#[test]
fn since_a_meeting_a_deal_leaves_by_what_came_first_too() {
    let mut room = ways_out();
    let book = book("UTC");
    room.as_of = "2025-03-01T12:00:00Z";
    let then = freeze(&room.facts, &book, &room.scope()).unwrap();
    let then = Kept::read(&then.text).unwrap();
    room.as_of = "2025-03-31T12:00:00Z";
    let fall = since(&room.facts, &book, &room.scope(), &then)
        .unwrap()
        .waterfall;
    assert_eq!(fall.start, Some(1_000 + 2_000 + 4_000 + 16_000 + 800));
    let went = [
        (Change::Qualified, 64_000 + 256_000),
        (Change::Won, -2_000),
        (Change::Lost, -1_000 - 16_000),
        (Change::Reversed, -4_000 - 256_000),
    ];
    assert_eq!(steps(&fall), went);
    assert_eq!(fall.end, Some(64_000 + 800));
    assert_eq!(fall.unpriced, 2, "one that was there, one that is new");
}
