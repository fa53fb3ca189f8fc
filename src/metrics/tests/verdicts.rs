//! Verdicts, speed and cost counted by hand.

use super::fixture::{HOUR, at, book, day, deal, empty, handoff, lead, qualified, spend};
use crate::domain::moment::Moment;
use crate::domain::verdict::{DealOutcome, Evidence, SpendKind, Verdict};
use crate::facts::Facts;
use crate::facts::column::NONE;
use crate::facts::filter::{Dimension, Filter};
use crate::facts::handoffs::HandoffRow;
use crate::facts::opportunities::OpportunityRow;
use crate::facts::spend::SpendRow;
use crate::metrics::{Board, Metric, Mode, Population, breakdown, rows};

use super::room::room;

/// Six handoffs of March: accepted, rejected with evidence, rejected without, rejected as duplicate, recycled, open; and one
/// handed off in February, accepted in March. Created at noon; one hour later handed off and assigned at once.
pub(crate) fn verdicts() -> Facts {
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
    let mut dated_by_lead = verdicts();
    let at = dated_by_lead.handoffs.handed_off.get(0);
    dated_by_lead.handoffs.verdict_at.set(0, at);
    dated_by_lead.handoffs.index();
    let dated = super::room::room(dated_by_lead);
    let left = dated.figure(Metric::FeedbackLatency);
    assert_eq!(left.n, 5);
    assert!(
        left.note
            .unwrap()
            .contains("1 without a time of their own, left out")
    );
    // 4 of the 5 whose days are over and whose verdict has a time.
    assert_eq!(dated.real(Metric::FeedbackWithin), Some(0.8));
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
    assert_eq!(room.real(Metric::CostPerLead), Some(4_285.714_3));
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
    // Nothing that is old enough was rejected: a run of 0; where nothing was decided, none at all.
    assert_eq!(room.whole(Metric::SourceTrustRun), Some(0));
    let by_source = breakdown(Dimension::Source, &room.facts, &book("UTC"), &room.scope());
    for line in &by_source {
        let run = line.figure(Metric::SourceTrustRun).unwrap();
        let trust = line.figure(Metric::SourceTrust).unwrap();
        assert_eq!(run.value.is_some(), trust.value.is_some(), "{}", line.name);
    }
}

#[test]
fn the_longest_run_of_rejections_is_counted_by_source() {
    let mut facts = empty();
    // In the order of hand-over. Webinar: r r a r, recycled, r r. Trade show: r a, open, r.
    let (rejected, accepted) = (Some(Verdict::Rejected), Some(Verdict::Accepted));
    for (n, (source, verdict)) in [
        (0, rejected),
        (1, rejected),
        (0, rejected),
        (0, accepted),
        (1, accepted),
        (0, rejected),
        (0, Some(Verdict::Recycled)),
        (0, rejected),
        (1, None),
        (0, rejected),
        (1, rejected),
    ]
    .into_iter()
    .enumerate()
    {
        let row = lead(
            &mut facts,
            at(&format!("2025-03-{:02}T00:00:00Z", 1 + n)),
            source,
        );
        let own = HandoffRow {
            verdict,
            verdict_at: verdict.map_or(Moment::NEVER, |_| at("2025-03-20T00:00:00Z")),
            ..handoff(&facts, row)
        };
        facts.handoffs.push(own);
    }
    // Qualified at once, so that all of them are old enough.
    let own = qualified(&facts, at("2025-03-04T02:00:00Z"), 1_000, "2025-05-01");
    facts.opportunities.push(OpportunityRow {
        lead: 3,
        handoff: 3,
        ..own
    });
    let room = room(facts);
    // Of all: r r r, a a, r r r r.
    assert_eq!(room.whole(Metric::SourceTrustRun), Some(4));
    let drill = rows(
        Metric::SourceTrustRun,
        &room.facts,
        &book("UTC"),
        &room.scope(),
    );
    assert_eq!(drill.rows[0].rows, [5, 7, 9, 10]);
    let by_source = breakdown(Dimension::Source, &room.facts, &book("UTC"), &room.scope());
    let mut runs: Vec<(&str, Option<i64>)> = by_source
        .iter()
        .map(|line| {
            let run = line.figure(Metric::SourceTrustRun).unwrap();
            (line.name.as_str(), run.whole())
        })
        .collect();
    runs.sort_unstable();
    // The deal names no source: nothing was decided there.
    let expected = [
        ("Trade show", Some(1)),
        ("Webinar", Some(3)),
        ("unknown", None),
    ];
    assert_eq!(runs, expected);
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
