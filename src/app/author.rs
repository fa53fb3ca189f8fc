//! Who makes a change: asks once where nobody knows, and says no where the workspace may only be read. Writes nothing itself.

use super::overlay::Overlay;
use super::{App, Effect, Hand, Stage, Write};
use crate::domain::book::Person;
use crate::domain::clash::Sight;
use crate::domain::command::Command;
use crate::domain::policy;
use crate::screens::model::{Model, READ_ONLY};
use crate::widgets::{Entry, Picker};

/// The question who sits here, before their first change.
pub(super) struct Introduction {
    /// The people, and one entry more where a name can be left out: nobody of them.
    pub(super) picker: Picker,
    handles: Vec<String>,
    write: Write,
    sight: Sight,
}

impl Introduction {
    fn new(people: &[Person], write: Write, sight: Sight) -> Self {
        let (may, may_not): (Vec<&Person>, Vec<&Person>) =
            people.iter().partition(|person| may(person, &write));
        let entry = |person: &&Person, what: &str| {
            Entry::new(person.name.clone(), format!("{} · {what}", person.handle))
        };
        let by_side = |person: &&Person| entry(person, person.side.label());
        let mut entries: Vec<Entry> = may.iter().map(by_side).collect();
        entries.extend(may_not.iter().map(|person| entry(person, "may not")));
        // What belongs to a side is done in somebody's name; only setting up goes without.
        if !write.needs_name() {
            entries.push(Entry::new("Nobody of these", "signed by the system's user"));
        }
        Self {
            picker: Picker::new(
                "Who are you?",
                "every change is signed; asked once",
                entries,
            ),
            handles: may
                .iter()
                .chain(&may_not)
                .map(|person| person.handle.clone())
                .collect(),
            write,
            sight,
        }
    }
}

/// Whether it is a deed of that person's side: who may not do it stands behind those who may.
fn may(person: &Person, write: &Write) -> bool {
    let command = match write {
        Write::Each(commands) => commands.first(),
        Write::One(command) | Write::As(_, command) => Some(&**command),
    };
    let deed = command.and_then(Command::deed);
    deed.is_none_or(|deed| policy::check(person.side, deed).is_ok())
}

impl App {
    /// Has something written, once it is known by whom.
    pub(super) fn write(&mut self, write: Write) -> Vec<Effect> {
        let Stage::Room(room) = &self.stage else {
            return Vec::new();
        };
        let sight = self.sight();
        let model: &Model = &room.model;
        if model.hand() == Hand::ReadsOnly {
            self.say_failed(READ_ONLY);
            return Vec::new();
        }
        // A signature names its person itself.
        let named = matches!(write, Write::As(..));
        let unanswered = !self.asked_who || write.needs_name();
        if model.is_a_stranger() && unanswered && !named {
            let question = Introduction::new(&model.book().people, write, sight);
            self.overlays.push(Overlay::Who(question));
            return Vec::new();
        }
        vec![Effect::Write(write, sight)]
    }

    /// Somebody has said who they are: what they were about to change is written now.
    pub(super) fn introduced(&mut self) -> Vec<Effect> {
        let Some(Overlay::Who(question)) = self.overlays.last() else {
            return Vec::new();
        };
        let Some(choice) = question.picker.choice() else {
            return Vec::new();
        };
        let (write, sight) = (question.write.clone(), question.sight);
        let handle = question.handles.get(choice).cloned();
        self.overlays.pop();
        self.asked_who = true;
        let mut effects = Vec::new();
        if let Some(handle) = handle {
            self.who.named = Some(handle.clone());
            if let Stage::Room(room) = &mut self.stage {
                room.model.introduce(&handle);
                let (screens, model) = room.all();
                for screen in screens {
                    screen.refreshed(model);
                }
            }
            effects.push(Effect::Introduce(handle));
        }
        effects.push(Effect::Write(write, sight));
        effects
    }
}
