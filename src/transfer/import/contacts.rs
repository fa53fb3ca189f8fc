//! Addresses, phone numbers and ids in one form each, so that the same person is found again. Pure.

/// The first address of a cell, in lower case; `None` for what is no address.
pub(super) fn email_of(text: &str) -> Option<String> {
    let parted = |b: u8| {
        matches!(
            b,
            b',' | b';' | b' ' | b'\n' | b'\r' | b'\t' | b'(' | b')' | b'<' | b'>' | b'"'
        )
    };
    let sign = text.bytes().position(|b| b == b'@')?;
    let start = text[..sign]
        .bytes()
        .rposition(parted)
        .map_or(0, |at| at + 1);
    let end = text[sign..]
        .bytes()
        .position(parted)
        .map_or(text.len(), |len| sign + len);
    let first = &text[start..end];
    let first = first.strip_prefix("mailto:").unwrap_or(first);
    let at = first.bytes().position(|b| b == b'@')?;
    if at == 0 || at + 1 == first.len() || first.len() > 320 {
        return None;
    }
    Some(if first.is_ascii() {
        first.to_ascii_lowercase()
    } else {
        first.to_lowercase()
    })
}

/// The digits of a phone number with a leading `+`; extensions are left off; `None` for fewer than five digits.
pub(super) fn phone_of(text: &str) -> Option<String> {
    let number = text
        .split([',', ';', '\n'])
        .find(|part| !part.trim().is_empty())?;
    let end = number.find(['x', 'X', 'e', 'E']).unwrap_or(number.len());
    let number = number[..end].trim();
    let mut out = String::with_capacity(number.len());
    if let Some(rest) = number
        .strip_prefix('+')
        .or_else(|| number.strip_prefix("00"))
    {
        out.push('+');
        out.extend(rest.chars().filter(char::is_ascii_digit));
    } else {
        out.extend(number.chars().filter(char::is_ascii_digit));
    }
    (out.len() >= 5 && out.len() <= 20).then_some(out)
}

/// The 18-character form of a 15-character Salesforce id: three letters that tell which letters are capitals.
pub(super) fn salesforce_18(id: &str) -> String {
    let mut out = id.to_owned();
    for five in id.as_bytes().chunks(5) {
        let bits = five.iter().enumerate().fold(0, |bits, (at, b)| {
            bits | usize::from(b.is_ascii_uppercase()) << at
        });
        out.push(char::from(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"[bits]));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_forms_of_a_salesforce_id_are_one() {
        assert_eq!(salesforce_18("00Q5g00000AbCdE"), "00Q5g00000AbCdEEAV");
        assert_eq!(salesforce_18("001000000000000"), "001000000000000AAA");
    }

    #[test]
    fn addresses_and_numbers_are_brought_to_one_form() {
        assert_eq!(email_of("Ann@X.Org, b@x.org").as_deref(), Some("ann@x.org"));
        assert_eq!(
            email_of("Ann Lee <ann@x.org>").as_deref(),
            Some("ann@x.org")
        );
        assert_eq!(
            email_of("Ann Lee (ann@x.org)").as_deref(),
            Some("ann@x.org")
        );
        assert_eq!(email_of("n.a."), None);
        assert_eq!(email_of("@ann"), None);
        assert_eq!(phone_of("+49 (30) 123-456").as_deref(), Some("+4930123456"));
        assert_eq!(phone_of("0049 30 123456").as_deref(), Some("+4930123456"));
        assert_eq!(
            phone_of("831.605.2433x72946").as_deref(),
            Some("8316052433")
        );
        assert_eq!(phone_of("12"), None);
    }
}
