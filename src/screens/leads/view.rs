//! Draws the queue: how many there are under which filter, the table, the card beside it or over it. Changes nothing but scroll
//! positions.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Span;

use super::Leads;
use super::columns::{Extra, cells, columns};
use crate::facts::Facts;
use crate::facts::filter::Dimension;
use crate::facts::queue::{QueueFilter, State};
use crate::screens::figures::grouped;
use crate::screens::model::Model;
use crate::theme::{Role, Theme};
use crate::widgets::{Ink, TableView, panel, popup};

/// From this width on the card stands beside the list.
const BESIDE: u16 = 110;

impl Leads {
    /// Draws everything.
    pub(super) fn draw_all(
        &mut self,
        buffer: &mut Buffer,
        area: Rect,
        model: &Model,
        theme: &Theme,
    ) {
        self.beside = area.width >= BESIDE;
        self.head(&mut Ink::new(buffer, area), model, theme);
        let below = Rect {
            y: area.y + 2,
            height: area.height.saturating_sub(2),
            ..area
        };
        let card = if self.beside {
            (area.width * 2 / 5).clamp(44, 84)
        } else {
            0
        };
        let list = Rect {
            width: below.width - card,
            ..below
        };
        self.table(buffer, list, model, theme);
        if self.beside {
            let beside = Rect {
                x: list.right(),
                width: card,
                ..below
            };
            let title = Span::styled("Card", theme[Role::Title]);
            let inner = panel(buffer, beside, &title, "J K scroll", false, theme);
            self.draw_card(buffer, inner, model, theme);
        } else if self.card_open {
            let size = (area.width - 2, area.height - 1);
            let inner = popup(buffer, area, size, "Card", "n N next, Esc list", theme);
            self.draw_card(buffer, inner, model, theme);
        }
        if let Some(window) = &mut self.window {
            window.draw(buffer, area, model, theme);
        }
    }

    fn draw_card(&mut self, buffer: &mut Buffer, area: Rect, model: &Model, theme: &Theme) {
        match self.lead(model) {
            Some(lead) if self.card.of(lead).is_some() => {
                self.card.reader.draw(buffer, area, theme);
            }
            Some(_) => {
                Ink::new(buffer, area).write(0, 1, "…", theme[Role::Dim]);
            }
            None => {}
        }
    }

    /// How many, then which.
    fn head(&self, ink: &mut Ink<'_>, model: &Model, theme: &Theme) {
        let filter = self.queue.filter();
        let mut words = if self.queue.is_current() {
            let count = grouped(self.queue.count() as i64);
            let late = grouped(self.queue.breached() as i64);
            match filter.state {
                State::Open => format!("{count} open · {late} breached"),
                State::All => format!("{count} hand-overs · {late} open and breached"),
                state => format!("{count} {}", state.label()),
            }
        } else {
            "looking …".to_owned()
        };
        if self.marks.len() > 0 {
            words = format!("{words} · {} marked", grouped(self.marks.len() as i64));
        }
        if self.marks.is_open() {
            words = format!("{words} · V at the other end of the range");
        }
        let at = ink.write(0, 1, &words, theme[Role::Strong]);
        if let Some(me) = model.me() {
            let name = format!("{} · {}", me.name, me.side.label());
            let room = ink.width().saturating_sub(at + 3);
            let at = ink.width().saturating_sub(room);
            ink.field(
                0,
                at,
                room.saturating_sub(1),
                &name,
                crate::widgets::Side::Right,
                theme[Role::Dim],
            );
        }
        if let Some(search) = &self.search {
            let at = ink.write(1, 1, "/ ", theme[Role::Key]);
            let room = ink.width().saturating_sub(at + 1);
            let hint = "name, company, e-mail, note; Enter keeps it, Esc gives it back";
            search.prompt.draw(ink, 1, at, room, hint, theme);
            return;
        }
        let shown = in_words(filter, model.facts());
        if shown.is_empty() {
            let hint = "no filter · f by value, / search, M mine, U untouched, B breached";
            ink.write(1, 1, hint, theme[Role::Dim]);
        } else {
            let words = format!(" {shown} · F shows all that is open");
            ink.write(1, 1, &words, theme[Role::Warn]);
        }
    }

    fn table(&mut self, buffer: &mut Buffer, area: Rect, model: &Model, theme: &Theme) {
        let ids = std::sync::Arc::clone(self.queue.ids());
        if ids.is_empty() {
            if self.queue.is_current() {
                let words = nothing(self.queue.filter(), model);
                let mut ink = Ink::new(buffer, area);
                for (line, words) in (1..).zip(words) {
                    ink.write(line, 2, words, theme[Role::Dim]);
                }
            }
            return;
        }
        let met = self.queue.met();
        let extra = Extra::of(met.as_deref(), model.facts());
        let columns = columns(&extra);
        // What came after the moment that is looked at is not known there.
        let now = model.now().min(model.scope().as_of);
        let (lines, marks) = (&self.lines, &self.marks);
        let row = |index: usize| {
            let id = ids[index];
            lines.get(id).map_or_else(
                || {
                    let mut empty = vec![String::new(); columns.len()];
                    let name = if lines.is_gone(id) { "deleted" } else { "…" };
                    name.clone_into(&mut empty[extra.name()]);
                    empty
                },
                |line| cells(line, marks.has(id), &extra, (model.book(), now)),
            )
        };
        let view = TableView {
            columns: &columns,
            len: ids.len(),
            row: &row,
            sorted: None,
            total: None,
        };
        view.draw(&mut self.queue.state, buffer, area, theme);
    }
}

/// Why there is nothing, and what to do.
fn nothing(filter: &QueueFilter, model: &Model) -> [&'static str; 2] {
    if *filter != QueueFilter::default() {
        ["Nothing passes this filter.", "F takes it away."]
    } else if model.facts().handoffs.is_empty() {
        [
            "No lead has been handed to sales yet.",
            "`smarketing import` brings leads in, `smarketing hand-over` hands one over.",
        ]
    } else {
        [
            "Every lead has its verdict.",
            "f shows those that are decided.",
        ]
    }
}

/// The filter as people say it; empty where everything open is shown.
fn in_words(filter: &QueueFilter, facts: &Facts) -> String {
    let mut parts: Vec<String> = filter.marks.iter().map(|m| m.label().to_owned()).collect();
    match filter.state {
        State::Open => {}
        State::All => parts.push("with and without a verdict".to_owned()),
        state => parts.push(state.label().to_owned()),
    }
    for dimension in Dimension::ALL {
        let names: Vec<&str> = filter
            .chosen
            .chosen
            .iter()
            .filter(|(of, _)| *of == dimension)
            .map(|(of, code)| of.name(facts, *code))
            .collect();
        if !names.is_empty() {
            parts.push(format!("{} {}", dimension.word(), names.join(" or ")));
        }
    }
    let reasons: Vec<&str> = filter
        .reasons
        .iter()
        .map(|code| facts.names.reasons.name(*code))
        .collect();
    if !reasons.is_empty() {
        parts.push(format!("reason {}", reasons.join(" or ")));
    }
    if !filter.search.is_empty() {
        parts.push(format!("/{}", filter.search));
    }
    parts.join(" · ")
}
