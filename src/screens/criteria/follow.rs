//! What is in sight here, for those who follow, and looking at the same as somebody else. Decides nothing.

use super::Criteria;
use super::question::Behind;
use super::view::View;
use crate::domain::presence::Part;
use crate::keymap::Action;
use crate::screens::model::Model;

/// The views that others find again, by their keys.
const VIEWS: [(&str, Action); 5] = [
    ("suggestions", Action::Suggest),
    ("agreement", Action::Agreement),
    ("page", Action::DefinitionPage),
    ("versions", Action::History),
    ("flips", Action::Flips),
];

impl Criteria {
    /// The view, the segment and the line under the cursor.
    pub(super) fn in_sight(&self) -> Part {
        let (view, at) = match &self.view {
            View::Rules => ("rules", self.cursor),
            View::Suggestions(found) => ("suggestions", found.picked),
            View::Agreement(cell) => ("agreement", *cell),
            View::Page(scrolled) => ("page", *scrolled),
            View::Versions(compared) => ("versions", compared.at),
            View::Rows(rows) if rows.behind == Behind::Turned => ("flips", rows.picked),
            View::Rows(rows) => ("rows", rows.picked),
        };
        Part {
            view: view.to_owned(),
            filter: self.segment.clone().unwrap_or_default(),
            at: at.to_string(),
            card: false,
        }
    }

    /// Shows the same. What is typed here stays in its bar.
    pub(super) fn look_at(&mut self, part: &Part, model: &Model) {
        let segment = Some(part.filter.clone()).filter(|name| !name.is_empty());
        if segment != self.segment && self.bar.is_none() {
            self.segment = segment;
        }
        let found = VIEWS.iter().find(|(word, _)| *word == part.view);
        match found.and_then(|(_, action)| View::of(*action)) {
            Some(view) if !self.view.is_alike(&view) => self.view = view,
            None if part.view == "rules" => self.view = View::Rules,
            Some(_) | None => {}
        }
        let Ok(wanted) = part.at.parse::<usize>() else {
            return;
        };
        match &mut self.view {
            View::Suggestions(found) => found.picked = wanted,
            View::Agreement(at) | View::Page(at) => *at = wanted,
            View::Versions(compared) => compared.at = wanted,
            View::Rows(rows) => rows.picked = wanted,
            View::Rules => {
                let last = self.lines(model).len().saturating_sub(1);
                self.cursor = wanted.min(last);
            }
        }
    }
}
