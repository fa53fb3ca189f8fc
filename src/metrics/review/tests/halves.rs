//! What is read in two halves at once is what is read month by month in one.

use crate::domain::moment::Moment;
use crate::domain::period::{Period, Span};
use crate::facts::Facts;
use crate::facts::column::NONE;
use crate::facts::handoffs::HandoffRow;
use crate::metrics::review::rows::MANY;
use crate::metrics::review::{Axis, Order, Review, Sums};
use crate::metrics::tests::fixture::{DAY, MARCH, book};
use crate::metrics::tests::random::random;
use crate::metrics::{Population, Scope};

/// So many times a small history one over the other.
const TIMES: i64 = 240;

fn many() -> Facts {
    let mut facts = random(11, 400);
    let small = facts.handoffs.clone();
    for n in 1..=TIMES {
        for row in 0..small.len() {
            facts.handoffs.push(HandoffRow {
                id: small.id.at(row) + n * 10_000,
                lead: small.lead[row],
                number: small.number[row],
                handed_off: small.handed_off.get(row),
                assigned: small.assigned.get(row),
                rep: small.rep[row],
                first_attempt: small.first_attempt.get(row),
                first_connected: small.first_connected.get(row),
                first_meeting: small.first_meeting.get(row),
                attempts: small.attempts[row],
                minutes_logged: small.minutes_logged[row],
                minutes_assumed: small.minutes_assumed[row],
                verdict: small.verdict(row),
                verdict_at: small.verdict_at.get(row),
                reason: small.reason[row],
                evidence: small.evidence(row),
            });
        }
    }
    facts.index();
    facts
}

#[test]
fn months_read_in_one_add_up_to_a_history_read_in_halves() {
    let (facts, book) = (many(), book("Europe/Berlin"));
    let as_of = Moment(MARCH + 130 * DAY);
    let scope = Scope::new(&facts, &book, Period::all(), as_of).with_population(Population::All);
    let whole = Review::new(&facts, &book, &scope);
    assert!(whole.count() > MANY as u64, "{}", whole.count());
    let mut month = Period::around(
        book.calendar.day_of(Moment(MARCH - 90 * DAY)),
        Span::Month,
        &book.calendar,
    );
    let (mut rows, mut decided, mut total) = (Vec::new(), 0, Sums::ZERO);
    let mut cells = std::collections::BTreeMap::<(u32, u32), Sums>::new();
    for _ in 0..9 {
        let part = Review::new(&facts, &book, &scope.with_period(month.clone()));
        assert!(part.count() < MANY as u64);
        rows.extend(part.rows(&facts));
        decided += part.decided();
        total.take_in(&part.total(&facts));
        let matrix = part.matrix(&facts, Axis::Reason, Axis::Campaign, Order::Count);
        for (place, sums) in matrix.occupied() {
            cells.entry(*place).or_default().take_in(&sums.sums());
        }
        month = month.step(1, &book.calendar);
    }
    let all = whole.rows(&facts);
    assert_eq!((&rows, decided), (&all, whole.decided()));
    assert_eq!(total, whole.total(&facts));
    let matrix = whole.matrix(&facts, Axis::Reason, Axis::Campaign, Order::Count);
    let whole_cells = matrix.occupied().iter();
    assert_eq!(
        cells,
        whole_cells.map(|(at, sums)| (*at, sums.sums())).collect()
    );
    // What one row says of itself is found in the whole.
    let priced = all
        .iter()
        .filter(|row| whole.entry(&facts, **row).unwrap().1.is_some());
    assert_eq!(priced.count() as u64, total.count() - total.unpriced());
    let accepted = (0..facts.handoffs.len() as u32).find(|row| !all.contains(row));
    assert_eq!(whole.entry(&facts, accepted.unwrap_or(NONE)), None);
}
