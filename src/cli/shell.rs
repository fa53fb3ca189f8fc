//! `smarketing completions` and `smarketing man`: made from the same clap types that parse. Need no workspace.

use clap::CommandFactory;

use super::args::{Cli, CompletionsArgs};
use super::failure::Failure;
use super::out;

/// Prints the completion script of a shell.
pub(super) fn completions(args: &CompletionsArgs) -> Result<(), Failure> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "smarketing", &mut script);
    out::print(&String::from_utf8_lossy(&script))
}

/// Prints the manual page: the program and each subcommand.
pub(super) fn man() -> Result<(), Failure> {
    let mut page = Vec::new();
    let mut command = Cli::command();
    command.build();
    let failed = |error: std::io::Error| Failure::new(format!("the manual page: {error}"));
    clap_mangen::Man::new(command.clone())
        .render(&mut page)
        .map_err(failed)?;
    out::print(&String::from_utf8_lossy(&page))
}
