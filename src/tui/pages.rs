//! Has pages written for those who were not there, each on a thread of its own, so that no key waits for it. Reads and writes no file itself.

use std::io;
use std::path::PathBuf;
use std::sync::mpsc::Sender;

use super::{Message, TuiOptions, WritesPage, listen, tell};
use crate::app::Order;
use crate::domain::moment::Day;

/// Who writes pages, and of what.
pub(super) struct Pages {
    write: WritesPage,
    file: PathBuf,
    as_of: Option<Day>,
    to: Sender<Message>,
}

impl Pages {
    pub(super) fn new(options: &TuiOptions, to: &Sender<Message>) -> Self {
        Self {
            write: options.page,
            file: options.file.clone(),
            as_of: options.as_of,
            to: to.clone(),
        }
    }

    /// Begins to write; the loop is told what became of it.
    pub(super) fn write(&self, order: Order) -> io::Result<()> {
        let (write, file, as_of) = (self.write, self.file.clone(), self.as_of);
        listen::spawn("page", self.to.clone(), move |to| {
            let done = write(&file, as_of, &order);
            tell(to, Message::Paged(order, done));
        })
    }
}
