//! What is in sight here, for those who follow, and looking at the same as somebody else. Decides nothing.

use super::Rejections;
use super::found::Axes;
use super::list::Shown;
use super::view::{Content, View};
use crate::domain::presence::Part;
use crate::metrics::review::Axis;
use crate::screens::judge::Spot;
use crate::screens::model::Model;

/// A spot in words: axis and code of each value.
fn written(spot: &Spot) -> String {
    let values = spot
        .iter()
        .map(|(axis, code)| format!("{}={code}", axis.word()));
    values.collect::<Vec<_>>().join(" ")
}

fn read(text: &str) -> Spot {
    let value = |word: &str| {
        let (axis, code) = word.split_once('=')?;
        Some((Axis::parse(axis)?, code.parse().ok()?))
    };
    text.split(' ').filter_map(value).collect()
}

impl Rejections {
    /// The view with its axes and figure, what the list shows, and the place of the cursor.
    pub(super) fn in_sight(&self) -> Part {
        let content = Content::ALL.iter().position(|c| *c == self.content);
        let Axes { down, across } = self.axes;
        let view = [
            self.view as usize,
            content.unwrap_or_default(),
            down as usize,
            across as usize,
        ];
        let selected = self.states[self.view as usize].selected;
        let (row, column) = self.cell;
        Part {
            view: view.map(|n| n.to_string()).join(" "),
            filter: written(&self.shown.spot()),
            at: format!("{selected} {row} {column}"),
            card: self.is_covered(),
        }
    }

    /// Shows the same. Which proofs or flags are in sight stays everybody's own.
    pub(super) fn look_at(&mut self, part: &Part, model: &Model) {
        let numbers =
            |text: &str| -> Vec<usize> { text.split(' ').filter_map(|n| n.parse().ok()).collect() };
        if let [view, content, down, across] = numbers(&part.view)[..]
            && let (Some(view), Some(content)) = (View::ALL.get(view), Content::ALL.get(content))
            && let (Some(down), Some(across)) = (Axis::ALL.get(down), Axis::ALL.get(across))
        {
            self.content = *content;
            self.axes = Axes {
                down: *down,
                across: *across,
            };
            let spot = read(&part.filter);
            if *view == View::List && self.shown.spot() != spot {
                self.shown = Shown::at(spot);
                self.show_view(View::List, model);
            }
            if *view != self.view {
                self.show_view(*view, model);
            }
        }
        self.sync(model);
        if let [selected, row, column] = numbers(&part.at)[..] {
            let last = self.len().saturating_sub(1);
            self.states[self.view as usize].selected = selected.min(last);
            if let Some(found) = &self.found {
                let (rows, columns) = (found.matrix().rows.len(), found.matrix().columns.len());
                self.cell = (row.min(rows), column.min(columns));
            }
        }
        if part.card && self.view.has_cards() && !self.is_covered() {
            self.open_card(model);
        } else if !part.card && self.is_covered() {
            self.card = None;
        }
    }
}
