//! `smarketing` without a subcommand: the room on a terminal, the scoreboard as text without one.

use super::args::ScoreArgs;
use super::failure::Failure;
use super::score;
use super::session::Session;

/// Opens the workspace.
pub(super) fn run(session: &Session) -> Result<(), Failure> {
    score::run(session, &ScoreArgs::default())
}
