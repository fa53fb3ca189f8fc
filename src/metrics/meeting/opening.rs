//! What a meeting opens with: the pipeline since the last one, and what became of the numbers of its decisions. Claims no cause.

use super::effect::{Effect, Measuring};
use super::kept::Kept;
use super::since::{Since, since};
use crate::domain::book::Book;
use crate::domain::ids::{DecisionId, MeetingId};
use crate::domain::meeting::snapshot::Snapshot;
use crate::facts::Facts;
use crate::metrics::scope::Scope;

/// Decisions of so many of the newest meetings are looked at again.
const MEETINGS: i64 = 4;

/// What a meeting opens with.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Opening {
    /// The meeting whose end the pipeline is compared with.
    pub last: Option<MeetingId>,
    /// The pipeline that closes in the scope's period since then.
    pub since: Option<Since>,
    /// Decisions of the newest meetings, newest first, with their number then and now where they have one.
    pub decisions: Vec<(DecisionId, Option<Effect>)>,
}

impl Opening {
    /// As of the scope's moment, in its period.
    pub fn new(facts: &Facts, book: &Book, scope: &Scope) -> Opening {
        let meetings = &book.meetings;
        let last = meetings.last_closed();
        let snapshot = meetings
            .since()
            .filter(|snapshot| snapshot.at <= scope.as_of);
        let newest = meetings.all.last().map_or(0, |meeting| meeting.id.0);
        Opening {
            last: last.map(|meeting| meeting.id),
            since: snapshot.and_then(|snapshot| compare(facts, book, scope, snapshot)),
            decisions: looked_at(facts, book, scope, |id| id.0 > newest - MEETINGS),
        }
    }

    /// The decisions of one meeting only, as of the scope's moment.
    #[must_use]
    pub fn of(facts: &Facts, book: &Book, scope: &Scope, meeting: MeetingId) -> Opening {
        Opening {
            decisions: looked_at(facts, book, scope, |id| id == meeting),
            ..Opening::default()
        }
    }
}

/// Decisions of some meetings, newest first.
fn looked_at(
    facts: &Facts,
    book: &Book,
    scope: &Scope,
    of: impl Fn(MeetingId) -> bool,
) -> Vec<(DecisionId, Option<Effect>)> {
    let all = book.meetings.decisions.iter().rev();
    let wanted = all.filter(|d| of(d.meeting) && d.by.at <= scope.as_of);
    let mut measuring = Measuring::new(facts, book, scope);
    wanted
        .map(|decision| {
            let was = decision.moves.as_ref();
            let effect = was.and_then(|was| measuring.effect(was));
            (decision.id, effect)
        })
        .collect()
}

fn compare(facts: &Facts, book: &Book, scope: &Scope, snapshot: &Snapshot) -> Option<Since> {
    let kept = Kept::read(snapshot.text.as_deref()?)?;
    since(facts, book, scope, &kept)
}
