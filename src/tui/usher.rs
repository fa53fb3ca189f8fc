//! The thread that tells the other terminals what is done at this one. Writes beside the workspace, never into it.

use std::sync::mpsc::{Receiver, Sender};
use std::time::Duration;

use chrono::Utc;

use super::clerk::Task;
use super::{Message, tell};
use crate::domain::presence::Seat;
use crate::store::presence::Chair;

/// So long nothing more is told after something was: who holds an arrow down tells where it ended.
const PAUSE: Duration = Duration::from_millis(50);

/// A name that no other terminal has, also where process numbers are counted anew.
pub(super) fn name() -> String {
    let part = Utc::now().timestamp_subsec_nanos();
    format!("{}-{part}", std::process::id())
}

/// Serves until nobody tells anything any more, then gives the seat up. Where it cannot be told, nobody sees it: nothing else depends on it.
pub(super) fn serve(task: &Task, own: &str, news: &Receiver<Seat>, to: &Sender<Message>) {
    let mut chair = Chair::new(&task.file, own, task.access);
    while let Ok(first) = news.recv() {
        let newest = news.try_iter().last().unwrap_or(first);
        let _ = chair.tell(&newest);
        std::thread::sleep(PAUSE);
    }
    drop(chair);
    tell(to, Message::FileClosed);
}
