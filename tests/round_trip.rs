//! What goes out under the headers of any CRM comes back in: into the same workspace nothing changes, into a new one the same
//! leads, verdicts, reasons, evidence and deals stand, whatever system they came from.

#![expect(clippy::unwrap_used, reason = "a test stops at what it cannot do")]

use std::path::PathBuf;

use assert_cmd::Command;
use rusqlite::Connection;
use smarketing::transfer::map::{Catalog, Kind};

struct Desk {
    folder: tempfile::TempDir,
}

impl Desk {
    /// Seven leads of two systems with every kind of verdict and what some of them cost, one without a channel that is shown, one
    /// rejected for a reason of the workspace's own; fields of its own; three deals, one of which was made here and changed its
    /// value since.
    fn new() -> Desk {
        let desk = Desk {
            folder: tempfile::tempdir().unwrap(),
        };
        desk.init("a.db");
        desk.a(&["people", "sam", "--name", "Sam Sales", "--side", "sales"]);
        desk.write(
            "leads.csv",
            "Lead ID,Name,Email,Company,Source,Created at,Status,Handed off at,Verdict at,Owner,Reason,Rejection Note,Lead Cost,Currency,Employees,Score,Since,VIP,Remark\n\
             1,Ada King,ada@x.test,\"Acme, Inc\",Webinar,2025-01-01,Rejected,2025-01-02,2025-01-05,Sam Sales,Other,no phone,12.50,USD,40,0.125,2024-02-29,yes,\"=1+1, \"\"sic\"\"\"\n\
             2,Bob,bob@x.test,Acme,Fair,2025-01-01,Accepted,2025-01-02,2025-01-06,Sam Sales,,,7,EUR,,-3.5,,no,N 1\n\
             3,=Cy,cy@x.test,Globex,Fair,2025-01-01,Open,2025-01-02,,Sam Sales,,,,,,,,,\n\
             4,Di,di@x.test,Globex,Fair,2025-01-01,Prospect,,,,,,,,5000,1e3,2024-01-01,,\n\
             5,Eve,eve@x.test,Globex,Fair,2025-01-01,Open,2025-01-02,,Sam Sales,,,,,,,,,\n",
        );
        desk.write(
            "estate.csv",
            "Lead_ID,Lead_Date,Marketing_Channel,Campaign_Name,Marketing_Cost_AED,Customer_ID,Agent_ID,Lead_Status,\
             Qualification_Date,Site_Visit_Date,Negotiation_Date,Booking_Date,Lost_Reason\n\
             L-1,2025-02-01,Radio,Spring,5,C-1,Sam Sales,Lost,,2025-02-03,,,Budget mismatch\n\
             L-2,2025-02-01,Radio,Spring,5,C-2,Sam Sales,Lost,,,,,Unit sold out before decision\n",
        );
        desk.write(
            "deals.csv",
            "Deal ID,Lead ID,Deal Name,Created,Stage,Amount,Currency,Close Date,Conversation Date,Qualified Date,Lost Date,Lost Reason,Outcome\n\
             D-1,1,Lost one,2025-01-05,Proposal,700.50,EUR,2025-05-01,2025-01-04,2025-01-05,2025-03-01,Price,Lost\n\
             D-2,4,Early one,2025-01-05,Prospect,90,USD,,,,,,Open\n",
        );
        let shipped = Catalog::shipped();
        desk.write("estate.toml", shipped.text("real-estate-leads").unwrap());
        desk.a(&["import", "leads.csv", "--keep-columns"]);
        let frozen = ["reasons", "put", "frozen", "Frozen until spring"];
        let kind = ["--class", "budget", "--asks", "nothing", "--acts", "sales"];
        desk.a(&[&frozen[..], &kind].concat());
        desk.a(&["import", "estate.csv", "--map", "estate.toml"]);
        desk.a(&["import", "deals.csv"]);
        desk.a(&["attempt", "cy@x.test", "connected"]);
        desk.write(
            "attempts.csv",
            "Email,At,Channel,Outcome,Minutes,Rep,Note\n\
             ada@x.test,2025-01-03 09:00,Call,No answer,,Sam Sales,\n\
             ada@x.test,2025-01-04 10:30,Call,Voicemail,3,Sam Sales,\"-2, again\"\n\
             bob@x.test,2025-01-05 11:00,Meeting,Meeting held,45,,\n",
        );
        desk.a(&["import", "attempts.csv"]);
        let close = ["--close-on", "2099-01-31", "--stage", "Discovery"];
        let value = [
            "qualify",
            "cy@x.test",
            "--value",
            "5000",
            "--criteria-confirmed",
        ];
        desk.a(&[&value[..], &close].concat());
        desk.a(&["deal", "3", "value", "6000"]);
        desk.a(&["reject", "eve@x.test", "--reason", "frozen"]);
        desk
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn write(&self, name: &str, text: &str) {
        std::fs::write(self.path(name), text).unwrap();
    }

    fn init(&self, db: &str) {
        let zone = ["--time-zone", "Europe/Berlin"];
        let args = ["init", "--name", "Acme", "--currency", "EUR"];
        self.run(db, &[&args[..], &zone].concat());
    }

    fn a(&self, args: &[&str]) -> String {
        self.run("a.db", args)
    }

    /// The exported text, else what was said; it was done without a refusal.
    fn run(&self, db: &str, args: &[&str]) -> String {
        let mut program = Command::cargo_bin("smarketing").unwrap();
        let output = program
            .env_clear()
            .env("HOME", self.folder.path())
            .env("SMARKETING_USER", if db == "a.db" { "sam" } else { "" })
            .env("SMARKETING_DB", self.path(db))
            .current_dir(self.folder.path())
            .args(args)
            .output()
            .unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        let (out, err) = (text(output.stdout), text(output.stderr));
        assert!(output.status.success(), "{args:?}: {out}{err}");
        if args[0] == "export" { out } else { err }
    }

    /// What must come back, row by row.
    fn told(&self, db: &str) -> Vec<String> {
        let conn = Connection::open(self.path(db)).unwrap();
        let leads = "SELECT concat_ws('|', l.name, l.email, l.source_system, l.external_id, l.created_at, l.withheld, s.name, a.name,
                h.handed_off_at, h.verdict, h.verdict_at, r.code, h.reason_text, h.evidence, h.note, p.name,
                r.label, r.class, r.acts, r.objective, (SELECT group_concat(concat(k.amount_minor, k.currency, k.on_on)) FROM spend k
                WHERE k.lead_id = l.id), (SELECT group_concat(concat(key, '=', atom)) FROM (SELECT key, atom FROM json_each(l.custom) ORDER BY key)))
            FROM lead l LEFT JOIN handoff h ON h.lead_id = l.id LEFT JOIN reason r ON r.id = h.reason_id
            LEFT JOIN source s ON s.id = l.source_id LEFT JOIN account a ON a.id = l.account_id
            LEFT JOIN person p ON p.id = h.owner_id ORDER BY l.created_at, l.external_id";
        let deals = "SELECT concat_ws('|', o.name, o.created_at, t.name, o.amount_minor, o.currency, o.qualified_at, o.qualified_minor,
                o.close_on, o.conversation_at, o.outcome, o.closed_at, r.code, o.lost_reason_text, l.external_id)
            FROM opportunity o LEFT JOIN stage t ON t.id = o.stage_id LEFT JOIN reason r ON r.id = o.lost_reason_id
            LEFT JOIN lead l ON l.id = o.lead_id ORDER BY o.created_at, o.name";
        let attempts =
            "SELECT concat_ws('|', l.email, t.at, t.channel, t.outcome, t.minutes, p.name, t.note)
            FROM attempt t JOIN handoff h ON h.id = t.handoff_id JOIN lead l ON l.id = h.lead_id
            LEFT JOIN person p ON p.id = t.person_id ORDER BY l.email, t.at";
        let mut rows = Vec::new();
        for sql in [leads, deals, attempts] {
            let mut stmt = conn.prepare(sql).unwrap();
            let found = stmt.query_map([], |row| row.get::<_, String>(0)).unwrap();
            rows.extend(found.map(Result::unwrap));
        }
        rows
    }
}

#[test]
fn every_crms_export_comes_back_as_it_went() {
    let desk = Desk::new();
    let before = desk.told("a.db");
    assert_eq!(before.len(), 14, "{before:#?}");
    assert!(
        before[0].contains("1250USD") && before[0].contains("score=0.125"),
        "{before:#?}"
    );
    assert!(
        before[4].contains("Frozen until spring|budget|sales|1"),
        "{before:#?}"
    );
    let (mut leads, mut deals) = (Vec::new(), Vec::new());
    for map in Catalog::shipped().maps() {
        match map.kind {
            Kind::Leads => leads.push(map.name.clone()),
            Kind::Opportunities => deals.push(map.name.clone()),
            _ => {}
        }
    }
    assert!(leads.len() >= 15 && deals.len() >= 8);
    for turn in 0..leads.len().max(deals.len()) {
        let (lead, deal) = (&leads[turn % leads.len()], &deals[turn % deals.len()]);
        let attempts = "attempts".to_owned();
        for (what, preset, rows) in [
            ("leads", lead, 7),
            ("attempts", &attempts, 4),
            ("opportunities", deal, 3),
        ] {
            let text = desk.a(&["export", what, "--preset", preset]);
            let file = format!("{what}.out.csv");
            desk.write(&file, &text);
            let said = desk.a(&["import", &file]);
            let words: Vec<&str> = said.split_whitespace().collect();
            let place = words.iter().rposition(|word| *word == what).unwrap();
            let none = ["0", "0", &rows.to_string(), "0"];
            assert_eq!(words[place + 1..place + 5], none, "{preset}: {said}");
        }
        assert_eq!(desk.told("a.db"), before, "{lead}, {deal}");
        let new = format!("{turn}.db");
        desk.init(&new);
        desk.run(&new, &["import", "leads.out.csv"]);
        desk.run(&new, &["import", "attempts.out.csv"]);
        desk.run(&new, &["import", "opportunities.out.csv"]);
        assert_eq!(desk.told(&new), before, "{lead}, {deal}");
    }
}

#[test]
fn rejections_come_back_too_and_json_names_the_row_of_another_system() {
    let desk = Desk::new();
    let before = desk.told("a.db");
    for preset in ["salesforce-leads", "hubspot-leads", "leads"] {
        let text = desk.a(&["export", "rejections", "--preset", preset]);
        desk.write("out.csv", &text);
        let said = desk.a(&["import", "out.csv"]);
        assert!(
            said.contains("leads  0      0        4          0"),
            "{said}"
        );
        assert_eq!(desk.told("a.db"), before);
    }
    let text = desk.a(&[
        "export",
        "leads",
        "--preset",
        "hubspot-contacts",
        "--format",
        "json",
    ]);
    let rows: Vec<serde_json::Value> = serde_json::from_str(&text).unwrap();
    assert_eq!(rows[6]["id"], serde_json::Value::Null);
    assert_eq!(rows[6]["key"], "real-estate:L-2");
}
