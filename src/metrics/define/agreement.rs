//! The criteria beside the verdicts: each handoff by the version it was stamped with. Judges nothing and counts nothing.

use super::Shape;
use super::{DECIDED, Definition, UnitOf};
use crate::metrics::context::HandoffClock;
use crate::metrics::id::Metric;
use crate::metrics::marks::handoffs::{Test, flag};
use crate::metrics::select::{Select, Term, plus};

const fn cell(flags: u32) -> Select {
    Select::Handoffs(HandoffClock::Verdict, Test::all(flags))
}

const fn decided(flags: u32) -> Select {
    Select::Handoffs(HandoffClock::Verdict, DECIDED.and(flags))
}

const MET_ACCEPTED: Select = cell(flag::MET | flag::ACCEPTED);
const MET_REJECTED: Select = cell(flag::MET | flag::REJECTED);
const FAILED_ACCEPTED: Select = cell(flag::FAILED | flag::ACCEPTED);
const FAILED_REJECTED: Select = cell(flag::FAILED | flag::REJECTED);

/// The four cells: rows are what the criteria say, columns what the reps said.
fn cells() -> Vec<Term> {
    [MET_ACCEPTED, MET_REJECTED, FAILED_ACCEPTED, FAILED_REJECTED]
        .map(plus)
        .to_vec()
}

pub(super) fn define(metric: Metric) -> Option<Definition> {
    let agreed = || vec![plus(MET_ACCEPTED), plus(FAILED_REJECTED)];
    let of = |shape| Definition {
        shape,
        base: cells(),
        ..Definition::sum(UnitOf::Ratio, agreed())
    };
    Some(match metric {
        Metric::CriteriaVerdictAgreement => of(Shape::Quotient { share: true }),
        Metric::CriteriaVerdictKappa => of(Shape::Kappa),
        Metric::RejectedAlthoughMet => Definition::share(MET_REJECTED, decided(flag::MET)),
        Metric::AcceptedAlthoughFailed => Definition::share(FAILED_ACCEPTED, decided(flag::FAILED)),
        Metric::CriteriaMetRate => {
            let handed = |test| Select::Handoffs(HandoffClock::HandedOff, test);
            let judged = Test::any(flag::MET | flag::FAILED | flag::UNTOLD);
            Definition::share(handed(Test::all(flag::MET)), handed(judged))
        }
        _ => return None,
    })
}
