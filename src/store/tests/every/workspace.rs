//! What makes every kind of the workspace's commands: settings, people, targets, spend, rates, catalogues, undo and redo.

use proptest::prelude::*;

use super::super::{day, workspace};
use crate::domain::catalogue::{Catalogue, ReasonEntry, Removal};
use crate::domain::command::Command;
use crate::domain::ids::BatchId;
use crate::domain::money::{Currency, Money};
use crate::domain::policy::{Side, SourceSide};
use crate::domain::reason::{Asks, ReasonClass};
use crate::domain::verdict::SpendKind;
use crate::domain::workspace::Workspace;

fn one_of(words: &'static [&'static str]) -> impl Strategy<Value = String> {
    proptest::sample::select(words).prop_map(str::to_owned)
}

fn source() -> impl Strategy<Value = String> {
    one_of(&["Webinar", "Fair", "Radio"])
}

fn campaign() -> impl Strategy<Value = String> {
    one_of(&["E-books", "Spring"])
}

fn code() -> impl Strategy<Value = String> {
    one_of(&["no_need", "no_budget", "spam", "own"])
}

fn stage() -> impl Strategy<Value = String> {
    one_of(&["Discovery", "Proposal", "Pilot"])
}

fn holiday() -> impl Strategy<Value = crate::domain::moment::Day> {
    one_of(&["2025-06-02", "2025-12-24"]).prop_map(|on| day(&on))
}

fn from() -> impl Strategy<Value = crate::domain::moment::Day> {
    one_of(&["2025-01-01", "2025-04-01"]).prop_map(|on| day(&on))
}

mod single {
    use super::*;

    super::super::list! { Command;
        Command::Init(_) => Just(Command::Init(workspace())),
        Command::Reshape(_) => one_of(&["Acme", "Acme and Sons"])
            .prop_map(|name| Command::Reshape(Workspace { name, fiscal_year_start: 4, ..workspace() })),
        Command::Set { .. } => (one_of(&["min_attempts", "hourly_rate", "sla_minutes"]), 1_i64..9)
            .prop_map(|(key, value)| Command::Set { key, value }),
        Command::PutPerson { .. } => (one_of(&["sue", "max", "new"]), one_of(&["Sue", "S. U. E."])).prop_map(|(handle, name)| {
            let side = if handle == "sue" { Side::Sales } else { Side::Marketing };
            Command::PutPerson { handle, name, side }
        }),
        Command::SetTarget { .. } => (one_of(&["revenue", "leads"]), 1_i64..9).prop_map(|(metric, value)| Command::SetTarget {
            metric, start: day("2025-04-01"), end: day("2025-07-01"), value,
        }),
        Command::PutSource { .. } => (source(), any::<bool>())
            .prop_map(|(name, free)| Command::PutSource { name, side: SourceSide::Partner, free }),
        Command::AddSpend { .. } => (source(), campaign(), 1_i64..9).prop_map(|(source, campaign, n)| Command::AddSpend {
            source: (n % 2 == 0).then_some(source),
            campaign: (n % 3 == 0).then_some(campaign),
            on: day("2025-05-02"),
            kind: SpendKind::Media,
            amount: Money::units(n, Currency::EUR),
        }),
        Command::SetRate { .. } => (from(), one_of(&["0.9", "1.25"]))
            .prop_map(|(from, rate)| Command::SetRate { currency: Currency::USD, from, rate }),
        Command::AddHoliday { .. } => (holiday(), one_of(&["Feast", "Day off"])).prop_map(|(day, name)| Command::AddHoliday { day, name }),
        Command::UndoBatch(_) => Just(Command::UndoBatch(BatchId(1))),
        Command::Undo(_) => Just(Command::Undo(None)),
        Command::Redo => Just(Command::Redo),
        Command::Desk(_) | Command::Qualify(_) | Command::Deal { .. } | Command::Catalogue(_) | Command::Review(_)
            | Command::Criteria(_) | Command::Meeting(_) => Just(Command::Redo),
    }
}

pub(super) mod catalogues {
    use super::*;

    super::super::list! { Catalogue;
        Catalogue::PutReason(_) => (code(), one_of(&["No need", "Ours"]), any::<bool>()).prop_map(|(code, label, needs)| {
            let asks = if needs && code == "own" { Asks::Note } else { Asks::Nothing };
            Catalogue::PutReason(ReasonEntry { code, label, class: ReasonClass::Need, asks, acts: Side::Sales, field: None })
        }),
        Catalogue::RetireReason { .. } => code().prop_map(|code| Catalogue::RetireReason { code }),
        Catalogue::MergeReason { .. } => (code(), code()).prop_map(|(from, into)| Catalogue::MergeReason { from, into }),
        Catalogue::PutStage { .. } => (stage(), 1_i64..6, any::<bool>()).prop_map(|(name, position, renames)| {
            Catalogue::PutStage { name, position, was: renames.then(|| "Proposal".into()) }
        }),
        Catalogue::RetireStage { .. } => stage().prop_map(|name| Catalogue::RetireStage { name }),
        Catalogue::PutCampaign { .. } => (campaign(), source(), any::<bool>())
            .prop_map(|(name, source, of)| Catalogue::PutCampaign { name, source: of.then_some(source) }),
        Catalogue::RetirePerson { .. } => one_of(&["sue", "max", "new"]).prop_map(|handle| Catalogue::RetirePerson { handle }),
        Catalogue::Remove(Removal::Holiday(_)) => holiday().prop_map(|on| Catalogue::Remove(Removal::Holiday(on))),
        Catalogue::Remove(Removal::Rate(..)) => from().prop_map(|from| Catalogue::Remove(Removal::Rate(Currency::USD, from))),
        Catalogue::Remove(Removal::Source(_)) => source().prop_map(|name| Catalogue::Remove(Removal::Source(name))),
        Catalogue::PutSla { .. } => (1_i64..9, any::<bool>())
            .prop_map(|(n, own)| Catalogue::PutSla { segment: "Enterprise".into(), minutes: own.then_some(60 * n) }),
        Catalogue::SaveFilter { .. } => (one_of(&["mine", "late"]), one_of(&["untouched", "breached"]))
            .prop_map(|(name, text)| Catalogue::SaveFilter { name, text }),
        Catalogue::ForgetFilter { .. } => one_of(&["mine", "late"]).prop_map(|name| Catalogue::ForgetFilter { name }),
    }
}

/// What kind a command is that has none below it.
pub(super) fn kind(command: &Command) -> &'static str {
    single::kind(command)
}

/// The workspace's own.
pub(super) fn commands() -> Vec<(&'static str, BoxedStrategy<Command>)> {
    let mut all = single::kinds();
    // The last line stands for those that have kinds of their own.
    all.pop();
    for (kind, made) in catalogues::kinds() {
        all.push((kind, made.prop_map(Command::Catalogue).boxed()));
    }
    all
}

/// What stands in the catalogues at the beginning.
pub(super) fn kept() -> Vec<Command> {
    vec![
        Command::PutSource {
            name: "Fair".into(),
            side: SourceSide::Marketing,
            free: false,
        },
        Command::SetRate {
            currency: Currency::USD,
            from: day("2025-01-01"),
            rate: "0.8".into(),
        },
        Command::AddHoliday {
            day: day("2025-12-24"),
            name: "Eve".into(),
        },
        Command::Catalogue(Catalogue::SaveFilter {
            name: "mine".into(),
            text: "untouched".into(),
        }),
    ]
}
