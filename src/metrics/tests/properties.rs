//! What holds for every history, every period, every filter.

use proptest::prelude::*;

use super::fixture::{DAY, MARCH, book, empty, lead, qualified};
use super::random::random;
use crate::domain::book::Book;
use crate::domain::moment::Moment;
use crate::domain::period::{Period, Span};
use crate::facts::Facts;
use crate::facts::column::NONE;
use crate::facts::filter::{Dimension, Filter};
use crate::facts::opportunities::{DealChange, DealEvent};
use crate::metrics::{
    Board, LineOf, Made, Metric, Mode, Population, RowSet, Scope, Unit, breakdown, figure, rows,
};

fn period(book: &Book, span: usize, step: i32) -> Period {
    let spans = [
        Span::Month,
        Span::Quarter,
        Span::Week,
        Span::Year,
        Span::All,
    ];
    let day = book.calendar.day_of(Moment(MARCH));
    Period::around(day, spans[span % 5], &book.calendar).step(step, &book.calendar)
}

prop_compose! {
    fn scopes()(
        seed in 0_u64..1_000,
        span in 0_usize..5,
        step in -3_i32..4,
        as_of in -20_i64..130,
        cohort in any::<bool>(),
        all in any::<bool>(),
        filter in 0_u32..8,
    ) -> (Facts, Book, Scope) {
        let facts = random(seed, 120);
        let book = book("Europe/Berlin");
        let period = period(&book, span, step);
        let mut scope = Scope::new(&facts, &book, period, Moment(MARCH + as_of * DAY + 45_000))
            .with_mode(if cohort { Mode::Cohort } else { Mode::Event })
            .with_population(if all { Population::All } else { Population::First });
        if filter < 5 {
            let mut chosen = Filter::default();
            chosen.toggle(Dimension::ALL[filter as usize % 4], if filter == 4 { NONE } else { filter % 3 });
            scope = scope.with_filter(&facts, chosen);
        }
        (facts, book, scope)
    }
}

fn sum(sets: &[RowSet]) -> i64 {
    sets.iter().map(|set| set.sum().unwrap()).sum()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_opens_behind_a_number_adds_up_to_it((facts, book, scope) in scopes()) {
        for metric in Metric::ALL {
            let figure = figure(*metric, &facts, &book, &scope);
            let drill = rows(*metric, &facts, &book, &scope);
            for set in drill.rows.iter().chain(&drill.base) {
                prop_assert_eq!(set.rows.len(), set.adds.len());
            }
            match drill.made {
                Made::Sum => {
                    prop_assert_eq!(figure.numerator, Some(sum(&drill.rows)), "{:?}", metric);
                    if let Some(whole) = figure.whole() {
                        prop_assert_eq!(whole, sum(&drill.rows));
                    }
                }
                Made::Quotient => {
                    prop_assert_eq!(figure.numerator, Some(sum(&drill.rows)), "{:?}", metric);
                    if let (false, Some(value), false) = (drill.base.is_empty(), figure.real(), matches!(metric, Metric::PipelineCoverage | Metric::CriteriaVerdictKappa)) {
                        prop_assert_eq!(figure.denominator, Some(sum(&drill.base)), "{:?}", metric);
                        let quotient = sum(&drill.rows) as f64 / sum(&drill.base) as f64;
                        prop_assert!((value - quotient).abs() < 1e-9, "{:?}", metric);
                    }
                }
                Made::Median | Made::Ninetieth => {
                    // Counted the slow way: sort everything, what is open last.
                    let mut all: Vec<i64> = drill.rows[0].adds.iter().map(|add| add.unwrap_or(i64::MAX)).collect();
                    if *metric == Metric::DealSize {
                        all.retain(|add| *add != i64::MAX);
                    }
                    all.sort_unstable();
                    let n = all.len();
                    prop_assert_eq!(figure.n as usize, n, "{:?}", metric);
                    let places = match (n, drill.made) {
                        (0, _) => vec![],
                        (_, Made::Median) => vec![all[(n - 1) / 2], all[n / 2]],
                        _ => vec![all[(n * 9).div_ceil(10) - 1]],
                    };
                    let unit = match (figure.unit, *metric) {
                        (Unit::Hours, _) => 3_600.0,
                        (Unit::Days, Metric::FeedbackLatency | Metric::FeedbackLatencyP90) => 86_400.0,
                        _ => 1.0,
                    };
                    let open = places.is_empty() || places.contains(&i64::MAX);
                    let expected = (!open).then(|| places.iter().map(|p| *p as f64).sum::<f64>() / places.len() as f64 / unit);
                    prop_assert_eq!(figure.real().map(|v| (v * 1e6).round()), expected.map(|v| (v * 1e6).round()), "{:?}", metric);
                }
            }
        }
    }

    #[test]
    fn the_board_shows_the_same_figures_as_one_asked_for((facts, book, scope) in scopes()) {
        let board = Board::compute(&facts, &book, &scope);
        let mut seen = std::collections::HashSet::new();
        for shown in board.figures() {
            prop_assert_eq!(shown, &figure(shown.id, &facts, &book, &scope));
            seen.insert(shown.id);
        }
        prop_assert_eq!(seen.len(), Metric::ALL.len());
        let before = scope.with_period(scope.period.step(-1, &book.calendar));
        for compared in board.marketing.iter().chain(&board.sales).chain(&board.misalignment) {
            if let Some(shown) = &compared.before {
                prop_assert_eq!(shown, &figure(shown.id, &facts, &book, &before));
            }
        }
        let last = board.headline.trend.last().unwrap();
        if scope.period.span != Span::All && board.has_begun() {
            prop_assert_eq!(last.value, board.headline.value.now.real());
        }
    }

    #[test]
    fn the_waterfall_balances_and_readings_lead_into_each_other((facts, book, scope) in scopes()) {
        let board = Board::compute(&facts, &book, &scope);
        let fall = &board.waterfall;
        let steps: i64 = fall.steps.iter().map(|step| step.amount.unwrap()).sum();
        prop_assert_eq!(fall.start.map(|start| start + steps), fall.end);
        for step in &fall.steps {
            prop_assert_eq!(step.rows.sum(), step.amount);
        }
        let readings = &board.readings;
        let to = |steps: &[crate::metrics::readings::Difference]| -> i64 { steps.iter().map(|s| s.amount.unwrap()).sum() };
        let reading = |figure: &crate::metrics::Figure| figure.numerator.unwrap();
        prop_assert_eq!(reading(&readings.marketing) + to(&readings.to_sales), reading(&readings.sales));
        prop_assert_eq!(reading(&readings.sales) + to(&readings.to_finance), reading(&readings.finance));
    }

    #[test]
    fn what_falls_into_the_second_of_a_qualification_is_not_lost(
        changes in prop::collection::vec((-1_i64..=1, 1_i64..900_000), 0..6), gate in 0_usize..6, begins in 0_i64..2,
    ) {
        let mut facts = empty();
        let at = Moment(MARCH + 10 * DAY);
        let mut own = qualified(&facts, at, 500_000, "2025-04-10");
        let mut listed: Vec<(Moment, DealChange)> = Vec::new();
        let mut expected = own.qualified_amount;
        // As they were written down: within a second, by their order.
        for (n, (offset, amount)) in changes.iter().enumerate() {
            if n == gate.min(changes.len()) {
                listed.push((at, DealChange::Qualified));
            }
            listed.push((Moment(at.0 + offset), DealChange::Amount(1, *amount)));
        }
        if gate >= changes.len() {
            listed.push((at, DealChange::Qualified));
        }
        listed.sort_by_key(|(at, _)| *at);
        let passed = listed.iter().position(|(_, change)| *change == DealChange::Qualified).unwrap();
        for (_, change) in &listed[passed + 1..] {
            if let DealChange::Amount(_, after) = change {
                expected = *after;
            }
        }
        own.amount = Some(expected);
        facts.opportunities.push(own);
        facts.opportunities.events = listed.into_iter().map(|(at, change)| DealEvent { deal: 0, at, change }).collect();
        facts.index();
        let book = book("UTC");
        // From before the second, or with it as the first of the period.
        let mut period = Period::all();
        period.start_at = Moment(at.0 - 1 + begins);
        let scope = Scope::new(&facts, &book, period, Moment(MARCH + 20 * DAY));
        let fall = Board::compute(&facts, &book, &scope).waterfall;
        let steps: i64 = fall.steps.iter().map(|step| step.amount.unwrap()).sum();
        prop_assert_eq!((fall.start, fall.end), (Some(0), Some(expected)));
        prop_assert_eq!(steps, expected);
        prop_assert_eq!(fall.steps[0].amount, Some(500_000));
    }

    #[test]
    fn neighbouring_waterfalls_of_one_horizon_meet(seed in 0_u64..1_000, days in 1_i64..100) {
        // The end of everything up to one moment is the same deals as the pipeline at that moment.
        let facts = random(seed, 120);
        let book = book("Europe/Berlin");
        let as_of = Moment(MARCH + days * DAY);
        let scope = Scope::new(&facts, &book, Period::all(), as_of);
        let board = Board::compute(&facts, &book, &scope);
        let expected: Vec<u32> = (0..facts.opportunities.len() as u32)
            .filter(|row| {
                let own = &facts.opportunities.rows[*row as usize];
                let by = |at: Moment| at != Moment::NEVER && at <= as_of;
                let reversed = by(own.reversed) && own.reversed >= own.qualified;
                by(own.qualified) && !by(own.closed) && !reversed
                    && scope.mask.opportunities.contains(*row as usize)
            })
            .collect();
        prop_assert_eq!(&board.waterfall.end_rows.rows, &expected);
    }

    #[test]
    fn a_breakdown_line_is_the_figure_under_that_filter((facts, book, scope) in scopes(), which in 0_usize..4) {
        let scope = scope.with_filter(&facts, Filter::default());
        let dimension = Dimension::ALL[which];
        for line in breakdown(dimension, &facts, &book, &scope) {
            let LineOf::Code(code) = line.of else { panic!("a code") };
            let mut filter = Filter::default();
            filter.toggle(dimension, code);
            let there = scope.with_filter(&facts, filter);
            for shown in &line.figures {
                prop_assert_eq!(shown, &figure(shown.id, &facts, &book, &there), "{} {}", line.name, shown.id.id());
            }
        }
    }

    #[test]
    fn the_parts_of_a_filter_add_up_to_the_whole((facts, book, scope) in scopes(), which in 0_usize..4) {
        let scope = scope.with_filter(&facts, Filter::default());
        let dimension = Dimension::ALL[which];
        let additive = [
            Metric::Leads, Metric::Mqls, Metric::Handoffs, Metric::Conversations, Metric::FirstMeetings, Metric::SqoCount,
            Metric::QualifiedPipelineSourced, Metric::Revenue, Metric::ReadingMarketing, Metric::ReadingSales,
            Metric::StaleOpportunities, Metric::Waterfall, Metric::WastedSpend, Metric::RepCostOnRejected, Metric::Spend,
        ];
        for metric in additive {
            // Spend without a lead has no segment and no rep.
            if metric == Metric::Spend && which > 1 {
                continue;
            }
            let codes = [4, 6, 3, 3][which];
            let sum: i64 = (0..codes).chain([NONE]).map(|code| {
                let mut filter = Filter::default();
                filter.toggle(dimension, code);
                figure(metric, &facts, &book, &scope.with_filter(&facts, filter)).numerator.unwrap()
            }).sum();
            prop_assert_eq!(Some(sum), figure(metric, &facts, &book, &scope).numerator, "{:?}", metric);
        }
    }

    #[test]
    fn nothing_after_the_as_of_moment_counts((facts, book, scope) in scopes(), other in 0_u64..1_000) {
        let _ = other;
        let cut = cut(&facts, scope.as_of, &book);
        let there = Scope::new(&cut, &book, scope.period.clone(), scope.as_of)
            .with_mode(scope.mode)
            .with_population(scope.population)
            .with_filter(&cut, scope.filter.clone());
        for metric in Metric::ALL {
            prop_assert_eq!(
                figure(*metric, &facts, &book, &scope),
                figure(*metric, &cut, &book, &there),
                "{:?}", metric
            );
        }
    }

    #[test]
    fn a_lead_is_in_exactly_one_period(offset in 0_i64..400 * DAY, zone in 0_usize..4, span in 0_usize..4) {
        let zone = ["Europe/Berlin", "America/Santiago", "Pacific/Kiritimati", "Pacific/Niue"][zone];
        let book = book(zone);
        let mut facts = empty();
        lead(&mut facts, Moment(MARCH + offset), 0);
        facts.index();
        let first = period(&book, span, 0);
        let scope = Scope::new(&facts, &book, first.clone(), Moment(MARCH + 1_000 * DAY));
        let found: i64 = (-1..70).map(|n| {
            figure(Metric::Leads, &facts, &book, &scope.with_period(first.step(n, &book.calendar))).whole().unwrap()
        }).sum();
        prop_assert_eq!(found, 1);
    }
}

/// The same history as somebody would have seen it at the moment: everything later is taken out of the rows.
fn cut(facts: &Facts, as_of: Moment, book: &Book) -> Facts {
    let mut cut = facts.clone();
    let now = |at: Moment| if at > as_of { Moment::NEVER } else { at };
    for row in 0..facts.leads.len() {
        cut.leads
            .created
            .set(row, now(facts.leads.created.get(row)));
        cut.leads.mql.set(row, now(facts.leads.mql.get(row)));
    }
    let rows = &facts.handoffs;
    for row in 0..rows.len() {
        cut.handoffs
            .handed_off
            .set(row, now(rows.handed_off.get(row)));
        cut.handoffs.assigned.set(row, now(rows.assigned.get(row)));
        cut.handoffs
            .first_attempt
            .set(row, now(rows.first_attempt.get(row)));
        cut.handoffs
            .first_connected
            .set(row, now(rows.first_connected.get(row)));
        cut.handoffs
            .first_meeting
            .set(row, now(rows.first_meeting.get(row)));
        if rows.verdict_at.get(row) > as_of {
            cut.handoffs.verdict_at.set(row, Moment::NEVER);
            cut.handoffs.verdict[row] = 0;
        }
    }
    let deals = std::mem::take(&mut cut.opportunities);
    for mut own in deals.rows.iter().copied() {
        own.created = now(own.created);
        own.qualified = now(own.qualified);
        own.reversed = now(own.reversed);
        // Of the activities only the last is known: where it is later, there may have been one at the very moment.
        own.last_activity = own.last_activity.min(as_of);
        own.stage_since = now(own.stage_since);
        if own.closed > as_of {
            (own.closed, own.outcome) = (Moment::NEVER, None);
        }
        cut.opportunities.push(own);
    }
    cut.opportunities.links = deals.links.clone();
    let mut moved = std::collections::HashSet::new();
    for event in deals.events.iter().rev() {
        if event.at > as_of {
            let own = &mut cut.opportunities.rows[event.deal as usize];
            match event.change {
                DealChange::Amount(before, _) | DealChange::Corrected(before, _) => {
                    own.amount = Some(before);
                }
                DealChange::CloseOn(before, _) => own.close_on = before,
                DealChange::Qualified => {}
                DealChange::Stage(before, _) => {
                    (own.stage, own.stage_since) = (before, own.created);
                    moved.insert(event.deal);
                }
            }
        } else {
            cut.opportunities.events.insert(0, *event);
        }
    }
    let deals = &mut *cut.opportunities;
    for event in &deals.events {
        let own = &mut deals.rows[event.deal as usize];
        if matches!(event.change, DealChange::Stage(..)) && moved.contains(&event.deal) {
            own.stage_since = event.at;
        }
    }
    let today = book.calendar.day_of(as_of);
    cut.spend.rows.retain(|row| row.on <= today);
    cut.index();
    cut
}
