//! What must be said beside a number besides its n and mode. Computes nothing.

use super::compute::{Parts, needs_attempts, target_of};
use super::context::Context;
use super::figure::Figure;
use super::id::Metric;
use super::marks::Effort;
use crate::facts::column::NONE;
use crate::facts::handoffs::Says;

/// Said where the handoffs have not been judged by their stamps.
const NOT_JUDGED: &str = "the handoffs are still being judged by the criteria in force";

/// The note of a figure, in the users' words; `None` where nothing needs saying.
pub(crate) fn note(
    ctx: &Context,
    metric: Metric,
    parts: &Parts,
    figure: &Figure,
) -> Option<String> {
    let mut notes: Vec<String> = Vec::new();
    if parts
        .rows
        .iter()
        .chain(&parts.base)
        .any(|tally| tally.sum.is_none())
    {
        notes.push("too large to add up".into());
    }
    if figure.unpriced > 0 {
        notes.push(unpriced(metric, figure.unpriced));
    }
    if let Some(span) = &parts.span {
        if span.open > 0 {
            notes.push(format!("{} still open, ranked last", span.open));
        }
        if span.wrong > 0 {
            notes.push(format!("{} end before they start, left out", span.wrong));
        }
        if span.untold > 0 {
            notes.push(format!(
                "{} without a time of their own, left out",
                span.untold
            ));
        }
    } else if figure.open > 0 {
        notes.push(format!("{} still open", figure.open));
    }
    let aside = parts.aside.map_or(0, |aside| aside.count);
    let taken_back = parts.rows.get(1).map_or(0, |back| back.count);
    notes.extend(match metric {
        Metric::QualifiedPipelineSourced | Metric::SqoCount | Metric::Revenue if taken_back > 0 => {
            Some(format!("restated: {taken_back} taken back"))
        }
        Metric::PipelineAttainment | Metric::PipelineGap | Metric::PipelinePace => {
            no_target(ctx, Metric::QualifiedPipelineSourced)
        }
        Metric::RevenueAttainment => no_target(ctx, Metric::Revenue),
        Metric::MqlAttainment => no_target(ctx, Metric::Mqls),
        Metric::PipelineCoverage => no_target(ctx, Metric::Revenue).or_else(|| {
            let met = figure.denominator.is_some_and(|missing| missing <= 0);
            met.then(|| "target met".into())
        }),
        Metric::ContributionMargin
        | Metric::ContributionMarginBefore
        | Metric::ContributionMarginShare
            if aside > 0 =>
        {
            Some(format!("margin unknown for {aside} deals"))
        }
        Metric::ReadingFinance if aside > 0 => {
            Some(format!("{aside} past their close date left out"))
        }
        Metric::RejectionsByReason => {
            let code = ctx.top_reason();
            (code != NONE).then(|| ctx.facts.names.reasons.name(code).to_owned())
        }
        Metric::RejectionsBySource if figure.n > 0 => {
            Some(ctx.facts.names.sources.name(ctx.top_source()).to_owned())
        }
        Metric::SourceTrust if aside > 0 => Some(format!("{aside} too young to judge")),
        _ if needs_attempts(metric) && ctx.marks().effort == Effort::Unrecorded => {
            Some("no attempt is recorded in this workspace".into())
        }
        Metric::SlaAttainment | Metric::FeedbackWithin if aside > 0 => {
            Some(format!("{aside} not due yet"))
        }
        Metric::ConversionMqlAccepted
        | Metric::ConversionAcceptedConnected
        | Metric::ConversionConnectedQualified
            if aside > 0 =>
        {
            Some(format!("{aside} skipped the step and count as reached"))
        }
        Metric::CostPerLead
        | Metric::CostPerAccepted
        | Metric::CostPerSqo
        | Metric::CostPerPipelineUnit
        | Metric::Cac
        | Metric::CacMedia
            if figure.value.is_none() && parts.rows[0].count == 0 =>
        {
            Some("no spend recorded".into())
        }
        Metric::RepHoursOnRejected => measured(parts),
        Metric::CriteriaVerdictAgreement
        | Metric::CriteriaVerdictKappa
        | Metric::RejectedAlthoughMet
        | Metric::AcceptedAlthoughFailed
        | Metric::CriteriaMetRate
            if figure.n == 0 =>
        {
            Some(match ctx.facts.handoffs.stamps {
                Says::NotJudged => NOT_JUDGED.into(),
                Says::Judged(_) => "no handoff was judged by criteria in force".into(),
            })
        }
        _ => None,
    });
    if metric_is_conversion(metric) && figure.real().is_some_and(|value| value > 1.0) {
        notes.push("above 100 %: the two sides are counted by their own clocks".into());
    }
    (!notes.is_empty()).then(|| notes.join("; "))
}

fn metric_is_conversion(metric: Metric) -> bool {
    matches!(
        metric,
        Metric::Conversion
            | Metric::ConversionMqlAccepted
            | Metric::ConversionAcceptedConnected
            | Metric::ConversionConnectedQualified
            | Metric::ConversionQualifiedWon
            | Metric::AcceptanceOfHandoffs
    )
}

fn unpriced(metric: Metric, rows: u64) -> String {
    match metric {
        Metric::WastedSpend | Metric::WastedSpendUnproven | Metric::CostOfMisalignment => {
            format!("partial: {rows} from sources without spend that month")
        }
        _ => format!("partial: {rows} without a value or a rate"),
    }
}

fn no_target(ctx: &Context, metric: Metric) -> Option<String> {
    if target_of(ctx, metric).is_some() {
        return None;
    }
    Some(if ctx.scope.filter.is_empty() {
        "no target set for this period".into()
    } else {
        "targets are set for the whole workspace, not for a filter".into()
    })
}

fn measured(parts: &Parts) -> Option<String> {
    let (all, logged) = (parts.rows[0].sum?, parts.aside?.sum?);
    (all > 0).then(|| {
        let share = logged as f64 * 100.0 / all as f64;
        format!("{share:.0} % measured, the rest by default minutes")
    })
}
