//! Text to read in a popup: headed paragraphs, wrapped to the width there is, scrolled by lines.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::Ink;
use crate::text;
use crate::theme::{Role, Theme};

/// One paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Paragraph {
    /// A heading.
    Heading(String),
    /// Running text.
    Text(String),
    /// Something strong, on its own: the live figure.
    Strong(String),
    /// A short label at the left and its text.
    Entry(String, String),
    /// An empty line.
    Gap,
}

/// A text and how far it is scrolled.
#[derive(Debug, Clone, Default)]
pub struct Reader {
    /// What is read.
    pub paragraphs: Vec<Paragraph>,
    scrolled: usize,
}

impl Reader {
    /// A text, at its top.
    pub fn new(paragraphs: Vec<Paragraph>) -> Self {
        Self {
            paragraphs,
            scrolled: 0,
        }
    }

    /// Takes a newer text of the same; what is in sight stays in sight.
    pub fn replace(&mut self, newer: Self) {
        self.paragraphs = newer.paragraphs;
    }

    /// Scrolls by lines; beyond the ends nothing moves.
    pub fn scroll(&mut self, lines: isize) {
        self.scrolled = self.scrolled.saturating_add_signed(lines);
    }

    /// How many lines it is scrolled by.
    pub fn scrolled(&self) -> usize {
        self.scrolled
    }

    /// Scrolls to a line; beyond the end, to the end.
    pub fn scroll_to(&mut self, line: usize) {
        self.scrolled = line;
    }

    /// To the top.
    pub fn top(&mut self) {
        self.scrolled = 0;
    }

    /// To the end.
    pub fn end(&mut self) {
        self.scrolled = usize::MAX;
    }

    /// The whole text, for the clipboard.
    pub fn as_text(&self) -> String {
        let line = |paragraph: &Paragraph| match paragraph {
            Paragraph::Heading(text) | Paragraph::Text(text) | Paragraph::Strong(text) => {
                text.clone()
            }
            Paragraph::Entry(label, text) => format!("{label}: {text}"),
            Paragraph::Gap => String::new(),
        };
        self.paragraphs
            .iter()
            .map(line)
            .collect::<Vec<_>>()
            .join("\n")
    }

    /// Lines that the text takes at a width.
    pub fn lines(&self, columns: u16) -> usize {
        self.laid_out(columns).len()
    }

    fn laid_out(&self, columns: u16) -> Vec<(Role, String, String)> {
        let columns = usize::from(columns).max(1);
        let label_width = self
            .paragraphs
            .iter()
            .filter_map(|paragraph| match paragraph {
                Paragraph::Entry(label, _) => Some(text::width(label)),
                _ => None,
            })
            .max()
            .unwrap_or(0)
            .min(columns / 2);
        let mut lines = Vec::new();
        for paragraph in &self.paragraphs {
            match paragraph {
                Paragraph::Gap => lines.push((Role::Text, String::new(), String::new())),
                Paragraph::Heading(text) => {
                    lines.push((Role::Heading, String::new(), text.clone()));
                }
                Paragraph::Strong(text) => {
                    lines.extend(
                        text::wrap(text, columns)
                            .into_iter()
                            .map(|line| (Role::Strong, String::new(), line)),
                    );
                }
                Paragraph::Text(text) => {
                    lines.extend(
                        text::wrap(text, columns)
                            .into_iter()
                            .map(|line| (Role::Text, String::new(), line)),
                    );
                }
                Paragraph::Entry(label, text) => {
                    let wrapped = text::wrap(text, columns.saturating_sub(label_width + 2));
                    let count = wrapped.len();
                    for (index, line) in wrapped.into_iter().enumerate() {
                        let label = if index == 0 {
                            text::fit(label, label_width + 2)
                        } else {
                            " ".repeat(label_width + 2)
                        };
                        lines.push((Role::Text, label, line));
                    }
                    if count == 0 {
                        lines.push((Role::Text, text::fit(label, label_width + 2), String::new()));
                    }
                }
            }
        }
        lines
    }

    /// Draws what fits, and keeps the scroll position within the text.
    pub fn draw(&mut self, buffer: &mut Buffer, area: Rect, theme: &Theme) {
        let mut ink = Ink::new(buffer, area);
        let lines = self.laid_out(ink.width().saturating_sub(1));
        let page = usize::from(ink.height());
        self.scrolled = self.scrolled.min(lines.len().saturating_sub(page));
        for (row, (role, label, line)) in (0..ink.height()).zip(lines.iter().skip(self.scrolled)) {
            let at = ink.write(row, 0, label, theme[Role::Key]);
            ink.write(row, at, line, theme[*role]);
        }
        let last = ink.width().saturating_sub(1);
        if self.scrolled > 0 {
            ink.write(0, last, "▲", theme[Role::Key]);
        }
        if self.scrolled + page < lines.len() {
            ink.write(ink.height().saturating_sub(1), last, "▼", theme[Role::Key]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scrolling_stops_at_both_ends() {
        let mut reader = Reader::new(
            (0..10)
                .map(|n| Paragraph::Text(format!("line {n}")))
                .collect(),
        );
        let area = Rect::new(0, 0, 20, 4);
        let mut buffer = Buffer::empty(area);
        reader.end();
        reader.draw(&mut buffer, area, &Theme::default());
        assert_eq!(reader.scrolled, 6);
        reader.scroll(-100);
        assert_eq!(reader.scrolled, 0);
    }

    #[test]
    fn entries_align_and_wrap_under_their_text() {
        let reader = Reader::new(vec![
            Paragraph::Entry("n".into(), "1".into()),
            Paragraph::Entry("clock".into(), "one two".into()),
        ]);
        let lines: Vec<_> = reader
            .laid_out(11)
            .into_iter()
            .map(|(_, label, text)| label + &text)
            .collect();
        assert_eq!(lines, ["n      1", "clock  one", "       two"]);
    }
}
