//! The list of handoffs that pass the filter, and where the cursor stands: on an id, never on a row number. Reads nothing.

use std::sync::Arc;

use crate::facts::queue::{Mark, Met, QueueFilter};
use crate::screens::fetch::{Fetch, Listed};
use crate::screens::model::Model;
use crate::widgets::TableState;

/// The list.
#[derive(Debug, Default)]
pub(super) struct Queue {
    listed: Listed,
    /// The filter of what is listed, as long as nothing has changed since.
    of: Option<QueueFilter>,
    /// The filter of what is in sight, whatever has changed since.
    in_sight: Option<QueueFilter>,
    /// What the user wants to see.
    filter: QueueFilter,
    /// Asked for, and not answered yet.
    asked: Option<QueueFilter>,
    /// Whether the criteria have said something newer than what the list was ordered by.
    order: Order,
    /// What the criteria say of each handoff, once that is known.
    met: Option<Arc<Met>>,
    /// The handoff under the cursor.
    cursor: Option<i64>,
    /// A handoff that an attempt took from its place, and the place: its verdict leads back there.
    left: Option<(i64, usize)>,
    /// A handoff that somebody else took out of the list while the cursor stood on it: it stays until the cursor moves, so that no
    /// key falls on another lead.
    kept: Option<i64>,
    /// Whether a change of one's own may have taken the handoff under the cursor out: then the next one moves up.
    moves_up: MovesUp,
    /// Where the cursor stood last, and the window around it.
    pub(super) state: TableState,
}

/// Whether the list has to be put in order anew.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Order {
    /// It stands as the criteria say.
    #[default]
    Kept,
    /// It does not.
    Old,
}

/// What stands under the cursor when its handoff leaves the list.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum MovesUp {
    /// The handoff itself: somebody else was at work.
    #[default]
    Nothing,
    /// The next one.
    TheNext,
}

impl Queue {
    /// Row ids, in the order of the queue.
    pub(super) fn ids(&self) -> &Arc<[i64]> {
        &self.listed.ids
    }

    /// How many pass the filter.
    pub(super) fn count(&self) -> usize {
        self.listed.ids.len() - usize::from(self.kept.is_some())
    }

    /// A change of one's own is being made.
    pub(super) fn move_up(&mut self) {
        self.moves_up = MovesUp::TheNext;
    }

    /// How many rows wait for a first attempt that is late.
    pub(super) fn breached(&self) -> usize {
        self.listed.breached
    }

    /// Whether the list answers to the filter in sight; otherwise it is still being looked for.
    pub(super) fn is_current(&self) -> bool {
        self.of.as_ref() == Some(&self.filter)
    }

    /// The filter.
    pub(super) fn filter(&self) -> &QueueFilter {
        &self.filter
    }

    /// Looks through another filter.
    pub(super) fn set_filter(&mut self, filter: QueueFilter) {
        self.filter = filter;
    }

    /// Puts a mark in or out.
    pub(super) fn toggle(&mut self, mark: Mark) {
        let before = self.filter.marks.len();
        self.filter.marks.retain(|known| *known != mark);
        if self.filter.marks.len() == before {
            self.filter.marks.push(mark);
        }
    }

    /// The handoff under the cursor.
    pub(super) fn cursor(&self) -> Option<i64> {
        self.cursor
    }

    /// Moves the cursor; it stops at both ends.
    pub(super) fn step(&mut self, by: isize) {
        self.state.step(by, self.listed.ids.len());
        self.cursor = self.listed.ids.get(self.state.selected).copied();
        if let Some(kept) = self.kept
            && self.cursor != self.kept
        {
            self.kept = None;
            let ids = self.listed.ids.iter().filter(|id| **id != kept);
            self.listed.ids = ids.copied().collect();
            let here = self.cursor;
            let at = self.listed.ids.iter().position(|id| Some(*id) == here);
            self.state.selected = at.unwrap_or(0);
        }
    }

    /// Puts the cursor on a handoff; where it is not listed yet, it will be when it is.
    pub(super) fn go_to(&mut self, id: i64) {
        self.cursor = Some(id);
        if let Some(at) = self.listed.ids.iter().position(|known| *known == id) {
            self.state.selected = at;
        }
    }

    /// Puts the cursor onto a row; says whether it stood there already.
    pub(super) fn click(&mut self, column: u16, row: u16) -> bool {
        let before = self.cursor;
        if !self.state.click(column, row, self.listed.ids.len()) {
            return false;
        }
        self.step(0);
        before == self.cursor
    }

    /// Remembers where the lead under the cursor stood before an attempt moves it down.
    pub(super) fn leave(&mut self) {
        let here = self.cursor.map(|id| (id, self.state.selected));
        self.left = self
            .left
            .filter(|(id, _)| Some(*id) == self.cursor)
            .or(here);
    }

    /// On from a lead that has been decided: to the one that took its place if an attempt had moved it, else to the next one, or
    /// the one before at the end.
    pub(super) fn advance(&mut self) {
        if let Some((id, place)) = self.left.take()
            && Some(id) == self.cursor
            && self.listed.ids.get(place).is_some_and(|there| *there != id)
        {
            self.state.selected = place;
            self.step(0);
            return;
        }
        let last = self.listed.ids.len().saturating_sub(1);
        self.step(if self.state.selected >= last { -1 } else { 1 });
    }

    /// Asks anew: what is listed may have changed.
    pub(super) fn forget(&mut self) {
        self.of = None;
        self.asked = None;
    }

    /// What the criteria say of each handoff, once that is known.
    pub(super) fn met(&self) -> Option<Arc<Met>> {
        self.met.clone()
    }

    /// Takes what the criteria say; where that is new the list is put in order anew, and stays in sight until it is.
    pub(super) fn judge(&mut self, met: &Arc<Met>) {
        let known = self
            .met
            .as_ref()
            .is_some_and(|known| Arc::ptr_eq(known, met));
        if !known {
            self.met = Some(Arc::clone(met));
            self.order = Order::Old;
        }
    }

    /// The question that has not been asked yet.
    pub(super) fn wanted(&mut self) -> Option<Fetch> {
        let asked = self.asked.as_ref() == Some(&self.filter);
        if self.order == Order::Kept && (self.is_current() || asked) {
            return None;
        }
        self.order = Order::Kept;
        self.asked = Some(self.filter.clone());
        Some(Fetch::Queue(self.filter.clone(), self.met.clone()))
    }

    /// Takes an answer; says whether it was the one that is waited for. The cursor stays on its handoff, else on its place.
    pub(super) fn take(&mut self, of: &QueueFilter, listed: &Listed) -> bool {
        if *of != self.filter {
            return false;
        }
        let another = self.in_sight.as_ref() != Some(of);
        self.in_sight = Some(of.clone());
        self.listed = listed.clone();
        self.of = Some(of.clone());
        self.asked = None;
        self.kept = None;
        let moves_up = std::mem::take(&mut self.moves_up);
        if let Some(cursor) = self.cursor
            && !another
            && moves_up == MovesUp::Nothing
            && !self.listed.ids.contains(&cursor)
        {
            let mut ids = self.listed.ids.to_vec();
            ids.insert(self.state.selected.min(ids.len()), cursor);
            self.listed.ids = ids.into();
            self.kept = Some(cursor);
        }
        let ids = &self.listed.ids;
        let kept = self
            .cursor
            .and_then(|cursor| ids.iter().position(|id| *id == cursor));
        match kept {
            Some(at) => self.state.selected = at,
            // Another question's answer is read from its top: the most urgent.
            None if another => self.state.selected = 0,
            None => {}
        }
        self.step(0);
        true
    }
}

/// Whether a version of the criteria is or was in force.
pub(super) fn in_force_at_all(model: &Model) -> bool {
    let now = model.now();
    let mut versions = model.book().criteria.0.iter();
    versions.any(|version| version.in_force_at.is_some_and(|from| from <= now))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn listed(ids: &[i64]) -> Listed {
        Listed {
            ids: ids.into(),
            breached: 0,
        }
    }

    fn queue(ids: &[i64]) -> Queue {
        let mut queue = Queue::default();
        queue.wanted();
        queue.take(&QueueFilter::default(), &listed(ids));
        queue
    }

    #[test]
    fn the_cursor_stays_on_its_lead_when_the_list_changes() {
        let mut queue = queue(&[5, 3, 9]);
        queue.step(1);
        assert_eq!(queue.cursor(), Some(3));
        queue.forget();
        assert!(queue.wanted().is_some() && queue.wanted().is_none());
        queue.take(&QueueFilter::default(), &listed(&[1, 2, 5, 9, 3]));
        assert_eq!(queue.cursor(), Some(3));
    }

    #[test]
    fn where_its_lead_is_gone_the_next_one_is_under_the_cursor() {
        let mut queue = queue(&[5, 3, 9]);
        queue.step(1);
        queue.move_up();
        queue.take(&QueueFilter::default(), &listed(&[5, 9]));
        assert_eq!(queue.cursor(), Some(9));
        queue.move_up();
        queue.take(&QueueFilter::default(), &listed(&[]));
        assert_eq!(queue.cursor(), None);
    }

    #[test]
    fn what_somebody_else_took_out_stays_under_the_cursor_until_that_moves() {
        let mut queue = queue(&[5, 3, 9]);
        queue.step(1);
        queue.take(&QueueFilter::default(), &listed(&[5, 9]));
        assert_eq!((queue.cursor(), queue.count()), (Some(3), 2));
        assert_eq!(queue.ids()[..], [5, 3, 9]);
        queue.step(1);
        assert_eq!((queue.cursor(), queue.count()), (Some(9), 2));
        assert_eq!(queue.ids()[..], [5, 9]);
        // The last one of all, too.
        queue.take(&QueueFilter::default(), &listed(&[5]));
        queue.take(&QueueFilter::default(), &listed(&[]));
        assert_eq!((queue.cursor(), queue.count()), (Some(9), 0));
    }

    #[test]
    fn another_filter_is_read_from_its_top_and_a_change_keeps_the_place() {
        let mut queue = queue(&[5, 3, 9]);
        let mine = QueueFilter {
            marks: vec![Mark::Mine],
            ..QueueFilter::default()
        };
        queue.step(2);
        queue.set_filter(mine.clone());
        queue.wanted();
        queue.take(&mine, &listed(&[7, 5, 3]));
        assert_eq!(queue.cursor(), Some(7));
        queue.step(1);
        queue.forget();
        queue.wanted();
        queue.move_up();
        queue.take(&mine, &listed(&[7, 3]));
        assert_eq!(queue.cursor(), Some(3));
    }

    #[test]
    fn an_answer_to_an_older_question_is_not_taken() {
        let mut queue = queue(&[5, 3]);
        queue.toggle(Mark::Mine);
        assert!(!queue.is_current());
        assert!(!queue.take(&QueueFilter::default(), &listed(&[1])));
        assert_eq!(queue.ids()[..], [5, 3]);
    }

    #[test]
    fn after_an_attempt_and_a_verdict_the_rep_goes_on_where_the_lead_was() {
        let mut queue = queue(&[5, 3, 9]);
        queue.leave();
        queue.forget();
        queue.wanted();
        queue.take(&QueueFilter::default(), &listed(&[3, 9, 5]));
        assert_eq!(queue.cursor(), Some(5));
        queue.leave();
        queue.advance();
        assert_eq!(queue.cursor(), Some(3));
    }

    #[test]
    fn after_a_verdict_comes_the_next_lead_and_at_the_end_the_one_before() {
        let mut queue = queue(&[5, 3]);
        queue.advance();
        assert_eq!(queue.cursor(), Some(3));
        queue.advance();
        assert_eq!(queue.cursor(), Some(5));
    }
}
