//! Where files lie: the workspace, the demo, maps, themes, reports. Creates folders only when asked.

use std::path::{Path, PathBuf};

use etcetera::base_strategy::{BaseStrategy, Xdg};

use super::failure::Failure;

/// Folders of the program, by the XDG rules on every system.
#[derive(Debug)]
pub(super) struct Folders {
    /// Workspaces.
    pub data: PathBuf,
    /// Maps and themes of the user's own.
    pub config: PathBuf,
    /// Reports of crashes.
    pub state: PathBuf,
}

impl Folders {
    /// The folders of this user.
    pub(super) fn find() -> Result<Folders, Failure> {
        let xdg = Xdg::new().map_err(|_| {
            Failure::new(
                "the home folder is not known (HOME is not set); name the workspace with --db FILE",
            )
        })?;
        let state = xdg.state_dir().unwrap_or_else(|| xdg.data_dir());
        Ok(Folders {
            data: xdg.data_dir().join("smarketing"),
            config: xdg.config_dir().join("smarketing"),
            state: state.join("smarketing"),
        })
    }

    /// The workspace that is opened when none is named.
    pub(super) fn workspace(&self) -> PathBuf {
        self.data.join("workspace.db")
    }

    /// The demo.
    pub(super) fn demo(&self) -> PathBuf {
        self.data.join("demo.db")
    }

    /// What is remembered of the user.
    pub(super) fn settings(&self) -> PathBuf {
        self.config.join("config.toml")
    }

    /// The user's own maps.
    pub(super) fn maps(&self) -> PathBuf {
        self.config.join("maps")
    }
}

/// The named workspace file (`--db`, `$SMARKETING_DB`), else the one in the data folder.
pub(super) fn workspace(named: Option<&Path>) -> Result<PathBuf, Failure> {
    let from_environment = || {
        std::env::var_os("SMARKETING_DB")
            .filter(|value| !value.is_empty())
            .map(PathBuf::from)
    };
    match named.map(Path::to_owned).or_else(from_environment) {
        Some(path) => Ok(path),
        None => Ok(Folders::find()?.workspace()),
    }
}

/// Makes the folder that a file is to lie in, for its owner only.
pub(super) fn make_folder_of(file: &Path) -> Result<(), Failure> {
    use std::os::unix::fs::DirBuilderExt;
    let Some(folder) = file.parent().filter(|f| !f.as_os_str().is_empty()) else {
        return Ok(());
    };
    std::fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(folder)
        .map_err(|error| {
            Failure::new(format!(
                "the folder {} cannot be made: {error}; name another file with --db",
                folder.display()
            ))
        })
}
