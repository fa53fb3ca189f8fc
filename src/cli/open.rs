//! `smarketing` without a subcommand: the room on a terminal, the scoreboard as text without one.

use std::fs;
use std::io::{self, IsTerminal};

use super::args::{Global, InitArgs, ScoreArgs};
use super::failure::Failure;
use super::files::Folders;
use super::import::args::ImportArgs;
use super::session::Session;
use super::{config, demo, import, init, out, paper, score};
use crate::store::Access;
use crate::theme::Theme;
use crate::tui::{self, Beginning, Ending, Start, TuiOptions};

/// Opens the workspace.
pub(super) fn run(session: &Session) -> Result<(), Failure> {
    if !io::stdin().is_terminal() || !io::stdout().is_terminal() || is_dumb() {
        return score::run(session, &ScoreArgs::default());
    }
    let file = session.file()?;
    let start = match fs::symlink_metadata(&file) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Start::FirstRun,
        _ => Start::Existing,
    };
    let options = TuiOptions {
        file,
        start,
        as_of: session.as_of_day()?,
        access: if session.global.read_only {
            Access::ReadOnly
        } else {
            Access::ReadWrite
        },
        who: session.who(),
        remember: config::remember,
        page: paper::put,
        theme: theme(session)?,
        reports: Folders::find().ok().map(|folders| folders.state),
    };
    match tui::run(options)? {
        Ending::Left => Ok(()),
        Ending::Begin(beginning) => begin(session, beginning),
    }
}

/// A terminal that knows no escape sequences gets text.
fn is_dumb() -> bool {
    std::env::var_os("TERM").is_none_or(|term| term.is_empty() || term == "dumb")
}

/// The named theme, else the terminal's own colours, or none at all where `NO_COLOR` is set.
pub(super) fn theme(session: &Session) -> Result<Theme, Failure> {
    let no_color = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    let usual = if no_color { "mono" } else { "terminal" };
    let named = session.global.theme.as_deref().unwrap_or(usual);
    Theme::find(named).map_err(|error| Failure::WrongUse(error.to_string()))
}

/// Does what the first run has chosen.
fn begin(session: &Session, beginning: Beginning) -> Result<(), Failure> {
    match beginning {
        // The demo has a file of its own: the workspace's place stays free.
        Beginning::Demo => demo::run(Session {
            global: Global {
                db: None,
                ..session.global.clone()
            },
            author: session.author.clone(),
        }),
        Beginning::New => {
            init::run(session, &InitArgs::default())?;
            run(session)
        }
        Beginning::Import => {
            init::run(session, &InitArgs::default())?;
            first_import(session)?;
            run(session)
        }
    }
}

/// Asks for exports until there is none left to read; what cannot be read is said, and asked for again.
fn first_import(session: &Session) -> Result<(), Failure> {
    loop {
        let file = out::ask("File to import (nothing opens the workspace)", "")?;
        if file.is_empty() {
            return Ok(());
        }
        let args = ImportArgs {
            files: vec![file.into()],
            ..ImportArgs::default()
        };
        if let Err(failure) = import::run(session, &args)
            && let Some(message) = failure.message()
        {
            out::say(&message);
        }
    }
}
