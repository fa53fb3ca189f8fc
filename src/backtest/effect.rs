//! Each rule's own effect: what changes when it is left out, and which rules say much the same. Changes no definition.

use super::ground::Ground;
use super::impact::Turn;
use super::judge::{Judged, without};
use super::tally::Tally;
use crate::domain::criteria::Definition;

/// What a rule does beside the others.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Effect {
    /// Number of the rule.
    pub rule: usize,
    /// Mature handoffs that meet it.
    pub met: u64,
    /// Mature handoffs of which it says unknown.
    pub unknown: u64,
    /// What it alone keeps out: passed if it were left out.
    pub kept_out: Tally,
    /// What passes only thanks to it (supporting rules).
    pub let_in: Tally,
    /// Precision with it less precision without it; `None`: one of them is 0/0.
    pub precision: Option<f64>,
    /// The same for recall.
    pub recall: Option<f64>,
    /// The same for revenue recall.
    pub revenue_recall: Option<f64>,
}

/// Leave-one-out over the rules that count (METRICS: `rule_lift`). The sums of everything and of what the definition passes are there
/// already; `go_on` is asked between two rules.
pub fn effects(
    ground: &Ground,
    definition: &Definition,
    judged: &Judged,
    (all, with): (&Tally, &Tally),
    go_on: &dyn Fn() -> bool,
) -> Vec<Effect> {
    let rows = ground.counts.len();
    let ratio = |a: u64, b: u64| (b > 0).then(|| a as f64 / b as f64);
    let precision = |t: &Tally| ratio(t.qualified, t.worked);
    let recall = |t: &Tally| ratio(t.qualified, all.qualified);
    let revenue = |t: &Tally| (all.revenue > 0).then(|| t.revenue as f64 / all.revenue as f64);
    let less = |a: Option<f64>, b: Option<f64>| a.zip(b).map(|(a, b)| a - b);
    let on = definition
        .rules
        .iter()
        .enumerate()
        .filter(|(_, rule)| rule.is_on());
    on.take_while(|_| go_on())
        .map(|(rule, _)| {
            let other = without(judged, definition, rule, rows);
            let kept_out = ground.tally(&other.passed.but(&judged.passed));
            let let_in = ground.tally(&judged.passed.but(&other.passed));
            let bare = with.less(&let_in).plus(&kept_out);
            let own = &judged.rules[rule];
            Effect {
                rule,
                met: own.met.count_both(&ground.mature),
                unknown: own
                    .unknown
                    .as_ref()
                    .map_or(0, |u| u.count_both(&ground.mature)),
                precision: less(precision(with), precision(&bare)),
                recall: less(recall(with), recall(&bare)),
                revenue_recall: less(revenue(with), revenue(&bare)),
                kept_out,
                let_in,
            }
        })
        .collect()
}

/// Row numbers behind an effect: what the rule alone keeps out, or lets in.
pub fn rows(
    ground: &Ground,
    definition: &Definition,
    judged: &Judged,
    rule: usize,
    turn: Turn,
) -> Vec<u32> {
    let other = without(judged, definition, rule, ground.counts.len());
    let set = match turn {
        Turn::Out => other.passed.but(&judged.passed),
        Turn::In => judged.passed.but(&other.passed),
    };
    set.and(&ground.mature).ones().collect()
}

/// Two rules that say much the same.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pair {
    /// One rule.
    pub one: usize,
    /// The other.
    pub other: usize,
    /// Their correlation (φ), −1 to 1.
    pub phi: f64,
}

/// From here on two rules are said to be correlated.
const STRONG: f64 = 0.7;

/// Rules that count whose answers go together on the mature past, strongest first.
pub fn alike(ground: &Ground, definition: &Definition, judged: &Judged) -> Vec<Pair> {
    let on: Vec<usize> = (0..judged.rules.len())
        .filter(|i| definition.rules[*i].is_on())
        .collect();
    let n = ground.mature.count() as f64;
    let met: Vec<_> = on
        .iter()
        .map(|i| judged.rules[*i].met.and(&ground.mature))
        .collect();
    let counts: Vec<f64> = met.iter().map(|bits| bits.count() as f64).collect();
    let mut pairs = Vec::new();
    for a in 0..on.len() {
        for b in a + 1..on.len() {
            let spread = counts[a] * counts[b] * (n - counts[a]) * (n - counts[b]);
            let together = n * met[a].count_both(&met[b]) as f64 - counts[a] * counts[b];
            let phi = together / spread.sqrt();
            if spread > 0.0 && phi.abs() >= STRONG {
                pairs.push(Pair {
                    one: on[a],
                    other: on[b],
                    phi,
                });
            }
        }
    }
    pairs.sort_by(|a, b| b.phi.abs().total_cmp(&a.phi.abs()));
    pairs
}
