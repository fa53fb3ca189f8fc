//! Which handoffs a definition is judged on where a segment has a definition of its own. Forty handoffs, counted by hand.

use super::by_hand::{definition, room};
use crate::backtest::*;
use crate::domain::criteria::Definition;
use crate::domain::criteria::version::{By, Signature, State, Version, Versions};
use crate::domain::ids::CriteriaId;
use crate::domain::moment::Moment;
use crate::domain::period::Period;
use crate::domain::policy::Side as Team;
use crate::metrics::Scope;
use crate::metrics::tests::fixture::{DAY, MARCH, book};

/// Signed by both sides, in force from a moment on.
fn in_force(number: i64, segment: Option<&str>, from: Moment) -> Version {
    let by = By {
        name: None,
        at: from,
    };
    let sides = [Team::Marketing, Team::Sales];
    Version {
        id: CriteriaId(number),
        number,
        state: State::Signed,
        definition: Definition {
            segment: segment.map(str::to_owned),
            ..Definition::default()
        },
        marks: Vec::new(),
        revision: 1,
        edited: by.clone(),
        needs_finance: false,
        signatures: sides
            .map(|side| Signature {
                side,
                by: by.clone(),
            })
            .into(),
        proposed: None,
        in_force_at: Some(from),
        retired_at: None,
        review_on: None,
        figures: None,
    }
}

#[test]
fn leads_of_a_segment_with_a_definition_of_its_own_are_not_judged_by_the_general_one() {
    let mut room = room();
    let segments = &mut room.facts.names.segments;
    let (small, large) = (segments.put(1, "Small"), segments.put(2, "Large"));
    // The first ten leads are small, the next six large, the others of no segment.
    let of = |row: usize| match row {
        0..10 => small,
        10..16 => large,
        _ => crate::facts::column::NONE,
    };
    for (row, segment) in room.facts.leads.segment.iter_mut().enumerate() {
        *segment = of(row);
    }
    let from = Moment(MARCH);
    let mut ended = in_force(3, Some("Large"), from);
    ended.retired_at = Some(Moment(MARCH + DAY));
    let versions = Versions(vec![
        in_force(1, None, from),
        in_force(2, Some("Small"), from),
        ended,
    ]);
    let now = Moment(MARCH + 300 * DAY);
    let own = apart(&room.facts, &versions, now);
    assert_eq!(own, [small]);
    assert_eq!(apart(&room.facts, &versions, from), [small, large]);
    let book = book("UTC");
    let scope = Scope::new(&room.facts, &book, Period::all(), now);
    let judged = Judge::new().judge(&room.columns, &definition("source = webinar"), None);
    let counted = |segment: Option<&str>, apart: &[u32]| {
        let within = concerned(&room.facts, segment, apart);
        let ground = Ground::new(&room.facts, &book, &scope, within.as_ref());
        (ground.counts.count(), ground.tally(&judged.passed).leads)
    };
    // Every second lead came from a webinar.
    assert_eq!(counted(None, &[]), (40, 20));
    assert_eq!(counted(None, &own), (30, 15));
    assert_eq!(counted(Some("Small"), &own), (10, 5));
    assert_eq!(counted(Some("Large"), &own), (6, 3));
}
