//! What an issue or a decision rests on, in words. Names in it are foreign text.

use crate::domain::ids::{FeedbackId, HandoffId, LeadId, OpportunityId};
use crate::domain::meeting::ground::Ground;
use crate::metrics::id::Metric;

fn ground(ground: &Ground, name: impl Fn(Metric) -> &'static str) -> String {
    match ground {
        Ground::Metric(id) => Metric::parse(id).map_or_else(|| id.clone(), |id| name(id).into()),
        Ground::Lead(LeadId(id)) => format!("lead {id}"),
        Ground::Handoff(HandoffId(id)) => format!("handoff {id}"),
        Ground::Deal(OpportunityId(id)) => format!("deal {id}"),
        Ground::Cluster(FeedbackId(id)) => format!("cluster of rejections {id}"),
        Ground::Source(name) => format!("source {name}"),
        Ground::Campaign(name) => format!("campaign {name}"),
        Ground::Criteria(number) => format!("criteria version {number}"),
        Ground::Words(words) => words.clone(),
    }
}

/// Everything that something rests on, in one line; empty where it rests on nothing. `name` is what a number is called here.
pub fn grounds(all: &[Ground], name: impl Fn(Metric) -> &'static str) -> String {
    let told: Vec<String> = all.iter().map(|one| ground(one, &name)).collect();
    // Where its value stands in words too, the name alone says nothing more.
    let again = |name: &String| {
        told.iter()
            .any(|other| other.len() > name.len() && other.starts_with(name.as_str()))
    };
    let kept: Vec<&str> = told
        .iter()
        .filter(|name| !again(name))
        .map(String::as_str)
        .collect();
    kept.join(" · ")
}
