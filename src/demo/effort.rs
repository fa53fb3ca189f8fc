//! What sales did with each hand-over: attempts, conversations, and what each verdict rests on. Means follow the plan exactly.

use super::leads::{Fate, Handoff, Lead, Try, World};
use super::plan::{NOW, QUARTERS, TOTALS};
use crate::domain::moment::Moment;
use crate::domain::reason::{Asks, stock};
use crate::domain::verdict::{AttemptOutcome, Channel, Evidence};

/// Attempts that the workspace agreed on before "unable to reach" stands.
const AGREED: usize = 3;

impl World {
    /// Fills in attempts and evidence of every hand-over.
    pub(super) fn work(&mut self, leads: &mut [Lead]) {
        for lead in &mut *leads {
            if let Some(handoff) = &mut lead.handoff {
                self.speak(handoff);
            }
        }
        let mut attempts = vec![0; leads.len()];
        for quarter in 0..QUARTERS.len() {
            self.give_up(quarter, leads, &mut attempts);
        }
        for (index, lead) in leads.iter_mut().enumerate() {
            let Some(handoff) = &mut lead.handoff else {
                continue;
            };
            let count = match handoff.fate {
                Fate::Open => self.rng.weighted(&[55, 30, 15]),
                _ if handoff.spoke => 1 + self.rng.weighted(&[40, 35, 20, 5]),
                Fate::Recycled => 2 + self.rng.below(2),
                _ => attempts[index],
            };
            handoff.evidence = evidence(handoff, count, lead.number);
            handoff.tries = self.tries(handoff, count);
        }
    }

    fn speak(&mut self, handoff: &mut Handoff) {
        let likely = match handoff.fate {
            Fate::Accepted => 100,
            Fate::Recycled => 75,
            Fate::Open => 0,
            Fate::Rejected(reason) => match stock(reason).map(|r| r.asks) {
                Some(Asks::Conversation | Asks::Note) => {
                    TOTALS[self.quarter_of(handoff.decided)].spoke
                }
                Some(Asks::Nothing) => 8,
                _ => 0,
            },
        };
        handoff.spoke = self.rng.chance(likely);
    }

    /// Attempts on those rejected in a quarter without a conversation; their mean is the plan's, to the tenth.
    fn give_up(&mut self, quarter: usize, leads: &mut [Lead], attempts: &mut [usize]) {
        let mut silent = self.silent(quarter, leads);
        // A multiple of ten makes the tenth exact: a rep remembers a call that nobody had logged.
        for index in silent.clone() {
            if silent.len().is_multiple_of(10) {
                break;
            }
            if reason_asks(&leads[index]) == Some(Asks::Conversation)
                && let Some(handoff) = &mut leads[index].handoff
            {
                handoff.spoke = true;
                silent.retain(|i| *i != index);
            }
        }
        let wanted = silent.len() * TOTALS[quarter].attempts_tenths / 10;
        for index in &silent {
            attempts[*index] = match reason_asks(&leads[*index]) {
                Some(Asks::Attempts) => 1 + self.rng.below(3),
                Some(Asks::Nothing) => self.rng.weighted(&[25, 55, 20]),
                _ => 1 + self.rng.weighted(&[70, 25, 5]),
            };
        }
        let mut sum: usize = silent.iter().map(|i| attempts[*i]).sum();
        while sum != wanted && !silent.is_empty() {
            let index = *self.rng.pick(&silent);
            let least = usize::from(reason_asks(&leads[index]) != Some(Asks::Nothing));
            if sum < wanted && attempts[index] < 5 {
                attempts[index] += 1;
                sum += 1;
            } else if sum > wanted && attempts[index] > least {
                attempts[index] -= 1;
                sum -= 1;
            }
        }
    }

    fn silent(&self, quarter: usize, leads: &[Lead]) -> Vec<usize> {
        let silent = |lead: &Lead| {
            lead.handoff.as_ref().is_some_and(|h| {
                !h.spoke
                    && matches!(h.fate, Fate::Rejected(_))
                    && self.quarter_of(h.decided) == quarter
            })
        };
        (0..leads.len()).filter(|i| silent(&leads[*i])).collect()
    }

    /// Attempts inside business hours, at least a quarter of an hour apart, all before the verdict.
    fn tries(&mut self, handoff: &Handoff, count: usize) -> Vec<Try> {
        let mut tries: Vec<Try> = Vec::with_capacity(count);
        let room = f64::from(handoff.minutes);
        // The first try comes early, unless too many wait.
        let late = if self.quarter_of(handoff.at) == NOW {
            0.9
        } else {
            1.4
        };
        let mut minute = 0;
        for index in 0..count {
            let share = (index + 1) as f64 / (count + 1) as f64;
            minute = ((room * share.powf(late)) as u32).max(minute + 15);
            let last = Moment(handoff.decided.0 - 900 * (count - index) as i64);
            let at = self.calendar.due(handoff.assigned, minute).min(last);
            let spoke = handoff.spoke && index + 1 == count;
            let (channel, outcome) = if spoke {
                self.conversation()
            } else {
                self.silence(handoff.fate)
            };
            let minutes = self.rng.chance(55).then(|| match channel {
                Channel::Meeting => self.rng.between(25, 60),
                Channel::Call if spoke => self.rng.between(6, 25),
                _ => self.rng.between(2, 8),
            });
            tries.push(Try {
                at,
                channel,
                outcome,
                minutes,
            });
        }
        tries
    }

    fn conversation(&mut self) -> (Channel, AttemptOutcome) {
        match self.rng.weighted(&[62, 33, 5]) {
            0 => (Channel::Call, AttemptOutcome::Connected),
            1 => (Channel::Meeting, AttemptOutcome::MeetingHeld),
            _ => (Channel::Visit, AttemptOutcome::MeetingHeld),
        }
    }

    fn silence(&mut self, fate: Fate) -> (Channel, AttemptOutcome) {
        if fate == Fate::Rejected("bad_contact_data") {
            return (Channel::Email, AttemptOutcome::Bounced);
        }
        match self.rng.weighted(&[45, 15, 25, 12, 3]) {
            0 => (Channel::Call, AttemptOutcome::NoAnswer),
            1 => (Channel::Call, AttemptOutcome::Voicemail),
            2 => (Channel::Email, AttemptOutcome::Sent),
            3 => (Channel::Message, AttemptOutcome::Sent),
            _ => (Channel::Meeting, AttemptOutcome::NoShow),
        }
    }
}

fn reason_asks(lead: &Lead) -> Option<Asks> {
    match lead.handoff.as_ref()?.fate {
        Fate::Rejected(reason) => stock(reason).map(|r| r.asks),
        _ => None,
    }
}

/// What the verdict rests on. Now and then nobody wrote the proof down.
fn evidence(handoff: &Handoff, attempts: usize, number: usize) -> Evidence {
    if handoff.spoke {
        return Evidence::Spoke;
    }
    match handoff.fate {
        Fate::Rejected(reason) => match stock(reason).map(|r| r.asks) {
            Some(Asks::Nothing) if !number.is_multiple_of(12) => Evidence::Objective,
            Some(Asks::Attempts) if attempts >= AGREED => Evidence::Attempts,
            _ => Evidence::None,
        },
        Fate::Recycled if attempts >= AGREED => Evidence::Attempts,
        _ => Evidence::None,
    }
}
