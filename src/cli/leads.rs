//! `smarketing leads`: the queue as text, by the same filter and in the same order as on screen. Changes no lead.

use super::desk::args::LeadsArgs;
use super::failure::Failure;
use super::session::Session;
use super::{out, tables};
use crate::domain::book::Book;
use crate::domain::card::LeadLine;
use crate::domain::catalogue::Catalogue;
use crate::domain::command::Command;
use crate::domain::ids::LeadId;
use crate::facts::Facts;
use crate::facts::column::NONE;
use crate::facts::queue::{Queue, QueueFilter, Sla, Viewer};
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
    let hits = if filter.search.is_empty() {
        None
    } else {
        let texts = store.load_texts(&mut |_| ())?;
        texts.search(&facts.leads, &filter.search, &|| true)
    };
    let mut queue = Queue::new(&facts, &book, viewer);
    let rows = queue.rows(&filter, hits.as_ref());
    let shown = if args.limit == 0 {
        rows.len()
    } else {
        args.limit.min(rows.len())
    };
    let ids: Vec<i64> = rows[..shown]
        .iter()
        .map(|row| facts.handoffs.id[*row as usize])
        .collect();
    let mut table = vec![HEADING.map(String::from).to_vec()];
    for (line, row) in store.handoffs_by_ids(&ids)?.into_iter().zip(&rows) {
        let sla = queue.sla(*row as usize);
        let attempts = facts.handoffs.attempts[*row as usize];
        table.push(cells(line, sla, attempts, &book));
    }
    tables::print(session.format(), &table)?;
    if shown < rows.len() {
        out::say(&format!("{shown} of {}; --limit 0 prints all", rows.len()));
    }
    Ok(())
}

/// Who a lead is, and what both teams did with it, oldest first.
pub(super) fn card(session: &Session, lead: &str) -> Result<(), Failure> {
    let store = session.read()?;
    let book = store.book()?;
    let id = match lead.parse() {
        Ok(id) => LeadId(id),
        Err(_) => store
            .lead_by_email(lead)?
            .ok_or_else(|| Failure::new(format!("no lead has the address '{}'", clean(lead))))?,
    };
    let card = store
        .lead_card(id)?
        .ok_or_else(|| Failure::new(format!("there is no lead {}", id.0)))?;
    let line = card.line;
    let about = [
        line.account,
        card.email,
        card.phone,
        line.source,
        line.campaign,
        line.owner,
    ];
    let about: Vec<String> = about.into_iter().flatten().collect();
    out::say(&format!("{} ({}): {}", line.name, id.0, about.join(", ")));
    let rows = super::deals::timeline(card.timeline, &book.calendar);
    tables::print(session.format(), &rows)
}

const HEADING: [&str; 12] = [
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

/// The author's code in the history.
fn me(handle: Option<String>, book: &Book, facts: &Facts) -> u32 {
    let person = handle.and_then(|handle| book.people.iter().find(|p| p.handle == handle));
    person.map_or(NONE, |person| facts.names.people.code(Some(person.id.0)))
}

/// The words of the command line as one line again: what the shell took apart stays apart.
fn quoted(words: &[String]) -> String {
    let words: Vec<String> = words
        .iter()
        .map(|word| match word.split_once(':') {
            Some((key, name)) if word.contains(' ') && !name.contains('"') => {
                format!("{key}:\"{name}\"")
            }
            _ => word.clone(),
        })
        .collect();
    words.join(" ")
}
