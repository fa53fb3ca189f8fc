//! The thread that adds up what the scoreboard is looked at for, so that no key waits for it. Only the newest look is answered; reads no file.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};
use std::time::Duration;

use super::{Message, tell};
use crate::app::{Fetch, Fetched, Look, Seen};

/// After so long without a key, what the next screen asks of the same rows is read ahead.
const REST: Duration = Duration::from_millis(250);

/// How long that pauses between two pieces, so that the loop and the other threads come first.
const BREATH: Duration = Duration::from_millis(10);

/// Serves until nobody asks any more.
pub(super) fn serve(looks: &Receiver<Box<Look>>, to: &Sender<Message>) {
    let mut before: Option<Arc<Seen>> = None;
    // The next piece to read ahead; `None`: all is read.
    let mut ahead: Option<usize> = None;
    loop {
        let first = match (&before, ahead) {
            (Some(seen), Some(piece)) => {
                match looks.recv_timeout(if piece == 0 { REST } else { BREATH }) {
                    Err(RecvTimeoutError::Timeout) => {
                        ahead = seen.look_ahead(piece).then_some(piece + 1);
                        continue;
                    }
                    look => look.ok(),
                }
            }
            _ => looks.recv().ok(),
        };
        let Some(first) = first else { return };
        let look = looks.try_iter().last().unwrap_or(first);
        // A history comes on screen with its board: what its meetings tell comes along.
        look.history.effects();
        let seen = Arc::new(look.add_up(before.as_deref()));
        before = Some(Arc::clone(&seen));
        ahead = Some(0);
        let answer = Fetched::Board(Arc::clone(&seen));
        tell(to, Message::Fetched(Fetch::Board(look), answer));
        seen.figures();
    }
}
