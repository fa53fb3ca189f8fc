//! `criteria` as clap types. Does nothing.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use crate::cli::args::Who;

/// `criteria`
#[derive(Debug, Default, Args)]
pub struct CriteriaArgs {
    /// What is done; nothing: show the version in force and the draft.
    #[command(subcommand)]
    pub deed: Option<CriteriaDeed>,
    /// The segment that it is about; nothing: all leads without a definition of their own
    #[arg(long, global = true, value_name = "NAME")]
    pub segment: Option<String>,
    /// Who you are.
    #[command(flatten)]
    pub who: Who,
}

/// Where a draft is read from.
#[derive(Debug, Default, Args)]
pub struct DraftArgs {
    /// A file as `criteria export` writes it; nothing: the draft in the workspace, else the version in force
    pub file: Option<PathBuf>,
    /// Rules as they are typed, such as "employees >= 50 and must not source = Webinar"
    #[arg(long, conflicts_with = "file")]
    pub rules: Option<String>,
    /// With --rules: so many of the supporting ones
    #[arg(long, value_name = "K", default_value_t = 0, requires = "rules")]
    pub at_least: u32,
    /// With --rules: what unknown means: pass, ask or fail
    #[arg(long, value_name = "WHAT", default_value = "ask", requires = "rules")]
    pub unknown: String,
}

/// What is done with the criteria.
#[derive(Debug, Subcommand)]
pub enum CriteriaDeed {
    /// Show a version as a page: rules in sentences, wordings, signatures
    Show {
        /// Its number; nothing: the one in force, else the draft
        version: Option<i64>,
    },
    /// Say what changed between two versions, and which way
    Diff {
        /// The older one; nothing: the version in force
        from: Option<i64>,
        /// The newer one; nothing: the draft
        to: Option<i64>,
    },
    /// Judge a lead: what each rule says of it
    Check {
        /// The lead's own number (not that of a handoff) or e-mail address
        lead: String,
        /// By this version; nothing: the one in force, else the draft
        #[arg(long, value_name = "NUMBER")]
        version: Option<i64>,
    },
    /// Say what a draft would have done to the past, against the version in force
    Backtest {
        /// The draft.
        #[command(flatten)]
        draft: DraftArgs,
        /// List the handoffs that would have turned, with what became of them
        #[arg(long)]
        flips: bool,
    },
    /// List rules that would have caught rejections for little revenue
    ///
    /// Ranked: what the quarter kept apart confirms first; then by share of rejections caught per share of revenue or margin lost
    /// (the larger one), so what loses nothing comes first. Each rests on 20 worked leads or more.
    Suggest {
        /// On top of what.
        #[command(flatten)]
        draft: DraftArgs,
    },
    /// Print a version as a file that can be edited, kept in git and applied
    Export {
        /// Its number; nothing: the draft, else the one in force
        version: Option<i64>,
    },
    /// Make the draft say what a file says
    Apply {
        /// A file as `export` writes it
        file: PathBuf,
    },
    /// Lay the draft before both sides
    Propose,
    /// Sign the proposed version for your side; says what was signed
    Sign {
        /// Only if it says what you have read: `text` of `criteria show`, eight digits; refused where it was changed since
        #[arg(long, value_name = "DIGITS")]
        text: Option<String>,
    },
    /// Make the proposed version a draft again; clears its signatures
    Withdraw,
    /// Throw the draft away
    Discard,
    /// Put a signed version in force
    InForce {
        /// Its number; nothing: the newest signed one
        version: Option<i64>,
        /// The first day (YYYY-MM-DD); nothing: today
        #[arg(long, value_name = "DATE")]
        from: Option<String>,
    },
    /// End the version in force, without a successor
    Retire,
    /// List every version: who proposed, who signed, since when
    History,
    /// List the fields that rules can ask about
    Fields,
}
