//! `smarketing init`: sets up a new workspace, asking on a terminal for what was not given. Never touches one that is there.

use std::fs;
use std::path::Path;

use super::args::{InitArgs, Weekday};
use super::failure::Failure;
use super::session::{self, Session};
use super::{files, out, targets};
use crate::domain::calendar::Calendar;
use crate::domain::command::Command;
use crate::domain::money::Currency;
use crate::domain::naming::unseen;
use crate::domain::settings::Settings;
use crate::domain::workspace::Workspace;
use crate::store::{Access, Store};

/// Sets up the workspace file.
pub(super) fn run(session: &Session, args: &InitArgs) -> Result<(), Failure> {
    let file = session.file()?;
    let taken = fs::symlink_metadata(&file).is_ok_and(|meta| meta.len() > 0 || !meta.is_file());
    if taken && !is_unfinished(&file) {
        return Err(Failure::new(format!(
            "{} is there already and was left as it was; `smarketing` opens it, --db FILE names another",
            file.display()
        )));
    }
    let workspace = workspace(args)?;
    let calendar = workspace.calendar(&Settings::default(), [])?;
    let wanted = args
        .targets
        .iter()
        .map(|text| targets::parse(text, workspace.currency, &calendar))
        .collect::<Result<Vec<_>, _>>()?;
    files::make_folder_of(&file)?;
    let mut store = Store::create(&file)?;
    // Nobody belongs to it yet, whoever $SMARKETING_USER names.
    let author = session::nobody();
    store.apply(&Command::Init(workspace.clone()), &author)?;
    for command in &wanted {
        store.apply(command, &author)?;
    }
    store.close();
    out::say(&format!(
        "{} is set up in {}\nnext: smarketing import FILE… (with --dry-run first), or smarketing people HANDLE --side sales",
        workspace.name,
        file.display()
    ));
    Ok(())
}

/// Whether it is a workspace file that nobody has set up yet: left behind by an `init` that was refused or killed.
fn is_unfinished(file: &Path) -> bool {
    Store::open(file, Access::ReadOnly)
        .and_then(|store| store.is_set_up())
        .is_ok_and(|set_up| !set_up)
}

fn workspace(args: &InitArgs) -> Result<Workspace, Failure> {
    let name = given(
        args.name.as_deref(),
        ("--name", "Name of the workspace", "Our workspace"),
        called,
    )?;
    let currency = given(
        args.currency.as_deref(),
        ("--currency", "Currency of totals", "EUR"),
        |text| Currency::known(text).map_err(|error| error.to_string()),
    )?;
    let here = system_zone();
    // Without a terminal these two have a good value of their own.
    let zone = args.time_zone.as_deref();
    let zone = zone.or((!out::can_ask()).then_some(here.as_str()));
    let time_zone = given(zone, ("--time-zone", "Time zone", &here), |text| {
        let zone = Calendar::new(text).map_err(|error| error.to_string());
        zone.map(|_| text.trim().to_owned())
    })?;
    let month = args.fiscal_year_start.map(|month| month.to_string());
    let month = month.or((!out::can_ask()).then(|| "1".into()));
    let fiscal_year_start = given(
        month.as_deref(),
        (
            "--fiscal-year-start",
            "First month of the fiscal year (1-12)",
            "1",
        ),
        |text| {
            let month = text
                .trim()
                .parse()
                .ok()
                .filter(|month| (1..=12).contains(month));
            month.ok_or_else(|| format!("'{text}' is no month; 1 to 12 is expected"))
        },
    )?;
    Ok(Workspace {
        name,
        currency,
        time_zone,
        fiscal_year_start,
        week_start: args.week_start.unwrap_or(Weekday::Monday) as u32 + 1,
        as_of: None,
    })
}

/// The name of a workspace, if it can be one.
fn called(name: &str) -> Result<String, String> {
    if name.trim().is_empty() || name.chars().count() > 120 {
        return Err("the name of a workspace has 1 to 120 characters".into());
    }
    match unseen(name) {
        Some(c) => Err(format!(
            "the workspace's name holds a character that cannot be seen (U+{:04X})",
            u32::from(c)
        )),
        None => Ok(name.trim().to_owned()),
    }
}

/// What was given, else what is answered on a terminal, asked again until it is good; else wrong use that names the option.
fn given<T>(
    value: Option<&str>,
    (option, question, default): (&str, &str, &str),
    read: impl Fn(&str) -> Result<T, String>,
) -> Result<T, Failure> {
    if let Some(value) = value {
        let refused = |why| Failure::WrongUse(format!("{why}; nothing was created"));
        return read(value).map_err(refused);
    }
    if !out::can_ask() {
        return Err(Failure::WrongUse(format!(
            "{option} is needed where nobody can be asked, such as {option} \"{default}\"; nothing was created"
        )));
    }
    loop {
        match read(&out::ask(question, default)?) {
            Ok(good) => return Ok(good),
            Err(why) => out::say(&format!(
                "{why}; once more (Ctrl-C leaves, nothing is created)"
            )),
        }
    }
}

/// The machine's zone by its IANA name; UTC where it does not tell.
fn system_zone() -> String {
    let from_link = || {
        let link = fs::read_link("/etc/localtime").ok()?;
        let link = link.to_str()?;
        Some(link.split_once("zoneinfo/")?.1.to_owned())
    };
    std::env::var("TZ")
        .ok()
        .map(|zone| zone.trim_start_matches(':').to_owned())
        .or_else(from_link)
        .filter(|zone| zone.parse::<chrono_tz::Tz>().is_ok())
        .unwrap_or_else(|| "UTC".into())
}
