//! The search column against the file: loaded, kept up, and back after an undo.

use super::*;
use crate::domain::moment::Moment;

fn found(store: &Store, texts: &crate::facts::texts::Texts, query: &str) -> Vec<i64> {
    let facts = store.load_facts(&mut |_| ()).unwrap();
    let hits = texts.search(&facts.leads, query, &|| true).unwrap();
    hits.ones().map(|row| facts.leads.id.at(row)).collect()
}

#[test]
fn names_companies_addresses_and_notes_are_found_and_follow_the_journal() {
    let mut store = desk();
    let mut texts = store.load_texts(&mut |_| ()).unwrap();
    assert_eq!(found(&store, &texts, "acme"), [1, 2]);
    assert_eq!(found(&store, &texts, "globex.TEST"), [3]);
    assert_eq!(found(&store, &texts, "flo"), [6]);
    let note = |text: &str| {
        Command::Desk(Desk::LogAttempt {
            handoff: HandoffId(5),
            at: Moment(NOW.0),
            channel: Channel::Call,
            outcome: AttemptOutcome::Voicemail,
            minutes: Some(2),
            note: Some(text.into()),
        })
    };
    done(&mut store, &note("asks for the Zürich office"));
    done(&mut store, &reject(1, "other", Some("moved to Zürich")));
    let facts = store.load_facts(&mut |_| ()).unwrap();
    store.refresh_texts(&mut texts, &facts).unwrap();
    assert_eq!(found(&store, &texts, "zürich"), [1, 5]);
    assert_eq!(
        found(&store, &store.load_texts(&mut |_| ()).unwrap(), "zürich"),
        [1, 5]
    );
    done(&mut store, &Command::Undo(None));
    done(&mut store, &Command::Undo(None));
    store.refresh_texts(&mut texts, &facts).unwrap();
    assert_eq!(found(&store, &texts, "zürich"), [] as [i64; 0]);
    assert_eq!(found(&store, &texts, "acme ada"), [1]);
}
