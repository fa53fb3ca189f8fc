//! What filled-in windows say, as commands. What cannot be read is said in the window; writes nothing itself.

use super::Criteria;
use super::edit::write;
use super::window::Window;
use crate::domain::criteria::version::{CriteriaChange, PageEdit, Version};
use crate::domain::criteria::{Class, Definition, Kind, Page, Policy, Rule};
use crate::domain::moment::Day;
use crate::screens::Outcome;
use crate::screens::form::Form;
use crate::screens::model::Model;

impl Criteria {
    /// Whether finance signs the draft; without one, the version that a draft begins as a copy of.
    pub(super) fn finance_signs(&self, model: &Model) -> bool {
        let version = self.draft().or_else(|| self.waiting(model));
        let version = version.or_else(|| self.in_force(model));
        version.is_some_and(|version| version.needs_finance)
    }

    /// Enter in the open fields.
    pub(super) fn submit(&mut self, model: &Model) -> Outcome {
        let (definition, version) = self.base(model);
        let version = version.cloned();
        let stands = PageEdit {
            page: definition.page.clone(),
            at_least: definition.at_least,
            unknown: definition.unknown,
            review_on: version.as_ref().and_then(|v| v.review_on),
            needs_finance: self.finance_signs(model),
        };
        let command = match &mut self.window {
            Some(Window::Details((place, id), form)) => {
                // Somebody may have moved it meanwhile, or taken it out.
                let marks = version.as_ref().map_or(&[][..], |version| &version.marks);
                let moved = id.map(|id| marks.iter().position(|mark| mark.id == id));
                let place = moved.unwrap_or(Some(*place));
                let known = place.and_then(|place| Some((place, definition.rules.get(place)?)));
                let Some((place, rule)) = known else {
                    form.refuse("somebody took this rule out meanwhile; nothing was saved");
                    return Outcome::Nothing;
                };
                let mut rule = rule.clone();
                // What was not touched here stays as somebody else may have put it meanwhile.
                let (kind, class) = (form.changed(0), form.changed(1));
                rule.kind = kind.and_then(Kind::parse).unwrap_or(rule.kind);
                rule.class = class.and_then(Class::parse).unwrap_or(rule.class);
                if let Some(why) = form.changed(2) {
                    why.clone_into(&mut rule.why);
                }
                changed_rule(place, rule, definition, version.as_ref())
            }
            Some(Window::Counts(form)) => match counts(form, stands) {
                Ok(edit) => changed_page(edit, definition, version.as_ref()),
                Err(why) => {
                    form.refuse(why);
                    return Outcome::Nothing;
                }
            },
            Some(Window::Wordings(form)) => {
                let now = &definition.page;
                let text = |field, now: &String| form.changed(field).unwrap_or(now).to_owned();
                let page = Page {
                    marketing: text(0, &now.marketing),
                    sales: text(1, &now.sales),
                    agreed: text(2, &now.agreed),
                    consequence: text(3, &now.consequence),
                };
                let edit = PageEdit { page, ..stands };
                changed_page(edit, definition, version.as_ref())
            }
            Some(Window::From(version, form)) => {
                let Some(from) = Day::parse(form.value(0)) else {
                    form.refuse("a day is written like 2026-01-31");
                    return Outcome::Nothing;
                };
                CriteriaChange::PutInForce {
                    version: *version,
                    from,
                }
            }
            Some(Window::Page(..)) => return self.order_page(),
            _ => return Outcome::Nothing,
        };
        if let CriteriaChange::Replace(wanted) = &command
            && self.begins_nothing(wanted, model)
        {
            self.window = None;
            return Outcome::Nothing;
        }
        self.send(write(command))
    }

    /// Whether a draft that says this would say what the version says that it begins as a copy of.
    pub(super) fn begins_nothing(&self, wanted: &Definition, model: &Model) -> bool {
        self.draft().is_none() && self.base(model).0 == *wanted
    }
}

fn changed_rule(
    place: usize,
    rule: Rule,
    mut definition: Definition,
    version: Option<&Version>,
) -> CriteriaChange {
    if let Some(mark) = version.and_then(|version| version.marks.get(place)) {
        return CriteriaChange::ChangeRule {
            rule: mark.id,
            revision: mark.revision,
            to: rule,
        };
    }
    definition.rules[place] = rule;
    CriteriaChange::Replace(definition)
}

fn changed_page(
    edit: PageEdit,
    definition: Definition,
    version: Option<&Version>,
) -> CriteriaChange {
    match version {
        Some(version) => CriteriaChange::Page {
            draft: version.id,
            revision: version.revision,
            to: edit,
        },
        None => CriteriaChange::Begin {
            segment: definition.segment,
            to: edit,
        },
    }
}

/// How the rules count now: what was not touched here stays as somebody else may have put it meanwhile.
fn counts(form: &Form, now: PageEdit) -> Result<PageEdit, String> {
    let at_least = match form.changed(0) {
        Some(text) => text
            .parse()
            .map_err(|_| format!("'{text}' is no whole number of rules"))?,
        None => now.at_least,
    };
    let review_on = match form.changed(2) {
        Some("") => None,
        Some(day) => Some(Day::parse(day).ok_or("a day is written like 2026-01-31")?),
        None => now.review_on,
    };
    let unknown = form.changed(1).and_then(Policy::parse);
    let finance = form.changed(3).map(|word| word == "yes");
    Ok(PageEdit {
        at_least,
        unknown: unknown.unwrap_or(now.unknown),
        review_on,
        needs_finance: finance.unwrap_or(now.needs_finance),
        ..now
    })
}
