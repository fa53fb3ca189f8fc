//! The keys that change something: attempts, verdicts, hand-overs to a rep, kept filters. Each answers with data.

use super::Leads;
use super::choose::{Reps, Saved};
use super::later::Later;
use super::line::{FilterName, Purpose};
use super::qualify::Deal;
use super::reasons::Reasons;
use super::subject::{Subject, Subjects};
use super::window::Window;
use crate::domain::command::Command;
use crate::domain::criteria::Truth;
use crate::domain::desk::Desk;
use crate::domain::verdict::AttemptOutcome;
use crate::facts::queue::QueueFilter;
use crate::keymap::Action;
use crate::screens::Outcome;
use crate::screens::model::Model;

impl Leads {
    /// Acts on a key that changes something.
    pub(super) fn act(&mut self, action: Action, model: &Model) -> Outcome {
        if action == Action::SavedFilters {
            return self.choose_filter(model);
        }
        if !changes(action) {
            return Outcome::Nothing;
        }
        if self.waiting {
            return Outcome::Nothing;
        }
        if action == Action::SaveFilter {
            return self.keep_filter(model);
        }
        if self.queue.ids().is_empty() && !self.queue.is_current() {
            return Outcome::Refuse("The queue is still being looked through".to_owned());
        }
        let ids = self.marks.subjects(self.queue.ids(), self.queue.cursor());
        match Subjects::of(&ids, &self.lines, model.facts()) {
            Ok(subjects) => self.on(subjects, action, model),
            Err(why) => Outcome::Refuse(why),
        }
    }

    fn on(&mut self, subjects: Subjects, action: Action, model: &Model) -> Outcome {
        let window = match action {
            Action::Accept => {
                let accept = |handoff| {
                    Command::Desk(Desk::Accept {
                        handoff,
                        despite: None,
                        note: None,
                    })
                };
                return self.sure("Accept", &subjects, subjects.write(accept));
            }
            Action::Reopen => {
                let reopen = |handoff| Command::Desk(Desk::Reopen { handoff });
                return self.sure("Reopen", &subjects, subjects.write(reopen));
            }
            Action::AcceptAlthough => {
                // A reason why a lead was taken all the same would be a false entry for the review.
                let met = self.queue.met();
                let says = |subject: &Subject| met.as_ref().map(|met| met.of(subject.id.0));
                if subjects
                    .iter()
                    .all(|subject| says(subject) == Some(Truth::Yes))
                {
                    return Outcome::Refuse(format!(
                        "The criteria are met by {}: a accepts",
                        subjects.name()
                    ));
                }
                Ok(Purpose::Although.ask(subjects))
            }
            Action::Reject => Reasons::open(subjects, model),
            Action::Recycle => Later::open(subjects, model),
            Action::Qualify => {
                let card = self.lead(model).and_then(|lead| self.card.of(lead));
                let deals = card
                    .filter(|_| subjects.len() == 1)
                    .map_or(&[][..], |card| &card.deals);
                Ok(Deal::ask(subjects, deals, model))
            }
            Action::Assign => Reps::new(subjects, model)
                .map(Window::Reps)
                .ok_or_else(|| "Nobody sits on sales' side yet; Settings, People adds them".into()),
            action => match attempt(action) {
                Some(outcome) => Ok(Purpose::Attempt(outcome).ask(subjects)),
                None => return Outcome::Nothing,
            },
        };
        match window {
            Ok(window) => {
                self.window = Some(window);
                Outcome::Nothing
            }
            Err(why) => Outcome::Refuse(why),
        }
    }

    /// One is done at once; of many the count is asked back first.
    fn sure(&mut self, what: &str, subjects: &Subjects, outcome: Outcome) -> Outcome {
        if subjects.only().is_some() {
            self.waiting = true;
            return outcome;
        }
        let question = format!("{what} {}?", subjects.name());
        self.window = Some(Window::sure(question, outcome));
        Outcome::Nothing
    }

    fn choose_filter(&mut self, model: &Model) -> Outcome {
        match Saved::new(model) {
            Some(saved) => {
                self.window = Some(Window::Saved(saved));
                Outcome::Nothing
            }
            None => Outcome::Refuse("No filter is kept yet; S keeps the one in sight".to_owned()),
        }
    }

    fn keep_filter(&mut self, model: &Model) -> Outcome {
        let filter = self.queue.filter();
        let text = filter.text(model.facts());
        // What cannot be read back as what it was would be another filter tomorrow.
        if QueueFilter::parse(&text, model.facts()).as_ref() != Ok(filter) {
            return Outcome::Refuse(
                "This filter cannot be kept: a word in it means something else when it is read back"
                    .to_owned(),
            );
        }
        if text.is_empty() {
            return Outcome::Refuse("There is no filter to keep; f chooses one".to_owned());
        }
        self.window = Some(FilterName::ask(text));
        Outcome::Nothing
    }
}

/// How the attempt ended that a key logs.
fn attempt(action: Action) -> Option<AttemptOutcome> {
    Some(match action {
        Action::NoAnswer => AttemptOutcome::NoAnswer,
        Action::Voicemail => AttemptOutcome::Voicemail,
        Action::Connected => AttemptOutcome::Connected,
        Action::MeetingHeld => AttemptOutcome::MeetingHeld,
        Action::NoShow => AttemptOutcome::NoShow,
        Action::Bounced => AttemptOutcome::Bounced,
        Action::Sent => AttemptOutcome::Sent,
        _ => return None,
    })
}

fn changes(action: Action) -> bool {
    attempt(action).is_some()
        || matches!(
            action,
            Action::Accept
                | Action::AcceptAlthough
                | Action::Reject
                | Action::Recycle
                | Action::Reopen
                | Action::Qualify
                | Action::Assign
                | Action::SaveFilter
        )
}
