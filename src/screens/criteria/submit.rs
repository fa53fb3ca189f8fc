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
        let command = match &mut self.window {
            Some(Window::Details(place, form)) => {
                let mut rule = definition.rules[*place].clone();
                rule.kind = Kind::parse(form.value(0)).unwrap_or(rule.kind);
                rule.class = Class::parse(form.value(1)).unwrap_or(rule.class);
                form.value(2).clone_into(&mut rule.why);
                changed_rule(*place, rule, definition, version.as_ref())
            }
            Some(Window::Counts(form)) => match counts(form) {
                Ok((at_least, unknown, review_on, needs_finance)) => {
                    let page = definition.page.clone();
                    let edit = PageEdit {
                        page,
                        at_least,
                        unknown,
                        review_on,
                        needs_finance,
                    };
                    changed_page(edit, definition, version.as_ref())
                }
                Err(why) => {
                    form.refuse(why);
                    return Outcome::Nothing;
                }
            },
            Some(Window::Wordings(form)) => {
                let text = |field| form.value(field).to_owned();
                let page = Page {
                    marketing: text(0),
                    sales: text(1),
                    agreed: text(2),
                    consequence: text(3),
                };
                let edit = PageEdit {
                    page,
                    at_least: definition.at_least,
                    unknown: definition.unknown,
                    review_on: version.as_ref().and_then(|v| v.review_on),
                    needs_finance: self.finance_signs(model),
                };
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
            _ => return Outcome::Nothing,
        };
        self.send(write(command))
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

fn counts(form: &Form) -> Result<(u32, Policy, Option<Day>, bool), String> {
    let at_least = form.value(0);
    let at_least = at_least
        .parse()
        .map_err(|_| format!("'{at_least}' is no whole number of rules"))?;
    let unknown = Policy::parse(form.value(1)).unwrap_or(Policy::Ask);
    let review = match form.given(2) {
        Some(day) => Some(Day::parse(&day).ok_or("a day is written like 2026-01-31")?),
        None => None,
    };
    Ok((at_least, unknown, review, form.value(3) == "yes"))
}
