//! What marketing is asked: what it handed over below the criteria, which sources send junk, what came in crowds. Blames no campaign.

use super::sales::these;
use super::{Answer, Asked, share, told};
use crate::facts::column::NONE;
use crate::metrics::context::{Context, HandoffClock};
use crate::metrics::marks::handoffs::Test;
use crate::metrics::review::axis::Axis;
use crate::metrics::review::drill::Measure;
use crate::metrics::review::flags::Flag;
use crate::metrics::review::matrix::{Order, Rate};
use crate::metrics::review::sums::Proof;
use crate::metrics::show::percent;

/// Most sources that are named.
const NAMED: usize = 3;

pub(super) fn answers(asked: Asked) -> Vec<Answer> {
    let mut answers = vec![below_criteria(asked)];
    answers.extend(junk_sources(asked));
    answers.push(crowds(asked));
    answers.push(mailboxes(asked));
    answers
}

fn below_criteria(asked: Asked) -> Answer {
    let ctx = Context::new(asked.facts, asked.book, asked.scope, &asked.scope.period);
    let every = ctx.of_population(Test::EVERY);
    let (mut hits, mut stamped) = (Vec::new(), Vec::new());
    ctx.each_handoff(HandoffClock::HandedOff, |row| {
        if !every.passes(ctx.marks().handoffs.flags(row)) {
            return;
        }
        if let Some(met) = (asked.known.met)(row) {
            stamped.push(row);
            if !met {
                hits.push(row);
            }
        }
    });
    let rate = asked.rate(hits.len(), stamped.len());
    Answer {
        question: "How many were handed over below the criteria?",
        means: "failed the criteria in force at the handoff ÷ handed over and judged",
        metric: None,
        says: if stamped.is_empty() {
            "no handoff of the period carries an answer of the criteria".into()
        } else {
            format!("{} failed the criteria in force", told(rate))
        },
        rate: Some(rate),
        fix: (!hits.is_empty()).then(|| {
            format!(
                "hold back what fails; {} went over all the same",
                these(hits.len())
            )
        }),
        rows: share(hits, stamped),
    }
}

/// Sources whose proven rejections lie above those of all sources, whatever chance does.
fn junk_sources(asked: Asked) -> Vec<Answer> {
    let question = "Which sources send junk?";
    let means = "verified and objective rejections ÷ decided handoffs, of the source";
    let (facts, review) = (asked.facts, asked.review);
    let matrix = review.matrix(facts, Axis::Source, Axis::Class, Order::Count);
    let all = Rate::new(matrix.total.proven(), review.decided(), review.small_n);
    let overall = all.share.unwrap_or(0.0);
    let mut worst: Vec<(u32, Rate)> = matrix
        .rows
        .iter()
        .filter(|head| head.code != NONE)
        .filter_map(|head| {
            let n = head.rate?.n;
            Some((head.code, Rate::new(head.sums.proven(), n, review.small_n)))
        })
        .filter(|(_, rate)| !rate.small_n && rate.interval.is_some_and(|(low, _)| low > overall))
        .collect();
    let low = |rate: &Rate| rate.interval.map_or(0.0, |(low, _)| low);
    worst.sort_by(|a, b| low(&b.1).total_cmp(&low(&a.1)));
    worst.truncate(NAMED);
    let proven = |place: &super::super::Place| {
        let mut rows = review.drill(facts, place, Measure::Of(Proof::Verified));
        let more = review.drill(facts, place, Measure::Of(Proof::Objective));
        rows.rows[0].rows.extend(&more.rows[0].rows);
        share(
            std::mem::take(&mut rows.rows[0].rows),
            review.decided_at(facts, place),
        )
    };
    if worst.is_empty() {
        return vec![Answer {
            question,
            means,
            metric: None,
            says: format!(
                "no source stands out; of all, {} are verified or objective rejections",
                told(all)
            ),
            rate: Some(all),
            rows: proven(&[]),
            fix: None,
        }];
    }
    let answer = |(code, rate): (u32, Rate)| {
        let name = review.name(facts, Axis::Source, code);
        // Unverified ones are no part of the rate, so they give no reason for it either.
        let shares = review.shares(facts);
        let top = review
            .only(|row| {
                facts.leads.source[facts.handoffs.lead[row as usize] as usize] == code
                    && shares.proof(row) != Proof::Unverified
            })
            .matrix(facts, Axis::Reason, Axis::Class, Order::Count);
        let why = top.rows.first().map_or_else(String::new, |head| {
            let reason = review.name(facts, Axis::Reason, head.code);
            format!("; most often: {reason}")
        });
        Answer {
            question,
            means,
            metric: None,
            says: format!(
                "{name}: {} are verified or objective rejections, {} over all sources",
                told(rate),
                percent(overall)
            ),
            rate: Some(rate),
            rows: proven(&[(Axis::Source, code)]),
            fix: Some(format!("change or stop {name}{why}")),
        }
    };
    worst.into_iter().map(answer).collect()
}

fn crowds(asked: Asked) -> Answer {
    let hits = asked.flagged(&[Flag::SourceBurst, Flag::DomainBurst]);
    let rate = asked.rate(hits.len(), asked.review.count() as usize);
    Answer {
        question: "How many rejections came in crowds?",
        means: "rejections in a burst of a source or a company ÷ rejections",
        metric: None,
        says: format!("{} came in bursts of one source or one company", told(rate)),
        rate: Some(rate),
        fix: (!hits.is_empty()).then(|| {
            "look at lists and forms of those hours before handing their leads over".into()
        }),
        rows: share(hits, asked.review.rows(asked.facts)),
    }
}

fn mailboxes(asked: Asked) -> Answer {
    let hits = asked.flagged(&[Flag::Disposable, Flag::Student, Flag::Competitor]);
    let rate = asked.rate(hits.len(), asked.review.count() as usize);
    let known = asked
        .known
        .domains
        .is_some_and(|domains| !domains.names().is_empty());
    Answer {
        question: "How many could the form have stopped?",
        means: "rejections with such a mailbox ÷ rejections",
        metric: None,
        says: if known {
            format!(
                "{} have a disposable, student's or competitor's mailbox",
                told(rate)
            )
        } else {
            "no e-mail address is known".into()
        },
        rate: known.then_some(rate),
        fix: (!hits.is_empty()).then(|| "refuse those mailboxes in the form".into()),
        rows: share(hits, asked.review.rows(asked.facts)),
    }
}
