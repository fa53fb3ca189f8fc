//! The threads beside the loop, all but one of them at the workspace file, and how the loop asks them. Never waits for an answer.

use std::io;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::sync::mpsc::{self, Sender};

use super::accountant;
use super::assessor;
use super::clerk::{self, Task};
use super::finder::{self, Newest};
use super::{Message, historian, judge, listen, usher};
use chrono::Utc;

use crate::app::{Fetch, History, Look, Write};
use crate::domain::book::Who;
use crate::domain::clash::Sight;
use crate::domain::command::Author;
use crate::domain::presence::Seat;

/// The threads; they end when this is dropped.
pub(super) struct Staff {
    clerk: Sender<clerk::Ask>,
    finder: Sender<finder::Ask>,
    judge: Sender<judge::Ask>,
    assessor: Sender<assessor::Ask>,
    accountant: Sender<Box<Look>>,
    usher: Sender<Seat>,
    newest: Newest,
    /// The numbers of the newest questions about the past.
    newest_of_past: Arc<assessor::Newest>,
    who: Who,
    /// The history in sight: the queue is computed from it.
    pub(super) history: Option<Arc<History>>,
}

impl Staff {
    /// How many threads tell that they have closed the file.
    pub(super) const COUNT: usize = 6;

    /// Starts the threads.
    pub(super) fn hire(task: Task, who: Who, to: &Sender<Message>) -> io::Result<Staff> {
        let (clerk, for_clerk) = mpsc::channel();
        let (nudge, nudges) = mpsc::channel();
        let nudge = Arc::new(nudge);
        let to_nudge = Arc::downgrade(&nudge);
        let (finder, for_finder) = mpsc::channel();
        let (judge, for_judge) = mpsc::channel();
        let (assessor, for_assessor) = mpsc::channel();
        let (accountant, looks) = mpsc::channel();
        let newest = Newest::default();
        let newest_of_past = Arc::<assessor::Newest>::default();
        let (usher, for_usher) = mpsc::channel();
        let own = usher::name();
        let (task_of_historian, seat) = (task.clone(), own.clone());
        listen::spawn("historian", to.clone(), move |to| {
            historian::serve(&task_of_historian, &seat, (to_nudge, &nudges), to);
        })?;
        let task_of_usher = task.clone();
        listen::spawn("usher", to.clone(), move |to| {
            usher::serve(&task_of_usher, &own, &for_usher, to);
        })?;
        let (task_of_finder, asked) = (task.clone(), Arc::clone(&newest));
        listen::spawn("finder", to.clone(), move |to| {
            finder::serve(&task_of_finder, &for_finder, &asked, to);
        })?;
        let task_of_judge = task.clone();
        listen::spawn("judge", to.clone(), move |to| {
            judge::serve(&task_of_judge, &for_judge, to);
        })?;
        let (task_of_assessor, asked) = (task.clone(), Arc::clone(&newest_of_past));
        listen::spawn("assessor", to.clone(), move |to| {
            assessor::serve(&task_of_assessor, &for_assessor, &asked, to);
        })?;
        listen::spawn("accountant", to.clone(), move |to| {
            accountant::serve(&looks, to);
        })?;
        listen::spawn("clerk", to.clone(), move |to| {
            clerk::serve(&task, &for_clerk, &nudge, to);
        })?;
        Ok(Staff {
            clerk,
            finder,
            judge,
            assessor,
            accountant,
            usher,
            newest,
            newest_of_past,
            who,
            history: None,
        })
    }

    /// Signs with that handle from now on.
    pub(super) fn introduce(&mut self, handle: String) {
        self.who.named = Some(handle);
    }

    /// Tells the other terminals what is done at this one.
    pub(super) fn tell_others(&self, seat: Seat) {
        let _ = self.usher.send(seat);
    }

    /// Has something read. A thread that is gone has said why.
    pub(super) fn fetch(&mut self, fetch: Fetch) {
        match (fetch, &self.history) {
            (Fetch::Board(look), _) => {
                let _ = self.accountant.send(look);
            }
            (Fetch::Queue(filter, met), Some(history)) => {
                let number = self.newest.fetch_add(1, Ordering::Relaxed) + 1;
                let _ = self.finder.send(finder::Ask {
                    history: Arc::clone(history),
                    filter,
                    met,
                    me: self.who.handle(&history.book.people),
                    number,
                });
            }
            (
                fetch @ (Fetch::Met
                | Fetch::Drift
                | Fetch::Flags
                | Fetch::Sides(_)
                | Fetch::Rules(..)),
                Some(history),
            ) => {
                let history = Arc::clone(history);
                let _ = self.judge.send(judge::Ask { history, fetch });
            }
            (
                fetch @ (Fetch::Panel(_)
                | Fetch::Compare(_)
                | Fetch::Suggest(_)
                | Fetch::Behind(..)
                | Fetch::Rest),
                Some(history),
            ) => {
                let _ = self.assessor.send(assessor::Ask {
                    history: Arc::clone(history),
                    number: self.newest_of_past.next(&fetch),
                    fetch,
                });
            }
            (fetch, _) => {
                let _ = self.clerk.send(clerk::Ask::Fetch(fetch));
            }
        }
    }

    /// Has something written.
    pub(super) fn write(&self, write: Write, sight: Sight) {
        let people = self.history.as_ref().map(|history| &history.book.people);
        let here = people.map_or(self.who.named.clone(), |people| self.who.handle(people));
        let author = Author {
            handle: match &write {
                Write::As(handle, _) => Some(handle.clone()),
                _ => here,
            },
            os_user: self.who.os_user.clone(),
            at: Utc::now().into(),
        };
        let _ = self.clerk.send(clerk::Ask::Write(write, author, sight));
    }
}
