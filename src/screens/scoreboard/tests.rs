//! Keys in, outcomes out; snapshots of the board.

use std::sync::Arc;

use super::*;
use crate::facts::Facts;
use crate::screens::model::History;
use crate::screens::sample;

fn model() -> Model {
    Model::new(Arc::new(History::new(
        sample::book(),
        Facts::default(),
        sample::AS_OF,
    )))
}

fn drawn(board: &mut Scoreboard, model: &Model, width: u16, height: u16) -> String {
    let area = Rect::new(0, 0, width, height);
    let mut buffer = Buffer::empty(area);
    board.draw(&mut buffer, area, model, &Theme::default());
    let line = |y| {
        (0..width)
            .map(|x| buffer[(x, y)].symbol())
            .collect::<String>()
    };
    (0..height).map(|y| line(y) + "\n").collect()
}

#[test]
fn look() {
    for (w, h) in [(60,19),(80, 23), (120, 35), (200, 59)] {
        println!("{}", drawn(&mut Scoreboard::default(), &model(), w, h));
    }
    let mut b = Scoreboard {
        size: Size::Presentation,
        ..Scoreboard::default()
    };
    println!("{}", drawn(&mut b, &model(), 120, 35));
}
