//! Screen 3: what the room reviews: clusters, matrix, rejections one by one, challenges, feedback, both sides. Decides; reads and writes nothing itself.

mod act;
mod answer;
mod ask;
mod card;
mod challenges;
mod clusters;
mod cursor;
mod draw;
mod explain;
mod feedback;
mod follow;
mod found;
mod ground;
mod list;
mod matrix;
mod rule;
mod sides;
mod since;
mod speak;
mod tables;
#[cfg(test)]
mod tests;
mod view;
mod words;

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use crossterm::event::KeyEvent;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::fetch::{Done, Fetch, Fetched, Write};
use super::judge::{BothSides, Flagged, Section};
use super::meeting::Under;
use super::model::Model;
use super::{Opening, Outcome, Screen};
use crate::domain::card::LeadLine;
use crate::domain::presence::{Doing, Part, Thing};
use crate::domain::review::feedback::FeedbackLine;
use crate::domain::review::line::ChallengeLine;
use crate::facts::filter::Filter;
use crate::keymap::{Action, Context};
use crate::metrics::Table;
use crate::metrics::review::Axis;
use crate::theme::Theme;
use crate::widgets::TableState;
use ask::Asked;
use card::{Card, Stands};
use found::{Axes, Found, MadeFor};
use list::Shown;
use since::Since;
use view::{Content, Only, View};

/// Lines fetched at once around the one under the cursor.
const AROUND: usize = 60;

/// More lines than these are not kept.
const KEPT: usize = 4_000;

/// From this width on the card stands beside the list.
const BESIDE: u16 = 110;

/// The screen.
#[derive(Default)]
pub struct Rejections {
    view: View,
    axes: Axes,
    content: Content,
    only: Only,
    since: Since,
    found: Option<Found>,
    /// What the list shows.
    shown: Shown,
    /// The place in each view, by its number.
    states: [TableState; View::COUNT],
    /// Row and column of the matrix; the one behind the last is the total.
    cell: (usize, usize),
    /// First row and column of the matrix in sight.
    corner: (usize, usize),
    /// How much of the matrix has no room in sight, in words.
    beyond: String,
    /// The view from which the list was opened.
    from: View,
    flagged: Option<Arc<Flagged>>,
    sides: Option<(Section, Arc<BothSides>)>,
    challenges: Vec<ChallengeLine>,
    feedback: Vec<FeedbackLine>,
    lines: HashMap<i64, LeadLine>,
    asked: HashSet<i64>,
    /// What is not to be asked for again until something has changed.
    wished: Vec<Fetch>,
    card: Option<Card>,
    open: Option<Asked>,
    /// The last change and the window it was typed in: that comes back when the change is refused.
    sent: Option<(Write, Option<Asked>)>,
    area: Rect,
    /// Where views and rows were drawn last, for clicks.
    tabs: Vec<(Rect, View)>,
    cells: Vec<(Rect, (usize, usize))>,
    answered: Vec<(Rect, usize)>,
}

impl Rejections {
    /// Finds anew what has changed: history, period, filter, what is in sight, axes.
    fn sync(&mut self, model: &Model) {
        self.settle_since(model);
        let scope = self.scope(model);
        let now = MadeFor::new(
            (model, &scope),
            (self.only, self.axes, self.content),
            self.flagged.as_ref(),
        );
        let before = self.found.as_ref().map(|found| &found.made_for);
        if before == Some(&now) {
            return;
        }
        let moved = before.is_some_and(|before| before.section != now.section);
        if moved {
            self.shown.forget_weeks();
        }
        let older = self.found.take();
        let found = Found::new((model, scope), now, self.flagged.as_ref(), older);
        self.cell.0 = self.cell.0.min(found.matrix().rows.len());
        self.cell.1 = self.cell.1.min(found.matrix().columns.len());
        self.found = Some(found);
        self.list_anew(model);
    }

    /// Shows a view.
    fn show_view(&mut self, view: View, model: &Model) {
        self.view = view;
        self.card = None;
        self.list_anew(model);
    }

    fn has_room_beside(&self) -> bool {
        self.area.width >= BESIDE
    }

    /// Whether the card covers the list.
    fn is_covered(&self) -> bool {
        let opened = self
            .card
            .as_ref()
            .is_some_and(|card| card.stands == Stands::Over);
        opened && !self.has_room_beside()
    }
}

impl Screen for Rejections {
    fn context(&self) -> Context {
        self.open
            .as_ref()
            .map_or(Context::Rejections, Asked::context)
    }

    fn update(&mut self, action: Action, model: &mut Model) -> Outcome {
        self.sync(model);
        if self.open.is_some() {
            return self.answer(action, model);
        }
        let view = View::ALL.into_iter().find(|view| view.action() == action);
        if let Some(view) = view {
            if view == View::List {
                self.shown = Shown::at(self.spot(model));
            }
            self.from = View::Worklist;
            self.show_view(view, model);
            return Outcome::Nothing;
        }
        match action {
            Action::PeriodBack => model.step_period(-1),
            Action::PeriodOn => model.step_period(1),
            Action::PickPeriod => return Outcome::Open(Opening::Periods),
            Action::SinceMeeting => return self.switch_since(model),
            Action::Filter => return Outcome::Open(Opening::Filters),
            Action::ClearFilter => {
                self.only = Only::Everything;
                model.set_filter(Filter::default());
            }
            Action::NextPane => self.show_view(self.view.step(1), model),
            Action::PreviousPane => self.show_view(self.view.step(-1), model),
            Action::Breakdown | Action::Across => self.switch_axis(action),
            Action::Content => self.content = self.content.next(),
            Action::Open if self.goes_to_newest(model) => {}
            Action::Open => return self.enter(model),
            Action::Explain => return self.explain(model),
            Action::Copy => return self.copy_card(),
            Action::CardUp | Action::CardDown => self.scroll_card(action),
            Action::Up | Action::Down | Action::PageUp | Action::PageDown if self.is_covered() => {
                self.scroll_card(action);
            }
            Action::Up
            | Action::Down
            | Action::Left
            | Action::Right
            | Action::PageUp
            | Action::PageDown
            | Action::First
            | Action::Last => self.moving(action),
            Action::Next | Action::Previous => {
                self.moving(action);
                if self.view.has_cards() && !self.is_covered() {
                    self.open_card(model);
                }
            }
            other => return self.act(other, model),
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
        let at = (column, row).into();
        if let Some((_, view)) = self.tabs.iter().find(|(field, _)| field.contains(at)) {
            let view = *view;
            self.show_view(view, model);
            return Outcome::Nothing;
        }
        if self.view == View::Matrix {
            let hit = self.cells.iter().find(|(field, _)| field.contains(at));
            let Some((_, cell)) = hit.copied() else {
                return Outcome::Nothing;
            };
            let again = cell == self.cell;
            self.cell = cell;
            return if again {
                self.enter(model)
            } else {
                Outcome::Nothing
            };
        }
        if self.view == View::Sides {
            let hit = self.answered.iter().find(|(field, _)| field.contains(at));
            let Some((_, answer)) = hit.copied() else {
                return Outcome::Nothing;
            };
            let state = &mut self.states[View::Sides as usize];
            let before = std::mem::replace(&mut state.selected, answer);
            return if before == answer {
                self.enter(model)
            } else {
                Outcome::Nothing
            };
        }
        if self.is_covered() {
            return Outcome::Nothing;
        }
        let len = self.len();
        let beside = self.view.has_cards() && self.has_room_beside();
        let state = &mut self.states[self.view as usize];
        let before = state.selected;
        if state.click(column, row, len) && state.selected == before && !beside {
            return self.enter(model);
        }
        Outcome::Nothing
    }

    fn back(&mut self) -> bool {
        if let Some(asked) = self.open.take() {
            self.open = asked.before.map(|before| *before);
            return true;
        }
        if self.is_covered() {
            self.card = None;
            return true;
        }
        let here = self.view;
        self.view = match here {
            View::List => std::mem::take(&mut self.from),
            _ => View::Worklist,
        };
        here != self.view
    }

    fn doing(&self, model: &Model) -> Option<Doing> {
        let thing = Thing::Lead(self.lead_under_cursor(model)?.0.0);
        match &self.open {
            Some(asked) if asked.edits() => Some(Doing::editing(thing)),
            _ => self.card.is_some().then(|| Doing::looking(thing)),
        }
    }

    fn part(&self, _model: &Model) -> Part {
        self.in_sight()
    }

    fn show(&mut self, part: &Part, model: &Model) {
        self.look_at(part, model);
    }

    fn wanted(&mut self, model: &Model) -> Vec<Fetch> {
        self.sync(model);
        let mut wishes = vec![Fetch::Flags, Fetch::Challenges, Fetch::Feedback];
        if self.view == View::Sides {
            wishes.push(Fetch::Sides(found::section(&self.scope(model))));
        }
        wishes.retain(|wish| !self.wished.contains(wish));
        for wish in &wishes {
            let is_sides = matches!(wish, Fetch::Sides(_));
            self.wished
                .retain(|old| !(is_sides && matches!(old, Fetch::Sides(_))));
            self.wished.push(wish.clone());
        }
        let mut fetches = wishes;
        fetches.extend(self.wanted_lines(model));
        fetches.extend(self.wanted_card(model));
        fetches
    }

    fn fetched(&mut self, asked: &Fetch, fetched: &Fetched, model: &Model) {
        match (asked, fetched) {
            (Fetch::Lines(Table::Handoffs, _), Fetched::Handoffs(lines)) => {
                let known = lines
                    .iter()
                    .filter_map(|line| Some((line.handoff.as_ref()?.id.0, line.clone())));
                self.lines.extend(known);
            }
            (Fetch::Lead(id), Fetched::Lead(read)) => self.take_card(*id, read, model),
            (Fetch::Lead(id), Fetched::Gone) => {
                self.card = self.card.take().filter(|card| card.lead != *id);
            }
            (_, Fetched::Flags(flagged)) => {
                self.flagged = Some(Arc::clone(flagged));
                self.sync(model);
                self.dress_card(model);
            }
            (_, Fetched::Challenges(lines)) => self.take_challenges(lines),
            (Fetch::Feedback, Fetched::Feedback(lines)) => self.take_feedback(lines),
            (Fetch::Sides(section), Fetched::Sides(sides)) => {
                self.sides = Some((section.clone(), Arc::clone(sides)));
            }
            (Fetch::Rules(_, spot), Fetched::Rules(rules)) => self.take_rules(spot, rules, model),
            _ => {}
        }
    }

    fn written(&mut self, write: &Write, done: Result<&Done, &str>, _model: &Model) -> Outcome {
        let Some((_, window)) = self.sent.take_if(|(sent, _)| sent == write) else {
            return Outcome::Nothing;
        };
        if let (Err(why), Some(mut asked)) = (done, window) {
            asked.refuse(why);
            self.open = Some(asked);
        }
        Outcome::Nothing
    }

    fn refreshed(&mut self, model: &Model) {
        self.asked.clear();
        self.wished.clear();
        // What the flags said of the rows before may not hold for these.
        self.flagged = None;
        if let Some(card) = &mut self.card {
            card.is_read_anew();
        }
        self.sync(model);
    }

    fn under(&self, model: &Model) -> Under {
        self.ground(model)
    }

    fn draw(&mut self, buffer: &mut Buffer, area: Rect, model: &Model, theme: &Theme) {
        self.sync(model);
        self.draw_all(buffer, area, model, theme);
    }
}

/// Whether feedback can be kept on an axis.
const fn is_kept(axis: Axis) -> bool {
    !matches!(axis, Axis::Class | Axis::Week)
}
