//! A screen with its past, and keys for it: what the tests of its keys and of its drawing share.

mod keys;
mod views;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use ratatui::Terminal;
use ratatui::backend::TestBackend;

use super::*;
use crate::backtest::Columns;
use crate::domain::book::Person;
use crate::domain::command::Command;
use crate::domain::criteria::version::{
    By, CriteriaChange, Signature, State, StoredRule, Versions,
};
use crate::domain::criteria::{FieldKind, Fields, Rule, Value, parse};
use crate::domain::ids::{CriteriaId, PersonId, RuleId};
use crate::domain::moment::Moment;
use crate::domain::policy::Side;
use crate::domain::verdict::{Evidence, Verdict};
use crate::facts::fields::{Builder, FieldColumn};
use crate::keymap::{self, Chord};
use crate::metrics::tests::fixture;
use crate::screens::model::History;
use crate::screens::sample;

const DAY: i64 = 86_400;

/// The screen, the numbers, the past, and what was asked to be written.
struct Desk {
    screen: Criteria,
    model: Model,
    past: Past,
    agreed: Arc<Agreed>,
    written: Vec<Write>,
}

/// 60 leads, one a day from the start of 2025; the n-th has n employees and every third is of unknown size; those under 30 were
/// rejected after a conversation, the others accepted.
fn history() -> Arc<History> {
    let mut facts = fixture::empty();
    for n in 0..60_i64 {
        let created = Moment(fixture::at("2025-01-01T09:00:00Z").0 + n * DAY);
        let lead = fixture::lead(&mut facts, created, (n % 2) as u32);
        let mut handoff = fixture::handoff(&facts, lead);
        let rejected = n < 30;
        handoff.attempts = 1;
        handoff.minutes_logged = 30;
        handoff.first_attempt = Moment(created.0 + 2 * 3_600);
        handoff.first_connected = handoff.first_attempt;
        handoff.verdict_at = Moment(created.0 + 3 * 3_600);
        handoff.verdict = Some(if rejected {
            Verdict::Rejected
        } else {
            Verdict::Accepted
        });
        if rejected {
            handoff.reason = 0;
            handoff.evidence = Evidence::Spoke;
        }
        facts.handoffs.push(handoff);
    }
    facts.index();
    let mut book = sample::book();
    for (id, handle, name, side) in [
        (1, "mia", "Mia Marek", Side::Marketing),
        (2, "sam", "Sam Šimek", Side::Sales),
        (3, "霧島", "霧島 健司", Side::Sales),
    ] {
        book.people.push(Person {
            id: PersonId(id),
            handle: handle.into(),
            name: name.into(),
            side,
        });
    }
    Arc::new(History::new(book, facts, sample::AS_OF))
}

fn employees() -> FieldColumn {
    let mut builder = Builder::new(FieldKind::Number);
    for n in 0..60 {
        let known = n % 3 != 0;
        builder.push(if known {
            Value::Number(f64::from(n))
        } else {
            Value::Unknown
        });
    }
    builder.finish()
}

fn by(name: &str) -> By {
    By {
        name: Some(name.into()),
        at: sample::AS_OF,
    }
}

fn version(number: i64, state: State, text: &str) -> Version {
    let rules: Vec<Rule> = parse(text, &Fields::default()).whole().expect(text);
    let mark = |n: usize| StoredRule {
        id: RuleId(number * 10 + n as i64),
        revision: 1,
        by: by("Mia Marek"),
    };
    let signed = state == State::Signed;
    let signature = |side, name: &str| Signature { side, by: by(name) };
    Version {
        id: CriteriaId(number),
        number,
        state,
        marks: (0..rules.len()).map(mark).collect(),
        definition: Definition {
            rules,
            ..Definition::default()
        },
        revision: 1,
        edited: by("Mia Marek"),
        needs_finance: false,
        signatures: if signed {
            vec![
                signature(Side::Marketing, "Mia Marek"),
                signature(Side::Sales, "Sam Šimek"),
            ]
        } else {
            Vec::new()
        },
        proposed: (state != State::Draft).then(|| by("Mia Marek")),
        in_force_at: signed.then_some(Moment(sample::AS_OF.0 - DAY)),
        retired_at: None,
        review_on: None,
        figures: None,
    }
}

impl Desk {
    fn new(versions: Vec<Version>) -> Desk {
        let history = history();
        let fields = Arc::new(Fields::default());
        let mut desk = Desk {
            screen: Criteria::default(),
            model: Model::new(Arc::clone(&history)),
            past: Past::new(history, Arc::clone(&fields)),
            agreed: Arc::new(Agreed {
                versions: Versions(versions),
                fields,
            }),
            written: Vec::new(),
        };
        desk.serve();
        desk
    }

    /// Answers what is asked, as the loop's threads would.
    fn serve(&mut self) {
        for _ in 0..5 {
            let fetches = self.screen.wanted(&self.model);
            if fetches.is_empty() {
                return;
            }
            for fetch in fetches {
                for fetched in self.answers(&fetch) {
                    self.screen.fetched(&fetch, &fetched, &self.model);
                }
            }
        }
        panic!("the screen asks without end");
    }

    fn answers(&mut self, fetch: &Fetch) -> Vec<Fetched> {
        let past = |answer| Fetched::Past(Arc::new(answer));
        let (Fetch::Panel(question)
        | Fetch::Compare(question)
        | Fetch::Suggest(question)
        | Fetch::Behind(question, _)) = fetch
        else {
            return match fetch {
                Fetch::Criteria => vec![Fetched::Criteria(Arc::clone(&self.agreed))],
                _ => Vec::new(),
            };
        };
        let missing = self.past.missing(question);
        if missing.iter().any(|field| field.key == "employees") {
            self.past.put(vec![("employees".into(), employees())]);
        }
        match fetch {
            Fetch::Suggest(_) => {
                let found = self.past.suggestions(question, &|| true);
                vec![past(Answer::Suggestions(found.unwrap_or_default()))]
            }
            Fetch::Compare(_) => vec![past(Answer::Panel(Box::new(self.past.panel(question))))],
            Fetch::Behind(_, behind) => {
                vec![past(Answer::Rows(self.past.behind(question, behind)))]
            }
            _ => vec![
                past(Answer::Panel(Box::new(self.past.panel(question)))),
                past(Answer::Weights(Box::new(
                    self.past.weights(question, &|| true).unwrap(),
                ))),
            ],
        }
    }

    fn press(&mut self, code: KeyCode) {
        let key = KeyEvent::new(code, KeyModifiers::NONE);
        let outcome = match keymap::action(self.screen.context(), Chord::from(key)) {
            Some(Action::Back) => {
                self.screen.back();
                Outcome::Nothing
            }
            Some(action) => self.screen.update(action, &mut self.model),
            None => self.screen.typed(key, &self.model),
        };
        let outcome = match outcome {
            Outcome::Press(action) => self.screen.update(action, &mut self.model),
            outcome => outcome,
        };
        if let Outcome::Write(write) = outcome {
            self.written.push(write);
        }
        self.serve();
    }

    fn keys(&mut self, keys: &str) {
        for c in keys.chars() {
            self.press(match c {
                '\n' => KeyCode::Enter,
                '\t' => KeyCode::Tab,
                '↓' => KeyCode::Down,
                '\u{8}' => KeyCode::Backspace,
                '⎋' => KeyCode::Esc,
                c => KeyCode::Char(c),
            });
        }
    }

    fn change(&self) -> &CriteriaChange {
        let Some(Write::One(command)) = self.written.last() else {
            panic!("{:?}", self.written);
        };
        let Command::Criteria(change) = &**command else {
            panic!("{command:?}");
        };
        change
    }

    fn drawn(&mut self, width: u16, height: u16) -> String {
        let mut terminal = Terminal::new(TestBackend::new(width, height)).unwrap();
        let (screen, model) = (&mut self.screen, &self.model);
        let draw = |frame: &mut ratatui::Frame<'_>| {
            let area = frame.area();
            screen.draw(frame.buffer_mut(), area, model, &Theme::default());
        };
        terminal.draw(draw).unwrap();
        terminal.backend().to_string()
    }
}

fn rule(text: &str) -> Rule {
    parse(text, &Fields::default()).whole().unwrap().remove(0)
}
