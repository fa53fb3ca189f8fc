//! What the screens share: the scoreboard's numbers, what they were added up for and what is asked for next, who looks. Adds nothing up.

use std::sync::Arc;

use crate::domain::book::{Book, Person, Who};
use crate::domain::moment::Moment;
use crate::domain::period::{Period, Span};
use crate::domain::presence::Seat;
use crate::facts::Facts;
use crate::facts::filter::{Dimension, Filter};
use crate::metrics::review::Review;
use crate::metrics::{self, Board, Compared, Drill, Figure, Line, Metric, Mode, Scope};

use super::fetch::Fetch;
use super::look::{First, Look, Seen};
use super::scoreboard::{ItemKey, What};

pub use super::history::History;

mod drift;
mod follow;

/// Which other period stands beside the numbers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Compare {
    /// The period before.
    #[default]
    Before,
    /// The same period a year before.
    YearBefore,
    /// None.
    Nothing,
}

impl Compare {
    /// The figure to compare with.
    pub fn of(self, compared: &Compared) -> Option<&Figure> {
        match self {
            Self::Before => compared.before.as_ref(),
            Self::YearBefore => compared.year_before.as_ref(),
            Self::Nothing => None,
        }
    }

    /// The next choice of the switch key.
    #[must_use]
    pub const fn next(self) -> Self {
        match self {
            Self::Before => Self::YearBefore,
            Self::YearBefore => Self::Nothing,
            Self::Nothing => Self::Before,
        }
    }
}

/// What a change is answered with in a workspace that was opened to be read.
pub const READ_ONLY: &str = "This workspace was opened to be read only; nothing was changed. Open it without --read-only to change it";

/// Whether the workspace may be changed from here.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Hand {
    /// It may.
    #[default]
    Writes,
    /// It was opened to be read.
    ReadsOnly,
}

/// The numbers on the scoreboard.
pub struct Model {
    who: Who,
    hand: Hand,
    /// Who sits at the other terminals.
    others: Vec<Seat>,
    /// The clock when the last key was pressed.
    clock: Option<Moment>,
    compare: Compare,
    /// What is on screen: the figures with what they were added up for.
    seen: Arc<Seen>,
    /// What the keys ask for; while it differs from what is seen, somebody is adding up.
    asked: Look,
    /// What the accountant has been asked last.
    sent: Option<Look>,
    drifts: drift::Counted,
}

impl Model {
    /// The board of the present quarter.
    pub fn new(history: Arc<History>) -> Self {
        Self::of(Look::first(history).add_up(None))
    }

    fn of(seen: Seen) -> Self {
        Self {
            who: Who::default(),
            hand: Hand::default(),
            others: Vec::new(),
            clock: None,
            compare: Compare::default(),
            asked: seen.look.clone(),
            seen: Arc::new(seen),
            sent: None,
            drifts: drift::Counted::default(),
        }
    }

    /// Says who looks.
    #[must_use]
    pub fn seen_by(mut self, who: Who) -> Self {
        self.who = who;
        self
    }

    /// Says whether the workspace may be changed.
    #[must_use]
    pub fn held(mut self, hand: Hand) -> Self {
        self.hand = hand;
        self
    }

    /// Somebody has said who they are.
    pub fn introduce(&mut self, handle: &str) {
        self.who.named = Some(handle.to_owned());
    }

    /// Whether the workspace may be changed.
    pub fn hand(&self) -> Hand {
        self.hand
    }

    /// The clock on the wall, which timers count by.
    pub fn clock(&self) -> Moment {
        self.clock.unwrap_or(self.scope().as_of)
    }

    /// Who sits at the other terminals.
    pub fn others(&self) -> &[Seat] {
        &self.others
    }

    /// Others have come, gone or moved.
    pub fn set_others(&mut self, others: Vec<Seat>) {
        self.others = others;
    }

    /// What the clock says; the loop tells it with each key.
    pub fn set_clock(&mut self, clock: Option<Moment>) {
        self.clock = clock;
    }

    /// The moment that counts as now for what people do: the workspace's own where it is fixed, else the clock's.
    pub fn now(&self) -> Moment {
        self.book().now(self.clock.unwrap_or(self.seen.scope.as_of))
    }

    /// Whether nobody knows who sits here although there are people to be.
    pub fn is_a_stranger(&self) -> bool {
        let people = &self.seen.look.history.book.people;
        !people.is_empty() && self.who.handle(people).is_none()
    }

    /// The person who looks, if that is known.
    pub fn me(&self) -> Option<&Person> {
        let people = &self.seen.look.history.book.people;
        let me = self.who.handle(people)?;
        people.iter().find(|person| person.handle == me)
    }

    /// Given figures, for tests of what is drawn.
    #[cfg(test)]
    pub(crate) fn showing(history: Arc<History>, board: Board, lines: Vec<Line>) -> Self {
        let look = Look::first(history);
        Self::of(Seen {
            scope: look.history.scope.clone(),
            board: Arc::new(board.into()),
            lines: lines.into(),
            review: Arc::default(),
            look,
        })
    }

    /// Adds up here and now what the keys ask for, for tests that have no accountant.
    #[cfg(test)]
    pub(crate) fn catch_up(&mut self) {
        if self.is_adding_up() {
            self.seen = Arc::new(self.asked.add_up(Some(&self.seen)));
        }
    }

    /// The question that is open and not yet asked, and what is waited for with its answer.
    pub fn wanted(&mut self, first: First) -> Option<Fetch> {
        if !self.is_adding_up() {
            self.sent = None;
            return None;
        }
        if self.sent.as_ref() == Some(&self.asked) {
            return None;
        }
        self.asked.first = first;
        self.sent = Some(self.asked.clone());
        Some(Fetch::Board(Box::new(self.asked.clone())))
    }

    /// Whether the figures in sight are not those that the keys ask for.
    pub fn is_adding_up(&self) -> bool {
        self.asked != self.seen.look
    }

    /// What the keys ask for.
    pub fn asked(&self) -> &Look {
        &self.asked
    }

    /// Shows an answer, also an earlier one than the last question's: its header says what it is of. True when the rows are others.
    pub fn show(&mut self, seen: &Arc<Seen>) -> bool {
        if !self.is_adding_up() {
            // The keys have come back to what is in sight.
            return false;
        }
        let before = std::mem::replace(&mut self.seen, Arc::clone(seen));
        !Arc::ptr_eq(&before.look.history, &seen.look.history)
    }

    /// The same view of newer rows is asked for.
    pub fn refresh(&mut self, history: Arc<History>) {
        self.asked.history = history;
    }

    /// Looks at another period.
    pub fn set_period(&mut self, period: Period) {
        self.asked.period = period;
    }

    /// Moves by whole periods.
    pub fn step_period(&mut self, by: i32) {
        let look = &mut self.asked;
        look.period = look.period.step(by, &look.history.book.calendar);
    }

    /// Event to cohort and back.
    pub fn switch_mode(&mut self) {
        self.asked.mode = match self.asked.mode {
            Mode::Event => Mode::Cohort,
            Mode::Cohort => Mode::Event,
        };
    }

    /// Looks through another filter.
    pub fn set_filter(&mut self, filter: Filter) {
        self.asked.filter = filter;
    }

    /// Compares with another period.
    pub fn next_compare(&mut self) {
        self.compare = self.compare.next();
    }

    /// Breaks down by the next dimension.
    pub fn next_dimension(&mut self) {
        let at = Dimension::ALL
            .iter()
            .position(|dimension| *dimension == self.asked.dimension)
            .unwrap_or(0);
        self.asked.dimension = Dimension::ALL[(at + 1) % Dimension::ALL.len()];
    }

    /// The board.
    pub fn board(&self) -> &Board {
        self.seen.board()
    }

    /// The breakdown.
    pub fn lines(&self) -> &[Line] {
        self.seen.lines()
    }

    /// What it is broken down by.
    pub fn dimension(&self) -> Dimension {
        self.seen.look.dimension
    }

    /// What it is compared with.
    pub fn compare(&self) -> Compare {
        self.compare
    }

    /// The period it is compared with.
    pub fn compared_with(&self) -> Option<Period> {
        let period = &self.seen.scope.period;
        let calendar = &self.seen.look.history.book.calendar;
        match self.compare {
            _ if period.span == Span::All => None,
            _ if period.start_at > self.seen.scope.as_of => None,
            Compare::Before => Some(period.step(-1, calendar)),
            Compare::YearBefore => Some(period.year_before(calendar)),
            Compare::Nothing => None,
        }
    }

    /// What it is computed for.
    pub fn scope(&self) -> &Scope {
        &self.seen.scope
    }

    /// The rejections of a scope of the history; those among the rows on screen are gathered once for all.
    pub fn rejections(&self, scope: &Scope) -> Arc<Review> {
        let seen = &self.seen.scope;
        if (&scope.period, &scope.filter) == (&seen.period, &seen.filter) {
            return self.seen.rejections();
        }
        Arc::new(Review::new(self.facts(), self.book(), scope))
    }

    /// What all this is computed from.
    pub fn history(&self) -> Arc<History> {
        Arc::clone(&self.seen.look.history)
    }

    /// Names, settings, calendar.
    pub fn book(&self) -> &Book {
        &self.seen.look.history.book
    }

    /// The columns.
    pub fn facts(&self) -> &Facts {
        &self.seen.look.history.facts
    }

    /// The figure at a place of the board; `None` where an amount of another kind stands.
    pub fn figure(&self, key: ItemKey) -> Option<&Figure> {
        match key.what {
            What::Figure(metric) => self
                .seen
                .board()
                .figures()
                .find(|figure| figure.id == metric),
            What::Cell(code, metric) => {
                let line = self
                    .seen
                    .lines()
                    .iter()
                    .find(|line| line.of == metrics::LineOf::Code(code))?;
                line.figure(metric)
            }
            _ => None,
        }
    }

    /// The amount of a part of a chart, minor units; `None` where a figure stands, and where it is too large to add up.
    pub fn amount(&self, key: ItemKey) -> Option<i64> {
        let (readings, waterfall) = (&self.seen.board().readings, &self.seen.board().waterfall);
        match key.what {
            What::Figure(_) | What::Cell(..) => None,
            What::ToSales(index) => readings.to_sales.get(index)?.amount,
            What::ToFinance(index) => readings.to_finance.get(index)?.amount,
            What::Start => waterfall.start,
            What::End => waterfall.end,
            What::Step(change) => {
                waterfall
                    .steps
                    .iter()
                    .find(|step| step.change == change)?
                    .amount
            }
        }
    }

    /// The rows behind a metric, within one line of the breakdown if `line` says so.
    pub fn drill(&self, metric: Metric, line: Option<crate::facts::column::Code>) -> Drill {
        let History { book, facts, .. } = &*self.seen.look.history;
        match line {
            None => metrics::rows(metric, facts, book, &self.seen.scope),
            Some(code) => {
                let mut filter = self.seen.scope.filter.clone();
                filter
                    .chosen
                    .retain(|(dimension, _)| *dimension != self.dimension());
                filter.chosen.push((self.dimension(), code));
                metrics::rows(
                    metric,
                    facts,
                    book,
                    &self.seen.scope.with_filter(facts, filter),
                )
            }
        }
    }
}
