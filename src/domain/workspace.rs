//! What a workspace is set up with. Pure.

use super::calendar::{Calendar, NoZone};
use super::moment::{Day, Moment};
use super::money::Currency;
use super::settings::Settings;

/// The workspace's own facts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Workspace {
    /// What it is called.
    pub name: String,
    /// The currency of totals.
    pub currency: Currency,
    /// IANA name of its time zone.
    pub time_zone: String,
    /// First month of the fiscal year, 1–12.
    pub fiscal_year_start: u32,
    /// First day of the week, 1 = Monday … 7 = Sunday.
    pub week_start: u32,
    /// The moment it is looked at, where that is fixed (demo, archive).
    pub as_of: Option<Moment>,
}

impl Workspace {
    /// Its calendar with the agreed business hours and holidays.
    pub fn calendar(
        &self,
        settings: &Settings,
        holidays: impl IntoIterator<Item = Day>,
    ) -> Result<Calendar, NoZone> {
        let mut calendar = Calendar::new(&self.time_zone)?.with_hours(
            (settings.business_start as u32, settings.business_end as u32),
            holidays,
        );
        calendar.fiscal_year_start = self.fiscal_year_start.clamp(1, 12);
        calendar.week_start = chrono::Weekday::try_from((self.week_start.clamp(1, 7) - 1) as u8)
            .unwrap_or(chrono::Weekday::Mon);
        Ok(calendar)
    }
}
