//! What must be said beside a number besides its n and mode. Computes nothing.

use super::compute::{Parts, needs_attempts, target_of};
use super::context::Context;
use super::dictionary;
use super::figure::Figure;
use super::id::Metric;
use super::marks::Record;
use super::marks::costs::unsplit;
use super::show;
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
        notes.push(show::TOO_LARGE.into());
    }
    if figure.unpriced > 0 {
        notes.extend(unpriced(ctx, metric, parts, figure));
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
    } else if figure.open > 0 && (metric != Metric::WorkedRate || figure.value.is_some()) {
        notes.push(format!("{} still open", figure.open));
    }
    let aside = parts.aside.map_or(0, |aside| aside.count);
    let taken_back = parts.rows.get(1).map_or(0, |back| back.count);
    notes.extend(match metric {
        Metric::QualifiedPipelineSourced | Metric::SqoCount if taken_back > 0 => {
            Some(format!("restated: {taken_back} taken back"))
        }
        Metric::Revenue => restated(taken_back, parts.rows.get(2).map_or(0, |made| made.count)),
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
        | Metric::ContributionMarginShare => margin(ctx, metric, aside),
        Metric::WorkedRate if ctx.marks().work == Record::Unrecorded => {
            Some("neither verdicts nor attempts are recorded in this workspace".into())
        }
        Metric::Spend if figure.value.is_none() => Some(no_spend(ctx)),
        Metric::WastedSpend | Metric::WastedSpendUnproven
            if ctx.marks().spending == Record::Unrecorded =>
        {
            Some(NO_SPEND.into())
        }
        Metric::CostOfMisalignment => misalignment(ctx),
        Metric::Cac if figure.value.is_none() && unsplit(ctx) > 0 => {
            let media = dictionary::name(Metric::CacMedia);
            Some(format!("{UNSPLIT}: see {media}"))
        }
        Metric::ReadingFinance => finance(parts, aside),
        Metric::RejectionsByReason => {
            let code = ctx.top_reason();
            (code != NONE).then(|| ctx.facts.names.reasons.name(code).to_owned())
        }
        Metric::RejectionsBySource if figure.n > 0 => {
            Some(ctx.facts.names.sources.name(ctx.top_source()).to_owned())
        }
        Metric::FirstMeetingsIcpShare | Metric::RecordedTooEarly
            if ctx.facts.handoffs.stamps == Says::NotJudged =>
        {
            Some(NOT_JUDGED.into())
        }
        Metric::FirstMeetingsIcpShare if aside > 0 => Some(format!(
            "{} left out: no fit rules were in force, or a field is unknown",
            show::several(aside, "meeting")
        )),
        Metric::SourceTrust if aside > 0 => Some(format!("{aside} too young to judge")),
        _ if needs_attempts(metric) && ctx.marks().effort == Record::Unrecorded => {
            Some(NO_ATTEMPT.into())
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
            Some(no_spend(ctx))
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

const NO_SPEND: &str = "no spend recorded";
const NO_ATTEMPT: &str = "no attempt is recorded in this workspace";
const UNSPLIT: &str = "people's cost names none of the filter's values and cannot be split";

/// Nothing was ever spent, or nothing that is known to be for these rows.
fn no_spend(ctx: &Context) -> String {
    match ctx.marks().spending {
        Record::Unrecorded => NO_SPEND.into(),
        Record::Recorded => format!("{NO_SPEND} for it in the period"),
    }
}

/// What of revenue are adjusting entries (C8).
fn restated(taken_back: u64, corrected: u64) -> Option<String> {
    match (taken_back, corrected) {
        (0, 0) => None,
        (back, 0) => Some(format!("restated: {back} taken back")),
        (0, made) => Some(format!("restated: {made} corrected")),
        (back, made) => Some(format!("restated: {back} taken back, {made} corrected")),
    }
}

/// Which rows are counted and not priced; nothing where no row could be.
fn unpriced(ctx: &Context, metric: Metric, parts: &Parts, figure: &Figure) -> Option<String> {
    let rows = match metric {
        Metric::WastedSpend | Metric::WastedSpendUnproven => figure.unpriced,
        // Its other part is the reps' time.
        Metric::CostOfMisalignment => parts.rows.first().map_or(0, |waste| waste.unpriced),
        _ => {
            let rows = figure.unpriced;
            return Some(format!("partial: {rows} without a value or a rate"));
        }
    };
    let spent = ctx.marks().spending == Record::Recorded;
    (rows > 0 && spent).then(|| format!("partial: {rows} from sources without spend that month"))
}

/// What the cost of misalignment cannot hold.
fn misalignment(ctx: &Context) -> Option<String> {
    let spent = ctx.marks().spending == Record::Recorded;
    let tried = ctx.marks().effort == Record::Recorded;
    match (spent, tried) {
        (true, true) => None,
        (false, true) => Some(format!("partial: rep hours alone, {NO_SPEND}")),
        (true, false) => Some(format!("partial: wasted spend alone, {NO_ATTEMPT}")),
        (false, false) => Some(format!("{NO_SPEND}, and {NO_ATTEMPT}")),
    }
}

/// Deals that finance weighs by the rate of all stages, and those it leaves out.
fn finance(parts: &Parts, overdue: u64) -> Option<String> {
    let pooled = parts.rows.get(1).map_or(0, |pooled| pooled.count);
    let mut said = Vec::new();
    if pooled > 0 {
        let deals = show::several(pooled, "deal");
        said.push(format!("{deals} at the rate of all stages"));
    }
    if overdue > 0 {
        said.push(format!("{overdue} past their close date left out"));
    }
    (!said.is_empty()).then(|| said.join("; "))
}

/// Deals whose margin nobody knows, and cost that a filter cannot see.
fn margin(ctx: &Context, metric: Metric, unknown: u64) -> Option<String> {
    let mut said = Vec::new();
    if unknown > 0 {
        let deals = show::several(unknown, "deal");
        said.push(format!("margin unknown for {deals}"));
    }
    if metric != Metric::ContributionMarginBefore && unsplit(ctx) > 0 {
        said.push(format!("{UNSPLIT}: it is not in it"));
    }
    (!said.is_empty()).then(|| said.join("; "))
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
