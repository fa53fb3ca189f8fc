//! One command's options by name, whether they came from the command line or from a row of a batch, and what they say.

use std::collections::BTreeMap;

use crate::domain::book::Book;
use crate::domain::calendar::Calendar;
use crate::domain::ids::{ChallengeId, HandoffId, LeadId, OpportunityId};
use crate::domain::moment::{Day, Moment};
use crate::domain::money::Money;
use crate::domain::review::ChallengeState;
use crate::domain::spoken;
use crate::store::Store;
use chrono::{NaiveDate, NaiveDateTime, NaiveTime};

/// Options by name; blank ones are as good as none.
#[derive(Clone, Debug, Default)]
pub(super) struct Fields(BTreeMap<String, String>);

impl Fields {
    /// Sets an option that was given.
    pub(super) fn with(mut self, key: &str, value: Option<&str>) -> Fields {
        if let Some(value) = value {
            self.0.insert(key.to_owned(), value.to_owned());
        }
        self
    }

    /// Replaces an option where the row says something.
    pub(super) fn set(&mut self, key: &str, value: &str) {
        if !value.trim().is_empty() {
            self.0.insert(key.to_owned(), value.to_owned());
        }
    }

    pub(super) fn get(&self, key: &str) -> Option<&str> {
        self.0
            .get(key)
            .map(|value| value.trim())
            .filter(|value| !value.is_empty())
    }

    pub(super) fn owned(&self, key: &str) -> Option<String> {
        self.get(key).map(str::to_owned)
    }

    /// An option that must be there.
    pub(super) fn need(&self, key: &str) -> Result<&str, String> {
        self.get(key)
            .ok_or_else(|| match key {
                "on" => "which day? --on 2025-12-01 says when the lead comes back".to_owned(),
                "outcome" => "how did it end? Such as no-answer, voicemail or connected; `attempt --help` lists them".to_owned(),
                "to" => "to what? The word after the change says it: a stage, a value, a day, a handle, a reason's code".to_owned(),
                key => format!("{} is missing", key.replace('_', " ")),
            })
    }
}

/// What options are read against.
pub(super) struct Room<'a> {
    pub store: &'a Store,
    pub book: &'a Book,
    pub now: Moment,
}

impl Room<'_> {
    /// A handoff by its number, or by the e-mail address of its lead: the newest one then.
    pub(super) fn handoff(&self, text: &str) -> Result<HandoffId, String> {
        if let Ok(id) = text.parse() {
            return Ok(HandoffId(id));
        }
        let found = self.store.handoff_by_email(text, self.now);
        found
            .map_err(|error| error.to_string())?
            .ok_or_else(|| format!("no lead that was handed over has the address '{text}'"))
    }

    /// A challenge by its number, or the open one of the lead with that e-mail address.
    pub(super) fn challenge(&self, text: &str) -> Result<ChallengeId, String> {
        if let Ok(id) = text.parse() {
            return Ok(ChallengeId(id));
        }
        let lead = self.lead(text)?;
        let found = self.store.challenges_of(lead);
        let found = found.map_err(|error| error.to_string())?;
        let open = found.iter().find(|c| c.state == ChallengeState::Open);
        open.map(|challenge| challenge.id)
            .ok_or_else(|| format!("no challenge of the lead with the address '{text}' is open"))
    }

    /// A lead by its number or e-mail address.
    pub(super) fn lead(&self, text: &str) -> Result<LeadId, String> {
        if let Ok(id) = text.parse() {
            return Ok(LeadId(id));
        }
        let found = self.store.lead_by_email(text);
        found
            .map_err(|error| error.to_string())?
            .ok_or_else(|| format!("no lead has the address '{text}'"))
    }

    /// A moment in the workspace's zone; now where nothing was said.
    pub(super) fn moment(&self, text: Option<&str>) -> Result<Moment, String> {
        text.map_or(Ok(self.now), |text| {
            moment(text, &self.book.calendar).ok_or_else(|| {
                format!("'{text}' is no time; 2025-06-30 or \"2025-06-30 14:05\" is expected")
            })
        })
    }

    /// A day as people say it: a date, `+2w`, `fri`.
    pub(super) fn day(&self, text: &str) -> Result<Day, String> {
        spoken::day(text, self.book.calendar.day_of(self.now))
    }

    /// An amount with an optional currency, `5000.50 USD`; without one in that of the deal, or else the workspace's own.
    pub(super) fn money(&self, text: &str, deal: Option<OpportunityId>) -> Result<Money, String> {
        let ids: Vec<i64> = deal.iter().map(|deal| deal.0).collect();
        let known = self.store.opportunities_by_ids(&ids);
        let known = known.map_err(|error| error.to_string())?;
        let own = known.first().and_then(|deal| Some(deal.amount?.currency));
        Money::parse(text, own.unwrap_or(self.book.workspace.currency))
            .map_err(|error| error.to_string())
    }
}

fn moment(text: &str, calendar: &Calendar) -> Option<Moment> {
    let text = text.trim().replace('T', " ");
    ["%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S"]
        .iter()
        .find_map(|form| NaiveDateTime::parse_from_str(&text, form).ok())
        .or_else(|| {
            let date = NaiveDate::parse_from_str(&text, "%Y-%m-%d").ok()?;
            Some(date.and_time(NaiveTime::from_hms_opt(12, 0, 0)?))
        })
        .map(|at| calendar.local(at))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_alone_is_its_noon_in_the_workspaces_zone() {
        let calendar = Calendar::new("Europe/Berlin").unwrap();
        let shown = |text: &str| moment(text, &calendar).map(|at| calendar.show(at));
        assert_eq!(shown("2025-06-30").as_deref(), Some("2025-06-30 12:00"));
        assert_eq!(
            shown("2025-06-30T08:15").as_deref(),
            Some("2025-06-30 08:15")
        );
        assert_eq!(shown("30.06.2025"), None);
    }
}
