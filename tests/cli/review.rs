//! The review of rejections as a room scripts it: challenges, settlements, feedback, lists of domains.

use crate::desk::{Desk, room, well};

fn list(desk: &Desk, args: &[&str]) -> Vec<serde_json::Value> {
    let mut all = args.to_vec();
    all.extend(["--format", "json"]);
    serde_json::from_str(&well(desk, &all).0).unwrap()
}

const HANAKO: &str = "hanako@kitahama.example";

#[test]
fn a_challenge_is_settled_by_both_sides_and_moves_the_numbers() {
    let desk = room();
    let rate = |desk: &Desk| desk.score(&[])["metrics"]["rejection_rate"].clone();
    assert_eq!(rate(&desk)["numerator"], 1);
    let why = "she leads the warehouse";
    let said = desk.run(&["challenge", HANAKO, "--why", why, "--as", "sam"]);
    assert_eq!(said.status, 1);
    assert!(said.err.contains("marketing may"), "{}", said.err);
    let (_, said) = well(&desk, &["challenge", HANAKO, "--why", why, "--as", "mia"]);
    assert_eq!(said, "challenge 山田 花子 (Student)\n");
    let open = list(&desk, &["challenge"]);
    assert_eq!(open[0]["argument"], why);
    assert_eq!(open[0]["waits_for"], "a proposal");
    assert_eq!(rate(&desk)["numerator"], 1);
    let said = desk.run(&["settle", "4711", "overturned", "--as", "mia"]);
    assert!(
        said.err.contains("`smarketing challenge` lists both"),
        "{}",
        said.err
    );
    let (_, said) = well(&desk, &["settle", HANAKO, "overturned", "--as", "mia"]);
    assert_eq!(
        said,
        "propose for 山田 花子: overturned; sales to confirm\n"
    );
    assert_eq!(list(&desk, &["challenge"])[0]["waits_for"], "sales");
    let (_, said) = well(&desk, &["settle", HANAKO, "--as", "sam"]);
    assert_eq!(said, "settle 山田 花子: overturned\n");
    assert!(list(&desk, &["challenge"]).is_empty());
    assert_eq!(
        list(&desk, &["challenge", "--all"])[0]["settlement"],
        "overturned"
    );
    assert_eq!(rate(&desk)["numerator"], 0);
    well(&desk, &["undo", "--as", "sam"]);
    assert_eq!(rate(&desk)["numerator"], 1);
    well(&desk, &["redo", "--as", "sam"]);
    assert_eq!(rate(&desk)["numerator"], 0);
    well(&desk, &["doctor"]);
}

#[test]
fn where_nothing_is_like_that_no_other_period_is_named() {
    let desk = room();
    let all = ["rejections", "list", "--period", "all"];
    let said = |more: &[&str]| well(&desk, &[&all[..], more].concat()).1;
    assert_eq!(
        said(&["--only", "objective"]),
        "no rejection in all with that proof and flag\n"
    );
    let other = well(&desk, &["rejections", "list", "--period", "1999"]).1;
    assert!(other.contains("the newest one is of"), "{other}");
}

#[test]
fn one_terminal_settles_for_the_room() {
    let desk = room();
    let why = ["challenge", "2", "--why", "no student"];
    let said = desk.run(&why);
    assert!(
        said.err.contains("say so with --as HANDLE (here: mia)"),
        "{}",
        said.err
    );
    well(&desk, &[&why[..], &["--as", "mia"]].concat());
    let both = ["--confirm", "mia", "--confirm", "sam"];
    let settle = |how: &[&str]| {
        let mut args = vec!["settle", "1"];
        args.extend(how);
        args.extend(both);
        desk.run(&args)
    };
    for (how, word) in [
        (&["upheld"][..], "--change"),
        (&["upheld", "--change", "weather"], "follow-up"),
        (&["recycled"], "--on"),
        (&["recycled", "--on", "soon"], "is no day"),
        (&["criteria-gap"], "--rule"),
        (&["lost"], "criteria-gap"),
    ] {
        let said = settle(how);
        assert_eq!(said.status, 2, "{how:?}: {}", said.err);
        assert!(said.err.contains(word), "{how:?}: {}", said.err);
    }
    let said = desk.run(&[
        "settle",
        "1",
        "overturned",
        "--confirm",
        "mia",
        "--confirm",
        "eve",
    ]);
    assert_eq!(said.status, 1);
    assert!(said.err.contains("sits on neither side"), "{}", said.err);
    let said = settle(&[
        "criteria-gap",
        "--rule",
        "employees >= 20",
        "--note",
        "agreed",
    ]);
    assert_eq!(said.status, 0, "{}", said.err);
    let said = desk.run(&["reopen", "2", "--as", "sam"]);
    assert_eq!(said.status, 1);
    assert!(said.err.contains("the room settled it"), "{}", said.err);
    let said = desk.run(&["settle", "9", "overturned"]);
    assert!(said.err.contains("there is no challenge 9"), "{}", said.err);
}

#[test]
fn a_batch_of_challenges_answers_row_by_row() {
    let desk = room();
    let batch = desk.write(
        "batch.csv",
        format!("handoff,why\n1,too good\n{HANAKO},no student\n"),
    );
    let said = desk.run(&[
        "challenge",
        "--from",
        &batch,
        "--as",
        "mia",
        "--format",
        "csv",
    ]);
    assert_eq!(said.status, 3, "{}", said.err);
    let lines: Vec<&str> = said.out.lines().collect();
    assert!(
        lines[1].contains("refused") && lines[1].contains("was not rejected"),
        "{}",
        said.out
    );
    assert!(lines[2].contains("done"), "{}", said.out);
    let batch = desk.write(
        "settle.csv",
        "challenge,how,confirm\n1,overturned,mia sam\n",
    );
    let said = desk.run(&["settle", "--from", &batch]);
    assert_eq!(said.status, 0, "{} {}", said.out, said.err);
}

#[test]
fn feedback_goes_its_way_with_its_rates() {
    let desk = room();
    let cluster = ["--reason", "student", "--source", "Webinar"];
    let feedback = |first: &[&str], who: &str| {
        let mut args = vec!["feedback"];
        args.extend(first);
        args.extend(cluster);
        args.extend(["--as", who]);
        desk.run(&args)
    };
    let said = feedback(&["raise", "--note", "again and again"], "sam");
    assert_eq!(said.err, "raise Student · Webinar\n");
    let said = feedback(&["acknowledge"], "sam");
    assert_eq!(said.status, 1, "{}", said.err);
    assert_eq!(feedback(&["acknowledge"], "mia").status, 0);
    let said = feedback(&["check"], "sam");
    assert!(said.err.contains("was not acted on yet"), "{}", said.err);
    let said = feedback(&["act", "form", "ask for the company"], "mia");
    assert_eq!(
        said.err,
        "act on Student · Webinar: form changed, ask for the company\n"
    );
    let line = &list(&desk, &["feedback"])[0];
    assert_eq!(
        (line["state"].as_str(), line["days"].as_str()),
        (Some("acted"), Some("0"))
    );
    // A change that nothing was decided after has not been seen to help: it stays open.
    let said = desk.run(&["feedback", "check", "--id", "1", "--as", "sam"]);
    assert_eq!(said.status, 1);
    assert!(
        said.err.contains("nothing was decided there since"),
        "{}",
        said.err
    );
    assert_eq!(list(&desk, &["feedback"]).len(), 1);
    let said = desk.run(&["feedback", "act", "weather", "sun", "--id", "1"]);
    assert_eq!(said.status, 2, "{}", said.err);
}

#[test]
fn the_lists_of_domains_are_edited() {
    let desk = room();
    let (_, said) = well(
        &desk,
        &["lists", "add", "competitor", "Rival.example", "--as", "mia"],
    );
    assert_eq!(said, "list rival.example as competitor\n");
    let domains = |desk: &Desk| -> Vec<String> {
        let rows = list(desk, &["lists"]);
        let rivals = rows.iter().filter(|row| row["list"] == "competitor");
        rivals
            .map(|row| row["domain"].as_str().unwrap().to_owned())
            .collect()
    };
    assert_eq!(domains(&desk), ["rival.example"]);
    let mut command = desk.command();
    command
        .args(["lists", "add", "competitor", "-"])
        .write_stdin("a.example\n\nb.example\n");
    assert_eq!(crate::desk::said(&mut command).status, 0);
    assert_eq!(domains(&desk).len(), 3);
    well(&desk, &["lists", "remove", "competitor", "a.example"]);
    assert_eq!(domains(&desk), ["b.example", "rival.example"]);
    let said = desk.run(&["lists", "add", "competitor", "not a domain"]);
    assert_eq!(said.status, 1, "{}", said.err);
    let said = desk.run(&["lists", "add", "friends", "x.example"]);
    assert_eq!(said.status, 2, "{}", said.err);
}

#[test]
fn a_cluster_proposes_rules_and_one_of_them_is_taken_into_the_draft() {
    let desk = Desk::set_up();
    let mut csv = "Lead ID,Name,Email,Source,Created,MQL Date,Status,Lost Reason\n".to_owned();
    for n in 0..12 {
        let (source, end) = if n < 6 {
            ("Fair", "Rejected,Student")
        } else {
            ("Webinar", "Accepted,")
        };
        let row = [
            &format!("{n},Lead {n},l{n}@x{n}.example,{source}"),
            ",2025-07-01 09:00,2025-07-02,",
            end,
            "\n",
        ];
        csv.push_str(&row.concat());
    }
    let file = desk.write("leads.csv", &csv);
    well(&desk, &["import", &file]);
    let asked = [
        "rejections",
        "propose",
        "--period",
        "all",
        "--reason",
        "student",
    ];
    let found = list(&desk, &asked);
    let of_fair = found
        .iter()
        .find(|line| line["field"] == "source")
        .unwrap_or_else(|| panic!("{found:?}"));
    assert_eq!(of_fair["rule"], "source not in (Fair)");
    let counts = ["catches", "of", "other_rejections", "costs"].map(|key| of_fair[key].as_i64());
    assert_eq!(counts, [6, 6, 0, 0].map(Some));
    let number = of_fair["number"].to_string();
    let mut take = asked.to_vec();
    take.extend(["--take", &number]);
    let (_, said) = well(&desk, &take);
    assert!(
        said.contains("in the draft: source not in (Fair)"),
        "{said}"
    );
    let (page, _) = well(&desk, &["criteria", "export"]);
    assert!(page.contains("source not in (Fair)"), "{page}");
    let (_, undone) = well(&desk, &["undo"]);
    assert!(undone.starts_with("undo: "), "{undone}");
    let without = desk.run(&["criteria", "export"]);
    assert!(!without.out.contains("Fair"), "{}", without.out);
    well(&desk, &["redo"]);
    assert_eq!(well(&desk, &["criteria", "export"]).0, page);
    for (wrong, words) in [
        (
            vec!["rejections", "propose", "--reason", "nonsense"],
            "no such reason",
        ),
        (
            vec!["rejections", "propose", "--period", "all", "--take", "99"],
            "no such line",
        ),
        (
            vec!["rejections", "matrix", "--take", "1"],
            "go with `rejections propose`",
        ),
    ] {
        let said = desk.run(&wrong);
        assert_eq!(said.status, 2, "{wrong:?}: {}", said.err);
        assert!(said.err.contains(words), "{}", said.err);
    }
}

#[test]
fn a_proposed_rule_that_cannot_be_read_is_refused() {
    let desk = room();
    well(
        &desk,
        &["challenge", HANAKO, "--why", "she decides", "--as", "mia"],
    );
    let gap = ["settle", HANAKO, "criteria-gap", "--as", "mia", "--rule"];
    let with = |rule| [&gap[..], &[rule]].concat();
    let said = desk.run(&with("employees >= many"));
    assert_eq!(said.status, 1);
    assert!(said.err.contains("'many' is not"), "{}", said.err);
    well(&desk, &with("employees >= 20"));
}

#[test]
fn what_is_said_of_the_definition_is_explained_too() {
    let desk = room();
    let (text, _) = well(&desk, &["explain", "criteria_verdict_kappa"]);
    assert!(
        text.contains("Cohen's κ") && text.contains("formula"),
        "{text}"
    );
    let ids = list(&desk, &["explain"]);
    assert!(ids.iter().any(|entry| entry["id"] == "definition_drift"));
}
