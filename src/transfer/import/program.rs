//! A map compiled onto the columns of one file: which column feeds which field. Knows no values.

use crate::domain::import::OwnReason;
use crate::transfer::map::{Columns, CustomKind, Kind, Map, Pick, Place, State, ours};
use std::collections::HashSet;
use std::sync::Arc;

macro_rules! picks {
    ($(#[$doc:meta])* $name:ident $section:ident { $($field:ident),* $(,)? } dates { $($date:ident),* $(,)? } amounts { $($amount:ident),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone)]
        pub(super) struct $name { $(pub(super) $field: Pick),* }

        impl $name {
            fn compile(map: &Map, columns: &mut Columns, place: Place) -> Option<Self> {
                (!map.$section.is_empty()).then(|| Self { $($field: columns.pick_ours(&map.$section, stringify!($field), place)),* })
            }

            fn note(&self, _dates: &mut Vec<usize>, _amounts: &mut Vec<usize>) {
                $(_dates.extend(self.$date.columns());)*
                $(_amounts.extend(self.$amount.columns());)*
            }
        }
    };
}

picks!(
    /// Where a lead's fields lie.
    LeadPicks lead {
        id, email, phone, name, first_name, last_name, social, title, account, source, campaign, segment, owner, country, created, mql,
        lifecycle, note, status, excluded, cost, cost_on, currency, handoff, assigned, trigger, verdict_at, reason, spoke, recycle_on, verdict_note,
        key, reason_code, reason_text, evidence, source_status, withheld,
    } dates { created, mql, cost_on, handoff, assigned, verdict_at, recycle_on } amounts { cost }
);
picks!(
    /// Where a deal's fields lie.
    DealPicks opportunity {
        id, lead, lead_email, lead_phone, name, account, source, campaign, segment, owner, created, stage, status, amount, currency, close_on,
        conversation, qualified, won_at, lost_at, closed, lost_reason, delivery_cost, last_activity, note,
        key, lead_key, lost_reason_code, lost_reason_text, source_status, frozen,
    } dates { created, close_on, conversation, qualified, won_at, lost_at, closed, last_activity } amounts { amount, delivery_cost, frozen }
);
picks!(
    /// Where a company's fields lie.
    AccountPicks account { id, name, domain, industry, country, employees } dates {} amounts { employees }
);
picks!(
    /// Where a person's fields lie.
    PersonPicks person { id, email, name, first_name, last_name, side } dates {} amounts {}
);
picks!(
    /// Where a spend row's fields lie.
    SpendPicks spend { id, source, side, campaign, on, kind, amount, currency, note } dates { on } amounts { amount }
);
picks!(
    /// Where a touch's fields lie.
    TouchPicks touch { id, lead, lead_email, lead_phone, at, kind, campaign, note } dates { at } amounts {}
);
picks!(
    /// Where an attempt's fields lie.
    AttemptPicks attempt { id, lead, lead_email, lead_phone, at, channel, outcome, minutes, by, note, key, lead_key } dates { at } amounts { minutes }
);

/// What one row becomes.
#[derive(Debug, Clone)]
pub(super) enum Shape {
    Lead(Box<LeadPicks>, Option<Box<DealPicks>>),
    Deal(Box<DealPicks>),
    Account(Box<AccountPicks>),
    Person(PersonPicks),
    Spend(SpendPicks),
    Touch(TouchPicks),
    Attempt(Box<AttemptPicks>),
}

/// A state that follows from one column.
#[derive(Debug, Clone)]
pub(super) struct StateRule {
    pub(super) column: usize,
    pub(super) is: HashSet<String>,
    pub(super) then: State,
}

/// A column kept as a custom field.
#[derive(Debug, Clone)]
pub(super) struct CustomColumn {
    pub(super) column: usize,
    pub(super) key: Arc<str>,
    pub(super) kind: Option<CustomKind>,
}

/// The compiled map.
#[derive(Debug, Clone)]
pub(super) struct Program {
    pub(super) shape: Shape,
    pub(super) rules: Vec<StateRule>,
    pub(super) custom: Vec<CustomColumn>,
    /// Reasons that the header declares.
    pub(super) reasons: Vec<OwnReason>,
    pub(super) dates: Vec<usize>,
    pub(super) amounts: Vec<usize>,
}

/// The most columns kept as custom fields.
const MOST_CUSTOM: usize = 200;

impl Program {
    /// Compiles a map; `None` when it maps nothing of its own kind. `keep` keeps every column that no field takes.
    pub(super) fn compile(map: &Map, columns: &mut Columns, keep: bool) -> Option<Self> {
        let (mut dates, mut amounts) = (Vec::new(), Vec::new());
        let mut noted =
            |note: &dyn Fn(&mut Vec<usize>, &mut Vec<usize>)| note(&mut dates, &mut amounts);
        let shape = match map.kind {
            Kind::Leads => {
                let lead = LeadPicks::compile(map, columns, Place::Main)?;
                let deal = DealPicks::compile(map, columns, Place::Beside);
                noted(&|d, a| lead.note(d, a));
                if let Some(deal) = &deal {
                    noted(&|d, a| deal.note(d, a));
                }
                Shape::Lead(Box::new(lead), deal.map(Box::new))
            }
            Kind::Opportunities => {
                let deal = DealPicks::compile(map, columns, Place::Main)?;
                noted(&|d, a| deal.note(d, a));
                Shape::Deal(Box::new(deal))
            }
            Kind::Accounts => {
                let account = AccountPicks::compile(map, columns, Place::Main)?;
                noted(&|d, a| account.note(d, a));
                Shape::Account(Box::new(account))
            }
            Kind::People => {
                let person = PersonPicks::compile(map, columns, Place::Main)?;
                noted(&|d, a| person.note(d, a));
                Shape::Person(person)
            }
            Kind::Spend => {
                let spend = SpendPicks::compile(map, columns, Place::Main)?;
                noted(&|d, a| spend.note(d, a));
                Shape::Spend(spend)
            }
            Kind::Touches => {
                let touch = TouchPicks::compile(map, columns, Place::Main)?;
                noted(&|d, a| touch.note(d, a));
                Shape::Touch(touch)
            }
            Kind::Attempts => {
                let attempt = AttemptPicks::compile(map, columns, Place::Main)?;
                noted(&|d, a| attempt.note(d, a));
                Shape::Attempt(Box::new(attempt))
            }
        };
        let rules = rules(map, columns);
        let reasons = reasons(columns);
        let custom = custom(map, columns, keep);
        Some(Self {
            shape,
            rules,
            custom,
            reasons,
            dates,
            amounts,
        })
    }

    /// Whether no column feeds the date of creation of a lead or deal.
    pub(super) fn undated(&self) -> bool {
        match &self.shape {
            Shape::Lead(lead, _) => lead.created.is_nothing(),
            Shape::Deal(deal) => {
                deal.created.is_nothing()
                    && deal.close_on.is_nothing()
                    && deal.qualified.is_nothing()
            }
            _ => false,
        }
    }

    /// The entity that custom fields belong to; `None` where the kind has none.
    pub(super) fn custom_entity(&self) -> Option<&'static str> {
        match self.shape {
            Shape::Lead(..) => Some("lead"),
            Shape::Deal(_) => Some("opportunity"),
            Shape::Account(_) => Some("account"),
            _ => None,
        }
    }
}

fn rules(map: &Map, columns: &mut Columns) -> Vec<StateRule> {
    let compile = |rule: &crate::transfer::map::Rule| {
        let column = *columns.take(std::slice::from_ref(&rule.column)).first()?;
        let is = rule
            .is
            .iter()
            .map(|word| crate::transfer::read::fold(word))
            .collect();
        Some(StateRule {
            column,
            is,
            then: rule.then,
        })
    };
    map.state.iter().filter_map(compile).collect()
}

/// What is left of the header, by column.
fn rest(columns: &Columns) -> Vec<(usize, String)> {
    columns
        .untaken()
        .map(|(at, name)| (at, name.to_owned()))
        .collect()
}

fn reasons(columns: &mut Columns) -> Vec<OwnReason> {
    let mut out = Vec::new();
    for (_, name) in rest(columns) {
        if let Some(reason) = ours::reason(&name) {
            columns.take(&[name]);
            out.push(reason);
        }
    }
    out
}

/// Fields that the header declares, those of the map, and the rest where it is kept.
fn custom(map: &Map, columns: &mut Columns, keep: bool) -> Vec<CustomColumn> {
    let mut out: Vec<CustomColumn> = Vec::new();
    for (column, name) in rest(columns) {
        if let Some((key, kind, _)) = ours::field(&name) {
            out.push(CustomColumn {
                column,
                key: key.into(),
                kind: Some(kind),
            });
            columns.take(&[name]);
        }
    }
    for (key, spec) in &map.custom.fields {
        if out.iter().any(|known| *known.key == **key) {
            continue;
        }
        let column = columns.copy_of(spec.columns.list());
        out.extend(column.map(|column| CustomColumn {
            column,
            key: key.as_str().into(),
            kind: spec.kind,
        }));
    }
    if keep || map.custom.keep == crate::transfer::map::Keep::All {
        for (column, name) in rest(columns)
            .into_iter()
            .take(MOST_CUSTOM - out.len().min(MOST_CUSTOM))
        {
            let key = free_key(&name, column, &out);
            columns.take(&[name]);
            out.push(CustomColumn {
                column,
                key,
                kind: None,
            });
        }
    }
    out
}

/// A key for a header: its letters and digits in lower case, numbered if two headers give the same.
fn free_key(name: &str, column: usize, taken: &[CustomColumn]) -> Arc<str> {
    let mut key = String::new();
    for c in name.chars() {
        if c.is_ascii_alphanumeric() {
            key.push(c.to_ascii_lowercase());
        } else if !key.is_empty() && !key.ends_with('_') {
            key.push('_');
        }
    }
    key.truncate(50);
    let base = key.trim_end_matches('_');
    let base = if base.is_empty() { "column" } else { base };
    if base == "column" || taken.iter().any(|other| &*other.key == base) {
        return format!("{base}_{}", column + 1).into();
    }
    base.into()
}
