//! The leads behind a number, as they come: the list, its lines, the card of one of them. Asks for what it shows; reads nothing.

use std::collections::{HashMap, HashSet};

use super::question::{Behind, Listing, Question};
use super::view::{View, stepped};
use crate::backtest::Flip;
use crate::domain::card::{LeadCard, LeadLine};
use crate::domain::criteria::Truth;
use crate::domain::ids::{HandoffId, LeadId};
use crate::keymap::Action;
use crate::metrics::Table;
use crate::screens::fetch::Fetch;
use crate::screens::model::Model;
use crate::screens::{Outcome, card};
use crate::widgets::Reader;

/// Lines of leads that are read at once.
const PAGE: usize = 100;

/// Rows as they come.
#[derive(Debug)]
pub(super) struct Rows {
    /// What they stand behind.
    pub(super) behind: Behind,
    /// What was asked where it is not what the draft says now: two versions against each other.
    of: Option<Box<Question>>,
    pub(super) back: View,
    asked: Option<Box<Question>>,
    /// The rows; `None`: they are being read.
    pub(super) all: Option<Listing>,
    /// The one under the cursor.
    pub(super) picked: usize,
    /// The first in sight.
    pub(super) offset: usize,
    /// Their leads, by handoff.
    pub(super) leads: HashMap<i64, LeadLine>,
    lines_asked: HashSet<i64>,
    /// The open card.
    pub(super) card: Option<(LeadId, Reader)>,
}

impl Rows {
    /// The rows behind a number, over what was in sight before.
    pub(super) fn new(behind: Behind, of: Option<Box<Question>>, back: View) -> Self {
        Self {
            behind,
            of,
            back,
            asked: None,
            all: None,
            picked: 0,
            offset: 0,
            leads: HashMap::new(),
            lines_asked: HashSet::new(),
            card: None,
        }
    }

    /// They may be others now.
    pub(super) fn forget(&mut self) {
        self.asked = None;
        self.lines_asked.clear();
    }

    /// The newest question was cut off.
    pub(super) fn cut_off(&mut self) {
        self.asked = None;
    }

    /// What has to be read before they can be shown.
    pub(super) fn wanted(&mut self, question: &Question) -> Option<Fetch> {
        let question = self.of.as_deref().unwrap_or(question);
        let asked = self.asked.as_deref();
        if asked.is_some_and(|a| a.draft == question.draft && a.before == question.before) {
            return self.lines();
        }
        let resting = Box::new(question.resting());
        self.asked = Some(resting.clone());
        Some(Fetch::Behind(resting, self.behind.clone()))
    }

    /// Takes the rows.
    pub(super) fn take(&mut self, found: &Listing) {
        self.picked = self.picked.min(found.rows.len().saturating_sub(1));
        self.all = Some(found.clone());
    }

    /// Takes the card of the lead under the cursor.
    pub(super) fn show(&mut self, id: LeadId, read: &LeadCard, model: &Model) {
        let handoff = self.at_cursor().map(|flip| HandoffId(flip.handoff_id));
        let text = card::judged(read, handoff, model.book(), model.now());
        self.card = Some((id, text));
    }

    fn count(&self) -> usize {
        self.all.as_ref().map_or(0, |all| all.rows.len())
    }

    /// The lines of leads around the cursor that were not read yet.
    fn lines(&mut self) -> Option<Fetch> {
        let all = self.all.as_ref()?;
        let start = self.picked.saturating_sub(PAGE / 2);
        let mut ids: Vec<i64> = all
            .rows
            .iter()
            .skip(start)
            .take(PAGE)
            .map(|row| row.flip.handoff_id)
            .collect();
        ids.retain(|id| !self.lines_asked.contains(id));
        self.lines_asked.extend(&ids);
        (!ids.is_empty()).then_some(Fetch::Lines(Table::Handoffs, ids))
    }

    /// A key; `by` is how far it moves the cursor.
    pub(super) fn moved(&mut self, action: Action, by: isize) -> Outcome {
        if let Some((_, reader)) = &mut self.card {
            let next = match action {
                Action::Next => 1,
                Action::Previous => -1,
                _ => {
                    reader.scroll(by.clamp(-100_000, 100_000));
                    return Outcome::Nothing;
                }
            };
            self.picked = stepped(self.picked, next, self.count());
            return self.read_card();
        }
        if let (Behind::Rule(_, _, says), Action::Left | Action::Right) = (&mut self.behind, action)
        {
            let by = if action == Action::Left { 2 } else { 1 };
            *says = Truth::ALL[(*says as usize + by) % 3];
            // How many there are is known already; which ones is being read.
            let sums = self.all.take().and_then(|all| all.sums);
            self.all = sums.map(|sums| Listing {
                rows: Vec::new(),
                total: sums[*says as usize],
                sums: Some(sums),
            });
            self.asked = None;
            (self.picked, self.offset) = (0, 0);
            return Outcome::Nothing;
        }
        self.picked = stepped(self.picked, by, self.count());
        if action == Action::Open {
            return self.read_card();
        }
        Outcome::Nothing
    }

    fn read_card(&self) -> Outcome {
        self.at_cursor().map_or(Outcome::Nothing, |flip| {
            Outcome::Read(Fetch::Lead(LeadId(flip.lead_id)))
        })
    }

    fn at_cursor(&self) -> Option<&Flip> {
        let all = self.all.as_ref()?;
        all.rows.get(self.picked).map(|row| &row.flip)
    }
}
