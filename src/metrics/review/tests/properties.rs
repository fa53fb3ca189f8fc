//! What holds for every history: cells add up, drills add up, filters partition, and the scoreboard says the same.

use proptest::prelude::*;

use crate::domain::book::Book;
use crate::domain::moment::Moment;
use crate::domain::period::{Period, Span};
use crate::facts::Facts;
use crate::facts::column::NONE;
use crate::facts::filter::{Dimension, Filter};
use crate::metrics::review::{Axis, Base, Measure, Order, Proof, Review, Sums};
use crate::metrics::tests::fixture::{DAY, MARCH, book};
use crate::metrics::tests::random::random;
use crate::metrics::{Metric, Population, Scope, figure};

prop_compose! {
    fn scopes()(
        seed in 0_u64..1_000,
        span in 0_usize..4,
        all in any::<bool>(),
        as_of in 0_i64..130,
    ) -> (Facts, Book, Scope) {
        let facts = random(seed, 150);
        let book = book("Europe/Berlin");
        let span = [Span::Month, Span::Quarter, Span::Year, Span::All][span];
        let day = book.calendar.day_of(Moment(MARCH));
        let period = Period::around(day, span, &book.calendar);
        let scope = Scope::new(&facts, &book, period, Moment(MARCH + as_of * DAY + 45_000))
            .with_population(if all { Population::All } else { Population::First });
        (facts, book, scope)
    }
}

fn axis() -> impl Strategy<Value = Axis> {
    (0..Axis::ALL.len()).prop_map(|at| Axis::ALL[at])
}

fn sum(drill: &crate::metrics::Drill) -> i64 {
    drill.rows.iter().map(|set| set.sum().unwrap()).sum()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_review_says_what_the_scoreboard_says((facts, book, scope) in scopes()) {
        let total = Review::new(&facts, &book, &scope).total(&facts);
        let says = |metric| figure(metric, &facts, &book, &scope);
        prop_assert_eq!(Some(total.count() as i64), says(Metric::RejectionRate).numerator);
        prop_assert_eq!(Some(total.of(Proof::Unverified) as i64), says(Metric::UnverifiedRejections).numerator);
        prop_assert_eq!(total.waste.minor, says(Metric::WastedSpend).numerator);
        prop_assert_eq!(u64::from(total.waste.unpriced), says(Metric::WastedSpend).unpriced);
        prop_assert_eq!(total.unproven.minor, says(Metric::WastedSpendUnproven).numerator);
        prop_assert_eq!(Some(total.minutes), says(Metric::RepHoursOnRejected).numerator);
        prop_assert_eq!(total.rep_cost, says(Metric::RepCostOnRejected).numerator);
    }

    #[test]
    fn cells_rows_and_columns_add_up_and_open_to_what_they_say(
        (facts, book, scope) in scopes(), rows in axis(), columns in axis(),
    ) {
        let review = Review::new(&facts, &book, &scope);
        let matrix = review.matrix(&facts, rows, columns, Order::Cost);
        let (mut cells, mut down, mut across) = (Sums::ZERO, Sums::ZERO, Sums::ZERO);
        matrix.rows.iter().for_each(|head| down.take_in(&head.sums));
        matrix.columns.iter().for_each(|head| across.take_in(&head.sums));
        for (r, row) in matrix.rows.iter().enumerate() {
            for (c, column) in matrix.columns.iter().enumerate() {
                let place = [(rows, row.code), (columns, column.code)];
                let listed = review.rows_at(&facts, &place);
                let Some(cell) = matrix.cell(r, c) else {
                    prop_assert!(listed.is_empty());
                    continue;
                };
                cells.take_in(&cell.sums);
                prop_assert_eq!(listed.len() as u64, cell.sums.count());
                let waste = review.drill(&facts, &place, Measure::Waste);
                prop_assert_eq!(Some(sum(&waste)), cell.sums.waste.minor);
                prop_assert_eq!(waste.rows[0].unpriced() as u32, cell.sums.waste.unpriced);
                prop_assert_eq!(sum(&review.drill(&facts, &place, Measure::Minutes)), cell.sums.minutes);
                let base: &[_] = match matrix.base {
                    Base::Column => &place[1..],
                    Base::Row => &place[..1],
                    Base::All => &[],
                };
                prop_assert_eq!(review.decided_at(&facts, base).len() as u64, cell.rate.n);
                prop_assert!(cell.rate.hits <= cell.rate.n);
            }
        }
        let total = review.total(&facts);
        prop_assert_eq!(cells, total);
        prop_assert_eq!(down, total);
        prop_assert_eq!(across, total);
        prop_assert_eq!(matrix.total, total);
        if let Some(last) = matrix.rows.last() {
            prop_assert!(last.cumulated.is_none_or(|all| (all - 1.0).abs() < 1e-9));
        }
    }

    #[test]
    fn clusters_and_weeks_hold_every_rejection_once(
        (facts, book, scope) in scopes(), by in axis(), and in axis(),
    ) {
        let review = Review::new(&facts, &book, &scope);
        let list = super::listed(&review, &facts, by, and);
        let mut rows: Vec<u32> = list.iter().flat_map(|c| review.rows_at(&facts, &c.at)).collect();
        rows.sort_unstable();
        let mut all = review.rows(&facts);
        all.sort_unstable();
        prop_assert_eq!(rows, all);
        for pair in list.windows(2) {
            prop_assert!(pair[0].sums.cost() >= pair[1].sums.cost());
        }
        for cluster in &list {
            prop_assert_eq!(review.decided_at(&facts, &cluster.at).len() as u64, cluster.rate.n);
            let trend = review.trend(&facts, &cluster.at);
            let weeks: u64 = trend.iter().map(|week| week.sums.count()).sum();
            prop_assert_eq!(weeks, cluster.sums.count());
            prop_assert_eq!(trend.iter().map(|week| week.rate.n).sum::<u64>(), cluster.rate.n);
        }
    }

    #[test]
    fn filters_and_proofs_partition_the_rejections((facts, book, scope) in scopes()) {
        let review = Review::new(&facts, &book, &scope);
        let total = review.total(&facts);
        let mut parts = Sums::ZERO;
        for proof in Proof::ALL {
            parts.take_in(&review.proven_by(&facts, *proof).total(&facts));
        }
        prop_assert_eq!(parts, total);
        let mut parts = Sums::ZERO;
        for code in [0, 1, 2, 3, NONE] {
            let mut filter = Filter::default();
            filter.toggle(Dimension::Source, code);
            let scope = scope.with_filter(&facts, filter);
            parts.take_in(&Review::new(&facts, &book, &scope).total(&facts));
        }
        prop_assert_eq!(parts, total);
    }
}
