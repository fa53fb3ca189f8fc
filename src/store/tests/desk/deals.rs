//! The gate and what comes after it.

use super::*;
use crate::domain::catalogue::{Catalogue, ReasonEntry, Removal};
use crate::domain::policy::SourceSide;
use crate::domain::reason::{Asks, ReasonClass};
use crate::domain::verdict::SpendKind;

fn qualified() -> Store {
    let mut store = desk();
    done(&mut store, &attempt(1, AttemptOutcome::Connected));
    done(&mut store, &Command::Qualify(whole(&[1])));
    store
}

#[test]
fn the_gate_says_what_is_missing_and_nothing_counts_before() {
    let mut store = desk();
    let text = refused(&mut store, &Command::Qualify(whole(&[1])));
    assert_eq!(
        text,
        "Acme is not qualified yet; still missing: a logged conversation; nothing was changed"
    );
    done(&mut store, &attempt(1, AttemptOutcome::NoShow));
    refused(&mut store, &Command::Qualify(whole(&[1])));
    done(&mut store, &attempt(1, AttemptOutcome::MeetingHeld));
    let bare = Qualification {
        stage: Some("Prospect".into()),
        value: Some(Money::units(0, Currency::EUR)),
        close_on: None,
        criteria: Confirmed::No,
        ..whole(&[1])
    };
    let text = refused(&mut store, &Command::Qualify(bare));
    assert!(
        text.contains(
            "stage one or later, an estimated close date, a value above zero, the criteria in force confirmed"
        ),
        "{text}"
    );
    let applied = done(&mut store, &Command::Qualify(whole(&[1])));
    assert_eq!(applied.summary, "qualify Acme (5000 EUR)");
    let deal = "SELECT count(*) FROM opportunity WHERE id = 1 AND qualified_minor = 500000 AND source_id = 1
                AND owner_id = 1 AND evidence = 'logged' AND handoff_id = 1 AND account_id = 1";
    assert_eq!(count(&store, deal), 1);
    let accepted =
        "SELECT count(*) FROM handoff WHERE id = 1 AND verdict = 'accepted' AND evidence = 'spoke'";
    assert_eq!(count(&store, accepted), 1);
}

#[test]
fn several_leads_stand_behind_one_deal_and_its_value_counts_once() {
    let mut store = desk();
    done(&mut store, &attempt(2, AttemptOutcome::Connected));
    let applied = done(&mut store, &Command::Qualify(whole(&[1, 2, 1])));
    assert_eq!(applied.summary, "qualify Acme (5000 EUR, 2 leads)");
    assert_eq!(count(&store, "SELECT count(*) FROM opportunity"), 1);
    done(&mut store, &change(1, DealChange::Join(HandoffId(3))));
    assert_eq!(count(&store, "SELECT count(*) FROM opportunity_lead"), 3);
    assert_eq!(
        count(&store, "SELECT sum(qualified_minor) FROM opportunity"),
        500_000
    );
    let accepted = "SELECT count(*) FROM handoff WHERE verdict = 'accepted'";
    assert_eq!(count(&store, accepted), 3);
    let text = refused(&mut store, &change(1, DealChange::Join(HandoffId(3))));
    assert!(text.contains("Cy stands behind Acme already"), "{text}");
    done(&mut store, &reject(4, "spam", None));
    let text = refused(&mut store, &change(1, DealChange::Join(HandoffId(4))));
    assert!(text.contains("Di was rejected"), "{text}");
    let text = refused(&mut store, &reopen(3));
    assert!(text.contains("the deal Acme rests on it"), "{text}");
}

#[test]
fn an_almost_qualified_deal_keeps_what_it_has() {
    let mut store = desk();
    store
        .conn
        .execute_batch(
            "INSERT INTO opportunity (id, name, created_at, stage_id, amount_minor, currency)
             VALUES (7, 'Import', 1748000000, 2, 700, 'EUR')",
        )
        .unwrap();
    done(&mut store, &attempt(1, AttemptOutcome::Connected));
    let asked = Qualification {
        deal: Behind::Existing(OpportunityId(7)),
        stage: None,
        value: None,
        ..whole(&[1])
    };
    done(&mut store, &Command::Qualify(asked.clone()));
    let frozen =
        "SELECT qualified_minor FROM opportunity WHERE id = 7 AND lead_id = 1 AND source_id = 1";
    assert_eq!(count(&store, frozen), 700);
    let text = refused(&mut store, &Command::Qualify(asked));
    assert!(
        text.contains("Import is qualified since 2025-06-01"),
        "{text}"
    );
}

#[test]
fn what_was_frozen_stays_and_every_change_has_its_event() {
    let mut store = qualified();
    for (what, kind) in [
        (DealChange::Stage("proposal".into()), "stage"),
        (
            DealChange::Value(Money {
                minor: 650_050,
                currency: Currency::EUR,
            }),
            "amount",
        ),
        (DealChange::CloseOn(day("2025-12-01")), "close_on"),
        (DealChange::Owner("sue".into()), "owner"),
        (DealChange::MarketingOwner("mia".into()), "marketing_owner"),
        (DealChange::Won, "won"),
        (
            DealChange::Reverse {
                note: "never paid".into(),
            },
            "reversed",
        ),
    ] {
        let applied = done(&mut store, &change(1, what.clone()));
        let sql = format!("SELECT count(*) FROM opportunity_event WHERE kind = '{kind}'");
        assert_eq!(count(&store, &sql), 1, "{what:?}");
        if kind == "amount" {
            assert_eq!(applied.summary, "value of Acme: 5000 EUR → 6500.50 EUR");
        }
    }
    let row =
        "SELECT count(*) FROM opportunity WHERE qualified_minor = 500000 AND amount_minor = 650050
               AND outcome = 'won' AND reversed_at IS NOT NULL";
    assert_eq!(count(&store, row), 1);
    let text = refused(
        &mut store,
        &change(1, DealChange::CloseOn(day("2026-01-01"))),
    );
    assert!(
        text.contains("Acme was reversed on 2025-06-01") && text.contains("undo the reversal"),
        "{text}"
    );
}

#[test]
fn a_lost_deal_needs_a_reason_and_owners_sit_on_their_sides() {
    let mut store = qualified();
    let lost = |reason: &str, note: Option<&str>| {
        let (reason, note) = (reason.to_owned(), note.map(str::to_owned));
        change(1, DealChange::Lost { reason, note })
    };
    assert!(refused(&mut store, &lost("", None)).contains("there is no reason"));
    assert!(refused(&mut store, &lost("other", None)).contains("add a note"));
    let text = refused(&mut store, &change(1, DealChange::Owner("mia".into())));
    assert!(text.contains("MIA sits on the side of marketing"), "{text}");
    let text = refused(&mut store, &change(1, DealChange::Stage("Prospect".into())));
    assert!(text.contains("does not go back to Prospect"), "{text}");
    let text = refused(&mut store, &change(1, DealChange::Stage("Nowhere".into())));
    assert!(
        text.contains("known: Prospect, Discovery, Proposal, Negotiation"),
        "{text}"
    );
    let done = done(&mut store, &lost("no_budget", None));
    assert_eq!(done.summary, "Acme: lost (No budget)");
}

#[test]
fn a_closing_is_taken_back_by_the_deal_and_a_deal_that_is_open_has_none() {
    let mut store = qualified();
    assert!(refused(&mut store, &change(1, DealChange::Reopen)).contains("Acme is open"));
    for closing in [DealChange::Won, DealChange::NoDecision { note: None }] {
        let open = dump(&store);
        done(&mut store, &change(1, closing));
        done(&mut store, &attempt(2, AttemptOutcome::Voicemail));
        let mia = store.apply(&change(1, DealChange::Reopen), &author(Some("mia")));
        assert!(matches!(mia, Err(StoreError::NotAllowed(_))));
        let sue = author(Some("sue"));
        let applied = store.apply(&change(1, DealChange::Reopen), &sue).unwrap();
        assert!(
            applied.summary.starts_with("undo: Acme: "),
            "{}",
            applied.summary
        );
        done(&mut store, &Command::Undo(None));
        assert_eq!(dump(&store), open);
    }
    assert!(refused(&mut store, &change(9, DealChange::Reopen)).contains("no deal 9"));
    store
        .conn
        .execute(
            "UPDATE opportunity SET outcome = 'lost', closed_at = 1748779200",
            [],
        )
        .unwrap();
    let why = refused(&mut store, &change(1, DealChange::Reopen));
    assert!(why.contains("came in closed with an import"), "{why}");
}

#[test]
fn holidays_rates_and_sources_go_while_nothing_rests_on_them() {
    let mut store = desk();
    let remove = |what| Command::Catalogue(Catalogue::Remove(what));
    let by_mia = |store: &mut Store, command: &Command| {
        store
            .apply(command, &author(Some("mia")))
            .map_err(|error| error.to_string())
    };
    let before = dump(&store);
    let added = [
        Command::AddHoliday {
            day: day("2025-12-25"),
            name: "Christmas".into(),
        },
        Command::SetRate {
            currency: Currency::USD,
            from: day("2025-01-01"),
            rate: "0.9".into(),
        },
        Command::PutSource {
            name: "Radio".into(),
            side: SourceSide::Marketing,
            free: true,
        },
    ];
    let removals = [
        Removal::Holiday(day("2025-12-25")),
        Removal::Rate(Currency::USD, day("2025-01-01")),
        Removal::Source("Radio".into()),
    ];
    for (add, removal) in added.iter().zip(removals) {
        let why = by_mia(&mut store, &remove(removal.clone())).unwrap_err();
        assert!(why.contains("lists them; nothing was changed"), "{why}");
        by_mia(&mut store, add).unwrap();
        by_mia(&mut store, &remove(removal)).unwrap();
        assert_eq!(dump(&store), before, "{add:?}");
    }
    let why = by_mia(&mut store, &remove(Removal::Source("Webinar".into()))).unwrap_err();
    assert!(
        why.contains("the source Webinar is in use (6 × lead)"),
        "{why}"
    );
    by_mia(&mut store, &added[1]).unwrap();
    let spent = Command::AddSpend {
        source: None,
        campaign: None,
        on: day("2025-03-01"),
        kind: SpendKind::Media,
        amount: Money::units(90, Currency::USD),
    };
    by_mia(&mut store, &spent).unwrap();
    let rate = Removal::Rate(Currency::USD, day("2025-01-01"));
    let why = by_mia(&mut store, &remove(rate)).unwrap_err();
    assert!(
        why.contains("0 deals and 1 entries of spend are in USD"),
        "{why}"
    );
}

#[test]
fn odd_but_true_is_said_and_stored() {
    let mut store = desk();
    done(&mut store, &attempt(1, AttemptOutcome::Connected));
    let odd = Qualification {
        value: Some(Money::units(10, Currency::USD)),
        close_on: Some(day("2025-05-01")),
        ..whole(&[1])
    };
    let applied = done(&mut store, &Command::Qualify(odd));
    assert!(applied.notes[0].contains("lies before today (2025-06-01)"));
    assert!(applied.notes[1].contains("no rate for USD"));
}

#[test]
fn catalogues_retire_and_never_delete() {
    let mut store = desk();
    let put = |code: &str, asks| {
        Command::Catalogue(Catalogue::PutReason(ReasonEntry {
            code: code.into(),
            label: "Frozen budget".into(),
            class: ReasonClass::Budget,
            asks,
            acts: Side::Marketing,
            field: None,
        }))
    };
    done(&mut store, &put("frozen", Asks::Conversation));
    assert!(
        refused(&mut store, &put("Frozen!", Asks::Nothing)).contains("is no code for a reason")
    );
    assert!(refused(&mut store, &put("other", Asks::Nothing)).contains("always needs a note"));
    done(&mut store, &reject(1, "no_budget", None));
    let merge = Command::Catalogue(Catalogue::MergeReason {
        from: "no_budget".into(),
        into: "frozen".into(),
    });
    done(&mut store, &merge);
    let text = refused(&mut store, &reject(2, "no_budget", None));
    assert!(
        text.contains("'No budget' is retired in favour of 'Frozen budget'"),
        "{text}"
    );
    let facts = store.load_facts(&mut |_| ()).unwrap();
    let code = facts.handoffs.reason[0];
    let now = facts.names.reason_facts[code as usize].now;
    assert_eq!(facts.names.reasons.name(code), "No budget");
    assert_eq!(facts.names.reasons.name(now), "Frozen budget");
    let stage = |name: &str, position, was: Option<&str>| {
        Command::Catalogue(Catalogue::PutStage {
            name: name.into(),
            position,
            was: was.map(str::to_owned),
        })
    };
    done(&mut store, &stage("Scoping", 1, Some("Discovery")));
    assert!(refused(&mut store, &stage("Proposal", 3, Some("Negotiation"))).contains("already"));
    done(&mut store, &attempt(3, AttemptOutcome::Connected));
    let deal = Qualification {
        stage: Some("Scoping".into()),
        ..whole(&[3])
    };
    done(&mut store, &Command::Qualify(deal));
    let text = refused(&mut store, &stage("Scoping", 0, None));
    assert!(
        text.contains("1 qualified deals stand in 'Scoping'"),
        "{text}"
    );
    for name in ["Negotiation", "Proposal"] {
        let name = name.into();
        done(
            &mut store,
            &Command::Catalogue(Catalogue::RetireStage { name }),
        );
    }
    let name = "Scoping".into();
    let text = refused(
        &mut store,
        &Command::Catalogue(Catalogue::RetireStage { name }),
    );
    assert!(text.contains("last stage of the pipeline"), "{text}");
    let gone = Command::Catalogue(Catalogue::RetirePerson {
        handle: "sue".into(),
    });
    let own = store.apply(&gone, &author(Some("sue"))).unwrap_err();
    assert!(own.to_string().contains("locked out"), "{own}");
    done(&mut store, &gone);
    let error = store.apply(&accept(2), &author(Some("sue"))).unwrap_err();
    assert!(error.to_string().contains("nobody 'sue'"), "{error}");
}

#[test]
fn the_sla_of_a_type_of_leads_is_set_taken_away_and_undone() {
    let mut store = desk();
    let sql = "INSERT INTO segment (name) VALUES ('Mid-market')";
    store.conn.execute(sql, []).unwrap();
    let put = |segment: &str, minutes| {
        Command::Catalogue(Catalogue::PutSla {
            segment: segment.into(),
            minutes,
        })
    };
    let own = |store: &Store| store.book().unwrap().sla_minutes(Some("Mid-market"));
    assert_eq!(own(&store), 480);
    done(&mut store, &put("Mid-market", Some(60)));
    assert_eq!(own(&store), 60);
    assert_eq!(store.book().unwrap().sla_minutes(None), 480);
    done(&mut store, &put("Mid-market", None));
    assert_eq!(own(&store), 480);
    done(&mut store, &Command::Undo(None));
    assert_eq!(own(&store), 60);
    assert!(refused(&mut store, &put("Midmarket", Some(60))).contains("known: Mid-market"));
    assert!(refused(&mut store, &put("Mid-market", Some(0))).contains("1 to 100000"));
}
