//! Feedback on clusters, and lists of domains.

use super::*;
use crate::domain::ids::FeedbackId;
use crate::domain::review::feedback::{Act, Cluster, Deeds, FeedbackState, Rate, Shared};
use crate::domain::review::lists::{DomainList, STOCK};

fn shared() -> Shared {
    Shared {
        reason: Some("no_need".into()),
        source: Some("Webinar".into()),
        ..Shared::default()
    }
}

fn of(shared: Shared, deed: Deeds) -> Command {
    let cluster = Cluster::Of(shared);
    Command::Review(Review::Feedback { cluster, deed })
}

fn kept(id: i64, deed: Deeds) -> Command {
    let cluster = Cluster::Kept(FeedbackId(id));
    Command::Review(Review::Feedback { cluster, deed })
}

fn raise() -> Deeds {
    Deeds::Raise {
        note: Some("since May".into()),
    }
}

fn act() -> Deeds {
    Deeds::Act {
        act: Act::Form,
        text: "ask what they look for".into(),
        rate: Rate { hits: 3, n: 5 },
    }
}

fn check() -> Deeds {
    Deeds::Check {
        rate: Rate { hits: 1, n: 6 },
    }
}

#[test]
fn feedback_ends_somewhere_and_can_be_raised_again() {
    let mut store = desk();
    let raised = done(&mut store, &of(shared(), raise()));
    assert_eq!(raised.summary, "raise No need · Webinar");
    assert_eq!(
        done(&mut store, &of(shared(), Deeds::Raise { note: None })).journal_id,
        None
    );
    for deed in [Deeds::Acknowledge, act()] {
        let text = refused_to(&mut store, &sam(), &kept(1, deed));
        assert!(text.contains("sales may not acknowledge"), "{text}");
    }
    let text = refused(&mut store, &kept(1, check()));
    assert!(text.contains("nothing to check"), "{text}");
    let taken = by_mia(&mut store, &kept(1, Deeds::Acknowledge));
    assert_eq!(taken.summary, "acknowledge No need · Webinar");
    let text = refused_to(&mut store, &mia(), &of(shared(), Deeds::Acknowledge));
    assert!(text.contains("acknowledged already"), "{text}");
    by_mia(&mut store, &of(shared(), act()));
    let checked = done(&mut store, &kept(1, check()));
    assert_eq!(checked.summary, "check No need · Webinar: 1 of 6 now");
    let line = &store.feedback().unwrap()[0];
    assert_eq!(
        (line.name(), line.state),
        ("No need · Webinar".into(), FeedbackState::Checked)
    );
    assert_eq!(line.shared, shared());
    let (kind, words, then) = line.act.clone().unwrap();
    assert_eq!(
        (kind, words.as_str(), then),
        (Act::Form, "ask what they look for", Rate { hits: 3, n: 5 })
    );
    assert_eq!(line.now, Some(Rate { hits: 1, n: 6 }));
    assert_eq!(line.acted, Some((NOW, Some("MIA".into()))));
    assert_eq!(line.age(NOW), None);
    done(&mut store, &kept(1, raise()));
    let lines = store.feedback().unwrap();
    assert_eq!((lines.len(), lines[1].state), (2, FeedbackState::New));
    assert_eq!(lines[1].age(Moment(NOW.0 + DAY)), Some(DAY));
}

#[test]
fn an_act_takes_note_by_itself_and_undoing_takes_all_back() {
    let mut store = desk();
    let before = dump(&store);
    by_mia(&mut store, &of(shared(), act()));
    let line = &store.feedback().unwrap()[0];
    assert_eq!(line.acknowledged, line.acted);
    by_mia(&mut store, &Command::Undo(None));
    assert_eq!(dump(&store), before);
    by_mia(&mut store, &Command::Redo);
    assert_eq!(store.feedback().unwrap().len(), 1);
}

#[test]
fn a_cluster_shares_something_that_there_is() {
    let mut store = desk();
    let text = refused(&mut store, &of(Shared::default(), raise()));
    assert!(text.contains("shares something"), "{text}");
    for (odd, known) in [
        (
            Shared {
                reason: Some("nonsense".into()),
                ..Shared::default()
            },
            "no_need",
        ),
        (
            Shared {
                source: Some("Fair".into()),
                ..Shared::default()
            },
            "Webinar",
        ),
        (
            Shared {
                rep: Some("nobody".into()),
                ..Shared::default()
            },
            "sam",
        ),
    ] {
        let text = refused(&mut store, &of(odd, raise()));
        assert!(text.contains(known), "{text}");
    }
    let text = refused(&mut store, &kept(7, raise()));
    assert!(text.starts_with("there is no feedback 7"), "{text}");
}

#[test]
fn a_new_workspace_has_lists_and_they_are_edited() {
    let mut store = desk();
    let stocked: usize = STOCK.iter().map(|(_, domains)| domains.len()).sum();
    let lists = store.book().unwrap().lists;
    assert_eq!(lists.entries().count(), stocked);
    assert_eq!(
        lists.of_domain("sub.yopmail.com"),
        Some(DomainList::Disposable)
    );
    let list = |domains: &[&str]| {
        Command::Review(Review::List {
            list: DomainList::Competitor,
            domains: domains.iter().map(|d| (*d).to_owned()).collect(),
        })
    };
    let unlist = |domain: &str| {
        Command::Review(Review::Unlist {
            list: DomainList::Competitor,
            domains: vec![domain.to_owned()],
        })
    };
    let applied = done(&mut store, &list(&["Rival.example", "ann@foe.example"]));
    assert_eq!(applied.summary, "list 2 domains as competitor");
    assert_eq!(done(&mut store, &list(&["rival.example"])).journal_id, None);
    let lists = store.book().unwrap().lists;
    assert_eq!(lists.of_domain("foe.example"), Some(DomainList::Competitor));
    let text = refused(&mut store, &list(&["rival.example", "no domain"]));
    assert!(text.contains("'no domain' is no domain"), "{text}");
    let text = refused(&mut store, &unlist("other.example"));
    assert!(text.contains("is not on the competitor list"), "{text}");
    done(&mut store, &unlist("foe.example"));
    done(&mut store, &Command::Undo(None));
    done(&mut store, &Command::Undo(None));
    let before = store.book().unwrap().lists;
    assert_eq!(before.entries().count(), stocked);
    let again = Command::Review(Review::StockLists);
    assert_eq!(done(&mut store, &again).journal_id, None);
}
