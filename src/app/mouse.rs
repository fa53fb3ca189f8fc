//! The mouse: the wheel moves what is on top, a click marks or opens what it hits. Nothing that keys cannot do.

use crossterm::event::{MouseButton, MouseEvent, MouseEventKind};

use super::overlay::{Click, Overlay};
use super::{App, Effect, Stage};
use crate::keymap::Action;
use crate::screens::Place;

impl App {
    /// Clicks and the wheel.
    pub(super) fn mouse(&mut self, mouse: MouseEvent) -> Vec<Effect> {
        if !self.is_busy() {
            self.roam();
        }
        match mouse.kind {
            MouseEventKind::ScrollUp => self.pass_on(Action::Up),
            MouseEventKind::ScrollDown => self.pass_on(Action::Down),
            MouseEventKind::Down(MouseButton::Left) => self.click(mouse.column, mouse.row),
            _ => Vec::new(),
        }
    }

    /// The screen whose name stands there in the first line, where keys lead to it as well.
    fn tab(&self, column: u16, row: u16) -> Option<Place> {
        let Stage::Room(room) = &self.stage else {
            return None;
        };
        let mut tabs = room.tabs.iter();
        let hit = tabs.find(|(start, end, _)| (*start..*end).contains(&column));
        hit.map(|(.., place)| *place)
            .filter(|_| row == 0 && self.context().falls_through())
    }

    fn click(&mut self, column: u16, row: u16) -> Vec<Effect> {
        if let Some(place) = self.tab(column, row) {
            return self.perform(place.action());
        }
        if let Some(Overlay::Asked(_)) = self.overlays.last() {
            return self.in_asked(|asked, _| asked.click(column, row));
        }
        if let Some(overlay) = self.overlays.last_mut() {
            return match overlay.click(column, row) {
                Click::Chosen => self.choose(),
                Click::Marked => Vec::new(),
            };
        }
        match &mut self.stage {
            Stage::Setup(setup) => setup
                .click(column, row)
                .map(Effect::Begin)
                .into_iter()
                .collect(),
            Stage::Opening(_) => Vec::new(),
            Stage::Room(_) => self.in_room(|screen, model| screen.click(column, row, model)),
        }
    }
}
