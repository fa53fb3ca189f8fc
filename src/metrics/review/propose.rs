//! The criteria rule that a cluster of rejections asks for: what its leads share and the rest does not. Puts nothing in force.

use fixedbitset::FixedBitSet;

use super::pool::Review;
use crate::domain::criteria::{Condition, Field, FieldKind, Kind, Literal, Number, Operator};
use crate::domain::criteria::{Rule, Switch, Value};
use crate::facts::Facts;
use crate::facts::fields::FieldColumn;
use crate::metrics::figure::wilson;
use crate::metrics::marks::handoffs::{Test, flag};
use crate::metrics::scope::Scope;

/// Fewest leads of a cluster that a rule may rest on.
const LEAST: u64 = 5;
/// Fewest of them that share a value.
const SHARED: u64 = 3;
/// Most values in one list.
const MOST_VALUES: usize = 5;
/// Most places at which numbers are cut in two.
const MOST_CUTS: usize = 60;
/// More values than this name leads rather than group them.
const MOST_KINDS: usize = 5_000;

/// A rule with what it would have done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// The rule, ready for the draft; its text is `rule.text(fields)`.
    pub rule: Rule,
    /// Leads of the cluster that it would have kept back.
    pub caught: u64,
    /// Leads of the cluster.
    pub of: u64,
    /// Other rejections that it would have kept back too.
    pub others: u64,
    /// Qualified or won handoffs of the whole history that it would have cost.
    pub lost: u64,
    /// All of those.
    pub good: u64,
    /// Whether the cluster's reason speaks about this field.
    pub is_hinted: bool,
}

impl Proposal {
    /// Share of the cluster caught less share of the good ones lost: what proposals are ordered by.
    pub fn gain(&self) -> f64 {
        part(self.caught, self.of) - part(self.lost, self.good)
    }
}

/// Rules that a cluster asks for, best first: those about the field that its reason speaks of, then those that catch most of it for
/// the fewest good ones. `cluster` are row numbers of handoffs, columns are over all handoffs.
pub fn propose(
    facts: &Facts,
    scope: &Scope,
    review: &Review,
    cluster: &[u32],
    fields: &[(&Field, &FieldColumn)],
    hint: Option<&str>,
) -> Vec<Proposal> {
    let mut inside = FixedBitSet::with_capacity(facts.handoffs.len());
    for row in cluster {
        inside.insert(*row as usize);
    }
    let outside = |rows: &FixedBitSet| -> Vec<u32> {
        rows.difference(&inside).map(|row| row as u32).collect()
    };
    let test = Test::any(flag::QUALIFIED | flag::WON);
    let marks = &scope.marks.handoffs;
    let all = 0..facts.handoffs.len() as u32;
    let counted = all.filter(|row| scope.mask.handoffs.contains(*row as usize));
    let rows = Rows {
        cluster,
        decided: outside(review.decided.rows.bits()),
        rejected: outside(review.bits()),
        good: counted
            .filter(|row| test.passes(marks.flags(*row)))
            .collect(),
    };
    let mut found: Vec<Proposal> = fields
        .iter()
        .filter_map(|(field, column)| best(field, column, &rows, hint))
        .collect();
    found.sort_by(|a, b| {
        let hinted = b.is_hinted.cmp(&a.is_hinted);
        hinted.then(b.gain().total_cmp(&a.gain()))
    });
    found
}

/// The handoffs that a rule is judged on.
struct Rows<'a> {
    cluster: &'a [u32],
    /// Decided ones that are not in the cluster.
    decided: Vec<u32>,
    /// Rejections that are not in the cluster.
    rejected: Vec<u32>,
    /// Qualified or won.
    good: Vec<u32>,
}

/// Handoffs by code of one field.
struct Counts {
    cluster: Vec<u64>,
    decided: Vec<u64>,
    rejected: Vec<u64>,
    good: Vec<u64>,
}

impl Counts {
    fn new(column: &FieldColumn, rows: &Rows) -> Counts {
        let count = |rows: &[u32]| {
            let mut counts = vec![0; column.kinds() + 1];
            for row in rows {
                counts[column.codes.get(*row as usize) as usize] += 1;
            }
            counts
        };
        Counts {
            cluster: count(rows.cluster),
            decided: count(&rows.decided),
            rejected: count(&rows.rejected),
            good: count(&rows.good),
        }
    }
}

fn part(a: u64, b: u64) -> f64 {
    if b == 0 { 0.0 } else { a as f64 / b as f64 }
}

/// The best rule about one field, if any is worth showing.
fn best(field: &Field, column: &FieldColumn, rows: &Rows, hint: Option<&str>) -> Option<Proposal> {
    if column.kinds() > MOST_KINDS || rows.cluster.is_empty() {
        return None;
    }
    let counts = Counts::new(column, rows);
    let kinds = column.kinds();
    let mut tries: Vec<(Operator, Vec<u32>, Vec<u32>)> = Vec::new();
    // What nobody knows of the cluster and knows of the others.
    tries.push((Operator::Known, Vec::new(), vec![0]));
    match field.kind {
        FieldKind::Number => {
            for cut in (1..=kinds as u32).step_by(kinds / MOST_CUTS + 1) {
                let (below, above) = (1..cut, cut + 1..=kinds as u32);
                tries.push((Operator::AtLeast, vec![cut], below.collect()));
                tries.push((Operator::AtMost, vec![cut], above.collect()));
            }
        }
        FieldKind::YesNo => {
            tries.push((Operator::Is, vec![2], vec![1]));
            tries.push((Operator::Is, vec![1], vec![2]));
        }
        FieldKind::Text => {
            let values = telling(&counts, rows);
            if !values.is_empty() {
                tries.push((Operator::NotIn, values.clone(), values));
            }
        }
        FieldKind::Date => (),
    }
    let is_hinted = hint.is_some_and(|hint| hint.eq_ignore_ascii_case(&field.key));
    let proposals = tries.into_iter().filter_map(|(operator, values, out)| {
        let sum = |counts: &[u64]| out.iter().map(|code| counts[*code as usize]).sum::<u64>();
        let caught = sum(&counts.cluster);
        let (of, decided) = (rows.cluster.len() as u64, rows.decided.len() as u64);
        let elsewhere = part(sum(&counts.decided), decided);
        let sure = wilson(caught, of).is_some_and(|(low, _)| low > elsewhere);
        if caught < LEAST || !sure {
            return None;
        }
        let literals: Option<Vec<Literal>> = values
            .iter()
            .map(|code| literal(column.value(*code)))
            .collect();
        let condition = Condition {
            field: field.key.clone(),
            operator,
            values: literals?,
        };
        Some(Proposal {
            rule: Rule {
                kind: Kind::Must,
                class: field.class(),
                condition,
                why: String::new(),
                switch: Switch::On,
            },
            caught,
            of,
            others: sum(&counts.rejected),
            lost: sum(&counts.good),
            good: rows.good.len() as u64,
            is_hinted,
        })
    });
    let gainful = proposals.filter(|proposal| proposal.gain() > 0.0);
    gainful.max_by(|a, b| a.gain().total_cmp(&b.gain()))
}

/// The values that the cluster has much more often than what was decided elsewhere, and than the good ones.
fn telling(counts: &Counts, rows: &Rows) -> Vec<u32> {
    let (of, decided) = (rows.cluster.len() as u64, rows.decided.len() as u64);
    let gain = |code: usize| {
        part(counts.cluster[code], of) - part(counts.good[code], rows.good.len() as u64)
    };
    let mut codes: Vec<usize> = (1..counts.cluster.len())
        .filter(|code| {
            let own = part(counts.cluster[*code], of);
            // One lead with a value of its own shares it with nobody.
            counts.cluster[*code] >= SHARED
                && own >= 0.02
                && own > 2.0 * part(counts.decided[*code], decided)
                && gain(*code) > 0.0
        })
        .collect();
    codes.sort_by(|a, b| gain(*b).total_cmp(&gain(*a)));
    codes.truncate(MOST_VALUES);
    codes.into_iter().map(|code| code as u32).collect()
}

fn literal(value: Value<'_>) -> Option<Literal> {
    Some(match value {
        Value::Unknown => return None,
        Value::Number(x) => Literal::Number(Number::new(x)?),
        Value::Day(day) => Literal::Day(day),
        Value::YesNo(answer) => Literal::YesNo(answer),
        Value::Text(text) => Literal::Text(text.to_owned()),
    })
}
