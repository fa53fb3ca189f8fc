//! Cells that a spreadsheet would run as formulas: made harmless on the way out, restored on the way in; changes no other cell.

use std::borrow::Cow;

const ZERO_WIDTH_JOINER: char = '\u{200d}';

/// The cell as it may stand in a file that a spreadsheet opens: a formula gets a leading `'`, numbers stay numbers.
pub fn arm(text: &str) -> Cow<'_, str> {
    if (starts_formula(text) && !plain_number(text)) || armed(text) {
        Cow::Owned(format!("'{text}"))
    } else {
        Cow::Borrowed(text)
    }
}

/// The cell as it was before somebody (we, or a CRM) made it harmless.
#[inline]
pub fn restore(text: &str) -> &str {
    match text.as_bytes().first() {
        Some(b'\'' | 0xe2) if armed(text) => {
            let mut rest = text.chars();
            rest.next();
            rest.as_str()
        }
        _ => text,
    }
}

fn armed(text: &str) -> bool {
    let rest = text.trim_start_matches(['\'', ZERO_WIDTH_JOINER]);
    rest.len() < text.len() && starts_formula(rest)
}

/// Whether a spreadsheet could take any line of the cell for a formula, whatever blanks stand before it.
fn starts_formula(text: &str) -> bool {
    text.starts_with(['\t', '\r'])
        || text.split(['\n', '\r']).any(|line| {
            line.trim_start_matches(|c: char| c.is_whitespace() || c.is_control() || invisible(c))
                .starts_with([
                    '=', '+', '-', '@', '＝', '＋', '－', '＠', '﹦', '﹢', '﹣', '﹫', '−',
                ])
        })
}

fn invisible(c: char) -> bool {
    matches!(c, '\u{feff}' | '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{2064}' | '\u{ad}' | '\u{202a}'..='\u{202e}')
}

fn plain_number(text: &str) -> bool {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    let mut dots = 0;
    !digits.is_empty()
        && digits.starts_with(|c: char| c.is_ascii_digit())
        && digits.bytes().all(|b| {
            dots += u8::from(b == b'.');
            b.is_ascii_digit() || (b == b'.' && dots == 1)
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_armed_behind_whatever_hides_them() {
        let nasty = [
            "=1+1",
            "@sum(a)",
            "+49 30 1234",
            "-x",
            " =1",
            "\u{a0}=1",
            "＝1",
            "\t1",
            "a\n=1",
            "\u{feff}=1",
            "'=1",
            "''+1",
            "'-5",
        ];
        for text in nasty {
            assert_ne!(arm(text), text, "{text:?}");
            assert_eq!(restore(&arm(text)), text, "{text:?}");
        }
    }

    #[test]
    fn numbers_and_plain_text_stay_as_they_are() {
        for text in [
            "-12.5", "+3", "-1", "a-b", "O'Brien", "'quoted'", "", "1=1", "x@y.org",
        ] {
            assert_eq!(arm(text), text);
            assert_eq!(restore(text), text);
        }
    }

    #[test]
    fn cells_that_a_crm_disarmed_are_restored() {
        assert_eq!(restore("'+49 30 1234"), "+49 30 1234");
        assert_eq!(restore("\u{200d}=Acme"), "=Acme");
        assert_eq!(restore("'-5"), "-5");
    }
}
