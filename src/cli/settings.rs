//! `smarketing settings`: the agreed numbers behind the metrics, and changing one. Knows no metric.

use super::args::SettingsArgs;
use super::failure::Failure;
use super::session::Session;
use super::{out, tables};
use crate::domain::command::Command;
use crate::domain::settings::SETTINGS;

/// Lists the settings, shows one, or changes one.
pub(super) fn run(session: &Session, args: &SettingsArgs) -> Result<(), Failure> {
    if let (Some(key), Some(value)) = (&args.key, args.value) {
        let command = Command::Set {
            key: key.clone(),
            value,
        };
        let applied = session.apply(&mut session.write()?, &command)?;
        out::say(&applied.summary);
        return Ok(());
    }
    let settings = session.read()?.book()?.settings;
    let mut rows = vec![
        ["setting", "value", "default", "meaning"]
            .map(String::from)
            .to_vec(),
    ];
    for setting in SETTINGS {
        let value = settings.get(setting.key).unwrap_or(setting.default);
        rows.push(vec![
            setting.key.into(),
            value.to_string(),
            setting.default.to_string(),
            setting.meaning.into(),
        ]);
    }
    tables::print(session.format(), &rows)
}
