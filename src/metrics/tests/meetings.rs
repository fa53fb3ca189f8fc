//! First meetings and the fit rules, counted by hand.

use super::fixture::{HOUR, at, empty, handoff, lead};
use super::room::room;
use crate::domain::moment::Moment;
use crate::facts::handoffs::{Says, StampSays, Stamped};
use crate::metrics::{Metric, rows};

/// Seven leads of March; the first six were met, the last one two months later. The fit rules say: met, met, not met, cannot tell,
/// nothing, nothing.
#[test]
fn the_share_in_the_icp_leaves_out_of_whom_the_fit_rules_say_nothing() {
    let mut facts = empty();
    let fit = [
        Stamped::Met,
        Stamped::Met,
        Stamped::Failed,
        Stamped::CannotTell,
        Stamped::Nothing,
        Stamped::Nothing,
        Stamped::Met,
    ];
    for n in 0..fit.len() {
        let row = lead(&mut facts, at("2025-03-03T10:00:00Z"), 0);
        let mut own = handoff(&facts, row);
        let days = if n == 6 { 61 } else { n as i64 };
        own.first_meeting = Moment(own.handed_off.0 + days * 24 * HOUR);
        facts.handoffs.push(own);
    }
    let says = fit.map(|fit| StampSays {
        whole: Stamped::Met,
        fit,
    });
    facts.handoffs.stamps = Says::Judged(says.to_vec());
    let mut room = room(facts);
    assert_eq!(room.whole(Metric::FirstMeetings), Some(6));
    // Two of three.
    let share = room.figure(Metric::FirstMeetingsIcpShare);
    assert_eq!(
        (share.numerator, share.denominator, share.n),
        (Some(2), Some(3), 3)
    );
    assert!(share.interval.is_some());
    assert_eq!(
        share.note.as_deref(),
        Some("3 meetings left out: no fit rules were in force, or a field is unknown")
    );
    let book = super::fixture::book("UTC");
    let behind = rows(
        Metric::FirstMeetingsIcpShare,
        &room.facts,
        &book,
        &room.scope(),
    );
    assert_eq!(
        (&behind.rows[0].rows[..], &behind.base[0].rows[..]),
        (&[0, 1][..], &[0, 1, 2][..])
    );
    // Before anybody has judged the handoffs it is no 0.
    room.facts.handoffs.stamps = Says::NotJudged;
    let share = room.figure(Metric::FirstMeetingsIcpShare);
    assert_eq!((share.value, share.n), (None, 0));
    assert!(share.note.unwrap().contains("still being judged"));
    // A period without a meeting: a dash, and nothing is left out.
    room.facts.handoffs.stamps = Says::Judged(Vec::new());
    room.period = "2025-02";
    let share = room.figure(Metric::FirstMeetingsIcpShare);
    assert_eq!((share.value, share.note), (None, None));
}
