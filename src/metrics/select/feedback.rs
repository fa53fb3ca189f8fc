//! Which clusters of rejections fall into a period, as rows of the feedback on them. Adds nothing up.

use crate::domain::moment::Moment;
use crate::metrics::context::Context;

/// Which clusters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FeedbackOf {
    /// Marketing took note of it in the period.
    Acknowledged,
    /// The same, and something was changed since.
    Acted,
}

/// Visits the clusters of the filter by their row numbers.
pub(crate) fn feedback(ctx: &Context, of: FeedbackOf, mut f: impl FnMut(u32)) {
    let by_now = |at: Moment| at != Moment::NEVER && at <= ctx.scope.as_of;
    for (row, cluster) in (0..).zip(&ctx.facts.feedback) {
        let noted = ctx.past.holds(cluster.acknowledged) && cluster.passes(&ctx.scope.filter);
        if noted && (of == FeedbackOf::Acknowledged || by_now(cluster.acted)) {
            f(row);
        }
    }
}
