//! Whom a verdict is about, with what is known of each: from its line where that was read, else from the columns. Reads nothing.

use super::lines::Lines;
use crate::domain::command::Command;
use crate::domain::desk::Standing;
use crate::domain::ids::HandoffId;
use crate::facts::Facts;
use crate::screens::Outcome;
use crate::screens::fetch::Write;
use crate::text;

/// More than these are not changed at once: one transaction holds all of them, and every other terminal waits for it.
const MOST: usize = 10_000;

/// One handoff that something is done with.
#[derive(Debug, Clone)]
pub(super) struct Subject {
    pub(super) id: HandoffId,
    pub(super) standing: Standing,
}

/// Handoffs that something is done with; never empty.
#[derive(Debug, Clone)]
pub(super) struct Subjects(Vec<Subject>);

impl Subjects {
    /// What is known of these handoffs; why nothing can be done with them otherwise.
    pub(super) fn of(ids: &[i64], lines: &Lines, facts: &Facts) -> Result<Self, String> {
        if ids.is_empty() {
            return Err("There is no lead under the cursor".to_owned());
        }
        if ids.len() > MOST {
            return Err(format!(
                "{} leads are more than the {MOST} that change at once; narrow the filter first",
                ids.len()
            ));
        }
        let subject = |id: &i64| {
            Some(Subject {
                id: HandoffId(*id),
                standing: standing(*id, lines, facts)?,
            })
        };
        let all: Vec<Subject> = ids.iter().filter_map(subject).collect();
        if all.is_empty() {
            return Err("This lead is gone meanwhile".to_owned());
        }
        Ok(Self(all))
    }

    /// All of them.
    pub(super) fn iter(&self) -> impl Iterator<Item = &Subject> {
        self.0.iter()
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// The only one; `None` where there are several.
    pub(super) fn only(&self) -> Option<&Subject> {
        match &self.0[..] {
            [only] => Some(only),
            _ => None,
        }
    }

    /// What they are called: a name, or how many.
    pub(super) fn name(&self) -> String {
        match self.only() {
            Some(only) => text::truncate(&only.standing.lead, 40).into_owned(),
            None => format!("{} leads", self.len()),
        }
    }

    /// The same command for each: one change.
    pub(super) fn write(&self, command: impl Fn(HandoffId) -> Command) -> Outcome {
        match self.only() {
            Some(only) => Outcome::Write(Write::one(command(only.id))),
            None => Outcome::Write(Write::Each(self.iter().map(|s| command(s.id)).collect())),
        }
    }
}

fn standing(id: i64, lines: &Lines, facts: &Facts) -> Option<Standing> {
    if let Some((line, handoff)) = lines
        .get(id)
        .and_then(|line| Some((line, line.handoff.as_ref()?)))
    {
        return Some(Standing {
            lead: text::clean(&line.name).into_owned(),
            handed_off: handoff.at,
            verdict: handoff.verdict,
            spoke: handoff.spoke,
            attempts: handoff.attempts,
        });
    }
    let (rows, row) = (&facts.handoffs, facts.handoffs.row(id)?);
    let verdict_at = rows.verdict_at.get(row);
    Some(Standing {
        lead: "this lead".to_owned(),
        handed_off: rows.handed_off.get(row),
        verdict: rows.verdict(row).map(|verdict| (verdict, verdict_at)),
        spoke: rows.first_connected.get(row).get(),
        attempts: u32::from(rows.attempts[row]),
    })
}
