//! What is open and in sight here, for others, and looking at the same as somebody else. Decides nothing.

use super::Leads;
use crate::domain::presence::{Doing, Part, Thing};
use crate::facts::column::NONE;
use crate::facts::filter::Dimension;
use crate::facts::queue::{Mark, QueueFilter};
use crate::screens::model::Model;

impl Leads {
    /// The lead that is being decided on, else the one whose card is in sight.
    pub(super) fn open_here(&self, model: &Model) -> Option<Doing> {
        let thing = Thing::Lead(self.lead(model)?.0);
        let edits = matches!(&self.window, Some(window) if window.edits());
        if edits {
            Some(Doing::editing(thing))
        } else {
            (self.card_open || self.beside).then(|| Doing::looking(thing))
        }
    }

    /// The filter, the lead under the cursor, and whether its card is open.
    pub(super) fn in_sight(&self, model: &Model) -> Part {
        Part {
            filter: self.shared_filter(model).text(model.facts()),
            at: self
                .queue
                .cursor()
                .map_or_else(String::new, |id| id.to_string()),
            card: self.card_open,
            ..Part::default()
        }
    }

    /// Shows the same.
    pub(super) fn look_at(&mut self, part: &Part, model: &Model) {
        if let Ok(filter) = QueueFilter::parse(&part.filter, model.facts()) {
            self.queue.set_filter(filter);
        }
        if let Ok(id) = part.at.parse() {
            self.queue.go_to(id);
        }
        self.card_open = part.card;
    }

    /// The filter as others understand it: what is mine here is this person's there.
    fn shared_filter(&self, model: &Model) -> QueueFilter {
        let mut filter = self.queue.filter().clone();
        let me = model.me().map(|person| person.id.0);
        let code = model.facts().names.people.code(me);
        if filter.marks.contains(&Mark::Mine) && code != NONE {
            filter.marks.retain(|mark| *mark != Mark::Mine);
            filter.chosen.chosen.push((Dimension::Rep, code));
        }
        filter
    }
}
