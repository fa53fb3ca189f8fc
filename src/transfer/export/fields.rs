//! Our fields of a record as text: moments in UTC with their zone, days as days, money with its decimals. Knows no header.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use serde_json::Value;

use super::words::Spoken;
use crate::domain::import::{
    AttemptRecord, Channels, Key, LeadRecord, OpportunityRecord, OwnFields,
};
use crate::domain::moment::Moment;
use crate::domain::money::Money;
use crate::domain::verdict::{DealOutcome, Evidence, Verdict};

/// Labels of the reasons by code.
pub type Reasons = BTreeMap<String, String>;

/// Whether a name goes into one column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Naming {
    /// One column.
    Whole,
    /// First and last name apart.
    Parts,
}

fn at(moment: Moment) -> String {
    moment.to_string()
}

fn text(word: Option<&std::sync::Arc<str>>) -> Option<String> {
    word.map(ToString::to_string)
}

/// The id that the CRM itself gave; ids of other systems mean nothing to it.
fn own_id(key: &Key, spoken: &Spoken<'_>) -> Option<String> {
    let same = key.system.as_deref() == Some(spoken.map.system.as_str());
    key.external_id.clone().filter(|_| same)
}

/// Which row of which system it is: `system:id`.
fn given(key: &Key) -> Option<String> {
    let (system, id) = (key.system.as_ref()?, key.external_id.as_ref()?);
    Some(format!("{system}:{id}"))
}

pub(super) fn of_lead(
    field: &str,
    lead: &LeadRecord,
    spoken: &Spoken<'_>,
    naming: Naming,
) -> Option<String> {
    let handoff = lead.handoff.as_ref();
    let verdict = handoff.and_then(|h| h.verdict.as_ref());
    let parts = lead.name.trim().rsplit_once(' ');
    match field {
        "id" => own_id(&lead.key, spoken),
        "email" => lead.key.email.clone(),
        "phone" => lead.key.phone.clone(),
        "name" => Some(lead.name.clone()),
        "first_name" if naming == Naming::Parts => parts.map(|(first, _)| first.to_owned()),
        "last_name" if naming == Naming::Parts => Some(
            parts
                .map_or(lead.name.as_str(), |(_, last)| last)
                .to_owned(),
        ),
        "social" => lead.social.clone(),
        "title" => lead.title.clone(),
        "account" => text(lead.account.as_ref()),
        "source" => text(lead.source.as_ref()),
        "campaign" => text(lead.campaign.as_ref()),
        "segment" => text(lead.segment.as_ref()),
        "owner" => text(lead.owner.as_ref()),
        "country" => text(lead.country.as_ref()),
        "created" => Some(at(lead.created)),
        "mql" => lead.mql.map(at),
        "note" => lead.note.clone(),
        "excluded" => lead.excluded.map(|excluded| excluded.word().to_owned()),
        "status" => {
            let state = match (handoff, verdict.map(|v| v.verdict)) {
                (None, _) => "new",
                (Some(_), None) => "open",
                (_, Some(verdict)) => verdict.word(),
            };
            spoken.lead_state(state, lead.status.as_deref())
        }
        "handoff" => handoff.map(|h| at(h.at)),
        "assigned" => handoff.and_then(|h| h.assigned).map(at),
        "trigger" => handoff.and_then(|h| text(h.trigger.as_ref())),
        "verdict_at" => verdict.map(|v| at(v.at)),
        "spoke" => verdict
            .filter(|v| v.evidence == Evidence::Spoke)
            .map(|v| at(v.at)),
        "reason" => verdict
            .filter(|v| v.verdict == Verdict::Rejected)
            .and_then(|v| spoken.reason(v.reason.as_deref(), v.reason_text.as_deref())),
        "recycle_on" => verdict.and_then(|v| v.recycle_on).map(|on| on.to_string()),
        "verdict_note" => verdict.and_then(|v| v.note.clone()),
        "key" => given(&lead.key),
        "reason_code" => verdict.and_then(|v| text(v.reason.as_ref())),
        "reason_text" => verdict.and_then(|v| text(v.reason_text.as_ref())),
        "evidence" => verdict.map(|v| v.evidence.word().to_owned()),
        "source_status" => text(lead.status.as_ref()),
        "cost" => lead.cost.map(|(cost, _)| decimal(cost)),
        "cost_on" => lead.cost.map(|(_, on)| on.to_string()),
        "currency" => lead.cost.map(|(cost, _)| cost.currency.to_string()),
        "withheld" => (lead.channels == Channels::Withheld).then(|| "yes".to_owned()),
        _ => None,
    }
}

pub(super) fn of_deal(
    field: &str,
    deal: &OpportunityRecord,
    spoken: &Spoken<'_>,
) -> Option<String> {
    let ended = |outcome: DealOutcome| {
        deal.closed
            .filter(|(how, _)| *how == outcome)
            .map(|(_, when)| at(when))
    };
    let outcome = deal.closed.map(|(outcome, _)| outcome);
    match field {
        "id" => own_id(&deal.key, spoken),
        "lead" => deal.lead.as_ref().and_then(|lead| own_id(lead, spoken)),
        "lead_email" => deal.lead.as_ref().and_then(|lead| lead.email.clone()),
        "lead_phone" => deal.lead.as_ref().and_then(|lead| lead.phone.clone()),
        "name" => Some(deal.name.clone()),
        "account" => text(deal.account.as_ref()),
        "source" => text(deal.source.as_ref()),
        "campaign" => text(deal.campaign.as_ref()),
        "segment" => text(deal.segment.as_ref()),
        "owner" => text(deal.owner.as_ref()),
        "created" => Some(at(deal.created)),
        "stage" => text(deal.stage.as_ref()),
        "status" => {
            let state = outcome.map_or("open", DealOutcome::word);
            spoken.deal_state(state, deal.status.as_deref())
        }
        "amount" => deal.amount.map(decimal),
        "currency" => deal.amount.map(|amount| amount.currency.to_string()),
        "close_on" => deal.close_on.map(|on| on.to_string()),
        "conversation" => deal.conversation.map(at),
        "qualified" => deal.qualified.map(at),
        "won_at" => ended(DealOutcome::Won),
        "lost_at" => ended(DealOutcome::Lost),
        "closed" => deal.closed.map(|(_, when)| at(when)),
        "lost_reason" => spoken
            .reason(
                deal.lost_reason.as_deref(),
                deal.lost_reason_text.as_deref(),
            )
            .filter(|_| outcome == Some(DealOutcome::Lost)),
        "last_activity" => deal.last_activity.map(at),
        "delivery_cost" => deal.delivery_cost.zip(deal.amount).map(|(minor, amount)| {
            decimal(Money {
                minor,
                currency: amount.currency,
            })
        }),
        "key" => given(&deal.key),
        "lead_key" => deal.lead.as_ref().and_then(given),
        "frozen" => deal.frozen.map(decimal),
        "lost_reason_code" => text(deal.lost_reason.as_ref()),
        "lost_reason_text" => text(deal.lost_reason_text.as_ref()),
        "source_status" => text(deal.status.as_ref()),
        "note" => deal.note.clone(),
        _ => None,
    }
}

pub(super) fn of_attempt(
    field: &str,
    attempt: &AttemptRecord,
    spoken: &Spoken<'_>,
) -> Option<String> {
    match field {
        "id" => own_id(&attempt.key, spoken),
        "lead" => own_id(&attempt.lead, spoken),
        "lead_email" => attempt.lead.email.clone(),
        "lead_phone" => attempt.lead.phone.clone(),
        "at" => Some(at(attempt.at)),
        "channel" => Some(attempt.channel.word().to_owned()),
        "outcome" => Some(attempt.outcome.word().to_owned()),
        "minutes" => attempt.minutes.map(|minutes| minutes.to_string()),
        "by" => text(attempt.by.as_ref()),
        "note" => attempt.note.clone(),
        "key" => given(&attempt.key),
        "lead_key" => given(&attempt.lead),
        _ => None,
    }
}

/// An amount without its code, with all its decimals.
fn decimal(money: Money) -> String {
    Decimal::new(money.minor, money.currency.digits()).to_string()
}

/// A record's own fields by key; none where they cannot be read.
pub(super) fn own(fields: &OwnFields) -> serde_json::Map<String, Value> {
    let read = |json| serde_json::from_str(json).ok();
    fields.json().and_then(read).unwrap_or_default()
}

/// A value of an own field as an import reads it.
pub(super) fn own_text(value: &Value) -> Option<String> {
    match value {
        Value::Null | Value::Array(_) | Value::Object(_) => None,
        Value::Bool(yes) => Some(if *yes { "yes" } else { "no" }.to_owned()),
        // Never with an exponent.
        Value::Number(number) => Some(match number.as_i64() {
            Some(whole) => whole.to_string(),
            None => number.as_f64()?.to_string(),
        }),
        Value::String(text) => Some(text.clone()),
    }
}
