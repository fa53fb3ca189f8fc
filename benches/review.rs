//! The review of rejections over 1,000,000 generated leads with some 300,000 rejections: gathering, axis switch, flags.
//!
//! `SMARKETING_BENCH_LEADS` changes the number of leads. Nothing is asserted: absolute times drift; one frame is 16 ms.

use std::sync::LazyLock;

use divan::{Bencher, black_box};
use smarketing::domain::book::Book;
use smarketing::domain::calendar::Calendar;
use smarketing::domain::moment::{Day, Moment};
use smarketing::domain::money::{Currency, Rates};
use smarketing::domain::period::Period;
use smarketing::domain::policy::SourceSide;
use smarketing::domain::reason::ReasonClass;
use smarketing::domain::review::lists::{DomainList, Lists};
use smarketing::domain::settings::Settings;
use smarketing::domain::verdict::{Evidence, SpendKind, Verdict};
use smarketing::domain::workspace::Workspace;
use smarketing::facts::Facts;
use smarketing::facts::column::NONE;
use smarketing::facts::dictionary::{ReasonFacts, SourceFacts};
use smarketing::facts::domains::{Domains, Filling};
use smarketing::facts::filter::{Dimension, Filter};
use smarketing::facts::handoffs::HandoffRow;
use smarketing::facts::leads::LeadRow;
use smarketing::facts::spend::SpendRow;
use smarketing::metrics::Scope;
use smarketing::metrics::review::{Axis, Flags, Known, Measure, Order, Review, Seed};

const START: i64 = 1_672_531_200; // 2023-01-01
const DAY: i64 = 86_400;
const YEARS: i64 = 3;

fn main() {
    let review = &ROOM.review;
    println!(
        "{} leads, {} rejections",
        ROOM.facts.leads.len(),
        review.count()
    );
    divan::main();
}

struct Room {
    facts: Facts,
    book: Book,
    scope: Scope,
    review: Review,
    domains: Domains,
    lists: Lists,
}

static ROOM: LazyLock<Room> = LazyLock::new(Room::new);

struct Dice(u64);

impl Dice {
    fn below(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % n
    }
}

impl Room {
    fn new() -> Room {
        let leads = std::env::var("SMARKETING_BENCH_LEADS")
            .ok()
            .and_then(|n| n.parse().ok())
            .unwrap_or(1_000_000);
        let (facts, domains) = history(leads);
        let book = book();
        let as_of = Moment(START + (YEARS * 365 + 60) * DAY);
        let scope = Scope::new(&facts, &book, Period::all(), as_of);
        Room {
            review: Review::new(&facts, &book, &scope),
            facts,
            book,
            scope,
            domains,
            lists: Lists::new([(DomainList::Student, "edu".to_owned())]),
        }
    }

    fn known(&self) -> Known<'_> {
        Known {
            domains: Some(&self.domains),
            proofs: None,
            lists: &self.lists,
            met: &|_| None,
        }
    }
}

fn book() -> Book {
    Book {
        workspace: Workspace {
            name: "Bench".into(),
            currency: Currency::EUR,
            time_zone: "Europe/Berlin".into(),
            fiscal_year_start: 1,
            week_start: 1,
            as_of: None,
        },
        settings: Settings::default(),
        calendar: Calendar::new("Europe/Berlin").expect("a zone"),
        people: Vec::new(),
        sources: Vec::new(),
        reasons: Vec::new(),
        stages: Vec::new(),
        segments: Vec::new(),
        filters: Vec::new(),
        lists: Lists::default(),
        meetings: smarketing::domain::meeting::line::Meetings::default(),
        criteria: smarketing::domain::criteria::version::Versions::default(),
    }
}

fn history(leads: u64) -> (Facts, Domains) {
    let mut facts = Facts::default();
    for id in 0..10 {
        facts.names.sources.put(id, &format!("Source {id}"));
        facts.names.source_facts.push(SourceFacts {
            side: SourceSide::ALL[id as usize % 4],
            free: id == 0,
        });
    }
    for id in 0..1_057 {
        facts.names.campaigns.put(id, &format!("Campaign {id}"));
    }
    for id in 0..19 {
        facts.names.reasons.put(id, &format!("Reason {id}"));
        facts.names.reason_facts.push(ReasonFacts {
            class: ReasonClass::ALL[id as usize % 9],
            objective: id == 3,
            now: id as u32,
        });
    }
    for id in 0..24 {
        facts.names.people.put(id, &format!("Rep {id}"));
        facts.names.segments.put(id, &format!("Segment {id}"));
    }
    facts.names.currency(Currency::EUR);
    facts.rates = Rates::new(Currency::EUR, Vec::new());
    let (mut dice, mut filling) = (Dice(42), Filling::default());
    for row in 0..leads {
        let created = START + (row as i64 * YEARS * 365 * DAY) / leads as i64;
        lead(&mut facts, &mut dice, row as u32, created);
        filling.push(Some(&format!("a@company{}.example", dice.below(200_000))));
    }
    for id in 0..4_000 {
        facts.spend.push(SpendRow {
            id,
            source: dice.below(10) as u32,
            campaign: dice.below(1_057) as u32,
            lead: NONE,
            on: Day(((START + dice.below(1_095) as i64 * DAY) / DAY) as i32),
            kind: SpendKind::Media,
            amount: dice.below(900_000) as i64,
            currency: 0,
        });
    }
    facts.index();
    (facts, filling.done(0))
}

fn lead(facts: &mut Facts, dice: &mut Dice, row: u32, created: i64) {
    facts.leads.push(LeadRow {
        id: i64::from(row) + 1,
        created: Moment(created),
        mql: Moment::NEVER,
        source: dice.below(10) as u32,
        campaign: dice.below(1_057) as u32,
        segment: dice.below(24) as u32,
        owner: dice.below(24) as u32,
        account: row % 300_000,
        contactable: true,
        excluded: None,
    });
    let handed_off = created + dice.below(20_000) as i64;
    let verdict = match dice.below(100) {
        0..30 => Some(Verdict::Rejected),
        30..85 => Some(Verdict::Accepted),
        85..90 => Some(Verdict::Recycled),
        _ => None,
    };
    facts.handoffs.push(HandoffRow {
        id: i64::from(row) + 1,
        lead: row,
        number: 1,
        handed_off: Moment(handed_off),
        assigned: Moment(handed_off + dice.below(9_000) as i64),
        rep: dice.below(24) as u32,
        first_attempt: Moment(handed_off + dice.below(400_000) as i64),
        first_connected: Moment::NEVER,
        first_meeting: Moment::NEVER,
        attempts: dice.below(6) as u16,
        minutes_logged: 0,
        minutes_assumed: dice.below(60) as u32,
        verdict,
        verdict_at: if verdict.is_some() {
            Moment(handed_off + 300 + dice.below(900_000) as i64)
        } else {
            Moment::NEVER
        },
        reason: if verdict == Some(Verdict::Rejected) {
            dice.below(19) as u32
        } else {
            NONE
        },
        evidence: Evidence::ALL[dice.below(4) as usize],
    });
}

const PAIRS: [(Axis, Axis); 5] = [
    (Axis::Reason, Axis::Source),
    (Axis::Reason, Axis::Rep),
    (Axis::Campaign, Axis::Source),
    (Axis::Campaign, Axis::Week),
    (Axis::Segment, Axis::Class),
];

/// A key that switches an axis, the codes known from before or not.
#[divan::bench(args = 0..PAIRS.len())]
fn axis_switch_again(bencher: Bencher, pair: usize) {
    let (rows, columns) = PAIRS[pair];
    bencher.bench(|| ROOM.review.matrix(&ROOM.facts, rows, columns, Order::Count));
}

#[divan::bench(args = 0..PAIRS.len())]
fn axis_switch_first(bencher: Bencher, pair: usize) {
    let (rows, columns) = PAIRS[pair];
    let fresh = || Review::new(&ROOM.facts, &ROOM.book, &ROOM.scope);
    bencher
        .with_inputs(fresh)
        .bench_values(|review| black_box(review.matrix(&ROOM.facts, rows, columns, Order::Count)));
}

/// Another period, or a filter whose mask is known.
#[divan::bench(args = ["all", "2025", "2025-Q2"])]
fn gathering(bencher: Bencher, period: &str) {
    let period = Period::parse(period, Day(20_000), &ROOM.book.calendar);
    let scope = ROOM.scope.with_period(period.expect("a period's name"));
    bencher.bench(|| Review::new(&ROOM.facts, &ROOM.book, &scope));
}

/// A filter key, from the key to the whole matrix.
#[divan::bench(args = ["all", "2025-Q2"])]
fn filter_to_matrix(bencher: Bencher, period: &str) {
    let period = Period::parse(period, Day(20_000), &ROOM.book.calendar);
    let base = ROOM.scope.with_period(period.expect("a period's name"));
    bencher.bench(|| {
        let mut filter = Filter::default();
        filter.toggle(Dimension::Source, 3);
        let scope = base.with_filter(&ROOM.facts, filter);
        let review = Review::new(&ROOM.facts, &ROOM.book, &scope);
        review.matrix(&ROOM.facts, Axis::Reason, Axis::Rep, Order::Count)
    });
}

#[divan::bench]
fn narrowed_to_matrix(bencher: Bencher) {
    let verified = smarketing::metrics::review::Proof::Verified;
    bencher.bench(|| {
        let review = ROOM.review.proven_by(&ROOM.facts, verified);
        review.matrix(&ROOM.facts, Axis::Reason, Axis::Source, Order::Count)
    });
}

#[divan::bench]
fn worklist_of_pairs(bencher: Bencher) {
    bencher.bench(|| {
        ROOM.review
            .worklist(&ROOM.facts, Axis::Reason, Axis::Campaign)
    });
}

#[divan::bench]
fn rows_of_a_cell(bencher: Bencher) {
    let place = [(Axis::Reason, 4), (Axis::Source, 3)];
    bencher.bench(|| ROOM.review.drill(&ROOM.facts, &place, Measure::Waste));
}

#[divan::bench]
fn trend_of_a_cell(bencher: Bencher) {
    let place = [(Axis::Reason, 4), (Axis::Source, 3)];
    bencher.bench(|| ROOM.review.trend(&ROOM.facts, &place));
}

#[divan::bench]
fn second_look(bencher: Bencher) {
    bencher.bench(|| ROOM.review.second_look(&ROOM.facts, Seed::of("2025"), 10));
}

/// Once per history, off the thread that draws.
#[divan::bench(sample_count = 10)]
fn all_flags(bencher: Bencher) {
    bencher.bench(|| Flags::new(&ROOM.facts, &ROOM.book, &ROOM.scope, ROOM.known()));
}
