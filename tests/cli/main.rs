//! The program as scripts meet it: every subcommand without a terminal, its exit status, its two streams, wrong use, odd files.

#![expect(
    clippy::unwrap_used,
    reason = "a test stops where the program cannot be started"
)]

mod desk;
mod doubts;
mod imports;
mod meeting;
mod numbers;
mod report;
mod review;
mod setup;
mod workbooks;
mod wrong_use;
