//! Small histories for tests: an empty one with names, and a random one from a seed.

use crate::domain::book::Book;
use crate::domain::calendar::Calendar;
use crate::domain::moment::{Day, Moment};
use crate::domain::money::{Currency, Rates};
use crate::domain::period::Period;
use crate::domain::policy::SourceSide;
use crate::domain::reason::ReasonClass;
use crate::domain::settings::Settings;
use crate::domain::verdict::{DealEvidence, DealOutcome, Evidence, Exclusion, SpendKind, Verdict};
use crate::domain::workspace::Workspace;
use crate::facts::Facts;
use crate::facts::column::NONE;
use crate::facts::dictionary::{ReasonFacts, SourceFacts};
use crate::facts::handoffs::HandoffRow;
use crate::facts::leads::LeadRow;
use crate::facts::opportunities::{DealChange, DealEvent, DealLead, OpportunityRow};
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
    }
}

/// Names only: sources Webinar (marketing), Trade show (marketing), Outbound (sales, free), Partner (partner); reasons
/// student, unreachable, duplicate (objective), too_small; stages 0–3; EUR, USD (0.90, from April 0.80), GBP without a rate.
pub(crate) fn empty() -> Facts {
    let mut facts = Facts::default();
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
    facts.spend.push(SpendRow {
        id: facts.spend.rows.len() as i64 + 1,
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

/// Numbers from a seed (splitmix64), so that a failing case can be run again.
pub(crate) struct Dice(pub u64);

impl Dice {
    pub(crate) fn below(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % n
    }

    fn chance(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }

    /// A code below `n`, or none in one of eight cases.
    fn code(&mut self, n: u64) -> u32 {
        if self.below(8) == 0 {
            NONE
        } else {
            self.below(n) as u32
        }
    }

    fn later(&mut self, from: Moment, days: u64) -> Moment {
        Moment(from.0 + self.below(days * 86_400) as i64)
    }
}

/// A history of `leads` leads over 200 days from December 2024, with everything that can go wrong in it.
pub(crate) fn random(seed: u64, leads: usize) -> Facts {
    let mut facts = empty();
    let mut dice = Dice(seed);
    let start = Moment(MARCH - 80 * DAY);
    for row in 0..leads {
        let created = dice.later(start, 200);
        let mut own = LeadRow {
            id: row as i64 * 2 + 1,
            created,
            mql: if dice.chance(60) {
                dice.later(created, 5)
            } else {
                Moment::NEVER
            },
            source: dice.code(4),
            campaign: dice.code(6),
            segment: dice.code(3),
            owner: dice.code(3),
            account: dice.below(12) as u32,
            contactable: dice.chance(95),
            excluded: None,
        };
        if dice.chance(6) {
            own.excluded = Some(Exclusion::ALL[dice.below(3) as usize]);
        }
        facts.leads.push(own);
        if dice.chance(70) {
            let number = 1 + u16::from(dice.chance(20));
            let mut from = created;
            for number in 1..=number {
                from = random_handoff(&mut facts, &mut dice, row as u32, number, from);
            }
        }
    }
    for _ in 0..leads / 3 {
        random_deal(&mut facts, &mut dice, start);
    }
    for id in 0..60 {
        facts.spend.push(SpendRow {
            id,
            source: dice.code(3),
            campaign: dice.code(6),
            lead: if dice.chance(20) && leads > 0 {
                dice.below(leads as u64) as u32
            } else {
                NONE
            },
            on: Day(((start.0 + dice.below(200) as i64 * DAY) / DAY) as i32),
            kind: SpendKind::ALL[dice.below(4) as usize],
            amount: dice.below(500_000) as i64,
            currency: if dice.chance(80) {
                0
            } else {
                dice.below(3) as u8
            },
        });
    }
    facts.opportunities.events.sort_by_key(|event| event.at);
    facts.index();
    facts
}

fn random_handoff(
    facts: &mut Facts,
    dice: &mut Dice,
    lead: u32,
    number: u16,
    from: Moment,
) -> Moment {
    let handed_off = dice.later(from, 3);
    let mut own = HandoffRow {
        id: facts.handoffs.len() as i64 * 3 + 1,
        number,
        handed_off,
        rep: dice.code(3),
        ..handoff(facts, lead)
    };
    if dice.chance(90) {
        own.assigned = dice.later(handed_off, 2);
    }
    if dice.chance(70) {
        // Sometimes before the assignment, sometimes before the lead: data errors exist.
        own.first_attempt = Moment(dice.later(handed_off, 8).0 - 2 * DAY);
        own.attempts = 1 + dice.below(5) as u16;
        own.minutes_logged = dice.below(50) as u32;
        own.minutes_assumed = dice.below(50) as u32;
        if dice.chance(50) {
            own.first_connected = dice.later(own.first_attempt, 6);
        }
        if dice.chance(20) {
            own.first_meeting = dice.later(own.first_attempt, 9);
        }
    }
    if dice.chance(75) {
        let verdict = Verdict::ALL[dice.below(3) as usize];
        own.verdict = Some(verdict);
        own.verdict_at = dice.later(handed_off, 20);
        own.evidence = Evidence::ALL[dice.below(4) as usize];
        if verdict == Verdict::Rejected {
            own.reason = dice.below(5) as u32;
        }
    }
    facts.handoffs.push(own);
    own.verdict_at.max(handed_off)
}

fn random_deal(facts: &mut Facts, dice: &mut Dice, start: Moment) {
    let created = dice.later(start, 190);
    let row = facts.opportunities.len() as u32;
    let mut own = deal(facts, created);
    let leads = facts.leads.len() as u64;
    own.id = i64::from(row) * 2 + 5;
    own.account = dice.below(10) as u32;
    if dice.chance(80) {
        own.lead = dice.below(leads) as u32;
        facts.opportunities.links.push(DealLead {
            deal: row,
            lead: own.lead,
        });
        let of_lead = facts
            .handoffs
            .lead
            .iter()
            .position(|lead| *lead == own.lead);
        if let (Some(handoff), true) = (of_lead, dice.chance(60)) {
            own.handoff = handoff as u32;
        }
        if dice.chance(20) {
            let lead = dice.below(leads) as u32;
            facts.opportunities.links.push(DealLead { deal: row, lead });
        }
    }
    (own.source, own.campaign) = (dice.code(4), dice.code(6));
    (own.segment, own.rep) = (dice.code(3), dice.code(3));
    own.currency = if dice.chance(80) {
        0
    } else {
        dice.below(3) as u8
    };
    own.amount = dice.chance(90).then(|| dice.below(9_000_000) as i64);
    own.close_on = Day((dice.later(created, 150).0 / DAY) as i32);
    own.stage = dice.code(4);
    if dice.chance(60) {
        own.last_activity = dice.later(created, 60);
    }
    if dice.chance(60) {
        own.qualified = dice.later(created, 30);
        own.qualified_amount = 1 + dice.below(9_000_000) as i64;
        own.qualified_currency = own.currency;
    }
    if dice.chance(55) {
        own.outcome = Some(DealOutcome::ALL[dice.below(3) as usize]);
        own.closed = dice.later(created, 90);
        own.lost_reason = dice.code(5);
        own.delivery_cost = dice.chance(50).then(|| dice.below(2_000_000) as i64);
    }
    if dice.chance(12) {
        own.reversed = dice.later(created, 120);
    }
    for _ in 0..dice.below(4) {
        let at = dice.later(created, 100);
        let before = own.amount.unwrap_or(0);
        let change = match dice.below(3) {
            0 => DealChange::Amount(before, dice.below(9_000_000) as i64),
            1 => DealChange::CloseOn(own.close_on, own.close_on.plus(dice.below(60) as i32 - 30)),
            _ => DealChange::Stage(dice.code(4), dice.code(4)),
        };
        facts.opportunities.events.push(DealEvent {
            deal: row,
            at,
            change,
        });
    }
    facts.opportunities.push(own);
}
