//! A backtest as text. Computes nothing itself.

use super::args::DraftArgs;
use super::{Room, cells, table};
use crate::backtest::{
    self, Cell, Columns, Drift, Ground, Impact, Judge, Matrix, Said, Share, Side, Tally, Turn,
    drift,
};
use crate::cli::failure::Failure;
use crate::cli::session::Session;
use crate::domain::book::Book;
use crate::domain::criteria::version::Version;
use crate::domain::criteria::{Definition, Field, Figures, changes, warnings};
use crate::domain::moment::Moment;
use crate::domain::money::Currency;
use crate::domain::period::Period;
use crate::facts::Facts;
use crate::metrics::Scope;

/// The past as a definition is judged on.
pub(super) struct Past {
    pub(super) facts: Facts,
    pub(super) columns: Columns,
    pub(super) ground: Ground,
    currency: Currency,
}

impl Past {
    /// `asked`: the definitions whose fields are read; none of them: every field.
    pub(super) fn read(
        room: &Room,
        book: &Book,
        segment: Option<&str>,
        asked: &[&Definition],
    ) -> Result<Past, Failure> {
        let facts = room.store.load_facts(&mut |_| {})?;
        let mut columns = Columns::new(&facts, &room.fields, &book.calendar);
        let named = |field: &Field| {
            let mut rules = asked.iter().flat_map(|d| &d.rules);
            asked.is_empty() || rules.any(|r| r.condition.field.eq_ignore_ascii_case(&field.key))
        };
        let wanted = room
            .fields
            .all()
            .iter()
            .filter(|f| !columns.has(&f.key) && named(f));
        let wanted: Vec<&Field> = wanted.collect();
        for (key, column) in room.store.load_fields(&facts, &wanted)? {
            columns.put(&key, column);
        }
        let scope = Scope::new(&facts, book, Period::all(), room.now);
        let apart = backtest::apart(&facts, &room.versions, room.now);
        let within = backtest::concerned(&facts, segment, &apart);
        let ground = Ground::new(&facts, book, &scope, within.as_ref());
        Ok(Past {
            ground,
            columns,
            facts,
            currency: book.workspace.currency,
        })
    }

    /// A sum of deals of which some have no value: a dash where none has (C5, C9).
    fn partial(&self, sum: i128, (without, deals): (u64, u64)) -> String {
        match without {
            0 => self.money(sum),
            n if n == deals => "—".into(),
            n => format!("{} ({n} of {deals} unknown)", self.money(sum)),
        }
    }

    fn money(&self, minor: i128) -> String {
        let minor = i64::try_from(minor).unwrap_or(if minor < 0 { i64::MIN } else { i64::MAX });
        crate::domain::money::Money {
            minor,
            currency: self.currency,
        }
        .to_string()
    }
}

/// What a version says of everything that was decided up to now.
pub(super) fn counted(room: &Room, version: &Version) -> Result<Figures, Failure> {
    let book = room.store.book()?;
    let segment = version.definition.segment.as_deref();
    let past = Past::read(room, &book, segment, &[&version.definition])?;
    let judged = Judge::new().judge(&past.columns, &version.definition, None);
    let span = (Moment(0), room.now);
    Ok(drift::figures(&past.facts, &past.ground, &judged, span))
}

/// A version in force, then and now.
pub(super) fn drift(room: &Room, book: &Book, version: &Version) -> Result<Drift, Failure> {
    let definition = &version.definition;
    let past = Past::read(room, book, definition.segment.as_deref(), &[definition])?;
    let judged = Judge::new().judge(&past.columns, definition, None);
    let at = (room.now, book.calendar.day_of(room.now));
    Ok(drift::of(version, (&past.facts, &past.ground, &judged), at))
}

/// What a draft would have done.
pub(super) fn backtest(
    session: &Session,
    segment: Option<&str>,
    args: &DraftArgs,
    flips: bool,
) -> Result<(), Failure> {
    let room = Room::read(session)?;
    let book = room.store.book()?;
    let draft = room.asked(segment, args)?;
    let nothing = Definition::default();
    let in_force = room.in_force(segment).map_or(&nothing, |v| &v.definition);
    let past = Past::read(&room, &book, segment, &[&draft, in_force])?;
    let mut judge = Judge::new();
    let before = past
        .ground
        .baseline(judge.judge(&past.columns, in_force, None));
    let judged = judge.judge(&past.columns, &draft, None);
    if flips {
        return turned(session, &past, &before.judged, &judged);
    }
    let impact = past.ground.impact(&before, &judged);
    let mut rows = vec![cells(["number", "before", "after", "n"])];
    rows.extend(figures(&past, &impact, &impact.past, ""));
    if let Some(holdout) = &impact.holdout {
        let label = format!("{}: ", past.ground.outcomes.last_quarter.label);
        rows.extend(figures(&past, &impact, holdout, &label));
    }
    let one = |what: &str, says: String| vec![what.to_owned(), String::new(), says, String::new()];
    rows.push(one("unknown to the draft", impact.unknown.to_string()));
    rows.push(one("asked about", impact.asked.to_string()));
    rows.push(one("too young to be judged", impact.immature.to_string()));
    rows.extend(matrix(
        "verdict",
        &backtest::agreement(&past.ground, &judged),
        ["accepted", "rejected"],
    ));
    rows.extend(matrix(
        "outcome",
        &backtest::outcome(&past.ground, &judged),
        ["qualified", "not qualified"],
    ));
    let own = changes(in_force, &draft, &room.fields);
    let mut doubts = warnings(&draft, &room.fields);
    doubts.extend(backtest::doubts(&past.ground, &draft, &judged));
    doubts.extend(backtest::loosened(&own, &impact, &past.ground));
    // What an export told of a lead itself stands under a name of its own.
    let own = |what: &str| {
        let key = format!("lead.{}", what.split_once(" is unknown for ")?.0);
        let is_there = room.fields.all().iter().any(|field| field.key == key);
        is_there.then(|| format!("; what the leads' own column says is {key}"))
    };
    rows.extend(doubts.into_iter().map(|doubt| {
        let more = own(&doubt.what).unwrap_or_default();
        one("doubt", format!("{}{more}", doubt.what))
    }));
    table(session, &rows)
}

pub(super) fn percent(value: Option<f64>) -> String {
    value.map_or_else(|| "—".into(), |v| format!("{:.1} %", v * 100.0))
}

fn share(share: Share) -> String {
    let bounds = share
        .interval
        .map(|(low, high)| format!(" ({:.0}–{:.0})", low * 100.0, high * 100.0));
    format!("{}{}", percent(share.value()), bounds.unwrap_or_default())
}

fn figures(past: &Past, impact: &Impact, side: &Side, label: &str) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    let (before, after) = (&side.before, &side.after);
    let mut add = |what: &str, before: String, after: String, n: String| {
        rows.push(vec![format!("{label}{what}"), before, after, n]);
    };
    let mut count = |what: &str, of: fn(&Tally) -> u64| {
        add(
            what,
            of(before).to_string(),
            of(after).to_string(),
            of(&side.all).to_string(),
        );
    };
    count("leads passed", |t| t.leads);
    count("never worked", Tally::unworked);
    count("rejected", |t| t.rejected);
    count("rejected with evidence", |t| t.verified);
    count("qualified", |t| t.qualified);
    count("won", |t| t.won);
    if label.is_empty() {
        let week = |t: &Tally| {
            impact
                .per_week(t)
                .map_or_else(|| "—".into(), |n| format!("{n:.1}"))
        };
        add("leads per week", week(before), week(after), week(&side.all));
    }
    let revenue = |t: &Tally| past.partial(t.revenue, (t.unpriced, t.deals));
    add(
        "revenue",
        revenue(before),
        revenue(after),
        revenue(&side.all),
    );
    let margin = |t: &Tally| past.partial(t.margin, (t.margin_unknown, t.deals));
    add(
        "margin before acquisition",
        margin(before),
        margin(after),
        margin(&side.all),
    );
    let saved = side.saved();
    let dash = || "—".to_owned();
    let hours = |t: &Tally| side.hours(t).map_or_else(dash, |h| format!("{h:.1}"));
    add(
        "rep hours on rejected",
        hours(before),
        hours(after),
        saved.hours.map_or_else(dash, |h| format!("{h:+.1} saved")),
    );
    let spend = |t: &Tally| {
        let known = side.wasted(t);
        known.map_or_else(dash, |sum| {
            past.partial(sum, (t.wasted_unpriced, t.wasted_leads))
        })
    };
    add(
        "spend on rejected",
        spend(before),
        spend(after),
        saved
            .spend
            .map_or_else(dash, |sum| format!("{} saved", past.money(sum))),
    );
    let n = |s: Share| format!("{}{}", s.n, if s.small_n { " (few)" } else { "" });
    let precision = side.precision(after);
    add(
        "precision",
        share(side.precision(before)),
        share(precision),
        n(precision),
    );
    let recall = side.recall(after);
    add(
        "recall",
        share(side.recall(before)),
        share(recall),
        n(recall),
    );
    let deals = side.won_recall(after);
    add(
        "won deals kept",
        share(side.won_recall(before)),
        share(deals),
        n(deals),
    );
    // Deals whose value or margin nobody knows are in no sum and in no share.
    let known = |without: u64| match (deals.n, without) {
        (_, 0) => n(deals),
        (all, without) => format!("{} of {all} known", all.saturating_sub(without)),
    };
    add(
        "revenue recall",
        percent(side.revenue_recall(before)),
        percent(side.revenue_recall(after)),
        known(side.all.unpriced),
    );
    add(
        "margin recall",
        percent(side.margin_recall(before)),
        percent(side.margin_recall(after)),
        known(side.all.margin_unknown),
    );
    add(
        "turned out",
        String::new(),
        side.out.leads.to_string(),
        format!("{} qualified", side.out.qualified),
    );
    add(
        "let in",
        String::new(),
        side.inside.leads.to_string(),
        format!("{} qualified", side.inside.qualified),
    );
    rows
}

fn matrix(what: &str, matrix: &Matrix, [yes, no]: [&str; 2]) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    for said in Said::ALL {
        let count = |cell: Cell| matrix.count(*said, cell).to_string();
        rows.push(vec![
            format!("{what}: {} × {yes} / {no} / never worked", said.label()),
            count(Cell::Yes),
            count(Cell::No),
            count(Cell::Unknown),
        ]);
    }
    let kappa = matrix
        .kappa()
        .map_or_else(|| "—".into(), |k| format!("{k:.2}"));
    rows.push(vec![
        format!("{what}: agreement, κ"),
        percent(matrix.agreement()),
        kappa,
        matrix.n().to_string(),
    ]);
    rows
}

fn turned(
    session: &Session,
    past: &Past,
    before: &backtest::Judged,
    after: &backtest::Judged,
) -> Result<(), Failure> {
    let mut rows = vec![cells(["turn", "lead", "handoff", "outcome", "value"])];
    for (turn, word) in [(Turn::Out, "out"), (Turn::In, "in")] {
        for row in past.ground.flips(before, after, turn) {
            let flip = past.ground.flip(&past.facts, row);
            rows.push(vec![
                word.into(),
                flip.lead_id.to_string(),
                flip.handoff_id.to_string(),
                flip.outcome.label().into(),
                flip.value
                    .map(|v| past.money(i128::from(v)))
                    .unwrap_or_default(),
            ]);
        }
    }
    table(session, &rows)
}
