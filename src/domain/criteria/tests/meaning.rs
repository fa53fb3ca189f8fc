//! What rules say of leads, how definitions differ, and what is doubtful about them; counted by hand.

use super::language::{fields, rules};
use crate::domain::criteria::*;
use crate::domain::moment::Day;

struct Known(Vec<(&'static str, Value<'static>)>);

impl Lead for Known {
    fn value(&self, field: &str) -> Value<'_> {
        let hit = self.0.iter().find(|(key, _)| *key == field);
        hit.map_or(Value::Unknown, |(_, value)| *value)
    }

    fn handed_off_on(&self) -> Day {
        Day(20_000)
    }
}

fn definition(text: &str, at_least: u32, unknown: Policy) -> Definition {
    Definition {
        rules: rules(text),
        at_least,
        unknown,
        ..Definition::default()
    }
}

#[test]
fn each_operator_on_known_and_unknown_values() {
    use Truth::{No, Unknown as Open, Yes};
    let day = |n| Value::Day(Day(n));
    for (text, value, says) in [
        ("employees >= 50", Value::Number(50.0), Yes),
        ("employees > 50", Value::Number(50.0), No),
        ("employees != 50", Value::Unknown, Open),
        ("employees < 50", Value::Number(f64::NAN), Open),
        ("employees not in (1, 2)", Value::Number(3.0), Yes),
        ("country = germany", Value::Text(" Germany "), Yes),
        ("country != germany", Value::Text("  "), Open),
        ("country in (DE, AT)", Value::Text("at"), Yes),
        ("country not in (DE, AT)", Value::Text("at"), No),
        ("title contains CHIEF", Value::Text("The chief"), Yes),
        ("title starts with chief", Value::Text("The chief"), No),
        ("title is known", Value::Text(""), No),
        ("title is unknown", Value::Unknown, Yes),
        ("start within 10 days", day(20_010), Yes),
        ("start within 10 days", day(19_990), Yes),
        ("start within 10 days", day(20_011), No),
        ("start < 2024-10-05", day(20_000), Yes),
        ("decides = yes", Value::YesNo(false), No),
        (
            "email_domain matches domains (example.org)",
            Value::Text("mail.Example.org"),
            Yes,
        ),
        (
            "email_domain matches domains (example.org)",
            Value::Text("notexample.org"),
            No,
        ),
        (
            "email_domain matches domains (https://www.example.org/x)",
            Value::Text("a@example.org"),
            Yes,
        ),
        ("employees > 5", Value::Text("not a number"), Open),
    ] {
        let condition = &rules(text)[0].condition;
        assert_eq!(
            condition.holds(value, Day(20_000)),
            says,
            "{text} of {value:?}"
        );
    }
}

#[test]
fn unknown_is_neither_and_the_policy_decides_what_becomes_of_it() {
    let text = "employees >= 50 and must not industry = education";
    let known = |employees, industry| Known(vec![("employees", employees), ("industry", industry)]);
    let says = |lead: &Known, policy| {
        let judged = definition(text, 0, policy).judge(lead);
        (judged.truth, judged.answer)
    };
    let (n, t) = (Value::Number, Value::Text);
    assert_eq!(
        says(&known(n(60.0), t("software")), Policy::Fail),
        (Truth::Yes, Answer::Pass)
    );
    assert_eq!(
        says(&known(n(60.0), t("Education")), Policy::Pass),
        (Truth::No, Answer::Fail)
    );
    assert_eq!(
        says(&known(n(60.0), Value::Unknown), Policy::Pass),
        (Truth::Unknown, Answer::Pass)
    );
    assert_eq!(
        says(&known(n(60.0), Value::Unknown), Policy::Ask),
        (Truth::Unknown, Answer::Ask)
    );
    assert_eq!(
        says(&known(n(60.0), Value::Unknown), Policy::Fail),
        (Truth::Unknown, Answer::Fail)
    );
    assert_eq!(
        says(&known(n(6.0), Value::Unknown), Policy::Pass),
        (Truth::No, Answer::Fail)
    );
}

#[test]
fn so_many_supporting_rules_are_met_unknown_or_out_of_reach() {
    let text = "supporting budget > 1 and supporting decides = yes and supporting title is known and off supporting country = DE";
    let judge = |k, lead: &Known| definition(text, k, Policy::Ask).judge(lead).truth;
    let lead = Known(vec![("budget", Value::Number(5.0))]);
    // Met: budget. Unknown: decides. Not met: title.
    assert_eq!(judge(0, &lead), Truth::Yes);
    assert_eq!(judge(1, &lead), Truth::Yes);
    assert_eq!(judge(2, &lead), Truth::Unknown);
    assert_eq!(judge(3, &lead), Truth::No);
    // Never more than are switched on.
    assert_eq!(judge(9, &lead), Truth::No);
    assert_eq!(definition(text, 9, Policy::Ask).needed(), 3);
}

#[test]
fn a_diff_says_each_change_and_which_way_it_goes() {
    let old = definition(
        "employees >= 50 and industry in (software, fintech) and supporting budget > 1 and supporting decides = yes and country = DE",
        1,
        Policy::Ask,
    );
    let mut new = definition(
        "industry in (software, fintech, games) and employees >= 100 and supporting budget > 1 and off supporting decides = yes and must not title contains student",
        1,
        Policy::Fail,
    );
    new.page.agreed = "Somebody who can buy.".into();
    let all = changes(&old, &new, &fields());
    let told: Vec<(&str, Move)> = all.iter().map(|c| (c.what.as_str(), c.way)).collect();
    assert_eq!(
        told,
        [
            (
                "industry in (software, fintech) became industry in (software, fintech, games)",
                Move::Looser
            ),
            ("employees >= 50 became employees >= 100", Move::Tighter),
            ("switched off: decides = yes", Move::Tighter),
            ("added: must not title contains student", Move::Tighter),
            ("removed: country = DE", Move::Looser),
            ("the order of the rules", Move::Neither),
            (
                "unknown counts as not met now; before it is asked",
                Move::Tighter
            ),
            ("the agreed wording", Move::Neither),
        ]
    );
    assert_eq!(changes(&old, &old, &fields()), []);
}

#[test]
fn what_narrows_a_must_widens_a_must_not() {
    for (was, is, way) in [
        (
            "title contains chief",
            "title contains \"chief of\"",
            Move::Tighter,
        ),
        (
            "must not title contains chief",
            "must not title contains \"chief of\"",
            Move::Looser,
        ),
        ("start within 30 days", "start within 90 days", Move::Looser),
        ("country = DE", "country is known", Move::Looser),
        (
            "country not in (DE)",
            "country not in (DE, AT)",
            Move::Tighter,
        ),
        ("employees > 50", "employees >= 50", Move::Looser),
        ("employees > 50", "employees < 50", Move::Either),
        ("supporting country = DE", "country = DE", Move::Tighter),
        ("country = DE", "must not country = DE", Move::Either),
    ] {
        let (was_, is_) = (
            definition(was, 1, Policy::Ask),
            definition(is, 1, Policy::Ask),
        );
        let all = changes(&was_, &is_, &fields());
        assert_eq!(
            all.iter().map(|c| c.way).collect::<Vec<_>>(),
            [way],
            "{was} → {is}: {all:?}"
        );
    }
}

#[test]
fn doubts_are_said_and_forbid_nothing() {
    let doubts = |text: &str, k| {
        let all = warnings(&definition(text, k, Policy::Ask), &fields());
        all.into_iter().map(|w| w.what).collect::<Vec<_>>()
    };
    assert_eq!(doubts("employees >= 50", 0), Vec::<String>::new());
    assert_eq!(
        doubts("off employees >= 50", 0),
        ["no rule counts: every lead passes"]
    );
    assert_eq!(
        doubts("touches >= 3 and source = Webinar", 0),
        ["every rule is about engagement: interest is not intent"]
    );
    assert_eq!(
        doubts("employees >= 50 and employees < 10", 0),
        ["no lead can meet both 'employees >= 50' and 'employees < 10'"]
    );
    assert_eq!(
        doubts("country = DE and must not country in (DE, AT)", 0),
        ["no lead can meet both 'country = DE' and 'not country in (DE, AT)'"]
    );
    assert_eq!(
        doubts("employees >= 50 and employees > 10", 0),
        ["'employees > 10' says nothing more beside 'employees >= 50'"]
    );
    assert_eq!(
        doubts("country = DE and country in (DE, AT)", 0),
        ["'country in (DE, AT)' says nothing more beside 'country = DE'"]
    );
    assert_eq!(
        doubts("must not country in (DE, AT) and must not country = DE", 0),
        ["'not country = DE' says nothing more beside 'not country in (DE, AT)'"]
    );
    assert_eq!(
        doubts("employees >= 50 and employees >= 50", 0),
        ["'employees >= 50' and 'employees >= 50' ask the same thing twice"]
    );
    assert_eq!(
        doubts("supporting country = DE", 2),
        ["at least 2 supporting rules are asked for and 1 count; all of those must be met"]
    );
}

#[test]
fn the_page_reads_as_sentences() {
    let definition = definition(
        "employees >= 50 because \"smaller ones never bought.\" and must not country in (DE, AT) and supporting budget is known and supporting decides = yes",
        1,
        Policy::Ask,
    );
    assert_eq!(
        definition.sentences(&fields()),
        [
            "Employees must be at least 50, because smaller ones never bought.",
            "Country must not be DE or AT.",
            "Budget should be known.",
            "Decides should be yes.",
            "Of the 2 things that should hold, at least 1 must.",
            "Where the answer is not known, somebody asks before the lead is handed over.",
        ]
    );
}
