//! The rep's subcommands as clap types. Does nothing.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

use crate::cli::args::Who;

/// What every subcommand of the desk takes: whom it is about, and many at once.
#[derive(Debug, Default, Args)]
pub struct Many {
    /// Read CSV with a header from a file, or from stdin (-): a row is a command, its columns are the options' names
    #[arg(long, value_name = "FILE")]
    pub from: Option<PathBuf>,
    /// A note
    #[arg(long)]
    pub note: Option<String>,
    /// Who you are.
    #[command(flatten)]
    pub who: Who,
}

/// Handoffs on the command line.
#[derive(Debug, Default, Args)]
pub struct Handoffs {
    /// Numbers of handoffs as `leads` shows them, or e-mail addresses of leads
    #[arg(value_name = "HANDOFF", required_unless_present = "from")]
    pub handoffs: Vec<String>,
}

/// `touch`
#[derive(Debug, Default, Args)]
pub struct TouchArgs {
    /// Number or e-mail address of the lead
    #[arg(required_unless_present = "from")]
    pub lead: Option<String>,
    /// What it was, such as webinar or download
    #[arg(required_unless_present = "from")]
    pub kind: Option<String>,
    /// When (YYYY-MM-DD or "YYYY-MM-DD HH:MM", local time) [default: now]
    #[arg(long)]
    pub at: Option<String>,
    /// Campaign
    #[arg(long)]
    pub campaign: Option<String>,
    /// Whom, many, note.
    #[command(flatten)]
    pub many: Many,
}

/// `hand-over`
#[derive(Debug, Default, Args)]
pub struct HandOverArgs {
    /// Numbers or e-mail addresses of leads
    #[arg(value_name = "LEAD", required_unless_present = "from")]
    pub leads: Vec<String>,
    /// Handle of the rep [default: the lead's owner]
    #[arg(long, value_name = "HANDLE")]
    pub to: Option<String>,
    /// What triggered it
    #[arg(long)]
    pub trigger: Option<String>,
    /// Many.
    #[command(flatten)]
    pub many: Many,
}

/// `assign`
#[derive(Debug, Default, Args)]
pub struct AssignArgs {
    /// Whom.
    #[command(flatten)]
    pub handoffs: Handoffs,
    /// Handle of the rep
    #[arg(long, value_name = "HANDLE")]
    pub to: Option<String>,
    /// Many.
    #[command(flatten)]
    pub many: Many,
}

/// `attempt`
#[derive(Debug, Default, Args)]
pub struct AttemptArgs {
    /// Number of the handoff, or e-mail address of the lead
    #[arg(required_unless_present = "from")]
    pub handoff: Option<String>,
    /// How it ended: no-answer, voicemail, connected, meeting-held, no-show, bounced, sent
    #[arg(required_unless_present = "from")]
    pub outcome: Option<String>,
    /// How: call, email, meeting, message, visit [default: what goes with the outcome]
    #[arg(long)]
    pub channel: Option<String>,
    /// When (YYYY-MM-DD or "YYYY-MM-DD HH:MM", local time) [default: now]
    #[arg(long)]
    pub at: Option<String>,
    /// Minutes it took
    #[arg(long)]
    pub minutes: Option<String>,
    /// Many, note.
    #[command(flatten)]
    pub many: Many,
}

/// `accept`
#[derive(Debug, Default, Args)]
pub struct AcceptArgs {
    /// Whom.
    #[command(flatten)]
    pub handoffs: Handoffs,
    /// Why although criteria fail; kept for the review
    #[arg(long, value_name = "WHY")]
    pub despite: Option<String>,
    /// Many, note.
    #[command(flatten)]
    pub many: Many,
}

/// `reject`
#[derive(Debug, Default, Args)]
pub struct RejectArgs {
    /// Whom.
    #[command(flatten)]
    pub handoffs: Handoffs,
    /// Code of the reason, also as the last word; `smarketing reasons` lists them
    #[arg(long, value_name = "CODE")]
    pub reason: Option<String>,
    /// Many, note.
    #[command(flatten)]
    pub many: Many,
}

/// `recycle`
#[derive(Debug, Default, Args)]
pub struct RecycleArgs {
    /// Whom.
    #[command(flatten)]
    pub handoffs: Handoffs,
    /// The day it comes back (YYYY-MM-DD, +2w, fri), also as the last word
    #[arg(long, value_name = "DATE")]
    pub on: Option<String>,
    /// Many, note.
    #[command(flatten)]
    pub many: Many,
}

/// `reopen`
#[derive(Debug, Default, Args)]
pub struct ReopenArgs {
    /// Whom.
    #[command(flatten)]
    pub handoffs: Handoffs,
    /// Many.
    #[command(flatten)]
    pub many: Many,
}

/// `qualify`
#[derive(Debug, Default, Args)]
pub struct QualifyArgs {
    /// The leads behind ONE deal, the one it came from first
    #[command(flatten)]
    pub handoffs: Handoffs,
    /// Number of a deal that is not qualified yet [default: a new deal]
    #[arg(long, value_name = "NUMBER")]
    pub deal: Option<String>,
    /// A second deal, although the lead stands behind one already
    #[arg(long, conflicts_with = "deal")]
    pub another: bool,
    /// Name of the new deal [default: the company's, else the lead's]
    #[arg(long)]
    pub name: Option<String>,
    /// Value, such as 5000 or "5000 USD"
    #[arg(long)]
    pub value: Option<String>,
    /// Estimated close date (YYYY-MM-DD)
    #[arg(long, value_name = "DATE")]
    pub close_on: Option<String>,
    /// Stage one or later
    #[arg(long)]
    pub stage: Option<String>,
    /// The criteria in force are met, and you confirm it
    #[arg(long)]
    pub criteria_confirmed: bool,
    /// Handle of sales' owner [default: the rep]
    #[arg(long, value_name = "HANDLE")]
    pub owner: Option<String>,
    /// Handle of marketing's owner
    #[arg(long, value_name = "HANDLE")]
    pub marketing_owner: Option<String>,
    /// Why although criteria fail; kept for the review
    #[arg(long, value_name = "WHY")]
    pub despite: Option<String>,
    /// Many.
    #[command(flatten)]
    pub many: Many,
}

/// `deal`
#[derive(Debug, Default, Args)]
pub struct DealArgs {
    /// Number of the deal as `deals` shows it; alone: its card
    #[arg(required_unless_present = "from")]
    pub deal: Option<String>,
    /// stage, value, close-on, owner, marketing-owner, join, won, lost, no-decision, reopen, reverse
    pub change: Option<String>,
    /// Stage, value, date, handle, handoff, or the code of the reason of a lost deal
    pub to: Option<String>,
    /// Many, note.
    #[command(flatten)]
    pub many: Many,
}

/// `leads`
#[derive(Debug, Default, Args)]
pub struct LeadsArgs {
    /// mine, unassigned, untouched, breached, due, state:rejected, source:NAME, campaign:, segment:, rep:, reason:, or words to search for
    #[arg(value_name = "FILTER")]
    pub filter: Vec<String>,
    /// At most so many lines; 0: all
    #[arg(long, default_value_t = 50)]
    pub limit: usize,
    /// Use the filter kept under that name
    #[arg(long, value_name = "NAME")]
    pub saved: Option<String>,
    /// Keep this filter under a name
    #[arg(long, value_name = "NAME")]
    pub save: Option<String>,
    /// Forget the filter kept under that name
    #[arg(long, value_name = "NAME", conflicts_with_all = ["filter", "save", "saved"])]
    pub forget: Option<String>,
    /// Who you are.
    #[command(flatten)]
    pub who: Who,
}

/// `reasons`
#[derive(Debug, Default, Args)]
pub struct ReasonsArgs {
    /// What to change; nothing: list them.
    #[command(subcommand)]
    pub change: Option<ReasonChange>,
    /// Who you are.
    #[command(flatten)]
    pub who: Who,
}

/// A change of the reasons.
#[derive(Debug, Subcommand)]
pub enum ReasonChange {
    /// Add a reason, change one, or bring a retired one back
    Put {
        /// Small letters, digits, underscores
        code: String,
        /// What people read
        label: String,
        /// contact, fit, need, authority, budget, timing, competition, junk, other
        #[arg(long)]
        class: String,
        /// What it needs: conversation, attempts, note, nothing
        #[arg(long, default_value = "conversation")]
        asks: String,
        /// Who has to act on it: marketing or sales
        #[arg(long, default_value = "marketing")]
        acts: String,
        /// The criteria field that it speaks about
        #[arg(long)]
        field: Option<String>,
    },
    /// Take a reason out of use; verdicts keep it
    Retire {
        /// Its code
        code: String,
    },
    /// Take a reason out of use in favour of another
    Merge {
        /// Code of the one that goes
        from: String,
        /// Code of the one that stays
        into: String,
    },
}

/// `stages`
#[derive(Debug, Default, Args)]
pub struct StagesArgs {
    /// What to change; nothing: list them.
    #[command(subcommand)]
    pub change: Option<StageChange>,
    /// Who you are.
    #[command(flatten)]
    pub who: Who,
}

/// A change of the stages.
#[derive(Debug, Subcommand)]
pub enum StageChange {
    /// Add a stage, change one, or bring a retired one back
    Put {
        /// Its name
        name: String,
        /// From 1 on it is pipeline
        position: i64,
        /// The name it had, to rename it
        #[arg(long)]
        was: Option<String>,
    },
    /// Take a stage out of use; deals in it stay there
    Retire {
        /// Its name
        name: String,
    },
}

/// `undo`
#[derive(Debug, Default, Args)]
pub struct UndoArgs {
    /// Number of the journal's entry [default: your newest change]
    pub entry: Option<i64>,
    /// Who you are.
    #[command(flatten)]
    pub who: Who,
}

/// `redo`
#[derive(Debug, Default, Args)]
pub struct RedoArgs {
    /// Who you are.
    #[command(flatten)]
    pub who: Who,
}

/// `journal`
#[derive(Debug, Default, Args)]
pub struct JournalArgs {
    /// At most so many entries, newest first
    #[arg(long, default_value_t = 20)]
    pub limit: u32,
}

/// `export`
#[derive(Debug, Args)]
pub struct ExportArgs {
    /// What
    #[arg(value_enum)]
    pub what: ExportWhat,
    /// Under the headers and in the words of this CRM export [default: plain English]
    #[arg(long, value_name = "NAME", conflicts_with = "map")]
    pub preset: Option<String>,
    /// Under the headers of a map of your own (TOML)
    #[arg(long, value_name = "FILE")]
    pub map: Option<PathBuf>,
}

/// What is exported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ExportWhat {
    /// Every lead with its newest handoff
    Leads,
    /// Every rejection with its reason, so that it reaches the CRM
    Rejections,
    /// Every deal
    #[value(alias = "deals")]
    Opportunities,
    /// Every attempt on the newest hand-over of a lead
    Attempts,
    /// Every change ever made
    Journal,
}
