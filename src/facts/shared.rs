//! A table that clones of the history have in common until one of them changes it: what a verdict leaves alone is not copied for it.

use std::ops::{Deref, DerefMut};
use std::sync::Arc;

/// Reads as the table itself. Whoever changes it gets one of their own first, where others have it too.
#[derive(Clone, Debug, Default)]
pub struct Shared<T>(Arc<T>);

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
    use super::*;
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
        assert!(!Arc::ptr_eq(&before.spend.0, &after.spend.0));
        assert!(Arc::ptr_eq(&before.leads.0, &after.leads.0));
        assert!(Arc::ptr_eq(&before.handoffs.0, &after.handoffs.0));
    }
}
