//! The words of exports for yes and no; knows no other words.

const YES: [&str; 12] = [
    "true", "yes", "y", "1", "t", "1.0", "ja", "wahr", "oui", "si", "sí", "allow",
];
const NO: [&str; 11] = [
    "false",
    "no",
    "n",
    "0",
    "f",
    "0.0",
    "nein",
    "falsch",
    "non",
    "não",
    "do not allow",
];

/// Yes or no; `None` for any other word.
pub fn parse_yes_no(text: &str) -> Option<bool> {
    if YES.iter().any(|word| text.eq_ignore_ascii_case(word)) {
        Some(true)
    } else if NO.iter().any(|word| text.eq_ignore_ascii_case(word)) {
        Some(false)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::parse_yes_no;

    #[test]
    fn each_exports_words_are_known() {
        for yes in ["TRUE", "True", "Yes", "1", "Allow"] {
            assert_eq!(parse_yes_no(yes), Some(true));
        }
        for no in ["false", "No", "0", "Do Not Allow"] {
            assert_eq!(parse_yes_no(no), Some(false));
        }
        assert_eq!(parse_yes_no("maybe"), None);
        assert_eq!(parse_yes_no(""), None);
    }
}
