//! A list to choose from, filtered while typing. Knows labels only; the caller knows what they stand for.

use crossterm::event::KeyEvent;
use nucleo_matcher::pattern::{CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::{Ink, Prompt, Side, popup};
use crate::text;
use crate::theme::{Role, Theme};

/// One thing to choose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// What it is called; this is searched.
    pub label: String,
    /// A remark at the right: a count, a key.
    pub remark: String,
}

impl Entry {
    /// An entry with a remark.
    pub fn new(label: impl Into<String>, remark: impl Into<String>) -> Self {
        Self {
            label: label.into(),
            remark: remark.into(),
        }
    }
}

/// An open list.
#[derive(Debug, Clone)]
pub struct Picker {
    title: String,
    hint: String,
    entries: Vec<Entry>,
    /// Indices of the entries that match, the best first.
    found: Vec<usize>,
    prompt: Prompt,
    marked: usize,
    offset: usize,
    list: Rect,
}

impl Picker {
    /// A list with all its entries shown.
    pub fn new(title: impl Into<String>, hint: impl Into<String>, entries: Vec<Entry>) -> Self {
        let found = (0..entries.len()).collect();
        Self {
            title: title.into(),
            hint: hint.into(),
            entries,
            found,
            prompt: Prompt::default(),
            marked: 0,
            offset: 0,
            list: Rect::ZERO,
        }
    }

    /// Starts at an entry.
    #[must_use]
    pub fn at(mut self, index: usize) -> Self {
        self.marked = index.min(self.entries.len().saturating_sub(1));
        self
    }

    /// The index of the marked entry among those given.
    pub fn choice(&self) -> Option<usize> {
        self.found.get(self.marked).copied()
    }

    /// Replaces the entries by as many others; search and mark stay.
    pub fn relabel(&mut self, entries: Vec<Entry>) {
        if entries.len() == self.entries.len() {
            self.entries = entries;
        }
    }

    /// What has been typed.
    pub fn typed(&self) -> &str {
        self.prompt.value()
    }

    /// Moves the mark; it stops at both ends.
    pub fn step(&mut self, by: isize) {
        self.marked = self
            .marked
            .saturating_add_signed(by)
            .min(self.found.len().saturating_sub(1));
    }

    /// Rows of one page, as last drawn.
    pub fn page(&self) -> isize {
        self.list.height.max(1) as isize
    }

    /// Takes a key into the search line.
    pub fn key(&mut self, key: KeyEvent) {
        let before = self.prompt.value().to_owned();
        self.prompt.key(key);
        if before != self.prompt.value() {
            self.search();
        }
    }

    /// Takes pasted text into the search line.
    pub fn paste(&mut self, pasted: &str) {
        self.prompt.paste(pasted);
        self.search();
    }

    /// Marks the entry at a place on the screen; false when there is none.
    pub fn click(&mut self, column: u16, row: u16) -> bool {
        let inside = self.list.contains((column, row).into());
        let at = self.offset + usize::from(row.saturating_sub(self.list.y));
        if inside && at < self.found.len() {
            self.marked = at;
            return true;
        }
        false
    }

    fn search(&mut self) {
        self.marked = 0;
        let typed = self.prompt.value();
        if typed.is_empty() {
            self.found = (0..self.entries.len()).collect();
            return;
        }
        let pattern = Pattern::parse(typed, CaseMatching::Ignore, Normalization::Smart);
        let mut matcher = Matcher::new(Config::DEFAULT);
        let mut buffer = Vec::new();
        let mut scored: Vec<_> = self
            .entries
            .iter()
            .enumerate()
            .filter_map(|(index, entry)| {
                let score =
                    pattern.score(Utf32Str::new(&entry.label, &mut buffer), &mut matcher)?;
                Some((std::cmp::Reverse(score), index))
            })
            .collect();
        scored.sort_unstable();
        self.found = scored.into_iter().map(|(_, index)| index).collect();
    }

    /// Draws it as a popup.
    pub fn draw(&mut self, buffer: &mut Buffer, screen: Rect, theme: &Theme) {
        let widest = self
            .entries
            .iter()
            .map(|e| text::width(&e.label) + text::width(&e.remark) + 8)
            .max()
            .unwrap_or(0);
        let widest = widest.max(text::width(&self.hint) + 5);
        let width = (widest.min(100) as u16).max(46);
        let height = (self.entries.len().min(20) as u16) + 4;
        let remark = format!("{} of {}", self.found.len(), self.entries.len());
        let inner = popup(
            buffer,
            screen,
            (width, height.max(6)),
            &self.title,
            &remark,
            theme,
        );
        let mut ink = Ink::new(buffer, inner);
        ink.write(0, 0, "›", theme[Role::Key]);
        self.prompt.draw(
            &mut ink,
            0,
            2,
            inner.width.saturating_sub(2),
            &self.hint,
            theme,
        );
        ink.fill(1, 0, inner.width, '─', theme[Role::Border]);
        let rows = inner.height.saturating_sub(2);
        self.list = Rect::new(inner.x, inner.y + 2, inner.width, rows);
        let page = usize::from(rows).max(1);
        self.offset = self
            .offset
            .clamp((self.marked + 1).saturating_sub(page), self.marked);
        self.offset = self.offset.min(self.found.len().saturating_sub(page));
        for (row, index) in (0..rows).zip(self.found.iter().skip(self.offset)) {
            let entry = &self.entries[*index];
            let marked = self.offset + usize::from(row) == self.marked;
            let line = row + 2;
            let remark_width = (text::width(&entry.remark) as u16).min(inner.width / 2);
            ink.write(line, 0, if marked { "▸" } else { " " }, theme[Role::Key]);
            let room = inner.width.saturating_sub(remark_width + 4);
            ink.field(line, 2, room, &entry.label, Side::Left, theme[Role::Text]);
            let remark_at = inner.width.saturating_sub(remark_width + 1);
            ink.field(
                line,
                remark_at,
                remark_width,
                &entry.remark,
                Side::Right,
                theme[Role::Dim],
            );
            if marked {
                ink.style(line, 0, inner.width, theme[Role::Selection]);
            }
        }
        if self.found.is_empty() {
            ink.write(2, 2, "nothing matches", theme[Role::Dim]);
        }
    }
}

#[cfg(test)]
mod tests {
    use crossterm::event::{KeyCode, KeyModifiers};

    use super::*;

    fn picker() -> Picker {
        let entries = ["Webinar", "Paid search", "Organic search", "Größe"]
            .map(|label| Entry::new(label, ""));
        Picker::new("Source", "type", entries.to_vec())
    }

    fn typed(text: &str) -> Picker {
        let mut picker = picker();
        for c in text.chars() {
            picker.key(KeyEvent::new(KeyCode::Char(c), KeyModifiers::NONE));
        }
        picker
    }

    #[test]
    fn typing_narrows_and_the_best_comes_first() {
        assert_eq!(typed("org").choice(), Some(2));
        assert_eq!(typed("gro").found, [3]);
        assert_eq!(typed("zzz").choice(), None);
    }

    #[test]
    fn the_mark_stops_at_both_ends() {
        let mut picker = picker();
        picker.step(-1);
        assert_eq!(picker.choice(), Some(0));
        picker.step(99);
        assert_eq!(picker.choice(), Some(3));
    }

    #[test]
    fn a_small_screen_still_shows_the_marked_entry() {
        let screen = Rect::new(0, 0, 30, 8);
        let mut buffer = Buffer::empty(screen);
        let mut picker = picker().at(3);
        picker.draw(&mut buffer, screen, &Theme::default());
        let all: String = buffer
            .content
            .iter()
            .map(ratatui::buffer::Cell::symbol)
            .collect();
        assert!(all.contains("▸ Größe"), "{all}");
    }
}
