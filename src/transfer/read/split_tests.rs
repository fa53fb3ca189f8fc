//! Records and physical lines, quirk by quirk.

use super::*;
use std::fmt::Write;

/// Rows as `line: a|b`, faults as `line! reason`.
fn split(text: &str) -> Vec<String> {
    let mut splitter = Splitter::over(text.to_owned(), b',');
    let mut out = Vec::new();
    loop {
        match splitter.step().unwrap() {
            Step::Row => {
                let row = splitter.row();
                out.push(format!(
                    "{}: {}",
                    row.line(),
                    row.cells().collect::<Vec<_>>().join("|")
                ));
            }
            Step::Broken(fault) => out.push(format!(
                "{}! {}",
                fault.line,
                fault.reason.split(':').next().unwrap()
            )),
            Step::End => return out,
        }
    }
}

#[test]
fn line_ends_of_every_kind_may_be_mixed() {
    assert_eq!(
        split("a,b\r\n1,2\n3,4\r5,6"),
        ["1: a|b", "2: 1|2", "3: 3|4", "4: 5|6"]
    );
}

#[test]
fn quotes_hold_delimiters_quotes_and_lines() {
    assert_eq!(
        split("\"a,1\",\"b \"\"x\"\"\"\n\"two\r\nlines\",z\nlast,1\n"),
        ["1: a,1|b \"x\"", "2: two\r\nlines|z", "4: last|1"]
    );
}

#[test]
fn a_trailing_comma_makes_an_empty_cell() {
    assert_eq!(split("a,b,\n1,2,\n"), ["1: a|b|", "2: 1|2|"]);
}

#[test]
fn stray_quotes_within_a_line_stay_text() {
    assert_eq!(
        split("5\" pipe,x\n\"The \"Best\" Co\",y\n\"padded\"  ,z\n"),
        ["1: 5\" pipe|x", "2: The \"Best\" Co|y", "3: padded|z"]
    );
}

#[test]
fn an_unclosed_quote_costs_one_row_and_names_its_line() {
    let mut text = String::from("a,b\n1,\"open\n");
    for i in 0..100 {
        writeln!(text, "{i},x").unwrap();
    }
    let got = split(&text);
    assert_eq!(
        got[1],
        "2! a quote opens on line 2 and is not closed within 50 lines"
    );
    assert_eq!(got[2], "3: 0|x");
    assert_eq!(got.len(), 102);
}

#[test]
fn a_file_that_ends_inside_a_quote_is_no_silent_row() {
    assert_eq!(
        split("a,b\n1,\"open\n2,x\n"),
        [
            "1: a|b",
            "2! a quote opens on line 2 and is never closed",
            "3: 2|x"
        ]
    );
    assert_eq!(
        split("a,b\n1,\"open"),
        ["1: a|b", "2! a quote opens on line 2 and is never closed"]
    );
}

#[test]
fn an_unclosed_quote_that_meets_the_next_quoted_row_is_seen() {
    let got = split("1,\"Acme,open\n2,\"Beta\",x\n3,y,z\n");
    assert_eq!(got[0], "1! a quote opens on line 1 and is never closed");
    assert_eq!(got[1..], ["2: 2|Beta|x", "3: 3|y|z"]);
}

#[test]
fn nul_bytes_refuse_their_row_alone() {
    assert_eq!(
        split("a,b\n1,x\0y\n\"q\0\",2\n2,z\n"),
        [
            "1: a|b",
            "2! the row holds a NUL byte",
            "3! the row holds a NUL byte",
            "4: 2|z"
        ]
    );
}

#[test]
fn a_fifty_line_cell_is_still_a_cell() {
    let cell = "x\n".repeat(49);
    assert_eq!(split(&format!("1,\"{cell}\"\n2,y\n")).len(), 2);
}

#[test]
fn pieces_of_any_size_give_the_same_rows() {
    use super::super::decode::{Text, detect};
    use std::io::Read;
    let mut text = String::new();
    for i in 0..40_000 {
        write!(text, "{i},\"näme \"\"{i}\"\"\",\"two\r\nlines\"\r\n").unwrap();
    }
    let rest: Box<dyn Read + Send> = Box::new(std::io::empty());
    let bytes = std::io::Cursor::new(text.clone().into_bytes()).chain(rest);
    let mut splitter = Splitter::new(
        Text::new(bytes, detect(text.as_bytes(), None).unwrap()),
        b',',
    );
    let mut n = 0_u64;
    while splitter.step().unwrap() == Step::Row {
        let row = splitter.row();
        assert_eq!(
            (row.cell(0), row.cell(1)),
            (&*n.to_string(), &*format!("näme \"{n}\""))
        );
        assert_eq!(row.line(), 1 + 2 * n);
        n += 1;
    }
    assert_eq!(n, 40_000);
}

#[test]
fn a_record_without_end_is_refused_in_bounded_memory() {
    use super::super::decode::Text;
    use std::io::Read;
    let endless: Box<dyn Read + Send> =
        Box::new(std::io::repeat(b'x').take(40 << 20).chain(&b"\n1,2\n"[..]));
    let bytes = std::io::Cursor::new(b"a,b\n\"".to_vec()).chain(endless);
    let mut splitter = Splitter::new(Text::new(bytes, encoding_rs::UTF_8), b',');
    assert_eq!(splitter.step().unwrap(), Step::Row);
    assert!(
        matches!(splitter.step().unwrap(), Step::Broken(fault) if fault.line == 2 && fault.reason.contains("16 MB"))
    );
    assert_eq!(splitter.step().unwrap(), Step::Row);
    assert_eq!((splitter.row().line(), splitter.row().cell(1)), (3, "2"));
    assert!(splitter.buf.capacity() < 40 << 20);
}
