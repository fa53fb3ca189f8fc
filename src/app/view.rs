//! One frame: the stage, the windows over it, the last line. Reads nothing and changes nothing but scroll positions.

use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::widgets::{Clear, Widget as _};

use super::{App, Stage};
use crate::screens::meeting::bar;
use crate::screens::{footer, tabs};
use crate::text;
use crate::theme::{Role, Theme};
use crate::widgets::{Ink, Side};

/// The smallest screen that is drawn.
const SMALLEST: (u16, u16) = (60, 20);

impl App {
    /// Draws everything.
    pub fn draw(&mut self, frame: &mut Frame<'_>) {
        let area = frame.area();
        self.draw_into(frame.buffer_mut(), area);
    }

    /// Draws everything into an area of a buffer.
    pub fn draw_into(&mut self, buffer: &mut Buffer, area: Rect) {
        buffer.set_style(area, self.theme[Role::Text]);
        if area.width < SMALLEST.0 || area.height < SMALLEST.1 {
            too_small(buffer, area, &self.theme);
            return;
        }
        let mut body = Rect {
            height: area.height - 1,
            ..area
        };
        match &mut self.stage {
            Stage::Setup(setup) => setup.draw(buffer, body, &self.theme),
            Stage::Opening(place) => opening(buffer, body, place, &self.theme),
            Stage::Room(room) => {
                let line = Rect { height: 1, ..body };
                let name = &room.model.book().workspace.name;
                let hand = room.model.hand();
                room.tabs = tabs::draw(
                    &mut Ink::new(buffer, line),
                    room.place,
                    (name, hand),
                    &self.theme,
                );
                body.y += 1;
                body.height -= 1;
                let line = Rect { height: 1, ..body };
                if bar::draw(&mut Ink::new(buffer, line), &room.model, &self.theme) {
                    body.y += 1;
                    body.height -= 1;
                }
                let (screen, model) = room.here();
                screen.draw(buffer, body, model, &self.theme);
            }
        }
        let model = match &self.stage {
            Stage::Room(room) => Some(&room.model),
            _ => None,
        };
        for overlay in &mut self.overlays {
            overlay.draw(buffer, body, model, &self.theme);
        }
        let last = Rect {
            y: area.bottom() - 1,
            height: 1,
            ..area
        };
        let adding_up = model.and_then(footer::adding_up);
        match (&self.notice, adding_up.as_ref().or(self.progress.as_ref())) {
            (Some(notice), _) => {
                let height = notice.lines(area.width).len().clamp(1, 4) as u16;
                let place = Rect {
                    y: area.bottom() - height,
                    height,
                    ..area
                };
                Clear.render(place, buffer);
                buffer.set_style(place, self.theme[Role::Text]);
                notice.draw(&mut Ink::new(buffer, place), &self.theme);
            }
            (None, Some(progress)) => {
                progress.draw(&mut Ink::new(buffer, last), 0, &self.theme);
            }
            (None, None) => {
                let context = self.context();
                let (beside, role) = self.beside(area.width / 2);
                let wide = text::width(&beside) as u16;
                let keys = Rect {
                    width: area.width - wide - u16::from(wide > 0),
                    ..last
                };
                let instead = self.hints();
                let of = (context, instead.as_slice());
                footer::draw(&mut Ink::new(buffer, keys), 0, of, &self.theme);
                let at = area.width - wide;
                Ink::new(buffer, last).write(0, at, &beside, self.theme[role]);
            }
        }
    }
}

fn too_small(buffer: &mut Buffer, area: Rect, theme: &Theme) {
    let mut ink = Ink::new(buffer, area);
    let size = format!("{} × {}", area.width, area.height);
    let wanted = format!("at least {} × {} is needed", SMALLEST.0, SMALLEST.1);
    let middle = area.height.saturating_sub(3) / 2;
    for (line, text) in (middle..).zip(["This window is too small", &size, &wanted]) {
        ink.field(line, 0, area.width, text, Side::Centre, theme[Role::Strong]);
    }
}

fn opening(buffer: &mut Buffer, area: Rect, place: &str, theme: &Theme) {
    let mut ink = Ink::new(buffer, area);
    let middle = (area.height / 2).saturating_sub(1);
    ink.field(
        middle,
        0,
        area.width,
        "smarketing",
        Side::Centre,
        theme[Role::Title],
    );
    ink.field(
        middle + 1,
        0,
        area.width,
        &format!("opening {place}"),
        Side::Centre,
        theme[Role::Dim],
    );
}
