//! The criteria by hand and by chance. Uses no data of a workspace.

mod language;
mod meaning;
