//! Windows that come before and after others: who is missing, the next issue.

use super::room::{between, empty, model_of, running};
use super::windows::{letter, meeting, open, shown, type_in};
use crate::domain::command::Command;
use crate::domain::ids::IssueId;
use crate::domain::meeting::{MeetingChange, Priority};
use crate::domain::policy::Side;
use crate::keymap::Action;
use crate::screens::fetch::{Done, Write};
use crate::screens::meeting::{Newcomer, Origin, Question, Step};

#[test]
fn who_could_own_it_is_asked_for_before_the_fields_are() {
    let nobody = empty();
    let action = Question::Action(Origin::default());
    let mut asked = open(action.clone(), &nobody);
    assert!(shown(&mut asked).contains("needs somebody who does it"));
    assert_eq!(asked.update(Action::Open, &nobody), Step::Stay);
    assert!(shown(&mut asked).contains("say how they are called"));
    type_in(&mut asked, "Inès Moreau");
    let Step::Write(write) = asked.update(Action::Open, &nobody) else {
        panic!("written");
    };
    let person = Command::PutPerson {
        handle: "inès".into(),
        name: "Inès Moreau".into(),
        side: Side::Marketing,
    };
    assert_eq!(write, Write::one(person));
    let done = Done {
        results: vec![Ok(String::new())],
        ..Done::default()
    };
    // Written, and the list of people is not read anew yet: no key writes it twice.
    assert_eq!(asked.written(&write, Ok(&done), &nobody), Some(Step::Stay));
    assert_eq!(asked.update(Action::Open, &nobody), Step::Stay);
    let mut book = nobody.book().clone();
    book.people = running().book().people.clone();
    book.people[0].handle = "inès".into();
    let there = model_of(book);
    assert_eq!(asked.refreshed(&there), Step::Instead(Some(action.clone())));
    assert!(shown(&mut open(action, &there)).contains("An action"));
    // A handle that is taken names nobody else.
    let mut again = open(
        Question::Person(Newcomer::of(Side::Sales, String::new())),
        &there,
    );
    type_in(&mut again, "Inès Blanc");
    let Step::Write(Write::One(command)) = again.update(Action::Open, &there) else {
        panic!("written");
    };
    assert!(
        matches!(*command, Command::PutPerson { handle, side: Side::Sales, .. } if handle == "inès2")
    );
}

#[test]
fn who_is_not_in_the_list_is_added_at_the_table_and_sits_there() {
    let nobody = empty();
    let mut table = open(Question::Table(Some("default".into())), &nobody);
    let Step::Ask(Question::Person(who)) = table.update(Action::Add, &nobody) else {
        panic!("who is asked for");
    };
    assert_eq!(who.next, None);
    let there = between();
    assert_eq!(table.refreshed(&there), Step::Stay);
    let MeetingChange::Start { present, .. } = meeting(table.update(Action::Open, &there)) else {
        panic!("it starts");
    };
    assert_eq!(present.len(), there.book().people.len());
}

#[test]
fn urgency_goes_down_the_list_one_digit_for_each() {
    let model = running();
    let open_ones: Vec<IssueId> = model
        .book()
        .meetings
        .open_issues()
        .iter()
        .map(|i| i.id)
        .collect();
    let [first, second, ..] = open_ones[..] else {
        panic!("two are open");
    };
    let mut rank = open(Question::Rank(first, vec![second]), &model);
    assert!(shown(&mut rank).contains("1, 2 or 3, 1 more: "));
    let step = letter(&mut rank, '1');
    let Step::Write(write) = step.clone() else {
        panic!("written");
    };
    assert_eq!(
        meeting(step),
        MeetingChange::Prioritise(first, Priority::High)
    );
    let done = Done {
        results: vec![Ok(String::new())],
        ..Done::default()
    };
    let next = rank.written(&write, Ok(&done), &model);
    assert_eq!(
        next,
        Some(Step::Instead(Some(Question::Rank(second, vec![]))))
    );
    let mut last = open(Question::Rank(second, vec![]), &model);
    let Step::Write(write) = letter(&mut last, '3') else {
        panic!("written");
    };
    assert_eq!(last.written(&write, Ok(&done), &model), Some(Step::Done));
}
