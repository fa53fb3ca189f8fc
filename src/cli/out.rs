//! The two ways out: data to stdout, messages to stderr. The only place of the command line that prints.

use std::io::{self, BufRead, ErrorKind, IsTerminal, Write};

use super::failure::Failure;
use crate::text::{self, clean, truncate};

/// Prints data on stdout. A reader that has gone away ends the command quietly.
pub(super) fn print(text: &str) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Ok(()) => Ok(()),
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Err(Failure::NobodyReads),
        Err(error) => Err(Failure::new(format!(
            "the output could not be written: {error}"
        ))),
    }
}

/// Prints what is meant for a file. Where it is read on a terminal instead, each line is cleaned: a mark that turns the direction
/// of writing round, say, belongs to the name and must come back with it, but moves nothing on the screen.
pub(super) fn print_file(text: &str) -> Result<(), Failure> {
    if io::stdout().is_terminal() {
        print(&lines_cleaned(text))
    } else {
        print(text)
    }
}

fn lines_cleaned(text: &str) -> String {
    let lines = text.split_inclusive('\n').map(|line| {
        let whole = line.strip_suffix('\n');
        let end = if whole.is_some() { "\n" } else { "" };
        clean(whole.unwrap_or(line)).into_owned() + end
    });
    lines.collect()
}

/// Prints a JSON document on stdout; what a terminal would obey or hide stands in it as `\uXXXX`.
pub(super) fn print_json(document: &serde_json::Value) -> Result<(), Failure> {
    print(&text::json(&format!("{document:#}\n")))
}

/// Prints a message on stderr, each line cleaned. Nothing can be done when stderr is gone.
pub fn say(text: &str) {
    let mut err = io::stderr().lock();
    for line in text.lines() {
        let _ = writeln!(err, "{}", clean(line));
    }
}

/// Which way a text goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// It is what was asked for: stdout.
    Data,
    /// It goes along with what was done: stderr.
    Message,
}

impl Way {
    /// Sends the text.
    pub(super) fn tell(self, text: &str) -> Result<(), Failure> {
        match self {
            Way::Data => print(text),
            Way::Message => {
                say(text.trim_end());
                Ok(())
            }
        }
    }
}

/// Prints rows as aligned columns, the first row being the heading.
pub(super) fn print_columns(rows: &[Vec<String>]) -> Result<(), Failure> {
    print(&columns(rows))
}

/// Widest cell of a table for people, in columns; the other formats have it whole.
const WIDEST: usize = 80;

/// Rows as aligned columns, every cell cleaned; one that is too wide is cut, but the last of a row, which pushes nothing aside.
pub(super) fn columns(rows: &[Vec<String>]) -> String {
    let cell = |cell: &String, is_last: bool| {
        let cell = clean(cell);
        if is_last {
            cell.into_owned()
        } else {
            truncate(&cell, WIDEST).into_owned()
        }
    };
    let row = |row: &Vec<String>| {
        let last = row.len().saturating_sub(1);
        let cells = row.iter().enumerate();
        cells.map(|(at, text)| cell(text, at == last)).collect()
    };
    let rows: Vec<Vec<String>> = rows.iter().map(row).collect();
    let count = rows.iter().map(Vec::len).max().unwrap_or(0);
    let widths: Vec<usize> = (0..count)
        .map(|column| {
            let cells = rows.iter().filter_map(|row| row.get(column));
            cells
                .map(|cell| crate::text::width(cell))
                .max()
                .unwrap_or(0)
        })
        .collect();
    let mut text = String::new();
    for row in &rows {
        let mut line = String::new();
        for (cell, width) in row.iter().zip(&widths) {
            line.push_str(cell);
            let gap = width - crate::text::width(cell) + 2;
            line.extend(std::iter::repeat_n(' ', gap));
        }
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}

/// Whether questions can be asked and answered.
pub(super) fn can_ask() -> bool {
    io::stdin().is_terminal() && io::stderr().is_terminal()
}

/// Asks on the terminal; an empty answer takes the default. The end of the input is a refusal to answer.
pub(super) fn ask(question: &str, default: &str) -> Result<String, Failure> {
    let mut err = io::stderr().lock();
    let _ = write!(err, "{} [{}]: ", clean(question), clean(default));
    let _ = err.flush();
    let mut line = String::new();
    let read = io::stdin()
        .lock()
        .read_line(&mut line)
        .map_err(|error| Failure::new(format!("the answer could not be read: {error}")))?;
    if read == 0 {
        return Err(Failure::new("no answer; nothing was created"));
    }
    let answer = line.trim();
    Ok(if answer.is_empty() { default } else { answer }.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_aligned_by_width_and_cleaned() {
        let rows = [["東京", "1"], ["a\u{1b}[31m", "22"]].map(|r| r.map(String::from).to_vec());
        assert_eq!(columns(&rows), "東京    1\na␛[31m  22\n");
    }

    #[test]
    fn a_file_that_is_read_on_a_terminal_turns_nothing_round() {
        let file = "Name\n\u{202e}mik\u{2066},\u{200f}a\nlast";
        assert_eq!(lines_cleaned(file), "Name\n·mik·,·a\nlast");
    }

    #[test]
    fn a_cell_that_is_too_wide_does_not_push_the_others_out_of_sight() {
        let rows = [
            vec!["name".to_owned(), "state".to_owned()],
            vec!["Ä".repeat(10_000), "x".repeat(100)],
        ];
        let text = super::columns(&rows);
        let line = text.lines().nth(1).unwrap();
        assert!(line.starts_with('Ä') && line.contains("… "), "{line}");
        assert_eq!(crate::text::width(line), super::WIDEST + 2 + 100);
    }
}
