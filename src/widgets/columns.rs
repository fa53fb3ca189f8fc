//! Columns over time. Charts that share a [`TimeAxis`] stand exactly under one another, so that they can be compared.

use ratatui::style::Style;

use super::{Ink, Side};
use crate::theme::{Role, Theme};

/// The buckets of time that several charts share, with their labels.
#[derive(Debug, Clone)]
pub struct TimeAxis {
    /// A short label for each bucket, the oldest first.
    pub labels: Vec<String>,
}

/// One value per bucket, drawn as columns.
#[derive(Debug)]
pub struct ColumnChart<'a> {
    /// The oldest first; `None` is a gap.
    pub values: &'a [Option<f64>],
    /// How the columns look; the last one, the period itself, is drawn stronger.
    pub style: Style,
}

const EIGHTHS: [char; 8] = [' ', '▁', '▂', '▃', '▄', '▅', '▆', '▇'];

impl TimeAxis {
    /// Where bucket `index` starts and how wide it is, in a chart of so many columns; the last buckets win when room is short.
    fn slot(&self, index: usize, columns: u16) -> Option<(u16, u16)> {
        let count = self.labels.len().min(usize::from(columns)).max(1);
        let hidden = self.labels.len().saturating_sub(count);
        let index = index.checked_sub(hidden)? as u32;
        let edge = |n: u32| (n * u32::from(columns) / count as u32) as u16;
        let (start, end) = (edge(index), edge(index + 1));
        let gap = u16::from(end - start >= 3);
        Some((start, end - start - gap))
    }

    /// The column that is free before a bucket, from the chart's left edge (−1: the one before it); `None` where the buckets stand too
    /// close, or it has no room at all.
    pub fn before(&self, index: usize, columns: u16) -> Option<i32> {
        let (start, _) = self.slot(index, columns)?;
        let free = |before: usize| self.slot(before, columns).map(|(at, wide)| at + wide);
        let last = index.checked_sub(1).and_then(free);
        last.is_none_or(|end| end < start)
            .then(|| i32::from(start) - 1)
    }

    /// Writes the labels under the charts: as many as fit, always the first and the last.
    pub fn draw(&self, ink: &mut Ink<'_>, line: u16, column: u16, columns: u16, style: Style) {
        let widest = self
            .labels
            .iter()
            .map(|label| crate::text::width(label))
            .max()
            .unwrap_or(0) as u16;
        let mut free_to = column + columns;
        for (index, label) in self.labels.iter().enumerate().rev() {
            let Some((start, wide)) = self.slot(index, columns) else {
                break;
            };
            // Under its column, but never beyond the edge of the chart.
            let middle = (start + wide / 2).saturating_sub(widest / 2);
            let at = column + middle.min(columns.saturating_sub(widest));
            if at + widest <= free_to {
                ink.field(line, at, widest, label, Side::Centre, style);
                free_to = at.saturating_sub(1);
            }
        }
    }
}

impl ColumnChart<'_> {
    /// Draws the columns into a field of several lines, scaled to the highest.
    pub fn draw(
        &self,
        ink: &mut Ink<'_>,
        field: (u16, u16, u16, u16),
        axis: &TimeAxis,
        theme: &Theme,
    ) {
        let (line, column, columns, lines) = field;
        let top = self
            .values
            .iter()
            .flatten()
            .copied()
            .filter(|value| value.is_finite())
            .fold(0.0, f64::max);
        if lines == 0 || columns == 0 {
            return;
        }
        let last = self.values.len().saturating_sub(1);
        for (index, value) in self.values.iter().enumerate() {
            let Some((start, wide)) = axis.slot(index, columns) else {
                continue;
            };
            let Some(value) = value.filter(|value| value.is_finite()) else {
                ink.fill(
                    line + lines - 1,
                    column + start,
                    wide,
                    '·',
                    theme[Role::Track],
                );
                continue;
            };
            let share = if top > 0.0 {
                (value / top).clamp(0.0, 1.0)
            } else {
                0.0
            };
            // A value that is there shows at least a foot.
            let eighths = ((share * f64::from(lines) * 8.0).round() as u16).max(1);
            let style = if index == last {
                self.style.patch(theme[Role::Strong]).fg_of(self.style)
            } else {
                self.style
            };
            for row in 0..lines {
                let filled = eighths.saturating_sub(row * 8);
                let symbol = match filled {
                    0 => break,
                    1..8 => EIGHTHS[usize::from(filled)],
                    _ => '█',
                };
                ink.fill(line + lines - 1 - row, column + start, wide, symbol, style);
            }
        }
    }
}

/// Keeps the colour of the series when it is made stronger.
trait ForegroundOf {
    fn fg_of(self, other: Style) -> Self;
}

impl ForegroundOf for Style {
    fn fg_of(mut self, other: Style) -> Self {
        self.fg = other.fg;
        self
    }
}

#[cfg(test)]
mod tests {
    use ratatui::buffer::Buffer;
    use ratatui::layout::Rect;

    use super::*;

    fn drawn(values: &[Option<f64>], columns: u16, lines: u16) -> Vec<String> {
        let area = Rect::new(0, 0, columns, lines + 1);
        let mut buffer = Buffer::empty(area);
        let axis = TimeAxis {
            labels: (0..values.len()).map(|n| format!("{n}")).collect(),
        };
        let theme = Theme::default();
        let mut ink = Ink::new(&mut buffer, area);
        ColumnChart {
            values,
            style: Style::new(),
        }
        .draw(&mut ink, (0, 0, columns, lines), &axis, &theme);
        axis.draw(&mut ink, lines, 0, columns, Style::new());
        let line = |y| {
            (0..columns)
                .map(|x| buffer[(x, y)].symbol())
                .collect::<String>()
        };
        (0..=lines).map(line).collect()
    }

    #[test]
    fn columns_stand_over_their_labels() {
        assert_eq!(
            drawn(&[Some(4.0), Some(2.0), None], 12, 2),
            ["███         ", "███ ███ ··· ", " 0   1   2  "]
        );
    }

    #[test]
    fn when_there_are_more_buckets_than_columns_the_last_ones_show() {
        assert_eq!(drawn(&[Some(8.0), Some(1.0), Some(8.0)], 2, 1)[0], "▁█");
    }

    #[test]
    fn what_is_no_number_is_a_gap() {
        assert_eq!(
            drawn(&[Some(f64::NAN), Some(f64::INFINITY), Some(-1.0)], 3, 1)[0],
            "··▁"
        );
        assert_eq!(drawn(&[], 3, 1), ["   ", "   "]);
    }
}
