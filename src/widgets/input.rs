//! One line of text that the user types, with a visible cursor.

use std::ops::Range;

use crossterm::event::{Event, KeyEvent};
use tui_input::Input;
use tui_input::backend::crossterm::EventHandler;

use super::Ink;
use crate::text;
use crate::theme::{Role, Theme};

/// The longest text a prompt takes, in characters; pastes are cut there.
const LONGEST: usize = 500;

/// A line being typed.
#[derive(Debug, Default, Clone)]
pub struct Prompt {
    input: Input,
}

impl Prompt {
    /// A line that holds text already, the cursor behind it.
    pub fn holding(text: &str) -> Self {
        Self {
            input: Input::new(text.chars().take(LONGEST).collect()),
        }
    }

    /// What has been typed.
    pub fn value(&self) -> &str {
        self.input.value()
    }

    /// The byte before which the next character lands.
    pub fn cursor(&self) -> usize {
        let before = self.value().chars().take(self.input.cursor());
        before.map(char::len_utf8).sum()
    }

    /// Puts other text in the place of some bytes; the cursor goes behind it. Places inside a character change nothing.
    pub fn replace(&mut self, bytes: Range<usize>, text: &str) {
        let value = self.value();
        let (Some(before), Some(after)) = (value.get(..bytes.start), value.get(bytes.end..)) else {
            return;
        };
        let start = format!("{before}{text}");
        let cursor = start.chars().count();
        let whole = start + after;
        let kept: String = whole.chars().take(LONGEST).collect();
        self.input = Input::new(kept).with_cursor(cursor);
    }

    /// Takes a key; true when the text or the cursor changed.
    pub fn key(&mut self, key: KeyEvent) -> bool {
        let full = self.value().chars().count() >= LONGEST;
        let before = (full).then(|| self.input.clone());
        let changed = self.input.handle_event(&Event::Key(key)).is_some();
        if let Some(before) = before.filter(|before| before.value().len() < self.value().len()) {
            self.input = before;
        }
        changed
    }

    /// Takes pasted text as if it were typed: one line, no control characters.
    pub fn paste(&mut self, pasted: &str) {
        let room = LONGEST.saturating_sub(self.value().chars().count());
        let one_line = pasted.lines().next().unwrap_or_default();
        let clean: String = one_line.chars().take(room).collect();
        for c in text::clean(&clean).chars() {
            self.input.handle(tui_input::InputRequest::InsertChar(c));
        }
    }

    /// Draws it into a field of one line.
    pub fn draw(
        &self,
        ink: &mut Ink<'_>,
        line: u16,
        column: u16,
        columns: u16,
        hint: &str,
        theme: &Theme,
    ) {
        if columns < 2 {
            return;
        }
        if self.value().is_empty() {
            ink.field(
                line,
                column + 1,
                columns - 1,
                hint,
                super::Side::Left,
                theme[Role::Dim],
            );
        }
        let before = self
            .value()
            .chars()
            .take(self.input.cursor())
            .collect::<String>();
        let after = self
            .value()
            .chars()
            .skip(self.input.cursor())
            .collect::<String>();
        // The text slides so that the cursor stays in the field.
        let before = text::clean(&before).into_owned();
        let room = usize::from(columns - 1);
        let mut start = 0;
        while text::width(&before[start..]) > room {
            start += before[start..].chars().next().map_or(1, char::len_utf8);
        }
        let at = ink.field(
            line,
            column,
            columns - 1,
            &before[start..],
            super::Side::Left,
            theme[Role::Text],
        );
        let rest = columns.saturating_sub(at - column);
        if !after.is_empty() {
            ink.field(line, at, rest, &after, super::Side::Left, theme[Role::Text]);
        }
        ink.style(line, at, 1, theme[Role::Cursor]);
    }
}

#[cfg(test)]
mod tests {
    use crossterm::event::{KeyCode, KeyModifiers};

    use super::*;

    #[test]
    fn typing_and_pasting_make_one_clean_line() {
        let mut prompt = Prompt::default();
        assert!(prompt.key(KeyEvent::new(KeyCode::Char('a'), KeyModifiers::NONE)));
        prompt.paste("b\u{202e}c\nsecond line");
        assert_eq!(prompt.value(), "ab·c");
    }

    #[test]
    fn a_paste_of_a_megabyte_is_cut() {
        let mut prompt = Prompt::default();
        prompt.paste(&"x".repeat(1_000_000));
        prompt.key(KeyEvent::new(KeyCode::Char('a'), KeyModifiers::NONE));
        assert_eq!(prompt.value().len(), LONGEST);
    }
}
