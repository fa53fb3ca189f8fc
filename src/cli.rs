//! The command line: clap types and one function per subcommand; draws nothing, writes no SQL.

mod agreed;
mod args;
mod backup;
mod catalogue;
mod config;
mod criteria;
mod deals;
mod demo;
mod desk;
mod doctor;
mod explain;
mod export;
mod failure;
mod files;
mod import;
mod init;
mod journal;
mod leads;
mod meeting;
mod open;
mod out;
mod paper;
mod paths;
mod people;
mod rejections;
mod report;
mod review;
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
    refuse_html(&cli)?;
    let mut session = Session {
        global: cli.global,
        author: cli.author,
    };
    // A name that is wrong is wrong for every subcommand, also for those that draw nothing.
    open::theme(&session)?;
    if let Some(what) = cli.task.as_ref().and_then(only_present) {
        session.present(what)?;
    }
    match cli.task {
        None => open::run(&session),
        Some(Task::Demo) => demo::run(session),
        Some(Task::Init(args)) => init::run(&session, &args),
        Some(Task::Import(args)) => import::run(&session, &args),
        Some(Task::Score(args)) => score::run(&session, &args),
        Some(Task::Explain(args)) => explain::run(&session, &args),
        Some(Task::Backup(args)) => backup::run(&session, &args),
        Some(Task::Doctor(args)) => doctor::run(&session, &args),
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
        Some(Task::Leads(args)) => {
            session.sign(&args.who);
            leads::run(&session, &args)
        }
        Some(Task::Touch(args)) => {
            session.sign(&args.many.who);
            desk::touch(&session, &args)
        }
        Some(Task::HandOver(args)) => {
            session.sign(&args.many.who);
            desk::hand_over(&session, &args)
        }
        Some(Task::Assign(args)) => {
            session.sign(&args.many.who);
            desk::assign(&session, &args)
        }
        Some(Task::Attempt(args)) => {
            session.sign(&args.many.who);
            desk::attempt(&session, &args)
        }
        Some(Task::Accept(args)) => {
            session.sign(&args.many.who);
            desk::accept(&session, &args)
        }
        Some(Task::Reject(args)) => {
            session.sign(&args.many.who);
            desk::reject(&session, &args)
        }
        Some(Task::Recycle(args)) => {
            session.sign(&args.many.who);
            desk::recycle(&session, &args)
        }
        Some(Task::Reopen(args)) => {
            session.sign(&args.many.who);
            desk::reopen(&session, &args)
        }
        Some(Task::Qualify(args)) => {
            session.sign(&args.many.who);
            desk::qualify(&session, &args)
        }
        Some(Task::Lead(args)) => leads::card(&session, &args.lead),
        Some(Task::Agreed(task)) => agreed::run(&mut session, &task),
        Some(Task::Deals) => deals::list(&session),
        Some(Task::Deal(args)) => {
            session.sign(&args.many.who);
            desk::deal(&session, &args)
        }
        Some(Task::Challenge(args)) => {
            session.sign(&args.many.who);
            desk::challenge(&session, &args)
        }
        Some(Task::Settle(args)) => {
            session.sign(&args.many.who);
            desk::settle(&session, &args)
        }
        Some(Task::Feedback(args)) => {
            session.sign(&args.who);
            review::feedback(&session, &args)
        }
        Some(Task::Lists(args)) => {
            session.sign(&args.who);
            review::lists(&session, &args)
        }
        Some(Task::Criteria(args)) => {
            session.sign(&args.who);
            criteria::run(&session, &args)
        }
        Some(Task::Meeting(args)) => {
            session.sign(&args.who);
            meeting::run(&session, &args)
        }
        Some(Task::Reasons(args)) => {
            session.sign(&args.who);
            catalogue::reasons(&session, &args)
        }
        Some(Task::Stages(args)) => {
            session.sign(&args.who);
            catalogue::stages(&session, &args)
        }
        Some(Task::Undo(args)) => {
            session.sign(&args.who);
            journal::undo(&session, &args)
        }
        Some(Task::Redo(args)) => {
            session.sign(&args.who);
            journal::redo(&session)
        }
        Some(Task::Rejections(args)) => {
            session.sign(&args.who);
            rejections::run(&session, &args)
        }
        Some(Task::Report(args)) => report::run(&session, &args),
        Some(Task::SecondLook(args)) => rejections::second_look(&session, &args),
        Some(Task::Export(args)) => export::run(&session, &args),
        Some(Task::Journal(args)) => journal::list(&session, &args),
        Some(Task::Paths) => paths::run(&session),
        Some(Task::Completions(args)) => shell::completions(&args),
        Some(Task::Man) => shell::man(),
    }
}

/// What shows (or changes) the present and nothing earlier, as its subcommand is called.
fn only_present(task: &Task) -> Option<&'static str> {
    use agreed::Agreed;
    Some(match task {
        Task::Deals => "deals",
        Task::Deal(_) => "deal",
        Task::Lead(_) => "lead",
        Task::Targets(_) => "targets",
        Task::Export(_) => "export",
        Task::Journal(_) => "journal",
        Task::Agreed(Agreed::Spend(_)) => "spend",
        Task::Agreed(Agreed::Sources(_)) => "sources",
        Task::Agreed(Agreed::Campaigns(_)) => "campaigns",
        Task::Agreed(Agreed::Rates(_)) => "rates",
        _ => return None,
    })
}

/// Only a report is a page.
fn refuse_html(cli: &Cli) -> Result<(), Failure> {
    let is_report = match &cli.task {
        Some(Task::Report(_)) => true,
        Some(Task::Meeting(args)) => args.is_page(),
        _ => false,
    };
    if cli.global.format == Some(args::Format::Html) && !is_report {
        return Err(Failure::WrongUse(
            "--format html is for `report` and `meeting recap`; the others print table, json, csv or markdown".into(),
        ));
    }
    Ok(())
}
