//! The second look: the same for everyone, fair, and without what somebody challenged.

use crate::domain::moment::Moment;
use crate::domain::verdict::{Evidence, Verdict};
use crate::facts::Facts;
use crate::facts::challenges::{ChallengeRow, Challenges};
use crate::facts::column::NONE;
use crate::facts::handoffs::HandoffRow;
use crate::metrics::review::{Review, Seed};
use crate::metrics::tests::fixture::{DAY, MARCH, book, empty, handoff, lead};
use crate::metrics::tests::room::{Room, room};

fn rejections(n: u32) -> Room {
    let mut facts = empty();
    for i in 0..n {
        let row = lead(&mut facts, Moment(MARCH + i64::from(i)), 0);
        let own = handoff(&facts, row);
        facts.handoffs.push(HandoffRow {
            id: i64::from(row) * 3 + 7,
            verdict: Some(Verdict::Rejected),
            verdict_at: Moment(MARCH + DAY + i64::from(i)),
            reason: 3,
            ..own
        });
    }
    room(facts)
}

fn look(facts: &Facts, review: &Review, seed: &str, size: usize) -> Vec<u32> {
    review.second_look(facts, Seed::of(seed), size)
}

#[test]
fn the_same_words_draw_the_same_rows_whatever_the_order() {
    let room = rejections(200);
    let review = Review::new(&room.facts, &book("UTC"), &room.scope());
    let drawn = look(&room.facts, &review, "2025-03", 8);
    assert_eq!(drawn.len(), 8);
    assert_eq!(look(&room.facts, &review, "2025-03", 8), drawn);
    assert_ne!(look(&room.facts, &review, "2025-04", 8), drawn);
    // A larger sample holds the smaller one, and no more than there is can be drawn.
    assert_eq!(look(&room.facts, &review, "2025-03", 20)[..8], drawn);
    let mut all = look(&room.facts, &review, "2025-03", 1_000);
    all.sort_unstable();
    assert_eq!(all, review.rows(&room.facts));
}

#[test]
fn a_challenged_rejection_makes_room_for_the_next_and_the_others_stay() {
    let mut room = rejections(50);
    let review = Review::new(&room.facts, &book("UTC"), &room.scope());
    assert_eq!(review.unchallenged(&room.facts), 50);
    let drawn = look(&room.facts, &review, "meeting 4", 5);
    room.facts.challenges = Challenges::new(vec![ChallengeRow {
        id: 1,
        handoff: drawn[0],
        opened: Moment(MARCH),
        opened_by: NONE,
        settlement: None,
        settled: Moment::NEVER,
        must_change: None,
        was_at: Moment(MARCH),
        was_reason: 3,
        was_evidence: Evidence::None,
    }]);
    assert_eq!(review.unchallenged(&room.facts), 49);
    let again = look(&room.facts, &review, "meeting 4", 5);
    assert_eq!(again[..4], drawn[1..]);
    assert!(!again.contains(&drawn[0]) && again.len() == 5);
}

#[test]
fn every_rejection_is_as_likely_as_any_other() {
    let room = rejections(100);
    let review = Review::new(&room.facts, &book("UTC"), &room.scope());
    let mut drawn = [0_u32; 100];
    for week in 0..2_000 {
        for row in look(&room.facts, &review, &format!("week {week}"), 10) {
            drawn[row as usize] += 1;
        }
    }
    // 200 expected each. Chi-square over 99 degrees of freedom: 99 expected, 148.2 is its 99.9th percentile.
    let chi: f64 = drawn
        .iter()
        .map(|n| (f64::from(*n) - 200.0).powi(2) / 200.0)
        .sum();
    assert!(chi < 148.2, "{chi}");
}
