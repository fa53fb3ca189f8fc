//! Draws the deals behind accepted leads: how they qualify, slip, stall and end. Knows no file.

use super::leads::{Fate, Lead, World};
use super::plan::{Crowd, SOURCES};
use crate::domain::moment::{Day, Moment};
use crate::domain::money::{Currency, Money};
use crate::domain::verdict::DealOutcome;

/// A deal before it becomes a record.
pub(super) struct Deal {
    /// Index of the lead it came from.
    pub lead: usize,
    /// A colleague of that lead who came in as well.
    pub second_lead: Option<usize>,
    /// When it was made.
    pub created: Moment,
    /// When it is said to have qualified.
    pub qualified: Option<Moment>,
    /// What the gate still misses.
    pub gap: Gap,
    /// How it ended.
    pub closed: Option<(DealOutcome, Moment)>,
    /// Estimated close date now, and as it was told before it slipped.
    pub close_on: Day,
    /// The date told first.
    pub first_close_on: Day,
    /// Value now.
    pub amount: Money,
    /// Value when it qualified.
    pub frozen: Money,
    /// Last activity.
    pub last_activity: Moment,
    /// Stage by name.
    pub stage: &'static str,
    /// Why it was lost.
    pub lost_reason: Option<&'static str>,
    /// Variable cost of delivery in percent of the value, where known.
    pub delivery_percent: Option<i64>,
}

/// What keeps a deal from being qualified.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Gap {
    /// Nothing.
    None,
    /// No estimated close date.
    CloseDate,
    /// No value.
    Value,
    /// No conversation on record.
    Conversation,
    /// Still in the stage before the pipeline.
    Stage,
}

impl Deal {
    /// Whether it passed the gate.
    pub(super) fn is_qualified(&self) -> bool {
        self.qualified.is_some() && self.gap == Gap::None
    }

    /// Whether it was won.
    pub(super) fn is_won(&self) -> bool {
        matches!(self.closed, Some((DealOutcome::Won, _)))
    }
}

/// Business minutes of a working day of eight hours.
const DAY: i64 = 480;

impl World {
    /// Draws the deals of all accepted leads; amounts are not yet in line with the plan.
    pub(super) fn deals(&mut self, leads: &[Lead]) -> Vec<Deal> {
        let mut deals = Vec::new();
        for (index, lead) in leads.iter().enumerate() {
            let accepted = lead
                .handoff
                .as_ref()
                .filter(|h| h.fate == Fate::Accepted)
                .map(|h| h.decided);
            let likely = match SOURCES[lead.source].crowd {
                Crowd::Buyers => 64,
                Crowd::Picked => 72,
                Crowd::Students | Crowd::Competitors => 45,
            };
            if let Some(accepted) = accepted
                && self.rng.chance(likely)
                && let Some(deal) = self.deal(index, lead, accepted)
            {
                deals.push(deal);
            }
        }
        pair_colleagues(leads, &mut deals);
        deals
    }

    fn deal(&mut self, index: usize, lead: &Lead, accepted: Moment) -> Option<Deal> {
        let created = self.later(accepted, 60, 3 * DAY);
        if created > self.as_of {
            return None;
        }
        let qualified = self.later(created, DAY / 2, 10 * DAY);
        let cycle = self.rng.around(36 * DAY, 25, 230) as u32;
        let end = self.calendar.due(qualified, cycle);
        let amount = self.amount(lead);
        let mut deal = Deal {
            lead: index,
            second_lead: None,
            created,
            qualified: (qualified <= self.as_of).then_some(qualified),
            gap: Gap::None,
            closed: None,
            close_on: self.calendar.day_of(end),
            first_close_on: self.calendar.day_of(end),
            amount,
            frozen: amount,
            last_activity: created,
            stage: "Discovery",
            lost_reason: None,
            delivery_percent: (!self.rng.chance(12)).then(|| self.rng.between(28, 52)),
        };
        let fails_at_the_gate = self.rng.chance(16);
        if fails_at_the_gate && end <= self.as_of {
            // Never qualified and given up long ago.
            deal.qualified = None;
            let outcome = *self.rng.pick(&[DealOutcome::Lost, DealOutcome::NoDecision]);
            self.close(&mut deal, outcome, end);
        } else if fails_at_the_gate {
            deal.gap = *self.rng.pick(&[
                Gap::CloseDate,
                Gap::CloseDate,
                Gap::Value,
                Gap::Conversation,
                Gap::Stage,
            ]);
            self.keep_open(&mut deal);
        } else if end <= self.as_of {
            let outcome = match self.rng.weighted(&[47, 41, 12]) {
                0 => DealOutcome::Won,
                1 => DealOutcome::Lost,
                _ => DealOutcome::NoDecision,
            };
            self.close(&mut deal, outcome, end);
        } else {
            self.keep_open(&mut deal);
        }
        Some(deal)
    }

    /// A moment between two numbers of business minutes later.
    fn later(&mut self, from: Moment, low: i64, high: i64) -> Moment {
        let minutes = self.rng.between(low, high) as u32;
        self.calendar.due(from, minutes)
    }

    fn amount(&mut self, lead: &Lead) -> Money {
        let small = lead.person.employees.is_some_and(|n| n < 20);
        let euros = if small {
            self.rng.around(5_600, 60, 140)
        } else {
            self.rng.around(20_000, 25, 240)
        };
        let (code, units) = match lead.person.country {
            "United States" if self.rng.chance(60) => ("USD", euros * 11 / 10),
            "United Kingdom" if self.rng.chance(60) => ("GBP", euros * 85 / 100),
            "Japan" if self.rng.chance(50) => ("JPY", euros * 160),
            _ => ("EUR", euros),
        };
        let currency = Currency::parse(code).unwrap_or(Currency::EUR);
        Money::units(units / 100 * 100, currency)
    }

    fn close(&mut self, deal: &mut Deal, outcome: DealOutcome, mut end: Moment) {
        let reasons: &[&str] = &[
            "chose_competitor",
            "chose_competitor",
            "no_budget",
            "bad_timing",
            "no_need",
            "not_a_fit",
        ];
        match outcome {
            DealOutcome::Lost => {
                let reason = *self.rng.pick(reasons);
                if matches!(reason, "no_need" | "not_a_fit") && self.rng.chance(70) {
                    // Came out soon: it had been recorded too early.
                    let from = deal.qualified.unwrap_or(deal.created);
                    end = self.later(from, 4 * DAY, 16 * DAY).min(end);
                }
                deal.lost_reason = Some(reason);
            }
            DealOutcome::NoDecision => deal.lost_reason = Some("no_decision"),
            DealOutcome::Won => {}
        }
        deal.closed = Some((outcome, end));
        deal.close_on = self.calendar.day_of(end);
        deal.first_close_on = deal.close_on;
        deal.last_activity = end;
        deal.stage = if deal.qualified.is_none() {
            "Prospect"
        } else {
            *self.rng.pick(&["Proposal", "Negotiation"])
        };
    }

    /// Open deals: most move; some stand still, some slip, some are past their date.
    fn keep_open(&mut self, deal: &mut Deal) {
        let today = self.calendar.day_of(self.as_of);
        let begun = deal.qualified.unwrap_or(deal.created);
        let ago = |days: i64| Moment(self.as_of.0 - days * 86_400);
        deal.stage = *self
            .rng
            .pick(&["Discovery", "Proposal", "Proposal", "Negotiation"]);
        if deal.gap == Gap::Stage || deal.qualified.is_none() {
            deal.stage = "Prospect";
        }
        let quiet = self.rng.chance(24);
        let days = if quiet {
            self.rng.between(33, 75)
        } else {
            self.rng.between(0, 17)
        };
        deal.last_activity = ago(days).max(begun);
        let day_begun = self.calendar.day_of(begun);
        match self.rng.weighted(&[52, 30, 12, 6]) {
            1 => {
                deal.first_close_on = today
                    .plus(-(self.rng.between(1, 40) as i32))
                    .max(day_begun.plus(10));
                deal.close_on = deal.first_close_on.plus(self.rng.between(35, 80) as i32);
            }
            2 => {
                deal.close_on = today
                    .plus(-(self.rng.between(2, 25) as i32))
                    .max(day_begun.plus(1));
                deal.first_close_on = deal.close_on;
            }
            3 => {
                deal.close_on = today;
                deal.first_close_on = today;
            }
            _ => {}
        }
    }
}

/// A lead whose colleague stands behind an open deal already belongs to that deal too.
fn pair_colleagues(leads: &[Lead], deals: &mut [Deal]) {
    let taken: Vec<usize> = deals.iter().map(|d| d.lead).collect();
    for deal in deals.iter_mut() {
        let firm = leads[deal.lead].person.firm;
        deal.second_lead = (0..leads.len()).find(|other| {
            let lead = &leads[*other];
            firm.is_some()
                && lead.person.firm == firm
                && !taken.contains(other)
                && lead.excluded.is_none()
                && lead.handoff.as_ref().is_some_and(|h| {
                    h.fate == Fate::Accepted
                        && h.decided < deal.created
                        && deal.created.since(h.decided) < 30 * 86_400
                })
        });
    }
}
