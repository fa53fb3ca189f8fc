//! Why a command ended early, and the exit status that says so. Prints nothing.

use crate::domain::calendar::NoZone;
use crate::domain::money::NoCurrency;
use crate::domain::period::NoPeriod;
use crate::domain::settings::BadSetting;
use crate::store::StoreError;
use crate::theme::ThemeError;

/// Why a command ended early.
#[derive(Debug)]
pub enum Failure {
    /// It could not be done (exit status 1).
    Failed(anyhow::Error),
    /// It was asked for in a way that makes no sense (exit status 2).
    WrongUse(String),
    /// It is done, but some rows were refused (exit status 3); everything has been said already.
    SomeRefused,
    /// Nobody reads the output any more, as with `smarketing score | head -1`; that is no fault.
    NobodyReads,
}

impl Failure {
    /// A failure with a text of our own.
    pub fn new(text: impl Into<String>) -> Failure {
        Failure::Failed(anyhow::Error::msg(text.into()))
    }

    /// The exit status: 0 done, 1 failed, 2 wrong use, 3 done but some rows were refused.
    pub fn status(&self) -> u8 {
        match self {
            Failure::NobodyReads => 0,
            Failure::Failed(_) => 1,
            Failure::WrongUse(_) => 2,
            Failure::SomeRefused => 3,
        }
    }

    /// What is said on stderr, if anything.
    pub fn message(&self) -> Option<String> {
        match self {
            Failure::Failed(error) => Some(told(error)),
            Failure::WrongUse(text) => Some(text.clone()),
            Failure::SomeRefused | Failure::NobodyReads => None,
        }
    }
}

/// The error and its causes, each once: most of ours name their cause themselves.
fn told(error: &anyhow::Error) -> String {
    error
        .chain()
        .map(ToString::to_string)
        .fold(String::new(), |said, cause| {
            if said.is_empty() {
                cause
            } else if said.contains(&cause) {
                said
            } else {
                format!("{said}: {cause}")
            }
        })
}

impl From<anyhow::Error> for Failure {
    fn from(error: anyhow::Error) -> Self {
        Failure::Failed(error)
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Setting(wrong) => wrong.into(),
            StoreError::Zone(wrong) => wrong.into(),
            StoreError::Currency(wrong) => wrong.into(),
            error => Failure::Failed(error.into()),
        }
    }
}

macro_rules! wrong_use {
    ($($error:ty),*) => {$(
        impl From<$error> for Failure {
            fn from(error: $error) -> Self {
                Failure::WrongUse(error.to_string())
            }
        }
    )*};
}

wrong_use!(NoZone, NoCurrency, NoPeriod, BadSetting, ThemeError);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cause_is_said_once() {
        let cause = || anyhow::anyhow!("no such file");
        let said = |error: anyhow::Error| Failure::Failed(error).message().unwrap();
        assert_eq!(
            said(cause().context("x.csv: no such file; nothing was imported")),
            "x.csv: no such file; nothing was imported"
        );
        assert_eq!(said(cause().context("x.csv")), "x.csv: no such file");
    }
}
