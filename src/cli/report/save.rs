//! A text into the file that `--out` names. Replaces nothing without `--force`.

use std::path::Path;

use crate::cli::failure::Failure;
use crate::tui::save::{self, Over, Unsaved};

/// Whether the file may be written; the reason where not.
pub(in crate::cli) fn may(file: &Path, force: bool, workspace: &Path) -> Result<(), Failure> {
    save::may(file, over(force), workspace).map_err(|why| failure(file, &why))
}

/// Writes the text to the file, whole or not at all.
pub(in crate::cli) fn write(
    file: &Path,
    force: bool,
    workspace: &Path,
    text: &str,
) -> Result<(), Failure> {
    save::write(file, over(force), workspace, text).map_err(|why| failure(file, &why))
}

fn over(force: bool) -> Over {
    if force { Over::Replace } else { Over::Ask }
}

fn failure(file: &Path, why: &Unsaved) -> Failure {
    let next = match why {
        Unsaved::There => "; give another name, or --force to replace it",
        Unsaved::Otherwise(_) => "",
    };
    Failure::new(format!(
        "{}: {why}{next}; nothing was written",
        file.display()
    ))
}
