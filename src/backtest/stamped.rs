//! Whether each handoff met the version of the criteria that it was stamped with. Stamps nothing, judges nobody else.

use super::bits::Bits;
use super::columns::Columns;
use super::judge::{Judge, Judged};
use crate::domain::criteria::Truth;
use crate::domain::criteria::version::Versions;
use crate::domain::ids::CriteriaId;
use crate::domain::moment::Moment;
use crate::facts::Facts;
use crate::facts::column::Code;
use crate::facts::handoffs as facts;
use crate::facts::ids::Ids;
use crate::facts::queue::Met;
use crate::facts::stamps::Stamps;

/// The answer of its own version for every handoff. A stamp keeps the version, not what the version said, so it is judged by that
/// version's rules on the facts of the lead.
#[derive(Clone, Debug, Default)]
pub struct Stamped {
    whole: Answers,
    /// By the fit rules alone.
    fit: Answers,
}

/// What definitions say, each of its own rows.
#[derive(Clone, Debug, Default)]
struct Answers {
    asked: Bits,
    met: Bits,
    failed: Bits,
}

impl Answers {
    fn none(rows: usize) -> Answers {
        let nowhere = || Bits::none(rows);
        Answers {
            asked: nowhere(),
            met: nowhere(),
            failed: nowhere(),
        }
    }

    /// Takes in what a definition says of its own rows.
    fn take_in(&mut self, own: &Bits, judged: &Judged) {
        self.asked = self.asked.or(own);
        self.met = self.met.or(&own.and(&judged.met));
        let failed = own.but(&judged.met).but(&judged.unknown);
        self.failed = self.failed.or(&failed);
    }

    fn of(&self, handoff: u32) -> facts::Stamped {
        if self.met.has(handoff) {
            facts::Stamped::Met
        } else if self.failed.has(handoff) {
            facts::Stamped::Failed
        } else if self.asked.has(handoff) {
            facts::Stamped::CannotTell
        } else {
            facts::Stamped::Nothing
        }
    }
}

impl Stamped {
    /// Judges every handoff by its own stamp; the columns hold the fields that the versions
    /// ask about ([`Columns::missing`] names those that have to be read first).
    pub fn new(columns: &Columns, versions: &Versions, stamps: &Stamps) -> Stamped {
        let rows = columns.len();
        let of = |id: CriteriaId| Bits::of(rows, |row| stamps.is(row, id));
        let mut all = Stamped {
            whole: Answers::none(rows),
            fit: Answers::none(rows),
        };
        for version in &versions.0 {
            if !stamps.versions().contains(&version.id) {
                continue;
            }
            let (own, mut judge) = (of(version.id), Judge::new());
            let judged = judge.judge(columns, &version.definition, None);
            all.whole.take_in(&own, &judged);
            if let Some(fit) = version.definition.fit() {
                all.fit.take_in(&own, &judge.judge(columns, &fit, None));
            }
        }
        all
    }

    /// The answer for every handoff, as the facts keep it for the numbers that ask.
    pub fn answers(&self) -> Vec<facts::StampSays> {
        let mut answers = vec![facts::StampSays::default(); self.whole.met.len()];
        for row in self.whole.asked.ones() {
            answers[row as usize] = facts::StampSays {
                whole: self.whole.of(row),
                fit: self.fit.of(row),
            };
        }
        answers
    }

    /// Whether a handoff met the version it was stamped with; `None`: it has no stamp, or a field that decides is unknown.
    pub fn met(&self, handoff: u32) -> Option<bool> {
        match self.whole.of(handoff) {
            facts::Stamped::Met => Some(true),
            facts::Stamped::Failed => Some(false),
            facts::Stamped::CannotTell | facts::Stamped::Nothing => None,
        }
    }

    /// The same by id, for the queue.
    pub fn by_id(&self, ids: &Ids) -> Met {
        Met::new(ids, |row| match self.met(row as u32) {
            Some(met) => Truth::from(met),
            None => Truth::Unknown,
        })
    }
}

/// The version that judges each handoff today: its stamp, and where it has none the one in force for its lead now. So a queue that was
/// handed over before there were criteria is not blank.
pub fn today(stamps: &Stamps, facts: &Facts, versions: &Versions, now: Moment) -> Stamps {
    let in_force = |segment: Option<&str>| versions.in_force(segment, now).map(|v| v.id);
    let for_all = in_force(None);
    let names = &facts.names.segments;
    let of_segments: Vec<_> = (0..names.len() as Code)
        .map(|code| in_force(Some(names.name(code))))
        .collect();
    let mut all = stamps.clone();
    let rows = facts.handoffs.len();
    for (row, lead) in facts.handoffs.lead.iter().enumerate() {
        let segment = facts.leads.segment[*lead as usize] as usize;
        let own = of_segments.get(segment).copied().unwrap_or(for_all);
        if let (Some(own), false) = (own, all.has(row)) {
            all.put(row, rows, own);
        }
    }
    all
}
