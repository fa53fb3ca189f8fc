//! `smarketing people`: who belongs to the workspace, and adding somebody. Decides no permission itself.

use super::args::{PeopleArgs, PersonSide};
use super::failure::Failure;
use super::session::Session;
use super::{out, tables};
use crate::domain::command::Command;
use crate::domain::policy::Side;

/// Lists the people, or adds one (or changes name and side of the one with that handle).
pub(super) fn run(session: &Session, args: &PeopleArgs) -> Result<(), Failure> {
    let (Some(handle), Some(side)) = (&args.handle, args.side) else {
        let people = session.read()?.book()?.people;
        let mut rows = vec![["handle", "name", "side"].map(String::from).to_vec()];
        rows.extend(
            people
                .into_iter()
                .map(|person| vec![person.handle, person.name, person.side.label().into()]),
        );
        return tables::print(session.format(), &rows);
    };
    let command = Command::PutPerson {
        handle: handle.clone(),
        name: args.name.clone().unwrap_or_else(|| handle.clone()),
        side: match side {
            PersonSide::Marketing => Side::Marketing,
            PersonSide::Sales => Side::Sales,
            PersonSide::Finance => Side::Finance,
            PersonSide::Executive => Side::Executive,
        },
    };
    let applied = session.apply(&mut session.write()?, &command)?;
    out::say(&applied.summary);
    Ok(())
}
