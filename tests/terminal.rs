//! The room in a real pseudo-terminal: it starts, draws, leaves, and gives the terminal back whatever happens.

use std::io::{Read, Write};
use std::path::PathBuf;
use std::sync::mpsc::{self, Receiver};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

/// Longest time that anything may take; the machine may be busy.
const PATIENCE: Duration = Duration::from_secs(30);

/// What must have been switched off again at the end: mouse, paste, hidden cursor, alternate screen.
const GIVEN_BACK: [&str; 4] = [
    "\u{1b}[?1000l",
    "\u{1b}[?2004l",
    "\u{1b}[?25h",
    "\u{1b}[?1049l",
];

struct Room {
    child: Box<dyn Child + Send + Sync>,
    master: Box<dyn MasterPty + Send>,
    keys: Box<dyn Write + Send>,
    output: Receiver<Vec<u8>>,
    raw: String,
    screen: vt100::Parser,
    home: tempfile::TempDir,
    /// The line discipline before the program began.
    modes: String,
}

/// Echo, line editing and the rest.
fn modes(master: &dyn MasterPty) -> String {
    format!("{:?}", master.get_termios().expect("terminal modes"))
}

impl Room {
    fn open(args: &[&str], size: (u16, u16)) -> Self {
        Self::open_with(args, size, &[])
    }

    fn open_with(args: &[&str], size: (u16, u16), env: &[(&str, &str)]) -> Self {
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_smarketing"));
        command.args(args);
        Self::start(command, size, env)
    }

    fn start(mut command: CommandBuilder, size: (u16, u16), env: &[(&str, &str)]) -> Self {
        let (cols, rows) = size;
        let pty = native_pty_system()
            .openpty(PtySize {
                rows,
                cols,
                pixel_width: 0,
                pixel_height: 0,
            })
            .expect("a pseudo-terminal");
        let home = tempfile::tempdir().expect("a folder");
        let modes = modes(&*pty.master);
        command.env_clear();
        command.env("HOME", home.path());
        command.env("TERM", "xterm-256color");
        for (key, value) in env {
            command.env(key, value);
        }
        let child = pty
            .slave
            .spawn_command(command)
            .expect("the program starts");
        let mut reader = pty.master.try_clone_reader().expect("a reader");
        let (to, output) = mpsc::channel();
        std::thread::spawn(move || {
            let mut bytes = vec![0_u8; 65_536];
            while let Ok(n) = reader.read(&mut bytes) {
                if n == 0 || to.send(bytes[..n].to_vec()).is_err() {
                    return;
                }
            }
        });
        let keys = pty.master.take_writer().expect("a writer");
        Self {
            child,
            master: pty.master,
            keys,
            output,
            raw: String::new(),
            screen: vt100::Parser::new(
                rows.try_into().expect("rows"),
                cols.try_into().expect("columns"),
                0,
            ),
            home,
            modes,
        }
    }

    fn take(&mut self, bytes: &[u8]) {
        self.raw.push_str(&String::from_utf8_lossy(bytes));
        self.screen.process(bytes);
    }

    fn text(&self) -> String {
        self.screen.screen().contents()
    }

    /// Reads until the screen shows `text`.
    fn wait_for(&mut self, text: &str) {
        let until = Instant::now() + PATIENCE;
        while !self.text().contains(text) {
            let left = until.saturating_duration_since(Instant::now());
            match self.output.recv_timeout(left) {
                Ok(bytes) => self.take(&bytes),
                Err(why) => panic!("{why}: '{text}' never came; the screen:\n{}", self.text()),
            }
        }
    }

    fn press(&mut self, keys: &str) {
        self.keys
            .write_all(keys.as_bytes())
            .expect("the terminal takes keys");
        self.keys.flush().expect("the terminal takes keys");
    }

    fn signal(&self, name: &str) {
        let pid = self
            .child
            .process_id()
            .expect("a running program")
            .to_string();
        let sent = std::process::Command::new("kill")
            .args(["-s", name, &pid])
            .status()
            .expect("kill runs");
        assert!(sent.success());
    }

    /// Waits for the end; gives the exit status.
    fn end(&mut self) -> u32 {
        let until = Instant::now() + PATIENCE;
        let status = loop {
            if let Some(status) = self
                .child
                .try_wait()
                .expect("the program can be waited for")
            {
                break status.exit_code();
            }
            assert!(
                Instant::now() < until,
                "still running; the screen:\n{}",
                self.text()
            );
            if let Ok(bytes) = self.output.recv_timeout(Duration::from_millis(20)) {
                self.take(&bytes);
            }
        };
        while let Ok(bytes) = self.output.recv_timeout(Duration::from_millis(200)) {
            self.take(&bytes);
        }
        status
    }

    fn assert_given_back(&self) {
        for mode in GIVEN_BACK {
            let on = mode.replace(['l', 'h'], "");
            let last = self
                .raw
                .rfind(&on)
                .unwrap_or_else(|| panic!("{mode:?} was never set"));
            assert!(
                self.raw[last..].starts_with(mode),
                "{mode:?} is not the last word"
            );
        }
        assert!(!self.screen.screen().alternate_screen());
        assert_eq!(modes(&*self.master), self.modes);
    }
}

impl Drop for Room {
    fn drop(&mut self) {
        let _ = self.child.kill();
    }
}

#[test]
fn the_demo_opens_draws_and_leaves() {
    let mut room = Room::open(&["demo"], (80, 24));
    room.wait_for("Qualified Pipeline Sourced");
    room.press("q");
    assert_eq!(room.end(), 0);
    room.assert_given_back();
}

#[test]
fn the_first_run_offers_a_beginning_and_creates_nothing() {
    let mut room = Room::open(&[], (80, 24));
    room.wait_for("Look at the demo");
    room.press("q");
    assert_eq!(room.end(), 0);
    room.assert_given_back();
    assert!(
        !room
            .home
            .path()
            .join(".local/share/smarketing/workspace.db")
            .exists()
    );
}

#[test]
fn a_number_opens_its_rows_and_a_row_its_card() {
    let mut room = Room::open(&["demo"], (120, 36));
    room.wait_for("Qualified Pipeline Sourced");
    room.press("\r");
    room.wait_for("Adds");
    room.wait_for("sum");
    room.press("\r");
    room.wait_for("Timeline of both teams");
    room.press("\u{1b}");
    room.press("q");
    room.press("qqq");
    assert_eq!(room.end(), 0);
    room.assert_given_back();
}

#[test]
fn signals_end_the_room_and_give_the_terminal_back() {
    for signal in ["TERM", "HUP", "INT"] {
        let mut room = Room::open(&["demo"], (80, 24));
        room.wait_for("Qualified Pipeline Sourced");
        room.signal(signal);
        room.end();
        room.assert_given_back();
    }
}

#[test]
fn a_file_that_is_no_workspace_is_an_error_after_the_terminal_is_back() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("notes.db");
    std::fs::write(&file, "these are notes, no workspace at all").expect("a file");
    let mut room = Room::open(&["--db", &file.display().to_string()], (80, 24));
    assert_eq!(room.end(), 1);
    room.assert_given_back();
    assert!(room.text().contains("smarketing: "), "{}", room.text());
}

#[test]
fn half_an_escape_sequence_does_not_stop_a_resize() {
    let mut room = Room::open(&["demo"], (80, 24));
    room.wait_for("Qualified Pipeline Sourced");
    room.press("\u{1b}[");
    let size = PtySize {
        rows: 10,
        cols: 40,
        pixel_width: 0,
        pixel_height: 0,
    };
    room.master.resize(size).expect("a resize");
    room.wait_for("This window is too small");
    room.signal("TERM");
    room.end();
}

#[test]
fn without_colours_nothing_is_coloured_and_bold_stays() {
    let mut room = Room::open_with(&["demo"], (80, 24), &[("NO_COLOR", "1")]);
    room.wait_for("Qualified Pipeline Sourced");
    room.press("q");
    room.end();
    let coloured = room.raw.split("\u{1b}[").any(|code| {
        let code = code.split('m').next().unwrap_or_default();
        code.starts_with("38;5;") || code.starts_with("48;5;")
    });
    assert!(!coloured);
    assert!(room.raw.contains("\u{1b}[1m"));
}

/// Names the folder for the report in the process that is to panic.
const TO_PANIC: &str = "SMARKETING_TEST_PANIC_REPORTS";

/// Takes the terminal as the room does, panics on a thread of its own, and ends without tidying up after itself.
fn panic_in_the_room(reports: PathBuf) {
    let _ = smarketing::tui::holding::<()>(Some(reports), || {
        let worker = std::thread::Builder::new().name("worker".into());
        let died = worker.spawn(|| panic!("ada@acme.test"))?.join();
        std::process::exit(if died.is_err() { 42 } else { 0 });
    });
}

#[test]
fn a_panic_on_any_thread_gives_the_terminal_back_and_leaves_a_report_without_names() {
    if let Some(reports) = std::env::var_os(TO_PANIC) {
        return panic_in_the_room(reports.into());
    }
    let folder = tempfile::tempdir().expect("a folder");
    let this = std::env::current_exe().expect("this test");
    let mut command = CommandBuilder::new(this);
    command.args([
        "--exact",
        "a_panic_on_any_thread_gives_the_terminal_back_and_leaves_a_report_without_names",
        "--nocapture",
    ]);
    let reports = folder.path().display().to_string();
    let mut room = Room::start(command, (120, 40), &[(TO_PANIC, &reports)]);
    assert_eq!(room.end(), 42, "{}", room.text());
    room.assert_given_back();
    assert!(
        room.text()
            .contains("stopped because of a fault of its own"),
        "{}",
        room.text()
    );
    let report = folder.path().join("crash-report.txt");
    let report = std::fs::read_to_string(report).expect("a report");
    assert!(report.contains("thread worker"), "{report}");
    assert!(!report.contains("ada@acme"), "{report}");
}
