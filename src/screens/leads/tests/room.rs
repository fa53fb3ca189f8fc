//! A queue of four leads, keys that are pressed on it, what is drawn of it.

use std::sync::Arc;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::super::*;
use crate::domain::book::{Person, Reason, SavedFilter, Stage, Who};
use crate::domain::card::{HandoffLine, LeadLine};
use crate::domain::criteria::Truth;
use crate::domain::criteria::version::{Version, Versions};
use crate::domain::ids::{HandoffId, PersonId, ReasonId};
use crate::domain::moment::Moment;
use crate::domain::policy::Side;
use crate::domain::reason::{Asks, ReasonClass};
use crate::domain::verdict::Evidence;
use crate::facts::Facts;
use crate::facts::column::NONE;
use crate::facts::handoffs::HandoffRow;
use crate::facts::leads::LeadRow;
use crate::facts::queue::Met;
use crate::keymap::{self, Chord};
use crate::screens::fetch::Listed;
use crate::screens::model::History;
use crate::screens::sample;

const HOUR: i64 = 3_600;

/// Handed over so many hours before the moment of the sample: Tuesday evening.
const HANDED: [(&str, i64); 4] = [
    ("Ada Lovelace", 30),
    ("株式会社 山田 🚀\u{1b}[31m", 20),
    ("Ünal-Öztürk von und zu der langen Weile", 5),
    ("Bob", 400),
];

pub(super) fn reason(id: i64, label: &str, asks: Asks) -> Reason {
    Reason {
        id: ReasonId(id),
        code: label.to_lowercase().replace(' ', "_"),
        label: label.into(),
        class: ReasonClass::Other,
        objective: asks == Asks::Nothing,
        asks,
        acts: Side::Marketing,
        field: None,
        retired: label == "Old",
        successor: None,
    }
}

pub(super) fn model() -> Model {
    judged(Vec::new())
}

/// The same room with versions of the criteria.
pub(super) fn judged(versions: Vec<Version>) -> Model {
    room(versions, &[])
}

/// The same room with filters that were kept under these names.
pub(super) fn with_filters(names: &[&str]) -> Model {
    room(Vec::new(), names)
}

fn room(versions: Vec<Version>, filters: &[&str]) -> Model {
    let mut book = sample::book();
    let kept = |name: &&str| SavedFilter {
        name: (*name).to_owned(),
        text: "untouched".to_owned(),
    };
    book.filters = filters.iter().map(kept).collect();
    book.people = vec![Person {
        id: PersonId(1),
        handle: "sam".into(),
        name: "Sam Doe".into(),
        side: Side::Sales,
    }];
    book.reasons = vec![
        reason(1, "Duplicate", Asks::Nothing),
        reason(2, "Old", Asks::Conversation),
        reason(3, "No budget", Asks::Conversation),
        reason(4, "Other", Asks::Note),
    ];
    book.criteria = Versions(versions);
    book.stages = [("Lead", 0), ("Discovery", 1), ("Proposal", 2)]
        .map(|(name, position)| Stage {
            name: name.into(),
            position,
            retired: false,
        })
        .to_vec();
    let mut facts = Facts::default();
    facts.names.people.put(1, "Sam Doe");
    facts.names.sources.put(1, "Webinar \"live\"");
    for ((_, hours), id) in HANDED.iter().zip(1..) {
        let at = Moment(sample::AS_OF.0 - hours * HOUR);
        facts.leads.push(LeadRow {
            id: id + 100,
            created: at,
            mql: Moment::NEVER,
            source: 0,
            campaign: NONE,
            segment: NONE,
            owner: 0,
            account: 1,
            contactable: true,
            excluded: None,
        });
        facts.handoffs.push(HandoffRow {
            id,
            lead: (id - 1) as u32,
            number: 1,
            handed_off: at,
            assigned: at,
            rep: 0,
            first_attempt: Moment::NEVER,
            first_connected: Moment::NEVER,
            first_meeting: Moment::NEVER,
            attempts: 0,
            minutes_logged: 0,
            minutes_assumed: 0,
            verdict: None,
            verdict_at: Moment::NEVER,
            reason: NONE,
            evidence: Evidence::None,
        });
    }
    facts.index();
    let who = Who {
        named: Some("sam".into()),
        ..Who::default()
    };
    Model::new(Arc::new(History::new(book, facts, sample::AS_OF))).seen_by(who)
}

pub(super) fn line(id: i64) -> LeadLine {
    let (name, hours) = HANDED[(id - 1) as usize];
    let at = Moment(sample::AS_OF.0 - hours * HOUR);
    LeadLine {
        id: LeadId(id + 100),
        name: if id == 3 { name.repeat(5) } else { name.into() },
        account: Some("Größe & Söhne 🏭".into()),
        source: Some("Webinar".into()),
        campaign: None,
        segment: None,
        owner: Some("Sam Doe".into()),
        created: at,
        mql: None,
        excluded: None,
        handoff: Some(HandoffLine {
            id: HandoffId(id),
            number: 1,
            at,
            assigned: Some(at),
            owner: Some("Sam Doe".into()),
            verdict: None,
            reason: None,
            reason_text: None,
            evidence: None,
            recycle_on: None,
            note: None,
            trigger: None,
            attempts: u32::from(id == 2),
            first_attempt: (id == 2).then_some(Moment(at.0 + HOUR)),
            spoke: (id == 4).then_some(Moment(at.0 + HOUR)),
        }),
    }
}

/// The screen with its list and lines read.
pub(super) fn screen(model: &Model) -> Leads {
    let mut leads = Leads::default();
    let asked = leads.wanted(model);
    assert_eq!(asked, [Fetch::Queue(QueueFilter::default(), None)]);
    answer(&mut leads, asked, model);
    leads
}

/// Answers as the threads would, until nothing is asked any more.
pub(super) fn answer(leads: &mut Leads, mut asked: Vec<Fetch>, model: &Model) {
    while !asked.is_empty() {
        for fetch in asked {
            let fetched = match &fetch {
                Fetch::Queue(..) => Fetched::Queue(Listed {
                    ids: [4, 1, 2, 3].into(),
                    breached: 2,
                }),
                Fetch::Met => Fetched::Met(Arc::new(Met::new(&(1..=4).collect(), |row| {
                    [Truth::Yes, Truth::No, Truth::Unknown, Truth::No][row]
                }))),
                Fetch::Lines(_, ids) => Fetched::Handoffs(ids.iter().map(|id| line(*id)).collect()),
                _ => Fetched::Gone,
            };
            leads.fetched(&fetch, &fetched, model);
        }
        asked = leads.wanted(model);
    }
}

/// Presses keys as the table reads them; the last answer counts.
pub(super) fn press(leads: &mut Leads, model: &mut Model, keys: &str) -> Outcome {
    let mut last = Outcome::Nothing;
    for c in keys.chars() {
        let code = match c {
            '\n' => KeyCode::Enter,
            '\t' => KeyCode::Tab,
            '→' => KeyCode::Right,
            c => KeyCode::Char(c),
        };
        let key = KeyEvent::new(code, KeyModifiers::NONE);
        last = match keymap::action(leads.context(), Chord::from(key)) {
            Some(action) => leads.update(action, model),
            None => leads.typed(key, model),
        };
    }
    last
}

pub(super) fn drawn(leads: &mut Leads, model: &Model, (width, height): (u16, u16)) -> String {
    let area = Rect::new(0, 0, width, height);
    let mut buffer = Buffer::empty(area);
    leads.draw(&mut buffer, area, model, &Theme::default());
    let mut shown = String::new();
    for y in 0..height {
        let mut x = 0;
        while x < width {
            let symbol = buffer[(x, y)].symbol();
            shown.push_str(symbol);
            x += (crate::text::width(symbol) as u16).max(1);
        }
        shown.truncate(shown.trim_end().len());
        shown.push('\n');
    }
    shown
}
