//! What the meeting brings to every screen: its windows, its keys, its timer. Writes and computes nothing itself.

use super::overlay::Overlay;
use super::{App, Done, Effect, Hand, NotWritten, Order, Stage, Write};
use crate::domain::command::Command;
use crate::domain::ids::{LeadId, OpportunityId};
use crate::domain::meeting::MeetingChange;
use crate::domain::meeting::agenda::{Go, turn};
use crate::domain::meeting::ground::Ground;
use crate::domain::moment::Moment;
use crate::keymap::Action;
use crate::screens::fetch::Fetch;
use crate::screens::meeting::{self, Asked, Origin, Question, Step, Under};
use crate::screens::model::{Model, READ_ONLY};
use crate::screens::{Outcome, Place};

impl App {
    /// Whether a timer runs: then the clock is told once a second.
    pub fn ticks(&self) -> bool {
        match &self.stage {
            Stage::Room(room) => room.model.book().meetings.running().is_some(),
            _ => false,
        }
    }

    /// A second has passed: a frame is due, in which only the timers differ.
    pub fn tick(&mut self, now: Moment) {
        self.set_clock(now);
        self.changed |= self.ticks();
    }

    /// Opens a window of the meeting over what is there.
    pub(super) fn ask(&mut self, question: Question) {
        // A page lies beside the workspace: who may only read may write one.
        if self.hand == Hand::ReadsOnly && !matches!(question, Question::Page(_)) {
            self.say_failed(READ_ONLY);
            return;
        }
        let Stage::Room(room) = &self.stage else {
            return;
        };
        match Asked::new(question, &room.model) {
            Ok(asked) => self.overlays.push(Overlay::Asked(Box::new(asked))),
            Err(why) => self.say_failed(why),
        }
    }

    /// A key that writes something down, from wherever one is.
    pub(super) fn write_down(&mut self, action: Action) {
        let under = self.under();
        let origin = Origin {
            issue: None,
            under: under.clone(),
        };
        self.ask(match action {
            Action::RaiseIssue => Question::Issue(under),
            Action::Decide => Question::Decision(origin),
            Action::TakeOn => Question::Action(origin),
            _ => Question::Note,
        });
    }

    /// What is under the cursor: in the window on top, else on the screen.
    fn under(&self) -> Under {
        let Stage::Room(room) = &self.stage else {
            return Under::default();
        };
        match self.overlays.last() {
            Some(Overlay::Card(Fetch::Lead(LeadId(id)), _)) => {
                Under::ground(Ground::Lead(LeadId(*id)))
            }
            Some(Overlay::Card(Fetch::Deal(OpportunityId(id)), _)) => {
                Under::ground(Ground::Deal(OpportunityId(*id)))
            }
            Some(Overlay::Rows(rows)) => Under::number(rows.key.metric()),
            _ => room.under(),
        }
    }

    /// On to the next item of the agenda, and to the screen that it opens.
    pub(super) fn next_item(&mut self) -> Vec<Effect> {
        let Stage::Room(room) = &self.stage else {
            return Vec::new();
        };
        let Some(running) = room.model.book().meetings.running() else {
            self.say_failed("No meeting is running; 6, then s opens one");
            return Vec::new();
        };
        let after = turn(&running.items, Go::Next)
            .ok()
            .and_then(|turn| turn.opened);
        let after = running
            .items
            .iter()
            .find(|item| Some(item.id) == after)
            .cloned();
        let Outcome::Write(write) = meeting::next(&room.model) else {
            return Vec::new();
        };
        let effects = self.write(write);
        if effects.is_empty() {
            return effects;
        }
        let place = match (&mut self.stage, after) {
            (Stage::Room(room), Some(item)) => meeting::prepare(&item, &mut room.model),
            _ => Place::Meeting,
        };
        self.go(place);
        effects
    }

    /// Closes the window on top, or a line that is open in it; false where there is none.
    pub(super) fn close_topmost(&mut self) -> bool {
        if let Some(Overlay::Asked(asked)) = self.overlays.last_mut()
            && asked.back()
        {
            return true;
        }
        self.overlays.pop().is_some()
    }

    /// Lets the window of the meeting on top act, and does what it answers.
    pub(super) fn in_asked(&mut self, act: impl FnOnce(&mut Asked, &Model) -> Step) -> Vec<Effect> {
        let (Some(Overlay::Asked(asked)), Stage::Room(room)) =
            (self.overlays.last_mut(), &self.stage)
        else {
            return Vec::new();
        };
        let step = act(asked, &room.model);
        self.go_on(step)
    }

    fn go_on(&mut self, step: Step) -> Vec<Effect> {
        match step {
            Step::Stay => Vec::new(),
            Step::Write(write) => self.write(write),
            Step::Page(order) => {
                self.say_done(format!("Writing {} …", order.file));
                vec![Effect::Page(order)]
            }
            Step::Ask(question) => {
                self.ask(question);
                Vec::new()
            }
            Step::Instead(question) => {
                self.overlays.pop_if(|top| matches!(top, Overlay::Asked(_)));
                if let Some(question) = question {
                    self.ask(question);
                }
                Vec::new()
            }
            Step::Done => {
                self.overlays
                    .retain(|overlay| !matches!(overlay, Overlay::Asked(_)));
                Vec::new()
            }
        }
    }

    /// The file was read anew: an open window takes in who is in the list of people now.
    pub(super) fn asked_refreshed(&mut self) -> Vec<Effect> {
        let Stage::Room(room) = &self.stage else {
            return Vec::new();
        };
        let mut steps = Vec::new();
        for overlay in &mut self.overlays {
            if let Overlay::Asked(asked) = overlay {
                steps.push(asked.refreshed(&room.model));
            }
        }
        steps
            .into_iter()
            .flat_map(|step| self.go_on(step))
            .collect()
    }

    /// A page was written and lies there, or was not and why.
    pub fn paged(&mut self, order: &Order, done: Result<&str, &NotWritten>) -> Vec<Effect> {
        self.changed = true;
        self.notice = None;
        let window = self
            .overlays
            .iter_mut()
            .rev()
            .find_map(|overlay| match overlay {
                Overlay::Asked(asked) => asked.paged(order, done.map(|_| ())),
                _ => None,
            });
        let of_screen = match (&mut self.stage, &window) {
            (Stage::Room(room), None) => room.here().0.paged(order, done.map(|_| ())),
            _ => false,
        };
        match (done, &window) {
            _ if of_screen && done.is_err() => {}
            (Ok(file), _) => self.say_done(format!("The page lies in {file}")),
            // The window was closed meanwhile: nobody would read it there.
            (Err(NotWritten::There(file)), None) => {
                self.say_failed(format!("{file} is there already; nothing was written"));
            }
            (Err(NotWritten::Because(why)), None) => self.say_failed(why.clone()),
            (Err(_), Some(_)) => {}
        }
        window.map_or_else(Vec::new, |step| self.go_on(step))
    }

    /// A change that a window of the meeting waits for was written, or refused and why.
    pub(super) fn asked_written(
        &mut self,
        write: &Write,
        done: Result<&Done, &str>,
    ) -> Vec<Effect> {
        let Stage::Room(room) = &self.stage else {
            return Vec::new();
        };
        let step = self
            .overlays
            .iter_mut()
            .rev()
            .find_map(|overlay| match overlay {
                Overlay::Asked(asked) => asked.written(write, done, &room.model),
                _ => None,
            });
        let effects = step.map_or_else(Vec::new, |step| self.go_on(step));
        if done.is_ok() && turns_a_page(write) {
            self.go(Place::Meeting);
            // The history with the meeting in it is still being read.
            self.present_alone(opens(write));
        }
        effects
    }
}

/// Whether a meeting opens by it.
fn opens(write: &Write) -> bool {
    let Write::One(command) = write else {
        return false;
    };
    matches!(**command, Command::Meeting(MeetingChange::Start { .. }))
}

/// Whether a meeting opens or ends by it: then its screen is shown.
pub(super) fn turns_a_page(write: &Write) -> bool {
    let Write::One(command) = write else {
        return false;
    };
    matches!(
        **command,
        Command::Meeting(MeetingChange::Start { .. } | MeetingChange::Close { .. })
    )
}
