//! Where the criteria changed within a series of periods, and how that is said. Draws nothing.

use crate::domain::moment::{Day, Moment};
use crate::metrics::board::Point;
use crate::screens::model::Model;

/// The sign of a change on an axis of time.
pub(super) const SIGN: char = '┊';

/// A version that came into force within a series.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Mark {
    /// The period, by its place in the series.
    pub(super) at: usize,
    /// The number that people say.
    pub(super) number: i64,
    /// The segment that it is for.
    segment: Option<String>,
    /// From when on.
    on: Day,
}

impl Mark {
    /// `2 in force 2026-05-01`.
    fn words(&self) -> String {
        let of = self.segment.as_ref();
        let of = of.map_or_else(String::new, |name| format!(" for {name}"));
        format!("{}{of} in force {}", self.number, self.on)
    }
}

/// The versions that came into force within a series that ends with the period in sight, the oldest first.
pub(super) fn marks(points: &[Point], model: &Model) -> Vec<Mark> {
    let calendar = &model.book().calendar;
    let board = model.board();
    let seen = |at: &Moment| *at <= board.as_of && *at < board.period.end_at;
    let mut found: Vec<Mark> = Vec::new();
    for version in &model.book().criteria.0 {
        let Some(from) = version.in_force_at.filter(seen) else {
            continue;
        };
        let on = calendar.day_of(from);
        let holds = |point: &Point| point.first <= on && on < point.end;
        let at = points.iter().rposition(holds);
        found.extend(at.map(|at| Mark {
            at,
            number: version.number,
            segment: version.definition.segment.clone(),
            on,
        }));
    }
    found.sort_by_key(|mark| (mark.on, mark.number));
    found
}

/// What the signs mean, the newest first, as far as there is room; empty where nothing changed.
pub(super) fn legend(marks: &[Mark], room: u16) -> String {
    let mut text = String::new();
    for (told, mark) in marks.iter().rev().enumerate() {
        let next = if told == 0 {
            format!("{SIGN} criteria {}", mark.words())
        } else {
            format!("{text}, {}", mark.words())
        };
        if crate::text::width(&next) > usize::from(room) {
            let more = format!("{text} …");
            return if told > 0 && crate::text::width(&more) <= usize::from(room) {
                more
            } else {
                text
            };
        }
        text = next;
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mark(number: i64) -> Mark {
        Mark {
            at: 0,
            number,
            segment: None,
            on: Day::ymd(2026, 5, number as u32).unwrap(),
        }
    }

    #[test]
    fn the_newest_change_is_told_first_and_what_has_no_room_is_left_out() {
        let both = [mark(1), mark(2)];
        assert_eq!(
            legend(&both, 80),
            "┊ criteria 2 in force 2026-05-02, 1 in force 2026-05-01"
        );
        assert_eq!(legend(&both, 40), "┊ criteria 2 in force 2026-05-02 …");
        assert_eq!(legend(&both, 32), "┊ criteria 2 in force 2026-05-02");
        assert_eq!(legend(&[], 80), "");
    }
}
