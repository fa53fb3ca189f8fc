//! The open workspace: the board, its numbers, and the windows that they open.

use std::sync::Arc;

use super::overlay::Overlay;
use super::{App, Effect, Stage};
use crate::screens::fetch::Fetched;
use crate::screens::filters::Filters;
use crate::screens::labels::label;
use crate::screens::model::{History, Model};
use crate::screens::periods::Periods;
use crate::screens::rows::Rows;
use crate::screens::scoreboard::{ItemKey, Scoreboard};
use crate::screens::{Opening, Outcome, card, explain};
use crate::widgets::Reader;

/// The board and its numbers.
pub(super) struct Room {
    pub(super) model: Model,
    pub(super) board: Scoreboard,
}

impl Room {
    pub(super) fn new(history: Arc<History>) -> Self {
        Self {
            model: Model::new(history),
            board: Scoreboard::default(),
        }
    }

    /// The window that explains a number.
    pub(super) fn explain(&self, key: ItemKey) -> Overlay {
        Overlay::Reader(
            label(key.metric()).to_owned(),
            explain::reader(key, &self.model),
        )
    }

    /// The card, if that is what was read.
    pub(super) fn card(&self, fetched: &Fetched) -> Option<Reader> {
        let calendar = &self.model.book().calendar;
        match fetched {
            Fetched::Lead(lead) => Some(card::lead(lead, calendar)),
            Fetched::Deal(deal) => Some(card::deal(deal, calendar)),
            _ => None,
        }
    }

    fn open(&self, opening: Opening) -> Overlay {
        match opening {
            Opening::Rows(key) => Overlay::Rows(Box::new(Rows::new(key, &self.model))),
            Opening::Explain(key) => self.explain(key),
            Opening::Periods => Overlay::Periods(Periods::new(&self.model)),
            Opening::Filters => Overlay::Filters(Filters::new(&self.model)),
        }
    }
}

impl App {
    /// Does what a screen has answered.
    pub(super) fn settle(&mut self, outcome: Outcome) -> Vec<Effect> {
        match outcome {
            Outcome::Nothing => Vec::new(),
            Outcome::Copy { what, text } => vec![Effect::Copy { what, text }],
            Outcome::Say(text) => {
                self.say_done(text);
                Vec::new()
            }
            Outcome::Open(opening) => {
                if let Stage::Room(room) = &self.stage {
                    let overlay = room.open(opening);
                    self.overlays.push(overlay);
                }
                Vec::new()
            }
        }
    }
}
