//! What became of each of many changes: done, or refused and why. Changes nothing.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::keymap::Action;
use crate::screens::fetch::Done;
use crate::theme::Theme;
use crate::widgets::{Align, Column, TableState, TableView, popup};

/// The open list; what was refused comes first.
pub(super) struct Results {
    rows: Vec<(&'static str, String)>,
    refused: usize,
    state: TableState,
}

impl Results {
    /// The results of a change of many.
    pub(super) fn new(done: &Done) -> Self {
        let mut rows: Vec<(&'static str, String)> = done
            .results
            .iter()
            .map(|result| match result {
                Ok(done) => ("done", done.clone()),
                Err(why) => {
                    let why = why.strip_suffix("; nothing was changed").unwrap_or(why);
                    ("refused", why.to_owned())
                }
            })
            .collect();
        let refused = rows.iter().filter(|(word, _)| *word == "refused").count();
        rows.sort_by_key(|(word, _)| *word == "done");
        Self {
            rows,
            refused,
            state: TableState::default(),
        }
    }

    /// Moves about in it.
    pub(super) fn update(&mut self, action: Action) {
        let len = self.rows.len();
        match action {
            Action::Up => self.state.step(-1, len),
            Action::Down => self.state.step(1, len),
            Action::PageUp => self.state.step(-self.state.page(), len),
            Action::PageDown => self.state.step(self.state.page(), len),
            Action::First => self.state.selected = 0,
            Action::Last => self.state.selected = len.saturating_sub(1),
            _ => {}
        }
    }

    /// All of it, for the clipboard.
    pub(super) fn as_text(&self) -> String {
        let lines: Vec<String> = self
            .rows
            .iter()
            .map(|(word, detail)| format!("{word}\t{detail}"))
            .collect();
        lines.join("\n")
    }

    /// Draws it over the list.
    pub(super) fn draw(&mut self, buffer: &mut Buffer, screen: Rect, theme: &Theme) {
        let done = self.rows.len() - self.refused;
        let title = format!("{done} done, {} refused", self.refused);
        let height = (self.rows.len().min(40) as u16) + 3;
        let way_back = if done > 0 { "u undoes all" } else { "" };
        let inner = popup(buffer, screen, (100, height), &title, way_back, theme);
        let column = |title: &str, width, grows| Column {
            title: title.to_owned(),
            width,
            align: Align::Left,
            grows,
            drop: 0,
        };
        let view = TableView {
            columns: &[column("Result", 7, false), column("Lead", 20, true)],
            len: self.rows.len(),
            row: &|index| {
                let (word, detail) = &self.rows[index];
                vec![(*word).to_owned(), detail.clone()]
            },
            sorted: None,
            total: None,
        };
        view.draw(&mut self.state, buffer, inner, theme);
    }
}
