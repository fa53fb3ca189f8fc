//! One line to type: minutes and a note to an attempt, the note to a rejection, a date, a name. Says while typing how it is read;
//! writes nothing itself.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::later::recycle;
use super::reasons::{preview, reject};
use super::subject::Subjects;
use super::window::Step;
use crate::domain::book::Reason;
use crate::domain::catalogue::Catalogue;
use crate::domain::command::Command;
use crate::domain::desk::{Desk, recycle_day};
use crate::domain::moment::Day;
use crate::domain::reason::Asks;
use crate::domain::refused::Refused;
use crate::domain::verdict::AttemptOutcome;
use crate::screens::Outcome;
use crate::screens::fetch::Write;
use crate::screens::model::Model;
use crate::theme::{Role, Theme};
use crate::widgets::{Ink, Prompt, popup};

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
    pub(super) prompt: Prompt,
}

impl Line {
    /// An empty line.
    pub(super) fn new(subjects: Subjects, purpose: Purpose) -> Self {
        Self {
            subjects,
            purpose,
            prompt: Prompt::default(),
        }
    }

    /// Enter: the change that the line says, or what is wrong with it.
    pub(super) fn confirm(&self, model: &Model) -> Step {
        match self.outcome(model) {
            Ok(outcome) => Step::Answer(outcome),
            Err(why) => Step::Refuse(why),
        }
    }

    fn typed(&self) -> Option<String> {
        let typed = self.prompt.value().trim();
        (!typed.is_empty()).then(|| typed.to_owned())
    }

    fn outcome(&self, model: &Model) -> Result<Outcome, String> {
        Ok(match &self.purpose {
            Purpose::Attempt(outcome) => {
                let (minutes, note) = minutes_and_note(self.prompt.value());
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
                let note = self.typed();
                if note.is_none() && reason.asks == Asks::Note {
                    let label = reason.label.clone();
                    return Err(Refused::NoteNeeded { label }.to_string());
                }
                reject(&self.subjects, reason, note.as_deref())
            }
            Purpose::Although => {
                let despite = self.typed();
                self.subjects.write(|handoff| {
                    Command::Desk(Desk::Accept {
                        handoff,
                        despite: despite.clone(),
                        note: None,
                    })
                })
            }
            Purpose::RecycleOn => recycle(&self.subjects, self.day(model)?),
        })
    }

    fn day(&self, model: &Model) -> Result<Day, String> {
        let typed = self.prompt.value().trim();
        let day = Day::parse(typed)
            .ok_or_else(|| format!("'{typed}' is no date; 2025-06-30 is expected"))?;
        recycle_day(day, model.now(), &model.book().calendar)
            .map_err(|refused| refused.to_string())?;
        Ok(day)
    }

    fn title(&self) -> String {
        let who = self.subjects.name();
        match &self.purpose {
            Purpose::Attempt(outcome) => format!(
                "{}, {} · {who}",
                outcome.usual_channel().label(),
                outcome.label()
            ),
            Purpose::Reject(reason) => format!("Reject {who}: {}", reason.label),
            Purpose::Although => format!("Accept {who} although criteria are not met"),
            Purpose::RecycleOn => format!("{who} comes back on"),
        }
    }

    fn hint(&self) -> &'static str {
        match &self.purpose {
            Purpose::Attempt(_) => "minutes and note, such as: 5 left word with Ann",
            Purpose::Reject(reason) if reason.asks == Asks::Note => "what it was",
            Purpose::Reject(_) => "a note",
            Purpose::Although => "why",
            Purpose::RecycleOn => "2025-06-30",
        }
    }

    /// How the line is read as it stands.
    fn reading(&self, model: &Model) -> String {
        match &self.purpose {
            Purpose::Attempt(_) => match minutes_and_note(self.prompt.value()) {
                (None, None) => "Enter logs it as it is".to_owned(),
                (Some(minutes), None) => format!("{minutes} minutes"),
                (None, Some(_)) => "a note, the channel's usual minutes".to_owned(),
                (Some(minutes), Some(_)) => format!("{minutes} minutes and a note"),
            },
            Purpose::Reject(reason) => {
                let typed = Some(self.prompt.value());
                preview(reason, &self.subjects, model, typed).1
            }
            Purpose::Although => "kept for the review; Enter accepts".to_owned(),
            Purpose::RecycleOn if self.prompt.value().is_empty() => {
                "year-month-day, after today".to_owned()
            }
            Purpose::RecycleOn => match self.day(model) {
                Ok(day) => format!("back in the queue on {day}"),
                Err(why) => why,
            },
        }
    }

    /// Draws it over the list.
    pub(super) fn draw(&self, buffer: &mut Buffer, screen: Rect, model: &Model, theme: &Theme) {
        draw_line(
            (buffer, screen),
            &self.title(),
            &self.prompt,
            (self.hint(), &self.reading(model)),
            theme,
        );
    }
}

/// The name under which a filter is kept.
pub(super) struct FilterName {
    text: String,
    pub(super) prompt: Prompt,
}

impl FilterName {
    /// A name for a filter, as it is typed.
    pub(super) fn new(text: String) -> Self {
        Self {
            text,
            prompt: Prompt::default(),
        }
    }

    /// Enter: keeps it.
    pub(super) fn confirm(&self) -> Step {
        let name = self.prompt.value().trim();
        if name.is_empty() {
            return Step::Refuse("A kept filter needs a name".to_owned());
        }
        let keep = Catalogue::SaveFilter {
            name: name.to_owned(),
            text: self.text.clone(),
        };
        Step::Answer(Outcome::Write(Write::one(Command::Catalogue(keep))))
    }

    /// Draws it over the list.
    pub(super) fn draw(&self, buffer: &mut Buffer, screen: Rect, theme: &Theme) {
        draw_line(
            (buffer, screen),
            "Keep the filter as",
            &self.prompt,
            ("a name", &self.text),
            theme,
        );
    }
}

fn draw_line(
    (buffer, screen): (&mut Buffer, Rect),
    title: &str,
    prompt: &Prompt,
    (hint, reading): (&str, &str),
    theme: &Theme,
) {
    let inner = popup(buffer, screen, (76, 5), title, "", theme);
    let mut ink = Ink::new(buffer, inner);
    ink.write(0, 1, "›", theme[Role::Key]);
    let room = inner.width.saturating_sub(4);
    prompt.draw(&mut ink, 0, 3, room, hint, theme);
    ink.write(2, 1, reading, theme[Role::Dim]);
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
