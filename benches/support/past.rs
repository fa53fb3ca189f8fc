//! A synthetic past for the criteria: handoffs with the fields of a B2B lead, in columns and as structs. Measures nothing.

use smarketing::backtest::Columns;
use smarketing::domain::book::Book;
use smarketing::domain::calendar::Calendar;
use smarketing::domain::criteria::{FieldKind, Fields, Origin, Value};
use smarketing::domain::moment::{Day, Moment};
use smarketing::domain::money::{Currency, Rates};
use smarketing::domain::policy::SourceSide;
use smarketing::domain::reason::ReasonClass;
use smarketing::domain::settings::Settings;
use smarketing::domain::verdict::{DealEvidence, DealOutcome, Evidence, SpendKind, Verdict};
use smarketing::domain::workspace::Workspace;
use smarketing::facts::Facts;
use smarketing::facts::column::NONE;
use smarketing::facts::dictionary::{ReasonFacts, SourceFacts};
use smarketing::facts::fields::Builder;
use smarketing::facts::handoffs::HandoffRow;
use smarketing::facts::leads::LeadRow;
use smarketing::facts::opportunities::OpportunityRow;
use smarketing::facts::spend::SpendRow;

const START: i64 = 1_672_531_200; // 2023-01-01
const DAY: i64 = 86_400;
pub(crate) const END: i64 = START + 3 * 365 * DAY;

pub(crate) struct Past {
    pub facts: Facts,
    pub book: Book,
    pub structs: Vec<Wide>,
}

/// What a program without columns would keep per handoff.
pub(crate) struct Wide {
    employees: Option<f64>,
    industry: Option<String>,
    country: Option<String>,
    title: Option<String>,
    budget: Option<f64>,
    decides: Option<bool>,
    touches: f64,
    start: Option<i32>,
    visits: Option<f64>,
    domain: Option<String>,
    source: String,
    plan: Option<String>,
    handed_off_on: i32,
    rejected: bool,
    minutes: u32,
    qualified: bool,
    won: Option<i64>,
    before: bool,
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

    /// A value, or none so many times in a hundred.
    fn maybe<T>(&mut self, unknown: u64, value: impl FnOnce(&mut Dice) -> T) -> Option<T> {
        (self.below(100) >= unknown).then(|| value(self))
    }
}

impl Past {
    pub(crate) fn fields() -> Fields {
        let own = [
            ("budget", FieldKind::Number),
            ("decides", FieldKind::YesNo),
            ("start", FieldKind::Date),
            ("visits", FieldKind::Number),
            ("plan", FieldKind::Text),
        ];
        Fields::new(own.map(|(key, kind)| (Origin::Lead, key.to_owned(), key.to_owned(), kind)))
    }

    pub(crate) fn new(leads: u32) -> Past {
        let mut facts = Facts::default();
        for id in 0..10 {
            facts.names.sources.put(id, &format!("source-{id}"));
            let side = SourceSide::ALL[id as usize % 4];
            facts
                .names
                .source_facts
                .push(SourceFacts { side, free: false });
        }
        for id in 0..12 {
            facts.names.reasons.put(id, &format!("reason-{id}"));
            facts.names.reason_facts.push(ReasonFacts {
                class: ReasonClass::ALL[id as usize % 9],
                objective: id == 3,
                now: id as u32,
            });
        }
        facts.names.currency(Currency::EUR);
        facts.rates = Rates::new(Currency::EUR, Vec::new());
        let (mut dice, mut structs) = (Dice(7), Vec::with_capacity(leads as usize));
        for row in 0..leads {
            structs.push(handoff(&mut facts, &mut dice, row, leads));
        }
        for id in 0..4_000 {
            facts.spend.push(SpendRow {
                id,
                source: dice.below(10) as u32,
                campaign: NONE,
                lead: NONE,
                on: Day(((START + dice.below(1_095) as i64 * DAY) / DAY) as i32),
                kind: SpendKind::Media,
                amount: dice.below(900_000) as i64,
                currency: 0,
            });
        }
        facts.index();
        Past {
            facts,
            book: book(),
            structs,
        }
    }

    pub(crate) fn columns(&self, fields: &Fields) -> Columns {
        let mut columns = Columns::new(&self.facts, fields, &self.book.calendar);
        let number = |x: Option<f64>| x.map_or(Value::Unknown, Value::Number);
        for field in fields.all() {
            if columns.has(&field.key) {
                continue;
            }
            let mut builder = Builder::new(field.kind);
            for own in &self.structs {
                let text = |text: &Option<String>, push: &mut dyn FnMut(Value<'_>)| {
                    push(text.as_deref().map_or(Value::Unknown, Value::Text));
                };
                match field.key.as_str() {
                    "employees" => builder.push(number(own.employees)),
                    "budget" => builder.push(number(own.budget)),
                    "visits" => builder.push(number(own.visits)),
                    "touches" => builder.push(Value::Number(own.touches)),
                    "decides" => builder.push(own.decides.map_or(Value::Unknown, Value::YesNo)),
                    "start" => {
                        builder.push(own.start.map_or(Value::Unknown, |d| Value::Day(Day(d))));
                    }
                    "industry" => text(&own.industry, &mut |v| builder.push(v)),
                    "country" => text(&own.country, &mut |v| builder.push(v)),
                    "title" => text(&own.title, &mut |v| builder.push(v)),
                    "company_domain" => text(&own.domain, &mut |v| builder.push(v)),
                    "plan" => text(&own.plan, &mut |v| builder.push(v)),
                    _ => builder.push(Value::Unknown),
                }
            }
            columns.put(&field.key, builder.finish());
        }
        columns
    }
}

fn handoff(facts: &mut Facts, dice: &mut Dice, row: u32, leads: u32) -> Wide {
    let created = START + (i64::from(row) * 3 * 365 * DAY) / i64::from(leads);
    let source = dice.below(10) as u32;
    facts.leads.push(LeadRow {
        id: i64::from(row) + 1,
        created: Moment(created),
        mql: Moment::NEVER,
        source,
        campaign: NONE,
        segment: NONE,
        owner: NONE,
        account: row % 300_000,
        contactable: true,
        excluded: None,
    });
    let employees = dice.maybe(12, |d| (1_u64 << d.below(14)) as f64 + d.below(7) as f64);
    let good = employees.is_some_and(|n| n >= 50.0) && dice.below(3) > 0;
    let rejected = dice.below(100) < if good { 30 } else { 75 };
    let handed_off = created + dice.below(20_000) as i64;
    let verdict_at = handed_off + dice.below(9 * 86_400) as i64;
    let decided = dice.below(100) < 85;
    let minutes = dice.below(90) as u32;
    let verdict = if rejected {
        Verdict::Rejected
    } else {
        Verdict::Accepted
    };
    facts.handoffs.push(HandoffRow {
        id: i64::from(row) + 1,
        lead: row,
        number: 1,
        handed_off: Moment(handed_off),
        assigned: Moment::NEVER,
        rep: NONE,
        first_attempt: Moment::NEVER,
        first_connected: Moment::NEVER,
        first_meeting: Moment::NEVER,
        attempts: 0,
        minutes_logged: minutes,
        minutes_assumed: 0,
        verdict: decided.then_some(verdict),
        verdict_at: if decided {
            Moment(verdict_at)
        } else {
            Moment::NEVER
        },
        reason: if decided && rejected {
            dice.below(12) as u32
        } else {
            NONE
        },
        evidence: Evidence::ALL[dice.below(4) as usize],
    });
    let qualified = decided && !rejected && dice.below(3) == 0;
    let won = (qualified && dice.below(3) == 0).then(|| 100_000 + dice.below(5_000_000) as i64);
    if qualified {
        deal(facts, row, verdict_at, won);
    }
    let handed_off_on = (handed_off / DAY) as i32;
    Wide {
        employees,
        industry: dice.maybe(9, |d| format!("industry-{}", d.below(24))),
        country: dice.maybe(4, |d| format!("country-{}", d.below(40))),
        title: dice.maybe(20, |d| {
            let role =
                ["student", "head", "chief", "engineer", "buyer", "owner"][d.below(6) as usize];
            format!("{role} {}", d.below(800))
        }),
        budget: dice.maybe(50, |d| d.below(200) as f64 * 250.0),
        decides: dice.maybe(40, |d| d.below(2) == 0),
        touches: dice.below(12) as f64,
        start: dice.maybe(60, |d| handed_off_on + d.below(400) as i32),
        visits: dice.maybe(1, |d| d.below(100) as f64),
        domain: dice.maybe(30, |d| format!("domain-{}.test", d.below(3_000))),
        source: format!("source-{source}"),
        plan: dice.maybe(15, |d| format!("plan-{}", d.below(4))),
        handed_off_on,
        rejected: decided && rejected,
        minutes,
        qualified,
        won,
        before: !row.is_multiple_of(3),
    }
}

fn deal(facts: &mut Facts, lead: u32, at: i64, won: Option<i64>) {
    let amount = won.unwrap_or(500_000);
    let closed = if won.is_some() {
        Moment(at + 20 * DAY)
    } else {
        Moment::NEVER
    };
    let id = facts.opportunities.len() as i64 + 1;
    facts.opportunities.push(OpportunityRow {
        id,
        lead,
        handoff: lead,
        account: lead % 300_000,
        source: NONE,
        campaign: NONE,
        segment: NONE,
        rep: NONE,
        created: Moment(at),
        stage: NONE,
        stage_since: Moment(at),
        last_activity: Moment(at),
        amount: Some(amount),
        currency: 0,
        close_on: Day(((at + 80 * DAY) / DAY) as i32),
        conversation: Moment(at),
        confirmed: true,
        evidence: DealEvidence::Logged,
        qualified: Moment(at),
        qualified_amount: amount,
        qualified_currency: 0,
        outcome: won.map(|_| DealOutcome::Won),
        closed,
        lost_reason: NONE,
        delivery_cost: won.map(|value| value / 3),
        reversed: Moment::NEVER,
    });
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

/// 0: not met, 1: unknown, 2: met.
fn of<T>(value: Option<T>, holds: impl FnOnce(T) -> bool) -> u8 {
    value.map_or(1, |value| u8::from(holds(value)) * 2)
}

impl Wide {
    /// The rules, by hand: no parser, no generality, the first thing that rules a row out ends it.
    fn truth(&self, employees: f64) -> u8 {
        let is = |text: &Option<String>, list: &[&str]| of(text.as_deref(), |t| list.contains(&t));
        let mut all = of(self.employees, |n| n >= employees);
        let industries = [
            "industry-1",
            "industry-2",
            "industry-3",
            "industry-4",
            "industry-5",
        ];
        for next in [
            &|| is(&self.industry, &industries),
            &|| 2 - is(&self.country, &["country-7", "country-9"]),
            &|| 2 - of(self.title.as_deref(), |t| t.contains("student")),
            &|| of(self.budget, |n| n > 1000.0),
            &|| of(self.visits, |n| n <= 90.0),
            &|| 2 - is(&self.domain, &["domain-3.test", "domain-4.test"]),
            &|| u8::from(self.source != "source-8") * 2,
            &|| u8::from(self.plan.is_some()) * 2,
        ] as [&dyn Fn() -> u8; 8]
        {
            all = all.min(next());
            if all == 0 {
                return 0;
            }
        }
        let supporting = of(self.decides, |yes| yes)
            .max(u8::from(self.touches >= 3.0) * 2)
            .max(of(self.start, |d| (d - self.handed_off_on).abs() <= 180));
        all.min(supporting)
    }

    /// One keystroke's answer: what flips each way, what it was and what it is worth.
    pub(crate) fn scan(rows: &[Wide], employees: f64) -> [i64; 12] {
        let mut sums = [0_i64; 12];
        for row in rows {
            let truth = row.truth(employees);
            sums[0] += i64::from(truth == 1);
            let passes = truth > 0;
            sums[1] += i64::from(passes);
            if passes == row.before {
                continue;
            }
            let side = if passes { 2 } else { 7 };
            sums[side] += 1;
            sums[side + 1] += i64::from(row.rejected);
            sums[side + 2] += if row.rejected {
                i64::from(row.minutes)
            } else {
                0
            };
            sums[side + 3] += i64::from(row.qualified);
            sums[side + 4] += row.won.unwrap_or(0);
        }
        sums
    }
}
