//! What sales is asked: why good leads were rejected, how hard it tried, how soon it answered. Names no rep.

use super::{Answer, Asked, share, told, young};
use crate::metrics::id::Metric;
use crate::metrics::marks::Record;
use crate::metrics::marks::handoffs::flag;
use crate::metrics::review::drill::Measure;
use crate::metrics::review::flags::Flag;
use crate::metrics::show::{decimals, grouped};

pub(super) fn answers(asked: Asked) -> Vec<Answer> {
    vec![
        met_and_rejected(asked),
        attempts(asked),
        unverified(asked),
        by_reason_alone(asked),
        untouched(asked),
        feedback(asked),
    ]
}

fn met_and_rejected(asked: Asked) -> Answer {
    let hits = asked.flagged(&[Flag::Met]);
    let decided = asked.review.decided_at(asked.facts, &[]);
    let met: Vec<u32> = decided
        .into_iter()
        .filter(|row| (asked.known.met)(*row) == Some(true))
        .collect();
    let rate = asked.rate(hits.len(), met.len());
    Answer {
        question: "How many that met the criteria were rejected?",
        means: "rejected, of what was decided and met the criteria in force at the handoff",
        metric: Some(Metric::RejectedAlthoughMet),
        says: if met.is_empty() {
            "no decided handoff is known to have met criteria".into()
        } else {
            format!("{} that met them were rejected", told(rate))
        },
        rate: Some(rate),
        fix: (!hits.is_empty()).then(|| {
            format!(
                "explain {}, or propose the rule that would have stopped them",
                these(hits.len())
            )
        }),
        rows: share(hits, met),
    }
}

fn attempts(asked: Asked) -> Answer {
    let question = "How hard did sales try before giving up?";
    let means = "given up with fewer attempts than agreed, and nothing to show ÷ rejected without a conversation";
    let metric = Some(Metric::AttemptsBeforeGivingUp);
    let marks = &asked.scope.marks;
    let silent: Vec<u32> = asked
        .review
        .rows(asked.facts)
        .into_iter()
        .filter(|row| marks.handoffs.flags(*row) & flag::SILENT != 0)
        .collect();
    let hits = asked.flagged(&[Flag::FewAttempts]);
    if marks.effort == Record::Unrecorded {
        return Answer {
            question,
            means,
            metric,
            says: "no attempt is recorded in this workspace".into(),
            rate: None,
            rows: share(Vec::new(), silent),
            fix: Some("log attempts, or import them".into()),
        };
    }
    let agreed = asked.book.settings.min_attempts;
    let mean = asked.figure(Metric::AttemptsBeforeGivingUp).real();
    let rate = asked.rate(hits.len(), silent.len());
    let mean = mean.map_or_else(String::new, |mean| {
        format!(
            "{} attempts on average, {agreed} are agreed; ",
            decimals(mean, 1)
        )
    });
    Answer {
        question,
        means,
        metric,
        says: format!(
            "{mean}{} without a conversation were given up before that",
            told(rate)
        ),
        rate: Some(rate),
        fix: (!hits.is_empty()).then(|| {
            format!(
                "try {} again until {agreed} attempts are made",
                these(hits.len())
            )
        }),
        rows: share(hits, silent),
    }
}

fn unverified(asked: Asked) -> Answer {
    let hits = asked.flagged(&[Flag::Unverified]);
    let rate = asked.rate(hits.len(), asked.review.count() as usize);
    Answer {
        question: "How many rejections rest on nothing?",
        means: "unverified rejections ÷ rejections",
        metric: Some(Metric::UnverifiedRejections),
        says: format!("{} are unverified", told(rate)),
        rate: Some(rate),
        fix: (!hits.is_empty()).then(|| {
            format!(
                "log what is behind {}, or take them back: their cost is unproven, not waste",
                these(hits.len())
            )
        }),
        rows: share(hits, asked.review.rows(asked.facts)),
    }
}

/// Objective rejections of which the file shows no proof: their reason needs no conversation, so they count as waste all the same.
fn by_reason_alone(asked: Asked) -> Answer {
    let hits = asked.flagged(&[Flag::Unseen]);
    let objective = asked.review.drill(
        asked.facts,
        &[],
        Measure::Of(crate::metrics::review::Proof::Objective),
    );
    let objective: Vec<u32> = objective
        .rows
        .into_iter()
        .flat_map(|set| set.rows)
        .collect();
    let rate = asked.rate(hits.len(), objective.len());
    let looked = asked.known.proofs.is_some();
    Answer {
        question: "How many rest on their reason alone?",
        means: "objective by their reason, no proof seen ÷ objective rejections",
        metric: Some(Metric::UnverifiedRejections),
        says: if looked {
            format!(
                "{} objective ones show no proof here: no bounce, no other lead, no listed domain, no deal",
                told(rate)
            )
        } else {
            "nobody has looked for proof".into()
        },
        rate: looked.then_some(rate),
        fix: (!hits.is_empty()).then(|| {
            format!(
                "show what is behind {}, or agree to take the reps' word",
                these(hits.len())
            )
        }),
        rows: share(hits, objective),
    }
}

fn untouched(asked: Asked) -> Answer {
    let figure = asked.figure(Metric::IgnoredShare);
    let rate = asked.rate_of(&figure);
    let days = asked.book.settings.ignored_days;
    Answer {
        question: "How many were left lying?",
        means: "handed over more than the agreed days ago, neither tried nor decided ÷ handed over",
        metric: Some(Metric::IgnoredShare),
        says: match rate.filter(|_| figure.value.is_some()) {
            Some(rate) => format!(
                "{} handed over were neither tried nor decided within {days} days{}",
                told(rate),
                young(&figure)
            ),
            None => figure
                .note
                .clone()
                .unwrap_or_else(|| "nothing was handed over".into()),
        },
        fix: rate
            .filter(|rate| rate.hits > 0 && figure.value.is_some())
            .map(|rate| {
                format!(
                    "give {} a rep and a first attempt this week",
                    these(rate.hits as usize)
                )
            }),
        rate,
        rows: asked.drill(Metric::IgnoredShare),
    }
}

fn feedback(asked: Asked) -> Answer {
    let within = asked.figure(Metric::FeedbackWithin);
    let median = asked.figure(Metric::FeedbackLatency).real();
    let rate = asked.rate_of(&within);
    let days = asked.book.settings.feedback_days;
    let median = median.map_or_else(String::new, |median| {
        format!("median {} days, {days} are agreed; ", decimals(median, 1))
    });
    let late = rate.map_or(0, |rate| rate.n - rate.hits);
    Answer {
        question: "How soon does marketing hear what became of a lead?",
        means: "decided within the agreed days ÷ handed over and due",
        metric: Some(Metric::FeedbackWithin),
        says: match rate.filter(|rate| rate.n > 0) {
            Some(rate) => format!("{median}{} were decided in time", told(rate)),
            None => "no verdict is due yet".into(),
        },
        rate,
        rows: asked.drill(Metric::FeedbackWithin),
        fix: (late > 0).then(|| {
            let late = grouped(late as i64);
            format!("{late} came late or not at all: give a verdict within {days} days, or agree on more")
        }),
    }
}

/// `the 12`, `the one`.
pub(super) fn these(n: usize) -> String {
    if n == 1 {
        "the one".into()
    } else {
        format!("the {}", grouped(n as i64))
    }
}
