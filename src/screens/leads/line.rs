//! One line to type: minutes and a note to an attempt, the note to a rejection, a date, a name. Says while typing how it is read;
//! writes nothing itself.

use super::later::recycle;
use super::reasons::{preview, reject};
use super::subject::Subjects;
use super::window::{Sheet, Window};
use crate::domain::book::Reason;
use crate::domain::catalogue::Catalogue;
use crate::domain::command::Command;
use crate::domain::desk::{Desk, recycle_day};
use crate::domain::moment::Day;
use crate::domain::reason::Asks;
use crate::domain::refused::Refused;
use crate::domain::spoken;
use crate::domain::verdict::AttemptOutcome;
use crate::screens::Outcome;
use crate::screens::fetch::Write;
use crate::screens::form::Form;
use crate::screens::model::Model;

/// What the line is for.
#[derive(Debug, Clone)]
pub(super) enum Purpose {
    /// Minutes and note of an attempt.
    Attempt(AttemptOutcome),
    /// The note to a rejection.
    Reject(Box<Reason>),
    /// Why although criteria are not met.
    Although,
    /// The day on which a lead comes back.
    RecycleOn,
}

/// The open line.
pub(super) struct Line {
    subjects: Subjects,
    purpose: Purpose,
}

impl Purpose {
    /// An empty line for these leads.
    pub(super) fn ask(self, subjects: Subjects) -> Window {
        let who = subjects.name();
        let form = match &self {
            Self::Attempt(outcome) => Form::new(format!(
                "{}, {} · {who}",
                outcome.usual_channel().label(),
                outcome.label()
            ))
            .text(
                "Note",
                "",
                "minutes and note, such as: 5 left word with Ann",
            ),
            Self::Reject(reason) => {
                let hint = match reason.asks {
                    Asks::Note => "what it was",
                    _ => "if you like",
                };
                Form::new(format!("Reject {who}: {}", reason.label)).text("Note", "", hint)
            }
            Self::Although => Form::new(format!("Accept {who} although criteria are not met"))
                .text("Why", "", "kept for the review"),
            Self::RecycleOn => Form::new(format!("{who} comes back"))
                .text("On", "", spoken::HINT)
                .text("Note", "", "if you like"),
        };
        let line = Line {
            subjects,
            purpose: self,
        };
        Window::Form(form, Sheet::Line(Box::new(line)))
    }
}

impl Line {
    /// The change that the line says, or what is wrong with it.
    pub(super) fn outcome(&self, form: &Form, model: &Model) -> Result<Outcome, String> {
        Ok(match &self.purpose {
            Purpose::Attempt(outcome) => {
                let (minutes, note) = minutes_and_note(form.value(0));
                if let Some(odd) = minutes.filter(|m| !(0..=1_440).contains(m)) {
                    return Err(Refused::Minutes(odd).to_string());
                }
                let at = model.now();
                self.subjects.write(|handoff| {
                    Command::Desk(Desk::LogAttempt {
                        handoff,
                        at,
                        channel: outcome.usual_channel(),
                        outcome: *outcome,
                        minutes,
                        note: note.clone(),
                    })
                })
            }
            Purpose::Reject(reason) => {
                let note = form.given(0);
                if note.is_none() && reason.asks == Asks::Note {
                    let label = reason.label.clone();
                    return Err(Refused::NoteNeeded { label }.to_string());
                }
                reject(&self.subjects, reason, note.as_deref())
            }
            Purpose::Although => self.subjects.write(|handoff| {
                Command::Desk(Desk::Accept {
                    handoff,
                    despite: form.given(0),
                    note: None,
                })
            }),
            Purpose::RecycleOn => {
                let on = back_on(form, model)?;
                recycle(&self.subjects, on, form.given(1).as_deref())
            }
        })
    }

    /// How the line is read as it stands.
    pub(super) fn reading(&self, form: &Form, model: &Model) -> String {
        match &self.purpose {
            Purpose::Attempt(_) => match minutes_and_note(form.value(0)) {
                (None, None) => "Enter logs it as it is".to_owned(),
                (Some(minutes), None) => format!("{minutes} minutes"),
                (None, Some(_)) => "a note, the channel's usual minutes".to_owned(),
                (Some(minutes), Some(_)) => format!("{minutes} minutes and a note"),
            },
            Purpose::Reject(reason) => {
                let typed = Some(form.value(0));
                preview(reason, &self.subjects, model, typed).1
            }
            Purpose::Although => "Enter accepts".to_owned(),
            Purpose::RecycleOn if form.value(0).is_empty() => "a day after today".to_owned(),
            Purpose::RecycleOn => match back_on(form, model) {
                Ok(day) => format!("back in the queue on {day}"),
                Err(why) => why,
            },
        }
    }
}

fn back_on(form: &Form, model: &Model) -> Result<Day, String> {
    let calendar = &model.book().calendar;
    let day = spoken::day(form.value(0), calendar.day_of(model.now()))?;
    recycle_day(day, model.now(), calendar).map_err(|refused| refused.to_string())?;
    Ok(day)
}

/// The name under which a filter is kept.
pub(super) struct FilterName {
    pub(super) text: String,
}

impl FilterName {
    /// Asks for a name for a filter, as it is typed.
    pub(super) fn ask(text: String) -> Window {
        let form =
            Form::new("Keep the filter as").text("Name", "", "the same name again replaces it");
        Window::Form(form, Sheet::FilterName(Self { text }))
    }

    /// Keeps it.
    pub(super) fn outcome(&self, form: &Form) -> Result<Outcome, String> {
        let name = form.given(0).ok_or("A kept filter needs a name")?;
        let text = self.text.clone();
        let keep = Catalogue::SaveFilter { name, text };
        Ok(Outcome::Write(Write::one(Command::Catalogue(keep))))
    }
}

/// A number at the beginning is minutes, the rest is the note.
fn minutes_and_note(typed: &str) -> (Option<i64>, Option<String>) {
    let typed = typed.trim();
    let (first, rest) = typed.split_once(char::is_whitespace).unwrap_or((typed, ""));
    let (minutes, note) = match first.parse::<i64>() {
        Ok(minutes) => (Some(minutes), rest.trim()),
        Err(_) => (None, typed),
    };
    (minutes, (!note.is_empty()).then(|| note.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_in_front_is_minutes() {
        let note = |text: &str| Some(text.to_owned());
        assert_eq!(minutes_and_note(""), (None, None));
        assert_eq!(minutes_and_note(" 5 "), (Some(5), None));
        assert_eq!(
            minutes_and_note("5 left word"),
            (Some(5), note("left word"))
        );
        assert_eq!(minutes_and_note("call at 5"), (None, note("call at 5")));
        assert_eq!(minutes_and_note("5th floor"), (None, note("5th floor")));
    }
}
