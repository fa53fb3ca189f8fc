//! The command line as clap types. Does nothing.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use super::criteria::args::CriteriaArgs;
use super::desk::args::{
    AcceptArgs, AssignArgs, AttemptArgs, DealArgs, ExportArgs, HandOverArgs, JournalArgs,
    LeadsArgs, QualifyArgs, ReasonsArgs, RecycleArgs, RedoArgs, RejectArgs, ReopenArgs, StagesArgs,
    TouchArgs, UndoArgs,
};
use super::import::args::ImportArgs;
use super::meeting::args::MeetingArgs;
use super::rejections::args::{RejectionsArgs, SecondLookArgs};
use super::report::args::ReportArgs;
use super::review::args::{ChallengeArgs, FeedbackArgs, ListsArgs, SettleArgs};

/// One scoreboard for marketing and sales, in the terminal.
#[derive(Debug, Parser)]
#[command(name = "smarketing", version, about, max_term_width = 100)]
#[command(
    long_about = "One scoreboard for marketing and sales, in the terminal.\n\nWithout a subcommand the workspace opens; where there is no terminal its scoreboard is printed as text.",
    after_help = "Exit status: 0 done, 1 failed, 2 wrong use, 3 done but some rows were refused.\nA first look: smarketing demo"
)]
pub struct Cli {
    /// What holds for every subcommand.
    #[command(flatten)]
    pub global: Global,
    /// Who you are: the handle of a person of the workspace; recorded in the journal
    #[arg(long = "as", value_name = "HANDLE", id = "author")]
    pub author: Option<String>,
    /// What to do.
    #[command(subcommand)]
    pub task: Option<Task>,
}

/// What holds for every subcommand.
#[derive(Debug, Clone, Default, Args)]
pub struct Global {
    /// The workspace file
    #[arg(
        long,
        value_name = "FILE",
        global = true,
        help = "The workspace file [default: $SMARKETING_DB, else the XDG data folder]"
    )]
    pub db: Option<PathBuf>,
    /// Look at it as of the end of that day (YYYY-MM-DD)
    #[arg(long, value_name = "DATE", global = true)]
    pub as_of: Option<String>,
    /// How data is printed
    #[arg(long, value_enum, global = true)]
    pub format: Option<Format>,
    /// Colours: terminal, dark, light, mono, colour-blind, or a .toml file
    #[arg(long, value_name = "NAME", global = true)]
    pub theme: Option<String>,
    /// Open the workspace for reading only
    #[arg(long, global = true)]
    pub read_only: bool,
}

/// How data is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// Aligned text for people
    Table,
    /// The documented contract for programs
    Json,
    /// One row per number, for spreadsheets
    Csv,
    /// For documents and chats
    Markdown,
    /// One page with pictures, for `report` and `meeting recap`
    Html,
}

/// A subcommand.
#[derive(Debug, Subcommand)]
pub enum Task {
    /// Open a made-up company with fifteen months of history
    Demo,
    /// Set up a new workspace
    Init(InitArgs),
    /// Read CRM exports, or take an import back
    Import(ImportArgs),
    /// Print the scoreboard
    Score(ScoreArgs),
    /// Say how a number is defined; without a name, list them all
    Explain(ExplainArgs),
    /// Write a consistent copy of the workspace, even while others work in it
    Backup(BackupArgs),
    /// Check the workspace file and the rules that every row must keep
    Doctor(DoctorArgs),
    /// Show the agreed numbers, or change one
    Settings(SettingsArgs),
    /// Show the targets, or set one
    Targets(TargetsArgs),
    /// Show the people of the workspace, or add one
    People(PeopleArgs),
    /// Show the queue of leads, filtered
    Leads(LeadsArgs),
    /// Record a touch of marketing's
    Touch(TouchArgs),
    /// Hand leads to sales
    HandOver(HandOverArgs),
    /// Give leads to a rep
    Assign(AssignArgs),
    /// Log an attempt to reach a lead
    Attempt(AttemptArgs),
    /// Accept leads
    Accept(AcceptArgs),
    /// Reject leads, with the reason
    Reject(RejectArgs),
    /// Send leads back until a day
    Recycle(RecycleArgs),
    /// Take verdicts back
    Reopen(ReopenArgs),
    /// Take leads through the gate: one deal that counts
    Qualify(QualifyArgs),
    /// Show the open deals by stage
    Deals,
    /// Show a deal, change it, close it
    Deal(DealArgs),
    /// Show everything about a lead
    Lead(LeadArgs),
    /// What the room agrees on.
    #[command(flatten)]
    Agreed(super::agreed::Agreed),
    /// Challenge rejections, with an argument; without one, list the challenges
    Challenge(ChallengeArgs),
    /// Settle a challenge: propose how, and confirm it on both sides
    Settle(SettleArgs),
    /// Show the feedback on clusters of rejections, or move it on
    Feedback(FeedbackArgs),
    /// Show the lists of disposable, student and competitor domains, or change them
    Lists(ListsArgs),
    /// Show the shared definition of a qualified lead, test it on the past, edit and sign it
    Criteria(CriteriaArgs),
    /// Run the meeting: agenda, issues, decisions, actions, frozen figures, recap
    Meeting(MeetingArgs),
    /// Show the reasons of rejections, or change them
    Reasons(ReasonsArgs),
    /// Show the stages of deals, or change them
    Stages(StagesArgs),
    /// Show the rejections: by two axes, as a worklist, one by one, with their flags
    Rejections(RejectionsArgs),
    /// Write the page for those who were not in the room, as HTML or Markdown
    Report(ReportArgs),
    /// Draw rejections that nobody challenged, the same for everyone
    SecondLook(SecondLookArgs),
    /// Take your newest change back, or an entry of the journal
    Undo(UndoArgs),
    /// Take your newest undo back
    Redo(RedoArgs),
    /// Print leads, rejections, deals or the journal for a CRM or a spreadsheet
    Export(ExportArgs),
    /// Show who did what, newest first
    Journal(JournalArgs),
    /// Show where files lie
    Paths,
    /// Print the completion script of a shell
    Completions(CompletionsArgs),
    /// Print the manual page
    Man,
}

/// `doctor`
#[derive(Debug, Default, Args)]
pub struct DoctorArgs {
    /// Build indexes and kept columns anew, after a copy of the file beside it; no row is touched
    #[arg(long)]
    pub repair: bool,
}

/// `init`
#[derive(Debug, Default, Args)]
pub struct InitArgs {
    /// What the workspace is called
    #[arg(long)]
    pub name: Option<String>,
    /// Currency of all totals (ISO 4217), such as EUR
    #[arg(long, value_name = "CODE")]
    pub currency: Option<String>,
    /// IANA time zone in which periods are cut, such as Europe/Berlin
    #[arg(long, value_name = "ZONE")]
    pub time_zone: Option<String>,
    /// First month of the fiscal year
    #[arg(long, value_name = "MONTH", value_parser = clap::value_parser!(u32).range(1..=12))]
    pub fiscal_year_start: Option<u32>,
    /// First day of the week
    #[arg(long, value_enum, value_name = "DAY")]
    pub week_start: Option<Weekday>,
    /// A target, such as revenue=2025-Q3=1000000; may be given several times
    #[arg(long = "target", value_name = "METRIC=PERIOD=VALUE")]
    pub targets: Vec<String>,
}

/// A day of the week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Weekday {
    Monday,
    Tuesday,
    Wednesday,
    Thursday,
    Friday,
    Saturday,
    Sunday,
}

/// `score`
#[derive(Debug, Default, Args)]
pub struct ScoreArgs {
    /// 2025, 2025-Q3, 2025-09, 2025-W36, FY2025, FY2025-Q1, 2025-01-01..2025-03-31, all, this-quarter, last-month …
    #[arg(long, value_name = "PERIOD")]
    pub period: Option<String>,
    /// Break the numbers down
    #[arg(long, value_enum, value_name = "WHAT")]
    pub by: Option<Breakdown>,
    /// How ratios are counted
    #[arg(long, value_enum)]
    pub mode: Option<CountMode>,
    /// Only these, such as source=Webinars; several of one kind are alternatives, source= means unknown
    #[arg(long = "filter", value_name = "WHAT=NAME")]
    pub filters: Vec<String>,
    /// Count every hand-over, not only the first of each lead
    #[arg(long)]
    pub all_handoffs: bool,
}

/// What numbers are broken down by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Breakdown {
    Source,
    Campaign,
    Segment,
    Rep,
}

/// How ratios are counted (C3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum CountMode {
    /// Both sides by their own clock in the period
    Event,
    /// Those who entered in the period, and what became of them
    Cohort,
}

/// `explain`
#[derive(Debug, Args)]
pub struct ExplainArgs {
    /// Id of the number
    #[arg(help = "Id of the number, such as cost_per_lead")]
    pub metric: Option<String>,
}

/// `backup`
#[derive(Debug, Args)]
pub struct BackupArgs {
    /// Where the copy goes
    pub file: PathBuf,
    /// Replace a file that is there
    #[arg(long)]
    pub force: bool,
}

/// `settings`
#[derive(Debug, Args)]
pub struct SettingsArgs {
    /// The number to change
    pub key: Option<String>,
    /// Its new value; a time of day may be 08:30
    #[arg(allow_negative_numbers = true)]
    pub value: Option<String>,
    /// `sla_minutes` only: for leads of this segment; the value `usual` takes it away
    #[arg(long, value_name = "NAME", requires = "value")]
    pub segment: Option<String>,
    /// Who you are.
    #[command(flatten)]
    pub who: Who,
}

/// `targets`
#[derive(Debug, Args)]
pub struct TargetsArgs {
    /// The target to set, such as revenue=2025-Q3=1000000
    #[arg(value_name = "METRIC=PERIOD=VALUE")]
    pub target: Option<String>,
    /// Who you are.
    #[command(flatten)]
    pub who: Who,
}

/// `lead`
#[derive(Debug, Args)]
pub struct LeadArgs {
    /// Its number or e-mail address
    pub lead: String,
}

/// `people`
#[derive(Debug, Args)]
pub struct PeopleArgs {
    /// Short unique name
    #[arg(requires = "side")]
    pub handle: Option<String>,
    /// Full name [default: the handle]
    #[arg(long)]
    pub name: Option<String>,
    /// Side of the table
    #[arg(long, value_enum)]
    pub side: Option<PersonSide>,
    /// The person of that handle works here no more; the past keeps them
    #[arg(long, value_name = "HANDLE", conflicts_with_all = ["handle", "name", "side"])]
    pub retire: Option<String>,
    /// Who you are.
    #[command(flatten)]
    pub who: Who,
}

/// The side of a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum PersonSide {
    Marketing,
    Sales,
    Finance,
    Executive,
}

/// Who gives the command.
#[derive(Debug, Default, Args)]
pub struct Who {
    /// Who you are: the handle of a person of the workspace
    #[arg(long = "as", value_name = "HANDLE", id = "who", global = true)]
    pub handle: Option<String>,
}

/// `completions`
#[derive(Debug, Args)]
pub struct CompletionsArgs {
    /// The shell
    pub shell: clap_complete::Shell,
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_types_hold_together_and_every_option_says_what_it_does() {
        Cli::command().debug_assert();
        for task in Cli::command().get_subcommands() {
            assert!(task.get_about().is_some(), "{}", task.get_name());
            for arg in task.get_arguments() {
                assert!(
                    arg.get_help().is_some(),
                    "{} {}",
                    task.get_name(),
                    arg.get_id()
                );
            }
        }
    }
}
