//! The terminal as a canvas: one frame becomes one write, no larger than is sane. Decides nothing.

use std::cell::RefCell;
use std::io::{self, Write};
use std::os::fd::AsFd;
use std::rc::Rc;

use ratatui::Terminal;
use ratatui::backend::{Backend, ClearType, CrosstermBackend, WindowSize};
use ratatui::buffer::Cell;
use ratatui::layout::{Position, Size};

use super::guard;

/// Frames are never larger than this, whatever the terminal says.
const LARGEST: Size = Size {
    width: 500,
    height: 200,
};

/// What a terminal that does not tell its size is taken for.
const USUAL: Size = Size {
    width: 80,
    height: 24,
};

/// Synchronised output: terminals that know it show the frame at once, others ignore the marks.
const FRAME_START: &[u8] = b"\x1b[?2026h";
const FRAME_END: &[u8] = b"\x1b[?2026l";

/// The canvas.
pub(super) struct Screen {
    terminal: Terminal<Canvas>,
    bytes: Rc<RefCell<Vec<u8>>>,
}

impl Screen {
    /// A canvas on the terminal, which must have been taken before.
    pub(super) fn new() -> io::Result<Self> {
        let bytes = Rc::new(RefCell::new(Vec::with_capacity(64 * 1024)));
        let canvas = Canvas(CrosstermBackend::new(Bytes(Rc::clone(&bytes))));
        Ok(Self {
            terminal: Terminal::new(canvas)?,
            bytes,
        })
    }

    /// Draws a frame and sends what changed in one write.
    pub(super) fn draw(&mut self, render: impl FnOnce(&mut ratatui::Frame<'_>)) -> io::Result<()> {
        self.bytes.borrow_mut().extend_from_slice(FRAME_START);
        let drawn = self.terminal.draw(render).map(|_| ());
        let mut bytes = self.bytes.borrow_mut();
        bytes.extend_from_slice(FRAME_END);
        let sent = drawn.and_then(|()| guard::write(&bytes));
        bytes.clear();
        sent
    }

    /// Forgets what is on the screen, so that the next frame is sent whole.
    pub(super) fn forget(&mut self) -> io::Result<()> {
        self.terminal.clear()
    }
}

/// Collects the bytes of a frame.
struct Bytes(Rc<RefCell<Vec<u8>>>);

impl Write for Bytes {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The usual backend with its size kept within bounds.
struct Canvas(CrosstermBackend<Bytes>);

impl Backend for Canvas {
    type Error = io::Error;

    fn draw<'a, I>(&mut self, content: I) -> io::Result<()>
    where
        I: Iterator<Item = (u16, u16, &'a Cell)>,
    {
        self.0.draw(content)
    }

    fn hide_cursor(&mut self) -> io::Result<()> {
        self.0.hide_cursor()
    }

    fn show_cursor(&mut self) -> io::Result<()> {
        self.0.show_cursor()
    }

    /// Never asks the terminal: the answer would arrive among the keys.
    fn get_cursor_position(&mut self) -> io::Result<Position> {
        Ok(Position::ORIGIN)
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> io::Result<()> {
        self.0.set_cursor_position(position)
    }

    fn clear(&mut self) -> io::Result<()> {
        Backend::clear(&mut self.0)
    }

    fn clear_region(&mut self, clear_type: ClearType) -> io::Result<()> {
        self.0.clear_region(clear_type)
    }

    fn size(&self) -> io::Result<Size> {
        let told = rustix::termios::tcgetwinsize(io::stdout().as_fd())?;
        if told.ws_col == 0 || told.ws_row == 0 {
            return Ok(USUAL);
        }
        Ok(Size {
            width: told.ws_col.min(LARGEST.width),
            height: told.ws_row.min(LARGEST.height),
        })
    }

    fn window_size(&mut self) -> io::Result<WindowSize> {
        Ok(WindowSize {
            columns_rows: self.size()?,
            pixels: Size::ZERO,
        })
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
