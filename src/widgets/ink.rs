//! Writes text into a buffer: the only way in which widgets do, so that it is clean, cut, and inside its area.

use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::text;

/// On which side text stands in its field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// Names.
    Left,
    /// Figures.
    Right,
    /// Headings over charts.
    Centre,
}

/// A pen on an area of a buffer; lines and columns count from the area's corner, and nothing lands outside.
pub struct Ink<'a> {
    buffer: &'a mut Buffer,
    area: Rect,
}

impl<'a> Ink<'a> {
    /// A pen for the part of `area` that lies in the buffer.
    pub fn new(buffer: &'a mut Buffer, area: Rect) -> Self {
        let area = area.intersection(buffer.area);
        Self { buffer, area }
    }

    /// The same lines from a column on.
    pub fn right_of(&mut self, column: u16) -> Ink<'_> {
        let column = column.min(self.area.width);
        let area = Rect {
            x: self.area.x + column,
            width: self.area.width - column,
            ..self.area
        };
        Ink::new(self.buffer, area)
    }

    /// The columns there are.
    pub fn width(&self) -> u16 {
        self.area.width
    }

    /// The lines there are.
    pub fn height(&self) -> u16 {
        self.area.height
    }

    /// Where a field of a line lies on the screen, as far as it is inside.
    pub fn place(&self, line: u16, column: u16, columns: u16) -> Rect {
        let field = Rect::new(
            self.area.x.saturating_add(column),
            self.area.y.saturating_add(line),
            columns,
            1,
        );
        field.intersection(self.area)
    }

    /// Writes text from a column on, at most to the end of the line; returns the column after it.
    pub fn write(&mut self, line: u16, column: u16, text: &str, style: Style) -> u16 {
        let room = self.area.width.saturating_sub(column);
        self.field(line, column, room, text, Side::Left, style)
    }

    /// Writes text into a field of the line; returns the column after the text.
    pub fn field(
        &mut self,
        line: u16,
        column: u16,
        columns: u16,
        text: &str,
        side: Side,
        style: Style,
    ) -> u16 {
        if line >= self.area.height || column >= self.area.width {
            return column;
        }
        let columns = columns.min(self.area.width - column);
        let clean = text::clean(text);
        let cut = text::truncate(&clean, usize::from(columns));
        let wide = text::width(&cut) as u16;
        let blanks = columns - wide.min(columns);
        let lead = match side {
            Side::Left => 0,
            Side::Right => blanks,
            Side::Centre => blanks / 2,
        };
        let (x, y) = (self.area.x + column + lead, self.area.y + line);
        if text::is_plain(&cut) {
            for (cell, symbol) in self.cells(x, y, wide).iter_mut().zip(cut.chars()) {
                cell.set_char(symbol).set_style(style);
            }
        } else {
            self.buffer
                .set_stringn(x, y, &cut, usize::from(wide), style);
        }
        column + lead + wide
    }

    /// Lays a style over a field, over what is written there.
    pub fn style(&mut self, line: u16, column: u16, columns: u16, style: Style) {
        let field = self.place(line, column, columns);
        self.buffer.set_style(field, style);
    }

    /// Fills a field with one character of width one.
    pub fn fill(&mut self, line: u16, column: u16, columns: u16, symbol: char, style: Style) {
        if line >= self.area.height {
            return;
        }
        let column = column.min(self.area.width);
        let columns = columns.min(self.area.width - column);
        for cell in self.cells(self.area.x + column, self.area.y + line, columns) {
            cell.set_char(symbol).set_style(style);
        }
    }

    /// Cells of one line of the buffer, from a place within the area on.
    fn cells(&mut self, x: u16, y: u16, columns: u16) -> &mut [Cell] {
        if columns == 0 {
            return &mut [];
        }
        let start = self.buffer.index_of(x, y);
        &mut self.buffer.content[start..start + usize::from(columns)]
    }
}
