//! The report on the command line: where it goes, what it never replaces, what wrong use says.

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};

use crate::desk::{Desk, LEADS};

fn desk() -> Desk {
    let desk = Desk::set_up();
    let file = desk.write("leads.csv", LEADS);
    assert_eq!(desk.run(&["import", &file]).status, 0);
    desk
}

#[test]
fn it_goes_to_stdout_as_markdown_or_as_a_page() {
    let desk = desk();
    let said = desk.run(&["report", "--period", "2025-07", "--as-of", "2025-07-31"]);
    assert_eq!(said.status, 0, "{}", said.err);
    assert!(said.out.starts_with("# Kontor, 2025-07\n"), "{}", said.out);
    assert!(said.out.contains("As of 2025-07-31 23"));
    let page = desk.run(&["report", "--period", "2025-07", "--format", "html"]);
    assert_eq!(page.status, 0, "{}", page.err);
    assert!(page.out.starts_with("<!DOCTYPE html>"));
}

#[test]
fn a_file_is_its_owners_alone_and_is_replaced_only_when_told() {
    let desk = desk();
    let write = |name: &str, more: &[&str]| {
        let mut all = vec!["report", "--out", name];
        all.extend(more);
        desk.run(&all)
    };
    let said = write("page.html", &[]);
    assert_eq!((said.status, said.out.as_str()), (0, ""), "{}", said.err);
    let mode = fs::metadata(desk.path("page.html")).unwrap().permissions();
    assert_eq!(mode.mode() & 0o777, 0o600);
    let first = fs::read_to_string(desk.path("page.html")).unwrap();
    assert!(first.starts_with("<!DOCTYPE html>"));
    let again = write("page.html", &["--period", "2025-07"]);
    assert_eq!(again.status, 1);
    assert!(again.err.contains("--force"), "{}", again.err);
    assert_eq!(fs::read_to_string(desk.path("page.html")).unwrap(), first);
    let forced = write("page.html", &["--period", "2025-07", "--force"]);
    assert_eq!(forced.status, 0, "{}", forced.err);
    assert_ne!(fs::read_to_string(desk.path("page.html")).unwrap(), first);
    assert_eq!(write("page.md", &[]).status, 0);
    let text = fs::read_to_string(desk.path("page.md")).unwrap();
    assert!(text.starts_with("# Kontor"), "{text}");
    let left: Vec<_> = fs::read_dir(desk.home.path())
        .unwrap()
        .filter(|entry| {
            let name = entry.as_ref().unwrap().file_name();
            name.to_string_lossy().starts_with(".smarketing-")
        })
        .collect();
    assert!(left.is_empty(), "{left:?}");
}

#[test]
fn links_folders_and_the_workspace_stay_as_they_are() {
    let desk = desk();
    let victim = desk.write("victim.html", "mine");
    symlink(&victim, desk.path("link.html")).unwrap();
    symlink(desk.path("nowhere"), desk.path("dangling.html")).unwrap();
    fs::create_dir(desk.path("folder.html")).unwrap();
    for name in ["link.html", "dangling.html", "folder.html", "no/such.html"] {
        let said = desk.run(&["report", "--out", name, "--force"]);
        assert_eq!(said.status, 1, "{name}");
        assert!(said.err.contains("nothing was written"), "{}", said.err);
    }
    assert_eq!(fs::read_to_string(&victim).unwrap(), "mine");
    assert!(!desk.path("nowhere").exists());
    let own = desk.path(".local/share/smarketing/workspace.db");
    let before = fs::read(&own).unwrap();
    let own = own.to_str().unwrap();
    let said = desk.run(&["report", "--format", "html", "--out", own, "--force"]);
    assert_eq!(said.status, 1);
    assert!(said.err.contains("workspace itself"), "{}", said.err);
    assert_eq!(fs::read(own).unwrap(), before);
}

#[test]
fn wrong_use_says_what_would_be_right() {
    let desk = desk();
    for args in [
        &["report", "--format", "json"][..],
        &["report", "--out", "page.pdf"],
        &["report", "--force"],
        &["report", "--period", "soon"],
        &["score", "--format", "html"],
    ] {
        let said = desk.run(args);
        assert_eq!(said.status, 2, "{args:?} {}", said.err);
        assert!(said.out.is_empty() && !said.err.is_empty());
    }
    assert!(!desk.path("page.pdf").exists());
}

#[test]
fn hostile_names_of_an_import_stay_text() {
    let desk = Desk::set_up();
    let nasty = "Lead ID,Name,Email,Source,Created,MQL Date,Status,Lost Reason\n1,Evil,e@x.example,\"\"\"><img src=x onerror=alert(1)> \u{202e}|`[x](http://evil.example)\",2025-07-01 09:00,2025-07-02,Rejected,<script>alert(1)</script>\n";
    let file = desk.write("leads.csv", nasty);
    assert_ne!(desk.run(&["import", &file]).status, 1);
    for format in ["html", "markdown"] {
        let said = desk.run(&["report", "--period", "all", "--format", format]);
        assert_eq!(said.status, 0, "{}", said.err);
        let link = if format == "html" {
            "href=\"http"
        } else {
            "](http:"
        };
        for forbidden in ["<script", "<img", "\u{202e}", link] {
            assert!(!said.out.contains(forbidden), "{format} {forbidden}");
        }
    }
}
