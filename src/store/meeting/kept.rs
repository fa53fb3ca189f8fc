//! Lists inside a cell of a meeting's row, as JSON: agenda items, grounds, a number as it was. Reads what fits and leaves the rest.

use serde_json::{Map, Value as Json};

use crate::domain::meeting::agenda::{Point, Topic};
use crate::domain::meeting::ground::Ground;
use crate::domain::meeting::measured::{Measured, Number};
use crate::domain::moment::Moment;

/// Items of an agenda: `[["scoreboard", "Scoreboard", 8]]`.
pub(in crate::store) fn points_text(points: &[Point]) -> String {
    let one = |point: &Point| {
        let parts = [
            Json::from(point.topic.word()),
            Json::from(point.title.as_str()),
            Json::from(point.minutes),
        ];
        Json::from(parts.to_vec())
    };
    Json::Array(points.iter().map(one).collect()).to_string()
}

pub(super) fn points(text: &str) -> Vec<Point> {
    let all: Vec<(String, String, u32)> = serde_json::from_str(text).unwrap_or_default();
    let one = |(topic, title, minutes): (String, String, u32)| Point {
        topic: Topic::parse(&topic).unwrap_or(Topic::Other),
        title,
        minutes,
    };
    all.into_iter().map(one).collect()
}

/// Grounds: `[["metric", "win_rate"], ["handoff", "17"]]`.
pub(in crate::store) fn grounds_text(grounds: &[Ground]) -> String {
    let one = |ground: &Ground| Json::from(vec![ground.word().to_owned(), ground.value()]);
    Json::Array(grounds.iter().map(one).collect()).to_string()
}

pub(super) fn grounds(text: &str) -> Vec<Ground> {
    let all: Vec<(String, String)> = serde_json::from_str(text).unwrap_or_default();
    all.iter()
        .filter_map(|(word, value)| Ground::read(word, value))
        .collect()
}

/// A number as it was, without its name, which has a column of its own.
pub(in crate::store) fn was_text(was: &Measured) -> String {
    let mut map = Map::new();
    let value = match was.value {
        None => Json::Null,
        Some(Number::Whole(n)) => Json::from(n),
        Some(Number::Real(x)) => Json::from(x),
    };
    map.insert("value".into(), value);
    map.insert("numerator".into(), Json::from(was.numerator));
    map.insert("denominator".into(), Json::from(was.denominator));
    map.insert("n".into(), Json::from(was.n));
    map.insert("mode".into(), Json::from(was.mode.as_str()));
    map.insert("counted".into(), Json::from(was.counted.as_str()));
    map.insert("period".into(), Json::from(was.period.as_str()));
    map.insert("as_of".into(), Json::from(was.as_of.0));
    Json::Object(map).to_string()
}

pub(super) fn was(metric: &str, text: &str) -> Option<Measured> {
    let map: Map<String, Json> = serde_json::from_str(text).ok()?;
    let whole = |key: &str| map.get(key).and_then(Json::as_i64);
    let words = |key: &str| Some(map.get(key)?.as_str()?.to_owned());
    let value = map.get("value").and_then(|value| match value.as_i64() {
        Some(n) => Some(Number::Whole(n)),
        None => value.as_f64().map(Number::Real),
    });
    Some(Measured {
        metric: metric.to_owned(),
        value,
        numerator: whole("numerator"),
        denominator: whole("denominator"),
        n: whole("n")?,
        mode: words("mode")?,
        counted: words("counted")?,
        period: words("period")?,
        as_of: Moment(whole("as_of")?),
    })
}
