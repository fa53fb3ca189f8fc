//! Sums, rates and flags in words, the same wherever they stand. Computes nothing.

use std::fmt::Write as _;

use super::found::Found;
use super::since;
use crate::domain::money::Currency;
use crate::metrics::review::{Flag, Proof, Rate, Review, Sum, Sums};
use crate::screens::figures::{self, DASH, Room};
use crate::screens::model::Model;

/// Money of so many rows; a dash where nobody can price them.
pub(super) fn money(sum: Sum, rows: u64, currency: Currency) -> String {
    let known = sum.known(rows);
    known.map_or_else(
        || DASH.to_owned(),
        |minor| figures::money(minor as f64, currency, Room::Narrow),
    )
}

/// What verified and objective rejections wasted.
pub(super) fn wasted(sums: &Sums, review: &Review) -> String {
    if !review.costs_known {
        return DASH.to_owned();
    }
    money(sums.waste, sums.proven(), review.currency)
}

/// What the unverified ones cost.
pub(super) fn unproven(sums: &Sums, review: &Review) -> String {
    if !review.costs_known {
        return DASH.to_owned();
    }
    money(sums.unproven, sums.of(Proof::Unverified), review.currency)
}

/// Hours, where any attempt is known.
pub(super) fn hours(sums: &Sums, review: &Review) -> String {
    if review.hours_known {
        figures::decimal(sums.hours(), 1)
    } else {
        DASH.to_owned()
    }
}

pub(super) fn count(n: u64) -> String {
    figures::grouped(n as i64)
}

/// `12 of 40 decided (30.0 %, 18.1–45.4 %)`, with the mark of a small n.
pub(super) fn rate(rate: &Rate) -> String {
    let of = format!("{} of {} decided", count(rate.hits), count(rate.n));
    let Some((share, (low, high))) = rate.share.zip(rate.interval) else {
        return of;
    };
    let low = figures::percent(low);
    let low = low.trim_end_matches(" %").to_owned();
    let small = small(rate);
    format!(
        "{of} ({}{small}, {low}–{})",
        figures::percent(share),
        figures::percent(high)
    )
}

/// The mark of a small n.
pub(super) fn small(rate: &Rate) -> &'static str {
    if rate.small_n { "°" } else { "" }
}

/// `12 rejections: 8 verified, 1 objective, 3 unverified; wasted €900, unproven €300, 4.5 rep hours`.
pub(super) fn sums(sums: &Sums, review: &Review, unseen: Option<u64>) -> String {
    let n = sums.count();
    let one = if n == 1 { "rejection" } else { "rejections" };
    format!("{} {one}: {}", count(n), parts(sums, review, unseen))
}

/// By proof, money, hours; of the objective ones so many by their reason alone.
pub(super) fn parts(sums: &Sums, review: &Review, unseen: Option<u64>) -> String {
    let told = |proof: &Proof| {
        let told = format!("{} {}", count(sums.of(*proof)), proof.label());
        match unseen.filter(|unseen| *unseen > 0 && *proof == Proof::Objective) {
            Some(unseen) => format!("{told} ({} by reason alone)", count(unseen)),
            None => told,
        }
    };
    let proofs: Vec<String> = Proof::ALL.iter().map(told).collect();
    let mut words = format!(
        "{}; wasted {}, unproven {}",
        proofs.join(", "),
        wasted(sums, review),
        unproven(sums, review),
    );
    if review.hours_known {
        let _ = write!(words, ", {} rep hours", hours(sums, review));
    } else {
        words.push_str(", rep hours not recorded");
    }
    if sums.unpriced() > 0 {
        let _ = write!(words, " ({} not priced)", count(sums.unpriced()));
    }
    words
}

/// The two sentences above everything: how many and what they cost; the top reason and where it comes from.
pub(super) fn headline(found: &Found, model: &Model, unseen: Option<u64>) -> [String; 2] {
    let (whole, facts) = (&*found.whole, model.facts());
    let period = figures::period(&found.scope.period);
    let Some(top) = &found.top else {
        if whole.is_empty() {
            let meeting = match model.book().meetings.last_closed() {
                Some(_) => ", M takes the last meeting",
                None => "",
            };
            let words = match since::newest(model) {
                Some(newest) => format!(
                    "nothing was rejected here; Enter goes to {}, where the newest rejections are; p chooses a period{meeting}",
                    figures::period(&newest)
                ),
                None => "nothing was rejected yet".to_owned(),
            };
            return [format!("{period}: {words}"), String::new()];
        }
        let first = format!("{period}: {}", sums(&found.total, whole, unseen));
        return [first, "No reason is known for any of them".to_owned()];
    };
    let first = format!(
        "{period}: {} of {} decided were rejected: {}",
        count(found.total.count()),
        count(whole.decided()),
        parts(&found.total, whole, unseen)
    );
    let n = top.sums.count();
    let cost = money(top.sums.waste.and(top.sums.unproven), n, whole.currency);
    let spent = if whole.hours_known {
        format!(" and {} rep hours", hours(&top.sums, whole))
    } else {
        String::new()
    };
    let from: Vec<String> = top
        .sources
        .iter()
        .map(|(code, of)| {
            let name = found.name(facts, crate::metrics::review::Axis::Source, *code);
            format!("{name} ({}, {})", count(*of), part(*of, n))
        })
        .collect();
    let second = format!(
        "Top reason: {}, {} ({}), leads for {cost}{spent}; most from {}",
        found.name(facts, crate::metrics::review::Axis::Reason, top.reason),
        count(n),
        figures::percent(top.share),
        from.join(" and ")
    );
    [first, second]
}

fn part(of: u64, all: u64) -> String {
    figures::percent(of as f64 / all.max(1) as f64)
}

/// A word or two for each flag.
pub(super) fn mark(flag: Flag) -> &'static str {
    match flag {
        Flag::Unverified => "unverified",
        Flag::Unseen => "by reason",
        Flag::Hasty => "hasty",
        Flag::FewAttempts => "few tries",
        Flag::Met => "met criteria",
        Flag::Failed => "below criteria",
        Flag::OpenDeal => "open deal",
        Flag::Customer => "customer",
        Flag::BoughtLater => "bought later",
        Flag::SourceBurst => "burst",
        Flag::DomainBurst => "crowd",
        Flag::Disposable => "throwaway",
        Flag::Student => "student",
        Flag::Competitor => "competitor",
    }
}
