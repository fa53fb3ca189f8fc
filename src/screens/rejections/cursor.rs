//! Where the cursor stands, where it goes, and what Enter opens there. Draws nothing.

use super::Rejections;
use super::card::{Card, Stands};
use super::found::Axes;
use super::list::Shown;
use super::view::View;
use crate::keymap::Action;
use crate::screens::Outcome;
use crate::screens::judge::Spot;
use crate::screens::model::Model;
use crate::widgets::TableState;

impl Rejections {
    /// The spot under the cursor: a cluster, a cell, what the list shows.
    pub(super) fn spot(&self, model: &Model) -> Spot {
        let Some(found) = &self.found else {
            return Spot::new();
        };
        match self.view {
            View::Worklist => {
                let at = self.states[View::Worklist as usize].selected;
                let at = found.clusters.at(&found.review, model.facts(), at);
                at.map_or_else(Spot::new, |(spot, _)| spot)
            }
            View::Matrix => self.cell_spot(),
            View::List => self.shown.spot(),
            _ => Spot::new(),
        }
    }

    /// How many rows the view has.
    pub(super) fn len(&self) -> usize {
        match self.view {
            View::Worklist => self.found.as_ref().map_or(0, |found| found.clusters.len()),
            View::Matrix => self
                .found
                .as_ref()
                .map_or(0, |found| found.matrix().rows.len() + 1),
            View::List | View::SecondLook => self.shown.rows.len(),
            View::Challenges => self.challenges.len(),
            View::Feedback => self.feedback.len(),
            View::Sides => self.answers().count(),
        }
    }

    pub(super) fn moving(&mut self, action: Action) {
        if self.view == View::Matrix {
            self.move_cell(action);
            return;
        }
        if self.view == View::Sides && matches!(action, Action::Left | Action::Right) {
            self.other_side();
            return;
        }
        let len = self.len();
        let state = &mut self.states[self.view as usize];
        match action {
            Action::Up | Action::Previous => state.step(-1, len),
            Action::Down | Action::Next => state.step(1, len),
            Action::PageUp => state.step(-state.page(), len),
            Action::PageDown => state.step(state.page(), len),
            Action::First => state.selected = 0,
            Action::Last => state.selected = len.saturating_sub(1),
            _ => {}
        }
    }

    pub(super) fn enter(&mut self, model: &Model) -> Outcome {
        match self.view {
            View::Worklist | View::Matrix => {
                let spot = self.spot(model);
                self.open_list(Shown::at(spot), model);
                Outcome::Nothing
            }
            View::List | View::SecondLook | View::Challenges => {
                if self.has_room_beside() {
                    return Outcome::Say(
                        "The card stands beside the list; J and K scroll it".to_owned(),
                    );
                }
                if self.is_covered() {
                    self.card = None;
                } else {
                    self.open_card(model);
                }
                Outcome::Nothing
            }
            View::Feedback => self.open_feedback(model),
            View::Sides => self.open_answer(model),
        }
    }

    /// Opens the card over the list, where it has no room beside it.
    pub(super) fn open_card(&mut self, model: &Model) {
        if !self.has_room_beside() {
            let lead = self.lead_under_cursor(model);
            self.card = lead.map(|lead| Card::new(lead, Stands::Over));
        }
    }

    pub(super) fn open_list(&mut self, shown: Shown, model: &Model) {
        self.from = self.view;
        self.shown = shown;
        self.states[View::List as usize] = TableState::default();
        self.show_view(View::List, model);
    }

    pub(super) fn switch_axis(&mut self, action: Action) {
        let Axes { down, across } = self.axes;
        self.axes = match action {
            Action::Breakdown => Axes {
                down: down.next(across),
                across,
            },
            _ => Axes {
                down,
                across: across.next(down),
            },
        };
        self.cell = (0, 0);
        self.states[View::Worklist as usize] = TableState::default();
    }
}
