//! Which leads a change touches, and whether it takes them off the desk. Changes nothing.

use crate::domain::catalogue::Catalogue;
use crate::domain::command::Command;
use crate::domain::desk::Desk;

/// The handoffs whose lines a command changes; `None`: nobody knows which, as after an undo.
pub(super) fn handoffs_of(command: &Command) -> Option<Vec<i64>> {
    match command {
        Command::Desk(desk) => match desk {
            Desk::Assign { handoff, .. }
            | Desk::LogAttempt { handoff, .. }
            | Desk::Accept { handoff, .. }
            | Desk::Reject { handoff, .. }
            | Desk::Recycle { handoff, .. }
            | Desk::Reopen { handoff } => Some(vec![handoff.0]),
            Desk::AddTouch { .. } | Desk::HandOver { .. } => None,
        },
        Command::Qualify(asked) => Some(asked.handoffs.iter().map(|id| id.0).collect()),
        Command::Catalogue(Catalogue::SaveFilter { .. } | Catalogue::ForgetFilter { .. }) => {
            Some(Vec::new())
        }
        _ => None,
    }
}

/// Whether the lead is off the rep's desk after it.
pub(super) fn decides(command: &Command) -> bool {
    matches!(
        command,
        Command::Desk(Desk::Accept { .. } | Desk::Reject { .. } | Desk::Recycle { .. })
            | Command::Qualify(_)
    )
}
