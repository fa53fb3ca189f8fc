//! Who sits at the file: one small file for each terminal, in a folder beside the workspace. Never touches the workspace itself.
//!
//! Each terminal keeps its file locked as long as it lives. The system takes the lock away with the process, so a terminal that
//! ended in whatever way is found by its open lock, and whoever finds it tidies up. Nothing has to be renewed, nothing is journalled,
//! and a reader of the workspace is seen as well. All of it may be lost: then nobody is seen for a moment.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io;
use std::os::unix::fs::{FileExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

use super::open::Access;
use crate::domain::presence::Seat;

/// Longest text of a seat; what is longer is not told.
const LONGEST: usize = 8_192;

/// More seats than these are not looked at.
const MOST: usize = 200;

/// The folder beside a workspace file.
fn folder(workspace: &Path) -> PathBuf {
    let real = fs::canonicalize(workspace).unwrap_or_else(|_| workspace.to_owned());
    let mut name = real.into_os_string();
    name.push("-here");
    PathBuf::from(name)
}

/// One's own seat: told to the others, given up when it is dropped.
#[derive(Debug)]
pub struct Chair {
    workspace: PathBuf,
    folder: PathBuf,
    name: String,
    access: Access,
    file: Option<File>,
}

impl Chair {
    /// A seat at the workspace under a name that no other terminal has. Nothing is written yet.
    pub fn new(workspace: &Path, name: &str, access: Access) -> Chair {
        Chair {
            workspace: workspace.to_owned(),
            folder: folder(workspace),
            name: name.to_owned(),
            access,
            file: None,
        }
    }

    /// Tells the others. Who only reads is seen once somebody who writes is here: a reader alone leaves nothing behind.
    pub fn tell(&mut self, seat: &Seat) -> io::Result<()> {
        let mut text = serde_json::to_vec(seat)?;
        text.push(b'\n');
        if text.len() > LONGEST {
            return Ok(());
        }
        let file = match self.file.take() {
            Some(file) => file,
            None => self.sit_down()?,
        };
        let file = self.file.insert(file);
        file.write_all_at(&text, 0)?;
        file.set_len(text.len() as u64)
    }

    fn sit_down(&self) -> io::Result<File> {
        // Who may use the workspace may see who sits at it, and nobody else.
        let mode = fs::metadata(&self.workspace)?.permissions().mode() & 0o777;
        let mut tries = 0;
        loop {
            if self.access == Access::ReadWrite {
                match fs::create_dir(&self.folder) {
                    Ok(()) => {
                        let mode = mode | (mode & 0o444) >> 2;
                        fs::set_permissions(&self.folder, fs::Permissions::from_mode(mode))?;
                    }
                    Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                    Err(error) => return Err(error),
                }
            }
            let path = self.folder.join(&self.name);
            let opened = OpenOptions::new()
                .write(true)
                .create_new(true)
                .mode(mode)
                .open(path);
            match opened {
                Ok(file) => {
                    file.try_lock()?;
                    return Ok(file);
                }
                // The last one to leave has just taken the folder along.
                Err(error) if error.kind() == io::ErrorKind::NotFound && tries < 5 => tries += 1,
                Err(error) => return Err(error),
            }
        }
    }
}

impl Drop for Chair {
    fn drop(&mut self) {
        if self.file.is_some() {
            // Nobody is to be told that this failed: the others find the open lock.
            let _ = fs::remove_file(self.folder.join(&self.name));
            let _ = fs::remove_dir(&self.folder);
        }
    }
}

/// Sees who else sits at the workspace.
#[derive(Debug)]
pub struct Lookout {
    folder: PathBuf,
    own: OsString,
    others: BTreeMap<OsString, Seen>,
}

#[derive(Debug)]
struct Seen {
    file: File,
    text: Vec<u8>,
    seat: Option<Seat>,
}

impl Lookout {
    /// Looks at everybody but the seat of that name.
    pub fn new(workspace: &Path, own: &str) -> Lookout {
        Lookout {
            folder: folder(workspace),
            own: own.into(),
            others: BTreeMap::new(),
        }
    }

    /// The others, if anything has changed since the last look. Costs a few system calls for each of them.
    pub fn look(&mut self) -> Option<Vec<Seat>> {
        let names = self.names();
        let before = self.others.len();
        self.others.retain(|name, _| names.contains(name));
        let mut changed = self.others.len() != before;
        for name in names {
            let path = self.folder.join(&name);
            if !self.others.contains_key(&name) {
                let Ok(file) = File::open(&path) else {
                    continue;
                };
                let (text, seat) = (Vec::new(), None);
                self.others.insert(name.clone(), Seen { file, text, seat });
            }
            let Some(seen) = self.others.get_mut(&name) else {
                continue;
            };
            changed |= seen.read(&name);
            if !seen.text.is_empty() && seen.is_left() {
                let _ = fs::remove_file(&path);
                let known = self.others.remove(&name);
                changed |= known.is_some_and(|seen| seen.seat.is_some());
            }
        }
        let seats = || self.others.values().filter_map(|seen| seen.seat.clone());
        changed.then(|| seats().collect())
    }

    fn names(&self) -> Vec<OsString> {
        let Ok(entries) = fs::read_dir(&self.folder) else {
            return Vec::new();
        };
        let names = entries.flatten().map(|entry| entry.file_name());
        names.filter(|name| *name != self.own).take(MOST).collect()
    }
}

impl Seen {
    /// Reads it again; whether it says something else. Half a text, caught while it is written, is read at the next look.
    fn read(&mut self, name: &OsString) -> bool {
        let mut buffer = [0; LONGEST];
        let Ok(length) = self.file.read_at(&mut buffer, 0) else {
            return false;
        };
        if buffer[..length] == self.text[..] {
            return false;
        }
        self.text = buffer[..length].to_vec();
        let whole = self.text.split(|byte| *byte == b'\n').next();
        let Ok(mut seat) = serde_json::from_slice::<Seat>(whole.unwrap_or_default()) else {
            return false;
        };
        seat.id = name.to_string_lossy().into_owned();
        let other = self.seat.as_ref() != Some(&seat);
        self.seat = Some(seat);
        other
    }

    /// Whether nobody holds it any more. Where locks cannot be asked for, somebody does.
    fn is_left(&self) -> bool {
        match self.file.try_lock_shared() {
            Ok(()) => true,
            Err(TryLockError::WouldBlock | TryLockError::Error(_)) => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn workspace() -> (tempfile::TempDir, PathBuf) {
        let room = tempfile::tempdir().unwrap();
        let file = room.path().join("w.db");
        File::create(&file).unwrap();
        fs::set_permissions(&file, fs::Permissions::from_mode(0o600)).unwrap();
        (room, file)
    }

    fn seat(name: &str, place: &str) -> Seat {
        Seat {
            name: name.to_owned(),
            place: place.to_owned(),
            ..Seat::default()
        }
    }

    fn names(seats: Option<Vec<Seat>>) -> Option<Vec<String>> {
        seats.map(|seats| seats.into_iter().map(|seat| seat.name).collect())
    }

    #[test]
    fn others_are_seen_when_they_come_move_and_go_and_nothing_stays() {
        let (room, file) = workspace();
        let mut maria = Chair::new(&file, "1-1", Access::ReadWrite);
        let mut jo = Chair::new(&file, "2-1", Access::ReadWrite);
        let mut lookout = Lookout::new(&file, "2-1");
        assert_eq!(lookout.look(), None);
        maria.tell(&seat("Maria", "Leads")).unwrap();
        jo.tell(&seat("Jo", "Leads")).unwrap();
        assert_eq!(names(lookout.look()), Some(vec!["Maria".to_owned()]));
        assert_eq!(lookout.look(), None);
        maria.tell(&seat("Maria", "A much longer place")).unwrap();
        maria.tell(&seat("Maria", "Criteria")).unwrap();
        let seats = lookout.look().unwrap();
        assert_eq!((&*seats[0].place, &*seats[0].id), ("Criteria", "1-1"));
        drop(maria);
        assert_eq!(names(lookout.look()), Some(vec![]));
        drop(jo);
        let left: Vec<_> = fs::read_dir(room.path()).unwrap().collect();
        assert_eq!(left.len(), 1, "{left:?}");
    }

    #[test]
    fn sixteen_who_move_at_once_see_each_other_where_they_ended() {
        let (room, file) = workspace();
        let all = std::sync::Barrier::new(16);
        std::thread::scope(|scope| {
            for own in 0..16 {
                let (file, all) = (&file, &all);
                scope.spawn(move || {
                    let name = format!("{own}-1");
                    let mut chair = Chair::new(file, &name, Access::ReadWrite);
                    let mut lookout = Lookout::new(file, &name);
                    let mut seen = Vec::new();
                    for step in 0..50 {
                        chair.tell(&seat(&name, &format!("place {step}"))).unwrap();
                        seen = lookout.look().unwrap_or(seen);
                    }
                    all.wait();
                    seen = lookout.look().unwrap_or(seen);
                    assert_eq!(seen.len(), 15);
                    assert!(seen.iter().all(|seat| seat.place == "place 49"));
                    all.wait();
                });
            }
        });
        assert_eq!(fs::read_dir(room.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_terminal_that_died_is_tidied_up_by_whoever_looks() {
        let (_room, file) = workspace();
        let folder = folder(&file);
        fs::create_dir(&folder).unwrap();
        fs::write(folder.join("9-9"), "{\"name\":\"Gone\"}\n").unwrap();
        fs::write(folder.join("8-8"), "").unwrap();
        let mut lookout = Lookout::new(&file, "1-1");
        assert!(names(lookout.look()).is_none_or(|seats| seats.is_empty()));
        // Who has just made a file and not locked it yet is left alone.
        assert!(!folder.join("9-9").exists() && folder.join("8-8").exists());
    }

    #[test]
    fn a_reader_alone_leaves_nothing_and_is_seen_beside_a_writer() {
        let (room, file) = workspace();
        let mut reader = Chair::new(&file, "1-1", Access::ReadOnly);
        assert!(reader.tell(&seat("Chief", "Leads")).is_err());
        assert_eq!(fs::read_dir(room.path()).unwrap().count(), 1);
        let mut writer = Chair::new(&file, "2-1", Access::ReadWrite);
        writer.tell(&seat("Jo", "Leads")).unwrap();
        reader.tell(&seat("Chief", "Leads")).unwrap();
        let mut lookout = Lookout::new(&file, "2-1");
        assert_eq!(names(lookout.look()), Some(vec!["Chief".to_owned()]));
    }

    #[test]
    fn the_folder_is_as_private_as_the_workspace_and_rubbish_in_it_is_nobody() {
        let (_room, file) = workspace();
        let mut chair = Chair::new(&file, "1-1", Access::ReadWrite);
        chair.tell(&seat("Jo", "Leads")).unwrap();
        let folder = folder(&file);
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(&folder), 0o700);
        assert_eq!(mode(&folder.join("1-1")), 0o600);
        let rubbish = File::create(folder.join("notes")).unwrap();
        rubbish.write_all_at(b"no seat at all", 0).unwrap();
        rubbish.lock().unwrap();
        let mut lookout = Lookout::new(&file, "1-1");
        assert_eq!(lookout.look(), None);
    }
}
