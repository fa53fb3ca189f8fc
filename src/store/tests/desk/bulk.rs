//! Many at once from two terminals: what somebody else did meanwhile is not overwritten, and is said; the others stand.

use super::*;
use crate::domain::clash::Sight;
use crate::domain::ids::JournalId;
use crate::store::Access;

fn give(handoff: i64, to: &str) -> Command {
    Command::Desk(Desk::Assign {
        handoff: HandoffId(handoff),
        to: to.into(),
    })
}

#[test]
fn two_terminals_decide_on_many_and_nothing_is_overwritten() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("made.db");
    let mut here = furnished(set_up(Store::create(&file).unwrap()));
    let mut there = Store::open(&file, Access::ReadWrite).unwrap();
    let seen = Sight::Upto(JournalId(here.journal_id().unwrap()));
    let sue = author(Some("sue"));
    there
        .apply_each_seeing(&[give(2, "sue"), give(3, "sue")], &sue, seen)
        .unwrap();
    // Reopened here what was accepted there meanwhile would take a verdict away; so would giving the lead to somebody else.
    there.apply(&accept(4), &sam()).unwrap();
    let mine = [give(1, "sue"), give(2, "sam"), reopen(4), give(5, "sam")];
    let bulk = here.apply_each_seeing(&mine, &sam(), seen).unwrap();
    let told: Vec<Result<(), String>> = bulk
        .results
        .iter()
        .map(|result| result.as_ref().map(drop).map_err(ToString::to_string))
        .collect();
    assert!(told[0].is_ok() && told[3].is_ok(), "{told:?}");
    for refused in [&told[1], &told[2]] {
        let why = refused.as_ref().unwrap_err();
        assert!(why.contains("has changed this meanwhile"), "{why}");
    }
    let owners = "SELECT group_concat(coalesce(p.handle, '-'), ' ') FROM handoff h LEFT JOIN person p ON p.id = h.owner_id";
    let owners: String = here.conn.query_row(owners, [], |row| row.get(0)).unwrap();
    assert_eq!(owners, "sue sue sue sam sam");
    assert_eq!(
        count(
            &here,
            "SELECT count(*) FROM handoff WHERE verdict = 'accepted'"
        ),
        1
    );
    // What one has done oneself is no surprise, and what is in sight is overwritten knowingly.
    let again = here
        .apply_each_seeing(&[give(1, "sam")], &sam(), seen)
        .unwrap();
    assert_eq!(again.done(), 1);
    let now = Sight::Upto(JournalId(here.journal_id().unwrap()));
    let again = here
        .apply_each_seeing(&[give(2, "sam"), reopen(4)], &sam(), now)
        .unwrap();
    assert_eq!(again.done(), 2);
}
