//! What is kept from one look at the board changes nothing in the next.

use proptest::prelude::*;

use super::fixture::{DAY, MARCH, book};
use super::random::random;
use crate::domain::moment::Moment;
use crate::domain::period::{Period, Span};
use crate::facts::column::NONE;
use crate::facts::filter::{Dimension, Filter};
use crate::metrics::{Board, Mode, Population, Scope, breakdown};

/// One look: which span, how many periods away, cohort, all handoffs, by which dimension, through which filter.
type Look = (usize, i32, bool, bool, usize, u32);

fn looks() -> impl Strategy<Value = Vec<Look>> {
    let look = (
        0_usize..6,
        -4_i32..4,
        any::<bool>(),
        any::<bool>(),
        0_usize..4,
        0_u32..7,
    );
    proptest::collection::vec(look, 2..7)
}

fn period(span: usize, step: i32) -> Period {
    let calendar = &book("Europe/Berlin").calendar;
    let today = calendar.day_of(Moment(MARCH));
    let spans = [
        Span::Month,
        Span::Quarter,
        Span::Week,
        Span::Year,
        Span::All,
    ];
    match spans.get(span) {
        Some(span) => Period::around(today, *span, calendar).step(step, calendar),
        // Neither end is the end of a month.
        None => Period::custom(today.plus(-75), today.plus(60 + step), calendar),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_second_look_shows_what_a_first_one_would(seed in 0_u64..1_000, as_of in -20_i64..130, looks in looks()) {
        let facts = random(seed, 120);
        let book = book("Europe/Berlin");
        let as_of = Moment(MARCH + as_of * DAY + 45_000);
        let fresh = || Scope::new(&facts, &book, Period::all(), as_of);
        let mut looked = fresh();
        for (span, step, cohort, all, dimension, chosen) in looks {
            let mut filter = Filter::default();
            if chosen < 4 {
                let code = if chosen == 3 { NONE } else { chosen };
                filter.toggle(Dimension::ALL[(dimension + 1) % 4], code);
            }
            // A filter that stays keeps what is known of it.
            let narrowed = |scope: &Scope| if scope.filter == filter {
                scope.clone()
            } else {
                scope.with_filter(&facts, filter.clone())
            };
            let view = |scope: &Scope| narrowed(scope)
                .with_period(period(span, step))
                .with_mode(if cohort { Mode::Cohort } else { Mode::Event })
                .with_population(if all { Population::All } else { Population::First });
            looked = view(&looked);
            let first = view(&fresh());
            prop_assert_eq!(Board::compute(&facts, &book, &looked), Board::compute(&facts, &book, &first));
            let dimension = Dimension::ALL[dimension];
            prop_assert_eq!(
                breakdown(dimension, &facts, &book, &looked),
                breakdown(dimension, &facts, &book, &first)
            );
        }
    }
}
