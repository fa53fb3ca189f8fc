//! Speed, effort, feedback: how soon and how hard sales tries. Counts nothing.

use super::{Definition, UnitOf, Wait};
use crate::metrics::context::HandoffClock;
use crate::metrics::figure::Counted;
use crate::metrics::id::Metric;
use crate::metrics::marks::handoffs::{Test, flag};
use crate::metrics::marks::ripeness::Way;
use crate::metrics::rowset::Made;
use crate::metrics::select::{FeedbackOf, Select, Toll, plus};
use crate::metrics::spans::SpanOf;

pub(super) fn define(metric: Metric) -> Option<Definition> {
    let created = |test| Select::Handoffs(HandoffClock::Created, test);
    let handed = |test| Select::Handoffs(HandoffClock::HandedOff, test);
    let assigned = |test| Select::Handoffs(HandoffClock::Assigned, test);
    let untouched = Test::EVERY.but(flag::TOUCHED);
    let span = |unit, of, made, way| Definition::span(unit, of, made).cohort(Wait::Past(way), None);
    let hours = UnitOf::Hours;
    Some(match metric {
        Metric::SpeedToLead => span(hours, SpanOf::Speed, Made::Median, Way::CreatedToAttempt),
        Metric::SpeedToLeadP90 => {
            span(hours, SpanOf::Speed, Made::Ninetieth, Way::CreatedToAttempt)
        }
        Metric::UntouchedShare => Definition::share(created(untouched), created(Test::EVERY))
            .cohort(Wait::Past(Way::CreatedToAttempt), None),
        Metric::SystemDelay => span(hours, SpanOf::System, Made::Median, Way::CreatedToAssigned),
        Metric::SystemDelayP90 => span(
            hours,
            SpanOf::System,
            Made::Ninetieth,
            Way::CreatedToAssigned,
        ),
        Metric::HumanDelay => span(hours, SpanOf::Human, Made::Median, Way::CreatedToAttempt),
        Metric::HumanDelayP90 => span(hours, SpanOf::Human, Made::Ninetieth, Way::CreatedToAttempt),
        // What is not yet due is in neither part: there is nothing to wait for.
        Metric::SlaAttainment => Definition::share(
            assigned(Test::all(flag::SLA_DUE | flag::SLA_KEPT)),
            assigned(Test::all(flag::SLA_DUE)),
        )
        .counted(Counted::Cohort)
        .aside(assigned(Test::EVERY.but(flag::SLA_DUE))),
        Metric::AttemptsBeforeGivingUp => {
            let silent = Test::all(flag::REJECTED | flag::SILENT);
            Definition::quotient(
                UnitOf::Count,
                vec![plus(Select::Toll(silent, Toll::Attempts))],
                vec![plus(Select::Handoffs(HandoffClock::Verdict, silent))],
            )
        }
        Metric::AttemptsBeforeGivingUpMedian => {
            Definition::span(UnitOf::Count, SpanOf::Attempts, Made::Median)
        }
        Metric::ContactRate => Definition::share(
            handed(Test::all(flag::TOUCHED | flag::CONNECTED)),
            handed(Test::all(flag::TOUCHED)),
        )
        .cohort(
            Wait::Past(Way::HandoffToConnected),
            Some(handed(
                Test::all(flag::TOUCHED).but(flag::CONNECTED | flag::VERDICT),
            )),
        ),
        Metric::FeedbackLatency => span(
            UnitOf::Days,
            SpanOf::Feedback,
            Made::Median,
            Way::HandoffToVerdict,
        ),
        Metric::FeedbackLatencyP90 => span(
            UnitOf::Days,
            SpanOf::Feedback,
            Made::Ninetieth,
            Way::HandoffToVerdict,
        ),
        Metric::FeedbackWithin => Definition::share(
            handed(Test::all(flag::FEEDBACK_DUE | flag::FEEDBACK_KEPT)),
            handed(Test::all(flag::FEEDBACK_DUE)),
        )
        .counted(Counted::Cohort)
        .aside(handed(Test::EVERY.but(flag::FEEDBACK_DUE))),
        // A change may come at any time: there is no day after which it is late.
        Metric::FeedbackActedOn => Definition::share(
            Select::Feedback(FeedbackOf::Acted),
            Select::Feedback(FeedbackOf::Acknowledged),
        )
        .counted(Counted::Cohort),
        _ => return None,
    })
}
