//! From a cluster to a rule: what its leads share and the others do not, with what it would have cost.

use crate::domain::criteria::{Field, FieldKind, Fields, Origin, Value};
use crate::domain::moment::Moment;
use crate::domain::verdict::{Evidence, Verdict};
use crate::facts::column::NONE;
use crate::facts::fields::{Builder, FieldColumn};
use crate::facts::handoffs::HandoffRow;
use crate::facts::opportunities::OpportunityRow;
use crate::metrics::review::{Axis, Review, propose};
use crate::metrics::tests::fixture::{HOUR, at, book, empty, handoff, lead, qualified};
use crate::metrics::tests::room::{Room, room};

/// Forty leads: 0–19 rejected as students, 20–39 accepted; the accepted ones with deals, all but the last four.
fn students() -> Room {
    let mut facts = empty();
    for i in 0..40 {
        let row = lead(&mut facts, at("2025-03-03T09:00:00Z"), i % 2);
        let own = handoff(&facts, row);
        let rejected = i < 20;
        facts.handoffs.push(HandoffRow {
            verdict: Some(if rejected {
                Verdict::Rejected
            } else {
                Verdict::Accepted
            }),
            verdict_at: Moment(own.handed_off.0 + HOUR),
            reason: if rejected { 0 } else { NONE },
            evidence: Evidence::Spoke,
            ..own
        });
        if (20..36).contains(&i) {
            let deal = qualified(&facts, at("2025-03-10T00:00:00Z"), 1_000, "2025-05-01");
            facts.opportunities.push(OpportunityRow {
                lead: row,
                handoff: row,
                ..deal
            });
        }
    }
    room(facts)
}

fn own(key: &str, kind: FieldKind) -> Field {
    let own = [(Origin::Lead, key.to_owned(), key.to_owned(), kind)];
    Fields::new(own).find(key).unwrap().clone()
}

fn column(kind: FieldKind, value: impl Fn(u32) -> Value<'static>) -> FieldColumn {
    let mut builder = Builder::new(kind);
    for row in 0..40 {
        builder.push(value(row));
    }
    builder.finish()
}

#[test]
fn the_rule_names_what_the_cluster_shares_and_counts_both_ways() {
    let room = students();
    let (book, scope) = (book("UTC"), room.scope());
    let review = Review::new(&room.facts, &book, &scope);
    let cluster = review.rows_at(&room.facts, &[(Axis::Reason, 0)]);
    assert_eq!(cluster.len(), 20);
    // Fifteen of the cluster are students, and so is one whose deal qualified.
    let occupation = column(FieldKind::Text, |row| match row {
        0..15 | 20 => Value::Text("student"),
        15..18 => Value::Unknown,
        _ => Value::Text("employed"),
    });
    // Eighteen of the cluster work for fewer than 50; the others for 50 and more.
    let employees = column(FieldKind::Number, |row| match row {
        0..18 => Value::Number(10.0),
        18..30 => Value::Number(50.0),
        _ => Value::Number(200.0),
    });
    // Says nothing: half of everybody.
    let newsletter = column(FieldKind::YesNo, |row| Value::YesNo(row % 2 == 0));
    let fields = [
        own("occupation", FieldKind::Text),
        own("staff", FieldKind::Number),
        own("newsletter", FieldKind::YesNo),
    ];
    let columns = [&occupation, &employees, &newsletter];
    let given: Vec<_> = fields.iter().zip(columns).collect();
    let told = |hint: Option<&str>| -> Vec<(String, u64, u64, u64, u64)> {
        propose(&room.facts, &scope, &review, &cluster, &given, hint)
            .into_iter()
            .map(|p| (p.rule.condition.to_string(), p.caught, p.of, p.lost, p.good))
            .collect()
    };
    let staff = ("staff >= 50".to_owned(), 18, 20, 0, 16);
    let student = ("occupation not in (student)".to_owned(), 15, 20, 1, 16);
    assert_eq!(told(None), [staff.clone(), student.clone()]);
    // The reason speaks about the occupation: that rule stands first.
    assert_eq!(told(Some("occupation")), [student, staff]);
}

#[test]
fn what_only_the_cluster_does_not_know_is_asked_for() {
    let room = students();
    let (book, scope) = (book("UTC"), room.scope());
    let review = Review::new(&room.facts, &book, &scope);
    let budget = column(FieldKind::Number, |row| match row {
        0..12 => Value::Unknown,
        row => Value::Number(f64::from(row % 3)),
    });
    let field = own("funds", FieldKind::Number);
    let given = [(&field, &budget)];
    let found = propose(
        &room.facts,
        &scope,
        &review,
        &review.rows(&room.facts),
        &given,
        None,
    );
    assert_eq!(found[0].rule.condition.to_string(), "funds is known");
    assert_eq!((found[0].caught, found[0].lost), (12, 0));
    assert!(propose(&room.facts, &scope, &review, &[], &given, None).is_empty());
}

#[test]
fn what_names_each_lead_is_no_rule() {
    let room = students();
    let scope = room.scope();
    let review = Review::new(&room.facts, &book("UTC"), &scope);
    let cluster = review.rows_at(&room.facts, &[(Axis::Reason, 0)]);
    let field = own("customer_id", FieldKind::Text);
    let names: Vec<&str> = (0..40)
        .map(|row| &*Box::leak(format!("CUST-{row}").into_boxed_str()))
        .collect();
    let by_name = column(FieldKind::Text, |row| Value::Text(names[row as usize]));
    let fields = [(&field, &by_name)];
    assert_eq!(
        propose(&room.facts, &scope, &review, &cluster, &fields, None),
        []
    );
    let in_fours = column(FieldKind::Text, |row| Value::Text(names[row as usize / 4]));
    let fields = [(&field, &in_fours)];
    assert_eq!(
        propose(&room.facts, &scope, &review, &cluster, &fields, None).len(),
        1
    );
}
