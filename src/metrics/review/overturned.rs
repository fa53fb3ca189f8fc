//! How often challenges were overturned, by reason, source or rep. Settles none.

use std::collections::BTreeMap;

use super::axis::Axis;
use super::matrix::Rate;
use crate::domain::book::Book;
use crate::domain::reason::ReasonClass;
use crate::domain::review::Settlement;
use crate::facts::Facts;
use crate::facts::challenges::ChallengeRow;
use crate::facts::column::{Code, NONE};
use crate::metrics::context::Context;
use crate::metrics::scope::Scope;
use crate::metrics::select::{ChallengeOf, challenges};

/// Overturned ÷ settled challenges by value of an axis, most settled first. By the reason as it stood when it was challenged; weeks
/// are no axis here, and give nothing.
pub fn overturned(facts: &Facts, book: &Book, scope: &Scope, axis: Axis) -> Vec<(Code, Rate)> {
    let ctx = Context::new(facts, book, scope, &scope.period);
    let mut counts = BTreeMap::<Code, (u64, u64)>::new();
    challenges(&ctx, ChallengeOf::Settled, |challenge| {
        let Some(code) = code(facts, challenge, axis) else {
            return;
        };
        let (hits, n) = counts.entry(code).or_default();
        *hits += u64::from(challenge.settlement == Some(Settlement::Overturned));
        *n += 1;
    });
    let small_n = book.settings.small_n as u64;
    let rates = counts.into_iter();
    let mut rates: Vec<(Code, Rate)> = rates
        .map(|(code, (hits, n))| (code, Rate::new(hits, n, small_n)))
        .collect();
    rates.sort_by_key(|(code, rate)| (std::cmp::Reverse(rate.n), *code));
    rates
}

fn code(facts: &Facts, challenge: &ChallengeRow, axis: Axis) -> Option<Code> {
    let reasons = &facts.names.reason_facts;
    let was = reasons.get(challenge.was_reason as usize);
    let reason = was.map_or(challenge.was_reason, |was| was.now);
    match axis {
        Axis::Week => None,
        Axis::Reason => Some(reason),
        Axis::Class => {
            let class = reasons.get(reason as usize).map(|reason| reason.class);
            Some(class.map_or(NONE, |class: ReasonClass| class as Code))
        }
        _ => {
            let mut own = None;
            axis.each(facts, &[challenge.handoff], |code| own = Some(code));
            own
        }
    }
}
