//! What the loop brings: a history that was read, lines and cards that windows asked for. Asks for what is still missing.

use std::sync::Arc;

use super::overlay::Overlay;
use super::room::Room;
use super::{App, Effect, Fetch, Fetched, History, Stage};
use crate::screens::filters::Filters;

impl App {
    /// The history has been read, for the first time or anew.
    pub fn loaded(&mut self, history: Arc<History>) -> Vec<Effect> {
        self.changed = true;
        self.progress = None;
        let Stage::Room(room) = &mut self.stage else {
            self.stage = Stage::Room(Box::new(Room::new(history)));
            return Vec::new();
        };
        let before = room.model.history();
        room.model.refresh(history);
        for overlay in &mut self.overlays {
            match overlay {
                Overlay::Rows(rows) => **rows = rows.refreshed(&before.facts, &room.model),
                Overlay::Filters(filters) => {
                    *filters = Filters::new(&room.model);
                }
                _ => {}
            }
        }
        self.wanted()
    }

    /// What was asked for has been read.
    pub fn fetched(&mut self, asked: &Fetch, fetched: &Fetched) -> Vec<Effect> {
        self.changed = true;
        let Stage::Room(room) = &mut self.stage else {
            return Vec::new();
        };
        match room.card(fetched) {
            Some(card) => match self.overlays.last_mut() {
                // The next card of the same list takes the place of the one before.
                Some(Overlay::Card(shown)) => *shown = card,
                Some(Overlay::Rows(_)) => self.overlays.push(Overlay::Card(card)),
                // The list was closed before its card came.
                _ => {}
            },
            None if *fetched == Fetched::Gone => {
                self.say_failed("This row has been deleted meanwhile");
            }
            None => {
                for overlay in &mut self.overlays {
                    if let Overlay::Rows(rows) = overlay {
                        rows.take(asked, fetched, &room.model);
                    }
                }
                return self.wanted();
            }
        }
        Vec::new()
    }

    /// What the open windows need before they can be drawn whole.
    pub(super) fn wanted(&self) -> Vec<Effect> {
        let Stage::Room(room) = &self.stage else {
            return Vec::new();
        };
        let of_rows = |overlay: &Overlay| match overlay {
            Overlay::Rows(rows) => rows.wanted(room.model.facts()).map(Effect::Fetch),
            _ => None,
        };
        self.overlays.iter().filter_map(of_rows).collect()
    }
}
