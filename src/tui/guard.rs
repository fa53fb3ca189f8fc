//! Takes the terminal and gives it back as it was: after quit, error, panic and signal. Draws nothing.

use std::io;
use std::os::fd::{AsFd, BorrowedFd};
use std::sync::atomic::{AtomicBool, Ordering};

use rustix::event::{PollFd, PollFlags, Timespec, poll};

/// Whether the terminal is ours at the moment; nothing is drawn while it is not.
static OURS: AtomicBool = AtomicBool::new(false);

const ALTERNATE_SCREEN: &[u8] = b"\x1b[?1049h\x1b[?2004h\x1b[?25l";
const MOUSE_ON: &[u8] = b"\x1b[?1000h\x1b[?1006h";
const MOUSE_OFF: &[u8] = b"\x1b[?1006l\x1b[?1000l";
/// End of a frame, mouse, paste, colours, cursor, main screen.
const GIVE_BACK: &[u8] = b"\x1b[?2026l\x1b[?1006l\x1b[?1000l\x1b[?2004l\x1b[0m\x1b[?25h\x1b[?1049l";

/// Holds the terminal; gives it back when dropped.
pub(super) struct Guard(());

impl Guard {
    /// Raw mode, alternate screen, bracketed paste, no cursor, and the mouse if wanted.
    pub(super) fn enter(mouse: Mouse) -> io::Result<Self> {
        take(mouse)?;
        Ok(Self(()))
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        give_back();
    }
}

/// Whether clicks and the wheel come to us or stay with the terminal, which selects text with them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mouse {
    /// To us.
    Ours,
    /// To the terminal.
    Terminals,
}

/// Takes the terminal, also again after it was given back for a while.
pub(super) fn take(mouse: Mouse) -> io::Result<()> {
    OURS.store(true, Ordering::SeqCst);
    let taken = crossterm::terminal::enable_raw_mode()
        .and_then(|()| write(ALTERNATE_SCREEN))
        .and_then(|()| set_mouse(mouse));
    if taken.is_err() {
        give_back();
    }
    taken
}

/// Hands the mouse to us or to the terminal.
pub(super) fn set_mouse(mouse: Mouse) -> io::Result<()> {
    write(match mouse {
        Mouse::Ours => MOUSE_ON,
        Mouse::Terminals => MOUSE_OFF,
    })
}

/// Gives the terminal back; does nothing when it is not ours. Safe to call from any thread, at any time.
pub(super) fn give_back() {
    if OURS.swap(false, Ordering::SeqCst) {
        // A terminal that takes no more bytes must not keep us from ending.
        if can_write() {
            let _ = write_all(GIVE_BACK);
        }
        let _ = crossterm::terminal::disable_raw_mode();
    }
}

/// Writes to the terminal while it is ours; bytes that come too late are dropped.
pub(super) fn write(bytes: &[u8]) -> io::Result<()> {
    if !OURS.load(Ordering::SeqCst) {
        return Ok(());
    }
    write_all(bytes)
}

fn write_all(mut bytes: &[u8]) -> io::Result<()> {
    let out = io::stdout();
    while !bytes.is_empty() {
        match rustix::io::write(out.as_fd(), bytes) {
            Ok(0) => return Err(io::ErrorKind::WriteZero.into()),
            Ok(n) => bytes = &bytes[n..],
            Err(rustix::io::Errno::INTR) => {}
            Err(rustix::io::Errno::AGAIN) => wait_for_room(out.as_fd()),
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
}

fn wait_for_room(out: BorrowedFd<'_>) {
    let _ = poll(&mut [PollFd::from_borrowed_fd(out, PollFlags::OUT)], None);
}

fn can_write() -> bool {
    let out = io::stdout();
    let patience = Timespec {
        tv_sec: 0,
        tv_nsec: 200_000_000,
    };
    let mut fds = [PollFd::from_borrowed_fd(out.as_fd(), PollFlags::OUT)];
    matches!(poll(&mut fds, Some(&patience)), Ok(n) if n > 0)
        && fds[0].revents().contains(PollFlags::OUT)
}
