//! One keystroke of the criteria screen over 1,000,000 handoffs and 12 rules, beside one scan over a vector of structs that computes the same.
//!
//! `SMARKETING_BENCH_LEADS` changes the number of leads. Nothing is asserted: absolute times drift, ratios are read off.

#[path = "support/past.rs"]
mod past;

use std::sync::LazyLock;

use divan::{Bencher, black_box};
use past::{END, Past, Wide};
use smarketing::backtest::{Baseline, Columns, Ground, Judge, Judged, effects, suggest};
use smarketing::domain::criteria::{Definition, Fields, Literal, Number, parse};
use smarketing::domain::moment::Moment;
use smarketing::domain::period::Period;
use smarketing::metrics::Scope;

fn main() {
    divan::main();
}

/// Twelve rules of every kind.
const RULES: &str = "employees >= 50 and industry in (industry-1, industry-2, industry-3, industry-4, industry-5) and \
     must not country in (country-7, country-9) and must not title contains student and budget > 1000 and \
     supporting decides = yes and supporting touches >= 3 and supporting start within 180 days and visits <= 90 and \
     must not company_domain matches domains (domain-3.test, domain-4.test) and source != source-8 and plan is known";

struct Room {
    past: Past,
    fields: Fields,
    columns: Columns,
    ground: Ground,
    draft: Definition,
    baseline: Baseline,
}

static ROOM: LazyLock<Room> = LazyLock::new(|| {
    let leads = std::env::var("SMARKETING_BENCH_LEADS")
        .ok()
        .and_then(|n| n.parse().ok());
    let past = Past::new(leads.unwrap_or(1_000_000));
    let fields = Past::fields();
    let columns = past.columns(&fields);
    let scope = Scope::new(&past.facts, &past.book, Period::all(), Moment(END));
    let ground = Ground::new(&past.facts, &past.book, &scope, None);
    let draft = Definition {
        rules: parse(RULES, &fields).whole().expect("the rules are right"),
        at_least: 1,
        ..Definition::default()
    };
    assert_eq!(draft.rules.len(), 12);
    let baseline = ground.baseline(Judge::new().judge(&columns, &draft, None));
    Room {
        past,
        fields,
        columns,
        ground,
        draft,
        baseline,
    }
});

/// The threshold that is being typed: never the same twice, so that nothing is remembered.
fn retyped(draft: &mut Definition, rule: usize, value: f64) {
    let number = Number::new(value).expect("finite");
    draft.rules[rule].condition.values = vec![Literal::Number(number)];
}

/// A key in the first rule: one scan, the kept sum of the others, the whole impact.
#[divan::bench(args = ["around 60", "around 500"])]
fn keystroke(bencher: Bencher, threshold: &str) {
    let room = &*ROOM;
    let base = if threshold == "around 60" {
        60.0
    } else {
        500.0
    };
    let (mut judge, mut draft, mut typed) = (Judge::new(), room.draft.clone(), 0.0);
    judge.judge(&room.columns, &draft, Some(0));
    bencher.bench_local(|| {
        typed += 1.0 / 1024.0;
        retyped(&mut draft, 0, base + typed);
        let judged = judge.judge(&room.columns, &draft, Some(0));
        black_box(room.ground.impact(&room.baseline, &judged))
    });
}

/// The scan and the sum alone.
#[divan::bench]
fn keystroke_without_impact(bencher: Bencher) {
    let room = &*ROOM;
    let (mut judge, mut draft, mut typed) = (Judge::new(), room.draft.clone(), 0.0);
    judge.judge(&room.columns, &draft, Some(0));
    bencher.bench_local(|| {
        typed += 1.0 / 1024.0;
        retyped(&mut draft, 0, 60.0 + typed);
        black_box(judge.judge(&room.columns, &draft, Some(0)))
    });
}

/// All twelve rules anew: what opening the screen costs once the columns are there.
#[divan::bench]
fn twelve_rules_anew(bencher: Bencher) {
    let room = &*ROOM;
    bencher.bench(|| Judge::new().judge(&room.columns, &room.draft, None));
}

/// Against "everything passes": most handoffs flip.
#[divan::bench]
fn impact_where_most_flip(bencher: Bencher) {
    let room = &*ROOM;
    let mut judge = Judge::new();
    let nothing = room
        .ground
        .baseline(judge.judge(&room.columns, &Definition::default(), None));
    let judged: Judged = judge.judge(&room.columns, &room.draft, None);
    bencher.bench_local(|| black_box(room.ground.impact(&nothing, &judged)));
}

/// The peer: the same twelve rules, counts and sums, row by row over structs.
#[divan::bench]
fn peer_struct_scan(bencher: Bencher) {
    let room = &*ROOM;
    let mut typed = 0.0;
    bencher.bench_local(|| {
        typed += 1.0 / 1024.0;
        black_box(Wide::scan(&room.past.structs, 60.0 + typed))
    });
}

#[divan::bench]
fn each_rules_own_effect(bencher: Bencher) {
    let room = &*ROOM;
    let sums = (&room.baseline.all, &room.baseline.passed);
    let judged = &room.baseline.judged;
    bencher.bench(|| effects(&room.ground, &room.draft, judged, sums, &|| true));
}

#[divan::bench]
fn suggestions_over_all_fields(bencher: Bencher) {
    let room = &*ROOM;
    let draft = (&room.draft, &room.baseline.judged);
    bencher.bench(|| suggest(&room.ground, &room.columns, &room.fields, draft, &|| true));
}

/// The same while everything passes: every row counts.
#[divan::bench]
fn suggestions_on_an_empty_draft(bencher: Bencher) {
    let room = &*ROOM;
    let draft = Definition::default();
    let judged = Judge::new().judge(&room.columns, &draft, None);
    bencher.bench(|| {
        suggest(
            &room.ground,
            &room.columns,
            &room.fields,
            (&draft, &judged),
            &|| true,
        )
    });
}

/// What opening the screen costs: what became of each handoff.
#[divan::bench(sample_count = 5)]
fn ground(bencher: Bencher) {
    let room = &*ROOM;
    let scope = Scope::new(
        &room.past.facts,
        &room.past.book,
        Period::all(),
        Moment(END),
    );
    bencher.bench(|| Ground::new(&room.past.facts, &room.past.book, &scope, None));
}
