//! A bar that shows how much of a target is reached, with a mark for where it should be today.

use ratatui::style::Style;

use super::Ink;
use crate::theme::{Role, Theme};

/// Part of a target; `None` where there is none.
#[derive(Debug, Clone, Copy)]
pub struct Gauge {
    /// Value ÷ target; more than 1 fills the bar.
    pub reached: Option<f64>,
    /// Pace ÷ target, drawn as a mark.
    pub pace: Option<f64>,
    /// How the filled part looks.
    pub style: Style,
}

const EIGHTHS: [char; 8] = [' ', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];

impl Gauge {
    /// Draws the bar into a field of one line.
    pub fn draw(self, ink: &mut Ink<'_>, line: u16, column: u16, columns: u16, theme: &Theme) {
        let columns = columns.min(ink.width().saturating_sub(column));
        if columns == 0 {
            return;
        }
        ink.fill(line, column, columns, '░', theme[Role::Track]);
        let eighths = (part(self.reached) * f64::from(columns) * 8.0).round() as u16;
        let full = (eighths / 8).min(columns);
        ink.fill(line, column, full, '█', self.style);
        if full < columns && !eighths.is_multiple_of(8) {
            ink.fill(
                line,
                column + full,
                1,
                EIGHTHS[usize::from(eighths % 8)],
                self.style,
            );
        }
        if let Some(pace) = self.pace.filter(|pace| pace.is_finite()) {
            let at = (pace.clamp(0.0, 1.0) * f64::from(columns - 1)).round() as u16;
            ink.fill(line, column + at, 1, '┃', theme[Role::Target]);
        }
    }
}

/// A share within 0..=1; what is no number is nothing.
fn part(share: Option<f64>) -> f64 {
    share
        .filter(|share| share.is_finite())
        .unwrap_or(0.0)
        .clamp(0.0, 1.0)
}

#[cfg(test)]
mod tests {
    use ratatui::buffer::Buffer;
    use ratatui::layout::Rect;

    use super::*;

    fn drawn(reached: Option<f64>, pace: Option<f64>) -> String {
        let area = Rect::new(0, 0, 10, 1);
        let mut buffer = Buffer::empty(area);
        let gauge = Gauge {
            reached,
            pace,
            style: Style::new(),
        };
        gauge.draw(
            &mut Ink::new(&mut buffer, area),
            0,
            0,
            10,
            &Theme::default(),
        );
        buffer
            .content
            .iter()
            .map(ratatui::buffer::Cell::symbol)
            .collect()
    }

    #[test]
    fn half_reached_fills_half() {
        assert_eq!(drawn(Some(0.5), None), "█████░░░░░");
        assert_eq!(drawn(Some(0.55), Some(1.0)), "█████▌░░░┃");
    }

    #[test]
    fn what_is_no_number_or_too_much_does_no_harm() {
        assert_eq!(drawn(None, Some(f64::NAN)), "░░░░░░░░░░");
        assert_eq!(drawn(Some(f64::INFINITY), None), "░░░░░░░░░░");
        assert_eq!(drawn(Some(7.0), Some(-3.0)), "┃█████████");
    }
}
