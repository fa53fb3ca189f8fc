//! Screen 5: deals by stage, what the gate still asks of them, and their changes. Decides; reads and writes nothing itself.

mod answer;
mod change;
mod cursor;
mod draw;
mod follow;
mod head;
mod join;
mod list;
mod stacks;
#[cfg(test)]
mod tests;
mod view;
mod words;

use std::cmp::Ordering;

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use crossterm::event::KeyEvent;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::fetch::{Done, Fetch, Fetched, Write};
use super::meeting::Under;
use super::model::Model;
use super::{Opening, Outcome, Screen};
use crate::domain::card::{DealCard, DealLine};
use crate::domain::ids::OpportunityId;
use crate::domain::meeting::ground::Ground;
use crate::domain::period::Period;
use crate::domain::presence::{Doing, Part};
use crate::facts::filter::Filter;
use crate::keymap::{Action, Context};
use crate::metrics::Table;
use crate::theme::Theme;
use crate::widgets::Reader;
use change::Asked;
use cursor::Focus;
use view::{Group, View};
use words::MovedOut;

/// Lines fetched at once around the deal under the cursor.
const AROUND: usize = 60;

/// Lines fetched for each other column of the board.
const BESIDE: usize = 30;

/// More lines than these are not kept.
const KEPT: usize = 4_000;

/// The screen.
#[derive(Debug, Default)]
pub struct Pipeline {
    view: View,
    layout: Layout,
    focus: Focus,
    made_for: Option<MadeFor>,
    groups: Vec<Group>,
    moved: MovedOut,
    group: usize,
    /// The deal under the cursor in each group.
    places: Vec<usize>,
    /// The first line in sight of the one list.
    offset: usize,
    page: usize,
    lines: HashMap<i64, DealLine>,
    asked: HashSet<i64>,
    card: Option<Card>,
    open: Option<Asked>,
    /// The lead that is looked for, to join the deal.
    seek: Option<join::Seek>,
    /// Where it was drawn last.
    area: Rect,
    /// Where deals were drawn last, for clicks.
    placed: Vec<(Rect, usize, usize)>,
    /// Where the views and the numbers of the first lines were.
    heads: Vec<(Rect, head::Head)>,
}

/// Columns or one list.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Layout {
    /// Columns where there is room for them.
    #[default]
    Fitting,
    /// One list, whatever the room.
    List,
}

/// What the groups were made for; another one makes them anew.
#[derive(Debug, Clone, PartialEq)]
struct MadeFor {
    history: usize,
    view: View,
    period: Period,
    filter: Filter,
}

/// The open card.
#[derive(Debug)]
struct Card {
    deal: i64,
    known: Option<Box<DealCard>>,
    reader: Reader,
    stale: bool,
}

impl Pipeline {
    /// Groups the deals anew where anything has changed; the cursor stays on its deal.
    fn sync(&mut self, model: &Model) {
        let now = MadeFor {
            history: Arc::as_ptr(&model.history()) as usize,
            view: self.view,
            period: model.scope().period.clone(),
            filter: model.scope().filter.clone(),
        };
        if self.made_for.as_ref() == Some(&now) {
            return;
        }
        let under_cursor = self.selected();
        let same_view = self.made_for.as_ref().is_some_and(|m| m.view == now.view);
        self.groups = view::groups(self.view, model);
        self.moved = view::moved_out(model.facts());
        self.made_for = Some(now);
        let places = std::mem::take(&mut self.places);
        self.places = (0..self.groups.len())
            .map(|at| {
                if same_view {
                    places.get(at).copied()
                } else {
                    None
                }
                .unwrap_or(0)
            })
            .collect();
        self.keep_in_range();
        if let Some(id) = under_cursor {
            self.go_to(id);
        }
        if self.selected().is_none() {
            let filled = self.groups.iter().position(|group| !group.ids.is_empty());
            self.group = filled.unwrap_or(0);
        }
    }

    /// Whether the last frame stood in columns.
    fn in_columns(&self) -> bool {
        self.view == View::Stages && self.layout == Layout::Fitting && self.wide()
    }

    fn enter(&mut self) -> Outcome {
        match (self.on_number(), self.selected()) {
            (Some(key), _) => Outcome::Open(Opening::Rows(key)),
            (None, Some(_)) if self.card.is_some() => {
                self.card = None;
                Outcome::Nothing
            }
            (None, Some(id)) => self.read_card(id),
            (None, None) => Outcome::Refuse("There is no deal under the cursor".to_owned()),
        }
    }
}

impl Screen for Pipeline {
    fn context(&self) -> Context {
        self.open.as_ref().map_or(Context::Pipeline, Asked::context)
    }

    fn hints(&self) -> Vec<(Action, &'static str)> {
        match &self.open {
            Some(asked) => asked.hints(),
            None => self.view.hints(self.focus),
        }
    }

    fn update(&mut self, action: Action, model: &mut Model) -> Outcome {
        self.sync(model);
        if self.open.is_some() {
            return self.answer(action, model);
        }
        let over = self.card.is_some() && !self.has_room_beside();
        match action {
            Action::PeriodBack => model.step_period(-1),
            Action::PeriodOn => model.step_period(1),
            Action::PickPeriod => return Outcome::Open(Opening::Periods),
            Action::Filter => return Outcome::Open(Opening::Filters),
            Action::ClearFilter => model.set_filter(Filter::default()),
            Action::View => {
                self.view = self.view.next();
                self.focus = Focus::Deals;
            }
            Action::Layout if !self.wide() => {
                return Outcome::Refuse("Columns need a wider window than this one".to_owned());
            }
            Action::Layout => {
                self.layout = match self.layout {
                    Layout::Fitting => Layout::List,
                    Layout::List => Layout::Fitting,
                };
            }
            Action::NextPane => {
                self.focus = match self.focus {
                    Focus::Deals => Focus::Numbers(0),
                    Focus::Numbers(_) => Focus::Deals,
                };
            }
            Action::Open => return self.enter(),
            Action::Explain => return self.explain(model),
            Action::Copy => {
                let card = self.card.as_ref().filter(|card| card.known.is_some());
                let text = card.map(|card| card.reader.as_text());
                return text.map_or_else(
                    || Outcome::Say("Enter opens the card; then it can be copied".to_owned()),
                    |text| Outcome::Copy {
                        what: "the card".to_owned(),
                        text,
                    },
                );
            }
            Action::Up | Action::Down if over => self.scroll_card(action),
            Action::PageUp | Action::PageDown if self.card.is_some() => self.scroll_card(action),
            Action::Up
            | Action::Down
            | Action::Left
            | Action::Right
            | Action::PageUp
            | Action::PageDown
            | Action::First
            | Action::Last
            | Action::Next
            | Action::Previous => {
                let outcome = self.moving(action);
                if matches!(action, Action::Next | Action::Previous) && self.card.is_none() {
                    return self.enter();
                }
                return outcome;
            }
            other => return self.change(other, model),
        }
        self.sync(model);
        Outcome::Nothing
    }

    fn typed(&mut self, key: KeyEvent, model: &Model) -> Outcome {
        self.typed_into(key, model)
    }

    fn pasted(&mut self, text: &str, _model: &Model) -> Outcome {
        if let Some(asked) = &mut self.open {
            asked.paste(text);
        }
        Outcome::Nothing
    }

    fn click(&mut self, column: u16, row: u16, model: &Model) -> Outcome {
        if let Some(asked) = &mut self.open {
            return match asked.click(column, row) {
                Some(index) => self.chosen(index, model),
                None => Outcome::Nothing,
            };
        }
        if let Some(head) = self.head_at((column, row).into()) {
            return self.click_head(head);
        }
        let hit = self
            .placed
            .iter()
            .find(|(field, ..)| field.contains((column, row).into()));
        let Some((_, group, place)) = hit.copied() else {
            return Outcome::Nothing;
        };
        let before = (self.group, self.places.get(self.group).copied());
        self.focus = Focus::Deals;
        self.group = group;
        self.places[group] = place;
        if before == (group, Some(place)) || self.card.is_some() {
            let id = self.selected();
            return id.map_or(Outcome::Nothing, |id| self.read_card(id));
        }
        Outcome::Nothing
    }

    fn back(&mut self) -> bool {
        self.seek = None;
        if self.open.take().is_some() || self.card.take().is_some() {
            return true;
        }
        let elsewhere = self.focus != Focus::Deals || self.view != View::Stages;
        self.focus = Focus::Deals;
        self.view = View::Stages;
        elsewhere
    }

    fn doing(&self, _model: &Model) -> Option<Doing> {
        self.open_here()
    }

    fn part(&self, _model: &Model) -> Part {
        self.in_sight()
    }

    fn show(&mut self, part: &Part, model: &Model) {
        self.look_at(part, model);
    }

    fn wanted(&mut self, model: &Model) -> Vec<Fetch> {
        self.sync(model);
        let sought = self.seek.as_mut().and_then(join::Seek::wanted);
        let mut fetches: Vec<Fetch> = sought.into_iter().collect();
        if let Some(card) = self.card.as_mut().filter(|card| card.stale) {
            card.stale = false;
            fetches.push(Fetch::Deal(OpportunityId(card.deal)));
        }
        let mut ids = Vec::new();
        for (at, (group, place)) in self.groups.iter().zip(&self.places).enumerate() {
            let around = if at == self.group || !self.in_columns() {
                AROUND
            } else {
                BESIDE
            };
            // One below the other, a group ends above the cursor's and the next one begins below it.
            let start = match at.cmp(&self.group) {
                Ordering::Less if !self.in_columns() => group.ids.len().saturating_sub(around),
                Ordering::Greater if !self.in_columns() => 0,
                _ => place.saturating_sub(around / 2),
            };
            ids.extend(group.ids.iter().skip(start).take(around));
        }
        ids.retain(|id| !self.asked.contains(id));
        if !ids.is_empty() {
            if self.lines.len() > KEPT {
                self.lines.clear();
                self.asked.clear();
            }
            self.asked.extend(&ids);
            fetches.push(Fetch::Lines(Table::Opportunities, ids));
        }
        fetches
    }

    fn fetched(&mut self, asked: &Fetch, fetched: &Fetched, model: &Model) {
        match (asked, fetched) {
            (Fetch::Lines(Table::Opportunities, _), Fetched::Deals(lines)) => {
                let known = lines.iter().map(|line| (line.id.0, line.clone()));
                self.lines.extend(known);
            }
            (Fetch::Queue(of, _), Fetched::Queue(listed)) => self.found(of, listed, model),
            (Fetch::Lines(Table::Handoffs, _), Fetched::Handoffs(lines)) => self.offer(lines),
            (Fetch::Deal(id), Fetched::Deal(read)) => {
                let moved = &self.moved;
                if let Some(card) = self.card.as_mut().filter(|card| card.deal == id.0) {
                    card.reader.paragraphs = draw::card(read, model, moved).paragraphs;
                    card.known = Some(read.clone());
                }
            }
            (Fetch::Deal(id), Fetched::Gone) => {
                self.card = self.card.take().filter(|card| card.deal != id.0);
            }
            _ => {}
        }
    }

    fn written(&mut self, write: &Write, done: Result<&Done, &str>, _model: &Model) -> Outcome {
        if let Some(asked) = self.open.as_mut().filter(|asked| asked.waits_for(write)) {
            match done {
                Ok(_) => self.open = None,
                Err(why) => asked.refuse(why),
            }
        }
        Outcome::Nothing
    }

    fn refreshed(&mut self, model: &Model) {
        self.asked.clear();
        if let Some(card) = &mut self.card {
            card.stale = true;
        }
        self.sync(model);
    }

    fn under(&self, _model: &Model) -> Under {
        let deal = self.selected().map(OpportunityId);
        deal.map_or_else(Under::default, |id| {
            let name = self.lines.get(&id.0).map(|line| &*line.name);
            Under::ground(Ground::Deal(id)).called(name)
        })
    }

    fn draw(&mut self, buffer: &mut Buffer, area: Rect, model: &Model, theme: &Theme) {
        self.sync(model);
        self.draw_all(buffer, area, model, theme);
    }
}
