//! Which page is written for those who were not there, and where to. Writes nothing itself.

use crate::domain::ids::MeetingId;
use crate::screens::form::Form;
use crate::screens::model::Model;
use crate::screens::paper::{Order, Over, Page};

const RECAP: &str = "recap";
const BOARD: &str = "board";

/// The meeting whose recap is written: the one in sight, else the newest.
fn meeting(of: Option<MeetingId>, model: &Model) -> Option<MeetingId> {
    of.or_else(|| model.book().meetings.all.last().map(|meeting| meeting.id))
}

/// Which page, and the file; what is left empty has a name of its own.
pub(super) fn form(of: Option<MeetingId>, model: &Model) -> Form {
    let mut pages = Vec::new();
    let mut names = Vec::new();
    if let Some(id) = meeting(of, model) {
        pages.push((RECAP.to_owned(), format!("the recap of meeting {}", id.0)));
        names.push(name(Page::Recap(id)));
    }
    pages.push((BOARD.to_owned(), "one page for the CEO".to_owned()));
    names.push(name(Page::Report));
    Form::new("A page for those who were not there")
        .note("One file: .html with pictures, or .md. Nothing is replaced unasked; only you can read it.")
        .choice("Page", pages, RECAP)
        .text("File", "", &format!("{}, in this folder", names.join(" or ")))
        .at(1)
}

/// What a page is called where nobody says.
fn name(page: Page) -> String {
    match page {
        Page::Recap(id) => format!("meeting-{}.html", id.0),
        Page::Report => "report.html".to_owned(),
        Page::Definition(_) => "definition.html".to_owned(),
    }
}

/// The page that is asked for.
pub(super) fn said(form: &Form, of: Option<MeetingId>, model: &Model) -> Order {
    let page = match meeting(of, model) {
        Some(id) if form.value(0) == RECAP => Page::Recap(id),
        _ => Page::Report,
    };
    Order {
        page,
        file: form.given(1).unwrap_or_else(|| name(page)),
        over: Over::Stays,
    }
}
