//! The figures of a meeting as they are frozen at its start and its end. Words none itself.

use crate::domain::meeting::snapshot::{Frozen, HEAD};
use crate::screens::model::Model;

/// The figures of the running quarter over all rows.
pub(super) fn frozen(model: &Model) -> Frozen {
    let history = model.history();
    let period = history.scope.period.label.clone();
    Frozen {
        text: format!("{HEAD}\nperiod {period}\n"),
        period,
    }
}
