//! Headers of our own in an export: what a CRM has no column for stands under them, so that the file comes back as it went.
//! Knows no values.

use super::kinds::CustomKind;
use super::words::is_key;
use crate::domain::catalogue::{ReasonEntry, is_code};
use crate::domain::import::{CustomField, OwnReason};
use crate::domain::policy::Side;
use crate::domain::reason::{Asks, ReasonClass};
use crate::transfer::read::fold;

const PREFIX: &str = "smarketing ";
const KEY: &str = "smarketing key ";
/// Over a column of a refusal file, which names the map that refused the rows.
const REFUSED: &str = "refused under ";
const FIELD: &str = "smarketing field: ";
const REASON: &str = "smarketing reason: ";

/// Over the column that holds a field for which the map has none.
pub(crate) fn header(field: &str) -> String {
    format!("{PREFIX}{}", field.replace('_', " "))
}

/// Over the column that says which row of which system this is; it names the map under which the file was written.
pub(crate) fn key_header(map: &str) -> String {
    format!("{KEY}{map}")
}

/// Over a column without cells: the map that rows were refused under, which reads them again.
pub(crate) fn refused_header(map: &str) -> String {
    format!("{REFUSED}{map}")
}

/// Whether a folded header is that of a refusal file's map.
pub(crate) fn is_refused_header(folded: &str) -> bool {
    folded.starts_with(REFUSED)
}

/// How the own header of a field is looked for.
pub(crate) fn spelling(field: &str) -> String {
    match field {
        "key" => format!("{}*", KEY.trim_end()),
        field => header(field),
    }
}

/// The map under which a file of ours was written, by its folded headers.
pub(crate) fn map_of(folded: &[String]) -> Option<&str> {
    let names_it = |prefix: &str| {
        let prefix = fold(prefix);
        folded.iter().find_map(|name| {
            let map = name.strip_prefix(prefix.as_str())?.trim();
            (!map.is_empty()).then_some(map)
        })
    };
    names_it(REFUSED).or_else(|| names_it(KEY))
}

/// Over the values of a field of the workspace's own; it declares the field.
pub(crate) fn field_header(field: &CustomField) -> String {
    let CustomField {
        key, kind, label, ..
    } = field;
    format!("{FIELD}key={key} kind={kind} label={label}")
}

/// The field that a header declares: key, type, label.
pub(crate) fn field(header: &str) -> Option<(&str, CustomKind, &str)> {
    let (key, rest) = part(header.strip_prefix(FIELD)?, "key=")?;
    let (kind, rest) = part(rest, "kind=")?;
    let label = rest.strip_prefix("label=")?;
    let kind = CustomKind::parse(kind)?;
    is_key(key).then_some((key, kind, label))
}

/// Over a column without values that declares a reason of the workspace's own, so that its code is known where the file goes.
pub(crate) fn reason_header(reason: &OwnReason) -> String {
    let entry = &reason.entry;
    format!(
        "{REASON}code={} class={} asks={} acts={} use={} field={} label={}",
        entry.code,
        entry.class.word(),
        entry.asks.word(),
        entry.acts.word(),
        if reason.retired { "no" } else { "yes" },
        entry.field.as_deref().unwrap_or("-").replace(' ', "_"),
        entry.label
    )
}

/// The reason that a header declares.
pub(crate) fn reason(header: &str) -> Option<OwnReason> {
    let (code, rest) = part(header.strip_prefix(REASON)?, "code=")?;
    let (class, rest) = part(rest, "class=")?;
    let (asks, rest) = part(rest, "asks=")?;
    let (acts, rest) = part(rest, "acts=")?;
    let (used, rest) = part(rest, "use=")?;
    let (field, rest) = part(rest, "field=")?;
    let label = rest.strip_prefix("label=")?.trim();
    let acts = Side::parse(acts).filter(|side| matches!(side, Side::Marketing | Side::Sales))?;
    let fits = is_code(code) && (1..=80).contains(&label.chars().count());
    Some(OwnReason {
        entry: ReasonEntry {
            code: code.to_owned(),
            label: label.to_owned(),
            class: ReasonClass::parse(class)?,
            asks: Asks::parse(asks)?,
            acts,
            field: Some(field.to_owned()).filter(|field| field != "-"),
        },
        retired: used == "no",
    })
    .filter(|_| fits)
}

/// A word behind its name, and what follows it.
fn part<'a>(text: &'a str, name: &str) -> Option<(&'a str, &'a str)> {
    text.strip_prefix(name)?.split_once(' ')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_header_declares_is_read_back() {
        let own = OwnReason {
            entry: ReasonEntry {
                code: "frozen".into(),
                label: "Frozen until spring, they said".into(),
                class: ReasonClass::Budget,
                asks: Asks::Attempts,
                acts: Side::Sales,
                field: None,
            },
            retired: true,
        };
        assert_eq!(reason(&reason_header(&own)).as_ref(), Some(&own));
        let score = CustomField {
            entity: "lead",
            key: "score_2".into(),
            label: "Lead score = sum".into(),
            kind: "number",
        };
        assert_eq!(
            field(&field_header(&score)),
            Some(("score_2", CustomKind::Number, "Lead score = sum"))
        );
    }

    #[test]
    fn a_header_that_declares_nonsense_declares_nothing() {
        let whole =
            "smarketing reason: code=x class=budget asks=note acts=sales use=yes field=- label=X";
        assert!(reason(whole).is_some());
        for (right, wrong) in [
            ("code=x", "code=X!"),
            ("budget", "money"),
            ("acts=sales", "acts=finance"),
            ("label=X", "label="),
        ] {
            assert_eq!(reason(&whole.replace(right, wrong)), None, "{wrong}");
        }
        assert_eq!(field("smarketing field: key=A kind=number label=x"), None);
        assert_eq!(field("smarketing field: key=a kind=colour label=x"), None);
    }
}
