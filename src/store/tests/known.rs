//! What was known at a handoff stays what it was, whatever becomes of the lead: imports, companies, undo; on cards as in columns.

use super::records::*;
use super::*;
use crate::domain::criteria::version::CriteriaChange;
use crate::domain::criteria::{
    Definition, Field, FieldKind, Known, Literal, Origin, Truth, Value, parse,
};
use crate::domain::ids::{BatchId, HandoffId, LeadId};
use crate::domain::import::*;
use crate::facts::fields::FieldColumn;
use crate::store::Import;

/// Numbers from a seed (an LCG), so that a failing case can be run again.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        (self.0 >> 33) % n
    }
}

const HOUR: i64 = 3_600;
const DAY: i64 = 24 * HOUR;

fn bring(store: &mut Store, at: i64, records: &[ImportRecord]) -> Option<BatchId> {
    let author = Author {
        at: Moment(at),
        ..nobody()
    };
    let mut import = Import::begin(store, &author, plan()).unwrap();
    import.push(&rows(records)).unwrap();
    import.finish().unwrap().batch
}

fn undo(store: &mut Store, at: i64, command: &Command) {
    let author = Author {
        at: Moment(at),
        ..nobody()
    };
    store.apply(command, &author).unwrap();
}

fn company(industry: Option<&str>, employees: Option<i64>) -> ImportRecord {
    ImportRecord::Account(Box::new(AccountRecord {
        key: Key::default(),
        name: "Initech".into(),
        domain: None,
        industry: industry.map(Into::into),
        country: None,
        employees,
        custom: OwnFields::default(),
    }))
}

/// A lead handed off at a moment, with a title and a score.
fn handed(id: &str, at: i64, title: Option<&str>, score: Option<f64>) -> LeadRecord {
    LeadRecord {
        title: title.map(Into::into),
        created: Moment(at - DAY),
        mql: None,
        custom: score
            .map(|score| ("score", OwnValue::Number(score)))
            .into_iter()
            .collect(),
        handoff: Some(HandoffRecord {
            dating: Dating::Stated,
            at: Moment(at),
            assigned: None,
            trigger: None,
            verdict: None,
        }),
        ..lead(id, "Ada")
    }
}

/// The fields of every handoff, as columns hold them.
fn known(store: &Store) -> Vec<Vec<(String, Option<Literal>)>> {
    let facts = store.load_facts(&mut |_| ()).unwrap();
    let (book, fields) = (store.book().unwrap(), store.criteria_fields().unwrap());
    let all: Vec<&Field> = fields.all().iter().collect();
    let read = store.load_fields(&facts, &all).unwrap();
    let column = |field: &Field| {
        let read = read.iter().find(|(key, _)| *key == field.key);
        match (read, field.origin) {
            (Some((_, column)), _) => column.clone(),
            (None, Origin::Standard(standard)) => {
                FieldColumn::of_history(standard, &facts, &book.calendar).unwrap()
            }
            _ => panic!("{} was not read", field.key),
        }
    };
    let columns: Vec<(&str, FieldColumn)> = all
        .iter()
        .map(|field| (field.key.as_str(), column(field)))
        .collect();
    let value = |column: &FieldColumn, row: usize| Literal::of(column.get(row));
    (0..facts.handoffs.len())
        .map(|row| {
            let own = columns.iter();
            own.map(|(key, column)| ((*key).to_owned(), value(column, row)))
                .collect()
        })
        .collect()
}

fn one(store: &Store, field: &str) -> Option<Literal> {
    let mut all = known(store).remove(0).into_iter();
    all.find(|(key, _)| key == field).unwrap().1
}

fn text(text: &str) -> Option<Literal> {
    Literal::of(Value::Text(text))
}

fn number(x: f64) -> Option<Literal> {
    Literal::of(Value::Number(x))
}

#[test]
fn what_changes_after_a_handoff_was_not_known_at_it() {
    let mut store = store();
    let at = NOW.0;
    let first = handed("1", at, Some("Clerk"), Some(75.0));
    bring(&mut store, at + HOUR, &leads(vec![first.clone()]));
    let before = known(&store);
    let mut second = LeadRecord {
        title: Some("Countess".into()),
        country: Some("FR".into()),
        custom: [("score", OwnValue::Number(10.0))].into_iter().collect(),
        campaign: Some("Autumn".into()),
        ..first
    };
    second.key.email = Some("ada@uni.edu".into());
    let lead_batch = bring(&mut store, at + 2 * DAY, &leads(vec![second.clone()]));
    let steel = [company(Some("Steel"), Some(50))];
    let company_batch = bring(&mut store, at + 3 * DAY, &steel);
    let title = "SELECT count(*) FROM lead WHERE title = 'Countess' AND country = 'FR'";
    assert_eq!(count(&store, title), 1);
    assert_eq!(known(&store), before);
    assert_eq!(one(&store, "title"), text("Clerk"));
    assert_eq!(one(&store, "score"), number(75.0));
    assert_eq!(one(&store, "industry"), None);
    assert_eq!(one(&store, "campaign"), text("Spring"));
    assert_eq!(one(&store, "student_email"), Some(Literal::YesNo(false)));
    // What the history holds itself is told even when nothing else is asked for.
    let facts = store.load_facts(&mut |_| ()).unwrap();
    let told = store.load_fields(&facts, &[]).unwrap();
    let told: Vec<&str> = told.iter().map(|(key, _)| key.as_str()).collect();
    assert_eq!(told, ["campaign"]);
    // The same file twice, and what is undone, leave it as it was.
    bring(&mut store, at + 4 * DAY, &leads(vec![second]));
    for (day, batch) in [(5, company_batch), (6, lead_batch)] {
        let batch = batch.unwrap();
        undo(&mut store, at + day * DAY, &Command::UndoBatch(batch));
        assert_eq!(known(&store), before);
    }
    assert_eq!(count(&store, title), 0);
    // A new connection reads the same, from the kept columns too.
    store.keep_columns().unwrap();
    assert_eq!(known(&store), before);
}

#[test]
fn history_that_an_import_brings_is_known_as_it_first_came() {
    let mut store = store();
    let at = NOW.0 - 100 * DAY;
    let first = handed("1", at, Some("Clerk"), None);
    bring(&mut store, NOW.0, &leads(vec![first.clone()]));
    // The second file of the same history.
    bring(&mut store, NOW.0 + HOUR, &[company(Some("Steel"), None)]);
    assert_eq!(one(&store, "industry"), text("Steel"));
    let later = LeadRecord {
        title: Some("Countess".into()),
        country: Some("FR".into()),
        custom: [("score", OwnValue::Number(10.0))].into_iter().collect(),
        ..first
    };
    bring(&mut store, NOW.0 + 3 * DAY, &leads(vec![later]));
    bring(
        &mut store,
        NOW.0 + 4 * DAY,
        &[company(Some("Iron"), Some(50))],
    );
    // What was replaced stands as it first came; of what is filled in, nobody can tell since when it was known.
    assert_eq!(one(&store, "title"), text("Clerk"));
    assert_eq!(one(&store, "industry"), text("Steel"));
    assert_eq!(one(&store, "country"), text("FR"));
    assert_eq!(one(&store, "score"), number(10.0));
    assert_eq!(one(&store, "employees"), number(50.0));
}

#[test]
fn a_judgement_at_the_handoff_is_the_backtests_judgement_ever_after_and_the_cards() {
    for seed in 0..6 {
        let mut dice = Dice(seed);
        let mut store = store();
        let rules = "title = t1 and supporting score >= 3 and supporting industry in (i0, i1) and must not student_email = yes \
                     and supporting employees > 2 and campaign is known and supporting country = c1";
        let definition = Definition {
            rules: parse(rules, &store_fields()).whole().unwrap(),
            at_least: 1,
            ..Definition::default()
        };
        let at = NOW.0;
        let records: Vec<LeadRecord> = (0..5)
            .map(|n| random(&mut dice, &n.to_string(), at))
            .collect();
        bring(&mut store, at + HOUR, &leads(records));
        let change = CriteriaChange::Replace(definition.clone());
        let grace = author(Some("grace.hopper"));
        store.apply(&Command::Criteria(change), &grace).unwrap();
        let judged = |store: &Store| -> Vec<Truth> {
            let told = known(store).into_iter().map(|own| {
                let values = own.into_iter();
                let values = values.filter_map(|(key, value)| Some((key, value?)));
                definition.judge(&Known {
                    handoff: HandoffId(0),
                    stamp: None,
                    on: Day(20_000),
                    values: values.collect(),
                })
            });
            told.map(|told| told.truth).collect()
        };
        let (before, said) = (known(&store), judged(&store));
        let mut batches = Vec::new();
        for day in 1..12 {
            let when = at + day * DAY;
            match (dice.below(5), batches.pop()) {
                (0, Some(batch)) => undo(&mut store, when, &Command::UndoBatch(batch)),
                (1, last) => {
                    batches.extend(last);
                    batches.extend(bring(&mut store, when, &[random_company(&mut dice)]));
                }
                (_, last) => {
                    batches.extend(last);
                    let n = dice.below(5) as usize;
                    let changed = random(&mut dice, &n.to_string(), at);
                    batches.extend(bring(&mut store, when, &leads(vec![changed])));
                }
            }
            assert_eq!(known(&store), before, "seed {seed}, day {day}");
            assert_eq!(judged(&store), said, "seed {seed}, day {day}");
            cards_say_the_same(&store, &before);
        }
    }
}

fn store_fields() -> crate::domain::criteria::Fields {
    crate::domain::criteria::Fields::new([(
        Origin::Lead,
        "score".to_owned(),
        "Score".to_owned(),
        FieldKind::Number,
    )])
}

fn random(dice: &mut Dice, id: &str, at: i64) -> LeadRecord {
    let title = format!("t{}", dice.below(3));
    let title = (dice.below(4) > 0).then_some(title.as_str());
    let score = (dice.below(4) > 0).then_some(dice.below(6) as f64);
    let mut record = handed(id, at, title, score);
    record.country = (dice.below(3) > 0).then(|| format!("c{}", dice.below(2)).into());
    record.campaign = (dice.below(3) > 0).then(|| format!("k{}", dice.below(2)).into());
    let company = ["Initech", "Globex"][dice.below(2) as usize];
    record.account = (dice.below(4) > 0).then(|| company.into());
    let host = ["x.edu", "example.com"][dice.below(2) as usize];
    record.key.email = Some(format!("a{id}@{host}"));
    record
}

fn random_company(dice: &mut Dice) -> ImportRecord {
    let industry = format!("i{}", dice.below(3));
    company(Some(&industry), Some(dice.below(5) as i64))
}

/// Cards find the same values as the columns, for the fields that some version asks about.
fn cards_say_the_same(store: &Store, columns: &[Vec<(String, Option<Literal>)>]) {
    for (row, own) in columns.iter().enumerate() {
        let card = store.lead_card(LeadId(row as i64 + 1)).unwrap().unwrap();
        assert_eq!(card.known.len(), 1);
        for field in [
            "title",
            "score",
            "industry",
            "student_email",
            "employees",
            "campaign",
            "country",
        ] {
            let of_card = card.known[0].values.iter().find(|(key, _)| key == field);
            let of_column = own.iter().find(|(key, _)| key == field).unwrap();
            assert_eq!(
                of_card.map(|(_, value)| value),
                of_column.1.as_ref(),
                "{field}"
            );
        }
    }
}
