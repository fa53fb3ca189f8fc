//! The last lines of the screen: key hints, a notice, the progress of work in the background.

use super::Ink;
use crate::text;
use crate::theme::{Role, Theme};

/// Whether something was done or not done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoticeKind {
    /// It was done.
    Done,
    /// It was not done.
    Failed,
}

/// The most lines that a notice takes.
const MOST_LINES: usize = 4;

/// A few lines that tell what happened; they stand until the next key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// Done or not.
    pub kind: NoticeKind,
    /// What, in one sentence.
    pub text: String,
}

impl Notice {
    /// Something was done.
    pub fn done(text: impl Into<String>) -> Self {
        Self {
            kind: NoticeKind::Done,
            text: text.into(),
        }
    }

    /// Something was not done.
    pub fn failed(text: impl Into<String>) -> Self {
        Self {
            kind: NoticeKind::Failed,
            text: text.into(),
        }
    }

    /// Its lines in a width of so many columns, at most four.
    pub fn lines(&self, columns: u16) -> Vec<String> {
        let mut lines = text::wrap(
            &text::clean(&self.text),
            usize::from(columns.saturating_sub(5)),
        );
        if lines.len() > MOST_LINES {
            lines.truncate(MOST_LINES);
            if let Some(last) = lines.last_mut() {
                last.push('…');
            }
        }
        lines
    }

    /// Draws its lines, the first at the top of the ink.
    pub fn draw(&self, ink: &mut Ink<'_>, theme: &Theme) {
        let (mark, style) = match self.kind {
            NoticeKind::Done => ("✓ ", theme[Role::Notice]),
            NoticeKind::Failed => ("! ", theme[Role::Error]),
        };
        let lines = self.lines(ink.width());
        ink.write(0, 1, mark, style);
        for (line, words) in (0..).zip(&lines) {
            ink.write(line, 3, words, style);
        }
    }
}

/// Work that goes on in the background.
#[derive(Debug, Clone, PartialEq)]
pub struct ProgressLine {
    /// What is being done.
    pub what: String,
    /// The part that is done, where it is known.
    pub part: Option<f64>,
}

impl ProgressLine {
    /// Draws it over a line.
    pub fn draw(&self, ink: &mut Ink<'_>, line: u16, theme: &Theme) {
        let at = ink.write(line, 1, &self.what, theme[Role::Notice]) + 1;
        if let Some(part) = self.part.filter(|part| part.is_finite()) {
            let columns = ink.width().saturating_sub(at + 7).min(40);
            let gauge = super::Gauge {
                reached: Some(part),
                pace: None,
                style: theme[Role::Bar],
            };
            gauge.draw(ink, line, at, columns, theme);
            ink.write(
                line,
                at + columns + 1,
                &format!("{:.0} %", part.clamp(0.0, 1.0) * 100.0),
                theme[Role::Dim],
            );
        }
    }
}

/// Keys and what they do, as many as the line holds.
pub fn hints<'a>(
    ink: &mut Ink<'_>,
    line: u16,
    hints: impl Iterator<Item = (String, &'a str)>,
    theme: &Theme,
) {
    let mut at = 1;
    for (key, label) in hints {
        let wide = (text::width(&key) + 1 + text::width(label)) as u16;
        if at + wide > ink.width() {
            break;
        }
        at = ink.write(line, at, &key, theme[Role::Key]) + 1;
        at = ink.write(line, at, label, theme[Role::Hint]) + 2;
    }
}
