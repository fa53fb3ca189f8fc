//! Waiting for another process's change: short random naps, told after a while, given up after a minute. Writes nothing.

use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::file::beside;

/// How long a writer waits for others.
const PATIENCE: Duration = Duration::from_secs(60);

/// How long others are waited for, and who is told when it takes long.
#[derive(Clone)]
pub struct Waits {
    patience: Duration,
    tell: Option<(Duration, Tell)>,
}

type Tell = Arc<dyn Fn(&str) + Send + Sync>;

impl Default for Waits {
    /// A minute, in silence.
    fn default() -> Waits {
        Waits {
            patience: PATIENCE,
            tell: None,
        }
    }
}

impl Waits {
    /// A minute; after that long a wait has its text told once, such as "waiting for the change of anna (…)".
    pub fn telling(after: Duration, tell: impl Fn(&str) + Send + Sync + 'static) -> Waits {
        Waits {
            patience: PATIENCE,
            tell: Some((after, Arc::new(tell))),
        }
    }

    /// The same, given up sooner.
    #[cfg(test)]
    pub(super) fn no_longer_than(self, patience: Duration) -> Waits {
        Waits { patience, ..self }
    }
}

/// A wait under way.
pub(super) struct Wait {
    waits: Waits,
    path: PathBuf,
    since: Instant,
    told: bool,
}

impl Wait {
    pub(super) fn new(waits: Waits, path: &Path) -> Wait {
        Wait {
            waits,
            path: path.to_owned(),
            since: Instant::now(),
            told: false,
        }
    }

    /// From now on it is another wait.
    pub(super) fn anew(&mut self) {
        self.since = Instant::now();
        self.told = false;
    }

    /// Naps for a moment; false when the patience is at its end. A fixed timeout starves under many writers.
    pub(super) fn nap(&mut self) -> bool {
        let waited = self.since.elapsed();
        if waited >= self.waits.patience {
            return false;
        }
        if let Some((after, tell)) = &self.waits.tell
            && !self.told
            && waited >= *after
        {
            self.told = true;
            tell(&notice(&self.path));
        }
        std::thread::sleep(jitter(waited));
        true
    }
}

fn notice(path: &Path) -> String {
    match holder(path) {
        Some(who) => format!("waiting for the change of {who}…"),
        None => "waiting for another process's change…".to_owned(),
    }
}

/// Between half a millisecond and five, different for each caller and each time.
fn jitter(waited: Duration) -> Duration {
    use std::hash::{BuildHasher, RandomState};
    let dice = RandomState::new().hash_one(waited.as_nanos());
    Duration::from_micros(500 + dice % 4_500)
}

/// Where SQLite locks the index of its log while one writes.
const WRITER_IN_LOG: u64 = 120;
/// From where SQLite locks the file itself.
const LOCKS_IN_FILE: u64 = 0x4000_0000;

/// Who writes to the file at the moment, where the system tells: user, program, process. Looks at the system's own list of locks,
/// for opening and closing the files again would take our own locks away.
pub(super) fn holder(path: &Path) -> Option<String> {
    let locks = fs::read_to_string("/proc/locks").ok()?;
    let inode = |path: &Path| fs::metadata(path).ok().map(|meta| meta.ino());
    let pid = writer(&locks, inode(path), inode(&beside(path, "-shm")))?;
    (pid != std::process::id()).then(|| named(pid)).flatten()
}

/// The process that holds a write lock on either file.
fn writer(locks: &str, file: Option<u64>, log: Option<u64>) -> Option<u32> {
    locks.lines().find_map(|line| {
        let fields: Vec<&str> = line.split_whitespace().collect();
        let [_, "POSIX", _, "WRITE", pid, place, first, last] = fields[..] else {
            return None;
        };
        let inode = Some(place.rsplit(':').next()?.parse::<u64>().ok()?);
        let first: u64 = first.parse().ok()?;
        let last: u64 = last.parse().unwrap_or(u64::MAX);
        let in_log = inode == log && (first..=last).contains(&WRITER_IN_LOG);
        let in_file = inode == file && first >= LOCKS_IN_FILE;
        (in_log || in_file).then(|| pid.parse().ok()).flatten()
    })
}

fn named(pid: u32) -> Option<String> {
    let place = PathBuf::from(format!("/proc/{pid}"));
    let uid = fs::metadata(&place).ok()?.uid();
    let program = fs::read_to_string(place.join("comm")).ok()?;
    let user = fs::read_to_string("/etc/passwd").ok().and_then(|users| {
        users.lines().find_map(|line| {
            let mut fields = line.split(':');
            let name = fields.next()?;
            (fields.nth(1)?.parse() == Ok(uid)).then(|| name.to_owned())
        })
    });
    let user = user.unwrap_or_else(|| format!("user {uid}"));
    Some(format!("{user} ({}, process {pid})", program.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_writer_is_found_among_the_locks() {
        let locks = "1: FLOCK  ADVISORY  WRITE 11 fe:00:77 0 EOF\n\
                     2: POSIX  ADVISORY  READ 12 fe:00:77 123 123\n\
                     3: POSIX  ADVISORY  WRITE 13 fe:00:77 120 120\n\
                     3: -> POSIX  ADVISORY  WRITE 14 fe:00:77 120 120\n\
                     4: POSIX  ADVISORY  WRITE 15 fe:00:88 1073741825 1073741825\n";
        assert_eq!(writer(locks, Some(5), Some(77)), Some(13));
        assert_eq!(writer(locks, Some(88), Some(6)), Some(15));
        assert_eq!(writer(locks, Some(77), Some(6)), None);
        assert_eq!(writer(locks, None, None), None);
    }

    #[test]
    fn a_wait_is_told_once_and_ends() {
        let told = Arc::new(std::sync::Mutex::new(Vec::new()));
        let to = Arc::clone(&told);
        let waits = Waits::telling(Duration::ZERO, move |text| {
            to.lock().unwrap().push(text.to_owned());
        });
        let waits = waits.no_longer_than(Duration::from_millis(20));
        let mut wait = Wait::new(waits, Path::new("nowhere.db"));
        while wait.nap() {}
        assert_eq!(
            *told.lock().unwrap(),
            ["waiting for another process's change…"]
        );
        wait.anew();
        assert!(wait.nap());
        assert_eq!(told.lock().unwrap().len(), 2);
    }
}
