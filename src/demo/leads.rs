//! Draws the leads: when they came, who they are, what sales made of them. Counts follow the plan exactly.

use super::cast::{Cast, Kind, Person};
use super::plan::{self, Crowd, NOW, QUARTERS, SOURCES};
use super::rng::Rng;
use crate::domain::calendar::Calendar;
use crate::domain::moment::{Day, Moment};
use crate::domain::verdict::{AttemptOutcome, Channel, Evidence, Exclusion};

/// A lead before it becomes a record.
pub(super) struct Lead {
    /// Its number in the imaginary CRM.
    pub number: usize,
    /// Who.
    pub person: Person,
    /// Index into the plan's sources.
    pub source: usize,
    /// When it came in.
    pub created: Moment,
    /// When marketing marked it.
    pub mql: Option<Moment>,
    /// One of the source's campaigns.
    pub campaign: Option<&'static str>,
    /// Why it is left out of metrics.
    pub excluded: Option<Exclusion>,
    /// Its hand-over.
    pub handoff: Option<Handoff>,
}

/// A hand-over before it becomes a record.
pub(super) struct Handoff {
    /// When.
    pub at: Moment,
    /// When a rep got it.
    pub assigned: Moment,
    /// Index of the rep.
    pub rep: usize,
    /// What became of it.
    pub fate: Fate,
    /// Business minutes from assignment to verdict.
    pub minutes: u32,
    /// When the verdict was given; as-of for an open one.
    pub decided: Moment,
    /// Whether a rep spoke with the lead.
    pub spoke: bool,
    /// What a verdict rests on.
    pub evidence: Evidence,
    /// Attempts.
    pub tries: Vec<Try>,
}

/// What becomes of a hand-over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    /// Accepted.
    Accepted,
    /// Rejected for a reason.
    Rejected(&'static str),
    /// Comes back later.
    Recycled,
    /// No verdict yet.
    Open,
}

/// One attempt.
pub(super) struct Try {
    /// When.
    pub at: Moment,
    /// How.
    pub channel: Channel,
    /// How it ended.
    pub outcome: AttemptOutcome,
    /// Logged minutes.
    pub minutes: Option<i64>,
}

/// Everything that drawing needs.
pub(super) struct World {
    /// Chance.
    pub rng: Rng,
    /// Zone, holidays, business hours.
    pub calendar: Calendar,
    /// The moment the room looks at it.
    pub as_of: Moment,
    /// Companies.
    pub cast: Cast,
}

/// Reps of the demo: index, and how often leads go to each.
const REP_WEIGHTS: [u32; 6] = [20, 19, 18, 16, 15, 12];

/// Beside 100 for an ordinary month: summer and Christmas are quiet, autumn is fair season. January first.
const SEASON: [u32; 12] = [100, 100, 118, 94, 100, 104, 84, 76, 122, 114, 118, 62];

impl World {
    /// Draws every lead, oldest quarter first, numbered in the order in which they came in.
    pub(super) fn leads(&mut self) -> Vec<Lead> {
        let mut leads = Vec::new();
        for quarter in 0..QUARTERS.len() {
            for source in 0..SOURCES.len() {
                self.of_source(quarter, source, &mut leads);
            }
        }
        self.left_out(&mut leads);
        leads.sort_by_key(|lead| lead.created);
        for (index, lead) in leads.iter_mut().enumerate() {
            lead.number = index + 1;
        }
        leads
    }

    fn of_source(&mut self, quarter: usize, source: usize, leads: &mut Vec<Lead>) {
        let plan = &SOURCES[source];
        let handed = plan.handed[quarter];
        let mut moments: Vec<Moment> = (0..handed).map(|_| self.moment(quarter, 11)).collect();
        moments.sort_unstable();
        for (at, fate) in moments.into_iter().zip(self.fates(quarter, source)) {
            let kind = self.kind(plan.crowd, fate);
            let lead = self.handed(source, quarter, at, fate, kind);
            leads.push(lead);
        }
        for _ in handed..plan.leads[quarter] {
            let created = self.moment(quarter, 15);
            let kind = self.kind(plan.crowd, Fate::Open);
            let lead = self.lead(source, created, kind);
            leads.push(lead);
        }
    }

    /// Fates in the order of the hand-overs: the last ones of the present quarter are still open.
    fn fates(&mut self, quarter: usize, source: usize) -> Vec<Fate> {
        let plan = &SOURCES[source];
        let handed = plan.handed[quarter];
        let accepted = if quarter == NOW {
            plan.accepted_now
        } else {
            (handed * plan::accepted(plan.crowd) as usize + 50) / 100
        };
        let open = if quarter == NOW { handed * 9 / 100 } else { 0 };
        let recycled = handed / 22;
        let reasons = plan::reasons(plan.crowd);
        let weights: Vec<u32> = reasons.iter().map(|r| r.1).collect();
        let mut fates = vec![Fate::Accepted; accepted];
        fates.extend(vec![Fate::Recycled; recycled]);
        while fates.len() < handed - open {
            fates.push(Fate::Rejected(reasons[self.rng.weighted(&weights)].0));
        }
        self.rng.shuffle(&mut fates);
        fates.extend(vec![Fate::Open; open]);
        for lying in 0..open / 4 {
            // Some have been lying about for weeks.
            fates.swap(handed / 3 + 7 * lying, handed - 1 - lying);
        }
        fates
    }

    fn kind(&mut self, crowd: Crowd, fate: Fate) -> Kind {
        match fate {
            Fate::Accepted if self.rng.chance(4) => Kind::Small,
            Fate::Rejected("student") => Kind::Student,
            Fate::Rejected("competitor") => Kind::Competitor,
            Fate::Rejected("job_seeker") => Kind::JobSeeker,
            Fate::Rejected("too_small") => Kind::Small,
            Fate::Accepted | Fate::Recycled | Fate::Rejected(_) => Kind::Buyer,
            Fate::Open => {
                let weights = match crowd {
                    Crowd::Buyers => [62, 20, 12, 4, 2],
                    Crowd::Students => [14, 8, 70, 3, 5],
                    Crowd::Competitors => [20, 12, 10, 57, 1],
                    Crowd::Picked => [88, 10, 0, 1, 1],
                };
                [
                    Kind::Buyer,
                    Kind::Small,
                    Kind::Student,
                    Kind::Competitor,
                    Kind::JobSeeker,
                ][self.rng.weighted(&weights)]
            }
        }
    }

    fn lead(&mut self, source: usize, created: Moment, kind: Kind) -> Lead {
        let campaigns = SOURCES[source].campaigns;
        let campaign =
            (!campaigns.is_empty() && self.rng.chance(94)).then(|| *self.rng.pick(campaigns));
        Lead {
            number: 0,
            person: self.cast.person(&mut self.rng, kind),
            source,
            created,
            mql: None,
            campaign,
            excluded: None,
            handoff: None,
        }
    }

    fn handed(
        &mut self,
        source: usize,
        quarter: usize,
        marked: Moment,
        fate: Fate,
        kind: Kind,
    ) -> Lead {
        let own = SOURCES[source].side == crate::domain::policy::SourceSide::Sales;
        let before = if own || self.rng.chance(35) {
            self.rng.between(0, 600)
        } else {
            self.rng.between(600, 9 * 86_400)
        };
        let first = self.start(0);
        let created = Moment((marked.0 - before).max(first.0));
        let mut lead = self.lead(source, created, kind);
        lead.mql = (!own).then_some(marked);
        let at = Moment(marked.0 + self.rng.between(5 * 60, 150 * 60));
        let assigned = Moment(at.0 + self.rng.between(4 * 60, 100 * 60));
        let wanted = self.patience(quarter, fate);
        let (decided, minutes) = self.decided(assigned, wanted);
        lead.handoff = Some(Handoff {
            at,
            assigned,
            rep: self.rng.weighted(&REP_WEIGHTS),
            fate,
            minutes,
            decided,
            spoke: false,
            evidence: Evidence::None,
            tries: Vec::new(),
        });
        lead
    }

    /// Business minutes until the verdict. Rejections come faster in the present quarter.
    fn patience(&mut self, quarter: usize, fate: Fate) -> u32 {
        let (middle, low) = match fate {
            Fate::Accepted => (1_500, 35),
            Fate::Recycled => (2_000, 40),
            Fate::Rejected(_) if quarter == NOW => (1_300, 12),
            Fate::Rejected(_) => (2_300, 20),
            Fate::Open => (3_000, 30),
        };
        self.rng.around(middle, low, 190) as u32
    }

    /// The moment of the verdict and its business minutes; brought forward where it would lie ahead of the room.
    fn decided(&self, assigned: Moment, mut minutes: u32) -> (Moment, u32) {
        let last = Moment(self.as_of.0 - 20 * 60);
        loop {
            let at = self.calendar.due(assigned, minutes);
            if at <= last || minutes < 20 {
                return (at.min(last), minutes);
            }
            minutes = minutes * 2 / 3;
        }
    }

    /// A moment of the quarter, by season and weekday; on the room's own day not after `hour`.
    fn moment(&mut self, quarter: usize, hour: u32) -> Moment {
        let first = first_day(quarter);
        let days = first.plus_months(3).0 - first.0;
        let today = self.calendar.day_of(self.as_of);
        loop {
            let day = first.plus(self.rng.below(days as usize) as i32);
            let date = day.date();
            let month = chrono::Datelike::month0(&date) as usize;
            let weekend = chrono::Datelike::weekday(&date).num_days_from_monday() >= 5;
            let weight = SEASON[month] * if weekend { 22 } else { 100 } / 122;
            if !self.rng.chance(weight) {
                continue;
            }
            let latest = if day == today { hour } else { 20 };
            let minute = self.rng.between(7 * 60, i64::from(latest) * 60) as u32;
            return at_minute(&self.calendar, day, minute);
        }
    }

    /// Test rows, colleagues and people who came in twice: they are in the file and in no number.
    fn left_out(&mut self, leads: &mut Vec<Lead>) {
        for index in 0..18 {
            let created = self.moment(index % QUARTERS.len(), 15);
            let mut lead = self.lead(index % 6, created, Kind::Buyer);
            lead.excluded = Some(match index / QUARTERS.len() {
                0 => Exclusion::Test,
                1 => Exclusion::Internal,
                _ => Exclusion::Duplicate,
            });
            if index / QUARTERS.len() == 0 {
                lead.person.name = format!("TEST please ignore {index}");
            }
            leads.push(lead);
        }
    }

    /// First moment of a quarter.
    pub(super) fn start(&self, quarter: usize) -> Moment {
        self.calendar.start_of(first_day(quarter))
    }

    /// The quarter that a moment falls into; the last one for later moments.
    pub(super) fn quarter_of(&self, at: Moment) -> usize {
        (0..QUARTERS.len())
            .rev()
            .find(|q| self.start(*q) <= at)
            .unwrap_or(0)
    }
}

/// First day of a quarter of the plan.
pub(super) fn first_day(quarter: usize) -> Day {
    let (year, month) = QUARTERS[quarter];
    Day::ymd(year, month, 1).expect("the plan names months that exist")
}

/// A local minute of a day.
pub(super) fn at_minute(calendar: &Calendar, day: Day, minute: u32) -> Moment {
    let time = chrono::NaiveTime::from_num_seconds_from_midnight_opt(minute * 60, 0)
        .unwrap_or(chrono::NaiveTime::MIN);
    calendar.local(day.date().and_time(time))
}
