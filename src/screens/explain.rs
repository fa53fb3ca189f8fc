//! What a number means: its live figure, then its text from the dictionary. Defines nothing.

use crate::metrics::{Figure, Metric, dictionary, show};
use crate::screens::figures::{self, Room};
use crate::screens::labels::label;
use crate::screens::model::Model;
use crate::screens::scoreboard::ItemKey;
use crate::widgets::{Paragraph, Reader};

/// The explanation of the number at a place of the board.
pub fn reader(key: ItemKey, model: &Model) -> Reader {
    let mut text = Vec::new();
    let whole = ItemKey::figure(key.pane, key.metric());
    if let Some(figure) = model.figure(key).or_else(|| model.figure(whole)) {
        let period = figures::period(&model.scope().period);
        text.push(Paragraph::Strong(format!(
            "{}, {period}: {}",
            label(figure.id),
            figures::figure(figure, Room::Wide)
        )));
        text.extend(
            made_of(figure, model)
                .into_iter()
                .map(|(name, value)| Paragraph::Entry(name.to_owned(), value)),
        );
        text.push(Paragraph::Gap);
    }
    text.extend(defined(key.metric()));
    Reader::new(text)
}

/// What the dictionary says of a number.
pub fn defined(metric: Metric) -> Vec<Paragraph> {
    let entry = dictionary::entry(metric);
    let mut text = vec![
        Paragraph::Heading(entry.name.clone()),
        Paragraph::Text(entry.definition.clone()),
        Paragraph::Gap,
    ];
    let facts = [
        ("formula", entry.formula.clone()),
        ("clock", entry.clock.clone()),
        ("mode", entry.modes.join(", ")),
        ("edge cases", entry.edge_cases.clone()),
        ("id", entry.id.clone()),
    ];
    let told = facts.into_iter().filter(|(_, value)| !value.is_empty());
    text.extend(told.map(|(name, value)| Paragraph::Entry(name.to_owned(), value)));
    text
}

/// The parts of the live figure.
fn made_of(figure: &Figure, model: &Model) -> Vec<(&'static str, String)> {
    let currency = model.book().workspace.currency;
    let mut parts = Vec::new();
    parts.extend(show::made_of(figure, currency).map(|said| ("made of", said)));
    let small = if figure.small_n {
        ", a small number (°)"
    } else {
        ""
    };
    parts.push(("n", format!("{}{small}", figures::grouped(figure.n as i64))));
    parts.push(("counted", figure.counted.word().to_owned()));
    if let Some((low, high)) = figure.interval {
        parts.push((
            "95 % between",
            format!(
                "{} and {} (Wilson)",
                figures::percent(low),
                figures::percent(high)
            ),
        ));
    }
    match figure.mature {
        Some(true) => parts.push((
            "maturity",
            "the cohort is old enough to be judged".to_owned(),
        )),
        Some(false) => {
            parts.push((
                "maturity",
                format!(
                    "too young: {} may still change it",
                    figures::grouped(figure.open as i64)
                ),
            ));
        }
        None => {}
    }
    if figure.is_partial() {
        let code = currency.code();
        parts.push((
            "partial (~)",
            format!(
                "{} rows have no value in {code} and are not in it",
                figure.unpriced
            ),
        ));
    }
    parts.extend(figure.note.clone().map(|note| ("note", note)));
    parts
}
