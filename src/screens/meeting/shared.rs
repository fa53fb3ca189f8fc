//! What is in sight here, in words that another terminal finds again, and showing the same. Changes nothing but what is in sight.

use super::view::View;
use super::{MeetingRoom, Recap, Search, Size, lists, recap};
use crate::domain::ids::MeetingId;
use crate::domain::presence::Part;
use crate::screens::model::Model;
use crate::widgets::Prompt;

/// The word of big figures.
const BIG: &str = "big";

impl MeetingRoom {
    /// What this screen shows, for those who follow.
    pub(super) fn in_sight(&self, model: &Model) -> Part {
        let size = match self.size {
            Size::Working => String::new(),
            Size::Presentation => format!("{BIG} {}", self.from),
        };
        let at = match &self.recap {
            Some(recap) => format!("{} {}", recap.of.0, recap.reader.scrolled()),
            None => format!("{} {}", self.row(model), self.summary.scrolled()),
        };
        Part {
            view: format!("{} {} {size}", self.view.word(), self.beside.word()),
            filter: self.sought().to_owned(),
            at,
            card: self.recap.is_some(),
        }
    }

    /// The row under the cursor: by its row id, so that it is found whatever stands around it.
    fn row(&self, model: &Model) -> i64 {
        let at = self.at();
        let found = match self.view {
            View::Issues => self.issue(model).map(|issue| issue.id.0),
            View::Decisions => self.decision(model).map(|decision| decision.id.0),
            View::Actions => self.deed(model).map(|deed| deed.id.0),
            View::Agenda | View::History => None,
        };
        found.unwrap_or(at as i64)
    }

    fn place_of(&self, row: i64, model: &Model) -> Option<usize> {
        let meetings = &model.book().meetings;
        match self.view {
            View::Issues => meetings.open_issues().iter().position(|i| i.id.0 == row),
            View::Decisions => lists::decisions(model).iter().position(|d| d.id.0 == row),
            View::Actions => lists::actions(model).iter().position(|a| a.id.0 == row),
            View::Agenda | View::History => usize::try_from(row).ok(),
        }
    }

    /// Shows what somebody else's screen shows; what is not known here is left as it is.
    pub(super) fn look_at(&mut self, part: &Part, model: &Model) {
        self.sync(model);
        let mut words = part.view.split(' ');
        let mut view = || words.next().and_then(View::of_word);
        (self.view, self.beside) = (view().unwrap_or(self.view), view().unwrap_or(self.beside));
        self.size = match words.next() {
            Some(BIG) => Size::Presentation,
            _ => Size::Working,
        };
        self.from = words.next().and_then(|n| n.parse().ok()).unwrap_or(0);
        if self.sought() != part.filter {
            self.search = (!part.filter.is_empty()).then(|| Search {
                prompt: Prompt::holding(&part.filter),
                typing: false,
            });
        }
        let mut numbers = part.at.split(' ').map_while(|word| word.parse().ok());
        let (first, scrolled) = (numbers.next(), numbers.next().unwrap_or(0));
        let scrolled = usize::try_from(scrolled).unwrap_or(0);
        if !part.card {
            self.recap = None;
            let place = first.and_then(|row: i64| self.place_of(row, model));
            if let Some(place) = place {
                self.states[self.view as usize].selected = place;
            }
            self.summary.scroll_to(scrolled);
            self.hold(model);
            return;
        }
        let Some(of) = first.map(MeetingId) else {
            return;
        };
        if self.recap.as_ref().is_none_or(|recap| recap.of != of) {
            let reader = recap::reader(of, model, &self.effects);
            self.recap = reader.map(|reader| Recap { of, reader });
        }
        if let Some(recap) = &mut self.recap {
            recap.reader.scroll_to(scrolled);
        }
    }
}
