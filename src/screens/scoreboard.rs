//! Screen 1: one number that both sides own, marketing and sales side by side under it. Decides; computes no number.

mod both_right;
mod breakdown;
mod columns;
mod headline;
mod item;
mod layout;
mod marks;
mod presentation;
mod readings;
mod screen;
mod sheet;
mod title;
mod waterfall;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

pub use item::{ItemKey, Pane, What};

use super::model::Model;
use super::{Opening, Outcome, figures, labels};
use crate::keymap::Action;
use crate::theme::{Role, Theme};
use crate::widgets::Ink;
use item::{Direction, Item, neighbour};
use sheet::Sheet;

/// How large the figures are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Size {
    /// Everything at once.
    #[default]
    Working,
    /// A few figures, readable from the back of the room.
    Presentation,
}

/// Where the cursor stands and how far the board is scrolled.
#[derive(Debug)]
pub struct Scoreboard {
    cursor: ItemKey,
    items: Vec<Item>,
    scroll: u16,
    /// The part of the screen that shows the board, and the board's own height, as last drawn.
    view: Rect,
    height: u16,
    /// Working or presentation.
    pub size: Size,
}

/// Most lines of what the room has to hear before its figures.
const MOST_ALARMS: u16 = 2;

impl Default for Scoreboard {
    fn default() -> Self {
        Self {
            cursor: ItemKey::HEADLINE,
            items: Vec::new(),
            scroll: 0,
            view: Rect::ZERO,
            height: 0,
            size: Size::default(),
        }
    }
}

impl Scoreboard {
    /// The number under the cursor.
    pub fn cursor(&self) -> ItemKey {
        self.cursor
    }

    /// Moves, changes what the board is computed for, or answers with what to open.
    pub fn update(&mut self, action: Action, model: &mut Model) -> Outcome {
        match action {
            Action::Up => self.go(Direction::Up),
            Action::Down => self.go(Direction::Down),
            Action::Left => self.go(Direction::Left),
            Action::Right => self.go(Direction::Right),
            Action::NextPane => self.pane(1),
            Action::PreviousPane => self.pane(-1),
            Action::PageDown => self.page(i32::from(self.view.height)),
            Action::PageUp => self.page(-i32::from(self.view.height)),
            Action::First => self.cursor = ItemKey::HEADLINE,
            Action::Last => self.cursor = self.items.last().map_or(self.cursor, |item| item.key),
            Action::Open => return Outcome::Open(Opening::Rows(self.cursor)),
            Action::Explain => return Outcome::Open(Opening::Explain(self.cursor)),
            Action::PickPeriod => return Outcome::Open(Opening::Periods),
            Action::Filter => return Outcome::Open(Opening::Filters),
            Action::Copy => return self.copy(model),
            Action::PeriodBack => model.step_period(-1),
            Action::PeriodOn => model.step_period(1),
            Action::Mode => model.switch_mode(),
            Action::Compare => model.next_compare(),
            Action::Breakdown if self.reveal(Pane::Breakdown) => (),
            Action::Breakdown => model.next_dimension(),
            Action::ClearFilter => model.set_filter(crate::facts::filter::Filter::default()),
            Action::JumpToData => match model.board().elsewhere.clone() {
                Some(period) => model.set_period(period),
                None => return Outcome::Say("This period holds data: no need to jump".to_owned()),
            },
            Action::Presentation => {
                self.size = match self.size {
                    Size::Working => Size::Presentation,
                    Size::Presentation => Size::Working,
                };
                self.scroll = 0;
            }
            _ => {}
        }
        Outcome::Nothing
    }

    /// The number with what it is of: a part of a chart by its amount, a figure with n and mode.
    fn copy(&self, model: &Model) -> Outcome {
        let name = labels::label(self.cursor.metric());
        let period = figures::period(&model.scope().period);
        let room = figures::Room::Wide;
        let value = match (model.figure(self.cursor), model.amount(self.cursor)) {
            (Some(figure), _) => {
                format!(
                    "{} {}",
                    figures::figure(figure, room),
                    figures::beside(figure, room)
                )
            }
            (None, Some(amount)) => {
                figures::money(amount as f64, model.book().workspace.currency, room)
            }
            (None, None) => return Outcome::Nothing,
        };
        Outcome::Copy {
            what: name.to_owned(),
            text: format!("{name}, {period}: {}", value.trim_end()),
        }
    }

    fn go(&mut self, direction: Direction) {
        if !self.items.iter().any(|item| item.key == self.cursor) {
            self.cursor = ItemKey::HEADLINE;
        } else if let Some(next) = neighbour(&self.items, &self.cursor, direction) {
            self.cursor = next;
        }
    }

    fn pane(&mut self, by: isize) {
        let mut panes: Vec<Pane> = Vec::new();
        for item in &self.items {
            if !panes.contains(&item.key.pane) {
                panes.push(item.key.pane);
            }
        }
        let at = panes
            .iter()
            .position(|pane| *pane == self.cursor.pane)
            .unwrap_or(0) as isize;
        let count = panes.len().max(1) as isize;
        let Some(next) = panes.get(((at + by).rem_euclid(count)) as usize) else {
            return;
        };
        if let Some(first) = self.items.iter().find(|item| item.key.pane == *next) {
            self.cursor = first.key;
        }
    }

    /// Puts the cursor into a pane of which nothing is in sight; false when some of it is.
    fn reveal(&mut self, pane: Pane) -> bool {
        let inside = |item: &&Item| item.key.pane == pane;
        let first = self.items.iter().find(inside);
        let bottom = self
            .items
            .iter()
            .filter(inside)
            .map(|item| item.field.bottom())
            .max();
        let (Some(first), Some(bottom)) = (first, bottom) else {
            return false;
        };
        let out_of_sight = first.field.y >= self.scroll + self.view.height || bottom <= self.scroll;
        if out_of_sight {
            self.cursor = first.key;
            self.scroll = bottom
                .saturating_sub(self.view.height)
                .min(first.field.y.saturating_sub(2));
        }
        out_of_sight
    }

    /// Moves the cursor by so many lines, to the nearest number there.
    fn page(&mut self, lines: i32) {
        let Some(here) = self.items.iter().find(|item| item.key == self.cursor) else {
            return;
        };
        let (x, y) = (i32::from(here.field.x), i32::from(here.field.y) + lines);
        let distance = |item: &&Item| {
            let field = item.field;
            4 * (i32::from(field.y) - y).abs() + (i32::from(field.x) - x).abs()
        };
        if let Some(nearest) = self.items.iter().min_by_key(distance) {
            self.cursor = nearest.key;
        }
    }

    /// A click puts the cursor on a number; a click on the number under the cursor opens it.
    pub fn click(&mut self, column: u16, row: u16) -> Outcome {
        if !self.view.contains((column, row).into()) {
            return Outcome::Nothing;
        }
        let place = (column - self.view.x, row - self.view.y + self.scroll);
        let Some(item) = self
            .items
            .iter()
            .find(|item| item.field.contains(place.into()))
        else {
            return Outcome::Nothing;
        };
        if item.key == self.cursor {
            return Outcome::Open(Opening::Rows(self.cursor));
        }
        self.cursor = item.key;
        Outcome::Nothing
    }

    /// Draws title line and board.
    pub fn draw(&mut self, buffer: &mut Buffer, area: Rect, model: &Model, theme: &Theme) {
        title::draw(
            &mut Ink::new(buffer, Rect { height: 1, ..area }),
            model,
            theme,
        );
        let taken = 1 + u16::from(title::draw_hint(
            &mut Ink::new(
                buffer,
                Rect {
                    y: area.y + 1,
                    height: 1,
                    ..area
                },
            ),
            model,
            theme,
        ));
        let below = Rect {
            y: area.y + taken,
            height: MOST_ALARMS.min(area.height.saturating_sub(taken)),
            ..area
        };
        let taken = taken + title::draw_alarms(&mut Ink::new(buffer, below), model, theme);
        self.view = Rect {
            y: area.y + taken,
            height: area.height.saturating_sub(taken),
            ..area
        };
        let width = area.width;
        let (placed, height) = match self.size {
            Size::Working => layout::place(model, width, self.view.height),
            Size::Presentation => (Vec::new(), self.view.height),
        };
        // The board is drawn whole and shown in part, so that numbers out of sight can be reached.
        let mut whole = Buffer::empty(Rect::new(0, 0, width, height));
        whole.set_style(whole.area, theme[Role::Text]);
        let mut sheet = Sheet::new(&mut whole, theme, &self.cursor);
        if self.size == Size::Presentation {
            presentation::draw(&mut sheet, Rect::new(0, 0, width, height), model);
        }
        for (pane, place) in placed {
            draw_pane(&mut sheet, pane, place, model);
        }
        self.items = sheet.into_items();
        self.height = height;
        self.follow_cursor();
        self.show(&whole, buffer, theme);
    }

    /// Scrolls so that the cursor's line is in sight; at the top of its pane the frame too.
    fn follow_cursor(&mut self) {
        let Some(item) = self.items.iter().find(|item| item.key == self.cursor) else {
            self.scroll = self
                .scroll
                .min(self.height.saturating_sub(self.view.height));
            return;
        };
        let (top, bottom) = (item.field.y.saturating_sub(2), item.field.bottom() + 2);
        self.scroll = self
            .scroll
            .clamp(bottom.saturating_sub(self.view.height).min(top), top);
        self.scroll = self
            .scroll
            .min(self.height.saturating_sub(self.view.height));
    }

    fn show(&self, whole: &Buffer, buffer: &mut Buffer, theme: &Theme) {
        for line in 0..self.view.height.min(self.height) {
            for column in 0..self.view.width {
                buffer[(self.view.x + column, self.view.y + line)] =
                    whole[(column, line + self.scroll)].clone();
            }
        }
        let more_below = self.scroll + self.view.height < self.height;
        let mut ink = Ink::new(buffer, self.view);
        let last = self.view.width.saturating_sub(1);
        if self.scroll > 0 {
            ink.write(0, last, "▲", theme[Role::Key]);
        }
        if more_below {
            ink.write(
                self.view.height.saturating_sub(1),
                last,
                "▼",
                theme[Role::Key],
            );
        }
    }
}

fn draw_pane(sheet: &mut Sheet<'_>, pane: Pane, place: Rect, model: &Model) {
    let board = model.board();
    let compare = model.compare();
    let most = board.marketing.len().max(board.sales.len());
    let against = model
        .compared_with()
        .map(|period| format!("vs {}", figures::period(&period)))
        .unwrap_or_default();
    match pane {
        Pane::Headline => headline::draw(sheet, place, model),
        Pane::Marketing => {
            let inner = sheet.pane(pane, place, "Marketing", Role::Marketing, &against);
            columns::draw(sheet, pane, inner, &board.marketing, compare, most);
        }
        Pane::Sales => {
            let inner = sheet.pane(pane, place, "Sales", Role::Sales, &against);
            columns::draw(sheet, pane, inner, &board.sales, compare, most);
        }
        Pane::Misalignment => {
            let inner = sheet.pane(pane, place, "Cost of misalignment", Role::Warn, &against);
            columns::draw(
                sheet,
                pane,
                inner,
                &board.misalignment,
                compare,
                board.misalignment.len(),
            );
        }
        Pane::BothRight => both_right::draw(sheet, place, model),
        Pane::Readings => readings::draw(sheet, place, model),
        Pane::Waterfall => waterfall::draw(sheet, place, model),
        Pane::Breakdown => breakdown::draw(sheet, place, model),
    }
}

#[cfg(test)]
mod tests;
