//! Pages that the room asks for: reads the workspace anew, writes one file. Changes nothing in the workspace, replaces nothing unasked.

use std::fs;
use std::path::{Path, PathBuf};

use super::args::Global;
use super::criteria;
use super::failure::Failure;
use super::meeting::recap;
use super::report::{self, save};
use super::session::Session;
use crate::domain::moment::Day;
use crate::report::Paper;
use crate::tui::{NotWritten, Order, Over, Page};

/// Writes the page; answers with the whole path of its file.
pub(super) fn put(
    workspace: &Path,
    as_of: Option<Day>,
    order: &Order,
) -> Result<String, NotWritten> {
    let because = |failure: Failure| {
        let told = failure.message();
        NotWritten::Because(told.unwrap_or_else(|| "the page could not be written".into()))
    };
    let (file, paper) = place(&order.file).map_err(NotWritten::Because)?;
    let shown = file.display().to_string();
    let there = fs::symlink_metadata(&file).is_ok_and(|there| there.is_file());
    let same = |a: &Path, b: &Path| fs::canonicalize(a).ok() == fs::canonicalize(b).ok();
    if there && order.over == Over::Stays && !same(&file, workspace) {
        return Err(NotWritten::There(shown));
    }
    let force = order.over == Over::Goes;
    save::may(&file, force, workspace).map_err(because)?;
    let session = Session {
        global: Global {
            db: Some(workspace.to_owned()),
            as_of: as_of.map(|day| day.to_string()),
            read_only: true,
            ..Global::default()
        },
        author: None,
    };
    let text = match order.page {
        Page::Recap(id) => recap::text(&session, Some(id.0), Some(paper)),
        Page::Report => report::text(&session, None, paper),
        Page::Definition(id) => criteria::page_text(&session, id, paper),
    };
    let text = text.map_err(because)?;
    save::write(&file, force, workspace, &text).map_err(because)?;
    Ok(shown)
}

/// Where it goes and as what: `~/` is the home folder, a name without an ending becomes a page of HTML.
fn place(typed: &str) -> Result<(PathBuf, Paper), String> {
    let typed = typed.trim();
    let mut file = match (typed.strip_prefix("~/"), std::env::var_os("HOME")) {
        (Some(rest), Some(home)) => PathBuf::from(home).join(rest),
        _ => PathBuf::from(typed),
    };
    if typed.is_empty() || file.file_name().is_none() {
        return Err(format!("'{typed}' names no file; nothing was written"));
    }
    let ending = file.extension().map(|e| e.to_string_lossy().to_lowercase());
    let paper = match ending.as_deref() {
        None => {
            file.set_extension("html");
            Paper::Html
        }
        Some("html" | "htm") => Paper::Html,
        Some("md" | "markdown") => Paper::Markdown,
        Some(other) => {
            return Err(format!(
                "'.{other}' says no format: .html or .md is expected; nothing was written"
            ));
        }
    };
    let whole = std::path::absolute(&file).map_err(|error| error.to_string())?;
    Ok((whole, paper))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ending_says_the_format_and_none_is_html() {
        let read = |typed: &str| {
            let (file, paper) = place(typed)?;
            Ok::<_, String>((file.file_name().unwrap().to_owned(), paper))
        };
        assert_eq!(read(" recap "), Ok(("recap.html".into(), Paper::Html)));
        assert_eq!(read("/tmp/a.HTM"), Ok(("a.HTM".into(), Paper::Html)));
        assert_eq!(read("b.md"), Ok(("b.md".into(), Paper::Markdown)));
        for wrong in ["", "/", "c.pdf", ".."] {
            assert!(read(wrong).is_err(), "{wrong}");
        }
    }
}
