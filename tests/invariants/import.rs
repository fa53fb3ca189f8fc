//! Deeds as what a CRM's export says of them. Decides nothing.

use super::room::{Deed, Parts, Room, Said, Way};

/// Exported files.
pub(crate) struct File(Room);

const OF_LEADS: &str = "Lead ID,Name,Email,Company,Source,Created at,Status,Handed off at,Owner,Verdict at,Reason,Rejection Note,Recycle on";
const OF_DEALS: &str = "Deal ID,Lead ID,Deal Name,Created,Stage,Amount,Currency,Close Date,Conversation Date,Qualified Date";

impl File {
    fn at(&self) -> String {
        self.0
            .text("SELECT strftime('%Y-%m-%d %H:%M', as_of, 'unixepoch') FROM workspace")
    }

    fn verdict(&self, lead: i64, status: &str, rest: &str) -> String {
        let (lead, at) = (Room::lead(lead), self.at());
        format!("{OF_LEADS}\n{lead},{status},2025-06-02,sam,{at},{rest}\n")
    }

    /// A deal as the export has it, for each of its leads a line.
    fn deal(&self, leads: &[i64], parts: Parts) -> String {
        let at = self.at();
        let mut text = format!("{OF_DEALS}\n");
        for lead in leads {
            let spoke = format!(
                "SELECT strftime('%Y-%m-%d %H:%M', min(a.at), 'unixepoch') FROM attempt a
                 WHERE a.handoff_id = {lead} AND a.outcome = 'connected'"
            );
            let cells = [
                "D1".to_owned(),
                lead.to_string(),
                "Acme".to_owned(),
                "2025-06-02".to_owned(),
                parts.stage.unwrap_or_default().to_owned(),
                parts.value.unwrap_or_default().to_owned(),
                "EUR".to_owned(),
                parts.close_on.unwrap_or_default().to_owned(),
                self.0.text(&spoke),
                if parts.confirmed {
                    at.clone()
                } else {
                    String::new()
                },
            ];
            text.push_str(&cells.join(","));
            text.push('\n');
        }
        text
    }

    /// The deal's leads and parts as they stand in the file.
    fn known(&self, leads: &[i64], value: Option<&'static str>) -> String {
        let parts = Parts {
            value,
            ..super::room::WHOLE
        };
        self.deal(leads, parts)
    }
}

impl Way for File {
    /// Importing is setting up; an executive only reads.
    const OUTSIDER: &'static str = "eve";

    fn enter(room: Room) -> File {
        File(room)
    }

    fn room(&self) -> &Room {
        &self.0
    }

    fn act(&mut self, who: Option<&str>, deed: &Deed) -> Said {
        let (name, text) = match deed {
            Deed::Try(lead, outcome) => (
                "attempts.csv",
                format!(
                    "Lead ID,Channel,Outcome,Attempted at\n{lead},Call,{},{}\n",
                    outcome.replace('-', " "),
                    self.at()
                ),
            ),
            Deed::Accept(lead) => ("leads.csv", self.verdict(*lead, "Accepted", ",,")),
            Deed::Reject(lead, reason, note) => {
                let cells = format!("{},{},", reason.unwrap_or(""), note.unwrap_or(""));
                ("leads.csv", self.verdict(*lead, "Rejected", &cells))
            }
            Deed::Recycle(lead, on) => {
                let cells = format!(",,{on}");
                ("leads.csv", self.verdict(*lead, "Recycled", &cells))
            }
            Deed::Qualify(leads, parts) => ("deals.csv", self.deal(leads, *parts)),
            Deed::Value(_, euros) => {
                let value: &'static str = Box::leak(euros.to_string().into_boxed_str());
                ("deals.csv", self.known(&[1], Some(value)))
            }
            Deed::Join(_, lead) => ("deals.csv", self.known(&[1, *lead], Some("5000"))),
        };
        let left = self.0.import(name, &text, who.unwrap_or_default());
        if left.status == 0 && !left.said.contains("misses") {
            Ok(left.said)
        } else {
            Err(left.said)
        }
    }

    fn take_back(&mut self, who: &str) {
        let newest = "SELECT max(batch_id) FROM journal j WHERE verb = 'import'
                      AND NOT EXISTS (SELECT 1 FROM journal u WHERE u.undoes = j.id)";
        let batch = self.0.count(newest).to_string();
        let left = self.0.run(Some(who), &["import", "--undo", &batch], "");
        assert_eq!(left.status, 0, "{}", left.said);
    }
}
