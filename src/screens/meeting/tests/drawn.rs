//! The screen as it is drawn, from the smallest to the largest, in every theme.

use std::sync::Arc;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::room::{BEGAN, between, empty, model_of, press, running, screen};
use crate::domain::meeting::agenda::ItemState;
use crate::domain::moment::Moment;
use crate::domain::verdict::Evidence;
use crate::facts::challenges::{ChallengeRow, Challenges};
use crate::facts::feedback::FeedbackRow;
use crate::metrics::tests::fixture;
use crate::screens::Screen;
use crate::screens::fetch::Fetch;
use crate::screens::meeting::view::View;
use crate::screens::meeting::{MeetingRoom, bar};
use crate::screens::model::{History, Model};
use crate::screens::sample;
use crate::theme::Theme;
use crate::widgets::Ink;

pub(super) fn drawn(room: &mut MeetingRoom, model: &Model, width: u16, height: u16) -> String {
    let area = Rect::new(0, 0, width, height);
    let mut buffer = Buffer::empty(area);
    let line = Rect { height: 1, ..area };
    let below = Rect {
        y: 1,
        height: height - 1,
        ..area
    };
    if bar::draw(&mut Ink::new(&mut buffer, line), model, &Theme::default()) {
        room.draw(&mut buffer, below, model, &Theme::default());
    } else {
        room.draw(&mut buffer, area, model, &Theme::default());
    }
    lines(&buffer)
}

fn lines(buffer: &Buffer) -> String {
    let area = buffer.area;
    let line = |y| {
        let cells = (0..area.width).map(|x| buffer[(x, y)].symbol());
        cells.collect::<String>().trim_end().to_owned()
    };
    (0..area.height).map(line).collect::<Vec<_>>().join("\n")
}

#[test]
fn a_running_meeting() {
    let mut model = running();
    let mut room = screen(&model);
    insta::assert_snapshot!("running_80", drawn(&mut room, &model, 80, 22));
    room.view = View::Decisions;
    room.beside = View::Decisions;
    insta::assert_snapshot!("running_120", drawn(&mut room, &model, 120, 34));
    // Two minutes over the eight of the first item.
    model.set_clock(Some(Moment(BEGAN.0 + 600)));
    press(&mut room, &mut model, 'P');
    insta::assert_snapshot!("presentation_120", drawn(&mut room, &model, 120, 34));
}

#[test]
fn every_item_is_presented_at_every_size() {
    let model = running();
    let topics = model.book().meetings.running().unwrap().items.len();
    for at in 0..topics {
        let mut book = model.book().clone();
        let meeting = book.meetings.all.last_mut().unwrap();
        for (place, item) in meeting.items.iter_mut().enumerate() {
            item.state = if place == at {
                ItemState::Open
            } else {
                ItemState::Done
            };
            item.opened = (place == at).then_some(BEGAN);
        }
        let title = meeting.items[at].point.title.clone();
        let mut model = model_of(book);
        let mut room = screen(&model);
        press(&mut room, &mut model, 'P');
        for (width, height) in [(60, 18), (80, 22), (120, 34), (200, 58)] {
            let shown = drawn(&mut room, &model, width, height);
            assert!(shown.contains("left of"), "{title} at {width}\n{shown}");
            let lines = shown.lines().count();
            assert!(lines > 8, "{title} at {width}\n{shown}");
        }
        insta::assert_snapshot!(format!("presented_{at}"), drawn(&mut room, &model, 80, 22));
    }
}

#[test]
fn between_two_meetings() {
    let model = between();
    let mut room = screen(&model);
    insta::assert_snapshot!("between_80", drawn(&mut room, &model, 80, 22));
    room.view = View::History;
    insta::assert_snapshot!("history_120", drawn(&mut room, &model, 120, 34));
}

#[test]
fn nothing_yet_at_the_smallest_size() {
    let model = empty();
    insta::assert_snapshot!("empty_60", drawn(&mut screen(&model), &model, 60, 18));
}

#[test]
fn a_second_later_only_the_timers_differ() {
    let mut model = running();
    let mut room = screen(&model);
    model.set_clock(Some(Moment(BEGAN.0 + 91)));
    let before = drawn(&mut room, &model, 120, 34);
    model.set_clock(Some(Moment(BEGAN.0 + 92)));
    let after = drawn(&mut room, &model, 120, 34);
    let cells = before.chars().zip(after.chars()).filter(|(a, b)| a != b);
    // The line above, the item, the whole meeting: one digit each.
    assert_eq!(cells.count(), 3, "{after}");
}

#[test]
fn every_list_fits_every_size_and_theme() {
    for model in [empty(), between(), running()] {
        let mut room = screen(&model);
        for name in Theme::names() {
            let theme = Theme::built_in(name).unwrap();
            for view in View::ALL {
                room.view = view;
                for (width, height) in [(60, 20), (80, 24), (200, 60), (3, 2)] {
                    let area = Rect::new(0, 0, width, height);
                    room.draw(&mut Buffer::empty(area), area, &model, &theme);
                }
            }
        }
    }
}

#[test]
fn a_definition_that_is_due_is_told_before_the_meeting_and_in_it() {
    for model in [between(), running(), empty()] {
        let mut book = model.book().clone();
        let today = book.calendar.day_of(model.now());
        let mut version = sample::version_in_force(3, today.plus(-60), "employees >= 50");
        version.review_on = Some(today);
        book.criteria.0 = vec![version];
        let model = model_of(book);
        let mut room = screen(&model);
        assert_eq!(room.wanted(&model), [Fetch::Drift]);
        for (width, height) in [(80, 24), (120, 36)] {
            let shown = drawn(&mut room, &model, width, height);
            assert!(
                shown.contains("The definition in force (version 3)"),
                "{shown}"
            );
        }
    }
}

#[test]
fn what_the_review_left_open_comes_back_with_its_age() {
    const DAY: i64 = 86_400;
    let now = sample::AS_OF;
    let mut facts = fixture::empty();
    let student = facts.names.reasons.put(90, "Student");
    let raised = |id, days: i64| FeedbackRow {
        id,
        raised: Moment(now.0 - days * DAY),
        acknowledged: Moment::NEVER,
        acted: Moment::NEVER,
        checked: Moment::NEVER,
        reason: Some(student),
        shared: [Some(0), None, None, None],
    };
    let checked = FeedbackRow {
        checked: Moment(now.0 - 1),
        ..raised(2, 50)
    };
    facts.feedback = vec![raised(1, 3), checked, raised(3, 21)];
    let challenge = |id, days: i64, settled| ChallengeRow {
        id,
        handoff: 0,
        opened: Moment(now.0 - days * DAY),
        opened_by: 0,
        settlement: None,
        settled,
        must_change: None,
        was_at: Moment(now.0 - 90 * DAY),
        was_reason: student,
        was_evidence: Evidence::None,
    };
    facts.challenges = Challenges::new(vec![
        challenge(1, 80, Moment(now.0 - DAY)),
        challenge(2, 9, Moment::NEVER),
    ]);
    let source = facts.names.sources.name(0).to_owned();
    let history = History::new(between().book().clone(), facts, now);
    let model = Model::new(Arc::new(history));
    let shown = drawn(&mut screen(&model), &model, 160, 60);
    let head = shown.find("Feedback on rejections that is open (2)");
    let place = |days: &str| shown.find(&format!("Student · {source}: new, {days}"));
    assert!(
        head.is_some() && head < place("21 days") && place("21 days") < place("3 days"),
        "{shown}"
    );
    assert!(!shown.contains("50 days"), "{shown}");
    assert!(
        shown.contains("Challenges to settle (1)")
            && shown.contains("the oldest was opened 9 days ago"),
        "{shown}"
    );
}
