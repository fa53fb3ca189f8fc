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
use crate::facts::queue::Met;

/// The answer of its own version for every handoff. A stamp keeps the version, not what the version said, so it is judged by that
/// version's rules on the facts of the lead.
#[derive(Clone, Debug)]
pub struct Stamped {
    met: Bits,
    failed: Bits,
}

impl Stamped {
    /// Judges every handoff by its own stamp. `stamps` has one entry per handoff; the columns hold the fields that the versions
    /// ask about ([`Columns::missing`] names those that have to be read first).
    pub fn new(columns: &Columns, versions: &Versions, stamps: &[Option<CriteriaId>]) -> Stamped {
        let rows = columns.len();
        let of = |id: CriteriaId| Bits::of(rows, |row| stamps.get(row) == Some(&Some(id)));
        let (mut met, mut failed) = (Bits::none(rows), Bits::none(rows));
        for version in &versions.0 {
            let own = of(version.id);
            if own.count() == 0 {
                continue;
            }
            let judged = Judge::new().judge(columns, &version.definition, None);
            met = met.or(&own.and(&judged.met));
            failed = failed.or(&own.but(&judged.met).but(&judged.unknown));
        }
        Stamped { met, failed }
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
    pub fn by_id(&self, ids: &[i64]) -> Met {
        Met::new(ids, |row| match self.met(row as u32) {
            Some(met) => Truth::from(met),
            None => Truth::Unknown,
        })
    }
}

/// The version that judges each handoff today: its stamp, and where it has none the one in force for its lead now. So a queue that was
/// handed over before there were criteria is not blank.
pub fn today(
    stamps: &[Option<CriteriaId>],
    facts: &Facts,
    versions: &Versions,
    now: Moment,
) -> Vec<Option<CriteriaId>> {
    let in_force = |segment: Option<&str>| versions.in_force(segment, now).map(|v| v.id);
    let for_all = in_force(None);
    let names = &facts.names.segments;
    let of_segments: Vec<_> = (0..names.len() as Code)
        .map(|code| in_force(Some(names.name(code))))
        .collect();
    let own = |row: usize| {
        let lead = *facts.handoffs.lead.get(row)? as usize;
        let segment = *facts.leads.segment.get(lead)? as usize;
        of_segments.get(segment).copied().unwrap_or(for_all)
    };
    let stamped = stamps.iter().enumerate();
    stamped
        .map(|(row, stamp)| stamp.or_else(|| own(row)))
        .collect()
}
