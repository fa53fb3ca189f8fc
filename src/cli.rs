//! The command line: clap types and one function per subcommand; draws nothing, writes no SQL.

mod args;
mod backup;
mod demo;
mod doctor;
mod explain;
mod failure;
mod files;
mod import;
mod init;
mod open;
mod out;
mod paths;
mod people;
mod score;
mod session;
mod settings;
mod shell;
mod tables;
mod targets;

use clap::Parser;

pub use args::Cli;
pub use demo::fill;
pub use failure::Failure;
pub use out::say;

use args::Task;
use session::Session;

/// Reads the arguments of this process and does what they say. Ends the process itself for `--help`, `--version` and
/// arguments that clap refuses (exit status 2).
pub fn run() -> Result<(), Failure> {
    let cli = Cli::parse();
    let mut session = Session {
        global: cli.global,
        author: cli.author,
    };
    match cli.task {
        None => open::run(&session),
        Some(Task::Demo) => demo::run(session),
        Some(Task::Init(args)) => init::run(&session, &args),
        Some(Task::Import(args)) => import::run(&session, &args),
        Some(Task::Score(args)) => score::run(&session, &args),
        Some(Task::Explain(args)) => explain::run(&session, &args),
        Some(Task::Backup(args)) => backup::run(&session, &args),
        Some(Task::Doctor) => doctor::run(&session),
        Some(Task::Settings(args)) => {
            session.sign(&args.who);
            settings::run(&session, &args)
        }
        Some(Task::Targets(args)) => {
            session.sign(&args.who);
            targets::run(&session, &args)
        }
        Some(Task::People(args)) => {
            session.sign(&args.who);
            people::run(&session, &args)
        }
        Some(Task::Paths) => paths::run(&session),
        Some(Task::Completions(args)) => shell::completions(&args),
        Some(Task::Man) => shell::man(),
    }
}
