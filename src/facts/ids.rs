//! Row ids in ascending order, kept as runs without gaps: a million ids that follow each other take as much room as one. Knows no table.

/// A first row and its id; the rows after it count up by one until the next run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Run {
    row: usize,
    id: i64,
}

/// A column of ascending row ids. Of bytes gone bad it makes nonsense, never a panic.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ids {
    runs: Vec<Run>,
    rows: usize,
}

impl Ids {
    /// Appends an id, which lies above every id pushed before.
    pub fn push(&mut self, id: i64) {
        self.count_up(id, 1);
    }

    /// Appends `rows` ids that count up from `id`.
    pub(crate) fn count_up(&mut self, id: i64, rows: usize) {
        if rows == 0 {
            return;
        }
        let follows = self.last().and_then(|last| last.checked_add(1)) == Some(id);
        if !follows {
            self.runs.push(Run { row: self.rows, id });
        }
        self.rows += rows;
    }

    /// The id of a row, `None` where there is no such row.
    #[inline]
    pub fn get(&self, row: usize) -> Option<i64> {
        if row >= self.rows {
            return None;
        }
        let run = match &self.runs[..] {
            [only] => only,
            runs => &runs[runs.partition_point(|run| run.row <= row) - 1],
        };
        Some(run.id.wrapping_add((row - run.row) as i64))
    }

    /// The id of a row of the table.
    ///
    /// # Panics
    /// Where there is no such row, as indexing does.
    #[inline]
    pub fn at(&self, row: usize) -> i64 {
        self.get(row).expect("a row number of this very table")
    }

    /// The row number of an id.
    #[inline]
    pub fn row(&self, id: i64) -> Option<usize> {
        let after = self.runs.partition_point(|run| run.id <= id);
        let run = self.runs.get(after.checked_sub(1)?)?;
        let row = usize::try_from(id.checked_sub(run.id)?)
            .ok()?
            .checked_add(run.row)?;
        let end = self.runs.get(after).map_or(self.rows, |next| next.row);
        (row < end).then_some(row)
    }

    /// The highest id.
    pub fn last(&self) -> Option<i64> {
        let run = self.runs.last()?;
        Some(run.id.wrapping_add((self.rows - 1 - run.row) as i64))
    }

    /// Takes the highest id away.
    pub fn pop(&mut self) {
        let Some(run) = self.runs.last() else { return };
        self.rows -= 1;
        if run.row == self.rows {
            self.runs.pop();
        }
    }

    /// Takes every id away.
    pub fn clear(&mut self) {
        self.runs.clear();
        self.rows = 0;
    }

    /// Every id, in the order of the rows.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = i64> + '_ {
        self.runs.iter().enumerate().flat_map(|(n, run)| {
            let end = self.runs.get(n + 1).map_or(self.rows, |next| next.row);
            run.id..=run.id.wrapping_add((end - run.row - 1) as i64)
        })
    }

    /// Rows.
    pub fn len(&self) -> usize {
        self.rows
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.rows == 0
    }
}

impl FromIterator<i64> for Ids {
    fn from_iter<I: IntoIterator<Item = i64>>(ascending: I) -> Ids {
        let mut ids = Ids::default();
        ascending.into_iter().for_each(|id| ids.push(id));
        ids
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn ids_without_gaps_are_one_run() {
        let mut ids: Ids = (5..1_000_005).collect();
        assert_eq!(
            (ids.runs.len(), ids.len(), ids.last()),
            (1, 1_000_000, Some(1_000_004))
        );
        assert_eq!(
            (
                ids.get(3),
                ids.get(1_000_000),
                ids.row(4),
                ids.row(1_000_005)
            ),
            (Some(8), None, None, None)
        );
        ids.push(i64::MAX);
        assert_eq!(
            (ids.row(i64::MAX), ids.row(i64::MAX - 1), ids.row(i64::MIN)),
            (Some(1_000_000), None, None)
        );
    }

    proptest! {
        #[test]
        fn they_answer_as_a_list_does(mut list in prop::collection::btree_set(-40_i64..40, 0..60)) {
            let mut ids: Ids = list.iter().copied().collect();
            while !ids.is_empty() {
                let plain: Vec<i64> = list.iter().copied().collect();
                prop_assert_eq!(ids.iter().collect::<Vec<_>>(), plain.clone());
                prop_assert_eq!((0..plain.len() + 2).map(|row| ids.get(row)).collect::<Vec<_>>(),
                    (0..plain.len() + 2).map(|row| plain.get(row).copied()).collect::<Vec<_>>());
                for id in -41..41 {
                    prop_assert_eq!(ids.row(id), plain.binary_search(&id).ok());
                }
                prop_assert_eq!(ids.last(), plain.last().copied());
                ids.pop();
                list.pop_last();
            }
            prop_assert_eq!((ids.last(), ids.iter().count()), (None, list.len()));
        }
    }
}
