//! The scoreboard as JSON: the stable contract of the README. Money in minor units; `null` where the screen prints a dash.

use serde_json::{Map, Number, Value as Json, json};

use super::{Score, figures};
use crate::domain::period::Span;
use crate::metrics::{Figure, Unit, Value};
use crate::text;

pub(super) fn score(score: &Score) -> String {
    let board = score.board;
    let day = |day: crate::domain::moment::Day| match board.period.span {
        Span::All => Json::Null,
        _ => Json::String(day.to_string()),
    };
    let by: Vec<Json> = score.by.map_or_else(Vec::new, |(dimension, lines)| {
        let line = |line: &crate::metrics::Line| {
            json!({
                "dimension": dimension.word(),
                "name": line.name,
                "metrics": metrics(line.figures.iter()),
            })
        };
        lines.iter().map(line).collect()
    });
    let document = json!({
        "workspace": score.workspace,
        "as_of": board.as_of.to_string(),
        "period": {
            "start": day(board.period.first),
            "end": day(board.period.end),
            "label": board.period.label,
        },
        "metrics": metrics(figures(board).into_iter()),
        "by": by,
    });
    text::json(&format!("{document:#}\n"))
}

fn metrics<'a>(figures: impl Iterator<Item = &'a Figure>) -> Json {
    let all = figures.map(|figure| (figure.id.id().to_owned(), one(figure)));
    Json::Object(all.collect::<Map<String, Json>>())
}

fn one(figure: &Figure) -> Json {
    let mut object = Map::new();
    let mut put = |key: &str, value: Json| object.insert(key.to_owned(), value);
    put(
        "value",
        match figure.value {
            Some(Value::Whole(n)) => n.into(),
            Some(Value::Real(x)) => Number::from_f64(x).map_or(Json::Null, Json::Number),
            None => Json::Null,
        },
    );
    put("unit", unit(figure.unit).into());
    if let Unit::Money(currency) = figure.unit {
        put("currency", currency.code().into());
    }
    put("numerator", figure.numerator.into());
    put("denominator", figure.denominator.into());
    put("n", figure.n.into());
    put("mode", figure.counted.word().into());
    put("mature", figure.mature.into());
    put("partial", figure.is_partial().into());
    put("note", figure.note.clone().into());
    Json::Object(object)
}

/// The word of a unit in exports.
pub(super) fn unit(unit: Unit) -> &'static str {
    match unit {
        Unit::Money(_) => "money",
        Unit::Count => "count",
        Unit::Ratio => "ratio",
        Unit::Days => "days",
        Unit::Hours => "hours",
    }
}
