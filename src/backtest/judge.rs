//! A definition over all handoffs: one pair of bitmaps per rule, and their three-valued sum. Knows no outcome.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::bits::Bits;
use super::columns::Columns;
use crate::domain::criteria::{Condition, Definition, Kind, Policy, Rule};

/// What one rule says: where it is met, and where nobody knows.
#[derive(Clone, Debug)]
pub struct RuleBits {
    /// Met.
    pub met: Bits,
    /// Unknown; `None`: nowhere.
    pub unknown: Option<Arc<Bits>>,
}

impl RuleBits {
    pub(super) fn sure(met: Bits) -> RuleBits {
        RuleBits { met, unknown: None }
    }
}

/// What a definition says of every handoff.
#[derive(Clone, Debug)]
pub struct Judged {
    /// By rule, in its order, switched off ones too; a *must not* that is met speaks against the lead.
    pub rules: Vec<Arc<RuleBits>>,
    /// Met.
    pub met: Bits,
    /// Neither met nor not.
    pub unknown: Bits,
    /// What would have been handed over: met, and unknown unless unknown fails. What is asked about goes on.
    pub passed: Bits,
    /// What somebody would have been asked about.
    pub asked: Bits,
}

/// Most rules whose bitmaps are kept: an eighth of a megabyte each in a million handoffs. What was typed on the way goes first.
const MOST_KEPT: usize = 48;

/// Turns definitions into bitmaps. Keeps the bitmaps of rules it has seen, and the sum of all rules but the one being edited,
/// so that a keystroke costs one scan and one AND.
#[derive(Debug, Default)]
pub struct Judge {
    known: FxHashMap<Condition, Arc<RuleBits>>,
    others: Option<Others>,
}

/// The sum of all rules but one.
#[derive(Debug)]
struct Others {
    of: Vec<(Kind, Condition)>,
    needed: u32,
    sum: Sum,
}

/// Where the rules so far are met, and where they still could be.
#[derive(Clone, Debug)]
struct Sum {
    met: Vec<u64>,
    open: Vec<u64>,
}

impl Judge {
    /// A judge that has seen nothing.
    pub fn new() -> Judge {
        Judge::default()
    }

    /// Forgets everything: the history or a field has changed.
    pub fn forget(&mut self) {
        *self = Judge::default();
    }

    /// What a definition says. `edited`: the number of the rule that changes from keystroke to keystroke, if any.
    pub fn judge(
        &mut self,
        columns: &Columns,
        definition: &Definition,
        edited: Option<usize>,
    ) -> Judged {
        if self.known.len() > MOST_KEPT {
            let stays = |own: &Condition| definition.rules.iter().any(|r| r.condition == *own);
            self.known.retain(|condition, _| stays(condition));
        }
        let rules: Vec<Arc<RuleBits>> = definition
            .rules
            .iter()
            .map(|rule| self.rule(columns, &rule.condition))
            .collect();
        let on = |i: &usize| definition.rules[*i].is_on();
        let numbers: Vec<usize> = (0..rules.len()).filter(on).collect();
        let needed = definition.needed();
        let alone = edited.filter(|i| {
            let rule = definition.rules.get(*i);
            rule.is_some_and(|rule| rule.is_on() && rule.kind != Kind::Supporting)
        });
        let part = |i: &usize| (definition.rules[*i].kind, rules[*i].as_ref());
        let sum = match alone {
            None => add_up(
                columns.len(),
                &numbers.iter().map(part).collect::<Vec<_>>(),
                needed,
            ),
            Some(edited) => {
                let others: Vec<usize> = numbers.into_iter().filter(|i| *i != edited).collect();
                let key = |i: &usize| {
                    let rule: &Rule = &definition.rules[*i];
                    (rule.kind, rule.condition.clone())
                };
                let of: Vec<_> = others.iter().map(key).collect();
                let fits = |o: &Others| o.of == of && o.needed == needed;
                if !self.others.as_ref().is_some_and(fits) {
                    let parts: Vec<_> = others.iter().map(part).collect();
                    let sum = add_up(columns.len(), &parts, needed);
                    self.others = Some(Others { of, needed, sum });
                }
                let kept = self.others.as_ref().map(|o| &o.sum);
                let kept = kept.expect("it was put there above");
                let (kind, bits) = part(&edited);
                kept.and(kind, bits)
            }
        };
        finish(sum, columns.len(), rules, definition.unknown)
    }

    fn rule(&mut self, columns: &Columns, condition: &Condition) -> Arc<RuleBits> {
        if let Some(known) = self.known.get(condition) {
            return Arc::clone(known);
        }
        let bits = Arc::new(columns.judge(condition));
        self.known.insert(condition.clone(), Arc::clone(&bits));
        bits
    }
}

/// The sum of rules whose bitmaps are there already, leaving one out.
pub(super) fn without(
    judged: &Judged,
    definition: &Definition,
    left_out: usize,
    rows: usize,
) -> Judged {
    let on = definition
        .rules
        .iter()
        .enumerate()
        .filter(|(i, r)| *i != left_out && r.is_on());
    let parts: Vec<_> = on
        .map(|(i, rule)| (rule.kind, judged.rules[i].as_ref()))
        .collect();
    let supporting = parts
        .iter()
        .filter(|(kind, _)| *kind == Kind::Supporting)
        .count();
    let needed = definition.at_least.min(supporting as u32);
    finish(
        add_up(rows, &parts, needed),
        rows,
        judged.rules.clone(),
        definition.unknown,
    )
}

fn finish(sum: Sum, rows: usize, rules: Vec<Arc<RuleBits>>, policy: Policy) -> Judged {
    let met = Bits::from_words(sum.met, rows);
    let open = Bits::from_words(sum.open, rows);
    let unknown = open.but(&met);
    let (passed, asked) = match policy {
        Policy::Fail => (met.clone(), Bits::none(rows)),
        Policy::Pass => (open, Bits::none(rows)),
        Policy::Ask => (open, unknown.clone()),
    };
    Judged {
        rules,
        met,
        unknown,
        passed,
        asked,
    }
}

impl Sum {
    fn every(rows: usize) -> Sum {
        let words = rows.div_ceil(64);
        Sum {
            met: vec![!0; words],
            open: vec![!0; words],
        }
    }

    /// This and one more rule that must or must not be met, as a new sum.
    fn and(&self, kind: Kind, rule: &RuleBits) -> Sum {
        let (met, open) = (self.met.iter(), self.open.iter());
        let own = rule.met.words();
        let Some(unknown) = rule.unknown.as_ref().map(|bits| bits.words()) else {
            let flip = if kind == Kind::MustNot { !0 } else { 0 };
            return Sum {
                met: met.zip(own).map(|(m, own)| m & (own ^ flip)).collect(),
                open: open.zip(own).map(|(o, own)| o & (own ^ flip)).collect(),
            };
        };
        let both = own.iter().zip(unknown);
        if kind == Kind::MustNot {
            return Sum {
                met: met.zip(both).map(|(m, (own, u))| m & !(own | u)).collect(),
                open: open.zip(own).map(|(o, own)| o & !own).collect(),
            };
        }
        Sum {
            met: met.zip(own).map(|(m, own)| m & own).collect(),
            open: open.zip(both).map(|(o, (own, u))| o & (own | u)).collect(),
        }
    }
}

fn add_up(rows: usize, parts: &[(Kind, &RuleBits)], needed: u32) -> Sum {
    let mut sum = Sum::every(rows);
    for (kind, bits) in parts.iter().filter(|(kind, _)| *kind != Kind::Supporting) {
        sum = sum.and(*kind, bits);
    }
    let supporting = parts.iter().filter(|(kind, _)| *kind == Kind::Supporting);
    let supporting: Vec<&RuleBits> = supporting.map(|(_, bits)| *bits).collect();
    if needed == 0 || supporting.is_empty() {
        return sum;
    }
    for word in 0..sum.met.len() {
        let (mut met, mut open) = (Count::default(), Count::default());
        for bits in &supporting {
            let own = bits.met.words()[word];
            met.add(own);
            open.add(own | bits.unknown.as_ref().map_or(0, |u| u.words()[word]));
        }
        sum.met[word] &= met.at_least(needed);
        sum.open[word] &= open.at_least(needed);
    }
    sum
}

/// Planes that hold the number of rules met by each of 64 rows, a binary digit per plane: enough for the most rules there are.
#[derive(Clone, Copy, Debug, Default)]
struct Count([u64; 7]);

impl Count {
    #[inline]
    fn add(&mut self, mut carry: u64) {
        for plane in &mut self.0 {
            (*plane, carry) = (*plane ^ carry, *plane & carry);
        }
    }

    /// The rows whose number is not less.
    #[inline]
    fn at_least(self, least: u32) -> u64 {
        let (mut more, mut equal) = (0, !0);
        for (digit, plane) in self.0.iter().enumerate().rev() {
            if least >> digit & 1 == 1 {
                equal &= plane;
            } else {
                more |= equal & plane;
                equal &= !plane;
            }
        }
        more | equal
    }
}
