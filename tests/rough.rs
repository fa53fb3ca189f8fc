//! Rough treatment: killed at random moments, written to by sixteen processes at once. What was acknowledged is there, what was
//! not finished left nothing.

#![expect(clippy::unwrap_used, reason = "a test stops at what it cannot do")]

use std::collections::HashMap;
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::PathBuf;
use std::process::{Child, Command, Output, Stdio};
use std::thread;
use std::time::Duration;

use rusqlite::{Connection, OpenFlags};

struct Room {
    folder: tempfile::TempDir,
}

/// What people decided and what came in: the file without its journal.
#[derive(Clone, Debug, PartialEq, Eq)]
struct State {
    leads: i64,
    verdicts: Vec<(i64, String)>,
}

impl Room {
    fn new() -> Room {
        let room = Room {
            folder: tempfile::tempdir().unwrap(),
        };
        let init = "init --name Acme --currency EUR --time-zone UTC";
        room.well(&init.split(' ').collect::<Vec<_>>(), "");
        room.well(&["people", "sam", "--side", "sales"], "");
        room
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn start(&self, args: &[&str], input: &str) -> Child {
        let mut child = Command::new(env!("CARGO_BIN_EXE_smarketing"))
            .env_clear()
            .env("HOME", self.folder.path())
            .env("SMARKETING_DB", self.path("room.db"))
            .env("SMARKETING_USER", "sam")
            .args(args)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        // Who is killed or does not read gets no input; a pipe holds what these tests give.
        let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
        child
    }

    fn run(&self, args: &[&str], input: &str) -> Output {
        self.start(args, input).wait_with_output().unwrap()
    }

    fn well(&self, args: &[&str], input: &str) {
        let output = self.run(args, input);
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{args:?}: {said}");
    }

    /// An export of so many leads in sales' hands.
    fn export(&self, name: &str, leads: usize) -> String {
        let mut text = String::from("Lead ID,Name,Email,Source,Created at,Status,Handed off at\n");
        for n in 0..leads {
            writeln!(
                text,
                "{name}-{n},Ada {n},{name}{n}@acme.test,Webinar,2025-01-01,Open,2025-01-02"
            )
            .unwrap();
        }
        let path = self.path(&format!("{name}.csv"));
        std::fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    }

    fn ask<T>(&self, ask: impl FnOnce(&Connection) -> rusqlite::Result<T>) -> T {
        let file = self.path("room.db");
        let conn = Connection::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap();
        ask(&conn).unwrap()
    }

    fn number(&self, sql: &str) -> i64 {
        self.ask(|conn| conn.query_row(sql, [], |row| row.get(0)))
    }

    fn state(&self) -> State {
        self.ask(|conn| {
            let leads = conn.query_row("SELECT count(*) FROM lead", [], |row| row.get(0))?;
            let sql = "SELECT id, coalesce(verdict, '') FROM handoff ORDER BY id";
            let verdicts = conn
                .prepare(sql)?
                .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
                .collect::<rusqlite::Result<_>>()?;
            Ok(State { leads, verdicts })
        })
    }

    /// The program's own examination, then SQLite's.
    fn assert_sound(&self) {
        self.well(&["doctor"], "");
        let found: String =
            self.ask(|conn| conn.query_row("PRAGMA integrity_check", [], |row| row.get(0)));
        assert_eq!(found, "ok");
        assert_eq!(
            self.number("SELECT count(*) FROM pragma_foreign_key_check"),
            0
        );
    }
}

/// A small die of our own, so that a run can be repeated.
struct Dice(u64);

impl Dice {
    fn below(&mut self, sides: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }
}

/// Something that a person starts and that is killed.
struct Deed {
    args: Vec<String>,
    input: String,
    /// What the file holds once it is done.
    after: State,
    takes_back: bool,
}

/// Leads in an import, verdicts in a bulk.
const LEADS: usize = 400;
const BULK: usize = 40;

/// Before each change that holds: what the file held, and the import's number if it was one.
type Past = Vec<(State, Option<i64>)>;

fn deed(room: &Room, dice: &mut Dice, now: &State, past: &Past, round: u64) -> Deed {
    let open: Vec<i64> = now
        .verdicts
        .iter()
        .filter(|(_, verdict)| verdict.is_empty())
        .map(|(id, _)| *id)
        .take(BULK)
        .collect();
    let roll = dice.below(10);
    if let Some((before, batch)) = past.last()
        && (roll < 4 || past.len() > 6)
    {
        let args = match batch {
            Some(batch) => vec!["import".into(), "--undo".into(), batch.to_string()],
            None => vec!["undo".into()],
        };
        return Deed {
            args,
            input: String::new(),
            after: before.clone(),
            takes_back: true,
        };
    }
    if open.len() < BULK || roll < 6 {
        let mut after = now.clone();
        after.leads += LEADS as i64;
        let file = room.export(&format!("r{round}"), LEADS);
        return Deed {
            args: vec!["import".into(), file],
            input: String::new(),
            after,
            takes_back: false,
        };
    }
    let (verb, word, rest) = if roll < 8 {
        ("accept", "accepted", "")
    } else {
        ("reject", "rejected", ",spam")
    };
    let mut input = String::from(if rest.is_empty() {
        "handoff\n"
    } else {
        "handoff,reason\n"
    });
    let mut after = now.clone();
    for (id, verdict) in &mut after.verdicts {
        if open.contains(id) {
            writeln!(input, "{id}{rest}").unwrap();
            word.clone_into(verdict);
        }
    }
    Deed {
        args: vec![verb.into(), "--from".into(), "-".into()],
        input,
        after,
        takes_back: false,
    }
}

/// Ids of new rows are not foretold; all else must be the same.
fn same(found: &State, wanted: &State) -> bool {
    let new = (wanted.leads as usize).saturating_sub(wanted.verdicts.len());
    found.leads == wanted.leads
        && found.verdicts.len() == wanted.verdicts.len() + new
        && found.verdicts.starts_with(&wanted.verdicts)
}

#[test]
fn what_was_acknowledged_survives_being_killed_and_what_was_not_left_nothing() {
    // More kills: SMARKETING_TEST_KILLS=1000 cargo test --release --test rough
    let kills = std::env::var("SMARKETING_TEST_KILLS").ok();
    let kills: u64 = kills.and_then(|n| n.parse().ok()).unwrap_or(25);
    let room = Room::new();
    let (mut dice, mut past) = (Dice(kills), Past::new());
    let empty = room.state();
    room.well(&["import", &room.export("first", LEADS)], "");
    past.push((empty, Some(room.number("SELECT max(id) FROM batch"))));
    let (mut killed, mut half_way, mut round) = (0, 0, 0);
    // Microseconds in which each kind of deed is killed: longer after a kill that came too early, shorter after none.
    let mut spans: HashMap<String, u64> = HashMap::new();
    while killed < kills {
        round += 1;
        let now = room.state();
        let deed = deed(&room, &mut dice, &now, &past, round);
        let args: Vec<&str> = deed.args.iter().map(String::as_str).collect();
        let span = spans
            .entry(args[..args.len() - 1].join(" "))
            .or_insert(200_000);
        let mut child = room.start(&args, &deed.input);
        thread::sleep(Duration::from_micros(dice.below(*span)));
        let running = child.try_wait().unwrap().is_none();
        child.kill().unwrap();
        let output = child.wait_with_output().unwrap();
        let acknowledged = output.status.success();
        if acknowledged {
            *span = (*span * 17 / 20).max(5_000);
        } else {
            let said = String::from_utf8_lossy(&output.stderr);
            assert!(running, "round {round} {args:?} failed by itself: {said}");
            *span = (*span * 11 / 10).min(2_000_000);
            killed += 1;
        }
        room.assert_sound();
        let found = room.state();
        let done = same(&found, &deed.after);
        if acknowledged {
            assert!(done, "round {round} {args:?}: acknowledged and not there");
        } else {
            assert!(
                done || found == now,
                "round {round} {args:?}: neither before nor after"
            );
        }
        if !done {
            half_way += 1;
        } else if deed.takes_back {
            past.pop();
        } else {
            let batch =
                (deed.args[0] == "import").then(|| room.number("SELECT max(id) FROM batch"));
            past.push((now, batch));
        }
    }
    println!(
        "{killed} kills in {round} rounds; {half_way} left nothing behind, {} changes hold",
        past.len()
    );
    assert!(half_way > 0, "no kill came in time to interrupt anything");
}

#[test]
fn sixteen_processes_give_two_hundred_verdicts_each_and_nothing_is_lost() {
    const WRITERS: usize = 16;
    const ALONE: usize = 8;
    const TOGETHER: usize = 192;
    let room = Room::new();
    let file = room.export("all", WRITERS * (ALONE + TOGETHER));
    room.well(&["import", &file], "");
    let ids: Vec<i64> = room.state().verdicts.iter().map(|(id, _)| *id).collect();
    let entries = room.number("SELECT count(*) FROM journal");
    thread::scope(|scope| {
        for part in ids.chunks(ALONE + TOGETHER) {
            let room = &room;
            scope.spawn(move || {
                for (n, id) in part[..ALONE].iter().enumerate() {
                    let id = id.to_string();
                    let args: &[&str] = if n % 2 == 0 {
                        &["accept", &id]
                    } else {
                        &["reject", &id, "--reason", "spam"]
                    };
                    quietly(&room.run(args, ""));
                }
                let mut rows = String::from("handoff\n");
                for id in &part[ALONE..] {
                    writeln!(rows, "{id}").unwrap();
                }
                quietly(&room.run(&["accept", "--from", "-"], &rows));
            });
        }
    });
    let count = |verdict| {
        room.number(&format!(
            "SELECT count(*) FROM handoff WHERE verdict = '{verdict}'"
        ))
    };
    let rejected = (WRITERS * ALONE / 2) as i64;
    assert_eq!(count("rejected"), rejected);
    assert_eq!(count("accepted"), ids.len() as i64 - rejected);
    let written = room.number("SELECT count(*) FROM journal") - entries;
    assert_eq!(written, (WRITERS * (ALONE + 1)) as i64);
    room.assert_sound();
}

fn quietly(output: &Output) {
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    assert!(!said.contains("locked") && !said.contains("busy"), "{said}");
}
