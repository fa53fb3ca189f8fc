//! What changed from one definition to another, in words, and whether each change makes it tighter or looser. Knows no data.

use super::definition::{Definition, Policy};
use super::field::Fields;
use super::implies::implies;
use super::rule::{Kind, Rule};

/// Which way a change moves the definition.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Move {
    /// Fewer leads pass, or as many.
    Tighter,
    /// More leads pass, or as many.
    Looser,
    /// It cannot be told from the words; look at the effect.
    Either,
    /// It decides nothing: wordings, order, a rule that is off.
    Neither,
}

impl Move {
    /// Its word.
    pub fn word(self) -> &'static str {
        match self {
            Move::Tighter => "tighter",
            Move::Looser => "looser",
            Move::Either => "either way",
            Move::Neither => "no effect",
        }
    }

    /// Its sign, for where colour is not enough.
    pub fn sign(self) -> char {
        match self {
            Move::Tighter => '▲',
            Move::Looser => '▽',
            Move::Either => '◇',
            Move::Neither => '·',
        }
    }

    fn opposite(self) -> Move {
        match self {
            Move::Tighter => Move::Looser,
            Move::Looser => Move::Tighter,
            other => other,
        }
    }
}

/// One change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// In words: "employees >= 50 became employees >= 100".
    pub what: String,
    /// Which way it goes.
    pub way: Move,
    /// Number of the rule in the older definition.
    pub before: Option<usize>,
    /// Number of the rule in the newer one.
    pub after: Option<usize>,
}

/// Everything that differs, rules first. Empty: the two say the same.
pub fn changes(old: &Definition, new: &Definition, fields: &Fields) -> Vec<Change> {
    let mut all = Vec::new();
    let pairs = pairs(old, new);
    for (before, after) in &pairs {
        match (before, after) {
            (Some(b), Some(a)) => all.extend(changed(old, new, (*b, *a), fields)),
            (Some(b), None) => {
                let rule = &old.rules[*b];
                all.push(Change {
                    what: format!("removed: {}", rule.text(fields)),
                    way: presence(rule, old).opposite(),
                    before: Some(*b),
                    after: None,
                });
            }
            (None, Some(a)) => {
                let rule = &new.rules[*a];
                all.push(Change {
                    what: format!("added: {}", rule.text(fields)),
                    way: presence(rule, new),
                    before: None,
                    after: Some(*a),
                });
            }
            (None, None) => {}
        }
    }
    let order: Vec<usize> = pairs.iter().filter_map(|(b, a)| a.and(*b)).collect();
    if !order.is_sorted() {
        all.push(said("the order of the rules".into(), Move::Neither));
    }
    all.extend(other(old, new));
    all
}

fn said(what: String, way: Move) -> Change {
    Change {
        what,
        way,
        before: None,
        after: None,
    }
}

/// Which rules are the same rule, in the order of the new definition; those that are gone stand last.
fn pairs(old: &Definition, new: &Definition) -> Vec<(Option<usize>, Option<usize>)> {
    let mut of_new: Vec<Option<usize>> = vec![None; new.rules.len()];
    let mut taken = vec![false; old.rules.len()];
    let alike: [fn(&Rule, &Rule) -> bool; 4] = [
        |a, b| a == b,
        |a, b| a.condition == b.condition,
        |a, b| {
            let (a, b) = (&a.condition, &b.condition);
            a.field == b.field && a.operator == b.operator
        },
        |a, b| a.condition.field == b.condition.field && a.kind == b.kind,
    ];
    for alike in alike {
        for (a, rule) in new.rules.iter().enumerate() {
            if of_new[a].is_some() {
                continue;
            }
            let hit = (0..old.rules.len()).find(|b| !taken[*b] && alike(&old.rules[*b], rule));
            if let Some(b) = hit {
                (of_new[a], taken[b]) = (Some(b), true);
            }
        }
    }
    let kept = of_new.iter().enumerate().map(|(a, b)| (*b, Some(a)));
    let gone = (0..taken.len()).filter(|b| !taken[*b]);
    kept.chain(gone.map(|b| (Some(b), None))).collect()
}

/// Which way adding a rule goes.
fn presence(rule: &Rule, within: &Definition) -> Move {
    match rule.kind {
        _ if !rule.is_on() => Move::Neither,
        Kind::Must | Kind::MustNot => Move::Tighter,
        // Another way to the same number; where all are asked for, another one to meet.
        Kind::Supporting if within.at_least == 0 => Move::Neither,
        Kind::Supporting if within.at_least as usize >= within.on(Kind::Supporting).count() => {
            Move::Tighter
        }
        Kind::Supporting => Move::Looser,
    }
}

fn changed(
    old: &Definition,
    new: &Definition,
    (b, a): (usize, usize),
    fields: &Fields,
) -> Vec<Change> {
    let (was, is) = (&old.rules[b], &new.rules[a]);
    let mut all = Vec::new();
    let mut add = |what: String, way: Move| {
        all.push(Change {
            what,
            way,
            before: Some(b),
            after: Some(a),
        });
    };
    let silent = !was.is_on() && !is.is_on();
    if was.is_on() != is.is_on() {
        let (word, way) = if is.is_on() {
            ("on", presence(is, new))
        } else {
            ("off", presence(was, old).opposite())
        };
        add(format!("switched {word}: {}", is.condition), way);
    }
    if was.kind != is.kind || was.condition != is.condition {
        let plain = |rule: &Rule| {
            let text = Rule {
                why: String::new(),
                switch: super::rule::Switch::On,
                ..rule.clone()
            };
            text.text(fields)
        };
        let way = if silent {
            Move::Neither
        } else {
            reworded(was, is)
        };
        add(format!("{} became {}", plain(was), plain(is)), way);
    }
    if was.class != is.class {
        let what = format!(
            "{} is about {} now, not {}",
            is.condition,
            is.class.word(),
            was.class.word()
        );
        add(what, Move::Neither);
    }
    if was.why != is.why {
        add(format!("the reason of {}", is.condition), Move::Neither);
    }
    all
}

fn reworded(was: &Rule, is: &Rule) -> Move {
    if was.kind != is.kind {
        return match (was.kind, is.kind) {
            (Kind::Supporting, Kind::Must) if was.condition == is.condition => Move::Tighter,
            (Kind::Must, Kind::Supporting) if was.condition == is.condition => Move::Looser,
            _ => Move::Either,
        };
    }
    let (narrower, wider) = (
        implies(&is.condition, &was.condition),
        implies(&was.condition, &is.condition),
    );
    let way = match (narrower, wider) {
        (true, true) => Move::Neither,
        (true, false) => Move::Tighter,
        (false, true) => Move::Looser,
        (false, false) => Move::Either,
    };
    if is.kind == Kind::MustNot {
        way.opposite()
    } else {
        way
    }
}

/// What differs beside the rules.
fn other(old: &Definition, new: &Definition) -> Vec<Change> {
    let mut all = Vec::new();
    if old.at_least != new.at_least {
        let way = if new.at_least > old.at_least {
            Move::Tighter
        } else {
            Move::Looser
        };
        all.push(said(
            format!(
                "at least {} supporting, before {}",
                new.at_least, old.at_least
            ),
            way,
        ));
    }
    if old.unknown != new.unknown {
        let strict = |policy: Policy| policy as u8;
        let way = if strict(new.unknown) > strict(old.unknown) {
            Move::Tighter
        } else {
            Move::Looser
        };
        let what = format!(
            "unknown {} now; before it {}",
            new.unknown.label(),
            old.unknown.label()
        );
        all.push(said(what, way));
    }
    if old.segment != new.segment {
        all.push(said("the segment that it is for".into(), Move::Either));
    }
    let wordings = [
        (
            "marketing's wording",
            &old.page.marketing,
            &new.page.marketing,
        ),
        ("sales' wording", &old.page.sales, &new.page.sales),
        ("the agreed wording", &old.page.agreed, &new.page.agreed),
        (
            "the consequence",
            &old.page.consequence,
            &new.page.consequence,
        ),
    ];
    for (what, was, is) in wordings {
        if was != is {
            all.push(said(what.to_owned(), Move::Neither));
        }
    }
    all
}
