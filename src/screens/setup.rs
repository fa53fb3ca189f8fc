//! The first run: no workspace file yet. Offers the demo, a new workspace or an import; creates nothing itself.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::keymap::Action;
use crate::text;
use crate::theme::{Role, Theme};
use crate::widgets::{Ink, popup};

/// What to begin with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Beginning {
    /// A made-up company with a year of history.
    Demo,
    /// An empty workspace of one's own.
    New,
    /// An empty workspace, filled from CRM exports.
    Import,
}

const CHOICES: [(Beginning, &str, &str); 3] = [
    (
        Beginning::Demo,
        "Look at the demo",
        "A made-up company: 120 % of the lead target, revenue 15 % short, and both sides are right. Your own files stay untouched.",
    ),
    (
        Beginning::New,
        "New workspace",
        "One file on this computer for your team: name, currency, time zone, targets.",
    ),
    (
        Beginning::Import,
        "Import from a CRM",
        "Exports from HubSpot, Salesforce, Pipedrive, Zoho, Odoo, Dynamics and others, as CSV or Excel.",
    ),
];

/// The open choice.
#[derive(Debug, Clone)]
pub struct Setup {
    /// Where the workspace file would be.
    place: String,
    marked: usize,
    rows: Vec<Rect>,
}

impl Setup {
    /// Asks what to begin with; `place` is where the workspace file would be.
    pub fn new(place: String) -> Self {
        Self {
            place,
            marked: 0,
            rows: Vec::new(),
        }
    }

    /// Moves, or answers with the choice.
    pub fn update(&mut self, action: Action) -> Option<Beginning> {
        match action {
            Action::Up => self.marked = self.marked.saturating_sub(1),
            Action::Down => self.marked = (self.marked + 1).min(CHOICES.len() - 1),
            Action::Open => return Some(CHOICES[self.marked].0),
            _ => {}
        }
        None
    }

    /// A click marks an entry; a click on the marked one chooses it.
    pub fn click(&mut self, column: u16, row: u16) -> Option<Beginning> {
        let hit = self
            .rows
            .iter()
            .position(|area| area.contains((column, row).into()))?;
        let chosen = hit == self.marked;
        self.marked = hit;
        chosen.then_some(CHOICES[hit].0)
    }

    /// Draws it.
    pub fn draw(&mut self, buffer: &mut Buffer, screen: Rect, theme: &Theme) {
        let inner = popup(buffer, screen, (72, 21), "smarketing", "first run", theme);
        let mut ink = Ink::new(buffer, inner);
        let room = inner.width.saturating_sub(4);
        ink.write(
            0,
            2,
            "One scoreboard for marketing and sales.",
            theme[Role::Strong],
        );
        ink.write(
            1,
            2,
            &format!("There is no workspace yet at {}", self.place),
            theme[Role::Dim],
        );
        let mut line = 3;
        self.rows.clear();
        for (index, (_, title, about)) in CHOICES.iter().enumerate() {
            let marked = index == self.marked;
            let start = line;
            ink.write(line, 0, if marked { "▸" } else { " " }, theme[Role::Key]);
            ink.write(
                line,
                2,
                title,
                theme[if marked { Role::Cursor } else { Role::Title }],
            );
            for wrapped in text::wrap(about, usize::from(room)) {
                line += 1;
                ink.write(line, 2, &wrapped, theme[Role::Dim]);
            }
            line += 2;
            self.rows.push(Rect::new(
                inner.x,
                inner.y + start,
                inner.width,
                line - start - 1,
            ));
        }
        ink.write(
            line,
            2,
            "Enter chooses, q leaves. Nothing is created before you choose.",
            theme[Role::Hint],
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn enter_answers_with_the_marked_beginning() {
        let mut setup = Setup::new("/tmp/x.db".into());
        assert_eq!(setup.update(Action::Open), Some(Beginning::Demo));
        setup.update(Action::Down);
        setup.update(Action::Down);
        setup.update(Action::Down);
        assert_eq!(setup.update(Action::Open), Some(Beginning::Import));
    }

    #[test]
    fn a_click_marks_and_a_second_one_chooses() {
        let screen = Rect::new(0, 0, 80, 24);
        let mut setup = Setup::new(String::new());
        setup.draw(&mut Buffer::empty(screen), screen, &Theme::default());
        let second = setup.rows[1];
        assert_eq!(setup.click(second.x + 3, second.y), None);
        assert_eq!(setup.click(second.x + 3, second.y), Some(Beginning::New));
        assert_eq!(setup.click(0, 0), None);
    }
}
