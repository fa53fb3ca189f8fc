//! The rules themselves, told once for every way. Numbers are counted by hand.

use super::room::{Deed, Parts, Room, Said, WHOLE, Way};

fn enter<W: Way>() -> W {
    W::enter(Room::new())
}

/// What was said, whether it was done or not.
fn text(said: &Said) -> &str {
    match said {
        Ok(text) | Err(text) => text,
    }
}

const VERDICT: &str = "SELECT coalesce(verdict, 'open') FROM handoff WHERE id = 1";
const QUALIFIED: &str = "SELECT count(*) FROM opportunity WHERE qualified_at IS NOT NULL";

pub(crate) fn a_deal_counts_only_with_all_five<W: Way>() {
    let mut way = enter::<W>();
    let lacking = [
        (
            Parts {
                value: None,
                ..WHOLE
            },
            "a value above zero",
        ),
        (
            Parts {
                value: Some("0"),
                ..WHOLE
            },
            "a value above zero",
        ),
        (
            Parts {
                close_on: None,
                ..WHOLE
            },
            "an estimated close date",
        ),
        (
            Parts {
                stage: None,
                ..WHOLE
            },
            "stage one or later",
        ),
        (
            Parts {
                confirmed: false,
                ..WHOLE
            },
            "the criteria in force confirmed",
        ),
    ];
    let refused = |way: &mut W, parts: Parts, missing: &str| {
        let said = way.sam(&Deed::Qualify(&[1], parts));
        let lists = said.is_err() && text(&said).contains(missing);
        // A file that claims no qualification misses nothing; its deal is listed and does not count.
        let listed = "SELECT count(*) FROM opportunity WHERE qualified_at IS NULL";
        let unclaimed = !parts.confirmed && way.room().count(listed) == 1;
        assert!(lists || unclaimed, "{missing}: {}", text(&said));
        assert_eq!(way.room().count(QUALIFIED), 0, "{missing}");
        assert_eq!(way.room().headline(), 0, "{missing}");
    };
    refused(&mut way, WHOLE, "a logged conversation");
    way.sam(&Deed::Try(1, "no-answer")).unwrap();
    refused(&mut way, WHOLE, "a logged conversation");
    way.room().pass(1);
    way.sam(&Deed::Try(1, "connected")).unwrap();
    for (parts, missing) in lacking {
        refused(&mut way, parts, missing);
    }
    way.sam(&Deed::Qualify(&[1], WHOLE)).unwrap();
    assert_eq!(way.room().headline(), 500_000);
    let whole = "SELECT count(*) FROM opportunity WHERE qualified_at IS NOT NULL AND conversation_at IS NOT NULL
                 AND close_on IS NOT NULL AND amount_minor > 0 AND criteria_confirmed = 1";
    assert_eq!(way.room().count(whole), 1);
}

pub(crate) fn no_rejection_without_a_reason_and_other_needs_a_note<W: Way>() {
    let mut way = enter::<W>();
    let silent = "SELECT count(*) FROM handoff h LEFT JOIN reason r ON r.id = h.reason_id
                  WHERE h.verdict = 'rejected' AND (r.id IS NULL OR r.needs_note = 1 AND coalesce(h.note, '') = '')";
    for lead in [1, 2] {
        let reason = (lead == 2).then_some("other");
        let said = way.sam(&Deed::Reject(lead, reason, None));
        // An export that says no more is taken with a note that says so.
        let noted =
            format!("SELECT count(*) FROM handoff WHERE id = {lead} AND note LIKE '%export%'");
        let open = format!("SELECT count(*) FROM handoff WHERE id = {lead} AND verdict IS NULL");
        let kept_out = said.is_err() && way.room().count(&open) == 1;
        assert!(kept_out || way.room().count(&noted) == 1, "{}", text(&said));
        assert_eq!(way.room().count(silent), 0);
    }
    let told = Deed::Reject(3, Some("other"), Some("moved to the moon"));
    way.sam(&told).unwrap();
    let note = "SELECT note FROM handoff WHERE id = 3 AND verdict = 'rejected'";
    assert_eq!(way.room().text(note), "moved to the moon");
    assert_eq!(way.room().count(silent), 0);
}

pub(crate) fn unable_to_reach_below_the_attempts_is_unverified<W: Way>() {
    let mut way = enter::<W>();
    let evidence = |way: &W| way.room().text("SELECT evidence FROM handoff WHERE id = 1");
    for _ in 0..2 {
        way.sam(&Deed::Try(1, "no-answer")).unwrap();
        way.room().pass(1);
    }
    let rejected = Deed::Reject(1, Some("unreachable"), None);
    let said = way.sam(&rejected).unwrap();
    assert_eq!(evidence(&way), "none");
    assert!(said.contains("unverified"), "{said}");
    way.take_back("sam");
    way.sam(&Deed::Try(1, "no-answer")).unwrap();
    way.room().pass(1);
    let said = way.sam(&rejected).unwrap();
    assert_eq!(evidence(&way), "attempts", "{said}");
}

pub(crate) fn evidence_is_computed_from_what_is_logged<W: Way>() {
    let mut way = enter::<W>();
    way.sam(&Deed::Try(1, "connected")).unwrap();
    way.sam(&Deed::Reject(1, Some("no_budget"), None)).unwrap();
    way.sam(&Deed::Reject(2, Some("duplicate"), None)).unwrap();
    way.sam(&Deed::Reject(3, Some("no_budget"), None)).unwrap();
    let all = "SELECT group_concat(evidence, ' ') FROM (SELECT evidence FROM handoff WHERE id < 4 ORDER BY id)";
    assert_eq!(way.room().text(all), "spoke objective none");
}

pub(crate) fn the_headline_stays_as_it_was_frozen<W: Way>() {
    let mut way = enter::<W>();
    way.sam(&Deed::Try(1, "connected")).unwrap();
    way.sam(&Deed::Qualify(&[1], WHOLE)).unwrap();
    way.sam(&Deed::Value(1, 9_000)).unwrap();
    let now = "SELECT amount_minor FROM opportunity";
    assert_eq!(
        (way.room().count(now), way.room().headline()),
        (900_000, 500_000)
    );
}

pub(crate) fn several_leads_count_their_value_once<W: Way>() {
    let mut way = enter::<W>();
    way.sam(&Deed::Try(1, "connected")).unwrap();
    way.sam(&Deed::Qualify(&[1, 2], WHOLE)).unwrap();
    let behind = "SELECT count(*) FROM opportunity_lead WHERE opportunity_id = 1";
    assert_eq!(
        (way.room().count(behind), way.room().headline()),
        (2, 500_000)
    );
    way.sam(&Deed::Join(1, 3)).unwrap();
    assert_eq!(
        (way.room().count(behind), way.room().headline()),
        (3, 500_000)
    );
    assert_eq!(way.room().count("SELECT count(*) FROM opportunity"), 1);
}

pub(crate) fn a_recycled_lead_comes_back_on_its_day_as_a_new_handoff<W: Way>() {
    let mut way = enter::<W>();
    way.sam(&Deed::Recycle(1, "2025-06-10")).unwrap();
    assert_eq!(way.room().text(VERDICT), "recycled");
    assert!(!way.room().queue().contains(&1));
    let next = "SELECT coalesce(max(id), 0) FROM handoff WHERE lead_id = 1 AND number = 2 AND verdict IS NULL";
    let back = way.room().count(next);
    // Tuesday noon to the midnight in which the tenth begins: six days and a half.
    way.room().pass(6 * 24 + 11);
    assert!(!way.room().queue().contains(&back));
    way.room().pass(1);
    assert!(
        way.room().queue().contains(&back),
        "{:?}",
        way.room().queue()
    );
    // The verdict of then stays; what is said now is said of the return.
    let _ = way.sam(&Deed::Accept(1));
    assert_eq!(way.room().text(VERDICT), "recycled");
}

pub(crate) fn who_may_not_is_refused_and_hears_who_may<W: Way>() {
    let mut way = enter::<W>();
    let before = way.room().dump();
    for deed in [
        Deed::Try(1, "connected"),
        Deed::Accept(1),
        Deed::Reject(1, Some("spam"), None),
        Deed::Recycle(1, "2025-06-10"),
    ] {
        let why = way.act(Some(W::OUTSIDER), &deed).unwrap_err();
        assert!(why.contains("may not") && why.contains("sales"), "{why}");
    }
    assert_eq!(way.room().dump(), before);
    way.sam(&Deed::Try(1, "connected")).unwrap();
    let before = way.room().dump();
    let why = way
        .act(Some(W::OUTSIDER), &Deed::Qualify(&[1], WHOLE))
        .unwrap_err();
    assert!(why.contains("may not"), "{why}");
    assert_eq!(way.room().dump(), before);
}

pub(crate) fn nobody_in_particular_gives_no_verdict<W: Way>() {
    let mut way = enter::<W>();
    let before = way.room().dump();
    for deed in [
        Deed::Try(1, "connected"),
        Deed::Accept(1),
        Deed::Reject(1, Some("spam"), None),
        Deed::Recycle(1, "2025-06-10"),
    ] {
        let why = way.act(None, &deed).unwrap_err();
        // The screen asks, a script is told how to say it.
        assert!(
            why.contains("Who are you?") || why.contains("--as"),
            "{why}"
        );
    }
    assert_eq!(way.room().dump(), before);
}

pub(crate) fn every_change_is_one_entry_that_names_its_author<W: Way>() {
    let mut way = enter::<W>();
    for (deed, last) in [
        (Deed::Try(1, "connected"), "attempt"),
        (Deed::Accept(2), "accept"),
        (Deed::Reject(3, Some("spam"), None), "reject"),
        (Deed::Qualify(&[1], WHOLE), "qualify"),
        (Deed::Value(1, 9_000), "value"),
    ] {
        let entries = |way: &W| {
            let of_sam = "SELECT count(*) FROM journal WHERE undoes IS NULL
                          AND person_id = (SELECT id FROM person WHERE handle = 'sam')
                          AND NOT EXISTS (SELECT 1 FROM journal u WHERE u.undoes = journal.id
                              AND NOT EXISTS (SELECT 1 FROM journal r WHERE r.undoes = u.id))";
            way.room().count(of_sam)
        };
        let before = entries(&way);
        way.sam(&deed).unwrap();
        assert_eq!(entries(&way), before + 1, "{deed:?}");
        let verb = way
            .room()
            .text("SELECT verb FROM journal WHERE undoes IS NULL ORDER BY id DESC LIMIT 1");
        assert!(verb == last || verb == "import", "{verb}");
        let rows = "SELECT count(*) FROM change WHERE journal_id = (SELECT max(id) FROM journal)";
        assert!(way.room().count(rows) > 0, "{deed:?}");
        let entries_before = way.room().count("SELECT count(*) FROM journal");
        let _ = way.act(Some(W::OUTSIDER), &Deed::Accept(1));
        assert_eq!(
            way.room().count("SELECT count(*) FROM journal"),
            entries_before
        );
    }
}

pub(crate) fn taking_back_leaves_no_trace<W: Way>() {
    let mut way = enter::<W>();
    let deeds = [
        Deed::Try(1, "connected"),
        Deed::Qualify(&[1, 2], WHOLE),
        Deed::Value(1, 9_000),
        Deed::Join(1, 3),
    ];
    let verdicts = [
        Deed::Accept(3),
        Deed::Reject(3, Some("other"), Some("why")),
        Deed::Recycle(3, "2025-06-10"),
    ];
    for deed in verdicts {
        let before = way.room().dump();
        way.sam(&deed).unwrap();
        assert_ne!(way.room().dump(), before, "{deed:?}");
        way.take_back("sam");
        assert_eq!(way.room().dump(), before, "{deed:?}");
    }
    let mut states = Vec::new();
    for deed in &deeds {
        states.push(way.room().dump());
        way.sam(deed).unwrap();
    }
    for state in states.iter().rev() {
        way.take_back("sam");
        assert_eq!(way.room().dump(), *state);
    }
}
