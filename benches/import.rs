//! A whole import beside `sqlite3 .import` of the same file into a typed table, alternating, in one run; and our peak memory.
//!
//! `cargo bench --bench import -- FILE.csv [PRESET]`: without a file, 200,000 leads are written first. Prints, asserts nothing.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

const ROUNDS: usize = 3;
const COLUMNS: &str = "id,created_at,first_name,last_name,email,company,title,industry,employees,country,source,campaign,\
score,budget,authority,need,timing,status,owner,rejected_at,reject_reason,opp_amount,opp_created,opp_close,won_at";
const INTEGERS: &[&str] = &[
    "id",
    "employees",
    "score",
    "budget",
    "authority",
    "need",
    "timing",
    "opp_amount",
];

fn main() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut arguments = std::env::args().skip(1).filter(|a| !a.starts_with("--"));
    let csv = arguments
        .next()
        .map_or_else(|| generated(folder.path(), 200_000), PathBuf::from);
    let map = arguments.next().unwrap_or_else(|| "leads-wide".into());
    let (mut ours, mut peer, mut peak) = (Vec::new(), Vec::new(), 0);
    for round in 0..ROUNDS {
        let (time, memory) = import(&csv, &map, &folder.path().join(format!("ours{round}.db")));
        ours.push(time);
        peak = peak.max(memory);
        peer.extend(shell(&csv, &folder.path().join(format!("peer{round}.db"))));
    }
    let ours = median(ours);
    println!(
        "import           {:>8.2} s   peak memory {} MB",
        ours.as_secs_f64(),
        peak / 1024
    );
    if peer.is_empty() {
        println!("sqlite3 .import  not installed, so there is no ratio");
    } else {
        let peer = median(peer);
        let ratio = ours.as_secs_f64() / peer.as_secs_f64();
        println!(
            "sqlite3 .import  {:>8.2} s   ratio {ratio:.2} ×  (at most 1.5, aim 1.0)",
            peer.as_secs_f64()
        );
    }
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}

/// Our import into a new workspace: the time of the import alone and the peak resident memory in KiB.
fn import(csv: &Path, map: &str, db: &Path) -> (Duration, u64) {
    let ours = || {
        let mut command = Command::new(env!("CARGO_BIN_EXE_smarketing"));
        command
            .arg("--db")
            .arg(db)
            .stdout(Stdio::null())
            .stdin(Stdio::null());
        command
    };
    let init = [
        "init",
        "--name",
        "Bench",
        "--currency",
        "USD",
        "--time-zone",
        "UTC",
        "--fiscal-year-start",
        "1",
        "--week-start",
        "monday",
    ];
    let made = ours().args(init).status();
    assert!(made.is_ok_and(|s| s.success()), "the workspace is made");
    let start = Instant::now();
    let mut child = ours()
        .arg("import")
        .arg(csv)
        .args(["--preset", map])
        .stderr(Stdio::null())
        .spawn()
        .expect("the import starts");
    let mut peak = 0;
    let status = loop {
        if let Some(status) = child.try_wait().expect("the import can be waited for") {
            break status;
        }
        peak = peak.max(high_water(child.id()));
        std::thread::sleep(Duration::from_millis(10));
    };
    // 3: done, but some rows were refused.
    assert!(
        matches!(status.code(), Some(0 | 3)),
        "the import ends well: {status}"
    );
    (start.elapsed(), peak)
}

/// Peak resident memory of a process in KiB; 0 where the system does not say.
fn high_water(process: u32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.split_whitespace().next()?.parse().ok())
        .unwrap_or(0)
}

/// The shell's import into a typed table.
fn shell(csv: &Path, db: &Path) -> Option<Duration> {
    let columns: Vec<_> = COLUMNS
        .split(',')
        .map(|column| {
            format!(
                "{column} {}",
                if INTEGERS.contains(&column) {
                    "INTEGER"
                } else {
                    "TEXT"
                }
            )
        })
        .collect();
    let script = format!(
        "CREATE TABLE lead ({});\n.mode csv\n.import --skip 1 '{}' lead\n",
        columns.join(", "),
        csv.display()
    );
    let start = Instant::now();
    let done = Command::new("sqlite3")
        .arg(db)
        .arg("-cmd")
        .arg(".bail on")
        .stdin(Stdio::piped())
        .spawn();
    let mut child = done.ok()?;
    std::io::Write::write_all(&mut child.stdin.take()?, script.as_bytes()).ok()?;
    child.wait().ok()?.success().then(|| start.elapsed())
}

/// Leads of the same columns, plain and regular.
fn generated(folder: &Path, rows: u64) -> PathBuf {
    let mut text = format!("{COLUMNS}\n");
    for i in 1..=rows {
        let (month, day, hour) = (1 + i % 12, 1 + i % 28, i % 24);
        let status = ["new", "working", "rejected", "rejected", "rejected"][(i % 5) as usize];
        let (rejected, reason) = if status == "rejected" {
            (format!("2025-{month:02}-28"), "No budget")
        } else {
            (String::new(), "")
        };
        writeln!(
            text,
            "{i},2025-{month:02}-{day:02} {hour:02}:00:00,Ana,Silva,ana{i}@firm{}.example,Firm {},Manager,Software,{},US,\
             Webinar,2025 Webinar {},{},5000,1,2,3,{status},owner{},{rejected},{reason},,,,",
            i % 9_000,
            i % 9_000,
            1 + i % 4_000,
            i % 40,
            i % 100,
            i % 24
        )
        .expect("text grows");
    }
    let path = folder.join("leads.csv");
    std::fs::write(&path, text).expect("the leads are written");
    path
}
