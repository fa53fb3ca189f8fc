//! Deeds as keys on screens 2 and 5: on the lead under the cursor, and on marked leads beside one that is refused.

use smarketing::domain::reason::Asks;
use smarketing::store::Store;

use super::hands::Hands;
use super::room::{Deed, Parts, Room, Said, Way};

/// Keys on the lead under the cursor.
pub(crate) struct Cursor(Room);

impl Way for Cursor {
    fn enter(room: Room) -> Cursor {
        Cursor(room)
    }

    fn room(&self) -> &Room {
        &self.0
    }

    fn act(&mut self, who: Option<&str>, deed: &Deed) -> Said {
        let mut hands = Hands::on(self.0.store(), who);
        match deed {
            Deed::Value(..) | Deed::Join(..) => hands.press("5"),
            Deed::Qualify(leads, _) if leads.len() > 1 => mark(&mut hands, leads),
            _ => go(&mut hands, lead_of(deed)),
        }
        let keys = keys(&hands.store, deed);
        hands.press(&keys);
        said(&mut hands)
    }
}

/// Keys on marked leads, one of which was accepted before.
pub(crate) struct Marked(Room);

/// The lead that has its verdict already.
const DECIDED: i64 = 4;

impl Way for Marked {
    fn enter(room: Room) -> Marked {
        let left = room.run(Some("sam"), &["accept", "4"], "");
        assert_eq!(left.status, 0, "{}", left.said);
        Marked(room)
    }

    fn room(&self) -> &Room {
        &self.0
    }

    fn act(&mut self, who: Option<&str>, deed: &Deed) -> Said {
        let mut hands = Hands::on(self.0.store(), who);
        let refused_beside = match deed {
            Deed::Value(..) | Deed::Join(..) => {
                hands.press("5");
                false
            }
            Deed::Qualify(leads, _) => {
                mark(&mut hands, leads);
                false
            }
            // An attempt on an accepted lead is nothing to refuse.
            Deed::Try(lead, _) => {
                go(&mut hands, *lead);
                false
            }
            _ => {
                mark(&mut hands, &[lead_of(deed), DECIDED]);
                true
            }
        };
        let mut keys = keys(&hands.store, deed);
        if let Deed::Accept(_) = deed {
            // Many are accepted once that is confirmed.
            keys.push('\n');
        }
        hands.press(&keys);
        if let (true, Ok(done)) = (refused_beside && hands.writes > 0, &hands.last) {
            let refused = |result: &&Result<String, String>| result.is_err();
            assert_eq!(done.results.len(), 2, "{done:?}");
            let refused = done.results.iter().filter(refused).count();
            assert!(refused >= 1, "{done:?}");
        }
        said(&mut hands)
    }
}

fn lead_of(deed: &Deed) -> i64 {
    match deed {
        Deed::Try(lead, _)
        | Deed::Accept(lead)
        | Deed::Reject(lead, ..)
        | Deed::Recycle(lead, _) => *lead,
        Deed::Qualify(leads, _) => leads[0],
        Deed::Value(deal, _) | Deed::Join(deal, _) => *deal,
    }
}

/// Puts the cursor on a handoff of the queue, or of the list of all.
fn go(hands: &mut Hands, id: i64) {
    hands.press("2");
    let mut listed = hands.listed("");
    if !listed.contains(&id) {
        hands.press("fall\n\u{1b}");
        listed = hands.listed("state:all");
    }
    let place = listed.iter().position(|other| *other == id).unwrap();
    hands.press("g");
    hands.press(&"j".repeat(place));
}

/// Marks handoffs in the list of all.
fn mark(hands: &mut Hands, ids: &[i64]) {
    hands.press("2fall\n\u{1b}");
    let listed = hands.listed("state:all");
    for id in ids {
        let place = listed.iter().position(|other| other == id).unwrap();
        hands.press("g");
        hands.press(&"j".repeat(place));
        hands.press(" ");
    }
}

fn keys(store: &Store, deed: &Deed) -> String {
    match deed {
        Deed::Try(_, outcome) => {
            let key = match *outcome {
                "no-answer" => 'x',
                "connected" => 'c',
                other => panic!("no key for {other}"),
            };
            format!("{key}\n")
        }
        Deed::Accept(_) => "a".into(),
        Deed::Reject(_, None, _) => "r\n\u{1b}".into(),
        Deed::Reject(_, Some(code), note) => {
            let book = store.book().unwrap();
            let in_use: Vec<_> = book.reasons.iter().filter(|r| !r.retired).collect();
            let at = in_use.iter().position(|r| r.code == *code).unwrap();
            let letter = char::from(b'a' + at as u8);
            let note = match (note, in_use[at].asks) {
                (Some(note), Asks::Note) => (*note).to_owned(),
                (Some(note), _) => format!("\t{note}"),
                (None, _) => String::new(),
            };
            format!("r{letter}{note}\n")
        }
        Deed::Recycle(_, on) => format!("ld{on}\n"),
        Deed::Qualify(_, parts) => gate(parts),
        Deed::Value(_, euros) => format!("a\u{15}{euros}\n"),
        Deed::Join(_, lead) => format!("J{lead}\n"),
    }
}

fn gate(parts: &Parts) -> String {
    // Discovery stands there when the form opens; Prospect lies before it and is no pipeline yet.
    let stage = if parts.stage.is_some() { "" } else { "←" };
    format!(
        "Q{}\t{}\t{stage}\t{}\n",
        parts.value.unwrap_or_default(),
        parts.close_on.unwrap_or_default(),
        if parts.confirmed { "y" } else { "" }
    )
}

/// What was written and what stands on the screen; it is refused where nothing was, or where no row was done.
fn said(hands: &mut Hands) -> Said {
    let shown = hands.shown();
    if hands.writes == 0 {
        return Err(shown);
    }
    let done = hands.last.as_ref().map_err(Clone::clone)?;
    let mut told = vec![done.summary.clone(), shown];
    told.extend(done.notes.clone());
    let mut results = done.results.iter();
    let none_done = !done.results.is_empty() && !results.any(Result::is_ok);
    let each = done.results.iter().cloned();
    told.extend(each.map(|result| result.unwrap_or_else(|why| why)));
    let told = told.join("\n");
    if none_done { Err(told) } else { Ok(told) }
}
