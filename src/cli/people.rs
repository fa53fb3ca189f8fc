//! `smarketing people`: who belongs to the workspace, and adding somebody. Decides no permission itself.

use super::args::{PeopleArgs, PersonSide};
use super::failure::Failure;
use super::session::{self, Session};
use super::{out, tables};
use crate::domain::catalogue::Catalogue;
use crate::domain::command::Command;
use crate::domain::policy::Side;
use crate::store::Store;

/// Lists the people, or adds one (or changes name and side of the one with that handle).
pub(super) fn run(session: &Session, args: &PeopleArgs) -> Result<(), Failure> {
    if let Some(handle) = &args.retire {
        let handle = handle.clone();
        let command = Command::Catalogue(Catalogue::RetirePerson { handle });
        let applied = session.apply(&mut session.write()?, &command)?;
        out::say(&applied.summary);
        return Ok(());
    }
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
    let mut store = session.write()?;
    let mut author = session.author(&store);
    if author.handle.as_ref() == Some(handle) && !belongs(&store, handle)? {
        // Who adds themselves cannot sign for it yet.
        author = session::nobody();
    }
    let applied = store.apply(&command, &author)?;
    out::say(&applied.summary);
    Ok(())
}

fn belongs(store: &Store, handle: &str) -> Result<bool, Failure> {
    let people = store.book()?.people;
    Ok(people.iter().any(|person| person.handle == handle))
}
