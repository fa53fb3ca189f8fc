//! How attempts are counted: several channels within the agreed minutes are one try. Pure; the only definition of it.

use super::moment::Moment;
use super::verdict::Channel;

/// Counts attempts that come in the order of their moments.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tries {
    start: Option<Moment>,
    channels: Vec<Channel>,
    /// Tries so far.
    pub count: u32,
}

impl Tries {
    /// Takes the next attempt in. The same channel again is a new try, however soon.
    pub fn add(&mut self, at: Moment, channel: Channel, merge_minutes: i64) {
        let together = self
            .start
            .is_some_and(|start| at.since(start) < merge_minutes * 60)
            && !self.channels.contains(&channel);
        if !together {
            self.start = Some(at);
            self.channels.clear();
            self.count = self.count.saturating_add(1);
        }
        self.channels.push(channel);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_call_and_a_mail_within_ten_minutes_are_one_try_and_two_calls_are_two() {
        let mut tries = Tries::default();
        for (second, channel) in [
            (0, Channel::Call),
            (300, Channel::Email),
            (400, Channel::Call),
            (1_000, Channel::Message),
        ] {
            tries.add(Moment(second), channel, 10);
        }
        assert_eq!(tries.count, 3);
    }
}
