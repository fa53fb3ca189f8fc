//! The short list of days on which a recycled lead comes back. Writes nothing itself.

use super::line::Purpose;
use super::subject::Subjects;
use super::window::{List, Step, Window};
use crate::domain::command::Command;
use crate::domain::desk::Desk;
use crate::domain::moment::Day;
use crate::screens::Outcome;
use crate::screens::letters::Letters;
use crate::screens::model::Model;
use crate::widgets::Entry;

/// The letters of the entries.
const LETTERS: &str = "wmqd";

/// What the open list is about.
pub(super) struct Later {
    subjects: Subjects,
    days: [Day; 3],
}

impl Later {
    /// The list of days; why the lead cannot be recycled otherwise.
    pub(super) fn open(subjects: Subjects, model: &Model) -> Result<Window, String> {
        let calendar = &model.book().calendar;
        if let Some(only) = subjects.only() {
            let open = only.standing.undecided(model.now(), calendar);
            open.map_err(|refused| refused.to_string())?;
        }
        let today = calendar.day_of(model.now());
        let days = [today.plus(7), today.plus_months(1), today.plus_months(3)];
        let words = ["in a week", "in a month", "in a quarter"];
        let entries = words
            .iter()
            .zip(&days)
            .map(|(words, day)| Entry::new(*words, day.to_string()))
            .chain([Entry::new("on a date", "with a note")])
            .collect();
        let title = format!("{} comes back", subjects.name());
        let letters = Letters::new(title, entries).keyed(LETTERS);
        Ok(Window::Letters(
            letters,
            List::Later(Self { subjects, days }),
        ))
    }

    /// An entry does it at once, the last one asks for the date.
    pub(super) fn chosen(&self, at: usize) -> Step {
        match self.days.get(at) {
            Some(day) => Step::Answer(recycle(&self.subjects, *day, None)),
            None => Step::Next(Purpose::RecycleOn.ask(self.subjects.clone())),
        }
    }
}

/// The recycling as a change.
pub(super) fn recycle(subjects: &Subjects, on: Day, note: Option<&str>) -> Outcome {
    subjects.write(|handoff| {
        Command::Desk(Desk::Recycle {
            handoff,
            on,
            note: note.map(str::to_owned),
        })
    })
}
