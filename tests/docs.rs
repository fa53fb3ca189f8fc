//! The README promises only what exists: its commands parse, its files are there, its presets and figures are the program's.

#![expect(
    clippy::unwrap_used,
    reason = "a test stops where the README cannot be read"
)]

use std::fs;
use std::path::Path;

use clap::Parser;
use smarketing::cli::Cli;
use smarketing::transfer::map::Catalog;

fn read(name: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).unwrap()
}

/// Words of a command line, quotes kept together.
fn words(line: &str) -> Vec<String> {
    let parts = line.split('"').enumerate();
    parts
        .flat_map(|(index, part)| {
            if index % 2 == 1 {
                vec![part.to_owned()]
            } else {
                part.split_whitespace().map(str::to_owned).collect()
            }
        })
        .collect()
}

#[test]
fn every_command_of_the_readme_is_understood() {
    let readme = read("README.md");
    let blocks = readme
        .split("```sh")
        .skip(1)
        .filter_map(|b| b.split("```").next());
    let commands: Vec<&str> = blocks
        .flat_map(str::lines)
        .filter(|line| line.starts_with("smarketing"))
        .collect();
    assert!(commands.len() >= 12, "{commands:?}");
    for line in commands {
        let parsed = Cli::try_parse_from(words(line));
        assert!(parsed.is_ok(), "{line}: {}", parsed.unwrap_err());
    }
}

#[test]
fn every_file_that_the_documents_link_to_is_there() {
    for document in [
        "README.md",
        "CONTRIBUTING.md",
        "CHANGELOG.md",
        "ARCHITECTURE.md",
    ] {
        for link in read(document).split("](").skip(1) {
            let target = link.split(')').next().unwrap();
            if !target.starts_with("http") {
                let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(target);
                assert!(path.exists(), "{document}: {target}");
            }
        }
    }
}

#[test]
fn every_preset_of_the_import_guide_exists() {
    let readme = read("README.md");
    let guide = readme
        .split("### Where your export comes from")
        .nth(1)
        .unwrap();
    let guide = guide.split("\n## ").next().unwrap();
    let table: Vec<&str> = guide
        .lines()
        .filter(|line| line.starts_with("| "))
        .collect();
    let catalog = Catalog::shipped();
    let mut named = 0;
    for row in table.iter().skip(1) {
        let cell = row.trim_end_matches(" |").rsplit('|').next().unwrap();
        for name in cell.split('`').skip(1).step_by(2) {
            if !name.starts_with("--") {
                assert!(catalog.get(name).is_ok(), "{name}");
                named += 1;
            }
        }
    }
    assert!(named >= 24, "{named}");
}

#[test]
fn the_picture_is_the_programs_own_screen_of_the_demo() {
    let picture = read("assets/scoreboard.svg");
    for shown in [
        "Qualified Pipeline Sourced",
        "119.9 %",
        "€850,000",
        "71.6 %",
    ] {
        assert!(picture.contains(shown), "{shown}");
    }
    assert!(!picture.contains("<script") && !picture.contains("http://localhost"));
}
