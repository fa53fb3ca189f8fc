//! Looks over the pages of a file that is too large to be checked when it is opened, on a thread of its own. Says something only
//! when they are damaged.

use std::path::PathBuf;
use std::sync::mpsc::Sender;

use super::{Message, listen};
use crate::store::{Access, Check, Opening, Store};

/// Begins the check; a small file was checked at the door.
pub(super) fn begin(store: &Store, to: &Sender<Message>) {
    let Some(path) = store.path().filter(|_| store.is_large()) else {
        return;
    };
    let path: PathBuf = path.to_owned();
    // A thread that cannot be had is no reason not to work: the doctor checks the same.
    let _ = listen::spawn("checkup", to.clone(), move |to| {
        let how = Opening {
            check: Check::None,
            ..Opening::to(Access::ReadOnly)
        };
        let checked = Store::open_with(&path, &how).and_then(|store| store.check());
        if let Err(damage) = checked {
            let _ = to.send(Message::Trouble(damage.to_string()));
        }
    });
}
