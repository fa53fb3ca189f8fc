//! `smarketing targets`: what is to be reached, as a list, and setting one. Computes no number.

use super::args::TargetsArgs;
use super::failure::Failure;
use super::session::{Session, now};
use super::{out, tables};
use crate::domain::calendar::Calendar;
use crate::domain::command::Command;
use crate::domain::money::Currency;
use crate::domain::target;

/// Lists the targets, or sets one.
pub(super) fn run(session: &Session, args: &TargetsArgs) -> Result<(), Failure> {
    let Some(text) = &args.target else {
        return list(session);
    };
    let mut store = session.write()?;
    let book = store.book()?;
    let command = parse(text, book.workspace.currency, &book.calendar)?;
    let applied = session.apply(&mut store, &command)?;
    out::say(&said(
        &command,
        book.workspace.currency,
        &applied.summary,
        applied.journal_id.is_some(),
    ));
    Ok(())
}

/// The target in the units it was given in; the summary of the journal counts minor units.
fn said(command: &Command, currency: Currency, summary: &str, changed: bool) -> String {
    let Command::SetTarget {
        metric,
        start,
        end,
        value,
    } = command
    else {
        return summary.to_owned();
    };
    let value = target::said(metric, *value, currency);
    let already = if changed { "" } else { ", as before" };
    format!(
        "target {metric} {start} to {}: {value}{already}",
        end.plus(-1)
    )
}

fn list(session: &Session) -> Result<(), Failure> {
    let store = session.read()?;
    let book = store.book()?;
    let facts = store.load_facts(&mut |_| {})?;
    let mut rows = vec![
        ["metric", "from", "to", "value", "set by", "set at"]
            .map(String::from)
            .to_vec(),
    ];
    for target in &facts.targets.0 {
        let by = facts.names.people.id(target.by);
        rows.push(vec![
            target.metric.clone(),
            target.start.to_string(),
            target.end.plus(-1).to_string(),
            target::typed(&target.metric, target.value, book.workspace.currency),
            by.map_or(String::new(), |_| facts.names.people.name(target.by).into()),
            book.calendar.show(target.at),
        ]);
    }
    tables::print(session.format(), &rows)
}

/// Reads `METRIC=PERIOD=VALUE`; money is given in whole units (`1000000` or `1000000.50`).
pub(super) fn parse(
    text: &str,
    currency: Currency,
    calendar: &Calendar,
) -> Result<Command, Failure> {
    let wrong = |why: String| Failure::WrongUse(format!("target '{text}': {why}"));
    let mut parts = text.splitn(3, '=').map(str::trim);
    let (Some(metric), Some(period), Some(value)) = (parts.next(), parts.next(), parts.next())
    else {
        return Err(wrong(
            "METRIC=PERIOD=VALUE is expected, such as revenue=2025-Q3=1000000".into(),
        ));
    };
    let today = calendar.day_of(now());
    target::command((metric, period, value), currency, (calendar, today))
        .map_err(|error| wrong(error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(text: &str) -> Option<i64> {
        match parse(text, Currency::EUR, &Calendar::new("UTC").unwrap()) {
            Ok(Command::SetTarget { value, .. }) => Some(value),
            _ => None,
        }
    }

    #[test]
    fn what_was_set_is_said_in_the_units_it_was_given_in() {
        let calendar = Calendar::new("UTC").unwrap();
        let line = |text: &str, changed: bool| {
            let command = parse(text, Currency::EUR, &calendar).ok().unwrap();
            said(&command, Currency::EUR, "", changed)
        };
        assert_eq!(
            line("revenue=2025-Q4=1800000.50", true),
            "target revenue 2025-10-01 to 2025-12-31: 1800000.50 EUR"
        );
        assert_eq!(
            line("mqls=2025-Q4=417", false),
            "target mqls 2025-10-01 to 2025-12-31: 417, as before"
        );
    }

    #[test]
    fn money_is_given_in_whole_units_and_counts_are_counts() {
        assert_eq!(value("revenue=2025-Q3=1_000_000.50"), Some(100_000_050));
        assert_eq!(value("mqls=2025-09=417"), Some(417));
        for wrong in [
            "revenue",
            "revenue=2025",
            "revenue=2025=-1",
            "revenue=2025=ten",
            "revenue=2025=0.001",
            "mqls=2025=1.5",
            "mqls=all=5",
            "mqls=someday=5",
            "love=2025=5",
            "revenue=2025=99999999999999999999999999999",
        ] {
            assert_eq!(value(wrong), None, "{wrong}");
        }
    }
}
