//! The pages' names over the entries of the one in sight. Decides nothing.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::{Settings, Window, page};
use crate::domain::catalogue::Chapter;
use crate::screens::model::Model;
use crate::text;
use crate::theme::{Role, Theme};
use crate::widgets::{Align, Column, Ink, TableView};

impl Settings {
    pub(super) fn draw_all(
        &mut self,
        buffer: &mut Buffer,
        area: Rect,
        model: &Model,
        theme: &Theme,
    ) {
        let used = self.draw_tabs(buffer, area, theme);
        let body = Rect {
            y: area.y + used,
            height: area.height.saturating_sub(used),
            ..area
        };
        if self.looks_back {
            self.draw_history(buffer, body, model, theme);
        } else {
            self.draw_rows(buffer, body, theme);
        }
        match self.open.as_mut().map(|asked| &mut asked.window) {
            Some(Window::Form(form, _)) => form.draw(buffer, area, theme),
            Some(Window::Merge(letters, ..)) => letters.draw(buffer, area, theme),
            None => {}
        }
    }

    /// The pages' names, on two lines where one is too short; returns the lines they take.
    fn draw_tabs(&mut self, buffer: &mut Buffer, area: Rect, theme: &Theme) -> u16 {
        let mut ink = Ink::new(buffer, area);
        self.tabs.clear();
        let (mut line, mut at) = (0, 1);
        for chapter in Chapter::ALL {
            let words = format!(" {} ", chapter.label());
            let wide = text::width(&words) as u16;
            if at + wide > ink.width() && at > 1 {
                (line, at) = (line + 1, 1);
            }
            let here = *chapter == self.chapter;
            let role = if here { Role::TabActive } else { Role::Tab };
            ink.write(line, at, &words, theme[role]);
            let field = Rect::new(area.x + at, area.y + line, wide, 1);
            self.tabs.push((field, *chapter));
            at += wide;
        }
        line + 2
    }

    fn draw_rows(&mut self, buffer: &mut Buffer, body: Rect, theme: &Theme) {
        if self.rows.is_empty() {
            let mut ink = Ink::new(buffer, body);
            ink.write(
                1,
                2,
                "Nothing is here yet; a adds an entry",
                theme[Role::Dim],
            );
            return;
        }
        let columns = page::columns(self.chapter);
        let rows = &self.rows;
        let view = TableView {
            columns: &columns,
            len: rows.len(),
            row: &|index| rows[index].cells.clone(),
            sorted: None,
            total: None,
        };
        let state = &mut self.states[self.chapter as usize];
        view.draw(state, buffer, body, theme);
    }

    fn draw_history(&mut self, buffer: &mut Buffer, body: Rect, model: &Model, theme: &Theme) {
        let Some(history) = &self.history else {
            Ink::new(buffer, body).write(1, 2, "…", theme[Role::Dim]);
            return;
        };
        if history.is_empty() {
            let words = "Nobody has changed anything here";
            Ink::new(buffer, body).write(1, 2, words, theme[Role::Dim]);
            return;
        }
        let column = |title: &str, width, grows, drop| Column {
            title: title.to_owned(),
            width,
            align: Align::Left,
            grows,
            drop,
        };
        let columns = [
            column("When", 16, false, 0),
            column("Who", 16, false, 1),
            column("What", 20, true, 0),
        ];
        let calendar = &model.book().calendar;
        let view = TableView {
            columns: &columns,
            len: history.len(),
            row: &|index| {
                let change = &history[index];
                let when = calendar.show(change.at);
                vec![when, change.by.clone(), change.what.clone()]
            },
            sorted: None,
            total: None,
        };
        let state = &mut self.states[self.chapter as usize];
        view.draw(state, buffer, body, theme);
    }
}
