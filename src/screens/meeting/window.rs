//! The window that a question opens, or why it makes no sense now. Reads and writes nothing itself.

use super::choose::{self, Choice, Chosen};
use super::plan::Plan;
use super::question::{Origin, Question};
use super::table::Table;
use super::{forms, freeze, item, newcomer, page};
use crate::domain::meeting::{MeetingChange, Priority};
use crate::screens::form::Form;
use crate::screens::model::Model;

/// How something is asked.
#[derive(Debug, Clone)]
pub(super) enum Window {
    Form(Form),
    Letters(Chosen),
    Table(Table),
    Plan(Plan),
}

impl Window {
    /// Opens a question; why it makes no sense now otherwise.
    pub(super) fn open(question: &Question, model: &Model) -> Result<Window, String> {
        let meetings = &model.book().meetings;
        let must_run = |to: &str| match meetings.running() {
            Some(_) => Ok(()),
            None => Err(format!(
                "No meeting is running, so there is none to {to}; 6, then s opens one"
            )),
        };
        Ok(match question {
            Question::Start => {
                if let Some(running) = meetings.running() {
                    return Err(format!("Meeting {} is running; c closes it", running.id.0));
                }
                freeze::of_now(model)?;
                Window::Letters(choose::agendas("Which agenda?", model))
            }
            Question::Agendas => Window::Letters(choose::agendas_to_change(model)),
            Question::Table(agenda) => {
                if agenda.is_none() {
                    must_run("come to")?;
                }
                Window::Table(Table::new(model))
            }
            Question::Plan(agenda) => Window::Plan(Plan::new(agenda)),
            Question::Issue(under) => Window::Form(forms::issue(under, model)),
            Question::Decision(origin) => {
                must_run("decide in")?;
                Window::Form(forms::decision(origin, model))
            }
            Question::Action(origin) => Window::Form(forms::action(origin, model)),
            Question::Note => {
                must_run("write a note in")?;
                Window::Form(forms::note(model))
            }
            Question::About(id) => {
                let issue = meetings.issues.iter().find(|issue| issue.id == *id);
                Window::Letters(choose::about(
                    issue.ok_or("This issue is not there any more")?,
                ))
            }
            Question::Solve(issue) => {
                must_run("solve an issue in")?;
                let known = meetings.issues.iter().find(|known| known.id == *issue);
                let origin = || known.map_or_else(Origin::default, Origin::of);
                Window::Letters(choose::letters(
                    "It becomes",
                    [
                        (
                            "a decision",
                            "owner, date, number",
                            Choice::Ask(Question::Decision(origin())),
                        ),
                        (
                            "an action",
                            "who, until when",
                            Choice::Ask(Question::Action(origin())),
                        ),
                    ],
                ))
            }
            Question::Rank(issue, after) => {
                let known = meetings.issues.iter().find(|known| known.id == *issue);
                let known = known.ok_or("This issue is not there any more")?;
                let entry = |p: &Priority| {
                    (
                        p.label(),
                        "",
                        Choice::Do(Box::new(MeetingChange::Prioritise(*issue, *p))),
                    )
                };
                let more = match after.len() {
                    0 => String::new(),
                    more => format!(", {more} more"),
                };
                let title = format!("1, 2 or 3{more}: {}", known.text);
                let (letters, choices) = choose::letters(&title, Priority::ALL.iter().map(entry));
                let at = Priority::ALL.iter().position(|p| *p == known.priority);
                Window::Letters((letters.keyed("123").at(at.unwrap_or(0)), choices))
            }
            Question::Drop(dropped) => Window::Form(forms::drop_it(*dropped, model)),
            Question::Close => {
                must_run("close")?;
                freeze::of_now(model)?;
                Window::Form(forms::close(model))
            }
            Question::Item => {
                must_run("add an item to")?;
                Window::Form(item::form())
            }
            Question::Person(who) => Window::Form(newcomer::form(who)),
            Question::Presenter => {
                must_run("present in")?;
                Window::Letters(choose::presenters(model))
            }
            Question::Page(of) => Window::Form(page::form(*of, model)),
        })
    }
}
