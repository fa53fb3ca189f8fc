//! A generated history for benches: leads, handoffs, deals and spend over three years, the same every time. Measures nothing.

use smarketing::domain::book::Book;
use smarketing::domain::calendar::Calendar;
use smarketing::domain::moment::{Day, Moment};
use smarketing::domain::money::{Currency, Rates};
use smarketing::domain::period::Period;
use smarketing::domain::policy::SourceSide;
use smarketing::domain::reason::ReasonClass;
use smarketing::domain::settings::Settings;
use smarketing::domain::verdict::{DealEvidence, DealOutcome, Evidence, SpendKind, Verdict};
use smarketing::domain::workspace::Workspace;
use smarketing::facts::Facts;
use smarketing::facts::column::NONE;
use smarketing::facts::dictionary::{ReasonFacts, SourceFacts};
use smarketing::facts::handoffs::HandoffRow;
use smarketing::facts::leads::LeadRow;
use smarketing::facts::opportunities::OpportunityRow;
use smarketing::facts::spend::SpendRow;
use smarketing::metrics::Scope;

const START: i64 = 1_672_531_200; // 2023-01-01
const DAY: i64 = 86_400;
const YEARS: i64 = 3;

/// The history with a scope over all of it.
pub(crate) struct Room {
    pub facts: Facts,
    pub book: Book,
    pub scope: Scope,
    pub structs: Vec<Wide>,
}

/// What a program without columns would keep per lead.
#[expect(
    dead_code,
    reason = "a realistic row also holds what this scan does not read"
)]
pub(crate) struct Wide {
    name: [u8; 48],
    pub created: i64,
    pub mql: Option<i64>,
    pub verdict: Option<(u8, i64)>,
    pub first_attempt: Option<i64>,
    pub qualified: Option<(i64, i64)>,
    pub won: Option<(i64, i64)>,
    pub source: u32,
    campaign: u32,
}

struct Dice(u64);

impl Dice {
    fn below(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % n
    }

    fn chance(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }
}

impl Room {
    pub(crate) fn new() -> Room {
        let leads = std::env::var("SMARKETING_BENCH_LEADS")
            .ok()
            .and_then(|n| n.parse().ok())
            .unwrap_or(1_000_000);
        let (facts, structs) = history(leads);
        let book = book();
        let as_of = Moment(START + YEARS * 365 * DAY);
        let scope = Scope::new(&facts, &book, Period::all(), as_of);
        Room {
            facts,
            book,
            scope,
            structs,
        }
    }

    /// The scope of a named period.
    pub(crate) fn period(&self, name: &str) -> Scope {
        let period = Period::parse(name, Day(20_000), &self.book.calendar);
        self.scope.with_period(period.expect("a period's name"))
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

fn history(leads: u64) -> (Facts, Vec<Wide>) {
    let mut facts = Facts::default();
    let mut dice = Dice(42);
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
    for id in 0..12 {
        facts.names.segments.put(id, &format!("Segment {id}"));
        facts.names.reasons.put(id, &format!("Reason {id}"));
        facts.names.reason_facts.push(ReasonFacts {
            class: ReasonClass::ALL[id as usize % 9],
            objective: id == 3,
            now: id as u32,
        });
    }
    for id in 0..24 {
        facts.names.people.put(id, &format!("Rep {id}"));
    }
    for id in 0..6 {
        facts.names.stages.put(id, &format!("Stage {id}"));
        facts.names.stage_positions.push(id);
    }
    facts.names.currency(Currency::EUR);
    facts.rates = Rates::new(Currency::EUR, Vec::new());
    let mut structs = Vec::with_capacity(leads as usize);
    for row in 0..leads {
        let created = START + (row as i64 * YEARS * 365 * DAY) / leads as i64;
        structs.push(lead(&mut facts, &mut dice, row as u32, created));
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
    (facts, structs)
}

fn lead(facts: &mut Facts, dice: &mut Dice, row: u32, created: i64) -> Wide {
    let (source, campaign) = (dice.below(10) as u32, dice.below(1_057) as u32);
    let mql = dice.chance(50).then_some(created + 3_600);
    facts.leads.push(LeadRow {
        id: i64::from(row) + 1,
        created: Moment(created),
        mql: Moment::or_never(mql.map(Moment)),
        source,
        campaign,
        segment: dice.below(12) as u32,
        owner: dice.below(24) as u32,
        account: row % 300_000,
        contactable: true,
        excluded: None,
    });
    let mut wide = Wide {
        name: [0; 48],
        created,
        mql,
        verdict: None,
        first_attempt: None,
        qualified: None,
        won: None,
        source,
        campaign,
    };
    let handed_off = created + dice.below(20_000) as i64;
    wide.first_attempt = dice
        .chance(80)
        .then(|| handed_off + dice.below(400_000) as i64);
    let connected = wide.first_attempt.filter(|_| dice.chance(40));
    let kind = Verdict::ALL[[1, 1, 1, 1, 0, 0, 2][dice.below(7) as usize]];
    wide.verdict = dice.chance(85).then(|| {
        (
            kind as u8,
            handed_off + 500_000 + dice.below(900_000) as i64,
        )
    });
    facts.handoffs.push(HandoffRow {
        id: i64::from(row) + 1,
        lead: row,
        number: 1,
        handed_off: Moment(handed_off),
        assigned: Moment(handed_off + dice.below(9_000) as i64),
        rep: dice.below(24) as u32,
        first_attempt: Moment::or_never(wide.first_attempt.map(Moment)),
        first_connected: Moment::or_never(connected.map(Moment)),
        first_meeting: Moment::NEVER,
        attempts: dice.below(6) as u16,
        minutes_logged: 0,
        minutes_assumed: dice.below(60) as u32,
        verdict: wide.verdict.map(|_| kind),
        verdict_at: Moment::or_never(wide.verdict.map(|(_, at)| Moment(at))),
        reason: if wide.verdict.is_some() && kind == Verdict::Rejected {
            dice.below(12) as u32
        } else {
            NONE
        },
        evidence: Evidence::ALL[dice.below(4) as usize],
    });
    if dice.chance(13) {
        deal(facts, dice, row, &mut wide);
    }
    wide
}

fn deal(facts: &mut Facts, dice: &mut Dice, lead: u32, wide: &mut Wide) {
    let created = wide.created + 15 * DAY;
    let amount = 100_000 + dice.below(5_000_000) as i64;
    let qualified = dice.chance(80).then_some(created + 3 * DAY);
    let ended = dice
        .chance(80)
        .then(|| created + dice.below(90) as i64 * DAY);
    let outcome = DealOutcome::ALL[dice.below(3) as usize];
    wide.qualified = qualified.map(|at| (at, amount));
    wide.won = ended
        .filter(|_| outcome == DealOutcome::Won)
        .map(|at| (at, amount));
    let id = facts.opportunities.len() as i64 + 1;
    facts.opportunities.push(OpportunityRow {
        id,
        lead,
        handoff: lead,
        account: lead % 300_000,
        source: wide.source,
        campaign: wide.campaign,
        segment: 0,
        rep: 0,
        created: Moment(created),
        stage: dice.below(6) as u32,
        stage_since: Moment(created),
        last_activity: Moment(created + 20 * DAY),
        amount: Some(amount),
        currency: 0,
        close_on: Day(((created + 80 * DAY) / DAY) as i32),
        conversation: Moment(created),
        confirmed: true,
        evidence: DealEvidence::Logged,
        qualified: Moment::or_never(qualified.map(Moment)),
        qualified_amount: amount,
        qualified_currency: 0,
        outcome: ended.map(|_| outcome),
        closed: Moment::or_never(ended.map(Moment)),
        lost_reason: NONE,
        delivery_cost: None,
        reversed: Moment::NEVER,
    });
}
