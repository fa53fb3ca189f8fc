//! Two people changed the same thing: shows both and lets one decide whose stays. What was typed is only given up on purpose.

use crossterm::event::{KeyCode, KeyEvent};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::overlay::Overlay;
use super::{App, Effect, Stage, Write};
use crate::domain::clash::{Clash, Sight};
use crate::domain::ids::JournalId;
use crate::keymap::Action;
use crate::text;
use crate::theme::{Role, Theme};
use crate::widgets::{Ink, Side, popup};

/// Most lines that one side's words take.
const MOST_LINES: usize = 6;

/// What becomes of the two.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Choice {
    /// Mine takes the place of theirs.
    Mine,
    /// Theirs stays.
    Theirs,
    /// Nothing yet: back to the open fields.
    Edit,
}

/// The open question.
#[derive(Debug)]
pub(super) struct ClashWindow {
    write: Write,
    clash: Clash,
    /// What others did, each with who and when.
    theirs: Vec<String>,
    choices: Vec<(Choice, &'static str)>,
    marked: usize,
    /// Where the choices were drawn last.
    placed: Vec<Rect>,
}

impl ClashWindow {
    /// The choice under the cursor.
    pub(super) fn marked(&self) -> Choice {
        let choice = self.choices.get(self.marked);
        choice.map_or(Choice::Edit, |(choice, _)| *choice)
    }

    /// The choice of a letter.
    pub(super) fn letter(&self, key: KeyEvent) -> Option<Choice> {
        let KeyCode::Char(letter) = key.code else {
            return None;
        };
        let mut choices = ('a'..).zip(&self.choices);
        let (_, (choice, _)) = choices.find(|(known, _)| *known == letter)?;
        Some(*choice)
    }

    /// Moves the mark.
    pub(super) fn update(&mut self, action: Action) {
        let last = self.choices.len() - 1;
        self.marked = match action {
            Action::Up => self.marked.saturating_sub(1),
            Action::Down => (self.marked + 1).min(last),
            _ => self.marked,
        };
    }

    /// A click marks a choice; says whether it hit one.
    pub(super) fn click(&mut self, column: u16, row: u16) -> bool {
        let at = (column, row).into();
        let hit = self.placed.iter().position(|field| field.contains(at));
        self.marked = hit.unwrap_or(self.marked);
        hit.is_some()
    }

    /// Both sides, to be copied.
    pub(super) fn as_text(&self) -> String {
        format!("{}\nmine: {}", self.theirs.join("\n"), self.clash.mine)
    }

    /// Draws it over everything.
    pub(super) fn draw(&mut self, buffer: &mut Buffer, screen: Rect, theme: &Theme) {
        let width = screen.width.saturating_sub(4).min(84);
        let room = usize::from(width.saturating_sub(4));
        let wrapped = |words: &str| {
            let mut lines = text::wrap(&text::clean(words), room);
            if lines.len() > MOST_LINES {
                lines.truncate(MOST_LINES);
                lines.extend(Some("…".to_owned()));
            }
            lines
        };
        let mut lines: Vec<(String, Role)> = Vec::new();
        for words in &self.theirs {
            lines.extend(wrapped(words).into_iter().map(|line| (line, Role::Warn)));
        }
        let mine = wrapped(&format!("You: {}", self.clash.mine));
        lines.extend(mine.into_iter().map(|line| (line, Role::Strong)));
        let height = (lines.len() + self.choices.len() + 3) as u16;
        let title = format!("{} changed this while you were at it", self.clash.who());
        let inner = popup(buffer, screen, (width, height), &title, "", theme);
        let mut ink = Ink::new(buffer, inner);
        // The choices are in sight whatever the room.
        let last = inner.height.saturating_sub(self.choices.len() as u16);
        for (line, (words, role)) in (0..last).zip(&lines) {
            ink.write(line, 1, words, theme[*role]);
        }
        self.placed.clear();
        for (at, (letter, (_, label))) in ('a'..).zip(&self.choices).enumerate() {
            let line = last + at as u16;
            let style = theme[Role::Key];
            ink.field(line, 1, 2, &letter.to_string(), Side::Left, style);
            ink.write(line, 4, label, theme[Role::Text]);
            if at == self.marked {
                ink.style(line, 0, inner.width, theme[Role::Selection]);
            }
            let y = inner.y + line;
            self.placed.push(Rect {
                y,
                height: 1,
                ..inner
            });
        }
    }
}

impl App {
    /// Remembers what is in sight as long as no fields are open: what they are filled with rests on it.
    pub(super) fn note_opened(&mut self) {
        if let Stage::Room(room) = &self.stage
            && !self.has_fields_open()
        {
            self.open_since = Some(JournalId(room.model.facts().journal_id));
        }
    }

    fn has_fields_open(&self) -> bool {
        matches!(&self.stage, Stage::Room(room) if !room.context().falls_through())
    }

    /// What was in sight when the change began that is about to be written.
    pub(super) fn sight(&self) -> Sight {
        self.open_since.map_or(Sight::Unknown, Sight::Upto)
    }

    /// A change was not made, because somebody changed the same thing since it was in sight.
    pub fn clashed(&mut self, write: Write, clash: Clash) {
        self.changed = true;
        let Stage::Room(room) = &self.stage else {
            return;
        };
        let calendar = &room.model.book().calendar;
        let line = |theirs: &crate::domain::clash::Theirs| {
            format!(
                "{}, {}: {}",
                theirs.who,
                calendar.show(theirs.at),
                theirs.what
            )
        };
        let mut choices = vec![
            (Choice::Mine, "keep mine: it takes the place of theirs"),
            (Choice::Theirs, "take theirs: mine is given up"),
        ];
        if self.has_fields_open() {
            choices.push((Choice::Edit, "back to editing: nothing is saved yet"));
        }
        self.overlays.push(Overlay::Clash(Box::new(ClashWindow {
            theirs: clash.theirs.iter().map(line).collect(),
            choices,
            // Who presses Enter without reading overwrites nobody.
            marked: 1,
            placed: Vec::new(),
            write,
            clash,
        })));
    }

    /// Whether somebody is being asked whose change stays.
    pub(super) fn is_clash_open(&self) -> bool {
        matches!(self.overlays.last(), Some(Overlay::Clash(_)))
    }

    /// Somebody has decided whose change stays.
    pub(super) fn settle_clash(&mut self, choice: Choice) -> Vec<Effect> {
        let Some(Overlay::Clash(window)) =
            self.overlays.pop_if(|top| matches!(top, Overlay::Clash(_)))
        else {
            return Vec::new();
        };
        let ClashWindow { write, clash, .. } = *window;
        if choice == Choice::Mine {
            return vec![Effect::Write(write, clash.over())];
        }
        let why = format!(
            "{} changed it meanwhile; yours is not saved yet",
            clash.who()
        );
        let effects = self.in_room(|screen, model| screen.written(&write, Err(&why), model));
        match choice {
            Choice::Theirs => {
                if self.has_fields_open()
                    && let Stage::Room(room) = &mut self.stage
                {
                    room.here().0.back();
                }
                self.say_done(format!("Theirs stays; given up: {}", clash.mine));
            }
            _ => self.say_failed(why),
        }
        effects
    }
}
