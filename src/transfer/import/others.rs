//! Rows to companies, people, spend, touches and attempts. Each row gives one record or a reason.

use super::fault::Fault;
use super::kit::{Kit, Mapped};
use super::lead::full_name;
use super::program::{
    AccountPicks, AttemptPicks, CustomColumn, PersonPicks, SpendPicks, TouchPicks,
};
use crate::domain::import::{
    AccountRecord, AttemptRecord, ImportRecord, Key, PersonRecord, SpendRecord, TouchRecord,
};
use crate::domain::moment::Moment;
use crate::domain::naming;
use crate::domain::policy::{Side, SourceSide};
use crate::domain::verdict::{AttemptOutcome, Channel, SpendKind};
use crate::transfer::map::{Got, Pick};
use crate::transfer::read::{Row, fold};

const NONE: Got<'static> = Got {
    text: "",
    column: None,
};

pub(super) fn account(
    picks: &AccountPicks,
    custom: &[CustomColumn],
    kit: &mut Kit,
    row: &Row<'_>,
) -> Mapped<ImportRecord> {
    let name = picks.name.get(row);
    if name.text.is_empty() {
        return Err(Fault::new(name.column, "", "the company has no name"));
    }
    Ok(ImportRecord::Account(Box::new(AccountRecord {
        key: kit.key(picks.id.get(row), NONE, NONE),
        name: name.text.to_owned(),
        domain: owned(&domain_of(picks.domain.get(row).text)),
        industry: kit.word(picks.industry.get(row)),
        country: kit.word(picks.country.get(row)),
        employees: kit.whole(picks.employees.get(row))?,
        custom: kit.custom(custom, row)?,
    })))
}

/// The bare domain of an address such as `https://www.acme.com/about`.
fn domain_of(text: &str) -> String {
    let bare = text.split("://").last().unwrap_or(text);
    let host = bare.split(['/', '?', ':']).next().unwrap_or(bare);
    host.strip_prefix("www.").unwrap_or(host).to_lowercase()
}

pub(super) fn person(picks: &PersonPicks, kit: &mut Kit, row: &Row<'_>) -> Mapped<ImportRecord> {
    let name = full_name(
        picks.name.get(row).text,
        picks.first_name.get(row).text,
        picks.last_name.get(row).text,
    );
    let key = kit.key(picks.id.get(row), picks.email.get(row), NONE);
    let name = if name.is_empty() {
        key.email.clone().unwrap_or_default()
    } else {
        name
    };
    if name.is_empty() {
        return Err(Fault::new(
            picks.name.get(row).column,
            "",
            "the person has neither name nor e-mail",
        ));
    }
    if let Some(c) = naming::unseen(&name) {
        let why = format!(
            "the name holds a character that cannot be seen (U+{:04X}); take it out",
            c as u32
        );
        return Err(Fault::new(picks.name.get(row).column, &name, why));
    }
    let side = picks.side.get(row);
    let side = if side.text.is_empty() {
        Side::Sales
    } else {
        Side::parse(&fold(side.text)).ok_or_else(|| {
            Fault::new(
                side.column,
                side.text,
                format!(
                    "'{}' is no side (known: marketing, sales, finance, executive)",
                    side.text
                ),
            )
        })?
    };
    Ok(ImportRecord::Person(PersonRecord { key, name, side }))
}

pub(super) fn spend(picks: &SpendPicks, kit: &mut Kit, row: &Row<'_>) -> Mapped<ImportRecord> {
    let amount = kit.money(picks.amount.get(row), picks.currency.get(row))?;
    let amount = amount
        .ok_or_else(|| Fault::new(picks.amount.get(row).column, "", "the spend has no amount"))?;
    let on = kit
        .day(picks.on.get(row))?
        .ok_or_else(|| Fault::new(picks.on.get(row).column, "", "the spend has no date"))?;
    let (side, kind) = (picks.side.get(row), picks.kind.get(row));
    let kind = if kind.text.is_empty() {
        SpendKind::Media
    } else {
        let word = fold(kind.text).replace(' ', "_");
        SpendKind::parse(&word).ok_or_else(|| {
            Fault::new(kind.column, kind.text, format!("'{}' is no kind of spend (known: media, marketing_people, sales_people, tools)", kind.text))
        })?
    };
    Ok(ImportRecord::Spend(SpendRecord {
        key: kit.key(picks.id.get(row), NONE, NONE),
        source: kit.source(picks.source.get(row)),
        source_side: SourceSide::parse(&fold(side.text)),
        campaign: kit.word(picks.campaign.get(row)),
        on,
        kind,
        amount,
        note: owned(picks.note.get(row).text),
    }))
}

pub(super) fn touch(picks: &TouchPicks, kit: &mut Kit, row: &Row<'_>) -> Mapped<ImportRecord> {
    let (lead, at) = whose_and_when(
        [&picks.lead, &picks.lead_email, &picks.lead_phone],
        &Pick::Nothing,
        &picks.at,
        kit,
        row,
    )?;
    let kind = kit
        .word(picks.kind.get(row))
        .unwrap_or_else(|| kit.share("touch"));
    Ok(ImportRecord::Touch(TouchRecord {
        key: own_key(picks.id.get(row), &lead, at, &kind, kit),
        lead,
        at,
        campaign: kit.word(picks.campaign.get(row)),
        note: owned(picks.note.get(row).text),
        kind,
    }))
}

pub(super) fn attempt(picks: &AttemptPicks, kit: &mut Kit, row: &Row<'_>) -> Mapped<ImportRecord> {
    let (lead, at) = whose_and_when(
        [&picks.lead, &picks.lead_email, &picks.lead_phone],
        &picks.lead_key,
        &picks.at,
        kit,
        row,
    )?;
    let (channel, outcome) = (picks.channel.get(row), picks.outcome.get(row));
    let way = channel_of(&fold(channel.text)).ok_or_else(|| {
        Fault::new(
            channel.column,
            channel.text,
            format!(
                "'{}' is no channel (known: call, email, meeting, message, visit)",
                channel.text
            ),
        )
    })?;
    let ended = outcome_of(&fold(outcome.text), way).ok_or_else(|| {
        let known = "no answer, voicemail, connected, meeting held, no-show, bounced, sent";
        Fault::new(
            outcome.column,
            outcome.text,
            format!(
                "'{}' is no outcome of an attempt (known: {known})",
                outcome.text
            ),
        )
    })?;
    let minutes = kit.whole(picks.minutes.get(row))?;
    if minutes.is_some_and(|minutes| minutes > 1_440) {
        let got = picks.minutes.get(row);
        return Err(Fault::new(
            got.column,
            got.text,
            "an attempt of more than a day: give the minutes",
        ));
    }
    Ok(ImportRecord::Attempt(AttemptRecord {
        key: Kit::given_key(
            picks.key.get(row),
            own_key(picks.id.get(row), &lead, at, way.word(), kit),
        ),
        lead,
        at,
        channel: way,
        outcome: ended,
        minutes,
        by: kit.person(picks.by.get(row)),
        note: owned(picks.note.get(row).text),
    }))
}

fn owned(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

fn whose_and_when(
    lead: [&Pick; 3],
    given: &Pick,
    at: &Pick,
    kit: &mut Kit,
    row: &Row<'_>,
) -> Mapped<(Key, Moment)> {
    let [id, email, phone] = lead.map(|pick| pick.get(row));
    let key = Kit::given_key(given.get(row), kit.key(id, email, phone));
    if key == Key::default() {
        return Err(Fault::new(
            id.column.or(email.column),
            "",
            "the row does not say which lead it is about",
        ));
    }
    let at = kit
        .past(at.get(row))?
        .ok_or_else(|| Fault::new(at.get(row).column, "", "the row has no date"))?;
    Ok((key, at))
}

/// The row's own id, else one made of whom, when and how, so that the same file twice adds nothing. A file with days only may
/// tell of several on one day: they are counted. With a time of day, the same moment is the same one.
fn own_key(id: Got<'_>, lead: &Key, at: Moment, how: &str, kit: &mut Kit) -> Key {
    if !id.text.is_empty() {
        return kit.key(id, NONE, NONE);
    }
    let whom = lead
        .external_id
        .as_deref()
        .or(lead.email.as_deref())
        .or(lead.phone.as_deref())
        .unwrap_or_default();
    let same = format!("{whom}|{}|{}", at.0, fold(how));
    let turn = if kit.start_of(kit.day_of(at)) == at {
        kit.turn(&same)
    } else {
        0
    };
    kit.made_key(match turn {
        0 => same,
        turn => format!("{same}|{}", turn + 1),
    })
}

fn channel_of(word: &str) -> Option<Channel> {
    Channel::parse(word).or(match word {
        "phone" | "telephone" | "phone call" | "outbound call" | "video call" | "video"
        | "anruf" => Some(Channel::Call),
        "e-mail" | "mail" | "sales email" => Some(Channel::Email),
        "demo" | "appointment" | "online meeting" | "termin" => Some(Channel::Meeting),
        "sms" | "chat" | "linkedin" | "whatsapp" | "social" | "text" | "linkedin message" => {
            Some(Channel::Message)
        }
        "site visit" | "on site" => Some(Channel::Visit),
        _ => None,
    })
}

fn outcome_of(word: &str, way: Channel) -> Option<AttemptOutcome> {
    let word = word.replace([' ', '-'], "_");
    AttemptOutcome::parse(&word).or(match word.as_str() {
        "" => Some(if way == Channel::Meeting {
            AttemptOutcome::MeetingHeld
        } else {
            AttemptOutcome::Sent
        }),
        "noanswer" | "busy" | "not_reached" | "did_not_answer" => Some(AttemptOutcome::NoAnswer),
        "left_voicemail" | "left_live_message" | "left_message" => Some(AttemptOutcome::Voicemail),
        "answered" | "spoke" | "conversation" | "replied" | "reached" => {
            Some(AttemptOutcome::Connected)
        }
        "completed" | "held" => Some(AttemptOutcome::MeetingHeld),
        "noshow" => Some(AttemptOutcome::NoShow),
        "bounce" | "wrong_number" | "invalid_number" => Some(AttemptOutcome::Bounced),
        _ => None,
    })
}
