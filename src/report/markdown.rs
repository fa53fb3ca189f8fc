//! The scoreboard as Markdown tables. No foreign text becomes markup; prints nothing itself.

use std::fmt::Write as _;

use super::{Score, elsewhere, left_out};
use crate::metrics::show::Cents;
use crate::metrics::{Compared, Figure, Line, dictionary, show};
use crate::text::clean;

pub(super) fn score(score: &Score) -> String {
    let board = score.board;
    let headline = &board.headline;
    let mut out = String::new();
    let _ = writeln!(
        out,
        "# {}, {}\n\nAs of {}.\n",
        escaped(score.workspace),
        escaped(&board.period.label),
        board.as_of
    );
    if let Some(hint) = elsewhere(board) {
        let _ = writeln!(out, "{}\n", escaped(&hint));
    }
    let numbers = [
        &headline.value.now,
        &headline.attainment,
        &headline.gap,
        &headline.pace,
    ];
    let _ = writeln!(out, "## Qualified pipeline sourced\n");
    heads(&mut out, &["number", "value", "counted", "note"]);
    for figure in numbers.into_iter().chain([
        &board.readings.marketing,
        &board.readings.sales,
        &board.readings.finance,
    ]) {
        let note = figure.note.as_deref().unwrap_or("");
        row(
            &mut out,
            [
                dictionary::name(figure.id).into(),
                show::full(figure),
                show::beside(figure),
                note.into(),
            ],
        );
    }
    for (title, numbers) in [
        ("Marketing", &board.marketing),
        ("Sales", &board.sales),
        ("Cost of misalignment", &board.misalignment),
    ] {
        let _ = writeln!(out, "\n## {title}\n");
        compared(&mut out, numbers);
    }
    if let Some((dimension, lines)) = score.by {
        let _ = writeln!(out, "\n## By {}\n", dimension.word());
        breakdown(&mut out, lines);
    }
    if let Some(left_out) = left_out(board) {
        let _ = writeln!(out, "\n{}", escaped(&left_out));
    }
    for told in score.told {
        let _ = writeln!(out, "\n{}", escaped(told));
    }
    out
}

fn compared(out: &mut String, numbers: &[Compared]) {
    heads(
        out,
        &[
            "number",
            "now",
            "before",
            "change",
            "year before",
            "counted",
            "note",
        ],
    );
    for number in numbers {
        let of = |figure: &Option<Figure>| {
            figure
                .as_ref()
                .map_or_else(|| show::DASH.into(), show::full)
        };
        row(
            out,
            [
                dictionary::name(number.now.id).into(),
                show::full(&number.now),
                of(&number.before),
                show::change(&number.now, number.before.as_ref()),
                of(&number.year_before),
                show::beside(&number.now),
                number.now.note.clone().unwrap_or_default(),
            ],
        );
    }
}

fn breakdown(out: &mut String, lines: &[Line]) {
    let Some(first) = lines.first() else {
        out.push_str("Nothing in this period.\n");
        return;
    };
    let mut names = vec!["name"];
    names.extend(
        first
            .figures
            .iter()
            .map(|figure| dictionary::name(figure.id)),
    );
    heads(out, &names);
    let column = |at: usize| lines.iter().filter_map(move |line| line.figures.get(at));
    let columns = 0..first.figures.len();
    let cents: Vec<Cents> = columns.map(|at| Cents::of_column(column(at))).collect();
    for line in lines {
        let figures = line.figures.iter().zip(&cents).map(|(figure, cents)| {
            let text = show::in_column(figure, *cents);
            match figure.denominator {
                Some(_) => format!("{text} (n {})", figure.n),
                None => text,
            }
        });
        row(out, std::iter::once(line.name.clone()).chain(figures));
    }
}

pub(super) fn heads(out: &mut String, names: &[&str]) {
    row(out, names.iter().map(|name| (*name).to_owned()));
    let rule = names
        .iter()
        .enumerate()
        .map(|(i, _)| if i == 0 { "---|" } else { "---:|" });
    let _ = writeln!(out, "|{}", rule.collect::<String>());
}

pub(super) fn row(out: &mut String, cells: impl IntoIterator<Item = String>) {
    out.push('|');
    for cell in cells {
        let _ = write!(out, " {} |", escaped(&cell));
    }
    out.push('\n');
}

/// Cleaned text in which nothing is markup, a table cell's end, HTML or a link.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let text = clean(text);
    let mut before = ' ';
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '#' | '|' | '~' | '!' => {
                out.push('\\');
                out.push(c);
            }
            // A bare address would become a link, a word between two of them a picture; `23:59` and `partial: 4` neither.
            ':' if !is_punctuation(before, chars.peek().copied()) => out.push_str("&#58;"),
            '@' => out.push_str("&#64;"),
            c => out.push(c),
        }
        before = c;
    }
    out
}

/// Whether a colon between these is one of a sentence or of a time.
fn is_punctuation(before: char, after: Option<char>) -> bool {
    match after {
        None => true,
        Some(after) if after.is_ascii_digit() => before.is_ascii_digit(),
        Some(after) => after == ' ',
    }
}
