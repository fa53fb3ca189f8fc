//! The lead's card beside or over the list: its flags in sentences, its challenge, both teams' timeline. Reads nothing.

use super::Rejections;
use super::view::View;
use crate::domain::card::LeadCard;
use crate::domain::ids::{HandoffId, LeadId};
use crate::keymap::Action;
use crate::metrics::review::{Flag, Proof};
use crate::screens::fetch::Fetch;
use crate::screens::model::Model;
use crate::screens::{Outcome, card as cards};
use crate::widgets::{Paragraph, Reader};

/// The card of the lead under the cursor.
pub(super) struct Card {
    pub(super) lead: LeadId,
    /// The handoff under the cursor, by row number.
    pub(super) row: Option<u32>,
    pub(super) known: Option<Box<LeadCard>>,
    pub(super) reader: Reader,
    /// Whether it has been asked for since the file changed.
    reading: Reading,
    pub(super) stands: Stands,
}

/// Where a card may stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stands {
    /// Beside the list only: it followed the cursor.
    Beside,
    /// Over the list too: somebody opened it.
    Over,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reading {
    Needed,
    Asked,
}

impl Card {
    pub(super) fn new((lead, row): (LeadId, Option<u32>), stands: Stands) -> Self {
        Self {
            lead,
            row,
            known: None,
            reader: Reader::default(),
            reading: Reading::Needed,
            stands,
        }
    }

    pub(super) fn is_read_anew(&mut self) {
        self.reading = Reading::Needed;
    }
}

impl Rejections {
    /// The lead under the cursor, with the row of its handoff.
    pub(super) fn lead_under_cursor(&self, model: &Model) -> Option<(LeadId, Option<u32>)> {
        let facts = model.facts();
        match self.view {
            View::List | View::SecondLook => {
                let row = self.row()?;
                let lead = *facts.handoffs.lead.get(row as usize)?;
                Some((LeadId(facts.leads.id.at(lead as usize)), Some(row)))
            }
            View::Challenges => {
                let line = self.challenge_line()?;
                let row = facts.handoffs.row(line.handoff.0).map(|row| row as u32);
                Some((line.lead, row))
            }
            _ => None,
        }
    }

    /// The card that is missing.
    pub(super) fn wanted_card(&mut self, model: &Model) -> Option<Fetch> {
        if !self.view.has_cards() {
            return None;
        }
        let shown = self.is_covered() || self.has_room_beside();
        let (lead, row) = self.lead_under_cursor(model).filter(|_| shown)?;
        match &mut self.card {
            Some(card) if card.lead == lead => {
                if card.row != row {
                    card.row = row;
                    self.dress_card(model);
                }
            }
            before => {
                let stands = before.as_ref().map_or(Stands::Beside, |card| card.stands);
                self.card = Some(Card::new((lead, row), stands));
            }
        }
        let card = self.card.as_mut()?;
        if card.reading == Reading::Asked {
            return None;
        }
        card.reading = Reading::Asked;
        Some(Fetch::Lead(lead))
    }

    pub(super) fn take_card(&mut self, id: LeadId, read: &LeadCard, model: &Model) {
        if let Some(card) = self.card.as_mut().filter(|card| card.lead == id) {
            card.known = Some(Box::new(read.clone()));
            self.dress_card(model);
        }
    }

    /// Writes the card's text: what the room should know of the rejection first.
    pub(super) fn dress_card(&mut self, model: &Model) {
        let Some(mut card) = self.card.take() else {
            return;
        };
        if let Some(known) = &card.known {
            let ids = &model.facts().handoffs.id;
            let handoff = card.row.and_then(|row| ids.get(row as usize));
            let handoff = handoff.map(HandoffId);
            let card_text = cards::judged(known, handoff, model.book(), model.now());
            let mut text = card_text.paragraphs;
            let after_name = text.len().min(1);
            let extra = card.row.map(|row| self.about(row, model));
            text.splice(after_name..after_name, extra.unwrap_or_default());
            card.reader.paragraphs = text;
        }
        self.card = Some(card);
    }

    /// What the room should know of a rejection.
    fn about(&self, row: u32, model: &Model) -> Vec<Paragraph> {
        let facts = model.facts();
        let entry = |label: &str, text: String| Paragraph::Entry(label.to_owned(), text);
        let mut text = Vec::new();
        let found = self.found.as_ref();
        let proof = found.and_then(|found| found.review.entry(facts, row));
        if let Some((proof, _)) = proof {
            let words = match proof {
                Proof::Verified => "verified: by a conversation or the agreed attempts".to_owned(),
                Proof::Objective => self.objective(row, model),
                Proof::Unverified => {
                    "unverified: it rests on nothing, so its cost is unproven".to_owned()
                }
            };
            text.push(entry("Rejection", words));
        }
        let told = self.told(row, model).into_iter();
        for (_, why) in told.filter(|(flag, _)| *flag != Flag::Unseen) {
            text.push(entry("Flag", why));
        }
        let id = facts.handoffs.id.get(row as usize);
        let lines = self.challenges.iter();
        for line in lines.filter(|line| Some(line.handoff.0) == id) {
            text.push(entry("Challenge", super::challenges::told(line, model)));
        }
        text
    }

    /// What an objective rejection rests on: a proof that the file shows, or its reason alone.
    fn objective(&self, row: u32, model: &Model) -> String {
        let flagged = self.flagged.as_ref();
        let seen = flagged.map(|flagged| flagged.proof(&model.history(), row));
        match seen {
            Some(Some(seen)) => format!("objective, and the proof is here: {}", seen.label()),
            Some(None) => {
                let mut told = self.told(row, model).into_iter();
                let unseen = told.find(|(flag, _)| *flag == Flag::Unseen);
                unseen.map_or_else(String::new, |(_, why)| why)
            }
            None => "objective: its reason needs no conversation".to_owned(),
        }
    }

    /// The flags of a rejection, each in a sentence.
    pub(super) fn told(&self, row: u32, model: &Model) -> Vec<(Flag, String)> {
        let flagged = self.flagged.as_ref();
        flagged.map_or_else(Vec::new, |flagged| flagged.told(&model.history(), row))
    }

    pub(super) fn scroll_card(&mut self, action: Action) {
        let page = isize::from(self.area.height.saturating_sub(8).max(1) as i16);
        if let Some(card) = &mut self.card {
            card.reader.scroll(match action {
                Action::Up => -1,
                Action::Down => 1,
                Action::PageUp => -page,
                Action::CardUp => -3,
                Action::CardDown => 3,
                _ => page,
            });
        }
    }

    pub(super) fn copy_card(&self) -> Outcome {
        let card = self.card.as_ref().filter(|card| card.known.is_some());
        card.map_or_else(
            || Outcome::Say("Enter opens a lead's card; then it can be copied".to_owned()),
            |card| Outcome::Copy {
                what: "the card".to_owned(),
                text: card.reader.as_text(),
            },
        )
    }
}
