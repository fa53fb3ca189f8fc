//! The criteria on 9,240 real leads, through the program: import, suggest, edit, backtest, sign; figures equal SQL on the file.

#![expect(
    clippy::unwrap_used,
    reason = "a test stops where the program cannot be started"
)]

use std::path::{Path, PathBuf};

use assert_cmd::Command;
use rusqlite::Connection;
use serde_json::Value;
use tempfile::TempDir;

fn data() -> Option<PathBuf> {
    let root = std::env::var_os("SMARKETING_TEST_DATA").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data"),
        PathBuf::from,
    );
    let file = root.join("xeducation-leads/Leads.csv");
    if file.is_file() {
        return Some(file);
    }
    println!("skipped: {} is not there", file.display());
    None
}

struct Room {
    home: TempDir,
}

impl Room {
    fn file(&self) -> PathBuf {
        self.home.path().join("room.smarketing")
    }

    fn run(&self, args: &[&str]) -> (i32, String, String) {
        let output = Command::cargo_bin("smarketing")
            .unwrap()
            .env_clear()
            .env("HOME", self.home.path())
            .current_dir(self.home.path())
            .arg("--db")
            .arg(self.file())
            .args(args)
            .output()
            .unwrap();
        (
            output.status.code().unwrap_or(-1),
            String::from_utf8(output.stdout).unwrap(),
            String::from_utf8(output.stderr).unwrap(),
        )
    }

    fn does(&self, args: &[&str]) -> String {
        let (status, out, err) = self.run(args);
        assert_eq!(status, 0, "{args:?}: {err}");
        format!("{out}{err}")
    }

    fn rows(&self, args: &[&str]) -> Vec<Value> {
        let mut all = args.to_vec();
        all.extend(["--format", "json"]);
        let (status, out, err) = self.run(&all);
        assert_eq!(status, 0, "{args:?}: {err}");
        serde_json::from_str(&out).unwrap()
    }
}

/// The rules that are tried, and the same as SQL over a lead's own fields: unknown fails.
const RULES: &str = "time_on_site >= 300 and must not occupation in (student, housewife) and do_not_email = no and \
    supporting visits >= 3 and supporting last_activity contains sms";
const SQL: &str = "json_extract(l.custom, '$.time_on_site') >= 300
    AND lower(json_extract(l.custom, '$.occupation')) NOT IN ('student', 'housewife')
    AND json_extract(l.custom, '$.do_not_email') = 0
    AND (coalesce(json_extract(l.custom, '$.visits') >= 3, 0) + coalesce(instr(lower(json_extract(l.custom, '$.last_activity')), 'sms') > 0, 0)) >= 1";

fn count(sql: &Connection, what: &str, passing: &str) -> i64 {
    let text = format!(
        "SELECT count(*) FROM handoff h JOIN lead l ON l.id = h.lead_id
         WHERE h.number = 1 AND l.excluded IS NULL AND {passing} AND {what}"
    );
    sql.query_row(&text, [], |row| row.get(0)).unwrap()
}

#[test]
fn real_leads_are_imported_suggested_for_edited_tested_and_signed() {
    let Some(file) = data() else { return };
    let room = Room {
        home: TempDir::new().unwrap(),
    };
    room.does(&[
        "init",
        "--name",
        "X",
        "--currency",
        "INR",
        "--time-zone",
        "Asia/Kolkata",
    ]);
    for (handle, side) in [("mia", "marketing"), ("sam", "sales")] {
        room.does(&["people", handle, "--side", side]);
    }
    room.does(&["import", file.to_str().unwrap()]);

    // Suggestions rest on enough rows, catch more than they lose, and are rules that can be typed.
    let suggested = room.rows(&["criteria", "suggest"]);
    assert!(!suggested.is_empty());
    for line in &suggested {
        let number = |key: &str| {
            let text = line[key].as_str().unwrap();
            text.split(' ').next().unwrap().parse::<f64>().unwrap()
        };
        assert!(number("leads") >= 20.0, "{line}");
        assert!(number("of_rejections") > number("loses"), "{line}");
        room.does(&[
            "criteria",
            "backtest",
            "--rules",
            line["rule"].as_str().unwrap(),
        ]);
    }

    let tested = room.rows(&[
        "criteria",
        "backtest",
        "--rules",
        RULES,
        "--at-least",
        "1",
        "--unknown",
        "fail",
    ]);
    let sql = Connection::open(room.file()).unwrap();
    let won = "EXISTS (SELECT 1 FROM opportunity o WHERE o.lead_id = l.id AND o.outcome = 'won')";
    let shown = |number: &str, column: &str| {
        let line = tested.iter().find(|line| line["number"] == number).unwrap();
        line[column].as_str().unwrap().to_owned()
    };
    for (number, what) in [
        ("leads passed", "1".to_owned()),
        ("rejected", "h.verdict = 'rejected'".to_owned()),
        (
            "rejected with evidence",
            "h.verdict = 'rejected' AND h.evidence <> 'none'".to_owned(),
        ),
        ("won", won.to_owned()),
        ("qualified", won.to_owned()),
        ("never worked", format!("h.verdict IS NULL AND NOT {won}")),
    ] {
        assert_eq!(
            shown(number, "before"),
            count(&sql, &what, "1").to_string(),
            "{number} before"
        );
        assert_eq!(
            shown(number, "after"),
            count(&sql, &what, SQL).to_string(),
            "{number} after"
        );
    }
    let (passed, of) = (count(&sql, won, SQL), count(&sql, won, "1"));
    assert!(passed > 0 && passed < of);
    let share = format!("{:.1} %", passed as f64 * 100.0 / of as f64);
    assert!(shown("recall", "after").starts_with(&share), "{share}");
    assert_eq!(
        shown("turned out", "after"),
        (count(&sql, "1", "1") - count(&sql, "1", SQL)).to_string()
    );
    // Nobody recorded what a deal was worth: the share is of none of them, and says so.
    assert_eq!(
        (
            shown("revenue recall", "after"),
            shown("revenue recall", "n")
        ),
        ("—".to_owned(), format!("0 of {of} known"))
    );
    drop(sql);

    let draft = room.home.path().join("draft.toml");
    std::fs::write(
        &draft,
        "at_least = 1\nunknown = 'fail'\n[page]\nagreed = 'Somebody who has read the page.'\n\
         [[rule]]\nmust = 'time_on_site >= 300'\n[[rule]]\nmust_not = 'occupation in (student, housewife)'\nwhy = 'They do not pay.'\n\
         [[rule]]\nmust = 'do_not_email = no'\n[[rule]]\nsupporting = 'visits >= 3'\n[[rule]]\nsupporting = 'last_activity contains sms'\n",
    )
    .unwrap();
    room.does(&["criteria", "apply", draft.to_str().unwrap(), "--as", "mia"]);
    // The file says what the typed rules say.
    assert_eq!(room.rows(&["criteria", "backtest"])[..8], tested[..8]);
    room.does(&["criteria", "propose", "--as", "mia"]);
    let (status, _, err) = room.run(&["criteria", "in-force"]);
    assert_eq!(status, 1, "{err}");
    room.does(&["criteria", "sign", "--as", "mia"]);
    assert!(
        room.does(&["criteria", "sign", "--as", "sam"])
            .contains("it is signed")
    );
    room.does(&["criteria", "in-force", "--as", "sam"]);

    // The version in force against itself turns nothing.
    let same = room.rows(&["criteria", "backtest"]);
    let line = |what: &str| same.iter().find(|l| l["number"] == what).unwrap()["after"].clone();
    assert_eq!(
        (line("turned out"), line("let in")),
        ("0".into(), "0".into())
    );
    let exported = room.run(&["criteria", "export"]).1;
    std::fs::write(&draft, &exported).unwrap();
    room.does(&["criteria", "apply", draft.to_str().unwrap(), "--as", "mia"]);
    assert_eq!(room.rows(&["criteria", "diff"]), Vec::<Value>::new());
    let history = room.rows(&["criteria", "history"]);
    assert_eq!(history.len(), 2);
    assert_eq!(history[0]["state"], "in force");
    let checked = room.rows(&["criteria", "check", "1"]);
    assert_eq!(checked.len(), 6);
    room.does(&["doctor"]);
}
