//! The rep's queue and the search over 1,000,000 leads in sales' hands, beside one bare memmem over the same bytes.
//!
//! `SMARKETING_BENCH_LEADS` changes the number of leads. Nothing is asserted: absolute times drift, ratios are read off.

use std::sync::LazyLock;

use divan::{Bencher, black_box};
use smarketing::domain::book::Book;
use smarketing::domain::calendar::Calendar;
use smarketing::domain::moment::Moment;
use smarketing::domain::money::Currency;
use smarketing::domain::settings::Settings;
use smarketing::domain::verdict::{Evidence, Verdict};
use smarketing::domain::workspace::Workspace;
use smarketing::facts::Facts;
use smarketing::facts::column::NONE;
use smarketing::facts::handoffs::HandoffRow;
use smarketing::facts::leads::LeadRow;
use smarketing::facts::queue::{Queue, QueueFilter, Viewer};
use smarketing::facts::texts::Texts;

const START: i64 = 1_672_531_200; // 2023-01-01
const DAY: i64 = 86_400;
const SPAN: i64 = 3 * 365 * DAY;

fn main() {
    divan::main();
}

struct Room {
    facts: Facts,
    book: Book,
    texts: Texts,
    /// The same names as one string, for the floor.
    bytes: String,
}

static ROOM: LazyLock<Room> = LazyLock::new(Room::new);

impl Room {
    fn new() -> Room {
        let leads: u32 = std::env::var("SMARKETING_BENCH_LEADS")
            .ok()
            .and_then(|n| n.parse().ok())
            .unwrap_or(1_000_000);
        let (mut facts, mut texts, mut bytes) = (Facts::default(), Texts::default(), String::new());
        for id in 0..24 {
            facts.names.people.put(id, &format!("Rep {id}"));
            facts.names.sources.put(id, &format!("Source {id}"));
        }
        for row in 0..leads {
            let scattered = row.wrapping_mul(2_654_435_761) >> 4;
            facts.leads.push(lead(row, scattered));
            facts.handoffs.push(handoff(row, scattered, leads));
            let name = format!("Person{scattered} Family{}", scattered % 9_973);
            let email = format!("person{scattered}@company{}.test", scattered % 300_000);
            bytes.push_str(&name);
            bytes.push_str(&email);
            texts.push([name.as_str(), email.as_str()]);
        }
        for id in 1..300_000 {
            texts.push_company(id, &format!("Company {id} Ltd"));
        }
        facts.index();
        Room {
            facts,
            book: book(),
            texts,
            bytes: bytes.to_lowercase(),
        }
    }

    fn queue(&self, text: &str) -> usize {
        let filter = QueueFilter::parse(text, &self.facts).expect("a filter");
        let viewer = Viewer {
            me: 3,
            now: Moment(START + SPAN),
        };
        Queue::new(&self.facts, &self.book, viewer)
            .rows(&filter, None)
            .len()
    }

    fn search(&self, query: &str) -> usize {
        let hits = self.texts.search(&self.facts.leads, query, &|| true);
        hits.map_or(0, |hits| hits.count_ones(..))
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
        lists: smarketing::domain::review::lists::Lists::default(),
        meetings: smarketing::domain::meeting::line::Meetings::default(),
        criteria: smarketing::domain::criteria::version::Versions::default(),
    }
}

fn lead(row: u32, scattered: u32) -> LeadRow {
    LeadRow {
        id: i64::from(row) + 1,
        created: Moment(START),
        mql: Moment::NEVER,
        source: scattered % 24,
        campaign: NONE,
        segment: NONE,
        owner: scattered % 24,
        account: scattered % 300_000,
        contactable: true,
        excluded: None,
    }
}

/// A fifth is decided, a third of the rest was tried.
fn handoff(row: u32, scattered: u32, leads: u32) -> HandoffRow {
    let at = START + i64::from(row) * SPAN / i64::from(leads);
    let decided = scattered.is_multiple_of(5);
    let tried = scattered.is_multiple_of(3);
    HandoffRow {
        id: i64::from(row) + 1,
        lead: row,
        number: 1,
        handed_off: Moment(at),
        assigned: Moment(at + i64::from(scattered % 7_200)),
        rep: scattered % 24,
        first_attempt: if tried {
            Moment(at + DAY)
        } else {
            Moment::NEVER
        },
        first_connected: Moment::NEVER,
        first_meeting: Moment::NEVER,
        attempts: u16::from(tried),
        minutes_logged: 0,
        minutes_assumed: 0,
        verdict: decided.then_some(Verdict::Accepted),
        verdict_at: if decided {
            Moment(at + 2 * DAY)
        } else {
            Moment::NEVER
        },
        reason: NONE,
        evidence: Evidence::None,
    }
}

#[divan::bench(args = ["", "mine untouched", "mine breached", "source:\"Source 7\"", "state:all"])]
fn queue(bencher: Bencher<'_, '_>, filter: &str) {
    let room = &*ROOM;
    bencher.bench(|| room.queue(black_box(filter)));
}

#[divan::bench(args = ["person2654", "e", "ltd", "zebra", "family77 company12"])]
fn search(bencher: Bencher<'_, '_>, query: &str) {
    let room = &*ROOM;
    bencher.bench(|| room.search(black_box(query)));
}

#[divan::bench]
fn floor_one_memmem_that_finds_nothing(bencher: Bencher<'_, '_>) {
    let room = &*ROOM;
    let needle = memchr::memmem::Finder::new("zebra");
    bencher.bench(|| needle.find(black_box(room.bytes.as_bytes())));
}

#[divan::bench]
fn one_verdict_made_durable(bencher: Bencher<'_, '_>) {
    use smarketing::domain::command::{Author, Command};
    use smarketing::store::Store;
    let folder = tempfile::tempdir().expect("a folder");
    let mut store = Store::create(&folder.path().join("room.db")).expect("a file");
    let author = Author {
        handle: None,
        os_user: "bench".into(),
        at: Moment(START),
    };
    let init = Command::Init(book().workspace);
    store.apply(&init, &author).expect("a new workspace");
    let mut value = 0;
    bencher.bench_local(|| {
        value = value % 900 + 1;
        let key = "small_n".into();
        store
            .apply(&Command::Set { key, value }, &author)
            .expect("a change")
    });
}
