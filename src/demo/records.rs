//! Drawn leads to the neutral records of an export: lead, touches, attempts. Changes no figure.

use super::cast::Cast;
use super::extras::NOTES;
use super::leads::{Fate, Handoff, Lead, World};
use super::plan::{Crowd, SOURCES};
use super::setup::REPS;
use crate::domain::import::{
    AccountRecord, AttemptRecord, Channels, CustomField, Dating, HandoffRecord, ImportRecord, Key,
    LeadRecord, OwnFields, OwnValue, TouchRecord, VerdictRecord, Word,
};
use crate::domain::moment::Moment;
use crate::domain::verdict::Verdict;

/// What the imaginary CRM is called.
pub(super) const SYSTEM: &str = "crm";

/// The fields that criteria can be written on.
pub(super) fn fields() -> Vec<CustomField> {
    [
        ("employees", "Employees", "number"),
        ("industry", "Industry", "text"),
        ("job_level", "Job level", "text"),
        ("company_email", "Company e-mail", "yes_no"),
        ("budget", "Budget (EUR)", "number"),
    ]
    .map(|(key, label, kind)| CustomField {
        entity: "lead",
        key: key.into(),
        label: label.into(),
        kind,
    })
    .into()
}

/// The key of a lead, as deals and attempts name it.
pub(super) fn lead_key(number: usize) -> Key {
    Key {
        system: Some(SYSTEM.into()),
        external_id: Some(format!("L-{number:05}")),
        ..Key::default()
    }
}

/// One record per company that sent leads.
pub(super) fn accounts(cast: &Cast, leads: &[Lead]) -> Vec<ImportRecord> {
    let mut known: Vec<usize> = leads.iter().filter_map(|l| l.person.firm).collect();
    known.sort_unstable();
    known.dedup();
    known
        .into_iter()
        .map(|index| {
            let firm = &cast.firms[index];
            ImportRecord::Account(Box::new(AccountRecord {
                key: Key {
                    system: Some(SYSTEM.into()),
                    external_id: Some(format!("A-{index:04}")),
                    ..Key::default()
                },
                name: firm.name.clone(),
                domain: Some(firm.domain.clone()),
                industry: Some(firm.industry.into()),
                country: Some(firm.country.into()),
                employees: Some(firm.employees),
                custom: OwnFields::default(),
            }))
        })
        .collect()
}

impl World {
    /// A lead with its touches and attempts.
    pub(super) fn records(&mut self, lead: &Lead) -> Vec<ImportRecord> {
        let mut records = vec![ImportRecord::Lead(Box::new(self.lead_record(lead)))];
        self.touches(lead, &mut records);
        if let Some(handoff) = &lead.handoff {
            for (index, attempt) in handoff.tries.iter().enumerate() {
                records.push(ImportRecord::Attempt(AttemptRecord {
                    key: id(format!("C-{:05}-{index}", lead.number)),
                    lead: lead_key(lead.number),
                    at: attempt.at,
                    channel: attempt.channel,
                    outcome: attempt.outcome,
                    minutes: attempt.minutes,
                    by: Some(REPS[handoff.rep].0.into()),
                    note: None,
                }));
            }
        }
        records
    }

    fn lead_record(&mut self, lead: &Lead) -> LeadRecord {
        let person = &lead.person;
        let plan = &SOURCES[lead.source];
        let phone = self
            .rng
            .chance(58)
            .then(|| format!("+4915{:08}", 30_000_000 + lead.number * 37));
        LeadRecord {
            channels: Channels::Shown,
            key: Key {
                email: Some(person.email.clone()),
                phone,
                ..lead_key(lead.number)
            },
            name: person.name.clone(),
            social: None,
            title: Some(person.title.into()),
            account: person
                .firm
                .map(|f| Word::from(self.cast.firms[f].name.as_str())),
            source: plan.name.map(Word::from),
            campaign: lead.campaign.map(Word::from),
            segment: segment(person.employees).map(Word::from),
            owner: lead.handoff.as_ref().map(|h| Word::from(REPS[h.rep].0)),
            country: (!person.country.is_empty()).then(|| person.country.into()),
            dating: Dating::Stated,
            created: lead.created,
            mql: lead.mql,
            excluded: lead.excluded,
            note: self
                .rng
                .chance(7)
                .then(|| (*self.rng.pick(NOTES)).to_owned()),
            status: None,
            custom: custom(lead),
            cost: None,
            handoff: lead.handoff.as_ref().map(|h| self.handoff_record(h)),
        }
    }

    fn handoff_record(&self, handoff: &Handoff) -> HandoffRecord {
        let (verdict, reason, recycle_on, note) = match handoff.fate {
            Fate::Open => (None, None, None, None),
            Fate::Accepted => (Some(Verdict::Accepted), None, None, None),
            Fate::Recycled => {
                let day = self.calendar.day_of(handoff.decided).plus(90);
                (Some(Verdict::Recycled), None, Some(day), None)
            }
            Fate::Rejected(reason) => {
                let note = (reason == "other")
                    .then(|| "Wanted a sponsor for the football club ⚽".to_owned());
                (Some(Verdict::Rejected), Some(reason.into()), None, note)
            }
        };
        HandoffRecord {
            dating: Dating::Stated,
            at: handoff.at,
            assigned: Some(handoff.assigned),
            trigger: Some("score".into()),
            verdict: verdict.map(|verdict| VerdictRecord {
                verdict,
                at: handoff.decided,
                reason,
                reason_text: None,
                evidence: handoff.evidence,
                recycle_on,
                note,
            }),
        }
    }

    fn touches(&mut self, lead: &Lead, records: &mut Vec<ImportRecord>) {
        let Some(marked) = lead.mql else { return };
        let kinds: &[&str] = match SOURCES[lead.source].crowd {
            Crowd::Students => &["e-book downloaded", "mail opened"],
            Crowd::Competitors => &["comparison read", "pricing page", "mail opened"],
            Crowd::Buyers | Crowd::Picked => &[
                "webinar attended",
                "pricing page",
                "demo video",
                "mail opened",
            ],
        };
        let count = 1 + self.rng.below(3);
        let span = marked.since(lead.created);
        for index in 0..count {
            let at = Moment(lead.created.0 + span * index as i64 / count as i64);
            records.push(ImportRecord::Touch(TouchRecord {
                key: id(format!("T-{:05}-{index}", lead.number)),
                lead: lead_key(lead.number),
                at,
                kind: (*self.rng.pick(kinds)).into(),
                campaign: lead.campaign.map(Word::from),
                note: None,
            }));
        }
    }
}

fn id(external: String) -> Key {
    Key {
        system: Some(SYSTEM.into()),
        external_id: Some(external),
        ..Key::default()
    }
}

fn segment(employees: Option<i64>) -> Option<&'static str> {
    employees.map(|n| match n {
        ..20 => "Small business",
        20..250 => "Mid-market",
        _ => "Enterprise",
    })
}

fn custom(lead: &Lead) -> OwnFields {
    let person = &lead.person;
    let number = |n: i64| OwnValue::Number(n as f64);
    [
        ("employees", person.employees.map(number)),
        ("industry", person.industry.map(OwnValue::Text)),
        ("job_level", Some(OwnValue::Text(person.level))),
        ("company_email", Some(OwnValue::YesNo(person.company_email))),
        ("budget", person.budget.map(number)),
    ]
    .into_iter()
    .filter_map(|(key, value)| Some((key, value?)))
    .collect()
}
