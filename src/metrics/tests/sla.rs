//! The time for the first attempt that a type of leads has of its own, counted by hand.

use super::fixture::book;
use super::room::{Room, room};
use super::verdicts::verdicts;
use crate::domain::book::{Book, Segment};
use crate::domain::moment::Day;
use crate::metrics::{Metric, figure};

#[test]
fn a_type_of_leads_has_its_own_time_for_the_first_attempt_in_business_hours_and_past_holidays() {
    let mut facts = verdicts();
    for (lead, segment) in [(1, 0), (3, 1), (4, 2)] {
        facts.leads.segment[lead] = segment;
    }
    let mut room = room(facts);
    let mut book = book("UTC");
    let thursday = Day::parse("2025-03-06").unwrap();
    book.settings.sla_minutes = 120;
    book.calendar = book
        .workspace
        .calendar(&book.settings, [thursday])
        .expect("UTC is a zone");
    let segment = |name: &str, minutes| Segment {
        name: name.to_owned(),
        sla_minutes: minutes,
    };
    book.segments = vec![
        segment("Segment 1", Some(600)),
        segment("Segment 2", Some(960)),
        segment("Segment 3", Some(60)),
    ];
    let sla = |room: &Room, book: &Book| {
        let sla = figure(
            Metric::SlaAttainment,
            &room.facts,
            book,
            &room.scope_of(book),
        );
        (sla.numerator, sla.denominator)
    };
    // All assigned at noon, business from 9 to 17. Monday: tried at once. Tuesday, 10 h: due Wednesday at 14, tried Tuesday at 17.
    // Wednesday, 2 h: due at 14, tried on the next day. Thursday, a holiday, 16 h: all of Friday and Monday, never tried.
    // Friday, 1 h: due at 13, tried at 14. Monday, 2 h: due at 14, never tried.
    assert_eq!(sla(&room, &book), (Some(2), Some(6)));
    // The one handed over on the holiday falls due on Monday at 17, not before.
    room.as_of = "2025-03-10T16:59:59Z";
    assert_eq!(sla(&room, &book), (Some(2), Some(5)));
    room.as_of = "2025-03-10T17:00:00Z";
    assert_eq!(sla(&room, &book), (Some(2), Some(6)));
    // As all others, Friday's has 2 h: tried in time to the minute.
    book.segments[2].sla_minutes = None;
    assert_eq!(sla(&room, &book), (Some(3), Some(6)));
}
