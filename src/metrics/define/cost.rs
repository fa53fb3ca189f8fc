//! Cost: what leads, deals and disagreement cost. Counts nothing.

use super::outcome::{FROZEN, ONE, deals, qualified};
use super::{Definition, UnitOf};
use crate::metrics::context::{HandoffClock, LeadClock};
use crate::metrics::id::Metric;
use crate::metrics::marks::deals::deal;
use crate::metrics::marks::handoffs::{Test, flag};
use crate::metrics::select::{DealClock, Select, SpendOn, Term, Toll, plus};

/// Rejections with evidence; the lead's cost is lost once.
const VERIFIED: Test = Test::all(flag::REJECTED).but(flag::UNVERIFIED | flag::AGAIN);
const UNPROVEN: Test = Test::all(flag::REJECTED | flag::UNVERIFIED).but(flag::AGAIN);
const REJECTED: Test = Test::all(flag::REJECTED);

pub(super) fn define(metric: Metric) -> Option<Definition> {
    let spend = |on| vec![plus(Select::Spend(on))];
    let per = |on, base: Vec<Term>| Definition::quotient(UnitOf::Money, spend(on), base);
    let customers = || {
        vec![plus(deals(
            DealClock::Closed,
            |_, _, m| m.is(deal::NEW_CUSTOMER),
            ONE,
        ))]
    };
    let programmes = SpendOn::Programmes;
    let wasted = |test| plus(Select::Toll(test, Toll::LeadCost));
    let hours_cost = plus(Select::Toll(REJECTED, Toll::RepCost));
    Some(match metric {
        Metric::Spend => Definition::sum(UnitOf::Money, spend(programmes)),
        Metric::CostPerLead => per(programmes, vec![plus(Select::Leads(LeadClock::Created))])
            .aside(Select::LeadsNotFree),
        Metric::CostPerAccepted => per(
            programmes,
            vec![plus(Select::Handoffs(
                HandoffClock::Verdict,
                Test::all(flag::ACCEPTED),
            ))],
        ),
        Metric::CostPerSqo => per(programmes, qualified(ONE)),
        Metric::CostPerPipelineUnit => {
            Definition::quotient(UnitOf::Ratio, spend(programmes), qualified(FROZEN))
        }
        Metric::Cac => per(SpendOn::All, customers()),
        Metric::CacMedia => per(SpendOn::Media, customers()),
        Metric::WastedSpend => Definition::sum(UnitOf::Money, vec![wasted(VERIFIED)]),
        Metric::WastedSpendUnproven => Definition::sum(UnitOf::Money, vec![wasted(UNPROVEN)]),
        Metric::RepHoursOnRejected => Definition::sum(
            UnitOf::Hours,
            vec![plus(Select::Toll(REJECTED, Toll::Minutes))],
        )
        .aside(Select::Toll(REJECTED, Toll::MinutesLogged)),
        Metric::RepCostOnRejected => Definition::sum(UnitOf::Money, vec![hours_cost]),
        Metric::CostOfMisalignment => {
            Definition::sum(UnitOf::Money, vec![wasted(VERIFIED), hours_cost])
        }
        _ => return None,
    })
}
