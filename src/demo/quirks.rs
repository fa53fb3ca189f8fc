//! What makes some rejections worth a second look: a rush at night, a crowd from one company, mailboxes that are thrown away, verdicts
//! within minutes. Draws nothing and moves nobody to another month: the story's figures stay the plan's.

use super::extras::THROWN_AWAY;
use super::leads::{Fate, Handoff, Lead, World, at_minute};
use super::plan::{Crowd, NOW, SOURCES};
use crate::domain::moment::{Day, Moment};
use crate::domain::verdict::Evidence;

const DAY: i64 = 86_400;

/// Downloads of one hour at night: somebody shared the link.
const RUSH: usize = 14;

/// People of one competitor in one hour.
const CROWD: usize = 7;

/// Students who wanted the book and no mail.
const MAILBOXES: usize = 9;

/// Verdicts within minutes of the handoff.
const HASTY: usize = 6;

/// Leads that name no country and were handed over although the agreement asks for one.
const NOWHERE: usize = 5;

/// Students of September that came by the portal, not by the webinars.
const READERS: usize = 4;

impl World {
    /// Changes a few leads that are drawn already.
    pub(super) fn quirks(&self, leads: &mut [Lead]) {
        let at = |month, day, minute| {
            let day = Day::ymd(2025, month, day);
            day.map(|day| at_minute(&self.calendar, day, minute))
        };
        if let Some(night) = at(8, 13, 2 * 60 + 5) {
            gather(leads, "E-book syndication", night, RUSH, |_| true);
        }
        if let Some(morning) = at(9, 11, 9 * 60 + 5) {
            let rivals = |lead: &Lead| fate(lead) == Some(Fate::Rejected("competitor"));
            let crowd = gather(leads, "Comparison portal", morning, CROWD, rivals);
            one_company(leads, &crowd);
        }
        if let Some(meeting) = at(9, 2, 11 * 60) {
            Self::read_the_portal(leads, meeting);
        }
        self.linger(leads);
        self.throw_away(leads);
        self.hurry(leads);
        self.forget_the_country(leads);
    }

    /// Rejected in the end, so that what was agreed keeps no buyer out.
    fn forget_the_country(&self, leads: &mut [Lead]) {
        let homeless = leads.iter_mut().filter(|lead| {
            self.rejected_in(NOW, lead)
                && lead.person.firm.is_none()
                && SOURCES[lead.source].crowd == Crowd::Buyers
        });
        for lead in homeless.step_by(2).take(NOWHERE) {
            lead.person.country = "";
        }
    }

    /// In September students come from the same two sources as in the rest of the quarter: some of the webinars' change places with
    /// people whom the portal brought. How many each source brings, and how often each reason is given, stays.
    fn read_the_portal(leads: &mut [Lead], from: Moment) {
        let of = |leads: &[Lead], source: &str, test: fn(Fate) -> bool| {
            let all = leads.iter().enumerate().filter(|(_, lead)| {
                SOURCES[lead.source].name == Some(source)
                    && lead.excluded.is_none()
                    && lead.handoff.as_ref().is_some_and(|h| h.decided >= from)
                    && fate(lead).is_some_and(test)
            });
            all.map(|(place, _)| place).collect::<Vec<_>>()
        };
        let students = of(leads, "Webinars", |fate| fate == Fate::Rejected("student"));
        let others = of(
            leads,
            "Comparison portal",
            |fate| matches!(fate, Fate::Rejected(reason) if reason != "student" && reason != "competitor"),
        );
        for (one, other) in students.into_iter().zip(others).take(READERS) {
            let (of_one, of_other) = (leads[one].source, leads[other].source);
            (leads[one].source, leads[other].source) = (of_other, of_one);
            let campaign = leads[one].campaign;
            leads[one].campaign = leads[other].campaign;
            leads[other].campaign = campaign;
        }
    }

    /// Too many wait in the present quarter: the verdict on what is rejected comes later, but in the same month.
    fn linger(&self, leads: &mut [Lead]) {
        let last = Moment(self.as_of.0 - 1_200);
        for lead in leads.iter_mut().filter(|lead| self.rejected_in(NOW, lead)) {
            let Some(handoff) = &mut lead.handoff else {
                continue;
            };
            let day = self.calendar.day_of(handoff.decided);
            let left = day.month_start().plus_months(1).0 - day.0 - 1;
            let later = (0..=left * 2 / 3).rev().map(|days| {
                let late = Moment(handoff.decided.0 + i64::from(days) * DAY);
                (day.plus(days), late)
            });
            let works =
                |day: Day| chrono::Datelike::weekday(&day.date()).num_days_from_monday() < 5;
            let mut fitting = later.filter(|(day, at)| works(*day) && *at <= last);
            if let Some((_, at)) = fitting.next() {
                handoff.decided = at;
            }
        }
    }

    fn rejected_in(&self, quarter: usize, lead: &Lead) -> bool {
        let rejected = lead.handoff.as_ref().filter(|handoff| {
            matches!(handoff.fate, Fate::Rejected(_)) && self.quarter_of(handoff.at) == quarter
        });
        rejected.is_some_and(|handoff| self.quarter_of(handoff.decided) == quarter)
    }

    /// Students who gave no address of their own.
    fn throw_away(&self, leads: &mut [Lead]) {
        let careless = leads.iter_mut().filter(|lead| {
            lead.handoff.as_ref().is_some_and(|handoff| {
                handoff.fate == Fate::Rejected("student") && self.quarter_of(handoff.decided) == NOW
            }) && SOURCES[lead.source].name == Some("E-book syndication")
        });
        for (lead, n) in careless.step_by(11).zip(0..MAILBOXES) {
            let local = lead.person.email.split('@').next().unwrap_or("me");
            lead.person.email = format!("{local}{n}@{THROWN_AWAY}");
        }
    }

    /// Some reps have made up their minds before they have tried.
    fn hurry(&self, leads: &mut [Lead]) {
        let tried_once = |handoff: &&mut Handoff| {
            matches!(handoff.fate, Fate::Rejected(_))
                && handoff.evidence == Evidence::None
                && handoff.tries.len() == 1
                && self.quarter_of(handoff.at) == NOW
                && self.quarter_of(handoff.decided) == NOW
        };
        let handoffs = leads.iter_mut().filter_map(|lead| lead.handoff.as_mut());
        let mut found: Vec<&mut Handoff> = handoffs.filter(tried_once).collect();
        let step = (found.len() / HASTY).max(1);
        for (handoff, n) in found.iter_mut().step_by(step).zip(0..HASTY as i64) {
            let after = |seconds| Moment(handoff.at.0 + seconds);
            (handoff.assigned, handoff.decided) = (after(40), after(130 + 25 * n));
            handoff.tries[0].at = after(90);
            handoff.minutes = 2;
        }
    }
}

fn fate(lead: &Lead) -> Option<Fate> {
    lead.handoff.as_ref().map(|handoff| handoff.fate)
}

/// Has leads of a source, which came in the days before, come in together; gives their places. Those that were handed over later and
/// fit stand first, others that nobody handed over make the crowd complete.
fn gather(
    leads: &mut [Lead],
    source: &str,
    from: Moment,
    most: usize,
    fits: impl Fn(&Lead) -> bool,
) -> Vec<usize> {
    let days_before = Moment(from.0 - 10 * DAY)..from;
    let comes = |lead: &Lead| {
        SOURCES[lead.source].name == Some(source)
            && lead.excluded.is_none()
            && days_before.contains(&lead.created)
    };
    let handed_later = |lead: &Lead| lead.mql.is_some_and(|at| at.0 > from.0 + 3_600);
    let places = |test: &dyn Fn(&Lead) -> bool| {
        let all = leads.iter().enumerate();
        let fitting = all.filter(|(_, lead)| comes(lead) && test(lead));
        fitting.map(|(place, _)| place).collect::<Vec<_>>()
    };
    let mut found = places(&|lead| handed_later(lead) && fits(lead));
    found.extend(places(&|lead| lead.mql.is_none()));
    found.truncate(most);
    for (place, n) in found.iter().zip(0..) {
        leads[*place].created = Moment(from.0 + 130 * n);
    }
    found
}

/// Gives them the company and the mail domain of the first of them who writes from a company.
fn one_company(leads: &mut [Lead], places: &[usize]) {
    let first = places.iter().map(|place| &leads[*place].person);
    let Some(like) = first.clone().find(|person| person.company_email).cloned() else {
        return;
    };
    let Some((_, host)) = like.email.split_once('@') else {
        return;
    };
    for (place, n) in places.iter().zip(20..) {
        let person = &mut leads[*place].person;
        if person.email == like.email {
            continue;
        }
        let local = person.email.split('@').next().unwrap_or("desk");
        person.email = format!("{local}{n}@{host}");
        (person.firm, person.employees, person.company_email) = (like.firm, like.employees, true);
    }
}
