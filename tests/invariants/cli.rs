//! Deeds as subcommands: one at a time, and as rows on stdin beside a row that is refused. Decides nothing.

use super::room::{Deed, Left, Room, Said, Way};

/// One subcommand for each deed.
pub(crate) struct Line(Room);

impl Way for Line {
    fn enter(room: Room) -> Line {
        Line(room)
    }

    fn room(&self) -> &Room {
        &self.0
    }

    fn act(&mut self, who: Option<&str>, deed: &Deed) -> Said {
        let (verb, options) = options(deed);
        let mut args = vec![verb.to_owned()];
        for (key, value) in options {
            match key {
                "criteria_confirmed" => args.push("--criteria-confirmed".into()),
                "handoff" if verb == "qualify" => {
                    args.extend(value.split(' ').map(str::to_owned));
                }
                "handoff" | "outcome" | "deal" | "change" | "to" => args.push(value),
                key => args.extend([format!("--{}", key.replace('_', "-")), value]),
            }
        }
        let args: Vec<&str> = args.iter().map(String::as_str).collect();
        said(&self.0.run(who, &args, ""), 0)
    }
}

fn said(left: &Left, done: i32) -> Said {
    if left.status == done {
        Ok(left.said.clone())
    } else {
        Err(left.said.clone())
    }
}

/// Rows on stdin: the deed, and one about a handoff or deal that does not exist.
pub(crate) struct Batch(Room);

impl Way for Batch {
    fn enter(room: Room) -> Batch {
        Batch(room)
    }

    fn room(&self) -> &Room {
        &self.0
    }

    fn act(&mut self, who: Option<&str>, deed: &Deed) -> Said {
        let (verb, options) = options(deed);
        let (keys, cells): (Vec<_>, Vec<_>) = options.into_iter().unzip();
        let mut other = cells.clone();
        other[0] = "999".into();
        let rows = format!(
            "{}\n{}\n{}\n",
            keys.join(","),
            cells.join(","),
            other.join(",")
        );
        let args = [verb, "--from", "-", "--format", "csv"];
        let left = self.0.run(who, &args, &rows);
        assert_eq!(left.status, 3, "{}", left.said);
        let results: Vec<&str> = left.out.lines().skip(1).collect();
        assert_eq!(results.len(), 2, "{}", left.said);
        assert!(results[1].contains("refused"), "{}", left.said);
        if results[0].contains(",done,") {
            Ok(left.said.clone())
        } else {
            Err(left.said.clone())
        }
    }
}

/// The subcommand and its options by name, whom it is about first.
fn options(deed: &Deed) -> (&'static str, Vec<(&'static str, String)>) {
    let of = |id: &i64| ("handoff", id.to_string());
    let mut options = Vec::new();
    let verb = match deed {
        Deed::Try(lead, outcome) => {
            options.extend([of(lead), ("outcome", (*outcome).into())]);
            "attempt"
        }
        Deed::Accept(lead) => {
            options.push(of(lead));
            "accept"
        }
        Deed::Reject(lead, reason, note) => {
            options.push(of(lead));
            options.extend(reason.map(|reason| ("reason", reason.into())));
            options.extend(note.map(|note| ("note", note.into())));
            "reject"
        }
        Deed::Recycle(lead, on) => {
            options.extend([of(lead), ("on", (*on).into())]);
            "recycle"
        }
        Deed::Qualify(leads, parts) => {
            let leads: Vec<String> = leads.iter().map(ToString::to_string).collect();
            options.push(("handoff", leads.join(" ")));
            let given = [
                ("value", parts.value),
                ("close_on", parts.close_on),
                ("stage", parts.stage),
                ("criteria_confirmed", parts.confirmed.then_some("yes")),
            ];
            let given = given.into_iter();
            options.extend(given.filter_map(|(key, value)| Some((key, value?.to_owned()))));
            "qualify"
        }
        Deed::Value(deal, euros) => {
            options.extend([
                ("deal", deal.to_string()),
                ("change", "value".into()),
                ("to", euros.to_string()),
            ]);
            "deal"
        }
        Deed::Join(deal, lead) => {
            options.extend([
                ("deal", deal.to_string()),
                ("change", "join".into()),
                ("to", lead.to_string()),
            ]);
            "deal"
        }
    };
    (verb, options)
}
