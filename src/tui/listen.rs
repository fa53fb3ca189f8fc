//! The threads that listen: keys, signals, and the terminal's end. They only send messages; the loop decides.

use std::io;
use std::os::fd::AsFd;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::Sender;
use std::thread;
use std::time::Duration;

use crossterm::event::{self, Event, KeyEventKind, MouseEventKind};
use rustix::event::{PollFd, PollFlags, poll};
use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGWINCH};
use signal_hook::iterator::Signals;

use super::{Message, guard};

/// How long the loop has to leave by itself after a signal.
const PATIENCE: Duration = Duration::from_secs(3);

/// Starts a thread whose panic ends the program in order instead of leaving it deaf.
pub(super) fn spawn(
    name: &str,
    to: Sender<Message>,
    work: impl FnOnce(&Sender<Message>) + Send + 'static,
) -> io::Result<()> {
    let owned = name.to_owned();
    thread::Builder::new().name(owned.clone()).spawn(move || {
        if catch_unwind(AssertUnwindSafe(|| work(&to))).is_err() {
            // The loop may be gone already; then nobody needs to know.
            let _ = to.send(Message::Died(owned));
        }
    })?;
    Ok(())
}

/// Reads keys, pastes and clicks. Blocks without a timeout, so an idle program never wakes up for it.
pub(super) fn keys(to: &Sender<Message>) {
    loop {
        match event::read() {
            Ok(event) if !matters(&event) => {}
            Ok(event) => {
                if to.send(Message::Input(event)).is_err() {
                    return;
                }
            }
            Err(_) => {
                let _ = to.send(Message::End);
                return;
            }
        }
    }
}

fn matters(event: &Event) -> bool {
    match event {
        Event::Key(key) => key.kind != KeyEventKind::Release,
        Event::Mouse(mouse) => !matches!(mouse.kind, MouseEventKind::Moved | MouseEventKind::Up(_)),
        // Resizes come as signals: half an escape sequence on the wire would hold them back here.
        Event::FocusGained | Event::FocusLost | Event::Resize(..) => false,
        Event::Paste(_) => true,
    }
}

/// Turns signals into messages. If the loop does not answer in time, gives the terminal back and ends the program.
pub(super) fn signals(to: &Sender<Message>) {
    let Ok(mut signals) =
        Signals::new([SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGTSTP, SIGCONT, SIGWINCH])
    else {
        return;
    };
    for signal in signals.forever() {
        let message = match signal {
            SIGTSTP => Message::Suspend,
            SIGCONT => Message::Continued,
            SIGWINCH => Message::Resized,
            _ => Message::End,
        };
        if matches!(message, Message::End) {
            let to_end = thread::Builder::new()
                .name("patience".into())
                .spawn(move || {
                    thread::sleep(PATIENCE);
                    guard::give_back();
                    std::process::exit(128 + signal);
                });
            drop(to_end);
        }
        if to.send(message).is_err() {
            return;
        }
    }
}

/// Waits for the terminal to vanish; reading alone would spin without ever returning.
pub(super) fn hang_up(to: &Sender<Message>) {
    let input = io::stdin();
    loop {
        let mut fds = [PollFd::from_borrowed_fd(input.as_fd(), PollFlags::empty())];
        match poll(&mut fds, None) {
            Ok(_) if fds[0].revents().intersects(PollFlags::HUP | PollFlags::ERR) => {
                let _ = to.send(Message::End);
                return;
            }
            Ok(_) if fds[0].revents().contains(PollFlags::NVAL) => return,
            Ok(_) | Err(rustix::io::Errno::INTR) => {}
            Err(_) => return,
        }
    }
}
