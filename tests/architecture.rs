//! Holds the map: who may import whom, which outside crates stay out, how large a file may be. Reads the sources as text.

#![expect(
    clippy::unwrap_used,
    reason = "a test stops where the sources cannot be read"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// A top-level module, the modules of ours it may use, and the outside names that it must not know.
struct Room {
    name: &'static str,
    may_use: &'static [&'static str],
    must_not_know: &'static [&'static str],
}

const TERMINAL: &str = "ratatui";
const KEYS: &str = "crossterm";
const SQL: &str = "rusqlite";
const ARGS: &str = "clap";
const FILES: &str = "std::fs";
const CLOCK: &str = "Utc::now";

const PURE: &[&str] = &[TERMINAL, KEYS, SQL, ARGS, FILES, CLOCK, "SystemTime::now"];

/// The map of ARCHITECTURE.md. `text` is a leaf that everybody may use, so it stands in no list.
const MAP: &[Room] = &[
    Room {
        name: "text",
        may_use: &[],
        must_not_know: PURE,
    },
    Room {
        name: "domain",
        may_use: &[],
        must_not_know: PURE,
    },
    Room {
        name: "facts",
        may_use: &["domain"],
        must_not_know: PURE,
    },
    Room {
        name: "metrics",
        may_use: &["domain", "facts"],
        must_not_know: PURE,
    },
    Room {
        name: "backtest",
        may_use: &["domain", "facts", "metrics"],
        must_not_know: PURE,
    },
    Room {
        name: "demo",
        may_use: &["domain"],
        must_not_know: PURE,
    },
    Room {
        name: "store",
        may_use: &["domain", "facts"],
        must_not_know: &[TERMINAL, KEYS, ARGS],
    },
    Room {
        name: "transfer",
        may_use: &["domain", "facts", "metrics"],
        must_not_know: &[TERMINAL, KEYS, SQL, ARGS],
    },
    Room {
        name: "report",
        may_use: &["domain", "facts", "metrics"],
        must_not_know: &[TERMINAL, KEYS, SQL, ARGS, FILES],
    },
    Room {
        name: "keymap",
        may_use: &[],
        must_not_know: &[SQL, ARGS, FILES, CLOCK],
    },
    Room {
        name: "theme",
        may_use: &[],
        must_not_know: &[SQL, ARGS, CLOCK],
    },
    Room {
        name: "widgets",
        may_use: &["theme"],
        must_not_know: &[SQL, ARGS, FILES, CLOCK],
    },
    Room {
        name: "screens",
        may_use: &[
            "domain", "facts", "metrics", "backtest", "keymap", "theme", "widgets",
        ],
        must_not_know: &[SQL, ARGS, FILES, CLOCK],
    },
    Room {
        name: "app",
        may_use: &[
            "domain", "facts", "metrics", "backtest", "keymap", "theme", "widgets", "screens",
        ],
        must_not_know: &[SQL, ARGS, FILES, CLOCK],
    },
    Room {
        name: "tui",
        may_use: &["app", "store", "domain", "facts", "theme", "keymap"],
        must_not_know: &[ARGS, SQL],
    },
    Room {
        name: "cli",
        may_use: &[
            "tui", "store", "domain", "facts", "metrics", "backtest", "demo", "transfer", "report",
            "theme",
        ],
        must_not_know: &[SQL, TERMINAL],
    },
];

/// Longest source file.
const MOST_LINES: usize = 400;

fn sources(folder: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).into_iter().flatten() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "rs") {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

/// The top-level module that a file of `src` belongs to.
fn room_of(path: &Path) -> String {
    let inside = path
        .strip_prefix(Path::new(env!("CARGO_MANIFEST_DIR")).join("src"))
        .unwrap();
    let first = inside
        .components()
        .next()
        .unwrap()
        .as_os_str()
        .to_string_lossy();
    first.trim_end_matches(".rs").to_owned()
}

/// Code without comments and without what stands below `#[cfg(test)]`.
fn code(path: &Path) -> String {
    let text = fs::read_to_string(path).unwrap();
    let code = text.split("#[cfg(test)]").next().unwrap_or_default();
    code.lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .collect::<Vec<_>>()
        .join("\n")
}

/// Modules of ours named after `crate::`, in `use crate::{a, b::c}` too.
fn used(code: &str) -> BTreeSet<String> {
    let word = |text: &str| {
        text.chars()
            .take_while(|c| c.is_alphanumeric() || *c == '_')
            .collect::<String>()
    };
    let mut names = BTreeSet::new();
    for (at, _) in code.match_indices("crate::") {
        let rest = &code[at + "crate::".len()..];
        let Some(group) = rest.strip_prefix('{') else {
            names.insert(word(rest));
            continue;
        };
        let mut depth = 0;
        let mut start = true;
        for (i, c) in group.char_indices() {
            match c {
                '{' => depth += 1,
                '}' if depth == 0 => break,
                '}' => depth -= 1,
                ',' if depth == 0 => start = true,
                c if start && !c.is_whitespace() => {
                    names.insert(word(&group[i..]));
                    start = false;
                }
                _ => {}
            }
        }
    }
    names
}

#[test]
fn modules_use_only_what_the_map_lets_them() {
    let mut wrong = Vec::new();
    for path in sources("src") {
        let room = room_of(&path);
        if room == "lib" || room == "main" {
            continue;
        }
        let rule = MAP.iter().find(|r| r.name == room);
        let Some(rule) = rule else {
            wrong.push(format!("{}: '{room}' is not on the map", path.display()));
            continue;
        };
        let code = code(&path);
        for name in used(&code) {
            let known = MAP.iter().any(|r| r.name == name);
            if known && name != room && name != "text" && !rule.may_use.contains(&name.as_str()) {
                wrong.push(format!("{}: {room} must not use {name}", path.display()));
            }
        }
        for name in rule.must_not_know {
            if code.contains(name) {
                wrong.push(format!("{}: {room} must not know {name}", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_map_has_no_cycle_and_names_every_module() {
    let uses: BTreeMap<_, _> = MAP.iter().map(|r| (r.name, r.may_use)).collect();
    let mut settled: BTreeSet<&str> = BTreeSet::new();
    while let Some(next) = uses
        .iter()
        .find(|(name, needs)| !settled.contains(*name) && needs.iter().all(|n| settled.contains(n)))
    {
        settled.insert(next.0);
    }
    assert_eq!(
        settled.len(),
        MAP.len(),
        "in a cycle: {:?}",
        uses.keys().filter(|n| !settled.contains(*n))
    );
    let rooms: BTreeSet<_> = sources("src")
        .iter()
        .map(|p| room_of(p))
        .filter(|r| r != "lib" && r != "main")
        .collect();
    assert_eq!(rooms, MAP.iter().map(|r| r.name.to_owned()).collect());
}

#[test]
fn sql_stands_in_the_store_only() {
    let verbs = [
        "SELECT ",
        "INSERT INTO",
        "UPDATE ",
        "DELETE FROM",
        "PRAGMA ",
    ];
    for path in sources("src").into_iter().filter(|p| room_of(p) != "store") {
        let code = code(&path);
        for verb in verbs {
            assert!(
                !code.contains(verb),
                "{}: '{verb}' is SQL outside store",
                path.display()
            );
        }
    }
}

#[test]
fn only_the_command_line_prints() {
    for path in sources("src")
        .into_iter()
        .filter(|p| !["cli", "main"].contains(&room_of(p).as_str()))
    {
        let code = code(&path);
        for call in ["println!", "print!(", "eprint!(", "dbg!"] {
            assert!(
                !code.contains(call),
                "{}: {call} outside cli",
                path.display()
            );
        }
    }
}

#[test]
fn files_are_short_and_say_first_what_they_are() {
    let mut wrong = Vec::new();
    for path in ["src", "tests", "benches"].into_iter().flat_map(sources) {
        let text = fs::read_to_string(&path).unwrap();
        let lines = text.lines().count();
        if lines > MOST_LINES {
            wrong.push(format!(
                "{}: {lines} lines, {MOST_LINES} at most; split it at a concept",
                path.display()
            ));
        }
        if !text.starts_with("//! ") {
            wrong.push(format!(
                "{}: the first line says in one sentence what it is and never does",
                path.display()
            ));
        }
        if path.file_name().is_some_and(|n| n == "mod.rs") {
            wrong.push(format!("{}: foo.rs beside foo/, no mod.rs", path.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn grouped_imports_are_seen() {
    let names = used("use crate::{domain::{a, b}, store};\nfn f() { crate::text::clean() }");
    assert_eq!(names, ["domain", "store", "text"].map(str::to_owned).into());
}
