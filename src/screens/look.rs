//! What the scoreboard is looked at for, and the figures that answer it. Adds up where it is called; the drawing thread only asks.

use std::fmt;
use std::sync::{Arc, OnceLock};

use super::history::History;
use crate::domain::period::Period;
use crate::facts::filter::{Dimension, Filter};
use crate::metrics::review::Review;
use crate::metrics::{self, Board, Line, Mode, Scope};

/// What is asked for: of which rows, when, counted how, narrowed to what, broken down by what.
#[derive(Clone)]
pub struct Look {
    /// The rows.
    pub history: Arc<History>,
    /// The period.
    pub period: Period,
    /// Event or cohort.
    pub mode: Mode,
    /// What is let through.
    pub filter: Filter,
    /// The lines of the breakdown.
    pub dimension: Dimension,
}

/// The answer: every figure belongs to the look that stands beside it.
pub struct Seen {
    /// What was asked for.
    pub look: Look,
    /// The rows that count.
    pub scope: Scope,
    /// The board.
    pub board: Arc<Board>,
    /// The breakdown.
    pub lines: Vec<Line>,
    /// The rejections among the rows, once somebody has asked; the mode leaves them as they are.
    pub(super) review: Arc<OnceLock<Arc<Review>>>,
}

impl Look {
    /// The present quarter, all rows, by event and by source.
    pub fn first(history: Arc<History>) -> Look {
        let scope = &history.scope;
        Look {
            period: scope.period.clone(),
            mode: scope.mode,
            filter: scope.filter.clone(),
            dimension: Dimension::Source,
            history,
        }
    }

    /// Adds it up; what an earlier answer has of it is taken over. Reads every row where the filter is a new one.
    pub fn add_up(&self, before: Option<&Seen>) -> Seen {
        let History {
            book, facts, scope, ..
        } = &*self.history;
        let earlier = before.filter(|seen| seen.look.history.has_rows_of(&self.history));
        let scope = match earlier {
            Some(seen) if seen.look.filter == self.filter => seen.scope.clone(),
            _ => scope.with_filter(facts, self.filter.clone()),
        };
        let scope = scope.with_period(self.period.clone()).with_mode(self.mode);
        let board = match earlier {
            Some(seen) if seen.look.is_counted_as(self) => Arc::clone(&seen.board),
            _ => Arc::new(Board::compute(facts, book, &scope)),
        };
        let review = match earlier {
            Some(seen)
                if (&seen.scope.period, &seen.scope.filter) == (&scope.period, &scope.filter) =>
            {
                Arc::clone(&seen.review)
            }
            _ => Arc::default(),
        };
        Seen {
            lines: metrics::breakdown(self.dimension, facts, book, &scope),
            look: self.clone(),
            scope,
            board,
            review,
        }
    }

    /// Whether the board is the same, whatever it is broken down by.
    fn is_counted_as(&self, other: &Look) -> bool {
        self.history.has_rows_of(&other.history)
            && self.period == other.period
            && self.mode == other.mode
            && self.filter == other.filter
    }
}

impl Seen {
    /// The rejections among the rows. Reads every verdict once, the first time.
    pub fn rejections(&self) -> Arc<Review> {
        let History { book, facts, .. } = &*self.look.history;
        let gathered = || Arc::new(Review::new(facts, book, &self.scope));
        Arc::clone(self.review.get_or_init(gathered))
    }

    /// Reads the `piece`th of what the review of the rejections asks first; false when there is none. For a thread that has nothing
    /// else to do.
    pub fn look_ahead(&self, piece: usize) -> bool {
        self.rejections()
            .look_ahead(&self.look.history.facts, piece)
    }
}

impl PartialEq for Look {
    fn eq(&self, other: &Look) -> bool {
        Arc::ptr_eq(&self.history, &other.history)
            && self.is_counted_as(other)
            && self.dimension == other.dimension
    }
}

impl Eq for Look {}

impl fmt::Debug for Look {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Look")
            .field("period", &self.period.label)
            .field("mode", &self.mode)
            .field("filter", &self.filter)
            .field("dimension", &self.dimension)
            .finish_non_exhaustive()
    }
}

impl PartialEq for Seen {
    fn eq(&self, other: &Seen) -> bool {
        self.look == other.look
    }
}

impl fmt::Debug for Seen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Seen").field(&self.look).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::moment::Moment;
    use crate::facts::column::NONE;
    use crate::metrics::tests::fixture;
    use crate::screens::sample;

    fn look() -> Look {
        let mut facts = fixture::empty();
        for back in [1, 40, 400] {
            let created = Moment(sample::AS_OF.0 - back * 86_400);
            let lead = fixture::lead(&mut facts, created, 0);
            let handoff = fixture::handoff(&facts, lead);
            facts.handoffs.push(handoff);
        }
        Look::first(Arc::new(History::new(sample::book(), facts, sample::AS_OF)))
    }

    fn same(a: &Seen, b: &Seen) {
        assert_eq!(format!("{:?}", a.board), format!("{:?}", b.board));
        assert_eq!(format!("{:?}", a.lines), format!("{:?}", b.lines));
        assert_eq!(a.scope.mask.handoffs, b.scope.mask.handoffs);
        assert_eq!(a.rejections().bits(), b.rejections().bits());
    }

    #[test]
    fn what_an_earlier_answer_lends_changes_no_figure() {
        let first = look();
        let mut before = first.add_up(None);
        let unknown = Filter {
            chosen: vec![(Dimension::Source, NONE)],
        };
        let steps: [&dyn Fn(&mut Look); 5] = [
            &|look| look.period = Period::all(),
            &|look| look.filter = unknown.clone(),
            &|look| look.dimension = Dimension::Rep,
            &|look| look.mode = Mode::Cohort,
            &|look| look.filter = Filter::default(),
        ];
        let mut look = first;
        for step in steps {
            step(&mut look);
            let after = look.add_up(Some(&before));
            same(&after, &look.add_up(None));
            before = after;
        }
    }

    #[test]
    fn an_answer_over_other_rows_lends_nothing() {
        let (older, mut newer) = (look(), look());
        newer.period = Period::all();
        let mut all = older.clone();
        all.period = Period::all();
        assert!(all != newer);
        same(&newer.add_up(Some(&all.add_up(None))), &newer.add_up(None));
    }
}
