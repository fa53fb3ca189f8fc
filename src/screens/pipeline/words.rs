//! What is worth saying of a deal, short in a list and with the reason below it. Decides no sign itself.

use rustc_hash::FxHashMap;

use super::view;
use crate::domain::moment::{Day, Moment};
use crate::domain::money::{Currency, Money};
use crate::facts::pipeline::{self, Sum};
use crate::metrics::{self, Sign};
use crate::screens::figures::{self, Room};
use crate::screens::model::Model;

/// Where close dates stood first, and how often they moved out, by row number.
pub(super) type MovedOut = FxHashMap<u32, (Day, u32)>;

/// One or two words for each sign.
pub(super) fn short(row: u32, model: &Model, moved: &MovedOut) -> Vec<String> {
    let deal = &model.facts().opportunities.rows[row as usize];
    let mut words: Vec<String> = metrics::signs(model.scope(), row)
        .into_iter()
        .map(|sign| match sign {
            Sign::Overdue => "past due",
            Sign::Idle => "idle",
            Sign::Stuck => "stuck",
            Sign::Early => "too early",
        })
        .map(str::to_owned)
        .collect();
    if deal.reversed != Moment::NEVER {
        words.push("reversed".to_owned());
    }
    let waits = deal.outcome.is_none() && deal.qualified == Moment::NEVER;
    if waits {
        let missing = view::missing(model.facts(), row).len();
        words.push(format!("{missing} missing"));
    }
    if deal.outcome.is_none() && moved.contains_key(&row) {
        words.push("moved out".to_owned());
    }
    words
}

/// Each sign with its reason, in a sentence.
pub(super) fn reasons(row: u32, model: &Model, moved: &MovedOut) -> Vec<String> {
    let facts = model.facts();
    let deal = &facts.opportunities.rows[row as usize];
    let day = |at: Moment| model.book().calendar.day_of(at);
    let as_of = model.scope().as_of;
    let stage = facts.names.stages.name(deal.stage);
    let mut words = Vec::new();
    for sign in metrics::signs(model.scope(), row) {
        words.push(match sign {
            Sign::Overdue => format!("its close date {} has passed", deal.close_on),
            Sign::Idle => {
                let signs = [
                    deal.last_activity,
                    deal.stage_since,
                    deal.created,
                    deal.qualified,
                ];
                let past = signs.into_iter().filter(|at| *at <= as_of);
                let last = past.max().unwrap_or(as_of);
                let days = as_of.since(last) / 86_400;
                format!("no activity for {days} days, since {}", day(last))
            }
            Sign::Stuck => format!(
                "in {stage} since {}, more than twice as long as deals that were won",
                day(deal.stage_since)
            ),
            Sign::Early => early(row, model),
        });
    }
    if deal.reversed != Moment::NEVER {
        words.push(format!("reversed on {}", day(deal.reversed)));
    }
    if let Some((first, times)) = moved.get(&row).filter(|_| deal.outcome.is_none()) {
        let times = match times {
            1 => "once".to_owned(),
            n => format!("{n} times"),
        };
        words.push(format!("close date moved out {times}, first from {first}"));
    }
    if deal.outcome.is_none() && deal.qualified == Moment::NEVER {
        let missing = view::missing(facts, row);
        let labels: Vec<&str> = missing.iter().map(|part| part.label()).collect();
        words.push(if labels.is_empty() {
            "nothing is missing: Q takes it through the gate".to_owned()
        } else {
            format!("not qualified; missing {}", labels.join(", "))
        });
    }
    if let Some(money) = pipeline::value(facts, row)
        && facts.rates.convert(money, day(as_of)).is_none()
    {
        words.push(format!(
            "no rate for {}, so it is not priced",
            money.currency
        ));
    }
    words
}

/// Why a qualified deal was recorded too early.
fn early(row: u32, model: &Model) -> String {
    let facts = model.facts();
    let deal = &facts.opportunities.rows[row as usize];
    let days = |at: Moment| at.since(deal.qualified) / 86_400;
    if deal.outcome.is_some() && deal.lost_reason != crate::facts::column::NONE {
        let reason = facts.names.reasons.name(deal.lost_reason);
        let days = days(deal.closed);
        return format!("recorded too early: lost as \"{reason}\" {days} days after it qualified");
    }
    let days = days(deal.reversed);
    format!("recorded too early: reversed {days} days after it qualified")
}

/// How long it has stood in its stage, in days; a deal that is closed by then stood there until it closed.
pub(super) fn age(row: u32, model: &Model) -> String {
    let deal = &model.facts().opportunities.rows[row as usize];
    let as_of = model.scope().as_of;
    let until = deal.closed.get().map_or(as_of, |closed| closed.min(as_of));
    let since = [deal.stage_since, deal.created]
        .into_iter()
        .find(|at| *at != Moment::NEVER && *at <= until);
    since.map_or_else(String::new, |at| format!("{} d", until.since(at) / 86_400))
}

/// A value in its own currency.
pub(super) fn value(row: u32, model: &Model, room: Room) -> String {
    let money = pipeline::value(model.facts(), row);
    money.map_or_else(|| figures::DASH.to_owned(), |money| amount(money, room))
}

pub(super) fn amount(money: Money, room: Room) -> String {
    figures::money(money.minor as f64, money.currency, room)
}

/// A sum at home; beside it the currencies it comes from, and how many could not be priced.
pub(super) fn sum(sum: &Sum, home: Currency, room: Room) -> (String, String) {
    let one = |currency, minor: Option<i64>| {
        minor.map_or_else(
            || format!("{currency}: too large"),
            |minor| amount(Money { minor, currency }, room),
        )
    };
    let total = one(home, sum.home);
    let foreign = sum.by_currency.iter().filter(|(c, _)| *c != home);
    let foreign: Vec<String> = foreign.map(|(c, minor)| one(*c, *minor)).collect();
    let mut beside = Vec::new();
    if !foreign.is_empty() {
        beside.push(format!("of it {}", foreign.join(" + ")));
    }
    if sum.unpriced > 0 {
        beside.push(format!("{} not priced", sum.unpriced));
    }
    (total, beside.join(", "))
}
