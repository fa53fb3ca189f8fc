//! Marks, changes of many, searches and kept filters.

use super::super::*;
use super::room::{drawn, model, press, screen};

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
    let Some(Fetch::Queue(asked)) = leads.wanted(&model).into_iter().next() else {
        panic!("nothing was asked")
    };
    assert_eq!(
        (asked.search.as_str(), &asked.marks[..]),
        ("ada", &[Mark::Untouched][..])
    );
    assert!(leads.back());
    let Some(Fetch::Queue(asked)) = leads.wanted(&model).into_iter().next() else {
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
