//! Wrong rules as people type them, and the words that they get: what is wrong, and what to do.

use super::language::fields;
use crate::domain::criteria::parse;

/// What is typed, and the first thing that is said.
const WRONG: &[(&str, &str)] = &[
    (
        "employees in (10..20)",
        "employees is a number; '10..20' is not; a span is two rules: employees >= 10 and employees <= 20",
    ),
    (
        "employees = 10 - 20",
        "employees is a number; '10 - 20' is not; a span is two rules: employees >= 10 and employees <= 20",
    ),
    (
        "employes >= 50",
        "there is no field 'employes'; did you mean employees?",
    ),
    (
        "sourec = Webinar",
        "there is no field 'sourec'; did you mean source?",
    ),
    (
        "titel = Student",
        "there is no field 'titel'; did you mean title?",
    ),
    (
        "phone is known",
        "there is no field 'phone'; did you mean has_phone?",
    ),
    (
        "Mitarbeiter >= 50",
        "there is no field 'Mitarbeiter'; there are source, campaign, segment, title, country and 19 more",
    ),
    (
        "Select * from leads",
        "there is no field 'Select'; there are source, campaign, segment, title, country and 19 more",
    ),
    (
        "employees >= 50; DROP TABLE leads",
        "there is no field 'DROP'; there are source, campaign, segment, title, country and 19 more",
    ),
    (
        "ⅯⅯ = 3",
        "there is no field 'ⅯⅯ'; there are source, campaign, segment, title, country and 19 more",
    ),
    (
        "🚀 = yes",
        "there is no field '🚀'; there are source, campaign, segment, title, country and 19 more",
    ),
    ("job title = Student", "'job title' is written title"),
    (
        "company domain = acme.com",
        "'company domain' is written company_domain",
    ),
    (
        "50 <= employees",
        "a rule begins with the name of a field, such as source, not with '50'",
    ),
    (
        ">= 50 employees",
        "a rule begins with the name of a field, not with '>='",
    ),
    (
        "(employees >= 50)",
        "a rule begins with the name of a field, not with '('; only lists stand in brackets",
    ),
    (
        ", ,",
        "a rule begins with the name of a field, not with ','",
    ),
    (
        r#""" = 3"#,
        "the name of a field is missing between the quotation marks",
    ),
    ("and", "a rule is missing before 'and'"),
    (
        "country = DE and and employees >= 5",
        "a rule is missing before 'and'",
    ),
    (
        "not employees >= 50",
        "a rule that keeps leads out begins with 'must not'",
    ),
    (
        "fitt: employees >= 5",
        "there is no class 'fitt:'; there are fit, need, authority, budget, timing, engagement",
    ),
    (
        "timing employees >= 5",
        "a class ends with a colon: timing:",
    ),
    (
        "must employees",
        "employees wants a comparison: =, !=, <, <=, >, >=, in, not in, is known, is unknown",
    ),
    ("must not", "the name of a field is missing"),
    (
        "decides",
        "decides wants a comparison: =, !=, is known, is unknown",
    ),
    (
        "employees between 10 and 50",
        "'between' is no comparison; write two rules: employees >= … and employees <= …",
    ),
    ("employees =! 50", "'=!' is no comparison; did you mean !=?"),
    (
        "employees === 50",
        "'===' is no comparison; did you mean =?",
    ),
    (
        "employees not 5",
        "'not' is no comparison; did you mean !=?",
    ),
    (
        "employees over 50",
        "'over' is no comparison; did you mean >?",
    ),
    (
        "industry like '%soft%'",
        "'like' is no comparison; did you mean contains?",
    ),
    (
        "industry ist bekannt",
        "'ist' is no comparison; did you mean is?",
    ),
    (
        "employees mindestens 50",
        "'mindestens' is no comparison; employees takes =, !=, <, <=, >, >=, in, not in, is known, is unknown",
    ),
    (
        "employees contains 5",
        "employees is a number; 'contains' does not go with it; it takes =, !=, <, <=, >, >=, in, not in, is known, is unknown",
    ),
    (
        "industry is within 30 days",
        "industry is text; 'is within' does not go with it; it takes =, !=, in, not in, contains, starts with, is known, is unknown, matches domains",
    ),
    (
        "decides > no",
        "decides is yes or no; '>' does not go with it; it takes =, !=, is known, is unknown",
    ),
    ("employees >= many", "employees is a number; 'many' is not"),
    (
        "employees >= fünfzig",
        "employees is a number; 'fünfzig' is not",
    ),
    ("employees >= NaN", "employees is a number; 'NaN' is not"),
    (
        "employees = 1,000",
        "numbers are written without commas, such as 1000; several values stand in brackets: in (1, 2)",
    ),
    (
        "employees >= 1.000",
        "'1.000' can be read as 1 and as 1000; write one of them",
    ),
    (
        "budget >= 2.500",
        "'2.500' can be read as 2.5 and as 2500; write one of them",
    ),
    (
        "budget >= €5000",
        "budget is a number; '€5000' is not; write 5000",
    ),
    (
        r#"budget >= "5,000.50 EUR""#,
        "budget is a number; '5,000.50 EUR' is not; write 5000.5",
    ),
    (
        r#"budget >= "5.000,50""#,
        "budget is a number; '5.000,50' is not; write 5000.5",
    ),
    (
        "budget >= 5'000",
        "budget is a number; '5'000' is not; write 5000",
    ),
    ("budget > 5k", "budget is a number; '5k' is not; write 5000"),
    (
        "budget > 1.5 Mio",
        "budget is a number; '1.5 Mio' is not; write 1500000",
    ),
    (
        "employees >= 50 %",
        "employees is a number; '50 %' is not; write 50",
    ),
    (
        "employees in 1 2",
        "employees is a number; '1 2' is not; several values stand in brackets: in (1, 2)",
    ),
    ("employees in ()", "a number should stand here, not ')'"),
    (
        "employees in (1, 2",
        "the list wants its closing bracket ')'",
    ),
    ("employees >=", "a number is missing after '>='"),
    ("industry is not", "a value is missing after 'is not'"),
    (
        "industry in software, fintech",
        "several values stand in brackets: in (a, b)",
    ),
    (
        "industry in (software; fintech)",
        "a comma or ')' should stand here, not ';'",
    ),
    (
        "industry = software)",
        "this bracket closes nothing; only lists stand in brackets",
    ),
    (
        r#"industry = "software"#,
        "the quotation mark is not closed",
    ),
    (
        "industry = 'software'",
        r#"quotation marks are double here: "software""#,
    ),
    (
        r#"industry contains """#,
        "nothing stands between the quotation marks",
    ),
    (
        "industry is kown",
        "did you mean 'industry is known'? As a value 'kown' stands in quotation marks",
    ),
    (
        "industry is null",
        "did you mean 'industry is unknown'? As a value 'null' stands in quotation marks",
    ),
    (
        "industry = null",
        "did you mean 'industry is unknown'? As a value 'null' stands in quotation marks",
    ),
    (
        "industry != empty and employees > 1",
        "did you mean 'industry is known'? As a value 'empty' stands in quotation marks",
    ),
    (
        "industry in (food retail, games)",
        r#"'food retail' can be one value or several; in quotation marks it is one: "food retail", and commas part several"#,
    ),
    (
        "industry not in (games education)",
        r#"'games education' can be one value or several; in quotation marks it is one: "games education", and commas part several"#,
    ),
    (
        "employees = empty",
        "employees is a number; 'empty' is not; where it is not known: employees is unknown",
    ),
    (
        "country = DE or country = AT",
        "'or' does not join rules; list the values of one field with 'in (a, b)', or make both rules supporting and ask for at least one",
    ),
    (
        "employees >= 50 && country = DE",
        "employees is a number; '50 && country' is not; rules are joined by 'and'",
    ),
    (
        "employees >= 50 || country = DE",
        "employees is a number; '50 || country' is not; 'or' does not join rules: list the values, in (a, b), or make both rules supporting",
    ),
    (
        "employees >= 50 und country = DE",
        "employees is a number; '50 und country' is not; rules are joined by 'and'",
    ),
    (
        "employees >= 50, country = DE",
        "several values stand in brackets: in (a, b)",
    ),
    (
        "start > 31.03.2025",
        "start is a date such as 2025-03-31; '31.03.2025' is not; write 2025-03-31",
    ),
    (
        "start > 03/31/2025",
        "start is a date such as 2025-03-31; '03/31/2025' is not",
    ),
    (
        "start >= 2025-02-30",
        "start is a date such as 2025-03-31; '2025-02-30' is not; the calendar has no such day",
    ),
    (
        "start > yesterday",
        "start is a date such as 2025-03-31; 'yesterday' is not; days before the handoff: start within 30 days",
    ),
    ("start within 30 weeks", "'within' counts days, not weeks"),
    (
        "start within -3 days",
        "'within' wants a whole number of days, 36500 at most; '-3' is none",
    ),
    ("start within", "a number of days is missing after 'within'"),
    ("decides = ja", "decides is yes or no; 'ja' is not"),
    (
        "email_domain matches friends",
        "'friends' is neither a domain such as acme.com nor a list (disposable, students, competitors)",
    ),
    (
        "email_domain matches competitors, students",
        "several values stand in brackets: in (a, b)",
    ),
    (
        "industry matches competitors",
        "competitors are a list of e-mail domains: 'email_domain matches competitors'; industry takes domains such as acme.com",
    ),
    (
        "email_domain matches",
        "a domain such as acme.com, or a list (competitors, students, disposable), is missing after 'matches'",
    ),
    (
        "budget > 1 because money",
        r#"put the reason into quotation marks: because "…", not 'money'"#,
    ),
    (
        "budget > 1 because",
        "'because' wants its reason in quotation marks",
    ),
    (
        r#"budget > 1 because "never ends"#,
        "the quotation mark of the reason is not closed",
    ),
];

#[test]
fn every_wrong_rule_is_told_what_is_wrong_and_what_to_write() {
    let fields = fields();
    let told = |typed: &str| parse(typed, &fields).whole().expect_err(typed);
    let others = WRONG
        .iter()
        .filter(|(typed, what)| told(typed).what != *what);
    let others: Vec<_> = others.map(|(typed, _)| (typed, told(typed).what)).collect();
    assert_eq!(others, [], "these are told otherwise");
    for (typed, _) in WRONG {
        assert!(typed.get(told(typed).at).is_some(), "{typed}");
    }
}

#[test]
fn what_a_message_says_to_write_is_understood() {
    let fields = fields();
    for (_, what) in WRONG {
        let Some((_, number)) = what.rsplit_once("; write ") else {
            continue;
        };
        let field = what.split(' ').next().unwrap();
        if let Ok(rules) = parse(&format!("{field} >= {number}"), &fields).whole() {
            assert_eq!(rules.len(), 1, "{what}");
        } else {
            assert!(number.contains(' '), "{what}");
        }
    }
    for right in [
        "employees != 5 and employees >= 1.125 and budget >= 0.500",
        r#"industry = "null" and industry = "'software'" and industry is "kown""#,
        r#"email_domain matches "localhost" and email_domain matches acme.com"#,
    ] {
        assert!(parse(right, &fields).whole().is_ok(), "{right}");
    }
}

#[test]
fn what_is_too_long_is_said_with_how_long_it_may_be() {
    let fields = fields();
    let said = |text: &str| parse(text, &fields).whole().unwrap_err().what;
    let long = "x".repeat(201);
    assert_eq!(
        said(&format!("industry = {long}")),
        "a value has 200 bytes at most, this one 201"
    );
    let many: Vec<String> = (0..501).map(|n| n.to_string()).collect();
    assert_eq!(
        said(&format!("employees in ({})", many.join(", "))),
        format!(
            "the list has 501 values; {} at most",
            crate::domain::criteria::condition::MOST_VALUES
        )
    );
    assert_eq!(
        said(&"employees > 1 and ".repeat(65)),
        "64 rules are the most"
    );
    // A field's name of a thousand letters is cut.
    assert!(said(&format!("{} = 1", "y".repeat(1000))).len() < 200);
}
