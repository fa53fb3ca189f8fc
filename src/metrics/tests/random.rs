//! A random history from a seed, so that a failing case can be run again.

use super::fixture::{DAY, MARCH, deal, empty, handoff};
use crate::domain::moment::{Day, Moment};
use crate::domain::verdict::{DealOutcome, Evidence, Exclusion, SpendKind, Verdict};
use crate::facts::Facts;
use crate::facts::column::NONE;
use crate::facts::handoffs::{HandoffRow, Says, StampSays, Stamped};
use crate::facts::leads::LeadRow;
use crate::facts::opportunities::{DealChange, DealEvent, DealLead};
use crate::facts::spend::SpendRow;

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
    let mut dice = Dice(!seed);
    let says = [
        Stamped::Met,
        Stamped::Failed,
        Stamped::CannotTell,
        Stamped::Nothing,
    ];
    let stamps = (0..facts.handoffs.len()).map(|_| StampSays {
        whole: says[dice.below(4) as usize],
        fit: says[dice.below(4) as usize],
    });
    facts.handoffs.stamps = Says::Judged(stamps.collect());
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
    let passed = dice.below(4);
    for n in 0..4 {
        // Some of what happens falls into the second in which the deal qualifies, before it or after.
        if n == passed && own.qualified != Moment::NEVER && dice.chance(80) {
            facts.opportunities.events.push(DealEvent {
                deal: row,
                at: own.qualified,
                change: DealChange::Qualified,
            });
        }
        if dice.chance(60) {
            continue;
        }
        let at = match own.qualified {
            at if at != Moment::NEVER && dice.chance(30) => at,
            _ => dice.later(created, 100),
        };
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
