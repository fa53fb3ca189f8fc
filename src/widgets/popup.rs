//! Frames: the panel of a pane and the popup over everything.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Color, Style};
use ratatui::text::{Line, Span};
use ratatui::widgets::{Block, BorderType, Clear, Widget};

use crate::text;
use crate::theme::{Role, Theme};

/// Draws a frame with a title (and a remark at its right) and returns the area inside.
pub fn panel(
    buffer: &mut Buffer,
    area: Rect,
    title: &Span<'_>,
    remark: &str,
    focused: bool,
    theme: &Theme,
) -> Rect {
    let area = area.intersection(buffer.area);
    let (border, kind) = if focused {
        (theme[Role::BorderFocus], BorderType::Thick)
    } else {
        (theme[Role::Border], BorderType::Plain)
    };
    let room = usize::from(area.width.saturating_sub(4));
    let title_text = text::clean(&title.content).into_owned();
    let title_text = text::truncate(&title_text, room).into_owned();
    let left = room.saturating_sub(text::width(&title_text) + 3);
    let mut block = Block::bordered()
        .border_type(kind)
        .border_style(border)
        .title(Line::from(Span::styled(
            format!(" {title_text} "),
            unframed(title.style),
        )));
    if !remark.is_empty() && left > 4 {
        let remark = text::clean(remark);
        let remark = format!(" {} ", text::truncate(&remark, left));
        block = block.title(Line::styled(remark, unframed(theme[Role::Dim])).right_aligned());
    }
    let inner = block.inner(area);
    block.render(area, buffer);
    inner
}

/// Blanks what of a wide character would reach under the left edge of an area.
fn blank_halves(buffer: &mut Buffer, area: Rect) {
    let Some(x) = area.x.checked_sub(1).filter(|x| *x >= buffer.area.x) else {
        return;
    };
    for y in area.top()..area.bottom() {
        let cell = &mut buffer[(x, y)];
        if text::width(cell.symbol()) > 1 {
            cell.set_symbol(" ");
        }
    }
}

/// A style that does not take its colour from the frame under it.
fn unframed(mut style: Style) -> Style {
    style.fg = style.fg.or(Some(Color::Reset));
    style
}

/// Text on a popup: no patch of the screen's ground behind it.
pub fn on_popup(theme: &Theme) -> Style {
    theme[Role::Text].patch(theme[Role::Popup])
}

/// Clears a centred area of at most the given size, draws its frame, and returns the area inside.
pub fn popup(
    buffer: &mut Buffer,
    screen: Rect,
    size: (u16, u16),
    title: &str,
    remark: &str,
    theme: &Theme,
) -> Rect {
    let screen = screen.intersection(buffer.area);
    let width = size.0.min(screen.width.saturating_sub(2));
    let height = size.1.min(screen.height.saturating_sub(2));
    let area = Rect::new(
        screen.x + (screen.width - width) / 2,
        screen.y + (screen.height - height) / 2,
        width,
        height,
    );
    Clear.render(area, buffer);
    blank_halves(buffer, area);
    buffer.set_style(area, on_popup(theme));
    panel(
        buffer,
        area,
        &Span::styled(title, theme[Role::Title]),
        remark,
        true,
        theme,
    )
}
