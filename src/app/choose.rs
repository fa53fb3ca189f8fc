//! What Enter and the arrows choose in an open window. Opens no window itself but the one that was chosen.

use super::overlay::Overlay;
use super::{App, Effect, Stage};
use crate::keymap::Action;

impl App {
    /// Enter in a window.
    pub(super) fn choose(&mut self) -> Vec<Effect> {
        if let Some(Overlay::Palette(palette)) = self.overlays.last() {
            let chosen = palette.choice();
            self.overlays.pop();
            return chosen
                .map(|binding| self.dispatch(binding))
                .unwrap_or_default();
        }
        if let Some(Overlay::Clash(clash)) = self.overlays.last() {
            let choice = clash.marked();
            return self.settle_clash(choice);
        }
        if let Some(Overlay::Who(_)) = self.overlays.last() {
            return self.introduced();
        }
        let Stage::Room(room) = &mut self.stage else {
            return Vec::new();
        };
        match self.overlays.last_mut() {
            Some(Overlay::Periods(periods)) => {
                if let Some(period) = periods.choice(&room.model) {
                    room.model.set_period(period);
                    self.overlays.pop();
                }
            }
            Some(Overlay::Filters(filters)) => {
                if let Some(filter) = filters.toggled(&room.model) {
                    room.model.set_filter(filter);
                    filters.refresh(&room.model);
                }
            }
            Some(Overlay::Rows(rows)) => {
                if let Some(fetch) = rows.card(room.model.facts()) {
                    return vec![Effect::Fetch(fetch)];
                }
                let nothing = rows.is_empty();
                self.say_done(if nothing {
                    "There are no rows here; q goes back"
                } else {
                    "There is no card here: everything about it stands in its row"
                });
            }
            _ => {}
        }
        Vec::new()
    }

    /// From a card to the next one of the list under it.
    pub(super) fn next_card(&mut self, by: isize) -> Vec<Effect> {
        let Stage::Room(room) = &self.stage else {
            return Vec::new();
        };
        let under = self
            .overlays
            .iter_mut()
            .rev()
            .find_map(|overlay| match overlay {
                Overlay::Rows(rows) => Some(rows),
                _ => None,
            });
        let Some(rows) = under else { return Vec::new() };
        rows.update(
            if by > 0 { Action::Down } else { Action::Up },
            room.model.facts(),
        );
        rows.card(room.model.facts())
            .map(Effect::Fetch)
            .into_iter()
            .collect()
    }
}
