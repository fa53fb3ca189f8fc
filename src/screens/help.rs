//! The help window: every key, from the table that also dispatches them.

use crate::keymap::{self, Context};
use crate::widgets::{Paragraph, Reader};

/// All keys, those of the context first.
pub fn reader(context: Context) -> Reader {
    let mut paragraphs = Vec::new();
    for (context, bindings) in keymap::help(context) {
        if !paragraphs.is_empty() {
            paragraphs.push(Paragraph::Gap);
        }
        paragraphs.push(Paragraph::Heading(context.title().to_owned()));
        for binding in bindings {
            let keys: Vec<_> = binding.chords.iter().map(ToString::to_string).collect();
            paragraphs.push(Paragraph::Entry(keys.join(" "), binding.help.to_owned()));
        }
    }
    paragraphs.push(Paragraph::Gap);
    paragraphs.push(Paragraph::Heading("Signs".to_owned()));
    for (sign, meaning) in SIGNS {
        paragraphs.push(Paragraph::Entry((*sign).to_owned(), (*meaning).to_owned()));
    }
    let rules = [
        Paragraph::Gap,
        Paragraph::Heading("How a rule is written".to_owned()),
    ];
    let language = LANGUAGE
        .iter()
        .map(|(text, meaning)| Paragraph::Entry((*text).to_owned(), (*meaning).to_owned()));
    // Who types a rule wants to know this first.
    let at = if context == Context::RuleBar {
        0
    } else {
        paragraphs.len()
    };
    let mut language: Vec<Paragraph> = rules.into_iter().chain(language).collect();
    if at == 0 {
        language.remove(0);
        language.push(Paragraph::Gap);
    }
    paragraphs.splice(at..at, language);
    Reader::new(paragraphs)
}

/// The language of the rule bar, by example.
const LANGUAGE: &[(&str, &str)] = &[
    ("employees >= 50", "a number: = != < <= > >="),
    (
        "industry in (software, fintech)",
        "one of a list; 'not in' is none of it",
    ),
    (
        "title contains director",
        "a piece of text; 'starts with' too; small and capital letters are the same",
    ),
    (
        "budget is known",
        "whether anybody knows it; 'is unknown' asks the opposite",
    ),
    ("start within 90 days", "a date so near to the handoff"),
    (
        "company_domain matches domains (example.com)",
        "a web domain or one below it",
    ),
    (
        "must not email_domain matches students",
        "or disposable, competitors: the workspace's lists",
    ),
    ("must not title = student", "the lead must not meet it"),
    (
        "supporting touches >= 3",
        "speaks for the lead; o says how many of these are asked for",
    ),
    (
        "off employees >= 50",
        "stays on the page and does not count",
    ),
    (
        "need: visits > 5",
        "about need, not what the field is usually about",
    ),
    (
        "budget > 1000 because \"smaller ones churn\"",
        "with the reason why",
    ),
    ("a and b", "several rules; there is no 'or': use a list"),
];

/// The signs beside figures.
const SIGNS: &[(&str, &str)] = &[
    ("—", "no value: nothing to divide by, or no target"),
    ("°", "small n: fewer cases than agreed; read with care"),
    ("n 12 ev", "12 cases, each counted by its own date (event)"),
    (
        "n 12 co",
        "12 cases that entered in the period, followed up to today (cohort)",
    ),
    (
        "3 open",
        "not mature: so many of them may still change the figure",
    ),
    (
        "~",
        "partial: some amounts have no currency rate and are not in it",
    ),
    ("┃", "where the target's pace stands today"),
    ("▲ ▼", "more or less than in the period compared with"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_stands_in_help_with_its_sentence() {
        let text = reader(Context::Board).as_text();
        for binding in keymap::BINDINGS {
            assert!(text.contains(binding.help), "{}", binding.help);
        }
        assert!(text.starts_with("Scoreboard\nEnter: "));
    }
}
