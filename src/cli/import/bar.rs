//! The progress bar of an import, on a terminal only: share read, rows, rate, remaining time.

use std::io::IsTerminal;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::transfer::read::Progress;

/// A bar that shows nothing where stderr is no terminal.
pub(super) struct Bar {
    drawn: ProgressBar,
    progress: Progress,
    rows: u64,
}

impl Bar {
    /// Starts at nothing.
    pub(super) fn new(progress: Progress) -> Bar {
        let target = if std::io::stderr().is_terminal() {
            ProgressDrawTarget::stderr_with_hz(10)
        } else {
            ProgressDrawTarget::hidden()
        };
        let bar = ProgressBar::with_draw_target(Some(progress.total()), target);
        let style = "{bar:30} {percent:>3} %  {msg}  {binary_bytes_per_sec}  {eta} left";
        if let Ok(style) = ProgressStyle::with_template(style) {
            bar.set_style(style);
        }
        Bar {
            drawn: bar,
            progress,
            rows: 0,
        }
    }

    /// Some more rows were read.
    pub(super) fn read(&mut self, rows: u64) {
        self.rows += rows;
        self.drawn.set_message(format!("{} rows", self.rows));
        self.drawn.set_position(self.progress.read());
    }

    /// The file is read; what is left is making it last.
    pub(super) fn writing(&self) {
        self.drawn
            .set_message(format!("{} rows, writing them down", self.rows));
        self.drawn.tick();
    }

    /// The bar goes away; what follows is said in words.
    pub(super) fn done(&self) {
        self.drawn.finish_and_clear();
    }
}
