//! Numbers counted by hand. March 2025 in UTC unless a test says otherwise; as of 10 April, noon.

use super::fixture::{
    DAY, HOUR, at, book, day, deal, empty, handoff, lead, qualified, spend, target,
};
use crate::domain::moment::{Day, Moment};
use crate::domain::period::Period;
use crate::domain::verdict::{DealOutcome, Evidence, Exclusion, SpendKind, Verdict};
use crate::facts::Facts;
use crate::facts::column::NONE;
use crate::facts::filter::{Dimension, Filter};
use crate::facts::handoffs::HandoffRow;
use crate::facts::leads::LeadRow;
use crate::facts::opportunities::{DealChange, DealEvent, DealLead, OpportunityRow};
use crate::facts::spend::SpendRow;
use crate::metrics::figure::Value;
use crate::metrics::waterfall::Change;
use crate::metrics::{Board, Figure, Metric, Mode, Population, Scope, figure, rows};

struct Room {
    facts: Facts,
    as_of: &'static str,
    period: &'static str,
    mode: Mode,
    population: Population,
    filter: Filter,
}

fn room(mut facts: Facts) -> Room {
    facts.index();
    Room {
        facts,
        as_of: "2025-04-10T12:00:00Z",
        period: "2025-03",
        mode: Mode::Event,
        population: Population::First,
        filter: Filter::default(),
    }
}

impl Room {
    fn scope(&self) -> Scope {
        let book = book("UTC");
        let period = Period::parse(self.period, Day(0), &book.calendar).unwrap();
        Scope::new(&self.facts, &book, period, at(self.as_of))
            .with_mode(self.mode)
            .with_population(self.population)
            .with_filter(&self.facts, self.filter.clone())
    }

    fn figure(&self, metric: Metric) -> Figure {
        figure(metric, &self.facts, &book("UTC"), &self.scope())
    }

    fn whole(&self, metric: Metric) -> Option<i64> {
        self.figure(metric).whole()
    }

    /// To four decimals.
    fn real(&self, metric: Metric) -> Option<f64> {
        self.figure(metric).real().map(|x| (x * 1e4).round() / 1e4)
    }
}

fn march() -> Period {
    Period::parse("2025-03", Day(0), &book("UTC").calendar).unwrap()
}

#[test]
fn an_empty_history_shows_zeros_and_dashes_and_no_number_is_made_up() {
    let room = room(empty());
    for metric in Metric::ALL {
        let figure = room.figure(*metric);
        match figure.value {
            None => {}
            Some(Value::Whole(n)) => assert_eq!(n, 0, "{metric:?}"),
            Some(Value::Real(x)) => assert!(
                *metric == Metric::RepHoursOnRejected && x == 0.0,
                "{metric:?}"
            ),
        }
    }
    assert_eq!(
        room.figure(Metric::CostPerLead).note.as_deref(),
        Some("no spend recorded")
    );
}

/// Three deals: 100.00 EUR and 50.00 USD in March, 30.00 EUR in February taken back in March; one in GBP without a rate.
fn headline() -> Facts {
    let mut facts = empty();
    let rows = [
        qualified(&facts, at("2025-02-10T00:00:00Z"), 3_000, "2025-05-01"),
        qualified(&facts, at("2025-03-01T00:00:00Z"), 10_000, "2025-05-01"),
        qualified(&facts, at("2025-03-31T23:59:59Z"), 5_000, "2025-05-01"),
        qualified(&facts, at("2025-03-15T00:00:00Z"), 7_000, "2025-05-01"),
        qualified(&facts, at("2025-04-01T00:00:00Z"), 90_000, "2025-05-01"),
    ];
    for (i, mut row) in rows.into_iter().enumerate() {
        row.id = i as i64 + 1;
        match i {
            0 => row.reversed = at("2025-03-20T00:00:00Z"),
            2 => (row.currency, row.qualified_currency) = (1, 1),
            3 => (row.currency, row.qualified_currency) = (2, 2),
            _ => {}
        }
        row.source = [0, 0, 2, NONE, 0][i];
        facts.opportunities.push(row);
    }
    facts
}

#[test]
fn the_headline_freezes_converts_and_takes_back() {
    let room = room(headline());
    let figure = room.figure(Metric::QualifiedPipelineSourced);
    // 100.00 + 50.00 USD × 0.90 − 30.00; the pounds are counted and not priced.
    assert_eq!(figure.whole(), Some(10_000 + 4_500 - 3_000));
    assert_eq!((figure.unpriced, figure.n), (1, 4));
    assert!(figure.note.unwrap().contains("restated: 1 taken back"));
    assert_eq!(room.whole(Metric::SqoCount), Some(2));
    // Median and mean of those that stand and have a price: 100.00 and 45.00.
    assert_eq!(room.real(Metric::DealSize), Some(7_250.0));
    assert_eq!(room.real(Metric::DealSizeMean), Some(7_250.0));
    let drill = rows(
        Metric::QualifiedPipelineSourced,
        &room.facts,
        &book("UTC"),
        &room.scope(),
    );
    assert_eq!(drill.rows[0].rows, [1, 3, 2]);
    assert_eq!(drill.rows[0].adds, [Some(10_000), None, Some(4_500)]);
    assert_eq!(
        (drill.rows[1].rows.as_slice(), drill.rows[1].adds.as_slice()),
        (&[0][..], &[Some(-3_000)][..])
    );
    let board = Board::compute(&room.facts, &book("UTC"), &room.scope());
    assert_eq!(board.headline.restated, -3_000);
    assert_eq!(board.headline.value.before.unwrap().whole(), Some(3_000));
}

#[test]
fn the_past_does_not_move_when_a_value_changes_or_a_rate_does() {
    let mut facts = headline();
    facts.opportunities.rows[1].amount = Some(99_999);
    assert_eq!(
        room(facts).whole(Metric::QualifiedPipelineSourced),
        Some(11_500)
    );
}

#[test]
fn sources_have_sides_and_unknown_stands_apart() {
    let mut room = room(headline());
    // Outbound is sales' own: 45.00 of 115.00.
    assert_eq!(room.real(Metric::SelfSourcedShare), Some(0.3913));
    let board = Board::compute(&room.facts, &book("UTC"), &room.scope());
    let by_side: Vec<_> = board
        .sides
        .iter()
        .map(|l| (l.name.as_str(), l.figures[0].whole()))
        .collect();
    assert_eq!(
        by_side,
        [
            ("marketing", Some(7_000)),
            ("sales", Some(4_500)),
            ("partner", Some(0)),
            ("unknown", None)
        ]
    );
    room.filter.toggle(Dimension::Source, 2);
    assert_eq!(room.real(Metric::PipelineContribution), Some(0.3913));
}

#[test]
fn attainment_gap_and_pace_against_working_days() {
    let mut facts = headline();
    target(&mut facts, "qualified_pipeline_sourced", &march(), 23_000);
    let mut room = room(facts);
    assert_eq!(room.real(Metric::PipelineAttainment), Some(0.5));
    assert_eq!(room.whole(Metric::PipelineGap), Some(11_500));
    assert_eq!(room.real(Metric::PipelinePace), Some(0.5));
    // March 2025 has 21 working days. On Friday the 14th at noon nine are over; by then 100.00 qualified.
    room.as_of = "2025-03-14T12:00:00Z";
    assert_eq!(
        room.real(Metric::PipelinePace),
        Some(((10_000.0 / (23_000.0 * 9.0 / 21.0)) * 1e4_f64).round() / 1e4)
    );
    // After 17:00 the tenth is over too.
    room.as_of = "2025-03-14T17:00:00Z";
    assert_eq!(
        room.real(Metric::PipelinePace),
        Some(((10_000.0 / (23_000.0 * 10.0 / 21.0)) * 1e4_f64).round() / 1e4)
    );
    room.filter.toggle(Dimension::Source, 0);
    assert_eq!(room.real(Metric::PipelineAttainment), None);
    assert!(
        room.figure(Metric::PipelineAttainment)
            .note
            .unwrap()
            .contains("whole workspace")
    );
}

#[test]
fn five_hundred_mqls_against_417_are_119_9_percent() {
    let mut facts = empty();
    for _ in 0..500 {
        let row = lead(&mut facts, at("2025-03-02T00:00:00Z"), 0);
        facts
            .leads
            .mql
            .set(row as usize, at("2025-03-03T00:00:00Z"));
    }
    target(&mut facts, "mqls", &march(), 417);
    let room = room(facts);
    assert_eq!(room.whole(Metric::Mqls), Some(500));
    assert_eq!(room.real(Metric::MqlAttainment), Some(1.199));
    assert_eq!(
        crate::metrics::show::full(&room.figure(Metric::MqlAttainment)),
        "119.9 %"
    );
}

#[test]
fn leads_need_a_contact_channel_and_exclusions_are_counted() {
    let mut facts = empty();
    let base = LeadRow {
        id: 1,
        created: at("2025-03-05T00:00:00Z"),
        mql: Moment::NEVER,
        source: 0,
        campaign: NONE,
        segment: NONE,
        owner: NONE,
        account: 0,
        contactable: true,
        excluded: None,
    };
    facts.leads.push(base);
    facts.leads.push(LeadRow {
        id: 2,
        contactable: false,
        ..base
    });
    for (id, why) in [
        (3, Exclusion::Test),
        (4, Exclusion::Duplicate),
        (5, Exclusion::Duplicate),
    ] {
        facts.leads.push(LeadRow {
            id,
            excluded: Some(why),
            ..base
        });
    }
    let room = room(facts);
    assert_eq!(room.whole(Metric::Leads), Some(1));
    let board = Board::compute(&room.facts, &book("UTC"), &room.scope());
    assert_eq!(
        (
            board.left_out.test,
            board.left_out.internal,
            board.left_out.duplicate
        ),
        (1, 0, 2)
    );
}

/// Six handoffs of March: accepted, rejected with evidence, rejected without, rejected as duplicate, recycled, open; and one
/// handed off in February, accepted in March. Created at noon; one hour later handed off and assigned at once.
fn verdicts() -> Facts {
    let mut facts = empty();
    let days = [
        "2025-03-03",
        "2025-03-04",
        "2025-03-05",
        "2025-03-06",
        "2025-03-07",
        "2025-03-10",
        "2025-02-26",
    ];
    for (i, date) in days.iter().enumerate() {
        let row = lead(
            &mut facts,
            at(&format!("{date}T11:00:00Z")),
            [0, 0, 1, 1, 0, 1, 0][i],
        );
        let mut own = handoff(&facts, row);
        own.assigned = own.handed_off;
        let after = |hours: i64| Moment(own.handed_off.0 + hours * HOUR);
        let (verdict, evidence, reason) = match i {
            0 | 6 => (Some(Verdict::Accepted), Evidence::Spoke, NONE),
            1 => (Some(Verdict::Rejected), Evidence::Spoke, 0),
            2 => (Some(Verdict::Rejected), Evidence::None, 4),
            3 => (Some(Verdict::Rejected), Evidence::None, 2),
            4 => (Some(Verdict::Recycled), Evidence::Spoke, NONE),
            _ => (None, Evidence::None, NONE),
        };
        own.verdict = verdict;
        own.verdict_at = if verdict.is_some() {
            after(if i == 6 { 24 * 5 } else { 48 })
        } else {
            Moment::NEVER
        };
        (own.evidence, own.reason) = (evidence, reason);
        // First attempts: at once, after 5 h, after 24 h, never, after 2 h, never, after 1 h.
        let tried = [Some(0), Some(5), Some(24), None, Some(2), None, Some(1)][i];
        if let Some(hours) = tried {
            own.first_attempt = after(hours);
            own.attempts = [1, 4, 2, 0, 1, 0, 1][i];
            own.minutes_logged = [10, 30, 0, 0, 5, 0, 5][i];
            own.minutes_assumed = [0, 0, 16, 0, 0, 0, 0][i];
        }
        if matches!(i, 0 | 1 | 6) {
            own.first_connected = own.first_attempt;
        }
        facts.handoffs.push(own);
    }
    facts
}

#[test]
fn verdicts_by_event_and_by_cohort_disagree_and_both_are_right() {
    let mut room = room(verdicts());
    assert_eq!(room.whole(Metric::Handoffs), Some(6));
    // By verdict: 2 accepted, 3 rejected in March.
    assert_eq!(room.real(Metric::AcceptanceRate), Some(0.4));
    assert_eq!(room.real(Metric::RejectionRate), Some(0.6));
    assert_eq!(room.real(Metric::AcceptanceOfHandoffs), Some(0.3333));
    room.mode = Mode::Cohort;
    // Of March's handoffs: 1 accepted, 3 rejected, 1 recycled, 1 open.
    let accepted = room.figure(Metric::AcceptanceRate);
    assert_eq!(
        (accepted.real(), accepted.n, accepted.open),
        (Some(0.25), 4, 1)
    );
    assert_eq!(room.real(Metric::AcceptanceOfHandoffs), Some(0.1667));
    assert_eq!(room.real(Metric::WorkedRate), Some(0.8333));
    let (low, high) = accepted.interval.unwrap();
    assert!(
        low > 0.04 && low < 0.05 && high > 0.69 && high < 0.70,
        "{low} {high}"
    );
    assert!(accepted.small_n);
}

#[test]
fn rejections_by_reason_source_and_evidence() {
    let room = room(verdicts());
    // Student and its retired forerunner, Duplicate: 2 of 3.
    let by_reason = room.figure(Metric::RejectionsByReason);
    assert_eq!(
        (by_reason.numerator, by_reason.denominator),
        (Some(2), Some(3))
    );
    assert_eq!(by_reason.note.as_deref(), Some("Student"));
    // Webinar 1 of 3 decided, Trade show 2 of 2.
    let by_source = room.figure(Metric::RejectionsBySource);
    assert_eq!(
        (by_source.numerator, by_source.denominator),
        (Some(2), Some(2))
    );
    assert_eq!(by_source.note.as_deref(), Some("Trade show"));
    // No evidence twice, but a duplicate can be checked by anybody.
    let unverified = room.figure(Metric::UnverifiedRejections);
    assert_eq!(
        (unverified.numerator, unverified.denominator),
        (Some(1), Some(3))
    );
    // Rejected without a conversation: 2 and 0 attempts.
    assert_eq!(room.real(Metric::AttemptsBeforeGivingUp), Some(1.0));
    assert_eq!(room.real(Metric::AttemptsBeforeGivingUpMedian), Some(1.0));
    // 30 + 16 + 0 minutes at 60.00 an hour.
    assert_eq!(room.real(Metric::RepHoursOnRejected), Some(0.7667));
    assert_eq!(room.whole(Metric::RepCostOnRejected), Some(4_600));
    assert!(
        room.figure(Metric::RepHoursOnRejected)
            .note
            .unwrap()
            .starts_with("65 % measured")
    );
}

#[test]
fn speed_ranks_the_untouched_last_and_sla_counts_what_is_due() {
    let mut room = room(verdicts());
    // Created to first attempt in hours: 1, 6, 25, 3 and two never: the middle of 1 3 6 25 ∞ ∞ is (6 + 25) ÷ 2.
    assert_eq!(room.real(Metric::SpeedToLead), Some(15.5));
    assert_eq!(room.real(Metric::SpeedToLeadP90), None);
    assert_eq!(room.real(Metric::UntouchedShare), Some(0.3333));
    assert_eq!(room.real(Metric::SystemDelay), Some(1.0));
    // Assigned to attempt: 0 2 5 24 ∞ ∞.
    assert_eq!(room.real(Metric::HumanDelay), Some(14.5));
    // Eight business hours from noon: the next working day at noon. In time: 0, 5 and 2 h, and 24 h to the minute.
    let sla = room.figure(Metric::SlaAttainment);
    assert_eq!((sla.numerator, sla.denominator), (Some(4), Some(6)));
    assert_eq!(room.real(Metric::ContactRate), Some(0.5));
    assert_eq!(room.real(Metric::FeedbackLatency), Some(2.0));
    assert_eq!(room.real(Metric::FeedbackLatencyP90), None);
    assert_eq!(room.real(Metric::FeedbackWithin), Some(0.8333));
    // Untouched and without a verdict for more than 14 days: the open one.
    assert_eq!(room.real(Metric::IgnoredShare), Some(0.1667));
    // On the 11th the SLA of the one assigned on Monday the 10th at noon is over at noon, not before.
    room.as_of = "2025-03-11T11:59:59Z";
    assert_eq!(room.figure(Metric::SlaAttainment).denominator, Some(5));
    room.as_of = "2025-03-11T12:00:00Z";
    assert_eq!(room.figure(Metric::SlaAttainment).denominator, Some(6));
}

#[test]
fn a_recycled_lead_counts_again_only_when_all_handoffs_are_asked_for() {
    let mut facts = verdicts();
    let again = HandoffRow {
        id: 50,
        number: 2,
        handed_off: at("2025-03-20T00:00:00Z"),
        verdict: Some(Verdict::Rejected),
        verdict_at: at("2025-03-21T00:00:00Z"),
        evidence: Evidence::Spoke,
        reason: 3,
        ..handoff(&facts, 1)
    };
    facts.handoffs.push(again);
    spend(&mut facts, 0, "2025-03-09", 3_000);
    let mut room = room(facts);
    assert_eq!(room.whole(Metric::Handoffs), Some(6));
    // Webinar, March: 30.00 ÷ 3 leads = 10.00; its verified rejection wastes 10.00. Trade show has no spend.
    assert_eq!(room.whole(Metric::WastedSpend), Some(1_000));
    room.population = Population::All;
    assert_eq!(room.whole(Metric::Handoffs), Some(7));
    assert_eq!(room.figure(Metric::RejectionRate).numerator, Some(4));
    // The lead was rejected before: its cost is wasted once.
    assert_eq!(room.whole(Metric::WastedSpend), Some(1_000));
}

#[test]
fn costs_per_lead_need_spend_unless_the_channel_is_free() {
    let mut facts = verdicts();
    lead(&mut facts, at("2025-03-12T00:00:00Z"), 2);
    spend(&mut facts, 0, "2025-03-31", 30_000);
    spend(&mut facts, 0, "2025-04-01", 99_000);
    facts.spend.push(SpendRow {
        id: 9,
        source: 0,
        campaign: NONE,
        lead: NONE,
        on: day("2025-03-31"),
        kind: SpendKind::SalesPeople,
        amount: 70_000,
        currency: 0,
    });
    let won = OpportunityRow {
        outcome: Some(DealOutcome::Won),
        closed: at("2025-03-30T00:00:00Z"),
        account: 7,
        ..qualified(&facts, at("2025-03-10T00:00:00Z"), 400_000, "2025-03-30")
    };
    facts.opportunities.push(won);
    facts.opportunities.push(OpportunityRow {
        id: 2,
        closed: at("2025-03-31T00:00:00Z"),
        ..won
    });
    let mut room = room(facts);
    // 300.00 of media ÷ 7 leads of March.
    assert_eq!(room.real(Metric::CostPerLead), Some(4_285.7143));
    assert_eq!(room.real(Metric::CostPerAccepted), Some(15_000.0));
    assert_eq!(room.real(Metric::CostPerSqo), Some(15_000.0));
    assert_eq!(room.real(Metric::CostPerPipelineUnit), Some(0.0375));
    // Two deals of one company: one new customer, 1,000.00 in all, 300.00 of it media.
    assert_eq!(room.real(Metric::Cac), Some(100_000.0));
    assert_eq!(room.real(Metric::CacMedia), Some(30_000.0));
    room.filter.toggle(Dimension::Source, 2);
    assert_eq!(room.real(Metric::CostPerLead), Some(0.0));
    room.filter = Filter::default();
    room.filter.toggle(Dimension::Source, 1);
    assert_eq!(room.real(Metric::CostPerLead), None);
}

/// Won 500.00 with a known delivery cost of 100.00, won 300.00 with an unknown one, lost 200.00, no decision, a win taken back.
fn closed() -> Facts {
    let mut facts = empty();
    for (i, (outcome, minor)) in [
        (DealOutcome::Won, 50_000),
        (DealOutcome::Won, 30_000),
        (DealOutcome::Lost, 20_000),
        (DealOutcome::NoDecision, 10_000),
        (DealOutcome::Won, 40_000),
    ]
    .into_iter()
    .enumerate()
    {
        let own = OpportunityRow {
            id: i as i64 + 1,
            outcome: Some(outcome),
            closed: at(&format!("2025-03-{:02}T10:00:00Z", 10 + i)),
            delivery_cost: (i == 0).then_some(10_000),
            reversed: if i == 4 {
                at("2025-04-05T00:00:00Z")
            } else {
                Moment::NEVER
            },
            lost_reason: if i == 2 { 3 } else { NONE },
            ..qualified(&facts, at("2025-03-04T22:00:00Z"), minor, "2025-03-20")
        };
        facts.opportunities.push(own);
    }
    facts
}

#[test]
fn revenue_margin_and_win_rate() {
    let mut facts = closed();
    spend(&mut facts, 0, "2025-03-02", 5_000);
    target(&mut facts, "revenue", &march(), 200_000);
    let mut room = room(facts);
    // The win taken back in April stays in March and leaves April.
    assert_eq!(room.whole(Metric::Revenue), Some(120_000));
    assert_eq!(room.real(Metric::RevenueAttainment), Some(0.6));
    assert_eq!(room.whole(Metric::ContributionMarginBefore), Some(40_000));
    assert_eq!(room.whole(Metric::ContributionMargin), Some(35_000));
    assert_eq!(room.real(Metric::ContributionMarginShare), Some(0.7));
    assert!(
        room.figure(Metric::ContributionMargin)
            .note
            .unwrap()
            .contains("margin unknown for 2 deals")
    );
    // 2 of 3 decided; by value 800.00 of 1,000.00; broad 2 of 4.
    assert_eq!(room.real(Metric::WinRate), Some(0.6667));
    assert_eq!(room.real(Metric::WinRateByValue), Some(0.8));
    assert_eq!(room.real(Metric::WinRateBroad), Some(0.5));
    assert_eq!(room.real(Metric::PipelineCoverageNeeded), Some(1.5));
    // 4 March to 10 and 11 March; to 12 March.
    assert_eq!(room.real(Metric::CycleTime), Some(6.5));
    assert_eq!(room.real(Metric::CycleTimeLost), Some(8.0));
    // Lost for fit after 8 days, and taken back after 32: one of five.
    assert_eq!(room.real(Metric::RecordedTooEarly), Some(0.2));
    room.period = "2025-04";
    assert_eq!(room.whole(Metric::Revenue), Some(-40_000));
    assert_eq!(room.real(Metric::WinRate), None);
}

#[test]
fn three_readings_and_what_lies_between() {
    let mut facts = closed();
    let row = lead(&mut facts, at("2025-03-03T00:00:00Z"), 0);
    facts.handoffs.push(handoff(&facts, row));
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
            .contains("1 past their close date")
    );
    assert_eq!(room.whole(Metric::StaleOpportunities), Some(1));
    let readings = Board::compute(&room.facts, &book("UTC"), &room.scope()).readings;
    let steps = |steps: &[crate::metrics::readings::Difference]| -> Vec<i64> {
        steps.iter().map(|step| step.amount).collect()
    };
    assert_eq!(steps(&readings.to_sales), [-100_000, -100_000, 100_000]);
    assert_eq!(steps(&readings.to_finance), [-100_000, 0, -66_666, -40_000]);
}

#[test]
fn coverage_against_what_is_missing_and_met_when_nothing_is() {
    let mut facts = closed();
    let own = qualified(&facts, at("2025-03-05T00:00:00Z"), 120_000, "2025-03-25");
    facts.opportunities.push(OpportunityRow { id: 9, ..own });
    target(&mut facts, "revenue", &march(), 180_000);
    let mut room = room(facts);
    assert_eq!(room.real(Metric::PipelineCoverage), Some(2.0));
    room.facts.targets.0[0].value = 120_000;
    let met = room.figure(Metric::PipelineCoverage);
    assert_eq!(
        (met.real(), met.note.as_deref()),
        (None, Some("target met"))
    );
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
fn source_trust_waits_until_handoffs_could_have_qualified() {
    let mut facts = empty();
    for i in 0..3 {
        let row = lead(
            &mut facts,
            at(&format!("2025-03-{:02}T00:00:00Z", 1 + 14 * i)),
            0,
        );
        let own = HandoffRow {
            verdict: Some(Verdict::Accepted),
            verdict_at: at("2025-03-30T00:00:00Z"),
            ..handoff(&facts, row)
        };
        facts.handoffs.push(own);
    }
    let own = qualified(&facts, at("2025-03-31T01:00:00Z"), 1_000, "2025-05-01");
    facts.opportunities.push(OpportunityRow {
        lead: 0,
        handoff: 0,
        ..own
    });
    let room = room(facts);
    // It took 30 days once; on 10 April at noon only the first handoff is that old.
    let trust = room.figure(Metric::SourceTrust);
    assert_eq!((trust.numerator, trust.denominator), (Some(1), Some(1)));
    assert_eq!(trust.note.as_deref(), Some("2 too young to judge"));
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
    let amount = |change: Change| fall.steps[change as usize].amount;
    assert_eq!((fall.start, fall.end), (7_000, 7_000));
    assert_eq!(amount(Change::Qualified), 10_000);
    assert_eq!(amount(Change::RevaluedUp), 2_500);
    assert_eq!(amount(Change::PushedOut), -12_500);
    assert_eq!(amount(Change::PulledIn), 12_500);
    assert_eq!(amount(Change::RevaluedDown), -3_500);
    assert_eq!(amount(Change::Won), -9_000);
    assert_eq!((amount(Change::Lost), amount(Change::Reversed)), (0, 0));
    assert_eq!(room.whole(Metric::Waterfall), Some(7_000));
}

#[test]
fn sums_that_do_not_fit_say_so() {
    let mut facts = empty();
    for id in 1..=2 {
        let own = qualified(
            &facts,
            at("2025-03-05T00:00:00Z"),
            i64::MAX - 5,
            "2025-04-01",
        );
        facts.opportunities.push(OpportunityRow { id, ..own });
    }
    let figure = room(facts).figure(Metric::QualifiedPipelineSourced);
    assert_eq!(
        (figure.value, figure.note.as_deref()),
        (None, Some("too large to add up"))
    );
}

#[test]
fn an_empty_period_points_to_the_nearest_one_that_holds_data() {
    let mut room = room(verdicts());
    room.period = "2026-01";
    let board = Board::compute(&room.facts, &book("UTC"), &room.scope());
    assert!(!board.has_data);
    assert_eq!(board.elsewhere.unwrap().label, "2025-03");
    let deal = deal(&room.facts, Moment(0));
    assert_eq!(deal.outcome, None);
}
