//! The board as a screen of the room. Adds nothing to what the board does.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::{Scoreboard, What};
use crate::keymap::{Action, Context};
use crate::metrics::LineOf;
use crate::screens::figures::{self, Room};
use crate::screens::meeting::Under;
use crate::screens::model::Model;
use crate::screens::{Outcome, Screen};
use crate::theme::Theme;

impl Screen for Scoreboard {
    fn context(&self) -> Context {
        Context::Board
    }

    fn update(&mut self, action: Action, model: &mut Model) -> Outcome {
        Self::update(self, action, model)
    }

    fn click(&mut self, column: u16, row: u16, _model: &Model) -> Outcome {
        Self::click(self, column, row)
    }

    fn under(&self, model: &Model) -> Under {
        let key = self.cursor();
        let under = Under::number(key.metric());
        let What::Cell(code, _) = key.what else {
            return under;
        };
        let line = model.lines().iter().find(|l| l.of == LineOf::Code(code));
        match (line, model.figure(key)) {
            (Some(line), Some(figure)) => {
                let value = figures::figure(figure, Room::Wide);
                under.saying(format!("{}: {value}", line.name))
            }
            _ => under,
        }
    }

    fn draw(&mut self, buffer: &mut Buffer, area: Rect, model: &Model, theme: &Theme) {
        Self::draw(self, buffer, area, model, theme);
    }
}
