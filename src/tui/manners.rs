//! What the loop does to the terminal itself: clipboard, mouse, giving it to the shell and taking it back. Draws nothing.

use super::guard::{self, Mouse};
use super::{Session, clipboard, suspend};

impl Session {
    pub(super) fn copy(&mut self, what: &str, text: &str) -> anyhow::Result<()> {
        match clipboard::sequence(text) {
            Some(bytes) => {
                guard::write(&bytes)?;
                self.app.say_done(format!("Copied {what}"));
            }
            None => self.app.say_failed(format!(
                "{what} is too long for a terminal's clipboard; nothing was copied"
            )),
        }
        Ok(())
    }

    pub(super) fn toggle_mouse(&mut self) -> anyhow::Result<()> {
        self.mouse = match self.mouse {
            Mouse::Ours => Mouse::Terminals,
            Mouse::Terminals => Mouse::Ours,
        };
        guard::set_mouse(self.mouse)?;
        self.app.say_done(match self.mouse {
            Mouse::Ours => "The mouse clicks and scrolls here; m gives it back to the terminal",
            Mouse::Terminals => "The mouse selects text again; m takes it back",
        });
        Ok(())
    }

    pub(super) fn suspend(&mut self) -> anyhow::Result<()> {
        if !suspend::has_job_control() {
            self.app
                .say_failed("No shell could bring the program back, so it was not suspended");
            return Ok(());
        }
        guard::give_back();
        suspend::stop();
        self.come_back()
    }

    pub(super) fn come_back(&mut self) -> anyhow::Result<()> {
        guard::take(self.mouse)?;
        self.screen.forget()?;
        self.app.changed();
        Ok(())
    }
}
