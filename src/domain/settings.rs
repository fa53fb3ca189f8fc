//! The agreed numbers that change what metrics say: one table of keys, defaults and limits. Pure.

use super::money::{Currency, Money};

/// One agreed number.
#[derive(Clone, Copy, Debug)]
pub struct Setting {
    /// Its key in the file and on the command line.
    pub key: &'static str,
    /// What it means, with its unit.
    pub meaning: &'static str,
    /// Its value until the workspace says otherwise.
    pub default: i64,
    /// The least and greatest value that makes sense.
    pub limits: (i64, i64),
}

impl Setting {
    /// Whether it is a time of day, kept as minutes after midnight.
    fn is_time(&self) -> bool {
        matches!(self.key, "business_start" | "business_end")
    }

    /// Whether it is an amount in minor units of the workspace's currency.
    pub fn is_money(&self) -> bool {
        self.key == "hourly_rate"
    }

    /// The value as people read it: a time of day, minor units beside their amount, else the number.
    pub fn shown(&self, value: i64, home: Currency) -> String {
        if self.is_time() {
            format!("{:02}:{:02}", value / 60, value % 60)
        } else if self.is_money() {
            let money = Money {
                minor: value,
                currency: home,
            };
            format!("{value} = {money}")
        } else {
            value.to_string()
        }
    }

    /// The value that somebody typed: a whole number, of a time of day also `08:30`.
    pub fn read(&self, text: &str) -> Result<i64, String> {
        let text = text.trim();
        let time = || {
            let (hours, minutes) = text.split_once(':').filter(|_| self.is_time())?;
            let (hours, minutes): (i64, i64) = (hours.parse().ok()?, minutes.parse().ok()?);
            ((0..=24).contains(&hours) && (0..60).contains(&minutes))
                .then_some(hours * 60 + minutes)
        };
        text.parse().ok().or_else(time).ok_or_else(|| {
            let also = if self.is_time() {
                " or a time such as 08:30"
            } else {
                ""
            };
            format!(
                "{} takes a whole number{also}, not '{text}'; it says: {}",
                self.key, self.meaning
            )
        })
    }
}

macro_rules! settings {
    ($($field:ident = $default:literal, $min:literal ..= $max:literal, $meaning:literal;)*) => {
        /// Every agreed number of a workspace.
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub struct Settings { $(#[doc = $meaning] pub $field: i64),* }

        /// The table behind [`Settings`].
        pub const SETTINGS: &[Setting] = &[$(Setting {
            key: stringify!($field), meaning: $meaning, default: $default, limits: ($min, $max),
        }),*];

        impl Default for Settings {
            fn default() -> Self { Settings { $($field: $default),* } }
        }

        impl Settings {
            /// The value of a key.
            pub fn get(&self, key: &str) -> Option<i64> {
                match key { $(stringify!($field) => Some(self.$field),)* _ => None }
            }

            fn slot(&mut self, key: &str) -> Option<&mut i64> {
                match key { $(stringify!($field) => Some(&mut self.$field),)* _ => None }
            }
        }
    };
}

settings! {
    min_attempts = 3, 1..=50, "attempts agreed before 'unable to reach' is a verified reason";
    sla_minutes = 480, 1..=100_000, "business minutes within which sales makes the first attempt";
    feedback_days = 5, 1..=365, "days within which sales gives a verdict";
    ignored_days = 14, 1..=365, "days without a touch after which a handoff counts as ignored";
    business_start = 540, 0..=1_439, "business hours begin, a time of day (or minutes after midnight)";
    business_end = 1_020, 1..=1_440, "business hours end, a time of day (or minutes after midnight)";
    small_n = 10, 1..=1_000, "below this n a percentage is marked";
    stale_days = 30, 1..=1_000, "days without activity after which an open deal is stale";
    early_days = 30, 1..=365, "days within which a lost or reversed deal was recorded too early";
    merge_minutes = 10, 0..=1_440, "attempts on several channels within these minutes are one";
    hourly_rate = 6_000, 0..=10_000_000, "loaded cost of a rep's hour, minor units of the workspace's currency";
    minutes_call = 8, 0..=1_440, "default minutes of a call without logged time";
    minutes_email = 5, 0..=1_440, "default minutes of an e-mail without logged time";
    minutes_meeting = 45, 0..=1_440, "default minutes of a meeting without logged time";
    minutes_message = 3, 0..=1_440, "default minutes of a message without logged time";
    minutes_visit = 90, 0..=1_440, "default minutes of a visit without logged time";
    quick_reject_minutes = 5, 1..=1_440, "a rejection within these minutes of the handoff is flagged";
    burst_leads = 5, 2..=1_000, "this many leads of one domain or source together are a burst";
    burst_minutes = 60, 1..=10_080, "minutes within which that many leads of one domain or source are a burst";
    second_look = 10, 1..=500, "rejections that nobody challenged, drawn for a second look";
    challenge_days = 14, 1..=365, "days after which an open challenge is overdue";
}

/// Why a setting was refused.
#[derive(Debug, Clone, thiserror::Error, PartialEq, Eq)]
pub enum BadSetting {
    /// No such key.
    #[error("there is no setting '{0}'; `smarketing settings` lists them all")]
    Unknown(String),
    /// Out of its limits.
    #[error(
        "{key} = {value} is out of its limits; {min} to {max} makes sense; nothing was changed"
    )]
    Limits {
        /// The key.
        key: &'static str,
        /// The value that was asked for.
        value: i64,
        /// Least value.
        min: i64,
        /// Greatest value.
        max: i64,
    },
}

impl Settings {
    /// Sets one agreed number, within its limits.
    pub fn set(&mut self, key: &str, value: i64) -> Result<(), BadSetting> {
        let unknown = || BadSetting::Unknown(key.to_owned());
        let setting = SETTINGS.iter().find(|s| s.key == key).ok_or_else(unknown)?;
        let (min, max) = setting.limits;
        if !(min..=max).contains(&value) {
            return Err(BadSetting::Limits {
                key: setting.key,
                value,
                min,
                max,
            });
        }
        *self.slot(key).ok_or_else(unknown)? = value;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn defaults_lie_within_their_limits() {
        let mut settings = Settings::default();
        for setting in SETTINGS {
            settings.set(setting.key, setting.default).unwrap();
        }
        assert_eq!(settings, Settings::default());
    }

    #[test]
    fn a_time_of_day_is_read_and_shown_as_one() {
        let of = |key: &str| SETTINGS.iter().find(|s| s.key == key).unwrap();
        let start = of("business_start");
        assert_eq!(start.read("08:30"), Ok(510));
        assert_eq!(start.read("510"), Ok(510));
        assert_eq!(start.shown(510, Currency::EUR), "08:30");
        assert!(start.read("8:75").is_err() && start.read("half past").is_err());
        assert!(of("small_n").read("08:30").is_err());
        assert_eq!(
            of("hourly_rate").shown(6_550, Currency::EUR),
            "6550 = 65.50 EUR"
        );
    }

    #[test]
    fn a_value_outside_changes_nothing() {
        let mut settings = Settings::default();
        assert!(
            settings
                .set("small_n", 0)
                .unwrap_err()
                .to_string()
                .contains("1 to 1000")
        );
        assert_eq!(settings.get("small_n"), Some(10));
        assert!(matches!(
            settings.set("smal_n", 5),
            Err(BadSetting::Unknown(_))
        ));
    }
}
