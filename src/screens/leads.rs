//! Screen 2: the rep's queue. Decides; reads and writes nothing itself.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::model::Model;
use super::{Outcome, Screen};
use crate::keymap::{Action, Context};
use crate::theme::Theme;

/// The screen.
#[derive(Debug, Default)]
pub struct Leads;

impl Screen for Leads {
    fn context(&self) -> Context {
        Context::Leads
    }

    fn update(&mut self, _action: Action, _model: &mut Model) -> Outcome {
        Outcome::Nothing
    }

    fn click(&mut self, _column: u16, _row: u16, _model: &Model) -> Outcome {
        Outcome::Nothing
    }

    fn draw(&mut self, _buffer: &mut Buffer, _area: Rect, _model: &Model, _theme: &Theme) {}
}
