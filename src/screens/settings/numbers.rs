//! The agreed numbers as entries and fields; a type of leads may have an SLA of its own. Changes nothing itself.

use super::page::{Row, row};
use crate::domain::book::Book;
use crate::domain::catalogue::Catalogue;
use crate::domain::command::Command;
use crate::domain::money::{Currency, Money};
use crate::domain::settings::{SETTINGS, Setting};
use crate::screens::form::Form;

/// The number that a type of leads may have of its own.
const SLA: &str = "sla_minutes";

/// In front of a segment's name where it stands for its SLA: no key of a number holds a colon.
const SEGMENT: &str = "segment:";

/// What stands for the workspace's own SLA.
const USUAL: &str = "usual";

/// All of them; the types of leads stand under the one that they may have of their own.
pub(super) fn rows(book: &Book) -> Vec<Row> {
    let home = book.workspace.currency;
    let mut all = Vec::new();
    for setting in SETTINGS {
        let value = book.settings.get(setting.key).unwrap_or(setting.default);
        let cells = vec![
            setting.meaning.into(),
            setting.shown(value, home),
            setting.key.into(),
        ];
        all.push(row(setting.key, cells));
        if setting.key == SLA {
            all.extend(book.segments.iter().map(|segment| {
                let minutes = segment.sla_minutes;
                let cells = vec![
                    format!("  the same for leads of {}", segment.name),
                    minutes.map_or_else(|| USUAL.to_owned(), |minutes| minutes.to_string()),
                    String::new(),
                ];
                row(format!("{SEGMENT}{}", segment.name), cells)
            }));
        }
    }
    all
}

/// The field of a number.
pub(super) fn fields(form: Form, key: &str, book: &Book) -> Form {
    let (setting, minutes) = match key.strip_prefix(SEGMENT) {
        Some(name) => {
            let segment = book.segments.iter().find(|segment| segment.name == name);
            (find(SLA), Some(segment.and_then(|own| own.sla_minutes)))
        }
        None => (find(key), None),
    };
    let (meaning, (min, max)) = setting.map_or(("", (0, 0)), |s| (s.meaning, s.limits));
    let home = book.workspace.currency;
    let is_money = setting.is_some_and(Setting::is_money);
    let kept = book.settings.get(key).unwrap_or_default();
    let amount = |minor| Money {
        minor,
        currency: home,
    };
    let value = match minutes {
        Some(own) => own.map_or_else(|| USUAL.to_owned(), |minutes| minutes.to_string()),
        None if is_money => amount(kept).plain(),
        None => kept.to_string(),
    };
    let hint = if is_money {
        format!("an amount in {home}")
    } else {
        format!("{min} to {max}")
    };
    let form = form.note(meaning);
    let form = match minutes {
        Some(_) => form.note(format!("'{USUAL}': as for all other leads.")),
        None => form,
    };
    form.text("Value", &value, &hint)
}

/// The change that the field says.
pub(super) fn command(form: &Form, key: &str, home: Currency) -> Result<Command, String> {
    let typed = form.value(0);
    let unknown = || format!("there is no number '{key}'");
    if let Some(segment) = key.strip_prefix(SEGMENT) {
        let minutes = match typed {
            USUAL | "" => None,
            typed => Some(find(SLA).ok_or_else(unknown)?.read(typed)?),
        };
        let segment = segment.to_owned();
        return Ok(Command::Catalogue(Catalogue::PutSla { segment, minutes }));
    }
    let setting = find(key).ok_or_else(unknown)?;
    let value = if setting.is_money() {
        let money = Money::parse(typed, home).map_err(|error| error.to_string())?;
        if money.currency != home {
            return Err(format!("this is an amount in {home}"));
        }
        money.minor
    } else {
        setting.read(typed)?
    };
    let key = key.to_owned();
    Ok(Command::Set { key, value })
}

fn find(key: &str) -> Option<&'static Setting> {
    SETTINGS.iter().find(|setting| setting.key == key)
}
