//! The rep's subcommands: one command, or many from a batch with a result for each row. Decides no rule itself.

pub(super) mod args;
mod fields;
mod verb;

use std::io::Read;

use self::args::{
    AcceptArgs, AssignArgs, AttemptArgs, DealArgs, HandOverArgs, Many, QualifyArgs, RecycleArgs,
    RejectArgs, ReopenArgs, TouchArgs,
};
use self::fields::{Fields, Room};
use self::verb::Verb;
use super::failure::Failure;
use super::review::args::{ChallengeArgs, SettleArgs};
use super::session::{Session, now};
use super::{out, tables};
use crate::domain::command::Command;
use crate::store::Store;

pub(super) fn touch(session: &Session, args: &TouchArgs) -> Result<(), Failure> {
    let fields = Fields::default()
        .with("kind", args.kind.as_deref())
        .with("at", args.at.as_deref())
        .with("campaign", args.campaign.as_deref());
    let leads: Vec<String> = args.lead.iter().cloned().collect();
    run(session, Verb::Touch, &args.many, &leads, &fields)
}

pub(super) fn hand_over(session: &Session, args: &HandOverArgs) -> Result<(), Failure> {
    let fields = Fields::default()
        .with("to", args.to.as_deref())
        .with("trigger", args.trigger.as_deref());
    run(session, Verb::HandOver, &args.many, &args.leads, &fields)
}

pub(super) fn assign(session: &Session, args: &AssignArgs) -> Result<(), Failure> {
    let fields = Fields::default().with("to", args.to.as_deref());
    run(
        session,
        Verb::Assign,
        &args.many,
        &args.handoffs.handoffs,
        &fields,
    )
}

pub(super) fn attempt(session: &Session, args: &AttemptArgs) -> Result<(), Failure> {
    let fields = Fields::default()
        .with("outcome", args.outcome.as_deref())
        .with("channel", args.channel.as_deref())
        .with("at", args.at.as_deref())
        .with("minutes", args.minutes.as_deref());
    let handoffs: Vec<String> = args.handoff.iter().cloned().collect();
    run(session, Verb::Attempt, &args.many, &handoffs, &fields)
}

pub(super) fn accept(session: &Session, args: &AcceptArgs) -> Result<(), Failure> {
    let fields = Fields::default().with("despite", args.despite.as_deref());
    run(
        session,
        Verb::Accept,
        &args.many,
        &args.handoffs.handoffs,
        &fields,
    )
}

pub(super) fn reject(session: &Session, args: &RejectArgs) -> Result<(), Failure> {
    let (leads, reason) = last_word(&args.handoffs.handoffs, args.reason.as_deref());
    let fields = Fields::default().with("reason", reason);
    run(session, Verb::Reject, &args.many, leads, &fields)
}

pub(super) fn recycle(session: &Session, args: &RecycleArgs) -> Result<(), Failure> {
    let (leads, on) = last_word(&args.handoffs.handoffs, args.on.as_deref());
    let fields = Fields::default().with("on", on);
    run(session, Verb::Recycle, &args.many, leads, &fields)
}

/// The leads, and the option that may stand behind them as the last word, as it does in `deal 12 lost no_budget`: leads are named by
/// a number or an address, so a word that is neither is none.
fn last_word<'a>(words: &'a [String], given: Option<&'a str>) -> (&'a [String], Option<&'a str>) {
    let names_a_lead =
        |word: &str| word.contains('@') || word.bytes().all(|byte| byte.is_ascii_digit());
    match (given, words.split_last()) {
        (None, Some((last, leads))) if !leads.is_empty() && !names_a_lead(last) => {
            (leads, Some(last))
        }
        _ => (words, given),
    }
}

pub(super) fn reopen(session: &Session, args: &ReopenArgs) -> Result<(), Failure> {
    let fields = Fields::default();
    run(
        session,
        Verb::Reopen,
        &args.many,
        &args.handoffs.handoffs,
        &fields,
    )
}

pub(super) fn qualify(session: &Session, args: &QualifyArgs) -> Result<(), Failure> {
    let confirmed = args.criteria_confirmed.then_some("yes");
    let fields = Fields::default()
        .with("deal", args.deal.as_deref())
        .with("another", args.another.then_some("yes"))
        .with("name", args.name.as_deref())
        .with("value", args.value.as_deref())
        .with("close_on", args.close_on.as_deref())
        .with("stage", args.stage.as_deref())
        .with("criteria_confirmed", confirmed)
        .with("owner", args.owner.as_deref())
        .with("marketing_owner", args.marketing_owner.as_deref())
        .with("despite", args.despite.as_deref());
    // All leads stand behind one deal, so they are one row.
    let leads = args.handoffs.handoffs.join(" ");
    let rows: Vec<String> = Some(leads).filter(|l| !l.is_empty()).into_iter().collect();
    run(session, Verb::Qualify, &args.many, &rows, &fields)
}

pub(super) fn deal(session: &Session, args: &DealArgs) -> Result<(), Failure> {
    if let (Some(deal), None, None) = (&args.deal, &args.change, &args.many.from) {
        return super::deals::card(session, deal);
    }
    let fields = Fields::default()
        .with("change", args.change.as_deref())
        .with("to", args.to.as_deref());
    let deals: Vec<String> = args.deal.iter().cloned().collect();
    run(session, Verb::Deal, &args.many, &deals, &fields)
}

pub(super) fn challenge(session: &Session, args: &ChallengeArgs) -> Result<(), Failure> {
    if args.handoffs.is_empty() && args.many.from.is_none() {
        return super::review::challenges(session, args.all);
    }
    // The argument may stand where other verbs have their note.
    let why = args.why.as_deref().or(args.many.note.as_deref());
    let fields = Fields::default().with("why", why);
    run(
        session,
        Verb::Challenge,
        &args.many,
        &args.handoffs,
        &fields,
    )
}

pub(super) fn settle(session: &Session, args: &SettleArgs) -> Result<(), Failure> {
    let confirm = args.confirm.join(" ");
    let fields = Fields::default()
        .with("how", args.how.as_deref())
        .with("change", args.change.as_deref())
        .with("on", args.on.as_deref())
        .with("rule", args.rule.as_deref())
        .with("confirm", Some(&confirm));
    let challenges: Vec<String> = args.challenge.iter().cloned().collect();
    run(session, Verb::Settle, &args.many, &challenges, &fields)
}

/// A row to be done: where it stands, what it is about, its options.
struct Row {
    line: u64,
    fields: Fields,
}

fn run(
    session: &Session,
    verb: Verb,
    many: &Many,
    subjects: &[String],
    fields: &Fields,
) -> Result<(), Failure> {
    let fields = fields.clone().with("note", many.note.as_deref());
    let subject = verb.columns()[0];
    let mut rows: Vec<Row> = subjects
        .iter()
        .zip(1..)
        .map(|(name, line)| Row {
            line,
            fields: fields.clone().with(subject, Some(name)),
        })
        .collect();
    if let Some(path) = &many.from {
        let text = if path.as_os_str() == "-" {
            whole(std::io::stdin().lock())
        } else {
            std::fs::File::open(path).and_then(whole)
        };
        let text = text.map_err(|error| {
            Failure::new(format!("{}: {error}; nothing was changed", path.display()))
        })?;
        rows.extend(batch(verb, &text, &fields)?);
    }
    let mut store = session.write()?;
    let whole = many.from.is_none() && rows.len() == 1;
    if whole {
        let command = command(&store, verb, &rows[0])?.map_err(Failure::WrongUse)?;
        let applied = session.apply(&mut store, &command)?;
        out::say(&applied.summary);
        for note in &applied.notes {
            out::say(note);
        }
        return Ok(());
    }
    many_at_once(session, &mut store, verb, &rows)
}

/// A batch's text, however long its source pretends to be.
fn whole(source: impl Read) -> std::io::Result<String> {
    const MOST: u64 = 64 << 20;
    let mut text = String::new();
    source.take(MOST + 1).read_to_string(&mut text)?;
    if text.len() as u64 > MOST {
        return Err(std::io::Error::other("a batch has at most 64 MB"));
    }
    Ok(text)
}

fn command(store: &Store, verb: Verb, row: &Row) -> Result<Result<Command, String>, Failure> {
    let book = store.book()?;
    let room = Room {
        store,
        now: book.now(now()),
        book: &book,
    };
    Ok(verb.command(&row.fields, &room))
}

/// All rows in one change, one line for each on stdout; exit status 3 when some were refused.
fn many_at_once(
    session: &Session,
    store: &mut Store,
    verb: Verb,
    rows: &[Row],
) -> Result<(), Failure> {
    let mut read = Vec::with_capacity(rows.len());
    {
        let book = store.book()?;
        let room = Room {
            store,
            now: book.now(now()),
            book: &book,
        };
        for row in rows {
            read.push(verb.command(&row.fields, &room));
        }
    }
    let commands: Vec<Command> = read
        .iter()
        .filter_map(|r| r.as_ref().ok().cloned())
        .collect();
    let author = session.author(store);
    let bulk = store.apply_each(&commands, &author)?;
    let mut applied = bulk.results.into_iter();
    let subject = verb.columns()[0];
    let mut lines = vec![
        ["row", subject, "result", "detail"]
            .map(String::from)
            .to_vec(),
    ];
    let mut refused = 0;
    for (row, read) in rows.iter().zip(read) {
        let result = match read {
            Ok(_) => match applied.next() {
                Some(Ok(done)) => Ok(done),
                Some(Err(error)) => Err(error.to_string()),
                None => Err("it was not reached".into()),
            },
            Err(why) => Err(why),
        };
        let (word, detail) = match result {
            Ok(done) => ("done", done),
            Err(why) => {
                refused += 1;
                let why = why.strip_suffix("; nothing was changed").unwrap_or(&why);
                ("refused", why.to_owned())
            }
        };
        let name = row.fields.get(subject).unwrap_or("").to_owned();
        lines.push(vec![row.line.to_string(), name, word.into(), detail]);
    }
    tables::print(session.format(), &lines)?;
    let done = lines.len() - 1 - refused;
    let entry = bulk
        .journal_id
        .map(|id| format!("; `smarketing undo {}` takes all of it back", id.0));
    out::say(&format!(
        "{done} done, {refused} refused{}",
        entry.unwrap_or_default()
    ));
    if refused > 0 {
        return Err(Failure::SomeRefused);
    }
    Ok(())
}

/// Rows of a CSV text; options of the command line hold where a cell is blank.
fn batch(verb: Verb, text: &str, fields: &Fields) -> Result<Vec<Row>, Failure> {
    let mut reader = csv::ReaderBuilder::new()
        .flexible(true)
        .from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let wrong = |error: csv::Error| {
        Failure::WrongUse(format!(
            "the batch cannot be read: {error}; nothing was changed"
        ))
    };
    let mut keys = Vec::new();
    for header in reader.headers().map_err(wrong)? {
        let key = header.trim().to_lowercase().replace([' ', '-'], "_");
        if !verb.columns().contains(&key.as_str()) {
            return Err(Failure::WrongUse(format!(
                "the batch has a column '{}'; its first line names some of {}; nothing was changed",
                crate::text::clean(header),
                verb.columns().join(", ")
            )));
        }
        keys.push(key);
    }
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(wrong)?;
        let mut row = fields.clone();
        for (key, cell) in keys.iter().zip(&record) {
            row.set(key, cell);
        }
        let line = record.position().map_or(0, csv::Position::line);
        rows.push(Row { line, fields: row });
    }
    Ok(rows)
}
