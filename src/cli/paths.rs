//! `smarketing paths`: where files lie. Creates nothing.

use super::failure::Failure;
use super::files::Folders;
use super::session::Session;
use super::tables;

/// Lists the files and folders of the program.
pub(super) fn run(session: &Session) -> Result<(), Failure> {
    let folders = Folders::find()?;
    let rows: Vec<Vec<String>> = [
        ("what", "where".into()),
        ("workspace", session.file()?.display().to_string()),
        ("demo", folders.demo().display().to_string()),
        ("config", folders.settings().display().to_string()),
        ("maps", folders.maps().display().to_string()),
        ("crash reports", folders.state.display().to_string()),
    ]
    .map(|(what, place): (&str, String)| vec![what.into(), place])
    .into();
    tables::print(session.format(), &rows)
}
