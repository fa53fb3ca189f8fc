//! The search line over the list: the list follows each key, Esc gives back what was before. Searches nothing itself.

use crate::facts::queue::QueueFilter;
use crate::widgets::Prompt;

/// The open line.
pub(super) struct Search {
    /// The filter as it was.
    pub(super) before: QueueFilter,
    pub(super) prompt: Prompt,
}

impl Search {
    /// Begins with what is searched for already.
    pub(super) fn new(filter: &QueueFilter) -> Self {
        let mut prompt = Prompt::default();
        prompt.paste(&filter.search);
        Self {
            before: filter.clone(),
            prompt,
        }
    }

    /// The filter with what has been typed.
    pub(super) fn filter(&self, filter: &QueueFilter) -> QueueFilter {
        QueueFilter {
            search: self.prompt.value().trim().to_owned(),
            ..filter.clone()
        }
    }
}
