//! How long the loop waits: as long as it takes, while a meeting runs at most until the next second begins, at the end not for long. Draws nothing.

use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use chrono::Utc;

use super::staff::Staff;
use super::{Message, Session};

/// How long the end waits for the file to be closed in order; an unfinished load is simply left.
const PATIENCE: Duration = Duration::from_millis(500);

impl Session {
    /// What comes next, or a timer's second; `None`: nobody sends any more.
    pub(super) fn next(&self, messages: &Receiver<Message>) -> Option<Message> {
        if !self.app.ticks() {
            return messages.recv().ok();
        }
        let gone = u64::from(Utc::now().timestamp_subsec_millis()).min(999);
        match messages.recv_timeout(Duration::from_millis(1_000 - gone)) {
            Ok(message) => Some(message),
            Err(RecvTimeoutError::Timeout) => Some(Message::Second),
            Err(RecvTimeoutError::Disconnected) => None,
        }
    }

    /// Lets the threads close the file, so that the file alone is the workspace; not for long.
    pub(super) fn wait_for_file(&mut self, messages: &Receiver<Message>) {
        if self.staff.take().is_none() {
            return;
        }
        let until = Instant::now() + PATIENCE;
        let mut open = Staff::COUNT;
        while let Some(left) = until.checked_duration_since(Instant::now()) {
            match messages.recv_timeout(left) {
                Ok(Message::FileClosed) if open == 1 => return,
                Ok(Message::FileClosed) => open -= 1,
                Ok(_) => {}
                Err(_) => return,
            }
        }
    }
}
