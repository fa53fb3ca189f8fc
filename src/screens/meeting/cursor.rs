//! What is under the cursor of each list, and moving it. Decides nothing else.

use super::lists::{self, Past};
use super::view::{Now, View};
use super::{Beside, MeetingRoom};
use crate::domain::meeting::line::{Action as Deed, Decision, Issue};
use crate::keymap::Action;
use crate::screens::model::Model;
use crate::widgets::Reader;

impl MeetingRoom {
    /// The place in the list in sight.
    pub(super) fn at(&self) -> usize {
        self.states[self.view as usize].selected
    }

    pub(super) fn issue<'a>(&self, model: &'a Model) -> Option<&'a Issue> {
        let all = model.book().meetings.open_issues();
        all.get(self.at())
            .copied()
            .filter(|_| self.view == View::Issues)
    }

    pub(super) fn decision<'a>(&self, model: &'a Model) -> Option<&'a Decision> {
        let all = lists::decisions(model);
        all.get(self.at())
            .copied()
            .filter(|_| self.view == View::Decisions)
    }

    pub(super) fn deed<'a>(&self, model: &'a Model) -> Option<&'a Deed> {
        let all = lists::actions(model);
        all.get(self.at())
            .copied()
            .filter(|_| self.view == View::Actions)
    }

    pub(super) fn past<'a>(&self, model: &'a Model) -> Option<Past<'a>> {
        let all = lists::past(model, self.sought());
        all.into_iter()
            .nth(self.at())
            .filter(|_| self.view == View::History)
    }

    /// What tells each row of a list from the others, whatever stands around it.
    fn names(&self, view: View, model: &Model) -> Vec<String> {
        let meetings = &model.book().meetings;
        let ids = |ids: &mut dyn Iterator<Item = i64>| ids.map(|id| id.to_string()).collect();
        match view {
            View::Agenda => Vec::new(),
            View::Issues => ids(&mut meetings.open_issues().iter().map(|issue| issue.id.0)),
            View::Decisions => ids(&mut lists::decisions(model).iter().map(|made| made.id.0)),
            View::Actions => ids(&mut lists::actions(model).iter().map(|deed| deed.id.0)),
            View::History => lists::past(model, self.sought())
                .iter()
                .map(|past| match past {
                    Past::Meeting(meeting) => meeting.id.0.to_string(),
                    Past::Hit(hit) => format!("{:?} {} {}", hit.what, hit.at.0, hit.text),
                })
                .collect(),
        }
    }

    /// Remembers the row under the cursor of the list in sight.
    pub(super) fn hold(&mut self, model: &Model) {
        let at = self.at();
        self.held[self.view as usize] = self.names(self.view, model).into_iter().nth(at);
    }

    /// Finds the rows under the cursors again after somebody has changed the lists.
    pub(super) fn find_again(&mut self, model: &Model) {
        for view in View::ALL {
            let Some(held) = &self.held[view as usize] else {
                continue;
            };
            let names = self.names(view, model);
            let state = &mut self.states[view as usize];
            let place = names.iter().position(|name| name == held);
            let last = names.len().saturating_sub(1);
            state.selected = place.unwrap_or(state.selected.min(last));
            // What is gone has its place taken by what came after it.
            self.held[view as usize] = names.into_iter().nth(state.selected);
        }
    }

    pub(super) fn sought(&self) -> &str {
        self.search
            .as_ref()
            .map_or("", |search| search.prompt.value())
    }

    pub(super) fn len(&self, model: &Model) -> usize {
        lists::len(self.view, model, self.sought())
    }

    pub(super) fn moving(&mut self, action: Action, model: &Model) {
        let paging = matches!(action, Action::PageUp | Action::PageDown);
        if let Some(reader) = self.scrolled(model, paging) {
            match action {
                Action::Up => reader.scroll(-1),
                Action::Down => reader.scroll(1),
                Action::PageUp => reader.scroll(-10),
                Action::PageDown => reader.scroll(10),
                Action::First => reader.top(),
                _ => reader.end(),
            }
            return;
        }
        let len = self.len(model);
        let state = &mut self.states[self.view as usize];
        match action {
            Action::Up => state.step(-1, len),
            Action::Down => state.step(1, len),
            Action::PageUp => state.step(-state.page(), len),
            Action::PageDown => state.step(state.page(), len),
            Action::First => state.selected = 0,
            _ => state.selected = len.saturating_sub(1),
        }
    }

    /// The text that the moving keys scroll: the recap, or what the last meeting left. Beside an agenda only the page keys do.
    fn scrolled(&mut self, model: &Model, paging: bool) -> Option<&mut Reader> {
        let left = self.view == View::Agenda && Self::now(model) == Now::Between;
        let beside = paging && self.stands_beside(model) == Beside::LastTime;
        if let Some(recap) = &mut self.recap {
            return Some(&mut recap.reader);
        }
        (left || beside).then_some(&mut self.summary)
    }
}
