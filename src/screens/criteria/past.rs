//! The past that questions are answered on, and the answers. Keeps what did not change since the last keystroke; reads no file.

use std::sync::Arc;

use super::question::{Behind, Grid, Listing, Panel, Question, Row, Weights};
use crate::backtest::columns::LISTS;
use crate::backtest::drift::Counted;
use crate::backtest::{
    self, Baseline, Bits, Columns, Ground, Judge, Judged, Matrix, RuleBits, Suggestion, Turn,
    drift, effect, suggest,
};
use crate::domain::criteria::{Definition, Field, Fields, Standard, Truth, changes};
use crate::domain::moment::Moment;
use crate::domain::period::Period;
use crate::domain::review::lists::DomainList;
use crate::facts::column::Code;
use crate::facts::fields::FieldColumn;
use crate::screens::model::History;

/// Values that are offered while typing.
const MOST_VALUES: usize = 8;

/// Rows of a list that are read.
const MOST_ROWS: usize = 50_000;

/// A segment, and those that are judged by their own versions.
type Whose = (Option<String>, Vec<Code>);

/// The past of a workspace as definitions are judged on.
pub struct Past {
    history: Arc<History>,
    fields: Arc<Fields>,
    columns: Columns,
    judge: Judge,
    /// Of which segment, and which others are judged by their own.
    ground: Option<(Whose, Ground)>,
    baseline: Option<(Definition, Baseline)>,
    /// What drift is seen in, of the baseline signed and in force from those moments.
    counted: Option<((Moment, Moment), Counted)>,
}

impl Past {
    /// The past of a history; only the fields that the history holds itself are there.
    pub fn new(history: Arc<History>, fields: Arc<Fields>) -> Self {
        Self {
            columns: Columns::new(&history.facts, &fields, &history.book.calendar),
            judge: Judge::new(),
            ground: None,
            baseline: None,
            counted: None,
            history,
            fields,
        }
    }

    /// The history it was made from.
    pub fn history(&self) -> &Arc<History> {
        &self.history
    }

    /// The fields it knows of.
    pub fn fields(&self) -> &Arc<Fields> {
        &self.fields
    }

    /// The same rows, judged by newer agreements: nothing that was computed is lost.
    pub fn carry_over(&mut self, history: Arc<History>) {
        if !history.has_rows_of(&self.history) {
            self.counted = None;
        }
        self.history = history;
    }

    /// Fields that the question needs and that were not read yet.
    pub fn missing(&self, question: &Question) -> Vec<Field> {
        let rules = question.before.rules.iter().chain(&question.draft.rules);
        let names = rules.map(|rule| rule.condition.field.as_str());
        let typed = question.values.iter().map(|(field, _)| field.as_str());
        let lists = DomainList::ALL.iter().map(|l| Standard::of_list(*l).word());
        let of_lists = [Standard::EmailDomain.word()].into_iter().chain(lists);
        let asks = question.values.as_ref().is_some_and(|(f, _)| f == LISTS);
        let typed = typed.chain(of_lists.filter(|_| asks));
        let mut missing: Vec<Field> = Vec::new();
        for name in names.chain(typed) {
            let Some(field) = self.fields.find(name) else {
                continue;
            };
            if !self.columns.has(&field.key) && !missing.contains(field) {
                missing.push(field.clone());
            }
        }
        missing
    }

    /// Every field that was not read yet.
    pub fn missing_at_all(&self) -> Vec<Field> {
        let all = self.fields.all().iter();
        all.filter(|field| !self.columns.has(&field.key))
            .cloned()
            .collect()
    }

    /// Takes fields that were read.
    pub fn put(&mut self, columns: Vec<(String, FieldColumn)>) {
        for (key, column) in columns {
            self.columns.put(&key, column);
        }
    }

    /// The panel: what the draft would have done.
    pub fn panel(&mut self, question: &Question) -> Panel {
        let draft = self.judged(question);
        let (ground, before) = self.standing();
        let impact = ground.impact(before, &draft);
        let turned = [Turn::Out, Turn::In].map(|turn| turned(&impact, turn));
        let quarter = ground.outcomes.last_quarter.label.clone();
        let values = question.values.as_ref().map(|(field, typed)| {
            let key = self.fields.find(field).map_or(field.as_str(), |f| &f.key);
            self.columns.values(key, typed, MOST_VALUES)
        });
        Panel {
            impact,
            quarter,
            turned,
            values: values.unwrap_or_default(),
        }
    }

    /// Each rule's own effect, doubts, agreement; `None` when `go_on` says that nobody waits for it any more.
    pub fn weights(&mut self, question: &Question, go_on: &dyn Fn() -> bool) -> Option<Weights> {
        let draft = self.judged(question);
        let (ground, before) = self.standing();
        let definition = &question.draft;
        let impact = ground.impact(before, &draft);
        let sums = (&before.all, &impact.past.after);
        // Asked between all parts: a key waits for one of them at most.
        let effects = backtest::effects(ground, definition, &draft, sums, go_on);
        let verdicts = go_on().then(|| backtest::agreement(ground, &draft))?;
        let outcomes = go_on().then(|| backtest::outcome(ground, &draft))?;
        let alike = go_on().then(|| backtest::alike(ground, definition, &draft))?;
        if !go_on() {
            return None;
        }
        let own = changes(&question.before, definition, &self.fields);
        let mut doubts = backtest::doubts(ground, definition, &draft);
        doubts.extend(backtest::loosened(&own, &impact, ground));
        let weights = Weights {
            own: drift::of_all(ground, &draft, &verdicts),
            in_force: None,
            alike,
            verdicts: grid(&verdicts),
            outcomes: grid(&outcomes),
            effects,
            doubts,
        };
        let in_force = question.agreed_at.map(|agreed| self.counted(agreed));
        go_on().then_some(Weights {
            in_force,
            ..weights
        })
    }

    /// What the version in force said then and says now: the same whatever is typed.
    fn counted(&mut self, agreed: (Moment, Moment)) -> Counted {
        if let Some((of, counted)) = self.counted
            && of == agreed
        {
            return counted;
        }
        let (ground, before) = self.standing();
        let (facts, now) = (&self.history.facts, self.history.scope.as_of);
        let counted = drift::counted(facts, ground, &before.judged, (agreed.0, agreed.1, now));
        self.counted = Some((agreed, counted));
        counted
    }

    /// Rules worth a look; `None` when `go_on` says that nobody waits for them any more.
    pub fn suggestions(
        &mut self,
        question: &Question,
        go_on: &dyn Fn() -> bool,
    ) -> Option<Vec<Suggestion>> {
        let draft = self.judged(question);
        let (ground, _) = self.standing();
        let of = (&question.draft, &draft);
        suggest::suggest(ground, &self.columns, &self.fields, of, go_on)
    }

    /// The rows behind a number, at most 50,000: the dearest.
    pub fn behind(&mut self, question: &Question, behind: &Behind) -> Listing {
        let draft = self.judged(question);
        let (ground, before) = self.standing();
        let turned = |turn| ground.flips(&before.judged, &draft, turn);
        let mut sums = None;
        let rows: Vec<(u32, Option<Turn>)> = match behind {
            Behind::Turned => [Turn::Out, Turn::In]
                .into_iter()
                .flat_map(|turn| turned(turn).into_iter().map(move |row| (row, Some(turn))))
                .collect(),
            Behind::Verdict(said, cell) => {
                plain(backtest::agreement(ground, &draft).rows(*said, *cell))
            }
            Behind::Outcome(said, cell) => {
                plain(backtest::outcome(ground, &draft).rows(*said, *cell))
            }
            Behind::KeptOut(rule) => plain(effect::rows(
                ground,
                &question.draft,
                &draft,
                *rule,
                Turn::Out,
            )),
            Behind::Rule(rule, _, says) => draft.rules.get(*rule).map_or_else(Vec::new, |bits| {
                let answers = Truth::ALL.iter().map(|says| said(ground, bits, *says));
                let answers: Vec<Bits> = answers.collect();
                sums = Some([0, 1, 2].map(|at: usize| answers[at].count()));
                plain(answers[*says as usize].ones().collect())
            }),
            Behind::Suggested(rule) => {
                let unknown = question.draft.unknown;
                let out = suggest::dropped(&self.columns, &draft, rule, unknown);
                plain(out.and(&ground.mature).ones().collect())
            }
        };
        let facts = &self.history.facts;
        let row = |(row, turn): (u32, Option<Turn>)| Row {
            flip: ground.flip(facts, row),
            turn,
        };
        let total = rows.len() as u64;
        let mut rows: Vec<Row> = rows.into_iter().map(row).collect();
        // What cost or brought most stands first, within each way.
        rows.sort_by_key(|row| {
            let way = row.turn.map_or(0, |turn| u8::from(turn == Turn::In));
            (way, std::cmp::Reverse(row.flip.value), row.flip.handoff)
        });
        rows.truncate(MOST_ROWS);
        rows.shrink_to_fit();
        Listing { rows, total, sums }
    }

    /// What the question's version in force and draft are judged on; made by [`Past::judged`].
    fn standing(&self) -> (&Ground, &Baseline) {
        let (_, ground) = self.ground.as_ref().expect("judged() has put it there");
        let (_, before) = self.baseline.as_ref().expect("judged() has put it there");
        (ground, before)
    }

    /// Judges the draft, and what it is compared with where that is new.
    fn judged(&mut self, question: &Question) -> Judged {
        let History {
            book, facts, scope, ..
        } = &*self.history;
        let apart = backtest::apart(facts, &book.criteria, scope.as_of);
        let concerned = (question.segment.clone(), apart);
        if self.ground.as_ref().is_none_or(|(of, _)| *of != concerned) {
            let ground = ground(&self.history, &concerned);
            self.ground = Some((concerned, ground));
            self.baseline = None;
        }
        let (_, ground) = self.ground.as_ref().expect("it was put there above");
        let fits = |(of, _): &(Definition, Baseline)| *of == question.before;
        if !self.baseline.as_ref().is_some_and(fits) {
            let judged = self.judge.judge(&self.columns, &question.before, None);
            self.baseline = Some((question.before.clone(), ground.baseline(judged)));
            self.counted = None;
        }
        self.judge
            .judge(&self.columns, &question.draft, question.edited)
    }
}

fn ground(history: &History, (segment, apart): &(Option<String>, Vec<Code>)) -> Ground {
    let facts = &history.facts;
    let within = backtest::concerned(facts, segment.as_deref(), apart);
    let scope = history.scope.with_period(Period::all());
    Ground::new(facts, &history.book, &scope, within.as_ref())
}

/// The handoffs of which a rule says this.
fn said(ground: &Ground, bits: &RuleBits, says: Truth) -> Bits {
    let met = bits.met.and(&ground.counts);
    let unknown = bits.unknown.as_ref();
    let unknown = unknown.map_or_else(|| Bits::none(met.len()), |own| own.and(&ground.counts));
    match says {
        Truth::Yes => met,
        Truth::Unknown => unknown,
        Truth::No => ground.counts.but(&met).but(&unknown),
    }
}

fn turned(impact: &backtest::Impact, turn: Turn) -> u64 {
    let of = |side: &backtest::Side| match turn {
        Turn::Out => side.out.leads,
        Turn::In => side.inside.leads,
    };
    of(&impact.past) + impact.holdout.as_ref().map_or(0, of)
}

fn plain(rows: Vec<u32>) -> Vec<(u32, Option<Turn>)> {
    rows.into_iter().map(|row| (row, None)).collect()
}

fn grid(matrix: &Matrix) -> Grid {
    Grid {
        counts: matrix.counts,
        n: matrix.n(),
        agreement: matrix.agreement(),
        kappa: matrix.kappa(),
    }
}
