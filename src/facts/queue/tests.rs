//! The queue on a handful of rows, ordered and filtered by hand.

use super::*;
use crate::domain::book::{Book, Segment};
use crate::domain::calendar::Calendar;
use crate::domain::money::Currency;
use crate::domain::settings::Settings;
use crate::domain::verdict::{Evidence, Exclusion};
use crate::domain::workspace::Workspace;
use crate::facts::handoffs::HandoffRow;
use crate::facts::leads::LeadRow;

/// Monday 2025-06-02 12:00 UTC.
const NOW: i64 = 1_748_865_600;
const HOUR: i64 = 3_600;
const DAY: i64 = 24 * HOUR;

fn book() -> Book {
    Book {
        workspace: Workspace {
            name: "Test".into(),
            currency: Currency::EUR,
            time_zone: "UTC".into(),
            fiscal_year_start: 1,
            week_start: 1,
            as_of: None,
        },
        // Two business hours.
        settings: Settings {
            sla_minutes: 120,
            ..Settings::default()
        },
        calendar: Calendar::new("UTC").unwrap(),
        people: Vec::new(),
        sources: Vec::new(),
        reasons: Vec::new(),
        stages: Vec::new(),
        segments: Vec::new(),
        filters: Vec::new(),
        lists: crate::domain::review::lists::Lists::default(),
        meetings: crate::domain::meeting::line::Meetings::default(),
        criteria: crate::domain::criteria::version::Versions::default(),
    }
}

fn handoff(id: i64, handed_off: i64) -> HandoffRow {
    HandoffRow {
        id,
        lead: id as u32 - 1,
        number: 1,
        handed_off: Moment(handed_off),
        assigned: Moment(handed_off),
        rep: 0,
        first_attempt: Moment::NEVER,
        first_connected: Moment::NEVER,
        first_meeting: Moment::NEVER,
        attempts: 0,
        minutes_logged: 0,
        minutes_assumed: 0,
        verdict: None,
        verdict_at: Moment::NEVER,
        reason: NONE,
        evidence: Evidence::None,
    }
}

/// Eight handoffs: 1 untouched since Friday 16:30, 2 untouched since 11:00, 3 tried in time, 4 tried too late, 5 of nobody since
/// 9:30, 6 rejected (no need), 7 recycled to its second handoff 8 of today 0:00; 9 comes back tomorrow; lead 10 is a test row.
fn facts() -> Facts {
    let mut facts = Facts::default();
    facts.names.people.put(1, "Sam Doe");
    facts.names.people.put(2, "Sue");
    facts.names.sources.put(1, "Webinar");
    facts.names.sources.put(2, "Trade show");
    facts.names.reasons.put(1, "No need");
    for id in 1..=10 {
        facts.leads.push(LeadRow {
            id,
            created: Moment(NOW - 9 * DAY),
            mql: Moment::NEVER,
            source: (id % 2) as u32,
            campaign: NONE,
            segment: NONE,
            owner: 0,
            account: 0,
            contactable: true,
            excluded: (id == 10).then_some(Exclusion::Test),
        });
    }
    let friday = NOW - 3 * DAY + 4 * HOUR + HOUR / 2;
    let tried = |id, from: i64, after: i64| HandoffRow {
        first_attempt: Moment(from + after),
        ..handoff(id, from)
    };
    let rows = [
        handoff(1, friday),
        HandoffRow {
            rep: 1,
            ..handoff(2, NOW - HOUR)
        },
        tried(3, NOW - 3 * HOUR, HOUR),
        tried(4, NOW - 4 * HOUR + HOUR, 3 * HOUR - 1),
        HandoffRow {
            rep: NONE,
            assigned: Moment::NEVER,
            ..handoff(5, NOW - 2 * HOUR - HOUR / 2)
        },
        HandoffRow {
            verdict: Some(Verdict::Rejected),
            verdict_at: Moment(NOW - HOUR),
            reason: 0,
            ..handoff(6, NOW - 5 * DAY)
        },
        HandoffRow {
            verdict: Some(Verdict::Recycled),
            verdict_at: Moment(NOW - DAY),
            ..handoff(7, NOW - 6 * DAY)
        },
        HandoffRow {
            lead: 6,
            number: 2,
            ..handoff(8, NOW - 12 * HOUR)
        },
        handoff(9, NOW + DAY),
        handoff(10, NOW - DAY),
    ];
    for row in rows {
        facts.handoffs.push(row);
    }
    facts.index();
    facts
}

fn ids(text: &str) -> Vec<i64> {
    let facts = facts();
    let filter = QueueFilter::parse(text, &facts).unwrap();
    let viewer = Viewer {
        me: 0,
        now: Moment(NOW),
    };
    let rows = Queue::new(&facts, &book(), viewer).rows(&filter, None);
    rows.into_iter()
        .map(|row| facts.handoffs.id.at(row as usize))
        .collect()
}

#[test]
fn the_queue_goes_by_sla_and_holds_nothing_of_tomorrow() {
    // Due: 1 today 10:30, 8 at 11:00, 5 would be 11:30, 2 at 13:00; then the tried ones by hand-over.
    assert_eq!(ids(""), [1, 8, 5, 2, 3, 4]);
}

#[test]
fn each_mark_says_what_it_says() {
    assert_eq!(ids("mine"), [1, 8, 3, 4]);
    assert_eq!(ids("unassigned"), [5]);
    assert_eq!(ids("untouched"), [1, 8, 5, 2]);
    assert_eq!(ids("breached"), [1, 8, 4]);
    assert_eq!(ids("due"), [8]);
    assert_eq!(ids("mine untouched breached"), [1, 8]);
    assert_eq!(ids("source:webinar"), [2, 4]);
    assert_eq!(ids("source:\"trade show\" source:webinar"), ids(""));
    assert_eq!(ids("rep:\"sam doe\" source:webinar"), [4]);
    assert_eq!(ids("rep:unknown"), [5]);
    assert_eq!(ids("reason:\"no need\""), [6]);
    assert_eq!(ids("state:recycled"), [7]);
    assert_eq!(ids("state:all"), [1, 8, 5, 2, 3, 4, 6, 7]);
}

#[test]
fn what_is_no_filter_is_searched_for_or_explained() {
    let facts = facts();
    let filter = QueueFilter::parse("mine ada@acme.test  http://x", &facts).unwrap();
    assert_eq!(filter.search, "ada@acme.test http://x");
    let wrong = |text: &str| QueueFilter::parse(text, &facts).unwrap_err().to_string();
    assert_eq!(
        wrong("source:webi"),
        "no source is called 'webi'; did you mean 'Webinar'?"
    );
    assert_eq!(wrong("rep:zoe"), "no rep is called 'zoe'");
    assert_eq!(
        wrong("state:lost"),
        "'lost' is no state; open, accepted, rejected, recycled or all is"
    );
    assert_eq!(wrong("rep:\"sam"), "a quotation mark is not closed");
}

#[test]
fn a_search_narrows_the_queue() {
    let facts = facts();
    let mut hits = FixedBitSet::with_capacity(10);
    hits.insert(6);
    hits.insert(0);
    let viewer = Viewer {
        me: NONE,
        now: Moment(NOW),
    };
    let mut desk = Queue::new(&facts, &book(), viewer);
    let rows = desk.rows(&QueueFilter::default(), Some(&hits));
    assert_eq!(rows, [0, 7]);
    assert_eq!(
        desk.rows(&QueueFilter::parse("mine", &facts).unwrap(), None),
        [] as [u32; 0]
    );
    assert_eq!(desk.sla(2), Sla::Kept);
    assert_eq!(desk.sla(3), Sla::Late);
    assert_eq!(desk.sla(0), Sla::Breached(Moment(NOW - HOUR - HOUR / 2)));
    assert_eq!(desk.sla(1), Sla::Due(Moment(NOW + HOUR)));
    assert_eq!(desk.sla(4), Sla::Unassigned(Moment(NOW - HOUR / 2)));
    let mut facts = facts.clone();
    facts.handoffs.rep[4] = 1;
    let mut desk = Queue::new(&facts, &book(), viewer);
    assert_eq!(desk.sla(4), Sla::Unclocked(Moment(NOW - HOUR / 2)));
}

#[test]
fn a_type_of_leads_may_have_an_sla_of_its_own() {
    let mut facts = facts();
    facts.names.segments.put(1, "Enterprise");
    facts.leads.segment[1] = 0;
    let mut book = book();
    book.segments = vec![Segment {
        name: "Enterprise".into(),
        sla_minutes: Some(30),
    }];
    let viewer = Viewer {
        me: NONE,
        now: Moment(NOW),
    };
    // Handed over an hour ago: two hours for all others, half an hour for it.
    let mut desk = Queue::new(&facts, &book, viewer);
    assert_eq!(desk.sla(1), Sla::Breached(Moment(NOW - HOUR / 2)));
    book.segments[0].sla_minutes = None;
    let mut desk = Queue::new(&facts, &book, viewer);
    assert_eq!(desk.sla(1), Sla::Due(Moment(NOW + HOUR)));
}

#[test]
fn of_leads_due_at_once_those_that_meet_the_criteria_come_first() {
    let mut facts = facts();
    for row in [0, 1, 7] {
        let at = facts.handoffs.assigned.get(7);
        facts.handoffs.assigned.set(row, at);
    }
    let viewer = Viewer {
        me: NONE,
        now: Moment(NOW),
    };
    let met = Met::new(&facts.handoffs.id, |row| match row {
        0 => Truth::No,
        7 => Truth::Yes,
        _ => Truth::Unknown,
    });
    let ordered = |met| {
        let mut queue = Queue::new(&facts, &book(), viewer).judged(met);
        let rows = queue.rows(&QueueFilter::default(), None);
        rows.into_iter()
            .map(|row| facts.handoffs.id.at(row as usize))
            .collect::<Vec<i64>>()
    };
    assert_eq!(ordered(None), [1, 2, 8, 5, 3, 4]);
    assert_eq!(ordered(Some(&met)), [8, 2, 1, 5, 3, 4]);
}
