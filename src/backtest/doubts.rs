//! What the data say against a definition: rules that never matter, fields that are mostly unknown, loosening without evidence. Forbids nothing.

use super::ground::Ground;
use super::impact::Impact;
use super::judge::Judged;
use crate::domain::criteria::{Change, Definition, Move, Warning};

/// From this share on, a field is mostly unknown.
const MOSTLY: f64 = 0.5;

/// The doubts of the data, on the mature past.
pub fn doubts(ground: &Ground, definition: &Definition, judged: &Judged) -> Vec<Warning> {
    let all = ground.mature.count();
    let mut doubts = Vec::new();
    if all == 0 {
        return doubts;
    }
    for (number, (rule, bits)) in definition.rules.iter().zip(&judged.rules).enumerate() {
        if !rule.is_on() {
            continue;
        }
        let met = bits.met.count_both(&ground.mature);
        let unknown = bits
            .unknown
            .as_ref()
            .map_or(0, |u| u.count_both(&ground.mature));
        let mut doubt = |what: String| {
            doubts.push(Warning {
                rules: vec![number],
                what,
            });
        };
        let share = unknown as f64 / all as f64;
        if share >= MOSTLY {
            doubt(format!(
                "{} is unknown for {:.0} % of the leads",
                rule.condition.field,
                share * 100.0
            ));
        }
        if unknown == all {
            continue;
        }
        if met == all - unknown {
            doubt(format!(
                "'{}' is always met where it is known",
                rule.condition
            ));
        } else if met == 0 {
            doubt(format!("'{}' is never met", rule.condition));
        }
    }
    if judged.passed.count_both(&ground.mature) == 0 {
        doubts.push(Warning {
            rules: Vec::new(),
            what: "no lead of the past would have passed".into(),
        });
    }
    doubts
}

/// What is said of changes that let more through than before, where the past shows no deal among what they let in.
pub fn loosened(changes: &[Change], impact: &Impact, ground: &Ground) -> Option<Warning> {
    let looser = changes.iter().filter(|c| c.way == Move::Looser);
    let rules: Vec<usize> = looser.clone().filter_map(|c| c.after).collect();
    let inside = &impact.past.inside;
    // What lets nobody in needs no evidence.
    if looser.count() == 0 || inside.qualified > 0 || inside.leads == 0 {
        return None;
    }
    let what = if inside.worked < ground.small_n {
        format!(
            "it is looser, and only {} of the leads it lets in were ever worked: there is no evidence",
            inside.worked
        )
    } else {
        format!(
            "it is looser, and none of the {} worked leads it lets in ever qualified",
            inside.worked
        )
    };
    Some(Warning { rules, what })
}
