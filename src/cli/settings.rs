//! `smarketing settings`: the agreed numbers behind the metrics, and changing one. Knows no metric.

use super::args::SettingsArgs;
use super::failure::Failure;
use super::session::Session;
use super::{out, tables};
use crate::domain::catalogue::Catalogue;
use crate::domain::command::Command;
use crate::domain::settings::{BadSetting, SETTINGS, Setting};

/// The number that a type of leads may have of its own.
const SLA: &str = "sla_minutes";

/// The word that takes it away again.
const USUAL: &str = "usual";

/// Lists the settings, shows one, or changes one.
pub(super) fn run(session: &Session, args: &SettingsArgs) -> Result<(), Failure> {
    let asked = args.key.as_deref().map(setting).transpose()?;
    if let (Some(setting), Some(value)) = (asked, &args.value) {
        let command = change(setting, value, args.segment.as_deref())?;
        let applied = session.apply(&mut session.write()?, &command)?;
        out::say(&applied.summary);
        return Ok(());
    }
    let book = session.read()?.book()?;
    let mut rows = vec![
        ["setting", "value", "default", "meaning"]
            .map(String::from)
            .to_vec(),
    ];
    for setting in SETTINGS {
        if asked.is_some_and(|asked| asked.key != setting.key) {
            continue;
        }
        let value = book.settings.get(setting.key).unwrap_or(setting.default);
        rows.push(vec![
            setting.key.into(),
            value.to_string(),
            setting.default.to_string(),
            setting.meaning.into(),
        ]);
        let own = book.segments.iter().filter(|_| setting.key == SLA);
        rows.extend(own.filter_map(|segment| {
            let minutes = segment.sla_minutes?.to_string();
            let key = format!("{SLA} --segment \"{}\"", segment.name);
            let meaning = format!("the same for leads of {}", segment.name);
            Some(vec![key, minutes, value.to_string(), meaning])
        }));
    }
    tables::print(session.format(), &rows)
}

fn setting(key: &str) -> Result<&'static Setting, Failure> {
    SETTINGS
        .iter()
        .find(|setting| setting.key == key)
        .ok_or_else(|| Failure::WrongUse(BadSetting::Unknown(key.to_owned()).to_string()))
}

fn change(setting: &Setting, value: &str, segment: Option<&str>) -> Result<Command, Failure> {
    let read = || setting.read(value).map_err(Failure::WrongUse);
    let Some(segment) = segment else {
        return Ok(Command::Set {
            key: setting.key.to_owned(),
            value: read()?,
        });
    };
    if setting.key != SLA {
        return Err(Failure::WrongUse(format!(
            "--segment goes with {SLA} only; {} is one number for all",
            setting.key
        )));
    }
    let minutes = match value {
        USUAL => None,
        _ => Some(read()?),
    };
    let segment = segment.to_owned();
    Ok(Command::Catalogue(Catalogue::PutSla { segment, minutes }))
}
