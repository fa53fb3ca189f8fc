//! A home of its own for each test, and what the program said there.

use std::fs;
use std::path::PathBuf;

use assert_cmd::Command;
use tempfile::TempDir;

/// A home of its own for each test, and what the program said.
pub(crate) struct Desk {
    pub(crate) home: TempDir,
}

/// What came back.
pub(crate) struct Said {
    pub(crate) status: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Desk {
    pub(crate) fn new() -> Desk {
        Desk {
            home: TempDir::new().unwrap(),
        }
    }

    /// A desk with a workspace in euros, Berlin time.
    pub(crate) fn set_up() -> Desk {
        let desk = Desk::new();
        let said = desk.run(&[
            "init",
            "--name",
            "Kontor",
            "--currency",
            "EUR",
            "--time-zone",
            "Europe/Berlin",
        ]);
        assert_eq!((said.status, said.out.as_str()), (0, ""), "{}", said.err);
        desk
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.home.path().join(name)
    }

    pub(crate) fn write(&self, name: &str, content: impl AsRef<[u8]>) -> String {
        let path = self.path(name);
        fs::write(&path, content).unwrap();
        path.to_str().unwrap().to_owned()
    }

    pub(crate) fn command(&self) -> Command {
        let mut command = Command::cargo_bin("smarketing").unwrap();
        command
            .env_clear()
            .env("HOME", self.home.path())
            .env("USER", "tester")
            .current_dir(self.home.path());
        command
    }

    pub(crate) fn run(&self, args: &[&str]) -> Said {
        said(self.command().args(args))
    }

    pub(crate) fn score(&self, args: &[&str]) -> serde_json::Value {
        let mut all = vec!["score", "--format", "json", "--period", "all"];
        all.extend(args);
        let said = self.run(&all);
        assert_eq!(said.status, 0, "{}", said.err);
        serde_json::from_str(&said.out).unwrap()
    }
}

pub(crate) fn said(command: &mut Command) -> Said {
    let output = command.output().unwrap();
    Said {
        status: output.status.code().unwrap_or(-1),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

/// Three leads under plain headers.
pub(crate) const LEADS: &str = "\
Lead ID,Name,Email,Source,Created,MQL Date,Status,Lost Reason
1,Änne Überschär,aenne@nordholm.example,Webinar,2025-07-01 09:00,2025-07-02,Accepted,
2,山田 花子,hanako@kitahama.example,Webinar,2025-07-03 09:00,2025-07-03,Rejected,Student
3,يوسف,yousef@wahat.example,Fair,2025-07-04 09:00,2025-07-05,New,
";

/// Three leads; hanako's was rejected as a student. mia sits on marketing's side, sam on sales', eve is the executive.
pub(crate) fn room() -> Desk {
    let desk = Desk::set_up();
    let file = desk.write("leads.csv", LEADS);
    well(&desk, &["import", &file]);
    for (handle, side) in [("mia", "marketing"), ("sam", "sales"), ("eve", "executive")] {
        well(&desk, &["people", handle, "--side", side]);
    }
    desk
}

/// What a command that succeeds printed: its data, and what it said.
pub(crate) fn well(desk: &Desk, args: &[&str]) -> (String, String) {
    let said = desk.run(args);
    assert_eq!(said.status, 0, "{args:?}: {}", said.err);
    (said.out, said.err)
}
