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
    use crate::domain::command::{Author, Command};
    use crate::domain::criteria::version::CriteriaChange;
    use crate::domain::criteria::{Definition, Fields, Page as Words, parse};
    use crate::domain::ids::CriteriaId;
    use crate::domain::moment::Moment;
    use crate::domain::money::Currency;
    use crate::domain::workspace::Workspace;
    use crate::store::Store;

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

    /// A workspace with a draft whose words are foreign; its file and the draft's id.
    fn room(folder: &Path) -> (PathBuf, CriteriaId) {
        let author = Author {
            handle: None,
            os_user: "tester".into(),
            at: Moment(1_750_000_000),
        };
        let file = folder.join("room.db");
        let mut store = Store::create(&file).unwrap();
        let init = Command::Init(Workspace {
            name: "Acme <b>".into(),
            currency: Currency::EUR,
            time_zone: "UTC".into(),
            fiscal_year_start: 1,
            week_start: 1,
            as_of: Some(author.at),
        });
        let definition = Definition {
            rules: parse("employees >= 50", &Fields::default())
                .whole()
                .unwrap(),
            page: Words {
                marketing: "<script>alert(1)</script>\u{1b}[31m".into(),
                sales: "[here](javascript:x) *now*".into(),
                ..Words::default()
            },
            ..Definition::default()
        };
        let replace = Command::Criteria(CriteriaChange::Replace(definition));
        for command in [init, replace] {
            store.apply(&command, &author).unwrap();
        }
        let id = store.criteria().unwrap().0[0].id;
        store.close();
        (file, id)
    }

    #[test]
    fn the_page_of_a_definition_is_for_its_owner_and_replaces_nothing_unasked() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        let (workspace, id) = room(folder.path());
        let put = |name: &str, over: Over| {
            let file = folder.path().join(name).display().to_string();
            let order = Order {
                page: Page::Definition(id),
                file,
                over,
            };
            put(&workspace, None, &order)
        };
        let read = |name: &str| fs::read_to_string(folder.path().join(name)).unwrap();
        for name in ["page.html", "page.md"] {
            let shown = put(name, Over::Stays).unwrap();
            let mode = fs::metadata(&shown).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600, "{name}");
            let text = read(name);
            assert!(text.contains("Employees must be at least 50."), "{text}");
            // No number stands on it, so none is defined.
            assert!(
                !text.contains("Definitions") && !text.contains("Each number"),
                "{text}"
            );
            assert!(!text.contains("<script") && !text.contains("<b>"), "{text}");
            assert!(!text.contains('\u{1b}'), "{text}");
            // What is there stays until that is said.
            fs::write(&shown, "mine").unwrap();
            assert_eq!(
                put(name, Over::Stays),
                Err(NotWritten::There(shown.clone()))
            );
            assert_eq!(read(name), "mine");
            put(name, Over::Goes).unwrap();
            assert_eq!(read(name), text);
        }
        assert!(read("page.html").contains("&lt;script&gt;alert(1)"));
        assert!(!read("page.md").contains("[here](javascript"));
        for over in [Over::Stays, Over::Goes] {
            let why = put("room.db", over);
            assert!(matches!(why, Err(NotWritten::Because(_))), "{why:?}");
        }
        // A draft that somebody threw away leaves no file.
        let order = Order {
            page: Page::Definition(CriteriaId(id.0 + 1)),
            file: folder.path().join("none.md").display().to_string(),
            over: Over::Stays,
        };
        assert!(
            matches!(super::put(&workspace, None, &order), Err(NotWritten::Because(why)) if why.contains("is gone"))
        );
        assert!(!folder.path().join("none.md").exists());
    }
}
