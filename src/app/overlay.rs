//! The windows that open over a screen, the topmost last. Each takes the keys while it is on top.

use crossterm::event::KeyEvent;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::author::Introduction;
use super::clash::{Choice, ClashWindow};
use crate::keymap::{Action, Context};
use crate::screens::fetch::Fetch;
use crate::screens::filters::Filters;
use crate::screens::meeting::Asked;
use crate::screens::model::Model;
use crate::screens::palette::Palette;
use crate::screens::periods::Periods;
use crate::screens::rows::Rows;
use crate::theme::Theme;
use crate::widgets::{Picker, Reader, popup};

/// One window.
pub(super) enum Overlay {
    /// A text with its title.
    Reader(String, Reader),
    /// The command palette.
    Palette(Palette),
    /// The choice of the period.
    Periods(Periods),
    /// The choice of filters.
    Filters(Filters),
    /// A window of the meeting.
    Asked(Box<Asked>),
    /// Who sits here, and what they were about to change.
    Who(Introduction),
    /// Whose change stays.
    Clash(Box<ClashWindow>),
    /// The rows behind a number.
    Rows(Box<Rows>),
    /// The card of one lead or deal, and how it is read again; the list it came from lies under it.
    Card(Fetch, Reader),
}

/// What a click did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Click {
    /// It chose or opened what it hit.
    Chosen,
    /// It marked something, or hit nothing.
    Marked,
}

impl Overlay {
    /// Where its keys stand in the table.
    pub(super) fn context(&self) -> Context {
        match self {
            Self::Reader(..) => Context::Reader,
            Self::Palette(_) | Self::Periods(_) | Self::Filters(_) | Self::Who(_) => {
                Context::Picker
            }
            Self::Asked(asked) => asked.context(),
            Self::Clash(_) => Context::Letters,
            Self::Rows(_) => Context::Rows,
            Self::Card(..) => Context::Card,
        }
    }

    fn picker(&mut self) -> Option<&mut Picker> {
        match self {
            Self::Palette(palette) => Some(&mut palette.picker),
            Self::Periods(periods) => Some(&mut periods.picker),
            Self::Filters(filters) => Some(&mut filters.picker),
            Self::Who(who) => Some(&mut who.picker),
            Self::Asked(_) | Self::Clash(_) | Self::Reader(..) | Self::Rows(_) | Self::Card(..) => {
                None
            }
        }
    }

    /// A key that means no action here: text for a search line, a letter for whose change stays.
    pub(super) fn key(&mut self, key: KeyEvent) -> Option<Choice> {
        if let Self::Clash(clash) = self {
            return clash.letter(key);
        }
        if let Some(picker) = self.picker() {
            picker.key(key);
        }
        None
    }

    /// Pasted text.
    pub(super) fn paste(&mut self, text: &str) {
        if let Self::Asked(asked) = self {
            asked.paste(text);
        } else if let Some(picker) = self.picker() {
            picker.paste(text);
        }
    }

    /// A click marks; in a list to choose from it chooses, in a table the second click opens.
    pub(super) fn click(&mut self, column: u16, row: u16) -> Click {
        let chosen = match self {
            Self::Rows(rows) => rows.click(column, row),
            Self::Clash(clash) => clash.click(column, row),
            other => other
                .picker()
                .is_some_and(|picker| picker.click(column, row)),
        };
        if chosen { Click::Chosen } else { Click::Marked }
    }

    /// Moves about in it.
    pub(super) fn update(&mut self, action: Action, model: Option<&Model>) {
        match self {
            Self::Rows(rows) => {
                if let Some(model) = model {
                    rows.update(action, model.facts());
                }
            }
            Self::Clash(clash) => clash.update(action),
            Self::Reader(_, reader) | Self::Card(_, reader) => match action {
                Action::Up => reader.scroll(-1),
                Action::Down => reader.scroll(1),
                Action::PageUp => reader.scroll(-10),
                Action::PageDown => reader.scroll(10),
                Action::First => reader.top(),
                Action::Last => reader.end(),
                _ => {}
            },
            other => {
                let Some(picker) = other.picker() else { return };
                match action {
                    Action::Up | Action::PreviousPane => picker.step(-1),
                    Action::Down => picker.step(1),
                    Action::PageUp => picker.step(-picker.page()),
                    Action::PageDown => picker.step(picker.page()),
                    _ => {}
                }
            }
        }
    }

    /// What `y` copies: its name and its text.
    pub(super) fn copy(&self, model: Option<&Model>) -> Option<(String, String)> {
        match self {
            Self::Reader(title, reader) => Some((title.clone(), reader.as_text())),
            Self::Card(_, reader) => Some(("the card".to_owned(), reader.as_text())),
            Self::Rows(rows) => Some(("the row".to_owned(), rows.as_text(model?.facts())?)),
            Self::Palette(_)
            | Self::Periods(_)
            | Self::Filters(_)
            | Self::Asked(_)
            | Self::Who(_) => None,
            Self::Clash(clash) => Some(("both".to_owned(), clash.as_text())),
        }
    }

    /// Draws it over what is there.
    pub(super) fn draw(
        &mut self,
        buffer: &mut Buffer,
        screen: Rect,
        model: Option<&Model>,
        theme: &Theme,
    ) {
        match self {
            Self::Reader(title, reader) => draw_text(title, reader, buffer, screen, theme),
            Self::Asked(asked) => asked.draw(buffer, screen, theme),
            Self::Card(_, reader) => draw_text("Card", reader, buffer, screen, theme),
            Self::Clash(clash) => clash.draw(buffer, screen, theme),
            Self::Rows(rows) => {
                if let Some(model) = model {
                    rows.draw(buffer, screen, model.facts(), theme);
                }
            }
            other => {
                if let Some(picker) = other.picker() {
                    picker.draw(buffer, screen, theme);
                }
            }
        }
    }
}

fn draw_text(title: &str, reader: &mut Reader, buffer: &mut Buffer, screen: Rect, theme: &Theme) {
    let width = screen.width.saturating_sub(4).min(96);
    let lines = reader.lines(width.saturating_sub(3)).min(1_000) as u16;
    let inner = popup(buffer, screen, (width, lines + 2), title, "", theme);
    reader.draw(buffer, inner, theme);
}
