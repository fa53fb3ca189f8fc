//! The choice of the period: near ones from a list, any other by typing its name.

use crate::domain::moment::Day;
use crate::domain::period::{Period, Span};
use crate::screens::figures;
use crate::screens::model::Model;
use crate::widgets::{Entry, Picker};

/// The open choice.
pub struct Periods {
    /// The list on screen.
    pub picker: Picker,
    offered: Vec<Period>,
    today: Day,
}

/// How many periods of each kind are offered, the present one included.
const OFFERED: [(Span, i32); 6] = [
    (Span::Month, 13),
    (Span::Quarter, 6),
    (Span::Year, 3),
    (Span::FiscalQuarter, 5),
    (Span::FiscalYear, 3),
    (Span::Week, 5),
];

impl Periods {
    /// The periods up to the as-of day.
    pub fn new(model: &Model) -> Self {
        let calendar = &model.book().calendar;
        let today = calendar.day_of(model.scope().as_of);
        let mut periods = vec![Period::all()];
        for (span, count) in OFFERED {
            let fiscal = matches!(span, Span::FiscalQuarter | Span::FiscalYear);
            if fiscal && calendar.fiscal_year_start == 1 {
                // The fiscal year is the calendar year; saying it twice helps nobody.
                continue;
            }
            let present = Period::around(today, span, calendar);
            periods.extend((0..count).map(|back| present.step(-back, calendar)));
        }
        let entries = periods
            .iter()
            .map(|period| Entry::new(figures::period(period), period.label.clone()))
            .collect();
        let now = periods
            .iter()
            .position(|period| *period == model.scope().period)
            .unwrap_or(0);
        let hint = "or type: 2025-Q3, 2025-09, FY2025, 2025-01-01..2025-02-14, all";
        Self {
            picker: Picker::new("Period", hint, entries).at(now),
            offered: periods,
            today,
        }
    }

    /// The typed period if it is one, else the marked one.
    pub fn choice(&self, model: &Model) -> Option<Period> {
        let typed = self.picker.typed();
        if let Ok(period) = Period::parse(typed, self.today, &model.book().calendar) {
            return Some(period);
        }
        self.picker
            .choice()
            .map(|index| self.offered[index].clone())
    }
}
