//! Readings, conversion and the waterfall counted by hand.

use super::fixture::{DAY, at, book, day, empty, handoff, lead, qualified};
use crate::domain::moment::Moment;
use crate::domain::verdict::{DealOutcome, Evidence, Verdict};
use crate::facts::column::NONE;
use crate::facts::opportunities::{DealChange, DealEvent, DealLead, OpportunityRow};
use crate::metrics::waterfall::Change;
use crate::metrics::{Board, Metric, Mode};

use super::room::{closed, room};

#[test]
fn three_readings_and_what_lies_between() {
    let mut facts = closed();
    let row = lead(&mut facts, at("2025-03-03T00:00:00Z"), 0);
    let handed_over = handoff(&facts, row);
    facts.handoffs.push(handed_over);
    let now = at("2025-04-10T12:00:00Z");
    let recent = Moment(now.0 - DAY);
    let mut add = |own: OpportunityRow| {
        let id = facts.opportunities.len() as i64 + 1;
        facts.opportunities.push(OpportunityRow {
            id,
            last_activity: recent,
            ..own
        });
    };
    let none = empty();
    let lead_deal = OpportunityRow {
        lead: row,
        ..qualified(&none, at("2025-04-01T00:00:00Z"), 100_000, "2025-04-20")
    };
    // From a lead, qualified, due in April; the same not qualified; the same stale; without a lead; due in May.
    add(lead_deal);
    add(OpportunityRow {
        qualified: Moment::NEVER,
        ..lead_deal
    });
    add(OpportunityRow {
        close_on: day("2025-04-09"),
        ..lead_deal
    });
    add(OpportunityRow {
        lead: NONE,
        ..lead_deal
    });
    add(OpportunityRow {
        close_on: day("2025-05-02"),
        ..lead_deal
    });
    let mut room = room(facts);
    room.period = "2025-04";
    assert_eq!(room.whole(Metric::ReadingMarketing), Some(400_000));
    assert_eq!(room.whole(Metric::ReadingSales), Some(300_000));
    // Two due in April × 2 of 3 won ever, less the win of 400.00 taken back in April.
    assert_eq!(
        room.whole(Metric::ReadingFinance),
        Some(2 * 66_667 - 40_000)
    );
    assert!(
        room.figure(Metric::ReadingFinance)
            .note
            .unwrap()
            .contains("2 deals at the rate of all stages; 1 past their close date")
    );
    assert_eq!(room.whole(Metric::StaleOpportunities), Some(1));
    let readings = Board::compute(&room.facts, &book("UTC"), &room.scope()).readings;
    let steps = |steps: &[crate::metrics::readings::Difference]| -> Vec<i64> {
        steps.iter().map(|step| step.amount.unwrap()).collect()
    };
    assert_eq!(steps(&readings.to_sales), [-100_000, -100_000, 100_000]);
    assert_eq!(steps(&readings.to_finance), [-100_000, 0, -66_666, -40_000]);
}

#[test]
fn conversion_follows_the_cohort_and_several_leads_share_one_deal() {
    let mut facts = empty();
    for i in 0..4 {
        let row = lead(
            &mut facts,
            at(&format!("2025-03-{:02}T00:00:00Z", 3 + i)),
            0,
        );
        facts
            .leads
            .mql
            .set(row as usize, at(&format!("2025-03-{:02}T00:00:00Z", 4 + i)));
        let mut own = handoff(&facts, row);
        if i < 2 {
            own.verdict = Some(Verdict::Accepted);
            own.verdict_at = at("2025-04-02T00:00:00Z");
            own.evidence = Evidence::Spoke;
        }
        facts.handoffs.push(own);
    }
    // One deal in April, won, behind it the first lead and the third, which was never accepted.
    let own = OpportunityRow {
        lead: 0,
        handoff: 0,
        outcome: Some(DealOutcome::Won),
        closed: at("2025-04-08T00:00:00Z"),
        ..qualified(&facts, at("2025-04-03T00:00:00Z"), 60_000, "2025-04-08")
    };
    facts.opportunities.push(own);
    facts.opportunities.links = vec![DealLead { deal: 0, lead: 0 }, DealLead { deal: 0, lead: 2 }];
    let mut room = room(facts);
    // Event: nothing of it in March.
    assert_eq!(room.real(Metric::Conversion), Some(0.0));
    room.mode = Mode::Cohort;
    assert_eq!(room.real(Metric::Conversion), Some(0.5));
    assert_eq!(room.real(Metric::ConversionMqlAccepted), Some(0.75));
    room.period = "2025-04";
    // Of three accepted in April two count as connected by skipping; both qualified and won.
    assert_eq!(room.real(Metric::ConversionAcceptedConnected), Some(0.6667));
    assert_eq!(room.real(Metric::ConversionConnectedQualified), Some(1.0));
    assert_eq!(room.real(Metric::ConversionQualifiedWon), Some(1.0));
    assert_eq!(
        (
            room.whole(Metric::SqoCount),
            room.whole(Metric::QualifiedPipelineSourced)
        ),
        (Some(1), Some(60_000))
    );
    // 3 March 01:00 and 5 March 01:00 to 3 April.
    assert_eq!(room.real(Metric::CycleTimeToQualified), Some(30.0));
}

#[test]
fn the_waterfall_of_a_deal_that_lived_through_everything() {
    let mut facts = empty();
    let own = qualified(&facts, at("2025-03-05T00:00:00Z"), 10_000, "2025-03-28");
    facts.opportunities.push(OpportunityRow {
        close_on: day("2025-03-30"),
        amount: Some(9_000),
        outcome: Some(DealOutcome::Won),
        closed: at("2025-03-29T00:00:00Z"),
        ..own
    });
    // There before; not due in March.
    let own = qualified(&facts, at("2025-02-05T00:00:00Z"), 7_000, "2025-03-31");
    facts.opportunities.push(OpportunityRow { id: 2, ..own });
    let own = qualified(&facts, at("2025-02-05T00:00:00Z"), 5_000, "2025-06-30");
    facts.opportunities.push(OpportunityRow { id: 3, ..own });
    for (day_of_march, change) in [
        (10, DealChange::Amount(10_000, 12_500)),
        (
            12,
            DealChange::CloseOn(day("2025-03-28"), day("2025-04-15")),
        ),
        (
            20,
            DealChange::CloseOn(day("2025-04-15"), day("2025-03-30")),
        ),
        (25, DealChange::Amount(12_500, 9_000)),
    ] {
        facts.opportunities.events.push(DealEvent {
            deal: 0,
            at: at(&format!("2025-03-{day_of_march}T00:00:00Z")),
            change,
        });
    }
    let room = room(facts);
    let fall = Board::compute(&room.facts, &book("UTC"), &room.scope()).waterfall;
    let amount = |change: Change| fall.steps[change as usize].amount.unwrap();
    assert_eq!((fall.start, fall.end), (Some(7_000), Some(7_000)));
    assert_eq!(amount(Change::Qualified), 10_000);
    assert_eq!(amount(Change::RevaluedUp), 2_500);
    assert_eq!(amount(Change::PushedOut), -12_500);
    assert_eq!(amount(Change::PulledIn), 12_500);
    assert_eq!(amount(Change::RevaluedDown), -3_500);
    assert_eq!(amount(Change::Won), -9_000);
    assert_eq!((amount(Change::Lost), amount(Change::Reversed)), (0, 0));
    assert_eq!(room.whole(Metric::Waterfall), Some(7_000));
}
