//! Which window comes before a question and which after it. Writes nothing itself.

use super::{Asked, Step, Then};
use crate::screens::meeting::question::{Newcomer, Question};
use crate::screens::meeting::window::Window;
use crate::screens::model::Model;

/// What has to be asked before the question: who could own it, where nobody stands in the list of people.
pub(super) fn first(question: Question, model: &Model) -> Question {
    let meetings = &model.book().meetings;
    let what = match question {
        Question::Decision(_) if meetings.running().is_some() => "A decision needs an owner",
        Question::Action(_) => "An action needs somebody who does it",
        Question::Presenter if meetings.running().is_some() => {
            "The meeting has nobody who could present"
        }
        _ => return question,
    };
    if model.book().people.is_empty() {
        Question::Person(Newcomer::needed(what, question))
    } else {
        question
    }
}

impl Asked {
    /// What comes after it.
    pub(super) fn done(&self) -> Step {
        match &self.question {
            Question::Rank(_, after) => match after.split_first() {
                Some((next, after)) => Step::Instead(Some(Question::Rank(*next, after.to_vec()))),
                None => Step::Done,
            },
            _ => Step::Done,
        }
    }

    /// Whether what was written is not in sight yet.
    pub(super) fn is_waiting(&self) -> bool {
        self.sent.is_none() && matches!(self.then, Then::Joined(_))
    }

    /// The file was read anew: who was added is in the list now.
    pub fn refreshed(&mut self, model: &Model) -> Step {
        if let Window::Table(table) = &mut self.window {
            table.refreshed(model);
        }
        let joined = |handle: &str| {
            let mut people = model.book().people.iter();
            people.any(|person| person.handle.eq_ignore_ascii_case(handle))
        };
        match (&self.then, &self.question) {
            (Then::Joined(handle), Question::Person(who))
                if self.sent.is_none() && joined(handle) =>
            {
                Step::Instead(who.next.as_deref().cloned())
            }
            _ => Step::Stay,
        }
    }
}
