//! The matrix of two axes with its totals, and the cell under the cursor. Counts nothing itself.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::Rejections;
use super::clusters::capital;
use super::found::Found;
use super::view::Content;
use super::words;
use crate::keymap::Action;
use crate::metrics::review::{Base, Cell, Head, Matrix, Proof, Rate, Review, Sums};
use crate::screens::figures;
use crate::screens::judge::Spot;
use crate::screens::model::Model;
use crate::text;
use crate::theme::{Role, Theme};
use crate::widgets::{Ink, Side};

/// Columns of the screen for one cell, at least.
const CELL: u16 = 10;

impl Rejections {
    /// The values of the axes at the cell under the cursor; totals leave an axis out.
    pub(super) fn cell_spot(&self) -> Spot {
        let Some(found) = &self.found else {
            return Spot::new();
        };
        let matrix = found.matrix();
        let row = matrix.rows.get(self.cell.0);
        let column = matrix.columns.get(self.cell.1);
        row.map(|head| (matrix.row_axis, head.code))
            .into_iter()
            .chain(column.map(|head| (matrix.column_axis, head.code)))
            .collect()
    }

    pub(super) fn move_cell(&mut self, action: Action) {
        let Some(found) = &self.found else { return };
        let (rows, columns) = (found.matrix().rows.len(), found.matrix().columns.len());
        let (row, column) = &mut self.cell;
        let page = usize::from(self.area.height.saturating_sub(12).max(1));
        match action {
            Action::Up | Action::Previous => *row = row.saturating_sub(1),
            Action::Down | Action::Next => *row = (*row + 1).min(rows),
            Action::Left => *column = column.saturating_sub(1),
            Action::Right => *column = (*column + 1).min(columns),
            Action::PageUp => *row = row.saturating_sub(page),
            Action::PageDown => *row = (*row + page).min(rows),
            Action::First => self.cell = (0, 0),
            Action::Last => self.cell = (rows, columns),
            _ => {}
        }
    }

    /// Room for the longest figure: the sum of all, and an amount of five digits, which is longer than one of thousands.
    fn cell_width(&self, found: &Found) -> u16 {
        let (total, review) = (&found.matrix().total, &*found.review);
        let all = content(self.content, total, Some(1.0), review, "°");
        let small = match self.content {
            Content::Wasted | Content::Unproven => {
                let five_digits = 99_949.0 * review.currency.scale() as f64;
                figures::money(five_digits, review.currency, figures::Room::Narrow)
            }
            _ => String::new(),
        };
        let longest = text::width(&all).max(text::width(&small)) as u16;
        CELL.max(longest + 1)
    }

    pub(super) fn draw_matrix(
        &mut self,
        buffer: &mut Buffer,
        area: Rect,
        model: &Model,
        theme: &Theme,
    ) {
        let Some(found) = &self.found else { return };
        let (rows, columns) = (found.matrix().rows.len(), found.matrix().columns.len());
        let label = (area.width / 4).clamp(14, 30);
        let wide = self.cell_width(found);
        let room = usize::from(area.width.saturating_sub(label + 2 * wide + 3) / wide).max(1);
        let height = usize::from(area.height.saturating_sub(3)).max(1);
        // The totals are always in sight, behind the last column and under the last row.
        let keep = |corner: usize, at: usize, len: usize, room: usize| {
            let at = at.min(len.saturating_sub(1));
            corner
                .clamp((at + 1).saturating_sub(room), at)
                .min(len.saturating_sub(room.min(len)))
        };
        self.corner = (
            keep(self.corner.0, self.cell.0, rows, height),
            keep(self.corner.1, self.cell.1, columns, room),
        );
        let sheet = Sheet {
            found,
            model,
            content: self.content,
            label,
            wide,
            across: (self.corner.1..columns).take(room).collect(),
            down: (self.corner.0..rows).take(height).collect(),
            cell: self.cell,
        };
        self.cells = sheet.draw(buffer, area, theme);
        let (across, high) = (sheet.across.len(), sheet.down.len());
        self.beyond = out_of_sight(self.corner.1, across, columns, ['←', '→'])
            + &out_of_sight(self.corner.0, high, rows, ['↑', '↓']);
    }
}

/// How many of so many stand before and behind those that have room.
fn out_of_sight(first: usize, shown: usize, all: usize, arrows: [char; 2]) -> String {
    let behind = all.saturating_sub(first + shown);
    match (first, behind) {
        (0, 0) => String::new(),
        (0, behind) => format!(" · {behind} more {}", arrows[1]),
        (first, 0) => format!(" · {} {first} more", arrows[0]),
        (first, behind) => format!(" · {} {first}, {behind} {}", arrows[0], arrows[1]),
    }
}

/// What is drawn of the matrix.
struct Sheet<'a> {
    found: &'a Found,
    model: &'a Model,
    content: Content,
    label: u16,
    /// Columns of the screen for one cell.
    wide: u16,
    across: Vec<usize>,
    down: Vec<usize>,
    cell: (usize, usize),
}

impl Sheet<'_> {
    fn draw(&self, buffer: &mut Buffer, area: Rect, theme: &Theme) -> Vec<(Rect, (usize, usize))> {
        let mut ink = Ink::new(buffer, area);
        let (matrix, facts) = (self.found.matrix(), self.model.facts());
        let axes = format!(
            "{} × {}",
            capital(matrix.row_axis.label()),
            matrix.column_axis.label()
        );
        let heading = theme[Role::Heading];
        ink.field(0, 1, self.label, &axes, Side::Left, heading);
        for (at, column) in self.across.iter().enumerate() {
            let name = self
                .found
                .name(facts, matrix.column_axis, matrix.columns[*column].code);
            let style = if self.cell.1 == *column {
                theme[Role::Strong]
            } else {
                heading
            };
            ink.field(0, self.at(at) + 1, self.wide - 1, name, Side::Right, style);
        }
        let (all, so_far) = (self.at(self.across.len()), self.at(self.across.len() + 1));
        ink.field(0, all + 1, self.wide - 1, "all", Side::Right, heading);
        ink.field(0, so_far + 1, self.wide - 1, "so far", Side::Right, heading);
        let mut placed = Vec::new();
        for (line, row) in (1..).zip(&self.down) {
            let head = &matrix.rows[*row];
            let name = self.found.name(facts, matrix.row_axis, head.code);
            let style = if self.cell.0 == *row {
                theme[Role::Strong]
            } else {
                theme[Role::Text]
            };
            ink.field(line, 1, self.label - 1, name, Side::Left, style);
            self.line(&mut ink, line, *row, theme, &mut placed);
            let so_far_words = head
                .cumulated
                .map_or_else(|| figures::DASH.to_owned(), figures::percent);
            ink.field(
                line,
                so_far + 1,
                self.wide - 1,
                &so_far_words,
                Side::Right,
                theme[Role::Dim],
            );
        }
        let below = self.down.len() as u16 + 1;
        ink.fill(below, 0, so_far + self.wide + 1, '─', theme[Role::Border]);
        ink.field(
            below + 1,
            1,
            self.label - 1,
            "all",
            Side::Left,
            theme[Role::Strong],
        );
        self.line(&mut ink, below + 1, matrix.rows.len(), theme, &mut placed);
        for (field, _) in &mut placed {
            *field = Rect::new(area.x + field.x, area.y + field.y, field.width, 1);
        }
        placed
    }

    /// Where a cell starts.
    fn at(&self, place: usize) -> u16 {
        self.label + 1 + place as u16 * self.wide
    }

    fn line(
        &self,
        ink: &mut Ink<'_>,
        line: u16,
        row: usize,
        theme: &Theme,
        placed: &mut Vec<(Rect, (usize, usize))>,
    ) {
        let columns = self.found.matrix().columns.len();
        let shown = self.across.iter().copied().chain([columns]);
        for (place, column) in shown.enumerate() {
            let text = self.text(row, column);
            let total = row == self.found.matrix().rows.len() || column == columns;
            let role = if total { Role::Strong } else { Role::Text };
            let at = self.at(place) + 1;
            ink.field(line, at, self.wide - 1, &text, Side::Right, theme[role]);
            if self.cell == (row, column) {
                ink.style(line, at, self.wide - 1, theme[Role::Cursor]);
            }
            placed.push((Rect::new(at, line, self.wide - 1, 1), (row, column)));
        }
    }

    /// What stands in a cell; nothing where nothing was rejected.
    fn text(&self, row: usize, column: usize) -> String {
        let (matrix, review) = (self.found.matrix(), &*self.found.review);
        let (sums, share, rate) = match (matrix.rows.get(row), matrix.columns.get(column)) {
            (Some(_), Some(_)) => match matrix.cell(row, column) {
                Some(cell) => (cell.sums, share(matrix, &cell), Some(cell.rate)),
                None => return String::new(),
            },
            (Some(head), None) | (None, Some(head)) => (head.sums, Some(head.share), head.rate),
            (None, None) => (matrix.total, Some(1.0), None),
        };
        let small = rate.map_or("", |rate| words::small(&rate));
        content(self.content, &sums, share, review, small)
    }
}

/// The share of its source: of the column, or of the row where the columns are reasons.
fn share(matrix: &Matrix, cell: &Cell) -> Option<f64> {
    match matrix.base {
        Base::Row => cell.within_row,
        Base::Column | Base::All => cell.within_column,
    }
}

fn content(
    content: Content,
    sums: &Sums,
    share: Option<f64>,
    review: &Review,
    small: &str,
) -> String {
    match content {
        Content::Count => format!("{}{small}", words::count(sums.count())),
        Content::Share => {
            let share = share.map_or_else(String::new, figures::percent);
            format!("{share}{small}")
        }
        Content::Wasted => words::wasted(sums, review),
        Content::Unproven => words::unproven(sums, review),
        Content::Hours => words::hours(sums, review),
        Content::Unverified => words::count(sums.of(Proof::Unverified)),
    }
}

/// What the cell under the cursor adds up to, how often it happened, and its share of its row and column in words.
pub(super) fn told(
    matrix: &Matrix,
    (row, column): (usize, usize),
) -> (Sums, Option<Rate>, Option<String>) {
    let of = |head: &Head| {
        let share = figures::percent(head.share);
        (head.sums, head.rate, Some(format!("{share} of all")))
    };
    match (matrix.rows.get(row), matrix.columns.get(column)) {
        (Some(_), Some(_)) => match matrix.cell(row, column) {
            Some(cell) => {
                let part = |share: Option<f64>| share.map_or_else(String::new, figures::percent);
                let words = format!(
                    "{} of {}, {} of {}",
                    part(cell.within_column),
                    matrix.column_axis.label(),
                    part(cell.within_row),
                    matrix.row_axis.label(),
                );
                (cell.sums, Some(cell.rate), Some(words))
            }
            None => (Sums::default(), None, None),
        },
        (Some(head), None) | (None, Some(head)) => of(head),
        (None, None) => (matrix.total, Some(matrix.rate()), None),
    }
}
