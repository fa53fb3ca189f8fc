//! The thread that adds up what the scoreboard is looked at for, so that no key waits for it. Only the newest look is answered; reads no file.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender};

use super::{Message, tell};
use crate::app::{Fetch, Fetched, Look, Seen};

/// Serves until nobody asks any more.
pub(super) fn serve(looks: &Receiver<Box<Look>>, to: &Sender<Message>) {
    let mut before: Option<Arc<Seen>> = None;
    while let Ok(first) = looks.recv() {
        let look = looks.try_iter().last().unwrap_or(first);
        // A history comes on screen with its board: what its meetings tell comes along.
        look.history.effects();
        let seen = Arc::new(look.add_up(before.as_deref()));
        before = Some(Arc::clone(&seen));
        tell(
            to,
            Message::Fetched(Fetch::Board(look), Fetched::Board(seen)),
        );
    }
}
