//! A made-up board for tests: the boardroom story in round figures, with every kind of mark.

use std::sync::Arc;

use crate::domain::book::Book;
use crate::domain::calendar::Calendar;
use crate::domain::criteria::version::{By, State, Version};
use crate::domain::criteria::{Definition, Fields, parse};
use crate::domain::ids::CriteriaId;
use crate::domain::moment::{Day, Moment};
use crate::domain::money::Currency;
use crate::domain::period::{Period, Span};
use crate::domain::settings::Settings;
use crate::domain::workspace::Workspace;
use crate::facts::column::NONE;
use crate::metrics::board::{BothRight, Headline, LeftOut, Point};
use crate::metrics::readings::{Difference, Readings};
use crate::metrics::waterfall::{Change, Step, Waterfall};
use crate::metrics::{
    Board, Compared, Counted, Figure, Line, LineOf, Metric, Mode, Population, RowSet, Table, Unit,
    Value,
};

/// The last evening of September 2025 in Berlin.
pub(crate) const AS_OF: Moment = Moment(1_759_244_400);

const EURO: Unit = Unit::Money(Currency::EUR);

pub(crate) fn book() -> Book {
    let workspace = Workspace {
        name: "Nordwind Robotik".into(),
        currency: Currency::EUR,
        time_zone: "Europe/Berlin".into(),
        fiscal_year_start: 1,
        week_start: 1,
        as_of: Some(AS_OF),
    };
    let settings = Settings::default();
    let calendar = workspace.calendar(&settings, []).expect("Berlin is a zone");
    Book {
        workspace,
        settings,
        calendar,
        people: vec![],
        sources: vec![],
        reasons: vec![],
        stages: vec![],
        segments: vec![],
        filters: vec![],
        lists: crate::domain::review::lists::Lists::default(),
        meetings: crate::domain::meeting::line::Meetings::default(),
        criteria: crate::domain::criteria::version::Versions::default(),
    }
}

fn figure(id: Metric, value: Option<Value>, unit: Unit, n: u64) -> Figure {
    Figure {
        id,
        value,
        unit,
        numerator: None,
        denominator: None,
        n,
        counted: Counted::Event,
        mature: None,
        open: 0,
        unpriced: 0,
        small_n: n < 10,
        interval: None,
        note: None,
    }
}

fn money(id: Metric, euros: i64, n: u64) -> Figure {
    figure(id, Some(Value::Whole(euros * 100)), EURO, n)
}

fn count(id: Metric, n: i64) -> Figure {
    figure(id, Some(Value::Whole(n)), Unit::Count, n as u64)
}

fn ratio(id: Metric, share: f64, n: u64) -> Figure {
    Figure {
        denominator: Some(n as i64),
        ..figure(id, Some(Value::Real(share)), Unit::Ratio, n)
    }
}

fn real(id: Metric, x: f64, unit: Unit, n: u64) -> Figure {
    figure(id, Some(Value::Real(x)), unit, n)
}

fn compared(now: Figure, before: f64) -> Compared {
    let other = |value: f64| Figure {
        value: now.value.map(|_| Value::Real(value)),
        ..now.clone()
    };
    Compared {
        before: Some(other(before)),
        year_before: Some(other(before * 0.8)),
        now,
    }
}

fn points(values: &[f64]) -> Vec<Point> {
    let calendar = Calendar::new("Europe/Berlin").expect("Berlin is a zone");
    let last = Period::around(Day::ymd(2025, 9, 1).expect("a day"), Span::Month, &calendar);
    let count = values.len() as i32;
    values
        .iter()
        .zip(0..)
        .map(|(value, index)| {
            let period = last.step(index - count + 1, &calendar);
            Point {
                label: period.label.clone(),
                first: period.first,
                end: period.end,
                value: Some(*value),
                running: false,
            }
        })
        .collect()
}

pub(crate) fn board() -> Board {
    use Metric as M;
    let calendar = Calendar::new("Europe/Berlin").expect("Berlin is a zone");
    let period = Period::around(
        Day::ymd(2025, 9, 1).expect("a day"),
        Span::Quarter,
        &calendar,
    );
    let immature = Figure {
        counted: Counted::Cohort,
        mature: Some(false),
        open: 14,
        ..ratio(M::WorkedRate, 0.88, 412)
    };
    let marketing = vec![
        compared(count(M::Leads, 1234), 980.0),
        compared(count(M::Mqls, 500), 402.0),
        compared(ratio(M::MqlAttainment, 500.0 / 417.0, 500), 0.98),
        compared(money(M::Spend, 45_000, 61), 4_020_000.0),
        compared(money(M::CostPerLead, 90, 500), 10_000.0),
        compared(count(M::Handoffs, 412), 350.0),
        compared(ratio(M::AcceptanceRate, 0.262, 398), 0.41),
        compared(ratio(M::RejectionsBySource, 0.71, 120), 0.55),
        compared(ratio(M::SourceTrust, 0.1, 7), 0.12),
    ];
    let sales = vec![
        compared(money(M::Revenue, 850_000, 23), 97_000_000.0),
        compared(ratio(M::RevenueAttainment, 0.85, 23), 0.97),
        compared(count(M::Conversations, 96), 131.0),
        compared(count(M::FirstMeetings, 61), 80.0),
        compared(immature, 0.91),
        compared(ratio(M::UnverifiedRejections, 0.33, 290), 0.2),
        compared(real(M::AttemptsBeforeGivingUp, 1.3, Unit::Count, 96), 1.9),
        compared(real(M::SpeedToLead, 3.4, Unit::Hours, 408), 2.2),
        compared(figure(M::WinRate, None, Unit::Ratio, 0), 0.0),
    ];
    let qps = money(M::QualifiedPipelineSourced, 1_240_000, 34);
    Board {
        period,
        as_of: AS_OF,
        mode: Mode::Event,
        population: Population::First,
        headline: Headline {
            value: compared(qps, 110_000_000.0),
            target: Some(150_000_000),
            target_history: vec![],
            attainment: ratio(M::PipelineAttainment, 0.8267, 34),
            gap: money(M::PipelineGap, 260_000, 34),
            pace: ratio(M::PipelinePace, 0.94, 34),
            working_days: (58, 66),
            restated: Some(0),
            trend: points(&[
                7e7, 8e7, 9e7, 8.5e7, 9.5e7, 1e8, 1.1e8, 1.05e8, 1.2e8, 1.3e8, 1.1e8, 1.24e8,
            ]),
        },
        both_right: BothRight {
            mqls: points(&[
                250., 260., 300., 310., 330., 350., 380., 390., 410., 402., 450., 500.,
            ]),
            conversations: points(&[
                140., 150., 148., 139., 141., 130., 128., 131., 120., 115., 101., 96.,
            ]),
            revenue: points(&[
                9.8e7, 1e8, 1.02e8, 9.9e7, 1e8, 9.5e7, 9.7e7, 9.3e7, 9e7, 9.7e7, 8.8e7, 8.5e7,
            ]),
        },
        marketing,
        sales,
        readings: Readings {
            marketing: money(M::ReadingMarketing, 4_210_000, 121),
            sales: money(M::ReadingSales, 2_105_000, 58),
            finance: money(M::ReadingFinance, 990_000, 41),
            to_sales: vec![
                difference("not qualified", -1_400_000, 51),
                difference("stale", -705_000, 12),
            ],
            to_finance: vec![
                difference("closes outside the period", -715_000, 20),
                difference("weighted by win rate", -600_000, 38),
                difference("won in the period", 200_000, 3),
            ],
        },
        misalignment: vec![
            compared(ratio(M::Conversion, 0.046, 500), 0.061),
            compared(real(M::CycleTime, 48.0, Unit::Days, 23), 41.0),
            compared(money(M::Cac, 8_217, 23), 690_000.0),
            compared(
                Figure {
                    unpriced: 3,
                    ..money(M::WastedSpend, 17_400, 193)
                },
                1_100_000.0,
            ),
            compared(real(M::RepHoursOnRejected, 212.5, Unit::Hours, 294), 150.0),
            compared(money(M::CostOfMisalignment, 29_150, 294), 2_000_000.0),
        ],
        waterfall: Arc::new(Waterfall {
            start: Some(90_000_000),
            steps: vec![
                step(Change::Qualified, 124_000_000),
                step(Change::RevaluedUp, 6_000_000),
                step(Change::PulledIn, 0),
                step(Change::RevaluedDown, -9_000_000),
                step(Change::PushedOut, -22_000_000),
                step(Change::Won, -85_000_000),
                step(Change::Lost, -31_000_000),
                step(Change::Reversed, 0),
            ],
            end: Some(73_000_000),
            start_rows: RowSet::empty(Table::Opportunities),
            end_rows: RowSet::empty(Table::Opportunities),
            unpriced: 0,
        }),
        sides: vec![],
        others: vec![],
        left_out: LeftOut {
            test: 3,
            internal: 1,
            duplicate: 8,
        },
        has_data: true,
        elsewhere: None,
    }
}

fn difference(label: &'static str, euros: i64, rows: u32) -> Difference {
    let rows = RowSet {
        table: Table::Opportunities,
        rows: (0..rows).collect(),
        adds: vec![],
    };
    Difference {
        label,
        amount: Some(euros * 100),
        rows,
    }
}

fn step(change: Change, amount: i64) -> Step {
    Step {
        change,
        amount: Some(amount),
        rows: RowSet::empty(Table::Opportunities),
    }
}

pub(crate) fn lines() -> Vec<Line> {
    use Metric as M;
    let line = |code: u32, name: &str, euros: i64, leads: i64, accepted: f64| Line {
        of: LineOf::Code(code),
        name: name.into(),
        figures: vec![
            money(M::QualifiedPipelineSourced, euros, 9),
            ratio(M::PipelineContribution, euros as f64 / 1_240_000.0, 34),
            count(M::Leads, leads),
            count(M::Handoffs, leads / 2),
            ratio(M::AcceptanceRate, accepted, (leads / 2) as u64),
            money(M::CostPerLead, 90, leads as u64),
            money(M::Revenue, euros / 2, 3),
        ],
    };
    vec![
        line(0, "Webinar", 520_000, 210, 0.55),
        line(1, "株式会社セミナー Größe", 310_000, 130, 0.41),
        line(
            2,
            "Outbound 🚀 prospecting by the whole team",
            260_000,
            12,
            0.66,
        ),
        line(3, "Student portal", 40_000, 480, 0.06),
        line(NONE, "unknown", 110_000, 60, 0.2),
    ]
}

/// A signed version of these rules that came into force on a day.
pub(crate) fn version_in_force(number: i64, from: Day, text: &str) -> Version {
    let rules = parse(text, &Fields::default()).whole().expect(text);
    let at = Some(book().calendar.start_of(from));
    Version {
        id: CriteriaId(number),
        number,
        state: State::Signed,
        definition: Definition {
            rules,
            ..Definition::default()
        },
        marks: vec![],
        revision: 1,
        edited: By {
            name: None,
            at: AS_OF,
        },
        needs_finance: false,
        signatures: vec![],
        proposed: None,
        in_force_at: at,
        retired_at: None,
        review_on: None,
        figures: None,
    }
}
