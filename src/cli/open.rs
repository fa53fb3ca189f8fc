//! `smarketing` without a subcommand: the room on a terminal, the scoreboard as text without one.

use std::fs;
use std::io::{self, IsTerminal};

use super::args::{ImportArgs, InitArgs, ScoreArgs};
use super::failure::Failure;
use super::files::Folders;
use super::session::Session;
use super::{demo, import, init, out, score};
use crate::theme::Theme;
use crate::tui::{self, Beginning, Ending, Start, TuiOptions};

/// Opens the workspace; where there is none and somebody can be asked, asks what to begin with.
pub(super) fn run(mut session: Session) -> Result<(), Failure> {
    if !io::stdin().is_terminal() || !io::stdout().is_terminal() {
        return score::run(&session, &ScoreArgs::default());
    }
    if fs::symlink_metadata(session.file()?).is_ok() {
        return room(&session, Start::Existing).map(|_| ());
    }
    match room(&session, Start::FirstRun)? {
        Ending::Left => Ok(()),
        Ending::Begin(Beginning::Demo) => {
            session.global.db = None;
            demo::run(session)
        }
        Ending::Begin(Beginning::New) => {
            init::run(&session, &InitArgs::default())?;
            room(&session, Start::Existing).map(|_| ())
        }
        Ending::Begin(Beginning::Import) => {
            init::run(&session, &InitArgs::default())?;
            first_import(&session)?;
            room(&session, Start::Existing).map(|_| ())
        }
    }
}

/// Asks for exports until there is none left to read. A file that cannot be read is said and asked for again.
fn first_import(session: &Session) -> Result<(), Failure> {
    loop {
        let file = out::ask("File to import (nothing: open the workspace)", "")?;
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

fn room(session: &Session, start: Start) -> Result<Ending, Failure> {
    let file = session.file()?;
    let as_of = match (&session.global.as_of, start) {
        (Some(_), Start::Existing) => Some(session.as_of(&session.read()?.book()?)?),
        _ => None,
    };
    let theme = match &session.global.theme {
        Some(name) => Theme::find(name)?,
        None => default_theme()?,
    };
    let options = TuiOptions {
        file,
        start,
        as_of,
        theme,
        reports: Folders::find().ok().map(|folders| folders.state),
    };
    Ok(tui::run(options)?)
}

/// The terminal's own colours; none where the user wants none (<https://no-color.org>).
fn default_theme() -> Result<Theme, Failure> {
    let plain = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    Ok(Theme::find(if plain { "mono" } else { "terminal" })?)
}
