//! What every format must hold: the contract, disarmed cells, escaped markup, cleaned text.

mod meeting;
mod paper;

use super::{Format, Score, score};
use crate::domain::moment::Moment;
use crate::domain::period::Period;
use crate::facts::filter::Dimension;
use crate::metrics::tests::fixture::{MARCH, book};
use crate::metrics::tests::random::random;
use crate::metrics::{Board, Metric, Scope, breakdown};

fn printed(name: &str, format: Format) -> String {
    let mut facts = random(7, 200);
    let book = book("Europe/Berlin");
    facts.names.sources.put(1, name);
    let period = Period::parse(
        "2025-03",
        book.calendar.day_of(Moment(MARCH)),
        &book.calendar,
    );
    let scope = Scope::new(&facts, &book, period.unwrap(), Moment(MARCH + 40 * 86_400));
    let board = Board::compute(&facts, &book, &scope);
    let lines = breakdown(Dimension::Source, &facts, &book, &scope);
    score(
        &Score {
            workspace: "Room \u{1b}[31m| <b>",
            board: &board,
            by: Some((Dimension::Source, &lines)),
            told: &[],
        },
        format,
    )
}

#[test]
fn json_shows_the_terminal_nothing_to_obey_and_keeps_the_name() {
    let name = "a\u{9b}31m\u{202e}b\u{200b}\u{7f}\u{e0041}é";
    let json = printed(name, Format::Json);
    let hazard = |c: char| c != '\n' && crate::text::is_hazard(c);
    assert_eq!(json.chars().find(|c| hazard(*c)), None);
    let document: serde_json::Value = serde_json::from_str(&json).unwrap();
    let lines = document["by"].as_array().unwrap();
    assert!(lines.iter().any(|line| line["name"] == name));
}

#[test]
fn json_keeps_the_contract() {
    let document: serde_json::Value =
        serde_json::from_str(&printed("Webinar", Format::Json)).unwrap();
    let keys: Vec<&str> = document
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect();
    assert_eq!(keys, ["workspace", "as_of", "period", "metrics", "by"]);
    assert_eq!(document["period"]["start"], "2025-03-01");
    assert_eq!(document["period"]["end"], "2025-04-01");
    assert_eq!(document["period"]["label"], "2025-03");
    let metrics = document["metrics"].as_object().unwrap();
    assert_eq!(metrics.len(), Metric::ALL.len());
    for (id, metric) in metrics {
        assert!(Metric::parse(id).is_some(), "{id}");
        let mut keys: Vec<&str> = metric
            .as_object()
            .unwrap()
            .keys()
            .map(String::as_str)
            .collect();
        if metric["unit"] == "money" {
            assert_eq!(metric["currency"], "EUR");
            keys.retain(|key| *key != "currency");
        }
        let contract = [
            "value",
            "unit",
            "numerator",
            "denominator",
            "n",
            "mode",
            "mature",
            "partial",
            "note",
        ];
        assert_eq!(keys, contract, "{id}");
    }
    assert!(metrics["pipeline_attainment"]["value"].is_null());
    assert!(!document["by"].as_array().unwrap().is_empty());
}

#[test]
fn csv_cells_do_not_run_and_read_back() {
    for evil in [
        "=1+1",
        " =1+1",
        "\u{a0}@SUM(A1)",
        "＝cmd",
        "a\n=2",
        "-2+3",
        "\t=1",
    ] {
        let text = printed(evil, Format::Csv);
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let mut named = 0;
        for record in reader.records() {
            let record = record.unwrap();
            assert_eq!(record.len(), 15);
            let name = &record[3];
            assert!(
                !name.trim_start().starts_with(['=', '@', '＝', '-']),
                "{name:?}"
            );
            assert!(!name.contains(['\n', '\r', '\t']), "{name:?}");
            named += usize::from(!name.is_empty());
        }
        assert!(named > 0, "{evil:?}");
    }
}

#[test]
fn nothing_foreign_becomes_markup_or_control() {
    let name = "a|b <script>alert(1)</script> [x](http://evil) \u{1b}[31m`c` \u{202e}";
    for format in [Format::Table, Format::Markdown] {
        let text = printed(name, format);
        assert!(!text.contains(['\u{1b}', '\u{202e}']), "{format:?}");
    }
    let text = printed(name, Format::Markdown);
    assert!(
        !text.contains("<script>")
            && !text.replace("\\]", "").contains("](")
            && !text.contains("http://")
    );
    let cells = |line: &str| line.replace("\\|", "").matches('|').count();
    let table: Vec<&str> = text
        .lines()
        .skip_while(|l| !l.starts_with("## By"))
        .filter(|l| l.starts_with('|'))
        .collect();
    assert!(table.iter().all(|line| cells(line) == cells(table[0])));
}

#[test]
fn the_table_shows_a_dash_and_n_beside_ratios() {
    let text = printed("Webinar", Format::Table);
    assert!(text.contains("QUALIFIED PIPELINE SOURCED"), "{text}");
    assert!(text.contains("attained —") && text.contains("cohort") && text.contains("n "));
}
