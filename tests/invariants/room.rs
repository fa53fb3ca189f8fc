//! The workspace that every way leads into: its people and leads, what stands in its file, what it counts. Knows no way.

use std::fmt::Write as _;
use std::path::PathBuf;

use assert_cmd::Command as Program;
use rusqlite::Connection;
use smarketing::domain::command::{Author, Command};
use smarketing::domain::moment::Moment;
use smarketing::domain::money::Currency;
use smarketing::domain::policy::Side;
use smarketing::domain::workspace::Workspace;
use smarketing::store::{Access, Store};

/// 2025-06-03T12:00Z, a Tuesday; the workspace's own moment.
const NOW: i64 = 1_748_952_000;

/// Leads 1 to 4 of two companies, handed to sam the day before; handoff n is that of lead n.
const LEADS: [(&str, &str); 4] = [
    ("Ada", "Acme"),
    ("Bob", "Acme"),
    ("Cy", "Globex"),
    ("Di", "Globex"),
];

/// What a deed of somebody does.
#[derive(Clone, Debug)]
pub(crate) enum Deed {
    /// A rep tries a lead, and it ends so: `no-answer`, `connected` …
    Try(i64, &'static str),
    Accept(i64),
    /// For a reason, by its code, with a note.
    Reject(i64, Option<&'static str>, Option<&'static str>),
    /// Back on that day.
    Recycle(i64, &'static str),
    /// These leads stand behind one new deal.
    Qualify(&'static [i64], Parts),
    /// Another value of a deal, whole euros.
    Value(i64, i64),
    /// One more lead behind a deal.
    Join(i64, i64),
}

/// What the gate asks for, but the conversation, which is logged before.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Parts {
    pub(crate) value: Option<&'static str>,
    pub(crate) close_on: Option<&'static str>,
    pub(crate) stage: Option<&'static str>,
    pub(crate) confirmed: bool,
}

/// All that the gate asks for.
pub(crate) const WHOLE: Parts = Parts {
    value: Some("5000"),
    close_on: Some("2025-12-01"),
    stage: Some("Discovery"),
    confirmed: true,
};

/// What was said of a deed that was done, or why it was refused.
pub(crate) type Said = Result<String, String>;

/// A way into the workspace.
pub(crate) trait Way {
    /// Somebody whose side may not do this here.
    const OUTSIDER: &'static str = "mia";

    fn enter(room: Room) -> Self;

    fn room(&self) -> &Room;

    /// Does it as that person; nobody in particular where there is no name.
    fn act(&mut self, who: Option<&str>, deed: &Deed) -> Said;

    /// Takes back what that person did last.
    fn take_back(&mut self, who: &str) {
        let left = self.room().run(Some(who), &["undo"], "");
        assert_eq!(left.status, 0, "{}", left.said);
    }

    /// As sam, who sits on sales' side.
    fn sam(&mut self, deed: &Deed) -> Said {
        self.act(Some("sam"), deed)
    }
}

/// What a run of the program left.
pub(crate) struct Left {
    pub(crate) status: i32,
    pub(crate) out: String,
    /// Both streams.
    pub(crate) said: String,
}

/// The workspace.
pub(crate) struct Room {
    folder: tempfile::TempDir,
}

impl Room {
    pub(crate) fn new() -> Room {
        let room = Room {
            folder: tempfile::tempdir().unwrap(),
        };
        let mut store = Store::create(&room.file()).unwrap();
        store
            .apply(&Command::Init(workspace(NOW)), &maker())
            .unwrap();
        for (handle, side) in [
            ("sam", Side::Sales),
            ("mia", Side::Marketing),
            ("eve", Side::Executive),
        ] {
            let person = Command::PutPerson {
                handle: handle.into(),
                name: handle.to_uppercase(),
                side,
            };
            store.apply(&person, &maker()).unwrap();
        }
        store.close();
        let mut text = String::from(
            "Lead ID,Name,Email,Company,Source,Created at,Status,Handed off at,Assigned at,Owner\n",
        );
        for ((name, company), id) in LEADS.iter().zip(1..) {
            let _ = writeln!(
                text,
                "{id},{name},{name}@x.test,{company},Webinar,2025-06-01,Open,2025-06-02,2025-06-02,sam"
            );
        }
        room.import("leads.csv", &text, "mia");
        room
    }

    pub(crate) fn file(&self) -> PathBuf {
        self.folder.path().join("room.db")
    }

    /// Runs the program there.
    pub(crate) fn run(&self, who: Option<&str>, args: &[&str], input: &str) -> Left {
        let mut program = Program::cargo_bin("smarketing").unwrap();
        program
            .env_clear()
            .env("HOME", self.folder.path())
            .env("USER", "stranger")
            .env("SMARKETING_DB", self.file())
            .current_dir(self.folder.path());
        if let Some(who) = who {
            program.env("SMARKETING_USER", who);
        }
        let output = program.args(args).write_stdin(input).output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        let (out, err) = (text(output.stdout), text(output.stderr));
        Left {
            status: output.status.code().unwrap(),
            said: format!("{out}{err}"),
            out,
        }
    }

    /// Imports a file of that name.
    pub(crate) fn import(&self, name: &str, text: &str, who: &str) -> Left {
        let path = self.folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        self.run(Some(who), &["import", path.to_str().unwrap()], "")
    }

    /// The day of a lead and its names, as an export says them.
    pub(crate) fn lead(id: i64) -> String {
        let (name, company) = LEADS[id as usize - 1];
        format!("{id},{name},{name}@x.test,{company},Webinar,2025-06-01")
    }

    pub(crate) fn store(&self) -> Store {
        Store::open(&self.file(), Access::ReadWrite).unwrap()
    }

    /// The workspace's moment.
    pub(crate) fn now(&self) -> i64 {
        self.count("SELECT as_of FROM workspace")
    }

    /// Lets hours pass.
    pub(crate) fn pass(&self, hours: i64) {
        let later = Command::Reshape(workspace(self.now() + hours * 3_600));
        self.store().apply(&later, &maker()).unwrap();
    }

    pub(crate) fn count(&self, sql: &str) -> i64 {
        let conn = Connection::open(self.file()).unwrap();
        conn.query_row(sql, [], |row| row.get(0)).unwrap()
    }

    pub(crate) fn text(&self, sql: &str) -> String {
        let conn = Connection::open(self.file()).unwrap();
        let text: Option<String> = conn.query_row(sql, [], |row| row.get(0)).unwrap();
        text.unwrap_or_default()
    }

    /// Qualified pipeline, in cents, as the scoreboard prints it.
    pub(crate) fn headline(&self) -> i64 {
        let args = ["score", "--period", "all", "--format", "json"];
        let left = self.run(None, &args, "");
        let score: serde_json::Value = serde_json::from_str(&left.out).unwrap();
        let value = &score["metrics"]["qualified_pipeline_sourced"]["value"];
        value.as_f64().unwrap_or_default() as i64
    }

    /// What the queue lists: the numbers of handoffs.
    pub(crate) fn queue(&self) -> Vec<i64> {
        let left = self.run(None, &["leads", "--format", "json"], "");
        let rows: Vec<serde_json::Value> = serde_json::from_str(&left.out).unwrap();
        let number = |row: &serde_json::Value| row["handoff"].as_str()?.parse().ok();
        rows.iter().filter_map(number).collect()
    }

    /// Every row of every table, as text; the journal and what follows from the rows left out.
    pub(crate) fn dump(&self) -> String {
        let conn = Connection::open(self.file()).unwrap();
        let mut stmt = conn
            .prepare(
                "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'
                 AND name NOT IN ('journal', 'change', 'batch', 'facts_cache') ORDER BY name",
            )
            .unwrap();
        let tables: Vec<String> = stmt
            .query_map([], |row| row.get(0))
            .unwrap()
            .map(Result::unwrap)
            .collect();
        let mut out = String::new();
        for table in tables {
            let mut stmt = conn.prepare(&format!("SELECT * FROM {table}")).unwrap();
            let columns = stmt.column_count();
            let mut rows = stmt.query([]).unwrap();
            while let Some(row) = rows.next().unwrap() {
                let _ = write!(out, "{table}");
                for column in 0..columns {
                    let _ = write!(out, " | {:?}", row.get_ref(column).unwrap());
                }
                out.push('\n');
            }
        }
        out
    }
}

fn workspace(as_of: i64) -> Workspace {
    Workspace {
        name: "Acme".into(),
        currency: Currency::EUR,
        time_zone: "UTC".into(),
        fiscal_year_start: 1,
        week_start: 1,
        as_of: Some(Moment(as_of)),
    }
}

fn maker() -> Author {
    Author {
        handle: None,
        os_user: "maker".into(),
        at: Moment(NOW),
    }
}
