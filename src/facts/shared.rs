//! A table that clones of the history have in common until one of them changes it: what a verdict leaves alone is not copied for it.

use std::ops::{Deref, DerefMut};
use std::sync::Arc;

/// Reads as the table itself. Whoever changes it gets one of their own first, where others have it too.
#[derive(Clone, Debug, Default)]
pub struct Shared<T>(Arc<T>);

impl<T> Shared<T> {
    /// Whether both still are one and the same table.
    pub fn is_same(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl<T> Deref for Shared<T> {
    type Target = T;

    #[inline]
    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T: Clone> DerefMut for Shared<T> {
    fn deref_mut(&mut self) -> &mut T {
        Arc::make_mut(&mut self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::super::Facts;
    use super::super::spend::SpendRow;
    use crate::domain::moment::Day;
    use crate::domain::verdict::SpendKind;
    use crate::facts::column::NONE;

    #[test]
    fn a_change_of_one_table_copies_that_table_alone_and_the_other_history_stays() {
        let before = Facts::default();
        let mut after = before.clone();
        after.spend.push(SpendRow {
            id: 1,
            source: NONE,
            campaign: NONE,
            lead: NONE,
            on: Day(0),
            kind: SpendKind::Media,
            amount: 1,
            currency: 0,
        });
        assert_eq!((before.spend.rows.len(), after.spend.rows.len()), (0, 1));
        assert!(!before.spend.is_same(&after.spend));
        assert!(before.leads.is_same(&after.leads));
        assert!(before.handoffs.is_same(&after.handoffs));
    }
}
