//! The views' tables: heads as data, and the one way in which a view draws its rows. Knows what stands in no column.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::text;
use crate::theme::Theme;
use crate::widgets::{Align, Column, TableState, TableView};

/// Head, width, side, and which goes first where room is short; 0 always stays.
pub(super) type Head = (&'static str, u16, Align, u8);

/// What of the room that is left over a table's columns take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Spare {
    /// Those that always stay share it.
    Grows,
    /// Other columns have it.
    Stays,
}

/// The columns of these heads.
pub(super) fn columns(heads: &[Head], spare: Spare) -> impl Iterator<Item = Column> + '_ {
    let column = move |(title, width, align, drop): &Head| Column {
        title: (*title).to_owned(),
        width: *width,
        align: *align,
        grows: *drop == 0 && spare == Spare::Grows,
        drop: *drop,
    };
    heads.iter().map(column)
}

/// Gives each column of figures the room of its sum, which is the longest: a figure that is cut says something else.
pub(super) fn wide_enough(columns: &mut [Column], total: &[String]) {
    let figures = columns.iter_mut().zip(total);
    for (column, sum) in figures.filter(|(column, _)| column.align == Align::Right) {
        column.width = column.width.max(text::width(sum) as u16);
    }
}

/// Rows under their columns, with the place of the view's cursor; a last line where they add up.
pub(super) struct Rows<'a> {
    pub(super) columns: Vec<Column>,
    pub(super) len: usize,
    pub(super) row: &'a dyn Fn(usize) -> Vec<String>,
    pub(super) total: Option<Vec<String>>,
}

impl Rows<'_> {
    /// Draws them; gives the place back, which the caller keeps.
    pub(super) fn draw(
        self,
        mut state: TableState,
        (buffer, area): (&mut Buffer, Rect),
        theme: &Theme,
    ) -> TableState {
        let view = TableView {
            columns: &self.columns,
            len: self.len,
            row: self.row,
            sorted: None,
            total: self.total,
        };
        view.draw(&mut state, buffer, area, theme);
        state
    }
}
