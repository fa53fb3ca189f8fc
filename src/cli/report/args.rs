//! `report` on the command line. Does nothing.

use std::path::PathBuf;

use clap::Args;

/// `report`
#[derive(Debug, Args)]
pub struct ReportArgs {
    /// 2025, 2025-Q3, 2025-09, all, last-month, … as for `score` [default: the quarter of the as-of day]
    #[arg(long, value_name = "PERIOD")]
    pub period: Option<String>,
    /// Write it to a file, readable by you only; its ending says the format (.html, .md) unless --format does
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
    /// Replace a file that is there
    #[arg(long, requires = "out")]
    pub force: bool,
}
