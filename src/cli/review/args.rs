//! The review's subcommands as clap types. Does nothing.

use clap::{Args, Subcommand, ValueEnum};

use crate::cli::args::Who;
use crate::cli::desk::args::Many;

/// `challenge`
#[derive(Debug, Default, Args)]
pub struct ChallengeArgs {
    /// Numbers of rejected handoffs as `leads state:rejected` shows them, or e-mail addresses; none: list the challenges
    #[arg(value_name = "HANDOFF")]
    pub handoffs: Vec<String>,
    /// Why the rejection is wrong, in words
    #[arg(long, value_name = "ARGUMENT")]
    pub why: Option<String>,
    /// List settled and withdrawn ones too
    #[arg(long, conflicts_with_all = ["handoffs", "from"])]
    pub all: bool,
    /// Many.
    #[command(flatten)]
    pub many: Many,
}

/// `settle`
#[derive(Debug, Default, Args)]
pub struct SettleArgs {
    /// Number of the challenge as `challenge` lists it, or the e-mail address of its lead
    #[arg(required_unless_present = "from")]
    pub challenge: Option<String>,
    /// upheld, overturned, recycled, criteria-gap, withdrawn; nothing: confirm what is proposed
    pub how: Option<String>,
    /// What has to change when it is upheld: targeting, form, content, follow-up
    #[arg(long, value_name = "WHAT")]
    pub change: Option<String>,
    /// The day on which a recycled lead comes back (YYYY-MM-DD)
    #[arg(long, value_name = "DATE")]
    pub on: Option<String>,
    /// The rule that closes a criteria gap, such as "employees >= 20"
    #[arg(long)]
    pub rule: Option<String>,
    /// Who confirms in the room, once for each side; without it, who gives the command
    #[arg(long, value_name = "HANDLE")]
    pub confirm: Vec<String>,
    /// Many, note.
    #[command(flatten)]
    pub many: Many,
}

/// `feedback`
#[derive(Debug, Default, Args)]
pub struct FeedbackArgs {
    /// What is done; nothing: list what is open.
    #[command(subcommand)]
    pub change: Option<FeedbackChange>,
    /// List checked ones too
    #[arg(long)]
    pub all: bool,
    /// Who you are.
    #[command(flatten)]
    pub who: Who,
}

/// What is done with a cluster.
#[derive(Debug, Subcommand)]
pub enum FeedbackChange {
    /// Put a cluster of rejections before marketing
    Raise {
        /// Which.
        #[command(flatten)]
        cluster: ClusterArgs,
        /// What is the matter
        #[arg(long)]
        note: Option<String>,
    },
    /// Marketing takes note
    Acknowledge {
        /// Which.
        #[command(flatten)]
        cluster: ClusterArgs,
    },
    /// Marketing says what was changed; how often it happened until now is kept with it
    Act {
        /// criteria, campaign-keep, campaign-fix, campaign-stop, content, form
        kind: String,
        /// What, in words
        text: String,
        /// Which.
        #[command(flatten)]
        cluster: ClusterArgs,
    },
    /// Look whether it happened less often since; that ends it
    Check {
        /// Which.
        #[command(flatten)]
        cluster: ClusterArgs,
    },
}

/// A cluster: its number, or what its rejections have in common.
#[derive(Debug, Default, Args)]
pub struct ClusterArgs {
    /// Number as `feedback` lists it
    #[arg(long, value_name = "NUMBER", conflicts_with_all = ["reason", "source", "campaign", "segment", "rep"])]
    pub id: Option<i64>,
    /// Code of the reason
    #[arg(long)]
    pub reason: Option<String>,
    /// Source
    #[arg(long)]
    pub source: Option<String>,
    /// Campaign
    #[arg(long)]
    pub campaign: Option<String>,
    /// Segment
    #[arg(long)]
    pub segment: Option<String>,
    /// Handle of the rep
    #[arg(long, value_name = "HANDLE")]
    pub rep: Option<String>,
}

/// `lists`
#[derive(Debug, Default, Args)]
pub struct ListsArgs {
    /// What to change; nothing: show the lists.
    #[command(subcommand)]
    pub change: Option<ListChange>,
    /// Who you are.
    #[command(flatten)]
    pub who: Who,
}

/// A change of the lists.
#[derive(Debug, Subcommand)]
pub enum ListChange {
    /// Put domains on a list; one covers what lies under it (ac.uk: any.ac.uk)
    Add {
        /// Which list
        #[arg(value_enum)]
        list: ListName,
        /// Domains, or - to read one from each line of stdin
        #[arg(required = true)]
        domains: Vec<String>,
    },
    /// Take domains off a list
    Remove {
        /// Which list
        #[arg(value_enum)]
        list: ListName,
        /// Domains, or - to read one from each line of stdin
        #[arg(required = true)]
        domains: Vec<String>,
    },
    /// Put on the lists what a new workspace starts with, where it is missing
    Stock,
}

/// A list of domains.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ListName {
    /// Mailboxes that are thrown away
    Disposable,
    /// Universities and schools
    Student,
    /// Competitors
    Competitor,
}
