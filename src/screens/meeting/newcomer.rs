//! Somebody who is missing in the list of people: asked for in the window that needs them. Writes nothing itself.

use super::question::{Newcomer, Question};
use crate::domain::command::Command;
use crate::domain::policy::Side;
use crate::screens::form::Form;
use crate::screens::model::Model;

/// Letters of a handle that is made of a name.
const LONGEST: usize = 20;

impl Newcomer {
    /// Somebody without whom the next question has no answer.
    pub(super) fn needed(missing: &str, next: Question) -> Self {
        Self {
            why: format!(
                "{missing}, and nobody stands in the list of people yet. Say who is there; what you were about to write comes next."
            ),
            side: Side::Marketing,
            next: Some(Box::new(next)),
        }
    }

    /// Somebody of that side, so that it can speak.
    pub fn of(side: Side, why: String) -> Self {
        Self {
            why,
            side,
            next: None,
        }
    }
}

pub(super) fn form(who: &Newcomer) -> Form {
    let sides = Side::ALL
        .iter()
        .map(|side| (side.word().to_owned(), side.label().to_owned()));
    Form::new("Somebody new")
        .note(&*who.why)
        .text("Name", "", "Kim Park")
        .choice("Side", sides.collect(), who.side.word())
        .text(
            "Handle",
            "",
            "short and unique; made of the name unless you say",
        )
}

/// The person; a handle that somebody has already names nobody else.
pub(super) fn said(form: &Form, model: &Model) -> Result<Command, String> {
    let people = &model.book().people;
    let known = |handle: &str| {
        people
            .iter()
            .find(|person| person.handle.eq_ignore_ascii_case(handle))
    };
    let given = form.given(2);
    if let Some(person) = given.as_deref().and_then(known) {
        return Err(format!(
            "{} is the handle of {}",
            person.handle, person.name
        ));
    }
    let name = form
        .given(0)
        .or_else(|| given.clone())
        .ok_or("say how they are called")?;
    let made = || {
        let first = name.split_whitespace().next().unwrap_or_default();
        let letters = first.chars().flat_map(char::to_lowercase);
        let short: String = letters
            .filter(|c| c.is_alphanumeric())
            .take(LONGEST)
            .collect();
        let base = if short.is_empty() {
            "p".to_owned()
        } else {
            short
        };
        let numbered = (2..).map(|n| format!("{base}{n}"));
        std::iter::once(base.clone())
            .chain(numbered)
            .find(|handle| known(handle).is_none())
    };
    let handle = given.or_else(made).unwrap_or_default();
    Ok(Command::PutPerson {
        handle,
        name,
        side: Side::parse(form.value(1)).unwrap_or(Side::Sales),
    })
}
