//! What the meeting is told in: time left or over, who is there, what something rests on. Pure; the clock is passed in.

use crate::domain::meeting::agenda::Item;
use crate::domain::meeting::ground::Ground;
use crate::domain::meeting::line::{Attendee, Meeting};
use crate::domain::moment::Moment;
use crate::domain::policy::Side;
use crate::metrics::meeting;
use crate::screens::labels;
use crate::theme::Role;

/// Seconds as `2:05`, from an hour on as `1:02:05`.
pub(super) fn clock(seconds: i64) -> String {
    let seconds = seconds.max(0);
    let (hours, minutes) = (seconds / 3_600, seconds % 3_600 / 60);
    let rest = seconds % 60;
    if hours > 0 {
        format!("{hours}:{minutes:02}:{rest:02}")
    } else {
        format!("{minutes}:{rest:02}")
    }
}

/// The time box of an open item in words: what is left, or by how much it is over. Nothing is ever blocked.
pub(super) fn left(item: &Item, clock_now: Moment) -> (String, Role) {
    let over = item.over(clock_now);
    if over > 0 {
        return (format!("! {} over", clock(over)), Role::Warn);
    }
    (format!("{} left", clock(-over)), Role::Text)
}

/// Who is there, by side: `marketing 2 · sales 1`; a side that is missing is named.
pub(super) fn sides(meeting: &Meeting) -> String {
    let all: Vec<&Attendee> = meeting.present().collect();
    by_side(all.iter().map(|a| a.side))
}

/// Counts sides: both sides always, the others where somebody is there.
pub(super) fn by_side(sides: impl Iterator<Item = Side>) -> String {
    let sides: Vec<Side> = sides.collect();
    let count = |side: Side| sides.iter().filter(|s| **s == side).count();
    let told = Side::ALL.iter().filter_map(|side| {
        let n = count(*side);
        match (n, side) {
            (0, Side::Marketing | Side::Sales) => Some(format!("no {}", side.label())),
            (0, _) => None,
            (n, side) => Some(format!("{} {n}", side.label())),
        }
    });
    told.collect::<Vec<_>>().join(" · ")
}

/// Everything that something rests on, in one line; empty where it rests on nothing. Names in it are foreign.
pub(super) fn grounds(all: &[Ground]) -> String {
    meeting::grounds(all, labels::label)
}

/// `1 issue`, `2 issues`.
pub(super) fn count(n: usize, what: &str) -> String {
    format!("{n} {what}{}", if n == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ids::ItemId;
    use crate::domain::meeting::agenda::{ItemState, Point, Topic};

    #[test]
    fn time_is_told_in_words_and_with_a_sign_when_it_is_over() {
        let item = Item {
            id: ItemId(1),
            point: Point::new(Topic::Pipeline, 8),
            state: ItemState::Open,
            opened: Some(Moment(1_000)),
            spent: 60,
        };
        assert_eq!(left(&item, Moment(1_030)).0, "6:30 left");
        assert_eq!(left(&item, Moment(1_420)).0, "0:00 left");
        assert_eq!(
            left(&item, Moment(1_485)),
            ("! 1:05 over".into(), Role::Warn)
        );
        assert_eq!(clock(3_725), "1:02:05");
    }

    #[test]
    fn a_side_that_is_missing_is_named() {
        let sides = [Side::Marketing, Side::Finance, Side::Marketing];
        assert_eq!(
            by_side(sides.into_iter()),
            "marketing 2 · no sales · finance 1"
        );
    }
}
