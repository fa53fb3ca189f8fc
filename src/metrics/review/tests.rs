//! The review of rejections, counted by hand and as properties of every history.

mod asked;
mod by_hand;
mod flags;
mod halves;
mod properties;
mod propose;
mod proven;
mod second;

use super::{Axis, Cluster, Review};
use crate::facts::Facts;

/// The whole worklist.
fn listed(review: &Review, facts: &Facts, by: Axis, and: Axis) -> Vec<Cluster> {
    let list = review.worklist(facts, by, and);
    (0..list.len())
        .map_while(|at| list.get(review, facts, at))
        .collect()
}
