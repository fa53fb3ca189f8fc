//! Volume and quality: leads, handoffs, verdicts and reasons. Counts nothing.

use super::{Against, Definition, UnitOf, Wait};
use crate::metrics::context::{Context, HandoffClock, LeadClock};
use crate::metrics::figure::Counted;
use crate::metrics::id::Metric;
use crate::metrics::marks::handoffs::{Test, flag};
use crate::metrics::marks::ripeness::Way;
use crate::metrics::scope::Mode;
use crate::metrics::select::{ChallengeOf, FitOf, Select, plus};

/// Accepted or rejected; recycled is neither.
pub(crate) const DECIDED: Test = Test::any(flag::ACCEPTED | flag::REJECTED);
const OPEN: Test = Test::EVERY.but(flag::VERDICT);

fn handed(test: Test) -> Select {
    Select::Handoffs(HandoffClock::HandedOff, test)
}

fn judged(test: Test) -> Select {
    Select::Handoffs(HandoffClock::Verdict, test)
}

/// A share by verdict, or of those handed off in the period.
fn by_mode(mode: Mode, rows: Test, base: Test) -> Definition {
    match mode {
        Mode::Event => Definition::share(judged(rows), judged(base)),
        Mode::Cohort => Definition::share(handed(rows), handed(base))
            .cohort(Wait::Past(Way::HandoffToVerdict), Some(handed(OPEN))),
    }
}

pub(super) fn define(metric: Metric, mode: Mode, ctx: &Context) -> Option<Definition> {
    let accepted = Test::all(flag::ACCEPTED);
    let rejected = Test::all(flag::REJECTED);
    let verdicts = Wait::Past(Way::HandoffToVerdict);
    Some(match metric {
        Metric::Leads => Definition::count(Select::Leads(LeadClock::Created)),
        Metric::Mqls => Definition::count(Select::Leads(LeadClock::Mql)),
        Metric::MqlAttainment => Definition::target(
            UnitOf::Ratio,
            Against::Attainment,
            Metric::Mqls,
            vec![plus(Select::Leads(LeadClock::Mql))],
        ),
        Metric::Handoffs => Definition::count(handed(Test::EVERY)),
        Metric::Conversations => {
            Definition::count(Select::Handoffs(HandoffClock::Connected, Test::EVERY))
        }
        Metric::FirstMeetings => {
            Definition::count(Select::Handoffs(HandoffClock::Meeting, Test::EVERY))
        }
        Metric::FirstMeetingsIcpShare => {
            let met = |of| Select::Meetings(of);
            Definition::share(met(FitOf::Fits), met(FitOf::Judged)).aside(met(FitOf::Untold))
        }
        Metric::WorkedRate => {
            Definition::share(handed(Test::any(flag::VERDICT)), handed(Test::EVERY))
                .cohort(verdicts, Some(handed(OPEN)))
        }
        Metric::AcceptanceRate => by_mode(mode, accepted, DECIDED),
        Metric::AcceptanceOfHandoffs => match mode {
            Mode::Cohort => by_mode(mode, accepted, Test::EVERY),
            Mode::Event => Definition::quotient(
                UnitOf::Ratio,
                vec![plus(judged(accepted))],
                vec![plus(handed(Test::EVERY))],
            ),
        },
        Metric::RejectionRate => by_mode(mode, rejected, DECIDED),
        Metric::RejectionsByReason => {
            Definition::share(Select::Reason(ctx.top_reason()), Select::rejected())
        }
        Metric::RejectionsBySource => {
            let source = ctx.top_source();
            Definition::share(
                Select::FromSource(source, rejected),
                Select::FromSource(source, DECIDED),
            )
        }
        Metric::UnverifiedRejections => {
            Definition::share(judged(rejected.and(flag::UNVERIFIED)), judged(rejected))
        }
        Metric::ChallengeRate => {
            let of = |of| plus(Select::Challenges(of));
            let share = Definition::share(Select::rejected(), Select::rejected());
            Definition {
                rows: vec![of(ChallengeOf::Standing), of(ChallengeOf::Gone)],
                base: vec![plus(Select::rejected()), of(ChallengeOf::Gone)],
                ..share
            }
        }
        Metric::OverturnRate => Definition::share(
            Select::Challenges(ChallengeOf::Overturned),
            Select::Challenges(ChallengeOf::Settled),
        ),
        Metric::SourceTrust => {
            let ripe = DECIDED.and(flag::RIPE);
            // Only mature handoffs are in it: there is nothing to wait for.
            Definition::share(handed(ripe.and(flag::QUALIFIED)), handed(ripe))
                .counted(Counted::Cohort)
                .aside(handed(DECIDED.but(flag::RIPE)))
        }
        Metric::SourceTrustRun => Definition::count(Select::Streak)
            .counted(Counted::Cohort)
            .aside(handed(DECIDED.and(flag::RIPE))),
        Metric::IgnoredShare => {
            Definition::share(handed(Test::all(flag::IGNORED)), handed(Test::EVERY))
                .cohort(Wait::Seconds(ctx.book.settings.ignored_days * 86_400), None)
        }
        _ => return None,
    })
}
