//! The rule bar's language: what is read, what is refused in which words, what is offered, and the round trip.

use proptest::prelude::*;

use crate::domain::criteria::*;
use crate::domain::moment::Day;

pub(crate) fn fields() -> Fields {
    let own = [
        ("budget", FieldKind::Number),
        ("start", FieldKind::Date),
        ("decides", FieldKind::YesNo),
        ("industry", FieldKind::Text),
        ("time on site", FieldKind::Number),
        ("must", FieldKind::Text),
    ];
    Fields::new(own.map(|(key, kind)| (Origin::Lead, key.to_owned(), key.to_owned(), kind)))
}

pub(super) fn rules(text: &str) -> Vec<Rule> {
    parse(text, &fields()).whole().expect(text)
}

fn faults(text: &str) -> Vec<(String, std::ops::Range<usize>, Severity)> {
    let faults = parse(text, &fields()).faults;
    faults
        .into_iter()
        .map(|f| (f.what, f.at, f.severity))
        .collect()
}

#[test]
fn a_line_becomes_rules_and_prints_as_it_was_meant() {
    for (typed, printed) in [
        (
            "employees >= 50 and industry in (software, fintech)",
            "employees >= 50 and industry in (software, fintech)",
        ),
        ("Employees≥50", "employees >= 50"),
        ("country is United States", "country = \"United States\""),
        (
            "country <> \"Côte d'Ivoire\"",
            "country != \"Côte d'Ivoire\"",
        ),
        ("industry in software", "industry in (software)"),
        ("budget is not known;", "budget is unknown"),
        (
            "start within 90 days of the handoff",
            "start within 90 days",
        ),
        ("decides = TRUE", "decides = yes"),
        (
            "supporting budget: title contains chief because \"they sign\"",
            "supporting budget: title contains chief because \"they sign\"",
        ),
        (
            "off must not fit: company_domain matches domain list (example.org)",
            "off must not company_domain matches domains (example.org)",
        ),
        ("\"time on site\" > 1.50", "\"time on site\" > 1.5"),
        ("\"must\" = x", "\"must\" = x"),
        ("lead.industry = \"a, b\"", "lead.industry = \"a, b\""),
        (
            "created not in (2025-01-01, 2025-01-01)",
            "created not in (2025-01-01)",
        ),
    ] {
        assert_eq!(line(&rules(typed), &fields()), printed, "{typed}");
    }
}

#[test]
fn faults_say_what_is_wrong_where_and_what_would_be_right() {
    for (typed, what, at) in [
        (
            "employees >= many",
            "employees is a number; 'many' is not",
            13..17,
        ),
        (
            "employes >= 5",
            "there is no field 'employes'; did you mean employees?",
            0..8,
        ),
        (
            "qqqqqqqqqqqq = 5",
            "there is no field 'qqqqqqqqqqqq'; there are source, campaign, segment, title, country and 19 more",
            0..12,
        ),
        (
            "decides >= yes",
            "decides is yes or no; '>=' does not go with it; it takes =, !=, is known, is unknown",
            8..10,
        ),
        (
            "start = soon",
            "start is a date such as 2025-03-31; 'soon' is not",
            8..12,
        ),
        (
            "start within a while",
            "'within' wants a whole number of days; 'a' is none",
            13..14,
        ),
        (
            "country ~ DE",
            "'~' is no comparison; did you mean contains?",
            8..9,
        ),
        (
            "country = DE or country = AT",
            "'or' does not join rules; list the values of one field with 'in (a, b)', or make both rules supporting and ask for at least one",
            13..15,
        ),
        (
            "country in (DE, AT) x = 1",
            "'and' should stand between two rules, not 'x'; put text with blanks or signs into quotation marks",
            20..21,
        ),
        (
            "budget > 1 because money",
            "put the reason into quotation marks: because \"…\", not 'money'",
            19..24,
        ),
        (
            "= 5",
            "a rule begins with the name of a field, not with '='",
            0..1,
        ),
    ] {
        let all = faults(typed);
        assert_eq!(
            all.first(),
            Some(&(what.to_owned(), at, Severity::Wrong)),
            "{typed}: {all:?}"
        );
    }
}

#[test]
fn what_is_still_being_typed_is_unfinished_not_wrong() {
    for (typed, what) in [
        (
            "employees",
            "employees wants a comparison: =, !=, <, <=, >, >=, in, not in, is known, is unknown",
        ),
        ("employees >=", "a number is missing after '>='"),
        ("country in (DE, ", "a value is missing after 'in'"),
        ("country in (DE", "the list wants its closing bracket ')'"),
        ("country = \"DE", "the quotation mark is not closed"),
        ("must not", "the name of a field is missing"),
        (
            "country not",
            "'not' is not finished: =, !=, in, not in, contains, starts with, is known, is unknown, matches domains",
        ),
    ] {
        let all = faults(typed);
        let end = typed.len();
        assert_eq!(
            all,
            [(what.to_owned(), end..end, Severity::Unfinished)],
            "{typed}"
        );
    }
    assert_eq!(faults("employees > 5 and "), []);
}

#[test]
fn one_bad_rule_does_not_take_the_good_ones_with_it() {
    let parsed = parse(
        "employees >= many and country = DE and budget > (1 and 2) and decides = yes",
        &fields(),
    );
    let texts: Vec<String> = parsed
        .rules
        .iter()
        .map(|(r, _)| r.condition.to_string())
        .collect();
    assert_eq!(texts, ["country = DE", "decides = yes"]);
    assert_eq!(parsed.rules[0].1, 22..34);
    assert_eq!(parsed.faults.len(), 2);
}

#[test]
fn the_cursor_knows_what_may_follow() {
    let fields = fields();
    let at = |text: &str| complete(text, text.len(), &fields);
    let emp = at("country = DE and emp");
    assert_eq!(
        (emp.wants.clone(), emp.prefix.as_str(), emp.replaces.clone()),
        (Wants::Field, "emp", 17..20)
    );
    assert_eq!(emp.offers(&fields), ["employees"]);
    assert_eq!(
        at("decides ").offers(&fields),
        ["=", "!=", "is known", "is unknown"]
    );
    assert_eq!(at("employees >").prefix, ">");
    let value = at("country in (DE, Uni");
    let wanted = Wants::Value {
        field: "country".into(),
        operator: Operator::In,
        so_far: String::new(),
    };
    assert_eq!((value.wants, value.prefix.as_str()), (wanted, "uni"));
    let more = at("country = United Sta");
    assert_eq!(
        (more.prefix.as_str(), more.replaces),
        ("united sta", 10..20)
    );
    assert_eq!(at("country = DE ").offers(&fields), ["and", "because"]);
    assert_eq!(at("country = DE a").wants, Wants::Joint);
    assert_eq!(at("decides = ").offers(&fields), ["yes", "no"]);
    assert_eq!(complete("ü", 1, &fields).wants, Wants::Field);
}

fn literal(kind: FieldKind) -> BoxedStrategy<Literal> {
    match kind {
        FieldKind::Number => prop_oneof![
            any::<f64>().prop_filter_map("finite", |x| Number::new(x).map(Literal::Number)),
            (-1000_i32..1000).prop_filter_map("finite", |x| Number::new(f64::from(x) / 4.0)
                .map(Literal::Number)),
        ]
        .boxed(),
        FieldKind::Date => (-100_000..100_000_i32)
            .prop_map(|d| Literal::Day(Day(d)))
            .boxed(),
        FieldKind::YesNo => any::<bool>().prop_map(Literal::YesNo).boxed(),
        FieldKind::Text => "\\PC{1,12}"
            .prop_map(|t| t.trim().to_owned())
            .prop_filter("not blank", |t| !t.is_empty())
            .prop_map(Literal::Text)
            .boxed(),
    }
}

pub(crate) fn any_rule(fields: &Fields) -> BoxedStrategy<Rule> {
    let all = fields.all().to_vec();
    (0..all.len(), 0..Operator::ALL.len())
        .prop_filter_map("suits", move |(f, o)| {
            let operator = Operator::ALL[o];
            operator
                .suits(all[f].kind)
                .then(|| (all[f].clone(), operator))
        })
        .prop_flat_map(|(field, operator)| {
            use crate::domain::criteria::condition::Takes;
            let values = match (operator, operator.takes()) {
                (Operator::Within, _) => (0..400_u16)
                    .prop_map(|n| vec![Literal::Number(Number::new(f64::from(n)).expect("finite"))])
                    .boxed(),
                (_, Takes::Nothing) => Just(Vec::new()).boxed(),
                (_, Takes::One) => prop::collection::vec(literal(field.kind), 1).boxed(),
                (_, Takes::List) => prop::collection::hash_set(literal(field.kind), 1..5)
                    .prop_map(|set| set.into_iter().collect())
                    .boxed(),
            };
            let kind = prop::sample::select(Kind::ALL);
            let class = prop::sample::select(Class::ALL);
            let switch = prop::sample::select(Switch::ALL);
            let why = "\\PC{0,10}".prop_map(|w| w.trim().to_owned());
            (kind, class, switch, why, values).prop_map(
                move |(kind, class, switch, why, values)| Rule {
                    kind,
                    class,
                    condition: Condition {
                        field: field.key.clone(),
                        operator,
                        values,
                    },
                    why,
                    switch,
                },
            )
        })
        .boxed()
}

proptest! {
    #[test]
    fn text_to_rule_to_text_and_back(rules in prop::collection::vec(any_rule(&fields()), 1..6)) {
        let fields = fields();
        let text = line(&rules, &fields);
        let read = parse(&text, &fields).whole();
        prop_assert_eq!(read.as_ref(), Ok(&rules), "{}", text);
        let alone: Vec<String> = rules.iter().map(ToString::to_string).collect();
        prop_assert_eq!(parse(&alone.join(" and "), &fields).whole(), Ok(rules));
    }

    #[test]
    fn any_text_is_read_without_a_panic(text in "[a-z\"(),=<>! ;≥ü]{0,40}|\\PC{0,30}", cut in 0..60_usize) {
        let fields = fields();
        let parsed = parse(&text, &fields);
        for fault in &parsed.faults {
            prop_assert!(text.get(fault.at.clone()).is_some());
        }
        let completion = complete(&text, cut, &fields);
        prop_assert!(text.get(completion.replaces.clone()).is_some());
        let _ = completion.offers(&fields);
    }

    #[test]
    fn pieces_of_the_language_in_any_order_are_read(words in prop::collection::vec(prop::sample::select(vec![
        "employees", "country", "and", "or", "in", "(", ")", ",", "not", "is", "known", ">=", "=", "5", "DE", "\"", "because",
        "must", "supporting", "off", "fit:", "within", "days", "start", "matches", "domains", ";",
    ]), 0..14)) {
        let text = words.join(" ");
        let fields = fields();
        let parsed = parse(&text, &fields);
        if parsed.faults.is_empty() {
            let rules = parsed.whole().expect("no fault");
            prop_assert_eq!(parse(&line(&rules, &fields), &fields).whole(), Ok(rules));
        }
    }
}

#[test]
fn lists_of_domains_are_rules_that_read_as_they_are_typed() {
    let fields = fields();
    for (typed, printed) in [
        (
            "domain matches competitors",
            "email_domain matches competitors",
        ),
        (
            "must not email_domain matches \"the\"",
            "must not email_domain matches domains (\"the\")",
        ),
        (
            "email_domain matches domains (students)",
            "email_domain matches students",
        ),
        (
            "must not email_domain matches disposable list",
            "must not email_domain matches disposable",
        ),
        ("competitor_email = yes", "email_domain matches competitors"),
        ("student_email = no", "student_email = no"),
        (
            "email_domain matches ac.uk",
            "email_domain matches domains (ac.uk)",
        ),
    ] {
        let read = parse(typed, &fields).whole().unwrap();
        assert_eq!(line(&read, &fields), printed);
        assert_eq!(parse(printed, &fields).whole().unwrap(), read);
    }
    let wrong = |text: &str| parse(text, &fields).whole().unwrap_err().what;
    assert!(
        wrong("company_domain matches competitors").contains("'email_domain matches competitors'")
    );
    assert!(wrong("email_domain matches (students, acme.com)").contains("stands alone"));
    let offers = complete("email_domain matches ", 21, &fields);
    let wanted = Wants::Value {
        field: "email_domain".into(),
        operator: Operator::Matches,
        so_far: String::new(),
    };
    assert_eq!(offers.wants, wanted);
    let offers = complete("email_domain mat", 16, &fields).offers(&fields);
    assert!(
        offers.contains(&"matches competitors".to_owned()),
        "{offers:?}"
    );
    let rule = &parse("must not domain matches students", &fields)
        .whole()
        .unwrap()[0];
    assert_eq!(
        rule.sentence(&fields),
        "The domain of the e-mail address must not be on the list 'students'."
    );
}
