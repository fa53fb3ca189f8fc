//! An open workspace with what the global options say: who, as of when, how printed. Writes nothing by itself.

use std::path::{Path, PathBuf};
use std::time::Duration;

use super::args::{Format, Global, Who};
use super::failure::Failure;
use super::{config, files, out};
use crate::domain::book::{self, Book};
use crate::domain::command::{Author, Command};
use crate::domain::moment::{Day, Moment};
use crate::store::{Access, Applied, Check, Opening, Store, StoreError, Waits};

/// So long nothing is said about waiting for another process.
const SILENCE: Duration = Duration::from_secs(2);

/// Days from 1970 to the end of 2105: what the history's moments hold.
const DAYS: i32 = 49_673;

/// The global options, resolved where that needs no workspace.
#[derive(Debug)]
pub(super) struct Session {
    /// The options as given.
    pub global: Global,
    /// Handle of the person who gives commands.
    pub author: Option<String>,
}

impl Session {
    /// Takes the person named behind the subcommand, if one is named there.
    pub(super) fn sign(&mut self, who: &Who) {
        if let Some(handle) = &who.handle {
            self.author = Some(handle.clone());
        }
    }

    /// The workspace file.
    pub(super) fn file(&self) -> Result<PathBuf, Failure> {
        files::workspace(self.global.db.as_deref())
    }

    /// Opens the workspace to read it.
    pub(super) fn read(&self) -> Result<Store, Failure> {
        self.look(Check::Quick)
    }

    /// Opens the workspace to change it.
    pub(super) fn write(&self) -> Result<Store, Failure> {
        self.change(Check::Quick)
    }

    /// Opens the workspace to examine it, however damaged it is.
    pub(super) fn examine(&self) -> Result<Store, Failure> {
        self.look(Check::None)
    }

    /// Opens the workspace to mend it.
    pub(super) fn operate(&self) -> Result<Store, Failure> {
        self.change(Check::None)
    }

    fn look(&self, check: Check) -> Result<Store, Failure> {
        let file = self.file()?;
        match open(&file, Access::ReadOnly, check) {
            Ok(store) => Ok(store),
            Err(error) if self.global.read_only => Err(error.into()),
            Err(error @ StoreError::Damaged(_)) => Err(error.into()),
            // An older file is brought up to date first, and a half-done import taken back; both are changes.
            Err(_) => Ok(open(&file, Access::ReadWrite, check)?),
        }
    }

    fn change(&self, check: Check) -> Result<Store, Failure> {
        if self.global.read_only {
            return Err(Failure::WrongUse(
                "--read-only and a change do not go together; nothing was changed".into(),
            ));
        }
        Ok(open(&self.file()?, Access::ReadWrite, check)?)
    }

    /// How data is printed; a table unless said otherwise.
    pub(super) fn format(&self) -> Format {
        self.global.format.unwrap_or(Format::Table)
    }

    /// The moment that everything is looked at: `--as-of`, else the workspace's own, else now.
    pub(super) fn as_of(&self, book: &Book) -> Result<Moment, Failure> {
        Ok(match self.as_of_day()? {
            Some(day) => Moment(book.calendar.start_of(day.plus(1)).0 - 1),
            None => book.workspace.as_of.unwrap_or_else(now),
        })
    }

    /// The day of `--as-of`, one that the file's moments can hold.
    pub(super) fn as_of_day(&self) -> Result<Option<Day>, Failure> {
        let Some(text) = &self.global.as_of else {
            return Ok(None);
        };
        let day = Day::parse(text).filter(|day| (0..DAYS).contains(&day.0));
        day.map(Some).ok_or_else(|| {
            Failure::WrongUse(format!(
                "--as-of {text}: a date between 1970 and 2105 is expected, such as 2025-09-30"
            ))
        })
    }

    /// Refuses a look at an earlier day where `what` knows the present only.
    pub(super) fn present(&self, what: &str) -> Result<(), Failure> {
        let Some(day) = self.as_of_day()? else {
            return Ok(());
        };
        let book = self.read()?.book()?;
        let today = book
            .calendar
            .day_of(book.workspace.as_of.unwrap_or_else(now));
        if day >= today {
            return Ok(());
        }
        Err(Failure::WrongUse(format!(
            "{what} shows what stands now ({today}), so --as-of {day} would not be true of it; it goes with score, report, leads, \
             rejections, second-look, challenge, feedback and criteria"
        )))
    }

    /// The author of a change made now: who `--as`, `$SMARKETING_USER` or the config file names, else the person whose handle is the system
    /// user's name, else nobody in particular.
    pub(super) fn author(&self, store: &Store) -> Author {
        Author {
            handle: self.handle(store),
            os_user: os_user(),
            at: now(),
        }
    }

    /// The handle behind [`Session::author`].
    pub(super) fn handle(&self, store: &Store) -> Option<String> {
        let who = self.who();
        match &who.named {
            Some(_) => who.named,
            None => who.handle(&store.book().ok()?.people),
        }
    }

    /// Who `--as`, `$SMARKETING_USER` or the config file names, and the system's user.
    pub(super) fn who(&self) -> book::Who {
        let from_environment = || {
            std::env::var("SMARKETING_USER")
                .ok()
                .filter(|handle| !handle.trim().is_empty())
        };
        book::Who {
            named: self.author.clone().or_else(from_environment),
            kept: config::user(),
            os_user: os_user(),
        }
    }

    /// Applies one command.
    pub(super) fn apply(&self, store: &mut Store, command: &Command) -> Result<Applied, Failure> {
        let author = self.author(store);
        Ok(store.apply(command, &author)?)
    }
}

/// Says it on stderr when another process's change takes long.
fn open(file: &Path, access: Access, check: Check) -> Result<Store, StoreError> {
    let waits = Waits::telling(SILENCE, out::say);
    let how = Opening {
        access,
        check,
        waits,
    };
    Store::open_with(file, &how)
}

/// Nobody of the workspace: the system's user alone signs.
pub(super) fn nobody() -> Author {
    Author {
        handle: None,
        os_user: os_user(),
        at: now(),
    }
}

/// The clock, read here and nowhere deeper.
pub(super) fn now() -> Moment {
    chrono::Utc::now().into()
}

/// The operating system's user, for the journal and for who is here.
pub(super) fn os_user() -> String {
    let told = |key: &&str| std::env::var(key).ok().filter(|name| !name.is_empty());
    let told = ["USER", "LOGNAME", "USERNAME"].iter().find_map(told);
    told.or_else(owner).unwrap_or_else(|| "unknown".into())
}

/// Who runs the process, where the environment does not tell: the system's list of users knows.
#[cfg(unix)]
fn owner() -> Option<String> {
    use std::os::unix::fs::MetadataExt;
    let uid = std::fs::metadata("/proc/self").ok()?.uid();
    named(&std::fs::read_to_string("/etc/passwd").ok()?, uid)
}

#[cfg(not(unix))]
fn owner() -> Option<String> {
    None
}

/// The name of a user's number in the system's list of users.
#[cfg(unix)]
fn named(users: &str, uid: u32) -> Option<String> {
    let mut users = users.lines().map(|line| line.split(':'));
    users.find_map(|mut fields| {
        let (name, number) = (fields.next()?, fields.nth(1));
        let own = number.and_then(|n| n.parse().ok()) == Some(uid);
        (own && !name.is_empty()).then(|| name.to_owned())
    })
}

#[cfg(all(test, unix))]
mod tests {
    use super::named;

    #[test]
    fn a_user_is_found_by_number_and_a_broken_line_is_passed_over() {
        let users = "root:x:0:0:root:/root:/bin/sh\nnonsense\nmaria:x:1000:1000::/home/maria:/bin/sh\n:x:7:7::/:\n";
        assert_eq!(named(users, 1_000).as_deref(), Some("maria"));
        assert_eq!(named(users, 0).as_deref(), Some("root"));
        assert_eq!((named(users, 7), named(users, 9)), (None, None));
    }
}
