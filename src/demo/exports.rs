//! The two exports of the imaginary CRM: the state a month ago, and what changed since. Draws no figure.

use super::deals::{Deal, Gap};
use super::leads::{Fate, Lead, World};
use super::records::{SYSTEM, accounts, lead_key};
use super::setup::REPS;
use super::{Export, Step};
use crate::domain::import::{
    Dating, ImportRecord, ImportRow, Key, OpportunityRecord, OwnFields, Word,
};
use crate::domain::moment::Moment;

impl World {
    /// Rows known at `first`, and rows that came or changed after it.
    pub(super) fn exports(&mut self, leads: &[Lead], deals: &[Deal], first: Moment) -> Vec<Export> {
        let mut then = accounts(&self.cast, leads);
        let mut now = Vec::new();
        let known: Vec<&Lead> = leads.iter().filter(|l| last_word(l) <= first).collect();
        for lead in leads {
            let records = self.records(lead);
            if last_word(lead) <= first {
                then.extend(records);
            } else {
                now.extend(records);
            }
        }
        for (index, deal) in deals.iter().enumerate() {
            let lead = &leads[deal.lead];
            let latest = deal_record(index, deal, lead, deal.lead_name(leads), self);
            if deal.created > first {
                now.push(ImportRecord::Opportunity(Box::new(latest.clone())));
            } else {
                let earlier = as_it_was(&latest, deal, first);
                then.push(ImportRecord::Opportunity(Box::new(earlier.clone())));
                if earlier != latest {
                    now.push(ImportRecord::Opportunity(Box::new(latest.clone())));
                }
            }
            if let Some(second) = deal.second_lead {
                now.push(ImportRecord::Opportunity(Box::new(OpportunityRecord {
                    lead: Some(lead_key(leads[second].number)),
                    ..latest
                })));
            }
        }
        let spend = self.spend(leads);
        let (old, new) = spend
            .into_iter()
            .partition(|record| matches!(record, ImportRecord::Spend(s) if s.on <= self.calendar.day_of(first)));
        then.extend::<Vec<_>>(old);
        now.extend::<Vec<_>>(new);
        vec![
            export("crm-export-2025-08-31.csv", first, then, self.said(&known)),
            export(
                "crm-export-2025-09-30.csv",
                self.as_of,
                now,
                self.said_at_the_end(leads),
            ),
        ]
    }
}

impl Deal {
    fn lead_name<'a>(&self, leads: &'a [Lead]) -> &'a str {
        &leads[self.lead].person.name
    }
}

fn export(file: &'static str, at: Moment, records: Vec<ImportRecord>, then: Vec<Step>) -> Export {
    let rows = records
        .into_iter()
        .zip(2..)
        .map(|(record, line)| ImportRow { line, record })
        .collect();
    Export {
        file,
        at,
        rows,
        then,
    }
}

/// When the last thing happened that the lead's own record tells.
fn last_word(lead: &Lead) -> Moment {
    lead.handoff.as_ref().map_or(lead.created, |h| {
        let tried = h.tries.last().map_or(h.at, |t| t.at);
        let decided = if h.fate == Fate::Open {
            h.at
        } else {
            h.decided
        };
        decided.max(tried).max(h.assigned)
    })
}

fn deal_record(
    index: usize,
    deal: &Deal,
    lead: &Lead,
    name: &str,
    world: &World,
) -> OpportunityRecord {
    let firm = lead.person.firm.map(|f| world.cast.firms[f].name.as_str());
    let rep = lead.handoff.as_ref().map(|h| h.rep);
    let conversation = lead
        .handoff
        .as_ref()
        .and_then(|h| h.tries.iter().rfind(|t| t.outcome.is_conversation()))
        .map(|t| t.at);
    OpportunityRecord {
        key: Key {
            system: Some(SYSTEM.into()),
            external_id: Some(format!("D-{:04}", index + 1)),
            ..Key::default()
        },
        lead: Some(lead_key(lead.number)),
        name: format!("{}: dock and stock", firm.unwrap_or(name)),
        account: firm.map(Word::from),
        source: None,
        campaign: None,
        segment: None,
        owner: rep.map(|r| Word::from(REPS[r].0)),
        dating: Dating::Stated,
        created: deal.created,
        stage: Some(deal.stage.into()),
        amount: (deal.gap != Gap::Value).then_some(deal.amount),
        close_on: (deal.gap != Gap::CloseDate).then_some(deal.close_on),
        conversation: conversation.filter(|_| deal.gap != Gap::Conversation),
        qualified: deal.qualified,
        frozen: None,
        closed: deal.closed,
        lost_reason: deal.lost_reason.map(Word::from),
        lost_reason_text: None,
        delivery_cost: deal
            .delivery_percent
            .filter(|_| deal.is_won())
            .map(|percent| deal.amount.minor * percent / 100),
        last_activity: Some(deal.last_activity),
        status: None,
        note: None,
        custom: OwnFields::default(),
    }
}

/// The deal as an export of `first` told it: nothing that happened later, the value and date told then.
fn as_it_was(latest: &OpportunityRecord, deal: &Deal, first: Moment) -> OpportunityRecord {
    let mut earlier = latest.clone();
    if deal.closed.is_some_and(|(_, at)| at <= first) {
        return earlier;
    }
    earlier.closed = None;
    earlier.lost_reason = None;
    earlier.delivery_cost = None;
    earlier.qualified = deal.qualified.filter(|at| *at <= first);
    earlier.last_activity = Some(deal.last_activity.min(first));
    if earlier.qualified.is_none() {
        earlier.stage = Some("Prospect".into());
    } else {
        earlier.amount = earlier.amount.map(|_| deal.frozen);
    }
    earlier.close_on = earlier.close_on.map(|_| deal.first_close_on);
    earlier
}
