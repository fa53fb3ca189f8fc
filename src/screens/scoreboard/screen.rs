//! The board as a screen of the room. Adds nothing to what the board does.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::{ItemKey, Scoreboard, Size, What};
use crate::domain::presence::Part;
use crate::keymap::{Action, Context};
use crate::metrics::LineOf;
use crate::screens::fetch::Fetch;
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

    fn part(&self, _model: &Model) -> Part {
        let view = match self.size {
            Size::Working => "working",
            Size::Presentation => "presentation",
        };
        Part {
            view: view.to_owned(),
            filter: self.scroll.to_string(),
            at: self.cursor.word(),
            ..Part::default()
        }
    }

    fn show(&mut self, part: &Part, _model: &Model) {
        self.size = match part.view.as_str() {
            "presentation" => Size::Presentation,
            _ => Size::Working,
        };
        self.scroll = part.filter.parse().unwrap_or(self.scroll);
        self.cursor = ItemKey::named(&part.at).unwrap_or(self.cursor);
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

    fn wanted(&mut self, model: &Model) -> Vec<Fetch> {
        model
            .drift_is_due()
            .then_some(Fetch::Drift)
            .into_iter()
            .collect()
    }

    fn draw(&mut self, buffer: &mut Buffer, area: Rect, model: &Model, theme: &Theme) {
        Self::draw(self, buffer, area, model, theme);
    }
}
