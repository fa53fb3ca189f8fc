//! Matrix, worklist and trend of three rejections of March 2025, counted by hand.

use crate::facts::Facts;
use crate::facts::column::NONE;
use crate::metrics::review::{Axis, Base, Measure, Order, Proof, Review, since};
use crate::metrics::tests::fixture::{at, book, spend};
use crate::metrics::tests::room::{Room, room};
use crate::metrics::tests::verdicts::verdicts;

const WEBINAR: u32 = 0;
const TRADE_SHOW: u32 = 1;
const STUDENT: u32 = 0;
const DUPLICATE: u32 = 2;

/// Rejected: from Webinar a student (spoke, 30 min logged), from Trade show a pupil (no evidence, 16 min) and a duplicate.
/// Accepted: two from Webinar. Webinar spent 30.00 on three leads of March, Trade show nothing.
fn march() -> Room {
    let mut facts = verdicts();
    spend(&mut facts, WEBINAR, "2025-03-09", 3_000);
    room(facts)
}

fn review(room: &Room) -> Review {
    Review::new(&room.facts, &book("UTC"), &room.scope())
}

fn names(review: &Review, facts: &Facts, axis: Axis, codes: &[u32]) -> Vec<String> {
    let name = |code: &u32| review.name(facts, axis, *code).to_owned();
    codes.iter().map(name).collect()
}

#[test]
fn the_matrix_of_reasons_and_sources() {
    let room = march();
    let review = review(&room);
    let matrix = review.matrix(&room.facts, Axis::Reason, Axis::Source, Order::Count);
    let codes = |heads: &[crate::metrics::review::Head]| -> Vec<u32> {
        heads.iter().map(|head| head.code).collect()
    };
    // A pupil is a student now; the most frequent stand first.
    assert_eq!(
        names(&review, &room.facts, Axis::Reason, &codes(&matrix.rows)),
        ["Student", "Duplicate"]
    );
    assert_eq!(
        names(&review, &room.facts, Axis::Source, &codes(&matrix.columns)),
        ["Trade show", "Webinar"]
    );
    assert_eq!(matrix.base, Base::Column);
    assert_eq!(matrix.total.by_proof, [1, 1, 1]);
    assert_eq!(review.decided(), 5);
    let student_webinar = matrix.cell(0, 1).unwrap();
    assert_eq!(student_webinar.sums.by_proof, [1, 0, 0]);
    assert_eq!(student_webinar.sums.waste.known(1), Some(1_000));
    assert_eq!(student_webinar.sums.minutes, 30);
    // 6,000 an hour.
    assert_eq!(student_webinar.sums.rep_cost, Some(3_000));
    assert_eq!(student_webinar.sums.cost(), Some(4_000));
    assert_eq!(student_webinar.within_column, Some(1.0));
    assert_eq!(student_webinar.within_row, Some(0.5));
    let rate = student_webinar.rate;
    assert_eq!((rate.hits, rate.n, rate.small_n), (1, 3, true));
    // Wilson for 1 of 3: 0.0615 … 0.7923.
    let (low, high) = rate.interval.unwrap();
    assert!((low - 0.0615).abs() < 1e-3 && (high - 0.7923).abs() < 1e-3);
    let pupil = matrix.cell(0, 0).unwrap();
    assert_eq!(pupil.sums.of(Proof::Unverified), 1);
    assert_eq!(
        (pupil.sums.unproven.known(1), pupil.sums.unpriced()),
        (None, 1)
    );
    assert_eq!((pupil.rate.hits, pupil.rate.n), (1, 2));
    assert!(matrix.cell(1, 1).is_none());
    let heads: Vec<f64> = matrix
        .rows
        .iter()
        .filter_map(|head| head.cumulated)
        .collect();
    assert!((heads[0] - 2.0 / 3.0).abs() < 1e-9 && (heads[1] - 1.0).abs() < 1e-9);
    let trade_show = matrix.columns[0].rate.unwrap();
    assert_eq!((trade_show.hits, trade_show.n), (2, 2));
    assert_eq!(matrix.rows[0].rate, None);
}

#[test]
fn turned_round_rates_stay_those_of_the_source() {
    let room = march();
    let review = review(&room);
    let matrix = review.matrix(&room.facts, Axis::Source, Axis::Reason, Order::Count);
    assert_eq!(matrix.base, Base::Row);
    assert_eq!(matrix.rows[1].code, WEBINAR);
    let cell = matrix.cell(1, 0).unwrap();
    assert_eq!((cell.rate.hits, cell.rate.n), (1, 3));
    let matrix = review.matrix(&room.facts, Axis::Reason, Axis::Class, Order::Count);
    assert_eq!(matrix.base, Base::All);
    let cell = matrix.cell(0, 0).unwrap();
    assert_eq!((cell.rate.hits, cell.rate.n), (2, 5));
}

#[test]
fn the_worklist_has_the_dearest_first_and_opens_to_its_rows() {
    let room = march();
    let review = review(&room);
    let list = super::listed(&review, &room.facts, Axis::Reason, Axis::Source);
    let told: Vec<_> = list
        .iter()
        .map(|c| (c.at[0].1, c.at[1].1, c.sums.cost(), c.rate.hits, c.rate.n))
        .collect();
    assert_eq!(
        told,
        [
            (STUDENT, WEBINAR, Some(4_000), 1, 3),
            (STUDENT, TRADE_SHOW, Some(1_600), 1, 2),
            (DUPLICATE, TRADE_SHOW, Some(0), 1, 2),
        ]
    );
    assert_eq!(review.rows_at(&room.facts, &list[1].at), [2]);
    let drill = review.drill(&room.facts, &list[0].at, Measure::Waste);
    assert_eq!(drill.rows[0].rows, [1]);
    assert_eq!(drill.rows[0].sum(), Some(1_000));
    let sources = super::listed(&review, &room.facts, Axis::Source, Axis::Source);
    assert_eq!(sources[0].at, [(Axis::Source, WEBINAR)]);
    assert_eq!((sources[1].rate.hits, sources[1].rate.n), (2, 2));
}

#[test]
fn all_verdicts_of_that_week_stand_in_one_week_of_the_trend() {
    let room = march();
    let review = review(&room);
    let trend = review.trend(&room.facts, &[(Axis::Source, WEBINAR)]);
    assert_eq!(trend.len(), 1);
    assert_eq!(trend[0].sums.count(), 1);
    assert_eq!(trend[0].rate.n, 3);
    assert_eq!(review.name(&room.facts, Axis::Week, 0), "2025-W10");
    assert_eq!(review.name(&room.facts, Axis::Source, NONE), "unknown");
}

#[test]
fn since_the_last_meeting_begins_at_its_moment() {
    let room = march();
    let scope = since(&book("UTC"), &room.scope(), at("2025-03-07T12:00:00Z"));
    let review = Review::new(&room.facts, &book("UTC"), &scope);
    // The first rejection was on the 6th at noon, the second on the 7th at noon.
    assert_eq!(review.rows(&room.facts), [2, 3]);
}

#[test]
fn how_often_a_clusters_rejections_happened_in_a_window() {
    use crate::domain::review::feedback::{Rate, Shared};
    use crate::metrics::review::seen;

    let room = march();
    let (scope, book) = (room.scope(), book("UTC"));
    let trade_show = Shared {
        source: Some("Trade show".into()),
        ..Shared::default()
    };
    let rate = |shared: &Shared, from: &str, to: &str| {
        seen(&room.facts, &book, &scope, shared, (at(from), at(to)))
    };
    let (first, last) = ("2025-03-01T00:00:00Z", "2025-03-31T00:00:00Z");
    // A pupil and a duplicate, and nothing else was decided there.
    assert_eq!(rate(&trade_show, first, last), Rate { hits: 2, n: 2 });
    let webinar = Shared {
        source: Some("Webinar".into()),
        ..Shared::default()
    };
    assert_eq!(rate(&webinar, first, last), Rate { hits: 1, n: 3 });
    let unheard = Shared {
        source: Some("Fair".into()),
        ..Shared::default()
    };
    assert_eq!(rate(&unheard, first, last), Rate::default());
    // The pupil's verdict came on the 7th at 13:00, the duplicate's a day later; both ends of a window belong to it.
    let pupil = room.facts.handoffs.verdict_at.get(2);
    let ends = seen(&room.facts, &book, &scope, &trade_show, (pupil, pupil));
    assert_eq!(ends, Rate { hits: 1, n: 1 });
}

#[test]
fn so_far_adds_up_what_the_matrix_is_ordered_by() {
    let room = march();
    let review = review(&room);
    let so_far = |order| -> Vec<(u32, Option<f64>)> {
        let matrix = review.matrix(&room.facts, Axis::Source, Axis::Reason, order);
        let heads = matrix.rows.iter();
        heads.map(|head| (head.code, head.cumulated)).collect()
    };
    // Two of three rejections; 30 of 46 minutes; 10.00 wasted, all of it on the student; one unverified, the pupil.
    let two_thirds = Some(2.0 / 3.0);
    assert_eq!(
        so_far(Order::Count),
        [(TRADE_SHOW, two_thirds), (WEBINAR, Some(1.0))]
    );
    let hours = Some(30.0 / 46.0);
    assert_eq!(
        so_far(Order::Hours),
        [(WEBINAR, hours), (TRADE_SHOW, Some(1.0))]
    );
    assert_eq!(
        so_far(Order::Wasted),
        [(WEBINAR, Some(1.0)), (TRADE_SHOW, Some(1.0))]
    );
    assert_eq!(
        so_far(Order::Unverified),
        [(TRADE_SHOW, Some(1.0)), (WEBINAR, Some(1.0))]
    );
    // Nothing is priced of it: no share of nothing.
    assert_eq!(
        so_far(Order::Unproven)
            .iter()
            .map(|(_, part)| *part)
            .collect::<Vec<_>>(),
        [None, None]
    );
}
