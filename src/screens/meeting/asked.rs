//! An open window of the meeting: what is typed and chosen in it, and the change or the next window that it says. Writes nothing itself.

mod order;

use crossterm::event::KeyEvent;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::choose::Choice;
use super::freeze::frozen;
use super::question::{Newcomer, Question};
use super::window::Window;
use super::{forms, item, newcomer, page};
use crate::domain::command::Command;
use crate::domain::ids::MeetingId;
use crate::domain::meeting::MeetingChange;
use crate::domain::moment::Day;
use crate::domain::policy::Side;
use crate::domain::presence::Doing;
use crate::keymap::{Action, Context};
use crate::screens::fetch::{Done, Write};
use crate::screens::model::Model;
use crate::screens::paper::{NotWritten, Order, Over};
use crate::theme::Theme;

/// What has still to be written once the change before is.
#[derive(Debug, Clone)]
enum Then {
    Nothing,
    Leave(Vec<String>),
    Close(Option<Day>),
    /// Nothing is written: the person by that handle comes into sight.
    Joined(String),
}

/// What a key in the window leads to.
#[derive(Debug, Clone, PartialEq)]
pub enum Step {
    /// The window stays.
    Stay,
    /// This is written; the window closes when it is.
    Write(Write),
    /// This page is written to a file; the window closes when it is.
    Page(Order),
    /// Another window opens over it.
    Ask(Question),
    /// Another window takes its place; without one, what is below is in sight again.
    Instead(Option<Question>),
    /// It is done; every window of the meeting closes.
    Done,
}

/// The open window.
#[derive(Debug, Clone)]
pub struct Asked {
    question: Question,
    window: Window,
    /// What was asked to be written; nothing more is until it is answered.
    sent: Option<Write>,
    /// The page that was asked for last, where its file was there already: asked for once more, it takes that file's place.
    there: Option<Order>,
    then: Then,
}

impl Asked {
    /// Opens a question; why it makes no sense now otherwise.
    pub fn new(question: Question, model: &Model) -> Result<Self, String> {
        let question = order::first(question, model);
        let window = Window::open(&question, model)?;
        Ok(Self {
            question,
            window,
            sent: None,
            there: None,
            then: Then::Nothing,
        })
    }

    /// Where its keys stand in the table.
    pub fn context(&self) -> Context {
        match &self.window {
            Window::Form(_) => Context::Field,
            Window::Letters(_) => Context::Letters,
            Window::Table(_) => Context::Table,
            Window::Plan(plan) => plan.context(),
        }
    }

    /// A key that means an action.
    pub fn update(&mut self, action: Action, model: &Model) -> Step {
        if action == Action::Open && (self.sent.is_some() || self.is_waiting()) {
            return Step::Stay;
        }
        match (&mut self.window, action) {
            (Window::Form(_), Action::Open) => self.submit(model),
            (Window::Form(form), action) => {
                form.update(action);
                Step::Stay
            }
            (Window::Letters((letters, _)), Action::Open) => {
                let at = letters.marked();
                at.map_or(Step::Stay, |at| self.chosen(at))
            }
            (Window::Letters((letters, _)), action) => {
                letters.update(action);
                Step::Stay
            }
            (Window::Table(_), Action::Open) => self.seated(model),
            (Window::Table(table), Action::Add) => Step::Ask(Question::Person(Newcomer::of(
                table.missing().next().unwrap_or(Side::Sales),
                "Who is there and not in the list of people yet?".to_owned(),
            ))),
            (Window::Table(table), action) => {
                table.update(action);
                Step::Stay
            }
            (Window::Plan(plan), action) => match plan.update(action) {
                Some(change) => self.write(forms::command(change)),
                None => Step::Stay,
            },
        }
    }

    /// Text.
    pub fn key(&mut self, key: KeyEvent) -> Step {
        match &mut self.window {
            Window::Form(form) => form.key(key),
            Window::Table(table) => table.key(key),
            Window::Plan(plan) => plan.key(key),
            Window::Letters((letters, _)) => {
                if let Some(at) = letters.key(key) {
                    return self.chosen(at);
                }
            }
        }
        Step::Stay
    }

    /// Pasted text.
    pub fn paste(&mut self, pasted: &str) {
        match &mut self.window {
            Window::Form(form) => form.paste(pasted),
            Window::Plan(plan) => plan.paste(pasted),
            _ => {}
        }
    }

    /// A click.
    pub fn click(&mut self, column: u16, row: u16) -> Step {
        match &mut self.window {
            Window::Letters((letters, _)) => {
                let at = letters.click(column, row);
                at.map_or(Step::Stay, |at| self.chosen(at))
            }
            Window::Table(table) => {
                table.click(column, row);
                Step::Stay
            }
            _ => Step::Stay,
        }
    }

    /// Closes a line of its own; false when the window itself has to go.
    pub fn back(&mut self) -> bool {
        match &mut self.window {
            Window::Plan(plan) => plan.back(),
            _ => false,
        }
    }

    fn write(&mut self, command: Command) -> Step {
        self.send(Write::one(command))
    }

    fn send(&mut self, write: Write) -> Step {
        self.sent = Some(write.clone());
        Step::Write(write)
    }

    fn chosen(&mut self, at: usize) -> Step {
        let Window::Letters((_, choices)) = &self.window else {
            return Step::Stay;
        };
        match choices.get(at).cloned() {
            Some(Choice::Ask(question)) => Step::Ask(question),
            Some(Choice::Do(change)) => self.write(forms::command(*change)),
            None => Step::Stay,
        }
    }

    /// Who is there has been said: the meeting starts, or those who are new come and those who are gone leave.
    fn seated(&mut self, model: &Model) -> Step {
        let (Window::Table(table), Question::Table(agenda)) = (&self.window, &self.question) else {
            return Step::Stay;
        };
        let present = table.present();
        if let Some(agenda) = agenda {
            let agenda = agenda.clone();
            return match frozen(model) {
                Ok(snapshot) => self.write(forms::command(MeetingChange::Start {
                    agenda,
                    present,
                    snapshot,
                })),
                Err(why) => self.refuse(why),
            };
        }
        let here: Vec<String> = model
            .book()
            .meetings
            .running()
            .map_or_else(Vec::new, |meeting| {
                meeting.present().map(|a| a.person.handle.clone()).collect()
            });
        let mut left = table.absent();
        left.retain(|handle| here.contains(handle));
        let mut came = present;
        came.retain(|handle| !here.contains(handle));
        if !came.is_empty() {
            if !left.is_empty() {
                self.then = Then::Leave(left);
            }
            return self.write(forms::command(MeetingChange::Attend(came)));
        }
        if left.is_empty() {
            return Step::Done;
        }
        self.write(forms::command(MeetingChange::Leave(left)))
    }

    /// Reads the fields; what cannot be read is said in the window.
    fn submit(&mut self, model: &Model) -> Step {
        let Window::Form(form) = &mut self.window else {
            return Step::Stay;
        };
        let said = match &self.question {
            Question::Issue(under) => forms::issue_said(form, under, model),
            Question::Note => forms::note_said(form),
            Question::Decision(origin) => forms::decision_said(form, origin, model),
            Question::Action(origin) => forms::action_said(form, origin, model),
            Question::Drop(dropped) => forms::dropped(form, *dropped),
            Question::Close => return self.close(model),
            Question::Item => item::said(form),
            Question::Person(_) => newcomer::said(form, model),
            Question::Page(of) => return self.order(*of, model),
            _ => return Step::Stay,
        };
        match said {
            Ok(command) => {
                if let Command::PutPerson { handle, .. } = &command {
                    self.then = Then::Joined(handle.clone());
                }
                self.write(command)
            }
            Err(why) => self.refuse(why),
        }
    }

    /// The page that is asked for: over a file that is there only where it is asked for twice.
    fn order(&mut self, of: Option<MeetingId>, model: &Model) -> Step {
        let Window::Form(form) = &mut self.window else {
            return Step::Stay;
        };
        let mut order = page::said(form, of, model);
        if self.there.as_ref() == Some(&order) {
            order.over = Over::Goes;
        }
        Step::Page(order)
    }

    /// What became of the page: the window is done with, or says why not. `None`: it was something else.
    pub fn paged(&mut self, order: &Order, done: Result<(), &NotWritten>) -> Option<Step> {
        if !matches!(self.question, Question::Page(_)) {
            return None;
        }
        let Window::Form(form) = &mut self.window else {
            return None;
        };
        self.there = None;
        Some(match done {
            Ok(()) => Step::Done,
            Err(NotWritten::There(file)) => {
                form.refuse(format!(
                    "{file} is there already; Enter again replaces it, another name keeps it"
                ));
                self.there = Some(order.clone());
                Step::Stay
            }
            Err(NotWritten::Because(why)) => {
                form.refuse(why.clone());
                Step::Stay
            }
        })
    }

    /// What is done in it, for the others at this workspace.
    pub fn doing(&self) -> Doing {
        self.question.doing()
    }

    /// Ratings first, then the end.
    fn close(&mut self, model: &Model) -> Step {
        let Window::Form(form) = &mut self.window else {
            return Step::Stay;
        };
        match forms::close_said(form, model) {
            Ok((rates, next_on)) if rates.is_empty() => self.end(next_on, model),
            Ok((rates, next_on)) => {
                self.then = Then::Close(next_on);
                self.send(Write::Each(rates))
            }
            Err(why) => self.refuse(why),
        }
    }

    /// The end, with the figures as they stand.
    fn end(&mut self, next_on: Option<Day>, model: &Model) -> Step {
        match frozen(model) {
            Ok(snapshot) => self.write(forms::command(MeetingChange::Close { snapshot, next_on })),
            Err(why) => self.refuse(why),
        }
    }

    /// Says in the window why nothing is written; what was typed stays.
    fn refuse(&mut self, why: String) -> Step {
        match &mut self.window {
            Window::Form(form) => form.refuse(why),
            Window::Plan(plan) => plan.refuse(&why),
            Window::Table(table) => table.refuse(&why),
            Window::Letters(_) => {}
        }
        Step::Stay
    }

    /// What was asked to be written is, or is refused and why; typed text stays then. `None`: it was something else.
    pub fn written(
        &mut self,
        write: &Write,
        done: Result<&Done, &str>,
        model: &Model,
    ) -> Option<Step> {
        self.sent.take_if(|sent| sent == write)?;
        let refused = match done {
            Ok(done) => done
                .results
                .iter()
                .find_map(|result| result.as_ref().err())
                .cloned(),
            Err(why) => Some(why.to_owned()),
        };
        if let Some(why) = refused {
            self.then = Then::Nothing;
            return Some(self.refuse(why));
        }
        Some(match std::mem::replace(&mut self.then, Then::Nothing) {
            Then::Nothing => self.done(),
            Then::Joined(handle) => {
                self.then = Then::Joined(handle);
                self.refreshed(model)
            }
            Then::Leave(left) => self.write(forms::command(MeetingChange::Leave(left))),
            Then::Close(next_on) => self.end(next_on, model),
        })
    }

    /// Draws it over what is there.
    pub fn draw(&mut self, buffer: &mut Buffer, screen: Rect, theme: &Theme) {
        match &mut self.window {
            Window::Form(form) => form.draw(buffer, screen, theme),
            Window::Letters((letters, _)) => letters.draw(buffer, screen, theme),
            Window::Table(table) => table.draw("Who is at the table?", buffer, screen, theme),
            Window::Plan(plan) => plan.draw(buffer, screen, theme),
        }
    }
}
