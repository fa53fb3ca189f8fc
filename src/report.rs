//! The scoreboard as text, JSON, CSV and Markdown, and the report as HTML and Markdown; writes no file itself.

mod csv;
mod html;
mod json;
mod markdown;
mod page;
mod pages;
mod plain;
mod table;
#[cfg(test)]
mod tests;

use crate::domain::book::Book;
use crate::domain::criteria::Fields;
use crate::domain::criteria::version::Version;
use crate::facts::filter::Dimension;
use crate::metrics::{Board, Figure, Line};

pub use page::{Asked, Recap};

/// A form of output.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// For people, in columns.
    #[default]
    Table,
    /// The stable contract of the README.
    Json,
    /// One line per number; no cell runs as a formula.
    Csv,
    /// For a page or a chat; nothing in it becomes markup.
    Markdown,
}

/// What `score` prints.
#[derive(Clone, Copy, Debug)]
pub struct Score<'a> {
    /// The workspace's name.
    pub workspace: &'a str,
    /// The board.
    pub board: &'a Board,
    /// The breakdown that was asked for.
    pub by: Option<(Dimension, &'a [Line])>,
    /// What is to be told of the criteria in force; for people only.
    pub told: &'a [String],
}

/// The scoreboard in a format, ending in a line end.
pub fn score(score: &Score, format: Format) -> String {
    match format {
        Format::Table => table::score(score),
        Format::Json => json::score(score),
        Format::Csv => csv::score(score),
        Format::Markdown => markdown::score(score),
    }
}

/// The recap of a meeting as plain text in columns, ending in a line end.
pub fn recap_text(recap: &Recap) -> String {
    plain::page(&page::Page::recap(recap))
}

/// The recap of a meeting on paper, ending in a line end.
pub fn recap(recap: &Recap, paper: Paper) -> String {
    write(&page::Page::recap(recap), paper)
}

/// How the report is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Paper {
    /// One page with pictures that needs nothing beside it.
    Html,
    /// Tables in place of pictures.
    Markdown,
}

/// The page of a definition: wordings, rules in sentences, the gate, signatures; ending in a line end.
pub fn definition(book: &Book, version: &Version, fields: &Fields, paper: Paper) -> String {
    write(&page::Page::definition(book, version, fields), paper)
}

/// The report of a workspace, ending in a line end.
pub fn report(asked: &Asked, paper: Paper) -> String {
    write(&page::Page::new(asked), paper)
}

fn write(page: &page::Page, paper: Paper) -> String {
    match paper {
        Paper::Html => html::page(page),
        Paper::Markdown => pages::page(page),
    }
}

/// Every figure of a board once, in the order of the dictionary.
fn figures(board: &Board) -> Vec<&Figure> {
    let mut figures: Vec<&Figure> = board.figures().collect();
    figures.sort_by_key(|figure| figure.id);
    figures.dedup_by_key(|figure| figure.id);
    figures
}

/// What is left out of all numbers, if anything (C14).
fn left_out(board: &Board) -> Option<String> {
    let out = &board.left_out;
    let all = out.test + out.internal + out.duplicate;
    (all > 0).then(|| {
        format!(
            "{all} leads left out ({} test rows, {} internal, {} duplicates)",
            out.test, out.internal, out.duplicate
        )
    })
}

/// Where to look instead, if the period is empty.
fn elsewhere(board: &Board) -> Option<String> {
    if board.has_data {
        return None;
    }
    Some(match &board.elsewhere {
        Some(period) => format!(
            "{} holds no data; {} does: --period {}",
            board.period.label, period.label, period.label
        ),
        None => format!(
            "{} holds no data, and neither does any other period",
            board.period.label
        ),
    })
}
