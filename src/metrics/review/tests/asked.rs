//! Both sides' questions over the rejections of March: answered with figures, each opening to its rows.

use crate::domain::review::lists::Lists;
use crate::metrics::review::{Answer, Asked, Flags, Known, Review, Sides, sides};
use crate::metrics::tests::fixture::book;
use crate::metrics::tests::room::room;
use crate::metrics::tests::verdicts::verdicts;

fn march(met: &(dyn Fn(u32) -> Option<bool> + Sync)) -> Sides {
    let room = room(verdicts());
    let (book, scope, lists) = (book("UTC"), room.scope(), Lists::default());
    let known = Known {
        domains: None,
        proofs: None,
        lists: &lists,
        met,
    };
    let review = Review::new(&room.facts, &book, &scope);
    let flags = Flags::new(&room.facts, &book, &scope, known);
    sides(Asked {
        facts: &room.facts,
        book: &book,
        scope: &scope,
        review: &review,
        flags: &flags,
        known,
    })
}

fn rows(answer: &Answer) -> (Vec<u32>, usize) {
    let base = answer.rows.base.iter().map(|set| set.rows.len()).sum();
    (answer.rows.rows[0].rows.clone(), base)
}

#[test]
fn without_criteria_that_is_said_and_the_rest_is_answered() {
    let sides = march(&|_| None);
    let says: Vec<&str> = sides.sales.iter().map(|a| a.says.as_str()).collect();
    assert_eq!(says[0], "no decided handoff is known to have met criteria");
    // Without a conversation: the pupil after 2 attempts, and the duplicate, which needs none.
    assert_eq!(
        says[1],
        "1.0 attempts on average, 3 are agreed; 1 of 2 (50.0 %, 9.5–90.5 %, small n) without a conversation were given up before that"
    );
    assert_eq!(
        sides.sales[1].fix.as_deref(),
        Some("try the one again until 3 attempts are made")
    );
    assert_eq!(rows(&sides.sales[1]), (vec![2], 2));
    assert_eq!(
        says[2],
        "1 of 3 (33.3 %, 6.1–79.2 %, small n) are unverified"
    );
    // Nobody has looked for proof.
    assert_eq!(sides.sales[3].rate, None);
    // Ignored: one of six handed over in March.
    assert_eq!(rows(&sides.sales[4]), (vec![5], 6));
    // Five of the six due verdicts came within five days.
    assert_eq!(sides.sales[5].rate.map(|r| (r.hits, r.n)), Some((5, 6)));
    let asked: Vec<&str> = sides.marketing.iter().map(|a| a.question).collect();
    assert_eq!(asked[1], "Which sources send junk?");
    assert_eq!(
        sides.marketing[1].says,
        "no source stands out; of all, 2 of 5 (40.0 %, 11.8–76.9 %, small n) are verified or objective rejections"
    );
    assert_eq!(sides.marketing[1].fix, None);
}

#[test]
fn with_criteria_each_side_has_its_share() {
    // The accepted of February met; of March's, the spoken-with student met and the pupil failed.
    let met = |row: u32| match row {
        1 | 6 => Some(true),
        2 => Some(false),
        _ => None,
    };
    let sides = march(&met);
    assert_eq!(rows(&sides.sales[0]), (vec![1], 2));
    assert_eq!(
        sides.sales[0].fix.as_deref(),
        Some("explain the one, or propose the rule that would have stopped them")
    );
    // Handed over in March with a known answer: two, one of them below.
    assert_eq!(rows(&sides.marketing[0]), (vec![2], 2));
    assert!(sides.marketing[0].fix.is_some());
}
