//! The screen's parts in their places: numbers, deals, the reasons of the one under the cursor, the card, open windows.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Span;

use super::words::{self, MovedOut};
use super::{Pipeline, View, view};
use crate::domain::card::DealCard;
use crate::domain::gate::Part;
use crate::keymap::Action;
use crate::screens::card as cards;
use crate::screens::model::Model;
use crate::text;
use crate::theme::{Role, Theme};
use crate::widgets::{Ink, Paragraph, Reader, panel};

/// From this width on stages stand beside one another.
const WIDE: u16 = 100;

/// From this width on the card stands beside the deals.
const BESIDE: u16 = 110;

impl Pipeline {
    /// Whether the last frame was wide enough for columns.
    pub(super) fn wide(&self) -> bool {
        self.area.width >= WIDE
    }

    /// Whether the last frame was wide enough for the card beside the deals.
    pub(super) fn has_room_beside(&self) -> bool {
        self.area.width >= BESIDE
    }

    pub(super) fn scroll_card(&mut self, action: Action) {
        let page = isize::from(self.area.height.saturating_sub(6).max(1) as i16);
        if let Some(card) = &mut self.card {
            card.reader.scroll(match action {
                Action::Up => -1,
                Action::Down => 1,
                Action::PageUp => -page,
                _ => page,
            });
        }
    }

    pub(super) fn draw_all(
        &mut self,
        buffer: &mut Buffer,
        area: Rect,
        model: &Model,
        theme: &Theme,
    ) {
        self.area = area;
        self.placed.clear();
        let head = Rect { height: 2, ..area };
        self.draw_head(&mut Ink::new(buffer, head), model, theme);
        let mut body = Rect {
            y: area.y + 2,
            height: area.height.saturating_sub(2),
            ..area
        };
        if self.card.is_some() && !self.has_room_beside() {
            self.draw_card(buffer, body, theme);
        } else {
            if self.card.is_some() {
                let wide = area.width * 2 / 5;
                let beside = Rect {
                    x: area.right() - wide,
                    width: wide,
                    ..body
                };
                self.draw_card(buffer, beside, theme);
                body.width -= wide;
            }
            self.draw_deals(buffer, body, model, theme);
        }
        if let Some(asked) = &mut self.open {
            asked.draw(buffer, area, theme);
        }
    }

    fn draw_deals(&mut self, buffer: &mut Buffer, body: Rect, model: &Model, theme: &Theme) {
        let reasons = self
            .row()
            .map(|row| words::reasons(row, model, &self.moved).join(" · "))
            .unwrap_or_default();
        let clean = text::clean(&reasons);
        let mut told = text::wrap(&clean, usize::from(body.width.saturating_sub(4)));
        told.truncate(3);
        let below = if told.is_empty() {
            0
        } else {
            told.len() as u16
        };
        let deals = Rect {
            height: body.height.saturating_sub(3),
            ..body
        };
        if self.groups.iter().all(|group| group.ids.is_empty()) {
            self.draw_nothing(&mut Ink::new(buffer, deals), model, theme);
        }
        if self.in_columns() {
            self.draw_stacks(buffer, deals, model, theme);
        } else {
            self.draw_list(buffer, deals, model, theme);
        }
        let foot = Rect {
            y: body.bottom().saturating_sub(3),
            height: 3.min(body.height),
            ..body
        };
        let mut ink = Ink::new(buffer, foot);
        for (line, words) in (0..below).zip(&told) {
            ink.write(line, 2, words, theme[Role::Warn]);
        }
    }

    fn draw_nothing(&self, ink: &mut Ink<'_>, model: &Model, theme: &Theme) {
        let words = match self.view {
            _ if model.facts().opportunities.is_empty() => {
                "There are no deals yet: a lead that is qualified becomes one, or import them"
            }
            View::Stages => "No deal is open here",
            View::Almost => "Nothing waits at the gate",
            View::Look => "Nothing needs a look",
            View::Closed => "Nothing was closed in this period; [ goes a period back",
        };
        let middle = ink.height() / 2;
        ink.write(middle, 2, words, theme[Role::Dim]);
    }

    fn draw_card(&mut self, buffer: &mut Buffer, area: Rect, theme: &Theme) {
        let place = match (self.groups.get(self.group), self.places.get(self.group)) {
            (Some(group), Some(place)) if !group.ids.is_empty() => {
                format!("{} of {}", place + 1, group.ids.len())
            }
            _ => String::new(),
        };
        let Some(card) = &mut self.card else { return };
        let title = Span::styled("Deal", theme[Role::Title]);
        let inner = panel(buffer, area, &title, &place, true, theme);
        if card.known.is_some() {
            card.reader.draw(buffer, inner, theme);
        } else {
            Ink::new(buffer, inner).write(0, 1, "…", theme[Role::Dim]);
        }
    }
}

/// The card of a deal with its gate and its signs.
pub(super) fn card(read: &DealCard, model: &Model, moved: &MovedOut) -> Reader {
    let mut reader = cards::deal(read, &model.book().calendar);
    let Some(row) = model.facts().opportunities.row(read.line.id.0) else {
        return reader;
    };
    let row = row as u32;
    let missing = view::missing(model.facts(), row);
    let parts: Vec<String> = Part::ALL
        .iter()
        .map(|part| {
            let mark = if missing.contains(part) { "✗" } else { "✓" };
            format!("{mark} {}", part.label())
        })
        .collect();
    let mut extra = vec![Paragraph::Entry("Gate".to_owned(), parts.join(" · "))];
    for reason in words::reasons(row, model, moved) {
        extra.push(Paragraph::Entry("Look at".to_owned(), reason));
    }
    let after_name = reader.paragraphs.len().min(1);
    reader.paragraphs.splice(after_name..after_name, extra);
    reader
}
