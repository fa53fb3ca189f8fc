//! A row to a lead with its handoff, its verdict and (in a wide file) its deal. Decides by the map alone.

use super::deal;
use super::fault::Fault;
use super::kit::{Kit, MOST_WORDS, Mapped};
use super::program::{CustomColumn, DealPicks, LeadPicks, StateRule};
use crate::domain::import::{
    Channels, Dating, FirmRecord, HandoffRecord, ImportRecord, ImportRow, LeadRecord,
    VerdictRecord, Word,
};
use crate::domain::moment::Moment;
use crate::domain::verdict::{Evidence, Exclusion, Verdict};
use crate::transfer::map::{Got, Pick, State};
use crate::transfer::read::Row;
use crate::transfer::values::{self, parse_yes_no};

/// Maps one row; false when it is passed over.
pub(super) fn lead(
    picks: &LeadPicks,
    deal_picks: Option<&DealPicks>,
    rules: &[StateRule],
    custom: &[CustomColumn],
    kit: &mut Kit,
    row: &Row<'_>,
    out: &mut Vec<ImportRow>,
) -> Mapped<bool> {
    let status = picks.status.get(row);
    let state = kit.lead_state(rules, status, row)?;
    if state == State::Skip {
        return Ok(false);
    }
    let key = kit.key(
        picks.id.get(row),
        picks.email.get(row),
        picks.phone.get(row),
    );
    let key = Kit::given_key(picks.key.get(row), key);
    if key.external_id.is_none() && key.email.is_none() && key.phone.is_none() {
        return Err(Fault::row(
            "the lead has neither id nor e-mail nor phone: it could not be found again",
        ));
    }
    let (created, dating) = match kit.past(picks.created.get(row))? {
        Some(created) => (created, Dating::Stated),
        None if picks.created.is_nothing() => kit
            .default_created
            .map(|file| (file, Dating::Assumed))
            .ok_or_else(|| Fault::row("no column says when the lead came in"))?,
        None => {
            return Err(Fault::new(
                picks.created.get(row).column,
                "",
                "the lead has no date of creation",
            ));
        }
    };
    let stated_mql = kit.past(picks.mql.get(row))?;
    let mql = match stated_mql {
        Some(mql) => Some(mql),
        None => (!picks.lifecycle.is_nothing() && kit.words.is_mql(picks.lifecycle.get(row).text))
            .then_some(created),
    };
    let cost = match kit.money(picks.cost.get(row), picks.currency.get(row))? {
        Some(cost) => {
            let on = kit.day(picks.cost_on.get(row))?;
            Some((cost, on.unwrap_or_else(|| kit.day_of(created))))
        }
        None => None,
    };
    let default = match stated_mql {
        Some(mql) => (mql, Dating::Stated),
        None => (created, dating),
    };
    let handoff = handoff(picks, state, kit, row, default)?;
    let record = LeadRecord {
        name: name(picks, row),
        social: owned(picks.social.get(row).text),
        channels: match said(&picks.withheld, row) {
            Some(got) if parse_yes_no(got.text) == Some(true) => Channels::Withheld,
            Some(_) => Channels::Shown,
            None => kit.channels,
        },
        title: owned(picks.title.get(row).text),
        account: kit.word(picks.account.get(row)),
        source: kit.source(picks.source.get(row)),
        campaign: kit.word(picks.campaign.get(row)),
        segment: kit.word(picks.segment.get(row)),
        owner: kit.person(picks.owner.get(row)),
        country: kit.word(picks.country.get(row)),
        created,
        dating,
        mql,
        excluded: excluded(picks, state, row),
        note: owned(picks.note.get(row).text),
        status: kit.word(said(&picks.source_status, row).unwrap_or(status)),
        custom: kit.custom(custom, row)?,
        cost,
        handoff,
        key,
    };
    let deal = match (deal_picks, state) {
        (Some(picks), State::Opportunity | State::Won | State::Lost | State::NoDecision) => {
            Some(deal::of_lead(picks, state, &record, kit, row)?)
        }
        _ => None,
    };
    let line = row.line();
    let firm = firm(record.account.as_ref(), custom, kit, row);
    out.push(ImportRow {
        line,
        record: ImportRecord::Lead(Box::new(record)),
    });
    out.extend(deal.map(|deal| ImportRow {
        line,
        record: ImportRecord::Opportunity(Box::new(deal)),
    }));
    // Behind the deal, which finds its lead in the record before it.
    out.extend(firm.map(|firm| ImportRow {
        line,
        record: ImportRecord::Firm(firm),
    }));
    Ok(true)
}

/// What the row tells of the company it names: rules that ask for `employees` and `industry` ask the company. The lead keeps
/// both as its own fields, also where a cell is no headcount ("51-200").
fn firm(
    name: Option<&Word>,
    custom: &[CustomColumn],
    kit: &mut Kit,
    row: &Row<'_>,
) -> Option<FirmRecord> {
    let column = |key: &str| custom.iter().find(|column| &*column.key == key);
    let (staff, trade) = (column("employees"), column("industry"));
    let name = name.filter(|_| staff.is_some() || trade.is_some())?;
    // The first row that tells something is taken: what later ones say of a company need not be read.
    if kit.told_firms.contains(name) {
        return None;
    }
    let cell = |column: &CustomColumn| {
        let text = values::text(row.cell(column.column));
        let column = Some(column.column);
        (!text.is_empty()).then_some(Got { text, column })
    };
    let employees = staff
        .and_then(cell)
        .and_then(|got| kit.whole(got).ok().flatten());
    let industry = trade.and_then(cell).and_then(|got| kit.word(got));
    let name = Word::clone(name);
    let told = (staff.is_none() || employees.is_some()) && (trade.is_none() || industry.is_some());
    if told && kit.told_firms.len() < MOST_WORDS {
        kit.told_firms.insert(Word::clone(&name));
    }
    (employees.is_some() || industry.is_some()).then_some(FirmRecord {
        name,
        industry,
        employees,
    })
}

/// What a column of our own says, blank or not, where the file has it.
fn said<'r>(pick: &'r Pick, row: &Row<'r>) -> Option<Got<'r>> {
    (!pick.is_nothing()).then(|| pick.get(row))
}

fn owned(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

fn name(picks: &LeadPicks, row: &Row<'_>) -> String {
    full_name(
        picks.name.get(row).text,
        picks.first_name.get(row).text,
        picks.last_name.get(row).text,
    )
}

/// The name as one text, whichever way the file has it.
pub(super) fn full_name(name: &str, first: &str, last: &str) -> String {
    if !name.is_empty() || (first.is_empty() && last.is_empty()) {
        return name.to_owned();
    }
    let mut full = String::with_capacity(first.len() + last.len() + 1);
    full.push_str(first);
    if !first.is_empty() && !last.is_empty() {
        full.push(' ');
    }
    full.push_str(last);
    full
}

fn excluded(picks: &LeadPicks, state: State, row: &Row<'_>) -> Option<Exclusion> {
    match state {
        State::Test => return Some(Exclusion::Test),
        State::Duplicate => return Some(Exclusion::Duplicate),
        _ => {}
    }
    if picks.excluded.is_nothing() {
        return None;
    }
    let word = picks.excluded.get(row).text;
    Exclusion::parse(&word.to_ascii_lowercase())
        .or_else(|| (parse_yes_no(word) == Some(true)).then_some(Exclusion::Test))
}

fn handoff(
    picks: &LeadPicks,
    state: State,
    kit: &mut Kit,
    row: &Row<'_>,
    default: (Moment, Dating),
) -> Mapped<Option<HandoffRecord>> {
    let at = kit.past(picks.handoff.get(row))?;
    if at.is_none() && matches!(state, State::New | State::Test | State::Duplicate) {
        return Ok(None);
    }
    let (at, dating) = at.map_or(default, |at| (at, Dating::Stated));
    let verdict = match state {
        State::Accepted | State::Opportunity | State::Won | State::Lost | State::NoDecision => {
            Some(Verdict::Accepted)
        }
        State::Rejected => Some(Verdict::Rejected),
        State::Recycled => Some(Verdict::Recycled),
        State::New | State::Open | State::Test | State::Duplicate | State::Skip => None,
    };
    let verdict = match verdict {
        Some(verdict) => Some(given(picks, verdict, kit, row, at)?),
        None => None,
    };
    Ok(Some(HandoffRecord {
        at,
        dating,
        assigned: kit.moment(picks.assigned.get(row))?,
        trigger: kit.word(picks.trigger.get(row)),
        verdict,
    }))
}

fn given(
    picks: &LeadPicks,
    verdict: Verdict,
    kit: &mut Kit,
    row: &Row<'_>,
    handed_off: Moment,
) -> Mapped<VerdictRecord> {
    let at = kit.latest(&picks.verdict_at, row)?.unwrap_or(handed_off);
    let mut note = owned(picks.verdict_note.get(row).text);
    let (mut reason, mut reason_text): (Option<Word>, Option<Word>) = (None, None);
    if verdict == Verdict::Rejected {
        reason = kit.code(picks.reason_code.get(row));
        if reason.is_some() {
            // An export of ours: the words beside the code are the CRM's.
            reason_text = kit.word(picks.reason_text.get(row));
        } else {
            (reason, reason_text) = kit.reason(picks.reason.get(row));
        }
        if reason.is_none() {
            reason = Some(kit.share("other"));
            // "Other" needs a note: the export's own words, or that it has none.
            note = note.or_else(|| {
                Some(
                    reason_text
                        .as_deref()
                        .unwrap_or("the export gives no reason")
                        .to_owned(),
                )
            });
        } else if reason.as_deref() == Some("other") && note.is_none() {
            let said = reason_text.as_deref().unwrap_or_default();
            note = Some(format!("the export says no more than '{said}'"));
        }
    }
    let recycle_on = match verdict {
        Verdict::Recycled => {
            let on = kit.day(picks.recycle_on.get(row))?;
            Some(on.unwrap_or_else(|| kit.day_of(at).plus(kit.recycle_days)))
        }
        Verdict::Accepted | Verdict::Rejected => None,
    };
    let spoke = picks.spoke.get(row).text;
    let evidence = if let Some(proven) = Evidence::parse(picks.evidence.get(row).text) {
        proven
    } else if spoke.is_empty() || parse_yes_no(spoke) == Some(false) {
        Evidence::None
    } else {
        Evidence::Spoke
    };
    Ok(VerdictRecord {
        verdict,
        at,
        reason,
        reason_text,
        evidence,
        recycle_on,
        note,
    })
}
