//! Which lead joins a deal: by its handoff's number, or by what people call it, chosen from those that are found. Writes nothing itself.

use std::collections::BTreeMap;

use super::Pipeline;
use super::change::{About, Window};
use crate::domain::card::LeadLine;
use crate::domain::ids::HandoffId;
use crate::facts::queue::{QueueFilter, State};
use crate::metrics::Table;
use crate::screens::fetch::{Fetch, Listed};
use crate::screens::form::Form;
use crate::screens::letters::Letters;
use crate::screens::model::Model;
use crate::theme::Role;
use crate::widgets::Entry;

/// More leads than these are not offered: as many as there are letters.
const MOST: usize = 52;

/// A lead that is being looked for.
#[derive(Debug)]
pub(super) struct Seek {
    text: String,
    next: Option<Fetch>,
}

impl Seek {
    /// By a part of name, company, e-mail or note, whatever became of its handoff.
    fn new(text: &str) -> Self {
        let filter = QueueFilter {
            state: State::All,
            search: text.to_owned(),
            ..QueueFilter::default()
        };
        Self {
            text: text.to_owned(),
            next: Some(Fetch::Queue(filter, None)),
        }
    }

    /// What has not been asked yet.
    pub(super) fn wanted(&mut self) -> Option<Fetch> {
        self.next.take()
    }
}

impl Pipeline {
    /// Looks for the lead that was typed.
    pub(super) fn look_for(&mut self, text: &str) {
        self.seek = Some(Seek::new(text));
        if let Some(form) = self.joining() {
            form.read_as(vec![(Role::Dim, "looking …".to_owned())]);
        }
    }

    /// The handoffs that were found: of each lead the newest.
    pub(super) fn found(&mut self, of: &QueueFilter, listed: &Listed, model: &Model) {
        let Some(seek) = self.seek.as_mut().filter(|seek| seek.text == of.search) else {
            return;
        };
        let rows = &model.facts().handoffs;
        let mut newest = BTreeMap::new();
        for id in listed.ids.iter() {
            if let Some(row) = rows.row(*id) {
                let known = newest.entry(rows.lead[row]).or_insert(*id);
                *known = (*known).max(*id);
            }
        }
        let text = &seek.text;
        let why = match newest.len() {
            0 => format!(
                "no lead that was handed to sales is found by '{text}' in name, company, e-mail or notes"
            ),
            many if many > MOST => format!("{many} leads are found by '{text}'; type more of it"),
            _ => {
                let ids = newest.into_values().collect();
                seek.next = Some(Fetch::Lines(Table::Handoffs, ids));
                return;
            }
        };
        self.seek = None;
        if let Some(form) = self.joining() {
            form.read_as(Vec::new());
            form.refuse(why);
        }
    }

    /// Offers what was found.
    pub(super) fn offer(&mut self, lines: &[LeadLine]) {
        if self.seek.is_none() || self.joining().is_none() {
            return;
        }
        let mut handoffs = Vec::new();
        let mut entries = Vec::new();
        for line in lines {
            let Some(handoff) = &line.handoff else {
                continue;
            };
            let company = line.account.as_deref();
            let company = company.map_or_else(String::new, |name| format!(" · {name}"));
            let remark = format!("handoff {}", handoff.id.0);
            entries.push(Entry::new(format!("{}{company}", line.name), remark));
            handoffs.push(handoff.id);
        }
        self.seek = None;
        if let Some(asked) = &mut self.open {
            let letters = Letters::new("Who joins? The value counts once", entries);
            asked.about = About::JoinOne(handoffs);
            asked.window = Window::Letters(letters);
        }
    }

    fn joining(&mut self) -> Option<&mut Form> {
        let asked = self.open.as_mut()?;
        match (&asked.about, &mut asked.window) {
            (About::Join, Window::Form(form)) => Some(form),
            _ => None,
        }
    }
}

/// The number that was typed, if it is one.
pub(super) fn number(text: &str) -> Option<HandoffId> {
    text.parse().ok().map(HandoffId)
}
