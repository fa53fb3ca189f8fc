//! The local weeks between two moments, as codes of an axis. Counts nothing.

use crate::domain::book::Book;
use crate::domain::moment::{Day, Moment};
use crate::domain::period::{Period, Span};
use crate::facts::column::{Code, Moments};

const WEEK: i64 = 7 * 86_400;

/// Weeks one behind the other; the code of a week is its place.
#[derive(Clone, Debug, Default)]
pub(super) struct Weeks {
    /// First days.
    pub days: Vec<Day>,
    starts: Vec<Moment>,
    labels: Vec<String>,
}

impl Weeks {
    /// From the week of one moment to the week of a later one.
    pub(super) fn new(book: &Book, first: Moment, last: Moment) -> Weeks {
        let calendar = &book.calendar;
        let mut weeks = Weeks::default();
        let mut week = Period::around(calendar.day_of(first), Span::Week, calendar);
        while week.start_at <= last {
            weeks.days.push(week.first);
            weeks.starts.push(week.start_at);
            let next = week.step(1, calendar);
            weeks.labels.push(std::mem::replace(&mut week, next).label);
        }
        weeks
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.days.len()
    }

    /// The name of a week.
    pub(super) fn label(&self, code: Code) -> &str {
        self.labels.get(code as usize).map_or("unknown", |l| l)
    }

    /// Gives the week of each of these rows.
    pub(super) fn each(&self, column: &Moments, rows: &[u32], mut give: impl FnMut(Code)) {
        let first = self.starts.first().map_or(0, |start| start.0);
        let last = self.starts.len().saturating_sub(1);
        for row in rows {
            let at = column.get(*row as usize);
            // Clocks that are put forward or back move a week's start by an hour or so: the week beside it, at most.
            let mut week = ((at.0 - first) / WEEK).clamp(0, last as i64) as usize;
            if self.starts.get(week + 1).is_some_and(|next| *next <= at) {
                week += 1;
            } else if self.starts.get(week).is_some_and(|start| *start > at) {
                week = week.saturating_sub(1);
            }
            give(week as Code);
        }
    }
}
