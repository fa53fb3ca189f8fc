//! `config.toml`: what the program remembers of its user between sessions. Holds nothing of a workspace.

use std::fs;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::files::{self, Folders};

/// The file's keys.
#[derive(Debug, Default, PartialEq, Serialize, Deserialize)]
struct Config {
    /// Handle of the person who sits here.
    user: Option<String>,
    /// What a newer version has written stays.
    #[serde(flatten)]
    rest: toml::Table,
}

/// The handle that was kept, if one was.
pub(super) fn user() -> Option<String> {
    read(&Folders::find().ok()?.settings())?.user
}

/// Keeps a handle for the next session.
pub(super) fn remember(handle: &str) -> Result<(), String> {
    let folders = Folders::find().map_err(|failure| failure.message().unwrap_or_default())?;
    keep(&folders.settings(), handle)
}

fn read(file: &Path) -> Option<Config> {
    toml::from_str(&fs::read_to_string(file).ok()?).ok()
}

fn keep(file: &Path, handle: &str) -> Result<(), String> {
    let failed =
        |why: &dyn std::fmt::Display| format!("{} cannot be written: {why}", file.display());
    // A file that cannot be understood is somebody's own work and is not written over.
    let mut config = match fs::read_to_string(file) {
        Ok(text) => toml::from_str(&text).map_err(|error| failed(&error))?,
        Err(_) => Config::default(),
    };
    config.user = Some(handle.to_owned());
    files::make_folder_of(file).map_err(|failure| failure.message().unwrap_or_default())?;
    let text = toml::to_string(&config).map_err(|error| failed(&error))?;
    fs::write(file, text).map_err(|error| failed(&error))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_kept_user_is_read_back_and_other_keys_stay() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("smarketing").join("config.toml");
        assert_eq!(read(&file), None);
        keep(&file, "tomas").unwrap();
        assert_eq!(read(&file).unwrap().user.as_deref(), Some("tomas"));
        fs::write(&file, "colour = \"blue\"\nuser = \"sam\"\n").unwrap();
        keep(&file, "maeve").unwrap();
        let config = read(&file).unwrap();
        assert_eq!(config.user.as_deref(), Some("maeve"));
        assert_eq!(config.rest["colour"].as_str(), Some("blue"));
    }

    #[test]
    fn a_file_that_is_no_toml_is_left_as_it_is() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("config.toml");
        fs::write(&file, "user = ").unwrap();
        assert!(
            keep(&file, "sam")
                .unwrap_err()
                .contains("cannot be written")
        );
        assert_eq!(fs::read_to_string(&file).unwrap(), "user = ");
    }
}
