//! The entries of each page as rows of text, and their columns. Changes nothing.

use super::numbers;
use crate::domain::book::Reason;
use crate::domain::catalogue::Chapter;
use crate::domain::moment::Day;
use crate::domain::money::Money;
use crate::domain::target;
use crate::facts::column::NONE;
use crate::keymap::Action;
use crate::screens::model::Model;
use crate::widgets::{Align, Column};

/// One entry: what names it in a command, and its cells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Row {
    /// Key, code, name or handle.
    pub(super) key: String,
    pub(super) cells: Vec<String>,
}

fn column(title: &str, width: u16, drop: u8) -> Column {
    Column {
        title: title.to_owned(),
        width,
        align: Align::Left,
        grows: drop == 0,
        drop,
    }
}

fn figure(title: &str, width: u16) -> Column {
    Column {
        title: title.to_owned(),
        width,
        align: Align::Right,
        grows: false,
        drop: 0,
    }
}

/// What the footer says on a page: what can be done with its entries.
pub(super) fn hints(chapter: Chapter) -> Vec<(Action, &'static str)> {
    use Action as A;
    let (change, add) = ((A::Open, "change"), (A::Add, "add"));
    let own: &[(A, &'static str)] = match chapter {
        Chapter::Numbers => &[change],
        Chapter::Reasons => &[change, add, (A::Retire, "retire"), (A::Merge, "merge")],
        Chapter::Stages | Chapter::People => &[change, add, (A::Retire, "retire")],
        Chapter::Sources | Chapter::Rates => &[change, add, (A::Retire, "take away")],
        Chapter::Campaigns | Chapter::Targets => &[change, add],
        Chapter::Spend => &[add],
        Chapter::Holidays => &[add, (A::Retire, "take away")],
    };
    let common = [
        (A::Help, "help"),
        (A::History, "history"),
        (A::NextPane, "page"),
        (A::PreviousPane, "page back"),
    ];
    own.iter().copied().chain(common).collect()
}

/// The columns of a page.
pub(super) fn columns(chapter: Chapter) -> Vec<Column> {
    match chapter {
        Chapter::Numbers => vec![
            column("What it means", 28, 0),
            figure("Value", 16),
            column("Key", 15, 1),
        ],
        Chapter::Reasons => vec![
            column("Reason", 20, 0),
            column("Code", 18, 3),
            column("About", 12, 4),
            column("Asks for", 20, 1),
            column("Who acts", 9, 5),
            column("Field", 10, 6),
            column("In use", 12, 2),
        ],
        Chapter::Stages => vec![
            column("Stage", 20, 0),
            figure("Place", 6),
            column("What it is", 24, 2),
            column("In use", 8, 1),
        ],
        Chapter::Sources => vec![
            column("Source", 20, 0),
            column("Whose", 12, 1),
            column("Price", 12, 2),
        ],
        Chapter::Campaigns => vec![column("Campaign", 20, 0)],
        Chapter::Targets => vec![
            column("Number", 26, 0),
            column("From", 10, 1),
            column("To", 10, 1),
            figure("Target", 18),
            column("Set by", 16, 2),
            column("When", 16, 3),
        ],
        Chapter::Spend => vec![
            column("Source", 16, 0),
            column("Campaign", 18, 3),
            column("Spent on", 10, 1),
            column("For", 16, 2),
            figure("Amount", 16),
        ],
        Chapter::Rates => vec![
            column("Currency", 12, 0),
            column("From", 10, 1),
            figure("One unit is worth", 24),
        ],
        Chapter::Holidays => vec![column("Holiday", 20, 0), column("Day", 10, 1)],
        Chapter::People => vec![
            column("Name", 20, 0),
            column("Handle", 14, 2),
            column("Side", 10, 1),
        ],
    }
}

pub(super) fn row(key: impl Into<String>, cells: Vec<String>) -> Row {
    Row {
        key: key.into(),
        cells,
    }
}

/// The entries of a page; the newest first where they have a day.
pub(super) fn rows(chapter: Chapter, model: &Model, holidays: &[(Day, String)]) -> Vec<Row> {
    let (book, facts) = (model.book(), model.facts());
    match chapter {
        Chapter::Numbers => numbers::rows(book),
        Chapter::Reasons => book.reasons.iter().map(|r| reason(r, model)).collect(),
        Chapter::Stages => {
            let stage = |stage: &crate::domain::book::Stage| {
                let what = if stage.position < 1 {
                    "before the pipeline"
                } else {
                    "pipeline"
                };
                let cells = vec![
                    stage.name.clone(),
                    stage.position.to_string(),
                    what.into(),
                    in_use(stage.retired).into(),
                ];
                row(stage.name.clone(), cells)
            };
            book.stages.iter().map(stage).collect()
        }
        Chapter::Sources => {
            let source = |source: &crate::domain::book::Source| {
                let price = if source.free { "free" } else { "costs" };
                let side = source.side.label();
                let cells = vec![source.name.clone(), side.into(), price.into()];
                row(source.name.clone(), cells)
            };
            book.sources.iter().map(source).collect()
        }
        Chapter::Campaigns => {
            let names = &facts.names.campaigns;
            let mut names: Vec<&str> = (0..names.len() as u32).map(|c| names.name(c)).collect();
            names.sort_by_key(|name| name.to_lowercase());
            let one = |name: &str| row(name, vec![name.to_owned()]);
            names.into_iter().map(one).collect()
        }
        Chapter::Targets => targets(model),
        Chapter::Spend => spend(model),
        Chapter::Rates => {
            let home = book.workspace.currency;
            let rate = |(currency, from, worth): &_| {
                let worth = format!("{worth} {home}");
                let cells = vec![format!("{currency}"), format!("{from}"), worth];
                row(format!("{currency}"), cells)
            };
            facts.rates.rows().iter().rev().map(rate).collect()
        }
        Chapter::Holidays => {
            let holiday = |(day, name): &(Day, String)| {
                row(day.to_string(), vec![name.clone(), day.to_string()])
            };
            holidays.iter().rev().map(holiday).collect()
        }
        Chapter::People => {
            let person = |person: &crate::domain::book::Person| {
                let side = person.side.label().to_owned();
                let cells = vec![person.name.clone(), person.handle.clone(), side];
                row(person.handle.clone(), cells)
            };
            book.people.iter().map(person).collect()
        }
    }
}

fn in_use(retired: bool) -> &'static str {
    if retired { "no" } else { "yes" }
}

fn reason(reason: &Reason, model: &Model) -> Row {
    let successor = reason
        .successor
        .and_then(|id| model.book().reasons.iter().find(|r| r.id == id));
    let cells = vec![
        reason.label.clone(),
        reason.code.clone(),
        reason.class.label().to_owned(),
        reason.asks.label().to_owned(),
        reason.acts.label().to_owned(),
        reason.field.clone().unwrap_or_default(),
        successor.map_or_else(
            || in_use(reason.retired).to_owned(),
            |other| format!("no: {}", other.label),
        ),
    ];
    row(reason.code.clone(), cells)
}

fn targets(model: &Model) -> Vec<Row> {
    let (book, facts) = (model.book(), model.facts());
    let target = |target: &crate::facts::targets::Target| {
        let by = if target.by == NONE {
            String::new()
        } else {
            facts.names.people.name(target.by).to_owned()
        };
        let cells = vec![
            target.metric.replace('_', " "),
            target.start.to_string(),
            target.end.plus(-1).to_string(),
            target::said(&target.metric, target.value, book.workspace.currency),
            by,
            book.calendar.show(target.at),
        ];
        row(target.metric.clone(), cells)
    };
    facts.targets.0.iter().rev().map(target).collect()
}

fn spend(model: &Model) -> Vec<Row> {
    let facts = model.facts();
    let named = |name: &str, code: u32| (code != NONE).then(|| name.to_owned());
    let entry = |entry: &crate::facts::spend::SpendRow| {
        let currency = facts.names.currencies.get(entry.currency as usize);
        let amount = currency.map(|currency| Money {
            minor: entry.amount,
            currency: *currency,
        });
        let source = named(facts.names.sources.name(entry.source), entry.source);
        let campaign = named(facts.names.campaigns.name(entry.campaign), entry.campaign);
        let cells = vec![
            source.unwrap_or_default(),
            campaign.unwrap_or_default(),
            entry.on.to_string(),
            entry.kind.label().to_owned(),
            amount.map(|money| money.to_string()).unwrap_or_default(),
        ];
        row(entry.id.to_string(), cells)
    };
    facts.spend.rows.iter().rev().map(entry).collect()
}
