//! At the terminal, each beside a peer in the same run: exec to first frame (sqlite3 shell), key to repaint (less).
//!
//! `cargo bench --bench terminal -- FILE.db …`: every file is measured; without one the demo is. Prints, asserts nothing.

#[path = "support/pty.rs"]
mod pty;

use std::path::{Path, PathBuf};
use std::time::Duration;

use pty::Watched;

const ROUNDS: usize = 15;

fn median(mut times: Vec<Duration>) -> Option<f64> {
    times.sort_unstable();
    times.get(times.len() / 2).map(|t| t.as_secs_f64() * 1e3)
}

fn p95(mut times: Vec<Duration>) -> Option<f64> {
    times.sort_unstable();
    times
        .get(times.len() * 95 / 100)
        .map(|t| t.as_secs_f64() * 1e3)
}

fn found(program: &str) -> Option<PathBuf> {
    std::env::split_paths(&std::env::var_os("PATH")?)
        .map(|dir| dir.join(program))
        .find(|path| path.is_file())
}

fn ratio(ours: Option<f64>, peer: Option<f64>) -> String {
    match (ours, peer) {
        (Some(ours), Some(peer)) if peer > 0.0 => format!("{:.2} ×", ours / peer),
        _ => "—".into(),
    }
}

fn shown(time: Option<f64>) -> String {
    time.map_or("—".into(), |ms| format!("{ms:.2} ms"))
}

fn main() {
    let ours = PathBuf::from(env!("CARGO_BIN_EXE_smarketing"));
    let folder = tempfile::tempdir().expect("a temporary folder");
    let files: Vec<PathBuf> = std::env::args()
        .skip(1)
        .filter(|a| !a.starts_with("--"))
        .map(PathBuf::from)
        .collect();
    let files = if files.is_empty() {
        vec![demo(&ours, folder.path())]
    } else {
        files
    };
    let text = folder.path().join("lines.txt");
    let line = "a line of an ordinary width, as less shows it
";
    std::fs::write(&text, line.repeat(100_000)).expect("a text file");
    for file in &files {
        println!("{}", file.display());
        first_frame(&ours, file);
        keys(&ours, file, &text);
    }
}

/// Writes the demo into a file by running it without a terminal.
fn demo(ours: &Path, folder: &Path) -> PathBuf {
    let file = folder.join("demo.db");
    let done = std::process::Command::new(ours)
        .arg("--db")
        .arg(&file)
        .arg("demo")
        .output();
    assert!(
        done.is_ok_and(|d| d.status.success()),
        "the demo is written"
    );
    file
}

fn first_frame(ours: &Path, file: &Path) {
    let db = file.to_string_lossy();
    let (mut mine, mut board, mut peer) = (Vec::new(), Vec::new(), Vec::new());
    let shell = found("sqlite3");
    for _ in 0..ROUNDS {
        let mut watched = Watched::start(ours, &["--db", &db], &[]);
        // A short history may be there before the screen that names its file.
        mine.extend(watched.until_any(&["opening", "Qualified Pipeline Sourced"]));
        board.extend(
            watched
                .until("Qualified Pipeline Sourced")
                .or(Some(Duration::MAX)),
        );
        drop(watched);
        if let Some(shell) = &shell {
            peer.extend(Watched::start(shell, &[&db], &[]).until("sqlite>"));
        }
    }
    let (mine, board, peer) = (median(mine), median(board), median(peer));
    println!(
        "  first frame      {:>10}   sqlite3 shell {:>10}   {}",
        shown(mine),
        shown(peer),
        ratio(mine, peer)
    );
    println!("  whole board      {:>10}", shown(board));
}

fn keys(ours: &Path, file: &Path, text: &Path) {
    let db = file.to_string_lossy();
    let mut watched = Watched::start(ours, &["--db", &db], &[]);
    watched.until("Qualified Pipeline Sourced");
    watched.quiet(Duration::from_secs(2));
    let mine = presses(&mut watched, &["j", "j", "k", "l", "k", "h"]);
    let filter = presses(&mut watched, &["[", "]"]);
    let peer = found("less").map(|less| {
        let mut watched = Watched::start(&less, &[&text.to_string_lossy()], &[]);
        watched.quiet(Duration::from_secs(2));
        presses(&mut watched, &["j"])
    });
    let (mine, peer) = (p95(mine), peer.and_then(p95));
    println!(
        "  key to repaint   {:>10}   less          {:>10}   {}   (p95)",
        shown(mine),
        shown(peer),
        ratio(mine, peer)
    );
    println!(
        "  period to board  {:>10}                                      (p95)",
        shown(p95(filter))
    );
}

fn presses(watched: &mut Watched, keys: &[&str]) -> Vec<Duration> {
    (0..60)
        .filter_map(|i| watched.key(keys[i % keys.len()]))
        .collect()
}
