//! `smarketing report`: the page for those who were not in the room, as HTML or Markdown. Computes no number, replaces no file unasked.

pub(super) mod args;
pub(super) mod save;

use std::path::Path;

use self::args::ReportArgs;
use super::args::{Format, ScoreArgs};
use super::failure::Failure;
use super::score::{self, Asks, Desk};
use super::session::Session;
use super::{criteria, out};
use crate::domain::criteria::version::{Standing, Version};
use crate::facts::filter::Dimension;
use crate::metrics::meeting::Opening;
use crate::metrics::review::Review;
use crate::metrics::{self, Board};
use crate::report::{self, Asked, Paper};

/// Prints the report, or writes it to a file.
pub(super) fn run(session: &Session, args: &ReportArgs) -> Result<(), Failure> {
    let paper = paper(session.global.format, args.out.as_deref())?;
    if let Some(file) = &args.out {
        // Said before the history is read, and looked at again when the file is written.
        save::may(file, args.force, &session.file()?)?;
    }
    let text = text(session, args.period.as_deref(), paper)?;
    match &args.out {
        None => out::print(&text),
        Some(file) => {
            save::write(file, args.force, &session.file()?, &text)?;
            out::say(&format!("the report lies in {}", file.display()));
            Ok(())
        }
    }
}

/// The report of a period, else of the quarter of the as-of day.
pub(super) fn text(
    session: &Session,
    period: Option<&str>,
    paper: Paper,
) -> Result<String, Failure> {
    let what = ScoreArgs {
        period: period.map(str::to_owned),
        ..ScoreArgs::default()
    };
    let desk = score::desk(session, &what, Asks::Stamps)?;
    let told = criteria::told(&desk)?;
    let Desk {
        store,
        book,
        facts,
        scope,
    } = desk;
    let board = Board::compute(&facts, &book, &scope);
    let review = Review::new(&facts, &book, &scope);
    let opening = Opening::new(&facts, &book, &scope);
    let sources = metrics::breakdown(Dimension::Source, &facts, &book, &scope);
    let versions = store.criteria()?;
    let in_force =
        |version: &&Version| versions.standing(version, scope.as_of) == Standing::InForce;
    let agreed: Vec<&Version> = versions.0.iter().filter(in_force).collect();
    let asked = Asked {
        book: &book,
        facts: &facts,
        board: &board,
        review: &review,
        sources: &sources,
        criteria: &agreed,
        told: &told,
        fields: &store.criteria_fields()?,
        opening: &opening,
    };
    Ok(report::report(&asked, paper))
}

/// What `--format` says, else the ending of the file, else Markdown.
fn paper(format: Option<Format>, out: Option<&Path>) -> Result<Paper, Failure> {
    let ending = out.and_then(Path::extension).and_then(|e| e.to_str());
    match (format, ending.map(str::to_lowercase).as_deref()) {
        (Some(Format::Html), _) | (None, Some("html" | "htm")) => Ok(Paper::Html),
        (Some(Format::Markdown), _) | (None, None | Some("md" | "markdown")) => Ok(Paper::Markdown),
        (None, Some(_)) => Err(Failure::WrongUse(
            "the file's ending does not say which; --format html or --format markdown does".into(),
        )),
        (Some(_), _) => Err(Failure::WrongUse(
            "a report is html or markdown; `score` prints the same numbers as table, json or csv"
                .into(),
        )),
    }
}
