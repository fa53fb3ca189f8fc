//! Every version, and any two of them against each other, in words and in effect. Asks for what it shows; reads nothing.

use super::question::{Agreed, Panel, Question};
use crate::domain::criteria::Definition;
use crate::domain::criteria::version::Version;
use crate::screens::fetch::Fetch;

/// The list of versions and the pair that is compared.
#[derive(Debug, Default)]
pub(super) struct Compared {
    /// The version under the cursor; beyond the end: the newest.
    pub(super) at: usize,
    /// The number of the one that others are compared with; `None`: each with the one before it.
    against: Option<i64>,
    asked: Option<Box<Question>>,
    /// The newest answer with its question.
    found: Option<(Box<Question>, Panel)>,
}

impl Compared {
    /// From the newest version on.
    pub(super) fn newest() -> Self {
        Self {
            at: usize::MAX,
            ..Self::default()
        }
    }

    /// The version under the cursor and the one it is compared with; `None`: with every lead passing.
    pub(super) fn pair<'a>(
        &self,
        all: &'a [Version],
    ) -> Option<(Option<&'a Version>, &'a Version)> {
        let at = self.at.min(all.len().saturating_sub(1));
        let version = all.get(at)?;
        let chosen = self.against.filter(|number| *number != version.number);
        let same = |other: &&Version| other.definition.segment == version.definition.segment;
        let against = match chosen {
            Some(number) => all.iter().find(|other| other.number == number),
            None => all[..at].iter().rev().find(same),
        };
        Some((against, version))
    }

    /// Whether others are compared with this one.
    pub(super) fn is_marked(&self, version: &Version) -> bool {
        self.against == Some(version.number)
    }

    /// Has others compared with the one under the cursor; the second time with the one before each again.
    pub(super) fn mark(&mut self, all: &[Version]) {
        let here = all.get(self.at.min(all.len().saturating_sub(1)));
        let here = here.map(|version| version.number);
        self.against = if self.against == here { None } else { here };
    }

    /// What the pair would have done to the past, as a question.
    pub(super) fn question(&self, agreed: &Agreed) -> Option<Box<Question>> {
        let (before, version) = self.pair(&agreed.versions.0)?;
        let before = before.map_or_else(Definition::default, |v| v.definition.clone());
        Some(Box::new(Question {
            segment: version.definition.segment.clone(),
            before,
            draft: version.definition.clone(),
            edited: None,
            agreed_at: None,
            fields: std::sync::Arc::clone(&agreed.fields),
            values: None,
        }))
    }

    /// The question that has not been asked yet.
    pub(super) fn wanted(&mut self, agreed: &Agreed) -> Option<Fetch> {
        let question = self.question(agreed)?;
        if self.asked.as_ref() == Some(&question) {
            return None;
        }
        self.asked = Some(question.clone());
        Some(Fetch::Compare(question))
    }

    /// It has to be asked anew; what was answered stays in sight.
    pub(super) fn forget(&mut self) {
        self.asked = None;
    }

    /// Takes an answer.
    pub(super) fn take(&mut self, of: &Question, panel: &Panel) {
        self.found = Some((Box::new(of.clone()), panel.clone()));
    }

    /// The answer for the pair in sight.
    pub(super) fn effect(&self, agreed: &Agreed) -> Option<&Panel> {
        let question = self.question(agreed)?;
        let (of, panel) = self.found.as_ref()?;
        (*of == question).then_some(panel)
    }
}
