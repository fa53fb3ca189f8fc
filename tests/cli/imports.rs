//! Files in: counts, refusals, rehearsals, taking back, odd files.

use std::fs;

use crate::desk::{Desk, LEADS};

#[test]
fn an_import_reports_counts_and_the_same_file_again_changes_nothing() {
    let desk = Desk::set_up();
    let file = desk.write("leads.csv", LEADS);
    let first = desk.run(&["import", &file]);
    assert_eq!(first.status, 0, "{}", first.err);
    assert!(first.err.contains("batch 1"), "{}", first.err);
    let before = desk.run(&["score", "--period", "2025-07", "--as-of", "2025-12-31"]);
    let again = desk.run(&["import", &file]);
    assert_eq!(again.status, 0);
    let line = again.err.lines().find(|l| l.starts_with("leads ")).unwrap();
    let counts: Vec<_> = line.split_whitespace().collect();
    assert_eq!(counts, ["leads", "0", "0", "3", "0"], "{}", again.err);
    assert_eq!(
        desk.run(&["score", "--period", "2025-07", "--as-of", "2025-12-31"])
            .out,
        before.out
    );
}

#[test]
fn a_dry_run_says_what_would_happen_and_changes_nothing() {
    let desk = Desk::set_up();
    let file = desk.write("leads.csv", LEADS);
    let said = desk.run(&["import", "--dry-run", &file]);
    assert_eq!(said.status, 0, "{}", said.err);
    assert!(said.out.contains("leads  3"), "{}", said.out);
    assert_eq!(desk.score(&[])["metrics"]["leads"]["value"], 0);
    assert_eq!(desk.run(&["import", "--batches"]).out.lines().count(), 1);
}

#[test]
fn a_dry_run_of_several_files_lets_a_later_one_find_what_an_earlier_one_brings() {
    let desk = Desk::set_up();
    let leads = desk.write("leads.csv", LEADS);
    let tried = "Email,Attempt,Outcome,Date\nzoe@example.com,call,connected,2025-07-05\n";
    let tried = desk.write(
        "attempts.csv",
        tried.replace("zoe@example.com", &first_email()),
    );
    let said = desk.run(&["import", "--dry-run", &leads, &tried]);
    assert_eq!(said.status, 0, "{} {}", said.out, said.err);
    assert!(said.out.contains("attempts  1"), "{}", said.out);
    assert!(!said.out.contains("--undo"), "{}", said.out);
    assert_eq!(desk.score(&[])["metrics"]["leads"]["value"], 0);
    assert_eq!(desk.run(&["import", "--batches"]).out.lines().count(), 1);
}

/// The first e-mail address of the sample.
fn first_email() -> String {
    LEADS
        .split([',', '\n'])
        .find(|cell| cell.contains('@'))
        .unwrap()
        .to_owned()
}

#[test]
fn refused_rows_are_status_3_and_lie_in_a_file_that_can_be_mended() {
    let desk = Desk::set_up();
    let broken = LEADS.replace("2025-07-04 09:00", "the day after");
    let file = desk.write("leads.csv", broken);
    let said = desk.run(&["import", &file]);
    assert_eq!(said.status, 3, "{}", said.err);
    assert!(said.err.contains("line 4"), "{}", said.err);
    assert_eq!(desk.score(&[])["metrics"]["leads"]["value"], 2);

    let rest = desk.path("leads.refused.csv");
    let text = fs::read_to_string(&rest).unwrap();
    assert!(text.contains("يوسف") && !text.contains("Änne"), "{text}");
    fs::write(&rest, text.replace("the day after", "2025-07-04 09:00")).unwrap();
    let said = desk.run(&["import", rest.to_str().unwrap()]);
    assert_eq!(said.status, 0, "{}", said.err);
    assert_eq!(desk.score(&[])["metrics"]["leads"]["value"], 3);
}

#[test]
fn a_strict_import_takes_all_or_nothing() {
    let desk = Desk::set_up();
    let file = desk.write("leads.csv", LEADS.replace("2025-07-04 09:00", "soon"));
    let said = desk.run(&["import", "--strict", &file]);
    assert_eq!(said.status, 1);
    assert!(said.err.contains("nothing was imported"), "{}", said.err);
    // A file of the refused rows alone would lose the others.
    assert!(
        said.err.contains("in the file itself") && !said.err.contains("refused.csv"),
        "{}",
        said.err
    );
    assert!(!desk.path("leads.refused.csv").exists());
    assert_eq!(desk.score(&[])["metrics"]["leads"]["value"], 0);
}

#[test]
fn an_import_is_taken_back_as_a_whole() {
    let desk = Desk::set_up();
    let board = || {
        desk.run(&["score", "--period", "2025-07", "--as-of", "2025-12-31"])
            .out
    };
    let before = board();
    let file = desk.write("leads.csv", LEADS);
    desk.run(&["import", &file]);
    assert_eq!(desk.score(&[])["metrics"]["leads"]["value"], 3);
    let said = desk.run(&["import", "--undo", "1"]);
    assert_eq!(said.status, 0, "{}", said.err);
    assert_eq!(board(), before);
    assert!(
        desk.run(&["import", "--batches"])
            .out
            .contains("taken back")
    );
    assert_eq!(desk.run(&["import", "--undo", "99"]).status, 1);
}

#[test]
fn odd_files_are_refused_with_a_reason_and_nothing_is_written() {
    let desk = Desk::set_up();
    desk.write("empty.csv", "");
    desk.write("header.csv", "Lead ID,Name,Email,Created\n");
    desk.write("picture.csv", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR");
    desk.write("unrelated.csv", "fruit,colour\napple,red\n");
    desk.write(
        "dates.csv",
        "Lead ID,Name,Email,Created\n1,A,a@b.example,03/04/2025\n",
    );
    fs::create_dir(desk.path("folder.csv")).unwrap();
    for name in [
        "empty.csv",
        "picture.csv",
        "unrelated.csv",
        "dates.csv",
        "folder.csv",
        "missing.csv",
    ] {
        let said = desk.run(&["import", name]);
        assert!(matches!(said.status, 1 | 2), "{name}: {}", said.status);
        assert!(said.err.contains(name), "{name}: {}", said.err);
    }
    assert_eq!(desk.run(&["import", "header.csv"]).status, 0);
    assert_eq!(desk.run(&["import", "--batches"]).out.lines().count(), 1);
    let said = desk.run(&["import", "--date-order", "day", "dates.csv"]);
    assert_eq!(said.status, 0, "{}", said.err);
    let april = desk
        .run(&["score", "--format", "csv", "--period", "2025-04"])
        .out;
    assert!(april.contains("leads,1,"), "{april}");
}

#[test]
fn the_person_stands_before_the_subcommand_and_the_kind_of_rows_behind_it() {
    let desk = Desk::set_up();
    desk.run(&["people", "kim", "--side", "sales"]);
    desk.run(&["people", "dana", "--side", "executive"]);
    let file = desk.write("leads.csv", LEADS);
    let dana = desk.run(&["--as", "dana", "import", "--as", "leads", &file]);
    assert_eq!(dana.status, 1, "{}", dana.err);
    assert!(dana.err.contains("executive may not"), "{}", dana.err);
    let kim = desk.run(&["--as", "kim", "import", "--as", "leads", &file]);
    assert_eq!(kim.status, 0, "{}", kim.err);
}

#[test]
fn what_the_file_is_not_is_refused_with_what_it_needs_and_what_it_has() {
    let desk = Desk::set_up();
    let file = desk.write(
        "companies.csv",
        "account,sector,year_established\nAcme,steel,1999\nGlobex,oil,1960\n",
    );
    for (asked, needs) in [
        (["--as", "opportunities"], "Stage"),
        (["--as", "leads"], "Email"),
        (["--preset", "hubspot-deals"], "Deal Name"),
    ] {
        let said = desk.run(&["import", asked[0], asked[1], &file]);
        assert_eq!(said.status, 1, "{asked:?}: {}", said.err);
        let fits = said.err.contains(needs) && said.err.contains("account, sector");
        assert!(fits, "{asked:?}: {}", said.err);
        assert!(said.err.contains("Nothing was imported"), "{}", said.err);
    }
    assert_eq!(desk.run(&["import", "--batches"]).out.lines().count(), 1);
}

#[test]
fn names_hold_what_can_be_seen() {
    let desk = Desk::set_up();
    let team = desk.write(
        "team.csv",
        "Name,Side\nKim,sales\nEvil\u{1b}]0;x\u{7},sales\n\u{202e}mik,sales\n",
    );
    let said = desk.run(&["import", &team]);
    assert_eq!(said.status, 3, "{}", said.err);
    assert!(
        said.err.contains("line 3") && said.err.contains("U+001B"),
        "{}",
        said.err
    );
    assert!(
        said.err.contains("line 4") && said.err.contains("U+202E"),
        "{}",
        said.err
    );
    let leads = desk.write(
        "leads.csv",
        "Lead ID,Name,Email,Source,Created,Owner\n1,Ada,a@b.example,Web,2025-07-01,Sam\u{1b}[2J\n",
    );
    assert_eq!(desk.run(&["import", &leads]).status, 0);
    let people = desk.run(&["people", "--format", "csv"]).out;
    assert!(people.contains("kim,Kim,"), "{people}");
    assert!(people.contains(",Sam [2J,"), "{people}");
    for args in [
        ["people", "sam\u{1b}[2J", "--side", "sales"].as_slice(),
        &["people", "sam", "--name", "S\u{202e}am", "--side", "sales"],
    ] {
        let said = desk.run(args);
        assert_eq!(said.status, 1, "{}", said.err);
        assert!(said.err.contains("cannot be seen"), "{}", said.err);
    }
    assert_eq!(desk.run(&["people", "--format", "csv"]).out, people);
}

const CONVERTED: &str = "Id,IsDeleted,FirstName,LastName,Company,Email,LeadSource,Status,IsConverted,ConvertedDate,ConvertedOpportunityId,CreatedDate
00Q000000000001AAA,false,Zoe,One,Initech,zoe@example.com,Web,Qualified,true,2025-07-10,006000000000001AAA,2025-07-01T09:00:00.000Z
00Q000000000002AAA,false,Yan,Two,Initech,yan@example.com,Web,Qualified,true,2025-07-11,006000000000001,2025-07-02T09:00:00.000Z
00Q000000000003AAA,false,Xia,Three,Umbrella,xia@example.com,Trade fair,Open,false,,,2025-07-03T09:00:00.000Z
";

const BECAME: &str = "Id,IsDeleted,Name,StageName,Amount,CloseDate,IsClosed,IsWon,CreatedDate
006000000000001AAA,false,Initech roll-out,Negotiation,12000,2025-09-01,false,false,2025-07-10T09:00:00.000Z
006000000000002AAA,false,Nobody's,Negotiation,500,2025-09-01,false,false,2025-07-12T09:00:00.000Z
";

#[test]
fn a_converted_lead_and_its_deal_find_each_other_whichever_file_comes_first() {
    let boards = [["leads", "deals"], ["deals", "leads"]].map(|order| {
        let desk = Desk::set_up();
        let empty = desk.score(&[]);
        let write = |name: &str| match name {
            "leads" => desk.write("Lead.csv", CONVERTED),
            _ => desk.write("Opportunity.csv", BECAME),
        };
        for name in order {
            let said = desk.run(&["import", &write(name)]);
            assert_eq!(said.status, 0, "{}", said.err);
        }
        let card = |name: &str| {
            let said = desk.run(&["lead", name]);
            assert_eq!(said.status, 0, "{}", said.err);
            said.out.contains("deal made")
        };
        assert_eq!(
            ["zoe@example.com", "yan@example.com", "xia@example.com"].map(card),
            [true, true, false],
            "{order:?}"
        );
        // The deal takes its source over from the lead that came in first.
        let linked = desk.score(&["--by", "source"]);
        let again = desk.run(&["import", &write("leads"), &write("deals")]);
        assert!(!again.err.contains("batch 3"), "{}", again.err);
        for batch in ["2", "1"] {
            let undone = desk.run(&["import", "--undo", batch]);
            assert_eq!(undone.status, 0, "{}", undone.err);
        }
        assert_eq!(desk.score(&[])["metrics"], empty["metrics"]);
        linked["by"].clone()
    });
    assert_eq!(boards[0], boards[1]);
}

#[test]
fn zoho_s_leads_name_the_deals_that_they_became() {
    let desk = Desk::set_up();
    let deals = desk.write(
        "Deals.csv",
        "Record Id,Deal Owner.id,Deal Owner,Amount,Deal Name,Closing Date,Account Name,Stage,Created Time\n\
         zcrm_9,zcrm_1,Grace,900,Big one,2025-09-01,Initech,Closed-Lost to Competition,2025-07-05 10:00:00\n",
    );
    let leads = desk.write(
        "Leads.csv",
        "Record Id,Lead Owner.id,Lead Owner,Is Converted,Company,First Name,Last Name,Email,Lead Source,Lead Status,Created Time,Converted Deal.id\n\
         zcrm_7,zcrm_1,Grace,true,Initech,Zoe,One,zoe@example.com,Web,Pre-Qualified,2025-07-01 10:00:00,zcrm_9\n",
    );
    let said = desk.run(&["import", &deals, &leads]);
    assert_eq!(said.status, 0, "{}", said.err);
    let card = desk.run(&["lead", "zoe@example.com"]);
    assert!(card.out.contains("deal made"), "{}", card.out);
    assert!(card.out.contains("lost"), "{}", card.out);
}
