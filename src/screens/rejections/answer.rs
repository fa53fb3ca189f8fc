//! What is typed and chosen in an open question, and the next question or the command that it says.

use crossterm::event::KeyEvent;

use super::Rejections;
use super::act::rate_until_now;
use super::ask::{About, Asked, Ending, Settling, Window};
use crate::domain::command::Command;
use crate::domain::moment::Day;
use crate::domain::review::feedback::{Act, Deeds};
use crate::domain::review::{By, Proposal, Review};
use crate::keymap::Action;
use crate::screens::Outcome;
use crate::screens::fetch::Write;
use crate::screens::form::Form;
use crate::screens::model::Model;

impl Rejections {
    /// A key in the open window.
    pub(super) fn answer(&mut self, action: Action, model: &Model) -> Outcome {
        let Some(asked) = &mut self.open else {
            return Outcome::Nothing;
        };
        match (&mut asked.window, action) {
            (Window::Form(_), Action::Open) => self.submit(model),
            (Window::Letters(letters), Action::Open) => match letters.marked() {
                Some(index) => self.chosen(index, model),
                None => Outcome::Nothing,
            },
            (Window::Form(form), action) => {
                form.update(action);
                Outcome::Nothing
            }
            (Window::Letters(letters), action) => {
                letters.update(action);
                Outcome::Nothing
            }
        }
    }

    /// Text for the open window.
    pub(super) fn typed_into(&mut self, key: KeyEvent, model: &Model) -> Outcome {
        match self.open.as_mut().map(|asked| &mut asked.window) {
            Some(Window::Form(form)) => {
                form.key(key);
                Outcome::Nothing
            }
            Some(Window::Letters(letters)) => match letters.key(key) {
                Some(index) => self.chosen(index, model),
                None => Outcome::Nothing,
            },
            None => Outcome::Nothing,
        }
    }

    /// An entry of a list was chosen.
    pub(super) fn chosen(&mut self, index: usize, model: &Model) -> Outcome {
        let Some(asked) = &self.open else {
            return Outcome::Nothing;
        };
        match asked.about.clone() {
            About::Narrow(choices) => {
                if let Some(only) = choices.get(index) {
                    self.only = *only;
                }
                self.open = None;
                self.sync(model);
                Outcome::Nothing
            }
            About::Ending(challenge) => Ending::ALL.get(index).map_or(Outcome::Nothing, |ending| {
                self.end(challenge, *ending, model)
            }),
            About::Confirms(settling, handles) => match handles.into_iter().nth(index) {
                Some(handle) => self.confirmed_by(settling, handle, model),
                None => Outcome::Nothing,
            },
            About::Kind(cluster, shared) => {
                let Some(act) = Act::ALL.get(index).copied() else {
                    return Outcome::Nothing;
                };
                let rate = rate_until_now(&shared, model);
                let form = Form::new(format!("{}: what was changed?", act.label()))
                    .note(format!(
                        "Until now {} of {} decided were rejected so, in the last 13 weeks; H compares with it later.",
                        rate.hits, rate.n
                    ))
                    .text("Change", "", "what, by when, by whom");
                self.ask(About::Change(cluster, shared, act), Window::Form(form))
            }
            About::Rules(proposed) => self.ask_about_rule(proposed, index),
            About::Speaks(command, handles) => match handles.into_iter().nth(index) {
                Some(handle) => self.send(Write::As(handle, command)),
                None => Outcome::Nothing,
            },
            _ => Outcome::Nothing,
        }
    }

    /// One side has said who confirms: the other is asked, or the change is made.
    fn confirmed_by(
        &mut self,
        mut settling: Settling,
        handle: Option<String>,
        model: &Model,
    ) -> Outcome {
        settling.by.extend(handle);
        settling.sides.remove(0);
        if !settling.sides.is_empty() {
            return self.ask_who_confirms(settling, model);
        }
        let by = if settling.by.is_empty() {
            By::Nobody
        } else {
            By::These(settling.by)
        };
        let challenge = settling.challenge;
        let review = match settling.proposal {
            Some(proposal) => Review::Settle {
                challenge,
                proposal,
                remark: None,
                by,
            },
            None if by == By::Nobody => {
                self.open = None;
                return Outcome::Say("Nobody confirmed; nothing was changed".to_owned());
            }
            None => Review::Confirm { challenge, by },
        };
        self.say(Command::Review(review), model)
    }

    /// Makes a change; the form that it was typed in comes back when it is refused.
    pub(super) fn send(&mut self, write: Write) -> Outcome {
        let mut window = self.open.take();
        while let Some(asked) = window.take() {
            if matches!(asked.window, Window::Form(_)) {
                window = Some(asked);
                break;
            }
            window = asked.before.map(|before| *before);
        }
        self.sent = Some((write.clone(), window));
        Outcome::Write(write)
    }

    /// Reads the fields; what cannot be read is said in the window.
    fn submit(&mut self, model: &Model) -> Outcome {
        let Some(Asked {
            about,
            window: Window::Form(form),
            ..
        }) = &mut self.open
        else {
            return Outcome::Nothing;
        };
        let value = form.value(0).to_owned();
        match about.clone() {
            About::Argument(handoff) => {
                if value.is_empty() {
                    form.refuse("an argument is needed: what speaks for the lead?");
                    return Outcome::Nothing;
                }
                let argument = value;
                let challenge = Review::Challenge { handoff, argument };
                self.say(Command::Review(challenge), model)
            }
            About::RecycleOn(challenge) => {
                let Some(day) = Day::parse(&value) else {
                    form.refuse(format!("'{value}' is no date; 2025-12-01 is expected"));
                    return Outcome::Nothing;
                };
                self.settle(challenge, Proposal::Recycled(day), model)
            }
            About::Gap(challenge) => {
                if value.is_empty() {
                    form.refuse("a rule is needed: employees >= 50");
                    return Outcome::Nothing;
                }
                self.settle(challenge, Proposal::CriteriaGap(value), model)
            }
            About::Matter(cluster) => {
                let note = Some(value).filter(|note| !note.is_empty());
                let deed = Deeds::Raise { note };
                self.say(Command::Review(Review::Feedback { cluster, deed }), model)
            }
            About::Change(cluster, shared, act) => {
                if value.is_empty() {
                    form.refuse("say what was changed");
                    return Outcome::Nothing;
                }
                let rate = rate_until_now(&shared, model);
                let deed = Deeds::Act {
                    act,
                    text: value,
                    rate,
                };
                self.say(Command::Review(Review::Feedback { cluster, deed }), model)
            }
            About::Rule(proposed) => match proposed.draft.with(&value) {
                Ok(change) => self.say(Command::Criteria(change), model),
                Err(why) => {
                    form.refuse(why);
                    Outcome::Nothing
                }
            },
            _ => Outcome::Nothing,
        }
    }

    /// Whether a change of this screen is under way.
    #[cfg(test)]
    pub(super) fn waits_for(&self) -> Option<&Write> {
        self.sent.as_ref().map(|(write, _)| write)
    }
}
