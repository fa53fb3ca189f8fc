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
    /// What is waited for. Two looks for the same are the same, whatever they wait for.
    pub first: First,
}

/// What an answer is waited for with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum First {
    /// The figures are in sight.
    #[default]
    Figures,
    /// Rows are in sight and no figure of the board: those are added up once the rows are shown.
    Rows,
}

/// The answer: every figure belongs to the look that stands beside it.
pub struct Seen {
    /// What was asked for.
    pub look: Look,
    /// The rows that count.
    pub scope: Scope,
    /// The board, once somebody has asked.
    pub(super) board: Arc<OnceLock<Board>>,
    /// The breakdown, once somebody has asked.
    pub(super) lines: OnceLock<Vec<Line>>,
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
            first: First::default(),
            history,
        }
    }

    /// The answer; what an earlier one has of it is taken over. Reads every row where the filter is a new one, and adds up what is
    /// waited for.
    pub fn add_up(&self, before: Option<&Seen>) -> Seen {
        let History { facts, scope, .. } = &*self.history;
        let earlier = before.filter(|seen| seen.look.history.has_rows_of(&self.history));
        let scope = match earlier {
            Some(seen) if seen.look.filter == self.filter => seen.scope.clone(),
            _ => scope.with_filter(facts, self.filter.clone()),
        };
        let scope = scope.with_period(self.period.clone()).with_mode(self.mode);
        let board = match earlier {
            Some(seen) if seen.look.is_counted_as(self) => Arc::clone(&seen.board),
            _ => Arc::default(),
        };
        let review = match earlier {
            Some(seen)
                if (&seen.scope.period, &seen.scope.filter) == (&scope.period, &scope.filter) =>
            {
                Arc::clone(&seen.review)
            }
            _ => Arc::default(),
        };
        let seen = Seen {
            lines: OnceLock::new(),
            look: self.clone(),
            scope,
            board,
            review,
        };
        if self.first == First::Figures {
            seen.figures();
        }
        seen
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
    /// The board. Added up the first time.
    pub fn board(&self) -> &Board {
        let History { book, facts, .. } = &*self.look.history;
        let compute = || Board::compute(facts, book, &self.scope);
        self.board.get_or_init(compute)
    }

    /// The breakdown. Added up the first time.
    pub fn lines(&self) -> &[Line] {
        let History { book, facts, .. } = &*self.look.history;
        let add_up = || metrics::breakdown(self.look.dimension, facts, book, &self.scope);
        self.lines.get_or_init(add_up)
    }

    /// Adds up what has not been added up yet.
    pub fn figures(&self) {
        self.board();
        self.lines();
    }

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
        assert_eq!(format!("{:?}", a.board()), format!("{:?}", b.board()));
        assert_eq!(format!("{:?}", a.lines()), format!("{:?}", b.lines()));
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
        let steps: [&dyn Fn(&mut Look); 7] = [
            &|look| look.period = Period::all(),
            &|look| look.filter = unknown.clone(),
            &|look| look.dimension = Dimension::Rep,
            &|look| look.mode = Mode::Cohort,
            &|look| look.filter = Filter::default(),
            &|look| look.first = First::Rows,
            &|look| look.period = Period::all(),
        ];
        let mut look = first;
        for step in steps {
            step(&mut look);
            let after = look.add_up(Some(&before));
            let fresh = Look {
                first: First::Figures,
                ..look.clone()
            };
            same(&after, &fresh.add_up(None));
            before = after;
        }
    }

    #[test]
    fn where_rows_are_waited_for_the_figures_come_after_them() {
        let look = Look {
            first: First::Rows,
            ..look()
        };
        let seen = look.add_up(None);
        assert!(seen.board.get().is_none() && seen.lines.get().is_none());
        seen.figures();
        assert!(seen.board.get().is_some() && seen.lines.get().is_some());
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
