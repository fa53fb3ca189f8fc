//! One deal comes out of a lead, on every way in.

use super::*;

#[test]
fn one_deal_comes_out_of_a_lead_unless_somebody_says_another() {
    let mut store = desk();
    done(&mut store, &attempt(1, AttemptOutcome::Connected));
    done(&mut store, &Command::Qualify(whole(&[1])));
    let text = refused(&mut store, &Command::Qualify(whole(&[1])));
    assert!(
        text.contains("stands behind deal 1 (Acme) already, qualified on 2025-06-01 and open")
            && text.contains("`smarketing deal 1 join HANDOFF`")
            && text.contains("only --another opens a second deal"),
        "{text}"
    );
    // Among others as well, and in a bulk: the second of two equal commands.
    done(&mut store, &attempt(2, AttemptOutcome::Connected));
    refused(&mut store, &Command::Qualify(whole(&[2, 1])));
    let twice = [Command::Qualify(whole(&[2])), Command::Qualify(whole(&[2]))];
    let bulk = store.apply_each(&twice, &sam()).unwrap();
    assert_eq!(bulk.done(), 1);
    assert_eq!(count(&store, "SELECT count(*) FROM opportunity"), 2);
    // Closed, it still is the deal that came out of this handoff; reversed, it counts nowhere.
    done(&mut store, &change(1, DealChange::Won));
    let text = refused(&mut store, &Command::Qualify(whole(&[1])));
    assert!(text.contains("closed as won on 2025-06-01"), "{text}");
    let another = Qualification {
        deal: Behind::Another(Some("Acme, second site".into())),
        ..whole(&[1])
    };
    done(&mut store, &Command::Qualify(another));
    assert_eq!(count(&store, "SELECT count(*) FROM opportunity"), 3);
    let mistake = |deal| change(deal, DealChange::Reverse { note: "err".into() });
    done(&mut store, &mistake(1));
    done(&mut store, &mistake(3));
    done(&mut store, &Command::Qualify(whole(&[1])));
    assert_eq!(count(&store, "SELECT count(*) FROM opportunity"), 4);
}

#[test]
fn a_deal_that_an_import_brought_is_taken_through_the_gate_not_doubled() {
    let mut store = desk();
    store
        .conn
        .execute_batch(
            "INSERT INTO opportunity (id, name, created_at, lead_id) VALUES (7, 'Import', 1748000000, 1);
             INSERT INTO opportunity_lead (opportunity_id, lead_id) VALUES (7, 1);",
        )
        .unwrap();
    done(&mut store, &attempt(1, AttemptOutcome::Connected));
    let text = refused(&mut store, &Command::Qualify(whole(&[1])));
    assert!(
        text.contains("deal 7 (Import) already, not qualified yet: --deal 7 takes"),
        "{text}"
    );
    let asked = Qualification {
        deal: Behind::Existing(OpportunityId(7)),
        ..whole(&[1])
    };
    done(&mut store, &Command::Qualify(asked));
    assert_eq!(count(&store, "SELECT count(*) FROM opportunity"), 1);
}
