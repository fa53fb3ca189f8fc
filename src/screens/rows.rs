//! The rows behind a number, with their sum: it equals the number, exactly. Holds ids and asks for the lines in sight.

mod cells;
mod parts;

use std::collections::HashMap;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::fetch::{Fetch, Fetched};
use super::figures::{self, Room};
use super::labels::label;
use super::model::Model;
use super::scoreboard::{ItemKey, What};
use crate::domain::ids::{LeadId, OpportunityId};
use crate::facts::Facts;
use crate::keymap::Action;
use crate::metrics::{Figure, Table};
use crate::theme::{Role, Theme};
use crate::widgets::{Ink, Order, TableState, TableView, popup};
use parts::{Part, SortBy};

/// Lines fetched at once, around the selected one.
const AROUND: usize = 60;

/// More lines than these are not kept.
const KEPT: usize = 4_000;

/// The open list.
pub struct Rows {
    /// The number that was opened.
    pub key: ItemKey,
    title: String,
    number: String,
    parts: Vec<Part>,
    shown: usize,
    state: TableState,
    sort: Option<(SortBy, Order)>,
    lines: HashMap<(Table, i64), Vec<String>>,
    /// Asked for and not there: deleted meanwhile.
    missing: Vec<(Table, i64)>,
}

impl Rows {
    /// The rows behind a number of the board.
    pub fn new(key: ItemKey, model: &Model) -> Self {
        let figure = model.figure(key);
        let parts = parts::of(key, model);
        let name = match key.what {
            What::Cell(code, metric) => format!(
                "{}, {}",
                label(metric),
                model.dimension().name(model.facts(), code)
            ),
            What::ToSales(_) | What::ToFinance(_) => "Between two readings".to_owned(),
            What::Start => "Pipeline at the start".to_owned(),
            What::Step(change) => format!("Pipeline {}", change.label()),
            What::End => "Pipeline now".to_owned(),
            What::Figure(metric) => label(metric).to_owned(),
        };
        Self {
            key,
            title: format!("{name} · {}", figures::period(&model.scope().period)),
            number: figure.map(full).unwrap_or_default(),
            parts,
            shown: 0,
            state: TableState::default(),
            sort: None,
            lines: HashMap::new(),
            missing: Vec::new(),
        }
    }

    fn part(&self) -> Option<&Part> {
        self.parts.get(self.shown)
    }

    fn len(&self) -> usize {
        self.part().map_or(0, |part| part.rows.rows.len())
    }

    /// Whether the part in sight has no rows.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Moves, sorts, switches between what stands above and below the line.
    pub fn update(&mut self, action: Action, facts: &Facts) {
        let len = self.len();
        match action {
            Action::Up => self.state.step(-1, len),
            Action::Down => self.state.step(1, len),
            Action::PageUp => self.state.step(-self.state.page(), len),
            Action::PageDown => self.state.step(self.state.page(), len),
            Action::First => self.state.selected = 0,
            Action::Last => self.state.selected = len.saturating_sub(1),
            Action::NextPane | Action::PreviousPane if !self.parts.is_empty() => {
                self.shown = (self.shown + 1) % self.parts.len();
                self.state = TableState::default();
                self.sort = None;
            }
            Action::Sort => self.sort_by(
                self.sort.map_or(SortBy::Adds, |(by, _)| by.next()),
                Order::Falling,
                facts,
            ),
            Action::Reverse => {
                let (by, order) = self.sort.unwrap_or((SortBy::Clock, Order::Rising));
                let turned = if order == Order::Rising {
                    Order::Falling
                } else {
                    Order::Rising
                };
                self.sort_by(by, turned, facts);
            }
            _ => {}
        }
    }

    fn sort_by(&mut self, by: SortBy, order: Order, facts: &Facts) {
        let selected = self.selected(facts);
        if let Some(part) = self.parts.get_mut(self.shown) {
            part.sort(by, order, facts);
            self.sort = Some((by, order));
            // The same row stays under the cursor.
            if let Some((table, id)) = selected {
                let position = part
                    .rows
                    .rows
                    .iter()
                    .position(|row| parts::id(facts, table, *row) == Some(id));
                self.state.selected = position.unwrap_or(0);
            }
        }
    }

    /// Table and row id of the selected row.
    fn selected(&self, facts: &Facts) -> Option<(Table, i64)> {
        let part = self.part()?;
        let row = part.rows.rows.get(self.state.selected)?;
        Some((part.rows.table, parts::id(facts, part.rows.table, *row)?))
    }

    /// The card to read for the selected row; `None` for spend and feedback, which have none.
    pub fn card(&self, facts: &Facts) -> Option<Fetch> {
        let (table, id) = self.selected(facts)?;
        match table {
            Table::Leads => Some(Fetch::Lead(LeadId(id))),
            Table::Handoffs => {
                let row = facts.handoffs.row(id)?;
                let lead = facts.leads.id.get(facts.handoffs.lead[row] as usize)?;
                Some(Fetch::Lead(LeadId(lead)))
            }
            Table::Opportunities => Some(Fetch::Deal(OpportunityId(id))),
            Table::Spend | Table::Feedback => None,
        }
    }

    /// A click; true when it hit the row that was selected already.
    pub fn click(&mut self, column: u16, row: u16) -> bool {
        let before = self.state.selected;
        let len = self.len();
        self.state.click(column, row, len) && before == self.state.selected
    }

    /// What has to be read before the rows in sight can be shown.
    pub fn wanted(&self, facts: &Facts) -> Option<Fetch> {
        let part = self.part()?;
        let table = part.rows.table;
        let start = self.state.selected.saturating_sub(AROUND);
        let around = part.rows.rows.iter().skip(start).take(2 * AROUND);
        let unknown = |id: &i64| {
            !self.lines.contains_key(&(table, *id)) && !self.missing.contains(&(table, *id))
        };
        let ids: Vec<_> = around
            .filter_map(|row| parts::id(facts, table, *row))
            .filter(unknown)
            .collect();
        // Nothing is asked for while half of the surroundings are there and the near ones among them.
        let near = part
            .rows
            .rows
            .iter()
            .skip(self.state.selected.saturating_sub(AROUND / 2))
            .take(AROUND);
        let needed = near
            .filter_map(|row| parts::id(facts, table, *row))
            .any(|id| unknown(&id));
        (needed && !ids.is_empty()).then_some(Fetch::Lines(table, ids))
    }

    /// Takes the lines that were read.
    pub fn take(&mut self, asked: &Fetch, fetched: &Fetched, model: &Model) {
        let Fetch::Lines(table, ids) = asked else {
            return;
        };
        if self.lines.len() > KEPT {
            self.lines.clear();
        }
        for (id, cells) in cells::of(fetched, model) {
            self.lines.insert((*table, id), cells);
        }
        for id in ids {
            if !self.lines.contains_key(&(*table, *id)) {
                self.missing.push((*table, *id));
            }
        }
    }

    /// The selected row as text, cells divided by tabs.
    pub fn as_text(&self, facts: &Facts) -> Option<String> {
        let (table, id) = self.selected(facts)?;
        let part = self.part()?;
        let mut cells = self.lines.get(&(table, id))?.clone();
        cells.push(part.adds(self.state.selected));
        Some(cells.join("\t"))
    }

    /// The rows after a change: everything is asked for anew, and the cursor stays on the row that `facts`, as they were, name.
    #[must_use]
    pub fn refreshed(&self, facts: &Facts, model: &Model) -> Self {
        let mut fresh = Self::new(self.key, model);
        fresh.shown = self.shown.min(fresh.parts.len().saturating_sub(1));
        fresh.state = self.state;
        if let Some((by, order)) = self.sort {
            fresh.sort_by(by, order, model.facts());
        }
        let place = self
            .selected(facts)
            .zip(fresh.part())
            .and_then(|((table, id), part)| {
                let same = |row: &u32| parts::id(model.facts(), table, *row) == Some(id);
                part.rows
                    .rows
                    .iter()
                    .position(same)
                    .filter(|_| part.rows.table == table)
            });
        fresh.state.selected = place.unwrap_or(fresh.state.selected);
        fresh
    }

    /// Draws it over the board.
    pub fn draw(&mut self, buffer: &mut Buffer, screen: Rect, facts: &Facts, theme: &Theme) {
        let size = (
            screen.width.saturating_sub(4),
            screen.height.saturating_sub(2),
        );
        let inner = popup(buffer, screen, size, &self.title, &self.number, theme);
        let Some(part) = self.parts.get(self.shown) else {
            Ink::new(buffer, inner).write(
                1,
                2,
                "Nothing is counted here, so there are no rows; e explains why.",
                theme[Role::Dim],
            );
            return;
        };
        let head = part.head(self.shown, &self.parts);
        Ink::new(buffer, inner).write(0, 2, &head, theme[Role::Dim]);
        let table = part.rows.table;
        let columns = cells::columns(table);
        let row = |index: usize| {
            let id = parts::id(facts, table, part.rows.rows[index]);
            let known = id.and_then(|id| self.lines.get(&(table, id)));
            let gone = id.is_some_and(|id| self.missing.contains(&(table, id)));
            let mut cells = known.cloned().unwrap_or_else(|| {
                let mut empty = vec![String::new(); columns.len() - 1];
                (if gone { "deleted" } else { "…" }).clone_into(&mut empty[0]);
                empty
            });
            cells.push(part.adds(index));
            cells
        };
        let mut total = vec![String::new(); columns.len() - 1];
        total[0] = part.total_words();
        total.push(part.total());
        let sorted = self
            .sort
            .and_then(|(by, order)| Some((cells::column_of(table, by)?, order)));
        let view = TableView {
            columns: &columns,
            len: part.rows.rows.len(),
            row: &row,
            sorted,
            total: Some(total),
        };
        let below = Rect {
            y: inner.y + 1,
            height: inner.height.saturating_sub(1),
            ..inner
        };
        view.draw(&mut self.state, buffer, below, theme);
    }
}

/// A figure with all its digits and what stands beside it.
fn full(figure: &Figure) -> String {
    format!(
        "{} {}",
        figures::figure(figure, Room::Wide),
        figures::beside(figure, Room::Wide)
    )
    .trim_end()
    .to_owned()
}

#[cfg(test)]
mod tests;
