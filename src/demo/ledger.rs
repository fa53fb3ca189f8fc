//! Brings the drawn amounts in line with the plan: revenue, qualified pipeline and spend add up exactly. Knows no file.

use super::deals::Deal;
use super::leads::{Lead, World, first_day};
use super::plan::{QUARTERS, SOURCES, TOTALS};
use super::setup;
use crate::domain::import::{ImportRecord, Key, SpendRecord, Word};
use crate::domain::moment::{Day, Moment};
use crate::domain::money::{Currency, Money, Rates};
use crate::domain::verdict::SpendKind;

/// Deals are worth whole hundreds.
const STEP: i64 = 10_000;

/// Monthly cost of people, whole euros.
const PEOPLE: [(SpendKind, i64); 2] = [
    (SpendKind::MarketingPeople, 17_500),
    (SpendKind::SalesPeople, 34_000),
];

impl World {
    /// Scales amounts so that each quarter's revenue and qualified pipeline are the plan's, to the cent.
    pub(super) fn balance(&mut self, deals: &mut [Deal], told: Moment) {
        let home = |deal: &Deal| deal.amount.currency == Currency::EUR;
        for (quarter, total) in TOTALS.iter().enumerate() {
            let won: Vec<usize> = self.those(deals, |world, d| {
                d.is_won()
                    && d.closed
                        .is_some_and(|(_, at)| world.quarter_of(at) == quarter)
            });
            let (scaled, fixed) = won.into_iter().partition::<Vec<_>, _>(|i| home(&deals[*i]));
            let fixed = fixed.iter().map(|i| {
                let at = deals[*i].closed.map_or(deals[*i].created, |(_, at)| at);
                self.worth(deals[*i].amount, at)
            });
            scale(deals, &scaled, total.revenue * 100 - fixed.sum::<i64>());
        }
        for deal in deals.iter_mut() {
            deal.frozen = deal.amount;
            let seen_before = deal.qualified.is_some_and(|at| at <= told);
            let moved_after = deal.closed.is_none_or(|(_, at)| at > told);
            if home(deal) && seen_before && moved_after && self.rng.chance(25) {
                let percent = *self.rng.pick(&[80, 85, 90, 110, 120, 130]);
                deal.frozen.minor = deal.amount.minor * percent / 100 / STEP * STEP;
            }
        }
        for (quarter, total) in TOTALS.iter().enumerate() {
            let qualified: Vec<usize> = self.those(deals, |world, d| {
                d.is_qualified()
                    && d.qualified
                        .is_some_and(|at| world.quarter_of(at) == quarter)
            });
            let (scaled, fixed) = qualified.into_iter().partition::<Vec<_>, _>(|i| {
                let d = &deals[*i];
                home(d) && !d.is_won() && d.frozen == d.amount
            });
            let fixed = fixed.iter().map(|i| {
                let at = deals[*i].qualified.unwrap_or(deals[*i].created);
                self.worth(deals[*i].frozen, at)
            });
            scale(deals, &scaled, total.pipeline * 100 - fixed.sum::<i64>());
            for index in scaled {
                deals[index].frozen = deals[index].amount;
            }
        }
    }

    fn those(&self, deals: &[Deal], wanted: impl Fn(&World, &Deal) -> bool) -> Vec<usize> {
        (0..deals.len())
            .filter(|i| wanted(self, &deals[*i]))
            .collect()
    }

    fn worth(&self, money: Money, at: Moment) -> i64 {
        let rows = setup::rates()
            .into_iter()
            .filter_map(|(currency, day, rate)| Some((currency, day, rate.parse().ok()?)))
            .collect();
        Rates::new(Currency::EUR, rows)
            .convert(money, self.calendar.day_of(at))
            .unwrap_or(0)
    }

    /// Media by source, campaign and month, so that each quarter costs what the plan says per lead; people by month.
    pub(super) fn spend(&self, leads: &[Lead]) -> Vec<ImportRecord> {
        let mut records = Vec::new();
        for (quarter, total) in TOTALS.iter().enumerate() {
            let (start, end) = (self.start(quarter), quarter + 1);
            let end = if end < QUARTERS.len() {
                self.start(end)
            } else {
                self.as_of
            };
            let inside = leads
                .iter()
                .filter(|l| l.excluded.is_none() && l.created >= start && l.created < end);
            let mut cells: Vec<(Cell, i64)> = Vec::new();
            let mut count = 0;
            for lead in inside {
                count += 1;
                let month = self.calendar.day_of(lead.created).month_start();
                let cell = (lead.source, lead.campaign, month);
                match cells.iter_mut().find(|(known, _)| *known == cell) {
                    Some((_, n)) => *n += 1,
                    None => cells.push((cell, 1)),
                }
            }
            cells.sort_by_key(|((source, campaign, month), _)| (*month, *source, *campaign));
            media(&cells, total.cost_per_lead * 100 * count, &mut records);
            people(quarter, &mut records);
        }
        records
    }
}

/// Source, campaign, first day of the month.
type Cell = (usize, Option<&'static str>, Day);

fn media(cells: &[(Cell, i64)], total: i64, records: &mut Vec<ImportRecord>) {
    let weight = |((source, _, _), n): &(Cell, i64)| SOURCES[*source].price * n;
    let sum: i64 = cells.iter().map(weight).sum();
    let mut left = total;
    let mut paid: Vec<(Cell, i64)> = cells
        .iter()
        .filter(|cell| weight(cell) > 0)
        .map(|cell| {
            let share = total * weight(cell) / sum.max(1);
            left -= share;
            (cell.0, share)
        })
        .collect();
    if let Some(last) = paid.last_mut() {
        last.1 += left;
    }
    for ((source, campaign, month), minor) in paid {
        records.push(ImportRecord::Spend(SpendRecord {
            key: Key::default(),
            source: SOURCES[source].name.map(Word::from),
            source_side: Some(SOURCES[source].side),
            campaign: campaign.map(Word::from),
            on: month.plus(14),
            kind: SpendKind::Media,
            amount: Money {
                minor,
                currency: Currency::EUR,
            },
            note: None,
        }));
    }
}

fn people(quarter: usize, records: &mut Vec<ImportRecord>) {
    for month in 0..3 {
        for (kind, euros) in PEOPLE {
            records.push(ImportRecord::Spend(SpendRecord {
                key: Key::default(),
                source: None,
                source_side: None,
                campaign: None,
                on: first_day(quarter).plus_months(month).plus(27),
                kind,
                amount: Money::units(euros, Currency::EUR),
                note: None,
            }));
        }
    }
}

/// Scales the amounts of some deals, in whole hundreds, so that they add up to `total`; the largest takes the rest.
fn scale(deals: &mut [Deal], some: &[usize], total: i64) {
    let drawn: i64 = some.iter().map(|i| deals[*i].amount.minor).sum();
    let mut left = total;
    for index in some {
        let amount = &mut deals[*index].amount.minor;
        let scaled = i128::from(*amount) * i128::from(total) / i128::from(drawn.max(1));
        *amount = (scaled as i64 / STEP * STEP).max(STEP);
        left -= *amount;
    }
    if let Some(largest) = some.iter().max_by_key(|i| deals[**i].amount.minor) {
        deals[*largest].amount.minor += left;
    }
}
