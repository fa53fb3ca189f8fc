//! Known truths of real exports, through the program: read, read again and taken back.

use std::path::{Path, PathBuf};

use assert_cmd::Command;
use serde_json::Value;
use tempfile::TempDir;

use super::data;

struct Room {
    home: TempDir,
    folder: PathBuf,
}

impl Room {
    /// A workspace beside a data set.
    fn new(set: &str, currency: &str, zone: &str) -> Option<Room> {
        let folder = data(set)?;
        let home = TempDir::new().unwrap();
        let room = Room { home, folder };
        let init = [
            "init",
            "--name",
            set,
            "--currency",
            currency,
            "--time-zone",
            zone,
        ];
        assert_eq!(room.run(&init).0, 0);
        Some(room)
    }

    fn run(&self, args: &[&str]) -> (i32, String, String) {
        let output = Command::cargo_bin("smarketing")
            .unwrap()
            .env_clear()
            .env("HOME", self.home.path())
            .current_dir(&self.folder)
            .args(args)
            .output()
            .unwrap();
        (
            output.status.code().unwrap_or(-1),
            String::from_utf8(output.stdout).unwrap(),
            String::from_utf8(output.stderr).unwrap(),
        )
    }

    fn board(&self, args: &[&str]) -> String {
        let mut all = vec![
            "score",
            "--period",
            "all",
            "--as-of",
            "2026-06-30",
            "--format",
            "json",
        ];
        all.extend(args);
        let (status, out, err) = self.run(&all);
        assert_eq!(status, 0, "{err}");
        out
    }

    fn metric(&self, id: &str, args: &[&str]) -> Value {
        let board: Value = serde_json::from_str(&self.board(args)).unwrap();
        board["metrics"][id].clone()
    }

    /// Imports the files; then once more, which must change nothing, and takes the second board as the first.
    fn import_twice(&self, files: &[&str]) {
        let mut args = vec!["import"];
        args.extend(files);
        let (status, _, err) = self.run(&args);
        assert_eq!(status, 0, "{err}");
        let board = self.board(&["--by", "source"]);
        let (status, _, err) = self.run(&args);
        assert_eq!(status, 0, "{err}");
        for kind in ["leads", "opportunities", "accounts", "people", "spend"] {
            for line in err.lines().filter(|l| l.starts_with(&format!("{kind} "))) {
                let counts: Vec<&str> = line.split_whitespace().collect();
                assert_eq!((counts[1], counts[2]), ("0", "0"), "{line}");
            }
        }
        assert_eq!(self.board(&["--by", "source"]), board);
    }

    /// Takes the newest batches back, one by one, and expects the board of the beginning.
    fn undo_all(&self, batches: i64, before: &str) {
        for batch in (1..=batches).rev() {
            let (status, _, err) = self.run(&["import", "--undo", &batch.to_string()]);
            assert_eq!(status, 0, "{err}");
        }
        assert_eq!(self.board(&["--by", "source"]), before);
    }
}

fn whole(metric: &Value, part: &str) -> i64 {
    metric[part].as_i64().unwrap_or_else(|| panic!("{metric}"))
}

#[test]
fn olist_converts_842_of_8000_overall_and_per_origin() {
    let Some(room) = Room::new("olist-marketing-funnel", "BRL", "America/Sao_Paulo") else {
        return;
    };
    let before = room.board(&["--by", "source"]);
    room.import_twice(&[
        "olist_marketing_qualified_leads_dataset.csv",
        "olist_closed_deals_dataset.csv",
    ]);
    let all = room.metric("conversion", &["--mode", "cohort"]);
    assert_eq!(
        (whole(&all, "numerator"), whole(&all, "denominator")),
        (842, 8_000)
    );
    assert_eq!(whole(&room.metric("leads", &[]), "value"), 8_000);
    let unknown = room.metric("leads", &["--filter", "source=unknown"]);
    assert_eq!(whole(&unknown, "value"), 1_099);
    let blank = room.metric("leads", &["--filter", "source="]);
    assert_eq!(whole(&blank, "value"), 60);
    for (origin, leads) in [
        ("organic_search", 2_296),
        ("paid_search", 1_586),
        ("social", 1_350),
        ("direct_traffic", 499),
        ("email", 493),
        ("referral", 284),
        ("other", 150),
        ("display", 118),
        ("other_publicities", 65),
    ] {
        let filter = format!("source={origin}");
        let of = room.metric("conversion", &["--mode", "cohort", "--filter", &filter]);
        let won = count_olist(&room.folder, origin);
        assert_eq!(
            (whole(&of, "numerator"), whole(&of, "denominator")),
            (won, leads),
            "{origin}"
        );
    }
    room.undo_all(2, &before);
}

/// Won leads of an origin, counted by hand: the closed deals whose lead has it.
fn count_olist(folder: &Path, origin: &str) -> i64 {
    let rows = |file: &str| -> Vec<csv::StringRecord> {
        let mut reader = csv::Reader::from_path(folder.join(file)).unwrap();
        reader.records().map(Result::unwrap).collect()
    };
    let leads: std::collections::BTreeSet<String> =
        rows("olist_marketing_qualified_leads_dataset.csv")
            .iter()
            .filter(|row| &row[3] == origin)
            .map(|row| row[0].to_owned())
            .collect();
    let deals = rows("olist_closed_deals_dataset.csv");
    deals.iter().filter(|row| leads.contains(&row[0])).count() as i64
}

#[test]
fn real_estate_loses_4098_for_reasons_and_sells_813() {
    let Some(room) = Room::new("real-estate-funnel-mit", "AED", "Asia/Dubai") else {
        return;
    };
    let before = room.board(&["--by", "source"]);
    room.import_twice(&["Leads.csv", "Sales.csv"]);
    let rejected = room.metric("rejection_rate", &[]);
    assert_eq!(whole(&rejected, "numerator"), 4_098);
    assert_eq!(whole(&room.metric("win_rate", &[]), "numerator"), 813);
    for (channel, (spend, leads)) in real_estate_costs(&room.folder) {
        let filter = format!("source={channel}");
        let of = room.metric("cost_per_lead", &["--filter", &filter]);
        assert_eq!(
            (whole(&of, "numerator"), whole(&of, "denominator")),
            (spend, leads),
            "{channel}"
        );
    }
    room.undo_all(2, &before);
}

/// Cost in fils and leads per channel, added up by hand.
fn real_estate_costs(folder: &Path) -> std::collections::BTreeMap<String, (i64, i64)> {
    let mut reader = csv::Reader::from_path(folder.join("Leads.csv")).unwrap();
    let heads = reader.headers().unwrap().clone();
    let at = |name: &str| heads.iter().position(|head| head == name).unwrap();
    let (channel, cost) = (at("Marketing_Channel"), at("Marketing_Cost_AED"));
    let mut sums = std::collections::BTreeMap::new();
    for row in reader.records().map(Result::unwrap) {
        let fils = row[cost].parse::<f64>().unwrap() * 100.0;
        let sum: &mut (i64, i64) = sums.entry(row[channel].to_owned()).or_default();
        sum.0 += fils.round() as i64;
        sum.1 += 1;
    }
    sums
}

#[test]
fn maven_wins_4238_of_6711() {
    let Some(room) = Room::new("maven-crm-sales", "USD", "America/New_York") else {
        return;
    };
    let before = room.board(&["--by", "source"]);
    room.import_twice(&["accounts.csv", "sales_teams.csv", "sales_pipeline.csv"]);
    let rate = room.metric("win_rate", &[]);
    assert_eq!(
        (whole(&rate, "numerator"), whole(&rate, "denominator")),
        (4_238, 6_711)
    );
    assert_eq!(format!("{:.4}", rate["value"].as_f64().unwrap()), "0.6315");
    room.undo_all(3, &before);
}

#[test]
fn xeducation_tags_become_reasons_of_the_matrix() {
    let Some(room) = Room::new("xeducation-leads", "INR", "Asia/Kolkata") else {
        return;
    };
    let (status, _, err) = room.run(&["import", "Leads.csv"]);
    assert_eq!(status, 0, "{err}");
    let list = [
        "rejections",
        "worklist",
        "--period",
        "all",
        "--rows",
        "reason",
    ];
    let all = [
        "--columns",
        "reason",
        "--as-of",
        "2026-06-30",
        "--format",
        "json",
    ];
    let (status, out, err) = room.run(&[&list[..], &all[..]].concat());
    assert_eq!(status, 0, "{err}");
    let clusters: Value = serde_json::from_str(&out).unwrap();
    let mut counts: Vec<(String, i64)> = clusters
        .as_array()
        .unwrap()
        .iter()
        .map(|c| {
            (
                c["reason"].as_str().unwrap().to_owned(),
                whole(c, "rejected"),
            )
        })
        .collect();
    counts.sort_by_key(|(_, n)| -n);
    // Counted in the file: rows by tag that did not convert, tags by reason. Who bought was not rejected, whatever the tag says.
    let expected = [
        ("Unable to reach", 1_169 + 236 + 81),
        ("Not a fit", 500 + 114 + 62 + 2 + 1),
        ("Existing customer", 462),
        ("Wrong or missing contact data", 82 + 47 + 27),
        ("No need", 144),
        ("No longer interested", 30),
        ("Chose a competitor", 4 + 7),
        ("No budget", 4),
    ]
    .map(|(reason, n)| (reason.to_owned(), n));
    assert_eq!(counts, expected);
    // The export has no times: nothing is rejected "within minutes" of a handoff.
    let flags = [
        "rejections",
        "flags",
        "--period",
        "all",
        "--as-of",
        "2026-06-30",
        "--format",
        "json",
    ];
    let (_, out, _) = room.run(&flags);
    let flags: Value = serde_json::from_str(&out).unwrap();
    let count = |word: &str| {
        let flag = flags.as_array().unwrap().iter().find(|f| f["flag"] == word);
        whole(flag.unwrap(), "rejected")
    };
    assert_eq!((count("hasty"), count("source_burst")), (0, 0));
}
