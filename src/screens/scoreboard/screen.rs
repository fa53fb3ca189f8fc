//! The board as a screen of the room. Adds nothing to what the board does.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::{ItemKey, Scoreboard, Size, What};
use crate::domain::meeting::ground::Ground;
use crate::domain::presence::Part;
use crate::facts::column::NONE;
use crate::facts::filter::Dimension;
use crate::keymap::{Action, Context};
use crate::metrics::{Figure, Line, LineOf, Metric};
use crate::screens::fetch::Fetch;
use crate::screens::figures::{self, Room};
use crate::screens::labels;
use crate::screens::meeting::Under;
use crate::screens::model::Model;
use crate::screens::{Outcome, Screen};
use crate::text;
use crate::theme::Theme;

/// What else is said of a source or campaign that something is decided about.
const EVIDENCE: [Metric; 4] = [
    Metric::QualifiedPipelineSourced,
    Metric::SqoCount,
    Metric::AcceptanceRate,
    Metric::CostPerLead,
];

/// How much of a name is kept.
const NAME: usize = 60;
/// How much of the evidence is kept.
const WORDS: usize = 280;

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
            (Some(line), Some(figure)) => rests_on(under, line, figure, model),
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

/// A number of one source, campaign, segment or rep: the source or the campaign itself, and the line's other numbers as evidence.
fn rests_on(mut under: Under, line: &Line, figure: &Figure, model: &Model) -> Under {
    let name = text::truncate(&text::clean(&line.name), NAME).into_owned();
    let known = name == line.name && line.of != LineOf::Code(NONE);
    match model.dimension() {
        Dimension::Source if known => under.grounds.push(Ground::Source(name.clone())),
        Dimension::Campaign if known => under.grounds.push(Ground::Campaign(name.clone())),
        _ => {}
    }
    let value = figures::figure(figure, Room::Wide);
    let others = line.figures.iter();
    let others = others.filter(|other| other.id != figure.id && EVIDENCE.contains(&other.id));
    let others = others.map(|other| {
        let value = figures::figure(other, Room::Wide);
        format!(", {} {value}", labels::label(other.id).to_lowercase())
    });
    let evidence: String = others.collect();
    let words = format!("{name}: {value}{evidence}");
    under.saying(text::truncate(&words, WORDS).into_owned())
}
