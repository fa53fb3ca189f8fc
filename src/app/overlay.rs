//! The windows that open over a screen, the topmost last. Each takes the keys while it is on top.

use crossterm::event::KeyEvent;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::Effect;
use crate::keymap::{Action, Context};
use crate::screens::palette::Palette;
use crate::theme::Theme;
use crate::widgets::{Picker, Reader, popup};

/// One window.
pub(super) enum Overlay {
    /// A text with its title.
    Reader(String, Reader),
    /// The command palette.
    Palette(Palette),
}

impl Overlay {
    /// Where its keys stand in the table.
    pub(super) fn context(&self) -> Context {
        match self {
            Self::Reader(..) => Context::Reader,
            Self::Palette(_) => Context::Picker,
        }
    }

    fn picker(&mut self) -> Option<&mut Picker> {
        match self {
            Self::Palette(palette) => Some(&mut palette.picker),
            Self::Reader(..) => None,
        }
    }

    /// A key that means no action here: text for a search line.
    pub(super) fn key(&mut self, key: KeyEvent) {
        if let Some(picker) = self.picker() {
            picker.key(key);
        }
    }

    /// Pasted text.
    pub(super) fn paste(&mut self, text: &str) {
        if let Some(picker) = self.picker() {
            picker.paste(text);
        }
    }

    /// A click; true when it chose something.
    pub(super) fn click(&mut self, column: u16, row: u16) -> bool {
        self.picker()
            .is_some_and(|picker| picker.click(column, row))
    }

    /// Moves about in it.
    pub(super) fn update(&mut self, action: Action) -> Vec<Effect> {
        if let Some(picker) = self.picker() {
            match action {
                Action::Up | Action::PreviousPane => picker.step(-1),
                Action::Down => picker.step(1),
                Action::PageUp => picker.step(-picker.page()),
                Action::PageDown => picker.step(picker.page()),
                _ => {}
            }
            return Vec::new();
        }
        if let Self::Reader(title, reader) = self {
            match action {
                Action::Up => reader.scroll(-1),
                Action::Down => reader.scroll(1),
                Action::PageUp => reader.scroll(-10),
                Action::PageDown => reader.scroll(10),
                Action::First => reader.top(),
                Action::Last => reader.end(),
                Action::Copy => {
                    return vec![Effect::Copy {
                        what: title.clone(),
                        text: reader.as_text(),
                    }];
                }
                _ => {}
            }
        }
        Vec::new()
    }

    /// Draws it over what is there.
    pub(super) fn draw(&mut self, buffer: &mut Buffer, screen: Rect, theme: &Theme) {
        match self {
            Self::Palette(palette) => palette.picker.draw(buffer, screen, theme),
            Self::Reader(title, reader) => {
                let width = screen.width.saturating_sub(4).min(90);
                let lines = reader.lines(width.saturating_sub(3)) as u16;
                let inner = popup(
                    buffer,
                    screen,
                    (width, lines.saturating_add(2)),
                    title,
                    "",
                    theme,
                );
                reader.draw(buffer, inner, theme);
            }
        }
    }
}
