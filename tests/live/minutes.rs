//! A meeting at two desks: who may sign, and whose issue is under the cursor.

use smarketing::domain::criteria::version::{State, Version};

use super::desk::{Desk, Shared};

/// A meeting that only marketing has come to.
fn marketing_alone(shared: &Shared) -> Desk {
    let mut ines = shared.desk("ines");
    // The short agenda; of those who came last time all but marketing stay away.
    ines.press("6sbdjk\n");
    assert!(ines.screen().contains("no sales"), "{}", ines.screen());
    ines
}

fn draft(desk: &Desk) -> Version {
    let versions = desk.store.criteria().unwrap();
    versions.draft(None).cloned().unwrap()
}

#[test]
fn nobody_signs_on_screen_before_both_sides_are_at_the_table() {
    let shared = Shared::new();
    let mut ines = marketing_alone(&shared);
    ines.press("4pSa");
    let shown = ines.screen();
    assert!(shown.contains("nobody of sales is there"), "{shown}");
    let unsigned = draft(&ines);
    assert_eq!(unsigned.state, State::Proposed);
    assert_eq!(unsigned.signatures.len(), 0);
    ines.press("6od\n4Sa");
    assert_eq!(draft(&ines).signatures.len(), 1, "{}", ines.screen());
}

#[test]
fn what_others_raise_does_not_move_an_issue_from_under_the_cursor() {
    let shared = Shared::new();
    let mut ines = marketing_alone(&shared);
    ines.press("6\t");
    let mut rike = shared.desk("rike");
    rike.press("6!urgent\t1\n");
    ines.refresh();
    let shown = ines.screen();
    assert!(shown.contains("▸ 2  The comparison portal"), "{shown}");
    assert!(shown.contains("1  urgent"), "{shown}");
    // Both have the same issue open: who comes second is told so.
    rike.press("6\tj\n");
    ines.press("\n");
    ines.see(&mut [("r", &mut rike)]);
    let shown = ines.screen();
    assert!(shown.contains("Rike has this issue open"), "{shown}");
}
