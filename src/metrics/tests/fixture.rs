//! Small histories for tests: an empty one with names, and a random one from a seed.

use crate::domain::book::Book;
use crate::domain::calendar::Calendar;
use crate::domain::moment::{Day, Moment};
use crate::domain::money::{Currency, Rates};
use crate::domain::period::Period;
use crate::domain::policy::SourceSide;
use crate::domain::reason::ReasonClass;
use crate::domain::settings::Settings;
use crate::domain::verdict::{DealEvidence, Evidence, SpendKind};
use crate::domain::workspace::Workspace;
use crate::facts::Facts;
use crate::facts::column::NONE;
use crate::facts::dictionary::{ReasonFacts, SourceFacts};
use crate::facts::handoffs::{HandoffRow, Says};
use crate::facts::leads::LeadRow;
use crate::facts::opportunities::OpportunityRow;
use crate::facts::spend::SpendRow;
use crate::facts::targets::Target;

/// 2025-03-01T00:00:00Z.
pub(crate) const MARCH: i64 = 1_740_787_200;
pub(crate) const HOUR: i64 = 3_600;
pub(crate) const DAY: i64 = 86_400;

/// A moment in UTC.
pub(crate) fn at(text: &str) -> Moment {
    Moment(
        chrono::DateTime::parse_from_rfc3339(text)
            .unwrap()
            .timestamp(),
    )
}

pub(crate) fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

pub(crate) fn book(zone: &str) -> Book {
    Book {
        workspace: Workspace {
            name: "Test".into(),
            currency: Currency::EUR,
            time_zone: zone.into(),
            fiscal_year_start: 1,
            week_start: 1,
            as_of: None,
        },
        settings: Settings::default(),
        calendar: Calendar::new(zone).unwrap(),
        people: Vec::new(),
        sources: Vec::new(),
        reasons: Vec::new(),
        stages: Vec::new(),
        segments: Vec::new(),
        filters: Vec::new(),
        lists: crate::domain::review::lists::Lists::default(),
        meetings: crate::domain::meeting::line::Meetings::default(),
        criteria: crate::domain::criteria::version::Versions::default(),
    }
}

/// Names only: sources Webinar (marketing), Trade show (marketing), Outbound (sales, free), Partner (partner); reasons
/// student, unreachable, duplicate (objective), `too_small`; stages 0–3; EUR, USD (0.90, from April 0.80), GBP without a rate.
pub(crate) fn empty() -> Facts {
    let mut facts = Facts::default();
    facts.handoffs.stamps = Says::Judged(Vec::new());
    let names = &mut facts.names;
    for (id, name, side, free) in [
        (1, "Webinar", SourceSide::Marketing, false),
        (2, "Trade show", SourceSide::Marketing, false),
        (3, "Outbound", SourceSide::Sales, true),
        (4, "Partner", SourceSide::Partner, false),
    ] {
        names.sources.put(id, name);
        names.source_facts.push(SourceFacts { side, free });
    }
    for id in 1..=6 {
        names.campaigns.put(id, &format!("Campaign {id}"));
    }
    for id in 1..=3 {
        names.segments.put(id, &format!("Segment {id}"));
        names.people.put(id, &format!("Rep {id}"));
    }
    for (id, name, class, objective, now) in [
        (1, "Student", ReasonClass::Junk, false, 0),
        (2, "Unable to reach", ReasonClass::Contact, false, 1),
        (3, "Duplicate", ReasonClass::Junk, true, 2),
        (4, "Too small", ReasonClass::Fit, false, 3),
        // Retired: now "Student".
        (5, "Pupil", ReasonClass::Junk, false, 0),
    ] {
        names.reasons.put(id, name);
        names.reason_facts.push(ReasonFacts {
            class,
            objective,
            now,
        });
    }
    for (id, name) in [
        (1, "Lead"),
        (2, "Discovery"),
        (3, "Proposal"),
        (4, "Negotiation"),
    ] {
        names.stages.put(id, name);
        names.stage_positions.push(id - 1);
    }
    for currency in ["EUR", "USD", "GBP"] {
        names.currency(Currency::parse(currency).unwrap());
    }
    facts.rates = Rates::new(
        Currency::EUR,
        vec![
            (
                Currency::USD,
                day("2020-01-01"),
                rust_decimal::Decimal::new(90, 2),
            ),
            (
                Currency::USD,
                day("2025-04-01"),
                rust_decimal::Decimal::new(80, 2),
            ),
        ],
    );
    facts
}

pub(crate) fn lead(facts: &mut Facts, created: Moment, source: u32) -> u32 {
    let row = facts.leads.len() as u32;
    facts.leads.push(LeadRow {
        id: i64::from(row) + 1,
        created,
        mql: Moment::NEVER,
        source,
        campaign: NONE,
        segment: NONE,
        owner: NONE,
        account: 0,
        contactable: true,
        excluded: None,
    });
    row
}

/// A handoff of a lead, an hour after the lead came in.
pub(crate) fn handoff(facts: &Facts, lead: u32) -> HandoffRow {
    let created = facts.leads.created.get(lead as usize);
    HandoffRow {
        id: facts.handoffs.len() as i64 + 1,
        lead,
        number: 1,
        handed_off: Moment(created.0 + HOUR),
        assigned: Moment::NEVER,
        rep: NONE,
        first_attempt: Moment::NEVER,
        first_connected: Moment::NEVER,
        first_meeting: Moment::NEVER,
        attempts: 0,
        minutes_logged: 0,
        minutes_assumed: 0,
        verdict: None,
        verdict_at: Moment::NEVER,
        reason: NONE,
        evidence: Evidence::None,
    }
}

/// An open deal without a value.
pub(crate) fn deal(facts: &Facts, created: Moment) -> OpportunityRow {
    OpportunityRow {
        id: facts.opportunities.len() as i64 + 1,
        lead: NONE,
        handoff: NONE,
        account: 0,
        source: NONE,
        campaign: NONE,
        segment: NONE,
        rep: NONE,
        created,
        stage: 1,
        stage_since: created,
        last_activity: Moment::NEVER,
        amount: None,
        currency: 0,
        close_on: Day::NEVER,
        conversation: Moment::NEVER,
        confirmed: false,
        evidence: DealEvidence::None,
        qualified: Moment::NEVER,
        qualified_amount: 0,
        qualified_currency: 0,
        outcome: None,
        closed: Moment::NEVER,
        lost_reason: NONE,
        delivery_cost: None,
        reversed: Moment::NEVER,
    }
}

/// The same, qualified then for so much, closing on that day.
pub(crate) fn qualified(facts: &Facts, when: Moment, minor: i64, close_on: &str) -> OpportunityRow {
    OpportunityRow {
        amount: Some(minor),
        close_on: day(close_on),
        conversation: when,
        confirmed: true,
        evidence: DealEvidence::Logged,
        qualified: when,
        qualified_amount: minor,
        ..deal(facts, when)
    }
}

pub(crate) fn spend(facts: &mut Facts, source: u32, on: &str, minor: i64) {
    let id = facts.spend.rows.len() as i64 + 1;
    facts.spend.push(SpendRow {
        id,
        source,
        campaign: NONE,
        lead: NONE,
        on: day(on),
        kind: SpendKind::Media,
        amount: minor,
        currency: 0,
    });
}

pub(crate) fn target(facts: &mut Facts, metric: &str, period: &Period, value: i64) {
    facts.targets.0.push(Target {
        id: facts.targets.0.len() as i64 + 1,
        metric: metric.into(),
        start: period.first,
        end: period.end,
        value,
        by: NONE,
        at: Moment(0),
    });
}
