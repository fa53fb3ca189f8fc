//! What the room said about rejections when it had read the exports: challenges, settlements, feedback. Draws nothing.

use super::leads::{Fate, Handoff, Lead, World};
use super::plan::{NOW, SOURCES};
use super::{AS_OF, FIRST_EXPORT, Step};
use crate::domain::command::Command;
use crate::domain::ids::{ChallengeId, HandoffId};
use crate::domain::moment::{Day, Moment};
use crate::domain::review::feedback::{Act, Cluster, Deeds, Rate, Shared};
use crate::domain::review::{By, MustChange, Proposal, Review};
use crate::domain::verdict::Evidence;

const DAY: i64 = 86_400;

/// The meeting of 2025-09-02, 10:00 in Berlin.
const MEETING: Moment = Moment(FIRST_EXPORT.0 + 40 * 3_600);

/// Days before an act that its rate is taken from, as everywhere.
const BEFORE: i64 = 91;

/// Sources that the feedback speaks of; what the room takes back lies elsewhere, so that their rates are the exports'.
const SPOKEN_OF: [&str; 3] = ["E-book syndication", "Comparison portal", "Search ads"];

/// A rejection that marketing challenges, and what the room makes of it.
struct Case {
    /// Days after the meeting.
    days: i64,
    reason: &'static str,
    of: fn(&Lead, &Handoff) -> bool,
    argument: &'static str,
    outcome: Option<(Proposal, &'static [&'static str])>,
}

const BOTH: &[&str] = &["ines", "rike"];

/// The cases of the meeting, then those that came later and wait.
fn cases() -> Vec<Case> {
    let case = |days, reason, of, argument, outcome| Case {
        days,
        reason,
        of,
        argument,
        outcome,
    };
    let settled = |proposal| Some((proposal, BOTH));
    let november = Day::parse("2025-11-03").unwrap_or(Day::NEVER);
    vec![
        case(
            0,
            "no_budget",
            |lead, handoff| handoff.spoke && !is_spoken_of(lead),
            "Their budget stands in the form; the call reached an assistant",
            settled(Proposal::Overturned),
        ),
        case(
            0,
            "no_need",
            |lead, handoff| handoff.spoke && !is_spoken_of(lead),
            "Their contract elsewhere ends in December, they said so at our stand",
            settled(Proposal::Recycled(november)),
        ),
        case(
            0,
            "unreachable",
            unproven,
            "Fewer calls than we agreed on",
            settled(Proposal::Upheld(MustChange::FollowUp)),
        ),
        case(
            0,
            "student",
            |_, _| true,
            "The title says logistics",
            settled(Proposal::Upheld(MustChange::Targeting)),
        ),
        case(
            0,
            "too_small",
            |lead, _| lead.person.employees.is_some_and(|n| n < 20),
            "Nowhere did we agree on a smallest company",
            settled(Proposal::CriteriaGap("employees >= 20".into())),
        ),
        case(
            3,
            "not_decision_maker",
            |lead, _| !is_spoken_of(lead),
            "She signs for the warehouse",
            Some((Proposal::Overturned, &["ines"])),
        ),
        case(7, "unreachable", unproven, "One call, then given up", None),
        case(
            22,
            "unreachable",
            unproven,
            "Came back to the pricing page a day later",
            None,
        ),
        case(
            26,
            "no_budget",
            |lead, _| lead.person.employees.is_some_and(|n| n >= 100),
            "That many people and no budget?",
            None,
        ),
    ]
}

fn unproven(_: &Lead, handoff: &Handoff) -> bool {
    handoff.evidence == Evidence::None
}

fn is_spoken_of(lead: &Lead) -> bool {
    let source = SOURCES[lead.source].name;
    source.is_some_and(|name| SPOKEN_OF.contains(&name))
}

fn step(by: &'static str, at: Moment, review: Review) -> Step {
    Step {
        by: Some(by),
        at,
        command: Command::Review(review),
    }
}

impl World {
    /// What was said after the first export; `known` are the leads that it brought, in its order.
    pub(super) fn said(&self, known: &[&Lead]) -> Vec<Step> {
        let mut steps = self.challenges(known);
        steps.extend(feedback(known));
        steps.sort_by_key(|step| step.at);
        steps
    }

    fn challenges(&self, known: &[&Lead]) -> Vec<Step> {
        let mut steps = Vec::new();
        let mut used = Vec::new();
        // The store numbers handoffs in the order in which the export brings them.
        let handed = || {
            let handoffs = known
                .iter()
                .filter_map(|lead| Some((*lead, lead.handoff.as_ref()?)));
            handoffs.zip(1_i64..)
        };
        for case in cases() {
            let fits = |lead: &Lead, handoff: &Handoff| {
                handoff.fate == Fate::Rejected(case.reason)
                    && lead.excluded.is_none()
                    && self.quarter_of(handoff.decided) == NOW
                    && (case.of)(lead, handoff)
            };
            let found =
                handed().find(|((lead, handoff), id)| !used.contains(id) && fits(lead, handoff));
            let Some((_, id)) = found else { continue };
            used.push(id);
            let challenge = ChallengeId(used.len() as i64);
            let at = Moment(MEETING.0 + case.days * DAY + used.len() as i64 * 60);
            let open = Review::Challenge {
                handoff: HandoffId(id),
                argument: case.argument.into(),
            };
            steps.push(step("ines", at, open));
            if let Some((proposal, by)) = case.outcome {
                let settle = Review::Settle {
                    challenge,
                    proposal,
                    remark: None,
                    by: By::These(by.iter().map(|handle| (*handle).to_owned()).collect()),
                };
                steps.push(step("ines", at, settle));
            }
        }
        steps
    }

    /// What was said when the second export had been read; `leads` are all of them.
    pub(super) fn said_at_the_end(&self, leads: &[Lead]) -> Vec<Step> {
        let all: Vec<&Lead> = leads.iter().collect();
        let (reason, source) = ("too_small", SPOKEN_OF[2]);
        let rate = share(
            &all,
            (reason, source),
            (Moment(MEETING.0 + DAY), self.as_of),
        );
        let cluster = Cluster::Of(Shared {
            reason: Some(reason.into()),
            source: Some(source.into()),
            ..Shared::default()
        });
        let check = Review::Feedback {
            cluster,
            deed: Deeds::Check { rate },
        };
        vec![step("rike", AS_OF, check)]
    }
}

fn feedback(known: &[&Lead]) -> Vec<Step> {
    let at = |days: i64, minutes: i64| Moment(MEETING.0 + days * DAY + minutes * 60);
    let of = |reason: &str, source: &str| {
        Cluster::Of(Shared {
            reason: Some(reason.into()),
            source: Some(source.into()),
            ..Shared::default()
        })
    };
    let deed = |cluster, deed| Review::Feedback { cluster, deed };
    let raise = |note: &str| Deeds::Raise {
        note: Some(note.into()),
    };
    let before = |reason, source, days: i64| {
        let acted = at(days, 0);
        let window = (Moment(acted.0 - BEFORE * DAY), acted);
        share(known, (reason, source), window)
    };
    let (student, ebook) = ("student", SPOKEN_OF[0]);
    let (rival, portal) = ("competitor", SPOKEN_OF[1]);
    let (small, ads) = ("too_small", SPOKEN_OF[2]);
    let tomas = Cluster::Of(Shared {
        reason: Some("unreachable".into()),
        rep: Some("tomas".into()),
        ..Shared::default()
    });
    vec![
        step(
            "rike",
            at(0, 30),
            deed(of(student, ebook), raise("Theses, not warehouses")),
        ),
        step(
            "ines",
            at(0, 31),
            deed(of(student, ebook), Deeds::Acknowledge),
        ),
        step(
            "rike",
            at(0, 32),
            deed(of(rival, portal), raise("They read our prices")),
        ),
        step(
            "rike",
            at(0, 33),
            deed(of(small, ads), raise("Two people and a van")),
        ),
        step(
            "ines",
            at(1, 0),
            deed(
                of(small, ads),
                Deeds::Act {
                    act: Act::Form,
                    text: "The form asks for the number of employees".into(),
                    rate: before(small, ads, 1),
                },
            ),
        ),
        step(
            "ines",
            at(3, 0),
            deed(
                of(rival, portal),
                Deeds::Act {
                    act: Act::CampaignFix,
                    text: "No price list without a company's address".into(),
                    rate: before(rival, portal, 3),
                },
            ),
        ),
        step(
            "ines",
            at(22, 10),
            deed(tomas, raise("Given up after one call")),
        ),
    ]
}

/// Rejections for a reason among what was decided on a source's leads from a moment to another.
fn share(
    leads: &[&Lead],
    (reason, source): (&'static str, &str),
    (from, to): (Moment, Moment),
) -> Rate {
    let mut rate = Rate::default();
    for lead in leads {
        let Some(handoff) = &lead.handoff else {
            continue;
        };
        let counts = lead.excluded.is_none()
            && SOURCES[lead.source].name == Some(source)
            && (from..=to).contains(&handoff.decided)
            && matches!(handoff.fate, Fate::Accepted | Fate::Rejected(_));
        if counts {
            rate.n += 1;
            rate.hits += i64::from(handoff.fate == Fate::Rejected(reason));
        }
    }
    rate
}
