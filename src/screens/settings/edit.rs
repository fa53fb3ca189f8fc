//! The window of each page and the command that its fields say. The rules are the domain's and the store's.

use super::page::Row;
use super::{Asked, Settings, Window, numbers};
use crate::domain::catalogue::{Catalogue, Chapter, ReasonEntry, Removal};
use crate::domain::command::Command;
use crate::domain::moment::Day;
use crate::domain::money::{Currency, Money};
use crate::domain::policy::{Side, SourceSide};
use crate::domain::reason::{Asks, ReasonClass};
use crate::domain::target::{self, TARGETS};
use crate::domain::verdict::SpendKind;
use crate::facts::targets::Target;
use crate::keymap::Action;
use crate::screens::Outcome;
use crate::screens::fetch::Write;
use crate::screens::form::Form;
use crate::screens::letters::Letters;
use crate::screens::model::Model;
use crate::widgets::Entry;

type Options = Vec<(String, String)>;

fn options<'a>(all: impl Iterator<Item = (&'a str, &'a str)>) -> Options {
    all.map(|(word, label)| (word.to_owned(), label.to_owned()))
        .collect()
}

/// The holiday or rate of a row.
fn removal(chapter: Chapter, cells: &[String]) -> Option<Removal> {
    let day = Day::parse(cells.get(1)?)?;
    match chapter {
        Chapter::Rates => Some(Removal::Rate(Currency::parse(&cells[0]).ok()?, day)),
        _ => Some(Removal::Holiday(day)),
    }
}

impl Settings {
    fn ask(&mut self, window: Window) -> Outcome {
        self.open = Some(Asked { window, sent: None });
        Outcome::Nothing
    }

    /// Why a key finds no entry.
    fn nothing_here(&self) -> Outcome {
        let why = if self.looks_back {
            "The history is only read; H leads back to the entries"
        } else {
            "There is nothing here yet; a adds an entry"
        };
        Outcome::Say(why.to_owned())
    }

    /// Opens the fields of the entry under the cursor.
    pub(super) fn edit(&mut self, model: &Model) -> Outcome {
        let Some(row) = self.selected() else {
            return self.nothing_here();
        };
        let key = row.key.clone();
        let told = match self.chapter {
            Chapter::Spend => {
                "Spend is not changed afterwards: a adds an entry, a negative one takes back"
            }
            Chapter::Holidays => "A holiday is added by a and taken away by x",
            _ => {
                let form = match target(self.chapter, row, model) {
                    Some(target) => target_form(target, model),
                    None => form(self.chapter, Some(&key), model),
                };
                return self.ask(Window::Form(form, Some(key)));
            }
        };
        Outcome::Refuse(told.to_owned())
    }

    /// Opens empty fields.
    pub(super) fn add(&mut self, model: &Model) -> Outcome {
        if self.chapter == Chapter::Numbers {
            return Outcome::Say("The numbers are these; Enter changes one".to_owned());
        }
        let form = form(self.chapter, None, model);
        self.ask(Window::Form(form, None))
    }

    /// Takes the entry out of use.
    pub(super) fn retire(&self) -> Outcome {
        let Some(row) = self.selected() else {
            return self.nothing_here();
        };
        let key = row.key.clone();
        let change = match self.chapter {
            Chapter::Reasons => Catalogue::RetireReason { code: key },
            Chapter::Stages => Catalogue::RetireStage { name: key },
            Chapter::People => Catalogue::RetirePerson { handle: key },
            Chapter::Sources => Catalogue::Remove(Removal::Source(key)),
            Chapter::Holidays | Chapter::Rates => match removal(self.chapter, &row.cells) {
                Some(what) => Catalogue::Remove(what),
                None => return Outcome::Nothing,
            },
            Chapter::Numbers | Chapter::Campaigns | Chapter::Targets | Chapter::Spend => {
                return Outcome::Refuse(
                    "Nothing is taken out of this page; u takes back what you added".to_owned(),
                );
            }
        };
        Outcome::Write(Write::one(Command::Catalogue(change)))
    }

    /// Asks which reason stays.
    pub(super) fn merge(&mut self, model: &Model) -> Outcome {
        let Some(from) = self.selected().map(|row| row.key.clone()) else {
            return self.nothing_here();
        };
        if self.chapter != Chapter::Reasons {
            return Outcome::Refuse("Reasons are merged, nothing else is".to_owned());
        }
        let others = model.book().reasons.iter();
        let others: Vec<_> = others.filter(|r| !r.retired && r.code != from).collect();
        let entries = others.iter().map(|r| Entry::new(&r.label, r.class.label()));
        let letters = Letters::new(
            format!("{from} goes; which reason stays?"),
            entries.collect(),
        );
        let codes = others.iter().map(|r| r.code.clone()).collect();
        self.ask(Window::Merge(letters, from, codes))
    }

    pub(super) fn merged(&mut self, index: usize) -> Outcome {
        let Some(Window::Merge(_, from, codes)) = self.open.take().map(|asked| asked.window) else {
            return Outcome::Nothing;
        };
        let Some(into) = codes.into_iter().nth(index) else {
            return Outcome::Nothing;
        };
        let change = Catalogue::MergeReason { from, into };
        Outcome::Write(Write::one(Command::Catalogue(change)))
    }

    /// A key in the open window.
    pub(super) fn answer(&mut self, action: Action, model: &Model) -> Outcome {
        let chapter = self.chapter;
        let Some(asked) = &mut self.open else {
            return Outcome::Nothing;
        };
        match (&mut asked.window, action) {
            (_, Action::Open) if asked.sent.is_some() => Outcome::Nothing,
            (Window::Form(form, was), Action::Open) => {
                match command(chapter, form, was.as_deref(), model) {
                    Ok(command) => {
                        let write = Write::one(command);
                        asked.sent = Some(write.clone());
                        Outcome::Write(write)
                    }
                    Err(why) => {
                        form.refuse(why);
                        Outcome::Nothing
                    }
                }
            }
            (Window::Form(form, _), action) => {
                form.update(action);
                Outcome::Nothing
            }
            (Window::Merge(letters, ..), Action::Open) => match letters.marked() {
                Some(index) => self.merged(index),
                None => Outcome::Nothing,
            },
            (Window::Merge(letters, ..), action) => {
                letters.update(action);
                Outcome::Nothing
            }
        }
    }
}

/// The fields of a page, filled from an entry or empty.
/// The target that a row of the page of targets is of: the newest one of its number and span.
fn target<'a>(chapter: Chapter, row: &Row, model: &'a Model) -> Option<&'a Target> {
    let of_row = |target: &&Target| {
        let span = [target.start.to_string(), target.end.plus(-1).to_string()];
        target.metric == row.key && row.cells.get(1..3).is_some_and(|cells| cells == span)
    };
    let all = model.facts().targets.0.iter().rev();
    all.filter(|_| chapter == Chapter::Targets).find(of_row)
}

fn target_fields(form: Form, metric: &str, period: &str, value: &str) -> Form {
    let metrics = TARGETS.iter().map(|(name, _)| (*name, *name));
    form.note("The newest target of a period counts; the older ones stay as its history.")
        .choice("Number", options(metrics), metric)
        .text("Period", period, "2025-Q4, 2025-10, FY2025")
        .text("Value", value, "1000000, or a count")
}

/// The fields of a target as it stands.
fn target_form(target: &Target, model: &Model) -> Form {
    let currency = model.book().workspace.currency;
    let value = target::typed(&target.metric, target.value, currency);
    let period = format!("{}..{}", target.start, target.end.plus(-1));
    let form = Form::new(format!("{}: {}", Chapter::Targets.label(), target.metric));
    target_fields(form, &target.metric, &period, &value)
}

fn form(chapter: Chapter, key: Option<&str>, model: &Model) -> Form {
    let book = model.book();
    let title = match key {
        Some(key) => format!("{}: {key}", chapter.label()),
        None => format!("{}: a new one", chapter.label()),
    };
    let form = Form::new(title);
    let key = key.unwrap_or_default();
    match chapter {
        Chapter::Numbers => numbers::fields(form, key, book),
        Chapter::Reasons => reason_form(form, key, model),
        Chapter::Stages => {
            let stage = book.stages.iter().find(|stage| stage.name == key);
            let place = stage.map_or_else(String::new, |stage| stage.position.to_string());
            form.note("At place 0 it stands before the pipeline, from 1 on in it.")
                .text("Name", key, "Proposal")
                .text("Place", &place, "0 to 1000")
        }
        Chapter::Sources => {
            let source = book.sources.iter().find(|source| source.name == key);
            let side = source.map_or(SourceSide::Marketing, |source| source.side);
            let sides = SourceSide::ALL.iter().map(|s| (s.word(), s.label()));
            let free = source.is_some_and(|source| source.free);
            let prices = [("costs", "costs money"), ("free", "costs nothing")];
            form.text("Name", key, "Webinars")
                .choice("Whose", options(sides), side.word())
                .choice(
                    "Price",
                    options(prices.into_iter()),
                    if free { "free" } else { "costs" },
                )
        }
        Chapter::Campaigns => form.text("Name", key, "Spring webinar").text(
            "Source",
            "",
            "as before; a new name makes a new source",
        ),
        Chapter::Targets => target_fields(form, key, &model.scope().period.label, ""),
        Chapter::Spend => {
            let today = book.calendar.day_of(model.scope().as_of).to_string();
            let kinds = SpendKind::ALL
                .iter()
                .map(|kind| (kind.word(), kind.label()));
            form.text("Spent on", &today, "2025-09-30")
                .text("Source", "", "by name")
                .text("Campaign", "", "by name")
                .choice("For", options(kinds), "media")
                .text("Amount", "", "5000.50 USD; below 0 takes back")
        }
        Chapter::Rates => {
            let home = book.workspace.currency;
            form.text("Currency", key, "USD")
                .text("From", "", "2025-10-01")
                .text(
                    "Worth",
                    "",
                    &format!("what one unit is worth in {home}: 0.92"),
                )
        }
        Chapter::Holidays => form
            .text("Day", "", "2025-12-25")
            .text("Name", "", "Christmas Day"),
        Chapter::People => {
            let person = book.people.iter().find(|person| person.handle == key);
            let side = person.map_or(Side::Sales, |person| person.side);
            let sides = Side::ALL.iter().map(|side| (side.word(), side.label()));
            let name = person.map_or("", |person| &*person.name);
            let form = form.text("Handle", key, "short and unique: kim");
            form.text("Name", name, "Kim Park")
                .choice("Side", options(sides), side.word())
        }
    }
}

fn reason_form(form: Form, key: &str, model: &Model) -> Form {
    let reason = model.book().reason(key);
    let class = reason.map_or(ReasonClass::Fit, |reason| reason.class);
    let asks = reason.map_or(Asks::Conversation, |reason| reason.asks);
    let acts = reason.map_or(Side::Marketing, |reason| reason.acts);
    let classes = ReasonClass::ALL.iter().map(|c| (c.word(), c.label()));
    let all_asks = Asks::ALL.iter().map(|a| (a.word(), a.label()));
    let sides = [Side::Marketing, Side::Sales].map(|s| (s.word(), s.label()));
    let field = reason.and_then(|reason| reason.field.clone());
    form.note("The code never changes; saving brings a retired reason back.")
        .text("Code", key, "no_budget")
        .text(
            "Label",
            reason.map_or("", |r| &*r.label),
            "what people read",
        )
        .choice("About", options(classes), class.word())
        .choice("Asks for", options(all_asks), asks.word())
        .choice("Who acts", options(sides.into_iter()), acts.word())
        .text(
            "Field",
            &field.unwrap_or_default(),
            "of the criteria, such as employees",
        )
        .at(usize::from(!key.is_empty()))
}

/// The command that the fields say, or what is wrong with them.
fn command(
    chapter: Chapter,
    form: &Form,
    was: Option<&str>,
    model: &Model,
) -> Result<Command, String> {
    let book = model.book();
    let home = book.workspace.currency;
    let text = |field: usize| form.value(field).to_owned();
    let day = |field| {
        let text = form.value(field);
        Day::parse(text).ok_or_else(|| format!("'{text}' is no date; 2025-06-30 is expected"))
    };
    let number = |field: usize| {
        let text = form.value(field);
        let number = text.parse::<i64>();
        number.map_err(|_| format!("'{text}' is no whole number"))
    };
    Ok(match chapter {
        Chapter::Numbers => numbers::command(form, was.unwrap_or_default(), home)?,
        Chapter::Reasons => {
            let code = match was {
                Some(code) if code != form.value(0) => {
                    return Err(format!(
                        "a code never changes: this one is {code}; a adds another reason, M merges"
                    ));
                }
                _ => text(0),
            };
            Command::Catalogue(Catalogue::PutReason(ReasonEntry {
                code,
                label: text(1),
                class: ReasonClass::parse(form.value(2)).unwrap_or(ReasonClass::Other),
                asks: Asks::parse(form.value(3)).unwrap_or(Asks::Conversation),
                acts: Side::parse(form.value(4)).unwrap_or(Side::Marketing),
                field: form.given(5),
            }))
        }
        Chapter::Stages => Command::Catalogue(Catalogue::PutStage {
            name: text(0),
            position: number(1)?,
            was: was.map(str::to_owned),
        }),
        Chapter::Sources => {
            if was.is_some_and(|was| was != form.value(0)) {
                return Err("a source keeps its name, or exports would not find it".to_owned());
            }
            Command::PutSource {
                name: text(0),
                side: SourceSide::parse(form.value(1)).unwrap_or(SourceSide::Unknown),
                free: form.value(2) == "free",
            }
        }
        Chapter::Campaigns => {
            if was.is_some_and(|was| was != form.value(0)) {
                return Err("a campaign keeps its name, or exports would not find it".to_owned());
            }
            Command::Catalogue(Catalogue::PutCampaign {
                name: text(0),
                source: form.given(1),
            })
        }
        Chapter::Targets => {
            let today = book.calendar.day_of(model.scope().as_of);
            let said = (form.value(0), form.value(1), form.value(2));
            target::command(said, home, (&book.calendar, today)).map_err(|e| e.to_string())?
        }
        Chapter::Spend => Command::AddSpend {
            on: day(0)?,
            source: form.given(1),
            campaign: form.given(2),
            kind: SpendKind::parse(form.value(3)).unwrap_or(SpendKind::Media),
            amount: Money::parse(form.value(4), home).map_err(|error| error.to_string())?,
        },
        Chapter::Rates => Command::SetRate {
            currency: Currency::parse(form.value(0)).map_err(|error| error.to_string())?,
            from: day(1)?,
            rate: text(2),
        },
        Chapter::Holidays => Command::AddHoliday {
            day: day(0)?,
            name: text(1),
        },
        Chapter::People => Command::PutPerson {
            handle: text(0),
            name: form.given(1).unwrap_or_else(|| text(0)),
            side: Side::parse(form.value(2)).unwrap_or(Side::Sales),
        },
    })
}
