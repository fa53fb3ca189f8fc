//! The figures of a meeting as they are frozen at its start and its end: of the quarter that runs, as of now. Words none itself.

use crate::domain::meeting::snapshot::Frozen;
use crate::screens::model::Model;

/// The figures as they stand; why not, where they cannot be frozen yet.
pub(super) fn frozen(model: &Model) -> Result<Frozen, String> {
    let history = model.history();
    history.frozen().cloned().map_err(|why| why.to_string())
}

/// Refused where this terminal looks at another day: a meeting freezes the figures of now.
pub(super) fn of_now(model: &Model) -> Result<(), String> {
    let (book, looks) = (model.book(), model.history().scope.as_of);
    let day = book.calendar.day_of(looks);
    // A day is looked at from its last second.
    let asked_for = looks.0 + 1 == book.calendar.start_of(day.plus(1)).0;
    if asked_for && book.workspace.as_of != Some(looks) {
        return Err(format!(
            "This terminal looks at {day}, and a meeting freezes the figures of now: open the workspace without --as-of"
        ));
    }
    Ok(())
}
