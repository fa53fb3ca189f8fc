//! The scoreboard as CSV, one line per number. No cell runs as a formula; numbers stay numbers.

use super::json::unit;
use super::{Score, figures};
use crate::metrics::{Figure, Unit, Value};
use crate::text::cell::arm;
use crate::text::clean;

const HEADS: [&str; 15] = [
    "period",
    "as_of",
    "by",
    "name",
    "metric",
    "value",
    "unit",
    "currency",
    "numerator",
    "denominator",
    "n",
    "mode",
    "mature",
    "partial",
    "note",
];

pub(super) fn score(score: &Score) -> String {
    let mut out = row(HEADS.iter().map(|head| (*head).to_owned()));
    for figure in figures(score.board) {
        out += &line(score, "", "", figure);
    }
    if let Some((dimension, lines)) = score.by {
        for named in lines {
            for figure in &named.figures {
                out += &line(score, dimension.word(), &named.name, figure);
            }
        }
    }
    out
}

fn line(score: &Score, by: &str, name: &str, figure: &Figure) -> String {
    let number = |n: Option<i64>| n.map_or_else(String::new, |n| n.to_string());
    let currency = match figure.unit {
        Unit::Money(currency) => currency.to_string(),
        _ => String::new(),
    };
    row([
        arm(&score.board.period.label).into_owned(),
        score.board.as_of.to_string(),
        by.to_owned(),
        arm(&clean(name)).into_owned(),
        figure.id.id().to_owned(),
        match figure.value {
            Some(Value::Whole(n)) => n.to_string(),
            Some(Value::Real(x)) => x.to_string(),
            None => String::new(),
        },
        unit(figure.unit).to_owned(),
        currency,
        number(figure.numerator),
        number(figure.denominator),
        figure.n.to_string(),
        figure.counted.word().to_owned(),
        figure
            .mature
            .map_or_else(String::new, |mature| mature.to_string()),
        figure.is_partial().to_string(),
        arm(&clean(figure.note.as_deref().unwrap_or(""))).into_owned(),
    ]
    .into_iter())
}

fn row(cells: impl Iterator<Item = String>) -> String {
    let quoted = cells.map(|cell| {
        if cell.contains(['"', ',', '\n', '\r', ';', '\t']) {
            format!("\"{}\"", cell.replace('"', "\"\""))
        } else {
            cell
        }
    });
    quoted.collect::<Vec<_>>().join(",") + "\r\n"
}
