//! `import` as clap types. Does nothing.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::transfer::map::Kind;

/// `import`
#[derive(Debug, Default, Args)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a flag of the command line"
)]
pub struct ImportArgs {
    /// Exports: CSV, TSV, XLSX, XLS, ODS, also gzipped
    #[arg(value_name = "FILE", required_unless_present_any = ["undo", "batches", "presets", "show_map"])]
    pub files: Vec<PathBuf>,
    /// What the rows are: leads, opportunities, accounts, people, spend, touches, attempts
    #[arg(long = "as", value_name = "KIND", value_parser = kind)]
    pub kind: Option<Kind>,
    /// Read the files as this export
    #[arg(long, value_name = "NAME", conflicts_with = "map")]
    pub preset: Option<String>,
    /// Read the files by a map of your own (TOML)
    #[arg(long, value_name = "FILE")]
    pub map: Option<PathBuf>,
    /// Say what would happen; change nothing
    #[arg(long)]
    pub dry_run: bool,
    /// Take nothing from a file in which a row is refused
    #[arg(long)]
    pub strict: bool,
    /// What stands first in 03/04/2025, where the column does not show it
    #[arg(long, value_enum, value_name = "WHICH")]
    pub date_order: Option<DateOrder>,
    /// Which sign parts decimals, where 1.000 and 1,000 stand in one column and nothing shows it
    #[arg(long, value_enum, value_name = "WHICH")]
    pub decimals: Option<DecimalSign>,
    /// Keep columns that no field takes, as custom fields
    #[arg(long)]
    pub keep_columns: bool,
    /// The sheet of a workbook
    #[arg(long, value_name = "NAME")]
    pub sheet: Option<String>,
    /// The encoding of a text file, such as windows-1252
    #[arg(long, value_name = "LABEL")]
    pub encoding: Option<String>,
    /// Take back an import as a whole
    #[arg(long, value_name = "BATCH", conflicts_with_all = ["files", "dry_run"])]
    pub undo: Option<i64>,
    /// List the imports of the workspace
    #[arg(long, conflicts_with_all = ["files", "undo"])]
    pub batches: bool,
    /// List the exports that are recognised
    #[arg(long, conflicts_with_all = ["files", "undo"])]
    pub presets: bool,
    /// Print a shipped map, to start one of your own from
    #[arg(long, value_name = "NAME", conflicts_with_all = ["files", "undo", "presets"])]
    pub show_map: Option<String>,
}

fn kind(word: &str) -> Result<Kind, String> {
    Kind::parse(word).ok_or_else(|| {
        let known: Vec<_> = Kind::ALL.iter().map(|(_, word)| *word).collect();
        format!("one of {} is expected", known.join(", "))
    })
}

/// Which part of a date stands first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum DateOrder {
    /// 31/12/2025
    Day,
    /// 12/31/2025
    Month,
}

/// Which sign stands before the decimals of an amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum DecimalSign {
    /// 1,000.00
    Point,
    /// 1.000,00
    Comma,
}
