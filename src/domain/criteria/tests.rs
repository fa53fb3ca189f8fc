//! The criteria by hand and by chance. Uses no data of a workspace.

pub(crate) mod language;
mod meaning;
mod messages;
