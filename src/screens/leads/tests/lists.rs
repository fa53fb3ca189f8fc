//! Marks, changes of many, searches and kept filters.

use super::super::*;
use super::room::{answer, drawn, judged, model, press, screen, with_filters};
use crate::domain::catalogue::Catalogue;
use crate::domain::command::Command;
use crate::domain::criteria::Truth;
use crate::domain::moment::Day;
use crate::screens::sample;

#[test]
fn many_are_changed_as_one_after_their_count_was_asked_back() {
    let mut model = model();
    let mut leads = screen(&model);
    assert_eq!(press(&mut leads, &mut model, "Aa"), Outcome::Nothing);
    assert!(drawn(&mut leads, &model, (80, 24)).contains("Accept 4 leads?"));
    let Outcome::Write(write) = press(&mut leads, &mut model, "\n") else {
        panic!("nothing was written")
    };
    let Write::Each(commands) = &write else {
        panic!("they are one change")
    };
    assert_eq!(commands.len(), 4);
    let done = Done {
        summary: String::new(),
        notes: vec![],
        results: vec![
            Ok("accept Bob".into()),
            Err("Ada was rejected on 2025-09-01; nothing was changed".into()),
        ],
        ..Done::default()
    };
    leads.written(&write, Ok(&done), &model);
    let shown = drawn(&mut leads, &model, (80, 24));
    assert!(
        shown.contains("1 done, 1 refused") && shown.contains("refused  Ada was rejected"),
        "{shown}"
    );
    assert!(leads.back());
    assert_eq!(leads.context(), Context::Leads);
}

#[test]
fn a_range_and_single_marks_go_together() {
    let mut model = model();
    let mut leads = screen(&model);
    press(&mut leads, &mut model, "VjVG ");
    let Outcome::Write(Write::Each(commands)) = press(&mut leads, &mut model, "rb\n") else {
        panic!("they are one change")
    };
    let ids: Vec<i64> = commands.iter().filter_map(handoffs_of).flatten().collect();
    assert_eq!(ids, [4, 1, 3]);
}

#[test]
fn the_list_follows_the_search_and_escape_gives_back_what_was() {
    let mut model = model();
    let mut leads = screen(&model);
    press(&mut leads, &mut model, "U/ada");
    let Some(Fetch::Queue(asked, _)) = leads.wanted(&model).into_iter().next() else {
        panic!("nothing was asked")
    };
    assert_eq!(
        (asked.search.as_str(), &asked.marks[..]),
        ("ada", &[Mark::Untouched][..])
    );
    assert!(leads.back());
    let Some(Fetch::Queue(asked, _)) = leads.wanted(&model).into_iter().next() else {
        panic!("nothing was asked")
    };
    assert_eq!(
        (asked.search.as_str(), &asked.marks[..]),
        ("", &[Mark::Untouched][..])
    );
}

#[test]
fn a_filter_is_kept_as_the_line_that_reads_back_as_it() {
    let mut model = model();
    let mut leads = screen(&model);
    let filter = QueueFilter::parse("mine untouched source:\"webinar live\" ada", model.facts());
    let filter = filter.unwrap();
    let text = filter.text(model.facts());
    assert_eq!(QueueFilter::parse(&text, model.facts()), Ok(filter.clone()));
    leads.queue.set_filter(filter);
    let keep = Catalogue::SaveFilter {
        name: "my own".into(),
        text,
    };
    assert_eq!(
        press(&mut leads, &mut model, "Smy own\n"),
        Outcome::Write(Write::one(Command::Catalogue(keep)))
    );
}

#[test]
fn a_kept_filter_is_forgotten_from_the_list_of_them_which_stays_open() {
    let mut model = with_filters(&["late", "zebra"]);
    let mut leads = screen(&model);
    press(&mut leads, &mut model, "s");
    assert_eq!(leads.context(), Context::Kept);
    leads.update(Action::Down, &mut model);
    let name = "zebra".to_owned();
    let write = Write::one(Command::Catalogue(Catalogue::ForgetFilter { name }));
    let asked = leads.update(Action::ForgetFilter, &mut model);
    assert_eq!(asked, Outcome::Write(write.clone()));
    leads.written(&write, Ok(&Done::default()), &model);
    let model = with_filters(&["late"]);
    leads.refreshed(&model);
    let shown = drawn(&mut leads, &model, (80, 24));
    assert!(
        shown.contains("late") && !shown.contains("zebra"),
        "{shown}"
    );
    leads.refreshed(&with_filters(&[]));
    assert_eq!(leads.context(), Context::Leads, "an empty list closes");
}

#[test]
fn the_queue_is_there_first_and_then_in_the_order_of_the_criteria_with_a_word_for_each() {
    let day = Day::ymd(2025, 1, 1).unwrap();
    let model = judged(vec![sample::version_in_force(1, day, "has_email = yes")]);
    let mut leads = Leads::default();
    let asked = leads.wanted(&model);
    assert_eq!(
        asked,
        [Fetch::Queue(QueueFilter::default(), None), Fetch::Met]
    );
    answer(&mut leads, asked, &model);
    let met = leads.queue.met().expect("it was answered");
    assert_eq!(met.of(2), Truth::No);
    // Another change of the file asks again; the same answer asks for no other order.
    leads.refreshed(&model);
    assert!(leads.wanted(&model).contains(&Fetch::Met));
    leads.fetched(&Fetch::Met, &Fetched::Met(met), &model);
    assert!(leads.queue.is_current() || leads.queue.wanted().is_none());
    let drawn = drawn(&mut leads, &model, (80, 24));
    for word in ["✓ met", "✗ unmet", "unknown"] {
        assert!(drawn.contains(word), "{word} in\n{drawn}");
    }
}
