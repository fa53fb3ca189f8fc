//! What the file shows for rejections that no conversation is owed for, read whole and kept up by the journal.

use super::*;
use crate::domain::review::lists::DomainList;
use crate::facts::proofs::{Proofs, Shown};

const EVERYTHING: [Shown; 4] = [
    Shown::Bounced,
    Shown::Unaddressed,
    Shown::Twin,
    Shown::RivalCompany,
];

/// What is shown of handoffs 1 to 5.
fn shown(proofs: &Proofs) -> Vec<(i64, Shown)> {
    let each = (1..=5).flat_map(|handoff| EVERYTHING.map(|what| (handoff, what)));
    each.filter(|(handoff, what)| proofs.shows(*handoff, *what))
        .collect()
}

#[test]
fn each_proof_is_found_and_kept_up() {
    let mut store = desk();
    let early = NOW.0 - 2 * DAY;
    let raw = format!(
        "INSERT INTO lead (id, created_at, account_id, name, email) VALUES (7, {early}, 1, ' BOB ', 'robert@acme.test');
         UPDATE account SET domain = 'shop.globex.test' WHERE id = 2;"
    );
    store.conn.execute_batch(&raw).unwrap();
    let mut kept = store.load_proofs().unwrap();
    assert_eq!(shown(&kept), []);
    let list = |domain: &str| {
        Command::Review(Review::List {
            list: DomainList::Competitor,
            domains: vec![domain.to_owned()],
        })
    };
    let mut after = |store: &mut Store, command: &Command, author: &Author| {
        store.apply(command, author).unwrap();
        store.refresh_proofs(&mut kept).unwrap();
        let anew = store.load_proofs().unwrap();
        assert_eq!(shown(&kept), shown(&anew), "{command:?}");
        shown(&kept)
    };
    let bounced = attempt(1, AttemptOutcome::Bounced);
    assert_eq!(after(&mut store, &bounced, &sam()), []);
    let ada = after(&mut store, &reject(1, "bad_contact_data", None), &sam());
    assert_eq!(ada, [(1, Shown::Bounced)]);
    let bob = after(&mut store, &reject(2, "duplicate", None), &sam());
    assert_eq!(bob[1..], [(2, Shown::Twin)]);
    // Globex is no competitor until somebody lists what its own domain lies under.
    let cy = after(&mut store, &reject(3, "competitor", None), &sam());
    assert_eq!(cy.len(), 2);
    let listed = after(&mut store, &list("globex.test"), &mia());
    assert_eq!(listed[2..], [(3, Shown::RivalCompany)]);
    let ed = after(&mut store, &reject(5, "bad_contact_data", None), &sam());
    assert_eq!(ed[3..], [(5, Shown::Unaddressed)]);
    // What needs a conversation is asked for no proof.
    let di = after(&mut store, &reject(4, "no_need", None), &sam());
    assert_eq!(di.len(), 4);
    // A rejection that is taken back has nothing to show.
    let back = after(&mut store, &reopen(2), &sam());
    assert_eq!(back.len(), 3);
}

#[test]
fn what_came_back_only_after_the_verdict_is_no_proof_of_it() {
    let mut store = desk();
    done(&mut store, &attempt(1, AttemptOutcome::Bounced));
    done(&mut store, &reject(1, "bad_contact_data", None));
    assert_eq!(shown(&store.load_proofs().unwrap()), [(1, Shown::Bounced)]);
    let moved = format!(
        "UPDATE handoff SET verdict_at = {} WHERE id = 1",
        NOW.0 - HOUR
    );
    store.conn.execute_batch(&moved).unwrap();
    assert_eq!(shown(&store.load_proofs().unwrap()), []);
}
