//! A program in a pseudo-terminal, watched with the times at which its bytes arrive. Knows no program.

use std::io::{Read, Write};
use std::num::NonZero;
use std::path::Path;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

const ROWS: NonZero<u16> = NonZero::new(36).expect("36 is not 0");
const COLUMNS: NonZero<u16> = NonZero::new(120).expect("120 is not 0");

/// Bytes as they arrived, with their moment.
type Chunk = (Instant, Vec<u8>);

/// A running program.
pub(crate) struct Watched {
    started: Instant,
    screen: vt100::Parser,
    chunks: Receiver<Chunk>,
    input: Box<dyn Write + Send>,
    child: Box<dyn Child + Send + Sync>,
    _terminal: Box<dyn MasterPty + Send>,
}

impl Watched {
    /// Starts a program at 120×36 with these arguments and environment.
    pub(crate) fn start(
        program: &Path,
        arguments: &[&str],
        environment: &[(&str, &str)],
    ) -> Watched {
        let size = PtySize {
            rows: ROWS.get(),
            cols: COLUMNS.get(),
            pixel_width: 0,
            pixel_height: 0,
        };
        let pair = native_pty_system().openpty(size).expect("a pty");
        let mut command = CommandBuilder::new(program);
        command.args(arguments);
        command.env("TERM", "xterm-256color");
        for (key, value) in environment {
            command.env(key, value);
        }
        let mut output = pair.master.try_clone_reader().expect("a reader");
        let input = pair.master.take_writer().expect("a writer");
        let (send, chunks) = channel();
        let started = Instant::now();
        let child = pair
            .slave
            .spawn_command(command)
            .expect("the program starts");
        std::thread::spawn(move || {
            let mut buffer = vec![0; 65_536];
            while let Ok(n @ 1..) = output.read(&mut buffer) {
                if send.send((Instant::now(), buffer[..n].to_vec())).is_err() {
                    break;
                }
            }
        });
        Watched {
            started,
            screen: vt100::Parser::new(ROWS, COLUMNS, 0),
            chunks,
            input,
            child,
            _terminal: pair.master,
        }
    }

    /// Waits until the screen shows `text`; the time since the start, of the chunk that brought it.
    pub(crate) fn until(&mut self, text: &str) -> Option<Duration> {
        self.until_any(&[text])
    }

    /// The same for the first of several texts.
    pub(crate) fn until_any(&mut self, texts: &[&str]) -> Option<Duration> {
        let shown = |screen: &vt100::Parser| {
            let contents = screen.screen().contents();
            texts.iter().any(|text| contents.contains(text))
        };
        let end = Instant::now() + Duration::from_secs(60);
        if shown(&self.screen) {
            return Some(self.started.elapsed());
        }
        while let Ok((at, bytes)) = self
            .chunks
            .recv_timeout(end.saturating_duration_since(Instant::now()))
        {
            self.screen.process(&bytes);
            if shown(&self.screen) {
                return Some(at - self.started);
            }
        }
        None
    }

    /// Sends a key; the time until the last byte before 60 ms of silence. `None` when nothing came.
    pub(crate) fn key(&mut self, key: &str) -> Option<Duration> {
        let sent = Instant::now();
        self.input.write_all(key.as_bytes()).ok()?;
        self.input.flush().ok()?;
        self.quiet(Duration::from_millis(500))
            .map(|last| last - sent)
    }

    /// Waits for bytes and then for silence; the moment of the last byte.
    pub(crate) fn quiet(&mut self, first: Duration) -> Option<Instant> {
        let mut last = None;
        let mut wait = first;
        loop {
            match self.chunks.recv_timeout(wait) {
                Ok((at, bytes)) => {
                    self.screen.process(&bytes);
                    last = Some(at);
                    wait = Duration::from_millis(60);
                }
                Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => return last,
            }
        }
    }
}

impl Drop for Watched {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
