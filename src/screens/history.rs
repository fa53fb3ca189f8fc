//! What has been read from the workspace, judged once at one moment for all screens. Reads nothing itself.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};

use super::meeting::Effects;
use crate::domain::book::Book;
use crate::domain::meeting::snapshot::Frozen;
use crate::domain::moment::Moment;
use crate::domain::period::{Period, Span};
use crate::facts::Facts;
use crate::facts::filter::Dimension;
use crate::metrics::meeting::NotJudged;
use crate::metrics::{self, Board, Mode, Scope, meeting};

/// What has been read from the workspace, judged at one moment.
#[derive(Debug)]
pub struct History {
    /// Names, settings, calendar.
    pub book: Book,
    /// The columns; shared with the same history judged at another moment.
    pub facts: Arc<Facts>,
    /// All rows at the moment the room looks at.
    pub scope: Scope,
    /// How many pieces of what is looked at next are added up, by whatever book.
    come: Arc<AtomicUsize>,
    /// What became of the numbers of decisions, once somebody has asked.
    effects: OnceLock<Arc<Effects>>,
    /// The figures as a meeting freezes them, once somebody has asked.
    frozen: OnceLock<Result<Frozen, NotJudged>>,
}

impl History {
    /// Judges every row; reads them all once, so this belongs on a worker thread.
    pub fn new(book: Book, facts: impl Into<Arc<Facts>>, as_of: Moment) -> Self {
        let facts = facts.into();
        let today = book.calendar.day_of(as_of);
        let quarter = Period::around(today, Span::Quarter, &book.calendar);
        let scope = Scope::new(&facts, &book, quarter, as_of);
        Self {
            book,
            facts,
            scope,
            come: Arc::default(),
            effects: OnceLock::new(),
            frozen: OnceLock::new(),
        }
    }

    /// The same rows at the same moment under another book: for changes of what neither rows nor numbers are made of, such as
    /// drafts and meetings. Nothing is judged or added up anew.
    #[must_use]
    pub fn under(&self, book: Book, facts: Facts) -> Self {
        Self {
            book,
            facts: Arc::new(facts),
            scope: self.scope.clone(),
            come: Arc::clone(&self.come),
            effects: OnceLock::new(),
            frozen: OnceLock::new(),
        }
    }

    /// Whether it differs from the other by no more than what [`History::under`] changes.
    pub fn has_rows_of(&self, other: &History) -> bool {
        self.scope.has_rows_of(&other.scope)
    }

    /// What became of the numbers of decisions, and of the pipeline since the last meeting. Added up once; a worker has done so before
    /// the history comes on screen.
    pub fn effects(&self) -> Arc<Effects> {
        Arc::clone(self.effects.get_or_init(|| Arc::new(Effects::new(self))))
    }

    /// The figures as a meeting freezes them at its start and end. Added up once, ahead of the key that needs them.
    pub fn frozen(&self) -> Result<&Frozen, NotJudged> {
        self.frozen
            .get_or_init(|| meeting::freeze(&self.facts, &self.book, &self.scope))
            .as_ref()
            .map_err(|why| *why)
    }

    /// Adds up the `piece`th of what is likely to be looked at next, so that it is there at the key; false when there is none.
    /// For a thread that has nothing else to do: each piece reads some of the rows once.
    pub fn look_ahead(&self, piece: usize) -> bool {
        let calendar = &self.book.calendar;
        let today = calendar.day_of(self.scope.as_of);
        let quarter = |back: i32| self.scope.period.step(-back, calendar);
        let year = Period::around(today, Span::Year, calendar);
        let periods: Vec<Period> = (0..QUARTERS_AHEAD)
            .map(quarter)
            .chain([year.step(-1, calendar), year, Period::all()])
            .collect();
        // What a meeting needs at one key, then what any key may ask for.
        let piece = match piece {
            0 => {
                self.effects();
                return true;
            }
            1 => {
                let _ = self.frozen();
                return true;
            }
            piece => piece - MEETING_AHEAD,
        };
        // What is one key away first: every period as it is counted now, then the breakdowns, then the other mode.
        if piece < self.come.load(Ordering::Relaxed) {
            return true;
        }
        let (look, at) = (piece / periods.len(), piece % periods.len());
        let (mode, look) = match look.checked_sub(LOOKS) {
            None => (Mode::Event, look),
            Some(look) => (Mode::Cohort, look),
        };
        if look >= LOOKS {
            return false;
        }
        let scope = self.scope.with_period(periods[at].clone()).with_mode(mode);
        match look.checked_sub(1) {
            None => drop(Board::compute(&self.facts, &self.book, &scope)),
            Some(place) => {
                let dimension = Dimension::ALL[place];
                drop(metrics::breakdown(
                    dimension,
                    &self.facts,
                    &self.book,
                    &scope,
                ));
            }
        }
        self.come.fetch_max(piece + 1, Ordering::Relaxed);
        true
    }
}

/// Pieces that a meeting needs: what became of decisions, the figures to freeze.
const MEETING_AHEAD: usize = 2;

/// What is looked at of a period in one mode: its board, then each breakdown.
const LOOKS: usize = 1 + Dimension::ALL.len();

/// Quarters that are added up before anybody asks.
const QUARTERS_AHEAD: i32 = 6;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::criteria::version::Versions;
    use crate::screens::sample;

    #[test]
    fn another_book_keeps_the_rows_and_the_pieces_that_are_added_up() {
        let history = History::new(sample::book(), Facts::default(), sample::AS_OF);
        assert!(history.look_ahead(MEETING_AHEAD));
        let mut book = sample::book();
        book.criteria = Versions::default();
        let under = history.under(book.clone(), Facts::default());
        assert!(under.has_rows_of(&history));
        assert_eq!(under.come.load(Ordering::Relaxed), 1);
        let anew = History::new(book, Facts::default(), sample::AS_OF);
        assert!(!anew.has_rows_of(&history));
        assert_eq!(anew.come.load(Ordering::Relaxed), 0);
    }

    #[test]
    fn looking_ahead_comes_to_an_end_and_changes_no_figure() {
        let history = || History::new(sample::book(), Facts::default(), sample::AS_OF);
        let (ahead, fresh) = (history(), history());
        let pieces = (0..1_000)
            .take_while(|piece| ahead.look_ahead(*piece))
            .count();
        assert_eq!(pieces, MEETING_AHEAD + 9 * 2 * LOOKS);
        let board = |history: &History| {
            let scope = history.scope.with_period(Period::all());
            Board::compute(&history.facts, &history.book, &scope)
        };
        assert_eq!(
            format!("{:?}", board(&ahead)),
            format!("{:?}", board(&fresh))
        );
    }
}
