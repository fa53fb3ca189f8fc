//! A row to a deal, on its own or as the deal of a lead's row. Asserts a qualification only where the map has a column for it.

use super::fault::Fault;
use super::kit::{Kit, Mapped};
use super::program::{CustomColumn, DealPicks, StateRule};
use crate::domain::import::{
    Dating, ImportRecord, ImportRow, Key, LeadRecord, OpportunityRecord, OwnFields,
};
use crate::domain::moment::{Day, Moment};
use crate::domain::verdict::DealOutcome;
use crate::transfer::map::State;
use crate::transfer::read::{Row, fold};

/// Maps one row of a deal export; false when it is passed over.
pub(super) fn deal(
    picks: &DealPicks,
    rules: &[StateRule],
    custom: &[CustomColumn],
    kit: &mut Kit,
    row: &Row<'_>,
    out: &mut Vec<ImportRow>,
) -> Mapped<bool> {
    let state = kit.deal_state(rules, picks.status.get(row), picks.stage.get(row), row);
    if state == State::Skip {
        return Ok(false);
    }
    let mut record = build(picks, state, kit, row, None)?;
    record.custom = kit.custom(custom, row)?;
    let key = kit.key(
        picks.lead.get(row),
        picks.lead_email.get(row),
        picks.lead_phone.get(row),
    );
    let key = Kit::given_key(picks.lead_key.get(row), key);
    record.lead = (key != Key::default()).then_some(key);
    out.push(ImportRow {
        line: row.line(),
        record: ImportRecord::Opportunity(Box::new(record)),
    });
    Ok(true)
}

/// The deal in a lead's own row.
pub(super) fn of_lead(
    picks: &DealPicks,
    state: State,
    lead: &LeadRecord,
    kit: &mut Kit,
    row: &Row<'_>,
) -> Mapped<OpportunityRecord> {
    let mut record = build(picks, state, kit, row, Some(lead))?;
    record.lead = Some(lead.key.clone());
    Ok(record)
}

fn build(
    picks: &DealPicks,
    state: State,
    kit: &mut Kit,
    row: &Row<'_>,
    lead: Option<&LeadRecord>,
) -> Mapped<OpportunityRecord> {
    let close_on = kit.day(picks.close_on.get(row))?;
    let qualified = kit.past(picks.qualified.get(row))?;
    let stated = kit.past(picks.created.get(row))?.or(qualified);
    let of_lead = lead.map(|lead| (lead.created, lead.dating));
    let (created, dating) = match stated.map(|at| (at, Dating::Stated)).or(of_lead) {
        Some(dated) => dated,
        None => (assumed(picks, kit, row, close_on)?, Dating::Assumed),
    };
    let closed = closed(picks, state, kit, row, close_on, created)?;
    if let Some((_, at)) = closed {
        kit.note_ahead(row.line(), at);
    }
    let (lost_reason, lost_reason_text) = if matches!(
        closed,
        Some((DealOutcome::Lost | DealOutcome::NoDecision, _))
    ) {
        if let Some(code) = kit.code(picks.lost_reason_code.get(row)) {
            (Some(code), kit.word(picks.lost_reason_text.get(row)))
        } else {
            let (code, text) = kit.reason(picks.lost_reason.get(row));
            let other = || text.is_some().then(|| kit.share("other"));
            (code.or_else(other), text)
        }
    } else {
        (None, None)
    };
    let amount = kit.money(picks.amount.get(row), picks.currency.get(row))?;
    if amount.is_some_and(|amount| amount.minor < 0) {
        let got = picks.amount.get(row);
        let why = "the value of a deal is not below 0";
        return Err(Fault::new(got.column, got.text, why));
    }
    let account = kit
        .word(picks.account.get(row))
        .or_else(|| lead.and_then(|lead| lead.account.clone()));
    let name = match (picks.name.get(row).text, &account, lead) {
        ("", Some(account), _) => account.to_string(),
        ("", None, Some(lead)) => lead.name.clone(),
        (name, _, _) => name.to_owned(),
    };
    let key = match (picks.id.get(row), lead) {
        (id, _) if !id.text.is_empty() => Key {
            email: None,
            phone: None,
            ..kit.key(id, id, id)
        },
        (_, Some(lead)) => made_key(
            kit,
            lead.key
                .external_id
                .as_deref()
                .or(lead.key.email.as_deref())
                .unwrap_or(&name),
        ),
        _ if name.is_empty() && picks.key.get(row).text.is_empty() => {
            return Err(Fault::row(
                "the deal has neither id nor name: it could not be found again",
            ));
        }
        _ => {
            let of = account.as_deref().map(fold).unwrap_or_default();
            let same = format!("{}|{of}|", fold(&name));
            // An assumed day moves from file to file: the n-th deal of a name stays the n-th.
            let which = match dating {
                Dating::Stated => kit.day_of(created).to_string(),
                Dating::Assumed => kit.turn(&same).to_string(),
            };
            made_key(kit, &format!("{same}{which}"))
        }
    };
    let key = Kit::given_key(picks.key.get(row), key);
    let name = if name.is_empty() {
        key.external_id.clone().unwrap_or_default()
    } else {
        name
    };
    Ok(OpportunityRecord {
        key,
        lead: None,
        name,
        account,
        source: kit.source(picks.source.get(row)),
        campaign: kit.word(picks.campaign.get(row)),
        segment: kit.word(picks.segment.get(row)),
        owner: kit
            .person(picks.owner.get(row))
            .or_else(|| lead.and_then(|lead| lead.owner.clone())),
        created,
        dating,
        stage: kit.word(picks.stage.get(row)),
        amount,
        close_on: close_on.or_else(|| closed.map(|(_, at)| kit.day_of(at))),
        conversation: kit.past(picks.conversation.get(row))?,
        qualified,
        frozen: kit
            .money(picks.frozen.get(row), picks.currency.get(row))?
            .filter(|_| qualified.is_some()),
        closed,
        lost_reason,
        lost_reason_text,
        delivery_cost: kit
            .money(picks.delivery_cost.get(row), picks.currency.get(row))?
            .map(|cost| cost.minor),
        last_activity: kit.moment(picks.last_activity.get(row))?,
        status: kit.word(if picks.source_status.is_nothing() {
            picks.status.get(row)
        } else {
            picks.source_status.get(row)
        }),
        note: Some(picks.note.get(row).text)
            .filter(|note| !note.is_empty())
            .map(str::to_owned),
        custom: OwnFields::default(),
    })
}

/// When a deal counts as made that no column dates: by the file's own date, and before the day it was to close.
fn assumed(
    picks: &DealPicks,
    kit: &mut Kit,
    row: &Row<'_>,
    close_on: Option<Day>,
) -> Mapped<Moment> {
    let close = close_on.map(|day| kit.start_of(day));
    let known = [close, kit.default_created].into_iter().flatten().min();
    known.ok_or_else(|| {
        Fault::new(
            picks.created.get(row).column,
            "",
            "the deal has no date of creation",
        )
    })
}

fn made_key(kit: &Kit, from: &str) -> Key {
    kit.made_key(format!("deal:{from}"))
}

/// How the deal ended, and when: its own date, else the day it was to close, else the last thing known of it.
fn closed(
    picks: &DealPicks,
    state: State,
    kit: &mut Kit,
    row: &Row<'_>,
    close_on: Option<Day>,
    created: Moment,
) -> Mapped<Option<(DealOutcome, Moment)>> {
    let (outcome, own) = match state {
        State::Won => (DealOutcome::Won, &picks.won_at),
        State::Lost | State::Rejected => (DealOutcome::Lost, &picks.lost_at),
        State::NoDecision => (DealOutcome::NoDecision, &picks.lost_at),
        _ => return Ok(None),
    };
    let at = match kit.moment(own.get(row))? {
        Some(at) => Some(at),
        None => kit.moment(picks.closed.get(row))?,
    };
    let at = match (at, close_on) {
        (Some(at), _) => at,
        (None, Some(day)) => kit.start_of(day),
        (None, None) => kit.moment(picks.last_activity.get(row))?.unwrap_or(created),
    };
    Ok(Some((outcome, at)))
}
