//! Where an item of the agenda opens: its screen, with what matters since the last meeting. Opens nothing itself.

use super::view::View;
use crate::domain::meeting::agenda::{Item, Topic};
use crate::domain::period::Period;
use crate::facts::filter::Filter;
use crate::screens::Place;
use crate::screens::model::Model;

/// Where an item opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Opens {
    /// On another screen.
    Screen(Place),
    /// In a list of this one.
    List(View),
}

/// Where an item opens.
pub(super) fn of(topic: Topic) -> Opens {
    match topic {
        Topic::Scoreboard => Opens::Screen(Place::Scoreboard),
        Topic::Rejections => Opens::Screen(Place::Rejections),
        Topic::Criteria => Opens::Screen(Place::Criteria),
        Topic::Pipeline => Opens::Screen(Place::Pipeline),
        Topic::Decisions | Topic::Wrap => Opens::List(View::Decisions),
        Topic::Issues | Topic::Voice => Opens::List(View::Issues),
        Topic::Other => Opens::List(View::Agenda),
    }
}

/// Sets period and filter for an item that opens on another screen; says which screen it is.
pub fn prepare(item: &Item, model: &mut Model) -> Place {
    let Opens::Screen(place) = of(item.point.topic) else {
        return Place::Meeting;
    };
    let period = match place {
        Place::Rejections => since_the_last(model),
        _ => model.history().scope.period.clone(),
    };
    model.set_period(period);
    model.set_filter(Filter::default());
    place
}

/// From the day of the meeting closed last up to today; the running quarter where there was none, or it was today.
pub(super) fn since_the_last(model: &Model) -> Period {
    let book = model.book();
    let today = book.calendar.day_of(model.history().scope.as_of);
    let last = book
        .meetings
        .last_closed()
        .and_then(|meeting| meeting.closed.as_ref());
    match last.map(|by| book.calendar.day_of(by.at)) {
        Some(day) if day < today => Period::custom(day, today.plus(1), &book.calendar),
        _ => model.history().scope.period.clone(),
    }
}
