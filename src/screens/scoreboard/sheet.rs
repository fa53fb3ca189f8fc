//! The sheet that panes are drawn on: it remembers where each number stands, so that the cursor and the mouse can find it.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Span;

use super::item::{Item, ItemKey, Pane};
use crate::theme::{Role, Theme};
use crate::widgets::{Ink, panel};

/// A buffer with the numbers found on it.
pub(super) struct Sheet<'a> {
    buffer: &'a mut Buffer,
    /// The colours.
    pub(super) theme: &'a Theme,
    cursor: &'a ItemKey,
    items: Vec<Item>,
}

impl<'a> Sheet<'a> {
    pub(super) fn new(buffer: &'a mut Buffer, theme: &'a Theme, cursor: &'a ItemKey) -> Self {
        Self {
            buffer,
            theme,
            cursor,
            items: Vec::new(),
        }
    }

    /// A pen for an area.
    pub(super) fn ink(&mut self, area: Rect) -> Ink<'_> {
        Ink::new(self.buffer, area)
    }

    /// Draws the frame of a pane, strong when the cursor is in it, and returns the area inside.
    pub(super) fn pane(
        &mut self,
        pane: Pane,
        area: Rect,
        title: &str,
        role: Role,
        remark: &str,
    ) -> Rect {
        let focused = self.cursor.pane == pane;
        let title = Span::styled(title, self.theme[Role::Title].patch(self.theme[role]));
        panel(self.buffer, area, &title, remark, focused, self.theme)
    }

    /// Says that a number stands in a field, and marks it when the cursor is on it.
    pub(super) fn item(&mut self, key: ItemKey, field: Rect) {
        let field = field.intersection(self.buffer.area);
        if field.is_empty() {
            return;
        }
        if *self.cursor == key {
            // Tall digits are halves of cells: reversed they cannot be read, so a bar beside them marks them.
            let marked = Rect {
                width: if field.height > 1 { 1 } else { field.width },
                ..field
            };
            self.buffer.set_style(marked, self.theme[Role::Cursor]);
        }
        self.items.push(Item { key, field });
    }

    /// The numbers, in the order in which they were drawn.
    pub(super) fn into_items(self) -> Vec<Item> {
        self.items
    }
}
