//! `smarketing reasons` and `smarketing stages`: the catalogues, and their changes. Deletes nothing.

use super::desk::args::{ReasonChange, ReasonsArgs, StageChange, StagesArgs};
use super::failure::Failure;
use super::session::Session;
use super::{out, tables};
use crate::domain::catalogue::{Catalogue, ReasonEntry};
use crate::domain::command::Command;
use crate::domain::policy::Side;
use crate::domain::reason::{Asks, ReasonClass};

pub(super) fn reasons(session: &Session, args: &ReasonsArgs) -> Result<(), Failure> {
    let change = match &args.change {
        None => return list_reasons(session),
        Some(ReasonChange::Put {
            code,
            label,
            class,
            asks,
            acts,
            field,
        }) => Catalogue::PutReason(ReasonEntry {
            code: code.clone(),
            label: label.clone(),
            class: ReasonClass::parse(class).ok_or_else(|| {
                let known: Vec<_> = ReasonClass::ALL.iter().map(|c| c.word()).collect();
                Failure::WrongUse(format!(
                    "--class {class}: one of {} is expected",
                    known.join(", ")
                ))
            })?,
            asks: Asks::parse(asks).ok_or_else(|| {
                Failure::WrongUse(format!(
                    "--asks {asks}: conversation, attempts, note or nothing is expected"
                ))
            })?,
            acts: Side::parse(acts).ok_or_else(|| {
                Failure::WrongUse(format!("--acts {acts}: marketing or sales is expected"))
            })?,
            field: field.clone(),
        }),
        Some(ReasonChange::Retire { code }) => Catalogue::RetireReason { code: code.clone() },
        Some(ReasonChange::Merge { from, into }) => Catalogue::MergeReason {
            from: from.clone(),
            into: into.clone(),
        },
    };
    apply(session, change)
}

fn apply(session: &Session, change: Catalogue) -> Result<(), Failure> {
    let applied = session.apply(&mut session.write()?, &Command::Catalogue(change))?;
    out::say(&applied.summary);
    Ok(())
}

fn list_reasons(session: &Session) -> Result<(), Failure> {
    let book = session.read()?.book()?;
    let mut rows = vec![
        [
            "code", "label", "class", "asks for", "acts", "field", "in use",
        ]
        .map(String::from)
        .to_vec(),
    ];
    for reason in &book.reasons {
        let successor = reason
            .successor
            .and_then(|id| book.reasons.iter().find(|r| r.id == id));
        let in_use = match (reason.retired, successor) {
            (false, _) => "yes".into(),
            (true, None) => "no".into(),
            (true, Some(other)) => format!("no: {}", other.code),
        };
        rows.push(vec![
            reason.code.clone(),
            reason.label.clone(),
            reason.class.label().into(),
            reason.asks.word().into(),
            reason.acts.label().into(),
            reason.field.clone().unwrap_or_default(),
            in_use,
        ]);
    }
    tables::print(session.format(), &rows)
}

pub(super) fn stages(session: &Session, args: &StagesArgs) -> Result<(), Failure> {
    match &args.change {
        Some(StageChange::Put {
            name,
            position,
            was,
        }) => apply(
            session,
            Catalogue::PutStage {
                name: name.clone(),
                position: *position,
                was: was.clone(),
            },
        ),
        Some(StageChange::Retire { name }) => {
            apply(session, Catalogue::RetireStage { name: name.clone() })
        }
        None => {
            let book = session.read()?.book()?;
            let mut rows = vec![["stage", "position", "in use"].map(String::from).to_vec()];
            rows.extend(book.stages.into_iter().map(|stage| {
                let in_use = if stage.retired { "no" } else { "yes" };
                vec![stage.name, stage.position.to_string(), in_use.into()]
            }));
            tables::print(session.format(), &rows)
        }
    }
}
