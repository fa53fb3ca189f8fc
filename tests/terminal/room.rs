//! The program in a pseudo-terminal, with its screen as a person would see it. Knows no screen.

use std::io::{Read, Write};
use std::sync::mpsc::{self, Receiver};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

/// Longest time that anything may take; the machine may be busy.
pub(crate) const PATIENCE: Duration = Duration::from_secs(60);

/// What must have been switched off again at the end: mouse, paste, hidden cursor, alternate screen.
const GIVEN_BACK: [&str; 4] = [
    "\u{1b}[?1000l",
    "\u{1b}[?2004l",
    "\u{1b}[?25h",
    "\u{1b}[?1049l",
];

pub(crate) struct Room {
    child: Box<dyn Child + Send + Sync>,
    pub(crate) master: Box<dyn MasterPty + Send>,
    keys: Box<dyn Write + Send>,
    output: Receiver<Vec<u8>>,
    pub(crate) raw: String,
    screen: vt100::Parser,
    pub(crate) home: tempfile::TempDir,
    /// The line discipline before the program began.
    modes: String,
}

/// Echo, line editing and the rest.
fn modes(master: &dyn MasterPty) -> String {
    format!("{:?}", master.get_termios().expect("terminal modes"))
}

impl Room {
    pub(crate) fn open(args: &[&str], size: (u16, u16)) -> Self {
        Self::open_with(args, size, &[])
    }

    pub(crate) fn open_with(args: &[&str], size: (u16, u16), env: &[(&str, &str)]) -> Self {
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_smarketing"));
        command.args(args);
        Self::start(command, size, env)
    }

    pub(crate) fn start(
        mut command: CommandBuilder,
        size: (u16, u16),
        env: &[(&str, &str)],
    ) -> Self {
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

    pub(crate) fn take(&mut self, bytes: &[u8]) {
        self.raw.push_str(&String::from_utf8_lossy(bytes));
        self.screen.process(bytes);
    }

    pub(crate) fn text(&self) -> String {
        self.screen.screen().contents()
    }

    /// Reads until the screen shows `text`.
    pub(crate) fn wait_for(&mut self, text: &str) {
        let until = Instant::now() + PATIENCE;
        while !self.text().contains(text) {
            let left = until.saturating_duration_since(Instant::now());
            match self.output.recv_timeout(left) {
                Ok(bytes) => self.take(&bytes),
                Err(why) => panic!("{why}: '{text}' never came; the screen:\n{}", self.text()),
            }
        }
    }

    /// Takes what comes within a moment, if anything does.
    pub(crate) fn read_some(&mut self) {
        if let Ok(bytes) = self.output.recv_timeout(Duration::from_millis(20)) {
            self.take(&bytes);
        }
    }

    pub(crate) fn press(&mut self, keys: &str) {
        self.keys
            .write_all(keys.as_bytes())
            .expect("the terminal takes keys");
        self.keys.flush().expect("the terminal takes keys");
    }

    pub(crate) fn signal(&self, name: &str) {
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
    pub(crate) fn end(&mut self) -> u32 {
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

    pub(crate) fn assert_given_back(&self) {
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
