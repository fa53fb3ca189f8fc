//! In which order suggestions stand. Weighs none of them.

use std::cmp::Ordering;

/// The place of a suggestion; the greatest stands first. What the holdout confirms goes before what it is too short for, that before
/// what it contradicts; then goes what catches more for what it loses, and what loses nothing goes before everything that does.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rank {
    confirmed: Option<bool>,
    /// Share of rejections caught per share lost; without end where nothing is lost.
    per_lost: f64,
    caught: f64,
}

impl Rank {
    pub(super) fn new(confirmed: Option<bool>, caught: f64, lost: f64) -> Rank {
        let per_lost = if lost > 0.0 {
            caught / lost
        } else {
            f64::INFINITY
        };
        Rank {
            confirmed,
            per_lost,
            caught,
        }
    }

    pub(super) fn loses_nothing(&self) -> bool {
        self.per_lost.is_infinite()
    }

    pub(super) fn cmp(&self, other: &Rank) -> Ordering {
        let trust = |rank: &Rank| rank.confirmed.map_or(1, |yes| if yes { 2 } else { 0 });
        trust(self)
            .cmp(&trust(other))
            .then(self.per_lost.total_cmp(&other.per_lost))
            .then(self.caught.total_cmp(&other.caught))
    }
}
