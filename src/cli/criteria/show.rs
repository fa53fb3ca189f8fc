//! Versions of the criteria as text: the page, a diff, the history, the fields. Changes nothing.

use super::{Room, cells, past, table};
use crate::cli::failure::Failure;
use crate::cli::session::Session;
use crate::domain::book::Book;
use crate::domain::criteria::version::{By, Standing, Version};
use crate::domain::criteria::{Definition, changes, warnings};
use crate::transfer::criteria as file;

/// The version in force and the draft.
pub(super) fn both(session: &Session, segment: Option<&str>) -> Result<(), Failure> {
    let room = Room::read(session)?;
    let shown = [room.in_force(segment), room.versions.draft(segment)];
    let shown: Vec<&Version> = shown.into_iter().flatten().collect();
    if shown.is_empty() {
        return Err(Failure::new(
            "there are no criteria yet; `criteria suggest` finds rules, `criteria apply FILE` begins a draft",
        ));
    }
    let mut rows = vec![cells(["version", "what", "says"])];
    for version in shown {
        rows.extend(lines(&room, version, session)?);
    }
    table(session, &rows)
}

/// One version as a page.
pub(super) fn page(
    session: &Session,
    segment: Option<&str>,
    number: Option<i64>,
) -> Result<(), Failure> {
    let room = Room::read(session)?;
    let Some(number) = number else {
        return both(session, segment);
    };
    let mut rows = vec![cells(["version", "what", "says"])];
    rows.extend(lines(&room, room.numbered(number)?, session)?);
    table(session, &rows)
}

fn lines(room: &Room, version: &Version, session: &Session) -> Result<Vec<Vec<String>>, Failure> {
    let book = room.store.book()?;
    let number = version.number.to_string();
    let now = session.as_of(&book)?;
    let mut rows = Vec::new();
    let mut add = |what: &str, says: String| {
        if !says.is_empty() {
            rows.push(vec![number.clone(), what.to_owned(), says]);
        }
    };
    let definition = &version.definition;
    add("state", room.versions.standing(version, now).label().into());
    add("text", file::fingerprint(definition));
    add("segment", definition.segment.clone().unwrap_or_default());
    add("marketing says", definition.page.marketing.clone());
    add("sales says", definition.page.sales.clone());
    add("agreed", definition.page.agreed.clone());
    add("consequence", definition.page.consequence.clone());
    for rule in &definition.rules {
        let off = if rule.is_on() { "" } else { " (off)" };
        add(
            &format!("{} · {}{off}", rule.kind.label(), rule.class.label()),
            rule.sentence(&room.fields),
        );
    }
    let rules = definition.rules.iter().filter(|rule| rule.is_on()).count();
    for sentence in definition.sentences(&room.fields).into_iter().skip(rules) {
        add("how it counts", sentence);
    }
    add(
        "opportunity",
        "It counts once a rep has spoken with the lead, it stands in stage one or later, has a close date and a value, and \
         these criteria are confirmed."
            .into(),
    );
    for signature in &version.signatures {
        add(
            &format!("signed for {}", signature.side.label()),
            by(&book, &signature.by),
        );
    }
    if version.proposed.is_some() {
        for side in version.unsigned() {
            add("waits for", side.label().into());
        }
    }
    if let Some(at) = version.in_force_at {
        add("in force from", book.calendar.day_of(at).to_string());
    }
    if let Some(day) = version.review_on {
        add("looked at again", day.to_string());
    }
    if room.versions.standing(version, now) == Standing::InForce {
        for sentence in past::drift(room, &book, version)?.sentences() {
            add("still holds?", sentence);
        }
    }
    for doubt in warnings(definition, &room.fields) {
        add("doubt", doubt.what);
    }
    Ok(rows)
}

fn by(book: &Book, by: &By) -> String {
    let name = by.name.as_deref().unwrap_or("somebody");
    format!("{name}, {}", book.calendar.day_of(by.at))
}

/// What changed between two versions.
pub(super) fn diff(
    session: &Session,
    segment: Option<&str>,
    (from, to): (Option<i64>, Option<i64>),
) -> Result<(), Failure> {
    let room = Room::read(session)?;
    let nothing = Definition::default();
    let old = match from {
        Some(number) => &room.numbered(number)?.definition,
        None => room.in_force(segment).map_or(&nothing, |v| &v.definition),
    };
    let new = match to {
        Some(number) => &room.numbered(number)?.definition,
        None => &room.draft(segment)?.definition,
    };
    let mut rows = vec![cells(["way", "change"])];
    for change in changes(old, new, &room.fields) {
        rows.push(vec![
            format!("{} {}", change.way.sign(), change.way.word()),
            change.what,
        ]);
    }
    table(session, &rows)
}

/// Every version.
pub(super) fn history(session: &Session) -> Result<(), Failure> {
    let room = Room::read(session)?;
    let book = room.store.book()?;
    let mut rows = vec![cells([
        "version",
        "segment",
        "state",
        "rules",
        "proposed",
        "signed",
        "in force from",
        "changed",
    ])];
    let nothing = Definition::default();
    for version in &room.versions.0 {
        let segment = version.definition.segment.as_deref();
        let mut earlier = room.versions.0.iter().filter(|v| v.number < version.number);
        let before = earlier.rfind(|v| v.definition.segment.as_deref() == segment);
        let before = before.map_or(&nothing, |v| &v.definition);
        let changed: Vec<String> = changes(before, &version.definition, &room.fields)
            .iter()
            .map(|change| format!("{} {}", change.way.sign(), change.what))
            .collect();
        let signed: Vec<String> = version
            .signatures
            .iter()
            .map(|s| by(&book, &s.by))
            .collect();
        rows.push(vec![
            version.number.to_string(),
            segment.unwrap_or("").to_owned(),
            room.versions.standing(version, room.now).label().into(),
            version.definition.rules.len().to_string(),
            version
                .proposed
                .as_ref()
                .map(|p| by(&book, p))
                .unwrap_or_default(),
            signed.join("; "),
            version
                .in_force_at
                .map(|at| book.calendar.day_of(at).to_string())
                .unwrap_or_default(),
            changed.join("; "),
        ]);
    }
    table(session, &rows)
}

/// The fields that rules can ask about.
pub(super) fn fields(session: &Session) -> Result<(), Failure> {
    let room = Room::read(session)?;
    let mut rows = vec![cells(["field", "means", "is"])];
    for field in room.fields.all() {
        rows.push(vec![
            field.key.clone(),
            field.label.clone(),
            field.kind.label().into(),
        ]);
    }
    table(session, &rows)
}
