//! Corrected values of won deals, counted by hand: the past stays, the day of the correction changes (C8).

use super::fixture::at;
use super::room::{Room, closed, room};
use crate::facts::opportunities::{DealChange, DealEvent};
use crate::metrics::{Metric, rows};

/// Won in March for 500.00, put right to 450.00 on 2 April; won in March for 400.00, put right to 420.00 on 3 April and taken back
/// on 5 April.
fn corrected() -> Room {
    let mut facts = closed();
    facts.opportunities.rows[0].amount = Some(45_000);
    facts.opportunities.rows[4].amount = Some(42_000);
    let event = |deal, when, before, after| DealEvent {
        deal,
        at: at(when),
        change: DealChange::Corrected(before, after),
    };
    facts.opportunities.events = vec![
        event(0, "2025-04-02T08:00:00Z", 50_000, 45_000),
        event(4, "2025-04-03T08:00:00Z", 40_000, 42_000),
    ];
    room(facts)
}

#[test]
fn a_corrected_win_leaves_its_month_and_is_an_entry_of_the_day_it_is_corrected() {
    let march = corrected();
    // 500 + 300 + 400, whatever was found out later.
    assert_eq!(march.whole(Metric::Revenue), Some(120_000));
    assert_eq!(march.whole(Metric::ContributionMarginBefore), Some(40_000));
    let april = Room {
        period: "2025-04",
        ..corrected()
    };
    // −50 and +20 put right, −420 taken back.
    let revenue = april.figure(Metric::Revenue);
    assert_eq!(revenue.whole(), Some(-45_000));
    let note = revenue.note.unwrap();
    assert!(
        note.contains("restated: 1 taken back, 2 corrected"),
        "{note}"
    );
    assert_eq!(april.whole(Metric::ContributionMarginBefore), Some(-5_000));
    let all = Room {
        period: "all",
        ..corrected()
    };
    assert_eq!(all.whole(Metric::Revenue), Some(45_000 + 30_000));
}

#[test]
fn the_rows_behind_it_add_up_and_a_moment_before_it_knows_nothing_of_it() {
    let april = Room {
        period: "2025-04",
        ..corrected()
    };
    let book = super::fixture::book("UTC");
    let drill = rows(Metric::Revenue, &april.facts, &book, &april.scope());
    let adds: i64 = drill.rows.iter().flat_map(|set| &set.adds).flatten().sum();
    assert_eq!(adds, -45_000);
    let before = Room {
        as_of: "2025-04-01T12:00:00Z",
        period: "all",
        ..corrected()
    };
    assert_eq!(before.whole(Metric::Revenue), Some(120_000));
    assert_eq!(before.figure(Metric::Revenue).note, None);
}
