//! A list to choose from with one letter: no searching, no second key. Knows labels only; decides nothing.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::keymap::Action;
use crate::text;
use crate::theme::{Role, Theme};
use crate::widgets::{Entry, Ink, Side, on_popup, popup};

const LETTERS: &[u8] = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

/// The open list.
#[derive(Debug, Clone)]
pub struct Letters {
    title: String,
    entries: Vec<Entry>,
    /// The letter of each entry.
    keys: Vec<char>,
    marked: usize,
    offset: usize,
    list: Rect,
}

impl Letters {
    /// A list with its first entry marked.
    pub fn new(title: impl Into<String>, entries: Vec<Entry>) -> Self {
        Self {
            title: title.into(),
            entries,
            keys: LETTERS.iter().map(|letter| char::from(*letter)).collect(),
            marked: 0,
            offset: 0,
            list: Rect::ZERO,
        }
    }

    /// With letters that stand for what the entries say.
    #[must_use]
    pub fn keyed(mut self, letters: &str) -> Self {
        self.keys = letters.chars().collect();
        self
    }

    /// Starts at an entry.
    #[must_use]
    pub fn at(mut self, index: usize) -> Self {
        self.marked = index.min(self.entries.len().saturating_sub(1));
        self
    }

    /// The marked entry.
    pub fn marked(&self) -> Option<usize> {
        (self.marked < self.entries.len()).then_some(self.marked)
    }

    /// The entry of a letter; it is marked too.
    pub fn key(&mut self, key: KeyEvent) -> Option<usize> {
        let plain = (key.modifiers - KeyModifiers::SHIFT).is_empty();
        let KeyCode::Char(c) = key.code else {
            return None;
        };
        let index = self.keys.iter().position(|own| plain && *own == c)?;
        (index < self.entries.len()).then(|| {
            self.marked = index;
            index
        })
    }

    /// Moves the mark; it stops at both ends.
    pub fn update(&mut self, action: Action) {
        let page = isize::from(self.list.height.max(1) as i16);
        let by = match action {
            Action::Up => -1,
            Action::Down => 1,
            Action::PageUp => -page,
            Action::PageDown => page,
            _ => 0,
        };
        let last = self.entries.len().saturating_sub(1);
        self.marked = self.marked.saturating_add_signed(by).min(last);
    }

    /// The entry at a place on the screen; it is marked too.
    pub fn click(&mut self, column: u16, row: u16) -> Option<usize> {
        let inside = self.list.contains((column, row).into());
        let at = self.offset + usize::from(row.saturating_sub(self.list.y));
        (inside && at < self.entries.len()).then(|| {
            self.marked = at;
            at
        })
    }

    /// Draws it as a popup.
    pub fn draw(&mut self, buffer: &mut Buffer, screen: Rect, theme: &Theme) {
        let wide = |e: &Entry| text::width(&e.label) + text::width(&e.remark) + 9;
        let widest = self.entries.iter().map(wide).max().unwrap_or(0);
        let width = widest.max(text::width(&self.title) + 6).clamp(40, 90) as u16;
        let height = self.entries.len().clamp(1, 60) as u16 + 2;
        let inner = popup(buffer, screen, (width, height), &self.title, "", theme);
        self.list = inner;
        let page = usize::from(inner.height).max(1);
        self.offset = self
            .offset
            .clamp((self.marked + 1).saturating_sub(page), self.marked);
        let mut ink = Ink::new(buffer, inner);
        let shown = self.entries.iter().enumerate().skip(self.offset);
        for (line, (index, entry)) in (0..inner.height).zip(shown) {
            let letter = self.keys.get(index).copied().unwrap_or(' ');
            ink.write(line, 1, &letter.to_string(), theme[Role::Key]);
            let remark = (text::width(&entry.remark) as u16).min(inner.width / 2);
            let room = inner.width.saturating_sub(remark + 5);
            ink.field(line, 3, room, &entry.label, Side::Left, on_popup(theme));
            let at = inner.width.saturating_sub(remark + 1);
            let style = theme[Role::Dim];
            ink.field(line, at, remark, &entry.remark, Side::Right, style);
            if index == self.marked {
                ink.style(line, 0, inner.width, theme[Role::Selection]);
            }
        }
        let more = theme[Role::Key];
        if self.offset > 0 {
            ink.write(0, inner.width.saturating_sub(1), "▲", more);
        }
        if self.offset + page < self.entries.len() {
            let last = inner.height.saturating_sub(1);
            ink.write(last, inner.width.saturating_sub(1), "▼", more);
        }
        if self.entries.is_empty() {
            ink.write(0, 1, "there is nothing to choose from", theme[Role::Dim]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn letters(count: usize) -> Letters {
        let entries = (0..count).map(|n| Entry::new(format!("reason {n}"), ""));
        Letters::new("Reason", entries.collect())
    }

    fn press(letters: &mut Letters, c: char) -> Option<usize> {
        letters.key(KeyEvent::new(KeyCode::Char(c), KeyModifiers::NONE))
    }

    #[test]
    fn one_letter_chooses_small_ones_first_then_capitals() {
        let mut list = letters(30);
        assert_eq!(press(&mut list, 'c'), Some(2));
        assert_eq!(press(&mut list, 'D'), Some(29));
        assert_eq!(press(&mut list, 'E'), None);
        assert_eq!(press(&mut list, '1'), None);
        assert_eq!(list.marked(), Some(29));
    }

    #[test]
    fn the_marked_entry_is_in_sight_however_small_the_screen() {
        let screen = Rect::new(0, 0, 44, 8);
        let mut buffer = Buffer::empty(screen);
        let mut list = letters(30).at(25);
        list.draw(&mut buffer, screen, &Theme::default());
        let cells = buffer.content.iter().map(ratatui::buffer::Cell::symbol);
        let shown: String = cells.collect();
        assert!(shown.contains("z reason 25"), "{shown}");
        letters(0).draw(&mut buffer, screen, &Theme::default());
    }
}
