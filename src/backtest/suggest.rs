//! Rules worth a look: thresholds, values and gaps of every field, by the proven rejections that they would have caught for the
//! deals that they would have lost. Each candidate can be opened to its rows; none decides anything.

mod buckets;
mod candidates;
mod rank;

use super::bits::Bits;
use super::columns::Columns;
use super::ground::Ground;
use super::judge::Judged;
use super::tally::Tally;
use crate::domain::criteria::{Definition, FieldKind, Fields, Kind, Policy, Rule, Switch};
use crate::metrics::figure::wilson;
use crate::metrics::outcomes::fate;
use buckets::{Cell, Pool};
use candidates::Candidate;
use rank::Rank;

/// Which rejections a suggestion catches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Proof {
    /// Those with evidence.
    Verified,
    /// All of them, because too few have evidence.
    Any,
}

/// A rule that would have caught rejections.
#[derive(Clone, Debug, PartialEq)]
pub struct Suggestion {
    /// The rule, ready for the draft.
    pub rule: Rule,
    /// What it would have kept out of what the draft passes, without the holdout.
    pub out: Tally,
    /// The same in the holdout.
    pub out_holdout: Tally,
    /// Which rejections are meant.
    pub proof: Proof,
    /// Those among `out`.
    pub caught: u64,
    /// Their share of all that the draft passes.
    pub caught_share: f64,
    /// The larger share of revenue and margin (where most are known) that would have been lost; of qualified leads where nothing
    /// was won.
    pub lost_share: f64,
    /// Share of rejections among the worked ones of `out`, with Wilson's 95 % interval.
    pub rate: (f64, (f64, f64)),
    /// The same share over everything that the draft passes.
    pub base_rate: f64,
    /// The share that would have been lost of the holdout.
    pub lost_apart: f64,
    /// Whether the holdout says the same; `None`: too few rows there.
    pub confirmed: Option<bool>,
}

/// What suggestions are ranked by, in words for whoever reads the list.
pub const RANKED: &str = "Ranked: what the quarter kept apart confirms first; then by share of rejections caught per share of revenue or margin lost (the larger one; in the quarter apart, if that is more), so what loses nothing comes first. Each rests on 20 worked leads or more, among which rejections are surely more frequent than everywhere.";

/// Fewest worked rows that a suggestion may rest on.
const LEAST: u64 = 20;

/// Most suggestions.
const MOST: usize = 20;

/// Most suggestions of one field.
const MOST_OF_FIELD: usize = 3;

/// Candidates over all fields that are there, best first. `go_on` is asked between fields: `None` when it says no.
pub fn suggest(
    ground: &Ground,
    columns: &Columns,
    fields: &Fields,
    (definition, judged): (&Definition, &Judged),
    go_on: &dyn Fn() -> bool,
) -> Option<Vec<Suggestion>> {
    let past = Pool::new(ground, &judged.passed.and(&ground.mature));
    let holdout = ground.holdout.as_ref().map(|h| judged.passed.and(h));
    let holdout = Pool::new(
        ground,
        &holdout.unwrap_or_else(|| Bits::none(columns.len())),
    );
    let proof = if past.all.verified >= LEAST {
        Proof::Verified
    } else {
        Proof::Any
    };
    let weigh = Weigh {
        proof,
        least: LEAST.max(ground.small_n),
        policy: definition.unknown,
        all: past.all,
        all_holdout: holdout.all,
    };
    let mut found: Vec<(Rank, Suggestion)> = Vec::new();
    for field in fields.all() {
        if !go_on() {
            return None;
        }
        let Some(column) = columns.get(&field.key) else {
            continue;
        };
        let mut own: Vec<(Rank, Suggestion)> =
            candidates::of(field, column, columns, (&past, &holdout), &weigh)
                .into_iter()
                .filter_map(|candidate| weigh.weigh(field.class(), candidate))
                .collect();
        own.sort_by(|a, b| b.0.cmp(&a.0));
        if field.kind != FieldKind::Text {
            // Of neighbouring thresholds the best speaks for the others: of those that lose nothing, and of the rest.
            let mut seen = Vec::new();
            own.retain(|(rank, s)| {
                let kind = (s.rule.condition.operator, rank.loses_nothing());
                let is_new = !seen.contains(&kind);
                seen.push(kind);
                is_new
            });
        }
        own.truncate(MOST_OF_FIELD);
        found.append(&mut own);
    }
    found.sort_by(|a, b| b.0.cmp(&a.0));
    found.truncate(MOST);
    let mut all = Vec::with_capacity(found.len());
    for (_, mut suggestion) in found {
        if !go_on() {
            return None;
        }
        let out = dropped(columns, judged, &suggestion.rule, definition.unknown);
        suggestion.out = ground.tally(&out);
        suggestion.out_holdout = ground.tally_holdout(&out);
        all.push(suggestion);
    }
    Some(all)
}

/// The handoffs that a rule would take out of what passes.
pub fn dropped(columns: &Columns, judged: &Judged, rule: &Rule, unknown: Policy) -> Bits {
    let bits = columns.judge(&rule.condition);
    let open = bits.unknown.as_ref();
    let stays = match (rule.kind, unknown) {
        (Kind::MustNot, Policy::Fail) => {
            let out = open.map_or_else(|| bits.met.clone(), |u| bits.met.or(u));
            return judged.passed.and(&out);
        }
        (Kind::MustNot, _) => return judged.passed.and(&bits.met),
        (_, Policy::Fail) => bits.met,
        (_, _) => open.map_or_else(|| bits.met.clone(), |u| bits.met.or(u)),
    };
    judged.passed.but(&stays)
}

/// How candidates are weighed.
pub(super) struct Weigh {
    proof: Proof,
    least: u64,
    /// What unknown means; where it fails, a candidate takes the unknown ones out too.
    policy: Policy,
    all: Cell,
    all_holdout: Cell,
}

impl Weigh {
    fn caught(&self, cell: &Cell) -> u64 {
        match self.proof {
            Proof::Verified => cell.verified,
            Proof::Any => cell.rejected,
        }
    }

    fn caught_share(&self, out: &Cell, all: &Cell) -> f64 {
        let caught = self.caught(all);
        if caught == 0 {
            0.0
        } else {
            self.caught(out) as f64 / caught as f64
        }
    }

    fn lost_share(out: &Cell, all: &Cell) -> f64 {
        let part = |a: i128, b: i128| if b > 0 { a as f64 / b as f64 } else { 0.0 };
        if all.revenue > 0 {
            // A margin that is known for a few deals only says nothing about the others.
            let margin = if all.margins * 2 >= all.deals {
                part(out.margin, all.margin)
            } else {
                0.0
            };
            let money = part(out.revenue, all.revenue).max(margin);
            if money > 0.0 {
                money
            } else {
                // Won deals without a value are lost all the same.
                part(i128::from(out.deals), i128::from(all.deals))
            }
        } else {
            part(i128::from(out.qualified), i128::from(all.qualified))
        }
    }

    /// Whether rejections are surely more frequent there than everywhere, and worth more than what is lost.
    fn is_sure(&self, out: &Cell) -> bool {
        let (caught, worked) = (self.caught(out), out.worked);
        let base = self.caught(&self.all) as f64 / self.all.worked.max(1) as f64;
        worked >= self.least
            && wilson(caught, worked).is_some_and(|(low, _)| low > base)
            && self.caught_share(out, &self.all) > Weigh::lost_share(out, &self.all)
    }

    fn weigh(
        &self,
        class: crate::domain::criteria::Class,
        candidate: Candidate,
    ) -> Option<(Rank, Suggestion)> {
        let out = &candidate.out;
        if !self.is_sure(out) {
            return None;
        }
        let (caught, worked) = (self.caught(out), out.worked);
        let caught_share = self.caught_share(out, &self.all);
        let lost_share = Weigh::lost_share(out, &self.all);
        let apart = &candidate.out_holdout;
        let base_apart =
            self.caught(&self.all_holdout) as f64 / self.all_holdout.worked.max(1) as f64;
        let lost_apart = Weigh::lost_share(apart, &self.all_holdout);
        let confirmed = (apart.worked >= self.least).then(|| {
            let rate = self.caught(apart) as f64 / apart.worked as f64;
            rate > base_apart && self.caught_share(apart, &self.all_holdout) > lost_apart
        });
        let rank = Rank::new(confirmed, caught_share, lost_share.max(lost_apart));
        let suggestion = Suggestion {
            rule: Rule {
                kind: candidate.kind,
                class,
                condition: candidate.condition,
                why: String::new(),
                switch: Switch::On,
            },
            out: Tally::default(),
            out_holdout: Tally::default(),
            proof: self.proof,
            caught,
            caught_share,
            lost_share,
            rate: (caught as f64 / worked as f64, wilson(caught, worked)?),
            base_rate: self.caught(&self.all) as f64 / self.all.worked.max(1) as f64,
            lost_apart,
            confirmed,
        };
        Some((rank, suggestion))
    }
}

/// The bits of a fate that candidates are counted by.
const CLASSES: [u8; 5] = [
    fate::WORKED,
    fate::REJECTED,
    fate::VERIFIED,
    fate::QUALIFIED,
    fate::WON,
];
