//! The figures of a meeting as they are frozen at its start and its end: of the quarter that runs, as of now. Words none itself.

use crate::domain::meeting::snapshot::Frozen;
use crate::metrics::meeting;
use crate::screens::model::Model;

/// The figures as they stand; why not, where they cannot be frozen yet.
pub(super) fn frozen(model: &Model) -> Result<Frozen, String> {
    let history = model.history();
    let frozen = meeting::freeze(&history.facts, &history.book, &history.scope);
    frozen.map_err(|why| why.to_string())
}
