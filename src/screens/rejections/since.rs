//! From when on rejections are looked at: the last meeting, or the period that the screens share. Reads nothing.

use super::Rejections;
use super::view::View;
use crate::domain::book::Book;
use crate::domain::moment::Moment;
use crate::domain::period::{Period, Span};
use crate::domain::verdict::Verdict;
use crate::metrics::Scope;
use crate::metrics::review::since;
use crate::screens::Outcome;
use crate::screens::model::Model;

/// What was chosen.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) enum Since {
    /// Nothing yet: the last meeting, where anything was rejected since.
    #[default]
    Unchosen,
    /// The last meeting, as long as the screens' period stays this one.
    Meeting(Period),
    /// The screens' period.
    Period,
}

impl Rejections {
    /// Chooses for whom has not, and goes with the screens' period once that has changed.
    pub(super) fn settle_since(&mut self, model: &Model) {
        let period = &model.asked().period;
        match &self.since {
            Since::Unchosen if anything_since(model) => {
                self.since = Since::Meeting(period.clone());
            }
            Since::Meeting(beside) if beside != period => self.since = Since::Period,
            _ => {}
        }
    }

    /// What the screen is about: period, filter, as-of moment.
    pub(super) fn scope(&self, model: &Model) -> Scope {
        let (book, scope) = (model.book(), model.scope());
        match (&self.since, last_meeting(book, scope)) {
            (Since::Meeting(_), Some(closed)) => {
                let mut scope = since(book, scope, closed);
                scope.period.label =
                    format!("since the meeting of {}", book.calendar.day_of(closed));
                scope
            }
            _ => scope.clone(),
        }
    }

    /// Where the period holds no rejection, goes to the newest ones; false where there is something to open.
    pub(super) fn goes_to_newest(&self, model: &mut Model) -> bool {
        let is_empty = self
            .found
            .as_ref()
            .is_some_and(|found| found.whole.is_empty());
        let shows_them = matches!(self.view, View::Worklist | View::Matrix | View::List);
        if !is_empty || !shows_them || (self.view == View::List && self.len() > 0) {
            return false;
        }
        if let Some(newest) = newest(model) {
            model.set_period(newest);
        }
        true
    }

    /// From the last meeting to the period, and back.
    pub(super) fn switch_since(&mut self, model: &Model) -> Outcome {
        self.since = match &self.since {
            Since::Meeting(_) => Since::Period,
            _ if last_meeting(model.book(), model.scope()).is_none() => {
                return Outcome::Say(
                    "No meeting was closed yet; p chooses the period instead".to_owned(),
                );
            }
            _ => Since::Meeting(model.asked().period.clone()),
        };
        Outcome::Nothing
    }
}

/// The quarter of the newest rejection that the filter lets through; where a period is empty one can go there.
pub(super) fn newest(model: &Model) -> Option<Period> {
    let (book, scope) = (model.book(), model.scope());
    let handoffs = &model.facts().handoffs;
    let at = |row: &u32| handoffs.verdict_at.get(*row as usize);
    let newest = handoffs.by_verdict.rows().iter().rev().find(|row| {
        let place = **row as usize;
        scope.mask.handoffs.contains(place)
            && handoffs.verdict(place) == Some(Verdict::Rejected)
            && at(row) <= scope.as_of
    });
    let day = newest.map(|row| book.calendar.day_of(at(row)))?;
    Some(Period::around(day, Span::Quarter, &book.calendar))
}

/// When the last meeting ended that had by the as-of moment.
fn last_meeting(book: &Book, scope: &Scope) -> Option<Moment> {
    let closed = book.meetings.all.iter().rev();
    closed
        .filter_map(|meeting| Some(meeting.closed.as_ref()?.at))
        .find(|at| *at <= scope.as_of)
}

/// Whether anything was rejected since then.
fn anything_since(model: &Model) -> bool {
    let (book, scope) = (model.book(), model.scope());
    let handoffs = &model.facts().handoffs;
    last_meeting(book, scope).is_some_and(|closed| {
        let period = since(book, scope, closed).period;
        let verdicts = handoffs.by_verdict.within(&handoffs.verdict_at, &period);
        let mut rejected = verdicts.iter().map(|row| handoffs.verdict(*row as usize));
        rejected.any(|verdict| verdict == Some(Verdict::Rejected))
    })
}

/// How many meetings an open challenge has waited through.
pub(super) fn meetings_since(book: &Book, opened: Moment) -> usize {
    let through = book.meetings.all.iter();
    through
        .filter(|meeting| meeting.closed.is_some() && meeting.started.at >= opened)
        .count()
}
