//! The rules of the meeting, counted by hand.

use super::agenda::{Agenda, Go, Item, ItemState, Point, Topic, Turn, turn};
use super::ground::{Ground, checked};
use super::snapshot::{Frozen, HEAD};
use super::{LONGEST_TEXT, one_line};
use crate::domain::ids::{HandoffId, ItemId};
use crate::domain::moment::Moment;

fn item(id: i64, state: ItemState) -> Item {
    Item {
        id: ItemId(id),
        point: Point::new(Topic::Pipeline, 8),
        state,
        opened: (state == ItemState::Open).then_some(Moment(1_000)),
        spent: 60,
    }
}

fn items(states: &[ItemState]) -> Vec<Item> {
    (1..)
        .zip(states)
        .map(|(id, state)| item(id, *state))
        .collect()
}

#[test]
fn the_built_in_agendas_take_an_hour_and_25_minutes() {
    let [hour, short] = Agenda::built_in();
    assert_eq!((hour.minutes(), hour.points.len()), (60, 7));
    assert_eq!((short.minutes(), short.points.len()), (25, 6));
    assert_eq!(hour.points[2].title, "Rejected leads");
}

#[test]
fn a_timer_runs_over_and_counts_what_was_spent_before() {
    let open = item(1, ItemState::Open);
    assert_eq!(open.spent_at(Moment(1_030)), 90);
    assert_eq!(open.over(Moment(1_030)), 90 - 480);
    assert_eq!(open.over(Moment(1_000 + 480)), 60);
    // A clock that was set back takes nothing away.
    assert_eq!(open.spent_at(Moment(10)), 60);
    assert_eq!(item(1, ItemState::Done).spent_at(Moment(9_999)), 60);
}

#[test]
fn the_room_goes_on_back_and_out_of_turn() {
    use ItemState::{Done, Open, Parked, Waiting};
    let left = |id, state| Some((ItemId(id), state));
    let three = items(&[Open, Waiting, Waiting]);
    let next = turn(&three, Go::Next).unwrap();
    assert_eq!(
        next,
        Turn {
            left: left(1, Done),
            opened: Some(ItemId(2))
        }
    );
    assert_eq!(turn(&three, Go::Park).unwrap().left, left(1, Parked));
    assert!(turn(&three, Go::Back).is_err());
    let jump = turn(&three, Go::To(ItemId(3))).unwrap();
    assert_eq!(
        (jump.left, jump.opened),
        (left(1, Waiting), Some(ItemId(3)))
    );
    assert!(turn(&three, Go::To(ItemId(1))).is_err(), "open already");
    assert!(
        turn(&three, Go::To(ItemId(9))).is_err(),
        "of another meeting"
    );

    // Behind the last item, what was jumped over comes first; parked ones wait until they are taken up.
    let jumped = items(&[Parked, Waiting, Open]);
    assert_eq!(turn(&jumped, Go::Next).unwrap().opened, Some(ItemId(2)));
    let last = items(&[Done, Parked, Open]);
    assert_eq!(turn(&last, Go::Next).unwrap().opened, None);
    let back = turn(&last, Go::Back).unwrap();
    assert_eq!(
        (back.left, back.opened),
        (left(3, Waiting), Some(ItemId(2)))
    );

    let through = items(&[Done, Parked]);
    assert!(turn(&through, Go::Next).is_err());
    assert!(turn(&through, Go::Park).is_err());
    assert_eq!(turn(&through, Go::Back).unwrap().opened, Some(ItemId(2)));
}

#[test]
fn an_agenda_of_ones_own_has_another_name_and_sensible_boxes() {
    let points = [Point::new(Topic::Voice, 10)];
    assert_eq!(Agenda::checked(" Monday ", &points).unwrap().name, "Monday");
    assert!(Agenda::checked("Default", &points).is_err());
    assert!(Agenda::checked("Monday", &[]).is_err());
    assert!(Agenda::checked("Monday", &vec![points[0].clone(); 41]).is_err());
    assert!(Point::new(Topic::Voice, 0).checked().is_err());
    assert!(Point::new(Topic::Voice, 481).checked().is_err());
    let hostile = Point {
        title: "a\u{1b}[2Jb".into(),
        ..Point::new(Topic::Other, 5)
    };
    assert_eq!(hostile.checked().unwrap().title, "a [2Jb");
}

#[test]
fn grounds_are_read_as_they_are_written() {
    for text in [
        "metric:win_rate",
        "handoff:17",
        "criteria:3",
        "campaign:Q3: e-books",
        "words:said so",
    ] {
        let ground = Ground::typed(text);
        let written = format!("{}:{}", ground.word(), ground.value());
        assert_eq!(written, text);
        assert_eq!(Ground::read(ground.word(), &ground.value()), Some(ground));
    }
    assert_eq!(Ground::typed("handoff: 17"), Ground::Handoff(HandoffId(17)));
    assert_eq!(Ground::typed("note: x"), Ground::Words("note: x".into()));
    assert_eq!(Ground::read("handoff", "-1"), None);
    let twice = [Ground::typed("x"), Ground::typed("x ")];
    assert_eq!(checked(&twice).unwrap().len(), 1);
    assert!(checked(&[Ground::Words(" ".into())]).is_err());
}

#[test]
fn texts_are_one_line_and_bounded() {
    assert_eq!(one_line("x", " a\nb ", LONGEST_TEXT).unwrap(), "a b");
    assert!(one_line("x", "\u{7}", LONGEST_TEXT).is_err());
    assert!(one_line("x", &"y".repeat(501), LONGEST_TEXT).is_err());
}

#[test]
fn only_a_snapshot_is_kept_as_one() {
    let frozen = |text: &str, period: &str| Frozen {
        text: text.into(),
        period: period.into(),
    };
    assert!(
        frozen(&format!("{HEAD}\nfigure x"), "2025-Q3")
            .check()
            .is_ok()
    );
    assert!(frozen("anything", "2025-Q3").check().is_err());
    assert!(frozen(&format!("{HEAD}\n"), " ").check().is_err());
}
