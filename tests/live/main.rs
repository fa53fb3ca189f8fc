//! Several people at one workspace, as keys and screens without a terminal: the program's own threads are played by the test.

#![expect(clippy::unwrap_used, reason = "a test stops at what it cannot do")]

mod clash;
mod desk;
mod follow;
mod minutes;
mod read_only;
