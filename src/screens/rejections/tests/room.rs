//! A small room: seven rejections of September, people of both sides, names in every script.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use std::sync::Arc;

use crate::domain::book::{Book, Person, Reason};
use crate::domain::card::{HandoffLine, LeadLine};
use crate::domain::ids::{ChallengeId, HandoffId, LeadId, PersonId, ReasonId};
use crate::domain::moment::Moment;
use crate::domain::policy::Side;
use crate::domain::reason::{Asks, ReasonClass};
use crate::domain::review::ChallengeState;
use crate::domain::review::line::{ChallengeLine, Rejection};
use crate::domain::verdict::{Evidence, Verdict};
use crate::facts::Facts;
use crate::keymap::{self, Chord};
use crate::metrics::Table;
use crate::metrics::tests::fixture;
use crate::screens::fetch::{Fetch, Fetched};
use crate::screens::model::{History, Model};
use crate::screens::rejections::Rejections;
use crate::screens::{Outcome, Screen, judge, sample};

const DAY: i64 = 86_400;

/// Reason, source, evidence and attempts of each rejection, in the order of their handoffs: five students of Webinar (two without
/// any evidence), a student of Trade show, a duplicate of Trade show. Then two accepted ones of Webinar.
const HANDOFFS: [(u32, u32, Evidence, u16); 7] = [
    (0, 0, Evidence::Spoke, 1),
    (0, 0, Evidence::Spoke, 2),
    (0, 0, Evidence::None, 1),
    (0, 0, Evidence::None, 0),
    (0, 0, Evidence::Spoke, 1),
    (0, 1, Evidence::Spoke, 1),
    (2, 1, Evidence::Objective, 0),
];

pub(super) fn book() -> Book {
    let mut book = sample::book();
    for (id, handle, side) in [
        (1, "sam", Side::Sales),
        (2, "mia", Side::Marketing),
        (3, "max", Side::Marketing),
    ] {
        book.people.push(Person {
            id: PersonId(id),
            handle: handle.into(),
            name: format!("{handle} 霧島"),
            side,
        });
    }
    for (id, code) in [(1, "student"), (2, "unreachable"), (3, "duplicate")] {
        book.reasons.push(Reason {
            id: ReasonId(id),
            code: code.into(),
            label: code.into(),
            class: ReasonClass::Junk,
            objective: code == "duplicate",
            asks: Asks::Conversation,
            acts: Side::Marketing,
            field: None,
            retired: false,
            successor: None,
        });
    }
    book
}

pub(super) fn facts() -> Facts {
    let mut facts = fixture::empty();
    facts.names.sources.put(2, "見本市 🚀 Messe");
    let start = sample::AS_OF.0 - 20 * DAY;
    for (place, (reason, source, evidence, attempts)) in HANDOFFS.into_iter().enumerate() {
        let created = Moment(start + place as i64 * DAY);
        let lead = fixture::lead(&mut facts, created, source);
        let mut row = fixture::handoff(&facts, lead);
        row.verdict = Some(Verdict::Rejected);
        row.verdict_at = Moment(row.handed_off.0 + 4 * 3_600);
        (row.reason, row.evidence, row.attempts) = (reason, evidence, attempts);
        row.minutes_logged = 30 * u32::from(attempts);
        if attempts > 0 {
            row.first_attempt = Moment(row.handed_off.0 + 3_600);
        }
        facts.handoffs.push(row);
    }
    for place in 7..9 {
        let lead = fixture::lead(&mut facts, Moment(start + place * DAY), 0);
        let mut row = fixture::handoff(&facts, lead);
        row.verdict = Some(Verdict::Accepted);
        row.verdict_at = Moment(row.handed_off.0 + 4 * 3_600);
        row.evidence = Evidence::Spoke;
        facts.handoffs.push(row);
    }
    fixture::spend(&mut facts, 0, "2025-09-02", 70_000);
    facts.index();
    facts
}

pub(super) fn model() -> Model {
    Model::new(Arc::new(History::new(book(), facts(), sample::AS_OF)))
}

pub(super) fn line(id: i64) -> LeadLine {
    let name = match id {
        2 => "株式会社セミナー 🚀 Größe ".repeat(20),
        3 => "\u{1b}[31mred\u{202e} =cmd()".to_owned(),
        id => format!("Lead {id}"),
    };
    LeadLine {
        id: LeadId(id),
        name,
        account: (id % 2 == 0).then(|| "云岭工业大学".to_owned()),
        source: None,
        campaign: None,
        segment: None,
        owner: None,
        created: sample::AS_OF,
        mql: None,
        excluded: None,
        handoff: Some(HandoffLine {
            id: HandoffId(id),
            number: 1,
            at: sample::AS_OF,
            assigned: None,
            owner: None,
            attempts: 0,
            first_attempt: None,
            spoke: None,
            trigger: None,
            verdict: None,
            reason: None,
            reason_text: None,
            evidence: None,
            recycle_on: None,
            note: None,
        }),
    }
}

pub(super) fn challenge(id: i64, handoff: i64) -> ChallengeLine {
    ChallengeLine {
        id: ChallengeId(id),
        handoff: HandoffId(handoff),
        lead: LeadId(handoff),
        name: format!("Lead {handoff}"),
        state: ChallengeState::Open,
        opened: (Moment(sample::AS_OF.0 - 3 * DAY), Some("mia 霧島".into())),
        argument: "she asked for an offer".into(),
        was: Rejection {
            at: Moment(sample::AS_OF.0 - 9 * DAY),
            by: None,
            reason: "Student".into(),
            note: None,
            evidence: Evidence::Spoke,
        },
        proposal: None,
        remark: None,
        marketing: None,
        sales: None,
        settled: None,
    }
}

/// The screen over the room, with everything read that it asks for.
pub(super) struct Desk {
    pub(super) screen: Rejections,
    pub(super) model: Model,
}

impl Desk {
    pub(super) fn new() -> Self {
        Self::of(model())
    }

    pub(super) fn of(model: Model) -> Self {
        let mut desk = Self {
            screen: Rejections::default(),
            model,
        };
        desk.serve();
        desk
    }

    /// Answers what the screen wants.
    pub(super) fn serve(&mut self) {
        for fetch in self.screen.wanted(&self.model) {
            let history = self.model.history();
            let fetched = match &fetch {
                Fetch::Lines(Table::Handoffs, ids) => {
                    Fetched::Handoffs(ids.iter().map(|id| line(*id)).collect())
                }
                Fetch::Flags => Fetched::Flags(Arc::new(judge::flags(
                    &history,
                    Arc::default(),
                    Arc::default(),
                    nobody_stamped(&history),
                ))),
                Fetch::Challenges => Fetched::Challenges(vec![challenge(1, 6)]),
                Fetch::Feedback => Fetched::Feedback(Vec::new()),
                Fetch::Sides(section) => {
                    let flagged = judge::flags(
                        &history,
                        Arc::default(),
                        Arc::default(),
                        nobody_stamped(&history),
                    );
                    Fetched::Sides(Arc::new(judge::sides(&history, section, &flagged)))
                }
                _ => continue,
            };
            self.screen.fetched(&fetch, &fetched, &self.model);
        }
    }

    /// Presses keys as the room would; gives the last outcome.
    pub(super) fn press(&mut self, keys: &str) -> Outcome {
        let mut outcome = Outcome::Nothing;
        for c in keys.chars() {
            let code = match c {
                '\n' => KeyCode::Enter,
                '\t' => KeyCode::Tab,
                '↓' => KeyCode::Down,
                '→' => KeyCode::Right,
                c => KeyCode::Char(c),
            };
            let key = KeyEvent::new(code, KeyModifiers::NONE);
            outcome = match keymap::action(self.screen.context(), Chord::from(key)) {
                Some(action) => self.screen.update(action, &mut self.model),
                None => self.screen.typed(key, &self.model),
            };
            self.serve();
        }
        outcome
    }

    pub(super) fn drawn(&mut self, width: u16, height: u16) -> String {
        let area = ratatui::layout::Rect::new(0, 0, width, height);
        let mut draw = || {
            let mut buffer = ratatui::buffer::Buffer::empty(area);
            let theme = crate::theme::Theme::default();
            self.screen.draw(&mut buffer, area, &self.model, &theme);
            buffer
        };
        draw();
        let buffer = draw();
        let mut shown = String::new();
        for y in 0..height {
            let mut x = 0;
            let mut line = String::new();
            while x < width {
                let symbol = buffer[(x, y)].symbol();
                line.push_str(symbol);
                x += (crate::text::width(symbol) as u16).max(1);
            }
            shown.push_str(line.trim_end());
            shown.push('\n');
        }
        shown
    }
}

/// No handoff has a stamp.
fn nobody_stamped(history: &History) -> crate::backtest::Stamped {
    judge::Criteria {
        versions: crate::domain::criteria::version::Versions::default(),
        fields: crate::domain::criteria::Fields::default(),
        stamps: crate::facts::stamps::Stamps::default(),
    }
    .judge(&history.facts, &history.book.calendar, Vec::new())
}
