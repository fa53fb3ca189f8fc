//! The scoreboard in columns for people. Every foreign text is cleaned; prints nothing itself.

use std::fmt::Write as _;

use comfy_table::presets::NOTHING;
use comfy_table::{CellAlignment, Table};

use super::{Score, elsewhere, left_out};
use crate::metrics::board::Point;
use crate::metrics::{Compared, Figure, Line, dictionary, show};
use crate::text::{clean, truncate};

pub(super) fn score(score: &Score) -> String {
    let board = score.board;
    let mut out = String::new();
    let _ = writeln!(
        out,
        "{} · {} · as of {}\n",
        clean(score.workspace),
        board.period.label,
        board.as_of
    );
    if let Some(hint) = elsewhere(board) {
        let _ = writeln!(out, "{hint}\n");
    }
    headline(&mut out, score);
    for (title, numbers) in [
        ("MARKETING", &board.marketing),
        ("SALES", &board.sales),
        ("COST OF MISALIGNMENT", &board.misalignment),
    ] {
        let _ = writeln!(out, "\n{title}\n{}", compared(numbers));
    }
    let readings = &board.readings;
    let _ = writeln!(out, "\nONE PIPELINE, THREE READINGS");
    for figure in [&readings.marketing, &readings.sales, &readings.finance] {
        let _ = writeln!(
            out,
            "  {:<28} {:>20}",
            dictionary::name(figure.id),
            show::full(figure)
        );
    }
    if let Some((dimension, lines)) = score.by {
        let _ = writeln!(
            out,
            "\nBY {}\n{}",
            dimension.word().to_uppercase(),
            breakdown(lines)
        );
    }
    if let Some(left_out) = left_out(board) {
        let _ = writeln!(out, "\n{left_out}");
    }
    for told in score.told {
        let _ = writeln!(out, "\n{}", clean(told));
    }
    out
}

fn headline(out: &mut String, score: &Score) {
    let headline = &score.board.headline;
    let now = &headline.value.now;
    let _ = writeln!(out, "QUALIFIED PIPELINE SOURCED  {}", show::full(now));
    let target = headline.target.map_or_else(
        || "no target".into(),
        |target| match now.unit {
            crate::metrics::Unit::Money(currency) => {
                format!("target {}", show::money(target as f64, currency))
            }
            _ => format!("target {}", show::grouped(target)),
        },
    );
    let (gone, all) = headline.working_days;
    let _ = writeln!(
        out,
        "  {target} · attained {} · gap {} · pace {}{}",
        show::full(&headline.attainment),
        show::full(&headline.gap),
        show::full(&headline.pace),
        if all > 0 {
            format!(" (working day {gone} of {all})")
        } else {
            String::new()
        },
    );
    let _ = writeln!(
        out,
        "  {} · before {} · year before {}",
        show::beside(now),
        show::change(now, headline.value.before.as_ref()),
        show::change(now, headline.value.year_before.as_ref()),
    );
    // What lies before the history says nothing.
    let begin = headline.trend.iter().position(|p| p.value.is_some());
    let trend = &headline.trend[begin.unwrap_or(0)..];
    if let (Some(first), Some(last)) = (trend.first(), trend.last()) {
        let trend = spark(trend);
        let _ = writeln!(out, "  {} {trend} {}", first.label, last.label);
    }
    if let Some(note) = &now.note {
        let _ = writeln!(out, "  {}", clean(note));
    }
}

/// A trend in block characters; a dash where there is no number.
fn spark(points: &[Point]) -> String {
    const BARS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
    let most = points.iter().filter_map(|p| p.value).fold(0.0, f64::max);
    points
        .iter()
        .map(|point| match point.value {
            Some(value) if most > 0.0 => {
                BARS[((value / most).clamp(0.0, 1.0) * 7.0).round() as usize]
            }
            Some(_) => BARS[0],
            None => '·',
        })
        .collect()
}

fn table(heads: &[&str]) -> Table {
    let mut table = Table::new();
    table.load_style(NOTHING).set_header(heads.to_vec());
    for column in table.column_iter_mut().skip(1) {
        column.set_cell_alignment(CellAlignment::Right);
    }
    table
}

fn compared(numbers: &[Compared]) -> String {
    let mut table = table(&["", "now", "before", "change", "year before", "counted"]);
    for number in numbers {
        let of = |figure: &Option<Figure>| {
            figure
                .as_ref()
                .map_or_else(|| show::DASH.into(), show::full)
        };
        table.add_row([
            dictionary::name(number.now.id).to_owned(),
            show::full(&number.now),
            of(&number.before),
            show::change(&number.now, number.before.as_ref()),
            of(&number.year_before),
            show::beside(&number.now),
        ]);
    }
    table.to_string()
}

fn breakdown(lines: &[Line]) -> String {
    let Some(first) = lines.first() else {
        return "nothing in this period".into();
    };
    let mut heads = vec!["name"];
    heads.extend(
        first
            .figures
            .iter()
            .map(|figure| dictionary::name(figure.id)),
    );
    let mut table = table(&heads);
    for line in lines {
        let mut cells = vec![truncate(&clean(&line.name), 32).into_owned()];
        cells.extend(line.figures.iter().map(|figure| {
            let n = match figure.denominator {
                Some(_) => format!(" ({})", show::grouped(figure.n as i64)),
                None => String::new(),
            };
            format!("{}{n}", show::short(figure))
        }));
        table.add_row(cells);
    }
    table.to_string()
}
