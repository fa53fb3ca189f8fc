//! An item that is added to the running agenda. The rules are the domain's.

use super::forms::{command, needed};
use crate::domain::command::Command;
use crate::domain::meeting::MeetingChange;
use crate::domain::meeting::agenda::{Point, Topic};
use crate::screens::form::Form;

/// Minutes of an item where nobody says.
const MINUTES: u32 = 5;

/// What it is about, how it is called, its time box.
pub(super) fn form() -> Form {
    let topics = Topic::ALL
        .iter()
        .map(|topic| (topic.word().to_owned(), topic.label().to_owned()));
    Form::new("An item at the end of the agenda")
        .text("Item", "", "what is it about?")
        .choice("Opens", topics.collect(), Topic::Other.word())
        .text("Minutes", &MINUTES.to_string(), "1 to 480")
}

pub(super) fn said(form: &Form) -> Result<Command, String> {
    let topic = Topic::parse(form.value(1)).unwrap_or(Topic::Other);
    let title = match topic {
        Topic::Other => needed(form, 0, "say what it is about")?,
        topic => form.given(0).unwrap_or_else(|| topic.label().to_owned()),
    };
    let typed = form.value(2);
    let minutes = typed
        .parse()
        .map_err(|_| format!("'{typed}' are no minutes; 1 to 480 are expected"))?;
    Ok(command(MeetingChange::Add(Point {
        topic,
        title,
        minutes,
    })))
}
