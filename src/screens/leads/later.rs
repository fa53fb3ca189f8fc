//! The short list of days on which a recycled lead comes back. Writes nothing itself.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::line::{Line, Purpose};
use super::subject::Subjects;
use super::window::{Step, Window};
use crate::domain::command::Command;
use crate::domain::desk::Desk;
use crate::domain::moment::Day;
use crate::screens::Outcome;
use crate::screens::model::Model;
use crate::theme::{Role, Theme};
use crate::widgets::{Ink, popup};

/// The open list.
pub(super) struct Later {
    subjects: Subjects,
    days: [(char, &'static str, Day); 3],
    chosen: usize,
}

impl Later {
    /// The days; why the lead cannot be recycled otherwise.
    pub(super) fn new(subjects: Subjects, model: &Model) -> Result<Self, String> {
        let calendar = &model.book().calendar;
        if let Some(only) = subjects.only() {
            let open = only.standing.undecided(model.now(), calendar);
            open.map_err(|refused| refused.to_string())?;
        }
        let today = calendar.day_of(model.now());
        Ok(Self {
            subjects,
            days: [
                ('w', "in a week", today.plus(7)),
                ('m', "in a month", today.plus_months(1)),
                ('q', "in a quarter", today.plus_months(3)),
            ],
            chosen: 0,
        })
    }

    /// Moves the choice.
    pub(super) fn step(&mut self, by: isize) {
        self.chosen = self.chosen.saturating_add_signed(by).min(self.days.len());
    }

    /// A letter does it at once, `d` asks for the date.
    pub(super) fn letter(&mut self, letter: char) -> Step {
        match self.days.iter().position(|(known, ..)| *known == letter) {
            Some(at) => {
                self.chosen = at;
                self.confirm()
            }
            None if letter == 'd' => self.ask_date(),
            None => Step::Stay,
        }
    }

    /// Enter: what is chosen.
    pub(super) fn confirm(&self) -> Step {
        match self.days.get(self.chosen) {
            Some((.., day)) => Step::Answer(recycle(&self.subjects, *day)),
            None => self.ask_date(),
        }
    }

    fn ask_date(&self) -> Step {
        Step::Next(Window::Line(Box::new(Line::new(
            self.subjects.clone(),
            Purpose::RecycleOn,
        ))))
    }

    /// Draws it over the list.
    pub(super) fn draw(&self, buffer: &mut Buffer, screen: Rect, theme: &Theme) {
        let title = format!("{} comes back", self.subjects.name());
        let inner = popup(buffer, screen, (48, 6), &title, "", theme);
        let mut ink = Ink::new(buffer, inner);
        let shown = self
            .days
            .iter()
            .map(|(letter, words, day)| (*letter, format!("{words}, {day}")))
            .chain([('d', "on a date".to_owned())]);
        for (line, (letter, words)) in (0..).zip(shown) {
            ink.write(line, 1, &letter.to_string(), theme[Role::Key]);
            ink.write(line, 4, &words, theme[Role::Text]);
            if usize::from(line) == self.chosen {
                ink.style(line, 0, inner.width, theme[Role::Selection]);
            }
        }
    }
}

/// The recycling as a change.
pub(super) fn recycle(subjects: &Subjects, on: Day) -> Outcome {
    subjects.write(|handoff| {
        Command::Desk(Desk::Recycle {
            handoff,
            on,
            note: None,
        })
    })
}
