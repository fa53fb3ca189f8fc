//! The rep's subcommands as a rep types them: one at a time and in batches, with their exit statuses.

#![expect(clippy::unwrap_used, reason = "a test stops at what it cannot do")]

use std::path::Path;

use assert_cmd::Command;

struct Room {
    folder: tempfile::TempDir,
}

/// What a command left: exit status, stdout, stderr.
type Left = (i32, String, String);

impl Room {
    /// A workspace with sam, mia and four leads in sales' hands.
    fn new() -> Room {
        let room = Room {
            folder: tempfile::tempdir().unwrap(),
        };
        room.well(&[
            "init",
            "--name",
            "Acme",
            "--currency",
            "EUR",
            "--time-zone",
            "Europe/Berlin",
        ]);
        room.well(&["people", "sam", "--name", "Sam", "--side", "sales"]);
        room.well(&["people", "mia", "--name", "Mia", "--side", "marketing"]);
        let leads = room.path("leads.csv");
        std::fs::write(
            &leads,
            "Lead ID,Name,Email,Company,Source,Created at,Status,Handed off at,Owner\n\
             1,Ada,ada@acme.test,Acme,Webinar,2025-01-01,Open,2025-01-02,Sam\n\
             2,Bob,bob@acme.test,Acme,Webinar,2025-01-01,Open,2025-01-03,Sam\n\
             3,=Cy,cy@globex.test,Globex,Trade show,2025-01-01,Open,2025-01-04,Sam\n\
             4,Di,di@globex.test,Globex,Trade show,2025-01-01,Open,2025-01-05,Sam\n",
        )
        .unwrap();
        room.well(&["import", leads.to_str().unwrap()]);
        room
    }

    fn path(&self, name: &str) -> std::path::PathBuf {
        self.folder.path().join(name)
    }

    fn run(&self, args: &[&str], input: &str) -> Left {
        let output = Command::cargo_bin("smarketing")
            .unwrap()
            .env_remove("SMARKETING_USER")
            .env("SMARKETING_DB", self.path("room.db"))
            .args(args)
            .write_stdin(input)
            .output()
            .unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        (
            output.status.code().unwrap(),
            text(output.stdout),
            text(output.stderr),
        )
    }

    fn well(&self, args: &[&str]) -> (String, String) {
        let (status, out, err) = self.run(args, "");
        assert_eq!(status, 0, "{args:?}: {err}");
        (out, err)
    }

    fn score(&self, metric: &str) -> serde_json::Value {
        let (out, _) = self.well(&[
            "score",
            "--period",
            "all",
            "--all-handoffs",
            "--format",
            "json",
        ]);
        let score: serde_json::Value = serde_json::from_str(&out).unwrap();
        score["metrics"][metric]["value"].clone()
    }

    fn queue(&self, filter: &[&str]) -> Vec<String> {
        let mut args = vec!["leads", "--format", "json"];
        args.extend(filter);
        let (out, _) = self.well(&args);
        let rows: Vec<serde_json::Value> = serde_json::from_str(&out).unwrap();
        rows.iter()
            .map(|row| row["lead"].as_str().unwrap().to_owned())
            .collect()
    }
}

#[test]
fn a_rep_works_the_queue() {
    let room = Room::new();
    assert_eq!(room.queue(&[]), ["Ada", "Bob", "=Cy", "Di"]);
    assert_eq!(
        room.queue(&["mine", "--as", "sam", "globex"]),
        ["=Cy", "Di"]
    );
    let (_, said) = room.well(&[
        "attempt",
        "ada@acme.test",
        "connected",
        "--minutes",
        "12",
        "--as",
        "sam",
    ]);
    assert_eq!(said, "attempt Ada (call, connected)\n");
    assert_eq!(room.queue(&["untouched"]), ["Bob", "=Cy", "Di"]);
    let qualify = [
        "qualify",
        "1",
        "--value",
        "5000.50",
        "--close-on",
        "2099-01-31",
        "--stage",
        "discovery",
        "--as",
        "sam",
    ];
    let (status, _, said) = room.run(&qualify, "");
    assert_eq!(status, 1);
    assert!(
        said.contains("still missing: the criteria in force confirmed; nothing was changed"),
        "{said}"
    );
    room.well(&[&qualify[..], &["--criteria-confirmed"]].concat());
    assert_eq!(room.score("qualified_pipeline_sourced"), 500_050);
    let (_, said) = room.well(&["reject", "2", "--reason", "unreachable", "--as", "sam"]);
    assert!(
        said.contains("stored as unverified: no conversation, and 0 of 3 agreed attempts"),
        "{said}"
    );
    assert_eq!(room.queue(&["state:rejected"]), ["Bob"]);
    let (_, said) = room.well(&["undo", "--as", "sam"]);
    assert!(said.starts_with("undo: reject Bob"), "{said}");
    let (_, said) = room.well(&["redo", "--as", "sam"]);
    assert!(said.starts_with("redo: reject Bob"), "{said}");
    room.well(&["reopen", "2", "--as", "sam"]);
    // Reason and day may stand as the last word, too.
    let (_, said) = room.well(&["reject", "bob@acme.test", "no_need", "--as", "sam"]);
    assert!(said.starts_with("reject Bob (No need)"), "{said}");
    room.well(&["reopen", "2", "--as", "sam"]);
    room.well(&["recycle", "2", "2099-01-01", "--as", "sam"]);
    assert_eq!(room.queue(&[]), ["=Cy", "Di"]);
    // The return of 2099 stands in the file and counts in no number.
    assert_eq!(room.score("handoffs"), 4);
    room.well(&["deal", "1", "value", "6000", "--as", "sam"]);
    let (status, _, said) = room.run(&["deal", "1", "lost", "--as", "sam"], "");
    assert_eq!((status, said.contains("to what?")), (2, true), "{said}");
    room.well(&["deal", "1", "won", "--as", "sam"]);
    room.well(&["deal", "1", "reopen", "--as", "sam"]);
    assert_eq!(room.score("revenue"), 0);
    room.well(&["deal", "1", "won", "--as", "sam"]);
    assert_eq!(room.score("revenue"), 600_000);
    let (card, _) = room.well(&["deal", "1"]);
    assert!(card.contains("qualified") && card.contains("won"), "{card}");
    let (journal, _) = room.well(&["journal", "--limit", "3"]);
    assert!(journal.contains("Acme: won"), "{journal}");
}

#[test]
fn a_batch_answers_for_each_row_and_is_undone_as_a_whole() {
    let room = Room::new();
    let rows = "handoff,reason,note\n1,no_need,\nbob@acme.test,other,\nnobody@x.test,spam,\n4,other,moved\n";
    let (status, out, said) = room.run(
        &["reject", "--from", "-", "--format", "csv", "--as", "sam"],
        rows,
    );
    assert_eq!(status, 3, "{said}");
    let lines: Vec<&str> = out.lines().collect();
    assert_eq!(lines[0], "row,handoff,result,detail");
    assert!(lines[1].starts_with("2,1,done,"), "{out}");
    assert!(
        lines[2].contains("refused") && lines[2].contains("add a note"),
        "{out}"
    );
    assert!(
        lines[3].contains("no lead that was handed over has the address 'nobody@x.test'"),
        "{out}"
    );
    assert!(lines[4].starts_with("5,4,done,"), "{out}");
    assert!(said.contains("2 done, 2 refused"), "{said}");
    assert_eq!(room.queue(&[]), ["Bob", "=Cy"]);
    room.well(&["undo", "--as", "sam"]);
    assert_eq!(room.queue(&[]).len(), 4);
    let (_, said) = room.well(&["leads", "sorce:Fair"]);
    assert!(said.contains("'sorce:' names no filter"), "{said}");
    let (_, said) = room.well(&["leads", "sorce=Fair"]);
    assert!(said.contains("'sorce=' names no filter"), "{said}");
    let (status, _, said) = room.run(&["reject", "1", "--as", "sam"], "");
    assert_eq!(status, 2);
    assert!(
        said.contains("a rejection needs a reason; --reason CODE is one of: duplicate, "),
        "{said}"
    );
    let (status, _, said) = room.run(&["reject", "--from", "-"], "handoff,why\n1,x\n");
    assert_eq!((status, said.contains("column 'why'")), (2, true), "{said}");
    let (status, _, said) = room.run(&["accept", "1", "2", "--as", "mia"], "");
    assert_eq!(status, 3);
    assert!(said.contains("0 done, 2 refused"), "{said}");
}

#[test]
fn filters_are_kept_and_catalogues_changed() {
    let room = Room::new();
    room.well(&["leads", "untouched", "source:trade show", "--save", "fair"]);
    assert_eq!(room.queue(&["--saved", "fair"]), ["=Cy", "Di"]);
    let as_elsewhere = room.queue(&["untouched", "source=trade show"]);
    assert_eq!(as_elsewhere, ["=Cy", "Di"]);
    room.well(&["leads", "--forget", "fair"]);
    let (status, _, said) = room.run(&["leads", "--saved", "fair"], "");
    assert_eq!(
        (status, said.contains("no filter is kept under 'fair'")),
        (2, true),
        "{said}"
    );
    let (status, _, said) = room.run(&["leads", "source:fair"], "");
    assert_eq!(
        (status, said.contains("no source is called 'fair'")),
        (2, true),
        "{said}"
    );
    room.well(&[
        "reasons",
        "put",
        "frozen",
        "Budget frozen",
        "--class",
        "budget",
    ]);
    room.well(&["reasons", "merge", "no_budget", "frozen"]);
    let (out, _) = room.well(&["reasons"]);
    assert!(out.contains("no: frozen"), "{out}");
    room.well(&["stages", "put", "Pilot", "4"]);
    room.well(&["holidays", "2025-12-25", "Christmas"]);
    room.well(&["holidays", "--remove", "2025-12-25"]);
    room.well(&["rates", "USD", "2025-01-01", "0.9"]);
    room.well(&["rates", "--remove", "USD", "2025-01-01"]);
    let (status, _, said) = room.run(&["sources", "--remove", "Webinar", "--as", "mia"], "");
    assert_eq!(
        (status, said.contains("is in use (2 × lead)")),
        (1, true),
        "{said}"
    );
    let (out, _) = room.well(&["stages", "--format", "csv"]);
    assert!(out.contains("Pilot,4,yes"), "{out}");
}

#[test]
fn exports_come_back_in_unchanged() {
    let room = Room::new();
    room.well(&[
        "reject",
        "3",
        "--reason",
        "other",
        "--note",
        "+moved, \"far\"",
        "--as",
        "sam",
    ]);
    room.well(&["recycle", "4", "--on", "2099-05-01", "--as", "sam"]);
    let file = room.path("out.csv");
    export(&room, &["export", "leads"], &file);
    let text = std::fs::read_to_string(&file).unwrap();
    assert!(text.contains("'=Cy") && text.contains("'+moved"), "{text}");
    let (out, said) = room.well(&["import", file.to_str().unwrap()]);
    let told = format!("{out}{said}");
    assert!(
        told.contains("leads  0      0        4          0"),
        "{told}"
    );
    assert_eq!(room.queue(&["state:rejected"]), ["=Cy"]);
    let (out, _) = room.well(&["export", "rejections", "--preset", "hubspot-leads"]);
    assert!(out.contains("Disqualification Reason"), "{out}");
    let (out, _) = room.well(&["export", "journal", "--format", "json"]);
    let entries: Vec<serde_json::Value> = serde_json::from_str(&out).unwrap();
    assert_eq!(entries.last().unwrap()["what"], "set up Acme");
}

fn export(room: &Room, args: &[&str], file: &Path) {
    let (out, _) = room.well(args);
    std::fs::write(file, out).unwrap();
}
