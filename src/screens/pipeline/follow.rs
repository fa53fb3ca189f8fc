//! What is open and in sight here, for others, and looking at the same as somebody else. Decides nothing.

use super::view::View;
use super::{Card, Focus, Layout, Pipeline};
use crate::domain::presence::{Doing, Part, Thing};
use crate::screens::model::Model;
use crate::widgets::Reader;

/// The word for one list instead of columns.
const LIST: &str = "list";

impl Pipeline {
    /// The deal that is being edited, else the one whose card is open.
    pub(super) fn open_here(&self) -> Option<Doing> {
        let edited = self.open.as_ref().map(|asked| asked.deal);
        let looked_at = self.card.as_ref().map(|card| card.deal);
        edited
            .map(|deal| Doing::editing(Thing::Deal(deal)))
            .or_else(|| looked_at.map(|deal| Doing::looking(Thing::Deal(deal))))
    }

    /// The view, the layout, the deal under the cursor and whether its card is open.
    pub(super) fn in_sight(&self) -> Part {
        let layout = match self.layout {
            Layout::Fitting => "",
            Layout::List => LIST,
        };
        // The card may still be that of a deal which the cursor has left.
        let deals = [self.selected(), self.card.as_ref().map(|card| card.deal)];
        let ids = deals.map(|id| id.map_or_else(String::new, |id| id.to_string()));
        Part {
            view: self.view.title().to_owned(),
            filter: layout.to_owned(),
            at: ids.join(" "),
            card: self.card.is_some(),
        }
    }

    /// Shows the same.
    pub(super) fn look_at(&mut self, part: &Part, model: &Model) {
        let view = View::ALL.into_iter().find(|view| view.title() == part.view);
        self.view = view.unwrap_or(self.view);
        self.layout = match part.filter.as_str() {
            LIST => Layout::List,
            _ => Layout::Fitting,
        };
        self.focus = Focus::Deals;
        self.sync(model);
        let (cursor, card) = part.at.split_once(' ').unwrap_or_default();
        if let Ok(id) = cursor.parse() {
            self.go_to(id);
        }
        let open = self.card.as_ref().map(|card| card.deal);
        match card.parse() {
            Ok(deal) if open != Some(deal) => {
                self.card = Some(Card {
                    deal,
                    known: None,
                    reader: Reader::default(),
                    stale: true,
                });
            }
            Ok(_) => {}
            Err(_) => self.card = None,
        }
    }
}
