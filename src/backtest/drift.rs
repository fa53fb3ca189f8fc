//! Whether an agreed definition still holds: what it says of the last four weeks beside what it said when it was signed.
//! Changes nothing and alarms nobody by itself.

use super::agreement::{Cell, Matrix, Said};
use super::ground::Ground;
use super::impact::Share;
use super::judge::Judged;
use crate::domain::criteria::Figures;
use crate::domain::criteria::version::Version;
use crate::domain::moment::{Day, Moment};
use crate::domain::verdict::Verdict;
use crate::facts::Facts;
use crate::metrics::figure::kappa;
use crate::metrics::show::percent;

/// How far back "now" reaches, in days.
pub const TRAILING: i64 = 28;

/// Fewest rows on both sides of a comparison.
const LEAST: u64 = 20;

/// Where a share stands now against where it stood when the version was signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moved {
    /// Too few rows to say.
    TooFew,
    /// Within what chance explains.
    Within,
    /// Higher than chance explains.
    Up,
    /// Lower than chance explains.
    Down,
}

/// One share, then and now.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Shift {
    /// When it was signed.
    pub then: Share,
    /// In the last four weeks.
    pub now: Share,
    /// Whether it moved.
    pub moved: Moved,
}

/// Where the counts of the day of signing come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Then {
    /// They were kept with the last signature.
    Kept,
    /// They were counted afterwards, on what was decided up to then.
    Reckoned,
    /// Too little was decided before it was signed: they are those of its first four weeks.
    First,
}

/// An agreed definition, then and now (METRICS: `definition_drift`).
#[derive(Clone, Debug, PartialEq)]
pub struct Drift {
    /// Whole days since the last signature; `None`: it bears none.
    pub age: Option<i64>,
    /// Where `then` comes from.
    pub source: Then,
    /// The counts when it was signed.
    pub then: Figures,
    /// The counts of the last four weeks, as far as it has been in force.
    pub now: Figures,
    /// Criteria and verdicts that say the same ÷ decided handoffs of which it says either.
    pub agreement: Shift,
    /// Handoffs that meet it ÷ handoffs.
    pub met: Shift,
    /// The day on which both sides wanted to look at it again, where it has come.
    pub due: Option<Day>,
}

/// Counts what a definition says of the handoffs decided, and handed over, from one moment to another, both included.
pub fn figures(
    facts: &Facts,
    ground: &Ground,
    judged: &Judged,
    (from, until): (Moment, Moment),
) -> Figures {
    let rows = &facts.handoffs;
    let inside = |at: Moment| at >= from && at <= until;
    let mut figures = Figures::default();
    for row in ground.counts.ones() {
        let at = row as usize;
        let met = judged.met.has(row);
        if inside(rows.handed_off.get(at)) {
            figures.handoffs += 1;
            figures.met += u64::from(met);
        }
        if !inside(rows.verdict_at.get(at)) || judged.unknown.has(row) {
            continue;
        }
        let cell = match (rows.verdict(at), met) {
            (Some(Verdict::Accepted), true) => &mut figures.met_accepted,
            (Some(Verdict::Rejected), true) => &mut figures.met_rejected,
            (Some(Verdict::Accepted), false) => &mut figures.failed_accepted,
            (Some(Verdict::Rejected), false) => &mut figures.failed_rejected,
            _ => continue,
        };
        *cell += 1;
    }
    figures
}

/// The same of everything up to now, from the matrix that counts it already.
pub fn of_all(ground: &Ground, judged: &Judged, verdicts: &Matrix) -> Figures {
    Figures {
        handoffs: ground.counts.count(),
        met: judged.met.count_both(&ground.counts),
        met_accepted: verdicts.count(Said::Met, Cell::Yes),
        met_rejected: verdicts.count(Said::Met, Cell::No),
        failed_accepted: verdicts.count(Said::NotMet, Cell::Yes),
        failed_rejected: verdicts.count(Said::NotMet, Cell::No),
    }
}

/// The counts that drift is seen in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counted {
    /// Of everything up to the last signature, counted now.
    pub signed: Figures,
    /// Of the first four weeks in force; nothing where they are not over, or are still the last.
    pub first: Figures,
    /// Of the last four weeks, as far as it has been in force.
    pub now: Figures,
}

/// Counts what a version says: signed at one moment, in force from another.
pub fn counted(
    facts: &Facts,
    ground: &Ground,
    judged: &Judged,
    (signed, in_force, now): (Moment, Moment, Moment),
) -> Counted {
    const SPAN: i64 = TRAILING * 86_400;
    let of = |from: Moment, until: Moment| figures(facts, ground, judged, (from, until));
    let apart = now.since(in_force) > 2 * SPAN;
    Counted {
        signed: of(Moment(0), signed),
        first: if apart {
            of(in_force, Moment(in_force.0 + SPAN))
        } else {
            Figures::default()
        },
        now: of(in_force.max(Moment(now.0 - SPAN)), now),
    }
}

/// A version in force against the past, up to now.
pub fn of(
    version: &Version,
    (facts, ground, judged): (&Facts, &Ground, &Judged),
    (now, today): (Moment, Day),
) -> Drift {
    let from = version.in_force_at.unwrap_or(now);
    let signed = version.signed_at().unwrap_or(from);
    let counted = counted(facts, ground, judged, (signed, from, now));
    Drift::new(version, &counted, (now, today), ground.small_n)
}

/// What a room has to hear of a version in force: that it drifts, that the day to look again has come. Without a drift nobody has
/// counted yet, and only the day is known.
pub fn told(version: &Version, drift: Option<&Drift>, today: Day) -> Option<String> {
    let moved = drift.map(Drift::moves).unwrap_or_default();
    let due = version.review_on.filter(|day| *day <= today);
    let drifts = format!("drifts: {} in the last 4 weeks", moved.join(", "));
    let again = |day: Day| format!("was to be looked at again on {day}");
    let says = match (moved.is_empty(), due) {
        (false, None) => drifts,
        (false, Some(day)) => format!("{drifts}; it {}", again(day)),
        (true, due) => again(due?),
    };
    let of = version.definition.segment.as_deref();
    let of = of.map_or_else(String::new, |name| format!(" for {name}"));
    Some(format!(
        "The definition in force{of} (version {}) {says}",
        version.number
    ))
}

/// Agreement beyond chance of kept counts; `None` below 20, and where both sides always say the same one thing.
pub fn kappa_of(figures: &Figures) -> Option<f64> {
    kappa([
        [figures.met_accepted, figures.met_rejected],
        [figures.failed_accepted, figures.failed_rejected],
    ])
}

impl Shift {
    fn new(then: Share, now: Share) -> Shift {
        let apart = |share: Share, other: Share| {
            let bounds = share.interval.zip(other.value());
            bounds.is_some_and(|((low, high), value)| value < low || value > high)
        };
        let moved = if then.n < LEAST || now.n < LEAST {
            Moved::TooFew
        } else if apart(then, now) && apart(now, then) {
            if now.value() > then.value() {
                Moved::Up
            } else {
                Moved::Down
            }
        } else {
            Moved::Within
        };
        Shift { then, now, moved }
    }

    /// Whether it moved.
    pub fn is_away(&self) -> bool {
        matches!(self.moved, Moved::Up | Moved::Down)
    }

    fn sentence(&self, what: &str, when: &str, beside: [String; 2]) -> String {
        let share = |share: &Share| share.value().map_or_else(|| "—".to_owned(), percent);
        let bounds = self.now.interval.map_or_else(String::new, |(low, high)| {
            format!("{:.0}–{:.0}, ", low * 100.0, high * 100.0)
        });
        let [then, now] = beside;
        let says = match self.moved {
            Moved::TooFew => "too few to compare",
            Moved::Within => "no more than chance",
            Moved::Up => "drift: it went up",
            Moved::Down => "drift: it went down",
        };
        format!(
            "{what} {}{then} (n {}) {when}, {}{now} ({bounds}n {}) in the last 4 weeks: {says}",
            share(&self.then),
            self.then.n,
            share(&self.now),
            self.now.n,
        )
    }
}

impl Drift {
    /// A version, then and now. What was kept with its signature goes before what is counted afterwards.
    pub fn new(
        version: &Version,
        counted: &Counted,
        (at, today): (Moment, Day),
        small_n: u64,
    ) -> Drift {
        let at_signing = version.figures.unwrap_or(counted.signed);
        let (then, source) = match version.figures {
            _ if at_signing.decided() < LEAST && counted.first.decided() >= LEAST => {
                (counted.first, Then::First)
            }
            Some(kept) => (kept, Then::Kept),
            None => (at_signing, Then::Reckoned),
        };
        let share = |hits: u64, n: u64| Share::new(hits, n, small_n);
        let agreement = |f: &Figures| share(f.agreed(), f.decided());
        let met = |f: &Figures| share(f.met, f.handoffs);
        Drift {
            age: version.signed_at().map(|signed| at.since(signed) / 86_400),
            source,
            agreement: Shift::new(agreement(&then), agreement(&counted.now)),
            met: Shift::new(met(&then), met(&counted.now)),
            due: version.review_on.filter(|day| *day <= today),
            then,
            now: counted.now,
        }
    }

    /// Whether agreement or met rate moved, or the day to look again has come.
    pub fn is_alarm(&self) -> bool {
        self.agreement.is_away() || self.met.is_away() || self.due.is_some()
    }

    /// What moved: agreement, met rate.
    fn moves(&self) -> Vec<String> {
        let share = |share: &Share| {
            share
                .value()
                .map_or_else(String::new, |v| format!("{:.0} %", v * 100.0))
        };
        let of = |shift: &Shift, what: &str| {
            let words = format!("{what} {} → {}", share(&shift.then), share(&shift.now));
            shift.is_away().then_some(words)
        };
        let all = [of(&self.agreement, "agreement"), of(&self.met, "met")];
        all.into_iter().flatten().collect()
    }

    /// In a few words, where there is an alarm.
    pub fn alarm(&self) -> Option<String> {
        let moved = self.moves();
        if moved.is_empty() {
            return self.due.map(|_| "due to be looked at again".to_owned());
        }
        Some(format!("drift: {}", moved.join(", ")))
    }

    /// All that is to be said, a sentence each.
    pub fn sentences(&self) -> Vec<String> {
        let kappa = |figures: &Figures| {
            kappa_of(figures).map_or_else(String::new, |kappa| format!(", κ {kappa:.2}"))
        };
        let when = match self.source {
            Then::Kept | Then::Reckoned => "at signing",
            Then::First => "in its first 4 weeks",
        };
        let kappas = [kappa(&self.then), kappa(&self.now)];
        let none = [String::new(), String::new()];
        let mut all = vec![
            self.agreement.sentence("agreement", when, kappas),
            self.met.sentence("met", when, none),
        ];
        all.extend(match self.source {
            Then::Kept => None,
            Then::Reckoned => Some("nothing was counted when it was signed: those figures are counted now, on what had been decided by then".to_owned()),
            Then::First => Some("next to nothing had been decided when it was signed: its first weeks stand in for that".to_owned()),
        });
        if let Some(day) = self.due {
            all.push(format!(
                "it was to be looked at again on {day}, which has come"
            ));
        }
        all
    }
}
