//! A table that builds only the rows in its window, however many there are. Sorts nothing: it shows what the caller has sorted.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::{Ink, Side};
use crate::theme::{Role, Theme};

/// How a column aligns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Align {
    /// Names and dates.
    Left,
    /// Figures.
    Right,
}

/// Which way a column is sorted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// The smallest first.
    Rising,
    /// The largest first.
    Falling,
}

/// One column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Its head.
    pub title: String,
    /// The columns of the screen it wants.
    pub width: u16,
    /// How it aligns.
    pub align: Align,
    /// Takes what is left over; the first such column is also the last to shrink.
    pub grows: bool,
    /// When room is short, the highest goes first; 0 always stays.
    pub drop: u8,
}

/// Which row is selected and where the window stands.
#[derive(Debug, Clone, Copy, Default)]
pub struct TableState {
    /// The selected row.
    pub selected: usize,
    offset: usize,
    body: Rect,
}

/// What to draw.
pub struct TableView<'a> {
    /// The columns.
    pub columns: &'a [Column],
    /// How many rows there are.
    pub len: usize,
    /// The cells of one row; asked for the rows in the window only.
    pub row: &'a dyn Fn(usize) -> Vec<String>,
    /// The column by which the rows are sorted.
    pub sorted: Option<(usize, Order)>,
    /// A last line under the rows: the sum.
    pub total: Option<Vec<String>>,
}

impl TableState {
    /// Moves the selection; it stops at both ends.
    pub fn step(&mut self, by: isize, len: usize) {
        self.selected = self
            .selected
            .saturating_add_signed(by)
            .min(len.saturating_sub(1));
    }

    /// Says where rows were drawn, and which was the first.
    pub fn place(&mut self, offset: usize, body: Rect) {
        self.offset = offset;
        self.body = body;
    }

    /// Rows of one page, as last drawn.
    pub fn page(&self) -> isize {
        self.body.height.max(1) as isize
    }

    /// Selects the row at a place on the screen; false when there is none.
    pub fn click(&mut self, column: u16, row: u16, len: usize) -> bool {
        let at = self.offset + usize::from(row.saturating_sub(self.body.y));
        let hit = self.body.contains((column, row).into()) && at < len;
        if hit {
            self.selected = at;
        }
        hit
    }

    fn keep_in_window(&mut self, len: usize) {
        let page = usize::from(self.body.height).max(1);
        self.selected = self.selected.min(len.saturating_sub(1));
        self.offset = self
            .offset
            .clamp((self.selected + 1).saturating_sub(page), self.selected);
        self.offset = self.offset.min(len.saturating_sub(page));
    }
}

impl TableView<'_> {
    /// Draws heads, the rows in the window, the total and a scroll mark.
    pub fn draw(&self, state: &mut TableState, buffer: &mut Buffer, area: Rect, theme: &Theme) {
        let mut ink = Ink::new(buffer, area);
        let extra = 1 + 2 * u16::from(self.total.is_some());
        let rows = ink.height().saturating_sub(extra);
        state.body = Rect::new(area.x, area.y + 1, ink.width(), rows);
        state.keep_in_window(self.len);
        let widths = self.widths(ink.width().saturating_sub(4));
        for (at, width, index) in placed(&widths) {
            let column = &self.columns[index];
            let arrow = match self.sorted {
                Some((by, Order::Rising)) if by == index => " ▲",
                Some((by, Order::Falling)) if by == index => " ▼",
                _ => "",
            };
            ink.field(
                0,
                at,
                width,
                &format!("{}{arrow}", column.title),
                side(column.align),
                theme[Role::Heading],
            );
        }
        for line in 0..rows {
            let index = state.offset + usize::from(line);
            if index >= self.len {
                break;
            }
            self.cells(
                &mut ink,
                line + 1,
                &(self.row)(index),
                &widths,
                (theme, Role::Text),
            );
            if index == state.selected {
                ink.write(line + 1, 0, "▸", theme[Role::Key]);
                ink.style(
                    line + 1,
                    0,
                    area.width.saturating_sub(1),
                    theme[Role::Selection],
                );
            }
        }
        if let Some(total) = &self.total {
            ink.fill(rows + 1, 0, area.width, '─', theme[Role::Border]);
            self.cells(&mut ink, rows + 2, total, &widths, (theme, Role::Strong));
        }
        self.scroll_mark(&mut ink, state, rows, theme);
    }

    fn cells(
        &self,
        ink: &mut Ink<'_>,
        line: u16,
        cells: &[String],
        widths: &[(usize, u16)],
        (theme, role): (&Theme, Role),
    ) {
        for (at, width, index) in placed(widths) {
            let cell = cells.get(index).map_or("", String::as_str);
            // What needs a look says so by its sign, and by its colour where there are colours.
            let alarm = cell.starts_with("! ");
            let style = theme[if alarm { Role::Warn } else { role }];
            ink.field(
                line,
                at,
                width,
                cell,
                side(self.columns[index].align),
                style,
            );
        }
    }

    fn scroll_mark(&self, ink: &mut Ink<'_>, state: &TableState, rows: u16, theme: &Theme) {
        if self.len <= usize::from(rows) || rows == 0 {
            return;
        }
        let last = ink.width().saturating_sub(1);
        let most = self.len - usize::from(rows);
        let at = (state.offset * usize::from(rows - 1)) / most.max(1);
        for line in 0..rows {
            ink.write(line + 1, last, "│", theme[Role::Track]);
        }
        ink.write(at as u16 + 1, last, "█", theme[Role::Bar]);
    }

    /// The columns that fit, each with its width; what is left over goes to those that grow.
    fn widths(&self, room: u16) -> Vec<(usize, u16)> {
        let mut kept: Vec<_> = (0..self.columns.len()).collect();
        let wanted = |kept: &[usize]| {
            kept.iter()
                .map(|index| self.columns[*index].width + 2)
                .sum::<u16>()
        };
        while wanted(&kept) > room + 2 {
            let Some(least) = kept
                .iter()
                .copied()
                .filter(|i| self.columns[*i].drop > 0)
                .max_by_key(|i| self.columns[*i].drop)
            else {
                break;
            };
            kept.retain(|index| *index != least);
        }
        let spare = (room + 2).saturating_sub(wanted(&kept));
        let growing = kept
            .iter()
            .filter(|index| self.columns[**index].grows)
            .count() as u16;
        kept.into_iter()
            .map(|index| {
                let column = &self.columns[index];
                let more = if column.grows {
                    spare / growing.max(1)
                } else {
                    0
                };
                (index, column.width + more)
            })
            .collect()
    }
}

/// Start, width and index of each column; two columns of the screen stay for the mark at the left.
fn placed(widths: &[(usize, u16)]) -> Vec<(u16, u16, usize)> {
    let mut at: u16 = 2;
    widths
        .iter()
        .map(|(index, width)| {
            let start = at;
            at = at.saturating_add(width + 2);
            (start, *width, *index)
        })
        .collect()
}

fn side(align: Align) -> Side {
    match align {
        Align::Left => Side::Left,
        Align::Right => Side::Right,
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;

    fn column(title: &str, width: u16, align: Align, drop: u8) -> Column {
        Column {
            title: title.into(),
            width,
            align,
            grows: drop == 0,
            drop,
        }
    }

    fn drawn(len: usize, state: &mut TableState, size: (u16, u16)) -> (Vec<String>, usize) {
        let columns = [
            column("name", 6, Align::Left, 0),
            column("value", 7, Align::Right, 2),
            column("day", 10, Align::Left, 3),
        ];
        let built = Cell::new(0);
        let row = |index: usize| {
            built.set(built.get() + 1);
            vec![
                format!("株式{index}"),
                format!("{index}"),
                "2026-01-01".into(),
            ]
        };
        let total = Some(vec!["sum".into(), "45".into()]);
        let view = TableView {
            columns: &columns,
            len,
            row: &row,
            sorted: Some((1, Order::Falling)),
            total,
        };
        let area = Rect::new(0, 0, size.0, size.1);
        let mut buffer = Buffer::empty(area);
        view.draw(state, &mut buffer, area, &Theme::default());
        let line = |y| {
            (0..size.0)
                .map(|x| buffer[(x, y)].symbol())
                .collect::<String>()
        };
        ((0..size.1).map(line).collect(), built.get())
    }

    #[test]
    fn only_the_rows_in_the_window_are_built() {
        let mut state = TableState {
            selected: 600_000,
            ..TableState::default()
        };
        let (lines, built) = drawn(1_000_000, &mut state, (40, 10));
        assert_eq!(built, 7);
        assert!(lines[7].starts_with("▸ 株 式 600000"), "{lines:#?}");
    }

    #[test]
    fn columns_that_do_not_fit_go_and_figures_stay_right() {
        let (lines, _) = drawn(2, &mut TableState::default(), (24, 6));
        assert_eq!(lines[0].trim_end(), "  name         value ▼");
        assert_eq!(lines[2].trim_end(), "  株 式 1              1");
    }

    #[test]
    fn a_click_selects_the_row_under_it() {
        let mut state = TableState::default();
        drawn(3, &mut state, (40, 10));
        assert!(state.click(5, 2, 3));
        assert_eq!(state.selected, 1);
        assert!(!state.click(5, 9, 3));
    }

    #[test]
    fn no_size_is_too_small() {
        for size in [(0, 0), (1, 1), (2, 5), (60, 2)] {
            drawn(5, &mut TableState::default(), size);
        }
    }
}
