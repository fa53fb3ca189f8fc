//! Which rows a verdict will hold for: those that are marked, else the one under the cursor. Only rows in the list can be marked.

use std::collections::HashSet;

/// The marks.
#[derive(Debug, Default)]
pub(super) struct Marks {
    marked: HashSet<i64>,
    /// Where a range was begun.
    from: Option<i64>,
}

impl Marks {
    /// Whether a row is marked.
    pub(super) fn has(&self, id: i64) -> bool {
        self.marked.contains(&id)
    }

    /// How many are marked.
    pub(super) fn len(&self) -> usize {
        self.marked.len()
    }

    /// Whether a range waits for its other end.
    pub(super) fn is_open(&self) -> bool {
        self.from.is_some()
    }

    /// Marks a row, or unmarks it.
    pub(super) fn toggle(&mut self, id: i64) {
        if !self.marked.remove(&id) {
            self.marked.insert(id);
        }
    }

    /// Begins a range at a row, or marks everything from its beginning to this row.
    pub(super) fn range(&mut self, id: i64, ids: &[i64]) {
        let Some(from) = self.from.take() else {
            self.from = Some(id);
            return;
        };
        let place = |wanted: i64| ids.iter().position(|id| *id == wanted);
        if let (Some(a), Some(b)) = (place(from), place(id)) {
            self.marked.extend(&ids[a.min(b)..=a.max(b)]);
        }
    }

    /// Marks all rows of the list, or none when all are marked.
    pub(super) fn all(&mut self, ids: &[i64]) {
        if self.marked.len() == ids.len() {
            self.marked.clear();
        } else {
            self.marked = ids.iter().copied().collect();
        }
    }

    /// Takes all marks away; false when there was none.
    pub(super) fn clear(&mut self) -> bool {
        let had = !self.marked.is_empty() || self.from.is_some();
        self.marked.clear();
        self.from = None;
        had
    }

    /// Forgets the marks of rows that are not in the list any more: nobody decides on what is out of sight.
    pub(super) fn keep_within(&mut self, ids: &[i64]) {
        if self.marked.is_empty() && self.from.is_none() {
            return;
        }
        let listed: HashSet<i64> = ids.iter().copied().collect();
        self.marked.retain(|id| listed.contains(id));
        self.from = self.from.filter(|id| listed.contains(id));
    }

    /// The marked rows in the order of the list, else the one under the cursor.
    pub(super) fn subjects(&self, ids: &[i64], cursor: Option<i64>) -> Vec<i64> {
        if self.marked.is_empty() {
            return cursor.into_iter().collect();
        }
        ids.iter()
            .copied()
            .filter(|id| self.marked.contains(id))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_marks_from_one_end_to_the_other_in_either_direction() {
        let ids = [9, 4, 7, 2];
        let mut marks = Marks::default();
        marks.range(2, &ids);
        marks.range(4, &ids);
        assert_eq!(marks.subjects(&ids, Some(9)), [4, 7, 2]);
        assert!(marks.clear() && !marks.clear());
        assert_eq!(marks.subjects(&ids, Some(9)), [9]);
    }

    #[test]
    fn what_leaves_the_list_is_not_marked_any_more() {
        let mut marks = Marks::default();
        marks.all(&[1, 2, 3]);
        marks.keep_within(&[2, 5]);
        assert_eq!(marks.subjects(&[2, 5], None), [2]);
    }
}
