//! Whether each handoff met the version of the criteria that it was stamped with. Stamps nothing, judges nobody else.

use super::bits::Bits;
use super::columns::Columns;
use super::judge::Judge;
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
    asked: Bits,
    met: Bits,
    failed: Bits,
}

impl Stamped {
    /// Judges every handoff by its own stamp; the columns hold the fields that the versions
    /// ask about ([`Columns::missing`] names those that have to be read first).
    pub fn new(columns: &Columns, versions: &Versions, stamps: &Stamps) -> Stamped {
        let rows = columns.len();
        let of = |id: CriteriaId| Bits::of(rows, |row| stamps.is(row, id));
        let nowhere = || Bits::none(rows);
        let (mut asked, mut met, mut failed) = (nowhere(), nowhere(), nowhere());
        for version in &versions.0 {
            if !stamps.versions().contains(&version.id) {
                continue;
            }
            let own = of(version.id);
            let judged = Judge::new().judge(columns, &version.definition, None);
            asked = asked.or(&own);
            met = met.or(&own.and(&judged.met));
            failed = failed.or(&own.but(&judged.met).but(&judged.unknown));
        }
        Stamped { asked, met, failed }
    }

    /// The answer for every handoff, as the facts keep it for the numbers that ask.
    pub fn answers(&self) -> Vec<facts::Stamped> {
        let all = self.asked.ones();
        let mut answers = vec![facts::Stamped::Nothing; self.met.len()];
        for row in all {
            answers[row as usize] = match self.met(row) {
                Some(true) => facts::Stamped::Met,
                Some(false) => facts::Stamped::Failed,
                None => facts::Stamped::CannotTell,
            };
        }
        answers
    }

    /// Whether a handoff met the version it was stamped with; `None`: it has no stamp, or a field that decides is unknown.
    pub fn met(&self, handoff: u32) -> Option<bool> {
        match (self.met.has(handoff), self.failed.has(handoff)) {
            (true, _) => Some(true),
            (false, true) => Some(false),
            (false, false) => None,
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
