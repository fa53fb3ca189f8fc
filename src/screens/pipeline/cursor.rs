//! Where the cursor stands and how it moves: by deals, by groups, along the numbers above. Holds ids, so that a refresh cannot move it.

use super::{Card, Layout, Pipeline, head, words};
use crate::domain::ids::OpportunityId;
use crate::keymap::Action;
use crate::screens::fetch::Fetch;
use crate::screens::model::Model;
use crate::screens::scoreboard::ItemKey;
use crate::screens::{Opening, Outcome};
use crate::widgets::Reader;

/// What the keys move in.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Focus {
    /// The deals.
    #[default]
    Deals,
    /// The n-th number of the first lines.
    Numbers(usize),
}

impl Pipeline {
    /// The number of the first lines under the cursor.
    pub(super) fn on_number(&self) -> Option<ItemKey> {
        match self.focus {
            Focus::Numbers(at) => head::NUMBERS.get(at).map(|metric| head::key(*metric)),
            Focus::Deals => None,
        }
    }

    /// Explains what is under the cursor.
    pub(super) fn explain(&mut self, model: &Model) -> Outcome {
        if let Some(key) = self.on_number() {
            return Outcome::Open(Opening::Explain(key));
        }
        let Some(row) = self.row() else {
            return Outcome::Nothing;
        };
        let reasons = words::reasons(row, model, &self.moved);
        if reasons.is_empty() {
            return Outcome::Say("Nothing stands out on this deal".to_owned());
        }
        Outcome::Say(reasons.join(" · "))
    }

    /// Opens the card of a deal, unless it is open.
    pub(super) fn read_card(&mut self, id: i64) -> Outcome {
        if self.card.as_ref().is_some_and(|card| card.deal == id) {
            return Outcome::Nothing;
        }
        self.card = Some(Card {
            deal: id,
            known: None,
            reader: Reader::default(),
            stale: false,
        });
        Outcome::Read(Fetch::Deal(OpportunityId(id)))
    }

    pub(super) fn keep_in_range(&mut self) {
        self.group = self.group.min(self.groups.len().saturating_sub(1));
        for (place, group) in self.places.iter_mut().zip(&self.groups) {
            *place = (*place).min(group.ids.len().saturating_sub(1));
        }
    }

    /// Puts the cursor on a deal, if it is in sight; the group it was in comes first.
    pub(super) fn go_to(&mut self, id: i64) {
        let here = self.group;
        let order = std::iter::once(here).chain((0..self.groups.len()).filter(|at| *at != here));
        for at in order {
            let found = self.groups.get(at);
            if let Some(place) = found.and_then(|g| g.ids.iter().position(|i| *i == id)) {
                self.group = at;
                self.places[at] = place;
                return;
            }
        }
    }

    /// The id under the cursor.
    pub(super) fn selected(&self) -> Option<i64> {
        let group = self.groups.get(self.group)?;
        group.ids.get(*self.places.get(self.group)?).copied()
    }

    /// Its row number.
    pub(super) fn row(&self) -> Option<u32> {
        let group = self.groups.get(self.group)?;
        group.rows.get(*self.places.get(self.group)?).copied()
    }

    /// Moves by deals; in the list across the groups, in columns within one.
    pub(super) fn step(&mut self, by: isize, across: bool) {
        let Some(place) = self.places.get_mut(self.group) else {
            return;
        };
        let last = self.groups[self.group].ids.len().saturating_sub(1);
        let wanted = place.saturating_add_signed(by);
        let beyond = wanted > last || (by < 0 && *place < by.unsigned_abs());
        *place = wanted.min(last);
        if !beyond || !across {
            return;
        }
        let filled = |at: &usize| !self.groups[*at].ids.is_empty();
        let next = if by > 0 {
            (self.group + 1..self.groups.len()).find(filled)
        } else {
            (0..self.group).rev().find(filled)
        };
        if let Some(next) = next {
            self.group = next;
            let end = self.groups[next].ids.len() - 1;
            self.places[next] = if by > 0 { 0 } else { end };
        }
    }

    pub(super) fn sideways(&mut self, by: isize) {
        if let Focus::Numbers(at) = self.focus {
            let last = head::NUMBERS.len() - 1;
            self.focus = Focus::Numbers(at.saturating_add_signed(by).min(last));
            return;
        }
        let last = self.groups.len().saturating_sub(1);
        self.group = self.group.saturating_add_signed(by).min(last);
    }

    /// Moves, and takes an open card along.
    pub(super) fn moving(&mut self, action: Action) -> Outcome {
        let across = self.layout == Layout::List || !self.in_columns();
        let page = self.page.max(1) as isize;
        match action {
            Action::Up | Action::Previous => self.step(-1, across),
            Action::Down | Action::Next => self.step(1, across),
            Action::PageUp => self.step(-page, across),
            Action::PageDown => self.step(page, across),
            Action::Left => self.sideways(-1),
            Action::Right => self.sideways(1),
            Action::First => {
                self.group = if across { 0 } else { self.group };
                if let Some(place) = self.places.get_mut(self.group) {
                    *place = 0;
                }
                if self.selected().is_none() {
                    self.step(1, across);
                }
            }
            _ => {
                let filled = self.groups.iter().rposition(|g| !g.ids.is_empty());
                self.group = filled.filter(|_| across).unwrap_or(self.group);
                self.step(isize::MAX / 2, false);
            }
        }
        match (self.card.is_some(), self.selected()) {
            (true, Some(id)) => self.read_card(id),
            _ => Outcome::Nothing,
        }
    }
}
