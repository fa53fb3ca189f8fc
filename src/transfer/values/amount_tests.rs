//! Amounts as real exports write them, and those that must be refused.

use super::*;

fn read(text: &str, decimals: Decimals) -> String {
    match parse_amount(text, decimals) {
        Ok(Amount {
            value, currency, ..
        }) => format!(
            "{}{}",
            value.normalize(),
            currency.map_or(String::new(), |c| format!(
                " {}",
                String::from_utf8_lossy(&c)
            ))
        ),
        Err(fault) => format!("{fault:?}"),
    }
}

#[test]
fn amounts_of_real_exports() {
    for (text, want) in [
        ("15000", "15000"),
        ("15000.5", "15000.5"),
        ("125000.0", "125000"),
        ("$1,40,000.00", "140000"),
        ("$45,000.00", "45000"),
        ("USD 45,000.00", "45000 USD"),
        ("1.234,56 EUR", "1234.56 EUR"),
        ("€ 1 234,56", "1234.56 EUR"),
        ("CHF 1'234.50", "1234.5 CHF"),
        ("45k", "45000"),
        ("$342.09K", "342090"),
        ("1.2m", "1200000"),
        ("(1,200)", "-1200"),
        ("-12.50", "-12.5"),
        ("1200-", "-1200"),
        ("R$ 1.500,00", "1500 BRL"),
        ("Rs. 1,40,000", "140000 INR"),
        ("1 500,50 zł", "1500.5 PLN"),
        ("-1 234 567.5", "-1234567.5"),
        ("(1 200) EUR", "-1200 EUR"),
        ("45 k", "45000"),
        ("+12", "12"),
        ("US$ 20", "20 USD"),
        ("250 kr", "250"),
        ("1.2E+05", "120000"),
        ("0", "0"),
    ] {
        assert_eq!(read(text, Decimals::Point), want, "{text}");
    }
}

#[test]
fn three_figures_behind_one_sign_follow_their_column() {
    assert_eq!(read("1,234", Decimals::Point), "1234");
    assert_eq!(read("1.234", Decimals::Point), "1.234");
    assert_eq!(read("1.234", Decimals::Comma), "1234");
    assert_eq!(read("1,234", Decimals::Comma), "1.234");
    assert_eq!(read("1,5", Decimals::Point), "1.5");
}

#[test]
fn what_is_no_amount_is_refused() {
    for text in [
        "NaN",
        "inf",
        "Infinity",
        "-",
        "",
        "12 apples",
        "1,2,3",
        "1.2.3,4,5",
        "abc",
        "$",
        "1-2x",
        "12:30",
        "100-200",
        "2025-01",
        "100 - 200",
        "5000))",
        "(5000",
        "5000)",
        "1 2 3",
        "1234 567",
        "1 234,5 6",
        "1200- 5",
        "5+3",
        "-(5)",
    ] {
        assert_eq!(read(text, Decimals::Point), "Form", "{text}");
    }
    assert_eq!(read("1e400", Decimals::Point), "TooLarge");
    assert_eq!(
        read("99999999999999999999999999999999", Decimals::Point),
        "TooLarge"
    );
}

#[test]
fn minor_units_are_checked_and_rounded() {
    let minor = |text: &str, places| {
        minor_units(parse_amount(text, Decimals::Point).unwrap().value, places)
    };
    assert_eq!(minor("1234.56", 2), Ok(123_456));
    assert_eq!(minor("0.005", 2), Ok(1));
    assert_eq!(minor("1234", 0), Ok(1234));
    assert_eq!(minor("1.2345", 3), Ok(1235));
    assert_eq!(minor("92233720368547758.07", 2), Ok(i64::MAX));
    assert_eq!(minor("92233720368547758.08", 2), Err(AmountFault::TooLarge));
}

#[test]
fn numbers_carry_no_currency() {
    assert_eq!(
        parse_number("12.5 %", Decimals::Point),
        Ok(Decimal::new(125, 1))
    );
    assert_eq!(
        parse_number("12 EUR", Decimals::Point),
        Err(AmountFault::Form)
    );
}
