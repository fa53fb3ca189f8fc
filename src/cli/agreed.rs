//! `smarketing rates`, `holidays`, `sources`, `campaigns` and `spend`: what the room agrees on, as lists, and adding to them.

use clap::{Args, Subcommand, ValueEnum};

use super::args::Who;
use super::failure::Failure;
use super::session::Session;
use super::{out, tables};
use crate::domain::catalogue::{Catalogue, Removal};
use crate::domain::command::Command;
use crate::domain::moment::Day;
use crate::domain::money::{Currency, Money};
use crate::domain::policy::SourceSide;
use crate::domain::verdict::SpendKind;
use crate::store::Store;

/// A subcommand about what is agreed.
#[derive(Debug, Subcommand)]
pub enum Agreed {
    /// Show the currency rates, or say what one unit is worth from a day on
    Rates(RatesArgs),
    /// Show the holidays, or add one
    Holidays(HolidaysArgs),
    /// Show the sources of leads, or say whose one is
    Sources(SourcesArgs),
    /// Show the campaigns, or add one
    Campaigns(CampaignsArgs),
    /// Show what was spent, newest first, or add an entry
    Spend(SpendArgs),
}

/// `rates`
#[derive(Debug, Args)]
pub struct RatesArgs {
    /// The foreign currency (ISO 4217)
    #[arg(requires = "worth")]
    pub currency: Option<String>,
    /// From that day on (YYYY-MM-DD)
    pub from: Option<String>,
    /// What one unit is worth in the workspace's currency, such as 0.92
    pub worth: Option<String>,
    /// Take away what a currency is worth from that day on, while nothing is in that currency
    #[arg(long, num_args = 2, value_names = ["CURRENCY", "DAY"], conflicts_with = "currency")]
    pub remove: Option<Vec<String>>,
    /// Who you are.
    #[command(flatten)]
    pub who: Who,
}

/// `holidays`
#[derive(Debug, Args)]
pub struct HolidaysArgs {
    /// The day (YYYY-MM-DD)
    #[arg(requires = "name")]
    pub day: Option<String>,
    /// Its name
    pub name: Option<String>,
    /// Take the holiday of that day away
    #[arg(long, value_name = "DAY", conflicts_with = "day")]
    pub remove: Option<String>,
    /// Who you are.
    #[command(flatten)]
    pub who: Who,
}

/// `sources`
#[derive(Debug, Args)]
pub struct SourcesArgs {
    /// Its name
    #[arg(requires = "side")]
    pub name: Option<String>,
    /// Whose it is: marketing, sales, partner, unknown
    #[arg(long)]
    pub side: Option<String>,
    /// Whether it costs money
    #[arg(long, value_enum, default_value = "costs")]
    pub price: Price,
    /// Take a source away while nothing rests on it
    #[arg(long, value_name = "NAME", conflicts_with = "name")]
    pub remove: Option<String>,
    /// Who you are.
    #[command(flatten)]
    pub who: Who,
}

/// Whether a source costs money.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Price {
    /// It does
    Costs,
    /// It does not
    Free,
}

/// `campaigns`
#[derive(Debug, Args)]
pub struct CampaignsArgs {
    /// Its name
    pub name: Option<String>,
    /// The source it belongs to, by name; made when it is new
    #[arg(long, requires = "name")]
    pub source: Option<String>,
    /// Who you are.
    #[command(flatten)]
    pub who: Who,
}

/// `spend`
#[derive(Debug, Args)]
pub struct SpendArgs {
    /// The day it was spent (YYYY-MM-DD)
    #[arg(requires = "amount")]
    pub on: Option<String>,
    /// How much, such as 5000.50 or "5000.50 USD"; below 0 takes back
    #[arg(allow_hyphen_values = true)]
    pub amount: Option<String>,
    /// Source by name
    #[arg(long)]
    pub source: Option<String>,
    /// Campaign by name
    #[arg(long)]
    pub campaign: Option<String>,
    /// What it paid for: media, marketing people, sales people or tools
    #[arg(long, default_value = "media", value_name = "KIND")]
    pub kind: String,
    /// At most so many lines; 0: all
    #[arg(long, default_value_t = 50)]
    pub limit: usize,
    /// Who you are.
    #[command(flatten)]
    pub who: Who,
}

/// Lists, or changes.
pub(super) fn run(session: &mut Session, task: &Agreed) -> Result<(), Failure> {
    session.sign(match task {
        Agreed::Rates(args) => &args.who,
        Agreed::Holidays(args) => &args.who,
        Agreed::Sources(args) => &args.who,
        Agreed::Campaigns(args) => &args.who,
        Agreed::Spend(args) => &args.who,
    });
    match command(session, task)? {
        Some(command) => {
            let applied = session.apply(&mut session.write()?, &command)?;
            out::say(&applied.summary);
            Ok(())
        }
        None => tables::print(session.format(), &list(&session.read()?, task)?),
    }
}

fn wrong(why: impl std::fmt::Display) -> Failure {
    Failure::WrongUse(why.to_string())
}

fn day(text: &str) -> Result<Day, Failure> {
    Day::parse(text).ok_or_else(|| wrong(format!("'{text}' is no date; 2025-06-30 is expected")))
}

/// The change that is asked for; `None`: a list is.
fn command(session: &Session, task: &Agreed) -> Result<Option<Command>, Failure> {
    if let Some(what) = removal(task)? {
        return Ok(Some(Command::Catalogue(Catalogue::Remove(what))));
    }
    Ok(match task {
        Agreed::Rates(args) => match (&args.currency, &args.from, &args.worth) {
            (Some(currency), Some(from), Some(worth)) => Some(Command::SetRate {
                currency: Currency::known(currency).map_err(wrong)?,
                from: day(from)?,
                rate: worth.clone(),
            }),
            _ => None,
        },
        Agreed::Holidays(args) => match (&args.day, &args.name) {
            (Some(on), Some(name)) => Some(Command::AddHoliday {
                day: day(on)?,
                name: name.clone(),
            }),
            _ => None,
        },
        Agreed::Sources(args) => match (&args.name, &args.side) {
            (Some(name), Some(side)) => Some(Command::PutSource {
                name: name.clone(),
                side: SourceSide::parse(side).ok_or_else(|| {
                    let known: Vec<_> = SourceSide::ALL.iter().map(|s| s.word()).collect();
                    wrong(format!(
                        "--side {side}: one of {} is expected",
                        known.join(", ")
                    ))
                })?,
                free: args.price == Price::Free,
            }),
            _ => None,
        },
        Agreed::Campaigns(args) => args.name.as_ref().map(|name| {
            Command::Catalogue(Catalogue::PutCampaign {
                name: name.clone(),
                source: args.source.clone(),
            })
        }),
        Agreed::Spend(args) => match (&args.on, &args.amount) {
            (Some(on), Some(amount)) => Some(spend(session, args, on, amount)?),
            _ => None,
        },
    })
}

/// What is to be taken away, if that is asked for.
fn removal(task: &Agreed) -> Result<Option<Removal>, Failure> {
    Ok(match task {
        Agreed::Rates(RatesArgs {
            remove: Some(what), ..
        }) => {
            let (currency, from) = (&what[0], &what[1]);
            let currency = Currency::parse(currency).map_err(wrong)?;
            Some(Removal::Rate(currency, day(from)?))
        }
        Agreed::Holidays(HolidaysArgs {
            remove: Some(on), ..
        }) => Some(Removal::Holiday(day(on)?)),
        Agreed::Sources(SourcesArgs {
            remove: Some(name), ..
        }) => Some(Removal::Source(name.clone())),
        _ => None,
    })
}

fn spend(session: &Session, args: &SpendArgs, on: &str, amount: &str) -> Result<Command, Failure> {
    let home = session.read()?.book()?.workspace.currency;
    let kind = args.kind.trim().to_lowercase().replace([' ', '-'], "_");
    Ok(Command::AddSpend {
        source: args.source.clone(),
        campaign: args.campaign.clone(),
        on: day(on)?,
        kind: SpendKind::parse(&kind).ok_or_else(|| {
            let known: Vec<_> = SpendKind::ALL.iter().map(|k| k.word()).collect();
            wrong(format!(
                "--kind {kind}: one of {} is expected",
                known.join(", ")
            ))
        })?,
        amount: Money::parse(amount, home).map_err(wrong)?,
    })
}

fn heading<const N: usize>(names: [&str; N]) -> Vec<Vec<String>> {
    vec![names.map(String::from).to_vec()]
}

fn list(store: &Store, task: &Agreed) -> Result<Vec<Vec<String>>, Failure> {
    let book = store.book()?;
    let mut rows;
    match task {
        Agreed::Rates(_) => {
            rows = heading(["currency", "from", "worth", "in"]);
            let facts = store.load_facts(&mut |_| ())?;
            rows.extend(facts.rates.rows().iter().map(|(currency, from, worth)| {
                let home = book.workspace.currency.to_string();
                vec![
                    currency.to_string(),
                    from.to_string(),
                    worth.to_string(),
                    home,
                ]
            }));
        }
        Agreed::Holidays(_) => {
            rows = heading(["day", "name"]);
            let days = store.holidays()?.into_iter();
            rows.extend(days.map(|(day, name)| vec![day.to_string(), name]));
        }
        Agreed::Sources(_) => {
            rows = heading(["source", "side", "free"]);
            rows.extend(book.sources.into_iter().map(|source| {
                let free = if source.free { "yes" } else { "no" };
                vec![source.name, source.side.label().into(), free.into()]
            }));
        }
        Agreed::Campaigns(_) => {
            rows = heading(["campaign"]);
            let facts = store.load_facts(&mut |_| ())?;
            let names = &facts.names.campaigns;
            let mut all: Vec<_> = (0..names.len() as u32).map(|c| names.name(c)).collect();
            all.sort_by_key(|name| name.to_lowercase());
            rows.extend(all.into_iter().map(|name| vec![name.to_owned()]));
        }
        Agreed::Spend(args) => {
            rows = heading(["day", "kind", "amount", "source", "campaign", "note"]);
            let facts = store.load_facts(&mut |_| ())?;
            let most = if args.limit == 0 {
                usize::MAX
            } else {
                args.limit
            };
            let ids = facts.spend.rows.iter().rev().take(most).map(|row| row.id);
            let lines = store.spend_by_ids(&ids.collect::<Vec<_>>())?;
            rows.extend(lines.into_iter().map(|line| {
                vec![
                    line.on.to_string(),
                    line.kind.label().into(),
                    line.amount.to_string(),
                    line.source.unwrap_or_default(),
                    line.campaign.unwrap_or_default(),
                    line.note.unwrap_or_default(),
                ]
            }));
        }
    }
    Ok(rows)
}
