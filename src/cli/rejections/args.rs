//! `rejections` and `second-look` as clap types. Does nothing.

use clap::{Args, ValueEnum};

use crate::cli::args::Who;
use crate::domain::settings::SETTINGS;
use crate::metrics::review::{Axis, Flag, Order, Proof};

/// Which rejections.
#[derive(Debug, Default, Args)]
pub struct Which {
    /// 2025, 2025-Q3, 2025-09, 2025-W36, 2025-01-01..2025-03-31, all, this-quarter, last-month … [default: this quarter]
    #[arg(long, value_name = "PERIOD")]
    pub period: Option<String>,
    /// Everything since that day, such as that of the last meeting (YYYY-MM-DD)
    #[arg(long, value_name = "DATE", conflicts_with = "period")]
    pub since: Option<String>,
    /// Only these, such as source=Webinars; several of one kind are alternatives, source= means unknown
    #[arg(long = "filter", value_name = "WHAT=NAME")]
    pub filters: Vec<String>,
    /// Only those with this proof: verified, objective, unverified
    #[arg(long, value_name = "PROOF", value_parser = proof)]
    pub only: Option<Proof>,
    /// Only those with this flag; `rejections flags` names them
    #[arg(long, value_name = "FLAG", value_parser = flag)]
    pub flag: Option<Flag>,
    /// Count every hand-over, not only the first of each lead
    #[arg(long)]
    pub all_handoffs: bool,
}

/// `rejections`
#[derive(Debug, Args)]
#[command(
    after_help = "Exit status: 0 done, also where nothing was rejected; 1 failed; 2 wrong use."
)]
pub struct RejectionsArgs {
    /// What is printed
    #[arg(value_enum, default_value = "matrix")]
    pub view: View,
    /// What runs down: reason, class, source, campaign, segment, rep, week
    #[arg(long, value_name = "AXIS", value_parser = axis, default_value = "reason")]
    pub rows: Axis,
    /// What runs across; for the worklist the second thing that rejections share
    #[arg(long, value_name = "AXIS", value_parser = axis, default_value = "source")]
    pub columns: Axis,
    /// What stands first: count, cost, hours
    #[arg(long, value_name = "ORDER", value_parser = order, default_value = "count")]
    pub order: Order,
    /// Lines of a list; 0 prints all
    #[arg(long, default_value_t = 40)]
    pub limit: usize,
    /// With propose: the rejections of this reason, by its code
    #[arg(long, value_name = "CODE")]
    pub reason: Option<String>,
    /// With propose: the rejections from this source
    #[arg(long, value_name = "NAME")]
    pub source: Option<String>,
    /// With propose: put the rule of that line into the criteria draft
    #[arg(long, value_name = "NUMBER")]
    pub take: Option<usize>,
    /// Who you are.
    #[command(flatten)]
    pub who: Who,
    /// Which rejections.
    #[command(flatten)]
    pub which: Which,
}

/// What `rejections` prints.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum View {
    /// Rejections by two axes; as JSON and CSV one row per cell
    Matrix,
    /// Clusters by what they share, the dearest first
    Worklist,
    /// The rejections one by one, with their flags and why
    List,
    /// How many have each flag
    Flags,
    /// Week by week
    Trend,
    /// Both sides' questions, answered
    Sides,
    /// Rules that these rejections ask for: what each catches and costs
    Propose,
}

/// `second-look`
#[derive(Debug, Args)]
#[command(
    after_help = "Exit status: 0 done, also where nothing was rejected; 1 failed; 2 wrong use."
)]
pub struct SecondLookArgs {
    /// How many [default: the setting `second_look`]
    #[arg(long, value_name = "N", value_parser = size)]
    pub size: Option<usize>,
    /// Words to draw by, such as the meeting's name: the same words draw the same rejections [default: the period's name]
    #[arg(long, value_name = "WORDS")]
    pub seed: Option<String>,
    /// Which rejections.
    #[command(flatten)]
    pub which: Which,
}

fn one_of<T: Copy>(word: &str, all: &[T], name: fn(T) -> &'static str) -> Result<T, String> {
    let found = all.iter().find(|one| name(**one) == word);
    found.copied().ok_or_else(|| {
        let known: Vec<_> = all.iter().map(|one| name(*one)).collect();
        format!("one of {} is expected", known.join(", "))
    })
}

/// Within the limits of the setting.
fn size(word: &str) -> Result<usize, String> {
    let setting = SETTINGS.iter().find(|s| s.key == "second_look");
    let (least, most) = setting.map_or((1, i64::MAX), |setting| setting.limits);
    let wanted = word.parse::<i64>().ok();
    let fits = wanted.filter(|n| (least..=most).contains(n));
    fits.and_then(|n| usize::try_from(n).ok())
        .ok_or_else(|| format!("a number from {least} to {most} is expected; nothing was drawn"))
}

fn axis(word: &str) -> Result<Axis, String> {
    one_of(word, Axis::ALL, Axis::word)
}

fn order(word: &str) -> Result<Order, String> {
    one_of(word, Order::ALL, Order::word)
}

fn proof(word: &str) -> Result<Proof, String> {
    one_of(word, Proof::ALL, Proof::word)
}

fn flag(word: &str) -> Result<Flag, String> {
    one_of(word, Flag::ALL, Flag::word)
}
