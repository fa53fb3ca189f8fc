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
    Reader::new(paragraphs)
}

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
