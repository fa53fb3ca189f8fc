//! Who says it: what the person at the keyboard may not do is said by somebody of the room who may. Writes nothing itself.

use super::Rejections;
use super::ask::{About, Window};
use crate::domain::book::Person;
use crate::domain::command::Command;
use crate::domain::policy;
use crate::domain::review::{By, Review};
use crate::screens::Outcome;
use crate::screens::fetch::Write;
use crate::screens::letters::Letters;
use crate::screens::model::Model;
use crate::widgets::Entry;

impl Rejections {
    /// Makes a change in the name of who sits here; where that side may not, asks who of the room says so.
    pub(super) fn say(&mut self, command: Command, model: &Model) -> Outcome {
        let may = |person: &&Person| {
            let deed = command.deed();
            deed.is_none_or(|deed| policy::check(person.side, deed).is_ok())
        };
        if model.me().as_ref().is_none_or(may) {
            return self.send(Write::one(command));
        }
        // Who confirms has spoken already.
        if let Command::Review(Review::Settle { by, .. } | Review::Confirm { by, .. }) = &command
            && let By::These(handles) = by
            && let Some(handle) = handles.first()
        {
            return self.send(Write::As(handle.clone(), Box::new(command.clone())));
        }
        let people: Vec<&Person> = model.book().people.iter().filter(may).collect();
        if people.is_empty() {
            // Nobody could: the refusal says who might.
            return self.send(Write::one(command));
        }
        let entry = |person: &&Person| Entry::new(&person.name, person.side.label());
        let letters = Letters::new(
            "Who of the room says so?",
            people.iter().map(entry).collect(),
        );
        let handles = people.iter().map(|person| person.handle.clone()).collect();
        self.ask(
            About::Speaks(Box::new(command), handles),
            Window::Letters(letters),
        )
    }
}
