//! `smarketing leads`: the queue as text, by the same filter and in the same order as on screen. Changes no lead.

use super::desk::args::LeadsArgs;
use super::failure::Failure;
use super::session::Session;
use super::{out, tables};
use crate::backtest::{self, Columns, Stamped};
use crate::domain::book::Book;
use crate::domain::card::LeadLine;
use crate::domain::catalogue::Catalogue;
use crate::domain::command::Command;
use crate::domain::criteria::Truth;
use crate::domain::criteria::version::Version;
use crate::domain::ids::LeadId;
use crate::domain::moment::Moment;
use crate::facts::Facts;
use crate::facts::column::NONE;
use crate::facts::filter::Dimension;
use crate::facts::queue::{Mark, Met, Queue, QueueFilter, Sla, State, Viewer};
use crate::store::Store;
use crate::text::clean;

pub(super) fn run(session: &Session, args: &LeadsArgs) -> Result<(), Failure> {
    if let Some(name) = &args.forget {
        let command = Command::Catalogue(Catalogue::ForgetFilter { name: name.clone() });
        let applied = session.apply(&mut session.write()?, &command)?;
        out::say(&applied.summary);
        return Ok(());
    }
    let store = session.read()?;
    let book = store.book()?;
    let facts = store.load_facts(&mut |_| ())?;
    let mut text = quoted(&args.filter);
    if let Some(name) = &args.saved {
        let kept = book.filters.iter().find(|filter| filter.name == *name);
        let kept = kept.ok_or_else(|| {
            let names: Vec<&str> = book.filters.iter().map(|f| f.name.as_str()).collect();
            Failure::WrongUse(format!(
                "no filter is kept under '{name}'; kept: {}",
                names.join(", ")
            ))
        })?;
        text = format!("{} {text}", kept.text);
    }
    let filter =
        QueueFilter::parse(&text, &facts).map_err(|error| Failure::WrongUse(error.to_string()))?;
    if let Some(name) = &args.save {
        let command = Command::Catalogue(Catalogue::SaveFilter {
            name: name.clone(),
            text: text.trim().to_owned(),
        });
        let applied = session.apply(&mut session.write()?, &command)?;
        out::say(&applied.summary);
    }
    let viewer = Viewer {
        me: me(session.handle(&store), &book, &facts),
        now: session.as_of(&book)?,
    };
    if viewer.me == NONE && filter.marks.contains(&Mark::Mine) {
        return Err(Failure::WrongUse(
            "nobody knows who you are, so no lead is yours: --as HANDLE says it, or user = \"HANDLE\" in config.toml (`smarketing people` \
             lists the handles)"
                .into(),
        ));
    }
    let hits = if filter.search.is_empty() {
        None
    } else {
        let texts = store.load_texts(&mut |_| ())?;
        texts.search(&facts.leads, &filter.search, &|| true)
    };
    let met = judged(&store, &facts, &book, viewer.now)?;
    let mut queue = Queue::new(&facts, &book, viewer).judged(met.as_ref());
    let rows = queue.rows(&filter, hits.as_ref());
    let shown = if args.limit == 0 {
        rows.len()
    } else {
        args.limit.min(rows.len())
    };
    let ids: Vec<i64> = rows[..shown]
        .iter()
        .map(|row| facts.handoffs.id.at(*row as usize))
        .collect();
    let mut table = vec![HEADING.map(String::from).to_vec()];
    for (line, row) in store.handoffs_by_ids(&ids)?.into_iter().zip(&rows) {
        let sla = queue.sla(*row as usize);
        let attempts = facts.handoffs.attempts[*row as usize];
        let said = met
            .as_ref()
            .map(|met| met.of(facts.handoffs.id.at(*row as usize)));
        let mut line = cells(line, sla, attempts, &book);
        line.push(said.map_or("", Truth::label).to_owned());
        table.push(line);
    }
    tables::print(session.format(), &table)?;
    if rows.is_empty() {
        out::say(&nothing(&filter));
    }
    if shown < rows.len() {
        out::say(&format!("{shown} of {}; --limit 0 prints all", rows.len()));
    }
    Ok(())
}

/// Why nothing is listed; a state's word alone is looked for as text.
fn nothing(filter: &QueueFilter) -> String {
    let state = State::ALL.iter().map(|state| state.word());
    match state.into_iter().find(|word| *word == filter.search) {
        Some(word) => format!(
            "no open lead has '{word}' in its name, company, e-mail or notes; state:{word} lists those that are {word}"
        ),
        None => match unknown_key(&filter.search) {
            Some(key) => format!(
                "no lead passes this filter; '{key}' names no filter, so it was searched for: state:, source:, campaign:, segment:, rep: and reason: do"
            ),
            None => "no lead passes this filter".to_owned(),
        },
    }
}

/// A word of the search that looks like a filter and is none, such as a mistyped `sorce:`.
fn unknown_key(search: &str) -> Option<String> {
    let mut words = search.split_whitespace();
    words.find_map(|word| {
        let key = word.find([':', '=']).map(|at| &word[..=at])?;
        let letters = &key[..key.len() - 1];
        let is_word = !letters.is_empty() && letters.bytes().all(|b| b.is_ascii_alphabetic());
        is_word.then(|| key.to_owned())
    })
}

/// Who a lead is, and what both teams did with it, oldest first.
pub(super) fn card(session: &Session, lead: &str) -> Result<(), Failure> {
    let store = session.read()?;
    let book = store.book()?;
    let id = of(&store, lead)?;
    let card = store
        .lead_card(id)?
        .ok_or_else(|| Failure::new(format!("there is no lead {}", id.0)))?;
    let line = card.line;
    let own = line.handoff.as_ref().map(|handoff| handoff.id.0);
    let about = [
        line.account,
        card.email,
        card.phone,
        line.source,
        line.campaign,
        line.owner,
    ];
    let about: Vec<String> = about.into_iter().flatten().collect();
    let handed = own.map_or_else(
        || "never handed over".into(),
        |own| format!("handoff {own}"),
    );
    out::say(&format!(
        "{} (lead {}, {handed}): {}",
        line.name,
        id.0,
        about.join(", ")
    ));
    // The queue and every verdict go by the numbers of handoffs.
    if lead.parse::<i64>().is_ok()
        && own != Some(id.0)
        && let Some(other) = store.handoffs_by_ids(&[id.0])?.first()
        && other.id != id
    {
        out::say(&format!(
            "handoff {} is another's: {} (lead {})",
            id.0, other.name, other.id.0
        ));
    }
    let stamp = card.known.last().and_then(|known| {
        let version = book.criteria.0.iter().find(|v| Some(v.id) == known.stamp)?;
        Some((version.number, version.definition.tell(known)))
    });
    if let Some((number, told)) = stamp {
        out::say(&format!(
            "criteria {number}, as handed over: {}; `criteria check {}` says why",
            told.outcome(),
            id.0
        ));
    }
    let rows = super::deals::timeline(card.timeline, &book.calendar);
    tables::print(session.format(), &rows)
}

/// A lead by its own number or its e-mail address.
pub(super) fn of(store: &Store, lead: &str) -> Result<LeadId, Failure> {
    if let Ok(id) = lead.trim().parse() {
        return Ok(LeadId(id));
    }
    store
        .lead_by_email(lead)?
        .ok_or_else(|| Failure::new(format!("no lead has the address '{}'", clean(lead))))
}

const HEADING: [&str; 13] = [
    "handoff",
    "lead",
    "company",
    "source",
    "rep",
    "handed off",
    "sla",
    "attempts",
    "verdict",
    "reason",
    "evidence",
    "note",
    "criteria",
];

fn cells(line: LeadLine, sla: Sla, attempts: u16, book: &Book) -> Vec<String> {
    let handoff = line.handoff;
    let of = |read: &dyn Fn(&crate::domain::card::HandoffLine) -> Option<String>| {
        handoff.as_ref().and_then(read).unwrap_or_default()
    };
    let at = |moment| book.calendar.show(moment);
    let sla = match sla {
        Sla::Unassigned(_) => "nobody's".into(),
        Sla::Unclocked(_) => "no clock".into(),
        Sla::Due(by) => format!("due {}", at(by)),
        Sla::Breached(by) => format!("breached {}", at(by)),
        Sla::Kept => "kept".into(),
        Sla::Late => "late".into(),
    };
    vec![
        of(&|h| Some(h.id.0.to_string())),
        line.name,
        line.account.unwrap_or_default(),
        line.source.unwrap_or_default(),
        of(&|h| h.owner.clone()),
        of(&|h| Some(at(h.at))),
        sla,
        attempts.to_string(),
        of(&|h| h.verdict.map(|(verdict, _)| verdict.label().to_owned())),
        of(&|h| h.reason.clone()),
        of(&|h| h.evidence.map(|evidence| evidence.label().to_owned())),
        of(&|h| h.note.clone()),
    ]
}

/// What the criteria say of each handoff, as the screen has it; `None` where no version was ever in force.
fn judged(store: &Store, facts: &Facts, book: &Book, now: Moment) -> Result<Option<Met>, Failure> {
    let versions = &book.criteria;
    let begun = |version: &Version| version.in_force_at.is_some_and(|from| from <= now);
    if !versions.0.iter().any(begun) {
        return Ok(None);
    }
    let fields = store.criteria_fields()?;
    let stamps = backtest::today(&store.load_stamps(facts)?, facts, versions, now);
    let mut columns = Columns::new(facts, &fields, &book.calendar);
    let in_use = versions
        .0
        .iter()
        .filter(|v| stamps.versions().contains(&v.id));
    let asked = in_use.map(|version| &version.definition);
    let missing = columns.missing(&fields, &asked);
    for (key, column) in store.load_fields(facts, &missing)? {
        columns.put(&key, column);
    }
    let stamped = Stamped::new(&columns, versions, &stamps);
    Ok(Some(stamped.by_id(&facts.handoffs.id)))
}

/// The author's code in the history.
fn me(handle: Option<String>, book: &Book, facts: &Facts) -> u32 {
    let person = handle.and_then(|handle| book.people.iter().find(|p| p.handle == handle));
    person.map_or(NONE, |person| facts.names.people.code(Some(person.id.0)))
}

/// The words of the command line as one line again: what the shell took apart stays apart. `source=Webinars`, as other commands
/// take it, is `source:Webinars`.
fn quoted(words: &[String]) -> String {
    let is_key = |key: &str| {
        matches!(key, "state" | "reason") || Dimension::ALL.iter().any(|known| known.word() == key)
    };
    let told = |word: &String| {
        let equals = word.split_once('=').filter(|(key, _)| is_key(key));
        match equals.or_else(|| word.split_once(':')) {
            Some((key, name)) if word.contains(' ') && !name.contains('"') => {
                format!("{key}:\"{name}\"")
            }
            Some((key, name)) if equals.is_some() => format!("{key}:{name}"),
            _ => word.clone(),
        }
    };
    words.iter().map(told).collect::<Vec<_>>().join(" ")
}
