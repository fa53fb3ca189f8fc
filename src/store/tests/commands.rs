//! Each command: what it writes, who may give it, what undoing it leaves.

use super::*;
use crate::domain::ids::JournalId;
use crate::domain::money::Money;
use crate::domain::policy::SourceSide;
use crate::domain::verdict::SpendKind;
use crate::store::{Changed, StoreError};

fn commands() -> Vec<Command> {
    vec![
        Command::Reshape(Workspace {
            name: "Acme 2".into(),
            week_start: 7,
            ..workspace()
        }),
        Command::Set {
            key: "small_n".into(),
            value: 20,
        },
        Command::SetTarget {
            metric: "revenue".into(),
            start: day("2025-01-01"),
            end: day("2025-04-01"),
            value: 1_000_000,
        },
        Command::PutSource {
            name: "Webinar".into(),
            side: SourceSide::Marketing,
            free: true,
        },
        Command::AddSpend {
            source: Some("Ads".into()),
            campaign: Some("Spring".into()),
            on: day("2025-03-01"),
            kind: SpendKind::Media,
            amount: Money::units(90, Currency::EUR),
        },
        Command::SetRate {
            currency: Currency::USD,
            from: day("2025-01-01"),
            rate: "0.92".into(),
        },
        Command::AddHoliday {
            day: day("2025-12-25"),
            name: "Christmas".into(),
        },
        // Who spends and who owns a source says so as soon as there are people.
        person("ada", Side::Sales),
    ]
}

#[test]
fn every_command_is_undone_to_the_byte_and_its_undo_too() {
    for command in commands() {
        let mut store = store();
        let before = dump(&store);
        let applied = store.apply(&command, &nobody()).unwrap();
        let after = dump(&store);
        assert_ne!(before, after, "{command:?}");
        let undone = store.undo(applied.journal_id.unwrap(), &nobody()).unwrap();
        assert_eq!(before, dump(&store), "{command:?}");
        store.undo(undone.journal_id.unwrap(), &nobody()).unwrap();
        assert_eq!(after, dump(&store), "{command:?}");
        let again = store.undo(undone.journal_id.unwrap(), &nobody());
        assert!(again.unwrap_err().to_string().contains("already"));
    }
}

#[test]
fn the_same_command_twice_writes_one_entry() {
    let mut store = store();
    for command in commands() {
        store.apply(&command, &nobody()).unwrap();
        let entries = store.journal_id().unwrap();
        let again = store.apply(&command, &nobody()).unwrap();
        if !matches!(command, Command::AddSpend { .. }) {
            assert_eq!(again.journal_id, None, "{command:?}");
            assert_eq!(store.journal_id().unwrap(), entries);
        }
    }
}

#[test]
fn commands_arrive_in_book_and_history() {
    let mut store = store();
    for command in commands() {
        store.apply(&command, &nobody()).unwrap();
    }
    let book = store.book().unwrap();
    assert_eq!(book.workspace.name, "Acme 2");
    assert_eq!(book.settings.small_n, 20);
    assert_eq!(book.people[0].handle, "ada");
    assert_eq!(book.sources.len(), 2);
    assert!(!book.calendar.is_working_day(day("2025-12-25")));
    let facts = store.load_facts(&mut |_| ()).unwrap();
    assert_eq!(facts.spend.rows.len(), 1);
    assert_eq!(
        facts.names.campaigns.name(facts.spend.rows[0].campaign),
        "Spring"
    );
    assert_eq!(facts.targets.0[0].value, 1_000_000);
    let dollars = Money::units(100, Currency::USD);
    assert_eq!(facts.rates.convert(dollars, day("2025-02-01")), Some(9_200));
    assert_eq!(facts.journal_id, 9);
}

#[test]
fn a_refresh_finds_what_a_load_finds() {
    let mut store = store();
    let mut facts = store.load_facts(&mut |_| ()).unwrap();
    assert_eq!(store.refresh(&mut facts).unwrap(), Changed::Nothing);
    for command in commands() {
        store.apply(&command, &nobody()).unwrap();
        assert_ne!(store.refresh(&mut facts).unwrap(), Changed::Nothing);
        let loaded = store.load_facts(&mut |_| ()).unwrap();
        assert_same(&facts, &loaded, &format!("{command:?}"));
    }
}

#[test]
fn the_policy_table_is_asked_and_the_person_is_recorded() {
    let mut store = store();
    for (handle, side) in [("mia", Side::Marketing), ("sam", Side::Sales)] {
        store.apply(&person(handle, side), &nobody()).unwrap();
    }
    let spend = &commands()[4];
    let refused = store.apply(spend, &author(Some("sam"))).unwrap_err();
    assert!(refused.to_string().contains("sales may not edit spend"));
    let unknown = store.apply(spend, &author(Some("eve"))).unwrap_err();
    assert!(unknown.to_string().contains("nobody 'eve'"), "{unknown}");
    store.apply(spend, &author(Some("mia"))).unwrap();
    let entries = store.journal(None, 10).unwrap();
    assert_eq!(entries.len(), 4);
    assert_eq!(entries[0].person.as_deref(), Some("MIA"));
    assert_eq!(entries[0].summary, "spend 2025-03-01 Spring");
    assert_eq!(store.journal(Some(JournalId(2)), 10).unwrap().len(), 1);
}

#[test]
fn nothing_is_applied_before_the_set_up_and_none_twice() {
    let mut store = Store::open_in_memory().unwrap();
    assert!(matches!(store.book(), Err(StoreError::NotSetUp)));
    let early = store.apply(&person("ada", Side::Sales), &nobody());
    assert!(matches!(early, Err(StoreError::NotSetUp)));
    let mut store = set_up(store);
    let again = store.apply(&Command::Init(workspace()), &nobody());
    assert!(again.unwrap_err().to_string().contains("already"));
}

#[test]
fn an_undo_is_refused_when_something_rests_on_it() {
    let mut store = store();
    let source = store.apply(&commands()[3], &nobody()).unwrap();
    let mut spend = commands()[4].clone();
    if let Command::AddSpend { source, .. } = &mut spend {
        *source = Some("Webinar".into());
    }
    let entry = store.apply(&spend, &nobody()).unwrap();
    let before = dump(&store);
    let refused = store
        .undo(source.journal_id.unwrap(), &nobody())
        .unwrap_err();
    assert!(refused.to_string().contains("source Webinar"), "{refused}");
    assert_eq!(before, dump(&store));
    store.undo(entry.journal_id.unwrap(), &nobody()).unwrap();
    store.undo(source.journal_id.unwrap(), &nobody()).unwrap();
}

#[test]
fn wrong_numbers_are_refused_with_the_cure() {
    let mut store = store();
    let wrong = [
        (
            Command::SetRate {
                currency: Currency::USD,
                from: day("2025-01-01"),
                rate: "-1".into(),
            },
            "above 0",
        ),
        (
            Command::SetTarget {
                metric: "revenue".into(),
                start: day("2025-02-01"),
                end: day("2025-02-01"),
                value: 1,
            },
            "at least one day",
        ),
        (
            Command::Set {
                key: "small_n".into(),
                value: 0,
            },
            "1 to 1000",
        ),
        (person(" ", Side::Sales), "empty"),
    ];
    for (command, part) in wrong {
        let before = dump(&store);
        let error = store.apply(&command, &nobody()).unwrap_err().to_string();
        assert!(
            error.contains(part) && error.contains("nothing was changed"),
            "{error}"
        );
        assert_eq!(before, dump(&store));
    }
}
