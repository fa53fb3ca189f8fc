//! What a panic leaves behind: a terminal in order and one report without anybody's data.

use std::fs::{self, OpenOptions};
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::panic::{self, PanicHookInfo};
use std::path::{Path, PathBuf};
use std::thread;

use super::guard;

const REPORT: &str = "crash-report.txt";
const SEEN: &str = "crash-report.seen.txt";

/// From now on a panic on any thread gives the terminal back first, then writes its report into `folder`.
pub(super) fn install(folder: Option<PathBuf>) {
    let before = panic::take_hook();
    panic::set_hook(Box::new(move |info| {
        guard::give_back();
        before(info);
        let written = folder.as_deref().and_then(|folder| write(folder, info));
        let mut err = std::io::stderr().lock();
        let _ = match written {
            Some(path) => writeln!(
                err,
                "smarketing stopped because of a fault of its own; your file is intact. A report without personal data: {}",
                path.display()
            ),
            None => writeln!(
                err,
                "smarketing stopped because of a fault of its own; your file is intact."
            ),
        };
    }));
}

/// Where and with what the fault happened. Never its message: that could quote a lead.
fn write(folder: &Path, info: &PanicHookInfo<'_>) -> Option<PathBuf> {
    fs::create_dir_all(folder).ok()?;
    let path = folder.join(REPORT);
    let mut file = OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(true)
        .mode(0o600)
        .open(&path)
        .ok()?;
    let place = info
        .location()
        .map_or_else(|| "unknown".to_owned(), ToString::to_string);
    let trace = std::backtrace::Backtrace::force_capture();
    write!(
        file,
        "smarketing {}\nsystem {} {}\nthread {}\nplace {place}\n\n{trace}\n",
        env!("CARGO_PKG_VERSION"),
        std::env::consts::OS,
        std::env::consts::ARCH,
        thread::current().name().unwrap_or("unnamed"),
    )
    .ok()?;
    Some(path)
}

/// The report of an earlier crash, once: it is renamed, so that the next start stays silent.
pub(super) fn unseen(folder: Option<&Path>) -> Option<PathBuf> {
    let folder = folder?;
    let seen = folder.join(SEEN);
    fs::rename(folder.join(REPORT), &seen).ok()?;
    Some(seen)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_earlier_crash_is_told_once() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join(REPORT), "smarketing").unwrap();
        assert!(unseen(Some(folder.path())).is_some());
        assert_eq!(unseen(Some(folder.path())), None);
        assert_eq!(unseen(None), None);
    }
}
