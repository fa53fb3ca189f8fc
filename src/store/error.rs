//! What can go wrong with the workspace file, in words a user can act on.

use std::path::{Path, PathBuf};

use rusqlite::ErrorCode;

use crate::domain::calendar::NoZone;
use crate::domain::clash::Clash;
use crate::domain::money::NoCurrency;
use crate::domain::policy::{NotAllowed, Unsigned};
use crate::domain::refused::Refused;
use crate::domain::settings::BadSetting;

/// Why the store could not do something. The text says what happened, what did not, and what to do.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// There is no file.
    #[error(
        "there is no workspace at {}; `smarketing init` makes one, `smarketing demo` shows one", .0.display()
    )]
    Missing(PathBuf),
    /// The file cannot be used, and was left as it was.
    #[error("{}: {why}; the file was left as it was", path.display())]
    Unusable {
        /// Which file.
        path: PathBuf,
        /// What is wrong and what to do.
        why: String,
    },
    /// The file was replaced or deleted while it was open.
    #[error(
        "{} was replaced or deleted while it was open; nothing that is done now would be kept: leave and open it again", .0.display()
    )]
    Moved(PathBuf),
    /// Other processes kept the file busy.
    #[error(
        "{} has kept the workspace busy for a minute; nothing was changed; try again when it is done",
        .0.as_deref().unwrap_or("another process")
    )]
    Busy(Option<String>),
    /// No room.
    #[error("the disk is full; nothing was changed; make room and try again")]
    Full,
    /// The content is damaged.
    #[error(
        "the workspace file is damaged ({0}); nothing was changed; `smarketing doctor` says how far and what it can mend, a backup brings back the rest"
    )]
    Damaged(String),
    /// Opened for reading only.
    #[error("the workspace is open for reading only ({0}); nothing was changed")]
    ReadOnly(&'static str),
    /// The workspace has not been set up.
    #[error("the workspace is not set up yet; run `smarketing init` first")]
    NotSetUp,
    /// A command that does not hold in the domain.
    #[error("{0}")]
    Refused(String),
    /// A rule of the domain.
    #[error("{0}; nothing was changed")]
    Rule(#[from] Refused),
    /// The person may not do that.
    #[error(transparent)]
    NotAllowed(#[from] NotAllowed),
    /// Nobody has said who they are.
    #[error(transparent)]
    Unsigned(#[from] Unsigned),
    /// An agreed number out of its limits.
    #[error(transparent)]
    Setting(#[from] BadSetting),
    /// No such time zone.
    #[error(transparent)]
    Zone(#[from] NoZone),
    /// No such currency.
    #[error(transparent)]
    Currency(#[from] NoCurrency),
    /// Somebody changed the same thing since it was in sight.
    #[error("{} changed this meanwhile ({}); yours ({}) was not saved", .0.who(), .0.theirs.last().map_or("", |theirs| theirs.what.as_str()), .0.mine)]
    Clash(Box<Clash>),
    /// The caller asked to stop.
    #[error("stopped; nothing was changed")]
    Cancelled,
    /// Reading or writing a file failed.
    #[error("{}: {source}", path.display())]
    Io {
        /// Which file.
        path: PathBuf,
        /// The system's word.
        source: std::io::Error,
    },
    /// Anything else from SQLite, with what the store was doing.
    #[error("{doing} failed: {source}; nothing was changed")]
    Sql {
        /// What the store was doing.
        doing: &'static str,
        /// SQLite's word.
        source: rusqlite::Error,
    },
}

impl StoreError {
    /// A refusal of the domain; the text says that nothing was changed.
    pub(crate) fn refused(why: impl std::fmt::Display) -> StoreError {
        StoreError::Refused(format!("{why}; nothing was changed"))
    }

    /// Whether a rule said no, rather than the file or the system.
    pub fn is_refusal(&self) -> bool {
        matches!(
            self,
            StoreError::Refused(_)
                | StoreError::Rule(_)
                | StoreError::NotAllowed(_)
                | StoreError::Unsigned(_)
                | StoreError::Setting(_)
                | StoreError::Zone(_)
                | StoreError::Currency(_)
        )
    }

    /// A file that is not used and not touched.
    pub(crate) fn unusable(path: &Path, why: impl Into<String>) -> StoreError {
        StoreError::Unusable {
            path: path.to_owned(),
            why: why.into(),
        }
    }

    /// An error of the system on a file.
    pub(crate) fn io(path: &Path, source: std::io::Error) -> StoreError {
        StoreError::Io {
            path: path.to_owned(),
            source,
        }
    }

    /// An error of SQLite, sorted by what the user can do about it.
    pub(crate) fn sql(doing: &'static str, source: rusqlite::Error) -> StoreError {
        match source.sqlite_error_code() {
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => StoreError::Busy(None),
            Some(ErrorCode::DiskFull) => StoreError::Full,
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => {
                StoreError::Damaged(source.to_string())
            }
            Some(ErrorCode::ReadOnly) => StoreError::ReadOnly("no permission to write it"),
            Some(ErrorCode::OperationInterrupted) => StoreError::Cancelled,
            _ if is_nonsense(&source) => StoreError::Damaged(source.to_string()),
            _ => StoreError::Sql { doing, source },
        }
    }

    /// Names who kept the file busy, where that is known.
    pub(crate) fn blaming(self, path: Option<&Path>) -> StoreError {
        match self {
            StoreError::Busy(None) => StoreError::Busy(path.and_then(super::wait::holder)),
            other => other,
        }
    }
}

/// Whether a value was read that no column of ours can hold: the pages are sound, what stands on them is not.
fn is_nonsense(error: &rusqlite::Error) -> bool {
    use rusqlite::Error;
    matches!(
        error,
        Error::InvalidColumnType(..)
            | Error::FromSqlConversionFailure(..)
            | Error::IntegralValueOutOfRange(..)
            | Error::Utf8Error(..)
            // A statement of ours that the file's own tables do not know.
            | Error::SqlInputError { .. }
    )
}

/// Says what the store was doing when SQLite failed.
pub(crate) trait Doing<T> {
    /// Turns SQLite's error into ours.
    fn doing(self, what: &'static str) -> Result<T, StoreError>;
}

impl<T> Doing<T> for rusqlite::Result<T> {
    fn doing(self, what: &'static str) -> Result<T, StoreError> {
        self.map_err(|source| StoreError::sql(what, source))
    }
}
