//! Drift counted by hand on the forty handoffs, and when it is said.

use super::by_hand::{definition, room};
use crate::backtest::drift::{Counted, Then, counted, figures, kappa_of, of_all};
use crate::backtest::*;
use crate::domain::criteria::version::{By, Signature, State, Version};
use crate::domain::criteria::{Definition, Figures};
use crate::domain::ids::CriteriaId;
use crate::domain::moment::{Day, Moment};
use crate::domain::policy::Side as Team;
use crate::metrics::tests::fixture::{DAY, MARCH};

/// Signed on the first of March.
fn version(kept: Option<Figures>, review_on: Option<Day>) -> Version {
    let by = By {
        name: None,
        at: Moment(MARCH),
    };
    Version {
        id: CriteriaId(1),
        number: 1,
        state: State::Signed,
        definition: Definition::default(),
        marks: Vec::new(),
        revision: 1,
        edited: by.clone(),
        needs_finance: false,
        signatures: [Team::Marketing, Team::Sales]
            .map(|side| Signature {
                side,
                by: by.clone(),
            })
            .into(),
        proposed: None,
        in_force_at: Some(Moment(MARCH)),
        retired_at: None,
        review_on,
        figures: kept,
    }
}

/// So many that both say the same of, of so many decided; half of the handoffs met it.
fn counts(agreed: u64, decided: u64) -> Figures {
    Figures {
        met_accepted: agreed / 2,
        failed_rejected: agreed - agreed / 2,
        met_rejected: decided - agreed,
        failed_accepted: 0,
        met: 50,
        handoffs: 100,
    }
}

fn drift(kept: Option<Figures>, signed: Figures, now: Figures, review: Option<&str>) -> Drift {
    let review_on = review.map(|day| Day::parse(day).unwrap());
    let today = Day::parse("2025-06-01").unwrap();
    let at = Moment(MARCH + 90 * DAY);
    let counted = Counted {
        signed,
        first: counts(60, 80),
        now,
    };
    Drift::new(&version(kept, review_on), &counted, (at, today), 10)
}

#[test]
fn the_four_cells_and_the_met_rate_are_counted_by_their_own_clocks() {
    let room = room();
    let judged = Judge::new().judge(&room.columns, &definition("source = webinar"), None);
    let of = |from: i64, until: i64| {
        figures(
            &room.facts,
            &room.ground,
            &judged,
            (Moment(from), Moment(until)),
        )
    };
    let all = of(0, MARCH + 300 * DAY);
    let expected = Figures {
        met_accepted: 15,
        met_rejected: 5,
        failed_accepted: 4,
        failed_rejected: 16,
        met: 20,
        handoffs: 40,
    };
    assert_eq!(all, expected);
    assert_eq!((all.agreed(), all.decided()), (31, 40));
    // 0.775 agree, 0.5 would by chance.
    assert!((kappa_of(&all).unwrap() - 0.55).abs() < 1e-12);
    // Handed over by then, and not decided yet: the first verdict comes a day later.
    let first = room.facts.handoffs.handed_off.get(0).0;
    let early = of(first, first + DAY / 2);
    assert_eq!((early.handoffs, early.decided()), (2, 0));
    // What the definition cannot tell is handed over, and neither met nor failed.
    let judged = Judge::new().judge(&room.columns, &definition("employees >= 1"), None);
    let span = (Moment(0), Moment(MARCH + 300 * DAY));
    let unknown = figures(&room.facts, &room.ground, &judged, span);
    assert_eq!(
        (unknown.handoffs, unknown.met, unknown.decided()),
        (40, 0, 0)
    );
}

#[test]
fn drift_is_said_where_agreement_or_met_rate_is_beyond_chance_and_the_day_to_look_again_has_come() {
    let then = counts(160, 200);
    let quiet = drift(Some(then), Figures::default(), counts(30, 40), None);
    assert_eq!(
        (quiet.agreement.moved, quiet.met.moved, quiet.source),
        (Moved::Within, Moved::Within, Then::Kept)
    );
    assert!(!quiet.is_alarm() && quiet.alarm().is_none());
    assert_eq!(quiet.age, Some(90));

    // 80 % then, 50 % of 40 now (Wilson 35 to 65).
    let lower = drift(Some(then), Figures::default(), counts(20, 40), None);
    assert_eq!(lower.agreement.moved, Moved::Down);
    assert_eq!(
        lower.alarm().as_deref(),
        Some("drift: agreement 80 % → 50 %")
    );
    assert!(
        lower.sentences()[0].ends_with("(35–65, n 40) in the last 4 weeks: drift: it went down"),
        "{:?}",
        lower.sentences()
    );

    let more = Figures {
        met: 90,
        ..counts(30, 40)
    };
    let more = drift(Some(then), Figures::default(), more, None);
    assert_eq!(more.met.moved, Moved::Up);
    assert!(more.is_alarm());

    // 19 decided say nothing, however they went.
    let few = drift(Some(then), Figures::default(), counts(2, 19), None);
    assert_eq!(few.agreement.moved, Moved::TooFew);
    assert!(!few.is_alarm());

    let due = drift(
        Some(then),
        Figures::default(),
        counts(30, 40),
        Some("2025-06-01"),
    );
    assert_eq!(due.alarm().as_deref(), Some("due to be looked at again"));
    let later = drift(
        Some(then),
        Figures::default(),
        counts(30, 40),
        Some("2025-06-02"),
    );
    assert!(!later.is_alarm());
}

#[test]
fn what_nobody_kept_is_counted_afterwards_and_said_so() {
    let reckoned = drift(None, counts(160, 200), counts(30, 40), None);
    assert_eq!(reckoned.source, Then::Reckoned);
    assert!(reckoned.sentences()[2].starts_with("nothing was counted when it was signed"));
    // Signed before anything was decided: its first four weeks stand in.
    let early = drift(Some(counts(1, 2)), counts(1, 2), counts(30, 40), None);
    assert_eq!((early.source, early.then), (Then::First, counts(60, 80)));
    assert!(early.sentences()[0].contains("(n 80) in its first 4 weeks"));
}

#[test]
fn then_and_now_are_four_weeks_apart() {
    let room = room();
    let judged = Judge::new().judge(&room.columns, &definition("source = webinar"), None);
    let at = |day: i64| Moment(MARCH + day * DAY);
    let of = |signed: i64, from: i64, now: i64| {
        let span = (at(signed), at(from), at(now));
        counted(&room.facts, &room.ground, &judged, span)
    };
    // Two handoffs a day for twenty days, each decided a day later.
    let all = of(300, 0, 300);
    assert_eq!(
        (all.signed.handoffs, all.first.handoffs, all.now.handoffs),
        (40, 40, 0)
    );
    // A young version: its first weeks are its last ones, and begin when it came in force.
    let young = of(5, 10, 20);
    assert_eq!(young.first, Figures::default());
    let first = room.facts.handoffs.handed_off.get(0).0 - MARCH;
    assert!(first < DAY / 2, "handed over within half a day");
    assert_eq!((young.signed.handoffs, young.now.handoffs), (10, 20));
}

#[test]
fn what_the_matrix_counts_of_everything_is_what_each_handoff_counts() {
    let room = room();
    for text in ["source = webinar", "created >= 2025-03-04", "country = DE"] {
        let judged = Judge::new().judge(&room.columns, &definition(text), None);
        let all = of_all(&room.ground, &judged, &agreement(&room.ground, &judged));
        let each = figures(
            &room.facts,
            &room.ground,
            &judged,
            (Moment(0), Moment(i64::MAX)),
        );
        assert_eq!(all, each, "{text}");
        assert!(all.handoffs > 0);
    }
}
